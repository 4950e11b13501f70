package service

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAPanicIsToldWithoutItsValue(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	log := slog.New(slog.NewJSONHandler(&out, nil))
	handler := recovered(log, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("Maureen said so") }))
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/twilio/inbound", nil))
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("got %d, want 503, so that the text comes again", w.Code)
	}
	_, err := safely(t.Context(), func(context.Context) (bool, error) { panic("Maureen said so") })
	if !errors.Is(err, errPanic) {
		t.Errorf("got %v, want errPanic", err)
	}
	for _, told := range []string{out.String(), err.Error()} {
		if strings.Contains(told, "Maureen") {
			t.Errorf("the value shows in %s", told)
		}
		if !strings.Contains(told, "TestAPanicIsToldWithoutItsValue") {
			t.Errorf("the place is missing in %s", told)
		}
	}
}

func TestHangingUpIsNotAPanic(t *testing.T) {
	t.Parallel()
	handler := recovered(slog.New(slog.DiscardHandler), http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic(http.ErrAbortHandler)
	}))
	defer func() {
		if err, ok := recover().(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
			t.Error("the server is not told to hang up")
		}
	}()
	handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
}
