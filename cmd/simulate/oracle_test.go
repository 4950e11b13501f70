package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/cmd/linkline/service"
	"linkline/conversation/casework"
	"linkline/flows"
	"linkline/flows/library"
	"linkline/store"
	"linkline/store/memory"
)

// undisturbed is the same service in memory, where nothing ever fails, on a
// clock that is set.
type undisturbed struct {
	*house
	now time.Time
}

func newUndisturbed(t testing.TB, at time.Time) *undisturbed {
	t.Helper()
	u := &undisturbed{now: at}
	var err error
	u.house, err = newHouse(memory.New(), world{
		library: shipped(t), dir: t.TempDir(), now: func() time.Time { return u.now },
		random: seeded(1), log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func newTestHouse(t testing.TB) *house {
	t.Helper()
	return newUndisturbed(t, time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)).house
}

func shipped(t testing.TB) *flows.Library {
	t.Helper()
	l, err := service.Library()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// playable are the texts of every shipped transcript that a phone can play by
// itself and that leaves a trace of each text: no clock is moved, no worker
// acts, nothing is forgotten.
func playable(t testing.TB) [][]string {
	t.Helper()
	files, err := fs.Glob(library.Files(), "transcripts/*/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	u := newUndisturbed(t, time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC))
	var out [][]string
	for i, file := range files {
		script, err := readScript(file)
		if err != nil {
			t.Fatal(err)
		}
		words := wordsOf(script)
		if len(words) == 0 {
			continue
		}
		from := number(i)
		for j, w := range words {
			if _, err := u.bring(t.Context(), newText(u.account, from, fmt.Sprintf("SM%d.%d", i, j), w)); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
		}
		if kept := conversationOf(t, u.store, from); len(kept.in) == len(words) {
			out = append(out, words)
		}
	}
	if len(out) < 20 {
		t.Fatalf("only %d of %d transcripts can be played by a phone", len(out), len(files))
	}
	return out
}

// wordsOf are the texts of a script; none if a phone alone cannot play it.
func wordsOf(script *flows.Script) []string {
	var out []string
	for _, line := range script.Lines {
		switch {
		case line.Kind == flows.LineClock, line.Kind == flows.LineWorker, line.Media != "":
			return nil
		case line.Kind == flows.LinePerson:
			out = append(out, line.Text)
		}
	}
	return out
}

// kept is what a store has kept of one number.
type kept struct {
	id       casework.ConversationID
	in, out  []*casework.Message
	receipts map[string]*casework.Receipt // by the provider's id, hashed
}

// conversationOf reads what is kept of a number of the demo team.
func conversationOf(t testing.TB, db store.Store, from string) kept {
	t.Helper()
	k := kept{receipts: map[string]*casework.Receipt{}}
	err := db.View(context.Background(), "demo", func(tx casework.Tx) error {
		k.id = casework.NewConversationID(tx, "demo", casework.SMS, casework.Private(from))
		messages, err := all(tx, casework.Messages, casework.MessagePrefix(k.id))
		if err != nil {
			return err
		}
		for _, m := range messages {
			if m.Way == casework.In {
				k.in = append(k.in, m)
			} else {
				k.out = append(k.out, m)
			}
		}
		receipts, err := all(tx, casework.Receipts, casework.ReceiptKey(k.id, ""))
		for _, r := range receipts {
			k.receipts[r.Provider] = r
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// all are the records of a kind whose keys begin with a prefix.
func all[T any, P interface {
	*T
	casework.Record
}](tx casework.Tx, table casework.Table[T, P], prefix string) (out []*T, err error) {
	for span := (casework.Span{Prefix: prefix}); ; {
		page, next, err := table.Range(tx, span)
		out = append(out, page...)
		if err != nil || next == "" {
			return out, err
		}
		span.After = next
	}
}

// counts are how many records of each kind the demo team has, but for who may
// sign in, which is no business of a text.
func counts(t testing.TB, db store.Store) map[string]int {
	t.Helper()
	out := map[string]int{}
	err := db.View(context.Background(), "demo", func(tx casework.Tx) error {
		for _, kind := range casework.Kinds() {
			if kind == casework.Users.Kind || kind == casework.Sessions.Kind || kind == casework.SignInLinks.Kind {
				continue
			}
			for span := (casework.Span{}); ; {
				page, err := tx.Range(kind, span)
				if err != nil {
					return err
				}
				out[kind.Name] += len(page.Records)
				if page.Next == "" {
					break
				}
				span.After = page.Next
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// references are drawn, so two runs differ in them and in nothing else.
var references = regexp.MustCompile(`\b[0-9A-Z]{6}\b`)

func plain(reply string) string { return references.ReplaceAllString(reply, "######") }

// check compares the ledger with what the store has kept of it.
func check(t *testing.T, db store.Store, ledger [][]entry) {
	t.Helper()
	u := newUndisturbed(t, time.Time{})
	for _, said := range ledger {
		k := conversationOf(t, db, said[0].from)
		if len(k.in) != len(said) || len(k.receipts) != len(said) {
			t.Errorf("%d texts were acknowledged; %d are kept, with %d receipts", len(said), len(k.in), len(k.receipts))
			continue
		}
		replies := checkReplies(t, db, k, said)
		checkUndisturbed(t, u, k, said, replies)
	}
	if diff := cmp.Diff(counts(t, u.store), counts(t, db)); diff != "" {
		t.Errorf("records differ from an undisturbed run (-want +got):\n%s", diff)
	}
}

// checkReplies compares each answer of the ledger with the stored message that
// its receipt names, and returns the replies.
func checkReplies(t *testing.T, db store.Store, k kept, said []entry) []string {
	t.Helper()
	byKey := map[string]*casework.Message{}
	for _, m := range k.out {
		byKey[casework.MessageKey(m.Conversation, m.ID)] = m
	}
	var replies []string
	answered := map[string]bool{}
	for i, e := range said {
		reply, err := e.reply()
		if err != nil {
			t.Error(err)
		}
		replies = append(replies, reply)
		r := k.receipts[providerOf(t, db, e.sid)]
		if r == nil {
			t.Errorf("%s is acknowledged and has no receipt", e.sid)
			continue
		}
		stored := ""
		if m := byKey[r.Reply]; m != nil {
			stored = m.Text.Reveal()
		}
		if stored != reply || answered[r.Reply] {
			t.Errorf("%s was answered with %q; its receipt names %q", e.sid, reply, stored)
		}
		answered[r.Reply] = r.Reply != ""
		if kept := k.in[i].Text.Reveal(); kept != "" && kept != e.words {
			t.Errorf("text %d of a phone is %q, kept as %q", i, e.words, kept)
		}
	}
	return replies
}

func providerOf(t testing.TB, db store.Store, sid string) (provider string) {
	t.Helper()
	err := db.View(context.Background(), "demo", func(tx casework.Tx) error {
		provider = tx.Blind("provider", casework.Join(string(casework.SMS), sid))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return provider
}

// checkUndisturbed plays the same texts at the same moments where nothing
// fails: the person must have seen the same conversation.
func checkUndisturbed(t *testing.T, u *undisturbed, k kept, said []entry, replies []string) {
	t.Helper()
	var want []string
	for i, e := range said {
		u.now = k.in[i].At
		body, err := u.bring(t.Context(), newText(u.account, e.from, e.sid, e.words))
		if err != nil {
			t.Fatal(err)
		}
		reply, err := entry{e.text, body}.reply()
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, plain(reply))
	}
	got := make([]string, len(replies))
	for i, r := range replies {
		got[i] = plain(r)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("a phone that texted %q saw another conversation than an undisturbed one (-want +got):\n%s",
			strings.Join(typed(said), " | "), diff)
	}
}

func typed(said []entry) []string {
	out := make([]string, len(said))
	for i, e := range said {
		out[i] = e.words
	}
	return slices.Clip(out)
}
