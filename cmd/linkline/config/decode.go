package config

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// readers says how each setting of a group is read.
type readers map[string]func(node)

// decoder reads nodes into the configuration and notes what does not fit. It
// remembers where each setting stood, for the checks that come later.
type decoder struct {
	problems *Problems
	at       places
}

// places is where settings were written, by a path such as "team.0.phone".
type places map[string]place

// group reads the settings of a group; path is where the group lies.
func (d decoder) group(n node, path string, known readers) {
	d.at[path] = n.place
	if !d.is(n, isMap, "write it as name: value lines") {
		return
	}
	for _, p := range n.pairs {
		d.at[path+p.key] = p.place
		read, ok := known[p.key]
		switch {
		case ok:
			read(p.value)
		case secretName(p.key):
			d.problems.add(p.place, "remove the line and set it in the environment, see docs/settings.md",
				"%q is a secret and may not stand in the file", p.key)
		default:
			d.problems.add(p.place, nearest(p.key, sortedKeys(known)), "%q is not a setting", p.key)
		}
	}
}

// secretName reports whether somebody meant to write a secret here.
func secretName(key string) bool {
	return strings.Contains(key, "token") || strings.Contains(key, "secret") || strings.Contains(key, "password") ||
		key == "key" || strings.HasSuffix(key, "_key")
}

func (d decoder) is(n node, want kind, fix string) bool {
	if n.kind == want {
		return true
	}
	d.problems.add(n.place, fix, "%s stands here instead of %s", n.summary(), want)
	return false
}

func text[T ~string](d decoder, to *T, example string) func(node) {
	return func(n node) {
		if d.is(n, isWord, "write one value, such as "+example) {
			*to = T(n.word)
		}
	}
}

func list[T ~string](d decoder, to *[]T, example string) func(node) {
	return func(n node) {
		if !d.is(n, isList, "write a list, such as "+example) {
			return
		}
		for _, item := range n.items {
			if d.is(item, isWord, "write a list, such as "+example) {
				*to = append(*to, T(item.word))
			}
		}
	}
}

func flag(d decoder, to *bool) func(node) {
	return func(n node) {
		switch {
		case n.kind == isWord && n.word == "true":
			*to = true
		case n.kind == isWord && n.word == "false":
			*to = false
		default:
			*to = true // refused already: spare the reader what would follow from false
			d.problems.add(n.place, "write true or false", "%s is neither true nor false", n.summary())
		}
	}
}

// mostPerSecond is more than any number of Twilio's bears.
const mostPerSecond = 1000

func rate(d decoder, to *float64) func(node) {
	return func(n node) {
		if !d.is(n, isWord, "write how many texts a second, such as 1") {
			return
		}
		r, err := strconv.ParseFloat(n.word, 64)
		if err != nil || !(r > 0 && r <= mostPerSecond) {
			d.problems.add(n.place, "write how many texts a second, such as 1", "%s is no rate", n.summary())
			return
		}
		*to = r
	}
}

// weekdays are the names of the days, as they are written in the file.
func weekdays() []string { return []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} }

func days(d decoder, to *[]time.Weekday) func(node) {
	return func(n node) {
		var names []string
		list(d, &names, "[mon, tue, thu]")(n)
		for i, name := range names {
			at := slices.Index(weekdays(), name)
			if at < 0 {
				d.problems.add(n.items[i].place, nearest(name, weekdays()), "%q is not a day of the week", name)
				continue
			}
			*to = append(*to, time.Weekday(at))
		}
	}
}

// service reads the whole file.
func (d decoder) service(n node, c *Config) {
	d.group(n, "", readers{
		"listen":         text(d, &c.Listen, DefaultListen),
		"metrics_listen": text(d, &c.MetricsListen, DefaultMetricsListen),
		"data_dir":       text(d, &c.DataDir, "/var/lib/linkline"),
		"public_url":     text(d, &c.PublicURL, "https://texts.example.org"),
		"desk_url":       text(d, &c.DeskURL, "https://desk.example.org"),
		"teams": func(n node) {
			if !d.is(n, isList, "begin each team with a dash and its id, such as - id: fen") {
				return
			}
			c.Teams = make([]Team, len(n.items))
			for i, item := range n.items {
				d.team(item, teamPath(i), &c.Teams[i])
			}
		},
	})
}

func (d decoder) team(n node, path string, t *Team) {
	d.group(n, path, readers{
		"id":          text[casework.TeamID](d, &t.ID, "fen"),
		"name":        text(d, &t.Name, "Fen Wellbeing"),
		"nation":      text[calendar.Nation](d, &t.Nation, "england"),
		"hours":       func(n node) { d.hours(n, path+"hours.", &t.Hours) },
		"phone":       text(d, &t.Phone, "01632 960001"),
		"local_line":  text(d, &t.LocalLine, "01632 960002"),
		"privacy_url": text(d, &t.PrivacyURL, "https://example.org/privacy"),
		"languages":   list(d, &t.Languages, "[en]"),
		"numbers":     list(d, &t.Numbers, "[+447700900000]"),
		"practices":   list(d, &t.Practices, "[Fen Road Surgery]"),
		"duty":        list[casework.Private](d, &t.Duty, "[07700 900001]"),
		"texts_from":  text[calendar.Clock](d, &t.TextsFrom, `"09:00"`),
		"texts_to":    text[calendar.Clock](d, &t.TextsTo, `"18:00"`),
		"per_second":  rate(d, &t.PerSecond),
		"demo":        flag(d, &t.Demo),
	})
}

func (d decoder) hours(n node, path string, h *calendar.Hours) {
	d.group(n, path, readers{
		"open":  text[calendar.Clock](d, &h.Open, `"09:00"`),
		"close": text[calendar.Clock](d, &h.Close, `"17:00"`),
		"days":  days(d, &h.Days),
	})
}

func sortedKeys(m readers) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
