package safety

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"
)

// What issue 3 asks of the scanner on texts that nobody tuned it to.
const (
	wantExplicit = 0.98
	wantIndirect = 0.80
	wantAlarms   = 0.02
)

// TestSets measures the labelled sets. The rules were written from the written
// halves and from own.tsv; on the measured halves they are only measured, so
// their misses are never printed, and never tuned to one by one.
//
// They do not reach yet all that the issue asks; until they do, held is what
// the scanner must not fall behind, and the log says what is missing. TestEval
// lists the misses of the written halves.
func TestSets(t *testing.T) {
	t.Parallel()
	s := scanner(t)
	tests := []struct {
		file       string
		want, held float64
	}{
		{"sets/explicit.written.tsv", wantExplicit, wantExplicit},
		{"sets/indirect.written.tsv", wantIndirect, wantIndirect},
		{"sets/ordinary.written.tsv", wantAlarms, wantAlarms},
		{"sets/explicit.written2.tsv", wantExplicit, 0.93},
		{"sets/indirect.written2.tsv", wantIndirect, 0.76},
		{"sets/ordinary.written2.tsv", wantAlarms, 0.027},
		{"own.tsv", 0.95, 0.95},
		{"sets/explicit.measured.tsv", wantExplicit, 0.935},
		{"sets/indirect.measured.tsv", wantIndirect, 0.745},
		{"sets/ordinary.measured.tsv", wantAlarms, 0.035},
	}
	for _, tc := range tests {
		lines, found := readTSV(t, tc.file), 0
		for _, l := range lines {
			got := classes(s.Scan(l.text))
			if got != "" {
				found++
			}
		}
		share := float64(found) / float64(len(lines))
		low, high := wilson(found, len(lines))
		t.Logf("%s: %d of %d, %.3f (95%% interval %.3f to %.3f), asked for %.2f", tc.file, found, len(lines), share, low, high, tc.want)
		if ordinary := strings.Contains(tc.file, "ordinary"); ordinary && share > tc.held || !ordinary && share < tc.held {
			t.Errorf("%s: %.3f is past %.3f", tc.file, share, tc.held)
		}
	}
}

// readTSV reads a set with a text and its classes on each line.
func readTSV(t *testing.T, name string) []labelled {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var set []labelled
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) < 2 {
			t.Fatalf("%s: no class in %q", name, line)
		}
		set = append(set, labelled{class: fields[1], text: fields[0]})
	}
	return set
}

// TestMeasuredSetsAreFrozen holds the sums that the sets came with.
func TestMeasuredSetsAreFrozen(t *testing.T) {
	t.Parallel()
	sums, err := os.ReadFile("testdata/sets/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	held := 0
	for line := range strings.Lines(string(sums)) {
		want, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if !strings.Contains(name, "measured") {
			continue
		}
		held++
		data, err := os.ReadFile("testdata/sets/" + name)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); got != want {
			t.Errorf("%s has the sum %s, want %s", name, got, want)
		}
	}
	if held != 3 {
		t.Errorf("%d sums held, want 3", held)
	}
}
