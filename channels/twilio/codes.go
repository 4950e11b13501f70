package twilio

import "linkline/channels"

// meaning is what one of Twilio's error codes says about a text: of an attempt
// to send it, and of what to do about it whether the code comes with the answer
// or with a later report.
type meaning struct {
	// outcome is what it says of an attempt; empty where the code comes only with
	// reports, or is not known.
	outcome  channels.Outcome
	reaction channels.Reaction
}

// row is the meaning of some codes.
type row struct {
	meaning
	codes []int
}

// table is messaging-safety 1.2 for Twilio, in the order of that page.
func table() []row {
	rejected := func(r channels.Reaction) meaning { return meaning{channels.Rejected, r} }
	return []row{
		{rejected(channels.Stopped), []int{21610, 63014, 63033}},
		{rejected(channels.BadNumber), []int{21211, 21217, 21421, 63003, 63024, 63032}},
		{rejected(channels.Unrouted), []int{21214, 21612}},
		{rejected(channels.Region), []int{21408}},
		{rejected(channels.NotMobile), []int{21614, 21635, 30006}},
		// Refused: our account, our number, what it is registered for.
		{meaning{channels.Config, channels.OurAccount}, []int{
			20003, 20404, 21603, 21606, 21608, 21701, 21703, 21705, 21709, 30002, 30018, 30032, 30034,
		}},
		{rejected(channels.OurBug), []int{21617}},
		{meaning{channels.Throttled, channels.Busy}, []int{20429, 21611, 30001, 63017, 63018, 63038}},
		{rejected(channels.HandsetOff), []int{30003}},
		{rejected(channels.Objected), []int{30004}},
		{rejected(channels.Reassigned), []int{30005}},
		{rejected(channels.Filtered), []int{30007}},
		{rejected(channels.Unclear), []int{30008}},
		{rejected(channels.OutOfTime), []int{30036}},
		{meaning{channels.Unknown, channels.NoReaction}, []int{30410}},
		{rejected(channels.Abuse), []int{30450}},
		{rejected(channels.OutsideWindow), []int{63016}},
		{rejected(channels.Template), []int{63027, 63028, 63041}},
	}
}

// meaningOf looks a code up. Twilio splits its codes from time to time, so one
// that is not there says nothing, and the status of the answer decides.
func meaningOf(code int) meaning {
	if code == 0 {
		return meaning{}
	}
	for _, r := range table() {
		for _, c := range r.codes {
			if c == code {
				return r.meaning
			}
		}
	}
	return meaning{}
}
