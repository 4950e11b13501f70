package casework

import "time"

// JobKind says what a job does when it is due.
type JobKind string

// The kinds of job that exist so far.
const (
	// JobForget destroys what was kept of a conversation whose permission never
	// came, 72 hours after its first text (decision 14).
	JobForget JobKind = "forget"
	// JobGiveBack returns a conversation to the bot 24 hours after the worker
	// last wrote (decision 19).
	JobGiveBack JobKind = "give_back"
	// JobEscalate takes an alert that nobody has taken to the next duty number
	// (decision 27).
	JobEscalate JobKind = "escalate"
	// JobInvite sends an invitation once more, or gives it up (F19).
	JobInvite JobKind = "invite"
	// JobUnpause ends a pause on its date.
	JobUnpause JobKind = "unpause"
)

// JobState is the state of a job.
type JobState string

// The states of a job.
const (
	JobWaiting   JobState = "waiting"
	JobDone      JobState = "done"
	JobCancelled JobState = "cancelled"
)

// Job is something that must happen at a moment. Its key is what it is for, so
// that planning it twice plans it once.
type Job struct {
	Stamp
	Team         TeamID         `json:"team"`
	Kind         JobKind        `json:"kind"`
	Conversation ConversationID `json:"conversation"`
	DueAt        time.Time      `json:"due_at"`
	State        JobState       `json:"state"`
	// Fence counts the times it was claimed. RetryAt is when it is looked at
	// again should the last claim come to nothing; DueAt stays what was planned.
	Fence     uint64    `json:"fence,omitempty"`
	RetryAt   time.Time `json:"retry_at,omitzero"`
	PlannedAt time.Time `json:"planned_at"`
	SettledAt time.Time `json:"settled_at,omitzero"`
	Reason    string    `json:"reason,omitempty"`

	// What follows is set on a job that the plan of a case asks for. Send is the
	// flow that begins when it is due, or Task what a worker is asked to do.
	Case  CaseID   `json:"case,omitempty"`
	About About    `json:"about,omitzero"`
	Send  string   `json:"send,omitempty"`
	Task  TaskKind `json:"task,omitempty"`
	// NotAfter is when it is of no use any more: then it becomes a task.
	NotAfter time.Time `json:"not_after,omitzero"`
	// Reminder is set for an appointment's reminders, which no cap holds back.
	Reminder bool `json:"reminder,omitempty"`
}

// Wanted is a job that should exist, as the plan of a case says (domain 5.5). It
// is compared with the jobs there are: what is missing is added, what has another
// moment is moved, and what nobody wants any more is called off.
type Wanted struct {
	Kind     JobKind
	About    About
	DueAt    time.Time
	NotAfter time.Time
	Send     string
	Task     TaskKind
	Reminder bool
}

// Key is the key of the job in a conversation: for which case, what it is for,
// about what, in which version. Planning it twice plans it once.
func (w Wanted) Key(c ConversationID, of CaseID) string { return jobKey(c, of, w.Kind, w.About) }

// Key is the key of the job.
func (j *Job) Key() string { return jobKey(j.Conversation, j.Case, j.Kind, j.About) }

// Jobs are found while they wait, by when they are due.
var Jobs = declare(spec[Job]{
	name: "job", group: "conversation",
	key:  (*Job).Key,
	team: func(j *Job) TeamID { return j.Team },
	indexes: []index[Job]{
		{name: "due", fleet: true, entries: func(j *Job) []string {
			if j.State != JobWaiting {
				return nil
			}
			if j.RetryAt.After(j.DueAt) {
				return []string{Moment(j.RetryAt)}
			}
			return []string{Moment(j.DueAt)}
		}},
	},
})

// JobKey is the key of a conversation's job of one kind.
func JobKey(c ConversationID, kind JobKind) string { return jobKey(c, "", kind, About{}) }

// jobKey names the case too: the first plan and the first measures of somebody
// who comes back are called as they were in the case before, and are others.
func jobKey(c ConversationID, of CaseID, kind JobKind, about About) string {
	key := JobPrefix(c) + string(kind)
	if about.Kind != "" {
		key += ":" + about.String()
	}
	if of != "" {
		key += ":" + string(of)
	}
	return key
}

// JobPrefix begins the keys of all jobs of a conversation.
func JobPrefix(c ConversationID) string { return string(c) + "@" }
