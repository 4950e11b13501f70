package reading

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func seeds() []string {
	return []string{
		"", "1", "1 and 4", "yes", "no problem, yes", "3/4/56", "sw1a 1aa", "07700 900123", "its Maureen x", "next tue 2pm", "STOP", "pls stop texting me",
		"\xff\xfe", "s̶̢̛̭t̵̡͉̎op", "1️⃣", "-", "--1", "1-", "½", "3rd", "o", "0000000000000", "1e9", "pause until", "half", "quarter to", "14:3", "x", "...", "\u202e", "9999-99-99", "٣/٤",
	}
}

// FuzzRead checks every type at once: no panic, a rule for every outcome, and
// the same outcome for the same reply.
func FuzzRead(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, demanding bool) {
		for _, kind := range Types() {
			q := ask(kind)
			q.Strict = demanding
			r := Read(q, text)
			sound(t, q, text, r)
			if again := Read(q, text); summary(again) != summary(r) {
				t.Errorf("%s %q: %q, and again %q", kind, text, summary(r), summary(again))
			}
			if !utf8.ValidString(r.Echo + r.Rest + strings.Join(r.Values, "")) {
				t.Errorf("%s %q: not UTF-8: %+v", kind, text, r)
			}
		}
	})
}

func FuzzIntentOf(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a := IntentOf(text, "cy", monday())
		if (a.Intent == NoIntent) != (a.Rule == "") {
			t.Errorf("IntentOf(%q) = %+v", text, a)
		}
	})
}

// TestStrictReadsLessThanGenerous: what a strict question accepts, an ordinary
// one accepts with the same value.
func TestStrictReadsLessThanGenerous(t *testing.T) {
	t.Parallel()
	for _, kind := range []Type{YesNo, Choice, Choices, Scale} {
		for _, text := range append(seeds(), "yes", "no", "1 2", "money", "ok", "moneey", "2 kids", "nope x", "both", "all", "yes but", "6/10") {
			hard, easy := Read(strict(ask(kind)), text), Read(ask(kind), text)
			if hard.Outcome == Value && summary(hard) != summary(easy) {
				t.Errorf("%s %q: strict %q, otherwise %q", kind, text, summary(hard), summary(easy))
			}
		}
	}
}

// TestMannersChangeNothing adds what people add and expects the same reading.
func TestMannersChangeNothing(t *testing.T) {
	t.Parallel()
	texts := map[Type][]string{
		YesNo: {"yes", "no", "not really", "yes but no", "ok"}, Choice: {"1", "housing", "1 and 3", "banana"}, Choices: {"1 and 4", "money and lonely"},
		DateOfBirth: {"3/4/56", "3rd april 1956", "31/02/1956"}, Scale: {"6", "six", "6 or 7"}, Postcode: {"sw1a 1aa", "M1"}, Phone: {"07700 900123"},
		Name: {"Maureen", "Jo Smith"},
	}
	for kind, list := range texts {
		for _, text := range list {
			want := summary(Read(ask(kind), text))
			for _, other := range []string{"Hi " + text, text + " x", text + ".", text + " xx", "Hello, " + text, text + " thanks", text + " 😊", "  " + text + "\n", text + "!", text + "\n\nSent from my iPhone", strings.ReplaceAll(text, " ", "  ")} {
				if kind == Name && strings.Contains(other, "Sent") {
					continue
				}
				if got := summary(Read(ask(kind), other)); got != want {
					t.Errorf("%s %q: got %q, want %q as for %q", kind, other, got, want, text)
				}
			}
		}
	}
}

func TestFloodsAreBounded(t *testing.T) { // B13, B28
	t.Parallel()
	floods := []string{
		strings.Repeat("stop texting me my ex ", 186), strings.Repeat("1 and ", 683), strings.Repeat("a"+strings.Repeat("\u0301", 30), 130),
		strings.Repeat("12/", 1365), strings.Repeat("please ", 585), strings.Repeat("9", 4096), strings.Repeat("o0", 2048), strings.Repeat("quarter to ", 372),
	}
	for _, flood := range floods {
		start := time.Now()
		for _, kind := range Types() {
			Read(ask(kind), flood)
		}
		IntentOf(flood, "cy", monday())
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%.20q took %v", flood, took)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for kind, text := range map[Type]string{YesNo: "yes please x", Choices: "1 and 4 please", DateOfBirth: "3rd april 1956", FreeText: "My husband died and im on my own now"} {
		b.Run(string(kind), func(b *testing.B) {
			q := ask(kind)
			b.ReportAllocs()
			for b.Loop() {
				Read(q, text)
			}
		})
	}
}

func BenchmarkIntentOf(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		IntentOf("My husband died and im on my own now, I cant pay my bills", "en", monday())
	}
}

// fuzzType checks the reader of one type, strictly and not.
func fuzzType(f *testing.F, kind Type) {
	f.Helper()
	for _, s := range seeds() {
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, text string, demanding bool) {
		q := ask(kind)
		q.Strict = demanding
		sound(t, q, text, Read(q, text))
		if r := Understand(q, text); r.Rule == "" {
			t.Errorf("%s %q: no rule for %s", kind, text, r.Outcome)
		}
	})
}

func FuzzYesNo(f *testing.F)       { fuzzType(f, YesNo) }
func FuzzChoice(f *testing.F)      { fuzzType(f, Choice) }
func FuzzChoices(f *testing.F)     { fuzzType(f, Choices) }
func FuzzName(f *testing.F)        { fuzzType(f, Name) }
func FuzzFullName(f *testing.F)    { fuzzType(f, FullName) }
func FuzzFreeText(f *testing.F)    { fuzzType(f, FreeText) }
func FuzzDate(f *testing.F)        { fuzzType(f, Date) }
func FuzzDateOfBirth(f *testing.F) { fuzzType(f, DateOfBirth) }
func FuzzFutureDate(f *testing.F)  { fuzzType(f, FutureDate) }
func FuzzDateTime(f *testing.F)    { fuzzType(f, DateTime) }
func FuzzTime(f *testing.F)        { fuzzType(f, Time) }
func FuzzScale(f *testing.F)       { fuzzType(f, Scale) }
func FuzzNumber(f *testing.F)      { fuzzType(f, Number) }
func FuzzPostcode(f *testing.F)    { fuzzType(f, Postcode) }
func FuzzPhone(f *testing.F)       { fuzzType(f, Phone) }
func FuzzNHSNumber(f *testing.F)   { fuzzType(f, NHSNumber) }
func FuzzPractice(f *testing.F)    { fuzzType(f, Practice) }

// TestAllocationsDoNotGrowWithTheLists: what is read twice costs the same
// allocations, and no more for a list of needs told in a thousand ways than the
// length of the text asks for.
func TestAllocationsDoNotGrowWithTheLists(t *testing.T) {
	text := "I cant really say what it is just now"
	few := Question{Type: Choices, Options: Needs("en")[:2], Language: "en", Today: monday()}
	IntentOf(text, "en", monday())
	for name, most := range map[string]float64{"intent": 80, "yes or no": 90} {
		allocs := testing.AllocsPerRun(50, func() {
			if name == "intent" {
				IntentOf(text, "en", monday())
			} else {
				Read(ask(YesNo), text)
			}
		})
		if allocs > most {
			t.Errorf("%s: %v allocations, want at most %v", name, allocs, most)
		}
	}
	before := testing.AllocsPerRun(50, func() { Read(few, "1 and 2") })
	all := testing.AllocsPerRun(50, func() {
		Read(Question{Type: Choices, Options: Needs("en"), Language: "en", Today: monday()}, "1 and 2")
	})
	if all > before+12 { // the copy of the list itself
		t.Errorf("two numbers among all needs: %v allocations, among two %v", all, before)
	}
}
