package desk

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axePath is where the check of accessibility is installed for the tests.
const axePath = "../../.ci/node_modules/axe-core/axe.min.js"

// chromium starts a browser for one test, or skips the test where there is
// none. With REQUIRE_BROWSER=1 its absence is a failure.
func chromium(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("CHROME_PATH")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path != "" {
			break
		}
		path, _ = exec.LookPath(name)
	}
	if path == "" {
		missing(t, "no Chromium was found, so no page was looked at in a browser")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithAllocatorOptions(chromedp.ExecPath(path), chromedp.NoSandbox))
	t.Cleanup(cancel)
	return ctx
}

// missing skips a test for want of a tool, or fails it where the tool must be.
func missing(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("REQUIRE_BROWSER") == "1" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// axe returns the source of axe-core.
func axe(t *testing.T) string {
	t.Helper()
	path := axePath
	if set := os.Getenv("AXE_PATH"); set != "" {
		path = set
	}
	source, err := os.ReadFile(path)
	if err != nil {
		missing(t, "axe-core is not installed, so no page was checked for accessibility")
	}
	return string(source)
}

// tab is one page of a browser on a desk.
type tab struct {
	t   *testing.T
	ctx context.Context
	url string
}

func openTab(ctx context.Context, t *testing.T, wd *world) *tab {
	t.Helper()
	server := httptest.NewServer(wd.handler)
	t.Cleanup(server.Close)
	return &tab{t: t, ctx: ctx, url: server.URL}
}

func (b *tab) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

func (b *tab) open(path string) {
	b.t.Helper()
	b.do("open "+path, chromedp.Navigate(b.url+path))
}

// signIn signs a worker in.
func (b *tab) signIn(login string) {
	b.t.Helper()
	b.open("/sign-in")
	b.fill("#login", login)
	b.fill("#password", password)
	b.press("main button")
}

func (b *tab) fill(selector, text string) {
	b.t.Helper()
	b.do("fill "+selector, chromedp.SendKeys(chromedp.CSS(selector), text))
}

// press clicks a button and waits for the page it leads to.
func (b *tab) press(selector string) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.t.Fatalf("press %s: %v", selector, err)
	}
}

func (b *tab) text(selector string) string {
	b.t.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.TextContent(chromedp.CSS(selector)))
	if err != nil {
		b.t.Fatalf("read %s: %v", selector, err)
	}
	return text
}

// size sets how wide the window is.
func (b *tab) size(width int64) {
	b.t.Helper()
	b.do("resize", chromedp.EmulateViewport(width, 800))
}

// scripts turns the scripts of pages on or off.
func (b *tab) scripts(on bool) {
	b.t.Helper()
	off := emulation.SetScriptExecutionDisabledParams{Value: !on}
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, off); err != nil {
		b.t.Fatalf("turn scripts on or off: %v", err)
	}
}

// evaluate runs an expression in the page and decodes its value.
func evaluate[T any](b *tab, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("evaluate: %v", err)
	}
	return value
}

// check looks at the page as it stands: no fault of accessibility, nothing to
// scroll to the side.
func (b *tab) check(name, axe string) {
	b.t.Helper()
	if over := evaluate[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		b.t.Errorf("%s: the page is %d px wider than its window", name, over)
	}
	evaluate[int](b, axe+"; 1")
	found := evaluate[string](b, `axe.run({runOnly: ["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]}).then(r =>
		JSON.stringify(r.violations.map(v => v.id + ": " + v.help + " at " + v.nodes.map(n => n.target + " " + n.failureSummary).join("; "))))`)
	var faults []string
	if err := json.Unmarshal([]byte(found), &faults); err != nil {
		b.t.Fatalf("%s: read what axe found: %v", name, err)
	}
	for _, fault := range faults {
		b.t.Errorf("%s: %s", name, fault)
	}
}

// picture keeps a picture of the page where DESK_PICTURES names a folder.
func (b *tab) picture(name string) {
	b.t.Helper()
	folder := os.Getenv("DESK_PICTURES")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatalf("take a picture: %v", err)
	}
	if err := os.WriteFile(filepath.Join(folder, strings.ReplaceAll(name, "/", "_")+".png"), png, 0o600); err != nil {
		b.t.Fatalf("keep a picture: %v", err)
	}
}
