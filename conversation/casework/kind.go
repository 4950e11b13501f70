package casework

// TeamID names the team a record belongs to. A team is the boundary of what a
// request can see; the empty TeamID is the service itself, which sees all.
type TeamID string

// KeyID names the data key that seals a record. Destroying the key erases every
// record under it. The empty KeyID means the key of the record's team
// (decision 8).
type KeyID string

// Site names one place in the code that commits, so that a test can make each
// of them fail in turn and so that none is added unseen (decision 7).
type Site string

// Stamp carries the version of a record as the store last saw it. Every record
// embeds it. A record that was never stored has version zero.
type Stamp struct {
	Version uint64 `json:"-"`
}

// Stamped returns the stamp itself, so that embedding a Stamp makes a Record.
func (s *Stamp) Stamped() *Stamp { return s }

// Record is one thing the service remembers: a pointer to a struct that embeds
// Stamp. Its exported fields are kept under the names in their json tags; a
// field that only this program run needs is tagged json:"-".
type Record interface {
	Stamped() *Stamp
}

// Kind declares one kind of record: everything a store needs to know of it.
// A Kind is made by declare and never changes.
type Kind struct {
	// Name is the kind's name and its table's.
	Name string
	// Group names the kinds whose records lie together on disk, so that one
	// turn touches few pages. It is the Name where nothing else is said.
	Group string
	// New makes an empty record to decode into.
	New func() Record
	// Key is the record's own key: printable, nothing personal, unique within
	// its kind. Kinds of one group have disjoint keys.
	Key func(Record) string
	// Team is the team the record belongs to.
	Team func(Record) TeamID
	// Seal is the data key that seals the record.
	Seal func(Record) KeyID
	// Indexes are the orders in which records can be found.
	Indexes []Index
}

// Index declares one order in which records of a kind are found. An entry is
// stored in clear unless the index is Blind, so it may hold ids, states and
// moments only, never a name, a number or words.
type Index struct {
	// Name is the index's name within its kind.
	Name string
	// Unique refuses a second record with the same entry in the same team
	// (ErrTaken); in a Fleet index, in any team.
	Unique bool
	// Blind keeps a keyed hash of the entry instead of the entry: it can be
	// looked up whole and tells nothing.
	Blind bool
	// Fleet keeps the entries of all teams in one order, for work that the
	// service itself finds (due jobs, the outbox). Only the service's own scope
	// may range over it.
	Fleet bool
	// Entries lists the record's entries; none keeps it out of the index.
	Entries func(Record) []string
}

// Kinds lists every kind of record, in a fixed order. A store is opened with
// this list; a kind that is missing from it does not exist.
func Kinds() []*Kind {
	return []*Kind{
		Conversations.Kind, Messages.Kind, Receipts.Kind, ContactPoints.Kind,
		People.Kind, Cases.Kind, Permissions.Kind, Alerts.Kind, AlertWords.Kind,
		Tasks.Kind, Notes.Kind, Jobs.Kind, Audits.Kind, Courses.Kind, Invitations.Kind, Runs.Kind,
		Users.Kind, Sessions.Kind, SignInLinks.Kind,
	}
}

// spec is the typed form of a Kind, as it is written beside a record's type.
type spec[T any] struct {
	name    string
	group   string
	key     func(*T) string
	team    func(*T) TeamID
	seal    func(*T) KeyID // nil: the team's key
	indexes []index[T]
}

// index is the typed form of an Index.
type index[T any] struct {
	name                 string
	unique, blind, fleet bool
	entries              func(*T) []string
}

// declare turns a typed declaration into a table of records of type T.
func declare[T any, P interface {
	*T
	Record
}](s spec[T]) Table[T, P] {
	typed := func(r Record) *T { return (*T)(r.(P)) }
	k := &Kind{
		Name:  s.name,
		Group: s.group,
		New:   func() Record { return P(new(T)) },
		Key:   func(r Record) string { return s.key(typed(r)) },
		Team:  func(r Record) TeamID { return s.team(typed(r)) },
		Seal:  func(Record) KeyID { return "" },
	}
	if k.Group == "" {
		k.Group = k.Name
	}
	if s.seal != nil {
		k.Seal = func(r Record) KeyID { return s.seal(typed(r)) }
	}
	for _, ix := range s.indexes {
		k.Indexes = append(k.Indexes, Index{
			Name: ix.name, Unique: ix.unique, Blind: ix.blind, Fleet: ix.fleet,
			Entries: func(r Record) []string { return ix.entries(typed(r)) },
		})
	}
	return Table[T, P]{Kind: k}
}
