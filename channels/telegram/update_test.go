package telegram

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"linkline/conversation"
	"linkline/conversation/casework"
)

const alone = `"chat":{"id":7700900123,"type":"private"},"from":{"id":7700900123}`

// The updates of B58, and what a message may bring instead of words (B21).
func TestParse(t *testing.T) {
	t.Parallel()
	in := func(text, optOut string, media int) *conversation.Inbound {
		return &conversation.Inbound{From: "7700900123", Media: media, OptOut: optOut, Text: casework.Private(text)}
	}
	cases := map[string]struct {
		raw  string
		want *conversation.Inbound
		link string
	}{
		"text":           {`"message":{` + alone + `,"text":"hi"}`, in("hi", "", 0), ""},
		"edited":         {`"edited_message":{` + alone + `,"edit_date":9,"text":"hi"}`, in("hi", "", 0), ""},
		"caption":        {`"message":{` + alone + `,"photo":[{}],"caption":"help"}`, in("help", "", 1), ""},
		"voice":          {`"message":{` + alone + `,"voice":{}}`, in("", "", 1), ""},
		"sticker":        {`"message":{` + alone + `,"sticker":{}}`, in("", "", 1), ""},
		"animation":      {`"message":{` + alone + `,"animation":{},"document":{}}`, in("", "", 1), ""},
		"start":          {`"message":{` + alone + `,"text":"/start"}`, in("START", "START", 0), ""},
		"start, link":    {`"message":{` + alone + `,"text":"/start aB_-9"}`, in("START", "START", 0), "aB_-9"},
		"start, named":   {`"message":{` + alone + `,"text":"/Start@fen_bot x"}`, in("START", "START", 0), "x"},
		"link of 65":     {`"message":{` + alone + `,"text":"/start ` + strings.Repeat("a", 65) + `"}`, in("START", "START", 0), ""},
		"link, path":     {`"message":{` + alone + `,"text":"/start ../x"}`, in("START", "START", 0), ""},
		"link, words":    {`"message":{` + alone + `,"text":"/start mänu"}`, in("START", "START", 0), ""},
		"stop":           {`"message":{` + alone + `,"text":"/stop"}`, in("STOP", "STOP", 0), ""},
		"stop and words": {`"message":{` + alone + `,"text":"/stop hurting"}`, in("/stop hurting", "", 0), ""},
		"help":           {`"message":{` + alone + `,"text":"/help"}`, in("HELP", "", 0), ""},
		"other command":  {`"message":{` + alone + `,"text":"/die"}`, in("/die", "", 0), ""},
		"blocked":        {`"my_chat_member":{` + alone + `,"new_chat_member":{"status":"kicked"}}`, in("", "BLOCKED", 0), ""},
		"unblocked":      {`"my_chat_member":{` + alone + `,"new_chat_member":{"status":"member"}}`, nil, ""},
		"nothing said":   {`"message":{` + alone + `,"pinned_message":{}}`, nil, ""},
		"group":          {`"message":{"chat":{"id":-5,"type":"group"},"from":{"id":5},"text":"hi"}`, nil, ""},
		"private, below": {`"message":{"chat":{"id":-5,"type":"private"},"from":{"id":5},"text":"hi"}`, nil, ""},
		"a bot":          {`"message":{"chat":{"id":5,"type":"private"},"from":{"id":5,"is_bot":true},"text":"hi"}`, nil, ""},
		"nobody":         {`"message":{"chat":{"id":5,"type":"private"},"text":"hi"}`, nil, ""},
		"odd message":    {`"message":"hi"`, nil, ""},
		"unknown type":   {`"message_from_mars":{}`, nil, ""},
		"null":           {`"message":null`, nil, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u, err := parse([]byte(`{"update_id":5,` + c.raw + `}`))
			if err != nil || u.id != 5 {
				t.Fatalf("update %d, %v", u.id, err)
			}
			if u.link != c.link {
				t.Errorf("link %q, want %q", u.link, c.link)
			}
			switch {
			case c.want == nil && u.in != nil, c.want != nil && u.in == nil:
				t.Fatalf("a text %t, want %t", u.in != nil, c.want != nil)
			case c.want != nil && *u.in != *c.want:
				t.Errorf("text %q (%s) with %d attachments, want %q (%s) with %d",
					u.in.Text.Reveal(), u.in.OptOut, u.in.Media, c.want.Text.Reveal(), c.want.OptOut, c.want.Media)
			}
		})
	}
}

// A number above 2^53 is kept to the last figure.
func TestParseLargeNumbers(t *testing.T) {
	t.Parallel()
	u, err := parse([]byte(`{"update_id":9007199254740993,"message":{"chat":{"id":9223372036854775807,"type":"private"},"from":{"id":1},"text":"hi"}}`))
	if err != nil || u.id != 9007199254740993 || u.in == nil || u.in.From != "9223372036854775807" {
		t.Errorf("update %d, %v", u.id, err)
	}
}

// FuzzParse holds that nothing panics, and that whatever comes of an update is a
// person's own: a private chat, words that can be kept, a link that is opaque.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"update_id":5,"message":{` + alone + `,"text":"/start x"}}`))
	f.Add([]byte(`{"update_id":5,"callback_query":{"id":"q","data":"p:yes","message":{` + alone + `}}}`))
	f.Add([]byte(`{"update_id":5,"my_chat_member":{` + alone + `,"new_chat_member":{"status":"kicked"}}}`))
	f.Add([]byte(`{"update_id":1e3,"edited_message":[]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		u, err := parse(raw)
		if err != nil {
			return
		}
		if u.id <= 0 || !json.Valid(raw) {
			t.Errorf("update %d was taken", u.id)
		}
		if len(u.link) > 64 || strings.ContainsAny(u.link, "/ .") {
			t.Errorf("link %q", u.link)
		}
		if u.in == nil {
			return
		}
		if _, err := chatOf(u.in.From); err != nil {
			t.Error("a text of no private chat was taken")
		}
		if !utf8.ValidString(u.in.Text.Reveal()) || len(dataOf(u.in.Prompt, u.in.Option)) > maxData {
			t.Error("words that cannot be kept")
		}
	})
}
