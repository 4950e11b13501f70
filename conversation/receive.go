package conversation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"linkline/conversation/casework"
	"linkline/conversation/safety"
	"linkline/flows"
)

// Sites at which this package commits.
const (
	SiteReceive    casework.Site = "receive a text"
	SitePickUp     casework.Site = "pick up a case"
	SiteAnswer     casework.Site = "answer a person"
	SiteNote       casework.Site = "add a note"
	SiteGiveBack   casework.Site = "give a conversation back"
	SiteClose      casework.Site = "close a case"
	SiteRead       casework.Site = "read a case"
	SiteTakeAlert  casework.Site = "take an alert"
	SiteCloseAlert casework.Site = "close an alert"
	SiteFinishTask casework.Site = "finish a task"
	SiteWake       casework.Site = "run a due job"
	SiteBook       casework.Site = "book an appointment"
	SiteMarkVisit  casework.Site = "mark a visit"
	SiteContact    casework.Site = "note a contact"
	SitePlan       casework.Site = "write a plan"
	SiteRefer      casework.Site = "refer onward"
	SiteSuggest    casework.Site = "suggest a service"
	SiteEnding     casework.Site = "plan the ending"
	SiteUnmet      casework.Site = "note an unmet need"
	SiteTakeOver   casework.Site = "take a case over"
	SiteRingAgain  casework.Site = "ring again later"
	SiteInvite     casework.Site = "invite somebody"
)

// Sites lists every site at which this package commits.
func Sites() []casework.Site {
	return []casework.Site{
		SiteReceive, SitePickUp, SiteAnswer, SiteNote, SiteGiveBack, SiteClose, SiteRead,
		SiteTakeAlert, SiteCloseAlert, SiteFinishTask, SiteWake,
		SiteBook, SiteMarkVisit, SiteContact, SitePlan, SiteRefer, SiteSuggest, SiteEnding, SiteUnmet,
		SiteTakeOver, SiteRingAgain,
		SiteInvite,
	}
}

// ErrNoTeam means that no team of this service has that id.
var ErrNoTeam = errors.New("no such team")

// Receive takes one text through one transaction and returns the reply that was
// committed with it. A text that was handled before gets the stored reply and
// changes nothing. When Receive returns an error nothing was kept, or the
// outcome is unknown: the provider must send the text again.
func (e *Engine) Receive(ctx context.Context, in Inbound) (Reply, error) {
	team, ok := e.teams[in.Team]
	if !ok {
		return Reply{}, ErrNoTeam
	}
	now := e.config.Now()
	var reply Reply
	var planned bool
	err := e.config.Store.Update(ctx, SiteReceive, in.Team, func(tx casework.Tx) error {
		reply, planned = Reply{}, false
		id := casework.NewConversationID(tx, in.Team, in.Channel, in.From)
		provider := tx.Blind("provider", casework.Join(string(in.Channel), in.ID))
		stored, err := e.repeat(tx, id, provider)
		if err != nil || stored != nil {
			reply = deref(stored)
			return err
		}
		b, facts, err := e.open(tx, team, id, in, now)
		if err != nil {
			return err
		}
		text := Texted{
			Text: in.Text, Media: in.Media, OptOut: in.OptOut, Prompt: in.Prompt, Option: in.Option,
		}
		if in.Option == "" { // the words of a button are ours, not hers
			text.Matches = e.scan(b.conv, in.Text, now)
		}
		before := b.conv
		out, err := e.turn(b, facts, text)
		if err != nil {
			return err
		}
		reply.Missed = missed(before, b.conv)
		reply.Pressed = pressed(in, before, reply.Missed)
		planned = b.planned
		receipt := &casework.Receipt{
			Conversation: id, Team: in.Team, Provider: provider, At: now,
			Inbound: casework.MessageKey(id, b.in.ID),
		}
		if out != nil {
			receipt.Reply = casework.MessageKey(out.Conversation, out.ID)
			reply.Text, reply.Message = out.Text.Reveal(), receipt.Reply
		}
		return casework.Receipts.Put(tx, receipt)
	})
	if err != nil {
		return Reply{}, fmt.Errorf("receive a text: %w", err)
	}
	if planned {
		e.planned()
	}
	return reply, nil
}

func deref(r *Reply) Reply {
	if r == nil {
		return Reply{}
	}
	return *r
}

// missed is the question whose reply was not understood in a turn: the frame
// that spoke before it has missed once more.
func missed(before, after *casework.Conversation) casework.Place {
	top := len(before.Stack) - 1
	if top < 0 || len(after.Stack) <= top {
		return casework.Place{}
	}
	was, is := before.Stack[top], after.Stack[top]
	if was.Place != is.Place || is.Misses <= was.Misses {
		return casework.Place{}
	}
	return is.Place
}

// repeat returns the stored reply of a text that was handled before, nil for a
// new one. Where what was said is erased the answer is empty (decision 23).
func (e *Engine) repeat(tx casework.Tx, id casework.ConversationID, provider string) (*Reply, error) {
	receipt, err := casework.Receipts.Find(tx, casework.ReceiptKey(id, provider))
	if err != nil || receipt == nil {
		return nil, err
	}
	if receipt.Reply == "" {
		return &Reply{Repeat: true}, nil
	}
	message, err := casework.Messages.Find(tx, receipt.Reply)
	if err != nil {
		return nil, err
	}
	if message == nil {
		return &Reply{Repeat: true}, nil
	}
	return &Reply{Text: message.Text.Reveal(), Message: receipt.Reply, Repeat: true}, nil
}

// scan reads the text together with those of the last five minutes.
func (e *Engine) scan(c *casework.Conversation, text casework.Private, now time.Time) []safety.Match {
	var recent []string
	for _, r := range c.Recent {
		if now.Sub(r.At) < splitWindow {
			recent = append(recent, r.Words.Reveal())
		}
	}
	return e.config.Scanner.Scan(text.Reveal(), recent...)
}

// open reads what a turn needs and makes its books.
func (e *Engine) open(tx casework.Tx, team *Team, id casework.ConversationID, in Inbound, now time.Time) (*books, Facts, error) {
	ids := casework.NewIDs(now, e.random)
	conv, err := casework.Conversations.Find(tx, string(id))
	if err != nil {
		return nil, Facts{}, err
	}
	isNew := conv == nil
	if isNew {
		key, err := ids.Next()
		if err != nil {
			return nil, Facts{}, err
		}
		conv = &casework.Conversation{
			ID: id, Team: team.ID, Channel: in.Channel, DataKey: casework.KeyID("c:" + key),
			Language: team.Languages[0], FirstInAt: now,
		}
	}
	b := &books{
		tx: tx, engine: e, team: team, now: now, ids: ids, actor: casework.ByService,
		address: in.From, conv: conv, class: casework.ClassAnswer,
	}
	message, err := ids.Next()
	if err != nil {
		return nil, Facts{}, err
	}
	b.in = &casework.Message{
		ID: message, Conversation: id, Team: team.ID, DataKey: conv.DataKey, Way: casework.In,
		By: casework.ByPerson, At: now, Text: in.Text, Media: in.Media,
	}
	facts, err := b.facts()
	facts.New = isNew
	return b, facts, err
}

// facts reads the records that a turn may need.
func (b *books) facts() (Facts, error) {
	f := Facts{Team: b.team, Permissions: b.conv.Permitted}
	var err error
	b.contact, err = casework.ContactPoints.Find(b.tx, casework.ContactPointKey(b.conv.ID))
	if err != nil {
		return f, err
	}
	if b.contact == nil {
		b.contact = &casework.ContactPoint{
			ID: b.conv.ID, Team: b.team.ID, Channel: b.conv.Channel, State: casework.ContactActive,
		}
	}
	f.Contact = *b.contact
	casework.Expect(b.tx, casework.People.Kind, string(b.conv.Person))
	if b.conv.Case != "" {
		casework.Expect(b.tx, casework.Courses.Kind, string(b.conv.Case))
		casework.ExpectRange(b.tx, casework.Jobs.Kind, casework.Span{Prefix: casework.JobPrefix(b.conv.ID)})
		if b.caseOf, err = casework.Cases.Find(b.tx, string(b.conv.Case)); err != nil {
			return f, err
		}
		f.Case = b.caseOf
	}
	if slices.ContainsFunc(b.conv.Stack, func(frame casework.Frame) bool { return frame.Ours }) {
		if err := b.companions(&f); err != nil {
			return f, err
		}
	}
	prompt, err := b.ids.Next()
	if err != nil {
		return f, err
	}
	f.Prompt = casework.PromptID(prompt)
	b.keeps = f.Permissions[casework.PurposeKeep] == casework.PermissionYes
	if f.Case == nil || f.Case.State == casework.CaseClosed {
		f.Reference, err = b.reference() // a case may open in this turn
	}
	return f, err
}

// reference draws one that no case of the team has. Two of a million cases may
// well draw the same, and a turn that fails for it would lose a text.
func (b *books) reference() (string, error) {
	for {
		drawn, err := drawReference(b.engine.random)
		if err != nil {
			return "", err
		}
		if b.caseOf != nil && b.caseOf.State != casework.CaseClosed {
			return drawn, nil // no case opens in this turn
		}
		held, _, err := casework.Cases.Range(b.tx, casework.Span{Index: "reference", Prefix: drawn, Limit: 1})
		if err != nil || len(held) == 0 {
			return drawn, err
		}
	}
}

// herself reads the person of the conversation when a turn first needs her; nil
// where there is none.
func (b *books) herself() (*casework.Person, error) {
	if b.person != nil || b.conv.Person == "" {
		return b.person, nil
	}
	var err error
	b.person, err = casework.People.Find(b.tx, string(b.conv.Person))
	return b.person, err
}

// turn advances the conversation, applies the effects and writes the records.
// The case in facts is the books' own, so Advance reads it before any effect
// changes it.
func (e *Engine) turn(b *books, facts Facts, in Input) (*casework.Message, error) {
	next, effects, err := Advance(e.flows, *b.conv, facts, in, b.now)
	if err != nil {
		return nil, err
	}
	if e.traced != nil {
		e.traced(effects)
	}
	next.Stamp = b.conv.Stamp
	b.conv = &next
	for _, effect := range effects {
		if err := effect.apply(b); err != nil {
			return nil, err
		}
	}
	return b.settle()
}

// dutyText is what the duty number is told: that something waits, and where.
func (e *Engine) dutyText(t *Team, alert string) (string, error) {
	text, _, ok := e.flows.Words(t.Languages[0], flows.ServiceWords, flows.TextDuty)
	if !ok {
		return "", fmt.Errorf("no words for %q", flows.TextDuty)
	}
	said, err := flows.Fill(text.Say, map[string]string{
		"service": t.Name, "link": e.config.DeskURL + "/alert/" + alert,
	})
	if err != nil {
		return "", err
	}
	return e.config.Render(e.config.Library, casework.SMS, Prompt{
		Language: t.Languages[0], Said: []flows.Said{{Text: said}},
	}), nil
}

func (e *Engine) planned() {
	if e.config.Planned != nil {
		e.config.Planned()
	}
}
