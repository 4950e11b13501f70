package library_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"linkline/flows"
	"linkline/flows/library"
)

func load(t *testing.T) *flows.Library {
	t.Helper()
	l, err := flows.LoadChecked(library.Files())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestNations proves that a team of any nation can send every text: each has a
// checked number for each helpline that is printed.
func TestNations(t *testing.T) {
	t.Parallel()
	l := load(t)
	for _, nation := range flows.Nations() {
		if problems := flows.CheckNation(l, nation); len(problems) > 0 {
			t.Errorf("%s:\n%v", nation, problems)
		}
	}
}

// TestApprovedWording holds the replies that may not change without the
// clinical safety officer (decision 25) against the letter of what was
// approved, with the helplines of England in them.
func TestApprovedWording(t *testing.T) {
	t.Parallel()
	l := load(t)
	approved := map[string]string{
		flows.TextSafetyA: "This is an automated reply. No one is reading this right now. If you might act on thoughts " +
			"of ending your life, or are in danger, call 999 or go to A&E. To talk now, day or night: NHS 111 (choose 2), " +
			"Samaritans 116 123, or text SHOUT to 85258. We have told the team, who will read it in working hours.",
		flows.TextSafetyB: "This is an automated reply. If you have hurt yourself or taken something, call 999 now or go " +
			"to A&E. Do not wait for us. If you cannot speak: call 999 and press 55. NHS 111 (choose 2), Samaritans 116 123 " +
			"and SHOUT (text 85258) are open now.",
		flows.TextSafetyE: "Thanks for your message. If you need help right away call 999 (if you cannot speak, press 55). " +
			"Free 24h advice: 0808 2000 247. We will only contact you in the way you said is safe. You can delete this text.",
		flows.TextStopped: "You will get no more automated texts from us. If you need urgent help call 999, NHS 111 or " +
			"Samaritans 116 123. To start again text START.",
	}
	lines := helplines(l, "england")
	for key, want := range approved {
		text, _, _ := l.Words("en", flows.ServiceWords, key)
		got, err := flows.Fill(text.Say, lines)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
		if text.Draft != "" || text.Locked == "" {
			t.Errorf("%s is approved, so it is locked and no draft; got draft %q, locked %q", key, text.Draft, text.Locked)
		}
	}
}

// TestToldTheTeam proves that the team is said to have been told only where an
// alert is raised with the text (I16): in the safety replies and nowhere else.
func TestToldTheTeam(t *testing.T) {
	t.Parallel()
	l := load(t)
	told := 0
	for flow, list := range keysOf(l) {
		for _, key := range list {
			text, _, _ := l.Words("en", flow, key)
			all := strings.ToLower(text.Say + text.Short + text.Ask + text.Again)
			if !strings.Contains(all, "told the team") {
				continue
			}
			told++
			if flow != flows.ServiceWords || !strings.HasPrefix(key, "safety_") {
				t.Errorf("%s.%s says that the team was told", flow, key)
			}
		}
	}
	if told == 0 {
		t.Error("no text says that the team was told, so this test looks in the wrong place")
	}
}

// preview is how much of a text a locked phone shows.
const preview = 40

// TestPreviewsAreNeutral proves that what a locked phone shows of a text does
// not tell whoever looks at it what is the matter (domain 5.2, rule 5).
func TestPreviewsAreNeutral(t *testing.T) {
	t.Parallel()
	l := load(t)
	values := helplines(l, "england")
	for _, p := range flows.Placeholders() {
		values[p.Name] = p.Normal
	}
	for flow, list := range keysOf(l) {
		for _, key := range list {
			if flow == "referral" && key == "urgent" {
				continue // it never begins a text
			}
			text, _, _ := l.Words("en", flow, key)
			for _, words := range []string{text.Say, text.Ask, text.Again} {
				seen, err := flows.Fill(words, values)
				if err != nil {
					t.Fatalf("%s.%s: %v", flow, key, err)
				}
				seen = strings.ToLower(seen[:min(preview, len(seen))])
				for _, tell := range []string{"debt", "money", "abuse", "mental", "lonel", "housing", "suicid", "die", "violen"} {
					if strings.Contains(seen, tell) {
						t.Errorf("%s.%s shows %q on a locked phone: %q", flow, key, tell, seen)
					}
				}
			}
		}
	}
}

// TestTranscriptsFit proves that no reply of a transcript costs more than two
// parts, and none that asks for the permission to keep more than three.
func TestTranscriptsFit(t *testing.T) {
	t.Parallel()
	keep, _, _ := load(t).Words("en", "referral", "keep")
	asked, _, _ := strings.Cut(keep.Ask, "{")
	again, _, _ := strings.Cut(keep.Again, "{")
	files, err := fs.Glob(library.Files(), "transcripts/*/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(library.Files(), file)
		if err != nil {
			t.Fatal(err)
		}
		script, err := flows.ParseScript(file, string(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range script.Lines {
			limit := 2
			if strings.Contains(line.Text, asked) || strings.Contains(line.Text, again) {
				limit = 3
			}
			if got := flows.Count(line.Text); line.Kind == flows.LineService && got.Parts > limit {
				t.Errorf("%s:%d: %d parts (%d units)", file, line.Line, got.Parts, got.Units)
			}
		}
	}
}

// keysOf lists the texts of a library by flow.
func keysOf(l *flows.Library) map[string][]string {
	keys := map[string][]string{flows.ServiceWords: flows.ServiceTexts()}
	for _, f := range l.Flows() {
		for _, s := range f.Steps {
			if s.Words != "" {
				keys[f.ID] = append(keys[f.ID], s.Words)
			}
		}
	}
	return keys
}

// helplines are the numbers of a nation that a person has checked.
func helplines(l *flows.Library, nation string) map[string]string {
	out := map[string]string{}
	for _, h := range l.Helplines {
		for _, n := range h.Nations {
			if n == nation && h.VerifiedOn != "" {
				out[h.ID] = h.Say
			}
		}
	}
	return out
}

// What we drafted for want of an approved text is listed for whoever approves
// it; what is approved is not.
func TestDraftsAreListed(t *testing.T) {
	t.Parallel()
	drafts := strings.Join(load(t).Drafts(), "\n")
	for _, want := range []string{"en service.safety_d", "en under_18.welcome", "en unsafe_number.rings"} {
		if !strings.Contains(drafts, want) {
			t.Errorf("%s is not among the drafts", want)
		}
	}
	if strings.Contains(drafts, "safety_a") {
		t.Error("an approved text is listed as a draft")
	}
}

// TestAPhoneThatOthersSee proves that after W4 no text to such a phone names the
// person, the service, an organisation, a place or what she told us
// (messaging-safety 2.6). Only permissions name what they are asked for.
func TestAPhoneThatOthersSee(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(library.Files(), "transcripts/*/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	tells := []string{
		"Maureen", "Fen Wellbeing", "Citizens Advice", "Shelter", "food bank", "High Street", "library", "choir",
		"walking", "park", "lonely", "money", "link worker", "01632",
	}
	seen := 0
	for _, file := range files {
		text, err := fs.ReadFile(library.Files(), file)
		if err != nil {
			t.Fatal(err)
		}
		script, err := flows.ParseScript(file, string(text))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(script.After, "others_see.txt") {
			continue
		}
		for _, line := range script.Lines {
			if line.Kind != flows.LineService {
				continue
			}
			seen++
			for _, tell := range tells {
				if strings.Contains(line.Text, tell) {
					t.Errorf("%s:%d: %q is read by whoever sees the phone", file, line.Line, tell)
				}
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d texts to such a phone are in the transcripts", seen)
	}
}
