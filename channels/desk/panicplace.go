package desk

import (
	"fmt"
	"runtime"
	"strings"
)

// place names the functions and lines of our own that led to a panic, without
// any value.
func place() string {
	var callers [32]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers[:])])
	var out []string
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "linkline/") {
			out = append(out, fmt.Sprintf("%s:%d", f.Function, f.Line))
		}
		if !more {
			return strings.Join(out, " < ")
		}
	}
}
