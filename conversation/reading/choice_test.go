package reading

import "testing"

func TestDigitsInAnyDress(t *testing.T) { // B11
	t.Parallel()
	for _, text := range []string{
		"1", "1.", "1)", "(1)", "#1", "one", "One", "ONE!", "option 1", "Option one", "I'd say 1", "number one pls", "no 1",
		"①", "❶", "１", "1️⃣", "1st", "first", "the first one", "1 please", "1 x", "1 thanks", "hi 1", "its 1", "I choose 1", "i'll go with 1",
		" 1 ", "\"1\"", "1\n\nSent from my iPhone", "answer 1", "1 😊", "Hello, 1 please. Thank you x", "١", "𝟭",
	} {
		check(t, ask(Choice), []reads{{text, "money"}})
		check(t, strict(ask(Choice)), []reads{{text, "money"}})
		check(t, ask(Choices), []reads{{text, "money"}})
	}
}

func TestChoice(t *testing.T) {
	t.Parallel()
	check(t, ask(Choice), []reads{
		{"2nd", "housing"},
		{"the second one", "housing"},
		{"last one", "more"},
		{"five", "work_learning"},
		{"money", "money"},
		{"Money please", "money"},
		{"the housing one please x", "housing"},
		{"debt", "money"},
		{"Feeling lonely", "loneliness"},
		{"loneliness", "loneliness"},
		{"stress", "mood_stress"},
		{"moneey", "money"},
		{"mnoey", "money"},
		{"lonley", "loneliness"},
		{"housign", "housing"},
		{"hous", "housing"},
		{"stressed", "mood_stress"},
		{"debts", "money"},
		{"money problems", "money"},
		{"I need money", "money"},
		{"3 because im lonely", "loneliness"},
		{"1pls", "money"},
		{"1xx", "money"},
		{"just 1", "money"},
		{"only 3", "loneliness"},
		{"learn", "work_learning"},
		{"choices", "more"},
		{"1 money", "money"},
		{"maybe 1", "money"},
		{"1 and 3", "several:money,loneliness"},
		{"1-3", "several:money,housing,loneliness"}, // B12
		{"both", "unclear:money,housing,loneliness,mood_stress,work_learning"},
		{"all", "unclear:money,housing,loneliness,mood_stress,work_learning"},
		{"neither", "unclear"},
		{"0", "unclear"},
		{"-1", "unclear:money"},
		{"99", "unclear"},
		{"1e3", "unclear"},
		{"1,5", "several:money,work_learning"},
		{"1 or 2", "unclear:money,housing"},
		{"either 1 or 2", "unclear:money,housing"},
		{"not 1", "unclear:money"},
		{"anything but 2", "unclear:housing"},
		{"1 housing", "unclear:money,housing"},
		{"2 kids", "unclear:housing"},
		{"3 weeks ago", "unclear:loneliness"},
		{"20 tomorrow 5", "unclear:work_learning,housing"},
		{"mo", "unclear"},
		{"wrok", "unclear"},
		{"yes", "unclear"},
		{"banana", "unclear"},
		{"7", "unclear"},
		{"money because i lost my job", "unclear:money,work_learning"},
		{"cant pay my bills", "unclear:money"},
		{"?", "unclear"},
		{"", "unclear"},
		{"   ", "unclear"},
		{"\u200b", "unclear"},
		{"\xff\xfe\x00", "unclear"}, // B9
	})
}

func TestChoiceStrictNeverGuesses(t *testing.T) {
	t.Parallel()
	check(t, strict(ask(Choice)), []reads{
		{"moneey", "unclear"},
		{"hous", "unclear"},
		{"choices", "unclear"},
		{"maybe 1", "unclear:money"},
		{"2 my sister helps", "unclear:housing"},
		{"1 or 2", "unclear:money,housing"},
		{"i think 1", "unclear:money"},
		{"money", "money"},
		{"stress", "mood_stress"},
		{"1 and 3", "several:money,loneliness"},
	})
}

// TestChoiceOfYesNotSureNo is the safety question S1.
func TestChoiceOfYesNotSureNo(t *testing.T) {
	t.Parallel()
	q := strict(Question{Type: Choice, Language: "en", Today: monday(), Options: []Option{
		{ID: "safe", Number: 1, Words: []string{"yes"}},
		{ID: "not_sure", Number: 2, Words: []string{"not sure", "dont know"}},
		{ID: "unsafe", Number: 3, Words: []string{"no"}},
	}})
	check(t, q, []reads{
		{"yes", "safe"},
		{"Yeah", "safe"},
		{"1", "safe"},
		{"no", "unsafe"},
		{"nope", "unsafe"},
		{"not sure", "not_sure"},
		{"I don't know", "not_sure"},
		{"dont know", "not_sure"},
		{"ok", "unclear"},
		{"yes no", "several:safe,unsafe"},
		{"not really", "unclear"},
		{"2", "not_sure"},
		{"two", "not_sure"},
		{"not safe", "unclear"},
	})
}

func TestChoices(t *testing.T) {
	t.Parallel()
	check(t, ask(Choices), []reads{
		{"1 and 4", "money,mood_stress"},
		{"1,4", "money,mood_stress"},
		{"1, 4.", "money,mood_stress"},
		{"1 4", "money,mood_stress"},
		{"1&4", "money,mood_stress"},
		{"1/4", "money,mood_stress"},
		{"1+4", "money,mood_stress"},
		{"1-3", "money,housing,loneliness"},
		{"1 - 3", "money,housing,loneliness"},
		{"2 to 4", "housing,loneliness,mood_stress"},
		{"4 1", "mood_stress,money"},
		{"1 1 4", "money,mood_stress"},
		{"one and four", "money,mood_stress"},
		{"money and lonely", "money,loneliness"},
		{"money, stress and housing", "money,mood_stress,housing"},
		{"Money\nhousing", "money,housing"},
		{"1 money 4 mood", "money,mood_stress"},
		{"moneey and lonley", "money,loneliness"},
		{"all", "money,housing,loneliness,mood_stress,work_learning"},
		{"all of them x", "money,housing,loneliness,mood_stress,work_learning"},
		{"everything", "money,housing,loneliness,mood_stress,work_learning"},
		{"both", "unclear:money,housing,loneliness,mood_stress,work_learning"},
		{"none", "unclear"},
		{"1and4", "money,mood_stress"},
		{"i need 1 and 4", "money,mood_stress"},
		{"first and 4th", "money,mood_stress"},
		{"14", "unclear:money,mood_stress"},
		{"1 or 4", "unclear:money,mood_stress"},
		{"not money", "unclear:money"},
		{"1 9", "unclear:money"},
		{"1️⃣4️⃣", "unclear:money,mood_stress"},
	})
	two := ask(Choices)
	two.Options = two.Options[:2]
	check(t, two, []reads{{"both", "money,housing"}, {"both of them", "money,housing"}, {"the two", "money,housing"}})
}

func TestRestIsKept(t *testing.T) {
	t.Parallel()
	tests := []struct {
		q          Question
		text, want string
	}{
		{ask(Choice), "2 my sister comes on Mondays", "my sister comes on Mondays"},
		{ask(Choice), "2. Yes, my Sister!", "Yes, my Sister"},
		{ask(Choices), "1 4 and my cat is ill", "and my cat is ill"},
		{ask(YesNo), "yes I live with my sister", "I live with my sister"},
		{ask(Choice), "2 please", ""},
	}
	for _, tc := range tests {
		r := Read(tc.q, tc.text)
		if r.Outcome != Value || r.Rest != tc.want {
			t.Errorf("Read(%s, %q) = %s with rest %q, want rest %q", tc.q.Type, tc.text, r.Outcome, r.Rest, tc.want)
		}
	}
}

func TestChoiceEchoesLabels(t *testing.T) {
	t.Parallel()
	if got, want := Read(ask(Choices), "1 and stress").Echo, "money, mood or stress"; got != want {
		t.Errorf("Echo = %q, want %q", got, want)
	}
}

func TestTiedSynonymsAreAskedAbout(t *testing.T) {
	t.Parallel()
	q := ask(Choice)
	q.Options[0].Words = append(q.Options[0].Words, "rent")
	q.Options[1].Words = append(q.Options[1].Words, "rent")
	check(t, q, []reads{{"rent", "unclear:money,housing"}})
}

func TestNoneIsAnOption(t *testing.T) {
	t.Parallel()
	q := ask(Choices)
	q.Options = append(q.Options, Option{ID: "none", Number: 7, Words: []string{"none of these"}})
	check(t, q, []reads{{"none", "none"}, {"none of them", "none"}, {"none of these", "none"}, {"7", "none"}})
}

func TestWelshChoice(t *testing.T) {
	t.Parallel()
	q := ask(Choice)
	q.Language = "cy"
	check(t, q, []reads{{"un", "money"}, {"dau", "housing"}, {"dwy", "housing"}, {"rhif tri", "loneliness"}, {"4", "mood_stress"}, {"two", "housing"}})
}
