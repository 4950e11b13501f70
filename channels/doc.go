// Package channels is how messages come in and go out: the form a turn takes
// on each channel (Render), what a provider must be able to do (Sender), and
// the road from a planned message to the provider and back (Delivery).
//
// It knows the records of a message and the store's interface. It does not
// know how any one provider speaks, what its error codes mean, which questions
// are asked, or when to look for work: the adapters below it, the engine and
// the program know that.
package channels
