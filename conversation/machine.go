package conversation

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/looplab/fsm"

	"linkline/flows"
)

// A flow is compiled to a looplab/fsm machine: its states are the steps, its
// events the outcomes of an answer. A machine of that library is not safe to
// share, is wedged for good by a cancelled context and answers a transition to
// the same state with an error, so each flow has a pool of machines, a state is
// set before every event, no context can be cancelled, and a machine that
// answered with any error is thrown away.

// machines holds a pool of machines for every version of every flow. It is not
// changed after compile, so it may be shared.
type machines struct {
	pools map[flowKey]*sync.Pool
	// walked is told of every transition, by the test that wants each of them
	// walked; nil otherwise.
	walked func(f *flows.Flow, step, outcome string)
}

type flowKey struct {
	id      string
	version int
}

// errNoWay means a flow has no step for an outcome.
var errNoWay = errors.New("no step for this outcome")

// compile makes a machine of every version of every flow.
func compile(library *flows.Library) *machines {
	m := &machines{pools: map[flowKey]*sync.Pool{}}
	for _, f := range library.All() {
		m.add(f)
	}
	return m
}

// add makes the pool of one flow.
func (m *machines) add(f *flows.Flow) {
	first, events := f.First().ID, transitions(f)
	m.pools[flowKey{f.ID, f.Version}] = &sync.Pool{
		New: func() any { return fsm.NewFSM(first, events, fsm.Callbacks{}) },
	}
}

// transitions lists the events of a flow: one for each outcome of each step.
func transitions(f *flows.Flow) []fsm.EventDesc {
	var events []fsm.EventDesc
	for _, s := range f.Steps {
		for _, outcome := range s.Outcomes() {
			if to := target(s, outcome); to != "" {
				events = append(events, fsm.EventDesc{Name: outcome, Src: []string{s.ID}, Dst: to})
			}
		}
	}
	return events
}

// target is the step an outcome of a step leads to.
func target(s *flows.Step, outcome string) string {
	if s.Kind == flows.KindBranch {
		for _, b := range s.Branches {
			if outcome == "to_"+b.To {
				return b.To
			}
		}
		return ""
	}
	return s.Target(outcome)
}

// fire fires an outcome in a step of a flow and returns the step it leads to.
func (m *machines) fire(f *flows.Flow, step, outcome string) (string, error) {
	if m.walked != nil {
		m.walked(f, step, outcome)
	}
	pool, ok := m.pools[flowKey{f.ID, f.Version}]
	if !ok {
		return "", fmt.Errorf("flow %s version %d is not compiled", f.ID, f.Version)
	}
	machine, ok := pool.Get().(*fsm.FSM)
	if !ok {
		return "", fmt.Errorf("flow %s: the pool holds no machine", f.ID)
	}
	machine.SetState(step)
	err := machine.Event(context.Background(), outcome)
	var same fsm.NoTransitionError
	if errors.As(err, &same) && same.Err == nil {
		pool.Put(machine)
		return step, nil
	}
	if err != nil {
		return "", fmt.Errorf("%w: flow %s, step %s, outcome %s", errNoWay, f.ID, step, outcome)
	}
	to := machine.Current()
	pool.Put(machine)
	return to, nil
}

// lockedReader lets several turns draw from one source of randomness.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *lockedReader) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return io.ReadFull(l.r, p)
}
