package conversation

import (
	"strings"
	"time"

	"linkline/conversation/casework"
)

// splitWindow is how long a text is kept to be read together with the next
// (B20).
const splitWindow = 5 * time.Minute

// mostRecent is how many texts are remembered at once. Package safety reads the
// last three, and the guard against loops counts sameTexts of them.
const mostRecent = sameTexts + 1

// remember keeps the texts of the last five minutes, and the moment.
func (t *turn) remember(text casework.Private) {
	recent := make([]casework.RecentText, 0, len(t.c.Recent)+1)
	for _, r := range t.c.Recent {
		if t.now.Sub(r.At) < splitWindow {
			recent = append(recent, r)
		}
	}
	if len(recent) >= mostRecent { // however many she sends, the record stays small
		recent = recent[len(recent)-mostRecent+1:]
	}
	t.c.Recent = append(recent, casework.RecentText{Words: text, At: t.now})
	t.c.LastInAt = t.now
}

// sameTexts is how often the same sentence is answered within the splitWindow.
const sameTexts = 4

// loops reports whether another machine writes to us: the same sentence again
// and again, as fast as we answer it. Answering it would never end (B40).
func (t *turn) loops() bool {
	if len(strings.Fields(t.text.Reveal())) < sentence {
		return false // she may answer 1 to five questions in a row
	}
	same := 0
	for _, r := range t.c.Recent {
		if r.Words == t.text {
			same++
		}
	}
	return same > sameTexts
}
