package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxFile bounds the file: a configuration is a page or two.
const maxFile = 256 << 10

// node is one value of the file. Words keep their spelling, so that a number
// with a plus or a leading zero is not taken for a quantity.
type node struct {
	place
	kind  kind
	word  string
	items []node
	pairs []pair
}

type pair struct {
	place
	key   string
	value node
}

type kind string

const (
	isWord kind = "a word"
	isList kind = "a list"
	isMap  kind = "a group of settings"
)

// parseYAML reads the file into nodes. Anchors, aliases, tags and merges are
// refused: a page of settings needs none, and they hide what is in force.
func parseYAML(file string, data []byte, problems *Problems) (node, bool) {
	top := place{file, 1}
	if len(data) > maxFile {
		problems.add(top, "keep it to a page or two", "the file has %d bytes and may have %d", len(data), maxFile)
		return node{}, false
	}
	if line := tabbed(string(data)); line > 0 {
		problems.add(place{file, line}, "indent with spaces", "the line is indented with a tab")
		return node{}, false
	}
	parsed, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		line, message := explain(err)
		problems.add(place{file, line}, "correct the YAML", "%s", message)
		return node{}, false
	}
	if len(parsed.Docs) > 1 {
		problems.add(top, "keep one document, without ---", "the file has %d documents", len(parsed.Docs))
		return node{}, false
	}
	if len(parsed.Docs) == 0 || parsed.Docs[0].Body == nil {
		problems.add(top, `write it with "linkline init", or remove it to play with the demo team`, "the file is empty")
		return node{}, false
	}
	return converter{file, problems}.node(parsed.Docs[0].Body), true
}

// tabbed returns the number of the first line that is indented with a tab.
func tabbed(data string) int {
	for i, line := range strings.Split(data, "\n") {
		if strings.HasPrefix(strings.TrimLeft(line, " "), "\t") {
			return i + 1
		}
	}
	return 0
}

func explain(err error) (int, string) {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		return at.GetToken().Position.Line, at.GetMessage()
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return 1, first
}

type converter struct {
	file     string
	problems *Problems
}

func (c converter) at(n ast.Node) place {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return place{c.file, t.Position.Line}
	}
	return place{c.file, 1}
}

func (c converter) node(n ast.Node) node {
	out := node{place: c.at(n), kind: isWord}
	switch n := n.(type) {
	case *ast.SequenceNode:
		out.kind = isList
		for _, v := range n.Values {
			out.items = append(out.items, c.node(v))
		}
	case *ast.MappingNode:
		out.kind = isMap
		out.pairs = c.pairs(n)
	case *ast.StringNode:
		out.word = n.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		out.word = n.GetToken().Value
	case *ast.NullNode:
		out.word = ""
	default:
		what := strings.ToLower(n.Type().YAMLName())
		c.problems.add(out.place, "write the value out", "%s values are not used here", what)
	}
	return out
}

func (c converter) pairs(n *ast.MappingNode) []pair {
	var out []pair
	first := map[string]int{}
	for _, v := range n.Values {
		key, ok := v.Key.(ast.ScalarNode)
		at := c.at(v.Key)
		if !ok || v.Key.IsMergeKey() || v.Value == nil {
			c.problems.add(at, "write the setting out", "a setting must be a plain word")
			continue
		}
		name := key.GetToken().Value
		if line, again := first[name]; again {
			c.problems.add(at, "keep one of them", "%q is also set on line %d", name, line)
			continue
		}
		first[name] = at.line
		out = append(out, pair{place: at, key: name, value: c.node(v.Value)})
	}
	return out
}

// summary says what a node holds, for a message.
func (n node) summary() string {
	if n.kind == isWord {
		return fmt.Sprintf("%q", n.word)
	}
	return string(n.kind)
}
