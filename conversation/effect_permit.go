package conversation

import "linkline/conversation/casework"

// Permit adds the answer to a request for permission to the record that is only
// ever added to. Before there is a person, a "no" leaves nothing (decision 14).
type Permit struct {
	Purpose casework.Purpose
	Value   string
	Wording string
	Version int
	Reply   casework.Private
}

func (p Permit) apply(b *books) error {
	if p.Purpose == casework.PurposeKeep {
		b.keeps = p.Value == casework.PermissionYes
	}
	if b.conv.Person == "" {
		b.permits = append(b.permits, p) // kept when the case opens, gone if it does not
		return nil
	}
	if b.conv.Permitted == nil {
		b.conv.Permitted = map[casework.Purpose]string{}
	}
	b.conv.Permitted[p.Purpose] = p.Value
	b.replans = true
	id, err := b.ids.Next()
	if err != nil {
		return err
	}
	if err := casework.Permissions.Put(b.tx, &casework.Permission{
		ID: id, Team: b.team.ID, Person: b.conv.Person, DataKey: b.conv.DataKey,
		Purpose: p.Purpose, Value: p.Value, Wording: p.Wording, Version: p.Version,
		Language: b.conv.Language, Channel: b.conv.Channel, Reply: p.Reply,
		TakenBy: casework.ByService, At: b.now,
	}); err != nil {
		return err
	}
	return b.audit("permission "+string(p.Purpose)+" "+p.Value, string(b.conv.Person), "")
}
