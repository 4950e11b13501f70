package desk

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/text/unicode/norm"

	"linkline/conversation/casework"
)

// signInForm is the body of the sign-in page.
type signInForm struct {
	Login string
	Next  string
	// Kept carries a form that was sent after the session was over, so that it
	// can be sent once more; KeptFor is who wrote it.
	Kept, KeptPath, KeptFor string
}

// The sentences of the sign-in page. An unknown login and a wrong password are
// answered with the same words.
const (
	sayWrong   = "That login and password do not match. Check both and try again."
	sayTooMany = "That is too many tries. Wait a minute, then try again."
	sayKept    = "You were signed out because nothing happened for a while. Sign in, and you can send what you wrote."
)

// signInPage asks who is there.
func (d *Desk) signInPage(w http.ResponseWriter, r *http.Request) error {
	p := page{Title: "Sign in", Body: signInForm{Next: localPath(r.FormValue("next"))}}
	if r.FormValue("done") == "signed-out" {
		p.Notice = "You are signed out."
	}
	return d.render(w, nil, "sign_in", p)
}

// askToSignIn answers a request of nobody: a page is asked for again after
// signing in; a form is kept and offered again, so that nothing typed is lost.
func (d *Desk) askToSignIn(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodPost {
		http.Redirect(w, r, "/sign-in?next="+url.QueryEscape(localPath(r.URL.Path)), http.StatusSeeOther)
		return nil
	}
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read a form: %w", err)
	}
	form := signInForm{Kept: r.PostForm.Encode(), KeptPath: localPath(r.URL.Path), KeptFor: d.lastUser(r)}
	return d.render(w, nil, "sign_in", page{
		Title: "Sign in", Status: http.StatusUnauthorized, Notice: sayKept, Body: form,
	})
}

// lastUser is whose session this browser had, also when it is over.
func (d *Desk) lastUser(r *http.Request) string {
	key, ok := d.sessionKey(r)
	if !ok {
		return ""
	}
	var user casework.UserID
	err := d.config.Store.View(r.Context(), "", func(tx casework.Tx) error {
		s, err := casework.Sessions.Find(tx, key)
		if s != nil {
			user = s.User
		}
		return err
	})
	if err != nil {
		return ""
	}
	return string(user)
}

// signIn checks a login and a password and begins a session.
func (d *Desk) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read a form: %w", err)
	}
	form := signInForm{
		Login: normalLogin(r.PostForm.Get("login")), Next: localPath(r.PostForm.Get("next")),
		Kept: r.PostForm.Get("kept"), KeptPath: localPath(r.PostForm.Get("kept_path")), KeptFor: r.PostForm.Get("kept_for"),
	}
	refuse := func(status int, say string) error {
		return d.render(w, nil, "sign_in", page{
			Title: "Sign in", Status: status, Problems: []problem{{"login", say}}, Body: form,
		})
	}
	if !d.throttle.allow(form.Login, d.neighbourhood(r), d.config.Now()) {
		d.config.Log.WarnContext(r.Context(), "sign-in throttled")
		return refuse(http.StatusTooManyRequests, sayTooMany)
	}
	user, err := d.prove(r.Context(), form.Login, r.PostForm.Get("password"))
	if err != nil {
		return err
	}
	if user == nil {
		d.config.Log.InfoContext(r.Context(), "sign-in refused")
		return refuse(http.StatusUnauthorized, sayWrong)
	}
	if err := d.admit(w, r, user); err != nil {
		return err
	}
	if form.Kept != "" && form.KeptFor == string(user.ID) {
		return d.resume(w, user, form)
	}
	http.Redirect(w, r, localPath(form.Next), http.StatusSeeOther)
	return nil
}

// prove returns the user whose login and password these are, or nil.
func (d *Desk) prove(ctx context.Context, login, password string) (*casework.User, error) {
	var user *casework.User
	err := d.config.Store.View(ctx, "", func(tx casework.Tx) error {
		found, _, err := casework.Users.Range(tx, casework.Span{Index: "login", Prefix: login, Limit: 1})
		if err == nil && login != "" && len(found) == 1 && found[0].Login == login {
			user = found[0]
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up a login: %w", err)
	}
	hash := ""
	if user != nil {
		hash = user.Password
	}
	match, err := d.passwords.check(ctx, password, hash)
	if err != nil || !match || user.Disabled {
		return nil, err
	}
	return user, nil
}

// admit begins a session in a proved user's browser.
func (d *Desk) admit(w http.ResponseWriter, r *http.Request, user *casework.User) error {
	var token string
	err := d.config.Store.Update(r.Context(), SiteSignIn, user.Team, func(tx casework.Tx) error {
		now := d.config.Now()
		var err error
		if token, err = d.begin(tx, user, now); err != nil {
			return err
		}
		return d.audit(tx, user, now, "sign_in")
	})
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	http.SetCookie(w, d.cookie(token, int(absolute.Seconds())))
	return nil
}

// normalLogin is a login as it is stored: composed, in lower case.
func normalLogin(login string) string {
	login = strings.ToLower(strings.TrimSpace(norm.NFKC.String(strings.ToValidUTF8(login, ""))))
	if len(login) > 200 {
		return ""
	}
	return login
}

// localPath is the path of a page of the desk to go on to; anything else leads
// to the queue.
func localPath(path string) string {
	for _, prefix := range []string{"/case/", "/alert/", "/task/"} {
		if strings.HasPrefix(path, prefix) && !strings.ContainsAny(path, "\\?#\r\n") {
			return path
		}
	}
	return "/queue"
}
