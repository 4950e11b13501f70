package words

import (
	"slices"
	"strings"
	"testing"
	"time"

	"linkline/channels"
	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/flows"
	"linkline/flows/library"
)

// at is a clock at a moment in London.
func at(t *testing.T, moment string) Clock {
	t.Helper()
	cal, err := calendar.New(calendar.England, calendar.Hours{Open: "09:00", Close: "17:00"})
	if err != nil {
		t.Fatal(err)
	}
	return Clock{Now: london(t, cal, moment), Calendar: cal}
}

func london(t *testing.T, cal *calendar.Calendar, moment string) time.Time {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04", moment, cal.Location())
	if err != nil {
		t.Fatal(err)
	}
	return when.UTC()
}

func TestAt(t *testing.T) {
	t.Parallel()
	c := at(t, "2026-07-21 10:00") // summer: the clock on the wall is an hour ahead
	for moment, want := range map[string]string{
		"2026-07-21 09:02": "Today at 9:02am", "2026-07-21 00:00": "Today at 12am", "2026-07-20 23:59": "Yesterday at 11:59pm",
		"2026-07-19 14:30": "Sunday 19 July at 2:30pm", "2026-03-03 12:00": "Tuesday 3 March at 12pm",
		"2024-03-03 12:00": "3 March 2024 at 12pm", "2026-07-22 09:00": "Wednesday 22 July at 9am",
	} {
		if got := c.At(london(t, c.Calendar, moment)); got != want {
			t.Errorf("%s: got %q, want %q", moment, got, want)
		}
	}
	if got := c.At(time.Time{}); got != "" {
		t.Errorf("no moment: got %q, want nothing", got)
	}
	if got := c.Short(london(t, c.Calendar, "2026-07-21 09:02")); got != "9:02am" {
		t.Errorf("short, today: got %q", got)
	}
	if got := c.Short(london(t, c.Calendar, "2026-07-20 09:02")); got != "Yesterday at 9:02am" {
		t.Errorf("short, yesterday: got %q", got)
	}
}

func TestSince(t *testing.T) {
	t.Parallel()
	c := at(t, "2026-11-23 10:00") // a Monday
	for moment, want := range map[string]string{
		"2026-11-23 10:00": "less than a minute", "2026-11-23 09:59": "1 minute", "2026-11-23 09:20": "40 minutes",
		"2026-11-23 08:00": "2 hours", "2026-11-22 11:00": "23 hours", "2026-11-20 09:00": "1 working day",
		"2026-11-21 09:00": "1 working day", "2026-11-16 09:00": "5 working days",
	} {
		if got := c.Since(london(t, c.Calendar, moment)); got != want {
			t.Errorf("%s: got %q, want %q", moment, got, want)
		}
	}
	sunday := at(t, "2026-11-22 12:00")
	if got := sunday.Since(london(t, sunday.Calendar, "2026-11-21 09:00")); got != "1 day" {
		t.Errorf("over a weekend: got %q, want days that are no working days", got)
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	c := at(t, "2026-12-23 10:00") // a Wednesday before Christmas
	for moment, want := range map[string]string{
		"2026-12-23 15:00": "Due today by 3pm",
		"2026-12-24 17:00": "Due Thursday 24 December, the next working day",
		"2026-12-29 17:00": "Due Tuesday 29 December, in 2 working days", // 25 and 28 are bank holidays
		"2026-12-23 09:00": "Overdue since today at 9am",
		"2026-12-21 17:00": "Overdue by 2 working days",
		"2026-12-18 17:00": "Overdue by 3 working days",
	} {
		if got := c.Due(london(t, c.Calendar, moment)); got != want {
			t.Errorf("%s: got %q, want %q", moment, got, want)
		}
	}
	if got := c.Due(time.Time{}); got != "" || c.Overdue(time.Time{}) {
		t.Errorf("nothing due: got %q", got)
	}
}

func TestAge(t *testing.T) {
	t.Parallel()
	c := at(t, "2026-11-23 10:00")
	for born, want := range map[string]string{"1954-05-04": "72", "1954-11-24": "71", "": "", "unknown": ""} {
		if got := c.Age(born); got != want {
			t.Errorf("%q: got %q, want %q", born, got, want)
		}
	}
}

func TestVisible(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                       "",
		"plain\ntwo lines":       "plain\ntwo lines",
		"windows\r\nline":        "windows\nline",
		"a\x00b\x1b[2J\x7f":      "a␀b␛[2J␡",
		"tab\there":              "tab␉here",
		"\u202Etxt.exe":          "[U+202E]txt.exe",
		"\u2066a\u2069\u200E":    "[U+2066]a[U+2069][U+200E]",
		"zero\u200Bwidth\uFEFF":  "zero[U+200B]width[U+FEFF]",
		"c1 \u0085 \u2028":       "c1 [U+0085] [U+2028]",
		"family 👨\u200d👩\u200d👧": "family 👨\u200d👩\u200d👧",
		"bad \xff\xfe bytes":     "bad \uFFFD bytes",
		"Ŵyn, łódź, اردو":        "Ŵyn, łódź, اردو",
	} {
		if got := Visible(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzVisible(f *testing.F) {
	f.Add("a\x00\u202E")
	f.Fuzz(func(t *testing.T, text string) {
		got := Visible(text)
		if strings.ContainsFunc(got, unseen) {
			t.Errorf("%q: something unseen is left in %q", text, got)
		}
		if Visible(got) != got {
			t.Errorf("%q: shown twice it changes", text)
		}
	})
}

func TestPhone(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{
		"+447700900123": "07700 900123", "+441632960123": "01632 960123", "+3312345678": "+3312345678", "": "", "unknown": "unknown",
	} {
		if got := Phone(number); got != want {
			t.Errorf("%q: got %q, want %q", number, got, want)
		}
	}
}

func TestEveryCodeHasWords(t *testing.T) {
	t.Parallel()
	for _, reason := range conversation.CloseReasons() {
		if got := CloseReason(reason); got == "" || strings.Contains(got, "_") {
			t.Errorf("reason %s: got %q", reason, got)
		}
	}
	for _, action := range conversation.AlertActions() {
		if got := AlertAction(action); got == "" || strings.Contains(got, "_") {
			t.Errorf("action %s has no words of its own", action)
		}
	}
	for _, kind := range append([]casework.TaskKind{
		casework.TaskRing, casework.TaskStruggled, casework.TaskRead, casework.TaskUnsafe, casework.TaskHelper, casework.TaskUnder18,
		casework.TaskRequest, casework.TaskUndeliver, casework.TaskOptedOut, casework.TaskCarrier, casework.TaskWrong, casework.TaskDeceased, casework.TaskOther,
	}, casework.FollowUpTasks()...) {
		if got := Task(kind); got == Plain(string(kind)) {
			t.Errorf("task %s has no words of its own", kind)
		}
	}
	for _, class := range []string{"A", "B", "C", "D", "E", "F", "G", "H", "I", "answer"} {
		if got := AlertClass(class); got == AlertClass("") {
			t.Errorf("class %s has no words of its own", class)
		}
	}
	for _, purpose := range []casework.Purpose{
		casework.PurposeKeep, casework.PurposeTellGP, casework.PurposeTextMe, casework.PurposeEvaluation,
		casework.PurposeGroups,
	} {
		if Purpose(purpose) == Plain(string(purpose)) || PurposeShort(purpose) == "" {
			t.Errorf("purpose %s has no words of its own", purpose)
		}
	}
	for _, reason := range []string{
		casework.ReasonOptedOut, casework.ReasonBlocked, casework.ReasonUndeliverable, casework.ReasonUnsafe,
		casework.ReasonPaused, casework.ReasonExpired, casework.ReasonErased, casework.ReasonNoAddress,
		casework.ReasonWithdrawn, casework.ReasonStale,
	} {
		if got := NotSent(reason); got == lowerFirst(Plain(reason)) {
			t.Errorf("reason %s has no words of its own", reason)
		}
	}
}

// Every reason that a network gives has a sentence, not a code.
func TestEveryRefusalHasWords(t *testing.T) {
	t.Parallel()
	for _, r := range channels.Reactions() {
		own := []channels.Reaction{channels.NoReaction, channels.Stopped, channels.BadNumber, channels.OutOfTime}
		if slices.Contains(own, r) {
			continue // the engine has a reason of its own for these
		}
		if got := NotSent(string(r)); got == lowerFirst(Plain(string(r))) {
			t.Errorf("%s has no words of its own", r)
		}
	}
}

func TestNoWordsOfLevelOrScore(t *testing.T) {
	t.Parallel()
	all := AlertClass("")
	for _, class := range []string{"A", "B", "C", "D", "E", "F", "G", "H", "I", "answer"} {
		all += " " + AlertClass(class)
	}
	for _, rule := range []string{"answer.not_safe", "answer.four_needs", "a.die", "other"} {
		all += " " + Rule(rule)
	}
	for _, level := range []string{"risk level", "high", "severe", "red", "amber", "score", "suicidal"} {
		for _, word := range strings.Fields(strings.ToLower(all)) {
			if word == level {
				t.Errorf("the desk says %q, which is a label (decision 24)", level)
			}
		}
	}
}

func TestSent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		d    *casework.Delivery
		want string
		bad  bool
	}{
		"none":           {nil, "Sent", false},
		"planned":        {&casework.Delivery{State: casework.Planned}, "Waiting to be sent", false},
		"attempting":     {&casework.Delivery{State: casework.Attempting}, "Being sent", false},
		"an answer":      {&casework.Delivery{State: casework.Attempting, Class: casework.ClassAnswer}, "Sent", false},
		"accepted":       {&casework.Delivery{State: casework.Accepted}, "Sent", false},
		"delivered":      {&casework.Delivery{State: casework.Accepted, Carrier: "delivered"}, "Delivered", false},
		"failed later":   {&casework.Delivery{State: casework.Accepted, Carrier: "undelivered"}, "Not delivered", true},
		"rejected":       {&casework.Delivery{State: casework.Rejected, Reason: casework.ReasonBlocked}, "Not sent: the network has stopped texts to this number", true},
		"refused":        {&casework.Delivery{State: casework.Rejected}, "Not sent: the network refused it", true},
		"unknown":        {&casework.Delivery{State: casework.Unknown}, "We do not know whether this arrived", true},
		"suppressed":     {&casework.Delivery{State: casework.Suppressed, Reason: casework.ReasonOptedOut}, "Not sent: the person asked us to stop", true},
		"taken back":     {&casework.Delivery{State: casework.Suppressed, Reason: casework.ReasonWithdrawn}, "Not sent: they took back their permission", true},
		"a new state":    {&casework.Delivery{State: "on_hold"}, "On hold", false},
		"unknown reason": {&casework.Delivery{State: casework.Rejected, Reason: "queue_full"}, "Not sent: queue full", true},
	} {
		if got, bad := Sent(c.d); got != c.want || bad != c.bad {
			t.Errorf("%s: got %q, %v; want %q, %v", name, got, bad, c.want, c.bad)
		}
	}
}

func TestReach(t *testing.T) {
	t.Parallel()
	c := at(t, "2026-11-23 10:00")
	talk := &casework.Conversation{Address: "+447700900123"}
	if why, instead := c.Reach(&casework.ContactPoint{State: casework.ContactActive, Safe: casework.SafeYes}, talk); why != "" || instead != "" {
		t.Errorf("somebody who can be texted: got %q, %q", why, instead)
	}
	for _, p := range []*casework.ContactPoint{
		{State: casework.ContactOptedOut},
		{State: casework.ContactBlocked},
		{State: casework.ContactUndeliverable},
		{State: casework.ContactActive, Safe: casework.SafeNo},
	} {
		if why, instead := c.Reach(p, talk); why == "" || instead == "" {
			t.Errorf("%s, safe %q: got %q, %q; want why and what to do", p.State, p.Safe, why, instead)
		}
	}
}

func TestCatalogue(t *testing.T) {
	t.Parallel()
	shipped, err := flows.Load(library.Files())
	if err != nil {
		t.Fatal(err)
	}
	c := NewCatalogue(shipped)
	for _, fact := range c.Facts() {
		if got := c.Title(fact); got == "" || strings.ContainsAny(got, "{}") {
			t.Errorf("fact %s: got title %q", fact, got)
		}
	}
	if got := c.Need("bereavement"); got != "Losing someone" {
		t.Errorf("got need %q, want the words of its option", got)
	}
	if got := c.Need("digital_skills"); got != "Digital skills" {
		t.Errorf("got need %q, want its code in plain words", got)
	}
	if got := c.Value("postcode", "HX1 2AB"); got != "HX1 2AB" {
		t.Errorf("got value %q, want it as it is", got)
	}
	if got := NewCatalogue(nil).Title("name"); got != "Name to use" {
		t.Errorf("without flows: got %q", got)
	}
	careful := c.Careful(&casework.ContactPoint{Neutral: true, Safe: casework.SafeLimited, SafeTimes: []string{"mornings"}})
	if len(careful) != 2 || !strings.Contains(careful[1], "mornings") {
		t.Errorf("got %q, want that others see texts, and when they are safe", careful)
	}
}

func TestPlainNames(t *testing.T) {
	t.Parallel()
	closed := &casework.Case{State: casework.CaseClosed}
	for _, c := range []struct{ name, got, want string }{
		{"sms", Channel(casework.SMS), "Text message"},
		{"sms in a sentence", By(casework.SMS), "text message"},
		{"whatsapp in a sentence", By(casework.WhatsApp), "WhatsApp"},
		{"another channel", Channel("carrier_pigeon"), "Carrier pigeon"},
		{"welsh", Language("cy"), "Welsh"},
		{"another language", Language("xx"), "xx"},
		{"new", Status(&casework.Case{State: casework.CaseSubmitted}), "New"},
		{"unfinished", Status(&casework.Case{State: casework.CaseStarted}), "Not finished"},
		{"picked up", Status(&casework.Case{State: casework.CaseAssigned}), "Picked up"},
		{"in touch", Status(&casework.Case{State: casework.CaseActive}), "In touch"},
		{"closed", Status(closed), "Closed"},
		{"section of a closed case", Section(closed.Section()), "Closed"},
		{"raised", AlertState(casework.AlertRaised), "Nobody is dealing with it"},
		{"acknowledged", AlertState(casework.AlertAcknowledged), "Being dealt with"},
		{"closed alert", AlertState(casework.AlertClosed), "Closed"},
		{"a rule of an answer", Rule("answer.deadline"), "Something is going to happen soon"},
		{"a rule of words", Rule("A.kill-myself"), AlertClass("A")},
		{"a new rule", Rule("zzz"), AlertClass("")},
		{"nothing", Plain(""), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
	seen := map[string]bool{}
	for _, section := range []string{
		casework.SectionWaiting, casework.SectionReply, casework.SectionTheirs, casework.SectionUnfinished, casework.SectionClosed,
	} {
		if title, empty := Section(section), Nothing(section); seen[title] || seen[empty] || empty == "" {
			t.Errorf("section %s: %q and %q are another's words", section, title, empty)
		} else {
			seen[title], seen[empty] = true, true
		}
	}
}
