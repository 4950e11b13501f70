package desk

import (
	"fmt"
	"net/http"
	"testing"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// What the engine says against an invitation is said in words, and the form
// still holds what was typed (F13).
func TestWhyAnInvitationToAGroupIsNotSent(t *testing.T) {
	t.Parallel()
	for err, c := range map[error]struct {
		status int
		say    string
	}{
		conversation.ErrNoPermission: {http.StatusConflict, "has said no to texts about groups"},
		conversation.ErrEnough:       {http.StatusConflict, "has had two invitations in the last month"},
		conversation.ErrPast:         {http.StatusUnprocessableEntity, "That time has passed."},
	} {
		wd := newWorld(t)
		path := "/case/" + wd.keep(along(t)).c.Reference + "/group"
		wd.engine.fail = fmt.Errorf("book: %w", err)
		got := wd.signedIn("amy").post(path, with(forms()["group"].form, "one", nil))
		want(t, got, c.status, c.say, `value="Thursday singers"`, `value="Mill Lane Hall"`, `value="2pm"`, `value="one"`)
	}
}

func TestThePageOfAGroupSaysWhatThePersonSaidOfSuchTexts(t *testing.T) {
	t.Parallel()
	const never, no = "they are asked that first", "They have said no to texts about groups."
	for name, c := range map[string]struct {
		permitted   map[casework.Purpose]string
		says, lacks []string
	}{
		"never asked": {nil, []string{never}, []string{no}},
		"no":          {map[casework.Purpose]string{casework.PurposeGroups: casework.PermissionNo}, []string{no}, []string{never}},
		"yes":         {map[casework.Purpose]string{casework.PurposeGroups: casework.PermissionYes}, nil, []string{no, never}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			s := along(t)
			s.talk.Permitted = c.permitted
			path := "/case/" + wd.keep(s).c.Reference
			b := wd.signedIn("amy")
			want(t, b.get(path), http.StatusOK, `href="`+path+`/group"`)
			got := b.get(path + "/group")
			want(t, got, http.StatusOK, c.says...)
			lacks(t, got.Body.String(), c.lacks...)
		})
	}
}
