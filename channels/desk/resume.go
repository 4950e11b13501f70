package desk

import (
	"net/http"
	"net/url"
	"slices"

	"linkline/conversation/casework"
)

// resumePage is the body of the page that offers a kept form again.
type resumePage struct {
	Path   string
	Fields []formField
	Typed  []keptText
}

type formField struct{ Name, Value string }

// resume shows a form that was sent after the session was over. Nothing has
// been done yet; one button does it now.
func (d *Desk) resume(w http.ResponseWriter, user *casework.User, form signInForm) error {
	values, err := url.ParseQuery(form.Kept)
	if err != nil {
		values = url.Values{}
	}
	body := resumePage{Path: form.KeptPath}
	for name, all := range values {
		for _, value := range all {
			body.Fields = append(body.Fields, formField{name, value})
		}
	}
	slices.SortFunc(body.Fields, func(a, b formField) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	body.Typed = typed(&http.Request{PostForm: values})
	v := &visit{user: user, team: d.teams[user.Team], now: d.config.Now()}
	if v.team == nil {
		return casework.ErrNotFound
	}
	return d.render(w, v, "resume", page{Title: "Send what you wrote?", Body: body})
}
