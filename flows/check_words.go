package flows

import "slices"

// wordsOf is the wording of one flow in one language, while it is checked.
type wordsOf struct {
	*Wording
	language string
	ucs2     bool
	reserved map[string]bool // texts that may name STOP and START
}

func (w wordsOf) at(key string) place { return place{w.File, w.Texts[key].Line} }

// language checks every text of one language.
func (c *checker) language(language string) {
	all := c.l.wording[language]
	ucs2 := false
	if s := all[ServiceWords]; s != nil {
		ucs2 = s.UCS2
	}
	c.serviceWords(language)
	for _, f := range c.l.Flows() {
		if all[f.ID] == nil && hasWords(c.l.flows[f.ID]) {
			c.problems.add(RuleMissingLanguage, place{f.File, 1}, "flow %q has no words in %q", f.ID, language)
		}
	}
	for _, id := range names(all) {
		w := wordsOf{all[id], language, ucs2, c.mayNameStop(id)}
		if id != ServiceWords {
			c.used(w)
			c.repeated(w)
			for _, f := range c.l.flows[id] {
				c.spoken(w, f)
			}
		}
		for _, key := range names(w.Texts) {
			c.text(w, key)
		}
	}
	c.lengths(language)
}

func hasWords(versions []*Flow) bool {
	return slices.ContainsFunc(versions, func(f *Flow) bool {
		return slices.ContainsFunc(f.Steps, func(s *Step) bool { return s.Words != "" })
	})
}

func (c *checker) serviceWords(language string) {
	w := c.l.wording[language][ServiceWords]
	if w == nil {
		c.problems.add(RuleMissingLanguage, place{file: "words/" + language}, "the service has no words of its own in %q", language)
		return
	}
	for _, key := range ServiceTexts() {
		if w.Texts[key].Say == "" {
			c.problems.add(RuleMissingWords, place{w.File, 1}, "text %q is missing in %q", key, language)
		}
	}
	for _, key := range names(w.Texts) {
		if !slices.Contains(ServiceTexts(), key) {
			c.problems.add(RuleUnusedWords, place{w.File, w.Texts[key].Line}, "the service says no text %q, %s", key, suggest(key, ServiceTexts()))
		}
	}
}

// used refuses words for a step or option that no version of the flow has.
func (c *checker) used(w wordsOf) {
	versions := c.l.flows[w.Flow]
	if len(versions) == 0 {
		c.problems.add(RuleUnusedWords, place{w.File, 1}, "there is no flow %q, %s", w.Flow, suggest(w.Flow, names(c.l.flows)))
		return
	}
	options := map[string][]string{}
	for _, f := range versions {
		for _, s := range f.Steps {
			if s.Words != "" {
				options[s.Words] = append(options[s.Words], optionIDs(s)...)
			}
		}
	}
	for _, key := range names(w.Texts) {
		known, ok := options[key]
		if !ok {
			c.problems.add(RuleUnusedWords, w.at(key), "no step of flow %q says %q, %s", w.Flow, key, suggest(key, names(options)))
			continue
		}
		for _, id := range names(w.Texts[key].Options) {
			if !slices.Contains(known, id) {
				c.problems.add(RuleUnusedWords, w.at(key), "step %q has no option %q, %s", key, id, suggest(id, known))
			}
		}
	}
}

func optionIDs(s *Step) []string {
	out := make([]string, len(s.Options))
	for i, o := range s.Options {
		out[i] = o.ID
	}
	return out
}

// spoken checks that every step has its words.
func (c *checker) spoken(w wordsOf, f *Flow) {
	for _, s := range f.Steps {
		if s.Words == "" {
			continue
		}
		t, ok := w.Texts[s.Words]
		at := w.at(s.Words)
		if !ok {
			at = place{w.File, 1}
		}
		switch {
		case s.Asks() && t.Ask == "":
			c.problems.add(RuleMissingWords, at, "question %q is not put in words (ask) in %q", s.Words, w.language)
		case !s.Asks() && t.Say == "":
			c.problems.add(RuleMissingWords, at, "text %q says nothing (say) in %q", s.Words, w.language)
		}
		if s.Asks() && ok {
			c.questionWords(at, w, s)
		}
	}
}

func (c *checker) questionWords(at place, w wordsOf, s *Step) {
	t := w.Texts[s.Words]
	if t.Ask != "" && (t.Again == "" || Normalise(t.Again) == Normalise(t.Ask)) {
		c.problems.add(RuleNoAgain, at, "question %q is not put in other words after a reply that was not understood", s.Words)
	}
	for _, o := range s.Options {
		if Normalise(t.Options[o.ID].Label) == "" {
			c.problems.add(RuleMissingWords, at, "option %q of %q has no words in %q", o.ID, s.Words, w.language)
		}
	}
	c.ties(at, w, s)
}

// repeated refuses one flow that asks two things in the same words: whoever
// reads them thinks the answer was lost.
func (c *checker) repeated(w wordsOf) {
	first := map[string]string{}
	for _, key := range names(w.Texts) {
		asked := Normalise(w.Texts[key].Ask)
		if asked == "" {
			continue
		}
		if other, ok := first[asked]; ok {
			c.problems.add(RuleRepeated, w.at(key), "questions %q and %q are the same in %q", other, key, w.language)
			continue
		}
		first[asked] = key
	}
}

// ties refuses a word that would choose two options of a question: its number,
// its label and whatever else may be typed for it.
func (c *checker) ties(at place, w wordsOf, s *Step) {
	means := map[string]string{}
	for _, o := range s.Options {
		label := w.Texts[s.Words].Options[o.ID]
		for _, word := range append(numberWords(o.Number, w.language), append([]string{label.Label}, label.Also...)...) {
			n := Normalise(word)
			if n == "" {
				continue
			}
			if other, ok := means[n]; ok && other != o.ID {
				c.problems.add(RuleSynonymTie, at, "%q means both %q and %q at %q", word, other, o.ID, s.Words)
				continue
			}
			means[n] = o.ID
		}
	}
}
