package desk

import (
	"context"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"linkline/conversation/casework"
)

func unescape(s string) string { return html.UnescapeString(s) }

// invite makes a sign-in link for a user and returns its path.
func (wd *world) invite(id casework.UserID) string {
	wd.t.Helper()
	var path string
	wd.put(func(tx casework.Tx) error {
		user, err := casework.Users.Get(tx, string(id))
		if err != nil {
			return err
		}
		path, err = Invite(tx, user, seeded(9), wd.clock().Add(time.Hour))
		return err
	})
	return path
}

func token(path string) string {
	_, token, _ := strings.Cut(path, "token=")
	return token
}

func TestASignInLinkWorksOnce(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.team.Demo = true
	path := wd.invite(amy)
	for range 3 { // a preview looks at it, perhaps more than once
		want(t, wd.browser().get(path), http.StatusOK, "Welcome, <bdi>Amy Reid</bdi>", "Carry on without a password")
	}
	b := wd.browser()
	form := url.Values{"token": {token(path)}, "do": {"later"}}
	want(t, b.post("/welcome", form), http.StatusSeeOther)
	want(t, b.get("/queue"), http.StatusOK)
	want(t, wd.browser().post("/welcome", form), http.StatusGone, "cannot be used")
	want(t, wd.browser().get(path), http.StatusGone, "cannot be used")
	if found := wd.audited("sign_in_link"); found != 1 {
		t.Errorf("got %d traces of the link, want 1", found)
	}
}

func TestASignInLinkSetsAPassword(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := wd.invite(amy)
	other := wd.signedIn("amy")
	b := wd.browser()
	want(t, b.post("/welcome", url.Values{"token": {token(path)}, "password": {"too short"}}), http.StatusUnprocessableEntity, "12 characters or more")
	want(t, b.post("/welcome", url.Values{"token": {token(path)}, "do": {"later"}}), http.StatusUnprocessableEntity)
	want(t, b.post("/welcome", url.Values{"token": {token(path)}, "password": {"purple kettle marsh"}}), http.StatusSeeOther)
	want(t, b.get("/queue"), http.StatusOK)
	want(t, other.get("/queue"), http.StatusSeeOther) // a forgotten password ends every other session
	want(t, wd.browser().post("/sign-in", signInAs("amy", password)), http.StatusUnauthorized)
	want(t, wd.browser().post("/sign-in", signInAs("amy", "purple kettle marsh")), http.StatusSeeOther)
}

func TestLinksThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	old := wd.invite(amy)
	wd.wait(time.Hour + time.Second)
	for name, link := range map[string]string{"too old": token(old), "unknown": strings.Repeat("x", 43), "empty": ""} {
		want(t, wd.browser().get("/welcome?token="+link), http.StatusGone)
		got := wd.browser().post("/welcome", url.Values{"token": {link}, "password": {"purple kettle marsh"}})
		if got.Code != http.StatusGone || len(got.Result().Cookies()) != 0 {
			t.Errorf("%s: got %d with %d cookies, want 410 with none", name, got.Code, len(got.Result().Cookies()))
		}
	}
}

func TestChoosingAPassword(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	b, other := wd.signedIn("amy"), wd.signedIn("amy")
	want(t, b.get("/password"), http.StatusOK, "Your password now")
	form := url.Values{"current": {"not this one"}, "password": {"purple kettle marsh"}}
	want(t, b.post("/password", form), http.StatusUnprocessableEntity, "That is not your password now")
	form = url.Values{"current": {password}, "password": {"amyamyamyamy"}}
	want(t, b.post("/password", form), http.StatusUnprocessableEntity, "harder to guess")
	form = url.Values{"current": {password}, "password": {"purple kettle marsh"}}
	want(t, b.post("/password", form), http.StatusSeeOther)
	want(t, b.get("/queue"), http.StatusOK)
	want(t, other.get("/queue"), http.StatusSeeOther)
	if found := wd.audited("password_chosen"); found != 1 {
		t.Errorf("got %d traces, want 1", found)
	}
}

func TestWeak(t *testing.T) {
	t.Parallel()
	for typed, bad := range map[string]bool{
		"":                        true,
		"elevenchars":             true,
		"passwordpassword":        true,
		"aaaaaaaaaaaaaaaa":        true,
		"123456789012":            true,
		"amyreid riverside":       true,
		"Linkline Password":       true,
		"abcdefghijklmnop":        true,
		"purple kettle marsh":     false,
		"ŵylan yn hedfan":         false,
		"correct horse battery":   false,
		"tr0ub4dor&3 again":       false,
		strings.Repeat("ab", 600): true,
	} {
		if got := weak(typed, "Amy", "Reid", "Riverside", "linkline", "password") != ""; got != bad {
			t.Errorf("%q: got weak %v, want %v", typed, got, bad)
		}
	}
}

func TestPasswordsAreHashedAsTheyShould(t *testing.T) {
	t.Parallel()
	p, err := newPasswords()
	if err != nil {
		t.Fatal(err)
	}
	hash, err := p.hash(context.Background(), password)
	if err != nil {
		t.Fatal(err)
	}
	params, _, _, err := argon2id.DecodeHash(hash)
	if err != nil || params.Memory < 19*1024 || params.Iterations < 2 {
		t.Errorf("got %+v, %v; want argon2id with 19 MiB and two passes at least", params, err)
	}
	for typed, want := range map[string]bool{password: true, password + " ": false, "": false} {
		if got, err := p.check(context.Background(), typed, hash); got != want || err != nil {
			t.Errorf("%q: got %v, %v; want %v", typed, got, err, want)
		}
	}
	if got, _ := p.check(context.Background(), "nobody has this password", ""); got {
		t.Error("the password of nobody opens an account without one")
	}
}

func TestWaitingForASlotEndsWithTheRequest(t *testing.T) {
	t.Parallel()
	p := &passwords{slots: make(chan struct{}, 1)}
	p.slots <- struct{}{}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := p.check(ctx, "x", "y"); err == nil {
		t.Error("got no error, want the end of the request")
	}
}
