package desk

// notices are what a page says after an action, by the word that the action
// left in the address. Any other word says nothing.
func notices(done string) string {
	switch done {
	case "picked-up":
		return "You have picked this up. We have sent a text to say who you are."
	case "picked-up-later":
		return "You have picked this up. A text to say who you are leaves at a time that is safe for the person."
	case "picked-up-quietly":
		return "You have picked this up. No text was sent: this number cannot be texted."
	case "replied":
		return "Your reply is on its way."
	case "noted":
		return "Your note is saved."
	case "given-back":
		return "The service answers texts again."
	case "closed":
		return "This case is closed."
	case "alert-taken":
		return "You are dealing with this alert."
	case "alert-closed":
		return "The alert is closed."
	case "task-done":
		return "That task is done."
	case "password":
		return "Your new password is saved."
	}
	return ""
}
