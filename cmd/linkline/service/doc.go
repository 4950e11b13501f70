// Package service puts the parts of linkline together: a store, the flows, the
// engine, the channels and the desk become one handler and a few loops. It
// chooses nothing by itself: settings, store, clock and randomness come from
// the command that runs it, and so do the addresses it is reached at.
//
// It holds no rule of the service. What a text means, who may see a case and
// when a message may leave are the business of the parts.
package service
