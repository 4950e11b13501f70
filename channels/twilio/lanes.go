package twilio

import (
	"context"
	"errors"
	"sync"
)

// laneLength is how many texts of one sender may wait at once.
const laneLength = 32

var errLaneFull = errors.New("too many texts of one sender at once")

// lanes let one text of a sender through at a time. So the texts of a person
// are read in the order they came (I24), and a flood from one phone takes one
// place of the engine and leaves the rest to others. It drops nothing: a text
// that finds no room is answered with "try again".
type lanes struct {
	mu       sync.Mutex
	bySender map[string]*lane
}

type lane struct {
	turn chan struct{} // holds one token while nobody is served
	size int           // those served or waiting
}

// enter waits for the sender's turn. The caller calls leave when it is done.
func (l *lanes) enter(ctx context.Context, sender string) (leave func(), err error) {
	la, err := l.join(sender)
	if err != nil {
		return nil, err
	}
	select {
	case <-la.turn:
		return func() { la.turn <- struct{}{}; l.part(sender, la) }, nil
	case <-ctx.Done():
		l.part(sender, la)
		return nil, ctx.Err()
	}
}

func (l *lanes) join(sender string) (*lane, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.bySender == nil {
		l.bySender = map[string]*lane{}
	}
	la := l.bySender[sender]
	if la == nil {
		la = &lane{turn: make(chan struct{}, 1)}
		la.turn <- struct{}{}
		l.bySender[sender] = la
	}
	if la.size >= laneLength {
		return nil, errLaneFull
	}
	la.size++
	return la, nil
}

func (l *lanes) part(sender string, la *lane) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if la.size--; la.size == 0 {
		delete(l.bySender, sender)
	}
}
