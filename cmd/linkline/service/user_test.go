package service

import (
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"linkline/conversation/casework"
	"linkline/store/storetest"
)

func newUsers(t *testing.T) *Users {
	t.Helper()
	return &Users{
		Store: storetest.Memory(t), Teams: []casework.TeamID{"demo", "moor"}, MadeUp: []casework.TeamID{"demo"}, Random: rand.Reader,
		Now: func() time.Time { return time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC) },
	}
}

// user reads somebody back.
func (u *Users) user(t *testing.T, login string) *casework.User {
	t.Helper()
	var found *casework.User
	err := u.Store.View(t.Context(), "", func(tx casework.Tx) (err error) {
		found, err = find(tx, login)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAddUser(t *testing.T) {
	t.Parallel()
	u := newUsers(t)
	path, err := u.Add(t.Context(), NewUser{Team: "moor", Login: " Tom ", Name: "Tom Ash", Role: casework.RoleLead})
	if err != nil || !strings.HasPrefix(path, "/welcome?token=") {
		t.Fatalf("got %q, %v", path, err)
	}
	got := u.user(t, "tom")
	if got == nil || got.Team != "moor" || got.Name.Reveal() != "Tom Ash" || got.Role != casework.RoleLead {
		t.Errorf("kept %+v", got)
	}
	again, err := u.Add(t.Context(), NewUser{Team: "moor", Login: "tom", Name: "Tom Ash", Role: casework.RoleLead})
	if err != nil || again == path {
		t.Errorf("a lost link is not replaced: %q, %v", again, err)
	}
	if u.user(t, "tom").ID != got.ID {
		t.Error("asking for a link again made another user")
	}
}

func TestAddUserRefuses(t *testing.T) {
	t.Parallel()
	u := newUsers(t)
	if _, err := u.Add(t.Context(), NewUser{Team: "moor", Login: "tom", Name: "Tom", Role: casework.RoleLead}); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		user NewUser
		want string
	}{
		{"a login of two words", NewUser{Team: "demo", Login: "tom ash", Name: "Tom", Role: casework.RoleLead}, "a login has small letters, digits and . _ @ - only"},
		{"no name", NewUser{Team: "demo", Login: "sue", Name: " ", Role: casework.RoleLead}, "give the name that people are told, with --name"},
		{"an unknown role", NewUser{Team: "demo", Login: "sue", Name: "Sue", Role: "boss"}, "role is link_worker or service_lead"},
		{"an unknown team", NewUser{Team: "fen", Login: "sue", Name: "Sue", Role: casework.RoleLead}, `no team "fen" in the settings`},
		{"a phone that takes no texts", NewUser{Team: "demo", Login: "sue", Name: "Sue", Role: casework.RoleLead, Phone: "01632 960001"}, "a work phone is a British mobile number, such as 07700 900001"},
		{"a phone that is nobody's", NewUser{Team: "moor", Login: "sue", Name: "Sue", Role: casework.RoleLead, Phone: "07700 900001"}, "that number is kept for examples: give the phone that she carries at work"},
		{"the login of another team", NewUser{Team: "demo", Login: "tom", Name: "Tom", Role: casework.RoleLead}, "that login is taken: choose another"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if _, err := u.Add(t.Context(), test.user); err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// A work phone comes with the user or with a fresh link, and a fresh link
// without one leaves it.
func TestAddUserWithAPhone(t *testing.T) {
	t.Parallel()
	u := newUsers(t)
	for i, c := range []struct{ given, kept string }{
		{"", ""}, {"07700 900123", "+447700900123"}, {"", "+447700900123"}, {"07700 900124", "+447700900124"},
	} {
		_, err := u.Add(t.Context(), NewUser{Team: "demo", Login: "tom", Name: "Tom Ash", Role: casework.RoleLead, Phone: c.given})
		if err != nil {
			t.Fatal(err)
		}
		if got := u.user(t, "tom").Phone.Reveal(); got != c.kept {
			t.Errorf("time %d, given %q: got %q, want %q", i+1, c.given, got, c.kept)
		}
	}
}

func TestDemoHasNoLinkOnceThePasswordIsChosen(t *testing.T) {
	t.Parallel()
	u := newUsers(t)
	first, err := u.Demo(t.Context(), "demo")
	if err != nil || first == "" {
		t.Fatalf("got %q, %v", first, err)
	}
	amy := u.user(t, "amy")
	amy.Password = "hash"
	err = u.Store.Update(t.Context(), "test", "", func(tx casework.Tx) error { return casework.Users.Put(tx, amy) })
	if err != nil {
		t.Fatal(err)
	}
	if second, err := u.Demo(t.Context(), "demo"); err != nil || second != "" {
		t.Errorf("got %q, %v; want no link", second, err)
	}
	if _, err := u.Add(t.Context(), NewUser{Team: "demo", Login: "amy", Name: "Amy", Role: casework.RoleLinkWorker}); !errors.Is(err, errLoginTaken) {
		t.Errorf("got %v, want errLoginTaken", err)
	}
}

func TestSetPhone(t *testing.T) {
	t.Parallel()
	u := newUsers(t)
	if _, err := u.Add(t.Context(), NewUser{Team: "demo", Login: "tom", Name: "Tom", Role: casework.RoleLead}); err != nil {
		t.Fatal(err)
	}
	if err := u.SetPhone(t.Context(), "Tom ", "07700 900123"); err != nil {
		t.Fatal(err)
	}
	if got := u.user(t, "tom").Phone; got != "+447700900123" {
		t.Error("the phone is another one")
	}
	for login, phone := range map[string]string{"tom": "01632 960000", "sue": "07700 900123"} {
		if err := u.SetPhone(t.Context(), login, phone); err == nil || strings.Contains(err.Error(), phone) {
			t.Errorf("%s: got %v, want a refusal that does not repeat the number", login, err)
		}
	}
	if err := u.SetPhone(t.Context(), "tom", ""); err != nil || u.user(t, "tom").Phone != "" {
		t.Errorf("the phone is not taken away: %v", err)
	}
}
