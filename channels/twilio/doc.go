// Package twilio carries SMS and WhatsApp texts through a Twilio account: it
// proves that a webhook is Twilio's, brings the text to the engine and its
// reply back as TwiML, reads status callbacks, sends what is planned, asks
// Twilio's list what became of it, and finds there what no webhook brought.
//
// It knows Twilio's forms, error codes and signature. It does not know the
// records, what a text means or when something is sent; no type of Twilio's
// library leaves it.
package twilio
