package main

import (
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	t.Parallel()
	const ok = `{"Action":"pass","Package":"linkline/flows","Test":"TestA"}
{"Action":"output","Package":"linkline/flows","Output":"ok  \tlinkline/flows\t0.1s\n"}
{"Action":"pass","Package":"linkline/flows"}
`
	tests := []struct {
		name, events, want string
		code               int
	}{
		{"all pass", ok, "ok  \tlinkline/flows\t0.1s\n\n1 passed, 0 failed, 0 skipped\n", 0},
		{"one is skipped", ok + `{"Action":"output","Package":"linkline/cmd","Test":"TestB","Output":"    b_test.go:1: no browser\n"}
{"Action":"skip","Package":"linkline/cmd","Test":"TestB"}
`, "ok  \tlinkline/flows\t0.1s\n\nskipped:\n  cmd TestB: b_test.go:1: no browser\n\n1 passed, 0 failed, 1 skipped\n", 0},
		{"one fails", ok + `{"Action":"output","Package":"linkline/cmd","Test":"TestB","Output":"    b_test.go:1: got 1\n"}
{"Action":"fail","Package":"linkline/cmd","Test":"TestB"}
{"Action":"output","Package":"linkline/cmd","Output":"FAIL\tlinkline/cmd\t0.1s\n"}
{"Action":"fail","Package":"linkline/cmd"}
`, "ok  \tlinkline/flows\t0.1s\n    b_test.go:1: got 1\nFAIL\tlinkline/cmd\t0.1s\n\n1 passed, 1 failed, 0 skipped\n", 1},
		{"one does not build", ok + `{"ImportPath":"linkline/cmd","Action":"build-output","Output":"undefined: x\n"}
{"ImportPath":"linkline/cmd","Action":"build-fail"}
`, "ok  \tlinkline/flows\t0.1s\nundefined: x\n\n1 passed, 0 failed, 0 skipped\n", 1},
		{"there is none", "", "\n0 passed, 0 failed, 0 skipped\n", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			r := newReport(&out)
			code := r.read(strings.NewReader(test.events))
			if out.String() != test.want || code != test.code {
				t.Errorf("got %d, %q; want %d, %q", code, out.String(), test.code, test.want)
			}
		})
	}
}
