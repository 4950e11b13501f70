package conversation

import (
	"context"
	"errors"
	"strings"

	"linkline/conversation/casework"
)

// Errors that tell a worker why her text cannot go out.
var (
	// ErrEmpty means that nothing was written.
	ErrEmpty = errors.New("nothing was written")
	// ErrTooLong means that a text is longer than a provider takes.
	ErrTooLong = errors.New("too long for one text")
	// ErrCannotText means that the person asked us to stop or to pause, or that
	// the number is blocked, unsafe or unknown: somebody has to ring.
	ErrCannotText = errors.New("this number cannot be texted")
)

// LongestText is how many characters a worker may write in one text.
const LongestText = 918 // six segments

// Answer sends a worker's text to the person, through the number she texted,
// and gives the worker the conversation. Each form sends once.
func (e *Engine) Answer(ctx context.Context, by Actor, id casework.CaseID, w Writing) error {
	text := strings.TrimSpace(w.Text.Reveal())
	if text == "" {
		return ErrEmpty
	}
	if len([]rune(text)) > LongestText {
		return ErrTooLong
	}
	err := e.work(ctx, SiteAnswer, by, id, func(b *books, facts Facts) error {
		if b.barred() {
			return ErrCannotText
		}
		if b.caseOf.Worker != by.User {
			return casework.ErrClaimed
		}
		if b.caseOf.State == casework.CaseClosed {
			return casework.ErrNotAllowed
		}
		b.once = "form:" + w.Once
		_, err := e.turn(b, facts, Wrote{By: by, Text: casework.Private(text)})
		return err
	})
	if errors.Is(err, casework.ErrTaken) {
		return nil // the same form again: it has been sent
	}
	return err
}

// barred reports whether a worker's text would be held back when it is claimed.
func (b *books) barred() bool {
	m := &casework.Message{Delivery: &casework.Delivery{Class: casework.ClassWorker, To: b.conv.Address}}
	return casework.MaySend(m, b.contact, b.conv, b.now.In(b.team.location())) != ""
}
