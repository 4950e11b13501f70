package readingtest

import (
	"fmt"
	"math"
	"strings"
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

// Measure reads every reply of a set. What was told in the person's own words,
// which can only be offered for confirmation, is counted apart from what was
// answered.
func Measure(s Set) []Score {
	answers, own := s, s
	answers.Rows, own.Rows = nil, nil
	own.Kind += " (own words)"
	for _, row := range s.Rows {
		if strings.HasPrefix(row.Want, "?") {
			own.Rows = append(own.Rows, row)
		} else {
			answers.Rows = append(answers.Rows, row)
		}
	}
	scores := []Score{measure(s.Kind, answers)}
	if len(own.Rows) > 0 {
		scores = append(scores, measure(s.Kind, own))
	}
	return scores
}

// Total adds the scores of one set.
func Total(scores []Score) Score {
	total := scores[0]
	for _, s := range scores[1:] {
		total.Set.Rows = append(total.Set.Rows[:len(total.Set.Rows):len(total.Set.Rows)], s.Set.Rows...)
		total.Right += s.Right
		total.WrongValues += s.WrongValues
		total.Misses = append(total.Misses[:len(total.Misses):len(total.Misses)], s.Misses...)
	}
	return total
}

func measure(kind string, s Set) Score {
	score := Score{Set: s}
	for _, row := range s.Rows {
		right, wrongValue, got := Right(kind, row)
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
	return fmt.Sprintf("%-20s %-8s %4d of %4d  %6.2f%%  (%5.2f to %6.2f)  wrong values %d",
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
