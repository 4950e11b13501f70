package desk

import (
	"net/http"
	"testing"
)

func TestQueueShowsWhoWaits(t *testing.T) {
	t.Parallel()
	wd := newWorld(t)
	wd.keep(maureen(t))
	wd.keep(joan(t))
	got := wd.signedIn("amy").get("/queue")
	want(t, got, http.StatusOK, "Maureen", "Cannot wait", "cant see the point of going on anymore")
}
