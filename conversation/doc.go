// Package conversation plays the flows with people who text.
//
// Advance is the heart and is pure: from the flows, a conversation, the facts a
// turn may need, an input and the moment, it gives the next conversation and a
// closed set of effects. Receive carries one text through one transaction: it
// recognises a repeat, reads the facts, lets package safety read the text
// first, advances, applies the effects to the records and renders the reply.
// Commit comes before the answer.
//
// A worker's act and a due job take the same road. There is no second way in.
//
// The package does not know how a text is carried, where records lie or when a
// job is looked for: channels, store and scheduler know that, and bring the
// clock, the randomness and the store with them.
package conversation
