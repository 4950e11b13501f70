package flows

import (
	"strings"
	"testing"
)

func choosable(labels ...string) []Choosable {
	out := make([]Choosable, len(labels))
	for i, l := range labels {
		out[i] = Choosable{ID: l, Number: i + 1, Label: l}
	}
	return out
}

func TestComposeWritesOneText(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		said []Said
		q    *Question
		want string
	}{
		"nothing":         {want: ""},
		"only said":       {said: []Said{{Text: "Hello."}, {Text: "Thank you."}}, want: "Hello. Thank you."},
		"a stem alone":    {q: &Question{Said: Said{Text: "What name?"}}, want: "What name?"},
		"empty parts":     {said: []Said{{Text: " "}, {Text: "Hello."}, {}}, want: "Hello."},
		"said and asked":  {said: []Said{{Text: "Hello."}}, q: &Question{Said: Said{Text: "What name?"}}, want: "Hello. What name?"},
		"one option":      {q: &Question{Said: Said{Text: "Ready?"}, Options: choosable("yes")}, want: "Ready? Text 1 yes."},
		"two options":     {q: &Question{Said: Said{Text: "Is that OK?"}, Options: choosable("yes", "no")}, want: "Is that OK? Text 1 yes or 2 no."},
		"three options":   {q: &Question{Said: Said{Text: "How was it?"}, Options: choosable("good", "OK", "poor")}, want: "How was it? Text 1 good. 2 OK. 3 poor."},
		"label with stop": {q: &Question{Said: Said{Text: "How?"}, Options: choosable("good.", "OK?")}, want: "How? Text 1 good or 2 OK?"},
		"numbers go on": {
			q: &Question{Said: Said{Text: "More?"}, Options: []Choosable{
				{Number: 7, Label: "travel"}, {Number: 8, Label: "food"}, {Number: 9, Label: "other"},
			}}, want: "More? Text 7 travel. 8 food. 9 other.",
		},
		"a hint instead of the word": {
			q:    &Question{Said: Said{Text: "Which?"}, Hint: "Text the numbers, like 1 3.", Options: choosable("a", "b", "c")},
			want: "Which? Text the numbers, like 1 3. 1 a. 2 b. 3 c.",
		},
		"a hint without options": {q: &Question{Said: Said{Text: "How much?"}, Hint: "Text a number."}, want: "How much? Text a number."},
		"plain characters":       {said: []Said{{Text: "It’s free – really…"}}, want: "It's free - really..."},
	}
	l := good(t)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := l.Compose("en", tt.said, tt.q); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestComposeShortensFromTheBeginning(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return strings.Repeat("x", n) }
	l := good(t)
	tests := map[string]struct {
		said []Said
		q    *Question
		want string
	}{
		"fits exactly": {
			said: []Said{{Text: long(305 - len("Who?")), Short: "s"}}, q: &Question{Said: Said{Text: "Who?"}},
			want: long(305-len("Who?")) + " Who?",
		},
		"one too many": {
			said: []Said{{Text: long(306 - len("Who?")), Short: "s"}}, q: &Question{Said: Said{Text: "Who?"}},
			want: "s Who?",
		},
		"only as many as needed": {
			said: []Said{{Text: long(200), Short: "a"}, {Text: long(200), Short: "b"}},
			want: "a " + long(200),
		},
		"a part without a short one is passed over": {
			said: []Said{{Text: long(200)}, {Text: long(200), Short: "b"}},
			want: long(200) + " b",
		},
		"the question last": {
			said: []Said{{Text: long(100), Short: "a"}}, q: &Question{Said: Said{Text: long(306), Short: "Who?"}},
			want: "a Who?",
		},
		"a permission may have three": {
			said: []Said{{Text: long(400), Short: "a"}}, q: &Question{Said: Said{Text: "OK?"}, Permission: true},
			want: long(400) + " OK?",
		},
		"never cut": {said: []Said{{Text: long(900)}}, want: long(900)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := append([]Said{}, tt.said...)
			if got := l.Compose("en", tt.said, tt.q); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			for i := range before {
				if tt.said[i] != before[i] {
					t.Error("what was passed in has changed")
				}
			}
		})
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	values := map[string]string{"name": "{phone}", "phone": "01632 960000", "empty": ""}
	tests := []struct{ template, want, wantErr string }{
		{template: "Hello.", want: "Hello."},
		{template: "Hello {name}, ring {phone}.", want: "Hello {phone}, ring 01632 960000."},
		{template: "{empty}{phone}", want: "01632 960000"},
		{template: "Hello {nobody}.", wantErr: "fill text: no value for {nobody}"},
		{template: "Hello {name", wantErr: "fill text: a brace is not closed"},
	}
	for _, tt := range tests {
		got, err := Fill(tt.template, values)
		message := ""
		if err != nil {
			message = err.Error()
		}
		if got != tt.want || message != tt.wantErr {
			t.Errorf("%q: got %q, %q; want %q, %q", tt.template, got, message, tt.want, tt.wantErr)
		}
	}
}
