package conversation

import "linkline/flows"

// optionMore is the option of a menu that leads to its next page. It is never
// kept as an answer.
const optionMore = "more"

// Flows is a library whose flows are compiled to machines. It may be shared.
type Flows struct {
	*flows.Library
	machines *machines
	// needs are the labels of the needs, by language and option.
	needs map[string]map[string]string
}

// Compile makes a machine of every flow of a library.
func Compile(library *flows.Library) *Flows {
	return &Flows{Library: library, machines: compile(library), needs: needLabels(library)}
}

// needLabels collects the labels of every option that is saved as a need.
func needLabels(library *flows.Library) map[string]map[string]string {
	labels := map[string]map[string]string{}
	for _, language := range library.Languages {
		labels[language] = map[string]string{}
		for _, f := range library.Flows() {
			for _, s := range f.Steps {
				if s.Save != "needs" {
					continue
				}
				text, _, _ := library.Words(language, f.ID, s.Words)
				for id, option := range text.Options {
					labels[language][id] = option.Label
				}
			}
		}
	}
	return labels
}
