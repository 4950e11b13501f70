package words

import "cmp"

// titles gives the short names of facts; empty for one that is named by its
// own question.
func titles(fact string) string {
	return cmp.Or(referralTitle(fact), courseTitle(fact))
}

// referralTitle names what is asked until she is in the queue.
func referralTitle(fact string) string {
	return map[string]string{
		"who":            "Who needs help",
		"safe":           "Safe to text this number",
		"shared":         "Others see these texts",
		"safe_times":     "When texts are safe",
		"adult":          "18 or over",
		"name":           "Name to use",
		"full_name":      "Full name",
		"date_of_birth":  "Date of birth",
		"postcode":       "Postcode",
		"practice":       "GP surgery",
		"contact_by":     "How to talk",
		"best_time":      "Best time to ring",
		"access_needs":   "Help to read, hear or talk",
		"what_matters":   "What matters most",
		"safe_now":       "Safe right now",
		"needs":          "Wants help with",
		"first":          "Wants to change first",
		"worry":          "How much it worries them, 0 to 10",
		"deadline":       "Something is going to happen soon",
		"confidence":     "Could contact a group alone",
		"lives_alone":    "Lives alone",
		"supported":      "Others helping now",
		"supported_by":   "Who helps now",
		"deadline_words": "What may happen, and when",
		"access_other":   "What else would help to talk",
		"language":       "Language",
		"ring_number":    "Number to ring",
		"ring_name":      "Who to ask for",
		"ring_time":      "When to ring",
	}[fact]
}

// courseTitle names what is asked from pick-up on, and of those who stopped on
// the way.
func courseTitle(fact string) string {
	return map[string]string{
		"homework":          "What they would change first",
		"slot":              "The time they chose",
		"suits":             "When they can come",
		"can_come":          "Can they come?",
		"missed":            "What would help after the missed visit",
		"nervous":           "What would help them to go",
		"went":              "Did they get there?",
		"how_was_it":        "How was it?",
		"in_the_way":        "What got in the way",
		"what_helps":        "What would help",
		"heard":             "Has the service been in touch?",
		"share":             "May we send their name?",
		"plan_right":        "Is the plan right?",
		"plan_change":       "What they would change",
		"review":            "How the plan is going",
		"signpost":          "What they said",
		"signpost_check":    "Did they get in touch?",
		"group":             "Would they like to come?",
		"ending":            "What they said about ending",
		"closing":           "What they said about ending",
		"day_before":        "What they said the day before",
		"moved_to":          "When it is now",
		"nudged":            "When reminded that they had not finished",
		"afterwards":        "How they are, four weeks after closing",
		"life_satisfaction": "Satisfied with their life",
		"worthwhile":        "Things they do are worthwhile",
		"happy":             "Happy yesterday",
		"anxious":           "Anxious yesterday",
		"companionship":     "Lacks company",
		"left_out":          "Feels left out",
		"isolated":          "Feels isolated from others",
		"lonely":            "Feels lonely",
	}[fact]
}
