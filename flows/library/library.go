// Package library holds the flows this service ships with: the steps, their
// words in each language, the helplines and the transcripts that prove them.
// It is all that a service lead may edit, and it knows nothing of how the flows
// are read or played.
package library

import (
	"embed"
	"io/fs"
)

//go:embed *.yaml words transcripts
var files embed.FS

// Files returns the shipped library, as package flows reads it.
func Files() fs.FS { return files }
