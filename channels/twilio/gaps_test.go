package twilio_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/channels/twilio"
	"linkline/channels/twilio/twiliotest"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// outbox is the part of the delivery that gaps need.
type outbox struct {
	carried []channels.Carried
	began   time.Time
	fail    error
}

func (o *outbox) Carry(_ context.Context, c channels.Carried) error {
	o.carried = append(o.carried, c)
	return o.fail
}

func (o *outbox) Began(context.Context, casework.TeamID) (time.Time, error) { return o.began, nil }

// missing is a list beside an engine that had nothing of it.
type missing struct {
	t      *testing.T
	server *twiliotest.Server
	engine *channeltest.Engine
	outbox *outbox
	gaps   *twilio.Gaps
	now    time.Time
	log    func() string
}

func newMissing(t *testing.T) *missing {
	t.Helper()
	log, written := channeltest.Log(t)
	m := &missing{t: t, engine: &channeltest.Engine{}, now: testNow(), log: written, outbox: &outbox{began: testNow().AddDate(-1, 0, 0)}}
	m.server = twiliotest.New(t, testSID, testToken, func() time.Time { return m.now })
	a := testAccount()
	a.APIURL = m.server.URL
	var err error
	m.gaps, err = twilio.NewGaps(twilio.GapsConfig{
		Accounts: []twilio.Account{a}, Engine: m.engine, Delivery: m.outbox, Now: func() time.Time { return m.now }, Log: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// came adds a text that came to our number so long ago.
func (m *missing) came(sid, body string, ago time.Duration) {
	m.server.Add(twiliotest.Message{
		SID: sid, Direction: "inbound", From: channeltest.Canaries[0], To: testNumber, Body: body, Status: "received", CreatedAt: m.now.Add(-ago),
	})
}

func (m *missing) fill(want int) {
	m.t.Helper()
	n, err := m.gaps.Fill(m.t.Context())
	if err != nil {
		m.t.Fatal(err)
	}
	if n != want {
		m.t.Errorf("%d texts were missed, want %d", n, want)
	}
}

func (m *missing) ids() (ids []string) {
	for _, in := range m.engine.Texts() {
		ids = append(ids, in.ID)
	}
	return ids
}

// A text that no webhook brought is handed over once, under Twilio's own id, and
// its answer is carried.
func TestGapIsFilledOnce(t *testing.T) {
	t.Parallel()
	m := newMissing(t)
	m.came("SM1", "canary words", 3*time.Hour)
	m.fill(1)
	m.fill(0)
	in := m.engine.Texts()[0]
	if in.ID != "SM1" || in.Text.Reveal() != "canary words" || in.From.Reveal() != channeltest.Canaries[0] ||
		in.Team != "oakfield" || in.Channel != casework.SMS || !in.At.Equal(m.now) {
		t.Error("the text arrived with another id, words, sender or moment than it was sent with")
	}
	want := channels.Carried{Team: "oakfield", Message: "conversation/SM1", To: in.From, At: m.now.Add(-3 * time.Hour)}
	if got := m.outbox.carried; len(got) != 1 || got[0].Message != want.Message || got[0].To != want.To || !got[0].At.Equal(want.At) {
		t.Errorf("%d answers carried", len(got))
	}
	if !strings.Contains(m.log(), "late=3h0m0s") {
		t.Errorf("the log does not say how late it was: %s", m.log())
	}
}

// What the webhook had brought is a repeat: no answer goes out twice. The engine
// is asked once, not at every poll.
func TestNoGap(t *testing.T) {
	t.Parallel()
	m := newMissing(t)
	_, err := m.engine.Receive(t.Context(), conversation.Inbound{ID: "SM1", Text: "x"})
	if err != nil {
		t.Fatal(err)
	}
	m.came("SM1", "x", time.Hour)
	m.fill(0)
	m.engine.Down(true) // it would fail
	m.fill(0)
	if len(m.outbox.carried) != 0 {
		t.Error("a second answer")
	}
}

// Twilio still tries the webhook with a text of just now; what we sent, what is
// not a person's, what came to others, and what is older than we are, is not
// ours to answer.
func TestWhatIsNoGap(t *testing.T) {
	t.Parallel()
	add := func(change func(*twiliotest.Message)) func(*missing) {
		return func(m *missing) {
			text := twiliotest.Message{
				SID: "SM1", Direction: "inbound", From: channeltest.Canaries[0], To: testNumber, Body: "x", CreatedAt: m.now.Add(-time.Hour),
			}
			change(&text)
			m.server.Add(text)
		}
	}
	cases := map[string]func(*missing){
		"just now":        func(m *missing) { m.came("SM1", "x", 119*time.Second) },
		"three days ago":  func(m *missing) { m.came("SM1", "x", 72*time.Hour) },
		"before we began": func(m *missing) { m.came("SM1", "x", time.Hour); m.outbox.began = m.now.Add(-time.Minute) },
		"we never began":  func(m *missing) { m.came("SM1", "x", time.Hour); m.outbox.began = time.Time{} },
		"from us":         add(func(x *twiliotest.Message) { x.Direction = "outbound-api"; x.From, x.To = x.To, x.From }),
		"to another":      add(func(x *twiliotest.Message) { x.To = "+447700900999" }),
		"from a service":  add(func(x *twiliotest.Message) { x.From = "60777" }),
	}
	for name, before := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMissing(t)
			before(m)
			m.fill(0)
			if len(m.engine.Texts()) != 0 {
				t.Error("it was handed over")
			}
		})
	}
}

// The texts of a person are handed over in the order she sent them, and what
// came after one that was not taken waits with it (I24).
func TestGapsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	m := newMissing(t)
	m.came("SM2", "two", 20*time.Minute)
	m.came("SM1", "one", 21*time.Minute)
	m.came("SM3", "three", 19*time.Minute)
	m.engine.Down(true)
	if n, err := m.gaps.Fill(t.Context()); n != 0 || !errors.Is(err, channeltest.ErrStoreDown) {
		t.Errorf("Fill = %d, %v", n, err)
	}
	m.engine.Down(false)
	m.now = m.now.Add(2 * time.Minute)
	m.fill(3)
	if want := []string{"SM1", "SM2", "SM3"}; !slices.Equal(m.ids(), want) {
		t.Errorf("handed over %v, want %v", m.ids(), want)
	}
}

// The list is read 48 hours back at first and every hour, and in between only
// as far as the polls before may have missed something.
func TestHowFarTheListIsRead(t *testing.T) {
	t.Parallel()
	m := newMissing(t)
	m.fill(0)
	m.came("SM1", "it appears late", 5*time.Hour)
	m.now = m.now.Add(2 * time.Minute)
	m.fill(0)
	m.now = m.now.Add(time.Hour)
	m.fill(1)
}

// A list that cannot be read is an error that names nobody; the next poll finds
// what this one did not.
func TestGapListFails(t *testing.T) {
	t.Parallel()
	m := newMissing(t)
	m.came("SM1", "x", time.Hour)
	m.server.Next(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	n, err := m.gaps.Fill(t.Context())
	silent(t, err)
	if n != 0 {
		t.Errorf("%d missed", n)
	}
	m.outbox.fail = errors.New("no way out") // the answer is looked for later, as any is
	m.fill(1)
	m.fill(0)
}

func TestNewGapsRefuses(t *testing.T) {
	t.Parallel()
	if _, err := twilio.NewGaps(twilio.GapsConfig{Accounts: []twilio.Account{{Team: "oakfield"}}}); err == nil {
		t.Error("no error")
	}
}
