package conversation

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"linkline/conversation/casework"
	"linkline/flows"
)

// Errors that tell a worker why an invitation cannot be sent.
var (
	// ErrKnown means that the number is with us already: she needs no invitation.
	ErrKnown = errors.New("this number is in touch with us already")
	// ErrNoReferrer means that it does not say who suggested it.
	ErrNoReferrer = errors.New("an invitation says who suggested it")
)

// Invite is an invitation as a worker or an agency's form makes it.
type Invite struct {
	Name     casework.Private
	Phone    casework.Private // a mobile, E.164
	Referrer casework.Private
	// Reason is kept for the link worker and never texted.
	Reason casework.Private
	// Once is the token of the form it was written in.
	Once string
}

// How an invitation is followed up: one more try, then whoever suggested it is
// told that nothing was heard (F19).
const (
	inviteAgain = 3 * 24 * time.Hour
	inviteEnds  = 7 * 24 * time.Hour
	mostInvites = 2
)

// Invite asks somebody whom an agency suggested whether she would like our help
// (PR1). Nothing is kept of her but the invitation until she says yes.
func (e *Engine) Invite(ctx context.Context, by Actor, in Invite) error {
	team, ok := e.teams[by.Team]
	if !ok {
		return ErrNoTeam
	}
	if strings.TrimSpace(in.Referrer.Reveal()) == "" {
		return ErrNoReferrer
	}
	now := e.config.Now()
	err := e.config.Store.Update(ctx, SiteInvite, by.Team, func(tx casework.Tx) error {
		id := casework.NewConversationID(tx, by.Team, casework.SMS, in.Phone)
		known, err := casework.Invitations.Find(tx, in.Once)
		if err != nil || known != nil {
			return err // a form sent twice
		}
		conv, err := casework.Conversations.Find(tx, string(id))
		if err != nil {
			return err
		}
		if conv != nil {
			return ErrKnown
		}
		b, facts, err := e.open(tx, team, id, Inbound{Team: by.Team, Channel: casework.SMS, From: in.Phone}, now)
		if err != nil {
			return err
		}
		b.in, b.actor = nil, casework.Author(by.User)
		invitation := &casework.Invitation{
			ID: in.Once, Team: by.Team, DataKey: casework.KeyID("invitation:" + in.Once), Conversation: id,
			State: casework.Invited, Name: in.Name, Phone: in.Phone, Referrer: in.Referrer, Reason: in.Reason,
			By: by.User, At: now,
		}
		return e.invite(b, facts, invitation)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", SiteInvite, err)
	}
	e.planned()
	return nil
}

// invite sends the invitation, once more if it was sent before.
func (e *Engine) invite(b *books, facts Facts, in *casework.Invitation) error {
	in.Tries++
	b.address = in.Phone
	if err := casework.Invitations.Put(b.tx, in); err != nil {
		return fmt.Errorf("keep the invitation: %w", err)
	}
	next := inviteAgain
	if in.Tries >= mostInvites {
		next = in.At.Add(inviteEnds).Sub(b.now)
	}
	if err := (Schedule{Kind: casework.JobInvite, DueAt: b.now.Add(next)}).apply(b); err != nil {
		return err
	}
	forget := Schedule{Kind: casework.JobForget, DueAt: in.At.Add(inviteEnds + forgetAfter)}
	if err := forget.apply(b); err != nil { // unless she agrees until then (decision 14)
		return err
	}
	if err := b.audit("invitation sent", in.ID, ""); err != nil {
		return err
	}
	facts.Invitation = in
	b.class, b.about, b.until = casework.ClassReminder, in.Subject(), in.At.Add(inviteEnds)
	b.once = fmt.Sprintf("invite:%s:%d", in.ID, in.Tries)
	_, err := e.turn(b, facts, Began{Send: flows.SendInvite, About: in.Subject(), Until: b.until})
	return err
}

// inviteDue follows an unanswered invitation up: one more try, then somebody
// tells whoever suggested it.
func (e *Engine) inviteDue(b *books, facts Facts) error {
	in := facts.Invitation
	if in == nil || in.State != casework.Invited {
		return nil
	}
	if in.Tries < mostInvites && b.contact.State == casework.ContactActive {
		return e.invite(b, facts, in)
	}
	return b.settleInvitation(in, "give_up")
}

// settleInvitation notes what became of an invitation, and asks a worker to tell
// whoever suggested it.
func (b *books) settleInvitation(in *casework.Invitation, event string) error {
	if err := in.Fire(event, b.now); err != nil {
		if errors.Is(err, casework.ErrNotAllowed) {
			return nil // she has answered before
		}
		return err
	}
	tell := Task{Kind: casework.TaskInvitation, Name: in.Name, Words: in.Referrer}
	if in.State != casework.InvitationAccepted {
		in.Name, in.Phone, in.Reason = "", "", "" // she wants nothing of us: what became of it is all that is kept
	}
	if err := casework.Invitations.Put(b.tx, in); err != nil {
		return fmt.Errorf("keep the invitation: %w", err)
	}
	if err := b.audit("invitation "+string(in.State), in.ID, ""); err != nil {
		return err
	}
	return tell.apply(b)
}

// invitation is the open invitation of the conversation; nil where there is
// none.
func (b *books) invitation(f *Facts) error {
	open, _, err := casework.Invitations.Range(b.tx, casework.Span{Index: "open", Prefix: string(b.conv.ID), Limit: 1})
	if err != nil {
		return fmt.Errorf("find the invitation: %w", err)
	}
	if len(open) > 0 {
		f.Invitation = open[0]
	}
	return nil
}
