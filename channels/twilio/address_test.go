package twilio

import (
	"testing"

	"linkline/conversation/casework"
)

func TestPartyOf(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		class      Class
		answerable bool
	}{
		"+447700900123":          {Mobile, true},
		"+447797700001":          {Mobile, true},   // Jersey
		"+447781000001":          {Mobile, true},   // Guernsey
		"+447624000001":          {Mobile, true},   // Man, though it looks like a pager
		"+447600000001":          {Personal, true}, // a pager
		"+447000000001":          {Personal, true},
		"+441632960123":          {Landline, true},
		"+442079460000":          {Landline, true},
		"+448081570001":          {Landline, true},
		"+15005550006":           {Abroad, true},
		"+353201234567":          {Abroad, true},
		"+44770090012":           {Other, false}, // a digit short
		"+4477009001234":         {Other, false},
		"+123":                   {Other, false},
		"+1234567890123456":      {Other, false},
		"07700900123":            {Other, false}, // Twilio writes the country code
		"60777":                  {ShortCode, false},
		"12":                     {Other, false},
		"ParcelCo":               {Name, false},
		"anonymous":              {Name, false},
		"ALongerNameThanThat":    {Other, false},
		"client:alice":           {Other, false},
		"":                       {Other, false},
		"+44770090012x":          {Other, false},
		"whatsapp:+447700900123": {Mobile, true},
		"whatsapp:GB.1349":       {BSUID, true},
		"whatsapp:GB.":           {Name, false},
		"whatsapp:":              {Other, false},
		"GB.1349":                {Name, false},
	}
	for raw, want := range cases {
		got := partyOf(raw)
		if got.class != want.class || got.answerable() != want.answerable {
			t.Errorf("%q is %s, answerable %t, want %s, %t", raw, got.class, got.answerable(), want.class, want.answerable)
		}
	}
}

func TestPartyOfChannel(t *testing.T) {
	t.Parallel()
	if got := partyOf("whatsapp:+447700900123"); got.channel != casework.WhatsApp || got.address != "+447700900123" {
		t.Errorf("channel %s, address %q, want whatsapp and the bare number", got.channel, got.address)
	}
	if got := partyOf("+447700900123"); got.channel != casework.SMS || got.address != "+447700900123" {
		t.Errorf("channel %s, address %q, want sms and the number", got.channel, got.address)
	}
}
