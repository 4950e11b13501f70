package casework

import "time"

// Role says what somebody who works here may do.
type Role string

// The roles that exist so far.
const (
	RoleLinkWorker Role = "link_worker"
	RoleLead       Role = "service_lead"
)

// User is somebody who works here. She belongs to one team.
type User struct {
	Stamp
	ID    UserID  `json:"id"`
	Team  TeamID  `json:"team"`
	Login string  `json:"login"` // what she types to sign in, in lower case
	Name  Private `json:"name"`  // as the person is told it
	Role  Role    `json:"role"`
	// Phone is her work phone, which is told of her day (J23); empty for none.
	Phone Private `json:"phone,omitempty"`
	// Password is an argon2id hash; empty until she has chosen one.
	Password  string    `json:"password,omitempty"`
	Disabled  bool      `json:"disabled,omitempty"`
	CreatedAt time.Time `json:"created_at"`
}

// Users are found by id and by login; a login is taken once in the service.
var Users = declare(spec[User]{
	name: "user",
	key:  func(u *User) string { return string(u.ID) },
	team: func(u *User) TeamID { return u.Team },
	indexes: []index[User]{
		{name: "login", unique: true, blind: true, fleet: true, entries: func(u *User) []string { return some(u.Login) }},
		{name: "all", entries: func(u *User) []string { return []string{string(u.ID)} }},
	},
})

// Session is one signed-in browser. Its key is the hash of a random token that
// only the browser holds.
type Session struct {
	Stamp
	Token     string    `json:"token"` // SHA-256 of the token, in hex
	Team      TeamID    `json:"team"`
	User      UserID    `json:"user"`
	CreatedAt time.Time `json:"created_at"`
	SeenAt    time.Time `json:"seen_at"`
}

// Sessions are found by the hash of their token, before any team is known.
var Sessions = declare(spec[Session]{
	name: "session",
	key:  func(s *Session) string { return s.Token },
	team: func(s *Session) TeamID { return s.Team },
	indexes: []index[Session]{
		{name: "user", entries: func(s *Session) []string { return []string{string(s.User)} }},
		{name: "seen", fleet: true, entries: func(s *Session) []string { return []string{Moment(s.SeenAt)} }},
	},
})

// SignInLink lets its bearer sign in once, to choose a password.
type SignInLink struct {
	Stamp
	Token     string    `json:"token"` // SHA-256 of the token, in hex
	Team      TeamID    `json:"team"`
	User      UserID    `json:"user"`
	ExpiresAt time.Time `json:"expires_at"`
	UsedAt    time.Time `json:"used_at,omitzero"`
}

// SignInLinks are found by the hash of their token.
var SignInLinks = declare(spec[SignInLink]{
	name: "sign_in_link",
	key:  func(l *SignInLink) string { return l.Token },
	team: func(l *SignInLink) TeamID { return l.Team },
})
