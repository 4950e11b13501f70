package desk

import (
	"testing"
	"time"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// reference is a valid reference that begins with five characters.
func reference(t testing.TB, five string) string {
	t.Helper()
	for _, check := range "23456789ABCDEFGHJKMNPQRSTUVWXYZ" {
		if code, ok := conversation.ValidReference(five + string(check)); ok {
			return code
		}
	}
	t.Fatalf("no reference begins with %s", five)
	return ""
}

// seed is one case with all that belongs to it, ready to be changed before it
// is kept.
type seed struct {
	team     casework.TeamID
	c        casework.Case
	person   casework.Person
	talk     casework.Conversation
	point    casework.ContactPoint
	messages []casework.Message
	notes    []casework.Note
	tasks    []casework.Task
	alert    *casework.Alert
	said     string
	course   *casework.Course
	jobs     []casework.Job
}

// maureen is a person who has sent her request three days ago and wrote again
// this morning.
func maureen(t testing.TB) *seed {
	t.Helper()
	at := morning.Add(-72 * time.Hour)
	s := &seed{team: "riverside"}
	s.c = casework.Case{
		ID: "case-maureen", Reference: reference(t, "MRN23"), State: casework.CaseSubmitted,
		Route: casework.RouteSelfText, OpenedAt: at, LastInAt: morning.Add(-time.Hour), Needs: []string{"loneliness", "bereavement"},
		First: "loneliness", DueAt: time.Date(2026, 11, 27, 17, 0, 0, 0, time.UTC), Promised: "2026-11-27",
		WhatMatters: []casework.Statement{{Words: "my husband died in march and im on my own. id like to get out on a thursday again", At: at}},
		Answers: map[string]casework.Answer{
			"name":     {Values: []string{"Maureen"}, Words: "Maureen", At: at},
			"needs":    {Values: []string{"loneliness", "bereavement"}, Words: "3 11", At: at},
			"first":    {Values: []string{"loneliness"}, Words: "3", At: at},
			"safe_now": {Values: []string{"yes"}, Words: "1", At: at},
			"shared":   {Values: []string{"no"}, Words: "no its my own phone", At: at},
		},
	}
	s.person = casework.Person{
		ID: "person-maureen", PreferredName: "Maureen", FullName: "Maureen Okafor", DateOfBirth: "1954-05-04",
		Phone: "+447700900123", Language: "en", AccessNeeds: []string{"large_print"}, CreatedAt: at,
	}
	s.talk = casework.Conversation{ID: "talk-maureen", Channel: casework.SMS, Language: "en", Address: "+447700900123"}
	s.point = casework.ContactPoint{Channel: casework.SMS, State: casework.ContactActive, Safe: casework.SafeYes}
	s.messages = []casework.Message{
		{ID: "01a", Way: casework.In, By: casework.ByPerson, At: at},
		{ID: "01b", Way: casework.Out, By: casework.ByService, At: at, Text: "Hello, this is Riverside Link. Who needs help? Text 1 for me.", Delivery: &casework.Delivery{State: casework.Accepted, Class: casework.ClassAnswer}},
		{ID: "01c", Way: casework.In, By: casework.ByPerson, At: at.Add(time.Minute), Text: "my husband died in march and im on my own. id like to get out on a thursday again"},
		{ID: "01d", Way: casework.In, By: casework.ByPerson, At: morning.Add(-time.Hour), Text: "is there a bus to it", Unread: true},
	}
	s.c.Unread, s.c.NeedsReply = 1, true
	return s
}

// named makes a case of somebody else out of the same story.
func named(t testing.TB, name, five string) *seed {
	t.Helper()
	s := maureen(t)
	s.c.ID, s.person.ID, s.talk.ID = casework.CaseID("case-"+name), casework.PersonID("person-"+name), casework.ConversationID("talk-"+name)
	s.c.Reference, s.person.PreferredName = reference(t, five), casework.Private(name)
	return s
}

// keep stores a seed.
func (wd *world) keep(s *seed) *seed {
	wd.t.Helper()
	key := casework.KeyID("key-" + string(s.c.ID))
	s.c.Team, s.c.DataKey, s.c.Person, s.c.Conversation = s.team, key, s.person.ID, s.talk.ID
	s.person.Team, s.person.DataKey, s.person.Conversation = s.team, key, s.talk.ID
	s.talk.Team, s.talk.DataKey, s.talk.Person, s.talk.Case = s.team, key, s.person.ID, s.c.ID
	s.point.ID, s.point.Team = s.talk.ID, s.team
	wd.put(func(tx casework.Tx) error {
		c, person, talk, point := s.c, s.person, s.talk, s.point
		if err := casework.Cases.Put(tx, &c); err != nil {
			return err
		}
		if err := casework.People.Put(tx, &person); err != nil {
			return err
		}
		if err := casework.Conversations.Put(tx, &talk); err != nil {
			return err
		}
		if err := casework.ContactPoints.Put(tx, &point); err != nil {
			return err
		}
		if err := casework.Permissions.Put(tx, &casework.Permission{
			ID: "01", Team: s.team, Person: s.person.ID, DataKey: key, Purpose: casework.PurposeKeep,
			Value: casework.PermissionYes, Wording: "Is that OK?", Version: 1, Language: "en", Channel: casework.SMS,
			Reply: "1", TakenBy: casework.ByService, At: s.c.OpenedAt,
		}); err != nil {
			return err
		}
		return s.keepWork(tx, key)
	})
	return s
}

func (s *seed) keepWork(tx casework.Tx, key casework.KeyID) error {
	for _, m := range s.messages {
		m.Team, m.DataKey, m.Conversation, m.Case = s.team, key, s.talk.ID, s.c.ID
		if err := casework.Messages.Put(tx, &m); err != nil {
			return err
		}
	}
	for _, n := range s.notes {
		n.Team, n.DataKey, n.Case = s.team, key, s.c.ID
		if err := casework.Notes.Put(tx, &n); err != nil {
			return err
		}
	}
	if err := s.keepCourse(tx, key); err != nil {
		return err
	}
	for _, task := range s.tasks {
		task.Team, task.DataKey, task.Case = s.team, "task:"+casework.KeyID(task.ID), s.c.ID
		if err := casework.Tasks.Put(tx, &task); err != nil {
			return err
		}
	}
	if s.alert == nil {
		return nil
	}
	alert := *s.alert
	alert.Team, alert.Conversation, alert.Case = s.team, s.talk.ID, s.c.ID
	if err := casework.Alerts.Put(tx, &alert); err != nil {
		return err
	}
	return casework.AlertWords.Put(tx, &casework.AlertWord{
		ID: alert.ID, Team: s.team, DataKey: casework.KeyID("alert:" + alert.ID), Text: casework.Private(s.said),
		Matched: casework.Private(s.said), Address: s.talk.Address, Channel: casework.SMS,
	})
}

// joan cannot wait: she wrote something frightening twenty minutes ago.
func joan(t testing.TB) *seed {
	t.Helper()
	s := named(t, "Joan", "JAN45")
	s.person.DateOfBirth, s.person.FullName, s.person.AccessNeeds = "1944-02-11", "Joan Ellis", nil
	s.c.CannotWait, s.c.DueAt = true, morning.Add(40*time.Minute)
	s.c.OpenedAt = morning.Add(-40 * time.Minute)
	s.said = "cant see the point of going on anymore"
	s.c.Fired = []casework.FiredRule{{Rule: "answer.not_safe", Words: "3", At: morning}}
	s.alert = &casework.Alert{
		ID: "alert-joan", Class: "C", Rules: []string{"c.no_point"}, State: casework.AlertRaised,
		RaisedAt: morning.Add(-20 * time.Minute), DueAt: morning.Add(40 * time.Minute),
	}
	return s
}
