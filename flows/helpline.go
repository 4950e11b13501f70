package flows

import "slices"

// Helpline is a number that may be printed in a text, checked by a person on a
// day (decision 28).
type Helpline struct {
	// ID is the placeholder it fills: mental_health_line, samaritans, shout,
	// abuse_line, child_line ...
	ID string
	// Nations are those it serves.
	Nations []string
	// Say is how it is printed, for example "NHS 111 (choose 2)".
	Say string
	// VerifiedOn is the civil date a person last checked it; empty for never,
	// and then it ships disabled.
	VerifiedOn string
	Source     string
	// Core must be present for every nation.
	Core bool
	File string
	Line int
}

// HelplinesFor gives the numbers a team of a nation may print, by placeholder.
// One that was never checked is not among them.
func (l *Library) HelplinesFor(nation string) map[string]string {
	out := map[string]string{}
	for _, h := range l.Helplines {
		if h.Serves(nation) {
			out[h.ID] = h.Say
		}
	}
	return out
}

// Serves reports whether the helpline may be printed for people of a nation. A
// number that nobody has verified is never printed.
func (h Helpline) Serves(nation string) bool {
	return h.VerifiedOn != "" && slices.Contains(h.Nations, nation)
}
