// Package telegram carries the chats of one bot per team through Telegram's Bot
// API: it brings updates by long polling or by webhook, hands each to the engine
// under the update's own id, gives the reply with its buttons, answers every
// press of a button, and sends what is planned.
//
// An update is confirmed to Telegram only when its turn is committed, so that none
// is lost, and its id makes sure that none counts twice. It knows Telegram's
// updates, limits and errors. It does not know the records, what a text means or
// when something is sent; no type of the vendor's library leaves it. A token never
// stands in an error or a log.
package telegram
