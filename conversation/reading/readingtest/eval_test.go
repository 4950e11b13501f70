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

// floors are the shares below which a part of a set may not fall: what each half
// reached when it was last measured, less a reply or two. The aim for closed
// answers and dates of birth is 0.99; where a measured floor is lower, the readers
// are not there yet, and the floor says how far they are.
func floors() map[string]map[string]float64 {
	return map[string]map[string]float64{
		"yes_no":              {readingtest.Written: 0.99, readingtest.Measured: 0.98},
		"yes_no_strict":       {readingtest.Written: 0.99, readingtest.Measured: 0.98},
		"choice":              {readingtest.Written: 0.99, readingtest.Measured: 0.98},
		"choice (own words)":  {readingtest.Written: 0.85, readingtest.Measured: 0.64},
		"choices":             {readingtest.Written: 0.99, readingtest.Measured: 0.97},
		"choices (own words)": {readingtest.Written: 0.87, readingtest.Measured: 0.75},
		"date_of_birth":       {readingtest.Written: 0.99, readingtest.Measured: 0.98},
		"date_time":           {readingtest.Written: 0.99, readingtest.Measured: 0.98},
		"intent":              {readingtest.Written: 0.99, readingtest.Measured: 0.94},
		"name":                {readingtest.Written: 0.99, readingtest.Measured: 0.99},
		"phone":               {readingtest.Written: 0.99, readingtest.Measured: 0.98},
		"postcode":            {readingtest.Written: 0.99, readingtest.Measured: 0.96},
		"scale":               {readingtest.Written: 0.99, readingtest.Measured: 0.98},
		"nhs_number":          {readingtest.Written: 0.99, readingtest.Measured: 0.96},
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
			floor, known := floors()[score.Set.Kind][set.Half]
			if !known {
				t.Errorf("no floor for %s %s", score.Set.Kind, set.Half)
			}
			if score.Accuracy() < floor {
				t.Errorf("%s: want at least %.2f%%", score, 100*floor)
			}
			if strings.HasSuffix(set.Kind, "_strict") && score.WrongValues > 0 {
				t.Errorf("%s: a wrong value on a strict question", score)
			}
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
