package desk

import (
	"html/template"
	"regexp"
	"slices"
	"strings"

	"linkline/channels/desk/words"
	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// caseBody is the body of a case page, all of it in words.
type caseBody struct {
	Reference, Name, Age string
	Phone                string       // to ring; empty when there is none
	PhoneLink            template.URL // only ever made by ringable
	Status, Waiting, Due string
	Overdue              bool
	Route                string
	Language             string // empty for English
	Lang                 string // the code of it, for a browser's voice
	Access               []string
	Careful              []string // what to mind when texting
	CannotWait           bool
	Why                  []string
	Struggled            bool
	Alerts               []alertRow
	Permissions          []permissionRow
	WhatMatters          []statementRow
	Answers              []answerRow
	Talk                 talkBody
	Worker               string
	Mine, Free, Closed   bool
	ClosedWhy, CloseNote string
	PickUp               pickUpBody
	Notes                []noteRow
	Note                 string
	Tasks                []taskRow
	Token                string
	Owner                string // the colleague who has the case
	Hows                 []choice
	Course               courseBody
}

type statementRow struct{ Words, At string }

type answerRow struct {
	Title, Value, Said string // Said is what was typed, where it says more
}

type permissionRow struct {
	Short, Purpose, Value, At string
	Yes                       bool
}

type noteRow struct{ By, At, Text string }

// caseView puts the records of a case into words.
func (d *Desk) caseView(v *visit, cr *caseRecords, typed draft) caseBody {
	clock, c := v.clock(), cr.c
	row := d.caseRow(clock, c, cr.person)
	body := caseBody{
		Reference: c.Reference, Name: row.Name, Age: row.Age, Status: row.Status, Waiting: row.Waiting,
		Due: row.Due, Overdue: row.Overdue, Language: row.Language, Access: row.Access,
		CannotWait: row.CannotWait, Why: row.Why, Struggled: c.Struggled, Alerts: cr.alerts,
		Careful: d.catalogue.Careful(cr.point), Worker: cr.names[c.Worker],
		Mine: c.Worker == v.user.ID, Free: c.Worker == "", Closed: c.State == casework.CaseClosed,
		Permissions: permissionRows(clock, cr.permissions), Note: typed.Note,
		Answers: d.answerRows(c), Tasks: taskWords(clock, cr.tasks, cr.names),
	}
	if cr.talk != nil {
		body.Route, body.Lang = words.Channel(cr.talk.Channel), cr.talk.Language
	}
	body.Phone, body.PhoneLink = phoneOf(cr)
	if body.Closed {
		body.ClosedWhy, body.CloseNote = words.CloseReason(c.Close), words.Visible(c.CloseNote.Reveal())
	}
	for _, s := range c.WhatMatters {
		body.WhatMatters = append(body.WhatMatters, statementRow{words.Visible(s.Words.Reveal()), clock.At(s.At)})
	}
	for _, n := range cr.notes {
		body.Notes = append(body.Notes, noteRow{cr.names[n.By], clock.At(n.At), words.Visible(n.Text.Reveal())})
	}
	body.Owner, body.Hows, body.Course = ownerOf(v, cr), choices(hows(), howWords, ""), d.courseView(v, cr)
	body.Talk = d.talkView(v, cr, typed)
	body.PickUp = d.pickUpView(v, cr, typed, body.Talk.Cannot == "")
	return body
}

// phoneOf is the number to ring: the one given for it, or else the one that
// texts.
func phoneOf(cr *caseRecords) (show string, link template.URL) {
	var number string
	switch {
	case cr.person != nil && cr.person.Phone != "":
		number = cr.person.Phone.Reveal()
	case cr.talk != nil && cr.talk.Channel == casework.SMS:
		number = cr.talk.Address.Reveal()
	}
	return ringable(number)
}

// ringable is a number as it is read and as a phone is told to ring it. A person
// may have written when to ring beside it ("01632 960111 mornings"): all of that
// is shown, and the number in it linked. What holds no number, or several, is
// shown and not linked.
func ringable(number string) (show string, link template.URL) {
	show = words.Phone(words.Visible(number))
	digits, ok := strings.CutPrefix(number, "+")
	if !ok || len(digits) < 7 || strings.Trim(digits, "0123456789") != "" {
		if digits = britishIn(number); digits == "" {
			return show, ""
		}
	}
	return show, template.URL("tel:+" + digits) //nolint:gosec // digits alone, as just checked
}

// britishIn finds the one British number in what somebody wrote.
func britishIn(text string) string {
	found := regexp.MustCompile(`(?:\+44|\b0)(?:[ ()-]{0,2}\d){9,10}\b`).FindAllString(text, 2)
	if len(found) != 1 {
		return ""
	}
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, found[0])
	if national, ok := strings.CutPrefix(digits, "0"); ok {
		return "44" + national
	}
	return digits
}

// answerRows lists the answers in the order they are asked for, without what
// stands elsewhere on the page.
func (d *Desk) answerRows(c *casework.Case) []answerRow {
	facts := d.catalogue.Facts()
	var rest []string
	for fact := range c.Answers {
		if !slices.Contains(facts, fact) {
			rest = append(rest, fact)
		}
	}
	slices.Sort(rest)
	var rows []answerRow
	for _, fact := range append(slices.Clone(facts), rest...) {
		answer, ok := c.Answers[fact]
		if !ok || fact == "what_matters" {
			continue
		}
		rows = append(rows, d.answerRow(fact, answer))
	}
	return rows
}

func (d *Desk) answerRow(fact string, a casework.Answer) answerRow {
	var values []string
	for _, value := range a.Values {
		if fact == "needs" && value == morePage {
			continue
		}
		values = append(values, d.value(fact, value))
	}
	row := answerRow{Title: d.catalogue.Title(fact), Value: words.Visible(strings.Join(values, ", "))}
	said := words.Visible(strings.TrimSpace(a.Words.Reveal()))
	if saysMore(said, row.Value) {
		row.Said = said
	}
	if row.Value == "" {
		row.Value, row.Said = row.Said, ""
	}
	return row
}

// value puts one value into words: a date as people write it, an option as it
// was offered.
func (d *Desk) value(fact, value string) string {
	if day, err := calendar.ParseDate(value); err == nil {
		return day.WordsWithYear("en")
	}
	return d.catalogue.Value(fact, value)
}

// saysMore reports whether a reply as typed tells more than its value: not a
// bare number, and not the same words.
func saysMore(said, value string) bool {
	return strings.Trim(said, "0123456789 .,)") != "" && !strings.EqualFold(said, value)
}

// permissionRows lists the permission in force for each purpose.
func permissionRows(clock words.Clock, all []*casework.Permission) []permissionRow {
	inForce := casework.InForce(all)
	var rows []permissionRow
	for _, purpose := range []casework.Purpose{
		casework.PurposeKeep, casework.PurposeTextMe, casework.PurposeTellGP, casework.PurposeGroups,
		casework.PurposeEvaluation,
	} {
		p, ok := inForce[purpose]
		if !ok {
			continue
		}
		rows = append(rows, permissionRow{
			Short: words.PurposeShort(purpose), Purpose: words.Purpose(purpose), Value: p.Value, At: clock.At(p.At),
			Yes: p.Value == casework.PermissionYes,
		})
	}
	return rows
}
