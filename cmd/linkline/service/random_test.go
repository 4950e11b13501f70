package service_test

import (
	"bytes"
	"io"
	"sync"
	"testing"

	"linkline/cmd/linkline/service"
)

func TestBufferedGivesEachByteOnce(t *testing.T) {
	t.Parallel()
	source := make([]byte, 64<<10)
	for i := range source {
		source[i] = byte(i >> 8)
	}
	random := service.Buffered(bytes.NewReader(source))
	var mu sync.Mutex
	var count [256]int
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			piece := make([]byte, 8)
			for range len(source) / 8 / 8 {
				if _, err := io.ReadFull(random, piece); err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for _, b := range piece {
					count[b]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for b, n := range count {
		if n != 256 {
			t.Fatalf("byte %d was given %d times, want 256", b, n)
		}
	}
	if _, err := random.Read(make([]byte, 1)); err == nil {
		t.Error("a source that has ended still gives bytes")
	}
}
