package desk

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"linkline/conversation/casework"
)

func signInAs(login, pass string) url.Values {
	return url.Values{"login": {login}, "password": {pass}}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	b := wd.browser()
	want(t, b.get("/sign-in"), http.StatusOK, `autocomplete="username"`, `autocomplete="current-password"`)
	got := b.post("/sign-in", signInAs(" AMY ", password))
	want(t, got, http.StatusSeeOther)
	if to := got.Header().Get("Location"); to != "/queue" {
		t.Errorf("got %q after signing in, want the queue", to)
	}
	want(t, b.get("/queue"), http.StatusOK, "Amy Reid")
	if found := wd.audited("sign_in"); found != 1 {
		t.Errorf("got %d traces of signing in, want 1", found)
	}
}

// audited counts the traces of an action.
func (wd *world) audited(action string) int {
	wd.t.Helper()
	n := 0
	err := wd.store.View(context.Background(), "", func(tx casework.Tx) error {
		n = 0
		all, _, err := casework.Audits.Range(tx, casework.Span{})
		for _, a := range all {
			if a.Action == action {
				n++
			}
		}
		return err
	})
	if err != nil {
		wd.t.Fatal(err)
	}
	return n
}

func TestSignInRefusesEverybodyAlike(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.put(func(tx casework.Tx) error {
		hash := wd.cheap()
		for _, u := range []casework.User{
			{ID: "gone", Team: "riverside", Login: "gone", Name: "Gone", Password: hash, Disabled: true},
			{ID: "new", Team: "riverside", Login: "new", Name: "New"},
		} {
			if err := casework.Users.Put(tx, &u); err != nil {
				return err
			}
		}
		return nil
	})
	var first string
	for name, form := range map[string]url.Values{
		"wrong password":       signInAs("amy", "wrong horse battery"),
		"unknown login":        signInAs("nobody", password),
		"no login":             signInAs("", password),
		"no password":          signInAs("amy", ""),
		"disabled":             signInAs("gone", password),
		"no password chosen":   signInAs("new", password),
		"an empty hash":        signInAs("new", ""),
		"a very long password": signInAs("amy", strings.Repeat("x", 5000)),
		"a password and more":  signInAs("amy", password+"\x00"),
	} {
		got := wd.browser().post("/sign-in", form)
		want(t, got, http.StatusUnauthorized, sayWrong, "Error: Sign in")
		if len(got.Result().Cookies()) != 0 {
			t.Errorf("%s: got a cookie", name)
		}
		page := strings.ReplaceAll(got.Body.String(), `value="`+form.Get("login")+`"`, "")
		if page = strings.ReplaceAll(page, ` value=""`, ""); first == "" {
			first = page
		}
		if len(page) > len(first)+20 || len(page) < len(first)-20 {
			t.Errorf("%s: the page differs from the others", name)
		}
	}
}

func TestGuessingIsSlowedDownAndNobodyIsLockedOut(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	from := func(addr string) int {
		r := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader(signInAs("amy", "wrong").Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = addr
		return wd.browser().do(r).Code
	}
	for i := range tries {
		if got := from("192.0.2.1:1000"); got != http.StatusUnauthorized {
			t.Fatalf("try %d: got %d, want 401", i, got)
		}
	}
	if got := from("192.0.2.77:1000"); got != http.StatusTooManyRequests {
		t.Errorf("a neighbour: got %d, want 429", got)
	}
	if got := from("198.51.100.1:1000"); got != http.StatusUnauthorized {
		t.Errorf("from elsewhere: got %d, want 401", got)
	}
	wd.wait(tryAgain)
	if got := from("192.0.2.1:1000"); got != http.StatusUnauthorized {
		t.Errorf("after a while: got %d, want 401", got)
	}
}

func TestTheThrottleForgets(t *testing.T) {
	t.Parallel()
	th := newThrottle()
	for i := range maxLimits + 50 {
		th.allow("login", string(rune(i)), morning)
	}
	if got := len(th.limits); got > maxLimits {
		t.Errorf("got %d limits in memory, want %d at most", got, maxLimits)
	}
}

func TestNeighbourhood(t *testing.T) {
	t.Parallel()
	d := &Desk{}
	for from, want := range map[string]string{
		"192.0.2.17:80": "192.0.2.0/24", "[2001:db8:1:2:3::4]:80": "2001:db8:1:2::/64",
		"[::ffff:192.0.2.9]:80": "192.0.2.0/24", "nonsense": "unknown", "": "unknown",
	} {
		if got := d.neighbourhood(&http.Request{RemoteAddr: from}); got != want {
			t.Errorf("%q: got %s, want %s", from, got, want)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		step  time.Duration
		steps int
		want  int
	}{
		"used every twenty minutes": {20 * time.Minute, 6, http.StatusOK},
		"left for half an hour":     {idle, 1, http.StatusSeeOther},
		"used for twelve hours":     {20 * time.Minute, 36, http.StatusSeeOther},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			b := wd.signedIn("amy")
			got := 0
			for range c.steps {
				wd.wait(c.step)
				got = b.get("/queue").Code
			}
			if got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

func TestSigningOutEndsTheSessionItself(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	b := wd.signedIn("amy")
	stolen := wd.browser()
	stolen.cookies = map[string]string{"linkline": b.cookies["linkline"]}
	got := b.post("/sign-out", url.Values{})
	want(t, got, http.StatusSeeOther)
	if got.Header().Get("Clear-Site-Data") == "" {
		t.Error("signing out does not clear what the browser keeps")
	}
	want(t, b.get(got.Header().Get("Location")), http.StatusOK, "You are signed out")
	if got := stolen.get("/queue").Code; got != http.StatusSeeOther {
		t.Errorf("a copied cookie after signing out: got %d, want 303", got)
	}
}

func TestEverySignInHasItsOwnSession(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	b := wd.browser()
	b.cookies["linkline"] = strings.Repeat("a", 43) // planted before
	want(t, b.post("/sign-in", signInAs("amy", password)), http.StatusSeeOther)
	first := b.cookies["linkline"]
	want(t, b.post("/sign-in", signInAs("amy", password)), http.StatusSeeOther)
	if first == strings.Repeat("a", 43) || first == b.cookies["linkline"] {
		t.Error("a session was taken over from the browser")
	}
}

func TestTheCookie(t *testing.T) {
	t.Parallel()
	for secure, name := range map[bool]string{false: "linkline", true: "__Host-linkline"} {
		d := &Desk{config: Config{Secure: secure}}
		c := d.cookie("token", 60)
		if c.Name != name || c.Secure != secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("secure %v: got cookie %v", secure, c)
		}
	}
}

func TestForgedCookies(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	good := wd.signedIn("amy").cookies["linkline"]
	for name, header := range map[string]string{
		"none": "", "empty": "linkline=", "short": "linkline=abc", "another": "linkline=" + strings.Repeat("b", 43),
		"two of the name": "linkline=" + good + "; linkline=" + strings.Repeat("b", 43),
		"large":           "linkline=" + strings.Repeat("c", 5000),
	} {
		r := httptest.NewRequest(http.MethodGet, "/queue", nil)
		r.Header.Set("Cookie", header)
		w := httptest.NewRecorder()
		wd.handler.ServeHTTP(w, r)
		if w.Code != http.StatusSeeOther {
			t.Errorf("%s: got %d, want the way to sign in", name, w.Code)
		}
	}
}

func TestADisabledUserIsOutAtOnce(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	b := wd.signedIn("amy")
	wd.put(func(tx casework.Tx) error {
		u, err := casework.Users.Get(tx, string(amy))
		if err != nil {
			return err
		}
		u.Disabled = true
		return casework.Users.Put(tx, u)
	})
	if got := b.get("/queue").Code; got != http.StatusSeeOther {
		t.Errorf("got %d, want 303", got)
	}
}

func TestSigningInLeadsBack(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	got := wd.browser().get("/case/MRN232")
	want(t, got, http.StatusSeeOther)
	if to := got.Header().Get("Location"); to != "/sign-in?next=%2Fcase%2FMRN232" {
		t.Errorf("got %q", to)
	}
	for next, want := range map[string]string{
		"/case/MRN232": "/case/MRN232", "/alert/a": "/alert/a", "": "/queue", "//evil.example": "/queue",
		"https://evil.example": "/queue", "/case/../../x\\y": "/queue", "/case/a\r\nSet-Cookie: x": "/queue", "/sign-out": "/queue",
	} {
		form := signInAs("amy", password)
		form.Set("next", next)
		if got := wd.browser().post("/sign-in", form).Header().Get("Location"); got != want {
			t.Errorf("next %q: got %q, want %q", next, got, want)
		}
		wd.wait(tryAgain)
	}
}

func TestNothingTypedIsLostWhenTheSessionIsOver(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	m := maureen(t)
	m.c.Worker, m.c.State = amy, casework.CaseActive
	path := "/case/" + wd.keep(m).c.Reference
	b := wd.signedIn("amy")
	wd.wait(idle)
	form := url.Values{"token": {"abc"}, "text": {"The 503 stops <outside>"}, "do": {"send"}}
	got := b.post(path+"/reply", form)
	want(t, got, http.StatusUnauthorized, sayKept)
	if len(wd.engine.did()) != 0 {
		t.Fatalf("acted without anybody signed in: %v", wd.engine.did())
	}
	kept := hidden(t, got.Body.String())
	kept.Set("login", "amy")
	kept.Set("password", password)
	got = b.post("/sign-in", kept)
	want(t, got, http.StatusOK, "has <strong>not</strong> been done yet", "The 503 stops &lt;outside&gt;", `action="`+path+`/reply"`)
	if len(wd.engine.did()) != 0 {
		t.Fatalf("acted before it was asked again: %v", wd.engine.did())
	}
	want(t, b.post(path+"/reply", hidden(t, got.Body.String())), http.StatusSeeOther)
	if n := len(wd.engine.wrote); n != 1 || wd.engine.wrote[0].Text.Reveal() != "The 503 stops <outside>" {
		t.Errorf("got %d texts, want the one that was typed", n)
	}
}

func TestWhatWasTypedIsNotShownToSomebodyElse(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	path := "/case/" + wd.keep(maureen(t)).c.Reference
	b := wd.signedIn("amy")
	wd.wait(idle)
	kept := hidden(t, b.post(path+"/note", url.Values{"note": {"only for Amy"}}).Body.String())
	kept.Set("login", "olu")
	kept.Set("password", password)
	got := b.post("/sign-in", kept)
	want(t, got, http.StatusSeeOther)
	if strings.Contains(got.Body.String(), "only for Amy") {
		t.Error("another user was shown what was typed")
	}
}

// hidden are the hidden fields of a page's last form.
func hidden(t *testing.T, page string) url.Values {
	t.Helper()
	values := url.Values{}
	for _, part := range strings.Split(page, `<input type="hidden" name="`)[1:] {
		name, rest, _ := strings.Cut(part, `" value="`)
		value, _, _ := strings.Cut(rest, `"`)
		values.Set(name, unescape(value))
	}
	if len(values) == 0 {
		t.Fatalf("the page keeps nothing:\n%s", page)
	}
	return values
}
