package words

import (
	"linkline/conversation/casework"
	"linkline/flows"
)

// Send says what a text of ours will be about.
func Send(send string) string {
	switch flows.Start(send) {
	case flows.SendFinish:
		return "Would you like to finish?"
	case flows.SendWaiting:
		return "You are still on our list"
	case flows.SendOffer:
		return "A choice of times"
	case flows.SendBooked:
		return "What was booked"
	case flows.SendCalledOff:
		return "The appointment is called off"
	case flows.SendRemindWeek:
		return "A reminder, a week before"
	case flows.SendRemind:
		return "A reminder: can you come?"
	case flows.SendRemindAgain:
		return "Asked once more: can you come?"
	case flows.SendRemindDay:
		return "A reminder, the day before"
	case flows.SendRemindHours:
		return "A reminder, on the day"
	case flows.SendMissed:
		return "We missed you: what would help?"
	case flows.SendHomework:
		return "A thought before the next talk"
	case flows.SendHomeworkMore:
		return "The thought before the next talk, once more"
	case flows.SendShare:
		return "May we send your name to a service?"
	case flows.SendWent:
		return "Did you get there?"
	case flows.SendHeard:
		return "Have they been in touch with you?"
	default:
		return sendLater(flows.Start(send))
	}
}

// sendLater says what a text that comes weeks later is about.
func sendLater(send flows.Start) string {
	switch send {
	case flows.SendPlan:
		return "The plan read back: is it right?"
	case flows.SendReview:
		return "A look at the plan after six weeks"
	case flows.SendMeasure:
		return "The questions about how you feel"
	case flows.SendSignpost:
		return "A service you can ring yourself"
	case flows.SendSignpostMore:
		return "Did you get in touch with the service?"
	case flows.SendGroup:
		return "An invitation to a group"
	case flows.SendClosing:
		return "We are coming to the end"
	case flows.SendAfterwards:
		return "How are things, four weeks after?"
	case flows.SendInvite:
		return "Somebody suggested us to you"
	case flows.SendVerify:
		return "Is this still you?"
	default:
		return Plain(string(send))
	}
}

// JobKind says what a job of the service itself does.
func JobKind(k casework.JobKind) string {
	switch k {
	case casework.JobGiveBack:
		return "The service answers texts by itself again"
	case casework.JobUnpause:
		return "Texts begin again after the break"
	default:
		return Plain(string(k))
	}
}
