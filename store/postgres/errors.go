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
		return fmt.Errorf("%s: %w: %w", doing, ErrLost, withoutAddress(err))
	case slices.Contains([]string{codeSerialization, codeDeadlock}, answer.Code):
		return errAgain
	case slices.Contains([]string{codeUnique, codeDivision}, answer.Code):
		return errSupposed
	}
	return fmt.Errorf("%s: %w", doing, withoutValues(answer))
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

// withoutValues is a server's error without its detail, which quotes the rows
// that it is about.
func withoutValues(answer *pgconn.PgError) error {
	return fmt.Errorf("the database says: %s (%s)", answer.Message, answer.Code)
}

// withoutAddress is an error of a connection without the address, user and
// database that it names: they are the operator's, and may hold a password.
func withoutAddress(err error) error {
	connecting := (*pgconn.ConnectError)(nil)
	if errors.As(err, &connecting) {
		if cause := errors.Unwrap(connecting); cause != nil {
			return cause
		}
	}
	return err
}
