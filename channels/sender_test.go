package channels_test

import (
	"errors"
	"io"
	"testing"

	"linkline/channels"
)

func TestSendError(t *testing.T) {
	t.Parallel()
	err := &channels.SendError{Outcome: channels.Rejected, Code: 21610, Reason: "too_long", Err: io.ErrUnexpectedEOF}
	if got, want := err.Error(), "send: rejected (code 21610): too_long: unexpected EOF"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error("the cause is lost")
	}
	if got, want := (&channels.SendError{Outcome: channels.Unknown}).Error(), "send: unknown"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
}
