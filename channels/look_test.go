package channels_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/conversation/casework"
)

// list is a provider's list that a test writes.
type list struct {
	entries []channels.Listed
	fail    error
	asked   []string           // for what, in order: an id, an address or "anybody"
	during  func(asked string) // runs while the call is under way
}

func (l *list) ask(what string) error {
	l.asked = append(l.asked, what)
	if l.during != nil {
		l.during(what)
	}
	return l.fail
}

func (l *list) Sent(_ context.Context, to casework.Private, _ time.Time) ([]channels.Listed, error) {
	what := to.Reveal()
	if what == "" {
		what = "anybody"
	}
	return l.entries, l.ask(what)
}

func (l *list) Status(_ context.Context, id string) (channels.Listed, error) {
	for _, e := range l.entries {
		if e.ProviderID == id {
			return e, l.ask(id)
		}
	}
	return channels.Listed{}, l.ask(id)
}

// newLooking is a bench with a provider that can be asked.
func newLooking(t *testing.T) (*bench, *list) {
	t.Helper()
	l := &list{}
	b := newBenchWith(t, func(c *channels.DeliveryConfig) {
		c.Listers = map[channels.Route]channels.Lister{{Team: testTeam, Channel: casework.SMS}: l}
	})
	return b, l
}

// lists adds our text to the provider's list.
func (b *bench) lists(l *list, id, carrier string) {
	l.entries = append(l.entries, channels.Listed{
		ProviderID: id, To: casework.Private(channeltest.Canaries[0]), Text: "canary words", CreatedAt: b.now, Carrier: carrier,
	})
}

// settle takes a step and fails unless it found as much work as expected.
func (b *bench) settle(want bool) {
	b.t.Helper()
	worked, err := b.delivery.Settle(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	if worked != want {
		b.t.Fatalf("Settle found work: %t, want %t", worked, want)
	}
}

// looks lets the loops look for so long.
func (b *bench) looks(long time.Duration) {
	b.t.Helper()
	for end := b.now.Add(long); b.now.Before(end); b.now = b.now.Add(10 * time.Second) {
		for range 10 {
			worked, err := b.delivery.Settle(b.t.Context())
			if err != nil {
				b.t.Fatal(err)
			}
			if !worked {
				break
			}
		}
		if _, err := b.delivery.Deliver(b.t.Context()); err != nil {
			b.t.Fatal(err)
		}
	}
}

// loses delivers a message whose outcome nobody knows.
func (b *bench) loses() {
	b.t.Helper()
	b.sender.script = append(b.sender.script, &channels.SendError{Outcome: channels.Unknown})
	b.deliver(true)
}

// An unknown outcome is settled by the provider's list, a minute and a half
// after the claim, and nobody is troubled with it.
func TestSettledByTheList(t *testing.T) {
	t.Parallel()
	b, l := newLooking(t)
	b.plan("01", nil)
	b.loses()
	b.lists(l, "SM7", "delivered")
	b.is("01", casework.Unknown, 1)
	b.now = b.now.Add(90*time.Second - time.Millisecond)
	b.settle(false)
	b.now = b.now.Add(time.Millisecond)
	b.settle(true)
	b.is("01", casework.Accepted, 1)
	if d := b.message("01"); d.ProviderID != "SM7" || d.Carrier != "delivered" || b.task("01") != nil {
		t.Errorf("provider id %q, carrier %q, task %v", d.ProviderID, d.Carrier, b.task("01"))
	}
	b.looks(48 * time.Hour)
	if want := []string{channeltest.Canaries[0]}; !slices.Equal(l.asked, want) {
		t.Errorf("asked %d times, want once", len(l.asked))
	}
}

// What the list shows is ours only with the same words, to the same number,
// made after the claim, and not known as another of ours.
func TestWhatTheListMustShow(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(*bench, *channels.Listed)
		found  bool
	}{
		"ours":                   {func(*bench, *channels.Listed) {}, true},
		"with a space behind it": {func(_ *bench, e *channels.Listed) { e.Text += "\n" }, true},
		"a clock a bit behind":   {func(_ *bench, e *channels.Listed) { e.CreatedAt = e.CreatedAt.Add(-20 * time.Second) }, true},
		"other words":            {func(_ *bench, e *channels.Listed) { e.Text = "canary words too" }, false},
		"to another number":      {func(_ *bench, e *channels.Listed) { e.To = "+447700900999" }, false},
		"made before":            {func(_ *bench, e *channels.Listed) { e.CreatedAt = e.CreatedAt.Add(-time.Minute) }, false},
		"without an id":          {func(_ *bench, e *channels.Listed) { e.ProviderID = "" }, false},
		"another text of ours": {func(b *bench, e *channels.Listed) {
			b.plan("00", func(m *casework.Message) { m.Delivery.State, m.Delivery.ProviderID = casework.Accepted, e.ProviderID })
		}, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, l := newLooking(t)
			b.plan("01", nil)
			b.loses()
			b.lists(l, "SM7", "sent")
			c.change(b, &l.entries[0])
			b.now = b.now.Add(2 * time.Minute)
			b.settle(true)
			if got := b.message("01").State == casework.Accepted; got != c.found {
				t.Errorf("found: %t, want %t", got, c.found)
			}
		})
	}
}

// Two texts alike, of which one is known: the other is the other.
func TestTwoTextsAlike(t *testing.T) {
	t.Parallel()
	b, l := newLooking(t)
	for _, id := range []string{"01", "02"} {
		b.plan(id, nil)
		b.loses()
	}
	b.lists(l, "SM7", "sent")
	b.now = b.now.Add(2 * time.Minute)
	b.settle(true)
	b.settle(true)
	if first, second := b.message("01").State, b.message("02").State; first == second {
		t.Errorf("one text in the list settles both: %s, %s", first, second)
	}
}

// A text that the provider has no trace of, in three looks over ten minutes: by
// its class it is sent once more under the same id, or a person is told.
func TestAbsentFromTheList(t *testing.T) {
	t.Parallel()
	cases := map[casework.DeliveryClass]int{
		casework.ClassNotice: 2, casework.ClassReminder: 2, casework.ClassWorker: 1,
	}
	for class, sent := range cases {
		t.Run(string(class), func(t *testing.T) {
			t.Parallel()
			b, l := newLooking(t)
			b.plan("01", func(m *casework.Message) { m.Delivery.Class = class })
			lost := &channels.SendError{Outcome: channels.Unknown}
			b.sender.script = []error{lost, lost, lost}
			b.deliver(true)
			b.looks(10 * time.Minute)
			if len(l.asked) != 2 || len(b.sender.sent) != 1 || b.task("01") != nil {
				t.Errorf("after ten minutes: asked %d times, sent %d, somebody told: %t", len(l.asked), len(b.sender.sent), b.task("01") != nil)
			}
			b.looks(24 * time.Hour)
			b.is("01", casework.Unknown, sent)
			if len(l.asked) != 3*sent {
				t.Errorf("asked %d times, want %d", len(l.asked), 3*sent)
			}
			if b.task("01") == nil {
				t.Error("nobody was told")
			}
			for i, out := range b.sender.sent {
				if out.Message != "conv/01" || out.Attempt != i+1 {
					t.Errorf("sent %s, attempt %d", out.Message, out.Attempt)
				}
			}
		})
	}
}

// A question that was never seen, as far as anybody can tell, is closed with
// its text; one whose text may have arrived stays open.
func TestTheQuestionOfAnAbsentText(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]error{"absent": nil, "no list": errors.New("no route to host")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := &list{fail: fail}
			b := newBenchWith(t, func(c *channels.DeliveryConfig) {
				c.Gate = &gate{}
				c.Listers = map[channels.Route]channels.Lister{{Team: testTeam, Channel: casework.SMS}: l}
			})
			b.plan("01", func(m *casework.Message) { m.Delivery.NotAfter = b.now.Add(time.Hour) })
			b.loses()
			b.looks(5 * time.Hour)
			b.is("01", casework.Unknown, 1)
			if open := b.asks(); open != (fail != nil) {
				t.Errorf("the question is open: %t", open)
			}
		})
	}
}

// What has become useless meanwhile is not sent once more.
func TestAbsentAndTooLate(t *testing.T) {
	t.Parallel()
	b, _ := newLooking(t)
	b.plan("01", func(m *casework.Message) {
		m.Delivery.Class, m.Delivery.NotAfter = casework.ClassReminder, b.now.Add(5*time.Minute)
	})
	b.loses()
	b.looks(time.Hour)
	b.is("01", casework.Unknown, 1)
	if b.task("01") == nil {
		t.Error("nobody was told that it may or may not have been sent")
	}
}

// While the provider cannot be asked nothing is concluded from its silence; but
// when the text is of no use any more, somebody hears of it (I4).
func TestTheListCannotBeRead(t *testing.T) {
	t.Parallel()
	b, l := newLooking(t)
	b.plan("01", class(casework.ClassReminder))
	l.fail = errors.New("no route to host")
	b.loses()
	b.looks(24 * time.Hour)
	b.is("01", casework.Unknown, 1)
	if n := len(l.asked); b.task("01") != nil || n > 300 || n < 200 {
		t.Errorf("asked %d times in a day, told: %t; want every five minutes and nobody", n, b.task("01") != nil)
	}
	b.looks(2 * time.Hour)
	if b.task("01") == nil {
		t.Error("nobody was told")
	}
	n := len(l.asked)
	b.looks(time.Hour)
	if len(l.asked) != n {
		t.Error("asked on, though the matter has ended")
	}
}

// The last claim counts: what a look says that was begun before it is nothing.
func TestALookIsOvertaken(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		during func(*bench)
		want   casework.DeliveryState
	}{
		"by a report":  {func(b *bench) { b.report(channels.Report{Carrier: "delivered"}) }, casework.Accepted},
		"by a new try": {func(b *bench) { b.retried("01") }, casework.Planned},
		"by erasure": {func(b *bench) {
			b.update(func(tx casework.Tx) error { return casework.Messages.Delete(tx, "conv/01") })
		}, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, l := newLooking(t)
			b.plan("01", nil)
			b.loses()
			l.during = func(string) { c.during(b) }
			b.now = b.now.Add(2 * time.Minute)
			b.settle(true)
			if c.want != "" {
				b.is("01", c.want, 1)
			}
		})
	}
}

// retried plans a message again behind a look's back.
func (b *bench) retried(id string) {
	b.update(func(tx casework.Tx) error {
		m, err := casework.Messages.Get(tx, casework.MessageKey(testConv, id))
		if err != nil {
			return err
		}
		if err := m.Delivery.Fire("retry"); err != nil {
			return err
		}
		m.Delivery.LookAt, m.Delivery.Fence = time.Time{}, m.Delivery.Fence+1
		return casework.Messages.Put(tx, m)
	})
}

// Two processes do not look for the same message at once, and one that dies is
// followed by the other.
func TestALookIsMadeOnce(t *testing.T) {
	t.Parallel()
	b, l := newLooking(t)
	b.plan("01", nil)
	b.loses()
	l.during = func(string) { b.settle(false) }
	b.now = b.now.Add(2 * time.Minute)
	b.settle(true)
	if len(l.asked) != 1 {
		t.Errorf("asked %d times at once", len(l.asked))
	}
}

// What the provider has taken is asked about after ten minutes, an hour and a
// day, until it says how it ended.
func TestTakenMessagesAreAskedAbout(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		words []string // what it says, each time
		asked []time.Duration
		told  bool
	}{
		"never more":    {[]string{"sent", "sent", "sent"}, []time.Duration{10 * time.Minute, time.Hour, 24 * time.Hour}, false},
		"arrived":       {[]string{"sent", "delivered"}, []time.Duration{10 * time.Minute, time.Hour}, false},
		"lost":          {[]string{"undelivered"}, []time.Duration{10 * time.Minute}, true},
		"a new word":    {[]string{"teleported", "read"}, []time.Duration{10 * time.Minute, time.Hour}, false},
		"not there yet": {[]string{"", "delivered"}, []time.Duration{10 * time.Minute, time.Hour}, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, l := newLooking(t)
			b.plan("01", nil)
			b.deliver(true)
			began := b.now
			var asked []time.Duration
			l.during = func(string) { asked = append(asked, b.now.Sub(began).Truncate(10*time.Minute)) }
			for i := range 300 * 6 {
				l.entries = nil
				if n := len(asked); n < len(c.words) && c.words[n] != "" {
					b.lists(l, "SM1", c.words[n])
				}
				b.looks(10 * time.Second)
				if b.now = b.now.Add(time.Minute - 10*time.Second); i > 100 {
					b.now = b.now.Add(4 * time.Minute)
				}
			}
			if !slices.Equal(asked, c.asked) {
				t.Errorf("asked after %v, want %v", asked, c.asked)
			}
			if told := b.task("01") != nil; told != c.told {
				t.Errorf("somebody told: %t, want %t", told, c.told)
			}
			b.is("01", casework.Accepted, 1)
		})
	}
}
