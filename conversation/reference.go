package conversation

import (
	"fmt"
	"io"
	"strings"
)

// A reference is what a person can read out on the phone: five characters and a
// check character. The alphabet has 31 characters, a prime, and leaves out 0, 1,
// I, L and O; weights 1 to 5 modulo 31 find every single wrong character and
// every two that changed places.
const referenceAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

const referenceLength = 5

// drawReference draws a reference from a source of randomness.
func drawReference(random io.Reader) (string, error) {
	var code strings.Builder
	buffer := make([]byte, 1)
	for code.Len() < referenceLength {
		if _, err := io.ReadFull(random, buffer); err != nil {
			return "", fmt.Errorf("draw a reference: %w", err)
		}
		if n := int(buffer[0]); n < 8*len(referenceAlphabet) { // 248 of 256, so that none is likelier
			code.WriteByte(referenceAlphabet[n%len(referenceAlphabet)])
		}
	}
	check, _ := checkCharacter(code.String())
	return code.String() + string(check), nil
}

// ValidReference reports whether a reference is one of ours, and gives it in
// the form in which it is stored: people write it with spaces, in lower case.
func ValidReference(typed string) (string, bool) {
	code := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(typed))
	if len(code) != referenceLength+1 {
		return "", false
	}
	check, ok := checkCharacter(code[:referenceLength])
	return code, ok && code[referenceLength] == check
}

func checkCharacter(code string) (byte, bool) {
	sum := 0
	for i := range len(code) {
		value := strings.IndexByte(referenceAlphabet, code[i])
		if value < 0 {
			return 0, false
		}
		sum += (i + 1) * value
	}
	return referenceAlphabet[sum%len(referenceAlphabet)], true
}
