package desk

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// media shows the page as on paper, or in the dark.
func (b *tab) media(kind, scheme string) {
	b.t.Helper()
	params := emulation.SetEmulatedMediaParams{
		Media: kind, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, params); err != nil {
		b.t.Fatalf("show as %s, %s: %v", kind, scheme, err)
	}
}

func TestPagesInTheDarkInABrowser(t *testing.T) {
	t.Parallel()
	source := axe(t)
	b := openTab(chromium(t), t, busy(t))
	b.size(320)
	b.media("screen", "dark")
	b.signIn("amy")
	for name, path := range screens(t) {
		b.open(path)
		b.check(name+" in the dark", source)
		b.picture(name + "-dark")
	}
}

// spaced is the wider text that every page must bear (WCAG 1.4.12).
const spaced = `(() => {
	const wide = new CSSStyleSheet();
	wide.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
	document.adoptedStyleSheets = [wide];
	const cut = [...document.querySelectorAll("body *")].filter(e => {
		const style = getComputedStyle(e);
		return style.overflowY === "hidden" && e.scrollHeight > e.clientHeight + 1 && !e.closest(".hidden, thead");
	});
	return document.documentElement.scrollWidth - document.documentElement.clientWidth + cut.length * 1000;
})()`

// small counts what is too small for a thumb: 44 px for what is pressed.
const small = `[...document.querySelectorAll("main button, main .button, main .call, .tabs a, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, textarea, .option")]
	.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.9).map(e => e.outerHTML.slice(0, 80)).join(" | ")`

func TestWideTextAndThumbsInABrowser(t *testing.T) {
	t.Parallel()
	b := openTab(chromium(t), t, busy(t))
	b.size(320)
	b.signIn("amy")
	for name, path := range screens(t) {
		b.open(path)
		if found := evaluate[string](b, small); found != "" {
			t.Errorf("%s: too small for a thumb: %s", name, found)
		}
		if got := evaluate[int](b, spaced); got != 0 {
			t.Errorf("%s: wider text is cut off or does not fit (%d)", name, got)
		}
	}
}

// focused describes where the keyboard is: what has the focus, whether that is
// seen, and whether anything lies over it.
const focused = `(() => {
	const at = document.activeElement;
	if (!at || at === document.body) return "";
	at.scrollIntoView({block: "nearest"});
	const box = at.getClientRects()[0] || at.getBoundingClientRect();
	const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
	const name = at.tagName + "." + at.className + "#" + at.id + " " + at.textContent.trim().slice(0, 30);
	if (!top || !(at.contains(top) || top.contains(at))) return "! covered: " + name;
	const style = getComputedStyle(at);
	if (style.outlineStyle === "none" && style.boxShadow === "none") return "! not shown: " + name;
	return name;
})()`

func TestTheKeyboardInABrowser(t *testing.T) {
	t.Parallel()
	b := openTab(chromium(t), t, busy(t))
	b.signIn("amy")
	for _, width := range []int64{320, 1280} {
		b.size(width)
		for name, path := range screens(t) {
			b.open(path)
			b.do("press tab", chromedp.KeyEvent(kb.Tab))
			if got := evaluate[string](b, `document.activeElement.className`); got != "skip" {
				t.Errorf("%s at %d: got %q first, want the way past the navigation", name, width, got)
			}
			b.do("press enter", chromedp.KeyEvent(kb.Enter))
			if got := evaluate[string](b, `document.activeElement.id`); got != "main" {
				t.Errorf("%s at %d: the way past the navigation leads to %q", name, width, got)
			}
			b.walk(fmt.Sprintf("%s at %d", name, width))
		}
	}
}

// stops counts what the keyboard must come by in the main part of a page: each
// group of radio buttons is one stop.
const stops = `(() => {
	const seen = [...document.querySelectorAll("main :is(a[href], button, summary, textarea, select, input:not([type=hidden]))")].filter(e => e.checkVisibility());
	const radios = seen.filter(e => e.type === "radio");
	return seen.length - radios.length + new Set(radios.map(e => e.name)).size;
})()`

// walk presses Tab through the main part of a page to its end.
func (b *tab) walk(name string) {
	b.t.Helper()
	want, came := evaluate[int](b, stops), 0
	for came <= want {
		b.do("press tab", chromedp.KeyEvent(kb.Tab))
		got := evaluate[string](b, focused)
		if got == "" {
			break
		}
		if got[0] == '!' {
			b.t.Errorf("%s: the focus is %s", name, got[2:])
		}
		came++
	}
	if came != want {
		b.t.Errorf("%s: the keyboard came by %d things, want %d", name, came, want)
	}
}

func TestPrintingInABrowser(t *testing.T) {
	t.Parallel()
	b := openTab(chromium(t), t, busy(t))
	b.signIn("amy")
	b.open("/case/" + reference(t, "MRN23"))
	b.media("print", "light")
	for selector, want := range map[string]bool{
		".top": false, ".notes": false, "form": false, "footer": false, ".matters": true, ".log": true, "#answers": true,
	} {
		got := evaluate[bool](b, fmt.Sprintf(`getComputedStyle(document.querySelector(%q)).display !== "none"`, selector))
		if got != want {
			t.Errorf("on paper %s is there: got %v, want %v", selector, got, want)
		}
	}
}

func TestPagesAreLight(t *testing.T) {
	t.Parallel()
	b := busy(t).signedIn("amy")
	for name, path := range screens(t) {
		page := b.get(path).Body.String()
		total := len(page)
		for _, file := range regexp.MustCompile(`/static/[a-z]+\.[0-9a-f]{12}\.[a-z]+`).FindAllString(page, -1) {
			got := b.get(file)
			if got.Code != http.StatusOK {
				t.Errorf("%s: %s is not there", name, file)
			}
			total += got.Body.Len()
		}
		if total > 100_000 {
			t.Errorf("%s weighs %d bytes with all that belongs to it, want 100,000 at most", name, total)
		}
		if title := regexp.MustCompile(`<title>[^<]+ - [^<]+</title>`); !title.MatchString(page) {
			t.Errorf("%s has no title that says the page and the service", name)
		}
	}
}
