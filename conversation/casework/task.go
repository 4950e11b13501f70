package casework

import "time"

// TaskKind says what a worker is asked to do.
type TaskKind string

// The kinds of task the flows make.
const (
	TaskRing      TaskKind = "ring"      // the person asked to be rung
	TaskStruggled TaskKind = "struggled" // the chat could not understand her
	TaskRead      TaskKind = "read"      // a text that no flow consumed
	TaskUnsafe    TaskKind = "unsafe"    // the number is not safe to text: ring instead
	TaskHelper    TaskKind = "helper"    // somebody asks for somebody else
	TaskUnder18   TaskKind = "under_18"  // the person is under 18
	TaskRequest   TaskKind = "request"   // a request about her data, or a complaint (decision 39)
	TaskUndeliver TaskKind = "not_sent"  // a text did not or may not have arrived
	TaskOptedOut  TaskKind = "opted_out" // she asked us to stop texting
	TaskCarrier   TaskKind = "carrier"   // a word the carrier may have taken for STOP
	TaskDeceased  TaskKind = "deceased"  // we were told that the person has died
	TaskWrong     TaskKind = "wrong"     // "wrong number"
	TaskOther     TaskKind = "other"
)

// The kinds of task that the follow-up makes (domain 5.5).
const (
	TaskUnfinished TaskKind = "unfinished"  // she began and did not finish, for a week
	TaskRebook     TaskKind = "rebook"      // she needs another time
	TaskGoTogether TaskKind = "go_together" // she would like the link worker to come along
	TaskMissed     TaskKind = "missed"      // she missed a visit and has not answered: ring her
	TaskConfirm    TaskKind = "confirm"     // she has not said whether she can come: ring her
	TaskNoReply    TaskKind = "no_reply"    // three attempts by two ways: close, or try once more?
	TaskSupervisor TaskKind = "supervisor"  // the same, of somebody who may be at risk: a second person decides
	TaskChase      TaskKind = "chase"       // a provider has not been in touch
	TaskVisit      TaskKind = "visit"       // a visit went badly, or did not happen
	TaskPlan       TaskKind = "plan"        // she wants the plan changed
	TaskQuiet      TaskKind = "quiet"       // nobody has been in touch for three weeks
	TaskReview     TaskKind = "review"      // twelve contacts, or half a year: review or close
	TaskMeasure    TaskKind = "measure"     // measures to be taken by phone, if the worker wants
	TaskSignpost   TaskKind = "signpost"    // she would like help with a service she was told of
	TaskLate       TaskKind = "late"        // a text that was due could not leave in time
	TaskPromise    TaskKind = "promise"     // a promised date is about to pass
	TaskAfterwards TaskKind = "afterwards"  // she wrote after her case was closed that all is not well
	TaskInvitation TaskKind = "invitation"  // an agency's invitation was answered, or was not
)

// FollowUpTasks lists the kinds of task that a plan may ask for.
func FollowUpTasks() []TaskKind {
	return []TaskKind{
		TaskUnfinished, TaskRebook, TaskGoTogether, TaskMissed, TaskConfirm, TaskNoReply, TaskSupervisor, TaskChase,
		TaskVisit, TaskPlan, TaskQuiet, TaskReview, TaskMeasure, TaskSignpost, TaskLate, TaskPromise, TaskAfterwards,
		TaskInvitation,
	}
}

// Task is something a worker must do that is not a case's next step, above all
// for somebody who has no case yet. It has a data key of its own: she asked for
// it, so a later "no" does not lose it.
type Task struct {
	Stamp
	ID           string         `json:"id"`
	Team         TeamID         `json:"team"`
	DataKey      KeyID          `json:"data_key"`
	Kind         TaskKind       `json:"kind"`
	Conversation ConversationID `json:"conversation,omitempty"`
	Case         CaseID         `json:"case,omitempty"`
	Words        Private        `json:"words,omitempty"`
	Name         Private        `json:"name,omitempty"`
	Address      Private        `json:"address,omitempty"` // the number to ring
	DueAt        time.Time      `json:"due_at"`
	CreatedAt    time.Time      `json:"created_at"`
	DoneAt       time.Time      `json:"done_at,omitzero"`
	DoneBy       UserID         `json:"done_by,omitempty"`
	Outcome      string         `json:"outcome,omitempty"`
}

// once reports whether one open task of the kind is enough for a person. Each
// text that may not have arrived is looked into by itself.
func (k TaskKind) once() bool { return k != TaskUndeliver && k != TaskOther && k != TaskLate }

// OpenTask is the entry of a conversation's open task of one kind, in the index
// open_for.
func OpenTask(c ConversationID, kind TaskKind) string { return Join(string(c), string(kind)) }

// Tasks are found while they are open, by when they are due, and by case.
var Tasks = declare(spec[Task]{
	name: "task",
	key:  func(t *Task) string { return t.ID },
	team: func(t *Task) TeamID { return t.Team },
	seal: func(t *Task) KeyID { return t.DataKey },
	indexes: []index[Task]{
		{name: "open", entries: func(t *Task) []string {
			if !t.DoneAt.IsZero() {
				return nil
			}
			return []string{Moment(t.DueAt)}
		}},
		{name: "open_for", entries: func(t *Task) []string {
			if !t.DoneAt.IsZero() || t.Conversation == "" || !t.Kind.once() {
				return nil
			}
			return []string{OpenTask(t.Conversation, t.Kind)}
		}},
		{name: "case", entries: func(t *Task) []string {
			if t.Case == "" {
				return nil
			}
			return []string{Join(string(t.Case), Moment(t.CreatedAt))}
		}},
	},
})

// Note is what a worker wrote for her team; the person does not see it.
type Note struct {
	Stamp
	ID      string    `json:"id"`
	Team    TeamID    `json:"team"`
	Case    CaseID    `json:"case"`
	DataKey KeyID     `json:"data_key"`
	By      UserID    `json:"by"`
	Text    Private   `json:"text"`
	At      time.Time `json:"at"`
	// Once is the token of the form it was written in.
	Once string `json:"once,omitempty"`
}

// Notes lie with their case, in order of time.
var Notes = declare(spec[Note]{
	name: "note",
	key:  func(n *Note) string { return string(n.Case) + "/" + n.ID },
	team: func(n *Note) TeamID { return n.Team },
	seal: func(n *Note) KeyID { return n.DataKey },
	indexes: []index[Note]{
		{name: "once", unique: true, entries: func(n *Note) []string { return some(n.Once) }},
	},
})
