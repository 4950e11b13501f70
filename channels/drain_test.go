package channels_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"linkline/channels"
	"linkline/conversation/casework"
)

// window is a Gate that opens at nine and closes at eleven.
type window struct{}

func (window) Open(_ context.Context, _ casework.Tx, m *casework.Message, now time.Time) (channels.Verdict, error) {
	if h := now.Hour(); h < 9 || h >= 11 {
		return channels.Verdict{Until: now.Add(time.Hour)}, nil
	}
	m.Delivery.Within = time.Date(now.Year(), now.Month(), now.Day(), 11, 0, 0, 0, now.Location())
	return channels.Verdict{}, nil
}

func (window) Drop(context.Context, casework.Tx, *casework.Message, string, time.Time) error {
	return nil
}

// Ten thousand reminders are due at nine, of use until eleven: by a sender of
// one a second and of ten they leave in order, none outside the window, and each
// that did not find room is a task.
func TestTenThousandReminders(t *testing.T) {
	t.Parallel()
	n, hours := 10_000, 2*time.Hour
	if testing.Short() {
		n, hours = 1000, 12*time.Minute
	}
	for _, rate := range []int{1, 10} {
		t.Run(fmt.Sprint(rate), func(t *testing.T) {
			t.Parallel()
			b := newBenchWith(t, func(c *channels.DeliveryConfig) { rated(float64(rate))(c); c.Gate = window{} })
			nine := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
			b.now = nine.Add(-time.Second)
			b.update(func(tx casework.Tx) error {
				for i := range n {
					if err := casework.Messages.Put(tx, reminder(i, nine, nine.Add(hours))); err != nil {
						return err
					}
				}
				return nil
			})
			at := map[string]time.Time{}
			b.sender.during = func(out channels.Outgoing) {
				at[out.Message] = b.now
				if !out.NotAfter.Equal(nine.Add(hours)) {
					t.Errorf("the provider may try until %s", out.NotAfter)
				}
			}
			b.tick(int(hours/time.Second) + 3)
			sent := len(b.sender.sent)
			if most := min(n, int(hours/time.Second)*rate+2*rate); sent > most || sent < most-3*rate {
				t.Errorf("%d were sent, want about %d", sent, most)
			}
			if !slices.IsSorted(b.order()) {
				t.Error("they did not leave in order")
			}
			for key, when := range at {
				if when.Before(nine) || when.After(nine.Add(hours)) {
					t.Errorf("%s left at %s", key, when)
				}
			}
			if tasks := b.tasks(); tasks != n-sent {
				t.Errorf("%d tasks, want one for each of the %d that did not leave", tasks, n-sent)
			}
		})
	}
}

// reminder is the i-th of many.
func reminder(i int, from, until time.Time) *casework.Message {
	return &casework.Message{
		ID: fmt.Sprintf("%05d", i), Conversation: testConv, Team: testTeam, DataKey: "key", Way: casework.Out,
		By: casework.ByService, At: from, Text: "canary words",
		Delivery: &casework.Delivery{
			State: casework.Planned, Class: casework.ClassReminder, To: "+447700900123", NotBefore: from, NotAfter: until,
		},
	}
}

// tasks counts them.
func (b *bench) tasks() (n int) {
	b.t.Helper()
	span := casework.Span{Limit: 1000}
	b.view(func(tx casework.Tx) error {
		for {
			page, next, err := casework.Tasks.Range(tx, span)
			if n += len(page); err != nil || next == "" {
				return err
			}
			span.After = next
		}
	})
	return n
}
