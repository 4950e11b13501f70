package flows

import (
	"fmt"
	"strconv"
	"strings"
)

// How many parts a turn may cost on the network (decision 15).
const (
	turnParts       = 2
	permissionParts = 3
)

// Compose puts a turn into one plain text: what is said, then the question,
// then its numbered options. One text, because networks reorder separate ones.
// Where it would cost too many parts, short variants take the place of long
// ones from the beginning on. A text is never cut: Check has measured every
// turn, so one that is still too long is sent as it is.
func (l *Library) Compose(language string, said []Said, q *Question) string {
	parts := append([]Said{}, said...)
	limit, options := turnParts, ""
	if q != nil {
		parts = append(parts, q.Said)
		options = l.options(language, q)
		if q.Permission {
			limit = permissionParts
		}
	}
	text := join(parts, options)
	for i := range parts {
		if Count(text).Parts <= limit {
			break
		}
		if parts[i].Short != "" {
			parts[i].Text = parts[i].Short
			text = join(parts, options)
		}
	}
	return text
}

func join(parts []Said, options string) string {
	texts := make([]string, 0, len(parts)+1)
	for _, p := range parts {
		if t := strings.TrimSpace(p.Text); t != "" {
			texts = append(texts, t)
		}
	}
	if options != "" {
		texts = append(texts, options)
	}
	return PlainSMS(strings.Join(texts, " "))
}

// options writes out the answers: "Text 1 yes or 2 no." for two of them,
// "Text 1 good. 2 OK. 3 poor." for more.
func (l *Library) options(language string, q *Question) string {
	if len(q.Options) == 0 {
		return strings.TrimSpace(q.Hint)
	}
	lead := strings.TrimSpace(q.Hint)
	if lead == "" {
		lead = l.phrase(language, TextText)
	}
	between := ". "
	if len(q.Options) == 2 {
		between = " " + l.phrase(language, TextOr) + " "
	}
	shown := make([]string, len(q.Options))
	for i, o := range q.Options {
		shown[i] = strconv.Itoa(o.Number) + " " + strings.TrimRight(o.Label, ". ")
	}
	text := lead + " " + strings.Join(shown, between)
	if strings.ContainsAny(text[len(text)-1:], "?!") {
		return text
	}
	return text + "."
}

func (l *Library) phrase(language, key string) string {
	t, _, _ := l.Words(language, ServiceWords, key)
	return t.Say
}

// Fill puts values in the place of the placeholders of a template. A value is
// never read again: somebody whose name is "{phone}" is called that. A
// placeholder without a value is an error, because a text with a hole in it
// must not be sent.
func Fill(template string, values map[string]string) (string, error) {
	return FillWith(template, func(name string) (string, bool) {
		value, ok := values[name]
		return value, ok
	})
}

// FillWith is Fill with values that are worked out when the text names them;
// false where there is none of that name.
func FillWith(template string, valueOf func(name string) (value string, ok bool)) (string, error) {
	var b strings.Builder
	err := eachPlaceholder(template, func(plain string) { b.WriteString(plain) }, func(name string) error {
		value, ok := valueOf(name)
		if !ok {
			return fmt.Errorf("fill text: no value for {%s}", name)
		}
		b.WriteString(value)
		return nil
	})
	if err != nil {
		return "", err
	}
	return b.String(), nil
}

// eachPlaceholder walks a template in order.
func eachPlaceholder(template string, plain func(string), name func(string) error) error {
	for {
		before, rest, found := strings.Cut(template, "{")
		plain(before)
		if !found {
			return nil
		}
		inside, after, closed := strings.Cut(rest, "}")
		if !closed {
			return fmt.Errorf("fill text: a brace is not closed")
		}
		if err := name(inside); err != nil {
			return err
		}
		template = after
	}
}
