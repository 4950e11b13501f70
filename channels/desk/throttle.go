package desk

import (
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How many times a login may be tried from one neighbourhood of addresses: ten
// at once, then one each half minute. Nobody is ever locked out (4.1).
const (
	tries     = 10
	tryAgain  = 30 * time.Second
	maxLimits = 10_000
)

// throttle slows down the guessing of passwords.
type throttle struct {
	mu     sync.Mutex
	limits map[string]*rate.Limiter
}

func newThrottle() *throttle { return &throttle{limits: map[string]*rate.Limiter{}} }

// allow reports whether a login may be tried now from an address.
func (t *throttle) allow(login, prefix string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := prefix + "|" + TokenKey(login) // a fixed length, and no login in memory
	limit, ok := t.limits[key]
	if !ok {
		t.makeRoom(now)
		limit = rate.NewLimiter(rate.Every(tryAgain), tries)
		t.limits[key] = limit
	}
	return limit.AllowN(now, 1)
}

// makeRoom forgets whoever has not tried for long, or somebody when all have.
func (t *throttle) makeRoom(now time.Time) {
	if len(t.limits) < maxLimits {
		return
	}
	for key, limit := range t.limits {
		if limit.TokensAt(now) >= tries {
			delete(t.limits, key)
		}
	}
	for key := range t.limits {
		if len(t.limits) < maxLimits {
			return
		}
		delete(t.limits, key)
	}
}

// neighbourhood is the part of an address that one subscriber has.
func (d *Desk) neighbourhood(r *http.Request) string {
	host := r.RemoteAddr
	if d.config.Address != nil {
		host = d.config.Address(r)
	}
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return "unknown"
	}
	bits := 64
	if addr = addr.Unmap(); addr.Is4() {
		bits = 24
	}
	prefix, err := addr.WithZone("").Prefix(bits)
	if err != nil {
		return "unknown"
	}
	return prefix.String()
}
