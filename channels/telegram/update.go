package telegram

import (
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// update is what one of Telegram's updates comes to for us.
type update struct {
	id int64
	// in is the text it brings; nil for what is not for us, as a group's.
	in *conversation.Inbound
	// at is when it was sent, as Telegram says; zero where it does not.
	at time.Time
	// press is the button that was pressed; nil for none. It is answered even
	// where it is not for us, since the button spins until then.
	press *press
	// link is the payload of a deep link, an opaque token; empty for none. Nothing
	// reads it yet.
	link string
}

// press is a button that was pressed.
type press struct {
	query   string // Telegram's id of it
	chat    int64
	message int
	// text is the message it stands under and label the button's own; both empty
	// where Telegram does not show an old message any more.
	text, label string
}

// Telegram's own form, as far as it is read. Each part is read by itself, so that
// a new form of one thing does not lose the other.
type (
	wireUpdate struct {
		ID       int64           `json:"update_id"`
		Message  json.RawMessage `json:"message"`
		Edited   json.RawMessage `json:"edited_message"`
		Callback json.RawMessage `json:"callback_query"`
		Member   json.RawMessage `json:"my_chat_member"`
	}
	wireChat struct {
		ID   int64  `json:"id"`
		Type string `json:"type"`
	}
	wireUser struct {
		ID    int64 `json:"id"`
		IsBot bool  `json:"is_bot"`
	}
	wireMessage struct {
		ID      int       `json:"message_id"`
		From    *wireUser `json:"from"`
		Chat    wireChat  `json:"chat"`
		Date    int64     `json:"date"`
		Edit    int64     `json:"edit_date"`
		Text    string    `json:"text"`
		Caption string    `json:"caption"`
		Markup  struct {
			Rows [][]struct {
				Text string `json:"text"`
				Data string `json:"callback_data"`
			} `json:"inline_keyboard"`
		} `json:"reply_markup"`
		things
	}
	// things are what a message may bring instead of words. They are counted and
	// never fetched (B50).
	things struct {
		Photo     json.RawMessage `json:"photo"`
		Voice     json.RawMessage `json:"voice"`
		Audio     json.RawMessage `json:"audio"`
		Video     json.RawMessage `json:"video"`
		VideoNote json.RawMessage `json:"video_note"`
		Document  json.RawMessage `json:"document"`
		Sticker   json.RawMessage `json:"sticker"`
		Animation json.RawMessage `json:"animation"`
		Location  json.RawMessage `json:"location"`
		Contact   json.RawMessage `json:"contact"`
	}
	wireCallback struct {
		ID      string       `json:"id"`
		From    *wireUser    `json:"from"`
		Message *wireMessage `json:"message"`
		Data    string       `json:"data"`
	}
	wireMember struct {
		Chat wireChat `json:"chat"`
		Date int64    `json:"date"`
		New  struct {
			Status string `json:"status"`
		} `json:"new_chat_member"`
	}
)

// errUpdate means that something is not an update at all: it has no id, so it
// cannot be confirmed either.
var errUpdate = errors.New("not an update")

// parse reads an update. What it does not know, or what is not of a person who
// writes to the bot alone, brings no text (B58).
func parse(raw []byte) (update, error) {
	var w wireUpdate
	if err := json.Unmarshal(raw, &w); err != nil || w.ID <= 0 {
		return update{}, errUpdate
	}
	u := update{id: w.ID}
	switch {
	case present(w.Callback):
		u.pressed(w.Callback)
	case present(w.Message):
		u.texted(w.Message)
	case present(w.Edited):
		u.texted(w.Edited)
	case present(w.Member):
		u.blocked(w.Member)
	}
	return u, nil
}

func present(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

// texted reads a message. One that was edited is a text of its own, since what
// was made of a harmless one must be read for danger too (B21).
func (u *update) texted(raw json.RawMessage) {
	var m wireMessage
	if json.Unmarshal(raw, &m) != nil || !personal(m.Chat) || m.From == nil || m.From.IsBot {
		return
	}
	words := m.Text
	if words == "" {
		words = m.Caption
	}
	in := &conversation.Inbound{From: address(m.Chat), Media: m.media()}
	if words == "" && in.Media == 0 {
		return // a pinned message, a theme that was changed
	}
	in.Text, in.OptOut, u.link = command(words)
	u.in, u.at = in, moment(max(m.Date, m.Edit))
}

// pressed reads a press of a button.
func (u *update) pressed(raw json.RawMessage) {
	var c wireCallback
	if json.Unmarshal(raw, &c) != nil || c.ID == "" {
		return
	}
	u.press = &press{query: c.ID}
	if c.Message == nil || !personal(c.Message.Chat) {
		return
	}
	u.press.chat, u.press.message, u.press.text = c.Message.Chat.ID, c.Message.ID, c.Message.Text
	for _, row := range c.Message.Markup.Rows {
		for _, b := range row {
			if b.Data == c.Data {
				u.press.label = b.Text
			}
		}
	}
	if prompt, option, ok := parseData(c.Data); ok {
		u.in = &conversation.Inbound{
			From: address(c.Message.Chat), Prompt: prompt, Option: option, Text: casework.Private(u.press.label),
		}
	}
}

// blocked reads that a person has blocked the bot, which is an opt-out.
func (u *update) blocked(raw json.RawMessage) {
	var m wireMember
	if json.Unmarshal(raw, &m) != nil || !personal(m.Chat) || m.New.Status != "kicked" {
		return
	}
	u.in, u.at = &conversation.Inbound{From: address(m.Chat), OptOut: conversation.Blocked}, moment(m.Date)
}

func personal(c wireChat) bool { return c.Type == "private" && c.ID > 0 }

func address(c wireChat) casework.Private { return casework.Private(strconv.FormatInt(c.ID, 10)) }

func moment(seconds int64) time.Time {
	if seconds <= 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}

// media counts what a message brings besides words.
func (t things) media() (n int) {
	for _, thing := range []json.RawMessage{
		t.Photo, t.Voice, t.Audio, t.Video, t.VideoNote, t.Document, t.Sticker, t.Location, t.Contact,
	} {
		if present(thing) {
			n++
		}
	}
	if n == 0 && present(t.Animation) { // which brings a document as well
		n = 1
	}
	return n
}

// command puts the commands that every bot has into the words that the engine
// knows. The payload of a link is kept only where it is an opaque token.
func command(words string) (text casework.Private, optOut, link string) {
	text = casework.Private(strings.ToValidUTF8(words, "\uFFFD"))
	if !strings.HasPrefix(words, "/") {
		return text, "", ""
	}
	name, rest, _ := strings.Cut(strings.TrimSpace(words), " ")
	name, _, _ = strings.Cut(strings.ToLower(name), "@")
	rest = strings.TrimSpace(rest)
	switch {
	case name == "/start":
		if regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`).MatchString(rest) {
			link = rest
		}
		return "START", "START", link
	case name == "/stop" && rest == "":
		return "STOP", "STOP", ""
	case name == "/help" && rest == "":
		return "HELP", "", ""
	}
	return text, "", ""
}
