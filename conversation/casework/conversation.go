package casework

import (
	"log/slog"
	"time"
)

// Channel names how a text travels.
type Channel string

// The channels a person can use.
const (
	SMS      Channel = "sms"
	WhatsApp Channel = "whatsapp"
	Telegram Channel = "telegram"
	WebChat  Channel = "web"
)

// Identifiers of the records of a conversation.
type (
	// ConversationID names a contact point and its conversation. It is the keyed
	// hash of team, channel and address, so it can be found from a webhook.
	ConversationID string
	// PersonID names a person.
	PersonID string
	// CaseID names a case.
	CaseID string
	// UserID names somebody who works here.
	UserID string
	// PromptID names one question as it was put to one person.
	PromptID string
)

// HeldByTeam holds a conversation for whichever worker takes it up.
const HeldByTeam UserID = "team"

// Private is a name, a number or words of a person. It never shows itself in a
// log, an error or a format: only Reveal gives the text.
type Private string

// Reveal returns the text itself, for a reply, a page or a provider.
func (p Private) Reveal() string { return string(p) }

// String hides the text.
func (p Private) String() string { return "[private]" }

// GoString hides the text from %#v.
func (p Private) GoString() string { return "[private]" }

// LogValue hides the text from a log.
func (p Private) LogValue() slog.Value { return slog.StringValue("[private]") }

// Frame is a flow in progress. The last frame of a conversation is the one
// that speaks; those before it wait for it to end.
type Frame struct {
	Place
	// Once is set while a single step is asked again (CHANGE): its answer ends
	// the frame instead of moving on.
	Once bool `json:"once,omitempty"`
	// Misses counts the replies to the step that could not be understood.
	Misses int `json:"misses,omitempty"`
	// Hush is set on a flow that was begun after a safety reply: when it ends,
	// the question below it still waits for the person to ask for it (I17).
	Hush bool `json:"hush,omitempty"`
	// About is what the flow is about: which appointment, which referral.
	About About `json:"about,omitzero"`
	// Ours is set on a flow that we began: unanswered, it is given up at Until
	// and what it parked waits again (decision 20).
	Ours  bool      `json:"ours,omitempty"`
	Until time.Time `json:"until,omitzero"`
	// Recalled is set once its question was put again after something else. It is
	// not put a third time: she has passed it over.
	Recalled bool `json:"recalled,omitempty"`
	// Parked is the question that was open when it began.
	Parked *OpenPrompt `json:"parked,omitempty"`
}

// OpenPrompt is the one question a person has been asked and has not answered.
type OpenPrompt struct {
	ID      PromptID  `json:"id"`
	Place   Place     `json:"place"`
	AskedAt time.Time `json:"asked_at"`
	// Again is set when it was put in other words, after a miss.
	Again bool `json:"again,omitempty"`
	// Wording and WordingVersion are, for a permission, the words as they were
	// put: what is recorded is what she read, whatever has been edited since.
	Wording        string `json:"wording,omitempty"`
	WordingVersion int    `json:"wording_version,omitempty"`
}

// Answer is what a person answered to one question.
type Answer struct {
	// Values are option ids or one canonical value (a date, a postcode).
	Values []string `json:"values"`
	// Words are the reply as it was typed.
	Words Private `json:"words,omitempty"`
	// Asked is the place that asked, as Place.String writes it, and Wording the
	// version of its words.
	Asked   string    `json:"asked"`
	Wording int       `json:"wording,omitempty"`
	At      time.Time `json:"at"`
}

// RecentText is a text of the last five minutes, kept so that a cry for help
// split over two texts is read whole (B20).
type RecentText struct {
	Words Private   `json:"words"`
	At    time.Time `json:"at"`
}

// Conversation is where one contact point stands: which flow, which question,
// who holds it. Before permission it is all that is kept (decision 14), sealed
// under a key of its own, which becomes the person's when she agrees.
type Conversation struct {
	Stamp
	ID       ConversationID `json:"id"`
	Team     TeamID         `json:"team"`
	Channel  Channel        `json:"channel"`
	DataKey  KeyID          `json:"data_key"`
	Language string         `json:"language"`
	// Address is kept in clear only after permission, or when the person asked
	// to be rung (decision 14).
	Address Private `json:"address,omitempty"`
	// Person and Case are set once permission is given.
	Person PersonID `json:"person,omitempty"`
	Case   CaseID   `json:"case,omitempty"`

	// Permitted is the permission in force for each purpose that was asked. The
	// records of what was asked and answered are Permissions; this is what every
	// turn looks at.
	Permitted map[Purpose]string `json:"permitted,omitempty"`

	Stack  []Frame     `json:"stack,omitempty"`
	Prompt *OpenPrompt `json:"prompt,omitempty"`
	// Trail is the way here, for BACK: the places that asked, oldest first.
	Trail Trail `json:"trail,omitempty"`
	// Known are the answers given before permission, and those that no case
	// keeps.
	Known map[string]Answer `json:"known,omitempty"`
	// Stuck counts the questions that were missed twice or more.
	Stuck int `json:"stuck,omitempty"`

	// Holder is the worker who speaks with the person; empty means the bot
	// does. They never both speak (design, "Who holds the conversation").
	Holder  UserID    `json:"holder,omitempty"`
	HeldAt  time.Time `json:"held_at,omitzero"`
	Pause   string    `json:"pause,omitempty"` // the civil date on which texts begin again
	Stopped bool      `json:"stopped,omitempty"`
	// Withdrawn is set while the permission to keep, share and text is taken
	// back: nothing is sent to her until she gives it again (I10).
	Withdrawn bool `json:"withdrawn,omitempty"`
	// Waiting is set after a safety reply: no question is asked until a worker
	// resumes or the person asks for the menu (I17).
	Waiting bool `json:"waiting,omitempty"`
	// SafetyAt is when each class of safety reply was last sent; the same reply
	// is not sent twice in ten minutes.
	SafetyAt map[string]time.Time `json:"safety_at,omitempty"`

	Recent    []RecentText `json:"recent,omitempty"`
	FirstInAt time.Time    `json:"first_in_at"`
	LastInAt  time.Time    `json:"last_in_at"`
	// AcknowledgedAt is when a text for a worker was last answered by the bot.
	AcknowledgedAt time.Time `json:"acknowledged_at,omitzero"`
	// Notices are when the automatic texts of the last week left, reminders apart:
	// they are capped (one a day, three a week).
	Notices []time.Time `json:"notices,omitempty"`
}

// Conversations are found by their id alone.
var Conversations = declare(spec[Conversation]{
	name: "conversation", group: "conversation",
	key:  func(c *Conversation) string { return string(c.ID) },
	team: func(c *Conversation) TeamID { return c.Team },
	seal: func(c *Conversation) KeyID { return c.DataKey },
})

// NewConversationID derives the id of a contact point's conversation.
func NewConversationID(tx Tx, team TeamID, channel Channel, address Private) ConversationID {
	return ConversationID(tx.Blind("conversation", Join(string(team), string(channel), address.Reveal())))
}

// Receipt says that a provider's message has been handled, for ever: the same
// message a year later changes nothing (decision 23, B43). It holds no words.
type Receipt struct {
	Stamp
	Conversation ConversationID `json:"conversation"`
	Team         TeamID         `json:"team"`
	// Provider is the keyed hash of the provider's message id.
	Provider string    `json:"provider"`
	Inbound  string    `json:"inbound"`         // the key of the message it brought
	Reply    string    `json:"reply,omitempty"` // the key of the message that answered it
	At       time.Time `json:"at"`
}

// Receipts lie beside their conversation.
var Receipts = declare(spec[Receipt]{
	name: "receipt", group: "conversation",
	key:  func(r *Receipt) string { return ReceiptKey(r.Conversation, r.Provider) },
	team: func(r *Receipt) TeamID { return r.Team },
})

// ReceiptKey is the key of a receipt; provider is the keyed hash of the
// provider's message id.
func ReceiptKey(c ConversationID, provider string) string { return string(c) + "~" + provider }
