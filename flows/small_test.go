package flows

import (
	"strings"
	"testing"
	"testing/fstest"
)

// small loads the good library with flows of its own: steps by flow, and words
// by flow. A flow called ask starts at the first text; the others at none.
func small(t *testing.T, steps, words map[string]string) *Library {
	t.Helper()
	files := copied(t)
	for id, list := range steps {
		head := "flow: " + id + "\nversion: 1\ntitle: Small\n"
		switch id {
		case "ask":
			head += "starts: [first_text]\n"
		case "call":
			head += "starts: [again, return, menu, change, pause, stuck, call, opt_in, resume, pick_up, safety, language]\n"
		}
		files[id+".yaml"] = &fstest.MapFile{Data: []byte(head + "steps:\n" + list)}
	}
	for id, texts := range words {
		files["words/en/"+id+".yaml"] = &fstest.MapFile{
			Data: []byte("language: en\nflow: " + id + "\nversion: 1\ntexts:\n" + texts),
		}
	}
	l, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// broke lists what Check says against one rule.
func broke(l *Library, rule Rule) []string {
	var out []string
	for _, p := range Check(l) {
		if p.Rule == rule {
			out = append(out, p.Message)
		}
	}
	return out
}

// letters is a text of n letters that no rule minds.
func letters(n int) string { return strings.Repeat("x", n) }
