package flows

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestNormalise(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"case and spaces", "  HeLLo   World \n", "hello world"},
		{"apostrophes", "don't don’t DON`T donʼt", "dont dont dont dont"},
		{"punctuation", "yes, pls... (really)!", "yes pls really"},
		{"quoted", `"STOP"`, "stop"},
		{"numbers stay apart", "1,4 6/10 +44", "1 4 6 10 44"},
		{"repeats", "yesssss pleeeease", "yess pleease"},
		{"numbers keep repeats", "07700 900000", "07700 900000"},
		{"repeats start again after a space", "aa a aa", "aa a aa"},
		{"full width", "ｙｅｓ １", "yes 1"},
		{"circled", "① ❷ ➂ ➍", "1 2 3 4"},
		{"circled in a sentence", "option①please", "option1please"},
		{"keycap", "1️⃣ and 4️⃣", "1 and 4"},
		{"ten as a picture", "🔟", "10"},
		{"Arabic digits", "٣ ۴", "3 4"},
		{"Devanagari digits", "१२", "12"},
		{"half", "at ½ 2", "at half 2"},
		{"mathematical letters", "𝓼𝓽𝓸𝓹 𝟭", "stop 1"},
		{"squared letters", "🅂🅃🄾🄿 🆂🆃🅾🅿", "stop stop"},
		{"small capitals", "sᴛᴏᴘ", "stop"},
		{"Cyrillic look-alikes in a Latin word (B1)", "ѕtор", "stop"},
		{"nothing but look-alikes", "ЅТОР", "stop"},
		{"Greek look-alikes", "ΥΕS", "ues"},
		{"a Russian word stays", "помощь да", "помощь да"},
		{"a Greek word stays", "βοήθεια", "βοηθεια"},
		{"accents", "Café Nguyễn dŵr Żółć", "cafe nguyen dwr zolc"},
		{"ligatures", "oﬃce ætherise", "office aetherise"},
		{"sharp s", "Straße", "strasse"},
		{"Turkish dotless i", "ısı", "isi"},
		{"zero width", "s\u200bt\u200co\u200dp\ufeff", "stop"},
		{"soft hyphen", "st\u00adop", "stop"},
		{"bidirectional marks", "\u202estop\u202c \u2067x\u2069", "stop x"},
		{"control", "s\x00t\x1bop", "stop"},
		{"line breaks part words", "one\r\ntwo\u2028three\u0085four", "one two three four"},
		{"Zalgo (B28)", "s̶̢̛̭t̵̡͉̎o̷̜̅p̸̻̈́", "stop"},
		{"emoji stays a word", "yes👍🏽thanks", "yes 👍 thanks"},
		{"a joined emoji", "👩\u200d⚕\ufe0f", "👩 ⚕"},
		{"invalid UTF-8 (B9)", "st\xffop", "st op"},
		{"only bytes that mean nothing (B9)", "\xed\xa0\x80\ufffd\x00\ufeff", ""},
		{"Devanagari keeps its vowels", "मदद चाहिए", "मदद चाहिए"},
		{"only punctuation", "?!...", ""},
		{"currency", "£50 $5 50%", "50 5 50"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := Normalise(tc.text); got != tc.want {
				t.Errorf("Normalise(%q) = %q, want %q", tc.text, got, tc.want)
			}
		})
	}
}

// TestNormaliseIsBounded covers the floods of B13 and B28: the result never
// outgrows the text by much, and the time stays small.
func TestNormaliseIsBounded(t *testing.T) {
	t.Parallel()
	floods := map[string]string{
		"4,096 letters":       strings.Repeat("I want help ", 342),
		"Zalgo":               strings.Repeat("a"+strings.Repeat("\u0301", 40), 100),
		"one mark 4,096 long": "a" + strings.Repeat("\u0334", 4096),
		"Devanagari marks":    "क" + strings.Repeat("ि", 4096),
		"long ligatures":      strings.Repeat("\ufdfa", 1365),
		"emoji":               strings.Repeat("👍", 1024),
		"invalid":             strings.Repeat("\xff", 4096),
		"one letter":          strings.Repeat("a", 4096),
	}
	for name, flood := range floods {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			got := Normalise(flood)
			if took := time.Since(start); took > time.Second {
				t.Errorf("took %v", took)
			}
			if len(got) > 16*len(flood) {
				t.Errorf("grew from %d to %d bytes", len(flood), len(got))
			}
		})
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	got := Words(Normalise("Take me off ur list, please!"))
	want := []string{"take", "me", "off", "ur", "list", "please"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("Words (-got +want):\n%s", diff)
	}
	if got := Words(Normalise("...")); len(got) != 0 {
		t.Errorf("Words of punctuation = %q, want none", got)
	}
}

// TestNormaliseMeetsASCII holds the two paths together: a text that is plain
// but for one letter must come out as if it had been plain throughout.
func TestNormaliseMeetsASCII(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Don't STOP!!!", "I'd say 1,  pls", "yesss x", "a\tb\x01c"} {
		with := Normalise(text + " é")
		if want := Normalise(text) + " e"; with != want {
			t.Errorf("Normalise(%q) = %q, want %q", text+" é", with, want)
		}
	}
}

// TestNormaliseLeavesNormalTextsAlone goes through every text of a few letters:
// what is passed over as normal must be, and what is normal and plain must be
// passed over, since it is compared with every reply.
func TestNormaliseLeavesNormalTextsAlone(t *testing.T) {
	t.Parallel()
	const letters = "aaAz09 '-\t\x7f"
	texts := []string{""}
	for range 5 {
		for _, text := range texts[:len(texts):len(texts)] {
			for _, c := range letters {
				texts = append(texts, text+string(c))
			}
		}
		slices.Sort(texts)
		texts = slices.Compact(texts)
	}
	for _, text := range texts {
		if got, want := isSettled(text), squeeze(text) == text; got != want {
			t.Fatalf("%q: got %v, want %v", text, got, want)
		}
	}
}

func TestNormalTextsTakeNothing(t *testing.T) {
	if allocs := testing.AllocsPerRun(10, func() { Normalise("being active 1") }); allocs != 0 {
		t.Errorf("a normal text takes %v allocations", allocs)
	}
}

func FuzzNormalise(f *testing.F) {
	for _, seed := range []string{
		"", "STOP", "ѕtор", "1️⃣", "s̶̢̛̭t̵̡͉̎op", "\xff\xfe", "ǅ", "ﬀﬀ", "İ", "ẞ", "ͅ", "㎏", "½", "👩‍⚕️", "ΐΐΐ", "\u1100\u1161\u11a8", "ａ'ａ'ａ'ａ", "aʼʼa", "ŉ", "ⓐ🅰", "ǰ", "ᾳ", "a\u0328\u0301", "٣", "𝟘",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := Normalise(text)
		if !utf8.ValidString(once) {
			t.Errorf("Normalise(%q) = %q, which is not UTF-8", text, once)
		}
		if twice := Normalise(once); twice != once {
			t.Errorf("Normalise(%q) = %q, and again %q", text, once, twice)
		}
		if strings.Join(Words(once), " ") != once {
			t.Errorf("Normalise(%q) = %q has loose spaces", text, once)
		}
	})
}

func BenchmarkNormalise(b *testing.B) {
	texts := map[string]string{
		"ascii":   "I'm not sure really, I think it's 1 and 4. My husband died and im on my own",
		"unicode": "I’m not sure really, I think it’s 1️⃣ and 4. My husband died and im on my own 😢",
		"zalgo":   strings.Repeat("s̶̢̛̭t̵̡͉̎o̷̜̅p̸̻̈́", 100),
	}
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Normalise(text)
			}
		})
	}
}
