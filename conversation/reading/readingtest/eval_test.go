package readingtest_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"linkline/conversation/reading/readingtest"
)

// misses says which halves to list the misses of: "all" for people who read
// them, "written" for whoever changes a rule.
var misses = flag.String("misses", "", "list the misses of this half, or of all")

// TestEval prints how well each half of each set is read.
func TestEval(t *testing.T) {
	sets, err := readingtest.Load(os.DirFS("../testdata"))
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range sets {
		score := readingtest.Measure(set)
		fmt.Println(score)
		if *misses != "all" && *misses != set.Half {
			continue
		}
		for _, m := range score.Misses {
			fmt.Printf("    line %d: %q is %s, want %s\n", m.Row.Line, m.Row.Text, m.Got, m.Row.Want)
		}
	}
}
