package channels_test

import (
	"slices"
	"testing"
	"time"

	"linkline/channels"
	"linkline/channels/channeltest"
	"linkline/conversation/casework"
)

// An answer rides back on TwiML. One that was reported on is not asked about;
// one that was not is looked for after three minutes, and if it is nowhere a
// person is told (messaging-safety 3.3).
func TestAnswersAreLookedFor(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		listed   string
		reported bool
		looked   int
		state    casework.DeliveryState
		told     bool
	}{
		"reported":    {reported: true, looked: 0, state: casework.Accepted},
		"in the list": {listed: "delivered", looked: 1, state: casework.Accepted},
		"nowhere":     {looked: 3, state: casework.Unknown, told: true},
		"it was lost": {listed: "undelivered", looked: 1, state: casework.Accepted, told: true},
		"on its way":  {listed: "sent", looked: 4, state: casework.Accepted},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, l := newLooking(t)
			b.plan("01", answered)
			if c.reported {
				b.report(channels.Report{Carrier: "delivered"})
			}
			if c.listed != "" {
				b.lists(l, "SM1", c.listed)
			}
			b.now = b.now.Add(3*time.Minute - time.Second)
			b.settle(false)
			b.now = b.now.Add(time.Second)
			b.looks(30 * time.Hour)
			b.is("01", c.state, 0)
			if len(l.asked) != c.looked {
				t.Errorf("asked %d times, want %d", len(l.asked), c.looked)
			}
			if told := b.task("01") != nil; told != c.told {
				t.Errorf("somebody told: %t, want %t", told, c.told)
			}
		})
	}
}

// Before permission no address is kept in clear: the list is searched by the
// hash that is the conversation's name.
func TestAnswerToAnAddressThatIsNotKept(t *testing.T) {
	t.Parallel()
	b, l := newLooking(t)
	var id casework.ConversationID
	b.update(func(tx casework.Tx) error {
		id = casework.NewConversationID(tx, testTeam, casework.SMS, casework.Private(channeltest.Canaries[0]))
		return casework.Conversations.Put(tx, &casework.Conversation{ID: id, Team: testTeam, Channel: casework.SMS, DataKey: "c"})
	})
	b.plan("01", func(m *casework.Message) { answered(m); m.Conversation, m.DataKey = id, "c" })
	b.lists(l, "SM8", "sent")
	b.lists(l, "SM9", "delivered")
	l.entries[0].To = "+447700900999"
	b.now = b.now.Add(3 * time.Minute)
	b.settle(true)
	var m *casework.Message
	b.view(func(tx casework.Tx) (err error) {
		m, err = casework.Messages.Get(tx, casework.MessageKey(id, "01"))
		return err
	})
	if m.Delivery.ProviderID != "SM9" || !slices.Equal(l.asked, []string{"anybody"}) {
		t.Errorf("found %q after asking for %v", m.Delivery.ProviderID, l.asked)
	}
}

// Where nobody can be asked, as on this machine's own loopback, an answer was
// given with the request that asked for it.
func TestAnswersOfAWayWithoutAList(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plan("01", answered)
	b.now = b.now.Add(3 * time.Minute)
	b.settle(true)
	b.is("01", casework.Accepted, 0)
	if b.task("01") != nil {
		t.Error("somebody was told of nothing")
	}
	b.looks(26 * time.Hour)
	b.settle(false)
}

// A text to the duty number is told of at once, and looked for all the same.
func TestUrgentIsToldAndLookedFor(t *testing.T) {
	t.Parallel()
	b, l := newLooking(t)
	b.plan("01", class(casework.ClassDuty))
	lost := &channels.SendError{Outcome: channels.Unknown}
	b.sender.script = []error{lost, lost, lost}
	for range 3 {
		b.deliver(true)
		b.now = b.now.Add(20 * time.Second)
	}
	b.is("01", casework.Unknown, 3)
	if b.task("01") == nil {
		t.Error("nobody was told")
	}
	b.lists(l, "SM7", "delivered")
	b.looks(5 * time.Minute)
	b.is("01", casework.Accepted, 3)
}
