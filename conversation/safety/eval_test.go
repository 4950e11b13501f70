package safety

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// tally counts the texts of a class, and those in which anything was found.
type tally struct{ found, all int }

// TestEval is what `make eval` prints of the scanner: recall and false alarms
// with their 95% intervals, explicit and indirect cries apart and class by
// class, what was read and what was only measured apart. The misses of the
// written halves are listed; those of the measured ones never are.
func TestEval(t *testing.T) {
	s, total := scanner(t), &strings.Builder{}
	for _, kind := range []string{"explicit", "indirect", "ordinary"} {
		for _, half := range []string{"written", "written2", "measured"} {
			evaluate(t, s, "sets/"+kind+"."+half+".tsv", total)
		}
	}
	if _, err := fmt.Fprint(os.Stdout, total); err != nil {
		t.Fatal(err)
	}
}

func evaluate(t *testing.T, s *Scanner, file string, out *strings.Builder) {
	t.Helper()
	all, classed := tally{}, map[string]tally{}
	var missed []string
	for _, l := range readTSV(t, file) {
		found := s.Scan(l.text)
		for _, class := range labels(l.class) {
			one := classed[class]
			one.add(found)
			classed[class] = one
		}
		all.add(found)
		if (len(found) == 0) != (l.class == "-") {
			missed = append(missed, fmt.Sprintf("    %s found as %q: %s\n", l.class, rules(found), l.text))
		}
	}
	what := "found"
	if strings.Contains(file, "ordinary") {
		what = "false alarms"
	}
	fmt.Fprintf(out, "%s, %s: %s\n", strings.TrimSuffix(file, ".tsv"), what, all)
	if len(classed) > 1 {
		for _, class := range slices.Sorted(maps.Keys(classed)) {
			fmt.Fprintf(out, "    class %s: %s\n", class, classed[class])
		}
	}
	if !strings.Contains(file, "measured") {
		out.WriteString(strings.Join(missed, ""))
	}
}

// labels splits "AE" into its classes: a text counts for each.
func labels(class string) []string { return strings.Split(class, "") }

func (c *tally) add(found []Match) {
	c.all++
	if len(found) > 0 {
		c.found++
	}
}

func (c tally) String() string {
	low, high := wilson(c.found, c.all)
	return fmt.Sprintf("%d of %d, %.1f %% (95%% interval %.1f to %.1f)", c.found, c.all, 100*float64(c.found)/float64(c.all), 100*low, 100*high)
}
