package config

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// minToken is the least length of a real account's token.
const minToken = 16

func (l *loader) team(i int, t *Team) {
	path := teamPath(i)
	if !regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}$`).MatchString(string(t.ID)) {
		l.problems.add(l.where(path+"id"), "use small letters, digits and -, such as fen", "%q is not a team's id", t.ID)
	}
	if strings.TrimSpace(t.Name) == "" {
		l.problems.add(l.where(path+"name"), "name it as people know it", "team %q has no name", t.ID)
	}
	if !slices.Contains(calendar.Nations(), t.Nation) {
		l.problems.add(l.where(path+"nation"), "write england, wales, scotland or northern_ireland",
			"%q is not a nation", t.Nation)
	}
	l.hours(path, t)
	l.texts(path, t)
	l.phone(path, t)
	u, err := url.Parse(t.PrivacyURL)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		l.problems.add(l.where(path+"privacy_url"), "give the https address of the privacy notice",
			"%q is not where a person can read how we keep what she tells us", t.PrivacyURL)
	}
	if len(t.Languages) == 0 {
		t.Languages = []string{"en"}
	}
	l.numbers(path, t)
	l.duty(path, t)
	l.accountSet(path, t)
}

func (l *loader) hours(path string, t *Team) {
	if t.Hours.Open == "" && t.Hours.Close == "" {
		l.problems.add(l.where(path+"hours"), `write hours: {open: "09:00", close: "17:00"}`, "team %q has no hours", t.ID)
		return
	}
	if !slices.Contains(calendar.Nations(), t.Nation) {
		return
	}
	if _, err := calendar.New(t.Nation, t.Hours); err != nil {
		l.problems.add(l.where(path+"hours"), `write hours: {open: "09:00", close: "17:00"}`, "%s", err)
	}
}

// texts refuses hours in which automatic texts may not leave, whatever the team
// says (messaging-safety 1.7).
func (l *loader) texts(path string, t *Team) {
	from, to := t.TextsFrom, t.TextsTo
	if from == "" {
		from = calendar.DefaultFrom
	}
	if to == "" {
		to = calendar.DefaultTo
	}
	at := path + "texts_from"
	if t.TextsFrom == "" {
		at = path + "texts_to"
	}
	switch {
	case !from.Valid() || !to.Valid():
		l.problems.add(l.where(at), `write times such as "09:00"`, "%q to %q are no hours", from, to)
	case from < calendar.EarliestFrom || to > calendar.LatestTo || from >= to:
		l.problems.add(l.where(at), `write hours between "08:00" and "20:00"`, "automatic texts cannot leave from %s to %s", from, to)
	}
}

func (l *loader) phone(path string, t *Team) {
	l.ringable(path+"phone", t.Phone, t)
	if t.LocalLine != "" {
		l.ringable(path+"local_line", t.LocalLine, t)
	}
}

func (l *loader) ringable(path, value string, t *Team) {
	n, ok := british(value)
	switch {
	case !ok:
		l.problems.add(l.where(path), "write a whole number, such as 01632 960001", "%q is not a number people can ring", value)
	case l.unanswered(n, t):
		l.problems.add(l.where(path), "write the team's own number, or demo: true",
			"nobody answers %s: it is kept for examples", value)
	}
}

// unanswered reports whether a team that is not made up gives a number that
// nobody answers.
func (l *loader) unanswered(e164 string, t *Team) bool {
	return drama(e164) && !t.Demo && !l.drama
}

func (l *loader) numbers(path string, t *Team) {
	at := l.where(path + "numbers")
	if len(t.Numbers) == 0 {
		l.problems.add(at, "write numbers: [+447700900000]", "team %q has no number that people can text", t.ID)
	}
	for i, written := range t.Numbers {
		n, ok := british(written)
		switch {
		case shortCode(written):
			continue
		case words(written):
			l.problems.add(at, "use a mobile number or a short code",
				"%q is a name, and nobody can answer or stop texts from a name", written)
		case !ok || !mobile(n):
			l.problems.add(at, "use a mobile number or a short code", "%q is not a British mobile number", written)
		case l.unanswered(n, t):
			l.problems.add(at, "write the team's own number, or demo: true", "%s is kept for examples", written)
		}
		t.Numbers[i] = n
	}
}

func (l *loader) duty(path string, t *Team) {
	at := l.where(path + "duty")
	for i, written := range t.Duty {
		n, ok := british(written.Reveal())
		switch {
		case !ok || !mobile(n):
			l.problems.add(at, "write a mobile number, such as 07700 900001",
				"duty number %d of team %q cannot be texted", i+1, t.ID)
		case l.unanswered(n, t):
			l.problems.add(at, "write the number of somebody on duty", "duty number %d of team %q is kept for examples", i+1, t.ID)
		}
		t.Duty[i] = casework.Private(n)
	}
}

func (l *loader) accountSet(path string, t *Team) {
	if !t.Demo && !t.Twilio.Set() {
		name := teamPrefix + envID(*t) + "_TWILIO_"
		l.problems.add(l.where(path+"id"), "set "+name+"ACCOUNT_SID and "+name+"AUTH_TOKEN",
			"team %q has no Twilio account, so no text could be proved to be Twilio's", t.ID)
	}
	for _, token := range t.Twilio.Tokens {
		if !t.Demo && len(token) < minToken {
			l.problems.add(environment, "set the whole token", "the auth token of team %q has %d characters", t.ID, len(token))
		}
	}
	if t.Twilio.APIURL != "" {
		t.Twilio.APIURL = l.baseURL(path+"api", t.Twilio.APIURL)
		l.loopback("LINKLINE_TWILIO_API_URL", t.Twilio.APIURL)
	}
}

// unique refuses two teams under one id, or with one number.
func (l *loader) unique(teams []Team) {
	ids, numbers := map[string]bool{}, map[string]bool{}
	for i, t := range teams {
		if ids[envID(t)] {
			l.problems.add(l.where(teamPath(i)+"id"), "give each team an id of its own", "another team is %q too", t.ID)
		}
		ids[envID(t)] = true
		for _, n := range t.Numbers {
			if numbers[n] {
				l.problems.add(l.where(teamPath(i)+"numbers"), "keep it in one team", "another team has number %s too", n)
			}
			numbers[n] = true
		}
	}
}
