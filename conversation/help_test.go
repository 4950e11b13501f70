package conversation_test

import (
	"strings"
	"testing"
)

// The carrier answers the bare word and no other: what it does not know is ours
// to answer, and a shout is a cry.
func TestHelpIsAnsweredBySomebody(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"HELP":             "", // the carrier's own text
		"Help!":            "What would you like to do?",
		"help.":            "What would you like to do?",
		"HELP!!!":          "999",
		"help me please!!": "999",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			p, _ := referred(t)
			got := p.say(t, text)
			if want == "" && got != "" || !strings.Contains(got, want) {
				t.Errorf("answered with %q, want %q in it", got, want)
			}
		})
	}
}
