package words

// titles gives the short names of facts; empty for one that is named by its
// own question.
func titles(fact string) string {
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
