package desk

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"linkline/conversation/casework"
)

// maxBody bounds what a form may bring.
const maxBody = 64 << 10

// errorPage is the body of a page that says what went wrong.
type errorPage struct {
	Heading string
	Say     string
	// Kept is what was typed, so that nothing is lost.
	Kept []keptText
}

// keptText is one thing that was typed.
type keptText struct{ Label, Text string }

// fail answers an error with a fixed sentence; the log gets the cause.
func (d *Desk) fail(w http.ResponseWriter, r *http.Request, v *visit, err error) {
	var tooLarge *http.MaxBytesError
	body, status := errorPage{
		Heading: "Something went wrong",
		Say:     "The service could not do this just now. Nothing was changed that you cannot see. Try again in a minute.",
	}, http.StatusInternalServerError
	switch {
	case errors.Is(err, casework.ErrNotFound), errors.Is(err, casework.ErrErased):
		body.Heading, status = "Page not found", http.StatusNotFound
		body.Say = "There is nothing here, or it has been deleted. Check the address, or go back to the queue."
	case errors.As(err, &tooLarge):
		body.Heading, status = "That is too long", http.StatusRequestEntityTooLarge
		body.Say = "What you sent is longer than this page can take. Go back and make it shorter: your browser still has it."
	default:
		d.config.Log.ErrorContext(r.Context(), "desk request failed", d.logArgs(r, v, err)...)
	}
	if r.ParseForm() == nil { // whatever failed, what was typed is given back
		body.Kept = typed(r)
	}
	if err := d.render(w, v, "error", page{Title: body.Heading, Status: status, Body: body}); err != nil {
		d.config.Log.ErrorContext(r.Context(), "desk error page failed", slog.Any("err", err))
		http.Error(w, body.Say, status)
	}
}

func (d *Desk) logArgs(r *http.Request, v *visit, err error) []any {
	args := []any{slog.String("route", r.Pattern), slog.Any("err", err)}
	if v != nil {
		args = append(args, slog.String("team", string(v.team.ID)), slog.String("user", string(v.user.ID)))
	}
	return args
}

// typed is what the fields of a form held that somebody wrote by hand.
func typed(r *http.Request) []keptText {
	var out []keptText
	for _, field := range []struct{ name, label string }{
		{"text", "What you wrote"},
		{"note", "Your note"},
		{"place", "Where"},
		{"meet", "Where you meet"},
		{"title", "What the group is called"},
		{"org", "Group or service"},
		{"summary", "What is sent"},
		{"name", "Name"},
		{"referrer", "Who suggested us"},
		{"reason", "Why"},
		{"outcome", "What came of it"},
		{"what", "What it does"},
		{"cost", "What it costs"},
		{"phone", "Their number"},
		{"strengths", "What they bring"},
		{"preferences", "How they like it"},
	} {
		if text := r.PostForm.Get(field.name); text != "" {
			out = append(out, keptText{field.label, text})
		}
	}
	for i := range mostGoals {
		if text := r.PostForm.Get(fmt.Sprint("goal", i+1)); text != "" {
			out = append(out, keptText{fmt.Sprint("Goal ", i+1), text})
		}
	}
	return out
}

// refuseForeign answers a form that another site sent.
func (d *Desk) refuseForeign(w http.ResponseWriter, r *http.Request) {
	d.config.Log.WarnContext(r.Context(), "desk refused a form of another site")
	body := errorPage{
		Heading: "This form did not come from the desk",
		Say:     "For safety, the desk takes forms from its own pages only. Open the desk again and do it there.",
	}
	if err := d.render(w, nil, "error", page{Title: body.Heading, Status: http.StatusForbidden, Body: body}); err != nil {
		http.Error(w, body.Say, http.StatusForbidden)
	}
}

// recovered is the last resort: a page that panics answers with a fixed
// sentence and the log gets the place alone, since a panic may hold a name.
func (d *Desk) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer d.panicked(w, r)
		next.ServeHTTP(w, r)
	})
}

func (d *Desk) panicked(w http.ResponseWriter, r *http.Request) {
	if recover() == nil {
		return
	}
	d.config.Log.ErrorContext(r.Context(), "desk page panicked", slog.String("route", r.Pattern), slog.String("stack", place()))
	http.Error(w, "The service could not do this just now. Try again in a minute.", http.StatusInternalServerError)
}
