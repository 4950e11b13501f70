// Package codec writes a record as bytes and reads it back. The bytes are
// MessagePack: a record is a map of its fields by the names in their json tags,
// so any tool that knows MessagePack can show one once it is unsealed, and
// encoding/json shows the same record under the same names.
//
// A Plan is made once for each type, from the type alone, so that a field that
// is added to a record is kept without another word being written about it. A
// field that holds the zero value is left out and is zero when it is read.
//
// A field that the plan does not know was written by a newer version of the
// program. It is refused (ErrNewer) and not passed over: the record would lose
// it the next time it is put. So a field may be added at any time, but one that
// is renamed or taken away needs a new store.Schema and a migration.
//
// The package does not know what a record is for, how it is sealed or where it
// is kept. Its errors name fields and never say what is in them.
package codec
