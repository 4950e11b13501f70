package conversation

import (
	"fmt"
	"time"

	"linkline/conversation/casework"
)

// Contact marks what the person said about texting this number (W4).
type Contact struct {
	Mark  string // safe, limited, unsafe, neutral, own, reached, verified
	Times []string
}

func (c Contact) apply(b *books) error {
	cp := b.changeContact()
	b.replans = true
	switch c.Mark {
	case "safe":
		cp.Safe = casework.SafeYes
	case "limited":
		cp.Safe, cp.SafeTimes = casework.SafeLimited, c.Times
	case "unsafe":
		cp.Safe = casework.SafeNo
	case "neutral":
		cp.Neutral = true
	case "own":
		cp.Neutral = false
	case "verified": // it is still hers
		cp.DoubtedAt = time.Time{}
	case "reached": // a number that was given up texts us
		cp.State, cp.StateAt, cp.StateFrom = casework.ContactActive, b.now, "word"
	default:
		return fmt.Errorf("unknown mark %q", c.Mark)
	}
	return nil
}
