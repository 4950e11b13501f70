package twilio

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"linkline/channels"
	"linkline/conversation/casework"
)

// The bounds of a list. Twilio shows the newest first, so that a page is enough
// to look for one person's text, and mostPages are more than 48 hours of a busy
// number.
const (
	pageOfOne  = 50
	pageOfAll  = 1000
	mostPages  = 50
	maxListing = 16 << 20
	// noSuchMessage is Twilio's own word for it; a proxy's page says nothing.
	noSuchMessage = 20404
)

var _ channels.Lister = (*Sender)(nil)

// Sent lists what this sender has sent. See channels.Lister. It does not ask
// Twilio for a date: the list knows days only, and the date it compares is none
// until the text has left (messaging-safety 3.3).
func (s *Sender) Sent(ctx context.Context, to casework.Private, since time.Time) ([]channels.Listed, error) {
	var out []channels.Listed
	keep := func(m openapi.ApiV2010Message) {
		if s.account.owns(value(m.From)) {
			out = append(out, listed(m))
		}
	}
	if to != "" {
		return out, s.list(ctx, query{to: wire(s.channel, to), size: pageOfOne, since: since}, keep)
	}
	for _, from := range s.account.addresses(s.channel) {
		if err := s.list(ctx, query{from: from, size: pageOfAll, since: since}, keep); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Status returns one message. See channels.Lister.
func (s *Sender) Status(ctx context.Context, providerID string) (channels.Listed, error) {
	c := &call{}
	m, err := s.service(ctx, c).FetchMessage(url.PathEscape(providerID), nil)
	switch {
	case c.status == http.StatusNotFound && c.code == noSuchMessage:
		return channels.Listed{}, nil
	case err != nil:
		return channels.Listed{}, plain(err)
	case value(m.Sid) != providerID:
		return channels.Listed{}, errors.New("answer about another message")
	}
	return listed(*m), nil
}

// query says which messages are listed.
type query struct {
	to, from string
	size     int
	since    time.Time
}

// list hands each listed message to fn, the newest first, until they are older
// than what is asked for. Of Twilio's word on where the next page is only the
// page is taken: it may name any host (B60).
func (a api) list(ctx context.Context, q query, fn func(openapi.ApiV2010Message)) error {
	params := (&openapi.ListMessageParams{}).SetPageSize(q.size)
	if q.to != "" {
		params.SetTo(q.to)
	}
	if q.from != "" {
		params.SetFrom(q.from)
	}
	token, number := "", ""
	for range mostPages {
		c := &call{}
		page, err := a.service(ctx, c).PageMessage(params, token, number)
		if err != nil {
			return plain(err)
		}
		older := false
		for _, m := range page.Messages {
			if created := createdAt(m); !created.IsZero() && created.Before(q.since) {
				older = true
				continue
			}
			fn(m)
		}
		token, number = nextPage(value(page.NextPageUri))
		if older || token == "" && number == "" {
			return nil
		}
	}
	return errors.New("the list does not end")
}

// nextPage is what tells the next page from this one.
func nextPage(uri string) (token, number string) {
	u, err := url.Parse(uri)
	if err != nil {
		return "", ""
	}
	return u.Query().Get("PageToken"), u.Query().Get("Page")
}

func listed(m openapi.ApiV2010Message) channels.Listed {
	code := 0
	if m.ErrorCode != nil {
		code = *m.ErrorCode
	}
	return channels.Listed{
		ProviderID: value(m.Sid), To: casework.Private(partyOf(value(m.To)).address), Text: casework.Private(value(m.Body)),
		CreatedAt: createdAt(m), Carrier: carrier(value(m.Status)), Code: code, Reaction: meaningOf(code).reaction,
	}
}

// createdAt is when Twilio made a message; zero where it does not say so in the
// form it documents.
func createdAt(m openapi.ApiV2010Message) time.Time {
	at, err := time.Parse(time.RFC1123Z, cmp.Or(value(m.DateCreated), value(m.DateSent)))
	if err != nil {
		return time.Time{}
	}
	return at
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
