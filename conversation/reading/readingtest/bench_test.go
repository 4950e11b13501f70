package readingtest_test

import (
	"testing"

	"linkline/conversation/reading"
	"linkline/conversation/reading/readingtest"
	"linkline/conversation/safety"
)

// target is how long reading and scanning one text together may take, in
// microseconds.
const target = 50

// BenchmarkReadAndScan does what a turn does with a text: look for a request,
// read the answer, and scan for what cannot wait.
func BenchmarkReadAndScan(b *testing.B) {
	scanner, err := safety.New()
	if err != nil {
		b.Fatal(err)
	}
	texts := map[string]string{
		"number": "1 and 4 please", "yes": "yeah go on then x",
		"story": "My husband died in May and im on my own now, I cant pay the leccy and the damp is making me ill",
	}
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			q := reading.Question{Type: reading.Choices, Options: reading.Needs("en"), Language: "en", Today: readingtest.Today()}
			reading.Read(q, text) // the words are loaded once
			b.ReportAllocs()
			for b.Loop() {
				reading.IntentOf(text, "en", readingtest.Today())
				reading.Read(q, text)
				scanner.Scan(text)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N), "µs/text")
			b.ReportMetric(target, "µs-target")
		})
	}
}
