package main

import (
	"fmt"
	"io/fs"

	"linkline/flows"
	"linkline/flows/library"
)

// referral is the transcript that goes from hello to the reference.
const referral = "transcripts/referral/core.txt"

// readScript reads a shipped transcript.
func readScript(file string) (*flows.Script, error) {
	raw, err := fs.ReadFile(library.Files(), file)
	if err != nil {
		return nil, fmt.Errorf("read transcript: %w", err)
	}
	script, err := flows.ParseScript(file, string(raw))
	if err != nil {
		return nil, fmt.Errorf("read transcript: %w", err)
	}
	return script, nil
}

// untilSubmitted are the texts of the person in a shipped transcript, as far as
// the one that sends her request.
func untilSubmitted(file string) ([]string, error) {
	script, err := readScript(file)
	if err != nil {
		return nil, err
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
	return nil, fmt.Errorf("%s sends no request", file)
}
