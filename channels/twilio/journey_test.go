package twilio_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/channels/twilio"
	"linkline/channels/twilio/twiliotest"
	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/storetest"
)

// journey is a whole delivery over HTTP: the records on one side, Twilio on the
// other.
type journey struct {
	t        *testing.T
	store    store.Store
	server   *twiliotest.Server
	delivery *channels.Delivery
	webhooks http.Handler
	now      time.Time
	shared   atomic.Int64    // the same moment, for the server's goroutines
	reported map[string]bool // by message sid
}

func newJourney(t *testing.T) *journey {
	t.Helper()
	j := &journey{t: t, store: storetest.Memory(t), now: testNow(), reported: map[string]bool{}}
	now := func() time.Time { return j.now }
	j.server = twiliotest.New(t, testSID, testToken, func() time.Time { return time.UnixMilli(j.shared.Load()).UTC() })
	j.wait(0)
	a := testAccount()
	a.APIURL, a.Tokens = j.server.URL, []string{testToken}
	s, err := twilio.NewSender(twilio.SenderConfig{Account: a, Channel: casework.SMS, Key: testKey(), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	route := channels.Route{Team: "oakfield", Channel: casework.SMS}
	log, _ := channeltest.Log(t)
	j.delivery = channels.NewDelivery(channels.DeliveryConfig{
		Store: j.store, Senders: map[channels.Route]channels.Sender{route: s}, Listers: map[channels.Route]channels.Lister{route: s},
		Rates: map[channels.Route]float64{route: a.Rate()}, Now: now, Random: rand.NewChaCha8([32]byte{9}), Log: log,
	})
	j.webhooks = newHandler(t, twilio.Config{Reports: j.delivery, Log: log})
	j.update(func(tx casework.Tx) error {
		if err := casework.ContactPoints.Put(tx, &casework.ContactPoint{
			ID: "conv", Team: "oakfield", Channel: casework.SMS, State: casework.ContactActive,
		}); err != nil {
			return err
		}
		return casework.Conversations.Put(tx, &casework.Conversation{ID: "conv", Team: "oakfield", Channel: casework.SMS, DataKey: "key"})
	})
	return j
}

func (j *journey) update(fn func(casework.Tx) error) {
	j.t.Helper()
	if err := j.store.Update(j.t.Context(), "test", "", fn); err != nil {
		j.t.Fatal(err)
	}
}

// wait lets time go by.
func (j *journey) wait(long time.Duration) {
	j.now = j.now.Add(long)
	j.shared.Store(j.now.UnixMilli())
}

// plan plans a reminder that is of use for two days.
func (j *journey) plan(id string) {
	j.t.Helper()
	j.update(func(tx casework.Tx) error {
		return casework.Messages.Put(tx, &casework.Message{
			ID: id, Conversation: "conv", Team: "oakfield", DataKey: "key", Way: casework.Out, By: casework.ByService, At: j.now,
			Text: casework.Private("canary words " + id),
			Delivery: &casework.Delivery{
				State: casework.Planned, Class: casework.ClassReminder, To: casework.Private(channeltest.Canaries[0]),
				NotBefore: j.now, NotAfter: j.now.Add(48 * time.Hour),
			},
		})
	})
}

// lives lets the loops turn for so long, a minute at a time.
func (j *journey) lives(long time.Duration) {
	j.t.Helper()
	for end := j.now.Add(long); j.now.Before(end); j.wait(time.Minute) {
		for _, step := range []func() (bool, error){
			func() (bool, error) { return j.delivery.Deliver(j.t.Context()) },
			func() (bool, error) { return j.delivery.Settle(j.t.Context()) },
			func() (bool, error) { n, err := j.delivery.Sweep(j.t.Context()); return n > 0, err },
		} {
			if _, err := step(); err != nil {
				j.t.Fatal(err)
			}
		}
	}
}

// reports has Twilio report, to where it was asked to, on everything that it has
// not reported on before.
func (j *journey) reports(status string, code int) {
	j.t.Helper()
	for _, m := range j.server.Messages() {
		if j.reported[m.SID] {
			continue
		}
		j.reported[m.SID] = true
		j.server.Set(m.SID, status, code)
		form := statusForm(status, fmt.Sprint(code))
		form.Set("MessageSid", m.SID)
		if w := channeltest.Serve(j.webhooks, post(m.Callback[len(testBase):], form)); w.Code != http.StatusOK {
			j.t.Fatalf("the report was answered with %d", w.Code)
		}
	}
}

// ends is how a message has ended.
type ends struct {
	state   casework.DeliveryState
	carrier string
	taken   int // how many texts Twilio has
	told    bool
	contact casework.ContactState
}

func (j *journey) ended(id string) (e ends) {
	j.t.Helper()
	err := j.store.View(j.t.Context(), "", func(tx casework.Tx) error {
		m, err := casework.Messages.Get(tx, "conv/"+id)
		if err != nil {
			return err
		}
		e = ends{state: m.Delivery.State, carrier: m.Delivery.Carrier, taken: len(j.server.Messages())}
		task, err := casework.Tasks.Find(tx, id)
		if err != nil {
			return err
		}
		e.told = task != nil
		cp, err := casework.ContactPoints.Get(tx, casework.ContactPointKey("conv"))
		e.contact = cp.State
		return err
	})
	if err != nil {
		j.t.Fatal(err)
	}
	return e
}

// Whatever Twilio, or the network on the way to it, does with a reminder: how it
// ends, how many texts there are of it, and whether a person hears of it.
func TestJourneys(t *testing.T) {
	t.Parallel()
	refuse := func(status, code int) func(*journey) {
		return func(j *journey) {
			j.server.Next(func(w http.ResponseWriter, _ *http.Request) { twiliotest.Refuse(w, status, code) })
		}
	}
	lose := func(answer func(w http.ResponseWriter)) func(*journey) {
		return func(j *journey) {
			j.server.Next(func(w http.ResponseWriter, r *http.Request) { j.server.Take(r); answer(w) })
		}
	}
	wait := func(after string) func(*journey) {
		return func(j *journey) {
			j.server.Next(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", after)
				twiliotest.Refuse(w, http.StatusTooManyRequests, 20429)
			})
		}
	}
	cut := func(w http.ResponseWriter) { reset(w, "") }
	fails := func(code int) func(*journey) {
		return func(j *journey) { j.lives(2 * time.Minute); j.reports("undelivered", code) }
	}
	delivered := ends{casework.Accepted, "delivered", 1, false, casework.ContactActive}
	cases := map[string]struct {
		before []func(*journey)
		want   ends
	}{
		"as it should":                {nil, delivered},
		"the answer is lost":          {[]func(*journey){lose(cut)}, delivered},
		"the answer is rubbish":       {[]func(*journey){lose(func(w http.ResponseWriter) { _, _ = w.Write([]byte("rubbish")) })}, delivered},
		"failed after taking it":      {[]func(*journey){lose(func(w http.ResponseWriter) { w.WriteHeader(http.StatusBadGateway) })}, delivered},
		"failed without taking it":    {[]func(*journey){refuse(500, 20500)}, delivered},
		"too many, no word":           {[]func(*journey){wait("")}, delivered},
		"too many, seconds":           {[]func(*journey){wait("90")}, delivered},
		"too many, a date":            {[]func(*journey){wait(testNow().Add(time.Minute).Format(http.TimeFormat))}, delivered},
		"too many, negative":          {[]func(*journey){wait("-1")}, delivered},
		"too many, absurd":            {[]func(*journey){wait("99999999999999999999")}, delivered},
		"our account, for a while":    {[]func(*journey){refuse(401, 20003), refuse(401, 20003)}, delivered},
		"the queue is full":           {[]func(*journey){refuse(400, 21611)}, delivered},
		"stopped":                     {[]func(*journey){refuse(400, 21610)}, ends{casework.Rejected, "", 0, true, casework.ContactBlocked}},
		"no such number":              {[]func(*journey){refuse(400, 21211)}, ends{casework.Rejected, "", 0, true, casework.ContactUndeliverable}},
		"a code of tomorrow":          {[]func(*journey){refuse(400, 21999)}, ends{casework.Rejected, "", 0, true, casework.ContactActive}},
		"the phone was off, once":     {[]func(*journey){fails(30003)}, ends{casework.Accepted, "delivered", 2, false, casework.ContactActive}},
		"not said why, once":          {[]func(*journey){fails(30008)}, ends{casework.Accepted, "delivered", 2, false, casework.ContactActive}},
		"it was out of time, once":    {[]func(*journey){fails(30036)}, ends{casework.Accepted, "delivered", 2, false, casework.ContactActive}},
		"kept out":                    {[]func(*journey){fails(30004)}, ends{casework.Accepted, "undelivered", 1, true, casework.ContactActive}},
		"dead, or somebody else's":    {[]func(*journey){fails(30005)}, ends{casework.Accepted, "undelivered", 1, true, casework.ContactActive}},
		"taken for spam":              {[]func(*journey){fails(30007)}, ends{casework.Accepted, "undelivered", 1, true, casework.ContactActive}},
		"stopped, as the report says": {[]func(*journey){fails(21610)}, ends{casework.Accepted, "undelivered", 1, true, casework.ContactBlocked}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := newJourney(t)
			j.plan("01")
			for _, fn := range c.before {
				fn(j)
			}
			j.lives(3 * time.Hour)
			j.reports("delivered", 0)
			j.lives(time.Minute)
			if got := j.ended("01"); got != c.want {
				t.Errorf("ended %+v, want %+v", got, c.want)
			}
		})
	}
}
