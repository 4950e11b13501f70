package main

import (
	"runtime/debug"
)

// versionCommand says which version of the program this is.
type versionCommand struct{}

// Run prints the commit the program was built from.
func (versionCommand) Run(p *process) error {
	p.say("linkline %s", version())
	return nil
}

// version is the tagged version, or the commit of a build from a checkout.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "of unknown origin"
	}
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	out := info.Main.Version
	if out == "" || out == "(devel)" {
		out = "(development)"
		if rev := set["vcs.revision"]; len(rev) >= 12 {
			out += " " + rev[:12]
		}
		if set["vcs.modified"] == "true" {
			out += " with changes"
		}
	}
	return out + " " + info.GoVersion
}
