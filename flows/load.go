package flows

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

// DefaultLanguage is the one every library has, and the one spoken where
// another is not complete.
const DefaultLanguage = "en"

// Load reads a library: flows at the top, words/<language>/<flow>.yaml beside
// them, and helplines.yaml. It reports every problem of form it finds, as
// Problems; whether the flows make sense is Check's question.
func Load(fsys fs.FS) (*Library, error) {
	l := &loader{fsys: fsys, lib: &Library{
		flows:   map[string][]*Flow{},
		wording: map[string]map[string]*Wording{},
		starts:  map[Start]*Flow{},
	}}
	if err := l.files("*.yaml", l.top); err != nil {
		return nil, err
	}
	if err := l.files("words/*/*.yaml", l.words); err != nil {
		return nil, err
	}
	l.finish()
	if err := l.problems.sorted().asError(); err != nil {
		return nil, err
	}
	return l.lib, nil
}

// LoadChecked loads a library that makes sense, or tells everything that is
// wrong: first about the form of the files, then, once they can all be read,
// about the flows.
func LoadChecked(fsys fs.FS) (*Library, error) {
	l, err := Load(fsys)
	if err != nil {
		return nil, err
	}
	if err := Check(l).asError(); err != nil {
		return nil, err
	}
	return l, nil
}

type loader struct {
	fsys     fs.FS
	lib      *Library
	problems Problems
}

// files reads and parses what matches a pattern, in order.
func (l *loader) files(pattern string, use func(name string, n node)) error {
	found, err := fs.Glob(l.fsys, pattern)
	if err != nil {
		return fmt.Errorf("list %s: %w", pattern, err)
	}
	for _, name := range found {
		data, err := fs.ReadFile(l.fsys, name)
		if err != nil {
			return fmt.Errorf("read flow library: %w", err)
		}
		if n, ok := parseYAML(name, data, &l.problems); ok {
			use(name, n)
		}
	}
	return nil
}

func (l *loader) top(name string, n node) {
	if name == "helplines.yaml" {
		l.lib.Helplines = decodeHelplines(n, &l.problems)
		return
	}
	f := decodeFlow(n, &l.problems)
	current, older := f.ID+".yaml", fmt.Sprintf("%s.v%d.yaml", f.ID, f.Version)
	if name != current && name != older {
		l.problems.add(RuleFileName, place{name, 1}, "the file holds version %d of flow %q", f.Version, f.ID)
	}
	if len(f.Steps) == 0 {
		l.problems.add(RuleMissingKey, place{name, 1}, "the flow has no steps")
		return
	}
	versions := l.lib.flows[f.ID]
	for _, other := range versions {
		if other.Version == f.Version {
			l.problems.add(RuleFileName, place{name, 1}, "version %d of flow %q is also in %s", f.Version, f.ID, other.File)
		}
	}
	l.lib.flows[f.ID] = append(versions, f)
}

func (l *loader) words(name string, n node) {
	w := decodeWording(n, &l.problems)
	if want := path.Join("words", w.Language, w.Flow+".yaml"); name != want {
		l.problems.add(RuleFileName, place{name, 1}, "the file holds the words of flow %q in %q", w.Flow, w.Language)
	}
	if l.lib.wording[w.Language] == nil {
		l.lib.wording[w.Language] = map[string]*Wording{}
		l.lib.Languages = append(l.lib.Languages, w.Language)
	}
	l.lib.wording[w.Language][w.Flow] = w
}

// finish puts versions and languages in order and finds the flow of each start;
// only the newest version of a flow begins.
func (l *loader) finish() {
	if len(l.lib.flows) == 0 && len(l.problems) == 0 {
		l.problems.add(RuleNoFlows, place{file: "."}, "no flow was found")
	}
	for id, versions := range l.lib.flows {
		slices.SortFunc(versions, func(a, b *Flow) int { return cmp.Compare(a.Version, b.Version) })
		if newest := versions[len(versions)-1]; newest.File != id+".yaml" {
			l.problems.add(RuleFileName, place{newest.File, 1}, "the newest version of flow %q is not in %s.yaml", id, id)
		}
	}
	for _, f := range l.lib.Flows() {
		for _, at := range f.Starts {
			if l.lib.starts[at] == nil {
				l.lib.starts[at] = f
			}
		}
	}
	slices.Sort(l.lib.Languages)
	i := slices.Index(l.lib.Languages, DefaultLanguage)
	if i < 0 {
		l.problems.add(RuleMissingLanguage, place{file: "words"}, "there are no words in %q", DefaultLanguage)
		return
	}
	l.lib.Languages = slices.Insert(slices.Delete(l.lib.Languages, i, i+1), 0, DefaultLanguage)
}
