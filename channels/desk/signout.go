package desk

import (
	"fmt"
	"net/http"

	"linkline/conversation/casework"
)

// signOut ends the session of this browser.
func (d *Desk) signOut(w http.ResponseWriter, r *http.Request) error {
	if key, ok := d.sessionKey(r); ok {
		err := d.config.Store.Update(r.Context(), SiteSignOut, "", func(tx casework.Tx) error {
			return d.end(tx, key)
		})
		if err != nil {
			return fmt.Errorf("sign out: %w", err)
		}
	}
	http.SetCookie(w, d.cookie("", -1))
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	http.Redirect(w, r, "/sign-in?done=signed-out", http.StatusSeeOther)
	return nil
}

func (d *Desk) end(tx casework.Tx, key string) error {
	s, err := casework.Sessions.Find(tx, key)
	if err != nil || s == nil {
		return err
	}
	user, err := casework.Users.Find(tx, string(s.User))
	if err != nil {
		return err
	}
	if user != nil {
		if err := d.audit(tx, user, d.config.Now(), "sign_out"); err != nil {
			return err
		}
	}
	return casework.Sessions.Delete(tx, key)
}
