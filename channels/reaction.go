package channels

import (
	"time"

	"linkline/conversation/casework"
)

// Reaction is what one of a provider's error codes asks of us (messaging-safety
// 1.2). Which code asks for which is the adapter's knowledge; what it comes to
// is written here, once for all providers. A code that nobody has heard of asks
// for nothing: the message is not tried again and a person is told.
type Reaction string

// The reactions.
const (
	NoReaction Reaction = ""
	// Stopped: the person has stopped us at the provider (21610).
	Stopped Reaction = "stopped"
	// BadNumber: no such number, or none this channel can reach.
	BadNumber Reaction = "bad_number"
	// NotMobile: the number takes no texts.
	NotMobile Reaction = "not_mobile"
	// Reassigned: the number is dead, or somebody else's by now (30005).
	Reassigned Reaction = "reassigned"
	// Objected: her phone or her carrier keeps us out (30004); it may well be
	// that she does.
	Objected Reaction = "objected"
	// HandsetOff: no signal, or switched off (30003).
	HandsetOff Reaction = "handset_off"
	// Unclear: the carrier does not say why (30008).
	Unclear Reaction = "unclear"
	// OutOfTime: it stood in the provider's queue beyond its validity (30036).
	OutOfTime Reaction = "out_of_time"
	// Busy: too many at once; nothing was processed.
	Busy Reaction = "busy"
	// OurAccount: our account, our number or its registration is refused.
	OurAccount Reaction = "our_account"
	// Filtered: the carrier takes the words for spam (30007).
	Filtered Reaction = "filtered"
	// Abuse: the provider takes the traffic for fraud (30450).
	Abuse Reaction = "abuse"
	// Region: the account may not text that country (21408).
	Region Reaction = "region"
	// Unrouted: this number of ours does not reach that one (21612).
	Unrouted Reaction = "unrouted"
	// OutsideWindow: WhatsApp takes no free text from us now (63016).
	OutsideWindow Reaction = "outside_window"
	// Template: a WhatsApp template is missing, paused or filled wrongly.
	Template Reaction = "template"
	// OurBug: something that must not be sent was.
	OurBug Reaction = "our_bug"
)

// Reactions lists them all, for tests of the adapters.
func Reactions() []Reaction {
	return []Reaction{
		NoReaction, Stopped, BadNumber, NotMobile, Reassigned, Objected, HandsetOff, Unclear, OutOfTime, Busy,
		OurAccount, Filtered, Abuse, Region, Unrouted, OutsideWindow, Template, OurBug,
	}
}

// remedy is what a reaction comes to.
type remedy struct {
	// contact is what it teaches about the contact point; doubt that the number
	// may be somebody else's, which must be asked before anything personal leaves.
	contact casework.ContactState
	doubt   bool
	// again is how often a message is planned again at most, and after how long
	// at the soonest: what was too early once is so again a moment later.
	again int
	after time.Duration
	// operator is set where the people who run the service must act.
	operator bool
}

// remedy looks up the table. What has no row here is told to a person.
func (r Reaction) remedy() remedy {
	switch r {
	case Stopped:
		return remedy{contact: casework.ContactBlocked}
	case BadNumber, NotMobile:
		return remedy{contact: casework.ContactUndeliverable}
	case Reassigned:
		return remedy{doubt: true} // the gate asks whose it is (I35)
	case HandsetOff:
		return remedy{again: 2, after: time.Hour}
	case Unclear:
		return remedy{again: 1, after: 10 * time.Minute}
	case OutOfTime:
		return remedy{again: 3}
	case Busy:
		return remedy{again: 5, after: time.Minute}
	case OurAccount:
		// It stays queued for as long as it is worth sending: an operator mends
		// the account, not the message.
		return remedy{again: 1000, after: 15 * time.Minute, operator: true}
	case Abuse, Region, Template, OurBug:
		return remedy{operator: true}
	case NoReaction, Objected, Filtered, Unrouted, OutsideWindow:
	}
	return remedy{}
}

// reason is the fixed word for the desk.
func (r Reaction) reason() string {
	switch r {
	case Stopped:
		return casework.ReasonBlocked
	case BadNumber:
		return casework.ReasonUndeliverable
	case OutOfTime:
		return casework.ReasonExpired
	case NoReaction, NotMobile, Reassigned, Objected, HandsetOff, Unclear, Busy, OurAccount, Filtered,
		Abuse, Region, Unrouted, OutsideWindow, Template, OurBug:
	}
	return string(r)
}
