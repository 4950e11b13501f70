package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// traffic is referrals that phones make through the webhook. Every text is
// signed and every webhook written beforehand, so that the phones themselves
// cost next to nothing.
type traffic struct {
	house     *house
	referrals [][]*sent
}

// sent is the webhook of a text and how long its answer took.
type sent struct {
	request *http.Request
	took    time.Duration
}

// newTraffic writes the texts of so many referrals, each from another number.
func newTraffic(ctx context.Context, h *house, referrals int, words []string) (*traffic, error) {
	t := &traffic{house: h}
	for i := range referrals {
		all := make([]*sent, len(words))
		for j, w := range words {
			r, err := newText(h.account, number(i), fmt.Sprintf("SM%026dx%05d", i, j), w).request(ctx, publicURL)
			if err != nil {
				return nil, err
			}
			all[j] = &sent{request: r}
		}
		t.referrals = append(t.referrals, all)
	}
	return t, nil
}

// count is how many texts there are.
func (t *traffic) count() int {
	n := 0
	for _, r := range t.referrals {
		n += len(r)
	}
	return n
}

// waits are how long the texts took.
func (t *traffic) waits() []time.Duration {
	out := make([]time.Duration, 0, t.count())
	for _, r := range t.referrals {
		for _, s := range r {
			out = append(out, s.took)
		}
	}
	return out
}

// play lets so many phones at once make the referrals, one after another.
func (t *traffic) play(phones int) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	failed := make([]error, phones)
	for phone := range phones {
		wait.Go(func() {
			for i := next.Add(1); i <= int64(len(t.referrals)) && failed[phone] == nil; i = next.Add(1) {
				failed[phone] = t.refer(t.referrals[i-1])
			}
		})
	}
	wait.Wait()
	return errors.Join(failed...)
}

// refer sends the texts of one referral and looks for the reference at its end.
func (t *traffic) refer(texts []*sent) error {
	var a answer
	for _, s := range texts {
		start := time.Now()
		if err := a.ask(t.house.handler, s.request); err != nil {
			return err
		}
		s.took = time.Since(start)
	}
	if !bytes.Contains(a.body.Bytes(), []byte("Its number is")) {
		return errors.New("a referral ended without a reference: does " + referral + " still send it?")
	}
	return nil
}
