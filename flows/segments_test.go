package flows

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

func TestCount(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want Segments
	}{
		"nothing":                   {"", Segments{Encoding: GSM7}},
		"one letter":                {"a", Segments{Encoding: GSM7, Units: 1, Parts: 1}},
		"a full part":               {strings.Repeat("a", 160), Segments{Encoding: GSM7, Units: 160, Parts: 1}},
		"one over":                  {strings.Repeat("a", 161), Segments{Encoding: GSM7, Units: 161, Parts: 2}},
		"two full parts":            {strings.Repeat("a", 306), Segments{Encoding: GSM7, Units: 306, Parts: 2}},
		"over two parts":            {strings.Repeat("a", 307), Segments{Encoding: GSM7, Units: 307, Parts: 3}},
		"permission limit":          {strings.Repeat("a", 459), Segments{Encoding: GSM7, Units: 459, Parts: 3}},
		"euro costs two":            {"€", Segments{Encoding: GSM7, Units: 2, Parts: 1}},
		"80 euros fill one":         {strings.Repeat("€", 80), Segments{Encoding: GSM7, Units: 160, Parts: 1}},
		"escape pair is not split":  {strings.Repeat("a", 152) + "€" + strings.Repeat("a", 152), Segments{Encoding: GSM7, Units: 306, Parts: 3}},
		"pound, accents and yen":    {"£éèàìòùñÑäöüßÆ¥§¿¡", Segments{Encoding: GSM7, Units: 18, Parts: 1}},
		"a curly quote":             {"don’t", Segments{Encoding: UCS2, Units: 5, Parts: 1, Foreign: []rune{'’'}}},
		"Welsh":                     {"dŵr, tŷ, tŵr", Segments{Encoding: UCS2, Units: 12, Parts: 1, Foreign: []rune{'ŵ', 'ŷ'}}},
		"lower-case cedilla":        {"ç", Segments{Encoding: UCS2, Units: 1, Parts: 1, Foreign: []rune{'ç'}}},
		"35 emoji fill one":         {strings.Repeat("👍", 35), Segments{Encoding: UCS2, Units: 70, Parts: 1, Foreign: []rune{'👍'}}},
		"36 emoji need two":         {strings.Repeat("👍", 36), Segments{Encoding: UCS2, Units: 72, Parts: 2, Foreign: []rune{'👍'}}},
		"surrogates are not split":  {strings.Repeat("ŵ", 66) + "👍" + strings.Repeat("ŵ", 66), Segments{Encoding: UCS2, Units: 134, Parts: 3, Foreign: []rune{'ŵ', '👍'}}},
		"bytes that are not UTF-8":  {"a\xff", Segments{Encoding: UCS2, Units: 2, Parts: 1, Foreign: []rune{'\uFFFD'}}},
		"the sign for a lost byte":  {"\uFFFD", Segments{Encoding: UCS2, Units: 1, Parts: 1, Foreign: []rune{'\uFFFD'}}},
		"line breaks and form feed": {"a\r\n\f", Segments{Encoding: GSM7, Units: 5, Parts: 1}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(Count(tc.text), tc.want); diff != "" {
				t.Errorf("Count (-got +want):\n%s", diff)
			}
		})
	}
}

// cut splits a text into parts the slow, obvious way, as a phone network does.
func cut(text string, single, part int, cost func(rune) int) []string {
	total := 0
	for _, r := range text {
		total += cost(r)
	}
	if total <= single {
		return []string{text}
	}
	var parts []string
	used, now := 0, ""
	for _, r := range text {
		if used+cost(r) > part {
			parts = append(parts, now)
			used, now = 0, ""
		}
		used += cost(r)
		now += string(r)
	}
	return append(parts, now)
}

// TestCountAgainstCutting compares the arithmetic with really cutting texts,
// and proves that the parts put together are the text.
func TestCountAgainstCutting(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	alphabets := []string{"abc €[]", "ab £é", "aŵ👍𝒳", "€👍", gsmBasic + gsmExtension}
	for range 3000 {
		letters := []rune(alphabets[random.IntN(len(alphabets))])
		var b strings.Builder
		for range 1 + random.IntN(700) {
			b.WriteRune(letters[random.IntN(len(letters))])
		}
		text := b.String()
		got := Count(text)
		parts := cut(text, gsmSingle, gsmPart, gsmCost)
		units := 0
		if got.Encoding == UCS2 {
			parts = cut(text, ucsSingle, ucsPart, utf16Cost)
			units = len(utf16.Encode([]rune(text)))
		} else {
			units = len([]rune(text)) + strings.Count(text, "€") + countAny(text, "\f^{}\\[~]|")
		}
		if got.Parts != len(parts) || got.Units != units {
			t.Fatalf("Count(%q) = %d units in %d parts, want %d in %d", text, got.Units, got.Parts, units, len(parts))
		}
		if strings.Join(parts, "") != text {
			t.Fatalf("the parts of %q do not make the text", text)
		}
	}
}

func countAny(text, chars string) int {
	n := 0
	for _, c := range chars {
		n += strings.Count(text, string(c))
	}
	return n
}

func TestAlphabetSizes(t *testing.T) {
	t.Parallel()
	if got := len([]rune(gsmBasic)); got != 127 { // 128 places less the escape
		t.Errorf("basic alphabet has %d characters, want 127", got)
	}
	if got := len([]rune(gsmExtension)); got != 10 {
		t.Errorf("extension table has %d characters, want 10", got)
	}
	for _, r := range gsmBasic {
		if strings.Count(gsmBasic, string(r)) != 1 || strings.ContainsRune(gsmExtension, r) {
			t.Errorf("%q stands in the tables twice", r)
		}
	}
}

func TestPlainSMS(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"Don’t “worry” – we’re here…":     `Don't "worry" - we're here...`,
		"10\u00a0am—noon":                 "10 am-noon",
		"• one\n• two":                    "- one\n- two",
		"of\ufb01ce œuvre":                "office oeuvre",
		"cafe\u0301":                      "café",
		"\ufeffhidden\u200b":              "hidden",
		"dŵr 👍":                           "dŵr 👍",
		"plain text, £5 [ok]":             "plain text, £5 [ok]",
		"the `code` and the 5′ 6″ person": `the 'code' and the 5' 6" person`,
	}
	for text, want := range tests {
		if got := PlainSMS(text); got != want {
			t.Errorf("PlainSMS(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzPlainSMS(f *testing.F) {
	for _, seed := range []string{"Don’t…", "", "\xff", "e\u0301", "•–—", "dŵr", "plain `ticks`\tand tabs"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := PlainSMS(text)
		if twice := PlainSMS(once); twice != once {
			t.Errorf("PlainSMS(%q) = %q, and again %q", text, once, twice)
		}
		if whole := plainer.Replace(norm.NFC.String(text)); once != whole {
			t.Errorf("PlainSMS(%q) = %q, want %q", text, once, whole)
		}
		if before, after := Count(text), Count(once); before.Encoding == GSM7 && after.Encoding != GSM7 {
			t.Errorf("PlainSMS(%q) = %q left GSM-7", text, once)
		}
	})
}

func BenchmarkCount(b *testing.B) {
	text := strings.Repeat("Is it safe for us to text this number? 1 yes. ", 6)
	for b.Loop() {
		Count(text)
	}
}
