package twilio

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// turnTime is how long a text may wait for its answer. Twilio has stopped
// listening by then, and will bring it again.
const turnTime = 10 * time.Second

// The bounds of what Twilio may say.
const (
	maxID    = 128
	maxMedia = 100
)

// inbound takes one text and answers it with the reply of its turn, which is
// committed by then. A repeat is answered with the same bytes (I6).
func (h *Handler) inbound(w http.ResponseWriter, r *http.Request) {
	hook, ok := h.admit(w, r)
	if !ok {
		return
	}
	from := partyOf(hook.form.Get("From"))
	id := messageID(hook.form)
	if id == "" {
		h.refuse(w, r, http.StatusBadRequest, "no message sid")
		return
	}
	if !from.answerable() || from.channel != partyOf(hook.form.Get("To")).channel {
		h.config.Log.InfoContext(r.Context(), "text of no person", "team", hook.account.Team, "class", string(from.class))
		answer(w, []byte(noReply))
		return
	}
	reply, err := h.receive(r.Context(), conversation.Inbound{
		Team: hook.account.Team, Channel: from.channel, From: casework.Private(from.address),
		ID: id, Text: casework.Private(words(hook.form.Get("Body"))), Media: media(hook.form),
		OptOut: optOut(hook.form), At: h.config.Now(),
	})
	if err != nil {
		h.config.Log.ErrorContext(r.Context(), "text not taken", "team", hook.account.Team, "error", err)
		tryAgain(w)
		return
	}
	answer(w, h.render(hook.account, reply))
}

// receive hands the text to the engine when it is its sender's turn.
func (h *Handler) receive(ctx context.Context, in conversation.Inbound) (conversation.Reply, error) {
	ctx, cancel := context.WithTimeout(ctx, turnTime)
	defer cancel()
	leave, err := h.lanes.enter(ctx, casework.Join(string(in.Team), string(in.Channel), in.From.Reveal()))
	if err != nil {
		return conversation.Reply{}, err
	}
	defer leave()
	return h.config.Engine.Receive(ctx, in)
}

func (h *Handler) render(a Account, reply conversation.Reply) []byte {
	if reply.Text == "" {
		return []byte(noReply)
	}
	return twiml(reply.Text, callbackURL(a, h.key, reply.Message, 1))
}

func answer(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.WriteHeader(http.StatusOK)
	// The client may be gone; it comes back for the same answer.
	_, _ = w.Write(body)
}

// messageID is Twilio's id of the text. The older names stand in for it.
func messageID(f form) string {
	for _, name := range []string{"MessageSid", "SmsMessageSid", "SmsSid"} {
		if id := f.Get(name); id != "" && len(id) <= maxID {
			return id
		}
	}
	return ""
}

// words is the text as it was typed, made safe to keep: what is not UTF-8
// becomes the replacement character.
func words(body string) string { return strings.ToValidUTF8(body, "\uFFFD") }

// media counts the attachments. They are never fetched (B50).
func media(f form) int {
	n, err := strconv.Atoi(f.Get("NumMedia"))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, maxMedia)
}

// optOut passes on what Twilio made of the text, if it is a word we know.
func optOut(f form) string {
	switch word := strings.ToUpper(f.Get("OptOutType")); word {
	case "STOP", "START", "HELP":
		return word
	}
	return ""
}
