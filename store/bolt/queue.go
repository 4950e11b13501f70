package bolt

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"linkline/conversation/casework"
	"linkline/store"
)

// request is one Update on its way through the writer.
type request struct {
	site casework.Site
	fn   func(store.Rows) error

	ahead    *ahead      // nil: it was not run before its turn
	taken    atomic.Bool // by the writer, or by its caller who waits no more
	wrote    bool
	err      error
	panicked *panicked
	exited   bool          // fn ended its goroutine
	finished chan struct{} // closed when the rest may be read
}

// start claims the request for the writer; false when its caller has left.
func (r *request) start() bool { return r.taken.CompareAndSwap(false, true) }

// abandon claims the request for its caller; false when it has started.
func (r *request) abandon() bool { return r.taken.CompareAndSwap(false, true) }

// panicked carries a panic from the writer to the caller whose function it is.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string {
	return fmt.Sprintf("%v\n\nin a transaction:\n%s", p.value, p.stack)
}

// queue holds the requests that wait for the writer.
type queue struct {
	mu      sync.Mutex
	some    sync.Cond
	waiting []*request
	working bool // somebody writes: whoever holds the turn
	closed  bool
}

func newQueue() *queue {
	q := &queue{}
	q.some.L = &q.mu
	return q
}

// add appends a request; false when the queue is closed.
func (q *queue) add(r *request) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.waiting = append(q.waiting, r)
	if len(q.waiting) == 1 && !q.working {
		q.some.Signal()
	}
	return true
}

// enter takes the turn of whoever comes while nobody writes and nobody waits:
// she writes herself, without another goroutine. False when she must queue.
func (q *queue) enter() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed || q.working || len(q.waiting) > 0 {
		return false
	}
	q.working = true
	return true
}

// wait takes the turn and all that wait, and waits for one if none do; none
// when the queue is closed and empty.
func (q *queue) wait() []*request {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.working || len(q.waiting) == 0 && !q.closed {
		q.some.Wait()
	}
	q.working = len(q.waiting) > 0
	return q.take()
}

// more takes all that wait. If nobody does, whoever is ready to run may come
// first: a commit for each of them would cost them all more. A lone caller, who
// waits for the commit herself, loses nothing by it.
func (q *queue) more() []*request {
	if taken := q.poll(); len(taken) > 0 {
		return taken
	}
	runtime.Gosched()
	return q.poll()
}

// poll takes all that wait.
func (q *queue) poll() []*request {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.take()
}

// rest gives the turn back, before all that was taken is answered.
func (q *queue) rest() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.working = false
	if len(q.waiting) > 0 || q.closed {
		q.some.Signal()
	}
}

// busy reports whether whoever comes now must wait for others.
func (q *queue) busy() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return !q.closed && (q.working || len(q.waiting) > 0)
}

func (q *queue) take() []*request {
	taken := q.waiting
	q.waiting = nil
	return taken
}

// close lets no more in; what waits is still done.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.some.Broadcast()
}
