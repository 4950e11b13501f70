package service

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
)

// errPanic stands for a panic whose value is not told: it may hold a name or a
// text.
var errPanic = errors.New("panic")

// recovered keeps a request that panics from reaching the server's own log,
// which would print the value. Nothing is known to be kept, so Twilio is asked
// to try again.
func recovered(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch value := recover(); value {
			case nil:
			case http.ErrAbortHandler:
				panic(value) // the server's own way to hang up
			default:
				log.ErrorContext(r.Context(), "a request panicked", "route", r.Pattern, "stack", place())
				w.WriteHeader(http.StatusServiceUnavailable)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// safely runs a step and turns a panic into an error, so that one record nobody
// foresaw does not end the service for everybody.
func safely(ctx context.Context, do step) (worked bool, err error) {
	defer func() {
		if recover() != nil {
			worked, err = false, fmt.Errorf("%w at %s", errPanic, place())
		}
	}()
	return do(ctx)
}

// place names the functions of ours that led to a panic, without any value.
func place() string {
	var callers [32]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers[:])])
	var out []string
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "linkline/") {
			out = append(out, fmt.Sprintf("%s:%d", f.Function, f.Line))
		}
		if !more {
			return strings.Join(out, " < ")
		}
	}
}
