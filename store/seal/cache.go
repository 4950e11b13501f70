package seal

import "sync"

// cacheSize bounds each of the two generations of a keyCache.
const cacheSize = 1024

// keyCache keeps the data keys last used, found by their wrapped form: a key
// whose wrapped form is no longer in the store can therefore not be reached.
// When the young generation is full it becomes the old one, and what nobody
// has asked for since is forgotten.
type keyCache struct {
	mu         sync.Mutex
	young, old map[string]*DataKey
}

func (c *keyCache) get(purpose string, wrapped []byte) *DataKey {
	var room [128]byte
	name := cacheName(room[:0], purpose, wrapped)
	c.mu.Lock()
	defer c.mu.Unlock()
	if key := c.young[string(name)]; key != nil {
		return key
	}
	key := c.old[string(name)]
	if key != nil {
		c.add(string(name), key)
	}
	return key
}

func (c *keyCache) put(purpose string, wrapped []byte, key *DataKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(string(cacheName(nil, purpose, wrapped)), key)
}

func (c *keyCache) drop(purpose string, wrapped []byte) {
	name := string(cacheName(nil, purpose, wrapped))
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.young, name)
	delete(c.old, name)
}

func (c *keyCache) add(name string, key *DataKey) {
	if c.young == nil || len(c.young) >= cacheSize {
		c.old, c.young = c.young, make(map[string]*DataKey)
	}
	c.young[name] = key
}

// cacheName includes the purpose, which the wrapped form authenticates.
func cacheName(dst []byte, purpose string, wrapped []byte) []byte {
	return append(append(dst, wrapped...), purpose...)
}
