package desk

import (
	"strings"

	"linkline/channels/desk/words"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// dutyMark begins the name of a text that tells a duty phone of an alert; the
// alert's id comes after it.
const dutyMark = "duty:"

// dutySaid says whether the duty phone was told of an alert, and whether that
// went wrong: a colleague who does not know will not ring.
func dutySaid(tx casework.Tx, clock words.Clock, team *conversation.Team, alert string) (say string, bad bool, err error) {
	texts, _, err := casework.Messages.Range(tx, casework.Span{Index: "once", Prefix: dutyMark + alert, Limit: openLimit})
	if err != nil {
		return "", false, err
	}
	var parts []string
	for _, m := range texts {
		sent, wrong := words.Sent(m.Delivery)
		bad = wrong // the last one counts
		parts = append(parts, "Text to the duty phone, "+clock.Short(m.At)+": "+sent)
	}
	if len(parts) == 0 && len(team.Duty) == 0 {
		return "Nobody was on duty: nobody was told by text", true, nil
	}
	return strings.Join(parts, ". "), bad, nil
}

// failedText says of a task about a text that did not arrive which text it was,
// and why. The task bears the text's own id.
func failedText(tx casework.Tx, t *casework.Task, row *taskRow) error {
	if t.Kind != casework.TaskUndeliver && t.Kind != casework.TaskLate && t.Kind != casework.TaskOptedOut {
		return nil
	}
	m, err := casework.Messages.Find(tx, casework.MessageKey(t.Conversation, t.ID))
	if err != nil || m == nil || m.Way != casework.Out {
		return err
	}
	var failed bool
	row.Why, failed = words.Sent(m.Delivery)
	row.Arrives = !failed
	if rest, ok := strings.CutPrefix(m.Once, dutyMark); ok {
		row.Alert, _, _ = strings.Cut(rest, ":")
		row.What = "The duty phone may not know of an alert: see to it yourself"
		return nil
	}
	row.Text = words.Visible(m.Text.Reveal())
	return nil
}
