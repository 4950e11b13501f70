package twilio

import (
	"net/http"
	"strconv"
	"strings"

	"linkline/channels"
)

// status takes one report on a text of ours. Once it is understood the answer
// is 200, whatever it says: Twilio could not say it better a second time.
func (h *Handler) status(w http.ResponseWriter, r *http.Request) {
	hook, ok := h.admit(w, r)
	if !ok {
		return
	}
	query := r.URL.Query()
	if !query.Has("o") {
		h.config.Log.InfoContext(r.Context(), "report on a text that is not ours", "team", hook.account.Team)
		w.WriteHeader(http.StatusOK)
		return
	}
	message, attempt, ok := callbackOf(hook.account, h.config.Key, query)
	if !ok {
		h.refuse(w, r, http.StatusForbidden, "forged message id")
		return
	}
	code, _ := strconv.Atoi(hook.form.Get("ErrorCode")) // a code that is no number says nothing
	err := h.config.Reports.Report(r.Context(), channels.Report{
		Team: hook.account.Team, Message: message, Attempt: attempt,
		ProviderID: messageID(hook.form), Carrier: carrier(hook.form.Get("MessageStatus")),
		Code: code, Reaction: meaningOf(code).reaction,
	})
	if err != nil {
		h.config.Log.ErrorContext(r.Context(), "report not taken", "team", hook.account.Team, "error", err)
		tryAgain(w)
		return
	}
	w.WriteHeader(http.StatusOK)
}

// carrier puts Twilio's word for the state of a text into ours. A word it does
// not know is passed on and means nothing there.
func carrier(status string) string {
	switch word := strings.ToLower(status); word {
	case "canceled":
		return channels.CarrierFailed
	case "scheduled":
		return channels.CarrierAccepted
	default:
		return word
	}
}
