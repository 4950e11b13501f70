package scheduler_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
	"linkline/scheduler"
)

// good is a file of rules that is right: each row of the table below spoils it.
const good = `about: appointment
type: assessment
rules:
  - job: remind
    source: J5
    send: remind
    due: 3 days before start, at 10:00
    until: 24 hours before start
    while: [booked]
    if: [flagged]
    unless_said: [can_come, went=yes]
    permission: text_me
    reminder: true
  - job: confirm
    source: J6
    task: confirm
    due: 1 working day after remind, at 12:00
    with: [remind]
`

func load(files map[string]string) error {
	dir := fstest.MapFS{}
	for name, text := range files {
		dir[name] = &fstest.MapFile{Data: []byte(text)}
	}
	_, err := scheduler.LoadPlans(dir)
	return err
}

func TestGoodRulesAreTaken(t *testing.T) {
	t.Parallel()
	if err := load(map[string]string{"assessment.yaml": good, "spread.yaml": "spread: 0\n"}); err != nil {
		t.Error(err)
	}
}

// What is wrong in a file is told with its file, its line and what to do.
func TestRulesThatAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ from, to, want string }{
		"no YAML":            {"rules:", "rules: [", `assessment.yaml:8: yaml: ',' or ']' must be specified. Fix: `},
		"an unknown key":     {"    source: J5", "    sauce: J5", `assessment.yaml:5: yaml: unknown field "sauce". Fix: write it as the files beside it are written.`},
		"a list for a word":  {"send: remind", "send: [remind]", `assessment.yaml:6: yaml: one value belongs here. Fix: write it as the files beside it are written.`},
		"an unknown topic":   {"about: appointment", "about: visits", `assessment.yaml:1: unknown-name: the file is about "visits", which is nothing. Fix: write about: case, appointment, next, onward, plan, measure or signpost.`},
		"an unknown type":    {"type: assessment", "type: dentist", `assessment.yaml:2: unknown-name: there is no type "dentist". Fix: use one of assessment, plan, review, phone_checkin, accompany, home_visit, group, onward, other.`},
		"no job":             {"job: remind", "job: Remind Her", `assessment.yaml:4: missing-key: "Remind Her" is not the name of a job. Fix: give the rule a job: a name of small letters.`},
		"the same job twice": {"job: confirm", "job: remind", `assessment.yaml:14: twice: there is a job "remind" already. Fix: give each rule a job of its own.`},
		"no source":          {"    source: J5\n", "", `assessment.yaml:4: missing-key: job "remind" has no source. Fix: name the row it comes from, such as source: J5.`},
		"no due":             {"    due: 3 days before start, at 10:00\n", "", `assessment.yaml:4: missing-key: job "remind" has no due. Fix: say when, such as due: 3 days before start, at 10:00.`},
		"a misspelt unit":    {"3 days before", "3 dais before", `assessment.yaml:7: moment: "3 dais before start, at 10:00" is not a moment. Fix: write it like "3 days before start, at 10:00", "30 minutes after settled" or "closed".`},
		"no such time":       {"at 10:00", "at 25:00", `assessment.yaml:7: moment: "3 days before start, at 25:00": no such time of day, or one that hours cannot have. Fix: write it like "3 days before start, at 10:00", "30 minutes after settled" or "closed".`},
		"hours with a time":  {"3 days before start", "3 hours before start", `assessment.yaml:7: moment: "3 hours before start, at 10:00": no such time of day, or one that hours cannot have. Fix: write it like "3 days before start, at 10:00", "30 minutes after settled" or "closed".`},
		"an unknown moment":  {"until: 24 hours before start", "until: 24 hours before lunch", `assessment.yaml:8: unknown-name: there is no moment "lunch". Fix: use one of made, booked, start, settled, remind.`},
		"a later job":        {"due: 3 days before start", "due: 3 days after confirm", `assessment.yaml:7: unknown-name: there is no moment "confirm". Fix: use one of made, booked, start, settled.`},
		"an unknown state":   {"[booked]", "[booked, waiting]", `assessment.yaml:9: unknown-name: there is no state "waiting". Fix: use one of offered, booked, confirmed, change_asked, declined, attended, dna, cancelled, none_fits.`},
		"an unknown if":      {"[flagged]", "[urgent]", `assessment.yaml:10: unknown-name: there is no condition "urgent". Fix: use one of flagged, may_not_come, together.`},
		"no answer":          {"went=yes", "went: yes", `assessment.yaml:11: yaml: one value belongs here. Fix: write it as the files beside it are written.`},
		"half an answer":     {"went=yes", "went=", `assessment.yaml:11: unknown-name: "went=" is not an answer. Fix: write a fact, such as can_come, or one of its values, such as heard=yes.`},
		"no permission":      {"    permission: text_me\n", "", `assessment.yaml:4: text: job "remind" does not say which permission it needs. Fix: write permission: text_me for reminders, homework, check-ins and measures; else keep.`},
		"no flag":            {"reminder: true", "reminder: maybe", `assessment.yaml:13: unknown-name: "maybe" is neither true nor false. Fix: write true or false.`},
		"no end":             {"    until: 24 hours before start\n", "", `assessment.yaml:4: text: job "remind" has no until. Fix: say until when it is of use: a late text becomes a task.`},
		"two deeds":          {"send: remind", "send: remind\n    task: confirm", `assessment.yaml:4: text: job "remind" must do one thing. Fix: write one of send and task.`},
		"an unknown flow":    {"send: remind", "send: reminder", `assessment.yaml:6: unknown-name: there is no moment at which a flow begins "reminder". Fix: use one of `},
		"an unknown task":    {"task: confirm", "task: bake", `assessment.yaml:16: unknown-name: there is no task "bake". Fix: use one of `},
		"a task with an end": {"task: confirm", "task: confirm\n    permission: keep", `assessment.yaml:14: key-without-use: job "confirm" is a task: it needs no permission and stays until it is done. Fix: take reminder, permission and until out.`},
		"with a later job":   {"with: [remind]", "with: [remind_day]", `assessment.yaml:18: unknown-name: there is no earlier job "remind_day". Fix: use one of remind.`},
		"a point":            {"    reminder: true", "    point: 3m", `assessment.yaml:13: key-without-use: job "remind" and its point do not go together. Fix: write point: in a rule about measures, and in no other.`},
		"anew":               {"    reminder: true", "    anew: start", `assessment.yaml:13: key-without-use: only a rule about the case can be anew: what else there is has a version. Fix: take it out.`},
		"every without times": {
			"    reminder: true", "    every: 6 weeks",
			`assessment.yaml:4: missing-key: job "remind" says only one of every and times. Fix: write both every and times, or neither.`,
		},
		"no length": {
			"    reminder: true", "    every: often\n    times: 3",
			`assessment.yaml:13: moment: "often" is not a length of time. Fix: write it like "6 weeks".`,
		},
		"too many times": {
			"    reminder: true", "    every: 6 weeks\n    times: 100",
			`assessment.yaml:14: moment: "100" is not a number of times. Fix: write a number from 2 to 26.`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(good, c.from) {
				t.Fatalf("the good file has no %q", c.from)
			}
			err := load(map[string]string{"assessment.yaml": strings.Replace(good, c.from, c.to, 1)})
			if err == nil {
				t.Fatal("it is taken")
			}
			first, _, _ := strings.Cut(err.Error(), "\n")
			if !strings.HasPrefix(first, c.want) {
				t.Errorf("refused with\n%s\nwant\n%s", err, c.want)
			}
		})
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	next := strings.NewReplacer("appointment\ntype: assessment", "next").Replace(good)
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"none":            {nil, ".: file: there is no file of rules. Fix: add one, named *.yaml."},
		"an endless file": {map[string]string{"a.yaml": strings.Repeat("#", 70<<10)}, "a.yaml:1: file: the file has 71680 bytes and may have 65536. Fix: split it."},
		"twice the same":  {map[string]string{"a.yaml": good, "b.yaml": good}, "b.yaml:1: twice: there is another file about the same thing. Fix: put the rules into one file."},
		"the next appointment has a job of an appointment's": {
			map[string]string{"a.yaml": good, "b.yaml": next},
			`b.yaml:1: twice: job "remind" is in a file about the next appointment too. Fix: give it another name.`,
		},
		"no spread":           {map[string]string{"a.yaml": good, "s.yaml": "spread: a bit\n"}, `s.yaml:1: moment: "a bit" is not a length of time. Fix: write it like "20 minutes", or 0 for none.`},
		"a spread of days":    {map[string]string{"a.yaml": good, "s.yaml": "spread: 2 days\n"}, `s.yaml:1: moment: "2 days" is not a length of time. Fix: write it like "20 minutes", or 0 for none.`},
		"a type of something": {map[string]string{"a.yaml": strings.Replace(good, "about: appointment", "about: plan", 1)}, `a.yaml:2: key-without-use: only appointments have a type. Fix: take it out.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := load(c.files)
			if err == nil {
				t.Fatal("it is taken")
			}
			first, _, _ := strings.Cut(err.Error(), "\n")
			if first != c.want {
				t.Errorf("refused with\n%s\nwant\n%s", first, c.want)
			}
		})
	}
}

// Everything that is wrong is told at once.
func TestAllIsToldAtOnce(t *testing.T) {
	t.Parallel()
	bad := strings.NewReplacer("[booked]", "[bookd]", "[flagged]", "[flaged]").Replace(good)
	err := load(map[string]string{"a.yaml": bad, "b.yaml": "about: nothing\n"})
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("told %v, want three lines", err)
	}
}

// Every type of appointment has its rules, and the shipped rules keep the
// moments that a service lead reads in them.
func TestEveryTypeHasRules(t *testing.T) {
	t.Parallel()
	p := plans(t)
	for _, kind := range casework.AppointmentTypes() {
		s := newSheet(t)
		s.book(kind, "Thu 24 Sep 2026 14:00", "Thu 10 Sep 2026 15:00")
		if got := s.moments(p, []string{"remind_day"})["remind_day"]; got == never {
			t.Errorf("nobody is reminded of an appointment of type %s", kind)
		}
	}
}

// A text is of use until a moment that its rule names: what is later than that
// becomes a task, never a stale text.
func TestEndsAreKept(t *testing.T) {
	t.Parallel()
	s := newSheet(t)
	thursday(s)
	want := map[casework.JobKind]string{"remind": "Wed 23 Sep 2026 10:45", "remind_day": "Thu 24 Sep 2026 09:45"}
	got := map[casework.JobKind]string{}
	for _, w := range plans(t).Want(s.Outlook) {
		if w.Reminder {
			got[w.Kind] = w.NotAfter.In(s.Calendar.Location()).Format(stamp)
		}
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("of use until (-got +want):\n%s", diff)
	}
}
