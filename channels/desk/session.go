package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"linkline/channels/desk/words"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// How long a session lasts without a request, and in all; and how often the
// last request is written down.
const (
	idle     = 30 * time.Minute
	absolute = 12 * time.Hour
	touch    = time.Minute
	skew     = time.Minute
)

// Sites at which the desk commits.
const (
	SiteSignIn   casework.Site = "sign in"
	SiteSignOut  casework.Site = "sign out"
	SiteSeen     casework.Site = "keep a session"
	SiteWelcome  casework.Site = "use a sign-in link"
	SitePassword casework.Site = "choose a password"
)

// Sites lists every site at which this package commits.
func Sites() []casework.Site {
	return []casework.Site{SiteSignIn, SiteSignOut, SiteSeen, SiteWelcome, SitePassword}
}

// errSignedOut means that nobody is signed in in this browser.
var errSignedOut = errors.New("nobody is signed in")

// visit is one request of a worker who is signed in.
type visit struct {
	user    *casework.User
	team    *conversation.Team
	session *casework.Session
	now     time.Time
}

func (v *visit) actor() conversation.Actor {
	return conversation.Actor{Team: v.team.ID, User: v.user.ID}
}

func (v *visit) clock() words.Clock {
	return words.Clock{Now: v.now, Calendar: v.team.Calendar}
}

// cookieName has the prefix with which a browser refuses the cookie from any
// other site or path, where the connection allows it.
func (d *Desk) cookieName() string {
	if d.config.Secure {
		return "__Host-linkline"
	}
	return "linkline"
}

func (d *Desk) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: d.cookieName(), Value: value, Path: "/", MaxAge: age,
		Secure: d.config.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
}

// sessionKey is the key of the session a request claims to have. Two cookies
// of the name are as good as none: one of them was planted.
func (d *Desk) sessionKey(r *http.Request) (string, bool) {
	cookies := r.CookiesNamed(d.cookieName())
	if len(cookies) != 1 || len(cookies[0].Value) != 43 {
		return "", false
	}
	return TokenKey(cookies[0].Value), true
}

// visitor finds out who is asking. It is errSignedOut when the session is
// missing, over, or its user may no longer work here.
func (d *Desk) visitor(r *http.Request) (*visit, error) {
	key, ok := d.sessionKey(r)
	if !ok {
		return nil, errSignedOut
	}
	v := &visit{now: d.config.Now()}
	err := d.config.Store.View(r.Context(), "", func(tx casework.Tx) error {
		var err error
		if v.session, err = casework.Sessions.Find(tx, key); err != nil || v.session == nil {
			return err
		}
		v.user, err = casework.Users.Find(tx, string(v.session.User))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read a session: %w", err)
	}
	if v.session == nil || v.user == nil || v.user.Disabled || !live(v.session, v.now) {
		return nil, errSignedOut
	}
	if v.team, ok = d.teams[v.user.Team]; !ok {
		return nil, errSignedOut
	}
	return v, d.seen(r.Context(), v)
}

// live reports whether a session still stands.
func live(s *casework.Session, now time.Time) bool {
	return now.Sub(s.SeenAt) < idle && now.Sub(s.CreatedAt) < absolute && s.CreatedAt.Sub(now) < skew
}

// seen writes down that the session was used, once a minute.
func (d *Desk) seen(ctx context.Context, v *visit) error {
	if v.now.Sub(v.session.SeenAt) < touch {
		return nil
	}
	v.session.SeenAt = v.now
	err := d.config.Store.Update(ctx, SiteSeen, v.team.ID, func(tx casework.Tx) error {
		s, err := casework.Sessions.Find(tx, v.session.Token)
		if err != nil || s == nil {
			return err
		}
		s.SeenAt = v.now
		return casework.Sessions.Put(tx, s)
	})
	if errors.Is(err, casework.ErrConflict) {
		return nil // another request of the same browser wrote it down
	}
	return err
}

// begin starts a session for a user in the transaction that proved her, and
// forgets her sessions that are over. It returns the browser's token.
func (d *Desk) begin(tx casework.Tx, user *casework.User, now time.Time) (string, error) {
	token, err := NewToken(d.random)
	if err != nil {
		return "", err
	}
	old, _, err := casework.Sessions.Range(tx, casework.Span{Index: "user", Prefix: string(user.ID)})
	if err != nil {
		return "", fmt.Errorf("list sessions: %w", err)
	}
	for _, s := range old {
		if s.User == user.ID && !live(s, now) {
			if err := casework.Sessions.Delete(tx, s.Token); err != nil {
				return "", fmt.Errorf("end a session: %w", err)
			}
		}
	}
	session := &casework.Session{
		Token: TokenKey(token), Team: user.Team, User: user.ID, CreatedAt: now, SeenAt: now,
	}
	if err := casework.Sessions.Put(tx, session); err != nil {
		return "", fmt.Errorf("begin a session: %w", err)
	}
	return token, nil
}

// audit writes down what a user did to her own access.
func (d *Desk) audit(tx casework.Tx, user *casework.User, now time.Time, action string) error {
	id, err := casework.NewIDs(now, d.random).Next()
	if err != nil {
		return err
	}
	return casework.Audits.Put(tx, &casework.Audit{
		ID: id, Team: user.Team, At: now, Actor: casework.Author(user.ID),
		Action: action, Object: "user/" + string(user.ID),
	})
}
