package assets

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestFilesAreServedUnderTheirHash(t *testing.T) {
	t.Parallel()
	files, err := Load()
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	for name, want := range map[string]string{
		"desk.css": "text/css; charset=utf-8",
		"desk.js":  "text/javascript; charset=utf-8",
		"mark.svg": "image/svg+xml",
	} {
		path, err := files.Path(name)
		if err != nil {
			t.Fatalf("Path(%s): %v", name, err)
		}
		w := httptest.NewRecorder()
		files.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusOK || w.Body.Len() == 0 {
			t.Errorf("%s: got %d with %d bytes, want the file", path, w.Code, w.Body.Len())
		}
		if got := w.Header().Get("Content-Type"); got != want {
			t.Errorf("%s: got type %q, want %q", name, got, want)
		}
		if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s: got Cache-Control %q, want immutable", name, got)
		}
	}
}

func TestUnknownFiles(t *testing.T) {
	t.Parallel()
	files, err := Load()
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	if _, err := files.Path("missing.css"); err == nil {
		t.Error("got a path for a file that does not exist")
	}
	for _, path := range []string{"/static/desk.css", "/static/desk.000000000000.css", "/static/../assets.go"} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/static/", nil)
		r.URL.Path = path
		files.ServeHTTP(w, r)
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", path, w.Code)
		}
	}
}

func TestStaticFilesAreSmall(t *testing.T) {
	t.Parallel()
	files, err := Load()
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	total := 0
	for _, f := range files.found {
		total += len(f.body)
	}
	if total > 40_000 {
		t.Errorf("the static files weigh %d bytes, want 40,000 at most", total)
	}
}

func TestSecureSetsTheHeaders(t *testing.T) {
	t.Parallel()
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	for _, https := range []bool{false, true} {
		w := httptest.NewRecorder()
		Secure(https, page).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/queue", nil))
		csp := w.Header().Get("Content-Security-Policy")
		for _, want := range []string{
			"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'",
			"base-uri 'none'", "frame-ancestors 'none'", "connect-src 'self'",
		} {
			if !strings.Contains(csp, want) {
				t.Errorf("policy %q lacks %q", csp, want)
			}
		}
		for _, loose := range []string{"unsafe", "data:", "*"} {
			if strings.Contains(csp, loose) {
				t.Errorf("policy %q holds %q", csp, loose)
			}
		}
		if got := w.Header().Get("Cache-Control"); got != "no-store" {
			t.Errorf("got Cache-Control %q, want no-store", got)
		}
		if got := w.Header().Get("Strict-Transport-Security") != ""; got != https {
			t.Errorf("https %v: got HSTS %v", https, got)
		}
	}
}
