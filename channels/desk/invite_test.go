package desk

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation"
)

func TestInvitingSomebody(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	b := wd.signedIn("amy")
	want(t, b.get("/queue"), http.StatusOK, `href="/invite"`)
	want(t, b.get("/invite"), http.StatusOK, "Who suggested us", "It is never texted")
	form := url.Values{
		"name": {"Dot"}, "phone": {"07700 900 456"}, "referrer": {"Mill Lane Surgery"}, "reason": {"Lives alone"}, "token": {"one"},
	}
	for range 2 {
		got := b.post("/invite", form)
		want(t, got, http.StatusSeeOther)
		want(t, b.get(got.Header().Get("Location")), http.StatusOK, "The invitation is on its way")
	}
	if diff := cmp.Diff([]string{"invite amy Dot +447700900456 Mill Lane Surgery Lives alone"}, wd.engine.did()); diff != "" {
		t.Errorf("acts (-want +got):\n%s", diff)
	}
	for fail, say := range map[error]string{
		conversation.ErrKnown: "This number is in touch with us already", conversation.ErrNoReferrer: "Write who suggested us",
		errors.New("disk on fire"): "We could not be sure",
	} {
		wd.engine.fail = fail
		got := b.post("/invite", with(form, "two", nil))
		if got.Code < http.StatusBadRequest || !strings.Contains(got.Body.String(), say) || !strings.Contains(got.Body.String(), ">Lives alone</textarea>") {
			t.Errorf("%v: got %d, want %q and what was typed:\n%s", fail, got.Code, say, inside(got.Body.String()))
		}
	}
}

func TestInvitationsThatCannotBeSent(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	b := wd.signedIn("amy")
	form := url.Values{"name": {"Dot"}, "phone": {"07700 900456"}, "referrer": {"Mill Lane"}}
	for say, change := range map[string]url.Values{
		"Write the name":                  {"name": {" "}},
		"Write who suggested us":          {"referrer": {""}},
		"Write one British mobile":        {"phone": {"01632 960111"}},
		"British mobile number":           {"phone": {"07700 900456 or 07700 900457"}},
		"number, for example":             {"phone": {"ask her"}},
		"too long: 80 characters at most": {"name": {strings.Repeat("x", 81)}},
	} {
		want(t, b.post("/invite", with(form, "one", change)), http.StatusUnprocessableEntity, say, `value="one"`)
	}
	if did := wd.engine.did(); len(did) != 0 {
		t.Errorf("invited: %q", did)
	}
	if got := wd.browser().post("/invite", form); got.Code != http.StatusUnauthorized {
		t.Errorf("nobody invites: got %d, want 401", got.Code)
	}
}
