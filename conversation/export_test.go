package conversation

import (
	"io"

	"linkline/flows"
)

// DrawReference draws a reference.
func DrawReference(random io.Reader) (string, error) { return drawReference(random) }

// Watch tells a test of every transition and of the effects of every turn.
func (e *Engine) Watch(walked func(f *flows.Flow, step, outcome string), traced func([]Effect)) {
	e.flows.machines.walked = walked
	e.traced = traced
}

// Target is the step an outcome of a step leads to.
func Target(s *flows.Step, outcome string) string { return target(s, outcome) }
