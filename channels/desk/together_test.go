package desk

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestTwoWorkersAndOneCourse is two browsers on one case: nothing is lost and
// nothing done twice, whoever is faster.
func TestTwoWorkersAndOneCourse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	path := "/case/" + h.refer()
	first, second := h.signedIn("amy"), h.signedIn("priya")
	want(t, first.post(path+"/pick-up", url.Values{"do": {"without"}}), http.StatusSeeOther)
	plan := url.Values{"version": {"0"}, "goal1": {"Sing on a Thursday"}, "token": {"a"}}
	for range 2 { // a double click
		want(t, first.post(path+"/plan", plan), http.StatusSeeOther)
	}
	want(t, first.get(path), http.StatusOK, "Version 1", "Not agreed yet", "The plan read back: is it right?")
	stale := url.Values{"version": {"0"}, "goal1": {"Garden on a Friday"}, "token": {"b"}}
	want(t, first.post(path+"/plan", stale), http.StatusConflict, "Version 1 is new", "Sing on a Thursday", ">Garden on a Friday</textarea>")

	booking := url.Values{"type": {"assessment"}, "day1": {"26"}, "month1": {"11"}, "hour1": {"2pm"}, "place": {"Mill Lane"}, "token": {"c"}}
	want(t, second.post(path+"/appointment", booking), http.StatusConflict, "Amy Reid has this case", ">Mill Lane</textarea>")
	want(t, second.post(path+"/take-over", url.Values{"reason": {"colleague_away"}, "token": {"d"}}), http.StatusSeeOther)
	for range 2 {
		want(t, second.post(path+"/appointment", booking), http.StatusSeeOther)
	}
	want(t, first.post(path+"/plan", url.Values{"version": {"1"}, "goal1": {"Garden"}}), http.StatusConflict, "Priya Shah has this case", ">Garden</textarea>")
	h.deliver()
	page := second.get(path)
	want(t, page, http.StatusOK, "Link worker: <bdi>Priya Shah</bdi>", "Thursday 26 November at 2pm")
	if n := strings.Count(page.Body.String(), "/call-off"); n != 1 {
		t.Errorf("got %d appointments of a form sent twice, want one", n)
	}
	if n := h.told("That is booked. Priya Shah will see you"); n != 1 {
		t.Errorf("she was told %d times, want once", n)
	}
}

// TestAPlanSurvivesTheEndOfASession is a worker who wrote for an hour.
func TestAPlanSurvivesTheEndOfASession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	path := "/case/" + h.refer()
	b := h.signedIn("amy")
	want(t, b.post(path+"/pick-up", url.Values{"do": {"without"}}), http.StatusSeeOther)
	h.wait(time.Hour)
	plan := url.Values{"version": {"0"}, "goal1": {"Sing on a Thursday"}, "why1": {"Joy"}, "token": {"a"}}
	got := b.post(path+"/plan", plan)
	want(t, got, http.StatusUnauthorized, sayKept)
	kept := hidden(t, got.Body.String())
	kept.Set("login", "amy")
	kept.Set("password", password)
	got = b.post("/sign-in", kept)
	want(t, got, http.StatusOK, "Send what you wrote?", "Goal 1", "Sing on a Thursday")
	want(t, b.post(path+"/plan", hidden(t, got.Body.String())), http.StatusSeeOther)
	want(t, b.get(path), http.StatusOK, "Sing on a Thursday", "Why: <bdi>Joy</bdi>")
}
