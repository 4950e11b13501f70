package reading_test

import (
	"testing"

	"linkline/conversation/reading"
)

// An option may be called by a figure: then that figure is no plain number.
func TestFigureThatIsALabel(t *testing.T) {
	t.Parallel()
	q := reading.Question{Type: reading.Choice, Language: "en", Options: []reading.Option{
		{ID: "adult", Number: 1, Words: []string{"over 18", "18"}},
		{ID: "young", Number: 2, Words: []string{"under 18", "18"}},
		{ID: "other", Number: 3, Words: []string{"other"}},
	}}
	if got := reading.Read(q, "18"); got.Outcome != reading.Unclear || got.Rule != "choice.tie" {
		t.Errorf("18, which two options are called, is read as %+v, want a tie", got)
	}
	if got := reading.Read(q, "3"); got.Outcome != reading.Value || got.Values[0] != "other" {
		t.Errorf("3 is read as %+v, want the third option", got)
	}
}

// Most replies are a number; what it costs to know every word of a menu is not
// paid for them.
func TestNumberCostsLittle(t *testing.T) {
	q := reading.Question{Type: reading.Choice, Language: "en", Options: []reading.Option{
		{ID: "yes", Number: 1, Words: []string{"yes"}}, {ID: "no", Number: 2, Words: []string{"no"}},
	}}
	reading.Read(q, "1") // the words of the language are read once
	allocs := testing.AllocsPerRun(100, func() { reading.Read(q, "1") })
	if most := 20.0; allocs > most {
		t.Errorf("reading a number allocates %v times, want at most %v", allocs, most)
	}
}
