package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"linkline/conversation/casework"
	"linkline/store"
)

// TestWhatIsRunAgain: a serialization failure or a deadlock, or a supposition
// that was wrong; and nothing else.
func TestWhatIsRunAgain(t *testing.T) {
	t.Parallel()
	server := func(code, severity string) error {
		return fmt.Errorf("commit: %w", &pgconn.PgError{Code: code, Severity: severity, Message: "said", Detail: "canary"})
	}
	tests := map[string]struct {
		err            error
		again, unknown bool
	}{
		"serialization failure":             {server("40001", "ERROR"), true, false},
		"deadlock":                          {server("40P01", "ERROR"), true, false},
		"a row that is there":               {server("23505", "ERROR"), true, false},
		"a condition that does not hold":    {server("22012", "ERROR"), true, false},
		"a rolled-back commit":              {errAgain, true, false},
		"disk full":                         {server("53100", "ERROR"), false, false},
		"lock timeout":                      {server("55P03", "ERROR"), false, false},
		"a table that is missing":           {server("42P01", "ERROR"), false, false},
		"read-only server":                  {server("25006", "ERROR"), false, false},
		"the database itself does not know": {server("40003", "ERROR"), false, true},
		"the server ends the connection":    {server("57P01", "FATAL"), false, true},
		"the server falls":                  {server("XX000", "PANIC"), false, true},
		"the connection breaks":             {io.ErrUnexpectedEOF, false, true},
		"no answer in time":                 {context.DeadlineExceeded, false, true},
	}
	for name, test := range tests {
		if got := unknown(test.err); got != test.unknown {
			t.Errorf("%s: unknown: got %v, want %v", name, got, test.unknown)
		}
		if test.unknown {
			continue
		}
		err := failed(context.Background(), "commit", test.err)
		if got := errors.Is(err, errAgain); got != test.again {
			t.Errorf("%s: run again: got %v (%v), want %v", name, got, err, test.again)
		}
		if got := fmt.Sprint(err); errors.Is(err, io.EOF) || len(got) == 0 || strings.Contains(got, "canary") {
			t.Errorf("%s: tells %q, want no detail", name, got)
		}
	}
}

// TestSeenIsBounded: what is remembered is at most what was asked for, and the
// latest of it.
func TestSeenIsBounded(t *testing.T) {
	t.Parallel()
	s := newSeen(64 << 10)
	key := func(i int) ask { return askKey("t", fmt.Appendf(nil, "%06d", i)) }
	const n = 5000
	for i := range n {
		s.set(key(i), oneRow(nil, make([]byte, 100), 1))
	}
	if held := len(s.newer) + len(s.old); held > 64<<10/askSize || held < 50 {
		t.Errorf("remembers %d rows, want some", held)
	}
	if len(s.get(key(n-1)).rows) == 0 || len(s.get(key(0)).rows) != 0 {
		t.Error("it does not remember the latest, or all")
	}
	used := key(n - 1)
	for i := range n { // what is asked for again stays
		s.set(key(n+i), oneRow(nil, make([]byte, 100), 1))
		if len(s.get(used).rows) == 0 {
			t.Fatalf("after %d more: forgot what is in use", i)
		}
	}
	s.set(ask{table: "t", walk: true, claim: true}, oneRow(nil, nil, 1))
	if len(s.get(ask{table: "t", walk: true, claim: true}).rows) != 0 {
		t.Error("a claim is remembered")
	}
}

// TestLayout: every kind's rows have a table, and a range over one index looks
// into one.
func TestLayout(t *testing.T) {
	t.Parallel()
	l := newLayout(casework.Kinds())
	for _, kind := range casework.Kinds() {
		if got := l.of(kind.Group, []byte("id\x00"+kind.Name)); got == nil || got.sql != "record_"+kind.Name {
			t.Errorf("%s: its records have no table", kind.Name)
		}
		for _, ix := range kind.Indexes {
			name, want := kind.Name+"."+ix.Name, "index_"+kind.Name+"_"+ix.Name
			if got := l.of(kind.Group+".index", []byte(name+"\x00team\x00entry\x00id")); got == nil || got.sql != want {
				t.Errorf("%s: its entries have no table", name)
			}
			b := store.Bounds{From: []byte(name + "\x00"), To: []byte(name + "\x01")}
			if got := l.within(kind.Group+".index", b); len(got) != 1 || got[0].sql != want {
				t.Errorf("%s: a range over an index looks into %d tables", name, len(got))
			}
		}
	}
	all := l.within("conversation", store.Bounds{From: []byte("c/")})
	if len(all) < 4 {
		t.Errorf("a range over the group of a conversation looks into %d tables, want all of its kinds", len(all))
	}
	if l.of("conversation", []byte("id\x00stranger")) != nil {
		t.Error("a row of no kind has a table")
	}
}
