package reading

// Load reads the words, the grammars and the lists of needs from their files.
// They are read when they are first asked for, which takes longer than a person
// should wait for an answer: whoever is going to read replies calls it first.
func Load() {
	library()
	requests()
	shippedNeeds()
	england()
}
