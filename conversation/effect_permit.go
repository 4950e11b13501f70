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
	// About is the referral that a permission to share is for: a yes to one
	// organisation is none to another.
	About casework.About
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
	given := &casework.Permission{
		ID: id, Team: b.team.ID, Person: b.conv.Person, DataKey: b.conv.DataKey,
		Purpose: p.Purpose, Value: p.Value, Wording: p.Wording, Version: p.Version,
		Language: b.conv.Language, Channel: b.conv.Channel, Reply: p.Reply,
		TakenBy: casework.ByService, At: b.now,
	}
	if err := casework.Permissions.Put(b.tx, given); err != nil {
		return err
	}
	if err := p.note(b, given); err != nil {
		return err
	}
	return b.audit("permission "+string(p.Purpose)+" "+p.Value, string(b.conv.Person), "")
}

// note keeps with a referral which permission it rests on.
func (p Permit) note(b *books, given *casework.Permission) error {
	if p.About.Kind != casework.AboutOnward || p.Value != casework.PermissionYes {
		return nil
	}
	course, err := b.changeCourse()
	if err != nil {
		return err
	}
	if o := course.Referral(p.About.ID); o != nil {
		o.Permission = casework.PermissionKey(given.Person, given.ID)
	}
	return nil
}
