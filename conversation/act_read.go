package conversation

import (
	"context"

	"linkline/conversation/casework"
)

// Read marks the person's texts as read by a worker and leaves a trace that she
// opened the case (messaging-safety 4.4).
func (e *Engine) Read(ctx context.Context, by Actor, id casework.CaseID) error {
	return e.work(ctx, SiteRead, by, id, func(b *books, _ Facts) error {
		if b.caseOf.Unread > 0 {
			if err := b.markRead(); err != nil {
				return err
			}
			b.caseOf.Unread = 0
			if err := casework.Cases.Put(b.tx, b.caseOf); err != nil {
				return err
			}
		}
		return b.audit("case opened by a worker", string(id), "")
	})
}

func (b *books) markRead() error {
	span := casework.Span{Prefix: casework.MessagePrefix(b.caseOf.Conversation), Reverse: true, Limit: 200}
	left := b.caseOf.Unread
	for left > 0 {
		messages, next, err := casework.Messages.Range(b.tx, span)
		if err != nil {
			return err
		}
		for _, m := range messages {
			if !m.Unread || left == 0 {
				continue
			}
			m.Unread = false
			left--
			if err := casework.Messages.Put(b.tx, m); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		span.After = next
	}
	return nil
}
