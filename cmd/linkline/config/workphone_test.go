package config

import (
	"strings"
	"testing"
)

func TestWorkPhone(t *testing.T) {
	t.Parallel()
	// Nobody's real number: 07700 900 is for examples, and 07000 is no mobile.
	for _, c := range []struct {
		written string
		demo    bool
		want    string // the number, or some of what is said
	}{
		{"07700 900123", true, "+447700900123"},
		{"+44 (7700) 900-123", true, "+447700900123"},
		{"07700 900123", false, "kept for examples"},
		{"01632 960001", true, "British mobile"},
		{"07000 900123", true, "British mobile"},
		{"07700 90012", true, "British mobile"},
		{"+33 6 12 34 56 78", true, "British mobile"},
		{"", true, "British mobile"},
		{"Amy", true, "British mobile"},
	} {
		got, err := WorkPhone(c.written, c.demo)
		said := got.Reveal()
		if err != nil {
			said = err.Error()
		}
		if !strings.Contains(said, c.want) || err != nil && got != "" {
			t.Errorf("%q of a demo %t: got %q, want %q", c.written, c.demo, said, c.want)
		}
		if c.written != "" && err != nil && strings.Contains(said, c.written) {
			t.Errorf("%q: the error repeats the number", c.written)
		}
	}
}
