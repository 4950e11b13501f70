package channels

import (
	"context"
	"slices"
	"strings"
	"time"

	"linkline/conversation/casework"
)

// Listed is one of our messages as the provider's own list shows it.
type Listed struct {
	ProviderID string
	To         casework.Private
	Text       casework.Private
	CreatedAt  time.Time
	// Carrier, Code and Reaction are as in a Report.
	Carrier  string
	Code     int
	Reaction Reaction
}

// Lister asks a provider what it has of ours. Both methods only read, and may
// be repeated; what they answer may lag behind by minutes.
type Lister interface {
	// Sent lists what our sender has sent to an address since a moment, in any
	// order; to anybody where the address is empty. More than was asked for does
	// no harm: whoever asks compares.
	Sent(ctx context.Context, to casework.Private, since time.Time) ([]Listed, error)
	// Status returns one message; its CreatedAt is zero when the provider has none
	// with this id.
	Status(ctx context.Context, providerID string) (Listed, error)
}

// clockSlack is how far our clock may be ahead of the provider's.
const clockSlack = 30 * time.Second

// wanted is what is looked for in the provider's list.
type wanted struct {
	to    casework.Private // empty where only the hash of it is known
	text  casework.Private
	since time.Time
	// taken are the provider's ids of other messages of the conversation.
	taken []string
	// hers reports whether an address is the conversation's.
	hers func(casework.Private) bool
}

// among returns the first listed message that can only be the one we want: the
// same words to the same address, made after we began to send it, and not known
// to be another of ours (messaging-safety 3.3, step 6).
func (w wanted) among(list []Listed) (Listed, bool) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Listed) int { return a.CreatedAt.Compare(b.CreatedAt) })
	for _, l := range list {
		switch {
		case l.ProviderID == "" || slices.Contains(w.taken, l.ProviderID):
		case l.CreatedAt.Before(w.since.Add(-clockSlack)):
		case strings.TrimSpace(l.Text.Reveal()) != strings.TrimSpace(w.text.Reveal()):
		case w.to != "" && l.To == w.to, w.to == "" && w.hers(l.To):
			return l, true
		}
	}
	return Listed{}, false
}
