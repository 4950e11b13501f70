package telegram_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"linkline/channels/channeltest"
	"linkline/channels/telegram"
	"linkline/channels/telegram/telegramtest"
)

const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// hooked is a webhook whose path and secret Telegram was told.
func hooked(t *testing.T, w *world) (path, secret string) {
	t.Helper()
	if _, err := w.Hook(t.Context()); err != nil {
		t.Fatal(err)
	}
	set := w.server.Webhook()
	path, ok := strings.CutPrefix(set.Get("url"), "https://text.example.org")
	if !ok || !strings.HasPrefix(path, telegram.Path) || len(path) < 40 || set.Get("max_connections") != "1" {
		t.Fatalf("set the webhook %s with %s connections", path, set.Get("max_connections"))
	}
	return path, set.Get("secret_token")
}

func TestWebhookCases(t *testing.T) {
	t.Parallel()
	path, secret := hooked(t, newWorld(t))
	ids := map[string]int64{"id-1": 101, "id-2": 102}
	channeltest.Run(t, channeltest.Webhook{
		New: func(t *testing.T, e *channeltest.Engine, log *slog.Logger) http.Handler {
			w := newWorld(t)
			return telegram.Webhooks([]*telegram.Bot{telegram.New(telegram.Config{
				Sender: newSender(t, w.server.URL), Engine: e, Delivery: w.answers, Log: log, Now: time.Now,
			})})
		},
		Request: func(id, text string) *http.Request {
			return posted(path, secret, said(ids[id], testChat, text))
		},
		Forge: func(r *http.Request) { r.Header.Set(secretHeader, secret[1:]+"x") },
		Limit: 256 << 10,
		From:  testChat,
		ID:    func(id string) string { return "123456/" + strconv.FormatInt(ids[id], 10) },
	})
}

func posted(path, secret, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(secretHeader, secret)
	return r
}

// Neither half of the proof does without the other, and no half is guessed.
func TestWebhookRefusesStrangers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path, secret := hooked(t, w)
	for name, r := range map[string]*http.Request{
		"no secret":      posted(path, "", said(1, testChat, "canary words")),
		"another path":   posted(telegram.Path+"x", secret, said(1, testChat, "canary words")),
		"a longer path":  posted(path+"/", secret, said(1, testChat, "canary words")),
		"secret in path": posted(telegram.Path+secret, secret, said(1, testChat, "canary words")),
	} {
		if got := channeltest.Serve(telegram.Webhooks([]*telegram.Bot{w.Bot}), r).Code; got != http.StatusForbidden {
			t.Errorf("%s: status %d, want 403", name, got)
		}
	}
	if got := len(w.engine.Texts()); got != 0 {
		t.Errorf("%d texts of strangers were taken", got)
	}
}

// Telegram is told again where to post when it did not listen, and not at once.
func TestHookIsSetLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.Next("setWebhook", func(rw http.ResponseWriter, _ *http.Request) { telegramtest.Refuse(rw, 429, "", 60) })
	_, err := w.Hook(t.Context())
	if err == nil {
		t.Fatal("a refusal is no error")
	}
	secretless(t, err.Error())
	if _, err := w.Hook(t.Context()); err != nil || len(w.server.Calls()) != 1 {
		t.Errorf("%d calls, %v, want that it waits", len(w.server.Calls()), err)
	}
	w.restart(t)
	hooked(t, w)
}

// While it stops, the webhook takes nothing: whoever runs next does (B53).
func TestWebhookDrains(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path, secret := hooked(t, w)
	w.Drain()
	if got := channeltest.Serve(w.Bot, posted(path, secret, said(1, testChat, "hello"))).Code; got != http.StatusServiceUnavailable {
		t.Errorf("status %d, want 503", got)
	}
}

// What is no text of a person's is taken with 200 and comes to nothing (B58).
func TestWebhookPassesOverWhatIsNotForUs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path, secret := hooked(t, w)
	for _, body := range []string{
		`{"update_id":5}`,
		`{"update_id":6,"channel_post":{"message_id":1,"chat":{"id":-1,"type":"channel"},"text":"canary words"}}`,
		`{"update_id":7,"poll":{}}`,
	} {
		if got := channeltest.Serve(w.Bot, posted(path, secret, body)).Code; got != http.StatusOK {
			t.Errorf("%s: status %d, want 200", body, got)
		}
	}
	for _, body := range []string{``, `{}`, `[1]`, `{"update_id":"x"}`} {
		if got := channeltest.Serve(w.Bot, posted(path, secret, body)).Code; got != http.StatusBadRequest {
			t.Errorf("%q: status %d, want 400", body, got)
		}
	}
	if got := len(w.engine.Texts()); got != 0 {
		t.Errorf("%d texts taken", got)
	}
}
