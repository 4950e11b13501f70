package flows

// Flow is one conversation as a service lead may edit it: steps in order, each
// with a name. A conversation in progress keeps the version it began with.
type Flow struct {
	ID      string
	Version int
	Title   string
	// Starts are the moments at which this flow begins by itself.
	Starts []Start
	// About is what the flow is about (Abouts), empty for the person and her case.
	About string
	Steps []*Step
	// File is where the flow was read from, for messages to its author.
	File string

	byID map[string]*Step
}

// Start is a moment at which the engine looks for a flow to begin.
type Start string

// The moments at which a flow begins. Each has exactly one flow in a library.
const (
	StartFirst   Start = "first_text" // a number that has no conversation
	StartAgain   Start = "again"      // HELLO, or a text out of the blue, with an open case
	StartReturn  Start = "return"     // HELLO after a case was closed
	StartMenu    Start = "menu"       // MENU
	StartChange  Start = "change"     // CHANGE
	StartPause   Start = "pause"      // PAUSE without a date
	StartStuck   Start = "stuck"      // a question was missed twice
	StartCall    Start = "call"       // CALL, or a person is asked for
	StartOptIn   Start = "opt_in"     // START after an opt-out: permission is asked again
	StartResume  Start = "resume"     // a text after more than twelve hours in the middle of a flow
	StartPickUp  Start = "pick_up"    // a worker picked the case up
	StartSafety  Start = "safety"     // after a safety reply, when the person asks for the menu
	StartUnknown Start = "language"   // a first text in no language the team speaks
	StartUnder18 Start = "under_18"   // a date of birth of somebody under 18 (B25)
)

// Starts lists every moment at which a flow may begin.
func Starts() []Start {
	return []Start{
		StartFirst, StartAgain, StartReturn, StartMenu, StartChange, StartPause, StartStuck,
		StartCall, StartOptIn, StartResume, StartPickUp, StartSafety, StartUnknown, StartUnder18,
	}
}

// The moments at which we begin by ourselves, by a job or a worker's act. A
// library may leave any of them out: what it lacks is not sent.
const (
	SendFinish       Start = "finish"         // E3: she began and did not finish
	SendWaiting      Start = "waiting"        // Q1: the promised date cannot be kept
	SendOffer        Start = "offer"          // P1: up to three times
	SendBooked       Start = "booked"         // P2
	SendCalledOff    Start = "called_off"     // an appointment that we cancel
	SendRemindWeek   Start = "remind_week"    // J4: a week before, if it was booked long ago
	SendRemind       Start = "remind"         // R3: can you come?
	SendRemindAgain  Start = "remind_again"   // J6: no answer to R3
	SendRemindDay    Start = "remind_day"     // R1: the day before
	SendRemindHours  Start = "remind_hours"   // R0: on the day, going together
	SendMissed       Start = "missed"         // P4
	SendHomework     Start = "homework"       // H1
	SendHomeworkMore Start = "homework_more"  // H2
	SendShare        Start = "share"          // C5: may we send your name and need to {org}?
	SendWent         Start = "went"           // K1: did you get there?
	SendHeard        Start = "heard"          // K4: has {org} been in touch?
	SendPlan         Start = "plan"           // PL1
	SendReview       Start = "review"         // PL2
	SendMeasure      Start = "measure"        // V1, or the baseline
	SendSignpost     Start = "signpost"       // SP1
	SendSignpostMore Start = "signpost_check" // SP2
	SendGroup        Start = "group"          // GR1
	SendClosing      Start = "closing"        // X1
	SendAfterwards   Start = "afterwards"     // J20: four weeks after closing
	SendInvite       Start = "invite"         // PR1: an agency suggested us
	SendVerify       Start = "verify"         // is this still you? nothing personal in it
)

// Sends lists every moment at which we begin by ourselves.
func Sends() []Start {
	return []Start{
		SendFinish, SendWaiting, SendOffer, SendBooked, SendCalledOff, SendRemindWeek, SendRemind,
		SendRemindAgain, SendRemindDay, SendRemindHours, SendMissed, SendHomework, SendHomeworkMore,
		SendShare, SendWent, SendHeard, SendPlan, SendReview, SendMeasure, SendSignpost,
		SendSignpostMore, SendGroup, SendClosing, SendAfterwards, SendInvite, SendVerify,
	}
}

// Step returns the step of that name.
func (f *Flow) Step(id string) (*Step, bool) {
	s, ok := f.byID[id]
	return s, ok
}

// First is the step the flow begins with.
func (f *Flow) First() *Step { return f.Steps[0] }

// StepKind says what a step does to the conversation.
type StepKind string

// The kinds of step.
const (
	// KindSay says something, or does something without words, and moves on.
	KindSay StepKind = "say"
	// KindAsk asks and waits for the answer.
	KindAsk StepKind = "ask"
	// KindPermit asks for a permission and records the answer for ever.
	KindPermit StepKind = "permit"
	// KindGo plays another flow, and comes back when it ends.
	KindGo StepKind = "go"
	// KindBranch chooses the next step by what is known.
	KindBranch StepKind = "branch"
	// KindEnd ends the flow.
	KindEnd StepKind = "end"
)

// Step is one step of a flow.
type Step struct {
	ID   string
	Kind StepKind
	// Words is the key of the step's words in the wording file of its flow; the
	// step's ID where nothing else is said. It is empty for a step without words.
	Words string
	// Do are the things done on entering the step, in order, before its words.
	Do []Action

	// Answer says how the reply to a question is read.
	Answer AnswerType
	// Options are the answers to choose from, in the order of their numbers.
	Options []Option
	// Among offers only the options that are values of that fact: the needs that
	// were chosen, when one of them is to come first. With one such option the
	// question answers itself.
	Among string
	// Save names the fact that keeps the answer; empty keeps nothing.
	Save string
	// Purpose is what a permission is for.
	Purpose string
	// Strict never guesses: anything but a clear answer is asked again.
	Strict bool
	// Required refuses SKIP (decision 17).
	Required bool
	// Min and Max bound a number, or the length of a text.
	Min, Max int
	// Why says why the question is asked, and UsedBy who uses the answer.
	Why    string
	UsedBy []string
	// SkipWhen passes over the step when it holds.
	SkipWhen *Condition

	// Go is where a step of KindGo leads.
	Go *Go
	// Branches are tried in order; the last has no condition.
	Branches []Branch
	// End is how the flow ended, in a word ("done", "declined").
	End string

	// On gives the next step for an outcome; Next for all others. The outcomes
	// of a choice are its option ids; of any other question OutcomeGiven; of
	// both OutcomeSkipped; of a step that does not ask OutcomeNext.
	On   map[string]string
	Next string

	// Line is where the step begins in its file.
	Line int
}

// Outcomes that are not an option's id.
const (
	OutcomeGiven   = "given"
	OutcomeSkipped = "skipped"
	OutcomeNext    = "next"
)

// Asks reports whether the step waits for a reply.
func (s *Step) Asks() bool { return s.Kind == KindAsk || s.Kind == KindPermit }

// Target is the step an outcome leads to; empty where none is written.
func (s *Step) Target(outcome string) string {
	if to, ok := s.On[outcome]; ok {
		return to
	}
	return s.Next
}

// Outcomes lists the outcomes of the step, in a fixed order. Each is an event
// of the flow's machine.
func (s *Step) Outcomes() []string {
	switch s.Kind {
	case KindEnd:
		return nil
	case KindBranch:
		out := make([]string, len(s.Branches))
		for i, b := range s.Branches {
			out[i] = "to_" + b.To
		}
		return out
	case KindSay, KindGo:
		return []string{OutcomeNext}
	case KindAsk, KindPermit:
	}
	var out []string
	if len(s.Options) > 0 && s.Answer != Choices {
		for _, o := range s.Options {
			out = append(out, o.ID)
		}
	}
	if len(s.Options) == 0 || s.Answer == Choices || s.Answer.open() {
		out = append(out, OutcomeGiven)
	}
	if !s.Required {
		out = append(out, OutcomeSkipped)
	}
	return out
}

// Option is one answer to choose.
type Option struct {
	ID string
	// Number is what the person texts; the position from 1 where nothing else is
	// said, so that a second page can go on counting.
	Number int
	// Code is a code of the field's own, kept with the answer.
	Code string
}

// Go leads to another flow.
type Go struct {
	Flow string
	// Step begins at that step instead of the first.
	Step string
	// Once asks that one step alone and comes back with its answer.
	Once bool
	// Leave does not come back: the other flow takes this one's place.
	Leave bool
}

// Branch is one way on.
type Branch struct {
	When *Condition // nil holds always
	To   string
}

// Condition is what must be known for a branch to be taken or a step skipped.
// All that is written must hold. There is no expression language: a condition
// that needs more is two branches.
type Condition struct {
	// Known holds when the fact has an answer; Unknown when it has none.
	Known   string
	Unknown string
	// Is holds when the fact has one of the values.
	Is map[string][]string
	// IsNot holds when the fact has none of the values.
	IsNot map[string][]string
	// Permitted holds when a permission for the purpose is in force; Refused
	// when it was asked for and not given.
	Permitted string
	Refused   string
}

// Facts that the engine knows without asking.
const (
	FactFirstText = "first_text" // the first text, when it says more than hello
	FactChannel   = "channel"    // sms, whatsapp, telegram, web
	FactInHours   = "in_hours"   // yes or no: is the team open now
	FactCase      = "case"       // none, open, submitted, picked_up, closed
	FactOnDuty    = "on_duty"    // yes or no: has the team a duty number in force
	FactNeutral   = "neutral"    // yes or no: may others see the texts on this phone
	FactVisit     = "visit"      // what the appointment is: assessment, accompany ...
	FactTogether  = "together"   // yes or no: does the link worker come along
	FactPoint     = "point"      // when the measures are taken: baseline, 3m, 6m, closing
	FactSlots     = "slots"      // the times that are offered, slot1 to slot3, and none
)

// FactNeeds is what a person would like help with; the engine reads it.
const FactNeeds = "needs"

// EngineFacts lists the facts that the engine knows without asking.
func EngineFacts() []string {
	return []string{
		FactFirstText, FactChannel, FactInHours, FactCase, FactOnDuty,
		FactNeutral, FactVisit, FactTogether, FactPoint, FactSlots,
	}
}

// Action is one thing a step does, from a closed set.
type Action struct {
	Name ActionName
	Arg  string
}

// ActionName names an action.
type ActionName string

// The actions a step may do. Each becomes an effect of the engine.
const (
	DoOpenCase ActionName = "open_case" // after permission: person and case begin
	DoSubmit   ActionName = "submit"    // the case is sent: reference and promised date
	DoForget   ActionName = "forget"    // destroy what was said (a "no" to permission)
	DoAlert    ActionName = "alert"     // raise an alert; the argument is its rule
	DoTask     ActionName = "task"      // ask a worker for something; the argument is its kind
	DoMark     ActionName = "mark"      // unsafe, limited, safe, neutral, own: about the contact point
	DoPause    ActionName = "pause"     // no texts until the date just answered
	DoWithdraw ActionName = "withdraw"  // the argument is a purpose
	DoOptOut   ActionName = "opt_out"
	DoOptIn    ActionName = "opt_in"
	DoHandOver ActionName = "hand_over" // the bot stops speaking until a worker gives it back
	DoAppend   ActionName = "append"    // the answer just given is added to the case
	DoAgain    ActionName = "again"     // ask the parked question again on coming back
	DoLeave    ActionName = "leave"     // give up the parked question and all that waits
	DoLanguage ActionName = "language"  // speak the language just chosen
	DoRestart  ActionName = "restart"   // forget where we were and begin the first flow again
	DoFire     ActionName = "fire"      // the argument is an event in the life of what the flow is about
	DoVerified ActionName = "verified"  // the number is hers still
	DoNeed     ActionName = "need"      // the argument is a need that has shown itself
)

// Actions lists every action; true where it takes an argument.
func Actions() map[ActionName]bool {
	return map[ActionName]bool{
		DoOpenCase: false, DoSubmit: false, DoForget: false, DoAlert: true, DoTask: true,
		DoMark: true, DoPause: false, DoWithdraw: true, DoOptOut: false, DoOptIn: false,
		DoHandOver: false, DoAppend: false, DoAgain: false, DoLeave: false, DoLanguage: false,
		DoRestart: false, DoFire: true, DoVerified: false, DoNeed: true,
	}
}

// AnswerType says how a reply is read. The names are those of package reading.
type AnswerType string

// The answer types a flow may ask for.
const (
	Choice        AnswerType = "choice"
	Choices       AnswerType = "choices"         // one or several
	ChoiceOrText  AnswerType = "choice_or_text"  // an option, or the person's own words
	ChoiceOrPhone AnswerType = "choice_or_phone" // an option, or a number to ring
	YesNo         AnswerType = "yes_no"
	Name          AnswerType = "name"
	FullName      AnswerType = "full_name"
	DateOfBirth   AnswerType = "date_of_birth"
	Postcode      AnswerType = "postcode"
	Phone         AnswerType = "phone"
	Practice      AnswerType = "practice"
	Scale         AnswerType = "scale"
	FreeText      AnswerType = "text"
	FutureDate    AnswerType = "future_date"
	DateTime      AnswerType = "date_time"
)

// open reports whether the options are not all that can be answered.
func (a AnswerType) open() bool { return a == ChoiceOrText || a == ChoiceOrPhone }

// AnswerTypes lists every answer type.
func AnswerTypes() []AnswerType {
	return []AnswerType{
		Choice, Choices, ChoiceOrText, ChoiceOrPhone, YesNo, Name, FullName, DateOfBirth, Postcode, Phone,
		Practice, Scale, FreeText, FutureDate, DateTime,
	}
}
