package postgres_test

import (
	"context"
	"crypto/rand"
	"os"
	"testing"
	"time"

	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/postgres"
	"linkline/store/postgres/postgrestest"
	"linkline/store/storetest"
)

// server and migrated are what TestMain starts; nil where there is no
// PostgreSQL.
var (
	server   *postgrestest.Server
	migrated *postgrestest.Template
)

func TestMain(m *testing.M) {
	os.Exit(postgrestest.Main(m, func(s *postgrestest.Server) (err error) {
		server = s
		migrated, err = s.Template(func(url string) error {
			return postgres.Migrate(context.Background(), url, casework.Kinds())
		}, "about", "linkline_schema")
		return err
	}))
}

// options are those of a test.
func options() postgres.Options {
	return postgres.Options{Kinds: casework.Kinds(), Random: rand.Reader, Now: time.Now}
}

// open opens a database that closes with the test.
func open(t testing.TB, url string, o postgres.Options) *postgres.Backend {
	t.Helper()
	b, err := postgres.Open(context.Background(), url, o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { _ = b.Close() }) // again, where the test has
	return b
}

// siteName is here so that a fault's type is short.
type siteName = casework.Site

func TestContract(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	storetest.Run(t, func(t *testing.T) (store.Store, func() store.Store) {
		url, keys := migrated.Database(t), storetest.Keyring(t)
		db := storetest.Open(t, open(t, url, options()), keys)
		return db, func() store.Store {
			if err := db.Close(); err != nil {
				t.Fatalf("close: %v", err)
			}
			db = storetest.Open(t, open(t, url, options()), keys)
			return db
		}
	})
}

func TestRows(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	storetest.RunBackend(t, func(t *testing.T) store.Backend {
		b := open(t, migrated.Database(t), options())
		if err := b.PlainTable(t.Context(), "model"); err != nil {
			t.Fatalf("make a table: %v", err)
		}
		return b
	})
}

func TestCosts(t *testing.T) {
	t.Parallel()
	postgrestest.Need(t, server)
	for name, remembered := range map[string]int{"of what was seen": 0, "with nothing remembered": -1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.RunCosts(t, func(t *testing.T) (store.Backend, func() storetest.Cost) {
				w, o := &wire{}, options()
				o.SeenBytes = remembered
				b := wired(t, oneConnection(migrated.Database(t)), w, o)
				return b, func() storetest.Cost {
					return storetest.Cost{Commits: b.Stats().Commits, RoundTrips: w.trips.Load()}
				}
			})
		})
	}
}
