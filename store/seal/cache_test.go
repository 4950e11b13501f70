package seal

import (
	"fmt"
	"sync"
	"testing"
)

func TestCacheKeepsWhatIsUsed(t *testing.T) {
	t.Parallel()
	var c keyCache
	hot := &DataKey{}
	c.put("hot", nil, hot)
	for i := range 10 * cacheSize {
		c.put(fmt.Sprint(i), nil, &DataKey{})
		if i%100 == 0 && c.get("hot", nil) != hot {
			t.Fatalf("a key in use was forgotten after %d others", i)
		}
	}
	if got := len(c.young) + len(c.old); got > 2*cacheSize {
		t.Errorf("got %d keys, want at most %d", got, 2*cacheSize)
	}
	if c.get("0", nil) != nil {
		t.Error("a key that nobody asked for was kept")
	}
}

func TestForget(t *testing.T) {
	t.Parallel()
	k := ring(t, key(1))
	wrapped, _ := newKey(t, k, "p")
	first, err := k.Unwrap("p", wrapped)
	if err != nil {
		t.Fatalf("unwrap: %v", err)
	}
	if again, err := k.Unwrap("p", wrapped); err != nil || again != first {
		t.Errorf("unwrap again: got %p, %v, want %p from memory", again, err, first)
	}
	k.Forget("p", wrapped)
	if k.cache.get("p", wrapped) != nil {
		t.Error("a key that was to be forgotten is in memory")
	}
	for range cacheSize + 1 { // also from the older generation
		w, _ := newKey(t, k, "other")
		if _, err := k.Unwrap("other", w); err != nil {
			t.Fatalf("unwrap: %v", err)
		}
	}
	if _, err := k.Unwrap("p", wrapped); err != nil {
		t.Fatalf("unwrap: %v", err)
	}
	k.Forget("p", wrapped)
	if k.cache.get("p", wrapped) != nil {
		t.Error("a key is in the older generation still")
	}
}

func TestKeyringFromManyGoroutines(t *testing.T) {
	t.Parallel()
	k := ring(t, key(1))
	wrapped, _ := newKey(t, k, "p")
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for range 50 {
				data, err := k.Unwrap("p", wrapped)
				if err != nil {
					t.Errorf("unwrap: %v", err)
					return
				}
				sealed, err := k.Seal(nil, data, []byte("x"), nil)
				if err != nil {
					t.Errorf("seal: %v", err)
				}
				if _, err := data.Open(nil, sealed, nil); err != nil {
					t.Errorf("open: %v", err)
				}
				if i == 0 {
					k.Forget("p", wrapped)
				}
			}
		})
	}
	wait.Wait()
}
