package safety

import (
	"strings"
	"testing"
	"time"
)

// TestDraftLanguages reads each draft language in the letters of its script and
// as people type it without them. They are no proof that the phrases are right:
// that takes a speaker (decision 28).
func TestDraftLanguages(t *testing.T) {
	t.Parallel()
	s := scanner(t)
	for text, class := range map[string]string{
		"Chcę umrzeć": "A", "chce umrzec": "A", "nie chcę już żyć": "A", "zabije sie": "A", "mam myśli samobójcze": "A", "mąż mnie bije": "E",
		"Vreau să mor": "A", "vreau sa mor": "A", "ma sinucid": "A", "sotul ma bate": "E",
		"میں مرنا چاہتا ہوں": "A", "خودکشی": "A", "main marna chahta hoon": "A", "khudkushi karna chahti hun": "A", "مجھے مارتا ہے": "E",
		"ਮੈਂ ਮਰਨਾ ਚਾਹੁੰਦਾ ਹਾਂ": "A", "ਖੁਦਕੁਸ਼ੀ": "A", "mai marna chaunda": "A",
		"আমি মরতে চাই": "A", "আত্মহত্যা": "A", "ami morte chai": "A", "shami amake mare": "E",
		"أريد أن أموت": "A", "اريد ان اموت": "A", "انتحار": "A", "زوجي يضربني": "E",
		"Dwi eisiau marw": "A",
	} {
		if got := classes(s.Scan(text)); !strings.Contains(got, class) {
			t.Errorf("%q: found as %q, want %s", text, got, class)
		}
	}
}

func TestDraftLanguagesLetOrdinaryTextsBe(t *testing.T) {
	t.Parallel()
	s := scanner(t)
	for _, text := range []string{
		"dzień dobry, potrzebuję pomocy z formularzem", "dziękuję bardzo", "bună ziua, vreau o programare", "multumesc", "شکریہ", "mujhe form bharna hai",
		"ਧੰਨਵਾਦ", "ধন্যবাদ", "ami bangla bolte pari", "شكرا جزيلا", "أريد موعد", "bore da, diolch yn fawr",
	} {
		if got := s.Scan(text); len(got) > 0 {
			t.Errorf("%q: found %+v", text, got)
		}
	}
}

// TestThirdPerson keeps a worry about somebody else apart from a threat to
// somebody else (B18).
func TestThirdPerson(t *testing.T) {
	t.Parallel()
	s := scanner(t)
	for _, text := range []string{
		"my neighbour says he will kill himself", "my son wants to die", "worried my brother will top himself", "she has been talking about suicide",
		"my mate keeps saying he'll end it all", "I'm scared my daughter is going to hurt herself",
	} {
		got := s.Scan(text)
		if c := classes(got); !strings.Contains(c, "A") || strings.Contains(c, "D") {
			t.Errorf("%q: found as %q, want A and no D", text, c)
		}
		for _, m := range got {
			if m.Class == Explicit && (!m.AboutOther || !m.Softened) {
				t.Errorf("%q: %+v is not about another person", text, m)
			}
		}
	}
}

// TestThreatIsNotAbuse: a threat to somebody else gets its own reply, not that
// for a home that is not safe.
func TestThreatIsNotAbuse(t *testing.T) {
	t.Parallel()
	s := scanner(t)
	for _, text := range []string{"i am going to kill him", "im gonna stab my neighbour", "I want to hurt someone"} {
		if got := classes(s.Scan(text)); got != "D" {
			t.Errorf("%q: found as %q, want D", text, got)
		}
	}
}

// TestMachinesAreLeftAlone holds that what machines send is left alone (B40).
func TestMachinesAreLeftAlone(t *testing.T) {
	t.Parallel()
	s := scanner(t)
	for _, text := range []string{
		"I'm driving - sent from Do Not Disturb", "I am out of the office until Monday.", "Voicemail: you have one new message", "Missed call from 07700 900123",
		"This number does not accept texts.", "Thank you for your message, we will reply in two days",
	} {
		if got := s.Scan(text); len(got) > 0 {
			t.Errorf("%q: found %+v", text, got)
		}
	}
}

// TestEssentialsAndDebt tells no food today from a bill that is late (decision 25).
func TestEssentialsAndDebt(t *testing.T) {
	t.Parallel()
	s := scanner(t)
	for text, want := range map[string]string{
		"no food in the house": "I", "electric has been cut off": "I", "we are being evicted today": "I", "sleeping in my car": "I", "nothing to eat until friday": "I",
		"behind with my rent": "", "council tax arrears": "", "gas bill is too high": "", "worried about my heating bill this winter": "", "need help with debt": "",
	} {
		if got := classes(s.Scan(text)); got != want {
			t.Errorf("%q: found as %q, want %q", text, got, want)
		}
	}
}

// TestAllocationsDoNotGrow: a text that matches nothing costs a handful of
// allocations, however many phrases there are.
func TestAllocationsDoNotGrow(t *testing.T) {
	s := scanner(t)
	got := testing.AllocsPerRun(50, func() { s.Scan("my husband died in May and the garden is too much for me now") })
	if got > 40 {
		t.Errorf("%v allocations for an ordinary text", got)
	}
}

func TestLongTextIsBounded(t *testing.T) { // B13
	t.Parallel()
	s := scanner(t)
	text := strings.Repeat("not going to talk about it, i want to be able to go on and not feel ", 61)[:4096]
	start := time.Now()
	s.Scan(text + " i want to die")
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
}
