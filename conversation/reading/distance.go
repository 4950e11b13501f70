package reading

// typoLetters is how long a word must be for one mistake in it to be forgiven:
// in shorter ones a slip makes another word.
const typoLetters = 5

// near reports whether a typed word is a known one with at most one slip: a
// letter more, less or wrong, or two neighbours swapped (the optimal string
// alignment distance), or its plural.
func near(typed, known string) bool {
	if typed == known || len(known) >= typoLetters-1 && (typed == known+"s" || known == typed+"s") {
		return true
	}
	if len(known) < typoLetters || len(typed) < typoLetters-1 {
		return false
	}
	x, y := []rune(typed), []rune(known)
	if len(y) < typoLetters {
		return false
	}
	return distance(x, y, 1) <= 1
}

// distance is the optimal string alignment distance of two words, or any
// number over limit once it is clear that it exceeds it.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			best = min(best, row[j])
		}
		if best > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
