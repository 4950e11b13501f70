package conversation

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"linkline/conversation/casework"
	"linkline/flows"
)

// books are the records of one turn: read once, changed by the effects, and
// written once at its end. They live within one run of one transaction.
type books struct {
	tx      casework.Tx
	engine  *Engine
	team    *Team
	now     time.Time
	ids     *casework.IDs
	actor   casework.Author
	address casework.Private

	conv    *casework.Conversation
	contact *casework.ContactPoint
	person  *casework.Person
	caseOf  *casework.Case
	// in is the text that came, nil when nothing did.
	in *casework.Message

	prompt  Prompt
	place   casework.Place
	permits []Permit // given before there is a person
	forget  bool
	keeps   bool // permission to keep is in force
	class   casework.DeliveryClass
	once    string

	// planned is set when a text was planned that delivery should look for.
	planned bool

	// course is what has happened to the case since pick-up, read when first
	// needed. replans is set when something changed that the plan stands on.
	course                    *casework.Course
	courseRead, courseChanged bool
	replans                   bool
	settled                   bool // the act has been written
	// about, job and until belong to a text of ours: what it is about, which job
	// asked for it and until when it is of use. opening is the question it asks.
	about   casework.About
	job     string
	until   time.Time
	opening *casework.Opening

	contactChanged, personChanged, caseChanged bool
}

func (b *books) changeContact() *casework.ContactPoint {
	b.contactChanged = true
	return b.contact
}

func (b *books) changeCase() *casework.Case {
	b.caseChanged = true
	return b.caseOf
}

// settle writes what the turn changed and returns the message that goes out,
// nil when nothing does.
func (b *books) settle() (*casework.Message, error) {
	out, err := b.message()
	if err != nil {
		return nil, err
	}
	if b.forget {
		return out, b.erase()
	}
	if err := b.write(out); err != nil {
		return nil, err
	}
	return out, nil
}

// write puts the records of the turn.
func (b *books) write(out *casework.Message) error {
	if b.in != nil {
		if !b.keeps {
			b.in.Text = "" // nothing of it is kept without permission (decision 14)
		}
		b.in.Case = b.conv.Case
		if err := casework.Messages.Put(b.tx, b.in); err != nil {
			return fmt.Errorf("keep the text: %w", err)
		}
	}
	if out != nil {
		if err := casework.Messages.Put(b.tx, out); err != nil {
			return fmt.Errorf("keep the reply: %w", err)
		}
	}
	if err := casework.Conversations.Put(b.tx, b.conv); err != nil {
		return fmt.Errorf("keep the conversation: %w", err)
	}
	if b.contactChanged {
		if err := casework.ContactPoints.Put(b.tx, b.contact); err != nil {
			return fmt.Errorf("keep the contact point: %w", err)
		}
	}
	if b.personChanged {
		if err := casework.People.Put(b.tx, b.person); err != nil {
			return fmt.Errorf("keep the person: %w", err)
		}
	}
	if err := b.writeCase(out); err != nil {
		return err
	}
	return b.writeCourse()
}

func (b *books) writeCase(out *casework.Message) error {
	if b.caseOf == nil {
		return nil
	}
	if b.in != nil {
		b.changeCase().LastInAt = b.now
	}
	if out != nil && out.Delivery.Class == casework.ClassWorker {
		b.changeCase().LastOutAt = b.now
	}
	if !b.caseChanged {
		return nil
	}
	if err := casework.Cases.Put(b.tx, b.caseOf); err != nil {
		return fmt.Errorf("keep the case: %w", err)
	}
	return nil
}

// message makes the turn's one text.
func (b *books) message() (*casework.Message, error) {
	if b.prompt.Empty() {
		return nil, nil
	}
	b.prompt.Language = b.conv.Language
	text := b.engine.config.Render(b.engine.config.Library, b.conv.Channel, b.prompt)
	if text == "" {
		return nil, nil
	}
	b.asShown(text)
	id, err := b.ids.Next()
	if err != nil {
		return nil, err
	}
	from, until := b.window()
	if !b.until.IsZero() {
		until = b.until
	}
	m := &casework.Message{
		ID: id, Conversation: b.conv.ID, Team: b.team.ID, DataKey: b.conv.DataKey, Case: b.conv.Case,
		Way: casework.Out, By: b.actor, At: b.now, Text: casework.Private(text), Place: b.place, Once: b.once,
		About: b.about, Job: b.job, Opens: b.opening, Asks: b.asking(),
		Delivery: &casework.Delivery{State: casework.Planned, Class: b.class, NotBefore: from, NotAfter: until},
	}
	if b.class == casework.ClassAnswer {
		m.By = casework.ByService
		m.Delivery.State = casework.Attempting
		return m, nil
	}
	m.Delivery.To = b.address
	if m.Delivery.To == "" {
		m.Delivery.To = b.conv.Address
	}
	return m, nil
}

// asShown notes the words of a permission that the channel had room for.
func (b *books) asShown(text string) {
	q := b.prompt.Question
	if q == nil || !q.Permission || q.Short == "" || strings.Contains(text, flows.PlainSMS(q.Text)) {
		return
	}
	if b.opening != nil {
		b.opening.Wording = q.Short
		return
	}
	b.conv.Prompt.Wording = q.Short
}

// notAfter is how long a planned text is worth sending; later it is a task.
const notAfter = 24 * time.Hour

// erase destroys what was kept of a conversation without permission. An alert
// and a task that was asked for have keys of their own and stay; so does the
// memory of a STOP.
func (b *books) erase() error {
	span := casework.Span{Prefix: casework.MessagePrefix(b.conv.ID), Limit: 200}
	for {
		messages, next, err := casework.Messages.Range(b.tx, span)
		if err != nil {
			return fmt.Errorf("find what to forget: %w", err)
		}
		for _, m := range messages {
			if m.DataKey != b.conv.DataKey {
				continue // a text to this phone as a duty number
			}
			if err := casework.Messages.Delete(b.tx, casework.MessageKey(m.Conversation, m.ID)); err != nil {
				return fmt.Errorf("forget a text: %w", err)
			}
		}
		if next == "" {
			break
		}
		span.After = next
	}
	if err := casework.Conversations.Delete(b.tx, string(b.conv.ID)); err != nil {
		return fmt.Errorf("forget the conversation: %w", err)
	}
	if err := casework.Jobs.Delete(b.tx, casework.JobKey(b.conv.ID, casework.JobForget)); err != nil {
		return err
	}
	if err := b.tx.Shred(b.conv.DataKey); err != nil {
		return fmt.Errorf("destroy the key: %w", err)
	}
	if b.contact.State == casework.ContactActive && b.contact.Safe != casework.SafeNo {
		return casework.ContactPoints.Delete(b.tx, casework.ContactPointKey(b.conv.ID))
	}
	return casework.ContactPoints.Put(b.tx, b.contact)
}

// tellDuty plans the text that tells a duty number of an alert, without any
// detail of the person (decision 27). n is how often the rota was told before:
// each time it is the next number's turn.
func (b *books) tellDuty(alert string, n int) error {
	if len(b.team.Duty) == 0 {
		return nil
	}
	text, err := b.engine.dutyText(b.team, alert)
	if err != nil {
		return err
	}
	id, err := b.ids.Next()
	if err != nil {
		return err
	}
	to := b.team.Duty[n%len(b.team.Duty)]
	once := "duty:" + alert
	if n > 0 {
		once += ":" + strconv.Itoa(n)
	}
	b.planned = true
	return casework.Messages.Put(b.tx, &casework.Message{
		ID: id, Conversation: casework.NewConversationID(b.tx, b.team.ID, casework.SMS, to),
		Team: b.team.ID, Way: casework.Out, By: casework.ByService, At: b.now, Text: casework.Private(text),
		Once: once,
		Delivery: &casework.Delivery{
			// No NotBefore: it sorts first in the outbox, before every notice.
			State: casework.Planned, Class: casework.ClassDuty, To: to, NotAfter: b.now.Add(notAfter),
		},
	})
}
