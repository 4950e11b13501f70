package conversation

import "linkline/conversation/casework"

// Withdraw takes a permission back and cancels what stood on it (decision 17).
// Forget destroys all that was kept of a conversation without permission: a
// "no" to C1, or 72 hours without an answer (decision 14). It never touches an
// alert, nor a task that was asked for.
type Withdraw struct {
	Purpose casework.Purpose
	Reply   casework.Private
	Forget  bool
}

func (w Withdraw) apply(b *books) error {
	if w.Forget {
		b.forget = true
		return nil
	}
	if b.conv.Person == "" {
		return nil
	}
	value := Permit{Purpose: w.Purpose, Value: casework.PermissionWithdrawn, Reply: w.Reply}
	if err := value.apply(b); err != nil {
		return err
	}
	if w.Purpose != casework.PurposeKeep || b.caseOf == nil {
		return nil
	}
	return Task{Kind: casework.TaskRequest, Words: w.Reply}.apply(b)
}
