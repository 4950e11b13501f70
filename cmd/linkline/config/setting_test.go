package config_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"linkline/cmd/linkline/config"
)

// TestSettingsAreThoseThatAreRead asks the reader itself which names it knows,
// by way of the list that it offers for a name that is near to none.
func TestSettingsAreThoseThatAreRead(t *testing.T) {
	t.Parallel()
	groups := map[string]string{
		"":            "zzzzzzzzzzzzzzzz: 1\n",
		"team.":       "teams:\n  - zzzzzzzzzzzzzzzz: 1\n",
		"team.hours.": "teams:\n  - hours: {zzzzzzzzzzzzzzzz: 1}\n",
	}
	var read []string
	for prefix, file := range groups {
		_, err := config.Load(config.Given{File: write(t, file)})
		if err == nil {
			t.Fatalf("%s: a made-up setting is taken", file)
		}
		_, list, ok := strings.Cut(err.Error(), "Fix: use one of ")
		if !ok {
			t.Fatalf("no list of settings in %s", err)
		}
		list, _, _ = strings.Cut(list, "\n")
		for name := range strings.SplitSeq(list, ", ") {
			if name != "teams" && name != "hours" {
				read = append(read, prefix+name)
			}
		}
	}
	var told []string
	for _, s := range config.Settings() {
		if s.Name != "" {
			told = append(told, s.Name)
		}
		if s.About == "" || s.Example == "" {
			t.Errorf("%s%s is not explained", s.Name, s.Env)
		}
	}
	slices.Sort(read)
	slices.Sort(told)
	if diff := cmp.Diff(read, told); diff != "" {
		t.Errorf("the table of settings is not what is read (-read +told):\n%s", diff)
	}
}

// TestEveryVariableIsRead sets each variable to nonsense and expects it to be
// known all the same.
func TestEveryVariableIsRead(t *testing.T) {
	t.Parallel()
	for _, s := range config.Settings() {
		if s.Env == "" {
			continue
		}
		name := strings.Replace(s.Env, "<ID>", "DEMO", 1)
		names := []string{name}
		if s.Secret {
			names = append(names, name+"_FILE")
		}
		for _, n := range names {
			_, err := config.Load(config.Given{DataDir: t.TempDir(), Environ: []string{n + "=nonsense"}})
			if err != nil && strings.Contains(err.Error(), n+" is not a setting") {
				t.Errorf("%s is in the table and is not read", n)
			}
		}
	}
}
