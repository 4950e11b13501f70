package conversation

import (
	"fmt"

	"linkline/conversation/casework"
)

// Contact marks what the person said about texting this number (W4).
type Contact struct {
	Mark  string // safe, limited, unsafe, neutral, own
	Times []string
}

func (c Contact) apply(b *books) error {
	cp := b.changeContact()
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
	default:
		return fmt.Errorf("unknown mark %q", c.Mark)
	}
	return nil
}
