package main

import (
	"errors"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"linkline/cmd/linkline/config"
	"linkline/conversation/casework"
)

// TestLogDropsWhatIsPersonal puts what must never be logged into a log, in the
// ways that code might by mistake, and looks for it in what comes out.
func TestLogDropsWhatIsPersonal(t *testing.T) {
	t.Parallel()
	secrets := []string{"7700", "900123", "Maureen", "hunter2", "1956", "example.org", "01632"}
	moment := regexp.MustCompile(`\d{4}-\d{2}-\d{2}T[\d:.]+`)
	attrs := []slog.Attr{
		slog.String("error", "send to +447700900123: refused"),
		slog.String("error", "send to 07700 900123, 01632 960001"),
		slog.Any("error", errors.New(`parse "07700-900123": no`)),
		slog.Any("error", errors.New("whatsapp:+447700900123")),
		slog.String("error", "born 03/04/1956"),
		slog.String("error", "maureen@example.org wrote"),
		slog.Any("name", casework.Private("Maureen")),
		slog.Any("token", config.Secret("hunter2")),
		slog.Any("delivery", casework.Delivery{To: "07700 900123"}),
		slog.Any("records", []*casework.Delivery{{To: "07700 900123"}}),
		slog.Any("number", []casework.Private{"07700 900123"}),
		slog.Group("contact", slog.String("number", "07700900123"), slog.Any("who", casework.Private("Maureen"))),
	}
	for _, form := range []string{"json", "text"} {
		for _, a := range attrs {
			var out safeBuffer
			log := newLog(&out, form)
			log.With(a).InfoContext(t.Context(), "a text of 07700 900123", a)
			line := moment.ReplaceAllString(out.String(), "") // which may hold any digits
			for _, secret := range secrets {
				if strings.Contains(line, secret) {
					t.Errorf("%s: %q shows in %s", form, secret, line)
				}
			}
		}
	}
}

func TestLogKeepsWhatHelps(t *testing.T) {
	t.Parallel()
	var out safeBuffer
	newLog(&out, "").InfoContext(
		t.Context(), "request", "route", "POST /twilio/inbound", "status", 200, "took", 3*time.Millisecond,
		"message", "01kargh5qz8xkq2m3n4p5r6s7t", "team", casework.TeamID("fen"), "sid", "SM0123456789abcdef0123456789abcdef", "address", "127.0.0.1:8080",
	)
	for _, want := range []string{
		`"msg":"request"`, "POST /twilio/inbound", `"status":200`, "01kargh5qz8xkq2m3n4p5r6s7t",
		"SM0123456789abcdef0123456789abcdef", "127.0.0.1:8080", `"team":"fen"`, time.Now().Format("2006-"),
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in %s", want, out.String())
		}
	}
}
