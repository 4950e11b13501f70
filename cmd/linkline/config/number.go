package config

import (
	"regexp"
	"strings"
)

// british brings a number as people write it, "07700 900001", to E.164 form.
// It answers false for anything that is not a whole British number.
func british(written string) (string, bool) {
	n := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "").Replace(written)
	if rest, ok := strings.CutPrefix(n, "0"); ok {
		n = "+44" + rest
	}
	return n, regexp.MustCompile(`^\+44[1-9]\d{8,9}$`).MatchString(n)
}

// mobile reports whether an E.164 number is a British mobile: 070 is personal
// numbering, which may cost a person pounds.
func mobile(e164 string) bool {
	return regexp.MustCompile(`^\+447[1-9]\d{8}$`).MatchString(e164)
}

// shortCode reports whether n is a British short code that can receive texts.
func shortCode(n string) bool {
	return regexp.MustCompile(`^[678]\d{4}$`).MatchString(n)
}

// drama reports whether an E.164 number is one of those that Ofcom keeps free
// for plays and examples: nobody answers it.
func drama(e164 string) bool {
	return strings.HasPrefix(e164, "+447700900") || strings.HasPrefix(e164, "+441632960")
}

// words reports whether a sender is a name rather than a number.
func words(sender string) bool {
	return regexp.MustCompile(`[A-Za-z]`).MatchString(sender)
}
