package casework

import (
	"slices"
	"time"
)

// ContactWay is how a worker was in touch, or tried to be.
type ContactWay string

// The ways of being in touch (domain 5.1, R29).
const (
	ByPhone    ContactWay = "phone"
	ByMeeting  ContactWay = "meeting"
	ByHomeCall ContactWay = "home_visit"
	ByVideo    ContactWay = "video"
	ByText     ContactWay = "text"
)

// ContactWays lists the ways of being in touch.
func ContactWays() []ContactWay {
	return []ContactWay{ByPhone, ByMeeting, ByHomeCall, ByVideo, ByText}
}

// Contact is one time that a worker was in touch with her, or tried and did not
// reach her.
type Contact struct {
	ID      string     `json:"id"`
	Way     ContactWay `json:"way"`
	Reached bool       `json:"reached"`
	By      UserID     `json:"by"`
	At      time.Time  `json:"at"`
	Note    Private    `json:"note,omitempty"`
}

// ContactCount is how many times somebody was in touch with her.
func (c *Course) ContactCount() int {
	n := 0
	for _, contact := range c.Contacts {
		if contact.Reached {
			n++
		}
	}
	return n
}

// Contacted reports whether a contact of this id is noted already.
func (c *Course) Contacted(id string) bool {
	return slices.ContainsFunc(c.Contacts, func(known Contact) bool { return known.ID == id })
}

// LastContact is when somebody was last in touch with her; zero for never.
func (c *Course) LastContact() time.Time {
	var last time.Time
	for _, contact := range c.Contacts {
		if contact.Reached && contact.At.After(last) {
			last = contact.At
		}
	}
	return last
}

// UnmetNeed is something for which nothing suitable was found.
type UnmetNeed struct {
	ID     string    `json:"id"`
	Need   string    `json:"need"`
	Reason string    `json:"reason"`
	Area   string    `json:"area,omitempty"` // the outward part of her postcode
	By     UserID    `json:"by"`
	At     time.Time `json:"at"`
}

// UnmetReasons are why nothing suits (domain 5.1).
func UnmetReasons() []string {
	return []string{
		"none_exists", "full", "too_far", "cost", "not_accessible", "not_culturally_suited", "age", "hours", "language",
	}
}
