package twilio

import (
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strings"
)

// maxBody bounds a webhook: a text has at most 1600 characters, and the rest
// of a form is small.
const maxBody = 64 << 10

// errForm means that a body is not a form.
var errForm = errors.New("unreadable form")

// webhook is a request that is proved to be Twilio's, to an account of ours.
type webhook struct {
	account Account
	form    form
}

// admit proves a request, or answers it with a refusal that says nothing.
func (h *Handler) admit(w http.ResponseWriter, r *http.Request) (webhook, bool) {
	if h.draining.Load() {
		tryAgain(w)
		return webhook{}, false
	}
	body, status := readForm(w, r)
	if status != 0 {
		h.refuse(w, r, status, "form")
		return webhook{}, false
	}
	form, err := parseForm(body)
	if err != nil {
		h.refuse(w, r, http.StatusForbidden, "unreadable form")
		return webhook{}, false
	}
	signature := r.Header.Get("X-Twilio-Signature")
	for _, a := range h.accounts {
		if a.SID != form.Get("AccountSid") || !a.owns(ours(r, form)) {
			continue
		}
		if signature != "" && a.form(a.public()+requestURI(r), form, signature) {
			return webhook{account: a.Account, form: form}, true
		}
		h.refuse(w, r, http.StatusForbidden, "signature")
		return webhook{}, false
	}
	h.refuse(w, r, http.StatusForbidden, "account or number")
	return webhook{}, false
}

// ours is our end of a text: it was sent to us, or its report is about a text
// that we sent.
func ours(r *http.Request, f form) string {
	if strings.TrimSuffix(r.URL.Path, "/") == StatusPath {
		return f.Get("From")
	}
	return f.Get("To")
}

// requestURI is the path and query as they came over the wire: the signature
// counts every byte of them.
func requestURI(r *http.Request) string {
	if strings.HasPrefix(r.RequestURI, "/") {
		return r.RequestURI
	}
	return r.URL.RequestURI()
}

// readForm reads the body of a form of bearable size. Otherwise it returns the
// status to refuse the request with.
func readForm(w http.ResponseWriter, r *http.Request) (body string, status int) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return "", http.StatusMethodNotAllowed
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" || r.Header.Get("Content-Encoding") != "" {
		return "", http.StatusUnsupportedMediaType
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return "", http.StatusRequestEntityTooLarge
	}
	if err != nil {
		return "", http.StatusBadRequest
	}
	return string(raw), 0
}

// refuse answers with an empty body, and says why in the log only.
func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, status int, why string) {
	level := slog.LevelInfo
	if status == http.StatusForbidden {
		level = slog.LevelWarn
	}
	h.config.Log.Log(r.Context(), level, "webhook refused", "channel", "twilio", "status", status, "why", why)
	w.WriteHeader(status)
}
