package readingtest

import (
	"fmt"
	"math"
)

// Miss is a reply that was not read as its label says.
type Miss struct {
	Row Row
	Got string
}

// Score is how well one set is read.
type Score struct {
	Set    Set
	Right  int
	Misses []Miss
	// WrongValues are the misses that took a value, which is worse than asking.
	WrongValues int
}

// Measure reads every reply of a set.
func Measure(s Set) Score {
	score := Score{Set: s}
	for _, row := range s.Rows {
		right, wrongValue, got := Right(s.Kind, row)
		if right {
			score.Right++
			continue
		}
		if wrongValue {
			score.WrongValues++
		}
		score.Misses = append(score.Misses, Miss{Row: row, Got: got})
	}
	return score
}

// Accuracy is the share of replies read right.
func (s Score) Accuracy() float64 {
	return float64(s.Right) / float64(len(s.Set.Rows))
}

// String is one line of the table of figures.
func (s Score) String() string {
	low, high := Wilson(s.Right, len(s.Set.Rows))
	return fmt.Sprintf("%-16s %-8s %4d of %4d  %6.2f%%  (%5.2f to %6.2f)  wrong values %d",
		s.Set.Kind, s.Set.Half, s.Right, len(s.Set.Rows), 100*s.Accuracy(), 100*low, 100*high, s.WrongValues)
}

// Wilson returns the 95% confidence interval of a share.
func Wilson(hits, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.96
	p, size := float64(hits)/float64(n), float64(n)
	middle, spread := p+z*z/(2*size), z*math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	return (middle - spread) / (1 + z*z/size), (middle + spread) / (1 + z*z/size)
}
