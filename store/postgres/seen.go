package postgres

import "sync"

// seen is what this process saw or wrote lately, sealed as it is stored. It is
// only ever a supposition: before a run that rests on it counts, the
// transaction has looked at the same rows. The older half is dropped when the
// newer half is full.
type seen struct {
	mu         sync.Mutex
	limit      int // bytes of a half
	size       int // bytes of the newer half
	newer, old map[ask]answer
}

func newSeen(limit int) *seen {
	return &seen{limit: limit / 2, newer: map[ask]answer{}, old: map[ask]answer{}}
}

// askSize is about what an ask takes beside its keys and rows.
const askSize = 200

func (s *seen) get(a ask) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.newer[a]
	if !ok {
		if found, ok = s.old[a]; ok {
			s.put(a, found)
		}
	}
	return found
}

// has reports whether an ask was answered, if only that there is nothing.
func (s *seen) has(a ask) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, newer := s.newer[a]
	_, old := s.old[a]
	return newer || old
}

// set remembers an answer. What is claimed is never the same again.
func (s *seen) set(a ask, found answer) {
	if a.claim {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(a, found)
}

func (s *seen) put(a ask, found answer) {
	if s.limit <= 0 {
		return
	}
	s.newer[a] = found
	s.size += askSize + len(a.key) + len(a.from) + len(a.to)
	for _, r := range found.rows {
		s.size += len(r.Key) + len(r.Value)
	}
	if s.size > s.limit {
		s.old, s.newer, s.size = s.newer, map[ask]answer{}, 0
	}
}
