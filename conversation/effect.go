package conversation

// Effect is one thing that a turn does besides moving the conversation on. The
// set is closed and adding to it is a change of design (decision 5): each has
// a file of its own, with its type and how it is written to the records.
//
// An effect is a value without behaviour of its own in Advance; apply runs in
// the turn's transaction and may be run again.
type Effect interface {
	apply(b *books) error
}
