package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"linkline/conversation/casework"
)

// welcomeBody is the body of the page behind a sign-in link.
type welcomeBody struct {
	Token  string
	Usable bool
	Name   string
	Login  string
	// Later offers to carry on without a password: in a made-up team only.
	Later bool
}

// errLinkGone means that a sign-in link does not exist, was used or is too old.
var errLinkGone = errors.New("sign-in link is not usable")

// welcomePage shows a form. Looking at the page does not use the link up, so
// that a preview of it in a mail or a chat does no harm.
func (d *Desk) welcomePage(w http.ResponseWriter, r *http.Request) error {
	body, _, err := d.welcomeFor(r.Context(), r.FormValue("token"))
	if err != nil {
		return err
	}
	return d.renderWelcome(w, body, "")
}

// welcomeFor finds out whose link it is, without using it.
func (d *Desk) welcomeFor(ctx context.Context, token string) (welcomeBody, *casework.User, error) {
	body := welcomeBody{Token: token}
	var user *casework.User
	err := d.config.Store.View(ctx, "", func(tx casework.Tx) error {
		var err error
		_, user, err = d.usable(tx, token)
		return err
	})
	if errors.Is(err, errLinkGone) {
		return body, nil, nil
	}
	if err != nil {
		return body, nil, fmt.Errorf("look up a sign-in link: %w", err)
	}
	body.Usable, body.Name, body.Login = true, user.Name.Reveal(), user.Login
	body.Later = d.teams[user.Team].Demo
	return body, user, nil
}

func (d *Desk) renderWelcome(w http.ResponseWriter, body welcomeBody, wrong string) error {
	p := page{Title: "Welcome", Body: body}
	if !body.Usable {
		p.Title, p.Status = "This link cannot be used", http.StatusGone
	}
	if wrong != "" {
		p.Status, p.Problems = http.StatusUnprocessableEntity, []problem{{"password", wrong}}
	}
	return d.render(w, nil, "welcome", p)
}

// usable returns a link that can still be used, and whose it is.
func (d *Desk) usable(tx casework.Tx, token string) (*casework.SignInLink, *casework.User, error) {
	link, err := casework.SignInLinks.Find(tx, TokenKey(token))
	if err != nil {
		return nil, nil, err
	}
	if link == nil || !link.UsedAt.IsZero() || d.config.Now().After(link.ExpiresAt) {
		return nil, nil, errLinkGone
	}
	user, err := casework.Users.Find(tx, string(link.User))
	if err != nil {
		return nil, nil, err
	}
	if user == nil || user.Disabled || d.teams[user.Team] == nil {
		return nil, nil, errLinkGone
	}
	return link, user, nil
}

// welcome uses a sign-in link up: it keeps the password that was chosen, if
// any, and begins a session.
func (d *Desk) welcome(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read a form: %w", err)
	}
	body, user, err := d.welcomeFor(r.Context(), r.PostForm.Get("token"))
	if err != nil {
		return err
	}
	if !body.Usable {
		return d.renderWelcome(w, body, "")
	}
	hash := ""
	if !body.Later || r.PostForm.Get("do") != "later" {
		password := r.PostForm.Get("password")
		if say := weak(password, d.about(user)...); say != "" {
			return d.renderWelcome(w, body, say)
		}
		if hash, err = d.passwords.hash(r.Context(), password); err != nil {
			return fmt.Errorf("hash a password: %w", err)
		}
	}
	token, err := d.useLink(r.Context(), body.Token, hash)
	if errors.Is(err, errLinkGone) || errors.Is(err, casework.ErrConflict) {
		return d.renderWelcome(w, welcomeBody{}, "")
	}
	if err != nil {
		return fmt.Errorf("use a sign-in link: %w", err)
	}
	http.SetCookie(w, d.cookie(token, int(absolute.Seconds())))
	http.Redirect(w, r, "/queue", http.StatusSeeOther)
	return nil
}

func (d *Desk) useLink(ctx context.Context, proof, hash string) (token string, err error) {
	err = d.config.Store.Update(ctx, SiteWelcome, "", func(tx casework.Tx) error {
		link, user, err := d.usable(tx, proof)
		if err != nil {
			return err
		}
		now := d.config.Now()
		link.UsedAt = now
		if err := casework.SignInLinks.Put(tx, link); err != nil {
			return err
		}
		if hash != "" {
			if err := d.keepPassword(tx, user, hash, ""); err != nil {
				return err
			}
		}
		if token, err = d.begin(tx, user, now); err != nil {
			return err
		}
		return d.audit(tx, user, now, "sign_in_link")
	})
	return token, err
}

// about are the words that a password must not be made of.
func (d *Desk) about(user *casework.User) []string {
	words := append(strings.Fields(user.Name.Reveal()), user.Login, "linkline", "password", "welcome")
	return append(words, strings.Fields(d.teams[user.Team].Name)...)
}
