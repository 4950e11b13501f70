package desk

import (
	"flag"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden pages")

// varying are the parts of a page that change with a style or a token.
var varying = regexp.MustCompile(`(/static/[a-z]+)\.[0-9a-f]{12}|(name="token" value=")[^"]*`)

func TestGoldenPages(t *testing.T) {
	t.Parallel()
	b := busy(t).signedIn("amy")
	for name, path := range screens(t) {
		got := varying.ReplaceAll(b.get(path).Body.Bytes(), []byte("$1$2"))
		golden(t, name, got)
	}
	refused := b.post("/case/"+reference(t, "JAN45")+"/pick-up", url.Values{"day": {"31"}, "month": {"2"}, "year": {"2027"}})
	golden(t, "pick-up-refused", varying.ReplaceAll(refused.Body.Bytes(), []byte("$1$2")))
}

// golden compares a page with the one that a person has looked at.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".html")
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; make it with -update", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("page %s (-want +got):\n%s", name, diff)
	}
}

func discard(wd *world) *slog.Logger { return slog.New(slog.NewTextHandler(wd.log, nil)) }
