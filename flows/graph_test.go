package flows

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGraph(t *testing.T) {
	t.Parallel()
	f, _ := good(t).Flow("ask", 0)
	want := `stateDiagram-v2
    [*] --> s_welcome
    s_welcome: welcome
    s_who: who (choice)
    s_keep: keep (permission for keep)
    s_open: open
    s_worry: worry (scale)
    state s_fork <<choice>>
    s_ring: ring (plays call)
    s_done: done
    s_refused: refused
    s_left: left
    s_friend: friend (leaves for call)
    s_welcome --> s_who
    s_who --> s_keep: me
    s_who --> s_friend: friend
    s_keep --> s_open: yes
    s_keep --> s_refused: no
    s_open --> s_worry
    s_worry --> s_fork
    s_worry --> s_fork: passed over when worry is known
    s_fork --> s_ring: worry is 9 or 10 and who is not friend
    s_fork --> s_done: otherwise
    s_ring --> s_done
    s_done --> [*]
    s_refused --> s_left
    s_left --> [*]
    s_friend --> [*]
`
	if diff := cmp.Diff(Graph(f), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestOutline(t *testing.T) {
	t.Parallel()
	f, _ := good(t).Flow("ask", 0)
	want := `- **welcome** says something
  - on to who
- **who** asks for choice: 1 me, 2 friend
  - me: on to keep
  - friend: on to friend
- **keep** asks permission for keep: 1 yes, 2 no
  - yes: on to open
  - no: on to refused
- **open** does open_case
  - on to worry
- **worry** asks for scale
  - on to fork
  - passed over when worry is known: on to fork
- **fork** chooses by what is known
  - worry is 9 or 10 and who is not friend: on to ring
  - otherwise: on to done
- **ring** plays call
  - on to done
- **done** does submit, does mark safe, says something, ends (done)
  - it ends here
- **refused** does forget, says something
  - on to left
- **left** ends (declined)
  - it ends here
- **friend** leaves for call
  - it ends here
`
	if diff := cmp.Diff(Outline(f), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestWordsForConditionsAndDetours(t *testing.T) {
	t.Parallel()
	c := &Condition{
		Known: "a", Unknown: "b", Is: map[string][]string{"c": {"x", "y"}},
		IsNot: map[string][]string{"d": {"z"}}, Permitted: "keep", Refused: "tell_gp",
	}
	want := "a is known and b is not known and c is x or y and d is not z" +
		" and permission for keep is given and permission for tell_gp was refused"
	if got := c.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for want, g := range map[string]*Go{
		"plays call":                  {Flow: "call"},
		"plays call from when":        {Flow: "call", Step: "when"},
		"leaves for call from when":   {Flow: "call", Step: "when", Leave: true},
		"asks name of referral again": {Flow: "referral", Step: "name", Once: true},
	} {
		if got := g.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
