package words

// titles gives the short names of facts; empty for one that is named by its
// own question.
func titles(fact string) string {
	switch fact {
	case "who":
		return "Who needs help"
	case "safe":
		return "Safe to text this number"
	case "shared":
		return "Others see these texts"
	case "safe_times":
		return "When texts are safe"
	case "adult":
		return "18 or over"
	case "name":
		return "Name to use"
	case "full_name":
		return "Full name"
	case "date_of_birth":
		return "Date of birth"
	case "postcode":
		return "Postcode"
	case "practice":
		return "GP surgery"
	case "phone":
		return "Number to ring"
	case "contact_by":
		return "How to talk"
	case "best_time":
		return "Best time to ring"
	case "access_needs":
		return "Help to read, hear or talk"
	case "what_matters":
		return "What matters most"
	case "safe_now":
		return "Safe right now"
	case "needs":
		return "Wants help with"
	case "first":
		return "Wants to change first"
	case "worry":
		return "How much it worries them, 0 to 10"
	case "deadline":
		return "Something is going to happen soon"
	case "self_connect":
		return "Could contact a group alone"
	case "lives_alone":
		return "Lives alone"
	case "other_support":
		return "Others helping now"
	}
	return ""
}
