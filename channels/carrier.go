package channels

// The words for how far a carrier has brought a message.
const (
	CarrierAccepted    = "accepted"
	CarrierQueued      = "queued"
	CarrierSending     = "sending"
	CarrierSent        = "sent"
	CarrierFailed      = "failed"
	CarrierUndelivered = "undelivered"
	CarrierDelivered   = "delivered"
	CarrierRead        = "read"
)

// distance orders the words. Reports come late, twice and in any order, so the
// state is the furthest of all that were heard: any order of the same reports
// ends the same (I25, B51). A receipt from the handset outranks a failure,
// whichever comes first: it is proof, and a failure is often only a time-out.
func distance(word string) int {
	switch word {
	case CarrierAccepted:
		return 1
	case CarrierQueued:
		return 2
	case CarrierSending:
		return 3
	case CarrierSent:
		return 4
	case CarrierFailed:
		return 5
	case CarrierUndelivered:
		return 6
	case CarrierDelivered:
		return 7
	case CarrierRead:
		return 8
	}
	return 0
}

// furthest returns the further of two carrier words. A word it does not know
// never counts.
func furthest(a, b string) string {
	if distance(b) > distance(a) {
		return b
	}
	return a
}

// lost reports whether a carrier word says that the message did not arrive.
func lost(word string) bool { return word == CarrierFailed || word == CarrierUndelivered }

// arrived reports whether a carrier word says that the handset has the message.
func arrived(word string) bool { return word == CarrierDelivered || word == CarrierRead }
