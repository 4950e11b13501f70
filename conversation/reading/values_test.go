package reading

import (
	"strings"
	"testing"
)

func TestScale(t *testing.T) {
	t.Parallel()
	check(t, ask(Scale), []reads{
		{"6", "6"},
		{"six", "6"},
		{"6/10", "6"},
		{"6 / 10", "6"},
		{"6 out of 10", "6"},
		{"10/10", "10"},
		{"0", "0"},
		{"zero", "0"},
		{"10", "10"},
		{"6.", "6"},
		{"８", "8"},
		{"8 x", "8"},
		{"maybe 8", "8"},
		{"about 6", "6"},
		{"7ish", "7"},
		{"7.0", "7"},
		{"7 or so", "7"},
		{"it's a 7", "7"},
		{"+6", "6"},
		{"about 6 or 7", "unclear:6,7"},
		{"6-7", "unclear:6,7"},
		{"6 or 7", "unclear:6,7"},
		{"6.5", "unclear:6,7"},
		{"6,5", "unclear:6,7"},
		{"11", "unclear"},
		{"-1", "unclear"},
		{"100", "unclear"},
		{"dunno", "unclear"},
		{"not 6", "unclear:6"},
		{"7 years", "unclear:7"},
		{"a lot", "unclear"},
	})
	check(t, strict(ask(Scale)), []reads{{"6", "6"}, {"about 6", "unclear:6"}})
	q := ask(Scale)
	q.Min, q.Max = 1, 5
	check(t, q, []reads{{"0", "unclear"}, {"5", "5"}, {"3/5", "3"}, {"6", "unclear"}})
	q.Options = []Option{{ID: "1", Words: []string{"not at all"}}}
	check(t, q, []reads{{"Not at all", "1"}})
}

func TestName(t *testing.T) { // B39
	t.Parallel()
	check(t, ask(Name), []reads{
		{"Maureen", "Maureen"},
		{"its Maureen", "Maureen"},
		{"my names Jo Smith x", "Jo Smith"},
		{"My name is Jo.", "Jo"},
		{"call me Mo", "Mo"},
		{"O'Brien", "O'Brien"},
		{"O’Brien", "O'Brien"},
		{"Nguyễn", "Nguyễn"},
		{"X Æ A-12", "X Æ A-12"},
		{"null", "Null"},
		{"Test", "Test"},
		{"MAUREEN", "Maureen"},
		{"JP", "JP"},
		{"jo o'brien-smith", "Jo O'Brien-Smith"},
		{"Jo Love", "Jo Love"},
		{"hi im sue thanks", "Sue"},
		{"Dr. Ali", "Dr Ali"},
		{"Bob 😊", "Bob"},
		{"Мария", "Мария"},
		{"علی", "علی"},
		{"李", "李"},
		{"An", "An"},
		{"Hello my name is Siân xx", "Siân"},
		{"Robert'); DROP TABLE", "Robert DROP TABLE"},
		{"\u202eMaureen\u202c", "Maureen"},
		{"07700", "unclear"},
		{"1", "unclear"},
		{"no", "unclear"},
		{"yes", "unclear"},
		{"why do you need that?", "unclear"},
		{"who is this", "unclear"},
		{"i dont want to say", "unclear"},
		{"I'm 67", "unclear"},
		{"😊", "unclear"},
		{strings.Repeat("Jo ", 30), "unclear"},
		{strings.Repeat("a", 200), "unclear"},
		{"im called jean", "Jean"},
		{"no its jean", "Jean"},
		{"no way", "unclear"},
		{"no thanks", "unclear"},
		{"fine", "unclear"},
		{"yes its jean", "Jean"},
		{"its not jean", "unclear"},
		{"call me", "unclear"},
		{"Maureen, 67", "Maureen"},
		{"Maureen Smith 07700900123", "Maureen Smith"},
		{"April", "April"},
		{"Will", "Will"},
		{"I need help with my rent", "unclear"},
	})
	check(t, ask(FullName), []reads{{"maureen anne o'neill", "Maureen Anne O'Neill"}, {"Cher", "Cher"}})
	q := ask(Name)
	q.Max = 5
	check(t, q, []reads{{"Maureen", "unclear"}, {"Mo", "Mo"}})
}

func TestPostcode(t *testing.T) { // B38
	t.Parallel()
	check(t, ask(Postcode), []reads{
		{"SW1A 1AA", "SW1A 1AA"},
		{"sw1a1aa", "SW1A 1AA"},
		{"SW1A OAA", "SW1A 0AA"},
		{"sw1a-1aa", "SW1A 1AA"},
		{"S W 1 A 1 A A", "SW1A 1AA"},
		{"m1 1ae", "M1 1AE"},
		{"MI 1AE", "M1 1AE"},
		{"w1a 0ax", "W1A 0AX"},
		{"s01 4aa", "SO1 4AA"},
		{"ec1v 9hq", "EC1V 9HQ"},
		{"cr0 2yr", "CR0 2YR"},
		{"it's NR3 1PQ thanks", "NR3 1PQ"},
		{"my postcode is sw1a 1aa x", "SW1A 1AA"},
		{"12 High St NR3 1PQ", "NR3 1PQ"},
		{"M1", "M1"},
		{"NR3", "NR3"},
		{"im in nr3", "NR3"},
		{"BFPO 1", "BFPO 1"},
		{"bfpo801", "BFPO 801"},
		{"JE2 3AB", "JE2 3AB"},
		{"GY1 1AA", "GY1 1AA"},
		{"IM1 1AA", "IM1 1AA"},
		{"0", ""},
		{"not sure", ""},
		{"no fixed abode", ""},
		{"I don't know", ""},
		{"D02 X285", "unclear"},
		{"A65 F4E2", "unclear"},
		{"ZZ1 1AA", "unclear"},
		{"SW1A 1CA", "unclear"},
		{"hello", "unclear"},
		{"12345", "unclear"},
		{"skip", "unclear"},
		{"0x1 1dp", "OX1 1DP"},
		{"NR1,3QQ", "NR1 3QQ"},
		{"nr3 1pq or nr2 2aa", "unclear:NR3 1PQ,NR2 2AA"},
		{"Norwich", "unclear"},
	})
}

func TestPhone(t *testing.T) {
	t.Parallel()
	check(t, ask(Phone), []reads{
		{"07700 900123", "+447700900123"},
		{"07700900123", "+447700900123"},
		{"+44 7700 900 123", "+447700900123"},
		{"0044 7700900123", "+447700900123"},
		{"+44 (0)7700 900123", "+447700900123"},
		{"O7700 9OO123", "+447700900123"},
		{"my number is 07700 900123 thanks", "+447700900123"},
		{"07700-900-123", "+447700900123"},
		{"٠٧٧٠٠٩٠٠١٢٣", "+447700900123"},
		{"０７７００９００１２３", "+447700900123"},
		{"01632 960001", "+441632960001"},
		{"07700 900123 or 07700900123", "+447700900123"},
		{"07700900123 after 5", "+447700900123"},
		{"07700900123 or 01632960001", "unclear:+447700900123,+441632960001"},
		{"070 1234 5678", "unclear:+447012345678"},
		{"0900 1234567", "unclear"},
		{"12345", "unclear"},
		{"no", "unclear"},
		{"07700 9001", "unclear"},
		{"+33 1 23 45 67 89", "unclear:+33123456789"},
		{"999", "unclear"},
	})
	if got, want := Read(ask(Phone), "07700 900123").Rule, "phone.mobile"; got != want {
		t.Errorf("rule of a mobile is %s, want %s", got, want)
	}
	if got, want := Read(ask(Phone), "this number please").Rule, "phone.this-number"; got != want {
		t.Errorf("rule of this number is %s, want %s", got, want)
	}
	if got, want := Read(ask(Phone), "01632 960001").Rule, "phone.landline"; got != want {
		t.Errorf("rule of a landline is %s, want %s", got, want)
	}
}

func TestPractice(t *testing.T) {
	t.Parallel()
	check(t, ask(Practice), []reads{
		{"Riverside Surgery", "Riverside Surgery"},
		{"im with riverside surgery", "riverside surgery"},
		{"Dr Khan's, High St", "Dr Khan's, High St"},
		{"0", "unknown"},
		{"not sure", "unknown"},
		{"I don't know", "unknown"},
		{"none", "unknown"},
		{"yes", "unclear"},
		{"ok", "unclear"},
		{"hello", "unclear"},
		{"St Mary's", "St Mary's"},
		{"not registered", "unknown"},
		{"haven't got one", "unknown"},
		{"7", "unclear"},
		{"?", "unclear"},
		{strings.Repeat("a", 101), "unclear"},
	})
}

func TestFreeText(t *testing.T) {
	t.Parallel()
	check(t, ask(FreeText), []reads{
		{"I feel alone", "I feel alone"},
		{"  cant sleep\n", "cant sleep"},
		{"😢", "😢"},
		{"yes", "yes"},
		{"a\x00b\x1b[2J", "ab[2J"},
		{"<script>", "<script>"},
		{"1", "unclear:1"},
		{"?", "unclear"},
		{"...", "unclear"},
		{"", "unclear"},
	})
	long := strings.Repeat("I want help with my rent. ", 64) // B13
	q := ask(FreeText)
	q.Max = 600
	r := Read(q, long)
	if r.Outcome != Value || r.Rule != "text.long" || r.Values[0] != strings.TrimSpace(long) {
		t.Errorf("a long text is %s by %s and %d bytes; want it whole", r.Outcome, r.Rule, len(strings.Join(r.Values, "")))
	}
	if len(r.Echo) > echoLetters+3 {
		t.Errorf("echo has %d letters", len(r.Echo))
	}
}

func TestUnknownTypeIsUnclear(t *testing.T) {
	t.Parallel()
	check(t, Question{Type: "colour"}, []reads{{"red", "unclear"}})
}

func TestFreeTextTakesANumberToRing(t *testing.T) {
	t.Parallel()
	q := Question{Type: FreeText, Language: "en"}
	if got := Read(q, "07700 900222"); got.Outcome != Value || got.Values[0] != "07700 900222" {
		t.Errorf("a number is read as %+v", got)
	}
	if got := Read(q, "123"); got.Outcome != Unclear {
		t.Errorf("a few digits are read as %+v", got)
	}
}
