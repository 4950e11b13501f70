// Package scheduler says when. Plans, made of the rules in rules/, say which
// texts and tasks a case asks for and at which moment; Runner finds the jobs that
// are due and wakes the engine for each; Ticks, on robfig/cron, says when to
// look.
//
// Plans are pure: they know records and rules and not what time it is. What
// follows from a change is found by asking again and comparing
// (casework.Reconcile), so that an answer that came, an appointment that moved
// and a permission that was taken back need no code of their own.
//
// Whatever a person is promised is a job in the store, so that a night without
// power is caught up in the morning: a tick that is missed is only a look that
// is late. The package does not know what a job does.
package scheduler
