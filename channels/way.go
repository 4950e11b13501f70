package channels

import (
	"sync"
	"time"
)

// The bounds of a circuit. It opens at once when the provider refuses our
// account, and after so many calls in a row that came to nothing; then it lets
// one message through after holdTime, and after twice as long each time that
// one fails too.
const (
	failuresInARow = 3
	holdTime       = time.Minute
	longestHold    = 16 * time.Minute
)

// ways are the ways out with what each bears: how many messages a second, and
// whether anything comes of sending there at all. They are the memory of one
// process: after a restart they learn again, and two processes that share a
// number send twice as fast, which the provider's own queue evens out.
type ways struct {
	mu      sync.Mutex
	rates   map[Route]float64
	byRoute map[Route]*way
}

// way is one way out.
type way struct {
	// tokens is how many messages may leave at once; it fills with time up to one
	// and what a second brings. A long text may take it below zero.
	tokens float64
	filled time.Time
	// rest is until when the way takes nothing.
	rest time.Time
	// failures are the calls in a row that came to nothing; shut is how often in a
	// row the circuit was opened, zero while it is closed.
	failures int
	shut     int
	// trial is until when the one message is waited for that a half-open circuit
	// lets through.
	trial time.Time
}

func newWays(rates map[Route]float64) *ways {
	return &ways{rates: rates, byRoute: map[Route]*way{}}
}

// of returns a way; the caller holds the lock.
func (w *ways) of(r Route) *way {
	out := w.byRoute[r]
	if out == nil {
		out = &way{tokens: 1 + w.rates[r]}
		w.byRoute[r] = out
	}
	return out
}

// freeAt returns when a way takes the next message; the zero time for now.
func (w *ways) freeAt(r Route, now time.Time) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	x := w.of(r)
	switch {
	case x.rest.After(now):
		return x.rest
	case x.shut > 0 && x.trial.After(now):
		return x.trial
	}
	rate := w.rates[r]
	if rate <= 0 {
		return time.Time{}
	}
	x.fill(rate, now)
	if x.tokens >= 1 {
		return time.Time{}
	}
	return now.Add(time.Duration((1 - x.tokens) / rate * float64(time.Second)))
}

// fill adds what time has brought. A clock that steps back brings nothing.
func (x *way) fill(rate float64, now time.Time) {
	if gone := now.Sub(x.filled); gone > 0 && !x.filled.IsZero() {
		x.tokens = min(x.tokens+gone.Seconds()*rate, 1+rate)
	}
	if now.After(x.filled) {
		x.filled = now
	}
}

// take notes that a message of so many parts leaves: carriers count parts. What
// is urgent is not asked whether it may, but it is counted.
func (w *ways) take(r Route, parts int, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	x := w.of(r)
	if rate := w.rates[r]; rate > 0 {
		x.fill(rate, now)
		x.tokens = max(x.tokens-float64(parts), -rate-float64(parts))
	}
	if x.shut > 0 {
		x.trial = now.Add(attemptTime)
	}
}

// heard notes what came of a message, and reports whether the circuit has
// opened with it. pause is what the provider asks for.
func (w *ways) heard(r Route, outcome Outcome, pause time.Duration, now time.Time) (opened bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	x := w.of(r)
	x.trial = time.Time{}
	switch outcome {
	case Accepted, Rejected:
		x.failures, x.shut, x.rest = 0, 0, time.Time{}
	case Throttled:
		x.failures = 0
		x.restFor(pause, now)
	case Config:
		return x.open(now)
	case Unknown, NotSent:
		if x.failures++; x.failures >= failuresInARow || x.shut > 0 {
			return x.open(now)
		}
	}
	return false
}

// open opens the circuit, for longer each time in a row. Calls that were under
// way when it opened do not open it further.
func (x *way) open(now time.Time) bool {
	if x.shut > 0 && x.rest.After(now) {
		return false
	}
	x.restFor(min(holdTime<<min(x.shut, 8), longestHold), now)
	x.shut++
	return x.shut == 1
}

func (x *way) restFor(pause time.Duration, now time.Time) {
	if until := now.Add(pause); until.After(x.rest) {
		x.rest = until
	}
}
