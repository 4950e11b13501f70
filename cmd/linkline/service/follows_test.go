package service

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"linkline/flows"
	"linkline/flows/library"
)

// edited is the shipped library with one file of it written otherwise.
func edited(t *testing.T, file, was, is string) *flows.Library {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(library.Files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(library.Files(), path)
		if path == file {
			if !bytes.Contains(data, []byte(was)) {
				t.Fatalf("%s does not say %q", file, was)
			}
			data = bytes.ReplaceAll(data, []byte(was), []byte(is))
		}
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	l, err := flows.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestWhatIsShippedFollows(t *testing.T) {
	t.Parallel()
	l, err := Library()
	if err != nil {
		t.Fatal(err)
	}
	if err := Follows(l); err != nil {
		t.Error(err)
	}
}

// A flow that keeps her answer under another name than its rule looks for would
// ask her again.
func TestFollowsTellsOfAFlowThatKeepsNothingOfUse(t *testing.T) {
	t.Parallel()
	err := Follows(edited(t, "remind.yaml", "save: can_come", "save: heard"))
	if err == nil || !strings.Contains(err.Error(), `flow "remind" again until it keeps [can_come]`) {
		t.Errorf("got %v, want the flow and the fact", err)
	}
	if err != nil && strings.Contains(err.Error(), "homework") {
		t.Errorf("got %v, want nothing of the other flows", err)
	}
}

// A library may leave a moment out: then nothing is asked at it.
func TestFollowsBearsAFlowThatIsNotThere(t *testing.T) {
	t.Parallel()
	if err := Follows(edited(t, "homework.yaml", "starts: ", "# starts: ")); err != nil {
		t.Error(err)
	}
}
