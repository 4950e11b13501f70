package scheduler

import (
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// quietWeeks is how long nobody is asked a second set of measures (5.5).
const quietWeeks = 4

// window is when a set of measures counts for its point, in weeks from the day
// she sent her request, and the week in which it is asked (5.5).
type window struct {
	point           casework.MeasurePoint
	from, at, until int
}

func windows() []window {
	return []window{
		{casework.Baseline, 0, 0, 0},
		{casework.ThreeMonths, 10, 13, 16},
		{casework.SixMonths, 22, 26, 30},
	}
}

// measureSubjects are the four points at which she is asked how she feels, each
// whether or not there is a record of it yet: the id of a set is its point.
func measureSubjects(o conversation.Outlook) []*subject {
	points := []casework.MeasurePoint{
		casework.Baseline, casework.ThreeMonths, casework.SixMonths, casework.AtClosing,
	}
	out := make([]*subject, 0, len(points))
	for _, point := range points {
		s := &subject{
			about: casework.About{Kind: casework.AboutMeasure, ID: string(point)},
			state: string(casework.MeasureDue),
			moments: known(map[string]time.Time{
				"submitted": o.Case.SubmittedAt, "ending": dayOf(o.Course.Ending, o.Calendar), "closed": o.Case.ClosedAt,
			}),
			holds: map[string]bool{
				ifContacted: contacted(o), ifBaseline: hasBaseline(o.Course),
				ifClosingCounts: closingCounts(o, point), ifAskedLately: askedLately(o),
			},
		}
		if m := o.Course.Measure(string(point)); m != nil {
			s.state, s.answers = string(m.State), []casework.Answers{m.Said}
		}
		out = append(out, s)
	}
	return out
}

// hasBaseline reports whether she answered any of the first questions.
func hasBaseline(c *casework.Course) bool {
	m := c.Measure(string(casework.Baseline))
	return m != nil && (m.State == casework.MeasureComplete || len(m.Said) > 0)
}

// closingCounts reports whether the set at closing falls into the window of a
// point that she has not been asked for: then it counts for it, and she is asked
// once.
func closingCounts(o conversation.Outlook, point casework.MeasurePoint) bool {
	ending := dayOf(o.Course.Ending, o.Calendar)
	if ending.IsZero() || o.Case.SubmittedAt.IsZero() || !askedAt(o.Course, point).IsZero() {
		return false
	}
	for _, w := range windows() {
		if w.point == point {
			return w.until > 0 && !ending.Before(weeksOn(o, w.from)) && !ending.After(weeksOn(o, w.until))
		}
	}
	return false
}

// askedLately reports whether another set was asked, or will have been, within
// the four weeks before closing.
func askedLately(o conversation.Outlook) bool {
	ending := dayOf(o.Course.Ending, o.Calendar)
	if ending.IsZero() || o.Case.SubmittedAt.IsZero() {
		return false
	}
	for _, w := range windows() {
		at := askedAt(o.Course, w.point)
		if at.IsZero() && w.at > 0 && hasBaseline(o.Course) && !closingCounts(o, w.point) {
			at = weeksOn(o, w.at)
		}
		if !at.IsZero() && at.Before(ending) && at.After(moment{n: quietWeeks, unit: weeks, before: true}.from(ending, o.Calendar)) {
			return true
		}
	}
	return false
}

// askedAt is when a set was last asked or answered; zero for never.
func askedAt(c *casework.Course, point casework.MeasurePoint) time.Time {
	m := c.Measure(string(point))
	if m == nil {
		return time.Time{}
	}
	return latest(m.AskedAt, m.SettledAt)
}

func weeksOn(o conversation.Outlook, n int) time.Time {
	return moment{n: n, unit: weeks}.from(o.Case.SubmittedAt, o.Calendar)
}
