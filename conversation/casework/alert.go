package casework

import "time"

// AlertState is where an alert stands (the table of its life is in
// alertlife.go). It is closed only by a named person (I14).
type AlertState string

// The states of an alert.
const (
	AlertRaised       AlertState = "raised"
	AlertSeen         AlertState = "seen"
	AlertAcknowledged AlertState = "acknowledged"
	AlertClosed       AlertState = "closed"
)

// Alert says that a text could not wait. It holds no words, so that its shell
// can outlive an erasure (decision 23): the words are an AlertWord.
type Alert struct {
	Stamp
	ID           string         `json:"id"`
	Team         TeamID         `json:"team"`
	Conversation ConversationID `json:"conversation"`
	Case         CaseID         `json:"case,omitempty"`
	Class        string         `json:"class"` // the class of messaging-safety 2.3, or "answer" for S1
	Rules        []string       `json:"rules"`
	Softened     bool           `json:"softened,omitempty"` // negated, past or about another person: read all the same
	State        AlertState     `json:"state"`
	RaisedAt     time.Time      `json:"raised_at"`
	DueAt        time.Time      `json:"due_at"`
	// CouldNotReply is set when the reply cannot reach the phone: somebody must
	// ring (HZ02).
	CouldNotReply bool      `json:"could_not_reply,omitempty"`
	SeenBy        UserID    `json:"seen_by,omitempty"`
	SeenAt        time.Time `json:"seen_at,omitzero"`
	TakenBy       UserID    `json:"taken_by,omitempty"`
	TakenAt       time.Time `json:"taken_at,omitzero"`
	Action        string    `json:"action,omitempty"` // what was done, from the fixed list of domain 5.1
	ClosedBy      UserID    `json:"closed_by,omitempty"`
	ClosedAt      time.Time `json:"closed_at,omitzero"`
	Outcome       string    `json:"outcome,omitempty"`
}

// Alerts are found while they are open, by when somebody must have seen them.
var Alerts = declare(spec[Alert]{
	name: "alert",
	key:  func(a *Alert) string { return a.ID },
	team: func(a *Alert) TeamID { return a.Team },
	indexes: []index[Alert]{
		{name: "open", entries: func(a *Alert) []string {
			if a.State == AlertClosed {
				return nil
			}
			return []string{Moment(a.DueAt)}
		}},
		{name: "conversation", entries: func(a *Alert) []string {
			return []string{Join(string(a.Conversation), Moment(a.RaisedAt))}
		}},
	},
})

// AlertWord is what a person wrote when an alert was raised, and where she can
// be reached. It has a data key of its own, so that a "no" to keeping what she
// told us does not silence a cry for help (decision 14).
type AlertWord struct {
	Stamp
	ID      string  `json:"id"` // the alert's
	Team    TeamID  `json:"team"`
	DataKey KeyID   `json:"data_key"`
	Text    Private `json:"text"`
	Matched Private `json:"matched"`
	Address Private `json:"address"`
	Channel Channel `json:"channel"`
}

// AlertWords are found by their alert.
var AlertWords = declare(spec[AlertWord]{
	name: "alert_word",
	key:  func(a *AlertWord) string { return a.ID },
	team: func(a *AlertWord) TeamID { return a.Team },
	seal: func(a *AlertWord) KeyID { return a.DataKey },
})
