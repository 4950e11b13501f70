package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/channels/telegram"
	"linkline/channels/telegram/telegramtest"
	"linkline/conversation"
	"linkline/conversation/casework"
)

var testNow = time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)

// answers notes what was to be answered, and sends it.
type answers struct {
	mu     sync.Mutex
	sender channels.Sender
	got    []channels.Carried
	down   bool
}

func (a *answers) Answer(ctx context.Context, c channels.Carried, words casework.Private) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.down {
		return channeltest.ErrStoreDown
	}
	for _, before := range a.got {
		if before.Message == c.Message {
			return nil
		}
	}
	a.got = append(a.got, c)
	_, err := a.sender.Send(ctx, channels.Outgoing{Message: c.Message, To: c.To, Text: words})
	return err
}

// world is a bot between a stand-in for Telegram and one for the engine.
type world struct {
	*telegram.Bot
	server  *telegramtest.Server
	engine  *channeltest.Engine
	answers *answers
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{server: telegramtest.New(t, testToken), engine: &channeltest.Engine{}}
	w.restart(t)
	return w
}

// restart puts a new bot in the place of the old one, which forgets what it knew.
func (w *world) restart(t *testing.T) {
	t.Helper()
	log, written := channeltest.Log(t)
	t.Cleanup(func() { secretless(t, written()) })
	sender := newSender(t, w.server.URL)
	if w.answers == nil {
		w.answers = &answers{}
	}
	w.answers.sender = sender
	w.Bot = telegram.New(telegram.Config{
		Sender: sender, Engine: w.engine, Delivery: w.answers, Log: log, Now: func() time.Time { return testNow },
	})
}

func (w *world) polls(t *testing.T) {
	t.Helper()
	if _, err := w.Poll(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// said is the update of a text.
func said(id int64, chat, text string) string {
	return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":%d,"from":{"id":%s,"is_bot":false,"first_name":"Canary Person"},`+
		`"chat":{"id":%s,"type":"private"},"text":%q}}`, id, id, testNow.Unix()-2, chat, chat, text)
}

func TestPollTakesAndAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.Bring(t, said(11, testChat, "canary words"), said(10, testChat, "hello"), said(11, testChat, "canary words"))
	w.polls(t)
	texts := w.engine.Texts()
	if len(texts) != 2 || texts[0].Text != "hello" || texts[1].Text != "canary words" {
		t.Fatalf("%d texts, want the two in order", len(texts))
	}
	if got := texts[0]; got.ID != "123456/10" || got.From != testChat || got.Team != testTeam || got.Channel != casework.Telegram || !got.At.Equal(testNow) {
		t.Errorf("taken as %s of %s on %s at %s", got.ID, got.Team, got.Channel, got.At)
	}
	if got := w.answers.got[0].At; !got.Equal(testNow.Add(-2 * time.Second)) {
		t.Errorf("answered as to a text of %s, want when she sent it", got)
	}
	if got := len(w.server.Messages()); got != 2 {
		t.Errorf("%d answers, want 2", got)
	}
	w.polls(t)
	if got := w.server.Waiting(); got != 0 {
		t.Errorf("%d updates are not confirmed", got)
	}
}

// Nothing is confirmed that is not committed, and a restart in the middle neither
// loses nor doubles a text.
func TestPollRestartsInTheMiddle(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.Bring(t, said(10, testChat, "one"), said(11, testChat, "two"))
	w.engine.Down(true)
	if _, err := w.Poll(t.Context()); err == nil {
		t.Fatal("a text that was not taken is no error")
	}
	w.restart(t)
	w.engine.Down(false)
	w.polls(t)   // takes both, and confirms neither
	w.restart(t) // so they come again
	w.server.Bring(t, said(12, testChat, "three"))
	w.polls(t)
	w.polls(t)
	if got := len(w.engine.Texts()); got != 3 {
		t.Errorf("%d texts, want 3", got)
	}
	if got := len(w.server.Messages()); got != 3 {
		t.Errorf("%d answers, want 3", got)
	}
	if got := w.server.Waiting(); got != 0 {
		t.Errorf("%d updates are not confirmed", got)
	}
}

// An answer that could not be claimed is given when the update comes again.
func TestPollAnswersAfterAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.Bring(t, said(10, testChat, "one"))
	w.answers.down = true
	if _, err := w.Poll(t.Context()); !errors.Is(err, channeltest.ErrStoreDown) {
		t.Fatalf("error %v, want the store's", err)
	}
	w.answers.down = false
	w.polls(t)
	if texts, sent := len(w.engine.Texts()), len(w.server.Messages()); texts != 1 || sent != 1 {
		t.Errorf("%d texts and %d answers, want one of each", texts, sent)
	}
}

// One text that can never be taken keeps nobody else's back, and hers wait.
func TestPollPassesOverWhatCannotBeTaken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Bot = telegram.New(telegram.Config{
		Sender: newSender(t, w.server.URL), Engine: &refusing{Engine: w.engine, words: "bad"}, Delivery: w.answers,
		Now: func() time.Time { return testNow }, Log: slog.New(slog.DiscardHandler),
	})
	w.server.Bring(t, said(10, testChat, "bad"), said(11, testChat, "after"), said(12, "5", "good"))
	for range 30 {
		if got := len(w.engine.Texts()); got > 1 {
			t.Fatalf("%d texts before it is given up, want the other person's", got)
		}
		if _, err := w.Poll(t.Context()); err == nil {
			t.Fatal("a text that was not taken is no error")
		}
	}
	w.polls(t)
	w.polls(t)
	if got := w.engine.Texts(); len(got) != 2 || got[1].Text != "after" || w.server.Waiting() != 0 {
		t.Errorf("%d texts, and %d updates wait; want what she wrote after it", len(got), w.server.Waiting())
	}
}

// While nothing at all is taken the fault is ours, and nothing is given up.
func TestPollGivesNothingUpWhileTheStoreIsDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.Bring(t, said(10, testChat, "one"))
	w.engine.Down(true)
	for range 40 {
		_, _ = w.Poll(t.Context())
	}
	w.engine.Down(false)
	w.polls(t)
	if got := len(w.engine.Texts()); got != 1 {
		t.Errorf("%d texts, want 1", got)
	}
}

// refusing is an engine that never takes some words.
type refusing struct {
	*channeltest.Engine
	words casework.Private
}

func (r *refusing) Receive(ctx context.Context, in conversation.Inbound) (conversation.Reply, error) {
	if in.Text == r.words {
		return conversation.Reply{}, errors.New("never")
	}
	return r.Engine.Receive(ctx, in)
}

// Telegram is not there, or does not want us: nothing is confirmed, nothing named.
func TestPollFails(t *testing.T) {
	t.Parallel()
	for _, status := range []int{401, 409, 429, 502} {
		w := newWorld(t)
		w.server.Next("getUpdates", func(rw http.ResponseWriter, _ *http.Request) { telegramtest.Refuse(rw, status, "canary", 3) })
		_, err := w.Poll(t.Context())
		if err == nil || !strings.Contains(err.Error(), fmt.Sprint(status)) {
			t.Errorf("%d: error %v", status, err)
			continue
		}
		secretless(t, err.Error())
		before := len(w.server.Calls())
		if _, err := w.Poll(t.Context()); err != nil || len(w.server.Calls()) != before {
			t.Errorf("%d: asked again at once, %v", status, err)
		}
	}
}

// press is the update of a button that is pressed under the bot's first message.
func press(id int64, data string) string {
	return fmt.Sprintf(`{"update_id":%d,"callback_query":{"id":"q%d","from":{"id":%s},"data":%q,"message":{"message_id":1,"date":5,`+
		`"from":{"id":123456,"is_bot":true},"chat":{"id":%s,"type":"private"},"text":"Is it you?",`+
		`"reply_markup":{"inline_keyboard":[[{"text":"Yes","callback_data":"p1:yes"}]]}}}}`, id, id, testChat, data, testChat)
}

// A press is answered whatever it was, and the buttons go; the choice is ticked
// where it counted (ux 3.1).
func TestPress(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		data    string
		pressed bool
		taken   int
		text    string
	}{
		"open question": {"p1:yes", true, 1, "Is it you?\n\n\u2713 Yes"},
		"old question":  {"p1:yes", false, 1, "Is it you?"},
		"not ours":      {"rubbish", false, 0, "Is it you?"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.engine.Answer = func(conversation.Inbound) conversation.Reply { return conversation.Reply{Pressed: c.pressed} }
			out := outgoing()
			out.Text = "Is it you?"
			out.Asks = &casework.Asking{Prompt: "p1", Options: []casework.Button{{Option: "yes", Label: "Yes"}}}
			if _, err := newSender(t, w.server.URL).Send(t.Context(), out); err != nil {
				t.Fatal(err)
			}
			w.server.Bring(t, press(20, c.data))
			w.polls(t)
			if got := w.server.Answered(); len(got) != 1 || got[0] != "q20" {
				t.Errorf("answered %v, want the press", got)
			}
			if m := w.server.Messages()[0]; m.Text != c.text || m.Rows != nil {
				t.Errorf("the message reads %q with %d rows of buttons, want %q", m.Text, len(m.Rows), c.text)
			}
			texts := w.engine.Texts()
			if len(texts) != c.taken {
				t.Fatalf("%d texts, want %d", len(texts), c.taken)
			}
			if c.taken > 0 && (texts[0].Prompt != "p1" || texts[0].Option != "yes" || texts[0].Text != "Yes") {
				t.Errorf("taken as %q of %q", texts[0].Option, texts[0].Prompt)
			}
		})
	}
}

// That a press cannot be answered loses nothing; while the bot is told to wait,
// nothing more is asked of Telegram for it.
func TestPressThatCannotBeTidied(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.Next("answerCallbackQuery", func(rw http.ResponseWriter, _ *http.Request) { telegramtest.Refuse(rw, 429, "", 9) })
	w.server.Bring(t, press(20, "p1:yes"))
	w.polls(t)
	if got := len(w.engine.Texts()); got != 1 {
		t.Errorf("%d texts, want 1", got)
	}
	if calls := strings.Join(w.server.Calls(), " "); strings.Contains(calls, "edit") {
		t.Errorf("calls %s, want no edit", calls)
	}
}
