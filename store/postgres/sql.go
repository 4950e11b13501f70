package postgres

import "strings"

// The statements of a transaction. They are plain SQL that the distributed
// databases which speak PostgreSQL's language take too; docs/postgres.md says
// what was checked.

// How a transaction begins. Claims rest on row locks and versions and not on
// isolation (decision 12): SERIALIZABLE would make two that pass each other by
// fail all the same.
const (
	beginTurn  = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
	beginClaim = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
	beginView  = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	// takeSnapshot fixes what a view sees: BEGIN alone does not.
	takeSnapshot = "SELECT 1"
)

// plain reports whether the table is of the store's own, without data keys.
func (t *table) plain() bool { return t.mark == nil }

// createSQL makes the table of a kind, unless it is there. The key of an entry is
// its index, team, entry and record, and the order of its bytes is the order of
// the index; a record has as many entries as it likes, so they are rows and not
// columns. Nothing in clear is personal: what is not an id, a state or a moment
// is sealed, or hashed with a key. One shape serves every kind, so a migration
// that changes it goes over all of them.
func (t *table) createSQL() string {
	if t.entries {
		return "CREATE TABLE IF NOT EXISTS " + t.sql + " (key bytea PRIMARY KEY, record bytea NOT NULL)"
	}
	return "CREATE TABLE IF NOT EXISTS " + t.sql +
		" (key bytea PRIMARY KEY, version bigint NOT NULL, data_key bytea, body bytea NOT NULL) WITH (fillfactor = 50)"
}

// columns are what a look reads: the row, and with it what is read next.
func (t *table) columns() string {
	switch {
	case t.plain():
		return "SELECT t.key, t.version, t.body FROM " + t.sql + " AS t"
	case t.entries:
		return "SELECT t.key, t.record, r.version, r.body, r.data_key, k.version, k.body FROM " + t.sql +
			" AS t LEFT JOIN " + t.record.sql + " AS r ON r.key = t.record" +
			" LEFT JOIN " + dataKeyTable + " AS k ON k.key = r.data_key"
	default:
		return "SELECT t.key, t.version, t.body, t.data_key, k.version, k.body FROM " + t.sql +
			" AS t LEFT JOIN " + dataKeyTable + " AS k ON k.key = t.data_key"
	}
}

// getSQL reads the rows of the keys $1.
func (t *table) getSQL() string { return t.columns() + " WHERE t.key = ANY ($1::bytea[])" }

// rangeSQL reads the rows from $1, up to $3 where the ask ends, at most $2.
func (t *table) rangeSQL(a ask) string {
	var sql strings.Builder
	columns, locked := t.columns(), "t"
	if t.entries && a.claim {
		// An outer join's rows cannot be locked; an entry has a record.
		columns, locked = strings.Replace(columns, "LEFT JOIN", "JOIN", 1), "t, r"
	}
	sql.WriteString(columns)
	sql.WriteString(" WHERE t.key >= $1")
	if a.ends {
		sql.WriteString(" AND t.key < $3")
	}
	sql.WriteString(" ORDER BY t.key")
	if a.reverse {
		sql.WriteString(" DESC")
	}
	sql.WriteString(" LIMIT $2")
	if a.claim {
		sql.WriteString(" FOR UPDATE OF " + locked + " SKIP LOCKED")
	}
	return sql.String()
}

// mustBe makes a statement fail where a condition does not hold. Nothing else
// here divides, so that error says which.
func mustBe(condition, from string) string {
	return "SELECT 1 / (CASE WHEN " + condition + " THEN 1 ELSE 0 END)" + from
}

// noneSQL fails where one of the keys $1 has a row.
func (t *table) noneSQL() string {
	return mustBe("NOT EXISTS (SELECT 1 FROM "+t.sql+" WHERE key = ANY ($1::bytea[]))", "")
}

// noneWithinSQL fails where there is a row from $1, before $2 where it ends.
func (t *table) noneWithinSQL(a ask) string {
	within := "key >= $1"
	if a.ends {
		within += " AND key < $2"
	}
	return mustBe("NOT EXISTS (SELECT 1 FROM "+t.sql+" WHERE "+within+")", "")
}

// insertSQL puts rows that must not be there yet: keys $1, bodies $2, data
// keys $3.
func (t *table) insertSQL() string {
	if t.plain() {
		return "INSERT INTO " + t.sql + " (key, version, body)" +
			" SELECT w.k, 1, w.b FROM unnest($1::bytea[], $2::bytea[]) AS w (k, b)"
	}
	return "INSERT INTO " + t.sql + " (key, version, body, data_key)" +
		" SELECT w.k, 1, w.b, w.d FROM unnest($1::bytea[], $2::bytea[], $3::bytea[]) AS w (k, b, d)"
}

// upsertSQL puts rows over whatever is there; its arguments are insertSQL's.
func (t *table) upsertSQL() string {
	sql := t.insertSQL() + " ON CONFLICT (key) DO UPDATE SET version = " + t.sql + ".version + 1, body = excluded.body"
	if !t.plain() {
		sql += ", data_key = excluded.data_key"
	}
	return sql
}

// updateSQL puts rows over those of the versions that were read: keys $1,
// versions $2, how many $3, bodies $4, data keys $5. It fails where one of them
// has another version.
func (t *table) updateSQL() string {
	more, name, set := "", "", ""
	if !t.plain() {
		more, name, set = ", $5::bytea[]", ", d", ", data_key = w.d"
	}
	return "WITH done AS (UPDATE " + t.sql + " AS t SET version = t.version + 1, body = w.b" + set +
		" FROM unnest($1::bytea[], $2::bigint[], $4::bytea[]" + more + ") AS w (k, v, b" + name + ")" +
		" WHERE t.key = w.k AND t.version = w.v RETURNING 1) " + mustBe("count(*) = $3::bigint", " FROM done")
}

// removeSQL removes rows of the versions that were read: keys $1, versions $2,
// how many $3. It fails where one of them has another version.
func (t *table) removeSQL() string {
	return "WITH done AS (DELETE FROM " + t.sql + " AS t USING unnest($1::bytea[], $2::bigint[]) AS w (k, v)" +
		" WHERE t.key = w.k AND t.version = w.v RETURNING 1) " + mustBe("count(*) = $3::bigint", " FROM done")
}

// dropSQL removes the rows of the keys $1, whatever they are.
func (t *table) dropSQL() string { return "DELETE FROM " + t.sql + " WHERE key = ANY ($1::bytea[])" }

// enterSQL puts index entries: keys $1, records $2.
func (t *table) enterSQL() string {
	return "INSERT INTO " + t.sql + " (key, record)" +
		" SELECT w.k, w.r FROM unnest($1::bytea[], $2::bytea[]) AS w (k, r) ON CONFLICT (key) DO NOTHING"
}

// The mark of a commit; see settle.
const (
	markSQL     = "INSERT INTO commit_mark (id, void) VALUES ($1, false)"
	voidSQL     = "INSERT INTO commit_mark (id, void) VALUES ($1, true) ON CONFLICT (id) DO NOTHING"
	readMarkSQL = "SELECT void FROM commit_mark WHERE id = $1"
	pruneSQL    = "DELETE FROM commit_mark WHERE id < $1"
	commitSQL   = "COMMIT"
)
