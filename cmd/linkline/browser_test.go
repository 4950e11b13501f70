package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browser is a page of a real browser on a running service.
type browser struct {
	t   *testing.T
	ctx context.Context
	url string
}

// browse starts a browser, or skips the test where there is none. With
// REQUIRE_BROWSER=1 its absence is a failure.
func browse(t *testing.T, r *running) *browser {
	t.Helper()
	path := os.Getenv("CHROME_PATH")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path == "" {
			path, _ = exec.LookPath(name)
		}
	}
	switch {
	case path == "" && os.Getenv("REQUIRE_BROWSER") == "1":
		t.Fatal("no Chromium was found")
	case path == "":
		t.Skip("no Chromium was found, so nobody played a patient in a browser")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithAllocatorOptions(chromedp.ExecPath(path), chromedp.NoSandbox))
	t.Cleanup(cancel)
	return &browser{t: t, ctx: ctx, url: r.url}
}

func (b *browser) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

// press clicks a button and waits for the page it leads to.
func (b *browser) press(selector string) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.t.Fatalf("press %s: %v", selector, err)
	}
}

// await returns once a part of the page says something.
func (b *browser) await(selector, want string) {
	b.t.Helper()
	var got string
	for range 500 {
		// In one step, since a script may swap the part while it is read.
		var err error
		got, err = chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector("`+selector+`")?.textContent ?? ""`))
		if err != nil {
			b.t.Fatalf("read %s: %v", selector, err)
		}
		if strings.Contains(got, want) {
			return
		}
		<-time.After(10 * time.Millisecond) // a browser is another process
	}
	b.t.Fatalf("%s says %q, want %q", selector, got, want)
}

// says types texts on the phone, each with a part of the answer it waits for.
func (b *browser) says(turns ...[2]string) {
	b.t.Helper()
	for _, turn := range turns {
		b.do("type", chromedp.SendKeys(chromedp.CSS("#text"), turn[0]), chromedp.Click(chromedp.CSS("#send button")))
		b.await("#screen", turn[1])
	}
}

// agreed are the turns up to the first free question.
func agreed(name string) [][2]string {
	return [][2]string{
		{"Hello", "Who needs help?"},
		{"1", "safe for us to text"},
		{"1", "see the texts"},
		{"1", "18 or over"},
		{"1", "Is that OK?"},
		{"1", "What name"},
		{name, "What matters most"},
	}
}

// TestBrowserPlaysAPatientBesideTheQueue is the main road in a browser: a
// person texts at /try, her request stands in the queue beside the phone, and
// the link that was printed lets a link worker in to read it. With -update the
// page is drawn for the README.
func TestBrowserPlaysAPatientBesideTheQueue(t *testing.T) {
	t.Parallel()
	r := serve(t)
	b := browse(t, r)
	b.do("open", chromedp.EmulateViewport(1180, 1010), chromedp.Navigate(r.url+"/try"))
	b.says(agreed("Tomasz")...)
	b.says([2]string{"my hours were cut and I can't keep up with the rent", "feel safe right now"}, [2]string{"1", "What would you like help with"})
	b.press(`form[action="/try/new"] button`)
	b.says(agreed("Maureen")...)
	b.says([2]string{"I would like to get out more since my husband died", "feel safe right now"})
	b.do("look again", chromedp.Navigate(r.url+"/try"))
	b.await("#queue", "since my husband died")
	b.await("#queue", "keep up with the rent")
	if *update {
		b.picture(filepath.Join(top, "docs", "phone-and-queue.png"))
	}
	_, link, _ := strings.Cut(r.out.String(), "/welcome?token=")
	link, _, _ = strings.Cut(link, "\n")
	b.do("follow the link", chromedp.Navigate(r.url+"/welcome?token="+link))
	b.do("choose a password", chromedp.SendKeys(chromedp.CSS("#password"), "four unrelated quiet words"))
	b.press("main button")
	b.await("main", "Maureen")
	b.press(`main a[href^="/case/"]`)
	b.await("main", "keep up with the rent")
}

// picture writes what is to be seen to a file.
func (b *browser) picture(name string) {
	b.t.Helper()
	b.do("scroll", chromedp.ScrollIntoView(chromedp.CSS("#screen")))
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatalf("draw the page: %v", err)
	}
	if err := os.WriteFile(name, png, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
