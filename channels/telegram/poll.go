package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-telegram/bot"
)

// How updates are asked for: how long Telegram may wait for one, how many at
// once, and which.
const (
	pollTime  = 25 * time.Second
	pollSlack = 10 * time.Second
	pollLimit = 100
	// mostTries is how often an update is taken in vain, while others are taken,
	// before it is passed over: one that can never be taken must not keep back
	// everybody's for ever.
	mostTries = 30
	// longestPause is between two calls while Telegram cannot be reached.
	longestPause = 30 * time.Second
)

func allowed() []string {
	return []string{"message", "edited_message", "callback_query", "my_chat_member"}
}

// polling is where long polling stands. It is lost with the process, and Telegram
// then brings again what was not confirmed.
type polling struct {
	mu    sync.Mutex
	ready bool  // the webhook, if there was one, is gone
	next  int64 // the first update that is not confirmed; zero for Telegram's own memory
	// failures are the calls in a row that came to nothing, and rest is until when
	// none is made.
	failures int
	rest     time.Time
	// tried is the update that was last taken in vain, and tries how often.
	tried int64
	tries int
}

// Poll takes one step of long polling: it asks for updates, takes them in order,
// and confirms with the next step those that are committed. The library's own
// polling confirms what it has only read, so a crash would lose it. It reports
// whether the next step may follow at once.
func (b *Bot) Poll(ctx context.Context) (worked bool, err error) {
	b.poll.mu.Lock()
	defer b.poll.mu.Unlock()
	if b.config.Now().Before(b.poll.rest) {
		return false, nil
	}
	raw, c, err := b.ask(ctx)
	if err != nil {
		b.poll.failures++
		pause := min(time.Second<<min(b.poll.failures, 6), longestPause)
		b.poll.rest = b.config.Now().Add(max(pause, c.retryAfter))
		return false, fmt.Errorf("ask telegram for updates: %w", err)
	}
	b.poll.failures = 0
	if err := b.take(ctx, b.parsed(ctx, raw)); err != nil {
		return false, err
	}
	return len(raw) > 0, nil
}

// ask asks for what has come. A webhook that was set before would be in the way.
func (b *Bot) ask(ctx context.Context) ([]json.RawMessage, *call, error) {
	c := &call{}
	if !b.poll.ready {
		if _, err := b.config.Sender.bot.DeleteWebhook(watched(ctx, c), &bot.DeleteWebhookParams{}); err != nil {
			return nil, c, c.failure()
		}
		b.poll.ready = true
	}
	c = &call{}
	raw, err := b.updates(ctx, c)
	return raw, c, err
}

// parsed reads a batch and puts it in order.
func (b *Bot) parsed(ctx context.Context, raw []json.RawMessage) []update {
	var out []update
	for _, r := range raw {
		u, err := parse(r)
		if err != nil {
			b.config.Log.WarnContext(ctx, "an update without an id", "team", b.route.Team)
			continue
		}
		out = append(out, u)
	}
	slices.SortStableFunc(out, func(x, y update) int { return cmp.Compare(x.id, y.id) })
	return slices.CompactFunc(out, func(x, y update) bool { return x.id == y.id })
}

// take takes a batch. Where an update is not taken, what its sender wrote after it
// waits with it (I24), and nothing from it on is confirmed.
func (b *Bot) take(ctx context.Context, updates []update) error {
	taken, stuck := 0, map[string]bool{}
	var left []update // in order
	var failed error
	for _, u := range updates {
		if stuck[u.sender()] {
			left = append(left, u)
			continue
		}
		if err := b.handle(ctx, u); err != nil {
			failed, stuck[u.sender()] = errors.Join(failed, err), true
			left = append(left, u)
			continue
		}
		taken++
	}
	if taken > 0 && len(left) > 0 && ctx.Err() == nil {
		left = b.passOver(ctx, left)
	}
	switch {
	case len(left) > 0:
		b.poll.next = left[0].id
	case len(updates) > 0:
		b.poll.next, b.poll.tries = updates[len(updates)-1].id+1, 0
	}
	return failed
}

// passOver counts how often the first of what is left was tried in vain while
// others were taken, and gives it up in the end. While nothing is taken the fault
// is ours, and nothing is given up.
func (b *Bot) passOver(ctx context.Context, left []update) []update {
	if left[0].id != b.poll.tried {
		b.poll.tried, b.poll.tries = left[0].id, 0
	}
	if b.poll.tries++; b.poll.tries < mostTries {
		return left
	}
	b.config.Log.ErrorContext(ctx, "an update was passed over: a text is lost", "team", b.route.Team, "update", left[0].id)
	return left[1:]
}

// sender is whose update it is; empty for nobody's.
func (u update) sender() string {
	if u.in == nil {
		return ""
	}
	return u.in.From.Reveal()
}

// updates makes the call. The library's own of this name is not to be had.
func (b *Bot) updates(ctx context.Context, c *call) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, pollTime+pollSlack)
	defer cancel()
	kinds, err := json.Marshal(allowed())
	if err != nil {
		return nil, fmt.Errorf("write the kinds of updates: %w", err)
	}
	form := url.Values{
		"timeout": {strconv.Itoa(int(pollTime.Seconds()))}, "limit": {strconv.Itoa(pollLimit)}, "allowed_updates": {string(kinds)},
	}
	if b.poll.next > 0 {
		form.Set("offset", strconv.FormatInt(b.poll.next, 10))
	}
	a := b.config.Sender.account
	target := a.api() + "/bot" + a.Token + "/getUpdates"
	r, err := http.NewRequestWithContext(watched(ctx, c), http.MethodPost, target, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, plain(err)
	}
	res, err := b.config.Sender.client.post(r, c)
	if err != nil {
		return nil, c.failure()
	}
	defer func() { _ = res.Body.Close() }() // it was read
	var said struct {
		Result []json.RawMessage `json:"result"`
	}
	if err := json.NewDecoder(res.Body).Decode(&said); err != nil {
		return nil, errors.New("an answer that cannot be read")
	}
	return said.Result, nil
}
