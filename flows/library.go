package flows

import "slices"

// Library is every flow, in every version that is still played, with its words
// in every language, and the helplines. It does not change once it is loaded,
// so it may be shared.
type Library struct {
	// Languages are the languages that are complete, the first the default.
	Languages []string
	Helplines []Helpline

	flows   map[string][]*Flow // by id, oldest version first
	wording map[string]map[string]*Wording
	starts  map[Start]*Flow
}

// Flow returns a version of a flow; version zero is the newest.
func (l *Library) Flow(id string, version int) (*Flow, bool) {
	versions := l.flows[id]
	if len(versions) == 0 {
		return nil, false
	}
	if version == 0 {
		return versions[len(versions)-1], true
	}
	i := slices.IndexFunc(versions, func(f *Flow) bool { return f.Version == version })
	if i < 0 {
		return nil, false
	}
	return versions[i], true
}

// Flows returns the newest version of every flow, in the order of their ids.
func (l *Library) Flows() []*Flow {
	ids := make([]string, 0, len(l.flows))
	for id := range l.flows {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	out := make([]*Flow, len(ids))
	for i, id := range ids {
		out[i], _ = l.Flow(id, 0)
	}
	return out
}

// Start returns the flow that begins at a moment.
func (l *Library) Start(at Start) (*Flow, bool) {
	f, ok := l.starts[at]
	return f, ok
}

// Words returns the words of a step, or of ServiceWords, in a language, and the
// version of the wording they belong to. A language that is not complete is
// spoken in the default one.
func (l *Library) Words(language, flow, key string) (Text, int, bool) {
	if !slices.Contains(l.Languages, language) {
		language = l.Languages[0]
	}
	w, ok := l.wording[language][flow]
	if !ok {
		return Text{}, 0, false
	}
	t, ok := w.Texts[key]
	return t, w.Version, ok
}

// All returns every version of every flow that is still played.
func (l *Library) All() []*Flow {
	var out []*Flow
	for _, f := range l.Flows() {
		out = append(out, l.flows[f.ID]...)
	}
	return out
}

// Drafts lists the texts that wait for somebody's approval, as "language
// flow.key", in order.
func (l *Library) Drafts() []string {
	var out []string
	for language, byFlow := range l.wording {
		for flow, w := range byFlow {
			for key, text := range w.Texts {
				if text.Draft != "" {
					out = append(out, language+" "+flow+"."+key)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}
