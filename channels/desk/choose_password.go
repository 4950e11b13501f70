package desk

import (
	"fmt"
	"net/http"

	"linkline/conversation/casework"
)

// passwordBody is the body of the page where a password is chosen.
type passwordBody struct {
	Login string
	// Change is set when there is a password already, which must be known.
	Change bool
}

// passwordPage asks for a new password.
func (d *Desk) passwordPage(w http.ResponseWriter, _ *http.Request, v *visit) error {
	return d.renderPassword(w, v)
}

func (d *Desk) renderPassword(w http.ResponseWriter, v *visit, problems ...problem) error {
	p := page{
		Title: "Choose a password", Problems: problems,
		Body: passwordBody{Login: v.user.Login, Change: v.user.Password != ""},
	}
	if len(problems) > 0 {
		p.Status = http.StatusUnprocessableEntity
	}
	return d.render(w, v, "password", p)
}

// choosePassword keeps a new password and ends the user's other sessions.
func (d *Desk) choosePassword(w http.ResponseWriter, r *http.Request, v *visit) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read a form: %w", err)
	}
	if v.user.Password != "" {
		if !d.throttle.allow(v.user.Login, "password", v.now) {
			return d.renderPassword(w, v, problem{"current", sayTooMany})
		}
		match, err := d.passwords.check(r.Context(), r.PostForm.Get("current"), v.user.Password)
		if err != nil {
			return err
		}
		if !match {
			return d.renderPassword(w, v, problem{"current", "That is not your password now. Check it and try again."})
		}
	}
	password := r.PostForm.Get("password")
	if say := weak(password, d.about(v.user)...); say != "" {
		return d.renderPassword(w, v, problem{"password", say})
	}
	hash, err := d.passwords.hash(r.Context(), password)
	if err != nil {
		return fmt.Errorf("hash a password: %w", err)
	}
	err = d.config.Store.Update(r.Context(), SitePassword, v.team.ID, func(tx casework.Tx) error {
		user, err := casework.Users.Get(tx, string(v.user.ID))
		if err != nil {
			return err
		}
		if err := d.keepPassword(tx, user, hash, v.session.Token); err != nil {
			return err
		}
		return d.audit(tx, user, v.now, "password_chosen")
	})
	if err != nil {
		return fmt.Errorf("keep a password: %w", err)
	}
	http.Redirect(w, r, "/queue?done=password", http.StatusSeeOther)
	return nil
}

// keepPassword stores a new password and ends every session of the user but
// one.
func (d *Desk) keepPassword(tx casework.Tx, user *casework.User, hash, but string) error {
	user.Password = hash
	if err := casework.Users.Put(tx, user); err != nil {
		return err
	}
	sessions, _, err := casework.Sessions.Range(tx, casework.Span{Index: "user", Prefix: string(user.ID)})
	if err != nil {
		return err
	}
	for _, s := range sessions {
		if s.User == user.ID && s.Token != but {
			if err := casework.Sessions.Delete(tx, s.Token); err != nil {
				return err
			}
		}
	}
	return nil
}

// stillHere keeps a session alive: to be asked is enough.
func (d *Desk) stillHere(w http.ResponseWriter, _ *http.Request, _ *visit) error {
	w.WriteHeader(http.StatusNoContent)
	return nil
}
