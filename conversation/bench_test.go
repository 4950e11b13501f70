package conversation_test

import (
	"fmt"
	"testing"

	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
	"linkline/flows/library"
)

// referralTexts are the answers of a whole referral, from hello to the reference.
var referralTexts = []string{"hello", "1", "1", "1", "1", "1", "Maureen", "to get out on a Thursday again", "1", "1 3", "3", "1"}

// BenchmarkReceive is one text through the engine over a store in memory: what
// a turn costs beside the disk and the web server.
func BenchmarkReceive(b *testing.B) {
	lib, err := flows.Load(library.Files())
	if err != nil {
		b.Fatal(err)
	}
	p := newPlay(b, lib, monday)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		from := casework.Private(fmt.Sprintf("+4477009%05d", n/len(referralTexts)))
		in := conversation.Inbound{
			Team: "demo", Channel: casework.SMS, From: from, ID: fmt.Sprint("SM", n),
			Text: casework.Private(referralTexts[n%len(referralTexts)]),
		}
		n++
		if _, err := p.engine.Receive(b.Context(), in); err != nil {
			b.Fatal(err)
		}
	}
}
