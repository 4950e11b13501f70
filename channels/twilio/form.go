package twilio

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
)

// form is the parameters of a webhook in the order in which Twilio signs them:
// by name, and the values of one name as they came. Twenty come with each text,
// and a map of slices would be most of what a text takes from the heap.
type form []parameter

type parameter struct {
	name, value string
}

// parseForm reads a body. It takes what url.ParseQuery takes.
func parseForm(body string) (form, error) {
	f := make(form, 0, strings.Count(body, "&")+1)
	for body != "" {
		var pair string
		pair, body, _ = strings.Cut(body, "&")
		if pair == "" {
			continue
		}
		if strings.Contains(pair, ";") {
			return nil, errForm
		}
		key, value, _ := strings.Cut(pair, "=")
		var p parameter
		var err error
		if p.name, err = url.QueryUnescape(key); err != nil {
			return nil, errForm // why would quote it
		}
		if p.value, err = url.QueryUnescape(value); err != nil {
			return nil, errForm
		}
		f = append(f, p)
	}
	f.sort()
	return f, nil
}

// formOf is the form of values that are parsed already.
func formOf(values url.Values) form {
	var f form
	for name, all := range values {
		for _, value := range all {
			f = append(f, parameter{name, value})
		}
	}
	f.sort()
	return f
}

// sort puts the names in the order of their bytes.
func (f form) sort() {
	slices.SortStableFunc(f, func(a, b parameter) int { return cmp.Compare(a.name, b.name) })
}

// Get returns the first value of a name as it came, empty where there is none.
func (f form) Get(name string) string {
	i, found := slices.BinarySearchFunc(f, name, func(p parameter, name string) int { return cmp.Compare(p.name, name) })
	if !found {
		return ""
	}
	return f[i].value
}

// appendCanonical writes the parameters one after another as Twilio signs them:
// each value of a name once and in order.
func (f form) appendCanonical(dst []byte) []byte {
	for i := 0; i < len(f); {
		n := i + 1
		for n < len(f) && f[n].name == f[i].name {
			n++
		}
		same := f[i:n]
		if len(same) > 1 {
			same = slices.Clone(same)
			slices.SortFunc(same, func(a, b parameter) int { return cmp.Compare(a.value, b.value) })
			same = slices.Compact(same)
		}
		for _, p := range same {
			dst = append(append(dst, p.name...), p.value...)
		}
		i = n
	}
	return dst
}
