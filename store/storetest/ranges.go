package storetest

import (
	"fmt"
	"time"

	"github.com/google/go-cmp/cmp"

	"linkline/conversation/casework"
)

var rangeTests = []contract{
	{"pages follow on, forwards and backwards", pages},
	{"a prefix and an end bound a range", bounds},
	{"an index is in the order of its entries", entryOrder},
	{"a page holds a hundred where nothing is said", defaultPage},
	{"a page sees what its transaction wrote", ownWrites},
	{"a cursor holds while records come and go", cursorHolds},
	{"a cursor that is not one is refused", badCursor},
}

// noteIDs walks all the pages of a span.
func noteIDs(s *suite, tx casework.Tx, span casework.Span) []string {
	s.Helper()
	var out []string
	for range 500 {
		page, next, err := casework.Notes.Range(tx, span)
		if err != nil {
			s.Fatalf("range: %v", err)
		}
		if span.Limit > 0 && len(page) > span.Limit {
			s.Fatalf("a page of %d records, want at most %d", len(page), span.Limit)
		}
		out = append(out, ids(page)...)
		if next == "" {
			return out
		}
		if len(page) == 0 {
			s.Fatal("an empty page that is not the last")
		}
		span.After = next
	}
	s.Fatal("the pages do not end")
	return nil
}

func pages(s *suite) {
	all := notes(north, 60)
	put(s, casework.Notes, all...)
	forwards := ids(all)
	backwards := make([]string, len(forwards))
	for i, id := range forwards {
		backwards[len(backwards)-1-i] = id
	}
	s.view(north, func(tx casework.Tx) error {
		for _, limit := range []int{1, 7, 59, 60, 61} {
			if diff := cmp.Diff(noteIDs(s, tx, casework.Span{Limit: limit}), forwards); diff != "" {
				s.Errorf("%d a page (-got +want):\n%s", limit, diff)
			}
			if diff := cmp.Diff(noteIDs(s, tx, casework.Span{Limit: limit, Reverse: true}), backwards); diff != "" {
				s.Errorf("%d a page, reverse (-got +want):\n%s", limit, diff)
			}
		}
		return nil
	})
}

func bounds(s *suite) {
	put(s, casework.Notes, notes(north, 30)...)
	other := note(north, "000", "of another case")
	other.Case = "case-10"
	put(s, casework.Notes, other)
	tests := []struct {
		span        casework.Span
		first, last string
		count       int
	}{
		{casework.Span{Prefix: "case-1/"}, "000", "029", 30},
		{casework.Span{Prefix: "case-1/01"}, "010", "019", 10},
		{casework.Span{Prefix: "case-1/", Until: "case-1/02"}, "000", "019", 20},
		{casework.Span{Prefix: "case-1/", Until: "case-1/020"}, "000", "019", 20},
		{casework.Span{Prefix: "case-1/01", Until: "case-1/9"}, "010", "019", 10},
		{casework.Span{Until: "case-1/001"}, "000", "000", 1},
		{casework.Span{Prefix: "case-10/"}, "000", "000", 1},
		{casework.Span{Prefix: "case-1/", Until: "case-1/"}, "", "", 0},
		{casework.Span{Prefix: "case-2"}, "", "", 0},
	}
	s.view(north, func(tx casework.Tx) error {
		for _, test := range tests {
			for _, reverse := range []bool{false, true} {
				test.span.Reverse, test.span.Limit = reverse, 4
				got := noteIDs(s, tx, test.span)
				first, last := test.first, test.last
				if reverse {
					first, last = last, first
				}
				if len(got) != test.count || (len(got) > 0 && (got[0] != first || got[len(got)-1] != last)) {
					s.Errorf("%+v: got %v, want %d from %s to %s", test.span, got, test.count, first, last)
				}
			}
		}
		return nil
	})
}

func entryOrder(s *suite) {
	due := func(id string, after time.Duration) *casework.Task {
		return &casework.Task{ID: id, Team: north, DueAt: noon.Add(after)}
	}
	put(s, casework.Tasks, due("a", time.Hour), due("b", -time.Hour), due("c", 0), due("d", 0), due("e", 9999*time.Hour))
	put(s, casework.Tasks, &casework.Task{ID: "f", Team: north})
	tests := []struct {
		span casework.Span
		want []string
	}{
		{casework.Span{}, []string{"f", "b", "c", "d", "a", "e"}},
		{casework.Span{Reverse: true}, []string{"e", "a", "d", "c", "b", "f"}},
		{casework.Span{Until: casework.Moment(noon)}, []string{"f", "b"}},
		{casework.Span{Until: casework.Moment(noon), Reverse: true}, []string{"b", "f"}},
		{casework.Span{Prefix: casework.Moment(noon)}, []string{"c", "d"}},
	}
	s.view(north, func(tx casework.Tx) error {
		for _, test := range tests {
			for limit := 1; limit < 7; limit++ {
				span := test.span
				span.Index, span.Limit = "open", limit
				var got []string
				for first := true; first || span.After != ""; first = false {
					page, next, err := casework.Tasks.Range(tx, span)
					if err != nil {
						return err
					}
					for _, task := range page {
						got = append(got, task.ID)
					}
					span.After = next
				}
				if diff := cmp.Diff(got, test.want); diff != "" {
					s.Errorf("%+v (-got +want):\n%s", span, diff)
				}
			}
		}
		return nil
	})
}

func defaultPage(s *suite) {
	put(s, casework.Notes, notes(north, 101)...)
	s.view(north, func(tx casework.Tx) error {
		page, next, err := casework.Notes.Range(tx, casework.Span{})
		if len(page) != 100 || next == "" {
			s.Errorf("got %d and next %q, want 100 and more", len(page), next)
		}
		return err
	})
}

func ownWrites(s *suite) {
	put(s, casework.Notes, notes(north, 20)...)
	got := map[int][]string{}
	var last []*casework.Note
	s.must(north, func(tx casework.Tx) error {
		for _, key := range []string{"000", "007", "019"} {
			if err := casework.Notes.Delete(tx, "case-1/"+key); err != nil {
				return err
			}
		}
		for _, id := range []string{"0005", "003a", "020"} {
			if err := casework.Notes.Put(tx, note(north, id, "new")); err != nil {
				return err
			}
		}
		changed, err := casework.Notes.Get(tx, "case-1/012")
		if err != nil {
			return err
		}
		changed.Text = "changed"
		if err := casework.Notes.Put(tx, changed); err != nil {
			return err
		}
		for _, limit := range []int{1, 3, 50} {
			got[limit] = noteIDs(s, tx, casework.Span{Limit: limit})
		}
		last, _, err = casework.Notes.Range(tx, casework.Span{Limit: 2, Reverse: true})
		return err
	})
	want := []string{
		"0005", "001", "002", "003", "003a", "004", "005", "006", "008", "009", "010",
		"011", "012", "013", "014", "015", "016", "017", "018", "020",
	}
	for limit, ids := range got {
		if diff := cmp.Diff(ids, want); diff != "" {
			s.Errorf("%d a page (-got +want):\n%s", limit, diff)
		}
	}
	if diff := cmp.Diff(ids(last), []string{"020", "018"}); diff != "" {
		s.Errorf("the last two (-got +want):\n%s", diff)
	}
}

func cursorHolds(s *suite) {
	put(s, casework.Notes, notes(north, 10)...)
	var next string
	s.view(north, func(tx casework.Tx) error {
		page, n, err := casework.Notes.Range(tx, casework.Span{Limit: 4})
		if len(page) != 4 {
			s.Errorf("first page: got %d, want 4", len(page))
		}
		next = n
		return err
	})
	s.must(north, func(tx casework.Tx) error {
		if err := casework.Notes.Delete(tx, "case-1/003"); err != nil { // the cursor's own
			return err
		}
		return casework.Notes.Put(tx, note(north, "0035", "new"))
	})
	s.view(north, func(tx casework.Tx) error {
		page, _, err := casework.Notes.Range(tx, casework.Span{Limit: 2, After: next})
		if diff := cmp.Diff(ids(page), []string{"0035", "004"}); diff != "" {
			s.Errorf("next page (-got +want):\n%s", diff)
		}
		return err
	})
	s.view(south, func(tx casework.Tx) error {
		page, _, err := casework.Notes.Range(tx, casework.Span{After: next})
		if len(page) != 0 {
			s.Errorf("another team's cursor: got %d records, want none", len(page))
		}
		return err
	})
}

func badCursor(s *suite) {
	put(s, casework.Tasks, &casework.Task{ID: "t", Team: north, DueAt: noon})
	s.view(north, func(tx casework.Tx) error {
		if _, _, err := casework.Tasks.Range(tx, casework.Span{After: "not a cursor!"}); err == nil {
			s.Error("a cursor of nonsense was taken")
		}
		if _, _, err := casework.Tasks.Range(tx, casework.Span{Index: "no such"}); err == nil {
			s.Error("an index that was never declared was taken")
		}
		for i := range 64 { // any bytes are safe: at worst a page of what may be seen
			after := fmt.Sprintf("%02xAA", i)
			for _, index := range []string{"", "open"} {
				page, _, err := casework.Tasks.Range(tx, casework.Span{Index: index, After: after})
				if err != nil || len(page) > 1 {
					s.Errorf("cursor %q: got %d, %v", after, len(page), err)
				}
			}
		}
		return nil
	})
}
