package conversation

import (
	"slices"
	"strconv"
	"strings"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
	"linkline/flows"
)

// shortWords is how many characters of the person's own words are read back.
const shortWords = 40

// fill puts values in the place of the placeholders of a text. Only what the
// text names is worked out.
func (t *turn) fill(template string) (string, error) {
	if !strings.Contains(template, "{") {
		return template, nil
	}
	filled, err := flows.FillWith(template, t.value)
	if err != nil {
		return "", err
	}
	if !slices.ContainsFunc(leftBehind, func(gap string) bool { return strings.Contains(filled, gap) }) {
		return filled, nil // as most are; the replacer copies a text it leaves alone
	}
	return emptied.Replace(filled), nil
}

// value is what stands for a placeholder in this turn. What only the turn knows
// comes before what its flow is about, and that before what is always known.
func (t *turn) value(name string) (value string, ok bool) {
	if value, ok = t.extra[name]; ok {
		return value, true
	}
	for _, h := range t.flows.Helplines {
		if h.ID == name && h.Serves(string(t.facts.Team.Nation)) {
			return h.Say, true
		}
	}
	if valueOf, ok := placeholdersAbout[name]; ok && t.about().Kind != "" {
		return valueOf(t), true
	}
	if valueOf, ok := placeholders[name]; ok {
		return valueOf(t), true
	}
	return "", false
}

// emptied mends what an empty value has left behind: "Hello ,", "Thank you ." and
// "at 2pm, .".
var (
	leftBehind = []string{" ,", " .", "  "}
	emptied    = strings.NewReplacer(", .", ".", " ,", ",", " .", ".", "  ", " ")
)

// placeholders says what each placeholder stands for in a turn.
var placeholders = map[string]func(*turn) string{
	"service": func(t *turn) string { return t.facts.Team.Name },
	"phone":   func(t *turn) string { return t.facts.Team.Phone },
	"url":     func(t *turn) string { return t.facts.Team.PrivacyURL },
	"line":    (*turn).localLine,
	"name":    (*turn).name,
	"needs":   labelled("needs", flows.Room("needs")),
	"first":   labelled("first", flows.Room("first")),
	"worry":   labelled("first", flows.Room("worry")),
	"short": func(t *turn) string {
		return shorten(t.known["what_matters"].Words.Reveal(), shortWords)
	},
	"first_text": func(t *turn) string {
		return shorten(t.known[flows.FactFirstText].Words.Reveal(), shortWords)
	},
	"ref":     (*turn).reference,
	"lw":      func(t *turn) string { return t.facts.Worker.Reveal() },
	"date":    (*turn).dateTold,
	"busdate": func(t *turn) string { return t.dateWords(t.c.Pause) },
}

// labelled is what she chose for a fact, in as much room as its placeholder has.
func labelled(fact string, room int) func(*turn) string {
	return func(t *turn) string { return t.labels(fact, room) }
}

// dateTold is the date a person is told: the one promised, as long as it is to
// come, or the day the team next opens.
func (t *turn) dateTold() string {
	if a := t.appointment(); a != nil && !a.Start.IsZero() {
		return t.date(t.facts.Team.Calendar.On(a.Start))
	}
	today := t.today().String()
	if told := t.dateWords(t.promised); told != "" && t.promised >= today {
		return told
	}
	c := t.facts.Team.Calendar
	return t.date(c.On(c.NextOpening(t.now)))
}

// localLine is where urgent local help is found; the team itself where it has
// named nothing.
func (t *turn) localLine() string {
	if t.facts.Team.LocalLine != "" {
		return t.facts.Team.LocalLine
	}
	return t.facts.Team.Phone
}

func (t *turn) name() string {
	if t.facts.Contact.Neutral {
		return ""
	}
	if in := t.facts.Invitation; in != nil && t.about().Kind == casework.AboutInvitation {
		return in.Name.Reveal()
	}
	return first(t.known["name"].Values)
}

func (t *turn) reference() string {
	if t.facts.Case != nil && t.caseState != "none" {
		return t.facts.Case.Reference
	}
	return t.facts.Reference
}

// labels are the words of the options chosen for a fact, joined; those for which
// there is no room are counted.
func (t *turn) labels(fact string, room int) string {
	var out []string
	length, left := 0, 0
	for _, id := range t.known[fact].Values {
		label := t.label(id)
		if label == "" || id == optionMore {
			continue
		}
		if length += len(label) + 2; length > room-len(", + 10") && len(out) > 0 {
			left++
			continue
		}
		out = append(out, label)
	}
	if left > 0 {
		out = append(out, "+ "+strconv.Itoa(left))
	}
	return strings.Join(out, ", ")
}

// label is how a need is called in the menus that offer it.
func (t *turn) label(id string) string {
	if l, ok := t.flows.needs[t.c.Language][id]; ok {
		return l
	}
	return t.flows.needs[t.flows.Languages[0]][id]
}

func (t *turn) dateWords(iso string) string {
	day, err := calendar.ParseDate(iso)
	if err != nil {
		return ""
	}
	return t.date(day)
}

func (t *turn) date(day calendar.Date) string { return day.Words(t.c.Language) }

// shorten cuts words to a length at the end of a word.
func shorten(words string, most int) string {
	words = strings.Join(strings.Fields(words), " ")
	runes := []rune(words)
	if len(runes) <= most {
		return words
	}
	cut := string(runes[:most-3])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return cut + "..."
}

// numbered lists options as they are offered again: "1 money or 4 mood".
func numbered(options []flows.Choosable, or string) string {
	parts := make([]string, len(options))
	for i, o := range options {
		parts[i] = strconv.Itoa(o.Number) + " " + o.Label
	}
	return strings.Join(parts, " "+or+" ")
}
