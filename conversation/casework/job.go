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
}

// Jobs are found while they wait, by when they are due.
var Jobs = declare(spec[Job]{
	name: "job", group: "conversation",
	key:  func(j *Job) string { return JobKey(j.Conversation, j.Kind) },
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
func JobKey(c ConversationID, kind JobKind) string { return string(c) + "@" + string(kind) }
