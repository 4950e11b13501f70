// Package desk is the link worker's web desk: who is waiting, who cannot wait,
// a person's story in her own words, and what can be done about it. Pages are
// rendered here, on the server, and work without a script; one file holds one
// action, and routes.go lists them all.
//
// The desk reads records and asks the engine to act. It does not know how a
// text is carried, which store remembers, or what the time is: all of that is
// passed in. What people wrote is shown as they wrote it, and acts on nothing.
package desk
