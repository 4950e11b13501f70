package conversation

import (
	"errors"
	"sync"
	"testing"

	"linkline/flows"
	"linkline/flows/library"
)

func TestMachinesFireWhatTheFlowsSay(t *testing.T) {
	t.Parallel()
	lib, err := flows.Load(library.Files())
	if err != nil {
		t.Fatal(err)
	}
	f := Compile(lib)
	for _, flow := range lib.All() {
		for _, s := range flow.Steps {
			for _, outcome := range s.Outcomes() {
				want := target(s, outcome)
				if want == "" {
					continue
				}
				got, err := f.machines.fire(flow, s.ID, outcome)
				if err != nil || got != want {
					t.Errorf("%s.%s %s leads to %q (%v), want %q", flow.ID, s.ID, outcome, got, err, want)
				}
			}
		}
	}
}

func TestMachinesSurviveAnOutcomeThatLeadsNowhere(t *testing.T) {
	t.Parallel()
	f, flow := circle(t)
	for range 3 {
		if _, err := f.machines.fire(flow, "ask", "nonsense"); !errors.Is(err, errNoWay) {
			t.Fatalf("got %v, want errNoWay", err)
		}
		if to, err := f.machines.fire(flow, "ask", "again"); err != nil || to != "ask" {
			t.Fatalf("a step that leads to itself: %q, %v", to, err)
		}
		if to, err := f.machines.fire(flow, "ask", "on"); err != nil || to != "done" {
			t.Fatalf("the way on: %q, %v", to, err)
		}
	}
}

// circle is the machine of a flow whose first step may lead to itself.
func circle(t *testing.T) (*Flows, *flows.Flow) {
	t.Helper()
	flow := &flows.Flow{ID: "circle", Version: 1, Steps: []*flows.Step{
		{
			ID: "ask", Kind: flows.KindAsk, Answer: flows.Choice, Required: true,
			Options: []flows.Option{{ID: "again", Number: 1}, {ID: "on", Number: 2}},
			On:      map[string]string{"again": "ask", "on": "done"},
		},
		{ID: "done", Kind: flows.KindEnd, End: "done"},
	}}
	m := &machines{pools: map[flowKey]*sync.Pool{}}
	m.add(flow)
	return &Flows{machines: m}, flow
}

func TestMachinesAreSharedByManyTurns(t *testing.T) {
	t.Parallel()
	f, flow := circle(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if to, err := f.machines.fire(flow, "ask", "on"); err != nil || to != "done" {
					t.Errorf("got %q, %v", to, err)
				}
			}
		})
	}
	wg.Wait()
}
