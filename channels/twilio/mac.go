package twilio

import (
	"crypto/hmac"
	"hash"
	"sync"
)

// macs makes HMACs under one key. It is made once for the key, since to begin
// one anew costs more than a webhook's worth of hashing. It is safe for use by
// several goroutines.
type macs struct {
	pool sync.Pool // of hash.Hash
}

func newMACs(algorithm func() hash.Hash, key []byte) *macs {
	m := &macs{}
	m.pool.New = func() any { return hmac.New(algorithm, key) }
	return m
}

// appendSum appends the HMAC of the parts as one text.
func (m *macs) appendSum(dst []byte, parts ...[]byte) []byte {
	mac, _ := m.pool.Get().(hash.Hash)
	defer m.pool.Put(mac)
	mac.Reset()
	for _, p := range parts {
		mac.Write(p)
	}
	return mac.Sum(dst)
}
