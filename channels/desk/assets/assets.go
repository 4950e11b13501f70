// Package assets holds what every page of this service shares: the style
// sheets, the little script, and the headers that keep a page to itself. It
// does not know any page, nor who looks at one.
package assets

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// Prefix is where the files are served.
const Prefix = "/static/"

//go:embed static
var files embed.FS

// Files are the static files under names that change with their content, so
// that a browser may keep them for ever. They do not change after Load.
type Files struct {
	paths map[string]string // by plain name: the hashed path
	found map[string]file   // by hashed path
}

type file struct {
	body        []byte
	contentType string
}

// Load reads the embedded files.
func Load() (*Files, error) {
	f := &Files{paths: map[string]string{}, found: map[string]file{}}
	entries, err := fs.ReadDir(files, "static")
	if err != nil {
		return nil, fmt.Errorf("list the static files: %w", err)
	}
	for _, entry := range entries {
		body, err := fs.ReadFile(files, path.Join("static", entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("read a static file: %w", err)
		}
		ext := path.Ext(entry.Name())
		sum := sha256.Sum256(body)
		hashed := Prefix + strings.TrimSuffix(entry.Name(), ext) + "." + hex.EncodeToString(sum[:6]) + ext
		f.paths[entry.Name()] = hashed
		f.found[hashed] = file{body: body, contentType: contentType(ext)}
	}
	return f, nil
}

// contentType names the type of a file by its ending. The table of the machine
// is not asked, since it differs from one to the next.
func contentType(ext string) string {
	switch ext {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}

// Path returns the path under which a file is served.
func (f *Files) Path(name string) (string, error) {
	p, ok := f.paths[name]
	if !ok {
		return "", fmt.Errorf("no static file %q", name)
	}
	return p, nil
}

// ServeHTTP serves one file. A name of an older build is not found.
func (f *Files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	found, ok := f.found[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", found.contentType)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(found.body) // a browser that has gone away is nobody's error
}

// policy lets a page load its own style and script, speak to its own server,
// and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Secure sets the headers of every answer. Pages are never kept by a browser
// or a proxy; files say otherwise for themselves.
func Secure(https bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cache-Control", "no-store")
		if https {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}
