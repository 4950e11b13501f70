package casework

import "github.com/looplab/fsm"

// The lives of what a course holds (domain 5.1 and 5.3). An answer that comes
// twice, or after the worker has acted, leads nowhere new.

var appointmentLife = Life{name: "appointment", first: string(Offered), events: []fsm.EventDesc{
	{Name: "offer", Src: states(Offered, NoneOfTheTimes, ChangeAsked), Dst: string(Offered)},
	{Name: "book", Src: states(Offered, NoneOfTheTimes, ChangeAsked, Booked, Confirmed, Declined, DidNotAttend), Dst: string(Booked)},
	{Name: "none_fits", Src: states(Offered), Dst: string(NoneOfTheTimes)},
	{Name: "confirm", Src: states(Booked, Confirmed), Dst: string(Confirmed)},
	{Name: "change", Src: states(Booked, Confirmed, ChangeAsked, DidNotAttend), Dst: string(ChangeAsked)},
	{Name: "decline", Src: states(Offered, Booked, Confirmed, ChangeAsked, DidNotAttend, Declined), Dst: string(Declined)},
	{Name: "attend", Src: states(Booked, Confirmed, ChangeAsked, DidNotAttend, Attended), Dst: string(Attended)},
	{Name: "miss", Src: states(Booked, Confirmed, ChangeAsked, DidNotAttend), Dst: string(DidNotAttend)},
	{Name: "cancel", Src: states(Offered, NoneOfTheTimes, Booked, Confirmed, ChangeAsked, Declined, CancelledByUs), Dst: string(CancelledByUs)},
}}

var onwardLife = Life{name: "onward referral", first: string(OnwardAsked), events: []fsm.EventDesc{
	{Name: "permit", Src: states(OnwardAsked, OnwardRefused, OnwardRequested), Dst: string(OnwardRequested)},
	{Name: "refuse", Src: states(OnwardAsked, OnwardRefused), Dst: string(OnwardRefused)},
	{Name: "acknowledge", Src: states(OnwardRequested, OnwardReceived), Dst: string(OnwardReceived)},
	{Name: "accept", Src: states(OnwardRequested, OnwardReceived, OnwardWaiting, OnwardAccepted), Dst: string(OnwardAccepted)},
	{Name: "reject", Src: states(OnwardRequested, OnwardReceived, OnwardWaiting, OnwardRejected), Dst: string(OnwardRejected)},
	{Name: "wait", Src: states(OnwardRequested, OnwardReceived, OnwardAccepted, OnwardWaiting), Dst: string(OnwardWaiting)},
	{Name: "start", Src: states(OnwardRequested, OnwardReceived, OnwardAccepted, OnwardWaiting, OnwardStarted), Dst: string(OnwardStarted)},
	{Name: "complete", Src: states(OnwardStarted, OnwardCompleted), Dst: string(OnwardCompleted)},
	{Name: "give_up", Src: states(OnwardRequested, OnwardReceived, OnwardAccepted, OnwardWaiting, OnwardStarted, OnwardNotStarted), Dst: string(OnwardNotStarted)},
}}

var signpostLife = Life{name: "signpost", first: string(SignpostGiven), events: []fsm.EventDesc{
	{Name: "help", Src: states(SignpostGiven, SignpostHelps), Dst: string(SignpostHelps)},
	{Name: "other", Src: states(SignpostGiven, SignpostHelps, SignpostOther), Dst: string(SignpostOther)},
	{Name: "reach", Src: states(SignpostGiven, SignpostHelps, SignpostReached), Dst: string(SignpostReached)},
	{Name: "not_yet", Src: states(SignpostGiven, SignpostHelps), Dst: string(SignpostHelps)},
	{Name: "person", Src: states(SignpostGiven, SignpostHelps, SignpostOther, SignpostPerson), Dst: string(SignpostPerson)},
}}

var planLife = Life{name: "plan", first: string(PlanProposed), events: []fsm.EventDesc{
	{Name: "agree", Src: states(PlanProposed, PlanDisputed, PlanAgreed), Dst: string(PlanAgreed)},
	{Name: "keep", Src: states(PlanProposed, PlanDisputed, PlanAgreed), Dst: string(PlanAgreed)},
	{Name: "change", Src: states(PlanProposed, PlanAgreed, PlanDisputed), Dst: string(PlanDisputed)},
	{Name: "done", Src: states(PlanProposed, PlanAgreed, PlanDisputed, PlanDone), Dst: string(PlanDone)},
}}

var measureLife = Life{name: "measure", first: string(MeasureDue), events: []fsm.EventDesc{
	{Name: "begin", Src: states(MeasureDue, MeasureBegun), Dst: string(MeasureBegun)},
	{Name: "later", Src: states(MeasureDue, MeasureBegun), Dst: string(MeasureDue)},
	{Name: "refuse", Src: states(MeasureDue, MeasureBegun, MeasureRefused), Dst: string(MeasureRefused)},
	{Name: "complete", Src: states(MeasureDue, MeasureBegun, MeasureComplete), Dst: string(MeasureComplete)},
}}

// states are the names of states, as looplab/fsm takes them.
func states[S ~string](all ...S) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = string(s)
	}
	return out
}

// Events lists the events of the life of what a flow can be about, so that a
// flow that fires another is refused.
func Events(kind AboutKind) []string {
	lives := map[AboutKind]Life{
		AboutAppointment: appointmentLife, AboutOnward: onwardLife, AboutSignpost: signpostLife,
		AboutPlan: planLife, AboutMeasure: measureLife, AboutInvitation: invitationLife,
	}
	var out []string
	seen := map[string]bool{}
	for _, e := range lives[kind].events {
		if !seen[e.Name] {
			seen[e.Name] = true
			out = append(out, e.Name)
		}
	}
	return out
}
