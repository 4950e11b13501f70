package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"linkline/conversation"
	"linkline/conversation/casework"
)

// notSwept are the sites that the sweep leaves out, and why nothing of a
// person's can be lost there.
func notSwept() map[casework.Site]string {
	const signIn = "who signs in; it is done again"
	return map[casework.Site]string{
		"sign in":            signIn,
		"sign out":           signIn,
		"keep a session":     signIn,
		"use a sign-in link": signIn,
		"choose a password":  signIn,
		"user.add":           "a command of the operator's",
		"user.phone":         "a command of the operator's",
		"user.demo":          "before the first text",
		"scheduler.run":      "by the calendar; a run that is not noted is done again",
		"service.digest":     "to a worker, who finds the same at the desk; it is planned again",
		"store.open":         "before the first text",
		"service.ready":      "writes nothing",
		"bench":              "made-up reminders, to be measured",
	}
}

// TestSweepCoversEverySite reads the sites out of the sources, so that one that
// is added is swept, or left out for a reason that is written down.
func TestSweepCoversEverySite(t *testing.T) {
	t.Parallel()
	swept := map[casework.Site]bool{}
	for _, site := range calmDays(t).fault.sites {
		swept[site] = true
	}
	declared := sitesInSources(t)
	leftOut := notSwept()
	for site, where := range declared {
		if !swept[site] && leftOut[site] == "" {
			t.Errorf("%s: nothing in the sweep commits at %q", where, site)
		}
	}
	for site := range swept {
		if declared[site] == "" {
			t.Errorf("%q is swept and not declared", site)
		}
	}
	for site := range leftOut {
		if swept[site] || declared[site] == "" {
			t.Errorf("%q is left out of the sweep, and there is no reason to", site)
		}
	}
	for _, site := range conversation.Sites() {
		if declared[site] == "" {
			t.Errorf("%q is listed by the conversation and was not found in its source", site)
		}
	}
}

// sitesInSources are the sites that are declared anywhere but in tests, and the
// files they are declared in.
func sitesInSources(t *testing.T) map[casework.Site]string {
	t.Helper()
	out := map[casework.Site]string{}
	const top = "../.."
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != top || strings.HasSuffix(d.Name(), "test") || d.Name() == "testdata"):
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			for _, site := range sitesOf(n) {
				out[site] = path
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sitesOf are the sites that a declaration makes, or that an Update is given as
// they are.
func sitesOf(n ast.Node) (out []casework.Site) {
	switch n := n.(type) {
	case *ast.ValueSpec:
		if !isSite(n.Type) {
			return nil
		}
		for _, v := range n.Values {
			out = append(out, literal(v)...)
		}
	case *ast.CallExpr:
		if called, ok := n.Fun.(*ast.SelectorExpr); ok && called.Sel.Name == "Update" && len(n.Args) >= 3 {
			return literal(n.Args[1])
		}
		if isSite(n.Fun) && len(n.Args) == 1 {
			return literal(n.Args[0])
		}
	}
	return out
}

func isSite(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return e.Sel.Name == "Site"
	case *ast.Ident:
		return e.Name == "Site"
	}
	return false
}

func literal(e ast.Expr) []casework.Site {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return nil
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return nil
	}
	return []casework.Site{casework.Site(s)}
}

func TestSitesAreFoundInSources(t *testing.T) {
	t.Parallel()
	const source = `package p
const a casework.Site = "declared"
const ( b Site = "short"; c = "no site" )
var d = casework.Site("converted")
func f() { s.Update(ctx, "passed", team, fn); s.Update(ctx, a, team, fn) }`
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	got := map[casework.Site]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		for _, site := range sitesOf(n) {
			got[site] = true
		}
		return true
	})
	for _, want := range []casework.Site{"declared", "short", "converted", "passed"} {
		if !got[want] {
			t.Errorf("%q was not found", want)
		}
	}
	if len(got) != 4 {
		t.Errorf("found %v, want 4 sites", got)
	}
}
