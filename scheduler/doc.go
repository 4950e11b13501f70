// Package scheduler says when. Runner finds the jobs that are due and wakes
// the engine for each; Ticks, on robfig/cron, says when to look.
//
// Whatever a person is promised is a job in the store, so that a night without
// power is caught up in the morning: a tick that is missed is only a look that
// is late. The package does not know what a job does.
package scheduler
