package twilio

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"

	"linkline/conversation/casework"
)

// The paths that Twilio posts to.
const (
	InboundPath = "/twilio/inbound"
	StatusPath  = "/twilio/status"
)

// callbackURL is where Twilio reports what became of one attempt of a message
// of ours. It carries our key of the message under a signature of our own,
// since the report must count even when our own call never learnt Twilio's id.
// It is the same bytes for the same message (I6).
func callbackURL(a Account, key *macs, message string, attempt int) string {
	return a.public() + StatusPath + "?o=" + url.QueryEscape(message) +
		"&a=" + strconv.Itoa(attempt) + "&s=" + callbackMAC(a, key, message, attempt)
}

// callbackOf returns the message and the attempt that a callback is about. It
// is false when they do not bear our signature (B52).
func callbackOf(a Account, key []byte, query url.Values) (message string, attempt int, ok bool) {
	message = query.Get("o")
	attempt, err := strconv.Atoi(query.Get("a"))
	if err != nil {
		return "", 0, false
	}
	want := callbackMAC(a, newMACs(sha256.New, key), message, attempt)
	return message, attempt, hmac.Equal([]byte(query.Get("s")), []byte(want))
}

func callbackMAC(a Account, key *macs, message string, attempt int) string {
	signed := casework.Join("twilio status", string(a.Team), a.SID, message, strconv.Itoa(attempt))
	var sum [sha256.Size]byte
	return base64.RawURLEncoding.EncodeToString(key.appendSum(sum[:0], []byte(signed))[:18])
}
