package casework

import (
	"fmt"
	"strconv"
	"strings"
)

// Place is a step of one version of a flow.
type Place struct {
	Flow    string `json:"flow"`
	Version int    `json:"version"`
	Step    string `json:"step"`
}

// String writes the place in one word, such as "referral:1:name". The names of
// flows and steps hold no colon and no space.
func (p Place) String() string { return p.Flow + ":" + strconv.Itoa(p.Version) + ":" + p.Step }

// ParsePlace reads what String writes.
func ParsePlace(word string) (Place, error) {
	flow, rest, ok := strings.Cut(word, ":")
	number, step, more := strings.Cut(rest, ":")
	version, err := strconv.Atoi(number)
	if !ok || !more || err != nil {
		return Place{}, fmt.Errorf("%q is no place in a flow", word)
	}
	return Place{Flow: flow, Version: version, Step: step}, nil
}

// Trail is a way through the flows, oldest place first. It is kept as one word
// a place, because it is written again with every answer.
type Trail []Place

// MarshalText writes the places with spaces between them.
func (t Trail) MarshalText() ([]byte, error) {
	text := make([]byte, 0, 24*len(t))
	for i, p := range t {
		if i > 0 {
			text = append(text, ' ')
		}
		text = append(append(text, p.Flow...), ':')
		text = append(strconv.AppendInt(text, int64(p.Version), 10), ':')
		text = append(text, p.Step...)
	}
	return text, nil
}

// UnmarshalText reads what MarshalText writes.
func (t *Trail) UnmarshalText(text []byte) error {
	words := strings.Fields(string(text))
	trail := make(Trail, len(words))
	for i, word := range words {
		place, err := ParsePlace(word)
		if err != nil {
			return err
		}
		trail[i] = place
	}
	*t = trail
	return nil
}
