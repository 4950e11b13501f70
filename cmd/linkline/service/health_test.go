package service

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"linkline/channels"
	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/storetest"
)

// brokenStore commits nothing.
type brokenStore struct{ store.Store }

func (brokenStore) Update(context.Context, casework.Site, casework.TeamID, func(casework.Tx) error) error {
	return store.ErrClosed
}

func TestReady(t *testing.T) {
	t.Parallel()
	whole := &health{store: storetest.Memory(t)}
	draining := &health{store: storetest.Memory(t)}
	draining.draining.Store(true)
	tests := []struct {
		name   string
		health *health
		status int
		body   string
	}{
		{"ready", whole, http.StatusOK, "ready\n"},
		{"draining", draining, http.StatusServiceUnavailable, "draining\n"},
		{"broken", &health{store: brokenStore{}}, http.StatusServiceUnavailable, "the store cannot be written\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := httptest.NewRecorder()
			test.health.ready(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
			if w.Code != test.status || w.Body.String() != test.body {
				t.Errorf("got %d %q, want %d %q", w.Code, w.Body, test.status, test.body)
			}
		})
	}
}

func TestRequestLogTellsTheRouteAndNotThePath(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	log := slog.New(slog.NewJSONHandler(&out, nil))
	mux := http.NewServeMux()
	mux.HandleFunc("POST /case/{reference}", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write([]byte("short"))
	})
	req := httptest.NewRequest(http.MethodPost, "/case/MAUREEN?q=secret", strings.NewReader("text=words"))
	logRequests(log, time.Now, mux).ServeHTTP(httptest.NewRecorder(), req)
	for _, want := range []string{`"route":"POST /case/{reference}"`, `"status":418`, `"bytes":5`, `"method":"POST"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is missing in %s", want, &out)
		}
	}
	for _, secret := range []string{"MAUREEN", "secret", "words"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%s shows in %s", secret, &out)
		}
	}
	out.Reset()
	odd := httptest.NewRequest("MAUREEN", "/", nil)
	logRequests(log, time.Now, mux).ServeHTTP(httptest.NewRecorder(), odd)
	if !strings.Contains(out.String(), `"method":"other"`) || strings.Contains(out.String(), "MAUREEN") {
		t.Errorf("a made-up method: %s", &out)
	}
}

// answeringSender answers what a test wants.
type answeringSender struct{ err error }

func (s answeringSender) Send(context.Context, channels.Outgoing) (channels.Sent, error) {
	return channels.Sent{}, s.err
}

func TestSendersAreCountedByOutcome(t *testing.T) {
	t.Parallel()
	m := newMetrics()
	errs := []error{nil, nil, &channels.SendError{Outcome: channels.Rejected, Code: 21610}, errors.New("line cut")}
	for _, err := range errs {
		s := countedSender{answeringSender{err}, casework.SMS, m}
		if _, got := s.Send(t.Context(), channels.Outgoing{}); !errors.Is(got, err) {
			t.Errorf("got %v, want the sender's own %v", got, err)
		}
	}
	w := httptest.NewRecorder()
	m.handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, want := range []string{
		`outbound_total{channel="sms",state="accepted"} 2`,
		`outbound_total{channel="sms",state="rejected"} 1`,
		`outbound_total{channel="sms",state="unknown"} 1`,
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s is missing", want)
		}
	}
}
