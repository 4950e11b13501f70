package casework

import (
	"time"

	"github.com/looplab/fsm"
)

// InvitationState is where an invitation stands.
type InvitationState string

// The states of an invitation.
const (
	Invited            InvitationState = "invited"
	InvitationAccepted InvitationState = "accepted"
	InvitationDeclined InvitationState = "declined"
	InvitationSilent   InvitationState = "no_response" // two attempts, and nothing was heard
)

// Invitation is somebody whom an agency suggested to us (F19). She has agreed to
// nothing yet: it has a data key of its own, says who suggested it and keeps why,
// which is never texted. What became of it is told to whoever suggested it.
type Invitation struct {
	Stamp
	ID           string          `json:"id"`
	Team         TeamID          `json:"team"`
	DataKey      KeyID           `json:"data_key"`
	Conversation ConversationID  `json:"conversation"`
	State        InvitationState `json:"state"`
	Name         Private         `json:"name,omitempty"`
	Phone        Private         `json:"phone"`
	// Referrer is who suggested it, as it stands in the text; Reason is why.
	Referrer Private `json:"referrer"`
	Reason   Private `json:"reason,omitempty"`
	// By is the worker who sent it, At when, and Tries how often.
	By        UserID    `json:"by"`
	At        time.Time `json:"at"`
	Tries     int       `json:"tries"`
	SettledAt time.Time `json:"settled_at,omitzero"`
}

// Invitations are found by their id, and while they are open by conversation.
var Invitations = declare(spec[Invitation]{
	name: "invitation",
	key:  func(i *Invitation) string { return i.ID },
	team: func(i *Invitation) TeamID { return i.Team },
	seal: func(i *Invitation) KeyID { return i.DataKey },
	indexes: []index[Invitation]{
		{name: "open", unique: true, entries: func(i *Invitation) []string {
			if i.State != Invited {
				return nil
			}
			return []string{string(i.Conversation)}
		}},
	},
})

// Subject names the invitation.
func (i *Invitation) Subject() About { return About{Kind: AboutInvitation, ID: i.ID} }

var invitationLife = Life{name: "invitation", first: string(Invited), events: []fsm.EventDesc{
	{Name: "accept", Src: states(Invited, InvitationSilent, InvitationDeclined), Dst: string(InvitationAccepted)},
	{Name: "decline", Src: states(Invited, InvitationSilent), Dst: string(InvitationDeclined)},
	{Name: "give_up", Src: states(Invited), Dst: string(InvitationSilent)},
}}

// Fire moves the invitation along its life: accept, decline, give_up.
func (i *Invitation) Fire(event string, now time.Time) error {
	to, err := invitationLife.fire(string(i.State), event)
	if err != nil {
		return err
	}
	i.State, i.SettledAt = InvitationState(to), now
	return nil
}
