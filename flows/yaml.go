package flows

import (
	"errors"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxFile bounds a file, so that nobody can make loading slow;
// maxDepth bounds how deep its values lie in one another.
const (
	maxFile  = 256 << 10
	maxDepth = 12
)

// node is one value of a file: a word, a list, or a map in the order it was
// written. Words keep the spelling of the file: `no` is "no" and a telephone
// number keeps its leading zero.
type node struct {
	place
	kind  nodeKind
	word  string
	items []node
	pairs []pair
}

type pair struct {
	place
	key   string
	value node
}

type nodeKind string

const (
	isWord nodeKind = "a word"
	isList nodeKind = "a list"
	isMap  nodeKind = "a map of names"
)

// parseYAML reads a file into nodes. What makes a file hard to follow or to
// bound is refused: anchors, aliases, tags, merges, several documents.
func parseYAML(file string, data []byte, problems *Problems) (node, bool) {
	top := place{file, 1}
	if len(data) > maxFile {
		problems.add(RuleTooLarge, top, "the file has %d bytes and may have %d", len(data), maxFile)
		return node{}, false
	}
	if tooDeep(string(data)) {
		problems.add(RuleYAML, top, "values lie more than %d deep in one another", maxDepth)
		return node{}, false
	}
	parsed, err := parser.ParseBytes(data, 0)
	if err != nil {
		problems.add(RuleYAML, place{file, errorLine(err)}, "%s", errorMessage(err))
		return node{}, false
	}
	if len(parsed.Docs) != 1 || parsed.Docs[0].Body == nil {
		problems.add(RuleYAML, top, "the file has %d documents", len(parsed.Docs))
		return node{}, false
	}
	before := len(*problems)
	n := convert{file, problems}.node(parsed.Docs[0].Body)
	return n, len(*problems) == before
}

// listsInOneLine finds lists of lists of lists begun on one line, which cost the
// parser the square of their number.
var listsInOneLine = regexp.MustCompile(`(-[ \t]+){13}`)

// tooDeep guards the parser, which follows brackets by calling itself.
func tooDeep(data string) bool {
	if listsInOneLine.MatchString(data) {
		return true
	}
	depth := 0
	for _, r := range data {
		switch r {
		case '[', '{':
			depth++
		case ']', '}', '\n':
			depth--
		}
		depth = max(depth, 0)
		if depth > 2*maxDepth {
			return true
		}
	}
	return false
}

func errorLine(err error) int {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		return at.GetToken().Position.Line
	}
	return 1
}

func errorMessage(err error) string {
	var at yaml.Error
	if errors.As(err, &at) {
		return at.GetMessage()
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return first
}

type convert struct {
	file     string
	problems *Problems
}

func (c convert) at(n ast.Node) place {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return place{c.file, t.Position.Line}
	}
	return place{c.file, 1}
}

func (c convert) node(n ast.Node) node {
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
	case *ast.LiteralNode:
		out.word = strings.TrimRight(n.Value.Value, "\n")
	case *ast.StringNode:
		out.word = n.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
		out.word = n.GetToken().Value
	default:
		c.problems.add(RuleYAML, out.place, "%s are not used here", strings.ToLower(n.Type().YAMLName())+" values")
	}
	return out
}

func (c convert) pairs(n *ast.MappingNode) []pair {
	var out []pair
	for _, v := range n.Values {
		key, ok := v.Key.(ast.ScalarNode)
		if !ok || v.Key.IsMergeKey() || v.Value == nil {
			c.problems.add(RuleYAML, c.at(v.Key), "a key must be a plain word")
			continue
		}
		out = append(out, pair{place: c.at(v.Key), key: key.GetToken().Value, value: c.node(v.Value)})
	}
	if len(out) > 0 {
		return out
	}
	return nil
}
