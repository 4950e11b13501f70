// Package flows is what is asked, in which order and in which words.
//
// A flow is a file of steps; its words lie in one file per language beside it.
// Load reads both, Check refuses a flow that would strand somebody, and Graph
// draws one. The package holds no state of any conversation and knows neither
// channel nor store: package conversation plays what is written here.
//
// It also counts what a text costs on the network and brings texts to one form
// before they are compared, because checking, reading and sending all need the
// same answer.
package flows
