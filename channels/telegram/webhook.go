package telegram

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-telegram/bot"
)

// Path begins the paths that Telegram posts to.
const Path = "/telegram/"

// maxBody bounds a webhook: an update has at most 4096 characters of words, but
// may quote another message.
const maxBody = 256 << 10

// secretHeader proves that a webhook is Telegram's.
const secretHeader = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // the name of a header

// hooking is where the webhook stands.
type hooking struct {
	mu       sync.Mutex
	set      bool
	rest     time.Time // until when Telegram is not told again
	draining atomic.Bool
}

// HookPath is the secret path of the bot's webhook.
func (b *Bot) HookPath() (string, error) {
	path, err := b.config.Sender.account.derive("path")
	return Path + path, err
}

// Hook tells Telegram where to post, once. One connection at a time: over several
// the texts of one person could overtake one another (I24).
func (b *Bot) Hook(ctx context.Context) (worked bool, err error) {
	b.hook.mu.Lock()
	defer b.hook.mu.Unlock()
	if b.hook.set || b.config.Now().Before(b.hook.rest) {
		return false, nil
	}
	path, err := b.HookPath()
	if err != nil {
		return false, err
	}
	secret, err := b.config.Sender.account.derive("secret")
	if err != nil {
		return false, err
	}
	c := &call{}
	_, err = b.config.Sender.bot.SetWebhook(watched(ctx, c), &bot.SetWebhookParams{
		URL: strings.TrimSuffix(b.config.Sender.account.PublicURL, "/") + path, SecretToken: secret, MaxConnections: 1, AllowedUpdates: allowed(),
	})
	if err != nil {
		b.hook.rest = b.config.Now().Add(max(longestPause, c.retryAfter))
		return false, fmt.Errorf("set the telegram webhook: %w", c.failure())
	}
	b.hook.set = true
	return false, nil
}

// Drain makes the webhook refuse what comes from now on, so that Telegram brings
// it again to whoever runs next.
func (b *Bot) Drain() { b.hook.draining.Store(true) }

// ServeHTTP takes one update from the webhook. It answers 200 only once the turn
// is committed; anything else makes Telegram bring it again (B53).
func (b *Bot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if b.hook.draining.Load() {
		tryAgain(w)
		return
	}
	body, status := readBody(w, r)
	if status == 0 && !b.proved(r) {
		status = http.StatusForbidden
	}
	if status != 0 {
		b.refuse(w, r, status)
		return
	}
	u, err := parse(body)
	if err != nil {
		b.refuse(w, r, http.StatusBadRequest)
		return
	}
	if err := b.handle(r.Context(), u); err != nil {
		b.config.Log.ErrorContext(r.Context(), "update not taken", "team", b.route.Team, "error", err)
		tryAgain(w)
		return
	}
	w.WriteHeader(http.StatusOK)
}

// proved compares the path and the secret that only Telegram knows, in a time
// that tells nothing of them.
func (b *Bot) proved(r *http.Request) bool {
	path, err := b.HookPath()
	if err != nil {
		return false
	}
	secret, err := b.config.Sender.account.derive("secret")
	if err != nil {
		return false
	}
	same := subtle.ConstantTimeCompare([]byte(r.URL.Path), []byte(path))
	return same&subtle.ConstantTimeCompare([]byte(r.Header.Get(secretHeader)), []byte(secret)) == 1
}

func readBody(w http.ResponseWriter, r *http.Request) (body []byte, status int) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, http.StatusMethodNotAllowed
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" || r.Header.Get("Content-Encoding") != "" {
		return nil, http.StatusUnsupportedMediaType
	}
	body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, http.StatusRequestEntityTooLarge
	}
	if err != nil {
		return nil, http.StatusBadRequest
	}
	return body, 0
}

// refuse answers with an empty body. The path is a secret, so it is not logged.
func (b *Bot) refuse(w http.ResponseWriter, r *http.Request, status int) {
	level := slog.LevelInfo
	if status == http.StatusForbidden {
		level = slog.LevelWarn
	}
	b.config.Log.Log(r.Context(), level, "webhook refused", "channel", "telegram", "team", b.route.Team, "status", status)
	w.WriteHeader(status)
}

func tryAgain(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "2")
	w.WriteHeader(http.StatusServiceUnavailable)
}

// Webhooks serves the webhooks of several bots under Path. Whoever mounts it logs
// no path: the path is half of what proves a request.
func Webhooks(bots []*Bot) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var meant *Bot
		for _, b := range bots { // all of them, however early one fits
			if path, err := b.HookPath(); err == nil && subtle.ConstantTimeCompare([]byte(r.URL.Path), []byte(path)) == 1 {
				meant = b
			}
		}
		if meant == nil {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		meant.ServeHTTP(w, r)
	})
}
