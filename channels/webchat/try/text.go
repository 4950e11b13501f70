package try

import (
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"linkline/conversation"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/conversation/reading"
)

// longest is how much one text may hold, and maxForm how much a form.
const (
	longest = 1600
	maxForm = 16 << 10
)

// text sends a text from the phone: the way a provider's webhook does.
func (t *Try) text(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "That text is too long for this page.", http.StatusRequestEntityTooLarge)
		return
	}
	n, err := t.hand(w, r, false)
	if err != nil {
		t.config.Log.ErrorContext(r.Context(), "try page found no phone", slog.Any("err", err))
		http.Error(w, "The phone could not send just now. Go back and try again.", http.StatusServiceUnavailable)
		return
	}
	if err := t.send(r, n); err != nil {
		t.config.Log.ErrorContext(r.Context(), "try page could not send", slog.Any("err", err))
	}
	http.Redirect(w, r, "/try#last", http.StatusSeeOther)
}

// send hands a text to the engine and remembers it with what came back.
func (t *Try) send(r *http.Request, n int) error {
	typed, media := strings.TrimSpace(r.PostForm.Get("text")), 0
	if runes := []rune(typed); len(runes) > longest {
		typed = string(runes[:longest])
	}
	shown := bubble{Mine: true, Text: typed}
	if r.PostForm.Get("photo") != "" {
		typed, media, shown.Text = "", 1, "[a photo]"
	}
	if shown.Text == "" {
		return nil
	}
	id, err := t.messageID()
	if err != nil {
		return err
	}
	now := t.config.Now()
	reply, err := t.config.Engine.Receive(r.Context(), conversation.Inbound{
		Team: t.config.Team.ID, Channel: casework.SMS, From: number(n), ID: id,
		Text: casework.Private(typed), Media: media, At: now,
	})
	shown.At = now
	if err != nil {
		t.phones.add(n, now, shown, bubble{Note: "That did not go through. Send it again.", At: t.config.Now()})
		return err
	}
	answer := bubble{Text: reply.Text, At: t.config.Now()}
	if reply.Text == "" {
		answer.Note = "Nothing is sent back to this text."
		switch reading.IntentOf(typed, "en", calendar.Date{}).Intent {
		case reading.OptOutWord, reading.HelpWord:
			answer.Note = "The mobile network answers this word by itself, so we send nothing."
		default:
		}
	}
	t.phones.add(n, now, shown, answer)
	return nil
}

// messageID draws an id as a provider would give one.
func (t *Try) messageID() (string, error) {
	t.drawing.Lock()
	defer t.drawing.Unlock()
	var id [16]byte
	if _, err := io.ReadFull(t.config.Random, id[:]); err != nil {
		return "", fmt.Errorf("draw a message id: %w", err)
	}
	return "try-" + hex.EncodeToString(id[:]), nil
}

// another puts the phone down and takes a new one, with a number that has never
// texted.
func (t *Try) another(w http.ResponseWriter, r *http.Request) {
	if _, err := t.hand(w, r, true); err != nil {
		t.config.Log.ErrorContext(r.Context(), "try page found no phone", slog.Any("err", err))
	}
	http.Redirect(w, r, "/try", http.StatusSeeOther)
}
