package main

import (
	"crypto/rand"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/datadir"
	"linkline/cmd/linkline/service"
	"linkline/conversation/casework"
)

// refer makes a whole referral by signed webhooks, and returns its reference.
func (r *running) refer(t *testing.T) string {
	t.Helper()
	var last string
	for i, text := range []string{"Hello", "1", "1", "2", "1", "1", "Maureen", "to get out", "1", "3", "1"} {
		last = r.signed(t, r.text(t, fmt.Sprintf("SM%02d", i), text)).body
	}
	found := regexp.MustCompile(`Its number is ([A-Z0-9-]+)`).FindStringSubmatch(last)
	if found == nil {
		t.Fatalf("the referral ended with %s", last)
	}
	return strings.TrimSuffix(found[1], ".")
}

// An operator sees what will happen in a case, and nothing of the person.
func TestJobsListTellsWhatWillHappen(t *testing.T) {
	t.Parallel()
	r := serve(t)
	reference := r.refer(t)
	list := func() ran {
		return command{args: []string{"jobs", "list", "--data", r.dir, "--person", strings.ToLower(reference)}, environ: quiet}.run(t)
	}
	got := list()
	for _, want := range []string{"waiting", "text: waiting", "task: promise", "STATE"} {
		if got.code != exitOK || !strings.Contains(got.out, want) {
			t.Fatalf("got %+v, want %q in it", got, want)
		}
	}
	if strings.Contains(got.out, "Maureen") || strings.Contains(got.out, "07700") {
		t.Errorf("the list names the person:\n%s", got.out)
	}
	unknown := command{args: []string{"jobs", "list", "--data", r.dir, "--person", "AAA-111-1"}, environ: quiet}.run(t)
	if unknown.code != exitFailed || !strings.Contains(unknown.err, "no case has that reference") {
		t.Errorf("got %+v", unknown)
	}
	r.end(t)
	if alone := list(); alone.out != got.out {
		t.Errorf("without a service it lists\n%s\nwant\n%s", alone.out, got.out)
	}
}

// A text that waits in the outbox can be held and released, by the running
// service or on a store at rest.
func TestOutboxIsListedHeldAndReleased(t *testing.T) {
	t.Parallel()
	r := serve(t)
	r.refer(t)
	run := func(args ...string) ran {
		return command{args: append(args, "--data", r.dir), environ: quiet}.run(t)
	}
	if got := run("outbox", "list"); got.code != exitOK || !strings.HasPrefix(got.out, "WHERE") {
		t.Fatalf("got %+v", got)
	}
	if got := run("outbox", "hold", "nothing/1"); got.code != exitFailed || !strings.Contains(got.err, "no such message") {
		t.Errorf("got %+v", got)
	}
	r.end(t)
	key := r.planned(t)
	listed := func(want string) {
		t.Helper()
		if got := run("outbox", "list"); !regexp.MustCompile(`(?m)^` + want + ` .*` + regexp.QuoteMeta(key)).MatchString(got.out) {
			t.Errorf("%s is not %s:\n%s", key, want, got.out)
		}
	}
	listed("leaving")
	for _, hand := range []string{"hold", "hold"} { // twice is once
		if got := run("outbox", hand, key, "--why", "drill"); got.code != exitOK {
			t.Fatalf("%s: %+v", hand, got)
		}
	}
	listed("held")
	if got := run("outbox", "retry", key); got.code != exitFailed || !strings.Contains(got.err, "cannot be sent again") {
		t.Errorf("what has not left is sent again: %+v", got)
	}
	if got := run("outbox", "release", key); got.code != exitOK {
		t.Fatalf("%+v", got)
	}
	listed("leaving")
}

// planned puts a text into the outbox of a data directory on which no service
// runs, and returns its key.
func (r *running) planned(t *testing.T) string {
	t.Helper()
	settings, err := config.Load(config.Given{DataDir: r.dir, Environ: quiet})
	if err != nil {
		t.Fatal(err)
	}
	db, err := service.OpenStore(datadir.At(r.dir), settings.Key, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var key string
	err = db.Update(t.Context(), "test", "", func(tx casework.Tx) error {
		all, _, err := casework.Conversations.Range(tx, casework.Span{Limit: 1})
		if err != nil {
			return err
		}
		c := all[0]
		key = casework.MessageKey(c.ID, "01planned")
		return casework.Messages.Put(tx, &casework.Message{
			ID: "01planned", Conversation: c.ID, Team: c.Team, DataKey: c.DataKey, Way: casework.Out, By: casework.ByService,
			At: time.Now(), Text: "Hello.",
			Delivery: &casework.Delivery{
				State: casework.Planned, Class: casework.ClassReminder, To: c.Address,
				NotBefore: time.Now().Add(time.Hour), NotAfter: time.Now().Add(2 * time.Hour),
			},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return key
}
