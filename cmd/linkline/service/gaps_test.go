package service

import (
	"crypto/rand"
	"log/slog"
	"strings"
	"testing"
	"time"

	"linkline/channels/twilio/twiliotest"
	"linkline/cmd/linkline/config"
	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/storetest"
)

// A text that came while nothing of ours could be reached: the service finds it
// at Twilio, and the person is answered, once.
func TestATextThatNoWebhookBroughtIsAnswered(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	server := twiliotest.New(t, DemoAccount, "token-of-the-demo", func() time.Time { return now })
	s := newService(t, server.URL, &now)
	server.Add(twiliotest.Message{
		Direction: "inbound", From: "+447700900456", To: "+447700900000", Body: "Hello", Status: "received", CreatedAt: now.Add(-10 * time.Minute),
	})
	for range 2 {
		if _, err := s.gaps.Fill(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var sent []twiliotest.Message
	for _, m := range server.Messages() {
		if m.Direction == "outbound-api" {
			sent = append(sent, m)
		}
	}
	if len(sent) != 1 || sent[0].To != "+447700900456" || !strings.Contains(sent[0].Body, "Fen Wellbeing") {
		t.Fatalf("sent %+v, want one answer to her", sent)
	}
	// It is in the list, and nobody reports on it: that it arrived is found there.
	server.Set(sent[0].SID, "delivered", 0)
	now = now.Add(15 * time.Minute)
	if worked, err := s.delivery.Settle(t.Context()); !worked || err != nil {
		t.Fatalf("Settle = %t, %v, want work", worked, err)
	}
	if got := carrierOf(t, s.config.Store); got != "delivered" {
		t.Errorf("the answer is %q, want delivered", got)
	}
}

// newService puts a service together whose demo team texts by a stand-in for
// Twilio, and in which somebody has signed in a year ago.
func newService(t *testing.T, apiURL string, now *time.Time) *Service {
	t.Helper()
	return newServiceBy(t, apiURL, func() time.Time { return *now })
}

// newServiceBy is newService on any clock.
func newServiceBy(t *testing.T, apiURL string, now func() time.Time) *Service {
	t.Helper()
	settings, err := config.Load(config.Given{
		DataDir: t.TempDir(), Environ: []string{"LINKLINE_TWILIO_API_URL=" + apiURL},
	})
	if err != nil {
		t.Fatal(err)
	}
	library, err := Library()
	if err != nil {
		t.Fatal(err)
	}
	db := storetest.Memory(t)
	s, err := New(Config{
		Settings: settings, PublicURL: "https://texts.example.org", DeskURL: "https://texts.example.org", Store: db, Library: library,
		DemoToken: "token-of-the-demo", StoreKey: make([]byte, 32), Now: now, Random: rand.Reader,
		Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(t.Context(), "test", "", func(tx casework.Tx) error {
		return casework.Audits.Put(tx, &casework.Audit{ID: "00", Team: settings.Teams[0].ID, At: now().AddDate(-1, 0, 0)})
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// carrierOf is how far the one text of ours has come.
func carrierOf(t *testing.T, db store.Store) (word string) {
	t.Helper()
	err := db.View(t.Context(), "", func(tx casework.Tx) error {
		messages, _, err := casework.Messages.Range(tx, casework.Span{})
		for _, m := range messages {
			if m.Way == casework.Out {
				word = m.Delivery.Carrier
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return word
}
