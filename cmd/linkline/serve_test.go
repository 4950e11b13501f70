package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"linkline/channels/twilio"
)

// running is a service in this process, reached as the world would.
type running struct {
	dir    string
	out    *safeBuffer
	log    *safeBuffer
	url    string
	stop   context.CancelFunc
	ended  chan int
	client *http.Client
}

// quiet keeps tests off the ports of a service that may run beside them.
var quiet = []string{"LINKLINE_LISTEN=127.0.0.1:0", "LINKLINE_METRICS_LISTEN=127.0.0.1:0"}

// serve makes a data directory and starts a service on it.
func serve(t *testing.T) *running {
	t.Helper()
	dir := shortDir(t)
	if got := (command{args: []string{"init", "--data", dir}}).run(t); got.code != exitOK {
		t.Fatalf("init: %+v", got)
	}
	return start(t, dir)
}

func start(t *testing.T, dir string, environ ...string) *running {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	r := &running{dir: dir, out: &safeBuffer{}, log: &safeBuffer{}, stop: stop, ended: make(chan int, 1)}
	r.client = &http.Client{
		Timeout:       10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	go func() {
		r.ended <- run(ctx, &process{
			args: []string{"serve", "--data", dir, "--log", "json"}, environ: append(slices.Clone(quiet), environ...),
			out: r.out, err: r.log, now: time.Now, random: rand.Reader,
		})
		close(r.ended) // whoever asks again need not wait
	}()
	t.Cleanup(func() { r.end(t) })
	r.await(t)
	return r
}

// await returns when the service has said where it is.
func (r *running) await(t *testing.T) {
	t.Helper()
	up := regexp.MustCompile(`linkline is up: (\S+)`)
	for range 1000 {
		select {
		case code := <-r.ended:
			t.Fatalf("ended with %d: %s", code, r.log)
		case <-time.After(10 * time.Millisecond): // a real listener is waited for
		}
		if found := up.FindStringSubmatch(r.out.String()); found != nil && strings.Contains(r.out.String(), "Ctrl-C") {
			r.url = found[1]
			return
		}
	}
	t.Fatal("the service does not come up")
}

// end stops the service as a signal would, once.
func (r *running) end(t *testing.T) {
	t.Helper()
	if r.stop == nil {
		return
	}
	r.stop()
	r.stop = nil
	r.client.CloseIdleConnections()
	if code := <-r.ended; code != exitOK {
		t.Errorf("ended with %d: %s", code, r.log)
	}
}

// said returns what the service printed behind a word.
func (r *running) said(t *testing.T, word string) string {
	t.Helper()
	found := regexp.MustCompile(`(?m)^\s*` + word + `\s+(\S+)`).FindStringSubmatch(r.out.String())
	if found == nil {
		t.Fatalf("no %s in\n%s", word, r.out)
	}
	return found[1]
}

// response is what was answered to a request.
type response struct {
	status int
	body   string
}

func (r *running) do(t *testing.T, req *http.Request) response {
	t.Helper()
	res, err := r.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response{res.StatusCode, string(body)}
}

func (r *running) get(t *testing.T, address string) response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.do(t, req)
}

// text is the form of a text as Twilio would send it.
func (r *running) text(t *testing.T, sid, body string) url.Values {
	t.Helper()
	return url.Values{
		"MessageSid": {sid}, "AccountSid": {r.said(t, "account")}, "From": {"+447700900456"},
		"To": {r.said(t, "number")}, "Body": {body}, "NumMedia": {"0"},
	}
}

// hook posts a form with a signature.
func (r *running) hook(t *testing.T, form url.Values, signature string) response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.said(t, "url"), strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Twilio-Signature", signature)
	return r.do(t, req)
}

func (r *running) signed(t *testing.T, form url.Values) response {
	t.Helper()
	return r.hook(t, form, twilio.Sign(r.said(t, "url"), form, r.said(t, "token")))
}

func TestServeAnswersSignedWebhooks(t *testing.T) {
	t.Parallel()
	r := serve(t)
	form := r.text(t, "SM01", "Hello")
	first := r.signed(t, form)
	if first.status != http.StatusOK || !strings.Contains(first.body, "<Message") || !strings.Contains(first.body, "Fen Wellbeing") {
		t.Fatalf("got %+v", first)
	}
	if again := r.signed(t, form); again != first {
		t.Errorf("the same webhook again: got %+v, want %+v", again, first)
	}
	altered := r.text(t, "SM02", "Hello")
	signature := twilio.Sign(r.said(t, "url"), altered, r.said(t, "token"))
	altered.Set("Body", "STOP")
	for name, got := range map[string]response{
		"altered":  r.hook(t, altered, signature),
		"unsigned": r.hook(t, altered, ""),
	} {
		if want := (response{status: http.StatusForbidden}); got != want {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
}

func TestServeRemembersOverARestart(t *testing.T) {
	t.Parallel()
	r := serve(t)
	form := r.text(t, "SM01", "Hello")
	first := r.signed(t, form)
	r.end(t)
	// The signature covers the address, and the new listener has another port.
	second := start(t, r.dir)
	if got := second.signed(t, form); replaceURL(got.body, second.url) != replaceURL(first.body, r.url) {
		t.Errorf("after a restart the same webhook gets\n%s\nwant\n%s", got.body, first.body)
	}
}

// replaceURL takes the port out of a body, which differs between two runs.
func replaceURL(body, address string) string { return strings.ReplaceAll(body, address, "URL") }

func TestServeProbesAndMetrics(t *testing.T) {
	t.Parallel()
	r := serve(t)
	if got := r.get(t, r.url+"/healthz"); got != (response{http.StatusOK, "alive\n"}) {
		t.Errorf("healthz: %+v", got)
	}
	if got := r.get(t, r.url+"/readyz"); got != (response{http.StatusOK, "ready\n"}) {
		t.Errorf("readyz: %+v", got)
	}
	r.signed(t, r.text(t, "SM01", "Hello"))
	metrics := r.get(t, r.said(t, "metrics")).body
	for _, want := range []string{
		`inbound_messages_total{channel="sms"} 1`, `alerts_open{team="demo"} 0`, `commit_seconds_count{site="receive a text"} 1`,
	} {
		if !strings.Contains(metrics, "\n"+want+"\n") {
			t.Errorf("%s is missing", want)
		}
	}
	if got := r.get(t, r.url+"/metrics"); got.status != http.StatusNotFound {
		t.Errorf("metrics are on the public listener: %d", got.status)
	}
}

func TestServeLogsNothingPersonal(t *testing.T) {
	t.Parallel()
	r := serve(t)
	for i, text := range []string{"Hello", "1", "1", "1", "1", "1", "Maureen", "I want to end my life"} {
		r.signed(t, r.text(t, fmt.Sprintf("SM%02d", i), text))
	}
	_, link, _ := strings.Cut(r.out.String(), "/welcome?token=")
	link, _, _ = strings.Cut(link, "\n")
	r.get(t, r.url+"/welcome?token="+link)
	r.get(t, r.url+"/case/FEN-MAUREEN?q=Maureen")
	r.end(t)
	// How long a request took may hold any digits.
	log := regexp.MustCompile(`"(took|time|bytes)":[^,}]*`).ReplaceAllString(r.log.String(), "")
	for _, secret := range []string{"7700", "900456", "Maureen", "MAUREEN", "end my life", r.said(t, "token"), link} {
		if strings.Contains(log, secret) {
			t.Errorf("%q is in the log:\n%s", secret, r.log)
		}
	}
	routes := map[string]bool{}
	for line := range strings.Lines(r.log.String()) {
		var entry struct{ Route string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Errorf("%q is not JSON", line)
		}
		routes[entry.Route] = true
	}
	if !routes["GET /welcome"] || !routes["/twilio/"] {
		t.Errorf("the log tells of the routes %v", routes)
	}
}

func TestSecondProcessIsToldWhoHoldsTheStore(t *testing.T) {
	t.Parallel()
	r := serve(t)
	began := time.Now()
	second := command{args: []string{"serve", "--data", r.dir}, environ: quiet}.run(t)
	t.Logf("told after %s; a second is the aim", time.Since(began).Round(time.Millisecond))
	want := fmt.Sprintf("pid %d", os.Getpid())
	if second.code != exitFailed || !strings.Contains(second.err, want) {
		t.Errorf("got %+v, want %q", second, want)
	}
	if got := r.get(t, r.url+"/readyz"); got.status != http.StatusOK {
		t.Errorf("the first process is hurt: %+v", got)
	}
	if got := (command{args: []string{"chat", "--data", r.dir}}).run(t); got.code != exitFailed || !strings.Contains(got.err, want) {
		t.Errorf("chat on the same data: got %+v", got)
	}
}

func TestUserAddReachesTheRunningService(t *testing.T) {
	t.Parallel()
	r := serve(t)
	add := func(login string) ran {
		return command{
			args:    []string{"user", "add", "--data", r.dir, "--login", login, "--name", "Tom Ash"},
			environ: quiet,
		}.run(t)
	}
	link := regexp.MustCompile(`(?m)^(http://\S+)(/welcome\?token=\S+)$`)
	got := add("tom")
	found := link.FindStringSubmatch(got.out)
	if got.code != exitOK || found == nil || found[1] != r.url {
		t.Fatalf("got %+v, want a link to %s", got, r.url)
	}
	if page := r.get(t, found[1]+found[2]); page.status != http.StatusOK {
		t.Errorf("the link leads to %d", page.status)
	}
	if got := add("Two Words"); got.code != exitFailed || !strings.Contains(got.err, "small letters") {
		t.Errorf("got %+v, want the service's own words", got)
	}
	r.end(t)
	if _, err := os.Stat(filepath.Join(r.dir, "admin.sock")); err == nil {
		t.Error("the socket is left over")
	}
	alone := add("sue")
	found = link.FindStringSubmatch(alone.out)
	if alone.code != exitOK || found == nil {
		t.Fatalf("without a service: got %+v", alone)
	}
	again := start(t, r.dir)
	if page := again.get(t, again.url+found[2]); page.status != http.StatusOK {
		t.Errorf("the link made without a service leads to %d", page.status)
	}
}

// A webhook on its way when the signal comes is answered, and nothing is taken
// in afterwards.
func TestServeStopsWithinItsTime(t *testing.T) {
	t.Parallel()
	r := serve(t)
	r.signed(t, r.text(t, "SM01", "Hello"))
	began := time.Now()
	r.end(t)
	if took := time.Since(began); took > grace {
		t.Errorf("an idle service took %s to stop", took)
	}
	if !strings.Contains(r.log.String(), "stopping") {
		t.Error("the log does not say that it stops")
	}
}
