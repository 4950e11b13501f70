package config

import (
	"errors"

	"linkline/conversation/casework"
)

// WorkPhone brings the mobile number of somebody who works for a team to E.164
// form, or says what to give instead. A number that is kept for examples is for
// a made-up team alone: somebody else's team would never hear of its day.
func WorkPhone(written string, demo bool) (casework.Private, error) {
	n, ok := british(written)
	switch {
	case !ok || !mobile(n):
		return "", errors.New("a work phone is a British mobile number, such as 07700 900001")
	case drama(n) && !demo:
		return "", errors.New("that number is kept for examples: give the phone that she carries at work")
	}
	return casework.Private(n), nil
}
