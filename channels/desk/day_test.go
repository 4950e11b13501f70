package desk

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"linkline/conversation/casework"
	"linkline/scheduler"
)

// joansPhone is the second person's in the day of a link worker.
const joansPhone casework.Private = "+447700900124"

// at moves the clock to a moment of a day, and lets happen all that was planned
// for the time between.
func (h *house) at(day time.Time, clock string) {
	h.t.Helper()
	hour, err := time.Parse("15:04", clock)
	if err != nil {
		h.t.Fatal(err)
	}
	until := time.Date(day.Year(), day.Month(), day.Day(), hour.Hour(), hour.Minute(), 0, 0, time.UTC)
	runner := &scheduler.Runner{Store: h.store, Waker: h.real, Now: h.clock, Log: slog.New(slog.NewTextHandler(h.log, nil))}
	const step = 5 * time.Minute
	for h.clock().Before(until) {
		h.wait(min(step, until.Sub(h.clock())))
		if _, err := runner.RunDue(context.Background()); err != nil {
			h.t.Fatal(err)
		}
		h.deliver()
	}
}

// caseNamed is the reference of the case of somebody with a name.
func (h *house) caseNamed(name string) string {
	h.t.Helper()
	var found string
	err := h.store.View(context.Background(), h.team.ID, func(tx casework.Tx) error {
		cases, _, err := casework.Cases.Range(tx, casework.Span{})
		for _, c := range cases {
			p, err := casework.People.Find(tx, string(c.Person))
			if err == nil && p != nil && p.PreferredName == casework.Private(name) {
				found = c.Reference
			}
		}
		return err
	})
	if err != nil || found == "" {
		h.t.Fatalf("no case of %s: %v", name, err)
	}
	return found
}

// told fails the test unless a text that went out holds some words, and returns
// how many did.
func (h *house) told(words string) int {
	h.t.Helper()
	n := 0
	for _, text := range h.outbox() {
		if strings.Contains(text, words) {
			n++
		}
	}
	if n == 0 {
		h.t.Errorf("nobody was texted %q; the texts are:\n%s", words, strings.Join(h.outbox(), "\n---\n"))
	}
	return n
}

// TestTheDayOfALinkWorker is a day as link workers tell of it, from 09:15 to
// 16:30, in a browser that runs no script, on a phone.
func TestTheDayOfALinkWorker(t *testing.T) {
	t.Parallel()
	ctx := chromium(t)
	h := newHouse(t)
	monday, tuesday := morning, morning.AddDate(0, 0, 1)
	maureens := "/case/" + h.refer()
	h.from(joansPhone, "HELLO", "1", "1", "2", "1", "1", "Joan", "the letters about my debt", "1", "3", "1")
	joans := "/case/" + h.caseNamed("Joan")
	h.theDayBefore(maureens, joans)
	h.at(monday, "16:00")
	h.at(tuesday, "09:10")

	b := openTab(ctx, t, h.world)
	b.size(320)
	b.scripts(false)
	b.signIn("amy")

	// 09:15: the first talk. What it is and where stands in the calendar.
	b.press(`a[href="/calendar"]`)
	b.holds("9:15am to 10am", "First talk", "Maureen", "At Practice 1")
	h.at(tuesday, "10:00")
	b.signIn("amy")
	b.open(maureens)
	b.press(`button[name=came][value=yes]`)
	b.holds("You have noted that they came", "1 contact so far")
	b.open(maureens + "/appointment") // they meet again next week, to make a plan
	b.when("1", "1", "12", "9:15am")
	b.fill("#place", "Practice 1")
	b.press("main form button")
	b.holds("The appointment is booked", "Plan meeting", "Tuesday 1 December at 9:15am")

	// 10:00: she tells that she did not go to Citizens Advice: she was too nervous.
	b.open(joans)
	b.press(`button[name=came][value=no]`)
	b.holds("You have noted that they did not go", "Did not come")
	b.press(`a[href*="type=accompany"]`)
	b.when("1", "27", "11", "11:00")
	b.fill("#place", "Citizens Advice")
	b.fill("#meet", "the front door")
	b.press("main form button")
	b.holds("Visit to a service, together", "You meet at the front door", "For Citizens Advice")

	h.deliver()
	h.told("Amy Reid will meet you")

	// 13:00 to 15:15: out and about; a call between two visits.
	h.at(tuesday, "13:30")
	b.signIn("amy")
	b.open(maureens)
	b.press(`button[name=how][value=no_answer]`)
	b.press(`button[value=text]`)
	b.holds("Your text is on its way", "I rang you today")
	b.open(joans + "/unmet")
	b.do("choose a reason", chromedp.Click(chromedp.CSS("#reason-too_far")))
	b.do("choose a need", chromedp.SendKeys(chromedp.CSS("#need"), "Feeling lonely"))
	b.press("main form button")
	b.holds("nothing suitable was found", "It is too far away")

	// 16:30: the notes, the tasks, and tomorrow's diary.
	h.at(tuesday, "16:30")
	b.signIn("amy")
	b.open(joans)
	b.fill("#note", "Nervous about the waiting room. We go in together.")
	b.press(".notes button")
	b.holds("Your note is saved")
	for range 5 {
		b.open("/queue")
		if !b.has(`.tasks a[href^="/task/"]`) {
			break
		}
		b.press(`.tasks a[href^="/task/"]`)
		b.fill("#note", "Seen to")
		b.press(`form[action$="/finish"] button`)
	}
	b.open("/calendar")
	b.holds("Friday 27 November", "11am to 11:30am", "You meet at the front door")
	lacks(t, b.text("main"), "Nobody has said yet")
}

// theDayBefore is what had been agreed: a first talk, and a visit to Citizens
// Advice for somebody who is known already.
func (h *house) theDayBefore(maureens, joans string) {
	h.t.Helper()
	b := h.signedIn("amy")
	for _, path := range []string{maureens, joans} {
		want(h.t.(*testing.T), b.post(path+"/pick-up", url.Values{"do": {"without"}}), http.StatusSeeOther)
	}
	h.deliver()
	refer := url.Values{"org": {"Citizens Advice"}, "need": {"loneliness"}, "token": {"a"}}
	want(h.t.(*testing.T), b.post(joans+"/referral", refer), http.StatusSeeOther)
	h.deliver()
	h.from(joansPhone, "1") // yes, you may send my name
	page := b.get(joans + "/appointment?type=onward").Body.String()
	_, rest, _ := strings.Cut(page, `<select id="onward"`)
	_, rest, _ = strings.Cut(rest, `<option value="">None</option>`)
	_, rest, _ = strings.Cut(rest, `value="`)
	onward, _, _ := strings.Cut(rest, `"`)
	for i, form := range []url.Values{
		{"type": {"onward"}, "day1": {"23"}, "month1": {"11"}, "hour1": {"2pm"}, "place": {"Citizens Advice"}, "onward": {onward}},
		{"type": {"assessment"}, "day1": {"24"}, "month1": {"11"}, "hour1": {"9:15am"}, "place": {"Practice 1"}},
	} {
		form.Set("token", fmt.Sprint("book", i))
		want(h.t.(*testing.T), b.post([]string{joans, maureens}[i]+"/appointment", form), http.StatusSeeOther)
	}
	h.deliver()
	want(h.t.(*testing.T), b.get(joans), http.StatusOK, "Permission given, sent")
}

// when fills in the boxes of one moment.
func (b *tab) when(n, day, month, hour string) {
	b.t.Helper()
	b.fill("#day"+n, day)
	b.fill("#month"+n, month)
	b.fill("#hour"+n, hour)
}

// holds fails the test unless the page holds every text.
func (b *tab) holds(texts ...string) {
	b.t.Helper()
	page := strings.Join(strings.Fields(b.text("main")), " ")
	for _, text := range texts {
		if !strings.Contains(page, text) {
			b.t.Fatalf("the page lacks %q:\n%s", text, page)
		}
	}
}

// has reports whether the page has an element.
func (b *tab) has(selector string) bool {
	b.t.Helper()
	return evaluate[bool](b, fmt.Sprintf("!!document.querySelector(%q)", selector))
}
