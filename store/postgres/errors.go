package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
)

// The errors of a backend, beside those of package store.
var (
	// ErrLost means that the connection was lost and nothing was written.
	ErrLost = errors.New("connection to the database lost")
	// ErrBusy means that others were in the way every time a transaction was run.
	ErrBusy = errors.New("too many transactions at the same records")
	// ErrSchema means that the database is not of the schema that this program
	// works with.
	ErrSchema = errors.New("database not ready")
	// ErrUnsafe means that the server may lose what it has acknowledged.
	ErrUnsafe = errors.New("database server not safe")
)

// What the server answers; see PostgreSQL's table of error codes.
const (
	codeSerialization = "40001"
	codeDeadlock      = "40P01"
	codeUnknown       = "40003" // CockroachDB: it does not know either
	codeUnique        = "23505"
	codeDivision      = "22012" // see mustBe
	codeObject        = "42710" // it is there already
	codeTable         = "42P07" // the same, of a table
)

// failed says what an error of a transaction means that has not committed: that
// it is run again, or what to tell.
func failed(ctx context.Context, doing string, err error) error {
	answer := (*pgconn.PgError)(nil)
	switch {
	case errors.Is(err, errAgain):
		return err
	case !errors.As(err, &answer):
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("%s: %w: %w", doing, ErrLost, told(err))
	case slices.Contains([]string{codeSerialization, codeDeadlock}, answer.Code):
		return errAgain
	case slices.Contains([]string{codeUnique, codeDivision}, answer.Code):
		return errSupposed
	}
	return fmt.Errorf("%s: %w", doing, told(answer))
}

// unknown reports whether an error of a commit leaves open what came of it:
// the connection broke after it was sent, or the server ended it.
func unknown(err error) bool {
	answer := (*pgconn.PgError)(nil)
	switch {
	case errors.Is(err, errAgain), pgconn.SafeToRetry(err):
		return false
	case errors.As(err, &answer):
		return answer.Code == codeUnknown || answer.Severity == "FATAL" || answer.Severity == "PANIC"
	default:
		return true
	}
}

// lost reports whether an error is that of a connection that is no good.
func lost(err error) bool { return errors.Is(err, ErrLost) }

// told is an error as it may be told: a server's without its detail, which
// quotes the rows that it is about. An error of connecting names the address and
// who connects, as an operator needs it, and never the password.
func told(err error) error {
	answer := (*pgconn.PgError)(nil)
	if errors.As(err, &answer) {
		return fmt.Errorf("the database says: %s (%s)", answer.Message, answer.Code)
	}
	return err
}
