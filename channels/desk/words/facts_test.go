package words

import (
	"strings"
	"testing"

	"linkline/flows"
	"linkline/flows/library"
)

// TestEveryFactOfTheShippedFlowsHasWords looks at what a worker reads of an
// answer: a flow that saves a new fact gives it a short name here, and every
// option of it has a label, so that no page ever shows an id.
func TestEveryFactOfTheShippedFlowsHasWords(t *testing.T) {
	t.Parallel()
	lib, err := flows.Load(library.Files())
	if err != nil {
		t.Fatal(err)
	}
	catalogue, about := NewCatalogue(lib), map[string]bool{}
	for _, f := range lib.All() {
		for _, s := range f.Steps {
			if s.Save == "" {
				continue
			}
			if titles(s.Save) == "" {
				t.Errorf("%s saves %s, which has no name on a page", f.ID, s.Save)
			}
			about[s.Save] = about[s.Save] || f.About != ""
			for _, option := range s.Options {
				got := catalogue.Value(s.Save, option.ID)
				// A time that was offered is shown with its appointment instead.
				if s.Save != "slot" && (got == "" || got == option.ID || strings.ContainsAny(got, "_{")) {
					t.Errorf("%s, %s: option %s reads %q, want a label", f.ID, s.Save, option.ID, got)
				}
			}
		}
	}
	for _, fact := range []string{"can_come", "heard", "plan_right", "signpost", "moved_to"} {
		if !about[fact] {
			t.Errorf("%s is saved by no flow about something: this test looks at the wrong flows", fact)
		}
	}
}
