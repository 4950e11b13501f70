package casework

import (
	"slices"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func TestQueueOrder(t *testing.T) {
	t.Parallel()
	// In the order the desk must show them.
	want := []*Case{
		{ID: "cannot wait, due later", CannotWait: true, State: CaseWorkable, DueAt: noon.Add(time.Hour), OpenedAt: noon},
		{ID: "due sooner", State: CaseSubmitted, DueAt: noon.Add(-time.Hour), OpenedAt: noon},
		{ID: "waits longer", State: CaseSubmitted, DueAt: noon, OpenedAt: noon.Add(-48 * time.Hour)},
		{ID: "waits less", State: CaseSubmitted, DueAt: noon, OpenedAt: noon.Add(-24 * time.Hour)},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b *Case) int {
		if queueEntries(a)[0] < queueEntries(b)[0] {
			return -1
		}
		return 1
	})
	for i := range want {
		if got[i].ID != want[i].ID {
			t.Errorf("place %d: %s, want %s", i, got[i].ID, want[i].ID)
		}
	}
}

func TestSections(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		give Case
		want string
	}{
		"not finished":                   {Case{State: CaseStarted}, SectionUnfinished},
		"not finished but cannot wait":   {Case{State: CaseStarted, CannotWait: true}, SectionWaiting},
		"not finished and wrote to us":   {Case{State: CaseStarted, NeedsReply: true}, SectionWaiting},
		"workable":                       {Case{State: CaseWorkable}, SectionWaiting},
		"picked up":                      {Case{State: CaseAssigned, Worker: "amy"}, SectionTheirs},
		"picked up and the person wrote": {Case{State: CaseActive, Worker: "amy", NeedsReply: true}, SectionReply},
		"closed, whatever else is so":    {Case{State: CaseClosed, Worker: "amy", NeedsReply: true}, SectionClosed},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.give.Section(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestPersonIsFoundByWholeWords(t *testing.T) {
	t.Parallel()
	p := &Person{
		PreferredName: "Maureen", FullName: "Maureen O'Brien", Phone: "+447700900123", Postcode: "HX1 2AB",
	}
	want := []string{
		Join("phone", "+447700900123"), Join("postcode", "hx12ab"), Join("postcode", "hx1"),
		Join("name", "maureen"), Join("name", "o'brien"),
	}
	if got := personEntries(p); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPermissionInForceIsTheLatest(t *testing.T) {
	t.Parallel()
	got := InForce([]*Permission{
		{Purpose: PurposeKeep, Value: PermissionYes},
		{Purpose: PurposeTellGP, Value: PermissionNo},
		{Purpose: PurposeKeep, Value: PermissionWithdrawn},
	})
	if got[PurposeKeep].Value != PermissionWithdrawn || got[PurposeTellGP].Value != PermissionNo || len(got) != 2 {
		t.Errorf("got %+v", got)
	}
}
