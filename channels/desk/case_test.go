package desk

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// mine is a case that Amy has picked up.
func mine(t testing.TB) *seed {
	t.Helper()
	s := maureen(t)
	s.c.Worker, s.c.State, s.talk.Holder = amy, casework.CaseActive, amy
	return s
}

func TestCaseShowsTheStory(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := mine(t)
	s.notes = []casework.Note{{ID: "01", By: priya, Text: "Prefers mornings", At: morning}}
	path := "/case/" + wd.keep(s).c.Reference
	got := wd.signedIn("amy").get(path)
	want(t, got, http.StatusOK,
		"<bdi>Maureen</bdi>", ", 72", "Call <bdi>07700 900123</bdi>", `href="tel:&#43;447700900123"`, "Large print",
		"keep and share with link worker <strong>yes</strong>", "id like to get out on a thursday again",
		"Wants to change first", "Feeling lonely, Losing someone", "no its my own phone", "Not kept: it came before permission was given",
		"is there a bus to it", "New since this was last opened", "Prefers mornings", "Priya Shah", "You hold this conversation",
		"Send to <bdi>Maureen</bdi>",
	)
	page := got.Body.String()
	if words, answers := strings.Index(page, "<blockquote"), strings.Index(page, "What they told us"); words > answers {
		t.Error("the person's own words do not come first")
	}
	if !slices.Contains(wd.engine.acts, "read amy case-maureen") {
		t.Errorf("opening a case left no trace: %v", wd.engine.acts)
	}
	ref := strings.ToLower(s.c.Reference)
	want(t, wd.signedIn("amy").get("/case/"+ref[:3]+"-"+ref[3:]), http.StatusOK, "<bdi>Maureen</bdi>") // as it is read out
}

func TestAnotherTeamsRecordsDoNotExist(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := joan(t)
	s.tasks = []casework.Task{{ID: "task-joan", Kind: casework.TaskRing, DueAt: morning, CreatedAt: morning}}
	ref := wd.keep(s).c.Reference
	b := wd.signedIn("olu")
	never := b.get("/case/" + reference(t, "NEVER"[:4]+"2"))
	want(t, never, http.StatusNotFound, "Page not found")
	form := url.Values{"text": {"hello"}, "note": {"hello"}, "reason": {"moved"}, "action": {"rang"}, "do": {"without"}}
	for _, path := range []string{
		"/case/" + ref, "/case/" + ref + "/close", "/alert/alert-joan", "/task/task-joan",
		"/case/x", "/case/" + strings.Repeat("a", 300), "/alert/none", "/nowhere",
	} {
		got := b.get(path)
		if got.Code != http.StatusNotFound || got.Body.String() != never.Body.String() {
			t.Errorf("GET %s: got %d with another page than for what never was", path, got.Code)
		}
	}
	wd.engine.fail = fmt.Errorf("act: %w", casework.ErrNotFound) // as the engine answers for another team
	for _, path := range []string{
		"/case/" + ref + "/pick-up", "/case/" + ref + "/reply", "/case/" + ref + "/note", "/case/" + ref + "/give-back",
		"/case/" + ref + "/close", "/alert/alert-joan/take", "/alert/alert-joan/close", "/task/task-joan/finish",
	} {
		if got := b.post(path, form); got.Code != http.StatusNotFound {
			t.Errorf("POST %s: got %d, want 404", path, got.Code)
		}
	}
	if did := wd.engine.did(); len(did) != 0 {
		t.Errorf("acted on another team's records: %v", did)
	}
}

// hostile are texts that must stay words (B28 to B31).
func hostile() []string {
	return []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `{{7*7}}`, `${jndi:ldap://x}`, `%s%n`, `'; DROP TABLE cases`,
		`=HYPERLINK("http://evil.example")`, `javascript:alert(1)`, `https://evil.example/a?b=c`, `</textarea><script>alert(2)</script>`,
		"line\nbreak", "carriage\r\x1b[2J", "nul\x00 bell\x07", "\u202Egnp.exe\u202C", "\u2066left\u2069", "a\u200Bb\uFEFF",
		"Z\u0351\u0352\u0353\u0354\u0355a\u0351\u0352\u0353", "\xff\xfe bad bytes", "&lt;already&gt; &amp; more", strings.Repeat("x", 1600),
		"مرحبا abc שלום", "👍🏽 👨‍👩‍👧",
	}
}

func TestHostileTextsAreInert(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := mine(t)
	s.alert = joan(t).alert
	s.alert.ID, s.said = "alert-x", strings.Join(hostile(), " ")
	s.messages, s.c.WhatMatters = nil, nil
	for i, text := range hostile() {
		s.messages = append(s.messages, casework.Message{
			ID: fmt.Sprintf("%03d", i), Way: casework.In, By: casework.ByPerson, At: morning, Text: casework.Private(text),
		})
		s.c.WhatMatters = append(s.c.WhatMatters, casework.Statement{Words: casework.Private(text), At: morning})
		s.c.Answers[fmt.Sprint("fact", i)] = casework.Answer{Values: []string{text}, Words: casework.Private(text + "!")}
		s.notes = append(s.notes, casework.Note{ID: fmt.Sprintf("%03d", i), By: amy, Text: casework.Private(text), At: morning})
	}
	s.person.PreferredName = `<img src=x onerror=alert(1)>` + "\u202E"
	s.tasks = []casework.Task{{ID: "task-x", Kind: casework.TaskRead, Words: casework.Private(s.said), Address: `javascript:alert(1)`, DueAt: morning, CreatedAt: morning}}
	path := "/case/" + wd.keep(s).c.Reference
	b := wd.signedIn("amy")
	for _, page := range []string{path, path + "/close", "/queue", "/queue?section=reply", "/alert/alert-x", "/task/task-x"} {
		body := b.get(page).Body.String()
		for _, live := range []string{
			"<script>alert", "<img src=x", "49", "javascript:alert(1)\"", "href=\"http", "\x1b", "\x00", "\x07", "\u202E", "\u2066", "\u200B", "\uFEFF", "\xff",
		} {
			if live == "49" {
				continue // a number may stand anywhere
			}
			if strings.Contains(body, live) {
				t.Errorf("%s holds %q as it was written", page, live)
			}
		}
	}
	want(t, b.get(path), http.StatusOK, "&lt;script&gt;alert(1)&lt;/script&gt;", "{{7*7}}", "[U&#43;202E]", "\u241b[2J", "👨‍👩‍👧", "Z\u0351", "https://evil.example/a?b=c")
	form := url.Values{"text": {`</textarea><script>alert(2)</script>`}, "do": {"count"}, "token": {`"><script>`}}
	if body := b.post(path+"/reply", form).Body.String(); strings.Contains(body, "<script>alert(2)") || strings.Contains(body, `"><script>`) {
		t.Error("what was typed comes back alive")
	}
}

func TestPickUp(t *testing.T) {
	t.Parallel()
	date := func(day, month, year, hour string) url.Values {
		return url.Values{"do": {"with"}, "day": {day}, "month": {month}, "year": {year}, "hour": {hour}}
	}
	meets := func(day int, at string) *conversation.Meeting {
		return &conversation.Meeting{On: calendar.Date{Year: 2026, Month: time.November, Day: day}, At: at}
	}
	for name, c := range map[string]struct {
		form url.Values
		want *conversation.Meeting
		say  string
	}{
		"with a date":       {date("26", "11", "2026", "14:30"), meets(26, "14:30"), ""},
		"as people write":   {date(" 26 ", "11", "26", "2.30 pm"), meets(26, "14:30"), ""},
		"whole hour":        {date("26", "11", "2026", "2PM"), meets(26, "14:00"), ""},
		"later today":       {date("23", "11", "2026", "10:30"), meets(23, "10:30"), ""},
		"without":           {url.Values{"do": {"without"}}, &conversation.Meeting{}, ""},
		"nothing filled in": {date("", "", "", ""), nil, "Write the day you will ring"},
		"no such day":       {date("31", "2", "2027", "14:30"), nil, "Write a real date"},
		"no number":         {date("x", "11", "2026", "14:30"), nil, "Write a real date"},
		"a day gone by":     {date("20", "11", "2026", "14:30"), nil, "That day has passed"},
		"an hour gone by":   {date("23", "11", "2026", "9:00"), nil, "That time has passed"},
		"too far":           {date("26", "11", "2027", "14:30"), nil, "more than three months away"},
		"no time":           {date("26", "11", "2026", ""), nil, "Write the time you will ring"},
		"no such time":      {date("26", "11", "2026", "25:00"), nil, "Write the time you will ring"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			path := "/case/" + wd.keep(maureen(t)).c.Reference
			got := wd.signedIn("amy").post(path+"/pick-up", c.form)
			if c.want == nil {
				want(t, got, http.StatusUnprocessableEntity, c.say, "Error: Maureen", `value="`+strings.TrimSpace(c.form.Get("day"))+`"`)
				if len(wd.engine.did()) != 0 {
					t.Errorf("acted all the same: %v", wd.engine.did())
				}
				return
			}
			want(t, got, http.StatusSeeOther)
			if diff := cmp.Diff([]conversation.Meeting{*c.want}, wd.engine.meets); diff != "" {
				t.Errorf("meetings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPickUpSaysWhatIsSent(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(maureen(t)).c.Reference
	stopped := named(t, "Ahmed", "AHM67")
	stopped.point.State = casework.ContactOptedOut
	other := "/case/" + wd.keep(stopped).c.Reference
	b := wd.signedIn("amy")
	want(t, b.get(path), http.StatusOK, "They get this text:", "I am Amy Reid from Riverside Link", "[date] at [time]")
	want(t, b.get(other), http.StatusOK, "No text is sent: This person has asked us to stop texting.")
	shared := named(t, "Bronwen", "BRN78")
	shared.point.Neutral, shared.point.Safe, shared.point.SafeTimes = true, casework.SafeLimited, []string{"evenings"}
	seen := "/case/" + wd.keep(shared).c.Reference
	want(t, b.get(seen), http.StatusOK, "They get this text:", "<bdi>Hello, this is Amy Reid. I will ring you on [date] at [time].")
	for at, say := range map[string]string{path: "We have sent a text", other: "No text was sent", seen: "leaves at a time that is safe"} {
		got := b.post(at+"/pick-up", url.Values{"do": {"without"}})
		want(t, b.get(got.Header().Get("Location")), http.StatusOK, say)
	}
}

func TestReplyIsRefusedBeforeTyping(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*seed)
		say    string
	}{
		"opted out":       {func(s *seed) { s.point.State = casework.ContactOptedOut }, "asked us to stop texting"},
		"blocked":         {func(s *seed) { s.point.State = casework.ContactBlocked }, "network has stopped texts"},
		"undeliverable":   {func(s *seed) { s.point.State = casework.ContactUndeliverable }, "cannot be reached by text"},
		"unsafe":          {func(s *seed) { s.point.Safe = casework.SafeNo }, "not safe to text this number"},
		"paused":          {func(s *seed) { s.talk.Pause = "2026-12-01" }, "no texts before Tuesday 1 December"},
		"no number":       {func(s *seed) { s.talk.Address = "" }, "no number to text"},
		"nobody's":        {func(s *seed) { s.c.Worker = "" }, "Nobody has picked this up yet"},
		"a colleague's":   {func(s *seed) { s.c.Worker = priya }, "Priya Shah has this case"},
		"a closed case":   {func(s *seed) { s.c.State = casework.CaseClosed }, "This case is closed"},
		"a pause gone by": {func(s *seed) { s.talk.Pause = "2026-11-23" }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			s := mine(t)
			c.change(s)
			path := "/case/" + wd.keep(s).c.Reference
			b := wd.signedIn("amy")
			if c.say == "" {
				want(t, b.get(path), http.StatusOK, `action="`+path+`/reply"`)
				return
			}
			page := b.get(path)
			want(t, page, http.StatusOK, c.say)
			if strings.Contains(page.Body.String(), `action="`+path+`/reply"`) {
				t.Error("a reply is offered")
			}
			got := b.post(path+"/reply", url.Values{"text": {"See you at ten"}, "token": {"a"}})
			want(t, got, http.StatusConflict, "Nothing was sent", c.say, "See you at ten")
			if len(wd.engine.wrote) != 0 {
				t.Error("a reply went to the engine")
			}
		})
	}
}

func TestWhatIsTypedIsKept(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fail   error
		status int
	}{
		"somebody was quicker": {casework.ErrConflict, http.StatusConflict},
		"a colleague has it":   {casework.ErrClaimed, http.StatusConflict},
		"not possible now":     {casework.ErrNotAllowed, http.StatusConflict},
		"cannot be texted":     {conversation.ErrCannotText, http.StatusConflict},
		"too long":             {conversation.ErrTooLong, http.StatusUnprocessableEntity},
		"nothing written":      {conversation.ErrEmpty, http.StatusUnprocessableEntity},
		"the store is broken":  {errors.New("disk on fire"), http.StatusInternalServerError},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			path := "/case/" + wd.keep(mine(t)).c.Reference
			b := wd.signedIn("amy")
			wd.engine.fail = fmt.Errorf("act: %w", c.fail)
			got := b.post(path+"/reply", url.Values{"text": {"See you at ten"}, "token": {"same-token"}})
			want(t, got, c.status, ">See you at ten</textarea>", "There is a problem", `value="same-token"`)
			got = b.post(path+"/note", url.Values{"note": {"Prefers mornings"}, "token": {"same-token"}})
			want(t, got, c.status, ">Prefers mornings</textarea>", "There is a problem", `value="same-token"`)
			got = b.post(path+"/close", url.Values{"note": {"Gone to Leeds"}, "reason": {"moved"}})
			want(t, got, c.status, ">Gone to Leeds</textarea>", `value="moved" checked`)
			if strings.Contains(got.Body.String(), "disk on fire") {
				t.Error("the page shows the cause")
			}
		})
	}
}

func TestADoubleClickSendsOnce(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(mine(t)).c.Reference
	b := wd.signedIn("amy")
	for _, form := range []url.Values{
		{"text": {"See you at ten"}, "token": {"one"}},
		{"text": {"See you at ten"}, "token": {"one"}},
		{"text": {"See you at ten"}, "token": {"two"}},
	} {
		want(t, b.post(path+"/reply", form), http.StatusSeeOther)
	}
	if n := len(wd.engine.wrote); n != 2 {
		t.Errorf("got %d texts of two forms, want 2", n)
	}
	for _, w := range wd.engine.wrote {
		if len(w.Once) != 32 {
			t.Errorf("got once %q, want a digest", w.Once)
		}
	}
}

func TestCountingAReply(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(mine(t)).c.Reference
	b := wd.signedIn("amy")
	for text, say := range map[string]string{
		"":                        "Nothing written yet.",
		"Hello":                   "5 characters, 1 text.",
		"It\u2019s on \u2013 ten": "13 characters, 1 text.",
		strings.Repeat("a", 161):  "161 characters, 2 texts.",
		"See you ŷ":               "9 characters, 1 text. “ŷ” makes each text shorter.",
	} {
		want(t, b.post("/count", url.Values{"text": {text}}), http.StatusOK, say)
		got := b.post(path+"/reply", url.Values{"text": {text}, "do": {"count"}})
		want(t, got, http.StatusOK, say)
	}
	if len(wd.engine.wrote) != 0 {
		t.Error("counting sent a text")
	}
}

func TestClosing(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := mine(t)
	s.alert, s.said = joan(t).alert, "no"
	path := "/case/" + wd.keep(s).c.Reference
	b := wd.signedIn("amy")
	want(t, b.get(path+"/close"), http.StatusOK, "Goals met", "There is an open alert", "Nothing is sent to the person")
	want(t, b.post(path+"/close", url.Values{"note": {"so far"}}), http.StatusUnprocessableEntity, "Choose why the case is closed", ">so far</textarea>")
	want(t, b.post(path+"/close", url.Values{"reason": {"<b>"}}), http.StatusUnprocessableEntity)
	want(t, b.post(path+"/close", url.Values{"reason": {"moved"}, "note": {"to Leeds"}}), http.StatusSeeOther)
	if diff := cmp.Diff([]string{"close amy case-maureen moved to Leeds"}, wd.engine.did()); diff != "" {
		t.Errorf("acts (-want +got):\n%s", diff)
	}
}

func TestGiveBackAndHolders(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		holder casework.UserID
		say    string
		offer  bool
	}{
		"the service": {"", "The service answers texts by itself.", false},
		"me":          {amy, "You hold this conversation.", true},
		"a colleague": {priya, "Priya Shah holds this conversation.", false},
		"the team":    {casework.HeldByTeam, "Texts wait for whoever picks this up.", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			s := mine(t)
			s.talk.Holder = c.holder
			path := "/case/" + wd.keep(s).c.Reference
			b := wd.signedIn("amy")
			page := b.get(path)
			want(t, page, http.StatusOK, c.say)
			if got := strings.Contains(page.Body.String(), "/give-back"); got != c.offer {
				t.Errorf("got give back offered %v, want %v", got, c.offer)
			}
			want(t, b.post(path+"/give-back", url.Values{}), http.StatusSeeOther)
		})
	}
}

func TestALongConversationHasPages(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := mine(t)
	s.messages = nil
	for i := range messagesShown + 10 {
		s.messages = append(s.messages, casework.Message{
			ID: fmt.Sprintf("%03d", i), Way: casework.In, By: casework.ByPerson, At: morning.Add(time.Duration(i-100) * time.Minute),
			Text: casework.Private(fmt.Sprintf("text number %03d", i)),
		})
	}
	path := "/case/" + wd.keep(s).c.Reference
	b := wd.signedIn("amy")
	page := b.get(path).Body.String()
	if strings.Contains(page, "text number 009") || !strings.Contains(page, "text number 010") || !strings.Contains(page, "text number 049") {
		t.Error("want the newest messages alone")
	}
	_, rest, ok := strings.Cut(page, `<a href="`+path+`?before=`)
	before, _, _ := strings.Cut(rest, "#")
	if !ok {
		t.Fatal("there is no way to the earlier messages")
	}
	want(t, b.get(path+"?before="+before), http.StatusOK, "text number 000", "text number 009")
}

func TestAnErasedPersonIsSaid(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := mine(t)
	wd.keep(s)
	wd.put(func(tx casework.Tx) error { return tx.Shred("key-case-maureen") })
	got := wd.signedIn("amy").get("/case/" + s.c.Reference)
	want(t, got, http.StatusNotFound, "it has been deleted")
}

func TestANumberIsLinkedWhereverItStands(t *testing.T) {
	t.Parallel()
	tests := []struct{ number, show, link string }{
		{"+447700900123", "07700 900123", "tel:+447700900123"},
		{"01632 960111 mornings", "01632 960111 mornings", "tel:+441632960111"},
		{"ring 07700 900 222, after 10", "ring 07700 900 222, after 10", "tel:+447700900222"},
		{"+44 (0)7700 900222", "+44 (0)7700 900222", "tel:+447700900222"},
		{"07700900222 or 01632 960111", "07700900222 or 01632 960111", ""},
		{"this one, after 10", "this one, after 10", ""},
		{"9434765919 1234", "9434765919 1234", ""},
	}
	for _, test := range tests {
		show, link := ringable(test.number)
		if show != test.show || string(link) != test.link {
			t.Errorf("%q: got %q and %q, want %q and %q", test.number, show, link, test.show, test.link)
		}
	}
}
