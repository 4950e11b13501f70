package desk

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
)

// formCase is one form on a case: what is typed in it, and the act that comes
// of it.
type formCase struct {
	path string
	form url.Values
	act  string // without the worker and the case
	say  string // on the page it leads to
}

// forms are all the forms between pick-up and closing, filled in well.
func forms() map[string]formCase {
	return map[string]formCase{
		"book": {"appointment", url.Values{
			"type": {"assessment"}, "day1": {"26"}, "month1": {"11"}, "year1": {"2026"}, "hour1": {"10.45am"}, "place": {"Mill Lane"},
		}, "book assessment 2026-11-26T10:45 45 Mill Lane    false", "The appointment is booked"},
		"offer": {"appointment", url.Values{
			"type": {"phone_checkin"}, "day1": {"4"}, "month1": {"Jan"}, "hour1": {"2pm"}, "day2": {"26"}, "month2": {"11"}, "hour2": {"09:30"}, "minutes": {"20"},
		}, "book phone_checkin 2026-11-26T09:30,2027-01-04T14:00 20     false", "The times are offered"},
		"book together": {"appointment", url.Values{
			"type": {"accompany"}, "day1": {"1"}, "month1": {"12"}, "hour1": {"1100"}, "place": {"Citizens Advice"}, "meet": {"the door"}, "onward": {"money"}, "together": {"yes"},
		}, "book accompany 2026-12-01T11:00 30 Citizens Advice the door  money true", "The appointment is booked"},
		"move": {"appointment/together/move", url.Values{
			"day": {"30"}, "month": {"11"}, "year": {"2026"}, "hour": {"11:00"}, "place": {"Crown Street"},
		}, "move together 2026-11-30T11:00 Crown Street", "has its new time"},
		"call off": {"appointment/together/call-off", url.Values{}, "call-off together", "is called off"},
		"group": {"group", url.Values{
			"title": {"Thursday singers"}, "day": {"3"}, "month": {"12"}, "hour": {"2pm"}, "place": {"Mill Lane Hall"},
		}, "group group 2026-12-03T14:00 Thursday singers Mill Lane Hall", "The invitation is on its way"},
		"came":          {"appointment/today/visit", url.Values{"came": {"yes"}}, "visit today true", "they came"},
		"did not come":  {"appointment/today/visit", url.Values{"came": {"no"}}, "visit today false", "they did not come"},
		"contact":       {"contact", url.Values{"way": {"home_visit"}, "how": {"reached"}, "note": {"Made tea"}}, "contact home_visit true Made tea", "The contact is noted"},
		"left message":  {"contact", url.Values{"way": {"phone"}, "how": {"left_message"}}, "contact phone false Left a message.", "When do you try again?"},
		"try again":     {"again", url.Values{"when": {"afternoon"}, "do": {"none"}}, "ring-again 2026-11-24T14:00", "We will remind you"},
		"plan":          {"plan", url.Values{"version": {"2"}, "goal1": {"Sing"}, "why1": {"Joy"}, "who1": {"person"}, "day1": {"27"}, "month1": {"3"}, "strengths": {"Voice"}}, "plan 2 Sing|Joy|person|2027-03-27|false Voice ", "The plan is saved"},
		"refer":         {"referral", url.Values{"org": {"Age UK"}, "need": {"loneliness"}, "summary": {"Likes company"}}, "refer Age UK loneliness Likes company", "asked by text whether their name may be sent"},
		"move referral": {"referral/money", url.Values{"stands": {"received"}, "event": {"start"}, "outcome": {"Seen on Monday"}}, "referral money start Seen on Monday", "What became of the referral is saved"},
		"suggest":       {"signpost", url.Values{"org": {"StepChange"}, "phone": {"01632 960111"}, "what": {"Debt advice"}, "cost": {"Free"}}, "suggest StepChange Debt advice Free 01632 960111", "told of the service"},
		"unmet":         {"unmet", url.Values{"need": {"bereavement"}, "reason": {"full"}}, "unmet bereavement full ", "nothing suitable was found"},
		"ending":        {"ending", url.Values{"day": {"19"}, "month": {"2"}, "do": {"save"}}, "ending 2027-02-19", "The day is saved"},
		"no ending":     {"ending", url.Values{"do": {"none"}}, "ending ", "no day for the ending"},
	}
}

// with is a form with its token, and with other fields in place of its own.
func with(form url.Values, token string, other url.Values) url.Values {
	out := maps.Clone(form)
	out.Set("token", token)
	maps.Copy(out, other)
	return out
}

// full is an act as the fake engine notes it.
func full(act, who string) string {
	verb, rest, _ := strings.Cut(act, " ")
	return verb + " " + who + " case-maureen " + rest
}

func TestEachFormIsDoneOnce(t *testing.T) {
	t.Parallel()
	for name, f := range forms() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			on := "/case/" + wd.keep(along(t)).c.Reference + "/"
			b := wd.signedIn("amy")
			form := with(f.form, "one", nil)
			got := b.post(on+f.path, form)
			want(t, got, http.StatusSeeOther)
			want(t, b.get(strings.Split(got.Header().Get("Location"), "#")[0]), http.StatusOK, f.say)
			want(t, b.post(on+f.path, form), http.StatusSeeOther) // a double click
			did := wd.engine.did()
			if len(did) == 0 || did[0] != full(f.act, "amy") {
				t.Fatalf("got acts %q, want %q", did, full(f.act, "amy"))
			}
			for _, again := range did {
				if again != did[0] {
					t.Errorf("the same form did %q after %q", again, did[0])
				}
			}
		})
	}
}

// TestFormsWithATokenActOnceAndOtherWordsAgain looks at what the engine cannot
// see by itself: the forms that make something new each time.
func TestFormsWithATokenActOnceAndOtherWordsAgain(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]url.Values{
		"book": {"hour1": {"11:45"}}, "group": {"title": {"Friday singers"}}, "contact": {"note": {"Made coffee"}}, "refer": {"org": {"Age Concern"}},
		"suggest": {"org": {"Another"}}, "unmet": {"reason": {"cost"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			on := "/case/" + wd.keep(along(t)).c.Reference + "/"
			b := wd.signedIn("amy")
			f := forms()[name]
			for _, form := range []url.Values{with(f.form, "one", nil), with(f.form, "one", nil), with(f.form, "one", change), with(f.form, "two", nil)} {
				want(t, b.post(on+f.path, form), http.StatusSeeOther)
			}
			if did := wd.engine.did(); len(did) != 3 {
				t.Errorf("got acts %q, want one of each of the three different forms", did)
			}
		})
	}
}

func TestFormsOnAColleaguesCase(t *testing.T) {
	t.Parallel()
	for name, f := range forms() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			s := along(t)
			s.c.Worker = priya
			on := "/case/" + wd.keep(s).c.Reference + "/"
			b := wd.signedIn("amy")
			got := b.post(on+f.path, with(f.form, "one", nil))
			if f.path == "contact" || f.path == "again" {
				want(t, got, http.StatusSeeOther) // whoever rang says so
				return
			}
			want(t, got, http.StatusConflict)
			if did := wd.engine.did(); len(did) != 0 {
				t.Errorf("acted on a colleague's case: %q", did)
			}
			if strings.HasSuffix(f.path, "/visit") {
				want(t, got, http.StatusConflict, "A colleague has this case")
				return
			}
			want(t, got, http.StatusConflict, "Priya Shah has this case", on+"take-over")
			for field, values := range f.form {
				if kept(field) && !strings.Contains(got.Body.String(), ">"+values[0]+"</textarea>") {
					t.Errorf("what was typed in %s is lost", field)
				}
			}
			want(t, b.get(on+f.path), http.StatusOK, "Priya Shah has this case", "Take over this case")
		})
	}
}

// kept reports whether a field holds words that would be missed.
func kept(field string) bool {
	return strings.Contains(" place meet title org summary outcome what cost phone strengths goal1 ", " "+field+" ")
}

func TestFormsOfAnotherTeamAndOfNobody(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	on := "/case/" + wd.keep(along(t)).c.Reference + "/"
	never := "/case/" + reference(t, "NVR23") + "/"
	olu, nobody := wd.signedIn("olu"), wd.browser()
	for name, f := range forms() {
		if got, want := olu.post(on+f.path, f.form), olu.post(never+f.path, f.form); got.Code != http.StatusNotFound || got.Body.String() != want.Body.String() {
			t.Errorf("%s of another team: got %d, want the 404 of what never was", name, got.Code)
		}
		if got := nobody.post(on+f.path, f.form); got.Code != http.StatusUnauthorized {
			t.Errorf("%s of nobody: got %d, want 401", name, got.Code)
		}
		if strings.HasSuffix(f.path, "/visit") {
			continue
		}
		if got := olu.get(on + f.path); got.Code != http.StatusNotFound {
			t.Errorf("page of %s to another team: got %d, want 404", name, got.Code)
		}
	}
	want(t, olu.post(on+"take-over", url.Values{"reason": {"cannot_wait"}}), http.StatusNotFound)
	if did := wd.engine.did(); len(did) != 0 {
		t.Errorf("acted for another team or nobody: %q", did)
	}
}

func TestFormsOnACaseThatIsClosedOrNobodys(t *testing.T) {
	t.Parallel()
	for say, change := range map[string]func(*seed){
		"This case is closed.":            func(s *seed) { s.c.State = casework.CaseClosed },
		"Nobody has picked this up yet. ": func(s *seed) { s.c.Worker, s.c.State = "", casework.CaseSubmitted },
	} {
		wd := newWorld(t)
		s := along(t)
		change(s)
		on := "/case/" + wd.keep(s).c.Reference + "/"
		b := wd.signedIn("amy")
		for _, name := range []string{"book", "move", "call off", "plan", "refer", "move referral", "suggest", "unmet", "ending", "group"} {
			f := forms()[name]
			want(t, b.post(on+f.path, f.form), http.StatusConflict, "Nothing was done. "+say)
			want(t, b.get(on+f.path), http.StatusOK, say)
		}
		if did := wd.engine.did(); len(did) != 0 {
			t.Errorf("%s: acted all the same: %q", say, did)
		}
	}
}

func TestFormsKeepWhatWasTypedWhenTheEngineFails(t *testing.T) {
	t.Parallel()
	for name, f := range forms() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			on := "/case/" + wd.keep(along(t)).c.Reference + "/"
			b := wd.signedIn("amy")
			for fail, status := range map[error]int{
				errors.New("disk on fire"): http.StatusInternalServerError, casework.ErrConflict: http.StatusConflict,
				fmt.Errorf("x: %w", casework.ErrNotAllowed): http.StatusConflict, casework.ErrNotFound: http.StatusNotFound,
			} {
				wd.engine.fail = fail
				got := b.post(on+f.path, with(f.form, "one", nil))
				want(t, got, status)
				if strings.Contains(got.Body.String(), "disk on fire") {
					t.Error("the page shows the cause")
				}
				for field, values := range f.form {
					if kept(field) && status != http.StatusNotFound && !strings.Contains(got.Body.String(), values[0]) {
						t.Errorf("%v: what was typed in %s is lost", fail, field)
					}
				}
				if page := got.Body.String(); status == http.StatusInternalServerError && !strings.HasSuffix(f.path, "/visit") && !strings.Contains(page, `value="one"`) {
					t.Errorf("%v: the page has another token, so that sending it again could act twice", fail)
				}
			}
		})
	}
}

func TestBadInputGetsASentenceAndIsKept(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		form  string
		other url.Values
		say   string
		keeps string
	}{
		"a past day":            {"book", url.Values{"day1": {"20"}, "month1": {"11"}}, "That day has passed", `value="20"`},
		"a past hour":           {"book", url.Values{"day1": {"23"}, "month1": {"11"}, "hour1": {"9:00"}}, "That time has passed", `value="9:00"`},
		"an hour in words":      {"book", url.Values{"hour1": {"half two"}}, "Write the time of day, for example 2:30pm", `value="half two"`},
		"a bare hour":           {"book", url.Values{"hour1": {"9"}}, "Write the time of day", `value="9"`},
		"no day":                {"book", url.Values{"day1": {""}, "month1": {""}, "hour1": {""}}, "Write the day, for example 27 3 2027", "Mill Lane"},
		"no such day":           {"book", url.Values{"day1": {"31"}, "month1": {"2"}}, "Write a real date", `value="31"`},
		"a day in years":        {"book", url.Values{"year1": {"2031"}}, "more than a year away", `value="2031"`},
		"a day with letters":    {"book", url.Values{"day1": {"xx"}}, "Write a real date", `value="xx"`},
		"one time twice":        {"book", url.Values{"day2": {"26"}, "month2": {"11"}, "hour2": {"10:45"}}, "stands here twice", "Mill Lane"},
		"a type of one's own":   {"book", url.Values{"type": {"party"}}, "Choose what kind of appointment", "Mill Lane"},
		"a group with no name":  {"book", url.Values{"type": {"group"}}, "Write what the group is called", "Mill Lane"},
		"minutes in words":      {"book", url.Values{"minutes": {"an hour"}}, "Write how many minutes", `value="an hour"`},
		"a move into the past":  {"move", url.Values{"day": {"1"}, "month": {"11"}}, "That day has passed", "Crown Street"},
		"no way":                {"contact", url.Values{"way": {""}}, "Choose how you were in touch", "Made tea"},
		"no outcome":            {"contact", url.Values{"how": {""}}, "Choose how it went", "Made tea"},
		"no goal":               {"plan", url.Values{"goal1": {""}, "why1": {""}, "day1": {""}, "month1": {""}}, "Write at least one goal", "Voice"},
		"an empty goal":         {"plan", url.Values{"goal1": {"  "}}, "Write goal 1, or empty its other boxes", "Joy"},
		"a goal in the past":    {"plan", url.Values{"day1": {"1"}, "month1": {"1"}, "year1": {"2026"}}, "That day has passed", "Sing"},
		"no organisation":       {"refer", url.Values{"org": {" "}}, "Write the name of the group or service", "Likes company"},
		"no need":               {"refer", url.Values{"need": {""}}, "Choose what it is for", "Likes company"},
		"no event":              {"move referral", url.Values{"event": {""}}, "Choose what became of it", "Seen on Monday"},
		"an event of old":       {"move referral", url.Values{"event": {"permit"}}, "Choose what became of it", "Seen on Monday"},
		"nobody to ring":        {"suggest", url.Values{"phone": {""}}, "Write the number", "Debt advice"},
		"no reason":             {"unmet", url.Values{"reason": {"bored"}}, "Choose why nothing suits", "Losing someone"},
		"ended already":         {"ending", url.Values{"day": {"1"}, "month": {"1"}, "year": {"2026"}}, "That day has passed", `value="2026"`},
		"too much of a place":   {"book", url.Values{"place": {strings.Repeat("x", 121)}}, "too long: 120 characters at most", "10.45am"},
		"too much of a goal":    {"plan", url.Values{"goal1": {strings.Repeat("x", 301)}}, "too long: 300 characters at most", "Joy"},
		"too long a name":       {"refer", url.Values{"org": {strings.Repeat("x", 81)}}, "too long: 80 characters at most", "Likes company"},
		"a group of none":       {"group", url.Values{"title": {" "}}, "Write what the group is called", "Mill Lane Hall"},
		"a group nowhere":       {"group", url.Values{"place": {""}}, "Write where the group meets", "Thursday singers"},
		"a session in the past": {"group", url.Values{"month": {"11"}, "year": {"2026"}}, "That day has passed", "Thursday singers"},
		"a session some time":   {"group", url.Values{"day": {""}, "month": {""}}, "Write the day", "Thursday singers"},
		"a long group":          {"group", url.Values{"title": {strings.Repeat("x", 81)}}, "too long: 80 characters at most", "Mill Lane Hall"},
		"no time to try":        {"try again", url.Values{"when": {"whenever"}}, "Choose when to try again", "No answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wd := newWorld(t)
			on := "/case/" + wd.keep(along(t)).c.Reference + "/"
			f := forms()[test.form]
			got := wd.signedIn("amy").post(on+f.path, with(f.form, "one", test.other))
			want(t, got, http.StatusUnprocessableEntity, "There is a problem", test.say, test.keeps, `value="one"`)
			if diff := cmp.Diff([]string(nil), wd.engine.did()); diff != "" {
				t.Errorf("acted on it (-want +got):\n%s", diff)
			}
		})
	}
}
