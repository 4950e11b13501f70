package desk

import (
	"errors"
	"fmt"
	"net/http"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// sentence puts the error of an act into a fixed sentence, with the status
// that goes with it.
func sentence(err error) (int, string) {
	switch {
	case errors.Is(err, casework.ErrClaimed):
		return http.StatusConflict, "A colleague has this case. Nothing was done. What you typed is still here."
	case errors.Is(err, casework.ErrNotAllowed):
		return http.StatusConflict, "This case has changed since you opened it, and that is no longer possible. What you typed is still here."
	case errors.Is(err, casework.ErrConflict):
		return http.StatusConflict, "Somebody changed this case a moment ago. Read what is new, then send again. What you typed is still here."
	case errors.Is(err, conversation.ErrEmpty):
		return http.StatusUnprocessableEntity, "Write something first."
	case errors.Is(err, conversation.ErrTooLong):
		return http.StatusUnprocessableEntity, fmt.Sprintf("That is too long for one message: %d characters at most. Shorten it, or send it as two.", conversation.LongestText)
	case errors.Is(err, conversation.ErrCannotText):
		return http.StatusConflict, "This number cannot be texted, so nothing was sent. Ring instead. What you typed is still here."
	case errors.Is(err, conversation.ErrPast):
		return http.StatusUnprocessableEntity, "That time has passed. Write one that is still to come."
	case errors.Is(err, conversation.ErrNoPermission):
		return http.StatusConflict, "This person has said no to texts about groups, so nothing was sent. Ask them when you talk. What you typed is still here."
	case errors.Is(err, conversation.ErrEnough):
		return http.StatusConflict, "This person has had two invitations in the last month, which is as many as they were told to expect. Nothing was sent. What you typed is still here."
	case errors.Is(err, conversation.ErrNotYet):
		return http.StatusUnprocessableEntity, "That time is still to come. Say how it went afterwards, or give it another time first."
	case errors.Is(err, conversation.ErrTooFar):
		return http.StatusUnprocessableEntity, "That is too far ahead. Choose a nearer day."
	case errors.Is(err, conversation.ErrEmptyPlan):
		return http.StatusUnprocessableEntity, "Write at least one goal."
	case errors.Is(err, conversation.ErrKnown):
		return http.StatusConflict, "This number is in touch with us already, so nothing was sent. Look for the person in the queue."
	case errors.Is(err, conversation.ErrNoReferrer):
		return http.StatusUnprocessableEntity, "Write who suggested us."
	case errors.Is(err, conversation.ErrTakeOver):
		return http.StatusUnprocessableEntity, "Choose why you take this case over."
	case errors.Is(err, conversation.ErrReason), errors.Is(err, conversation.ErrAction):
		return http.StatusUnprocessableEntity, "Choose one from the list. Where nothing was done, say why."
	}
	return http.StatusInternalServerError, "We could not be sure that this was saved. What you typed is still here: send it again, and it is done once only."
}

// sentenceOf is the sentence of an error alone.
func sentenceOf(err error) string {
	_, say := sentence(err)
	return say
}
