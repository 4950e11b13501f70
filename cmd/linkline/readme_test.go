package main

import (
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/service"
	"linkline/flows"
)

var update = flag.Bool("update", false, "rewrite the tables of settings")

// top is the top of the repository.
const top = "../.."

// pages are the pages for people, whose commands must work.
var pages = []string{"README.md", "CONTRIBUTING.md", "docs/twilio.md", "docs/telegram.md", "docs/settings.md"}

func page(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// blocks are the fenced parts of a page in one language.
func blocks(text, language string) []string {
	var out []string
	for _, found := range regexp.MustCompile("(?ms)^ *```"+language+"\n(.*?)^ *```$").FindAllStringSubmatch(text, -1) {
		out = append(out, found[1])
	}
	return out
}

// TestReadmeSettings holds the tables of settings to what is read.
func TestReadmeSettings(t *testing.T) {
	t.Parallel()
	for name, table := range map[string]string{"README.md": shortTable(), "docs/settings.md": longTable()} {
		text := page(t, name)
		begin := strings.Index(text, "-update -->\n")
		end := strings.Index(text, "<!-- /settings -->")
		if begin < 0 || end < begin {
			t.Errorf("%s has no place for the settings", name)
			continue
		}
		begin += len("-update -->\n")
		if text[begin:end] == table {
			continue
		}
		if !*update {
			t.Errorf("the settings in %s are not those that are read; go test ./cmd/linkline -run TestReadmeSettings -update", name)
			continue
		}
		if err := os.WriteFile(filepath.Join(top, name), []byte(text[:begin]+table+text[end:]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func shortTable() string {
	var b strings.Builder
	b.WriteString("| setting | environment | default | what it is |\n|---|---|---|---|\n")
	for _, s := range config.Settings() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", code(s.Name), code(s.Env), s.Default, s.About)
	}
	return b.String()
}

func longTable() string {
	var b strings.Builder
	b.WriteString("| setting | environment | default | example | what it is |\n|---|---|---|---|---|\n")
	for _, s := range config.Settings() {
		about := s.About
		if s.Secret {
			about += " (secret: also `_FILE`)"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", code(s.Name), code(s.Env), s.Default, code(s.Example), about)
	}
	return b.String()
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

// TestReadmeCommands holds every command of the pages to the program and the
// Makefile.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	makefile := page(t, "Makefile")
	count := 0
	for _, name := range pages {
		for _, block := range blocks(page(t, name), "sh") {
			for line := range strings.Lines(strings.ReplaceAll(block, "\\\n", " ")) {
				words := strings.Fields(strings.TrimSpace(line))
				for len(words) > 0 && strings.HasPrefix(words[0], "LINKLINE_") {
					words = words[1:]
				}
				if len(words) < 2 {
					continue
				}
				count++
				if err := known(words, makefile); err != nil {
					t.Errorf("%s: %q: %v", name, strings.TrimSpace(line), err)
				}
			}
		}
	}
	if count < 8 {
		t.Errorf("only %d commands were found", count)
	}
	for found := range strings.SplitSeq(page(t, "README.md"), "`linkline ") {
		if command, _, ok := strings.Cut(found, "`"); ok && !strings.HasPrefix(found, "# ") && !strings.Contains(command, "\n") {
			if err := parses(strings.Fields(command)); err != nil {
				t.Errorf("README.md: linkline %s: %v", command, err)
			}
		}
	}
}

// known reports why a command would not work.
func known(words []string, makefile string) error {
	switch words[0] {
	case "make":
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(words[1]) + `:`).MatchString(makefile) {
			return fmt.Errorf("the Makefile has no %s", words[1])
		}
	case "bin/linkline":
		return parses(words[1:])
	case "go":
		if words[1] == "run" && words[2] == "./cmd/linkline" {
			return parses(words[3:])
		}
		for _, w := range words[2:] {
			if strings.HasPrefix(w, "./") {
				if _, err := os.Stat(filepath.Join(top, strings.TrimSuffix(w, "/..."))); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// parses reports why the program would not take a command line.
func parses(args []string) error {
	var c commands
	parser, err := newParser(&c, &process{out: io.Discard, err: io.Discard}, func(int) {})
	if err != nil {
		return err
	}
	_, err = parser.Parse(args)
	if _, ok := errors.AsType[*kong.ParseError](err); ok && strings.HasPrefix(err.Error(), "missing flags") {
		return nil // the page names the command, not a whole line
	}
	return err
}

// TestReadmeFlow holds the flow of the README to the shipped one.
func TestReadmeFlow(t *testing.T) {
	t.Parallel()
	shipped := page(t, "flows/library/pause.yaml")
	found := blocks(page(t, "README.md"), "yaml")
	if len(found) != 1 || !strings.HasSuffix(shipped, found[0]) {
		t.Errorf("the README's flow is not flows/library/pause.yaml:\n%s", shipped)
	}
}

// TestReadmeMap holds the map of the house to the house.
func TestReadmeMap(t *testing.T) {
	t.Parallel()
	rows := regexp.MustCompile("(?m)^\\| `([a-z/]+)/` \\|").FindAllStringSubmatch(page(t, "README.md"), -1)
	told := map[string]bool{}
	for _, row := range rows {
		told[row[1]] = true
		if info, err := os.Stat(filepath.Join(top, row[1])); err != nil || !info.IsDir() {
			t.Errorf("%s is on the map and not in the house", row[1])
		}
	}
	for _, name := range []string{"cmd", "conversation", "channels", "flows", "scheduler", "store"} {
		entries, err := os.ReadDir(filepath.Join(top, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.IsDir() && name == "conversation" && !told[name+"/"+e.Name()] {
				t.Errorf("%s/%s is not on the map", name, e.Name())
			}
		}
		if name != "cmd" && !told[name] {
			t.Errorf("%s is not on the map", name)
		}
	}
}

// TestReadmeLinks holds every link and picture of the pages to a file.
func TestReadmeLinks(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^)#]+)\)`)
	for _, name := range pages {
		for _, found := range link.FindAllStringSubmatch(page(t, name), -1) {
			if strings.Contains(found[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(top, filepath.Dir(name), found[1])); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestReadmeCurl runs the page's own shell lines against the service: whoever
// follows docs/twilio.md plays Twilio.
func TestReadmeCurl(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"sh", "curl", "openssl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not here", tool)
		}
	}
	r := serve(t)
	var script string
	for _, block := range blocks(page(t, "docs/twilio.md"), "sh") {
		if strings.Contains(block, "openssl") {
			script = block
		}
	}
	script = strings.ReplaceAll(script, "http://127.0.0.1:8080", r.url)
	script = strings.ReplaceAll(script, "linkline-data/", r.dir+"/")
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "sh", "-euc", script).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "<Message") || !strings.Contains(string(out), "Fen Wellbeing") {
		t.Errorf("got %s, %v", out, err)
	}
}

// TestReadmeFallback holds the static answer to the numbers of the library and
// to the length of a text.
func TestReadmeFallback(t *testing.T) {
	t.Parallel()
	var answer struct {
		Message string `xml:"Message"`
	}
	if err := xml.Unmarshal([]byte(page(t, "docs/deploy/fallback.xml")), &answer); err != nil {
		t.Fatal(err)
	}
	if got := flows.Count(answer.Message); got.Parts > 2 || got.Encoding != flows.GSM7 {
		t.Errorf("the answer takes %+v", got)
	}
	library, err := service.Library()
	if err != nil {
		t.Fatal(err)
	}
	lines := library.HelplinesFor("england")
	for _, id := range []string{"mental_health_line", "samaritans", "shout"} {
		if lines[id] == "" || !strings.Contains(answer.Message, lines[id]) {
			t.Errorf("the answer does not give %s", id)
		}
	}
}
