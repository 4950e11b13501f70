package try

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
)

func TestOnlyAMadeUpTeamHasThePage(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	serious := *wd.team
	serious.Demo = false
	for name, team := range map[string]*conversation.Team{"a real team": &serious, "no team": nil} {
		handler := wd.mount(team)
		for _, path := range []string{"/try", "/try/phone", "/try/queue"} {
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
			if w.Code != http.StatusNotFound {
				t.Errorf("%s, %s: got %d, want 404", name, path, w.Code)
			}
		}
	}
}

func TestAPersonCanBePlayed(t *testing.T) {
	t.Parallel()
	b := newWorld(t).browser()
	page := b.get("/try")
	for _, want := range []string{"made-up team", "nothing leaves this machine", "07700 900100", "07700 900000", "Text HELLO to begin"} {
		if !strings.Contains(page, want) {
			t.Errorf("the first page lacks %q", want)
		}
	}
	b.say("HELLO")
	phone := b.get("/try/phone")
	for _, want := range []string{"HELLO", "Riverside Link"} {
		if !strings.Contains(phone, want) {
			t.Errorf("the phone lacks %q:\n%s", want, phone)
		}
	}
	if strings.Contains(b.get("/try/queue"), "/case/") {
		t.Error("a case stands in the queue before permission was given")
	}
}

// A word that the network answers must not look like a service that is broken.
func TestAWordOfTheNetworkIsExplained(t *testing.T) {
	t.Parallel()
	b := newWorld(t).browser()
	b.say("HELLO")
	b.say("STOP")
	if phone := b.get("/try/phone"); !strings.Contains(phone, "The mobile network answers this word by itself") {
		t.Errorf("the phone does not say why nothing comes back:\n%s", phone)
	}
}

func TestTheQueueShowsWhoWasPlayed(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	b := wd.browser()
	b.refer("Maureen", "id like to get out on a thursday again")
	queue := b.get("/try/queue")
	for _, want := range []string{"Maureen", "id like to get out on a thursday again", `href="/case/`, "Waiting for us"} {
		if !strings.Contains(queue, want) {
			t.Errorf("the queue lacks %q:\n%s\nphone:\n%s", want, queue, b.get("/try/phone"))
		}
	}
}

func TestAWorkersReplyReachesThePhone(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	b := wd.browser()
	b.refer("Maureen", "company")
	by := conversation.Actor{Team: "demo", User: "amy"}
	id := wd.hireAndFind(by)
	if err := wd.engine.PickUp(context.Background(), by, id, conversation.Meeting{}); err != nil {
		t.Fatal(err)
	}
	if err := wd.engine.Answer(context.Background(), by, id, conversation.Writing{Text: "Shall we meet on Thursday?", Once: "a"}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.get("/try/phone"), "Shall we meet on Thursday?") {
		t.Error("the reply is on the phone before it was delivered")
	}
	wd.deliver()
	phone := b.get("/try/phone")
	if strings.Count(phone, "Shall we meet on Thursday?") != 1 || !strings.Contains(phone, "Amy Reid") {
		t.Errorf("want the reply once and who picked up:\n%s", phone)
	}
	if strings.Count(phone, ">Maureen<") != 1 {
		t.Errorf("want each text of the person once:\n%s", phone)
	}
}

// hireAndFind keeps a worker and finds the one case there is.
func (wd *world) hireAndFind(by conversation.Actor) casework.CaseID {
	wd.t.Helper()
	var id casework.CaseID
	err := wd.store.Update(context.Background(), "test", "", func(tx casework.Tx) error {
		user := &casework.User{ID: by.User, Team: by.Team, Login: "amy", Name: "Amy Reid"}
		if err := casework.Users.Put(tx, user); err != nil {
			return err
		}
		cases, _, err := casework.Cases.Range(tx, casework.Span{})
		if err == nil && len(cases) == 1 {
			id = cases[0].ID
		}
		return err
	})
	if err != nil || id == "" {
		wd.t.Fatalf("find the case: %q, %v", id, err)
	}
	return id
}

func TestPhonesAreApart(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	first, second := wd.browser(), wd.browser()
	first.say("HELLO", "my secret")
	if page := second.get("/try"); strings.Contains(page, "my secret") || !strings.Contains(page, "07700 900101") {
		t.Errorf("the second browser got the first one's phone:\n%s", page)
	}
	first.post("/try/new", url.Values{})
	if page := first.get("/try"); strings.Contains(page, "my secret") || !strings.Contains(page, "07700 900102") {
		t.Errorf("a new phone is not new:\n%s", page)
	}
}

func TestANewRunKnowsUsedNumbers(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	old := wd.browser()
	old.refer("Maureen", "company")
	wd.handler = wd.mount(wd.team) // the service starts again
	if page := wd.browser().get("/try"); strings.Contains(page, "07700 900100") {
		t.Error("a number with a conversation was handed out again")
	}
	if phone := old.get("/try/phone"); !strings.Contains(phone, "company") || strings.Count(phone, ">Maureen<") != 1 {
		t.Errorf("what the service kept is not on the phone after a new start:\n%s", phone)
	}
	old.say("and a bit more")
	if phone := old.get("/try/phone"); !strings.Contains(phone, "company") || strings.Count(phone, "and a bit more") != 1 {
		t.Errorf("want the old texts and the new one once:\n%s", phone)
	}
}

func TestAPhotoIsAnswered(t *testing.T) {
	t.Parallel()
	b := newWorld(t).browser()
	b.say("HELLO")
	before := strings.Count(b.get("/try/phone"), "theirs")
	b.post("/try/text", url.Values{"photo": {"yes"}})
	phone := b.get("/try/phone")
	if !strings.Contains(phone, "[a photo]") || strings.Count(phone, "theirs") != before+1 {
		t.Errorf("want a photo and an answer to it:\n%s", phone)
	}
}

func TestWordsOnThePhoneAreInert(t *testing.T) {
	t.Parallel()
	b := newWorld(t).browser()
	b.say(`<script>alert(1)</script>`)
	phone := b.get("/try/phone")
	if strings.Contains(phone, "<script>") || !strings.Contains(phone, "&lt;script&gt;") {
		t.Errorf("a script is not shown as words:\n%s", phone)
	}
}

func TestOtherSitesCannotText(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	r := httptest.NewRequest(http.MethodPost, "/try/text", strings.NewReader("text=HELLO"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if w := wd.browser().do(r); w.Code != http.StatusForbidden {
		t.Errorf("got %d, want 403", w.Code)
	}
}

func TestForgedPhones(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"", "0", "900099", "901000", "-1", "900100x"} {
		b := newWorld(t).browser()
		b.cookie = &http.Cookie{Name: cookieName, Value: value}
		if page := b.get("/try"); !strings.Contains(page, "07700 900100") {
			t.Errorf("cookie %q: want a phone of the range", value)
		}
	}
}

func TestATextThatDoesNotGoThroughIsSaid(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	handler, err := New(Config{
		Store: wd.store, Engine: broken{}, Library: wd.library, Team: wd.team, Now: wd.clock,
		Random: seeded(3), Log: silent(),
	})
	if err != nil {
		t.Fatal(err)
	}
	wd.handler = handler
	b := wd.browser()
	b.say("is anybody there")
	if phone := b.get("/try/phone"); !strings.Contains(phone, "is anybody there") || !strings.Contains(phone, "did not go through") {
		t.Errorf("want the text and that it did not go through:\n%s", phone)
	}
}

func TestAlertsAndTasksStandBesideThePhone(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	b := wd.browser()
	b.say("HELLO", "i want to kill myself")
	queue := b.get("/try/queue")
	for _, want := range []string{"Cannot wait", "i want to kill myself", `href="/alert/`, "Nobody is dealing with it"} {
		if !strings.Contains(queue, want) {
			t.Errorf("the queue lacks %q:\n%s", want, queue)
		}
	}
	other := wd.browser()
	other.refer("Dot", "company")
	err := wd.store.Update(context.Background(), "test", "", func(tx casework.Tx) error {
		return casework.Tasks.Put(tx, &casework.Task{
			ID: "ring", Team: "demo", DataKey: "task:ring", Kind: casework.TaskRing, Name: "Dot", Words: "after 2 please",
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	queue = other.get("/try/queue")
	for _, want := range []string{"Things to do", "Ring this number", "after 2 please", `href="/task/ring"`, "Dot"} {
		if !strings.Contains(queue, want) {
			t.Errorf("the queue lacks %q:\n%s", want, queue)
		}
	}
}

func TestPhonesRunOut(t *testing.T) {
	t.Parallel()
	p := newPhones()
	now := newWorld(t).clock()
	seen := map[int]bool{}
	for range lastNumber - firstNumber + 1 {
		n, ok := p.take(now, func(int) bool { return false })
		if !ok || seen[n] || n < firstNumber || n > lastNumber {
			t.Fatalf("got phone %d, %v; want one of the range that nobody has", n, ok)
		}
		seen[n] = true
	}
	if n, ok := p.take(now, func(int) bool { return false }); ok {
		t.Errorf("got phone %d when all are in use", n)
	}
}

func TestAPhoneRemembersSoMuch(t *testing.T) {
	t.Parallel()
	p := newPhones()
	start := newWorld(t).clock()
	for i := range kept + 20 {
		p.add(firstNumber, start, bubble{Text: "text", At: start.Add(time.Duration(i) * time.Second)})
	}
	bubbles, since := p.remembered(firstNumber)
	if len(bubbles) != kept || !since.Equal(bubbles[0].At) {
		t.Errorf("got %d bubbles since %v, want the newest %d", len(bubbles), since, kept)
	}
}
