package words

// titles gives the short names of facts; empty for one that is named by its
// own question.
func titles(fact string) string {
	return map[string]string{
		"who":           "Who needs help",
		"safe":          "Safe to text this number",
		"shared":        "Others see these texts",
		"safe_times":    "When texts are safe",
		"adult":         "18 or over",
		"name":          "Name to use",
		"full_name":     "Full name",
		"date_of_birth": "Date of birth",
		"postcode":      "Postcode",
		"practice":      "GP surgery",
		"phone":         "Number to ring",
		"contact_by":    "How to talk",
		"best_time":     "Best time to ring",
		"access_needs":  "Help to read, hear or talk",
		"what_matters":  "What matters most",
		"safe_now":      "Safe right now",
		"needs":         "Wants help with",
		"first":         "Wants to change first",
		"worry":         "How much it worries them, 0 to 10",
		"deadline":      "Something is going to happen soon",
		"self_connect":  "Could contact a group alone",
		"lives_alone":   "Lives alone",
		"other_support": "Others helping now",
	}[fact]
}
