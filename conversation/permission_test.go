package conversation_test

import (
	"errors"
	"strings"
	"testing"

	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

func TestNothingIsSentAfterAWithdrawal(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	p.say(t, "take it back")
	p.replies = nil
	if err := p.deed(t, id, "pick up"); err != nil {
		t.Fatal(err)
	}
	if err := p.deed(t, id, "reply hello there"); !errors.Is(err, conversation.ErrCannotText) {
		t.Errorf("a worker texts somebody who took her permission back: %v", err)
	}
	p.deliver(t)
	if len(p.replies) > 0 {
		t.Errorf("planned after a withdrawal: %q", p.replies)
	}
}

func TestNoAnswerIsKeptAfterAWithdrawal(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.say(t, "take it back")
	p.say(t, "CHANGE", "1", "Zebedee")
	if k := p.one(t); strings.Contains(k.Answers["name"].Words.Reveal(), "Zebedee") {
		t.Error("an answer is kept after the permission to keep was taken back")
	}
}

func TestAPermissionRecordsTheWordsSheRead(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	p.say(t, "hello", "1", "1", "1")
	ask := p.say(t, "1")
	p.team.PrivacyURL = "https://new.example.org"
	p.say(t, "1")
	_ = p.store.View(t.Context(), "demo", func(tx casework.Tx) error {
		all, _, err := casework.Permissions.Range(tx, casework.Span{})
		if len(all) != 1 || all[0].Version == 0 {
			t.Errorf("permissions: %+v", all)
		}
		for _, x := range all {
			if !strings.Contains(ask, x.Wording) {
				t.Errorf("recorded %q, she read %q", x.Wording, ask)
			}
		}
		return err
	})
}

func TestAPermissionInShortIsRecordedInShort(t *testing.T) {
	t.Parallel()
	p := newPlay(t, loadLibrary(t), monday)
	long := "How we keep it safe: " + strings.Repeat("in a good safe ", 25)
	lib, err := flows.Load(edited(t, "words/en/referral.yaml", "    locked: information", "    short: May we keep it?\n    locked: information",
		"How we keep it safe: ", long))
	if err != nil {
		t.Fatal(err)
	}
	if p.engine, err = p.again(t, lib, nil); err != nil {
		t.Fatal(err)
	}
	p.say(t, "hello", "1", "1", "1")
	if got := p.say(t, "1"); !strings.Contains(got, "May we keep it?") {
		t.Fatalf("she is not asked in short: %q", got)
	}
	p.say(t, "1")
	_ = p.store.View(t.Context(), "demo", func(tx casework.Tx) error {
		all, _, err := casework.Permissions.Range(tx, casework.Span{})
		if len(all) != 1 || all[0].Wording != "May we keep it?" {
			t.Errorf("permissions: %+v", all)
		}
		return err
	})
}

func TestNoTaskKeepsHerAddressBeforePermission(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"CANCEL", "wrong number, this is Bob Smith"} {
		p := newPlay(t, loadLibrary(t), monday)
		p.say(t, "hello", text)
		for _, x := range p.openTasks(t) {
			if x.Address != "" || x.Words != "" {
				t.Errorf("%q before permission keeps address %q words %q", text, x.Address.Reveal(), x.Words.Reveal())
			}
		}
	}
}

func TestAHelperIsKeptApartFromTheOwnerOfThePhone(t *testing.T) {
	t.Parallel()
	p, _ := referred(t)
	p.say(t, "HELLO", "2", "1", "Dan", "2")
	p.say(t, "07700 900555")
	k := p.one(t)
	if len(k.Answers["ring_name"].Values) > 0 {
		t.Errorf("the helper's name is an answer of her case: %v", k.Answers["ring_name"])
	}
	p.say(t, "CALL", "1", "1")
	for _, x := range p.openTasks(t) {
		if x.Kind == casework.TaskRing && x.Name == "Dan" {
			t.Error("she asks for a call and the task is Dan's")
		}
	}
	_ = p.store.View(t.Context(), "demo", func(tx casework.Tx) error {
		person, err := casework.People.Find(tx, string(k.Person))
		if person.Phone != phone {
			t.Errorf("her number is now %q", person.Phone.Reveal())
		}
		return err
	})
}

func TestOnlyTheHolderGivesTheConversationBack(t *testing.T) {
	t.Parallel()
	p, old := referred(t)
	priya := conversation.Actor{Team: "demo", User: "priya"}
	p.hireAs(t, "priya")
	for _, act := range []string{"pick up", "close goals_met"} {
		if err := p.deed(t, old, act); err != nil {
			t.Fatal(err)
		}
	}
	p.say(t, "hello", "1", "1", "1", "1", "1", "1", "Maureen", "a new thing")
	id := p.one(t).ID
	if err := p.engine.PickUp(t.Context(), priya, id, conversation.Meeting{}); err != nil {
		t.Fatal(err)
	}
	if err := p.engine.Answer(t.Context(), priya, id, conversation.Writing{Text: "hello", Once: "1"}); err != nil {
		t.Fatal(err)
	}
	for _, of := range []casework.CaseID{old, id} {
		if err := p.engine.GiveBack(t.Context(), amy, of); !errors.Is(err, casework.ErrClaimed) {
			t.Errorf("somebody else gives it back: %v, want ErrClaimed", err)
		}
	}
	if err := p.engine.GiveBack(t.Context(), priya, id); err != nil {
		t.Errorf("the holder gives it back: %v", err)
	}
}

// A worker who has not read it yet must not text on.
func TestAWithdrawalCountsWhileAWorkerHolds(t *testing.T) {
	t.Parallel()
	p, id := referred(t)
	for _, act := range []string{"pick up", "reply Hello Maureen"} {
		if err := p.deed(t, id, act); err != nil {
			t.Fatal(err)
		}
	}
	if got := p.say(t, "take it back"); !strings.Contains(got, "no longer use") {
		t.Errorf("the reply is %q", got)
	}
	if err := p.deed(t, id, "reply one more thing"); !errors.Is(err, conversation.ErrCannotText) {
		t.Errorf("a text after it: %v, want ErrCannotText", err)
	}
}

// A yes to one organisation is none to another: each referral names the very
// permission that it rests on, with the organisation in its words.
func TestAReferralNamesThePermissionItRestsOn(t *testing.T) {
	t.Parallel()
	p, id := followed(t)
	p.act(t, id, "refer money to Citizens Advice")
	p.say(t, "1")
	p.act(t, id, "refer housing to Shelter")
	p.say(t, "2")
	course := p.theCourse(t, id)
	if got := course.Referral("housing"); got.State != casework.OnwardRefused || got.Permission != "" {
		t.Errorf("she said no to Shelter, and its referral is %s with permission %q", got.State, got.Permission)
	}
	given := course.Referral("money")
	if given.State != casework.OnwardRequested || given.Permission == "" {
		t.Fatalf("she said yes to Citizens Advice, and its referral is %s with permission %q", given.State, given.Permission)
	}
	err := p.store.View(t.Context(), "demo", func(tx casework.Tx) error {
		permission, err := casework.Permissions.Get(tx, given.Permission)
		if err != nil {
			return err
		}
		if !strings.Contains(permission.Wording, "Citizens Advice") || permission.Value != casework.PermissionYes {
			t.Errorf("the permission is %s to %q", permission.Value, permission.Wording)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
