package safety

import (
	"math"
	"os"
	"strings"
	"testing"
)

// labelled is one line of a set: the class that must be found, and the text.
type labelled struct{ class, text string }

func readSet(t *testing.T, name string, hasClass bool) []labelled {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var set []labelled
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		l := labelled{text: line}
		if hasClass {
			l.class, l.text, _ = strings.Cut(line, " ")
		}
		set = append(set, l)
	}
	return set
}

// wilson returns the 95% confidence interval of a share.
func wilson(hits, n int) (low, high float64) {
	const z = 1.96
	p, size := float64(hits)/float64(n), float64(n)
	middle, spread := p+z*z/(2*size), z*math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	return (middle - spread) / (1 + z*z/size), (middle + spread) / (1 + z*z/size)
}

// TestRecall measures the sets beside it: of cries, the share that raises any
// alert, and of ordinary texts, the share that does. The rules were written
// from the first three; the other three were written after them, and their
// first lines say what the first measurement found.
func TestRecall(t *testing.T) {
	t.Parallel()
	s := scanner(t)
	tests := []struct {
		file          string
		atLeast, most float64
	}{
		{"explicit.txt", 0.98, 1},
		{"indirect.txt", 0.80, 1},
		{"ordinary.txt", 0, 0.02},
		{"explicit_measured.txt", 0.98, 1},
		{"indirect_measured.txt", 0.80, 1},
		{"ordinary_measured.txt", 0, 0.02},
	}
	for _, tc := range tests {
		set := readSet(t, tc.file, tc.most == 1)
		found := 0
		for _, l := range set {
			got := classes(s.Scan(l.text))
			if got != "" {
				found++
			}
			switch {
			case l.class == "" && got != "":
				t.Logf("%s: false alarm %s: %q", tc.file, got, l.text)
			case l.class != "" && !strings.Contains(got, l.class):
				t.Logf("%s: %s found as %q: %q", tc.file, l.class, got, l.text)
			}
		}
		share := float64(found) / float64(len(set))
		low, high := wilson(found, len(set))
		t.Logf("%s: %d of %d, %.3f (95%% interval %.3f to %.3f)", tc.file, found, len(set), share, low, high)
		if share < tc.atLeast || share > tc.most {
			t.Errorf("%s: %.3f is not between %.2f and %.2f", tc.file, share, tc.atLeast, tc.most)
		}
	}
}
