package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"
)

// entry is one acknowledged text and the very bytes that it was answered with.
type entry struct {
	text
	body string
}

// reply is the text that the person was sent; empty for none.
func (e entry) reply() (string, error) {
	var response struct {
		Messages []string `xml:"Message"`
	}
	if err := xml.Unmarshal([]byte(e.body), &response); err != nil {
		return "", fmt.Errorf("read the answer to %s: %w", e.sid, err)
	}
	if len(response.Messages) > 1 {
		return "", fmt.Errorf("%s was answered with %d texts", e.sid, len(response.Messages))
	}
	if len(response.Messages) == 0 {
		return "", nil
	}
	return response.Messages[0], nil
}

// carrier is Twilio's part: it brings texts to wherever the program listens,
// and again until it is told that they were taken.
type carrier struct {
	client *http.Client
	acked  chan struct{} // one for each answer, if anybody listens

	mu     sync.Mutex
	bases  []string // one after another
	next   int
	moved  chan struct{} // closed when base changes
	resent int
}

func newCarrier() *carrier {
	return &carrier{
		client: &http.Client{Timeout: 15 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
		acked:  make(chan struct{}), moved: make(chan struct{}),
	}
}

// move says where the program listens from now on, or each of its replicas.
func (c *carrier) move(bases ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bases = bases
	close(c.moved)
	c.moved = make(chan struct{})
}

func (c *carrier) where() (base string, moved <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := len(c.bases); n > 0 {
		base = c.bases[c.next%n]
		c.next++
	}
	return base, c.moved
}

// deliver brings a text until it is acknowledged.
func (c *carrier) deliver(ctx context.Context, t text) (string, error) {
	for {
		base, moved := c.where()
		body, err := c.post(ctx, base, t)
		if err == nil {
			select {
			case c.acked <- struct{}{}:
			default:
			}
			return body, nil
		}
		if refused := (*refusal)(nil); errors.As(err, &refused) {
			return "", err
		}
		c.mu.Lock()
		c.resent++
		c.mu.Unlock()
		select {
		case <-moved:
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			return "", fmt.Errorf("bring %s: %w, last %w", t.sid, ctx.Err(), err)
		}
	}
}

// refusal is an answer after which Twilio would not try again.
type refusal struct{ status int }

func (r *refusal) Error() string { return fmt.Sprintf("a text was refused with %d", r.status) }

func (c *carrier) post(ctx context.Context, base string, t text) (string, error) {
	if base == "" {
		return "", errors.New("nobody listens yet")
	}
	r, err := t.request(ctx, base)
	if err != nil {
		return "", err
	}
	res, err := c.client.Do(r)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	switch {
	case err != nil:
		return "", err
	case res.StatusCode == http.StatusOK:
		return string(body), nil
	case res.StatusCode >= http.StatusInternalServerError:
		return "", fmt.Errorf("the webhook answered %d", res.StatusCode)
	}
	return "", &refusal{res.StatusCode}
}

// phone plays scripts, each from a new number, and keeps the ledger.
type phone struct {
	carrier *carrier
	random  *rand.Rand
	ledger  [][]entry // by number, in order
}

// refer plays one script to its end. Now and then a text is brought again, at
// once or much later, as Twilio does.
func (p *phone) refer(ctx context.Context, texts []text) error {
	var said []entry
	for _, t := range texts {
		twice := p.random.IntN(16) == 0
		body, err := p.bring(ctx, t, twice)
		if err != nil {
			return err
		}
		said = append(said, entry{t, body})
		if p.random.IntN(8) == 0 {
			old := said[p.random.IntN(len(said))]
			if err := p.again(ctx, old); err != nil {
				return err
			}
		}
	}
	p.ledger = append(p.ledger, said)
	return nil
}

// bring brings a text, or the same text twice at the same time.
func (p *phone) bring(ctx context.Context, t text, twice bool) (string, error) {
	if !twice {
		return p.carrier.deliver(ctx, t)
	}
	other := make(chan error, 1)
	var second string
	go func() {
		var err error
		second, err = p.carrier.deliver(ctx, t)
		other <- err
	}()
	first, err := p.carrier.deliver(ctx, t)
	if err = errors.Join(err, <-other); err != nil {
		return "", err
	}
	if first != second {
		return "", fmt.Errorf("%s, brought twice at once, was answered with\n%s\nand\n%s", t.sid, first, second)
	}
	return first, nil
}

// again brings an acknowledged text again: its answer is the same bytes.
func (p *phone) again(ctx context.Context, e entry) error {
	body, err := p.carrier.deliver(ctx, e.text)
	if err != nil {
		return err
	}
	if !bytes.Equal([]byte(body), []byte(e.body)) {
		return fmt.Errorf("%s, brought again, was answered with\n%s\nnot with\n%s", e.sid, body, e.body)
	}
	return nil
}

func TestCarrierTakesNoRefusalForAnAnswer(t *testing.T) {
	t.Parallel()
	h := newTestHouse(t)
	forged := newText(h.account, number(1), "SM1", "hello")
	forged.signature = "forged"
	if _, err := h.bring(t.Context(), forged); err == nil {
		t.Error("a forged text was taken: the kill test would prove nothing")
	}
}
