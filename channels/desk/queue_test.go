package desk

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
)

func TestQueueShowsWhoWaits(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.keep(maureen(t))
	wd.keep(joan(t))
	got := wd.signedIn("amy").get("/queue")
	want(t, got, http.StatusOK,
		"Maureen", "Waiting for us <span class=\"count\">2</span>", "Needs reply <span class=\"count\">0</span>",
		"Feeling lonely, Losing someone", "Large print", "Nobody yet", "1 new text", "Due Friday 27 November, in 4 working days",
		"cant see the point of going on anymore", "Nobody is dealing with it", "Words that can mean giving up",
	)
	page := got.Body.String()
	if alert, row := strings.Index(page, "cant see the point"), strings.Index(page, "<table"); alert > row {
		t.Error("what cannot wait stands below the rows")
	}
	if first, second := strings.LastIndex(page, ">Joan<"), strings.LastIndex(page, ">Maureen<"); first > second {
		t.Error("who cannot wait stands after who can")
	}
}

// What must be seen first stands first, however late it came, and what somebody
// deals with stands below what nobody does.
func TestQueueOrdersAlertsByWhenTheyAreDue(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	for name, alert := range map[string]casework.Alert{
		"Older": {ID: "a1", Class: "A", RaisedAt: morning.Add(-9 * time.Minute), DueAt: morning.Add(51 * time.Minute)},
		"Later": {ID: "a2", Class: "E", RaisedAt: morning.Add(-time.Minute), DueAt: morning.Add(14 * time.Minute)},
		"Taken": {ID: "a0", Class: "B", RaisedAt: morning.Add(-10 * time.Minute), DueAt: morning.Add(5 * time.Minute), TakenAt: morning, TakenBy: priya},
	} {
		s := named(t, name, strings.ToUpper(strings.NewReplacer("l", "K", "o", "P").Replace(strings.ToLower(name[:3])))+"22")
		alert.State = casework.AlertRaised
		if alert.TakenBy != "" {
			alert.State = casework.AlertAcknowledged
		}
		s.alert, s.said = &alert, "words of "+name
		wd.keep(s)
	}
	page := wd.signedIn("amy").get("/queue").Body.String()
	later, older, taken := strings.Index(page, "words of Later"), strings.Index(page, "words of Older"), strings.Index(page, "words of Taken")
	if later < 0 || later > older || older > taken {
		t.Errorf("the alerts stand at %d, %d and %d, want them in that order", later, older, taken)
	}
}

func TestQueueSections(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	for name, change := range map[string]func(*casework.Case){
		"Waits":   func(c *casework.Case) { c.State = casework.CaseWorkable },
		"Writes":  func(c *casework.Case) { c.State, c.Worker = casework.CaseActive, amy },
		"Silent":  func(c *casework.Case) { c.State, c.Worker, c.NeedsReply = casework.CaseActive, amy, false },
		"Stopped": func(c *casework.Case) { c.State, c.NeedsReply, c.Unread = casework.CaseStarted, false, 0 },
		"Ended":   func(c *casework.Case) { c.State, c.Close, c.ClosedAt = casework.CaseClosed, "moved", morning },
	} {
		s := named(t, name, strings.ToUpper(strings.NewReplacer("i", "J", "l", "K", "o", "P").Replace(name[:3]))+"22")
		change(&s.c)
		wd.keep(s)
	}
	b := wd.signedIn("amy")
	for section, who := range map[string]string{
		"waiting": "Waits", "reply": "Writes", "theirs": "Silent", "unfinished": "Stopped", "closed": "Ended", "nonsense": "Waits",
	} {
		page := b.get("/queue?section=" + section).Body.String()
		if got := names(page); !cmp.Equal(got, []string{who}) {
			t.Errorf("%s: got %v, want %s", section, got, who)
		}
	}
}

// names are the people in the rows of a queue, in their order.
func names(page string) []string {
	var out []string
	for _, found := range regexp.MustCompile(`<a href="/case/[A-Z0-9]+"><bdi>([^<]*)</bdi></a>`).FindAllStringSubmatch(page, -1) {
		out = append(out, found[1])
	}
	return out
}

func TestQueuePages(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	var all []string
	for i := range 2*perPage + 3 {
		s := named(t, fmt.Sprintf("Person%02d", i), fmt.Sprintf("PQ%c%c2", "23456789"[i/8], "23456789"[i%8]))
		s.c.DueAt = morning.Add(time.Duration(i) * time.Hour)
		wd.keep(s)
		all = append(all, s.person.PreferredName.Reveal())
	}
	b := wd.signedIn("amy")
	var got []string
	next := regexp.MustCompile(`href="(/queue\?section=waiting&amp;after=[^"]+)"`)
	for path, pages := "/queue", 0; path != ""; pages++ {
		if pages > 5 {
			t.Fatal("the pages do not end")
		}
		page := b.get(path).Body.String()
		got, path = append(got, names(page)...), ""
		if found := next.FindStringSubmatch(page); found != nil {
			path = unescape(found[1])
		}
	}
	if diff := cmp.Diff(all, got); diff != "" {
		t.Errorf("the pages together (-want +got):\n%s", diff)
	}
}

func TestQueueCountsOnlySoFar(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.put(func(tx casework.Tx) error {
		for i := range most + 5 {
			c := &casework.Case{
				ID: casework.CaseID(fmt.Sprint("case-", i)), Team: "riverside", State: casework.CaseSubmitted,
				Reference: fmt.Sprintf("R%05d", i), OpenedAt: morning, DueAt: morning, DataKey: "key-many",
			}
			if err := casework.Cases.Put(tx, c); err != nil {
				return err
			}
		}
		return nil
	})
	want(t, wd.signedIn("amy").get("/queue"), http.StatusOK, "99&#43;", noName)
}

func TestQueueWithForgedCursors(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.keep(maureen(t))
	b := wd.signedIn("amy")
	for _, after := range []string{"nonsense!", "%00", "AAAA", strings.Repeat("A", 4000), "..%2f..", "____"} {
		want(t, b.get("/queue?after="+after), http.StatusOK)
	}
}

func TestAnEmptyQueueSaysSo(t *testing.T) {
	t.Parallel()
	b := newWorld(t).signedIn("amy")
	for _, section := range sections() {
		want(t, b.get("/queue?section="+section), http.StatusOK, nothing(section))
	}
}

func TestNobodyOnDutyStandsOnEveryPage(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.team.Duty = nil
	path := "/case/" + wd.keep(maureen(t)).c.Reference
	b := wd.signedIn("amy")
	for _, page := range []string{"/queue", path, "/password"} {
		want(t, b.get(page), http.StatusOK, "Nobody is on duty")
	}
}

func TestAnotherTeamsQueueIsEmpty(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.keep(maureen(t))
	wd.keep(joan(t))
	page := wd.signedIn("olu").get("/queue").Body.String()
	for _, private := range []string{"Maureen", "Joan", "cant see the point", "07700"} {
		if strings.Contains(page, private) {
			t.Errorf("another team sees %q", private)
		}
	}
}

func TestOldHelplinesStandOnEveryPage(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	want(t, wd.signedIn("amy").get("/queue"), http.StatusOK, "For urgent mental health help: <strong>NHS 111 (choose 2)</strong>")
	wd.wait(366 * 24 * time.Hour)
	want(t, wd.signedIn("amy").get("/queue"), http.StatusOK, "have not been checked for a year")
}
