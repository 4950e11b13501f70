package desk

import (
	"context"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/flows"
	"linkline/flows/library"
	"linkline/store"
	"linkline/store/storetest"
)

// The people of the tests: two of one team, one of another. Everybody has the
// same password.
const (
	amy      casework.UserID = "amy"
	priya    casework.UserID = "priya"
	olu      casework.UserID = "olu"
	password                 = "correct horse battery"
)

// morning is a Monday at a quarter past ten.
var morning = time.Date(2026, 11, 23, 10, 15, 0, 0, time.UTC)

// world is a desk over a store in memory, with a clock and an engine of the
// test's own.
type world struct {
	t       testing.TB
	store   store.Store
	engine  *fakeEngine
	texts   *fakeTexts
	handler http.Handler
	mu      sync.Mutex
	now     time.Time
	log     *strings.Builder
	team    *conversation.Team
}

func newWorld(t testing.TB) *world {
	t.Helper()
	wd := &world{t: t, store: storetest.Memory(t), engine: &fakeEngine{}, texts: &fakeTexts{}, now: morning, log: &strings.Builder{}}
	wd.team = team(t, "riverside", "Riverside Link")
	wd.team.Duty = []casework.Private{"+447700900900"}
	wd.open(wd.texts)
	wd.hire()
	return wd
}

// open makes the desk, with what sends texts again.
func (wd *world) open(texts Texts) {
	wd.t.Helper()
	handler, err := New(Config{
		Store: wd.store, Engine: wd.engine, Texts: texts, Library: sample(wd.t),
		Teams: []*conversation.Team{wd.team, team(wd.t, "hillside", "Hillside Link")},
		Now:   wd.clock, Random: seeded(7), Log: slog.New(slog.NewTextHandler(wd.log, nil)),
	})
	if err != nil {
		wd.t.Fatalf("New: %v", err)
	}
	wd.handler = handler
}

func (wd *world) clock() time.Time {
	wd.mu.Lock()
	defer wd.mu.Unlock()
	return wd.now
}

func (wd *world) wait(d time.Duration) {
	wd.mu.Lock()
	defer wd.mu.Unlock()
	wd.now = wd.now.Add(d)
}

func seeded(seed byte) io.Reader { return rand.NewChaCha8([32]byte{seed}) }

// The flows of these tests and those the service ships with, read once: they
// do not change.
var (
	sampleFlows  = sync.OnceValues(func() (*flows.Library, error) { return flows.Load(os.DirFS("testdata/flows")) })
	shippedFlows = sync.OnceValues(func() (*flows.Library, error) { return flows.Load(library.Files()) })
)

// sample is the small library of these tests.
func sample(t testing.TB) *flows.Library { return loaded(t, sampleFlows) }

// shipped are the flows this service ships with.
func shipped(t testing.TB) *flows.Library { return loaded(t, shippedFlows) }

func loaded(t testing.TB, load func() (*flows.Library, error)) *flows.Library {
	t.Helper()
	lib, err := load()
	if err != nil {
		t.Fatalf("load the flows: %v", err)
	}
	return lib
}

func team(t testing.TB, id casework.TeamID, name string) *conversation.Team {
	t.Helper()
	cal, err := calendar.New(calendar.England, calendar.Hours{Open: "09:00", Close: "17:00"})
	if err != nil {
		t.Fatalf("calendar: %v", err)
	}
	return &conversation.Team{
		ID: id, Name: name, Nation: calendar.England, Calendar: cal, Phone: "01632 960123",
		Languages: []string{"en"},
	}
}

// put keeps records as the service itself.
func (wd *world) put(put func(casework.Tx) error) {
	wd.t.Helper()
	if err := wd.store.Update(context.Background(), "test", "", put); err != nil {
		wd.t.Fatalf("put: %v", err)
	}
}

// cheap hashes passwords fast: what is stored says how it is to be checked.
func (wd *world) cheap() string {
	wd.t.Helper()
	hash, err := argon2id.CreateHash(password, &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		wd.t.Fatalf("hash: %v", err)
	}
	return hash
}

func (wd *world) hire() {
	wd.t.Helper()
	hash := wd.cheap()
	wd.put(func(tx casework.Tx) error {
		for _, u := range []casework.User{
			{ID: amy, Team: "riverside", Login: "amy", Name: "Amy Reid"},
			{ID: priya, Team: "riverside", Login: "priya", Name: "Priya Shah"},
			{ID: olu, Team: "hillside", Login: "olu", Name: "Olu Ade"},
		} {
			u.Role, u.Password, u.CreatedAt = casework.RoleLinkWorker, hash, morning
			if err := casework.Users.Put(tx, &u); err != nil {
				return err
			}
		}
		return nil
	})
}

// browser keeps the cookies of one worker.
type browser struct {
	wd      *world
	cookies map[string]string
}

func (wd *world) browser() *browser { return &browser{wd: wd, cookies: map[string]string{}} }

// signedIn is a browser in which a worker has signed in.
func (wd *world) signedIn(login string) *browser {
	wd.t.Helper()
	b := wd.browser()
	if got := b.post("/sign-in", url.Values{"login": {login}, "password": {password}}); got.Code != http.StatusSeeOther {
		wd.t.Fatalf("sign in as %s: got %d", login, got.Code)
	}
	return b
}

func (b *browser) get(path string) *httptest.ResponseRecorder {
	return b.do(httptest.NewRequest(http.MethodGet, path, nil))
}

func (b *browser) post(path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.do(r)
}

func (b *browser) do(r *http.Request) *httptest.ResponseRecorder {
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.wd.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		b.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return w
}

// want fails the test unless the answer has this status and holds every text.
func want(t *testing.T, got *httptest.ResponseRecorder, status int, texts ...string) {
	t.Helper()
	if got.Code != status {
		t.Fatalf("got status %d, want %d; page:\n%s", got.Code, status, inside(got.Body.String()))
	}
	for _, text := range texts {
		if !strings.Contains(got.Body.String(), text) {
			t.Errorf("the page lacks %q:\n%s", text, inside(got.Body.String()))
		}
	}
}

// inside is what of a page stands in its main part.
func inside(page string) string {
	if _, rest, ok := strings.Cut(page, "<main"); ok {
		page, _, _ = strings.Cut(rest, "</main>")
	}
	return page[:min(len(page), 6000)]
}

// fakeEngine writes down what it was asked for, and answers with fail.
type fakeEngine struct {
	mu    sync.Mutex
	acts  []string
	fail  error
	once  map[string]bool
	wrote []conversation.Writing
	meets []conversation.Meeting
}

func (e *fakeEngine) act(parts ...string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if parts[0] == "read" {
		e.acts = append(e.acts, strings.Join(parts, " "))
		return nil
	}
	if e.fail != nil {
		return e.fail
	}
	e.acts = append(e.acts, strings.Join(parts, " "))
	return nil
}

func (e *fakeEngine) write(what string, by conversation.Actor, id casework.CaseID, w conversation.Writing) error {
	if err := e.act(what, string(by.User), string(id)); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.once == nil {
		e.once = map[string]bool{}
	}
	if !e.once[w.Once] {
		e.once[w.Once] = true
		e.wrote = append(e.wrote, w)
	}
	return nil
}

func (e *fakeEngine) PickUp(_ context.Context, by conversation.Actor, id casework.CaseID, m conversation.Meeting) error {
	if err := e.act("pick-up", string(by.User), string(id)); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.meets = append(e.meets, m)
	return nil
}

func (e *fakeEngine) GiveBack(_ context.Context, by conversation.Actor, id casework.CaseID) error {
	return e.act("give-back", string(by.User), string(id))
}

func (e *fakeEngine) Close(_ context.Context, by conversation.Actor, id casework.CaseID, c conversation.Closing) error {
	return e.act("close", string(by.User), string(id), c.Reason, c.Note.Reveal())
}

func (e *fakeEngine) Read(_ context.Context, by conversation.Actor, id casework.CaseID) error {
	return e.act("read", string(by.User), string(id))
}

func (e *fakeEngine) Answer(_ context.Context, by conversation.Actor, id casework.CaseID, w conversation.Writing) error {
	return e.write("answer", by, id, w)
}

func (e *fakeEngine) AddNote(_ context.Context, by conversation.Actor, id casework.CaseID, w conversation.Writing) error {
	return e.write("note", by, id, w)
}

func (e *fakeEngine) TakeAlert(_ context.Context, by conversation.Actor, alert string) error {
	return e.act("take-alert", string(by.User), alert)
}

func (e *fakeEngine) CloseAlert(_ context.Context, by conversation.Actor, alert string, o conversation.Outcome) error {
	return e.act("close-alert", string(by.User), alert, o.Action, o.Note)
}

func (e *fakeEngine) FinishTask(_ context.Context, by conversation.Actor, task string, o conversation.Outcome) error {
	return e.act("finish-task", string(by.User), task, o.Note)
}

// did are the acts without the looking.
func (e *fakeEngine) did() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	var out []string
	for _, a := range e.acts {
		if !strings.HasPrefix(a, "read ") {
			out = append(out, a)
		}
	}
	return out
}
