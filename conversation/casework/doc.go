// Package casework owns what the service remembers and the rules of its life:
// people, the conversations that reach them, permissions, cases, alerts,
// tasks, outbound messages, jobs and the people who work here.
//
// Each kind of record is declared once, beside its type: its key, its indexes,
// what must be unique and whose data key seals it. A store turns those
// declarations into tables; casework does not know which store, which channel
// or which clock it serves.
package casework
