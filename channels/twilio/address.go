package twilio

import (
	"strings"

	"linkline/conversation/casework"
)

const whatsAppPrefix = "whatsapp:"

// Class says what kind of address a text came from, or would go to (B48).
type Class string

// The classes of address.
const (
	Mobile    Class = "mobile"     // a UK mobile, with those of Jersey, Guernsey and Man
	Landline  Class = "landline"   // a UK number that is no mobile: a text to it is read aloud
	Personal  Class = "personal"   // UK 070 and pagers: a text to it may cost a fortune
	Abroad    Class = "abroad"     // any other number with a country code
	BSUID     Class = "bsuid"      // a WhatsApp account that shows no number, such as GB.1349
	ShortCode Class = "short_code" // a service, not a person
	Name      Class = "name"       // a sender with letters: nobody reads a reply
	Other     Class = "other"      // anything else, or nothing
)

// party is who is at the other end of a text.
type party struct {
	class   Class
	channel casework.Channel
	address string
}

// partyOf reads an address as Twilio writes it. It takes whatever stands there
// for what it is: a kind of address that is not known yet is Other.
func partyOf(raw string) party {
	if id, ok := strings.CutPrefix(raw, whatsAppPrefix); ok {
		p := party{channel: casework.WhatsApp, address: id, class: classOf(id)}
		if country, rest, ok := strings.Cut(id, "."); ok && len(country) == 2 && rest != "" {
			p.class = BSUID
		}
		return p
	}
	return party{channel: casework.SMS, address: raw, class: classOf(raw)}
}

// answerable reports whether a person may be at the other end, who can read
// an answer.
func (p party) answerable() bool {
	switch p.class {
	case Mobile, Landline, Personal, Abroad:
		return true
	case BSUID:
		return p.channel == casework.WhatsApp
	case ShortCode, Name, Other:
	}
	return false
}

func classOf(number string) Class {
	digits, plus := strings.CutPrefix(number, "+")
	switch {
	case plus && allDigits(digits) && len(digits) >= 7 && len(digits) <= 15:
		return internationalClass(digits)
	case !plus && allDigits(number) && len(number) >= 3 && len(number) <= 8:
		return ShortCode
	case named(number):
		return Name
	}
	return Other
}

// internationalClass reads the digits after the plus. In the United Kingdom 07
// is mobile, but for 070 (personal numbers) and 076 (pagers); 07624 is a mobile
// network of the Isle of Man all the same.
func internationalClass(digits string) Class {
	national, uk := strings.CutPrefix(digits, "44")
	switch {
	case !uk:
		return Abroad
	case !strings.HasPrefix(national, "7"):
		return Landline
	case len(national) != 10:
		return Other
	case strings.HasPrefix(national, "70"):
		return Personal
	case strings.HasPrefix(national, "76") && !strings.HasPrefix(national, "7624"):
		return Personal
	}
	return Mobile
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// named reports whether s is an alphanumeric sender: letters, digits and a few
// signs, eleven at most, a letter among them.
func named(s string) bool {
	if len(s) > 11 || strings.ContainsAny(s, ":+@") {
		return false
	}
	return strings.ContainsFunc(s, func(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' })
}
