package twilio

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// Verifier tells whether a request was signed with one of an account's auth
// tokens. It checks for itself (decision 32): Twilio's own library counts only
// the first value of a repeated name and takes an empty token for a good one.
type Verifier struct {
	tokens []*macs
	rooms  sync.Pool // of *[]byte
}

// NewVerifier returns a Verifier for the tokens: one, or two while one is being
// changed for the other. An empty token is refused, since everybody can sign
// with it.
func NewVerifier(tokens ...string) (*Verifier, error) {
	if len(tokens) == 0 {
		return nil, errors.New("twilio: no auth token")
	}
	if slices.Contains(tokens, "") {
		return nil, errors.New("twilio: empty auth token")
	}
	v := &Verifier{}
	v.rooms.New = func() any { return new([]byte) }
	for _, token := range tokens {
		v.tokens = append(v.tokens, newMACs(sha1.New, []byte(token)))
	}
	return v, nil
}

// Form reports whether signature is that of a form sent to rawURL. The URL is
// the one that Twilio was given, with its query string as it was received.
func (v *Verifier) Form(rawURL string, values url.Values, signature string) bool {
	return v.form(rawURL, formOf(values), signature)
}

// form is Form for a form in the order in which it is signed.
func (v *Verifier) form(rawURL string, f form, signature string) bool {
	room, _ := v.rooms.Get().(*[]byte)
	defer v.rooms.Put(room)
	*room = f.appendCanonical((*room)[:0])
	return v.valid(rawURL, *room, signature)
}

// JSON reports whether signature is that of a JSON body sent to rawURL, which
// must carry the body's hash in its query.
func (v *Verifier) JSON(rawURL string, body []byte, signature string) bool {
	u, err := url.Parse(rawURL)
	if err != nil {
		return false
	}
	sum := sha256.Sum256(body)
	want := hex.EncodeToString(sum[:])
	got := strings.ToLower(u.Query().Get("bodySHA256"))
	return hmac.Equal([]byte(got), []byte(want)) && v.valid(rawURL, nil, signature)
}

// valid tries every form of the URL under every token, without stopping early,
// so that its time tells nothing.
func (v *Verifier) valid(rawURL string, rest []byte, signature string) bool {
	found := false
	for _, token := range v.tokens {
		for _, u := range variants(rawURL) {
			same := hmac.Equal(sign(token, u, rest), []byte(signature))
			found = found || same
		}
	}
	return found
}

// Sign returns the signature that Twilio would put on a form sent to rawURL.
func Sign(rawURL string, values url.Values, token string) string {
	return string(sign(newMACs(sha1.New, []byte(token)), rawURL, formOf(values).appendCanonical(nil)))
}

func sign(token *macs, rawURL string, rest []byte) []byte {
	var sum [sha1.Size]byte
	return base64.StdEncoding.AppendEncode(nil, token.appendSum(sum[:0], []byte(rawURL), rest))
}

// variants are the forms of a URL that Twilio may have signed for one request:
// it is not of one mind about naming the port (messaging-safety 1.3), nor
// about an apostrophe in the query. The host stays as it is written: a
// signature of another spelling of it is refused. None of this lets a stranger
// in, since each form takes the token to sign.
func variants(rawURL string) []string {
	forms := ports(rawURL)
	if path, query, ok := strings.Cut(rawURL, "?"); ok && strings.Contains(query, "'") {
		forms = append(forms, ports(path+"?"+strings.ReplaceAll(query, "'", "%27"))...)
	}
	return forms
}

// ports returns the URL as it is, without a port, and with its scheme's own.
func ports(rawURL string) []string {
	scheme, rest, ok := strings.Cut(rawURL, "://")
	if !ok {
		return []string{rawURL}
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority, tail := rest[:end], rest[end:]
	standard := ":443"
	if scheme == "http" {
		standard = ":80"
	}
	if host, ok := withoutPort(authority); ok {
		return []string{rawURL, scheme + "://" + host + tail}
	}
	return []string{rawURL, scheme + "://" + authority + standard + tail}
}

// withoutPort cuts a port off an authority, and reports whether it had one.
func withoutPort(authority string) (string, bool) {
	i := strings.LastIndexByte(authority, ':')
	if i <= strings.LastIndexAny(authority, "@]") {
		return authority, false // the colon is in user:pass or in an IPv6 address
	}
	return authority[:i], true
}
