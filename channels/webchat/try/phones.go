package try

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"linkline/conversation/casework"
)

// The numbers played with: Ofcom keeps this range for drama, so that none of
// them is anybody's.
const (
	firstNumber = 900100
	lastNumber  = 900999
	// kept is how many bubbles of a phone are remembered.
	kept = 200
)

// bubble is one thing on the screen of the phone.
type bubble struct {
	Mine bool // sent from this phone
	Text string
	Note string // said by the page, not by the service
	At   time.Time
}

// phone is what one made-up phone has sent and what came back with it. A real
// phone remembers that too: before permission the service itself does not.
type phone struct {
	since   time.Time
	bubbles []bubble
}

// phones remembers the phones in use.
type phones struct {
	mu    sync.Mutex
	inUse map[int]*phone
}

func newPhones() *phones { return &phones{inUse: map[int]*phone{}} }

// number is a phone's number in full.
func number(n int) casework.Private { return casework.Private(fmt.Sprintf("+447700%06d", n)) }

// add remembers bubbles on a phone.
func (p *phones) add(n int, now time.Time, more ...bubble) {
	p.mu.Lock()
	defer p.mu.Unlock()
	on, ok := p.inUse[n]
	if !ok {
		on = &phone{since: now}
		p.inUse[n] = on
	}
	on.bubbles = append(on.bubbles, more...)
	if len(on.bubbles) > kept {
		on.bubbles = on.bubbles[len(on.bubbles)-kept:]
		on.since = on.bubbles[0].At
	}
}

// remembered returns what is remembered of a phone, and since when.
func (p *phones) remembered(n int) ([]bubble, time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	on, ok := p.inUse[n]
	if !ok {
		return nil, time.Time{}
	}
	return append([]bubble(nil), on.bubbles...), on.since
}

// take hands out a phone that nobody has used, in this run or before it.
func (p *phones) take(now time.Time, used func(int) bool) (int, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for n := firstNumber; n <= lastNumber; n++ {
		if p.inUse[n] == nil && !used(n) {
			p.inUse[n] = &phone{since: now}
			return n, true
		}
	}
	return 0, false
}

// cookieName names the cookie that says which phone a browser holds.
const cookieName = "linkline_phone"

// held is the phone that a browser holds.
func held(r *http.Request) (int, bool) {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return 0, false
	}
	n, err := strconv.Atoi(c.Value)
	return n, err == nil && n >= firstNumber && n <= lastNumber
}

// hand gives a browser its phone: the one it holds, or a new one.
func (t *Try) hand(w http.ResponseWriter, r *http.Request, fresh bool) (int, error) {
	if n, ok := held(r); ok && !fresh {
		return n, nil
	}
	var n int
	var found bool
	err := t.config.Store.View(r.Context(), t.config.Team.ID, func(tx casework.Tx) error {
		n, found = t.phones.take(t.config.Now(), func(n int) bool { return t.used(tx, n) })
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("look for an unused phone: %w", err)
	}
	if !found {
		n = lastNumber // all have been played with: the last is shared
	}
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: strconv.Itoa(n), Path: "/try", MaxAge: 30 * 24 * 60 * 60,
		Secure: t.config.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
	return n, nil
}

// used reports whether the service has heard of a phone.
func (t *Try) used(tx casework.Tx, n int) bool {
	id := casework.NewConversationID(tx, t.config.Team.ID, casework.SMS, number(n))
	talk, err := casework.Conversations.Find(tx, string(id))
	if err != nil || talk != nil {
		return true
	}
	point, err := casework.ContactPoints.Find(tx, casework.ContactPointKey(id))
	return err != nil || point != nil
}
