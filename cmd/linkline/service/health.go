package service

import (
	"context"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"linkline/conversation/casework"
	"linkline/store"
)

// siteReady is where readiness commits an empty transaction.
const siteReady casework.Site = "service.ready"

// health answers the probes of whatever runs the service.
type health struct {
	store    store.Store
	draining atomic.Bool
}

// alive says that the process answers, and no more.
func (h *health) alive(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, "alive")
}

// ready says whether texts can be taken: the store commits, and the service is
// not on its way down.
func (h *health) ready(w http.ResponseWriter, r *http.Request) {
	if h.draining.Load() {
		answer(w, http.StatusServiceUnavailable, "draining")
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	err := h.store.Update(ctx, siteReady, "", func(casework.Tx) error { return nil })
	if err != nil {
		answer(w, http.StatusServiceUnavailable, "the store cannot be written")
		return
	}
	answer(w, http.StatusOK, "ready")
}

func answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n") // nobody is left to tell
}
