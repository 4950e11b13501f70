package store_test

import (
	"bytes"
	"context"
	"testing"

	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/memory"
	"linkline/store/storetest"
)

// TestNextNamesTheRowThatIsReadNext: of every kind of record, the entries lead
// to the record and the record leads to its data key.
func TestNextNamesTheRowThatIsReadNext(t *testing.T) {
	t.Parallel()
	backend := memory.New()
	storetest.PutFilled(t, storetest.Open(t, backend, storetest.Keyring(t)))
	for _, kind := range casework.Kinds() {
		records := rowsOf(t, backend, kind.Group)
		if len(records) == 0 {
			t.Fatalf("%s: no rows", kind.Name)
		}
		for _, row := range records {
			leadsTo(t, backend, kind.Group, row, "key")
		}
		for _, row := range rowsOf(t, backend, kind.Group+".index") {
			leadsTo(t, backend, kind.Group+".index", row, kind.Group)
		}
	}
}

func leadsTo(t *testing.T, backend store.Backend, table string, row store.Row, want string) {
	t.Helper()
	got, key, ok := store.Next(table, row)
	if !ok || got != want {
		t.Fatalf("%s: got table %q, %v, want %q", table, got, ok, want)
	}
	for _, held := range rowsOf(t, backend, got) {
		if bytes.Equal(held.Key, key) {
			return
		}
	}
	t.Errorf("%s: no row of %s has the key that was named", table, got)
}

func rowsOf(t *testing.T, backend store.Backend, table string) (out []store.Row) {
	t.Helper()
	err := backend.View(context.Background(), func(rows store.Rows) (err error) {
		out, err = rows.Range(table, store.Bounds{Limit: 1000})
		return err
	})
	if err != nil {
		t.Fatalf("range %s: %v", table, err)
	}
	return out
}

// TestNextOfWhatLeadsNowhere: a row that is cut short or of the store's own
// names nothing, and does not panic.
func TestNextOfWhatLeadsNowhere(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		table string
		row   store.Row
	}{
		"a data key":             {"key", store.Row{Key: []byte("team:north"), Value: []byte{1, 2, 3}}},
		"the store's secret":     {"store", store.Row{Key: []byte("look-up"), Value: []byte{1}}},
		"an empty record":        {"note", store.Row{Key: []byte("1\x00note")}},
		"a record of the future": {"note", store.Row{Key: []byte("1\x00note"), Value: bytes.Repeat([]byte{9}, 40)}},
		"a record cut short":     {"note", store.Row{Key: []byte("1\x00note"), Value: append([]byte{1}, bytes.Repeat([]byte{200}, 17)...)}},
		"an entry without parts": {"note.index", store.Row{Key: []byte("nonsense")}},
	}
	for name, test := range tests {
		if table, key, ok := store.Next(test.table, test.row); ok {
			t.Errorf("%s: got %s %q, want nothing", name, table, key)
		}
	}
}
