package channeltest

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Webhook tells Run about an adapter's inbound endpoint.
type Webhook struct {
	// New returns the adapter over an engine and a log.
	New func(t *testing.T, e *Engine, log *slog.Logger) http.Handler
	// Request returns a good request that brings a text under an id of the
	// provider's, from the first of Canaries.
	Request func(id, text string) *http.Request
	// Forge spoils what proves a request to be the provider's.
	Forge func(r *http.Request)
	// Limit is the size of body that is still read.
	Limit int
	// From is how the sender reaches the engine, and ID how an id does; empty and
	// nil where both come as they were sent.
	From string
	ID   func(id string) string
}

// Run runs the cases that every adapter must pass.
func Run(t *testing.T, hook Webhook) {
	t.Run("repeat", hook.repeat)
	t.Run("forged", hook.forged)
	t.Run("too large", hook.tooLarge)
	t.Run("wrong method", hook.wrongMethod)
	t.Run("wrong type", hook.wrongType)
	t.Run("store down", hook.storeDown)
}

func (hook Webhook) start(t *testing.T) (http.Handler, *Engine) {
	t.Helper()
	t.Parallel()
	engine := &Engine{}
	log, _ := Log(t)
	return hook.New(t, engine, log), engine
}

// repeat: the same message again changes nothing and is answered with the same
// bytes (I6, B43).
func (hook Webhook) repeat(t *testing.T) {
	handler, engine := hook.start(t)
	first := Serve(handler, hook.Request("id-1", "canary words"))
	again := Serve(handler, hook.Request("id-1", "canary words"))
	if first.Code != http.StatusOK {
		t.Fatalf("status = %d, want 200", first.Code)
	}
	if got, want := again.Body.String(), first.Body.String(); got != want {
		t.Errorf("answer to the repeat = %q, want %q", got, want)
	}
	Serve(handler, hook.Request("id-2", "canary words"))
	if got := len(engine.Texts()); got != 2 {
		t.Errorf("%d texts taken, want 2", got)
	}
	from, id := Canaries[0], "id-1"
	if hook.From != "" {
		from = hook.From
	}
	if hook.ID != nil {
		id = hook.ID(id)
	}
	if got := engine.Texts()[0]; got.Text.Reveal() != "canary words" || got.From.Reveal() != from || got.ID != id {
		t.Error("the text arrived with other words, sender or id than it was sent with")
	}
}

// forged: a request that is not the provider's is refused and told nothing.
func (hook Webhook) forged(t *testing.T) {
	handler, engine := hook.start(t)
	r := hook.Request("id-1", "canary words")
	hook.Forge(r)
	refused(t, Serve(handler, r), engine, http.StatusForbidden)
}

// tooLarge: no more than the limit is read, however long the body is.
func (hook Webhook) tooLarge(t *testing.T) {
	handler, engine := hook.start(t)
	r := hook.Request("id-1", "canary words")
	body := &counter{r: io.MultiReader(r.Body, endless{})}
	r.Body, r.ContentLength = io.NopCloser(body), -1
	refused(t, Serve(handler, r), engine, http.StatusRequestEntityTooLarge)
	if slack := 64 << 10; body.n > hook.Limit+slack {
		t.Errorf("%d bytes were read of an endless body, want about %d", body.n, hook.Limit)
	}
}

func (hook Webhook) wrongMethod(t *testing.T) {
	handler, engine := hook.start(t)
	for _, method := range []string{"GET", "PUT", "HEAD", "OPTIONS", "DELETE", "PATCH"} {
		r := hook.Request("id-1", "canary words")
		r.Method = method
		w := Serve(handler, r)
		refused(t, w, engine, http.StatusMethodNotAllowed)
		if got := w.Header().Get("Allow"); got != http.MethodPost {
			t.Errorf("%s: Allow = %q, want POST", method, got)
		}
	}
}

func (hook Webhook) wrongType(t *testing.T) {
	handler, engine := hook.start(t)
	for _, kind := range []string{"", "text/plain", "multipart/form-data; boundary=x", "rubbish;;"} {
		r := hook.Request("id-1", "canary words")
		r.Header.Set("Content-Type", kind)
		refused(t, Serve(handler, r), engine, http.StatusUnsupportedMediaType)
	}
}

// storeDown: a text that cannot be kept is not taken, and is taken when it
// comes again (B53).
func (hook Webhook) storeDown(t *testing.T) {
	handler, engine := hook.start(t)
	engine.Down(true)
	w := Serve(handler, hook.Request("id-1", "canary words"))
	refused(t, w, engine, http.StatusServiceUnavailable)
	if w.Header().Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	engine.Down(false)
	if w := Serve(handler, hook.Request("id-1", "canary words")); w.Code != http.StatusOK {
		t.Errorf("status of the second try = %d, want 200", w.Code)
	}
	if got := len(engine.Texts()); got != 1 {
		t.Errorf("%d texts taken, want 1", got)
	}
}

// Serve hands a request to a handler.
func Serve(handler http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func refused(t *testing.T, w *httptest.ResponseRecorder, e *Engine, status int) {
	t.Helper()
	if w.Code != status {
		t.Errorf("status = %d, want %d", w.Code, status)
	}
	if body := strings.TrimSpace(w.Body.String()); body != "" {
		t.Errorf("a refusal says %q, want nothing", body)
	}
	if n := len(e.Texts()); n != 0 {
		t.Errorf("%d texts of refused requests were taken", n)
	}
}

// counter counts what is read.
type counter struct {
	r io.Reader
	n int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

// endless is a body that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}
