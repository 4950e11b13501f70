package main

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/go-cmp/cmp"

	"linkline/channels"
	"linkline/channels/twilio"
	"linkline/conversation/casework"
)

// callback is where a reply's fate is to be reported.
func (e entry) callback() (string, error) {
	var response struct {
		Message struct {
			Callback string `xml:"statusCallback,attr"`
		}
	}
	err := xml.Unmarshal([]byte(e.body), &response)
	if err == nil && response.Message.Callback == "" {
		err = fmt.Errorf("the reply to %s wants no report", e.sid)
	}
	return response.Message.Callback, err
}

// post sends a signed form to a webhook.
func (w *town) post(address string, fields map[string]string) error {
	form := url.Values{}
	for name, value := range fields {
		form.Set(name, value)
	}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Twilio-Signature", twilio.Sign(address, form, w.account.Tokens[0]))
	a := &answer{}
	w.webhooks.ServeHTTP(a, r)
	if a.status >= http.StatusMultipleChoices {
		return fmt.Errorf("the webhook answered %d", a.status)
	}
	return nil
}

// silence is the answer that sends nothing.
const silence = `<?xml version="1.0" encoding="UTF-8"?>` + "\n<Response/>"

// compare checks that nothing is lost and nothing doubled, beside days on which
// nothing failed.
func (w *town) compare(calm *town) {
	w.t.Helper()
	if diff := cmp.Diff(calm.replies(), w.replies()); diff != "" {
		w.t.Errorf("the phones saw other replies (-calm +now):\n%s", diff)
	}
	w.checkOutbox()
	if diff := cmp.Diff(calm.kept(), w.kept()); diff != "" {
		w.t.Errorf("other records (-calm +now):\n%s", diff)
	}
	w.fault.n = 0
	for _, sid := range w.order {
		e := w.ledger[sid]
		if e.from != number(1) { // forgotten: only the hashed id remains (decision 23)
			e.body = silence
			w.ledger[sid] = e
		}
		if err := w.bring(e.text); err != nil {
			w.t.Error(err)
		}
	}
}

// replies are what each phone was answered.
func (w *town) replies() []string {
	w.t.Helper()
	if w.said != nil {
		return w.said
	}
	var out []string
	for _, sid := range w.order {
		reply, err := w.ledger[sid].reply()
		if err != nil {
			w.t.Error(err)
		}
		out = append(out, sid+": "+plain(reply))
	}
	w.said = out
	return out
}

// checkOutbox: every message that was planned was shown once, or somebody is
// told that it may not have been. Only what must not be lost may be shown twice.
func (w *town) checkOutbox() {
	w.t.Helper()
	w.view(func(tx casework.Tx) error {
		messages, err := all(tx, casework.Messages, "")
		if err != nil {
			return err
		}
		for _, m := range messages {
			if m.Way != casework.Out || m.Delivery.Class == casework.ClassAnswer {
				continue
			}
			told, err := casework.Tasks.Find(tx, m.ID)
			if err != nil {
				return err
			}
			n := w.shown[casework.MessageKey(m.Conversation, m.ID)]
			again := m.Delivery.Class == casework.ClassDuty || m.Delivery.Class == casework.ClassSafety
			switch state := m.Delivery.State; {
			case state == casework.Planned || state == casework.Attempting:
				w.t.Errorf("a message of class %s is still %s", m.Delivery.Class, state)
			case n > 1 && !again:
				w.t.Errorf("a message of class %s was shown %d times", m.Delivery.Class, n)
			case m.Delivery.Reason == casework.ReasonStale: // nobody wants it any more
			case n == 0 && told == nil:
				w.t.Errorf("a message of class %s is %s (%s), was never shown, and nobody is told", m.Delivery.Class, state, m.Delivery.Reason)
			}
		}
		return nil
	})
}

// kept counts the records by kind and, where that says more, by what they say.
// Left out is what a failure may add by right: a task for a message that may
// not have arrived, the trace of a page that was opened twice, and that such a
// message was sent again.
func (w *town) kept() map[string]int {
	w.t.Helper()
	out := counts(w.t, w.store)
	delete(out, casework.Tasks.Name)
	delete(out, casework.Audits.Name)
	w.view(func(tx casework.Tx) error {
		tasks, err := all(tx, casework.Tasks, "")
		if err != nil {
			return err
		}
		for _, t := range tasks {
			if t.Kind != casework.TaskUndeliver {
				out["task "+string(t.Kind)]++
			}
		}
		audits, err := all(tx, casework.Audits, "")
		for _, a := range audits {
			out["audit "+a.Action]++
		}
		for _, more := range []string{"audit case opened by a worker", "audit " + string(channels.SiteRetry)} {
			out[more] = min(out[more], 1)
		}
		return err
	})
	return out
}

func (w *town) view(fn func(casework.Tx) error) {
	w.t.Helper()
	if err := w.store.View(context.Background(), "demo", fn); err != nil {
		w.t.Fatal(err)
	}
}
