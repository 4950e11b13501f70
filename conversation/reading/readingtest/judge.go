package readingtest

import (
	"slices"
	"strings"
	"time"

	"linkline/conversation/calendar"
	"linkline/conversation/reading"
)

// Today is the day on which the replies of every set come: a Monday.
func Today() calendar.Date {
	return calendar.Date{Year: 2026, Month: time.March, Day: 2}
}

// kinds says which question each set's replies answer.
func kinds() map[string]reading.Question {
	strict := reading.Question{Type: reading.YesNo, Strict: true}
	needs := reading.Needs("en")
	return map[string]reading.Question{
		"yes_no": {Type: reading.YesNo}, "yes_no_strict": strict,
		"choice": {Type: reading.Choice, Options: needs}, "choices": {Type: reading.Choices, Options: needs},
		"date_of_birth": {Type: reading.DateOfBirth}, "appointment": {Type: reading.DateTime},
		"date_time": {Type: reading.DateTime}, "time": {Type: reading.Time}, "date": {Type: reading.FutureDate},
		"future_date": {Type: reading.FutureDate}, "postcode": {Type: reading.Postcode}, "phone": {Type: reading.Phone},
		"scale": {Type: reading.Scale}, "name": {Type: reading.Name}, "full_name": {Type: reading.FullName},
		"number": {Type: reading.Number}, "nhs_number": {Type: reading.NHSNumber}, "practice": {Type: reading.Practice},
	}
}

// Got says in the words of the labels what a reply to a kind of question is
// read as, and by which rule. ok is false for a kind that is not known.
func Got(kind, text string) (r reading.Reading, ok bool) {
	q, ok := kinds()[kind]
	if !ok {
		return reading.Reading{}, false
	}
	q.Language, q.Today = "en", Today()
	return reading.Read(q, text), true
}

// Right reports whether a reply is read as its label says, whether it was taken
// for another value, and how it was read, for the list of misses.
func Right(kind string, row Row) (right, wrongValue bool, got string) {
	if kind == "intent" {
		return rightIntent(row)
	}
	r, ok := Got(kind, row.Text)
	if !ok {
		return false, false, "no such kind of question"
	}
	switch kind {
	case "phone":
		right = rightPhone(row, r)
	case "name":
		right = r.Outcome == reading.Value && strings.EqualFold(r.Values[0], row.Want) || fits(row.Want, r)
	default:
		right = fits(row.Want, r)
	}
	return right, !right && r.Outcome == reading.Value, describe(r)
}

// rightIntent takes the two ways of opting out as one: which of them a carrier
// acts on too is no question of reading.
func rightIntent(row Row) (right, wrongValue bool, got string) {
	asked := reading.IntentOf(row.Text, "en", Today())
	name := "none"
	if asked.Intent != reading.NoIntent {
		name = string(asked.Intent)
	}
	got = name + " " + asked.Until + " by " + asked.Rule
	if _, err := calendar.ParseDate(row.Note); err == nil && asked.Until != row.Note {
		return false, false, got
	}
	return optOut(name) == optOut(row.Want), false, got
}

func optOut(name string) string {
	if name == string(reading.OptOutWord) {
		return string(reading.OptOutPhrase)
	}
	return name
}

// rightPhone asks for the kind of number too; only a British number that can be
// rung is a value.
func rightPhone(row Row, r reading.Reading) bool {
	switch row.Note {
	case "personal", "abroad":
		return r.Outcome == reading.Unclear && r.Rule == "phone."+row.Note && slices.Equal(r.Candidates, []string{row.Want})
	case "mobile", "landline":
		return r.Rule == "phone."+row.Note && fits(row.Want, r)
	}
	return fits(row.Want, r)
}

func describe(r reading.Reading) string {
	out := string(r.Outcome)
	if len(r.Values) > 0 {
		out += " " + strings.Join(r.Values, " ")
	}
	if len(r.Candidates) > 0 {
		out += " ?" + strings.Join(r.Candidates, " ")
	}
	return out + " by " + r.Rule
}

// fits compares a reading with a label.
func fits(want string, r reading.Reading) bool {
	head, rest, _ := strings.Cut(want, " ")
	switch {
	case want == string(reading.Unclear):
		return r.Outcome == reading.Unclear || r.Outcome == reading.Several || slices.Equal(r.Values, []string{""})
	case want == string(reading.Impossible), want == string(reading.UnderAge):
		return string(r.Outcome) == want
	case want == "future":
		return r.Outcome == reading.Impossible && strings.HasSuffix(r.Rule, "future")
	case want == "past":
		return r.Outcome == reading.Impossible && strings.HasSuffix(r.Rule, "past")
	case want == "eircode":
		return r.Outcome == reading.Unclear && r.Rule == "postcode.eircode"
	case want == "invalid":
		return r.Outcome != reading.Value && r.Rule == "nhs-number.check-digit"
	case head == string(reading.Several):
		return r.Outcome != reading.Value && same(strings.Fields(rest), r.Candidates)
	case head == "year":
		return r.Outcome == reading.Unclear && same(strings.Split(rest, "|"), r.Candidates)
	case strings.HasPrefix(want, "?"):
		return r.Outcome != reading.Value && suggests(strings.Fields(want[1:]), r.Candidates)
	}
	return r.Outcome == reading.Value && (same(strings.Fields(want), r.Values) || strings.Join(r.Values, " ") == want)
}

// same compares two lists without their order.
func same(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// suggests reports whether the first need offered is one that the words tell of.
func suggests(wanted, offered []string) bool {
	return len(offered) > 0 && slices.Contains(wanted, offered[0])
}
