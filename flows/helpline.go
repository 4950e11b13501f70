package flows

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
