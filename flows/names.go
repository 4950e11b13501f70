package flows

// Purposes lists what a permission can be asked for (domain 5.1). A purpose is
// the key under which a permission is found again, so the set is closed.
func Purposes() []string {
	return []string{
		"keep", "tell_gp", "text_me", "evaluation",
		"onward", "group_invites", "helper_may_speak", "mdt_discussion",
	}
}

// Marks lists what can be noted about a contact point.
func Marks() []string {
	return []string{"unsafe", "limited", "safe", "neutral", "own"}
}

// TaskKinds lists what a flow can ask a worker to do.
func TaskKinds() []string {
	return []string{
		"ring", "struggled", "read", "unsafe", "helper", "under_18", "request", "other",
		"rebook", "go_together", "missed", "chase", "visit", "plan", "measure", "signpost", "afterwards", "invitation",
	}
}

// Abouts lists what a flow can be about, with the events of its life that a step
// may fire.
func Abouts() map[string][]string {
	return map[string][]string{
		"appointment": {"offer", "book", "none_fits", "confirm", "change", "decline", "attend", "miss", "cancel"},
		"onward": {
			"permit", "refuse", "acknowledge", "accept", "reject", "wait", "start", "complete", "give_up",
		},
		"plan":       {"agree", "keep", "change", "done"},
		"measure":    {"begin", "later", "refuse", "complete"},
		"signpost":   {"help", "other", "reach", "not_yet", "person"},
		"invitation": {"accept", "decline", "give_up"},
	}
}

// Nations lists the nations a helpline can serve.
func Nations() []string {
	return []string{"england", "wales", "scotland", "northern_ireland"}
}

// carrierWords are the words on which networks and providers act by themselves
// (decision 21): whoever answers with one may never hear from us again.
func carrierWords() []string {
	return []string{
		"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout",
		"help", "info", "yes", "start", "unstop",
	}
}

// engineFacts lists what a condition can ask about and, where it is a closed set, the
// values it can have.
func engineFacts() map[string][]string {
	yesNo := []string{"yes", "no"}
	return map[string][]string{
		FactFirstText: nil,
		FactChannel:   {"sms", "whatsapp", "telegram", "web"},
		FactInHours:   yesNo,
		FactCase:      {"none", "open", "submitted", "picked_up", "closed"},
		FactOnDuty:    yesNo,
		FactNeutral:   yesNo,
		FactVisit: {
			"assessment", "plan", "review", "phone_checkin", "accompany", "home_visit", "group", "onward", "other",
		},
		FactTogether: yesNo,
		FactPoint:    {"baseline", "3m", "6m", "closing"},
		FactSlots:    {"slot1", "slot2", "slot3", "none"},
	}
}
