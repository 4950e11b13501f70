// Package channels is how messages come in and go out: the form a turn takes
// on each channel (Render), what a provider must be able to do (Sender, Lister),
// and the road from a planned message to the provider and back (Delivery), with
// whoever has the last word before it leaves (Gate), what each failure asks for
// (Reaction) and an operator's hand on it (Hold, Release, Retry, Outbox).
//
// A message is claimed and committed before its provider is called, so a crash
// leaves an attempt whose outcome nobody knows and never a second text; reports
// and the provider's own list settle what became of it (messaging-safety 3.3).
//
// It knows the records of a message and the store's interface. It does not
// know how any one provider speaks, what its error codes mean, which questions
// are asked, or when to look for work: the adapters below it, the engine and
// the program know that.
package channels
