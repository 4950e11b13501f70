package reading

import "testing"

// TestRequestsAreNoAnswers: what asks for something of the service itself is no
// yes and no no, but for the words that the language lists as both: what is
// picked outranks a request.
func TestRequestsAreNoAnswers(t *testing.T) {
	t.Parallel()
	lex := lexiconFor("en")
	for intent, texts := range lex.intents {
		for text := range texts {
			if lex.yesNo.means[text] != noGrade {
				continue
			}
			if r := Read(ask(YesNo), text); r.Outcome == Value {
				t.Errorf("%q is %s, and read as %q by %s", text, intent, r.Values, r.Rule)
			}
		}
	}
}
