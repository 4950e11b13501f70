package twilio_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linkline/channels/twilio"
)

// vector is one line of a file of signatures: a form (params) or a JSON body.
type vector struct {
	URL       string                     `json:"url"`
	Params    map[string]json.RawMessage `json:"params"`
	Body      *string                    `json:"body"`
	Token     string                     `json:"token"`
	Signature string                     `json:"signature"`
	Expected  bool                       `json:"expected"`
	Note      string                     `json:"note"`
}

func (v vector) form(t *testing.T) url.Values {
	t.Helper()
	form := url.Values{}
	for name, raw := range v.Params {
		var many []string
		if json.Unmarshal(raw, &many) == nil {
			form[name] = many
			continue
		}
		var one string
		if err := json.Unmarshal(raw, &one); err != nil {
			t.Fatalf("parameter %s: %v", name, err)
		}
		form.Set(name, one)
	}
	return form
}

func readVectors(t *testing.T, path string) []vector {
	t.Helper()
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the published signature vectors are not on this machine")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var vectors []vector
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var v vector
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		vectors = append(vectors, v)
	}
	if len(vectors) == 0 {
		t.Fatalf("%s holds no vectors", path)
	}
	return vectors
}

func TestSignaturePublishedVectors(t *testing.T) {
	t.Parallel()
	checkVectors(t, readVectors(t, filepath.Join("..", "..", "..", "shared", "data", "twilio-signatures.jsonl")))
}

func TestSignatureOurVectors(t *testing.T) {
	t.Parallel()
	checkVectors(t, readVectors(t, filepath.Join("testdata", "signatures.jsonl")))
}

func checkVectors(t *testing.T, vectors []vector) {
	t.Helper()
	for _, v := range vectors {
		t.Run(v.Note, func(t *testing.T) {
			t.Parallel()
			verifier, err := twilio.NewVerifier(v.Token)
			if err != nil {
				t.Fatal(err)
			}
			var got bool
			if v.Body != nil {
				got = verifier.JSON(v.URL, []byte(*v.Body), v.Signature)
			} else {
				got = verifier.Form(v.URL, v.form(t), v.Signature)
			}
			if got != v.Expected {
				t.Errorf("valid = %t, want %t", got, v.Expected)
			}
		})
	}
}

func TestVerifierRefusesEmptyTokens(t *testing.T) {
	t.Parallel()
	for _, tokens := range [][]string{nil, {""}, {"12345", ""}} {
		if _, err := twilio.NewVerifier(tokens...); err == nil {
			t.Errorf("NewVerifier(%d tokens, one empty or none) gave no error", len(tokens))
		}
	}
}

func TestVerifierRotation(t *testing.T) {
	t.Parallel()
	const address = "https://text.example.org/twilio/inbound"
	form := url.Values{"Body": {"HELLO"}}
	verifier, err := twilio.NewVerifier("newtoken", "oldtoken")
	if err != nil {
		t.Fatal(err)
	}
	for token, want := range map[string]bool{"newtoken": true, "oldtoken": true, "othertoken": false, "": false} {
		if got := verifier.Form(address, form, twilio.Sign(address, form, token)); got != want {
			t.Errorf("signed with %q: valid = %t, want %t", token, got, want)
		}
	}
}

// Every part of a request is under the signature: a change of any one of them
// is seen.
func TestSignatureCoversEverything(t *testing.T) {
	t.Parallel()
	const address = "https://text.example.org/twilio/status?o=a%2Fb&a=1"
	form := url.Values{"Body": {"I feel low "}, "To": {"+447700900000"}, "Extra": {"x", "y"}}
	verifier, err := twilio.NewVerifier("12345")
	if err != nil {
		t.Fatal(err)
	}
	signature := twilio.Sign(address, form, "12345")
	if !verifier.Form(address, form, signature) {
		t.Fatal("the request as it was signed is refused")
	}
	with := func(name string, values ...string) url.Values {
		changed := url.Values{}
		for k, v := range form {
			changed[k] = v
		}
		changed[name] = values
		return changed
	}
	cases := map[string]struct {
		url  string
		form url.Values
	}{
		"space trimmed":      {address, with("Body", "I feel low")},
		"value added":        {address, with("Extra", "x", "y", "z")},
		"value left out":     {address, with("Extra", "x")},
		"parameter added":    {address, with("New", "1")},
		"empty parameter":    {address, with("New", "")},
		"query reordered":    {"https://text.example.org/twilio/status?a=1&o=a%2Fb", form},
		"query decoded":      {"https://text.example.org/twilio/status?o=a/b&a=1", form},
		"plain http":         {strings.Replace(address, "https", "http", 1), form},
		"slash at the end":   {strings.Replace(address, "status?", "status/?", 1), form},
		"another host":       {strings.Replace(address, "text.", "evil.", 1), form},
		"custom port signed": {strings.Replace(address, ".org/", ".org:8443/", 1), with("Body", "other")},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if verifier.Form(c.url, c.form, signature) {
				t.Error("a changed request is taken for the signed one")
			}
		})
	}
}
