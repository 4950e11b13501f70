// Package seal is the cryptography of what is remembered: AES-256-GCM over
// every record, a data key for each person, conversation and team, and keyed
// hashes to find a record by a value that is not kept in clear.
//
// A data key is drawn once, wrapped by a key-encryption key (LINKLINE_KEY) and
// kept in the store in that form only; destroying the wrapped form erases
// every record sealed with it. Key-encryption keys have versions: a Keyring
// wraps with the newest and unwraps with any it holds, so that the key can be
// changed without touching a record.
//
// The package does not know what a record is, where rows are kept, or who may
// read them.
package seal
