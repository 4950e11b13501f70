package twilio

import (
	"encoding/xml"
	"strings"
)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	// noReply tells Twilio that nothing is to be sent.
	noReply = xmlHead + `<Response/>`
)

// twiml is the answer that makes Twilio send one text and report on it. Only
// statusCallback is set: action would make Twilio wait for more instructions.
func twiml(text, callback string) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Response><Message statusCallback="`)
	escape(&b, callback)
	b.WriteString(`">`)
	escape(&b, text)
	b.WriteString(`</Message></Response>`)
	return b.String()
}

// escape writes text so that it is read back as it is; what XML cannot carry
// at all becomes the replacement character. A strings.Builder never fails.
func escape(b *strings.Builder, text string) {
	_ = xml.EscapeText(b, []byte(text))
}
