package safety

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// one is the scanner of every test: it never changes after New.
var one = sync.OnceValues(New)

func scanner(t testing.TB) *Scanner {
	t.Helper()
	s, err := one()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// classes returns the letters of the classes found, each once.
func classes(matches []Match) string {
	var out []string
	for _, m := range matches {
		if !slices.Contains(out, string(m.Class)) {
			out = append(out, string(m.Class))
		}
	}
	return strings.Join(out, "")
}

// TestHardPhrases holds every phrase of the hard lists of domain 5.4 and
// messaging 2.3, and what each must at least be found as.
func TestHardPhrases(t *testing.T) {
	t.Parallel()
	lists := map[string][]string{
		"A": {
			"kill myself", "end my life", "suicide", "suicidal", "want to die", "overdose", "hang myself", "cut myself", "better off dead", "kms",
			"no reason to live", "I want to end it", "I want to end it all", "OD", "I want to kill myself",
		},
		"B": {"taken all my tablets", "I have taken an overdose", "I am cutting myself now", "took all my tabs", "I've taken 30 paracetamol"},
		"C": {
			"better off without me", "can't go on", "no point in anything", "say goodbye", "don't want to wake up", "I can't go on", "theres no point",
			"I don't want to be here anymore",
		},
		"D": {"I'm going to kill him", "I will stab my neighbour", "I want to hurt someone"},
		"E": {
			"he is here", "breaking in", "help me he", "hits me", "he beats me", "raped", "strangled", "controls my money", "won't let me out", "takes my pension",
			"he hits me", "not safe to talk",
		},
		"F": {"hurting my child", "left alone kids", "my kids are left alone"},
		"G": {"not breathing", "chest pain", "bleeding", "can't breathe", "I think I'm having a stroke"},
		"H": {"URGENT", "urgent!"},
		"I": {
			"no food", "nothing to eat", "no heating", "no electric", "cut off", "sleeping in car", "on the street", "evicted today", "sleeping rough",
		},
	}
	s := scanner(t)
	for class, phrases := range lists {
		for _, phrase := range phrases {
			if phrase == "theres no point" {
				phrase = "theres no point any more"
			}
			if got := classes(s.Scan(phrase)); !strings.Contains(got, class) {
				t.Errorf("%q: found as %q, want %s", phrase, got, class)
			}
		}
	}
}

func TestSpellings(t *testing.T) { // B16, B17 and domain 5.4
	t.Parallel()
	want := map[string]string{
		"i want 2 die": "A", "wanna kms": "A", "unalive": "A", "end it 2nite": "A", "k i l l myself": "A", "sucide": "A", "sewer slide": "A", "top myself": "A",
		"neck it": "A", "took all my tabs": "B", "cant b here anymore": "C", "better off without me": "C", "suiside": "A", "kil my self": "A", "kill my self": "A",
		"K1LL MY$ELF": "A", "su1c1de": "A", "i want to d!e": "A", "k*ll myself": "A", "su*cide": "A", "s.u.i.c.i.d.e": "A", "i w a n t t o d i e": "A", "killmyself": "A", "iwanttodie": "A",
		"I wаnt tо dіe": "A", "ｓｕｉｃｉｄｅ": "A", "s\u200bu\u200bicide": "A", "s̶̢u̵i̷c̸i̴d̵e̶": "A", "𝓼𝓾𝓲𝓬𝓲𝓭𝓮": "A", "wanttodie": "A", "suicidle": "A", "i wnt to dieeee": "A", "i just really want to fucking die": "A",
		"dont wanna b here": "C", "i dont wanna be here no more": "C", "overdsoe": "A", "im gonna kil meself": "A", "i want 2 end my lyf": "A", "gunna end it all": "A", "hnag myself": "",
		"💊😭": "C", "🪢": "C", "😭 💊": "C", "3 i want to die": "A", "STOP i want to die": "A", "my name is i want to die": "A", "stop. I want to kill myself": "A",
		"he hits me": "E", "not safe 2 talk": "E", "my husband is reading this": "E", // B22
		"chest pain": "G", "can't breathe": "G", "took wrong tablets": "G", // B23
		"HELP I'M GOING TO DIE": "A", // B8
		"Dwi eisiau marw":       "A", "hunanladdiad": "A", "dim bwyd": "I", "brys": "H",
	}
	s := scanner(t)
	for text, class := range want {
		if got := classes(s.Scan(text)); class != "" && !strings.Contains(got, class) {
			t.Errorf("%q: found as %q, want %s", text, got, class)
		}
	}
}

func TestSoftened(t *testing.T) { // B18
	t.Parallel()
	tests := []struct {
		text           string
		class          Class
		softened, them bool
	}{
		{"I want to die", Explicit, false, false},
		{"I am not suicidal", Explicit, true, false},
		{"I don't want to die", Explicit, true, false},
		{"my mum killed herself in 1999", Explicit, true, true},
		{"my neighbour says he will kill himself", Explicit, true, true},
		{"my son is suicidal", Explicit, true, true},
		{"I was suicidal years ago", Explicit, true, false},
		{"I used to cut myself", Explicit, true, false},
		{"my husband died and I want to die", Explicit, false, false},
		{"he makes me want to die", Explicit, false, false},
		{"I can't stop thinking about suicide", Explicit, false, false},
		{"I don't know if I want to kill myself", Explicit, false, false},
		{"my son has taken an overdose", ActiveHarm, false, true},
		{"my husband has chest pain", Medical, false, true},
		{"he hits me", Abuse, false, false},
	}
	s := scanner(t)
	for _, tc := range tests {
		i := slices.IndexFunc(s.Scan(tc.text), func(m Match) bool { return m.Class == tc.class })
		if i < 0 {
			t.Errorf("%q: no match of class %s", tc.text, tc.class)
			continue
		}
		m := s.Scan(tc.text)[i]
		if m.Softened != tc.softened || m.AboutOther != tc.them {
			t.Errorf("%q: softened %v, about another %v; want %v, %v", tc.text, m.Softened, m.AboutOther, tc.softened, tc.them)
		}
	}
}

func TestSplitOverTexts(t *testing.T) { // B20
	t.Parallel()
	s := scanner(t)
	tests := []struct {
		text   string
		recent []string
		want   string
	}{
		{"die", []string{"I want to"}, "A"},
		{"myself", []string{"hello", "im going to kill"}, "A"},
		{"go on", []string{"i", "cant"}, "C"},
		{"thanks", []string{"I want to die"}, ""}, // found when it came
		{"yes", []string{"what a lovely day"}, ""},
		{"I want to die", []string{"I want to die"}, "A"},
		{"die", []string{"I want to", "one", "two", "three"}, "A"}, // alone it is enough
	}
	for _, tc := range tests {
		if got := classes(s.Scan(tc.text, tc.recent...)); got != tc.want {
			t.Errorf("%q after %q: found as %q, want %q", tc.text, tc.recent, got, tc.want)
		}
	}
}

func TestOrderAndWords(t *testing.T) {
	t.Parallel()
	got := scanner(t).Scan("No food and I wanna DIE, I've took an overdose!")
	var rules []string
	for _, m := range got {
		rules = append(rules, m.Rule+": "+m.Words)
	}
	for _, want := range []string{"B.took-overdose: took an overdose", "A.overdose: overdose", "A.want-to-die: wanna die", "I.no-food: no food"} {
		if !slices.ContainsFunc(rules, func(r string) bool { return strings.HasPrefix(r, want) }) {
			t.Errorf("no match %q in %q", want, rules)
		}
	}
	if len(got) == 0 || got[0].Class != ActiveHarm || got[len(got)-1].Class != Essentials {
		t.Errorf("order is %q, want the most pressing first", rules)
	}
	seen := map[string]bool{}
	for _, m := range got {
		if seen[m.Rule] {
			t.Errorf("%s came twice", m.Rule)
		}
		seen[m.Rule] = true
	}
}

// TestUrgentIsTheWholeText holds decision 17.
func TestUrgentIsTheWholeText(t *testing.T) {
	t.Parallel()
	s := scanner(t)
	for text, want := range map[string]string{"URGENT": "H", " urgent. ": "H", "Urgent!!": "H", "urgent repairs to my house": "", "is it urgent?": "", "not urgent": ""} {
		if got := classes(s.Scan(text)); got != want {
			t.Errorf("%q: found as %q, want %q", text, got, want)
		}
	}
}

func TestSources(t *testing.T) {
	t.Parallel()
	got := scanner(t).Sources()
	want := []Source{{Language: "en", Version: 3, Owner: "clinical safety officer", Draft: true}}
	for _, name := range []string{"cy", "pl", "ro", "ur", "pa", "bn", "ar"} {
		want = append(want, Source{Language: name, Version: 1, Owner: "clinical safety officer", Draft: true})
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("Sources (-got +want):\n%s", diff)
	}
}

// TestMannersChangeNothing adds what people add and expects the same rules.
func TestMannersChangeNothing(t *testing.T) {
	t.Parallel()
	s := scanner(t)
	rules := func(text string) []string {
		var out []string
		for _, m := range s.Scan(text) {
			out = append(out, m.Rule)
		}
		return out
	}
	for _, text := range []string{"I want to die", "he hits me", "no food", "I can't go on", "dying for a cuppa", "my back is killing me", "chest pain", "money please"} {
		want := rules(text)
		for _, other := range []string{
			strings.ToUpper(text), "Hello " + text, text + " x", text + ".", text + "!!!", "hi, " + text + " xx", "  " + text + "\n", text + " 😊",
			strings.ReplaceAll(text, " ", "  "), text + " thanks", strings.ReplaceAll(text, "'", "’"), text + "\nMaureen",
		} {
			if diff := cmp.Diff(rules(other), want); diff != "" {
				t.Errorf("%q differs from %q (-got +want):\n%s", other, text, diff)
			}
		}
	}
}
