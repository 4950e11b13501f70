package reading

// Understand reads a reply as Read does, and knows the requests that outrank an
// answer: STOP always, START and UNSTOP never an answer, and the other ones
// where the reply is no choice of the question's. The outcome is then the
// request itself. It is for showing how a reply is read; what comes of one is
// for package conversation, which also knows what was asked before.
func Understand(q Question, text string) Reading {
	asked := IntentOf(text, q.Language, q.Today, q.Enabled...)
	if asked.Intent == OptOutWord || asked.Intent == OptOutPhrase || asked.Intent == OptIn {
		return Reading{Outcome: Outcome(asked.Intent), Rule: asked.Rule}
	}
	r := Read(q, text)
	chosen := r.Outcome == Value && picked(q)
	if asked.Intent == NoIntent || asked.Intent == Hello || chosen {
		return r
	}
	out := Reading{Outcome: Outcome(asked.Intent), Rule: asked.Rule}
	if asked.Until != "" {
		out.Candidates = []string{asked.Until}
	}
	return out
}

// picked reports a question that offers its answers.
func picked(q Question) bool {
	return q.Type == YesNo || len(q.Options) > 0
}
