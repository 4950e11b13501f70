package twilio

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"linkline/channels"
	"linkline/conversation"
)

// minKey is the least length of the key that signs our callbacks.
const minKey = 16

// Engine takes a text and answers it. Receive returns after its commit; an
// error means that nothing is known to be kept, so the provider must try again.
// The same Inbound.ID is answered with the same reply.
type Engine interface {
	Receive(ctx context.Context, in conversation.Inbound) (conversation.Reply, error)
}

// Reports takes status reports; see channels.Delivery.Report.
type Reports interface {
	Report(ctx context.Context, r channels.Report) error
}

// Config is what a Handler is made of.
type Config struct {
	Accounts []Account
	Engine   Engine
	Reports  Reports
	// Key signs the ids in our callback URLs. While it stays, a repeated webhook
	// is answered with the same bytes.
	Key []byte
	Now func() time.Time
	Log *slog.Logger
}

// Handler serves Twilio's webhooks under /twilio/. It never redirects: Twilio
// would follow with a GET and lose the text.
type Handler struct {
	config   Config
	accounts []verified
	key      *macs // of the config's Key
	lanes    lanes
	draining atomic.Bool
}

// verified is an account with what tells its requests from a stranger's.
type verified struct {
	Account
	*Verifier
}

// NewHandler checks the configuration and returns a Handler.
func NewHandler(config Config) (*Handler, error) {
	if len(config.Key) < minKey {
		return nil, errors.New("twilio: the key for callbacks is too short")
	}
	h := &Handler{config: config, key: newMACs(sha256.New, config.Key)}
	for _, a := range config.Accounts {
		if err := a.Validate(); err != nil {
			return nil, err
		}
		verifier, err := NewVerifier(a.Tokens...)
		if err != nil {
			return nil, fmt.Errorf("team %s: %w", a.Team, err)
		}
		h.accounts = append(h.accounts, verified{Account: a, Verifier: verifier})
	}
	return h, nil
}

// Drain makes the handler refuse what comes from now on, so that Twilio sends
// it again to whoever runs next. What is under way ends as it would.
func (h *Handler) Drain() { h.draining.Store(true) }

// ServeHTTP serves one webhook.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	switch strings.TrimSuffix(r.URL.Path, "/") {
	case InboundPath:
		h.inbound(w, r)
	case StatusPath:
		h.status(w, r)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// tryAgain tells Twilio that the request was not taken. It is the one answer
// that keeps a text from being lost while we cannot keep it (B53).
func tryAgain(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "2")
	w.WriteHeader(http.StatusServiceUnavailable)
}
