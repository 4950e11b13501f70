package twilio

import (
	"bytes"
	"encoding/xml"
	"strings"
	"unicode/utf8"
)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	// noReply tells Twilio that nothing is to be sent.
	noReply = xmlHead + `<Response/>`
)

// twiml is the answer that makes Twilio send one text and report on it. Only
// statusCallback is set: action would make Twilio wait for more instructions.
func twiml(text, callback string) []byte {
	var b bytes.Buffer
	b.Grow(len(text) + len(callback) + twimlRoom)
	b.WriteString(xmlHead + `<Response><Message statusCallback="`)
	escape(&b, callback)
	b.WriteString(`">`)
	escape(&b, text)
	b.WriteString(`</Message></Response>`)
	return b.Bytes()
}

// twimlRoom is for what stands around a text, and for a few signs in it that
// are escaped.
const twimlRoom = 192

// escape writes text so that it is read back as it is; what XML cannot carry
// at all becomes the replacement character. A bytes.Buffer never fails.
func escape(b *bytes.Buffer, text string) {
	plain := 0 // most texts have nothing to escape, and are not copied for it
	for plain < len(text) && isPlain(text[plain]) {
		plain++
	}
	b.WriteString(text[:plain])
	_ = xml.EscapeText(b, []byte(text[plain:]))
}

// isPlain reports whether a byte is a character that stands for itself.
func isPlain(c byte) bool {
	return c >= ' ' && c < utf8.RuneSelf && strings.IndexByte(`<>&'"`, c) < 0
}
