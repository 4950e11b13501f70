package conversation_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
	"linkline/flows"
)

// The events that a flow may fire are those of the lives of the records: flows
// know no records, so the two lists are held together here.
func TestFlowsFireWhatTheRecordsKnow(t *testing.T) {
	t.Parallel()
	for about, events := range flows.Abouts() {
		want := casework.Events(casework.AboutKind(about))
		if diff := cmp.Diff(events, want); diff != "" {
			t.Errorf("%s (-flows +casework):\n%s", about, diff)
		}
	}
}
