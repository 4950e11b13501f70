package reading

import (
	"strings"
	"testing"
)

func TestYesNoStrict(t *testing.T) {
	t.Parallel()
	check(t, strict(ask(YesNo)), []reads{
		{"yes", "yes"},
		{"YES!!", "yes"},
		{"Yes.", "yes"},
		{"y", "yes"},
		{"Y", "yes"},
		{"yeah", "yes"},
		{"yep", "yes"},
		{"yesss", "yes"},
		{"y e s", "yes"},
		{"ｙｅｓ", "yes"},
		{"yes x", "yes"},
		{"yes please", "yes"},
		{"Yes please thank you", "yes"},
		{"yes pls xx", "yes"},
		{"hi yes", "yes"},
		{"yes of course", "yes"},
		{"I agree", "yes"},
		{"yes i do", "yes"},
		{"yes that's fine", "yes"},
		{"aye", "yes"},
		{"1", "yes"},
		{"1.", "yes"},
		{"one", "yes"},
		{"1 yes", "yes"},
		{"yes 1", "yes"},
		{"1️⃣", "yes"},
		{"Yes\n\nSent from my iPhone", "yes"},
		{"no", "no"},
		{"No thanks", "no"},
		{"no thank you x", "no"},
		{"nope", "no"},
		{"n", "no"},
		{"NO!", "no"},
		{"nooo", "no"},
		{"2", "no"},
		{"two", "no"},
		{"2 no", "no"},
		{"never", "unclear:no"},
		{"i don't agree", "no"},
		{"no i dont", "no"},
		{"not ok", "no"},

		{"Yes I agree to that", "yes"},
		{"yes, I'm happy with that", "yes"},
		{"ok yes", "yes"},
		{"of course you can", "yes"},
		{"you have my permission", "yes"},
		{"yes thank you very much", "yes"},
		{"no don't keep anything", "no"},
		{"no i'd rather not", "no"},
		{"no i dont want that", "no"},
		{"yes?", "unclear"},
		{"Yes?!", "unclear"},
		{"no?", "unclear"},
		{"1?", "unclear"},
		{"yes, what for?", "unclear"},
		{"not yes", "unclear"},
		{"yes but no", "unclear"},
		{"yes but", "unclear:yes"},
		{"no yes", "unclear"},
		{"yes no", "unclear"},
		{"n/a", "unclear"},
		{"no problem, yes", "unclear:yes"},
		{"no problem", "unclear:yes"},
		{"I suppose", "unclear:yes"},
		{"ok then", "unclear:yes"},
		{"ok", "unclear:yes"},
		{"sure", "unclear:yes"},
		{"go on then", "unclear:yes"},
		{"👍", "unclear:yes"},
		{"👎", "unclear:no"},
		{"No. 1", "unclear"},
		{"1 no", "unclear"},
		{"don't say no", "unclear"},
		{"maybe", "unclear"},
		{"not sure", "unclear"},
		{"not really", "unclear:no"},
		{"3", "unclear"},
		{"0", "unclear"},
		{"1 or 2", "unclear"},
		{"12", "unclear"},
		{"yes but only mornings", "unclear:yes"},
		{"yes if you ring first", "unclear:yes"},
		{"yse", "yes"},
		{"i think yes", "unclear:yes"},
		{"yes my sister said it was fine", "unclear:yes"},
		{"what for?", "unclear"},
		{"who is asking", "unclear"},
		{"hello", "unclear"},
		{"yesterday", "unclear"},
		{"now", "unclear"},
		{"know", "unclear"},
		{"1 and 2", "unclear"},
		{"i can't say yes", "unclear"},
		{"never say no", "unclear"},
		{"dont know", "unclear"},
		{"why not", "unclear:yes"},
		{"yes yes no", "unclear"},
		{"", "unclear"},
		{"...", "unclear"},
	})
}

func TestYesNoGenerous(t *testing.T) {
	t.Parallel()
	check(t, ask(YesNo), []reads{
		{"yes", "yes"},
		{"yeah go on then", "yes"},
		{"yep x", "yes"},
		{"yes pls", "yes"},
		{"ok then", "yes"},
		{"ok", "yes"},
		{"OK 👍", "yes"},
		{"👍", "yes"},
		{"👍🏾", "yes"},
		{"no problem", "yes"},
		{"no problem, yes", "yes"},
		{"sure", "yes"},
		{"please do", "yes"},
		{"please", "yes"}, // B10
		{"I suppose so", "yes"},
		{"i think so", "yes"},
		{"fine", "yes"},
		{"yse", "yes"},
		{"yesss", "yes"},
		{"sounds good", "yes"},
		{"I do", "yes"},
		{"yes I live with my sister", "yes"},
		{"probably yes", "yes"},
		{"nah", "no"},
		{"not really", "no"},
		{"no not really", "no"},
		{"nope x", "no"},
		{"👎", "no"},
		{"not at the moment", "no"},
		{"no ta", "no"},
		{"i dont think so", "no"},
		{"I'd rather not", "no"},
		{"nowt", "no"},
		{"no I live with my son", "no"},
		{"yes no problem", "yes"},
		{"yes over 18", "yes"},
		{"course i am", "yes"},
		{"sounds lovely", "yes"},
		{"nope dont think so", "no"},
		{"probably not", "no"},
		{"not a chance", "no"},
		{"no im 16", "no"},
		{"not yes", "unclear"},
		{"yes no", "unclear"},
		{"n/a", "unclear"},
		{"yes and no", "unclear"},
		{"maybe", "unclear"},
		{"not sure", "unclear"},
		{"dunno", "unclear"},
		{"No. 1", "unclear"},
		{"yes but not at night", "yes"},
		{"my sister said yes", "unclear"},
		{"banana", "unclear"},
		{"5", "unclear"},
		{"don't say no", "unclear"},
	})
}

// TestYesNoOptions reads the numbers and the words that the question gives.
func TestYesNoOptions(t *testing.T) {
	t.Parallel()
	q := strict(ask(YesNo))
	q.Options = []Option{
		{ID: "no", Number: 1, Words: []string{"I do not", "keep nothing"}},
		{ID: "yes", Number: 2, Words: []string{"I agree", "keep it"}},
	}
	check(t, q, []reads{{"1", "no"}, {"2", "yes"}, {"keep it", "yes"}, {"keep nothing", "no"}, {"3", "unclear"}})
	if got, want := Read(q, "2").Echo, "I agree"; got != want {
		t.Errorf("Echo = %q, want %q", got, want)
	}
}

func TestYesNoInWelsh(t *testing.T) {
	t.Parallel()
	q := ask(YesNo)
	q.Language = "cy"
	check(t, q, []reads{
		{"ie", "yes"},
		{"Ydw", "yes"},
		{"iawn", "yes"},
		{"na", "no"},
		{"Nac ydw", "no"},
		{"dim diolch", "no"},
		{"efallai", "unclear"},
		{"yes", "yes"},
		{"no", "no"},
		{"1", "yes"},
		{"dau", "no"},
	})
	q.Strict = true
	check(t, q, []reads{{"ie", "yes"}, {"na", "no"}, {"iawn", "unclear:yes"}, {"yes", "yes"}, {"ie na", "unclear"}})
}

func TestSignedAnswers(t *testing.T) {
	t.Parallel()
	check(t, strict(ask(YesNo)), []reads{
		{"yes\nMaureen", "yes"},
		{"No\nJo Smith", "no"},
		{"yes\nno", "unclear"},
		{"Yes\nBut Not Now", "unclear"},
		{"yes\nMaybe", "unclear"},
		{"Yes Maureen", "unclear:yes"},
	})
}

// TestStrictSurvivesEveryTurn puts words that take an answer back or make it
// conditional around every clear yes and no: none may still be an answer.
func TestStrictSurvivesEveryTurn(t *testing.T) {
	t.Parallel()
	q := strict(ask(YesNo))
	turns := []string{
		"%s but no", "%s but not yet", "%s if you ring first", "%s unless he sees it", "maybe %s", "not %s", "dont say %s", "i cant say %s", "%s or no", "%s or yes",
		"%s? why", "%s maybe", "i might say %s", "he said %s", "they told me to say %s", "%s only after friday", "%s depends", "%s no yes", "i never said %s", "should i say %s",
		"%s except my son", "%s for now but not later", "%s 3", "3 %s",
	}
	lex := lexiconFor("en")
	for phrase, g := range lex.yesNo.means {
		if g != clearYes && g != clearNo || len(phrase) < 2 {
			continue
		}
		for _, turn := range turns {
			text := strings.Replace(turn, "%s", phrase, 1)
			if lex.yesNo.means[normalise(text)] != noGrade {
				continue // a phrase of its own: "not ok"
			}
			if strings.HasPrefix(text, "not ") && strings.Contains(text, "happy") || text == "not agreed" || strings.HasSuffix(text, "i am 3") {
				continue // "not more than happy" is a no, and "yes i am 3" tells an age
			}
			if r := Read(q, text); r.Outcome == Value {
				t.Errorf("%q is read as %q by %s", text, r.Values, r.Rule)
			}
		}
	}
}
