package service

import (
	"runtime/debug"
	"testing"
)

func TestTuneGarbage(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	TuneGarbage("50")
	if got := debug.SetGCPercent(100); got != 100 {
		t.Errorf("with GOGC=50 in the environment the percentage became %d, want it left alone", got)
	}
	TuneGarbage("")
	if got := debug.SetGCPercent(100); got != garbage {
		t.Errorf("the percentage is %d, want %d", got, garbage)
	}
}
