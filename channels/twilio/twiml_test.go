package twilio

import (
	"bytes"
	"encoding/xml"
	"testing"
)

// FuzzTwiML asks that a text is escaped as encoding/xml escapes it, and that the
// whole is read back.
func FuzzTwiML(f *testing.F) {
	for _, text := range []string{"", "Text 1 yes or 2 no.", "Tom & Jo <3 \"you're in\"", "Diolch, Siân\n\t1\r2", "a\x00b\xffc\x7f", "&amp;"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var got, want bytes.Buffer
		escape(&got, text)
		if err := xml.EscapeText(&want, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("%q is escaped as %q, want %q", text, got.String(), want.String())
		}
		var read struct {
			Message struct {
				Callback string `xml:"statusCallback,attr"`
				Text     string `xml:",chardata"`
			}
		}
		if err := xml.Unmarshal(twiml(text, "https://texts.example.org/?o=1&a=2"), &read); err != nil {
			t.Fatalf("%q: not XML: %v", text, err)
		}
		if read.Message.Callback != "https://texts.example.org/?o=1&a=2" {
			t.Errorf("the callback is read as %q", read.Message.Callback)
		}
	})
}
