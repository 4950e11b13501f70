package service

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/channels/channeltest"
	"linkline/channels/telegram"
	"linkline/channels/telegram/telegramtest"
	"linkline/cmd/linkline/config"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/storetest"
)

const botToken = "123456:AAtest-token_of-a-made-up-bot"

// telegramBench is a whole service with a bot at a stand-in for Telegram.
type telegramBench struct {
	*Service
	server *telegramtest.Server
	store  store.Store
	now    time.Time
	log    *slog.Logger
	update int64
}

func newTelegramBench(t *testing.T, environ ...string) *telegramBench {
	t.Helper()
	b := &telegramBench{
		server: telegramtest.New(t, botToken), store: storetest.Memory(t), now: time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC),
	}
	log, written := channeltest.Log(t)
	b.log = log
	t.Cleanup(func() {
		if strings.Contains(written(), "AAtest") {
			t.Error("the log holds the token")
		}
	})
	b.restart(t, environ...)
	return b
}

// restart puts a new service over the same store.
func (b *telegramBench) restart(t *testing.T, environ ...string) {
	t.Helper()
	settings, err := config.Load(config.Given{DataDir: t.TempDir(), Environ: append(environ,
		"LINKLINE_TELEGRAM_TOKEN="+botToken, "LINKLINE_TELEGRAM_API_URL="+b.server.URL)})
	if err != nil {
		t.Fatal(err)
	}
	library, err := Library()
	if err != nil {
		t.Fatal(err)
	}
	b.Service, err = New(Config{
		Settings: settings, PublicURL: "https://texts.example.org", DeskURL: "https://texts.example.org", Store: b.store,
		Library: library, DemoToken: "token-of-the-demo", StoreKey: make([]byte, 32), Now: func() time.Time { return b.now },
		Random: rand.Reader, Log: b.log,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// text is the update of a text, and press that of a button of the last message.
func (b *telegramBench) text(chat int64, words string) string {
	b.update++
	return textUpdate(b.update, chat, b.now, words)
}

func textUpdate(id, chat int64, at time.Time, words string) string {
	return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":%d,"from":{"id":%d},"chat":{"id":%d,"type":"private"},"text":%q}}`,
		id, id, at.Unix(), chat, chat, words)
}

func (b *telegramBench) press(t *testing.T, label string) string {
	t.Helper()
	all := b.server.Messages()
	m := all[len(all)-1]
	for _, row := range m.Rows {
		for _, button := range row {
			if button.Text == label {
				b.update++
				return fmt.Sprintf(`{"update_id":%d,"callback_query":{"id":"q%d","from":{"id":%d},"data":%q,"message":{"message_id":%d,`+
					`"date":5,"chat":{"id":%d,"type":"private"},"text":%q,"reply_markup":{"inline_keyboard":[[{"text":%q,"callback_data":%q}]]}}}}`,
					b.update, b.update, m.Chat, button.Data, m.ID, m.Chat, m.Text, button.Text, button.Data)
			}
		}
	}
	t.Fatalf("no button %q under %q: %v", label, m.Text, m.Rows)
	return ""
}

// takes polls until nothing waits.
func (b *telegramBench) takes(t *testing.T, updates ...string) string {
	t.Helper()
	b.server.Bring(t, updates...)
	for b.server.Waiting() > 0 {
		if _, err := b.chats.bots[0].Listen(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	all := b.server.Messages()
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].Text
}

const chat = 7700900123 // a canary

// Every option of the library fits into a button beside its question's id (ux
// 3.1): one that did not would leave the whole question unsent.
func TestTelegramButtonsFit(t *testing.T) {
	t.Parallel()
	library, err := Library()
	if err != nil {
		t.Fatal(err)
	}
	const promptID, most = 26, 64 // the length of our ids; Telegram's bound
	seen := 0
	for _, f := range library.All() {
		for _, s := range f.Steps {
			for _, o := range s.Options {
				seen++
				if n := promptID + len(":") + len(o.ID); n > most {
					t.Errorf("%s.%s: option %s takes %d bytes of a button, want %d at most", f.ID, s.ID, o.ID, n, most)
				}
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d options were looked at", seen)
	}
}

func TestTelegramIsOffWithoutAToken(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	s := newService(t, "http://127.0.0.1:1", &now)
	if len(s.chats.bots) != 0 || len(s.chats.loops(s)) != 0 {
		t.Error("a bot without a token")
	}
}

// The referral begins by buttons, STOP is confirmed, START asks again: the flow is
// the one of a text.
func TestTelegramJourney(t *testing.T) {
	t.Parallel()
	b := newTelegramBench(t)
	if got := b.takes(t, b.text(chat, "/start")); !strings.Contains(got, "Fen Wellbeing") {
		t.Fatalf("the first answer is %q", got)
	}
	first := b.server.Messages()[0]
	if len(first.Rows) == 0 {
		t.Fatalf("no buttons under %q", first.Text)
	}
	label := first.Rows[0][0].Text
	b.takes(t, b.press(t, label))
	ticked := b.server.Messages()[0]
	if ticked.Rows != nil || !strings.HasSuffix(ticked.Text, "\u2713 "+label) {
		t.Errorf("after the press it reads %q with %d rows of buttons", ticked.Text, len(ticked.Rows))
	}
	if got := len(b.server.Messages()); got != 2 {
		t.Fatalf("%d messages after one press, want 2", got)
	}
	if got := b.takes(t, b.text(chat, "/stop")); !strings.Contains(got, "START") {
		t.Errorf("the STOP is answered with %q", got)
	}
	before := len(b.server.Messages())
	b.takes(t, b.text(chat, "hello"))
	if got := len(b.server.Messages()); got != before {
		t.Errorf("%d messages after a STOP", got-before)
	}
	b.takes(t, b.text(chat, "/start"))
	if got := len(b.server.Messages()); got != before+1 {
		t.Errorf("%d answers to a START, want 1", got-before)
	}
}

// An edit is read for danger like any text (B21).
func TestTelegramEditIsRead(t *testing.T) {
	t.Parallel()
	b := newTelegramBench(t)
	b.takes(t, b.text(chat, "hello"))
	got := b.takes(t, strings.Replace(b.text(chat, "I want to kill myself"), `"message":`, `"edited_message":`, 1))
	if !strings.Contains(got, "999") {
		t.Errorf("answered %q, want the urgent numbers", got)
	}
}

// A restart at any moment neither loses nor doubles a text or an answer.
func TestTelegramRestart(t *testing.T) {
	t.Parallel()
	b := newTelegramBench(t)
	b.server.Bring(t, b.text(chat, "hello"))
	if _, err := b.chats.bots[0].Listen(t.Context()); err != nil {
		t.Fatal(err)
	}
	if b.server.Waiting() != 1 {
		t.Fatal("an update was confirmed with the call that brought it")
	}
	b.restart(t)
	b.takes(t)
	if got := len(b.server.Messages()); got != 1 {
		t.Errorf("%d answers, want 1", got)
	}
}

// A crash between the commit of a turn and its answer: the update comes again, and
// the answer leaves once.
func TestTelegramCrashBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	b := newTelegramBench(t)
	u := b.text(chat, "hello")
	_, err := b.engine.Receive(t.Context(), conversation.Inbound{
		Team: "demo", Channel: casework.Telegram, From: "7700900123", ID: fmt.Sprint("123456/", b.update), Text: "hello", At: b.now,
	})
	if err != nil {
		t.Fatal(err)
	}
	b.restart(t)
	b.takes(t, u)
	b.restart(t)
	b.takes(t, u)
	if got := len(b.server.Messages()); got != 1 {
		t.Errorf("%d answers, want 1", got)
	}
}

// A person who blocks the bot has opted out, and nothing is tried any more.
func TestTelegramBlocked(t *testing.T) {
	t.Parallel()
	b := newTelegramBench(t)
	b.takes(t, b.text(chat, "hello"))
	b.takes(t, fmt.Sprintf(
		`{"update_id":900,"my_chat_member":{"chat":{"id":%d,"type":"private"},"date":5,"new_chat_member":{"status":"kicked"}}}`, chat))
	if got := len(b.server.Messages()); got != 1 {
		t.Errorf("%d messages, want the first alone", got)
	}
	if cp := b.contact(t); cp == nil || cp.State != casework.ContactOptedOut {
		t.Errorf("the contact point is %+v, want that it is closed", cp)
	}
}

// contact is the contact point of the chat.
func (b *telegramBench) contact(t *testing.T) (cp *casework.ContactPoint) {
	t.Helper()
	err := b.store.View(t.Context(), "demo", func(tx casework.Tx) (err error) {
		id := casework.NewConversationID(tx, "demo", casework.Telegram, "7700900123")
		cp, err = casework.ContactPoints.Find(tx, casework.ContactPointKey(id))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return cp
}

// Duplicates and any order of a batch give what the ordered run gives.
func TestTelegramShuffled(t *testing.T) {
	t.Parallel()
	people := int64(125) // a thousand updates, and a quarter of them twice
	if testing.Short() {
		people = 8
	}
	ordered, mixed := newTelegramBench(t), newTelegramBench(t)
	var updates []string
	for _, words := range []string{"hello", "1", "1", "no", "help", "what is this", "/stop", "/start"} {
		for person := range people {
			updates = append(updates, ordered.text(5000+person, words))
		}
	}
	for _, u := range updates {
		ordered.takes(t, u)
	}
	random := mathrand.New(mathrand.NewPCG(1, 2))
	for batch := range slices.Chunk(updates, 64) { // Telegram brings no more at once
		again := slices.Clone(batch)
		for i := 0; i < len(batch); i += 4 {
			again = append(again, batch[i])
		}
		random.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
		mixed.takes(t, again...)
	}
	if diff := cmp.Diff(ordered.said(), mixed.said()); diff != "" {
		t.Errorf("what each person was told (-ordered +shuffled):\n%s", diff)
	}
	if diff := cmp.Diff(ordered.places(t), mixed.places(t)); diff != "" {
		t.Errorf("where they stand (-ordered +shuffled):\n%s", diff)
	}
}

// said is what each chat was told, in order.
func (b *telegramBench) said() map[int64][]string {
	out := map[int64][]string{}
	for _, m := range b.server.Messages() {
		out[m.Chat] = append(out[m.Chat], m.Text)
	}
	return out
}

// places counts the conversations by where they stand.
func (b *telegramBench) places(t *testing.T) map[string]int {
	t.Helper()
	out := map[string]int{}
	err := b.store.View(t.Context(), "", func(tx casework.Tx) error {
		all, _, err := casework.Conversations.Range(tx, casework.Span{})
		for _, c := range all {
			at := "none"
			if c.Prompt != nil {
				at = c.Prompt.Place.String()
			}
			out[fmt.Sprint(at, " stopped ", c.Stopped, " of ", len(c.Stack))]++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// By webhook nothing is asked, and the path that Telegram was told is served.
func TestTelegramWebhookIsMounted(t *testing.T) {
	t.Parallel()
	b := newTelegramBench(t, "LINKLINE_TELEGRAM_WEBHOOK=on")
	if _, err := b.chats.bots[0].Listen(t.Context()); err != nil {
		t.Fatal(err)
	}
	set := b.server.Webhook()
	r := telegramRequest(strings.TrimPrefix(set.Get("url"), "https://texts.example.org"), set.Get("secret_token"), b.text(chat, "hello"))
	for range 2 {
		if w := channeltest.Serve(b.Handler(), r()); w.Code != 200 {
			t.Fatalf("status %d, want 200", w.Code)
		}
	}
	if got := len(b.server.Messages()); got != 1 {
		t.Errorf("%d answers, want 1", got)
	}
	off := newTelegramBench(t)
	if w := channeltest.Serve(off.Handler(), r()); w.Code == 200 || w.Code == 403 {
		t.Errorf("status %d without a webhook, want that it is not there", w.Code)
	}
	if !strings.HasPrefix(set.Get("url"), "https://texts.example.org"+telegram.Path) {
		t.Error("the webhook is elsewhere")
	}
}

// telegramRequest makes the same webhook again and again.
func telegramRequest(path, secret, body string) func() *http.Request {
	return func() *http.Request {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
		return r
	}
}
