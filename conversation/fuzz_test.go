package conversation_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"linkline/conversation/casework"
	"linkline/flows"
	"linkline/flows/library"
)

// rude is what people type that no flow asks for, among what it does.
var rude = []string{
	"1", "2", "3", "4", "5", "6", "0", "9", "1 3", "7 12", "yes", "no", "yeah go on then", "nah", "not yes",
	"", " ", ".", "\u200b", "\xff\xfe", "back", "change", "skip", "menu", "call", "pause", "hello", "start", "stop",
	"unstop", "urgent", "help", "cancel", "end", "quit", "who is this", "wrong number", "f*** off", "leave me alone",
	"Maureen", "its Maureen x", "3/4/56", "4 may 1961", "31/02/1990", "sw1a1aa", "dr shah on mill lane",
	"my husband died and im on my own", "i cant pay my leccy", "to get out on a thursday again", "1.", "one", "２",
	"1️⃣", "👍", "💊😭", "monney", "lonley", "talk to a person", "take it back", "next week", "2026-12-01",
	"<script>alert(1)</script>", "{name}", "%s%n", "'; DROP TABLE", "=HYPERLINK()", "مرحبا كيف حالك", "07700 900456",
	"no food", "i want to kill myself", "he hits me", "i feel fine", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "S T O P",
}

// routes leads to a person from wherever a conversation stands: the words that
// always count, and what opens a door that the person has closed.
var routes = []string{"start", "menu", "call"}

// FuzzConversation plays random, rude and mistyped replies. Nothing panics, no
// turn fails, and from wherever it ends a person can be reached.
func FuzzConversation(f *testing.F) {
	for seed := range uint64(12) {
		f.Add(seed, "")
	}
	lib := fuzzLibrary(f)
	f.Fuzz(func(t *testing.T, seed uint64, odd string) {
		if len(odd) > 4096 {
			return
		}
		p := newPlay(t, lib, monday)
		random := rand.New(rand.NewPCG(seed, 1))
		for range 40 {
			text := rude[random.IntN(len(rude))]
			if random.IntN(20) == 0 {
				text = odd
			}
			p.say(t, text)
		}
		p.reachesAPerson(t)
	})
}

func fuzzLibrary(f *testing.F) *flows.Library {
	f.Helper()
	lib, err := flows.Load(library.Files())
	if err != nil {
		f.Fatal(err)
	}
	return lib
}

// reachesAPerson fails unless a few plain words make a task, or somebody
// already has one or holds the conversation.
func (p *play) reachesAPerson(t testing.TB) {
	t.Helper()
	for _, word := range append(routes, "1", "1", "1", "call", "1", "1", "1") {
		if p.personKnows(t) {
			return
		}
		p.say(t, word)
	}
	if !p.personKnows(t) {
		c, _ := p.records(t)
		t.Errorf("nobody can be reached from %+v", c)
	}
}

// personKnows reports whether a worker has something to do for this phone.
func (p *play) personKnows(t testing.TB) bool {
	t.Helper()
	open := 0
	err := p.store.View(t.Context(), "demo", func(tx casework.Tx) error {
		tasks, _, err := casework.Tasks.Range(tx, casework.Span{Index: "open"})
		open = len(tasks)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, k := p.records(t)
	return open > 0 || len(p.alerts(t)) > 0 || k != nil && k.State != casework.CaseStarted
}

// TestEveryStateHasARouteToAPerson stands at each question of each flow and
// asks for a person.
func TestEveryStateHasARouteToAPerson(t *testing.T) {
	t.Parallel()
	lib := loadLibrary(t)
	for _, f := range lib.Flows() {
		for _, s := range f.Steps {
			if !s.Asks() {
				continue
			}
			t.Run(f.ID+"."+s.ID, func(t *testing.T) {
				t.Parallel()
				p := newPlay(t, lib, monday)
				p.agree(t)
				p.stand(t, f, s)
				p.say(t, "talk to a person", "1", "1")
				if !p.personKnows(t) {
					t.Errorf("no task after CALL")
				}
			})
		}
	}
}

// stand puts the conversation at a step, as if a flow had led there.
func (p *play) stand(t testing.TB, f *flows.Flow, s *flows.Step) {
	t.Helper()
	err := p.store.Update(t.Context(), "test", "demo", func(tx casework.Tx) error {
		id := casework.NewConversationID(tx, "demo", casework.SMS, phone)
		c, err := casework.Conversations.Get(tx, string(id))
		if err != nil {
			return err
		}
		place := casework.Place{Flow: f.ID, Version: f.Version, Step: s.ID}
		about, err := p.somethingOf(tx, c, f.About)
		if err != nil {
			return err
		}
		c.Stack = []casework.Frame{{Place: place, About: about, Ours: f.About != ""}}
		c.Prompt = &casework.OpenPrompt{ID: "p", Place: place, AskedAt: p.clock.Now()}
		return casework.Conversations.Put(tx, c)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// somethingOf puts one thing of each kind into the course of the case, and
// returns the one of a kind.
func (p *play) somethingOf(tx casework.Tx, c *casework.Conversation, kind string) (casework.About, error) {
	if kind == "" || kind == string(casework.AboutInvitation) {
		return casework.About{Kind: casework.AboutKind(kind)}, nil
	}
	k, err := casework.Cases.Get(tx, string(c.Case))
	if err != nil {
		return casework.About{}, err
	}
	course := &casework.Course{
		Case: k.ID, Team: k.Team, Conversation: c.ID, DataKey: k.DataKey,
		Appointments: []*casework.Appointment{{
			ID: "a", Type: casework.Assessment, State: casework.Offered, Start: monday, Slots: []time.Time{monday},
		}},
		Onward:    []*casework.Onward{{ID: "o", State: casework.OnwardAsked, Org: "Citizens Advice"}},
		Plans:     []*casework.Plan{{ID: "p", Version: 1, State: casework.PlanProposed, Goals: []casework.Goal{{Text: "join the choir"}}}},
		Measures:  []*casework.Measure{{ID: "3m", Point: casework.ThreeMonths, State: casework.MeasureDue}},
		Signposts: []*casework.Signpost{{ID: "s", State: casework.SignpostGiven, Org: "Citizens Advice"}},
	}
	return lastOf(course, kind, "3m"), casework.Courses.Put(tx, course)
}
