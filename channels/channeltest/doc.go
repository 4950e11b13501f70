// Package channeltest holds what every channel adapter must do alike: the cases
// its tests run over it (Run), an engine to stand behind it (Engine) and a log
// that no person's words or numbers may reach (Log). It is for tests only and
// knows no provider.
package channeltest
