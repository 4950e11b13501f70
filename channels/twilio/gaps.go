package twilio

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"time"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"linkline/channels"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// How far back the list is read, and how often that far (messaging-safety 3.3).
// In between it is read back to what the last few polls may have missed.
const (
	gapTime     = 48 * time.Hour
	gapAgain    = time.Hour
	gapShort    = 30 * time.Minute
	webhookTime = 2 * time.Minute // by then Twilio has stopped trying the webhook
)

// Delivery is the part of channels.Delivery that is needed here.
type Delivery interface {
	// Carry sends an answer that has no webhook to ride back on.
	Carry(ctx context.Context, c channels.Carried) error
	// Began is when the team began here; zero where it has not.
	Began(ctx context.Context, team casework.TeamID) (time.Time, error)
}

// GapsConfig is what Gaps are made of.
type GapsConfig struct {
	// Accounts are those that Twilio knows: a made-up one has no list.
	Accounts []Account
	// Engine is asked with every text of the list once; a text that it had from
	// the webhook is a repeat and changes nothing.
	Engine   Engine
	Delivery Delivery
	Now      func() time.Time
	Log      *slog.Logger
}

// Gaps finds the texts that the webhook never brought, since we were down or
// unreachable for longer than Twilio tries. One text is handed to the engine
// under the id that it has at Twilio, so that it counts once by whichever way it
// comes.
type Gaps struct {
	config GapsConfig
	apis   []api

	mu   sync.Mutex
	deep map[string]time.Time // when each address was last read far back
	seen map[string]time.Time // ids that were handed over, by when they were made
}

// NewGaps checks the accounts and returns Gaps.
func NewGaps(config GapsConfig) (*Gaps, error) {
	g := &Gaps{config: config, deep: map[string]time.Time{}, seen: map[string]time.Time{}}
	for _, a := range config.Accounts {
		if err := a.Validate(); err != nil {
			return nil, err
		}
		g.apis = append(g.apis, newAPI(a))
	}
	return g, nil
}

// Fill takes one step over all numbers: it reads what came to them and hands
// over what is new. It returns how many texts had been missed. A number whose
// list cannot be read keeps no other from being read.
func (g *Gaps) Fill(ctx context.Context) (missed int, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.config.Now()
	for _, a := range g.apis {
		n, failed := g.fillTeam(ctx, a, now)
		missed += n
		if failed != nil {
			err = errors.Join(err, fmt.Errorf("texts to team %s: %w", a.account.Team, failed))
		}
	}
	for id, at := range g.seen {
		if now.Sub(at) > gapTime+gapAgain {
			delete(g.seen, id)
		}
	}
	return missed, err
}

// fillTeam reads the lists of a team's numbers. What came before the team began
// here was somebody else's to answer.
func (g *Gaps) fillTeam(ctx context.Context, a api, now time.Time) (missed int, err error) {
	began, err := g.config.Delivery.Began(ctx, a.account.Team)
	if err != nil || began.IsZero() {
		return 0, err
	}
	addresses := slices.Clone(a.account.Numbers)
	if a.account.WhatsApp != "" {
		addresses = append(addresses, a.account.addresses(casework.WhatsApp)...)
	}
	for _, address := range addresses {
		deep, since := now.Sub(g.deep[address]) >= gapAgain, now.Add(-gapShort)
		if deep {
			since = now.Add(-gapTime)
		}
		if since.Before(began) {
			since = began
		}
		n, failed := g.fill(ctx, a, address, since)
		missed, err = missed+n, errors.Join(err, failed)
		if deep && failed == nil {
			g.deep[address] = now
		}
	}
	return missed, err
}

// fill reads the list of one number and hands over its texts, oldest first. When
// one is not taken, what its sender wrote after it waits for the next poll
// (I24).
func (g *Gaps) fill(ctx context.Context, a api, address string, since time.Time) (missed int, err error) {
	texts, err := g.read(ctx, a, address, since)
	if err != nil {
		return 0, err
	}
	now := g.config.Now()
	stuck := map[string]bool{}
	for _, m := range texts {
		from := value(m.From)
		if stuck[from] || now.Sub(createdAt(m)) < webhookTime {
			continue
		}
		was, failed := g.hand(ctx, a.account, m, now)
		if failed != nil {
			stuck[from], err = true, errors.Join(err, failed)
			continue
		}
		g.seen[value(m.Sid)] = createdAt(m)
		if was {
			missed++
		}
	}
	return missed, err
}

// read lists what came to a number and was not seen yet, oldest first.
func (g *Gaps) read(ctx context.Context, a api, address string, since time.Time) ([]openapi.ApiV2010Message, error) {
	var out []openapi.ApiV2010Message
	err := a.list(ctx, query{to: address, size: pageOfAll, since: since}, func(m openapi.ApiV2010Message) {
		_, known := g.seen[value(m.Sid)]
		if !known && value(m.Direction) == "inbound" && value(m.To) == address && !createdAt(m).IsZero() {
			out = append(out, m)
		}
	})
	slices.SortStableFunc(out, func(x, y openapi.ApiV2010Message) int {
		return cmp.Or(createdAt(x).Compare(createdAt(y)), cmp.Compare(value(x.Sid), value(y.Sid)))
	})
	return out, err
}

// hand hands one text over. It reports whether nobody had brought it before.
func (g *Gaps) hand(ctx context.Context, a Account, m openapi.ApiV2010Message, now time.Time) (missed bool, err error) {
	from, id := partyOf(value(m.From)), value(m.Sid)
	if !from.answerable() || id == "" || len(id) > maxID {
		return false, nil
	}
	media, _ := strconv.Atoi(value(m.NumMedia)) // what is no number is none
	reply, err := g.config.Engine.Receive(ctx, conversation.Inbound{
		Team: a.Team, Channel: from.channel, From: casework.Private(from.address), ID: id,
		Text: casework.Private(words(value(m.Body))), Media: min(max(media, 0), maxMedia), At: now,
	})
	if err != nil || reply.Repeat {
		return false, err
	}
	late := now.Sub(createdAt(m))
	g.config.Log.WarnContext(ctx, "a text that the webhook did not bring", "team", a.Team, "late", late)
	if reply.Text == "" {
		return true, nil
	}
	err = g.config.Delivery.Carry(ctx, channels.Carried{
		Team: a.Team, Message: reply.Message, To: casework.Private(from.address), At: createdAt(m),
	})
	if err != nil { // the text is taken; its answer is looked for, and told, like any other
		g.config.Log.ErrorContext(ctx, "an answer was not carried", "team", a.Team, "message", reply.Message, "error", err)
	}
	return true, nil
}
