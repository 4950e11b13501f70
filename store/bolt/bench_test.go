package bolt_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"linkline/conversation/casework"
	"linkline/store"
	"linkline/store/bolt"
	"linkline/store/storetest"
)

// BenchmarkTurn is what a turn asks of the store: four records read, those and
// the turn's own written, one commit. Beside it, in the same run, bare bbolt
// writes the same rows with the same concurrency, all waiting callers in one
// commit too; "of-bbolt" is how many times as many turns per second ours does.
func BenchmarkTurn(b *testing.B) {
	for _, phones := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("phones=%d", phones), func(b *testing.B) {
			var record recorder
			ours := turns(b, phones, &record)
			bare := replay(b, phones, record.turns)
			b.ReportMetric(float64(b.N)/ours.Seconds(), "turns/s")
			b.ReportMetric(float64(b.N)/bare.Seconds(), "bbolt/s")
			b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-bbolt")
		})
	}
}

// BenchmarkTurnCPU is the same turn over a backend that costs nothing, to see
// what this layer costs of itself.
func BenchmarkTurnCPU(b *testing.B) {
	db := storetest.Memory(b)
	t := &turn{db: db, conversation: "c"}
	t.start(b)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		t.take(b)
	}
}

// turn takes turns of one conversation.
type turn struct {
	db           store.Store
	conversation casework.ConversationID
	n            int
}

const team casework.TeamID = "demo"

var at = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func (t *turn) start(b testing.TB) {
	place := casework.Place{Flow: "welcome", Version: 3, Step: "what_matters"}
	answer := casework.Answer{Values: []string{"1"}, Words: "1 yes that is me", Asked: place.String(), At: at}
	t.update(b, func(tx casework.Tx) error {
		err := casework.Conversations.Put(tx, &casework.Conversation{
			ID: t.conversation, Team: team, Channel: casework.SMS, DataKey: "key-" + casework.KeyID(t.conversation),
			Language: "en", Address: "+447700900123", Person: "p", Case: "k",
			Stack: []casework.Frame{{Place: place}}, Trail: []casework.Place{place, place, place},
			Prompt:    &casework.OpenPrompt{ID: "p1", Place: place, AskedAt: at},
			Known:     map[string]casework.Answer{"who": answer, "safe": answer, "age": answer},
			FirstInAt: at, LastInAt: at,
		})
		if err != nil {
			return err
		}
		err = casework.ContactPoints.Put(tx, &casework.ContactPoint{
			ID: t.conversation, Team: team, Channel: casework.SMS, State: casework.ContactActive,
		})
		if err != nil {
			return err
		}
		return casework.Jobs.Put(tx, &casework.Job{
			Team: team, Conversation: t.conversation, Kind: casework.JobForget, State: casework.JobWaiting, DueAt: at,
		})
	})
}

// take reads the receipt, conversation, contact point and job, and writes the
// conversation, the receipt, both messages and an audit.
func (t *turn) take(b testing.TB) {
	t.n++
	t.update(b, func(tx casework.Tx) error {
		provider := tx.Blind("provider", fmt.Sprintf("SM%032d", t.n))
		if _, err := casework.Receipts.Find(tx, casework.ReceiptKey(t.conversation, provider)); err != nil {
			return err
		}
		c, err := casework.Conversations.Get(tx, string(t.conversation))
		if err != nil {
			return err
		}
		if _, err := casework.ContactPoints.Get(tx, casework.ContactPointKey(t.conversation)); err != nil {
			return err
		}
		if _, err := casework.Jobs.Get(tx, casework.JobKey(t.conversation, casework.JobForget)); err != nil {
			return err
		}
		return t.write(tx, c, provider)
	})
}

func (t *turn) write(tx casework.Tx, c *casework.Conversation, provider string) error {
	in, out := fmt.Sprintf("01hzy%021d", 2*t.n), fmt.Sprintf("01hzy%021d", 2*t.n+1)
	now := at.Add(time.Duration(t.n) * time.Minute)
	c.LastInAt = now
	if err := casework.Conversations.Put(tx, c); err != nil {
		return err
	}
	for _, m := range []*casework.Message{
		{ID: in, Way: casework.In, By: casework.ByPerson, Text: "i feel lonely since my wife died last year"},
		{
			ID: out, Way: casework.Out, By: casework.ByService,
			Text: "Thank you for telling us. What would help most? Text 1 company 2 money 3 home 4 health",
			Delivery: &casework.Delivery{
				State: casework.Accepted, Class: casework.ClassAnswer, NotBefore: now, NotAfter: now,
			},
		},
	} {
		m.Conversation, m.Team, m.DataKey, m.Case, m.At = t.conversation, team, c.DataKey, c.Case, now
		if err := casework.Messages.Put(tx, m); err != nil {
			return err
		}
	}
	err := casework.Receipts.Put(tx, &casework.Receipt{
		Conversation: t.conversation, Team: team, Provider: provider, Inbound: in, Reply: out, At: now,
	})
	if err != nil {
		return err
	}
	return casework.Audits.Put(tx, &casework.Audit{
		ID: in + string(t.conversation), Team: team, At: now, Actor: casework.ByService,
		Action: "turn", Object: string(t.conversation),
	})
}

func (t *turn) update(b testing.TB, fn func(casework.Tx) error) {
	if err := t.db.Update(context.Background(), "bench", team, fn); err != nil {
		b.Errorf("update: %v", err)
	}
}

// turns takes b.N turns on this many phones at once and returns how long they
// took.
func turns(b *testing.B, phones int, record *recorder) time.Duration {
	b.Helper()
	backend := open(b, newFile(b), bolt.Options{OnWrite: record.write})
	db := storetest.Open(b, backend, storetest.Keyring(b))
	all := make([]*turn, phones)
	for i := range all {
		all[i] = &turn{db: db, conversation: casework.ConversationID(rand.Text())}
		all[i].start(b)
	}
	record.on = true
	b.ResetTimer()
	start := time.Now()
	each(phones, b.N, func(phone, _ int) { all[phone].take(b) })
	took := time.Since(start)
	b.StopTimer()
	record.end()
	return took
}

// each calls fn n times, from as many goroutines as there are phones.
func each(phones, n int, fn func(phone, i int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for phone := range phones {
		wait.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				fn(phone, int(i-1))
			}
		})
	}
	wait.Wait()
}

// recorder keeps the rows that each turn wrote; a turn ends with its audit.
type recorder struct {
	on    bool
	turns [][]written
	turn  []written
}

type written struct {
	table      string
	key, value []byte
}

func (r *recorder) write(table string, key, value []byte) {
	if !r.on {
		return
	}
	r.turn = append(r.turn, written{table, key, value})
	if table == "audit.index" {
		r.end()
	}
}

func (r *recorder) end() {
	if len(r.turn) > 0 {
		r.turns, r.turn = append(r.turns, r.turn), nil
	}
}

// replay writes the same rows with nothing but bbolt, with the same grouping:
// all that wait go into the next commit.
func replay(b *testing.B, phones int, turns [][]written) time.Duration {
	b.Helper()
	db, err := bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, &bbolt.Options{
		InitialMmapSize: 4 << 30, NoFreelistSync: true, FreelistType: bbolt.FreelistMapType,
	})
	if err != nil {
		b.Fatalf("open bare bbolt: %v", err)
	}
	defer func() { _ = db.Close() }()
	work := make(chan bareTurn, phones)
	go bareWriter(b, db, work)
	start := time.Now()
	each(phones, len(turns), func(_, i int) {
		t := bareTurn{rows: turns[i], done: make(chan struct{})}
		work <- t
		<-t.done
	})
	took := time.Since(start)
	close(work)
	return took
}

type bareTurn struct {
	rows []written
	done chan struct{}
}

func bareWriter(b *testing.B, db *bbolt.DB, work <-chan bareTurn) {
	for t := range work {
		batch := []bareTurn{t}
		err := db.Update(func(tx *bbolt.Tx) error {
			for {
				for _, w := range t.rows {
					bucket, err := tx.CreateBucketIfNotExists([]byte(w.table))
					if err != nil {
						return err
					}
					if w.value == nil {
						err = bucket.Delete(w.key)
					} else {
						err = bucket.Put(w.key, w.value)
					}
					if err != nil {
						return err
					}
				}
				select {
				case t = <-work:
					if t.done == nil {
						return nil
					}
					batch = append(batch, t)
				default:
					return nil
				}
			}
		})
		if err != nil {
			b.Errorf("bare bbolt: %v", err)
		}
		for _, t := range batch {
			close(t.done)
		}
	}
}
