package try

import (
	"context"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"linkline/channels"
	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/conversation/safety"
	"linkline/flows"
	"linkline/flows/library"
	"linkline/store"
	"linkline/store/storetest"
)

// The flows and the safety phrases this service ships with, read once: they do
// not change.
var (
	shipped = sync.OnceValues(func() (*flows.Library, error) { return flows.Load(library.Files()) })
	phrases = sync.OnceValues(safety.New)
)

// world is the page over the real engine, flows and renderer.
type world struct {
	t       *testing.T
	store   store.Store
	engine  *conversation.Engine
	team    *conversation.Team
	library *flows.Library
	out     *channels.Delivery
	handler http.Handler
	mu      sync.Mutex
	now     time.Time
}

func newWorld(t *testing.T) *world {
	t.Helper()
	wd := &world{t: t, store: storetest.Memory(t), now: time.Date(2026, 11, 23, 10, 15, 0, 0, time.UTC)}
	cal, err := calendar.New(calendar.England, calendar.Hours{Open: "09:00", Close: "17:00"})
	if err != nil {
		t.Fatal(err)
	}
	wd.team = &conversation.Team{
		ID: "demo", Name: "Riverside Link", Nation: calendar.England, Calendar: cal, Phone: "01632 960123",
		PrivacyURL: "riverside.example/privacy", Languages: []string{"en"}, Demo: true,
	}
	if wd.library, err = shipped(); err != nil {
		t.Fatal(err)
	}
	scanner, err := phrases()
	if err != nil {
		t.Fatal(err)
	}
	quiet := silent()
	wd.engine, err = conversation.New(conversation.Config{
		Store: wd.store, Library: wd.library, Scanner: scanner, Teams: []*conversation.Team{wd.team},
		Render: channels.Render, Now: wd.clock, Random: seeded(1), DeskURL: "http://127.0.0.1:8080", Log: quiet,
	})
	if err != nil {
		t.Fatal(err)
	}
	wd.out = channels.NewDelivery(channels.DeliveryConfig{
		Store: wd.store, Now: wd.clock, Random: seeded(2), Log: quiet,
		Senders: map[channels.Route]channels.Sender{{Team: "demo", Channel: casework.SMS}: channels.Loopback{}},
	})
	wd.handler = wd.mount(wd.team)
	return wd
}

// mount is the page of a team.
func (wd *world) mount(team *conversation.Team) http.Handler {
	wd.t.Helper()
	handler, err := New(Config{
		Store: wd.store, Engine: wd.engine, Library: wd.library, Team: team, Number: "+447700900000",
		Now: wd.clock, Random: seeded(3), Log: silent(),
	})
	if err != nil {
		wd.t.Fatal(err)
	}
	return handler
}

// clock moves on with every look, as no two texts arrive at once.
func (wd *world) clock() time.Time {
	wd.mu.Lock()
	defer wd.mu.Unlock()
	wd.now = wd.now.Add(time.Millisecond)
	return wd.now
}

func seeded(seed byte) io.Reader { return rand.NewChaCha8([32]byte{seed}) }

// browser keeps the phone of one browser.
type browser struct {
	wd     *world
	cookie *http.Cookie
}

func (wd *world) browser() *browser { return &browser{wd: wd} }

func (b *browser) do(r *http.Request) *httptest.ResponseRecorder {
	if b.cookie != nil {
		r.AddCookie(&http.Cookie{Name: b.cookie.Name, Value: b.cookie.Value})
	}
	w := httptest.NewRecorder()
	b.wd.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		b.cookie = c
	}
	return w
}

func (b *browser) get(path string) string {
	b.wd.t.Helper()
	w := b.do(httptest.NewRequest(http.MethodGet, path, nil))
	if w.Code != http.StatusOK {
		b.wd.t.Fatalf("GET %s: got %d", path, w.Code)
	}
	return w.Body.String()
}

func (b *browser) post(path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.do(r)
}

// say sends texts from the phone.
func (b *browser) say(texts ...string) {
	b.wd.t.Helper()
	for _, text := range texts {
		if w := b.post("/try/text", url.Values{"text": {text}}); w.Code != http.StatusSeeOther {
			b.wd.t.Fatalf("say %q: got %d", text, w.Code)
		}
	}
}

// refer plays a person until her request is in.
func (b *browser) refer(name, matters string) {
	b.wd.t.Helper()
	b.say("HELLO", "1", "1", "2", "1", "1", name, matters)
}

// deliver carries what is planned to the phone.
func (wd *world) deliver() {
	wd.t.Helper()
	for {
		worked, err := wd.out.Deliver(context.Background())
		if err != nil {
			wd.t.Fatal(err)
		}
		if !worked {
			return
		}
	}
}

// broken is an engine that keeps nothing.
type broken struct{}

func (broken) Receive(context.Context, conversation.Inbound) (conversation.Reply, error) {
	return conversation.Reply{}, store.ErrOutcomeUnknown
}

func silent() *slog.Logger { return slog.New(slog.DiscardHandler) }
