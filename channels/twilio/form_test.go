package twilio

import (
	"net/url"
	"testing"
)

func TestFormKeepsTheOrderOfASharedName(t *testing.T) {
	t.Parallel()
	f, err := parseForm("b=2&a=z&B=+x&a=y&a=z&c&&a=%C5%B5%3D")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a": "z", "b": "2", "B": " x", "c": "", "d": ""} {
		if got := f.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got, want := string(f.appendCanonical([]byte("u"))), "uB xayazaŵ=b2c"; got != want {
		t.Errorf("signed as %q, want %q", got, want)
	}
}

func TestFormIsRefused(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"a=%", "%zz=1", "a=1;b=2", "a=1&b=%4"} {
		if f, err := parseForm(body); err == nil {
			t.Errorf("%q was read as %v", body, f)
		}
	}
}

// TestFormCostsLittle bounds what the parameters of a text take from the heap.
func TestFormCostsLittle(t *testing.T) {
	body := url.Values{
		"MessageSid": {"SM1"}, "From": {"+447700900123"}, "To": {"+447700900000"}, "Body": {"I feel low"},
		"NumMedia": {"0"}, "FromCountry": {"GB"}, "FromCity": {""}, "ToCountry": {"GB"}, "ToCity": {""},
	}.Encode()
	allocs := testing.AllocsPerRun(100, func() {
		if f, err := parseForm(body); err != nil || f.Get("MessageSid") != "SM1" {
			t.Error("the form was not read")
		}
	})
	if most := 6.0; allocs > most { // the slice, and each value that is escaped
		t.Errorf("%v allocations, want at most %v", allocs, most)
	}
}

// FuzzParseForm asks that any body is read as net/url reads it, and refused
// when net/url refuses it.
func FuzzParseForm(f *testing.F) {
	f.Add(url.Values{"Body": {"ŵ & = +"}, "Extra": {"x", "y", "x"}}.Encode())
	f.Add("a=1;b=2")
	f.Add("&&=&a&=b&%")
	f.Fuzz(func(t *testing.T, body string) {
		want, wrong := url.ParseQuery(body)
		got, err := parseForm(body)
		if (err != nil) != (wrong != nil) {
			t.Fatalf("%q: got %v, net/url says %v", body, err, wrong)
		}
		if err != nil {
			return
		}
		for name := range want {
			if got.Get(name) != want.Get(name) {
				t.Errorf("%q: %q is %q, want %q", body, name, got.Get(name), want.Get(name))
			}
		}
		if a, b := string(got.appendCanonical(nil)), string(formOf(want).appendCanonical(nil)); a != b {
			t.Errorf("%q is signed as %q, want %q", body, a, b)
		}
	})
}
