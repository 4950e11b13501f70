package service

import (
	"bufio"
	"io"
	"sync"
)

// Buffered draws from a source of randomness in larger pieces, for several
// goroutines: a turn draws a few bytes a dozen times, and each would be a call
// to the system.
func Buffered(source io.Reader) io.Reader {
	return &buffered{r: bufio.NewReaderSize(source, 4096)}
}

type buffered struct {
	mu sync.Mutex
	r  *bufio.Reader
}

func (b *buffered) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return io.ReadFull(b.r, p)
}
