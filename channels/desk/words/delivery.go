package words

import (
	"linkline/channels"
	"linkline/conversation/casework"
)

// Sent says what became of an outbound message, and whether that is bad news
// that somebody must act on.
func Sent(d *casework.Delivery) (text string, bad bool) {
	if d == nil {
		return "Sent", false
	}
	switch d.Carrier {
	case "delivered":
		return "Delivered", false
	case "read":
		return "Read", false
	case "undelivered", "failed":
		return "Not delivered", true
	}
	if d.Class == casework.ClassAnswer && d.State == casework.Attempting {
		return "Sent", false // it rode back on the answer to the person's own text
	}
	switch d.State {
	case casework.Planned:
		return "Waiting to be sent", false
	case casework.Attempting:
		return "Being sent", false
	case casework.Accepted:
		return "Sent", false
	case casework.Rejected:
		return "Not sent: " + NotSent(d.Reason), true
	case casework.Unknown:
		return "We do not know whether this arrived", true
	case casework.Suppressed:
		return "Not sent: " + NotSent(d.Reason), true
	}
	return Plain(string(d.State)), false
}

// NotSent says why a message was not sent.
func NotSent(reason string) string {
	switch reason {
	case casework.ReasonOptedOut:
		return "the person asked us to stop"
	case casework.ReasonBlocked:
		return "the network has stopped texts to this number"
	case casework.ReasonUndeliverable:
		return "the number cannot be reached"
	case casework.ReasonUnsafe:
		return "the number is not safe to text"
	case casework.ReasonPaused:
		return "the person asked for no texts for now"
	case casework.ReasonExpired:
		return "it was too late to send it"
	case casework.ReasonErased:
		return "what it was about has been deleted"
	case casework.ReasonWithdrawn:
		return "they took back their permission"
	case casework.ReasonNoAddress:
		return "there is no number to send it to"
	case casework.ReasonStale:
		return "it was no longer needed"
	case "":
		return "the network refused it"
	}
	return refused(channels.Reaction(reason))
}

// refused says why a network refused a message.
func refused(r channels.Reaction) string {
	switch r {
	case channels.NotMobile:
		return "the number takes no texts"
	case channels.Reassigned:
		return "the number may be somebody else's by now"
	case channels.Objected:
		return "their phone or network keeps our texts out"
	case channels.HandsetOff:
		return "the phone was off or had no signal"
	case channels.Unclear:
		return "the network does not say why"
	case channels.Busy:
		return "the network had too many texts at once"
	case channels.Filtered:
		return "the network took it for unwanted mail"
	case channels.OurAccount, channels.Abuse, channels.Region, channels.Unrouted, channels.OutsideWindow,
		channels.Template, channels.OurBug:
		return "something is wrong on our side: tell whoever runs the service"
	default:
		return lowerFirst(Plain(string(r)))
	}
}
