package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"linkline/flows"
	"linkline/flows/library"
)

// referral is the transcript that goes from hello to the reference.
const referral = "referral/core"

// texts are what the person of a shipped transcript types, as far as the text
// that sends her request; all of them where she never does.
func texts(name string) ([]string, error) {
	file := "transcripts/" + name + ".txt"
	raw, err := fs.ReadFile(library.Files(), file)
	if err != nil {
		return nil, fmt.Errorf("read transcript: %w", err)
	}
	script, err := flows.ParseScript(file, string(raw))
	if err != nil {
		return nil, fmt.Errorf("read transcript: %w", err)
	}
	var out []string
	for _, line := range script.Lines {
		switch {
		case line.Kind == flows.LinePerson:
			out = append(out, line.Text)
		case line.Kind == flows.LineEffect && line.Text == "submit":
			return out, nil
		}
	}
	if len(out) == 0 {
		return nil, errors.New("nobody texts in " + strings.TrimSpace(file))
	}
	return out, nil
}
