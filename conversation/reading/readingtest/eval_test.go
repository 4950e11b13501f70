package readingtest_test

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linkline/conversation/reading/readingtest"
)

// misses says which halves to list the misses of: "all" for people who read
// them, "written" for whoever changes a rule.
var misses = flag.String("misses", "", "list the misses of this half, or of all")

// floors are the shares below which a set may not fall: what each half reached
// when it was last measured, a reply or two less. The measured floors are to
// rise, and the aim for closed answers and dates of birth is 0.99.
func floors() map[string]map[string]float64 {
	return map[string]map[string]float64{
		"yes_no":        {readingtest.Written: 0.99, readingtest.Measured: 0.90},
		"yes_no_strict": {readingtest.Written: 0.98, readingtest.Measured: 0.94},
		"choice":        {readingtest.Written: 0.97, readingtest.Measured: 0.83},
		"choices":       {readingtest.Written: 0.96, readingtest.Measured: 0.92},
		"date_of_birth": {readingtest.Written: 0.99, readingtest.Measured: 0.96},
		"date_time":     {readingtest.Written: 0.98, readingtest.Measured: 0.94},
		"intent":        {readingtest.Written: 0.98, readingtest.Measured: 0.86},
		"name":          {readingtest.Written: 0.97, readingtest.Measured: 0.94},
		"phone":         {readingtest.Written: 0.97, readingtest.Measured: 0.93},
		"postcode":      {readingtest.Written: 0.94, readingtest.Measured: 0.94},
		"scale":         {readingtest.Written: 0.97, readingtest.Measured: 0.96},
		"nhs_number":    {readingtest.Written: 0.99, readingtest.Measured: 0.96},
	}
}

// TestEval prints how well each half of each set is read, and fails where it
// fell.
func TestEval(t *testing.T) {
	t.Parallel()
	sets, err := readingtest.Load(os.DirFS("../testdata"))
	if err != nil {
		t.Fatal(err)
	}
	if len(sets) == 0 {
		t.Fatal("no sets")
	}
	for _, set := range sets {
		for _, score := range readingtest.Measure(set) {
			fmt.Println(score)
			if *misses == "all" || *misses == set.Half {
				list(score)
			}
		}
		total := readingtest.Total(readingtest.Measure(set))
		floor, known := floors()[set.Kind][set.Half]
		if !known {
			t.Errorf("no floor for %s %s", set.Kind, set.Half)
		}
		if total.Accuracy() < floor {
			t.Errorf("%s: want at least %.2f%%", total, 100*floor)
		}
		if set.Half == readingtest.Written && strings.HasSuffix(set.Kind, "_strict") && total.WrongValues > 0 {
			t.Errorf("%s: a wrong value on a strict question", total)
		}
	}
}

func list(score readingtest.Score) {
	for _, m := range score.Misses {
		fmt.Printf("    line %d: %q is %s, want %s\n", m.Row.Line, m.Row.Text, m.Got, m.Row.Want)
	}
}

// TestMeasuredHalvesAreFrozen compares the measured files with the sums beside
// them: a line changed to suit a rule would measure nothing.
func TestMeasuredHalvesAreFrozen(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../testdata/README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../testdata/*.measured.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no measured halves: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		want := hex.EncodeToString(sum[:]) + "  " + filepath.Base(file)
		if !strings.Contains(string(readme), want) {
			t.Errorf("README.md does not have %s", want)
		}
	}
}

func TestWilson(t *testing.T) {
	t.Parallel()
	tests := []struct {
		hits, n   int
		low, high string
	}{
		{99, 100, "0.946", "0.998"}, {0, 10, "0.000", "0.278"}, {0, 0, "0.000", "1.000"},
	}
	for _, test := range tests {
		low, high := readingtest.Wilson(test.hits, test.n)
		if got, want := fmt.Sprintf("%.3f %.3f", low, high), test.low+" "+test.high; got != want {
			t.Errorf("Wilson(%d, %d) = %s, want %s", test.hits, test.n, got, want)
		}
	}
}
