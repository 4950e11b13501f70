package flows

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Placeholder is a hole in a text that the engine knows how to fill.
type Placeholder struct {
	Name string
	// Normal is what usually stands there, for a preview.
	Normal string
	// Longest is the longest value that is plausible. Texts are measured with
	// it, so whoever fills a placeholder keeps within its length.
	Longest string
}

// Placeholders lists every placeholder but the helplines, whose ids are
// placeholders too.
func Placeholders() []Placeholder {
	return []Placeholder{
		// the team
		{"service", "Fen Wellbeing", "North Somerset Social Prescribing"},
		{"phone", "01632 960000", "01632 960000 extension 4410"},
		{"url", "fen.example.nhs.uk/privacy", "https://north-somerset-wellbeing.example.nhs.uk/privacy"},
		{"line", "01632 960002", "01632 960002 extension 4410"},
		// the person and her request
		{"name", "Maureen", "Oluwaseun-Christabelle"},
		{"needs", "money, housing", "money, feeling lonely, mood or stress, work or learning, caring for someone, being active"},
		{"first", "money", "living with illness or pain"},
		{"short", "my rent went up", strings.Repeat("what matters to her ", 3)},
		{"first_text", "my rent went up", strings.Repeat("what she said first ", 3)},
		{"worry", "money", "living with illness or pain"},
		{"ref", "MKV-482-7", "MKVT-4829-7"},
		{"helper", "Dan", "Oluwaseun-Christabelle"},
		// dates and times, written out (decision 15)
		{"date", "Tuesday 4 May", "Wednesday 30 September"},
		{"busdate", "Tuesday 4 May", "Wednesday 30 September"},
		{"day", "Tuesday 4 May", "Wednesday 30 September"},
		{"when", "by Tuesday 4 May", "by Wednesday 30 September"},
		{"time", "10am", "between 12.30pm and 4.30pm"},
		{"slot1", "Tue 4 May 10am", "Wed 30 Sep 12.30pm"},
		{"slot2", "Tue 4 May 2pm", "Wed 30 Sep 12.30pm"},
		{"slot3", "Wed 5 May 10am", "Wed 30 Sep 12.30pm"},
		{"n", "3", "12"},
		// those who help
		{"lw", "Amy", "Christabelle Featherstone"},
		{"org", "Citizens Advice", "North Somerset Community Food Club"},
		{"place", "the library", "Weston-super-Mare Health Centre"},
		{"meet", "the front door", "the main door of the health centre"},
		{"referrer", "Dr Patel's surgery", "North Somerset Job Centre Plus"},
		{"group", "walking", "gardening and growing food"},
		{"what", "help with bills", "free help with bills, benefits and debt"},
		{"cost", "It is free", "It costs 2 pounds each time"},
		{"tel", "01632 960001", "01632 960001"},
		{"goals", "1 join the choir. 2 see the housing team", "1 find out about help with bills. 2 see the housing team together. 3 walk with the group"},
		{"g1", "join the choir", "find out about help with bills"},
		{"g2", "see the housing team", "see the housing team together"},
		{"g3", "walk on Fridays", "walk with the group on Fridays"},
		// what the engine itself has to say
		{"choices", "1 money or 2 housing", "1 mood or stress, 2 work or learning or 3 being active"},
		{"question", "who needs help", "what you would like help with"},
		{"languages", "1 English", "1 English. 2 Cymraeg. 3 Polski. 4 Portuguese. 5 Romanian."},
		// what a worker is told of her day: numbers, and nothing of anybody
		{"tasks", "3", "999"},
		{"visits", "2", "99"},
		{"alerts", "1", "99"},
		{"waiting", "2", "999"},
		{"ending", "960", "960"},
		{"link", "fen.example.nhs.uk/a/7", "https://north-somerset-wellbeing.example.nhs.uk/a/01HX7Q"},
	}
}

// Room is how many characters a value of the placeholder may have for the texts
// to keep within their parts; 0 for a name that is none.
func Room(name string) int {
	p, _ := placeholderNamed(name)
	return utf8.RuneCountInString(p.Longest)
}

func placeholderNamed(name string) (Placeholder, bool) {
	all := Placeholders()
	i := slices.IndexFunc(all, func(p Placeholder) bool { return p.Name == name })
	if i < 0 {
		return Placeholder{}, false
	}
	return all[i], true
}

// longest gives the longest plausible value of every placeholder of a library.
func (l *Library) longest() map[string]string {
	out := map[string]string{}
	for _, p := range Placeholders() {
		out[p.Name] = p.Longest
	}
	for _, h := range l.Helplines {
		if len(h.Say) > len(out[h.ID]) {
			out[h.ID] = h.Say
		}
	}
	return out
}

// placeholdersIn lists the placeholders of a text, and whether its braces are
// whole.
func placeholdersIn(template string) (found []string, whole bool) {
	err := eachPlaceholder(template, func(string) {}, func(name string) error {
		found = append(found, name)
		return nil
	})
	return found, err == nil
}
