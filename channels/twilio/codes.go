package twilio

import "linkline/channels"

// meaning is what one of Twilio's error codes says about a text.
type meaning struct {
	// outcome is what it says of an attempt to send; empty where the code comes
	// only with reports, or is not known.
	outcome   channels.Outcome
	optedOut  bool
	badNumber bool
}

// meaningOf reads the codes of messaging-safety 1.2. Twilio splits its codes
// from time to time, so one that is not here says nothing, and the status of
// the answer decides.
func meaningOf(code int) meaning {
	switch code {
	case 21610, 63014, 63033: // stopped by the person
		return meaning{outcome: channels.Rejected, optedOut: true}
	case 21211, 21217, 21421, 21614, 21635, 30005, 30006, 63003, 63024: // no such number, or none that takes texts
		return meaning{outcome: channels.Rejected, badNumber: true}
	case 21214, 21408, 21608, 21612, 21617, 63016, 63032: // not this text to this number
		return meaning{outcome: channels.Rejected}
	case 20429, 21611, 30001, 63017, 63018, 63038: // too many at once: not processed
		return meaning{outcome: channels.Throttled}
	case 20003, 20404, 21603, 21606, 21701, 21703, 21705, 21709, 30002: // our account or our number
		return meaning{outcome: channels.Config}
	}
	return meaning{}
}
