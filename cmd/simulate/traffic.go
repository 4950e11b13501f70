package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// traffic is referrals that phones make through the webhook. Every text is
// signed beforehand, so that the phones themselves cost next to nothing.
type traffic struct {
	house     *house
	referrals [][]*sent
}

// sent is a text and how long its answer took.
type sent struct {
	text
	took time.Duration
}

// newTraffic writes the texts of so many referrals, each from another number.
func newTraffic(h *house, referrals int, words []string) *traffic {
	t := &traffic{house: h}
	for i := range referrals {
		all := make([]*sent, len(words))
		for j, w := range words {
			all[j] = &sent{text: newText(h.account, number(i), fmt.Sprintf("SM%026dx%05d", i, j), w)}
		}
		t.referrals = append(t.referrals, all)
	}
	return t
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
func (t *traffic) play(ctx context.Context, phones int) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	failed := make([]error, phones)
	for phone := range phones {
		wait.Go(func() {
			for i := next.Add(1); i <= int64(len(t.referrals)) && failed[phone] == nil; i = next.Add(1) {
				failed[phone] = t.refer(ctx, t.referrals[i-1])
			}
		})
	}
	wait.Wait()
	return errors.Join(failed...)
}

// refer sends the texts of one referral and looks for the reference at its end.
func (t *traffic) refer(ctx context.Context, texts []*sent) error {
	last := ""
	for _, s := range texts {
		start := time.Now()
		var err error
		if last, err = t.house.bring(ctx, s.text); err != nil {
			return err
		}
		s.took = time.Since(start)
	}
	if !strings.Contains(last, "Its number is") {
		return errors.New("a referral ended without a reference: does " + referral + " still send it?")
	}
	return nil
}
