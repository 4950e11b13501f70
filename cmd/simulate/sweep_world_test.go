package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"testing"
	"time"

	"linkline/channels"
	"linkline/channels/twilio"
	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/service"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/scheduler"
	"linkline/store"
	"linkline/store/seal"
)

// fault fails one commit: the n-th, before it is written or after it is
// durable. Its backend is then closed, as after any commit error.
type fault struct {
	n     int // from 1; zero for none
	after bool

	sites []casework.Site // of the commits so far
}

var errFault = errors.New("the disk failed")

func (f *fault) faults() store.Faults {
	return store.Faults{
		Before: func(site casework.Site) error {
			f.sites = append(f.sites, site)
			if len(f.sites) == f.n && !f.after {
				return errFault
			}
			return nil
		},
		After: func(casework.Site) error {
			if len(f.sites) == f.n && f.after {
				return errFault
			}
			return nil
		},
	}
}

// disk keeps rows from one process to the next.
type disk interface {
	// open opens what is on it, after whatever became of the process before.
	open(f *fault) (store.Backend, error)
}

// town is one team's service, the phones around it and the provider between.
// It stays when the service is restarted; the service has no memory but the
// disk.
type town struct {
	t     *testing.T
	disk  disk
	fault *fault
	now   time.Time
	ring  *seal.Keyring

	shipped  parts
	settings *config.Config
	account  twilio.Account
	teams    []*conversation.Team

	store    store.Store
	engine   *conversation.Engine
	delivery *channels.Delivery
	runner   *scheduler.Runner
	webhooks http.Handler

	// What the world outside knows.
	ledger  map[string]entry // acknowledged texts, by message sid
	order   []string
	taken   []channels.Listed // what the provider was given to send
	said    []string          // what the phones were answered, when the days are over
	shown   map[string]int    // what the provider has shown, by message
	crashes bool              // the next message finds the process dead
}

func newTown(t *testing.T, d disk, f *fault) *town {
	t.Helper()
	w := &town{
		t: t, disk: d, fault: f, now: time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC),
		shipped: shippedOnce(t), ledger: map[string]entry{}, shown: map[string]int{},
	}
	var err error
	if w.ring, err = seal.NewKeyring(seeded(2), seal.Key{Version: 1, Secret: make([]byte, seal.KeySize)}); err != nil {
		t.Fatal(err)
	}
	if w.settings, err = config.Load(config.Given{DataDir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	w.account = service.Accounts(w.settings.Teams, publicURL, demoToken)[0]
	if w.teams, err = service.Teams(w.settings); err != nil {
		t.Fatal(err)
	}
	n := f.n
	f.n = 0 // making the store and hiring the worker are no part of the sweep
	w.start()
	w.hire()
	f.n, f.sites = n, nil
	return w
}

// start starts the service on what is on the disk.
func (w *town) start() {
	w.t.Helper()
	backend, err := w.disk.open(w.fault)
	if err != nil {
		w.t.Fatal(err)
	}
	now, log := func() time.Time { return w.now }, slog.New(slog.DiscardHandler)
	if w.store, err = store.Open(backend, w.ring, casework.Kinds()); err != nil {
		w.t.Fatal(err)
	}
	w.engine, err = conversation.New(conversation.Config{
		Store: w.store, Library: w.shipped.library, Scanner: w.shipped.scanner, Teams: w.teams, Render: channels.Render,
		Plan: w.shipped.plans.Exactly().Want, DeskURL: publicURL, Now: now, Random: seeded(3), Log: log,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.delivery = channels.NewDelivery(channels.DeliveryConfig{
		Store: w.store, Senders: map[channels.Route]channels.Sender{{Team: "demo", Channel: casework.SMS}: w},
		Listers: map[channels.Route]channels.Lister{{Team: "demo", Channel: casework.SMS}: w},
		Gate:    w.engine, Now: now, Random: seeded(4), Log: log,
	})
	w.runner = &scheduler.Runner{Store: w.store, Waker: w.engine, Now: now, Log: log}
	w.webhooks, err = twilio.NewHandler(twilio.Config{
		Accounts: []twilio.Account{w.account}, Engine: w.engine, Reports: w.delivery,
		Key: []byte("the key for callback urls"), Now: now, Log: log,
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// hire adds the worker.
func (w *town) hire() {
	w.t.Helper()
	err := w.store.Update(context.Background(), "test", "demo", func(tx casework.Tx) error {
		return casework.Users.Put(tx, &casework.User{
			ID: "amy", Team: "demo", Login: "amy", Name: "Amy Reid", Role: casework.RoleLinkWorker,
		})
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// errCrash is a process that ended between a claim and the call.
var errCrash = errors.New("the process is gone")

// Send is the provider: it shows the text.
func (w *town) Send(_ context.Context, out channels.Outgoing) (channels.Sent, error) {
	if w.crashes {
		w.crashes = false
		panic(errCrash)
	}
	w.shown[out.Message]++
	w.taken = append(w.taken, channels.Listed{
		ProviderID: "SM" + out.Message, To: out.To, Text: out.Text, CreatedAt: w.now, Carrier: "delivered",
	})
	return channels.Sent{ProviderID: "SM" + out.Message, Carrier: "queued"}, nil
}

// Sent is the provider's list.
func (w *town) Sent(context.Context, casework.Private, time.Time) ([]channels.Listed, error) {
	return w.taken, nil
}

// Status is one message of the list.
func (w *town) Status(_ context.Context, id string) (channels.Listed, error) {
	for _, l := range w.taken {
		if l.ProviderID == id {
			return l, nil
		}
	}
	return channels.Listed{}, nil
}

// text brings a text of a phone to the webhook.
func (w *town) text(from int, sid, words string) error {
	return w.bring(newText(w.account, number(from), sid, words))
}

// bring brings a text. One that was acknowledged is answered with the same
// bytes.
func (w *town) bring(t text) error {
	r, err := t.request(context.Background(), publicURL)
	if err != nil {
		return err
	}
	body, err := serve(w.webhooks, r)
	if err != nil {
		return err
	}
	if old, ok := w.ledger[t.sid]; ok {
		if old.body != body {
			return fmt.Errorf("%s, brought again, was answered with %q, not %q", t.sid, body, old.body)
		}
		return nil
	}
	w.ledger[t.sid] = entry{t, body}
	w.order = append(w.order, t.sid)
	said, err := w.ledger[t.sid].reply()
	if said != "" { // the provider sends what rode back on its webhook
		w.taken = append(w.taken, channels.Listed{
			ProviderID: "SMof" + t.sid, To: casework.Private(t.from), Text: casework.Private(said), CreatedAt: w.now, Carrier: "delivered",
		})
	}
	return err
}

// report tells what became of the reply to a text.
func (w *town) report(sid, status string) error {
	callback, err := w.ledger[sid].callback()
	if err != nil {
		return err
	}
	return w.post(callback, map[string]string{
		"MessageSid": "SM" + sid, "SmsSid": "SM" + sid, "AccountSid": w.account.SID,
		"From": w.account.Numbers[0], "To": w.ledger[sid].from, "MessageStatus": status, "SmsStatus": status,
	})
}

// deliver lets delivery work until there is nothing left to do.
func (w *town) deliver() error {
	for range 100 {
		worked, err := w.delivery.Deliver(context.Background())
		if err != nil || !worked {
			return err
		}
	}
	return errors.New("delivery comes to no end")
}

// dies lets the process end between the claim of a message and its sending.
func (w *town) dies() error {
	w.crashes = true
	died := func() (died bool) {
		defer func() {
			if r := recover(); r != nil {
				if err, ok := r.(error); !ok || !errors.Is(err, errCrash) {
					panic(r)
				}
				died = true
			}
		}()
		_ = w.deliver() // an error of the disk's is found by the next step
		return false
	}()
	if died {
		w.start()
	}
	w.crashes = false
	return nil
}

// wake runs what is due until nothing is.
func (w *town) wake() error {
	for range 100 {
		n, err := w.runner.RunDue(context.Background())
		if err != nil || n == 0 {
			return err
		}
	}
	return errors.New("the runner comes to no end")
}

// caseOf is the case of a phone.
func (w *town) caseOf(from int) (casework.CaseID, error) {
	c, err := w.conversation(from)
	if err != nil {
		return "", err
	}
	return c.Case, nil
}

func (w *town) conversation(from int) (c *casework.Conversation, err error) {
	err = w.store.View(context.Background(), "demo", func(tx casework.Tx) (err error) {
		id := casework.NewConversationID(tx, "demo", casework.SMS, casework.Private(number(from)))
		c, err = casework.Conversations.Get(tx, string(id))
		return err
	})
	return c, err
}

// alert is the one alert there is.
func (w *town) alert() (id string, err error) {
	err = w.store.View(context.Background(), "demo", func(tx casework.Tx) error {
		alerts, err := all(tx, casework.Alerts, "")
		if err == nil && len(alerts) != 1 {
			err = fmt.Errorf("%d alerts, want 1", len(alerts))
		}
		if err == nil {
			id = alerts[0].ID
		}
		return err
	})
	return id, err
}

// task is the one task of a kind for a phone.
func (w *town) task(from int, kind casework.TaskKind) (id string, err error) {
	err = w.store.View(context.Background(), "demo", func(tx casework.Tx) error {
		tasks, err := all(tx, casework.Tasks, "")
		found := map[string]bool{}
		for _, t := range tasks {
			if t.Kind == kind && t.Conversation == casework.NewConversationID(tx, "demo", casework.SMS, casework.Private(number(from))) {
				found[t.ID] = true
			}
		}
		if err == nil && len(found) != 1 {
			err = fmt.Errorf("%d tasks to %s, want 1", len(found), kind)
		}
		for id = range maps.Keys(found) {
		}
		return err
	})
	return id, err
}
