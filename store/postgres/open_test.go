package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/postgres"
	"linkline/store/postgres/postgrestest"
	"linkline/store/storetest"
)

// exec runs a statement in a database.
func exec(t testing.TB, url, sql string) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatalf("connect: %v", err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// TestMigrateFromEveryVersion brings a database up from each version that there
// ever was, and from one that lacks the tables of a kind; records that were put
// before are there afterwards.
func TestMigrateFromEveryVersion(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	empty, err := postgres.Status(t.Context(), server.Database(t))
	if err != nil || empty.Have != 0 || empty.Need < 2 {
		t.Fatalf("status of an empty database: got %+v, %v", empty, err)
	}
	for version := range empty.Need {
		t.Run(fmt.Sprintf("version %d", version), func(t *testing.T) {
			t.Parallel()
			url := server.Database(t)
			if version > 0 {
				if err := postgres.MigrateTo(t.Context(), url, version); err != nil {
					t.Fatalf("migrate to %d: %v", version, err)
				}
				if _, err := postgres.Open(t.Context(), url, options()); !errors.Is(err, postgres.ErrSchema) ||
					!strings.Contains(err.Error(), "linkline init") {
					t.Errorf("open of version %d: got %v, want ErrSchema and what to do", version, err)
				}
				// What stood there then: a data key, as every version has had them.
				exec(t, url, `INSERT INTO data_key (key, version, body) VALUES ('old', 1, 'body')`)
			}
			for range 2 { // the second finds nothing to do
				if err := postgres.Migrate(t.Context(), url, casework.Kinds()); err != nil {
					t.Fatalf("migrate: %v", err)
				}
			}
			if version > 0 {
				exec(t, url, `SELECT 1 / (SELECT count(*) FROM data_key WHERE key = 'old')`)
				exec(t, url, `DELETE FROM data_key`) // no secret of a store made it
			}
			if got, err := postgres.Status(t.Context(), url); err != nil || got.Have != got.Need {
				t.Errorf("status: got %+v, %v", got, err)
			}
			storetest.PutFilled(t, storetest.Open(t, open(t, url, options()), storetest.Keyring(t)))
		})
	}
}

// TestMigrateAddsANewKind: a database of a version that knew fewer kinds gets
// the tables of the others, and keeps its records.
func TestMigrateAddsANewKind(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	url, all := server.Database(t), casework.Kinds()
	few := all[:len(all)-3]
	if err := postgres.Migrate(t.Context(), url, few); err != nil {
		t.Fatalf("migrate: %v", err)
	}
	if _, err := postgres.Open(t.Context(), url, options()); !errors.Is(err, postgres.ErrSchema) {
		t.Fatalf("open with kinds that have no table: got %v, want ErrSchema", err)
	}
	o, keys := options(), storetest.Keyring(t)
	o.Kinds = few
	old, err := store.Open(open(t, url, o), keys, few)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	first := all[0]
	err = old.Update(t.Context(), "test", "", func(tx casework.Tx) error { return tx.Put(first, storetest.Filled(first)) })
	if err != nil {
		t.Fatalf("put: %v", err)
	}
	if err := postgres.Migrate(t.Context(), url, all); err != nil {
		t.Fatalf("migrate: %v", err)
	}
	// The old version is still at it while the new one starts.
	db := storetest.Open(t, open(t, url, options()), keys)
	for _, s := range []store.Store{db, old} {
		err = s.View(t.Context(), "", func(tx casework.Tx) error {
			_, err := tx.Get(first, first.Key(storetest.Filled(first)))
			return err
		})
		if err != nil {
			t.Errorf("the record of before: %v", err)
		}
	}
}

// TestManyMigrateAtOnce, as replicas do that start together.
func TestManyMigrateAtOnce(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	url := server.Database(t)
	failed := make(chan error)
	const replicas = 3
	for range replicas {
		go func() { failed <- postgres.Migrate(context.Background(), url, casework.Kinds()) }()
	}
	for range replicas {
		if err := <-failed; err != nil {
			t.Errorf("migrate: %v", err)
		}
	}
	open(t, url, options())
}

// TestOpenRefuses what is not this program's, or not safe to acknowledge with.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	tests := map[string]struct {
		spoil string
		query string // added to the address
		want  error
		says  string
	}{
		"two migrations ahead": {
			`INSERT INTO linkline_schema (version_id, is_applied) SELECT max(version_id) + 2, true FROM linkline_schema`,
			"", postgres.ErrSchema, "newer",
		},
		"one migration ahead": {
			`INSERT INTO linkline_schema (version_id, is_applied) SELECT max(version_id) + 1, true FROM linkline_schema`,
			"", nil, "",
		},
		"rows of another layout":      {`UPDATE about SET layout = 999`, "", postgres.ErrSchema, "layout"},
		"a table that is gone":        {`DROP TABLE record_note`, "", postgres.ErrSchema, "record_note"},
		"commits that are not synced": {"", "&synchronous_commit=off", postgres.ErrUnsafe, "synchronous_commit"},
		"a replica asked for":         {"", "&target_session_attrs=standby", nil, "takes writes"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := migrated.Copy(t)
			if test.spoil != "" {
				exec(t, url, test.spoil)
			}
			b, err := postgres.Open(t.Context(), url+test.query, options())
			switch {
			case err == nil && test.says == "":
				_ = b.Close()
			case err == nil || !strings.Contains(err.Error(), test.says) || test.says == "":
				t.Errorf("got %v, want an error that says %q", err, test.says)
			case test.want != nil && !errors.Is(err, test.want):
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

// TestOpenOfAnEmptyDatabase says what to do.
func TestOpenOfAnEmptyDatabase(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	_, err := postgres.Open(t.Context(), server.Database(t), options())
	if !errors.Is(err, postgres.ErrSchema) || !strings.Contains(err.Error(), "linkline init") {
		t.Errorf("got %v, want ErrSchema and what to do", err)
	}
}

// TestNoDecisionFromAReplica: a server that takes no writes is not connected to,
// whatever the address says.
func TestNoDecisionFromAReplica(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	url := migrated.Database(t)
	_, err := postgres.Open(t.Context(), url+"&default_transaction_read_only=on", options())
	if err == nil || !strings.Contains(err.Error(), "read") {
		t.Errorf("got %v, want a refusal of a read-only server", err)
	}
}

// TestNothingInClear puts a record of every kind full of canaries and looks for
// them in every table.
func TestNothingInClear(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	url := migrated.Database(t)
	storetest.PutFilled(t, storetest.Open(t, open(t, url, options()), storetest.Keyring(t)))
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	rows, err := conn.Query(t.Context(), `SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(tables) < 2*len(casework.Kinds()) {
		t.Fatalf("tables: got %d, %v", len(tables), err)
	}
	var dump strings.Builder
	for _, table := range tables {
		var text string
		// escape keeps what is printable as it is.
		sql := `SELECT coalesce(string_agg(` + rowText(table) + `, ' '), '') FROM "` + table + `" AS t`
		if err := conn.QueryRow(t.Context(), sql).Scan(&text); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		dump.WriteString(text)
	}
	if !strings.Contains(dump.String(), "canary-") {
		t.Fatal("not even what may stand in clear was found: the test looks in the wrong place")
	}
	for _, kind := range casework.Kinds() {
		for _, secret := range storetest.Secrets(t, kind) {
			if strings.Contains(dump.String(), secret) {
				t.Errorf("%s: stands in clear: %s", kind.Name, secret)
			}
		}
	}
}

// rowText is a row of a table as text.
func rowText(table string) string {
	switch {
	case strings.HasPrefix(table, "record_"):
		return `encode(t.key, 'escape') || ' ' || encode(t.body, 'escape') || ' ' || coalesce(encode(t.data_key, 'escape'), '')`
	case strings.HasPrefix(table, "index_"):
		return `encode(t.key, 'escape') || ' ' || encode(t.record, 'escape')`
	}
	return `t::text`
}
