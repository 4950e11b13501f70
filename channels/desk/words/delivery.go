package words

import "linkline/conversation/casework"

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
	case "":
		return "the network refused it"
	}
	return lowerFirst(Plain(reason))
}
