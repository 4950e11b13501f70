package reading_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"linkline/conversation/reading"
	"linkline/conversation/reading/readingtest"
)

// closed are the sets whose replies carry no spelling that must be kept.
func closed() []string {
	return []string{"yes_no", "yes_no_strict", "choice", "choices", "date_of_birth", "date_time", "scale", "postcode", "phone", "nhs_number"}
}

func writtenRows(t *testing.T) map[string][]readingtest.Row {
	t.Helper()
	sets, err := readingtest.Load(os.DirFS("testdata"))
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]readingtest.Row{}
	for _, s := range sets {
		if s.Half == readingtest.Written && slices.Contains(closed(), s.Kind) {
			rows[s.Kind] = s.Rows
		}
	}
	return rows
}

// taken is a reading without its rule, its echo and the words as typed, which
// may differ where the text does.
func taken(kind, text string) string {
	r, _ := readingtest.Got(kind, text)
	return string(r.Outcome) + " " + strings.Join(r.Values, " ") + " ?" + strings.Join(r.Candidates, " ")
}

// TestSpellingsThatNormaliseAlike: a text in capitals, full width, with
// zero-width characters or with more space is the same text.
func TestSpellingsThatNormaliseAlike(t *testing.T) {
	t.Parallel()
	wide := func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r + 0xfee0
		}
		return r
	}
	dresses := map[string]func(string) string{
		"capitals":   strings.ToUpper,
		"full width": func(s string) string { return strings.Map(wide, s) },
		"zero width": func(s string) string { return strings.Join(strings.Split(s, ""), "\u200b") },
		"spaces":     func(s string) string { return " \u00a0" + strings.ReplaceAll(s, " ", "  ") + "  " },
	}
	for kind, rows := range writtenRows(t) {
		for _, row := range rows {
			if strings.ContainsFunc(row.Text, func(r rune) bool { return r >= 0x7f || r == '\n' }) || row.Text != strings.ToLower(row.Text) {
				continue
			}
			want := taken(kind, row.Text)
			for name, dress := range dresses {
				if got := taken(kind, dress(row.Text)); got != want {
					t.Errorf("%s %q in %s: got %q, want %q", kind, row.Text, name, got, want)
				}
			}
		}
	}
}

// TestMannersAroundEveryReply: a greeting, a kiss, a full stop and a signature
// change nothing.
func TestMannersAroundEveryReply(t *testing.T) {
	t.Parallel()
	for kind, rows := range writtenRows(t) {
		for _, row := range rows {
			last := row.Text[len(row.Text)-1]
			if (last < 'a' || last > 'z') && (last < '0' || last > '9') {
				continue
			}
			want := taken(kind, row.Text)
			for _, text := range []string{"Hello " + row.Text, row.Text + " x", row.Text + ".", row.Text + "\n\nKind regards\nJo Smith", row.Text + "\nSent from my iPhone"} {
				if got := taken(kind, text); got != want {
					t.Errorf("%s %q: got %q, want %q as for %q", kind, text, got, want, row.Text)
				}
			}
		}
	}
}

// TestEveryLanguageIsUnderstood: a yes, a no and a STOP count in every language
// that is enabled, whatever the person's own, and in no other.
func TestEveryLanguageIsUnderstood(t *testing.T) {
	t.Parallel()
	said := map[string][3]string{
		"cy": {"ydw", "nac ydw", "stopiwch"}, "pl": {"tak", "nie", "przestań"}, "ur": {"ہاں", "نہیں", "بند کرو"}, "pa": {"ਹਾਂ", "ਨਹੀਂ", "ਬੰਦ ਕਰੋ"},
		"bn": {"হ্যাঁ", "না", "থামুন"}, "ar": {"نعم", "لا", "توقف"}, "ro": {"da", "nu", "opriți"},
	}
	if got := append(reading.Languages(), reading.Drafts()...); len(got) != len(said)+1 {
		t.Errorf("languages %q, and words for %d beside English", got, len(said))
	}
	for language, words := range said {
		q := reading.Question{Type: reading.YesNo, Strict: true, Language: "en", Today: today()}
		for i, want := range []string{"yes", "no"} {
			if r := reading.Read(q, words[i]); !slices.Equal(r.Values, []string{want}) {
				t.Errorf("%s: %q is %s %q by %s, want %s", language, words[i], r.Outcome, r.Values, r.Rule, want)
			}
		}
		if got := reading.IntentOf(words[2], "en", today()); got.Intent != reading.OptOutPhrase && got.Intent != reading.OptOutWord {
			t.Errorf("%s: %q is %q, want an opt-out", language, words[2], got.Intent)
		}
		q.Enabled = []string{"en"}
		if r := reading.Read(q, words[0]); r.Outcome == reading.Value {
			t.Errorf("%s: %q is a value where only English is enabled", language, words[0])
		}
	}
	digits := reading.Question{Type: reading.Scale, Language: "en", Today: today()}
	for _, seven := range []string{"٧", "۷", "৭", "੭"} {
		if r := reading.Read(digits, seven); !slices.Equal(r.Values, []string{"7"}) {
			t.Errorf("%q is %s %q, want 7", seven, r.Outcome, r.Values)
		}
	}
}
