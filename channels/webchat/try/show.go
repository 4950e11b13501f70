package try

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"slices"

	"linkline/channels/desk/words"
	"linkline/conversation/casework"
)

// view is what the page and its two parts are made of.
type view struct {
	CSS, Style, JS, Icon string
	Team                 string
	Helpline             string
	Number               string // of the phone
	To                   string // the team's number
	Bubbles              []bubbleRow
	Alerts               []queueRow
	Tasks                []queueRow
	Cases                []queueRow
}

type bubbleRow struct {
	Kind string // mine, theirs or note
	Text string
	At   string
	Last bool
}

// queueRow is one line of the desk's queue beside the phone.
type queueRow struct {
	Link, Name, Says, When, Status string
}

// shown bounds each part of the queue beside the phone.
const shown = 8

// show renders the page or one part of it.
func (t *Try) show(part string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := t.read(w, r)
		var b bytes.Buffer
		if err == nil {
			err = t.page.ExecuteTemplate(&b, part, v)
		}
		if err != nil {
			t.config.Log.ErrorContext(r.Context(), "try page failed", slog.Any("err", err))
			http.Error(w, "The page could not be shown just now. Try again in a minute.", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = b.WriteTo(w) // a browser that has gone away is nobody's error
	}
}

func (t *Try) read(w http.ResponseWriter, r *http.Request) (*view, error) {
	n, err := t.hand(w, r, false)
	if err != nil {
		return nil, err
	}
	v := &view{
		CSS: t.paths["desk.css"], Style: t.paths["try.css"], JS: t.paths["try.js"], Icon: t.paths["mark.svg"],
		Helpline: t.config.Library.HelplinesFor(string(t.config.Team.Nation))["mental_health_line"],
		Team:     t.config.Team.Name, Number: words.Phone(number(n).Reveal()), To: words.Phone(t.config.Number.Reveal()),
	}
	clock := words.Clock{Now: t.config.Now(), Calendar: t.config.Team.Calendar}
	err = t.config.Store.View(r.Context(), t.config.Team.ID, func(tx casework.Tx) error {
		v.Bubbles, v.Alerts, v.Tasks, v.Cases = nil, nil, nil, nil // may run again
		if err := t.readPhone(tx, v, n, clock); err != nil {
			return err
		}
		return t.readQueue(tx, v, clock)
	})
	if err != nil {
		return nil, fmt.Errorf("read the phone and the queue: %w", err)
	}
	return v, nil
}

// readPhone puts together what the phone remembers and what was sent to it
// since by itself: a worker's reply, a reminder.
func (t *Try) readPhone(tx casework.Tx, v *view, n int, clock words.Clock) error {
	bubbles, since := t.phones.remembered(n)
	id := casework.NewConversationID(tx, t.config.Team.ID, casework.SMS, number(n))
	messages, _, err := casework.Messages.Range(tx, casework.Span{
		Prefix: casework.MessagePrefix(id), Limit: kept, Reverse: true,
	})
	if err != nil {
		return err
	}
	for _, m := range messages {
		before := since.IsZero() || m.At.Before(since)
		if m.Text != "" && (before || arrived(m)) {
			bubbles = append(bubbles, bubble{Mine: m.Way == casework.In, Text: m.Text.Reveal(), At: m.At})
		}
	}
	slices.SortStableFunc(bubbles, func(a, b bubble) int { return a.At.Compare(b.At) })
	for i, b := range bubbles {
		row := bubbleRow{Kind: "theirs", Text: b.Text, At: clock.Short(b.At), Last: i == len(bubbles)-1}
		switch {
		case b.Mine:
			row.Kind = "mine"
		case b.Note != "":
			row.Kind, row.Text = "note", b.Note
		}
		v.Bubbles = append(v.Bubbles, row)
	}
	return nil
}

// arrived reports whether a message reached the phone without being an answer
// that the phone remembers.
func arrived(m *casework.Message) bool {
	d := m.Delivery
	return m.Way == casework.Out && d != nil && d.Class != casework.ClassAnswer && d.State == casework.Accepted
}
