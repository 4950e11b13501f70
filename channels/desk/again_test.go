package desk

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"linkline/conversation"
	"linkline/conversation/casework"
)

func TestNoAnswerTextHerTryTomorrow(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(along(t)).c.Reference
	b := wd.signedIn("amy")
	got := b.post(path+"/contact", url.Values{"way": {"phone"}, "how": {"no_answer"}, "token": {"one"}}) // the first tap
	want(t, got, http.StatusSeeOther)
	page := b.get(got.Header().Get("Location"))
	text := "Hello Maureen, this is Amy Reid from Riverside Link. I rang you today and will try again. You can text back if another time is better."
	want(t, page, http.StatusOK, "The call is noted", `value="morning" checked`, "Tomorrow at 10am", text)
	form := url.Values{"when": {"morning"}, "do": {"text"}, "text": {text}, "token": {formToken(t, page.Body.String())}}
	for range 2 { // the second tap, twice
		want(t, b.post(path+"/again", form), http.StatusSeeOther)
	}
	if len(wd.engine.wrote) != 1 || wd.engine.wrote[0].Text.Reveal() != text {
		t.Errorf("got texts %v, want one", wd.engine.wrote)
	}
	if did := wd.engine.did(); did[0] != "contact amy case-maureen phone false " || did[2] != "ring-again amy case-maureen 2026-11-24T10:00" {
		t.Errorf("got acts %q", did)
	}
	want(t, b.post(path+"/again", url.Values{"when": {"no"}, "do": {"text"}, "text": {" "}}), http.StatusUnprocessableEntity, "Write the text, or choose to send none")
	wd.engine.fail = conversation.ErrCannotText
	want(t, b.post(path+"/again", form), http.StatusConflict, "This number cannot be texted", text)
}

func TestTheTextAfterACallNamesNobodyWhereOthersSee(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := along(t)
	s.point.Neutral = true
	page := wd.signedIn("amy").get("/case/" + wd.keep(s).c.Reference + "/again").Body.String()
	if _, page, _ = strings.Cut(page, `name="text"`); !strings.Contains(page, "Hello. I rang you today") {
		t.Errorf("no plain text is offered:\n%s", inside(page))
	}
	page, _, _ = strings.Cut(page, "</textarea>")
	lacks(t, page, "Maureen", "Amy", "Riverside")
}

func TestFormsSayWhenNoTextLeaves(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	s := along(t)
	s.point.State = casework.ContactOptedOut
	path := "/case/" + wd.keep(s).c.Reference
	b := wd.signedIn("amy")
	want(t, b.get(path), http.StatusOK, "No text will leave: This person has asked us to stop texting")
	for _, form := range []string{"appointment", "appointment/together/move", "appointment/together/call-off", "referral", "signpost", "ending"} {
		want(t, b.get(path+"/"+form), http.StatusOK, "No text will leave.", "asked us to stop texting")
	}
	want(t, b.get(path+"/again"), http.StatusOK, "You cannot text:")
	for _, name := range []string{"book", "offer", "move", "call off", "refer", "suggest"} {
		f := forms()[name]
		got := b.post(path+"/"+f.path, f.form)
		want(t, got, http.StatusSeeOther)
		page := b.get(strings.Split(got.Header().Get("Location"), "#")[0])
		want(t, page, http.StatusOK, "No text was sent, because this person cannot be texted now")
		lacks(t, page.Body.String(), "told by text", "chooses by text", "asked by text")
	}
}
