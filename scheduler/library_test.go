package scheduler_test

import (
	"slices"
	"testing"

	"linkline/flows"
	"linkline/flows/library"
	"linkline/scheduler"
)

// The flow that asks keeps her answer under the name that a rule looks for:
// under another name she would be asked again.
func TestTheFlowsKeepWhatTheRulesLookFor(t *testing.T) {
	t.Parallel()
	lib, err := flows.LoadChecked(library.Files())
	if err != nil {
		t.Fatal(err)
	}
	p, err := scheduler.ShippedPlans()
	if err != nil {
		t.Fatal(err)
	}
	for send, facts := range p.Sends() {
		flow, ok := lib.Start(send)
		if !ok || len(facts) == 0 {
			continue // a library may leave the moment out
		}
		if !saves(lib, flow, facts) {
			t.Errorf("flow %s keeps none of %v, after which it is not sent again", flow.ID, facts)
		}
	}
}

// saves reports whether a flow, or one that it plays, keeps one of the facts.
func saves(lib *flows.Library, flow *flows.Flow, facts []string) bool {
	return slices.ContainsFunc(flow.Steps, func(s *flows.Step) bool {
		if s.Kind == flows.KindGo {
			other, ok := lib.Flow(s.Go.Flow, 0)
			return ok && slices.ContainsFunc(other.Steps, func(s *flows.Step) bool { return slices.Contains(facts, s.Save) })
		}
		return slices.Contains(facts, s.Save)
	})
}

// What a plan says of an appointment, a flow must be able to speak of: a flow
// about something else would be sent with blanks.
func TestTheFlowsAreAboutWhatTheRulesAre(t *testing.T) {
	t.Parallel()
	lib, err := flows.LoadChecked(library.Files())
	if err != nil {
		t.Fatal(err)
	}
	s := newSheet(t)
	full(s)
	for _, w := range plans(t).Want(s.Outlook) {
		flow, ok := lib.Start(flows.Start(w.Send))
		if !ok {
			continue
		}
		about := string(w.About.Kind)
		if about == "case" {
			about = ""
		}
		if flow.About != about {
			t.Errorf("%s is about %q, and the flow %s about %q", w.Kind, about, flow.ID, flow.About)
		}
	}
}
