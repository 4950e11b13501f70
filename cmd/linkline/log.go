package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"reflect"
	"regexp"
)

// newLog writes to standard error: text for a person at a terminal, JSON for
// whatever else collects it.
func newLog(w io.Writer, form string) *slog.Logger {
	options := &slog.HandlerOptions{ReplaceAttr: redact}
	if form == "" {
		form = "json"
		if f, ok := w.(*os.File); ok && terminal(f) {
			form = "text"
		}
	}
	if form == "text" {
		return slog.New(slog.NewTextHandler(w, options))
	}
	return slog.New(slog.NewJSONHandler(w, options))
}

func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// personal is what must not stand in a log even when some library puts it into
// an error: telephone numbers, dates of birth and mail addresses. An id has
// letters among its digits and stays.
var personal = regexp.MustCompile(
	`(^|[^0-9A-Za-z])(\+?\d[\d ()/-]{6,}\d|[\w.+-]+@[\w-]+\.[\w.-]+)($|[^0-9A-Za-z])`)

// redact is the last guard. The first is that the types which hold a name, a
// number or words hide them by themselves.
func redact(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && (a.Key == slog.TimeKey || a.Key == slog.LevelKey) {
		return a
	}
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(clean(a.Value.String()))
	case slog.KindAny:
		a.Value = slog.StringValue(plain(a.Value.Any()))
	default: // numbers, times and what is true or false
	}
	return a
}

// plain is the text of an error or of a named string. Anything with parts is
// left out: a record would show all of them, private ones too.
func plain(value any) string {
	if err, ok := value.(error); ok {
		return clean(err.Error())
	}
	if v := reflect.ValueOf(value); v.Kind() == reflect.String {
		return clean(v.String())
	}
	return fmt.Sprintf("[%T left out]", value)
}

func clean(s string) string {
	for {
		next := personal.ReplaceAllString(s, "$1[redacted]$3")
		if next == s {
			return s
		}
		s = next
	}
}
