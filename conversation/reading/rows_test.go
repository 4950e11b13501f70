package reading_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"linkline/conversation/calendar"
	"linkline/conversation/reading"
)

func today() calendar.Date { return calendar.Date{Year: 2026, Month: time.March, Day: 2} }

// TestIntentRows are the rows of the bad-input catalogue that are requests, or
// look like one. Those about what comes of a text are package conversation's,
// and the cries are package safety's.
func TestIntentRows(t *testing.T) {
	t.Parallel()
	tests := []struct {
		row   string
		want  reading.Intent
		texts []string
	}{
		{"B1", reading.OptOutWord, []string{"STOP", "stop", " Stop. ", "STOP!", `"STOP"`, "S T O P", "stop stop", "ѕtор", "STOP\u200b", "ＳＴＯＰ"}},
		{"B2", reading.OptOutPhrase, []string{"STOP PLEASE", "pls stop texting me", "take me off ur list", "unsubscribe me"}},
		{"B3", reading.NoIntent, []string{"don't stop", "bus stop", "can't stop crying", "stop smoking group?"}},
		{"B4", reading.CarrierWord, []string{"CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}},
		{"B5", reading.NoIntent, []string{"YES", "yes"}},
		{"B6", reading.OptOutWord, []string{"STOP"}}, // whichever of the two comes last: yes asks for nothing
		{"B7", reading.OptIn, []string{"START", "unstop"}},
		{"B8", reading.HelpWord, []string{"HELP", "INFO", "help me", "help!!!"}},
		{"B9", reading.NoIntent, []string{"", " ", ".", "\u200b", "\ufeff", "\x00", "\ufffd", "\xed\xa0\x80", "\xff\xfe"}},
		{"B13", reading.NoIntent, []string{strings.Repeat("my ex wont stop texting me ", 160)}},
		{"B22", reading.NoIntent, []string{"he hits me", "not safe 2 talk", "my husband is reading this"}},
		{"B24", reading.WrongNumber, []string{"wrong number", "who dis", "no longer her number"}},
		{"B24", reading.Deceased, []string{"he passed away in May", "Mrs Jones passed away last week", "my mum died, this was her phone"}},
		{"B24", reading.NoIntent, []string{"my husband died and im on my own", "my mum died and i cant get into her phone", "she died and i miss her"}},
		{"B27", reading.Person, []string{"agent", "talk to someone"}},
		{"B27", reading.NoIntent, []string{"0"}}, // decision 17: never a route to a person
		{"B33", reading.DeleteData, []string{"delete my data"}},
		{"B33", reading.HeldData, []string{"what do you hold on me"}},
		{"B33", reading.Complaint, []string{"I want to complain"}},
		{"B32", reading.NoIntent, []string{"you useless cow", "nice legs love"}},
		{"B36", reading.Menu, []string{"MENU", "RESTART"}},
		{"B36", reading.Back, []string{"BACK"}},
		{"B40", reading.NoIntent, []string{"I'm driving - sent from Do Not Disturb", "I am out of the office until Monday"}},
		{"B41", reading.NoIntent, []string{"Missed call from 07700 900123"}},
	}
	for _, test := range tests {
		for _, text := range test.texts {
			if got := reading.IntentOf(text, "en", today()); got.Intent != test.want {
				t.Errorf("%s: IntentOf(%q) = %q by %s, want %q", test.row, text, got.Intent, got.Rule, test.want)
			}
		}
	}
}

// TestAnswerRows are the rows that are answers.
func TestAnswerRows(t *testing.T) {
	t.Parallel()
	needs := reading.Needs("en")
	tests := []struct {
		row, text, want string
		q               reading.Question
	}{
		{"B10", "👍", "yes", reading.Question{Type: reading.YesNo}},
		{"B10", "👍", "unclear", reading.Question{Type: reading.YesNo, Strict: true}},
		{"B11", "1.", "money", reading.Question{Type: reading.Choice, Options: needs}},
		{"B11", "one", "money", reading.Question{Type: reading.Choice, Options: needs}},
		{"B11", "1)", "money", reading.Question{Type: reading.Choice, Options: needs}},
		{"B11", "option 1", "money", reading.Question{Type: reading.Choice, Options: needs}},
		{"B11", "I'd say 1", "money", reading.Question{Type: reading.Choice, Options: needs}},
		{"B11", "number one pls", "money", reading.Question{Type: reading.Choice, Options: needs}},
		{"B11", "①", "money", reading.Question{Type: reading.Choice, Options: needs}},
		{"B11", "１", "money", reading.Question{Type: reading.Choice, Options: needs}},
		{"B11", "1️⃣", "money", reading.Question{Type: reading.Choice, Options: needs}},
		{"B6", "yes", "yes", reading.Question{Type: reading.YesNo, Strict: true}},
		{"B14", "my name is", "unclear", reading.Question{Type: reading.Name}},
		{"B14", "Jo Smith", "Jo Smith", reading.Question{Type: reading.Name}},
		{"B16", "i want to die", "unclear", reading.Question{Type: reading.Name}},
		{"B26", "943 476 5919", "unclear", reading.Question{Type: reading.Name}},
		{"B26", "4929 1234 5678 9012", "unclear", reading.Question{Type: reading.Choice, Options: needs}},
		{"B12", "1 and 3", "money loneliness", reading.Question{Type: reading.Choices, Options: needs}},
		{"B12", "1 and 3", "several", reading.Question{Type: reading.Choice, Options: needs}},
		{"B12", "1,5", "money work_learning", reading.Question{Type: reading.Choices, Options: needs}},
		{"B12", "both", "unclear", reading.Question{Type: reading.Choice, Options: needs}},
		{"B12", "neither", "unclear", reading.Question{Type: reading.Choice, Options: needs}},
		{"B12", "0", "unclear", reading.Question{Type: reading.Choice, Options: needs}},
		{"B12", "-1", "unclear", reading.Question{Type: reading.Choice, Options: needs}},
		{"B12", "99", "unclear", reading.Question{Type: reading.Choice, Options: needs}},
		{"B12", "1e3", "unclear", reading.Question{Type: reading.Choice, Options: needs}},
		{"B25", "4/5/2014", "under_age", reading.Question{Type: reading.DateOfBirth}},
		{"B25", "I'm 15", "under_age", reading.Question{Type: reading.DateOfBirth}},
		{"B28", "tak", "yes", reading.Question{Type: reading.YesNo}},
		{"B28", "جی ہاں", "yes", reading.Question{Type: reading.YesNo}},
		{"B28", "لا", "no", reading.Question{Type: reading.YesNo}},
		{"B37", "next thurs 2pm", "unclear", reading.Question{Type: reading.DateTime}}, // this week's or the next
		{"B37", "31/02", "impossible", reading.Question{Type: reading.FutureDate}},
		{"B37", "24/11", "2026-11-24", reading.Question{Type: reading.FutureDate}},
		{"B37", "11/24", "impossible", reading.Question{Type: reading.FutureDate}},
		{"B37", "noon", "12:00", reading.Question{Type: reading.Time}},
		{"B37", "half 2", "14:30", reading.Question{Type: reading.Time}},
		{"B37", "25:00", "impossible", reading.Question{Type: reading.Time}},
		{"B37", "29 march 01:30", "unclear", reading.Question{Type: reading.DateTime}},
		{"B37", "25 oct 01:30", "unclear", reading.Question{Type: reading.DateTime}},
		{"B38", "sw1a1aa", "SW1A 1AA", reading.Question{Type: reading.Postcode}},
		{"B38", "SW1A OAA", "SW1A 0AA", reading.Question{Type: reading.Postcode}},
		{"B38", "BFPO 1", "BFPO 1", reading.Question{Type: reading.Postcode}},
		{"B38", "M1", "M1", reading.Question{Type: reading.Postcode}},
		{"B38", "JE2 3AB", "JE2 3AB", reading.Question{Type: reading.Postcode}},
		{"B38", "D02 X285", "unclear", reading.Question{Type: reading.Postcode}},
		{"B39", "O'Brien", "O'Brien", reading.Question{Type: reading.Name}},
		{"B39", "Nguyễn", "Nguyễn", reading.Question{Type: reading.Name}},
		{"B39", "X Æ A-12", "X Æ A-12", reading.Question{Type: reading.Name}},
		{"B39", "Test", "Test", reading.Question{Type: reading.Name}},
	}
	for _, test := range tests {
		test.q.Language, test.q.Today = "en", today()
		r := reading.Read(test.q, test.text)
		got := string(r.Outcome)
		if r.Outcome == reading.Value {
			got = strings.Join(r.Values, " ")
		}
		if got != test.want {
			t.Errorf("%s: %s %q is %s by %s, want %s", test.row, test.q.Type, test.text, got, r.Rule, test.want)
		}
	}
}

// TestLiteralRows: what could harm a page or a log is kept as typed where words
// are asked for (B29, B30, B31), and empty texts are asked again (B9).
func TestLiteralRows(t *testing.T) {
	t.Parallel()
	q := reading.Question{Type: reading.FreeText, Language: "en", Today: today()}
	for _, text := range []string{"<script>alert(1)</script>", "{{7*7}} x", "${jndi:ldap://x}", "%s%n", "'; DROP TABLE people", "=HYPERLINK(\"x\")", "@SUM(A1)", "https://example.org/x?y=1"} {
		if r := reading.Read(q, text); !slices.Equal(r.Values, []string{text}) {
			t.Errorf("B29: %q is kept as %q", text, r.Values)
		}
	}
	if r := reading.Read(q, "red \x1b[2J alert\r\n"); strings.ContainsAny(strings.Join(r.Values, ""), "\x1b\r") {
		t.Errorf("B30: a control character is kept in %q", r.Values)
	}
	for _, kind := range reading.Types() {
		for _, text := range []string{"", " ", "\u200b", "\ufeff", "\x00", "\ufffd"} {
			if r := reading.Read(reading.Question{Type: kind, Language: "en", Today: today()}, text); r.Outcome != reading.Unclear {
				t.Errorf("B9: %s %q is %s", kind, text, r.Outcome)
			}
		}
	}
}
