package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"

	"linkline/store/bolt/bolttest"
)

// result is what the rounds of one load came to.
type result struct {
	load
	ours []leg
	bare [][]leg // by way
	rows int     // of a turn, on average
	size int
}

func (r *result) note(ours leg, turns []bolttest.Turn) {
	r.ours = append(r.ours, ours)
	r.rows, r.size = 0, 0
	for _, t := range turns {
		r.rows += len(t)
		r.size += t.Size()
	}
	r.rows, r.size = r.rows/len(turns), r.size/len(turns)
}

func (r *result) noteBare(way int, l leg) {
	if r.bare == nil {
		r.bare = make([][]leg, len(r.ways))
	}
	r.bare[way] = append(r.bare[way], l)
}

// best is the way in which bbolt was fastest.
func (r *result) best() int {
	best := 0
	for way := range r.bare {
		if median(rates(r.bare[way])) > median(rates(r.bare[best])) {
			best = way
		}
	}
	return best
}

// ratios are ours to bbolt's best way, round by round.
func (r *result) ratios() []float64 {
	best := r.bare[r.best()]
	out := make([]float64, len(best))
	for i := range best {
		out[i] = r.ours[i].rate() / best[i].rate()
	}
	slices.Sort(out)
	return out
}

// fastest is the ratio of the fastest rounds of both: what is left when the
// machine does nothing else, or as near to it as it came.
func (r *result) fastest() float64 {
	return slices.Max(rates(r.ours)) / slices.Max(rates(r.bare[r.best()]))
}

func rates(legs []leg) []float64 {
	out := make([]float64, len(legs))
	for i, l := range legs {
		out[i] = l.rate()
	}
	return out
}

// heap is what a turn takes from the heap, on average.
func heap(legs []leg) (allocs, bytes uint64) {
	turns := 0
	for _, l := range legs {
		allocs, bytes, turns = allocs+l.allocs, bytes+l.bytes, turns+l.turns
	}
	return allocs / uint64(turns), bytes / uint64(turns)
}

// cpu is the processor time of a turn.
func cpu(legs []leg) time.Duration {
	var spent time.Duration
	turns := 0
	for _, l := range legs {
		spent += l.cpu
		turns += l.turns
	}
	return spent / time.Duration(turns)
}

// median is the middle of some numbers, zero of none.
func median[T float64 | time.Duration](numbers []T) T { return percentile(numbers, 50) }

// percentile is the number that so many percent of them do not exceed.
func percentile[T float64 | time.Duration](numbers []T, percent int) T {
	if len(numbers) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(numbers))
	return sorted[(len(sorted)-1)*percent/100]
}

// print writes the table.
func (b *bench) print(out io.Writer, results []*result) {
	_, _ = fmt.Fprintf(out, "A referral from hello to the reference, through the Twilio webhook, durable on disk.\n"+
		"Fastest is the ratio of both sides' fastest rounds, for a machine that does other work too.\n"+
		"Allocs and bytes are what a turn takes from the heap, which other work on the machine does not change.\n"+
		"Medians of %d rounds, in each of which bare bbolt writes the same rows; %s, %d processors.\n\n",
		b.rounds, runtime.Version(), runtime.NumCPU())
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(w, "phones\tturns/s\tp50\tp99\tcpu/turn\tallocs\tbytes\tbbolt/s\tin the way of\tcpu/turn\tratio\tlow-high\tfastest\ttarget\t")
	for _, r := range results {
		var waits []time.Duration
		for _, l := range r.ours {
			waits = append(waits, l.waits...)
		}
		allocs, bytes := heap(r.ours)
		_, _ = fmt.Fprintf(w, "%d\t%.0f\t%v\t%v\t%v\t%d\t%d\t", r.phones, median(rates(r.ours)),
			short(percentile(waits, 50)), short(percentile(waits, 99)), short(cpu(r.ours)), allocs, bytes)
		if r.bare == nil {
			_, _ = fmt.Fprintln(w, "\t\t\t\t\t\t\t")
			continue
		}
		best, ratios := r.best(), r.ratios()
		_, _ = fmt.Fprintf(w, "%.0f\t%v\t%v\t%.2f\t%.2f-%.2f\t%.2f\t%.1f\t\n", median(rates(r.bare[best])), r.ways[best],
			short(cpu(r.bare[best])), median(ratios), ratios[0], ratios[len(ratios)-1], r.fastest(), r.target)
	}
	_ = w.Flush()
	last := results[len(results)-1]
	_, _ = fmt.Fprintf(out, "\nA turn writes %d rows of %d bytes together. The best of bbolt's ways counts; its others:", last.rows, last.size)
	for _, r := range results {
		for way := range r.bare {
			if way == r.best() {
				continue
			}
			_, _ = fmt.Fprintf(out, " %d with %v %.0f/s;", r.phones, r.ways[way], median(rates(r.bare[way])))
		}
	}
	_, _ = fmt.Fprintln(out)
}

// short leaves out the digits that nobody reads.
func short(d time.Duration) time.Duration {
	if d > time.Millisecond {
		return d.Round(10 * time.Microsecond)
	}
	return d.Round(100 * time.Nanosecond)
}
