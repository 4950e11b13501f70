package desk

import (
	"fmt"
	"strings"
	"time"

	"linkline/channels/desk/words"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

// talkBody is the conversation on a case page, and what can be written in it.
type talkBody struct {
	Messages []messageRow
	Earlier  string // the cursor of the messages before these
	Holder   string // who speaks with the person, in words
	Held     bool   // whether it can be given back to the service
	// Cannot says why no reply can be sent, and Instead what to do.
	Cannot, Instead string
	Name            string // of the person, for the button
	By              string // the channel, within a sentence
	Reply           string
	Length          string // how long the reply is, when it was counted
	Longest         int
}

// messageRow is one message of the conversation.
type messageRow struct {
	Who      string // the person, the service, or a worker by name
	Kind     string // person, service or worker
	At       string
	Stamp    string // for the machine
	Day      string // set on the first message of a day
	Text     string
	Media    string
	Sent     string // what became of it
	Bad      bool
	Again    *resendRow // how to send it again; nil where that is not offered
	New      bool       // not read before
	FirstNew bool
	Lang     string
}

// talkView puts the conversation into words, oldest message first.
func (d *Desk) talkView(v *visit, cr *caseRecords, typed draft) talkBody {
	clock := v.clock()
	body := talkBody{
		Earlier: cr.earlier, Reply: typed.Reply, Longest: conversation.LongestText,
		Name: firstWord(nameOf(cr.person)),
	}
	day, newSeen := "", false
	for i := len(cr.messages) - 1; i >= 0; i-- {
		row := d.messageRow(clock, cr, cr.messages[i])
		if today := clock.Day(cr.messages[i].At); today != day {
			row.Day, day = today, today
		}
		row.FirstNew = row.New && !newSeen
		newSeen = newSeen || row.New
		body.Messages = append(body.Messages, row)
	}
	if typed.Counted {
		body.Length = length(typed.Reply)
	}
	if cr.talk != nil {
		body.By = words.By(cr.talk.Channel)
	}
	body.Holder, body.Held = holder(v, cr)
	body.Cannot, body.Instead = d.cannotReply(v, cr)
	if body.Cannot != "" { // whoever cannot write cannot send again either
		for i := range body.Messages {
			body.Messages[i].Again = nil
		}
	}
	return body
}

func (d *Desk) messageRow(clock words.Clock, cr *caseRecords, m *casework.Message) messageRow {
	row := messageRow{
		At:    words.Hour(m.At.In(clock.Calendar.Location())),
		Stamp: m.At.UTC().Format(time.RFC3339), Text: words.Visible(m.Text.Reveal()), New: m.Unread,
	}
	switch m.By {
	case casework.ByPerson:
		row.Who, row.Kind = nameOf(cr.person), "person"
	case casework.ByService:
		row.Who, row.Kind = "Automated service", "service"
	default:
		row.Who, row.Kind = cr.names[casework.UserID(m.By)], "worker"
	}
	if row.Who == "" {
		row.Who = "A colleague"
	}
	if cr.talk != nil && cr.talk.Language != "en" {
		row.Lang = cr.talk.Language
	}
	if m.Media > 0 {
		row.Media = fmt.Sprintf("%d picture, voice note or file, which is not kept", m.Media)
	}
	if m.Way == casework.Out {
		row.Sent, row.Bad = words.Sent(m.Delivery)
		row.Again = resendOf(m)
	}
	return row
}

// holder says who speaks with the person now, and whether it is the visitor's
// to give back.
func holder(v *visit, cr *caseRecords) (say string, held bool) {
	switch {
	case cr.talk == nil:
		return "", false
	case cr.talk.Holder == "":
		return "The service answers texts by itself.", false
	case cr.talk.Holder == casework.HeldByTeam:
		return "The service has stopped answering, so that a person can. Texts wait for whoever picks this up.", true
	case cr.talk.Holder == v.user.ID:
		return "You hold this conversation. The service does not answer by itself until you give it back, or for 24 hours after you last wrote.", true
	}
	return cr.names[cr.talk.Holder] + " holds this conversation. The service does not answer by itself.", false
}

// cannotReply says why the visitor cannot text this person now, before she has
// typed anything.
func (d *Desk) cannotReply(v *visit, cr *caseRecords) (why, instead string) {
	switch {
	case cr.c.State == casework.CaseClosed:
		return "This case is closed.", "To write again, wait until the person texts, or ring."
	case cr.person == nil || cr.talk == nil:
		return "This person's details have been deleted.", "There is nobody to write to."
	}
	if why, instead = v.clock().Reach(cr.point, cr.talk); why != "" {
		return why, instead
	}
	if cr.c.Worker == v.user.ID {
		return "", ""
	}
	if cr.c.Worker == "" {
		return "Nobody has picked this up yet.", "Pick it up first. Then you can write."
	}
	return cr.names[cr.c.Worker] + " has this case and writes to this person.", "You can leave a note for the team."
}

// length says how long a reply is on the SMS network, after the characters that
// cost most have been made plain.
func length(text string) string {
	plain := flows.PlainSMS(strings.TrimSpace(text))
	n := flows.Count(plain)
	if n.Parts == 0 {
		return "Nothing written yet."
	}
	say := fmt.Sprintf("%d characters, %d text%s.", len([]rune(plain)), n.Parts, plural(n.Parts))
	if n.Encoding == flows.UCS2 {
		say += fmt.Sprintf(" %s makes each text shorter.", strings.Join(quoted(n.Foreign), ", "))
	}
	return say
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

func quoted(runes []rune) []string {
	var out []string
	for _, r := range runes[:min(len(runes), 3)] {
		out = append(out, "\u201c"+words.Visible(string(r))+"\u201d")
	}
	return out
}

func firstWord(name string) string {
	if word, _, ok := strings.Cut(name, " "); ok && name != noName {
		return word
	}
	return name
}
