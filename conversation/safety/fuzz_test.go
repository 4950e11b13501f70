package safety

import (
	"strings"
	"testing"
	"time"

	"linkline/flows"
)

func FuzzScan(f *testing.F) {
	for _, s := range []string{"i want to die", "k i l l myself", "\xff", "d*e", "💊😭", "s̶̢u̵icide", "!!!", "took 30 paracetamol", "self self", "a b c", "@$!*", "killmyselfnow"} {
		f.Add(s, "I want to")
	}
	s := scanner(f)
	f.Fuzz(func(t *testing.T, text, recent string) {
		for _, m := range s.Scan(text, recent) {
			if m.Class == "" || !strings.HasPrefix(m.Rule, string(m.Class)+".") || m.Words == "" {
				t.Errorf("Scan(%q, %q) = %+v", text, recent, m)
			}
			if m.AboutOther && !m.Softened && (m.Class == Explicit || m.Class == Indirect) {
				t.Errorf("Scan(%q, %q) = %+v: about another person, yet not softened", text, recent, m)
			}
		}
	})
}

// TestSameFormSameRules: what normalises to the same text is read the same.
func TestSameFormSameRules(t *testing.T) {
	t.Parallel()
	s := scanner(t)
	for _, text := range []string{"I wаnt to DIE", "ｋｉｌｌ ｍｙｓｅｌｆ", "sui\u00adcide", "No  FOOD", "he’s HITTING me"} {
		if got, want := classes(s.Scan(text)), classes(s.Scan(flows.Normalise(text))); got != want {
			t.Errorf("%q: found as %q, its normal form as %q", text, got, want)
		}
	}
}

func TestFloodsAreBounded(t *testing.T) { // B13, B28
	t.Parallel()
	s := scanner(t)
	for _, flood := range []string{
		strings.Repeat("i want to ", 410), strings.Repeat("a"+strings.Repeat("\u0301", 30), 130), strings.Repeat("k i l l ", 512), strings.Repeat("killmyself", 410),
		strings.Repeat("took a whole load of ", 195), strings.Repeat("want", 1024), strings.Repeat("i", 4096), strings.Repeat("💊", 1024), strings.Repeat("k*", 2048),
	} {
		start := time.Now()
		s.Scan(flood, flood, flood)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%.12q took %v", flood, took)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	s := scanner(b)
	for name, text := range map[string]string{
		"ordinary": "My husband died in May and im on my own now, I cant pay my bills and feel so lonely",
		"cry":      "i cant do this anymore i just want to die, nobody would care",
		"short":    "1 and 4",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.Scan(text)
			}
		})
	}
}
