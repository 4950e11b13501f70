package flows

// Rule names one thing that Load or Check refuses. The names are stable: they
// are printed, and a broken file in testdata shows each.
type Rule string

// What Load refuses: a file that cannot be read as it was meant.
const (
	RuleYAML          Rule = "yaml"
	RuleTooLarge      Rule = "too-large"
	RuleUnknownKey    Rule = "unknown-key"
	RuleMissingKey    Rule = "missing-key"
	RuleWrongType     Rule = "wrong-type"
	RuleStepKind      Rule = "step-kind"
	RuleDuplicateStep Rule = "duplicate-step"
	RuleFileName      Rule = "file-name"
	RuleNoFlows       Rule = "no-flows"
)

// What Check refuses in the steps of a flow.
const (
	RuleUnreachable     Rule = "unreachable"
	RuleDeadEnd         Rule = "dead-end"
	RuleNoPerson        Rule = "no-person"
	RuleUnknownTarget   Rule = "unknown-target"
	RuleEndlessLoop     Rule = "endless-loop"
	RuleStarts          Rule = "starts"
	RuleUnknownName     Rule = "unknown-name"
	RuleUnknownOutcome  Rule = "unknown-outcome"
	RuleUnknownFact     Rule = "unknown-fact"
	RuleOnce            Rule = "once"
	RuleDuplicateOption Rule = "duplicate-option"
	RuleOptions         Rule = "options"
	RuleNoWhy           Rule = "no-why"
)

// What Check refuses in the words.
const (
	RuleMissingWords       Rule = "missing-words"
	RuleMissingLanguage    Rule = "missing-language"
	RuleUnusedWords        Rule = "unused-words"
	RuleNoAgain            Rule = "no-again"
	RuleRepeated           Rule = "repeated"
	RuleReservedWord       Rule = "reserved-word"
	RuleZeroForPerson      Rule = "zero-for-person"
	RuleSynonymTie         Rule = "synonym-tie"
	RuleUnknownPlaceholder Rule = "unknown-placeholder"
	RuleTooLong            Rule = "too-long"
	RuleCharacter          Rule = "character"
	RuleDatedWord          Rule = "dated-word"
	RuleLink               Rule = "link"
	RuleHelpline           Rule = "helpline"
	RuleHelplineOld        Rule = "helpline-old" // by CheckHelplines, which knows the day
)

type ruleEntry struct {
	rule Rule
	fix  string
}

// ruleBook holds what to do about each rule, in the order of a reader's work.
func ruleBook() []ruleEntry {
	return []ruleEntry{
		{RuleYAML, "write plain YAML: one document, no anchors, aliases or tags"},
		{RuleTooLarge, "split the file; 256 KB is the most that is read"},
		{RuleUnknownKey, "correct the spelling or take the line out"},
		{RuleMissingKey, "add the key"},
		{RuleWrongType, "write the value in the form docs/flows shows"},
		{RuleStepKind, "give each step one of say, do, ask, permit, go, branch, end and only the keys that go with it"},
		{RuleDuplicateStep, "give each step of a flow an id of its own"},
		{RuleFileName, "name the file after what is in it: <flow>.yaml, <flow>.v<N>.yaml, words/<language>/<flow>.yaml"},
		{RuleNoFlows, "add a flow file"},
		{RuleUnreachable, "lead a step to it, or take it out"},
		{RuleDeadEnd, "give it a next step, or end the flow with an end step"},
		{RuleNoPerson, "let a flow start at call, with a step that does task or hand_over"},
		{RuleUnknownTarget, "name a step of this flow, or a flow of this library"},
		{RuleEndlessLoop, "put a question into the circle, or break it with an end"},
		{RuleStarts, "let exactly one flow start at each moment"},
		{RuleUnknownName, "use one of the known names"},
		{RuleUnknownOutcome, "use an option id of this step, given or skipped"},
		{RuleUnknownFact, "save the fact in a question, or use one the engine knows"},
		{RuleOnce, "point once at a step that asks"},
		{RuleDuplicateOption, "give each option of a step its own id and number"},
		{RuleOptions, "give a choice its options, a scale its min and max, and other questions none"},
		{RuleNoWhy, "say why it is asked (why) and who uses the answer (used_by)"},
		{RuleMissingWords, "write the text"},
		{RuleMissingLanguage, "write the wording file in that language"},
		{RuleUnusedWords, "take the text out, or use it in a step"},
		{RuleNoAgain, "write again: the question in other words"},
		{RuleRepeated, "put one of the two in other words"},
		{RuleReservedWord, "ask for a number: carriers act on that word themselves"},
		{RuleZeroForPerson, "ask for CALL: 0 never reaches a person"},
		{RuleSynonymTie, "keep the word for one of the options"},
		{RuleUnknownPlaceholder, "use a placeholder the engine can fill"},
		{RuleTooLong, "shorten the text or add short"},
		{RuleCharacter, "use a character of GSM-7, or set ucs2 in the service words of the language"},
		{RuleDatedWord, "write the date out with {date}: a text may be read on another day"},
		{RuleLink, "use {url}"},
		{RuleHelpline, "keep numbers in helplines.yaml, one for each nation, with the day a person checked it and the source"},
		{RuleHelplineOld, "have a person ring the number or read its source again, and write the day"},
	}
}

// Rules lists every rule.
func Rules() []Rule {
	book := ruleBook()
	out := make([]Rule, len(book))
	for i, e := range book {
		out[i] = e.rule
	}
	return out
}

// Fix says what to do about a problem of the rule.
func (r Rule) Fix() string {
	for _, e := range ruleBook() {
		if e.rule == r {
			return e.fix
		}
	}
	return ""
}
