package words

import "strings"

// Rule names a rule that moved a case forward, for the worker who reads why.
func Rule(rule string) string {
	switch rule {
	case "answer.not_sure_safe":
		return "Is not sure to be safe right now"
	case "answer.not_safe":
		return "Does not feel safe right now"
	case "answer.deadline":
		return "Something is going to happen soon"
	case "answer.four_needs":
		return "Wants help with four things or more"
	case "answer.bereaved_alone":
		return "Has lost somebody and lives alone"
	}
	class, _, _ := strings.Cut(rule, ".")
	return AlertClass(class)
}
