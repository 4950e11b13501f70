package telegram

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"linkline/channels"
)

// failure says what became of a call that was not plainly taken (messaging-safety
// 1.2). There is no list to ask afterwards, so what may have left is unknown. The
// cause is never passed on as it is: the library's errors quote the answer.
func (c *call) failure() *channels.SendError {
	switch {
	case c.status == 0 && !c.wrote.Load():
		return &channels.SendError{Outcome: channels.NotSent, Err: c.cause}
	case c.status == 0:
		return &channels.SendError{Outcome: channels.Unknown, Err: c.cause}
	case c.status < 300:
		return &channels.SendError{Outcome: channels.Unknown, Err: errors.New("an answer that cannot be read")}
	}
	e := &channels.SendError{Code: c.status, Err: errors.New("status " + strconv.Itoa(c.status))}
	e.Outcome, e.Reaction = c.refusal()
	if e.Outcome == channels.Throttled {
		e.RetryAfter = c.retryAfter // of the whole bot: the way out rests
	}
	return e
}

// refusal reads what Telegram says no with.
func (c *call) refusal() (channels.Outcome, channels.Reaction) {
	switch c.status {
	case http.StatusForbidden: // blocked, deactivated, never begun: she is not to be written to
		return channels.Rejected, channels.Stopped
	case http.StatusTooManyRequests:
		return channels.Throttled, channels.Busy
	case http.StatusBadRequest:
		return channels.Rejected, c.badRequest()
	case http.StatusRequestTimeout:
		return channels.Unknown, channels.NoReaction
	}
	if c.status >= 500 {
		return channels.Unknown, channels.NoReaction // it may have been sent all the same
	}
	return channels.Config, channels.OurAccount // the token, or an address that is not the Bot API
}

func (c *call) badRequest() channels.Reaction {
	said := strings.ToLower(c.description)
	for _, of := range []string{"chat not found", "user not found", "peer_id_invalid"} {
		if strings.Contains(said, of) {
			return channels.BadNumber
		}
	}
	for _, of := range []string{"too long", "parse entities", "button", "reply markup", "text is empty"} {
		if strings.Contains(said, of) {
			return channels.OurBug
		}
	}
	return channels.NoReaction
}
