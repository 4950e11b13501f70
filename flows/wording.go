package flows

// Wording is the words of one flow in one language.
type Wording struct {
	Language string
	Flow     string
	// Version grows with every change of the words; a permission records it.
	Version int
	Texts   map[string]Text
	// UCS2 is set in the service words of a language that GSM-7 cannot write.
	UCS2 bool
	File string
}

// Text is how one step is put in words. A placeholder stands in braces.
type Text struct {
	// Say is what a step says; Ask how a question is put.
	Say string
	Ask string
	// Short is used instead of Say or Ask when the whole turn would not fit.
	Short string
	// Again puts the question in other words after a reply that was not
	// understood: the same text is never repeated.
	Again string
	// Hint stands before the options instead of the plain word "Text".
	Hint string
	// Options are the words of the options, by id.
	Options map[string]OptionText
	// Draft says whose approval a text still waits for (decision 25).
	Draft string
	// Locked names the role that alone may change it.
	Locked string
	// Exact names the published scale whose stem this is, word for word; only
	// such a text may say "yesterday" (decision 15).
	Exact string
	// Line is where the text begins in its file.
	Line int
}

// OptionText is how an option is shown, and what else a person may type for it.
type OptionText struct {
	Label string
	Also  []string
}

// ServiceWords is the name of the wording that belongs to no flow: what the
// engine says by itself. Its keys are the Text constants below.
const ServiceWords = "service"

// The texts the engine says by itself. Each must exist in every language.
const (
	TextNotUnderstood = "not_understood" // G1: said before a question is put in other words
	TextSeveral       = "several"        // more than one answer to a question that takes one
	TextDidYouMean    = "did_you_mean"   // {choices}: two answers tie
	TextTypedOnly     = "typed_only"     // G4: a photo, a voice note, a file
	TextEmpty         = "empty"          // an empty text
	TextCannotSkip    = "cannot_skip"
	TextCannotBack    = "cannot_back"
	TextRecap         = "recap"           // said before a question after more than twelve hours
	TextForWorker     = "for_worker"      // a text for a worker, in hours
	TextForWorkerLate = "for_worker_late" // G5: the same out of hours, with {date}
	TextNoted         = "noted"           // words added to a request that nobody has picked up yet
	TextStopped       = "stopped"         // 2.4: the confirmation of an opt-out in words
	TextPaused        = "paused"          // T1, with {busdate}
	TextCarrierWord   = "carrier_word"    // CANCEL, END, QUIT: the carrier may have stopped us
	TextSafetyA       = "safety_a"        // 2.4 A, C and H
	TextSafetyB       = "safety_b"        // 2.4 B
	TextSafetyD       = "safety_d"
	TextSafetyE       = "safety_e" // 2.4 E, neutral
	TextSafetyF       = "safety_f"
	TextSafetyG       = "safety_g"
	TextSafetyI       = "safety_i"       // essentials, with the team's local line
	TextSafetyOther   = "safety_other"   // worried about somebody else
	TextSafetyStill   = "safety_still"   // the same class again within ten minutes
	TextSafetyNoDuty  = "safety_no_duty" // added when nobody is on duty
	TextDuty          = "duty"           // to the duty number, with {link}
	TextDigest        = "digest"         // to a worker's phone at the end of a day, with {tasks}, {visits}, {day}, {link}
	TextDigestFirst   = "digest_first"   // the same where the diary is not empty, with {time}
	TextMorning       = "morning"        // to a worker's phone: {alerts}, {tasks}, {waiting}, {day}, {ending}, {link}
	TextMorningYours  = "morning_yours"  // the same where her own phone is told first
	TextMorningNobody = "morning_nobody" // the same where nobody is on duty
	TextTooOld        = "too_old"        // an answer to a question that is no longer open
	TextGone          = "gone"           // withdrawal of the permission to keep
	TextGoneAgain     = "gone_again"     // a text after it, out of the blue
	TextPickedUp      = "picked_up"      // Q2 with {lw}, {date}, {time}
	TextPickedUpOnly  = "picked_up_only" // Q2 without a time
	// The same for a phone whose texts others see: it names no service (HZ05).
	TextPickedUpNeutral     = "picked_up_neutral"
	TextPickedUpOnlyNeutral = "picked_up_only_neutral"
	TextRequest             = "request"    // a request about her data, or a complaint, with {date}
	TextTold                = "told"       // the person we texted has died
	TextImpossible          = "impossible" // a date, or a number, that there cannot be
	TextText                = "text"       // the word "Text" before numbered options
	TextOr                  = "or"
)

// ServiceTexts lists the texts the engine says by itself.
func ServiceTexts() []string {
	return []string{
		TextNotUnderstood, TextSeveral, TextDidYouMean, TextTypedOnly, TextEmpty, TextCannotSkip,
		TextCannotBack, TextRecap, TextForWorker, TextForWorkerLate, TextNoted, TextStopped,
		TextPaused, TextCarrierWord, TextSafetyA, TextSafetyB, TextSafetyD, TextSafetyE,
		TextSafetyF, TextSafetyG, TextSafetyI, TextSafetyOther, TextSafetyStill, TextSafetyNoDuty,
		TextDuty, TextDigest, TextDigestFirst, TextMorning, TextMorningYours, TextMorningNobody, TextTooOld, TextGone, TextGoneAgain, TextPickedUp, TextPickedUpOnly, TextPickedUpNeutral,
		TextPickedUpOnlyNeutral, TextRequest, TextTold, TextImpossible, TextText, TextOr,
	}
}

// Said is one thing said in a turn, with what to say instead when the turn
// would be too long.
type Said struct {
	Text  string
	Short string
}

// Question is a question as it is put to one person, before any channel has
// given it a form.
type Question struct {
	Said
	Hint    string
	Options []Choosable
	// Permission allows three segments instead of two (decision 15).
	Permission bool
}

// Choosable is one answer as it is offered.
type Choosable struct {
	ID     string
	Number int
	Label  string
}
