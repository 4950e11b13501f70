// Package try is a phone beside the desk's queue, on one page, for a made-up
// team: whoever plays a patient here talks with the same engine, store and
// renderer as a real person does. Nothing leaves the machine.
//
// It exists for a demo team only, and shows that team only. It does not know
// how a real text is carried, nor who works at the desk.
package try
