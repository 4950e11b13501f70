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
		Store: storetest.Memory(t), Teams: []casework.TeamID{"demo", "moor"}, Random: rand.Reader,
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
		{"a login of two words", NewUser{"demo", "tom ash", "Tom", casework.RoleLead}, "a login has small letters, digits and . _ @ - only"},
		{"no name", NewUser{"demo", "sue", " ", casework.RoleLead}, "give the name that people are told, with --name"},
		{"an unknown role", NewUser{"demo", "sue", "Sue", "boss"}, "role is link_worker or service_lead"},
		{"an unknown team", NewUser{"fen", "sue", "Sue", casework.RoleLead}, `no team "fen" in the settings`},
		{"the login of another team", NewUser{"demo", "tom", "Tom", casework.RoleLead}, "that login is taken: choose another"},
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
	if _, err := u.Add(t.Context(), NewUser{"demo", "amy", "Amy", casework.RoleLinkWorker}); !errors.Is(err, errLoginTaken) {
		t.Errorf("got %v, want errLoginTaken", err)
	}
}
