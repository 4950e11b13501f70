package config

import (
	"io/fs"
	"os"
	"slices"
	"strings"
)

const (
	prefix     = "LINKLINE_"
	teamPrefix = prefix + "TEAM_"
	// testPrefix begins what only tests are told, such as where PostgreSQL is.
	testPrefix = prefix + "TEST_"
	fileSuffix = "_FILE"
)

// variables are the LINKLINE_* variables, each taken once: what is left at the
// end is not a setting.
type variables struct {
	values   map[string]string
	taken    map[string]bool
	problems *Problems
}

func readEnviron(environ []string, problems *Problems) *variables {
	v := &variables{values: map[string]string{}, taken: map[string]bool{}, problems: problems}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, prefix) && !strings.HasPrefix(name, testPrefix) {
			v.values[name] = value
		}
	}
	return v
}

// set puts a variable's value, if it has one, in place of what stands there.
func (v *variables) set(name string, to *string, at map[string]place, path string) {
	v.taken[name] = true
	if value := v.values[name]; value != "" {
		*to = value
		at[path] = variable(name)
	}
}

// secret returns a secret from a variable, or from the file that the variable
// with _FILE names.
func (v *variables) secret(name string) (Secret, bool) {
	v.taken[name], v.taken[name+fileSuffix] = true, true
	value, direct := v.values[name]
	file, byFile := v.values[name+fileSuffix]
	switch {
	case direct && byFile:
		v.problems.add(environment, "keep one of them", "%s and %s are both set", name, name+fileSuffix)
		return "", false
	case byFile:
		value, direct = v.secretFile(name+fileSuffix, file)
	}
	if !direct {
		return "", false
	}
	if value == "" {
		v.problems.add(environment, "set it, or unset it", "%s is empty, and an empty secret lets anybody in", name)
		return "", false
	}
	if placeholder(value) {
		v.problems.add(environment, "set the real one", "%s is a placeholder", name)
		return "", false
	}
	return Secret(value), true
}

func (v *variables) secretFile(name, file string) (string, bool) {
	info, err := os.Stat(file)
	if err != nil {
		v.problems.add(environment, "name a file that is there", "%s: %s", name, cause(err))
		return "", false
	}
	if Exposed(info) {
		v.problems.add(environment, "chmod 600 "+file, "%s: others may read %s", name, file)
		return "", false
	}
	data, err := os.ReadFile(file)
	if err != nil {
		v.problems.add(environment, "make it readable for this user", "%s: %s", name, cause(err))
		return "", false
	}
	return strings.TrimSpace(string(data)), true
}

// Exposed reports whether others on the machine may read a file of secrets. A
// group may, since that is how containers hand secrets over.
func Exposed(info fs.FileInfo) bool { return info.Mode().Perm()&0o007 != 0 }

// placeholder reports whether a secret is one that stands in examples.
func placeholder(secret string) bool {
	s := strings.ToLower(secret)
	for _, word := range []string{"changeme", "change-me", "change_me", "your_", "your-", "example", "secret", "todo", "<"} {
		if strings.HasPrefix(s, word) {
			return true
		}
	}
	return strings.Trim(s, s[:1]) == ""
}

// rest tells of every variable that is not a setting.
func (v *variables) rest(known []string, teams []Team) {
	var left []string
	for name := range v.values {
		if !v.taken[name] {
			left = append(left, name)
		}
	}
	slices.Sort(left)
	for _, name := range left {
		switch {
		case strings.HasPrefix(name, prefix+"TWILIO_") && slices.Contains(known, strings.TrimSuffix(name, fileSuffix)):
			v.problems.add(environment, "name the team: "+teamPrefix+"<ID>"+strings.TrimPrefix(name, "LINKLINE"),
				"%s is the demo team's, and there is none", name)
		case strings.TrimSuffix(name, fileSuffix) == telegramToken:
			v.problems.add(environment, "name the team: "+teamPrefix+"<ID>_TELEGRAM_TOKEN", "%s is the demo team's, and there is none", name)
		case strings.HasPrefix(name, teamPrefix):
			v.problems.add(environment, teamFix(name, known, teams), "%s is not a setting", name)
		default:
			v.problems.add(environment, nearest(name, known), "%s is not a setting", name)
		}
	}
}

func teamFix(name string, known []string, teams []Team) string {
	for _, t := range teams {
		if strings.HasPrefix(name, teamPrefix+envID(t)+"_") {
			return nearest(name, known)
		}
	}
	ids := make([]string, len(teams))
	for i, t := range teams {
		ids[i] = string(t.ID)
	}
	return "name a team of the file: " + strings.Join(ids, ", ")
}

// envID is a team's id as it stands in the name of a variable.
func envID(t Team) string {
	return strings.ToUpper(strings.ReplaceAll(string(t.ID), "-", "_"))
}
