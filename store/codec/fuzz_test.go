package codec_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
	"linkline/store/storetest"
)

// FuzzDecode gives any bytes: nothing panics, and what is taken for a record
// comes back when it is written again.
func FuzzDecode(f *testing.F) {
	for _, kind := range casework.Kinds() {
		record := storetest.Filled(kind)
		data, err := planOf(f, record).Append(nil, record)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte{})
	f.Add([]byte{0xdf, 0xff, 0xff, 0xff, 0xff})
	plan := planOf(f, &casework.Conversation{})
	f.Fuzz(func(t *testing.T, data []byte) {
		var first casework.Conversation
		if plan.Decode(data, &first) != nil {
			return
		}
		if diff := cmp.Diff(&first, again(t, &first)); diff != "" {
			t.Errorf("(-first +again):\n%s", diff)
		}
	})
}

// FuzzAgainstJSON makes records of whatever JSON says and asks that both forms
// give back the same.
func FuzzAgainstJSON(f *testing.F) {
	for _, record := range []casework.Record{storetest.Filled(casework.Cases.Kind), &casework.Case{}} {
		written, err := json.Marshal(record)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(written)
	}
	f.Add([]byte(`{"answers":{"name":{"values":["Amy"],"at":"2026-01-02T03:04:05.000000006+01:00"},"a":{}},"needs":[]}`))
	f.Fuzz(func(t *testing.T, written []byte) {
		var record casework.Case
		if json.Unmarshal(written, &record) != nil {
			return
		}
		want, err := json.Marshal(inUTC(&record))
		if err != nil {
			return // a year that JSON does not write
		}
		got, err := json.Marshal(again(t, &record))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("as JSON: got\n%s\nwant\n%s", got, want)
		}
	})
}

// inUTC is the record with its times as a plan reads them.
func inUTC(c *casework.Case) *casework.Case {
	out := *c
	for _, at := range []*time.Time{&out.DueAt, &out.PickedUpAt, &out.OpenedAt, &out.LastInAt, &out.LastOutAt, &out.ClosedAt} {
		*at = at.UTC()
	}
	out.WhatMatters, out.Fired = slices.Clone(c.WhatMatters), slices.Clone(c.Fired)
	for i := range out.WhatMatters {
		out.WhatMatters[i].At = out.WhatMatters[i].At.UTC()
	}
	for i := range out.Fired {
		out.Fired[i].At = out.Fired[i].At.UTC()
	}
	out.Answers = maps.Clone(c.Answers)
	for fact, a := range out.Answers {
		a.At = a.At.UTC()
		out.Answers[fact] = a
	}
	return &out
}
