package words

import (
	"strings"

	"linkline/conversation/calendar"
	"linkline/conversation/casework"
)

// Reach says why a person cannot be texted now and what to do instead; both are
// empty when she can.
func (c Clock) Reach(p *casework.ContactPoint, talk *casework.Conversation) (why, instead string) {
	if p != nil {
		if why, instead = barred(p); why != "" {
			return why, instead
		}
	}
	if talk == nil {
		return "", ""
	}
	until, err := calendar.ParseDate(talk.Pause)
	if err == nil && c.Calendar.On(c.Now).Before(until) {
		return "This person asked for no texts before " + until.Words("en") + ".",
			"A text would not be sent until then. If it cannot wait, ring."
	}
	if talk.Address == "" {
		return "There is no number to text.", "Use the number the person gave for a call, if there is one."
	}
	return "", ""
}

// barred is what the contact point itself says against a text.
func barred(p *casework.ContactPoint) (why, instead string) {
	switch p.State {
	case casework.ContactOptedOut:
		return "This person has asked us to stop texting.",
			"You cannot text. Ring, or write a letter. If they text START, texts can begin again."
	case casework.ContactBlocked:
		return "The network has stopped texts to this number.", "A text would not arrive. Ring instead."
	case casework.ContactUndeliverable:
		return "This number cannot be reached by text.",
			"Check the number with the person. Until then, ring or write."
	case casework.ContactActive:
	}
	if p.Safe == casework.SafeNo {
		return "This person said that it is not safe to text this number.",
			"Do not text. Ring the number they gave, and ask first whether they can talk."
	}
	return "", ""
}

// Careful says what to mind when texting a contact point.
func (c *Catalogue) Careful(p *casework.ContactPoint) []string {
	if p == nil {
		return nil
	}
	var out []string
	if p.Neutral {
		out = append(out, "Others may see texts on this phone. Do not name the service, health or any person.")
	}
	if p.Safe == casework.SafeLimited {
		say := "Texts are safe only at some times"
		var times []string
		for _, t := range p.SafeTimes {
			times = append(times, lowerFirst(c.Option("safe_times", t)))
		}
		if len(times) > 0 {
			say += ": " + strings.Join(times, ", ")
		}
		out = append(out, say+".")
	}
	return out
}
