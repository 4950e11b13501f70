package reading

import (
	"slices"
	"strconv"

	"linkline/conversation/calendar"
)

// The ages of the adult service.
const (
	youngest = 18
	oldest   = 110
)

// birth is a date of birth as said, before its year is settled.
type birth struct {
	day, month, year datePart
}

// readBirth reads a date of birth: day first, as is written here, or year
// first as in ISO 8601; names of months with a slip in them; two figures of a
// year mean the past. What could be two dates is asked again with both named,
// and what cannot be a date of birth is said to be so.
func readBirth(q Question, lex *lexicon, s said) Reading {
	s.tokens = joinFigures(s.tokens)
	parts := nameDays(lex, s.tokens, dateParts(lex, s.tokens))
	parts, age := withoutAge(lex, withoutRemark(lex, s.tokens, parts))
	if contrary(lex, parts) {
		return unclear("dob.not-clear")
	}
	figures, months, before := sortParts(saidTwice(q, parts))
	var b birth
	switch {
	case len(months) > 1:
		return unclear("dob.several")
	case len(months) == 1:
		if len(figures) != 2 {
			return partialBirth(q, figures, true)
		}
		b = withMonthName(figures, months[0], before)
	case len(figures) == 3:
		b = birth{day: figures[0], month: figures[1], year: figures[2]}
		if monthFirst(parts) {
			b.day, b.month = b.month, b.day
		}
		if figures[0].letters == 4 {
			b = birth{day: figures[2], month: figures[1], year: figures[0]}
		}
	case len(figures) == 2 && figures[0].letters == 4 && figures[0].n <= 3112:
		b = birth{day: part(figures[0].n / 100), month: part(figures[0].n % 100), year: figures[1]}
	case len(figures) == 2 && figures[0].letters <= 2 && figures[1].letters == 6:
		b = birth{day: figures[0], month: figure(figures[1].word[:2]), year: figure(figures[1].word[2:])}
	case len(figures) == 2 && figures[0].letters == 4 && figures[0].n > 3112 && figures[1].letters == 4 && !figures[1].spelled:
		b = birth{day: figure(figures[1].word[2:]), month: figure(figures[1].word[:2]), year: figures[0]}
	case len(figures) == 4 && figures[2].letters == 2 && figures[3].letters == 2 && (figures[2].n == 19 || figures[2].n == 20):
		b = birth{day: figures[0], month: figures[1], year: figure(figures[2].word + figures[3].word)} // 3 4 19 56
	case len(figures) == 1 && figures[0].letters >= 5:
		return runTogether(q, figures[0])
	default:
		if age > 0 && len(figures) == 0 {
			return q.aged(age)
		}
		return partialBirth(q, figures, false)
	}
	return q.settle(b)
}

// saidTwice drops a second date that is the first one again in other words: "3/4/56
// thats 3rd april 1956".
func saidTwice(q Question, parts []datePart) []datePart {
	figures, months, before := sortParts(parts)
	if len(months) != 1 || len(figures) != 5 || before != 4 {
		return parts
	}
	first := q.settle(birth{day: figures[0], month: figures[1], year: figures[2]})
	again := q.settle(birth{day: figures[3], month: months[0], year: figures[4]})
	if first.Outcome != Value || again.Outcome != Value || first.Values[0] != again.Values[0] {
		return parts
	}
	return []datePart{figures[0], figures[1], figures[2]}
}

// monthFirst reports "4th month 3rd day".
func monthFirst(parts []datePart) bool {
	i := slices.IndexFunc(parts, func(p datePart) bool { return p.kind == figurePart })
	return i+1 < len(parts) && parts[i+1].word == "month"
}

// joinFigures puts figures typed one by one together: "0 9 0 6 1 9 7 1".
func joinFigures(tokens []token) []token {
	if len(tokens) != 6 && len(tokens) != 8 {
		return tokens
	}
	joined := tokens[0]
	joined.word = ""
	for _, t := range tokens {
		if len(t.word) != 1 || !isDigitByte(t.word[0]) {
			return tokens
		}
		joined.word += t.word
	}
	joined.end = tokens[len(tokens)-1].end
	return []token{joined}
}

// withoutRemark drops what is said after a date that is complete, where it holds
// no other: "31 dec 99 nearly the millennium lol", "3/4/56. 70 next month".
func withoutRemark(lex *lexicon, tokens []token, parts []datePart) []datePart {
	figures, months := 0, 0
	for i, p := range parts {
		switch p.kind {
		case figurePart:
			figures++
		case monthPart:
			months++
		case otherPart, weekdayPart, dressPart:
		}
		complete := figures == 3 && months == 0 || figures == 2 && months == 1
		if !complete || i+1 == len(parts) {
			continue
		}
		next := parts[i+1]
		apart := tokens[next.token].clause != tokens[p.token].clause
		if (apart || next.kind == otherPart) && !another(lex, parts[i+1:], apart) {
			return parts[:i+1]
		}
	}
	return parts
}

// another reports that a rest takes a date back, or may hold a date of its own.
func another(lex *lexicon, rest []datePart, apart bool) bool {
	figures, months, _ := sortParts(rest)
	return len(figures)+len(months) > 2 || !apart && len(figures)+len(months) > 0 ||
		slices.ContainsFunc(rest, func(p datePart) bool { return lex.is("against", p.word) || lex.is("either", p.word) })
}

// nameDays writes "christmas day" as 25 December.
func nameDays(lex *lexicon, tokens []token, parts []datePart) []datePart {
	for i := range tokens {
		name, taken := lex.holidays.at(tokens, i)
		at, fixed := fixedDays()[name]
		if taken == 0 || !fixed {
			continue
		}
		if figures, _, _ := sortParts(parts); len(figures) > 1 {
			return withoutTokens(parts, i, i+taken) // the date is there too
		}
		out := []datePart{part(at[1]), {kind: monthPart, n: at[0], letters: 2}}
		return append(out, withoutTokens(parts, i, i+taken)...)
	}
	return parts
}

func withoutTokens(parts []datePart, from, to int) []datePart {
	var out []datePart
	for _, p := range parts {
		if p.token < from || p.token >= to {
			out = append(out, p)
		}
	}
	return out
}

// withoutAge takes "im 64" and "aged 64" out of a reply. Where they are all there
// is, the age is the answer.
func withoutAge(lex *lexicon, parts []datePart) (rest []datePart, age int) {
	for i, p := range parts {
		before := i > 0 && lex.is("age_before", parts[i-1].word) || i > 1 && lex.is("age_before", parts[i-2].word) && parts[i-1].kind != figurePart
		after := i+1 < len(parts) && lex.is("age_after", parts[i+1].word)
		alone := i+1 == len(parts) || parts[i+1].kind != figurePart && parts[i+1].kind != monthPart
		if p.kind != figurePart || p.ordinal || p.n < 1 || p.n > oldest || !before && !after || !alone || p.letters > 3 {
			rest = append(rest, p)
			continue
		}
		if age > 0 {
			return parts, 0
		}
		age = p.n
	}
	return rest, age
}

// aged asks for the date where only an age was given, with the two years it may
// be; a child is known by it at once.
func (q Question) aged(age int) Reading {
	if age < q.youngest() {
		return Reading{Outcome: UnderAge, Rule: "dob.age"}
	}
	return unclear("dob.age", strconv.Itoa(q.Today.Year-age-1), strconv.Itoa(q.Today.Year-age))
}

func part(n int) datePart { return datePart{kind: figurePart, n: n, letters: 2} }

// withMonthName sorts the two figures beside a named month: the day, and the
// year, which is last unless it leads with four figures.
func withMonthName(figures []datePart, m datePart, before int) birth {
	b := birth{day: figures[0], month: m, year: figures[1]}
	if figures[0].letters == 4 && !figures[0].ordinal || figures[1].ordinal && !figures[0].ordinal && before == 1 {
		b.day, b.year = b.year, b.day
	}
	return b
}

// partialBirth names what is missing.
func partialBirth(q Question, figures []datePart, named bool) Reading {
	switch {
	case len(figures) == 0:
		return unclear("dob.unknown")
	case len(figures) > 1:
		return unclear("dob.not-clear")
	}
	f := figures[0]
	switch {
	case f.letters == 4 && f.n >= 1900 && f.n <= q.Today.Year:
		return unclear("dob.no-day")
	case named && f.n >= 1 && f.n <= 31:
		return unclear("dob.no-year")
	case !named && f.letters <= 3 && f.n >= 5 && f.n <= oldest: // "im 67"
		return unclear("dob.age", numerals([]int{q.Today.Year - f.n - 1, q.Today.Year - f.n})...)
	}
	return unclear("dob.unknown")
}

// runTogether reads 03041956, 030456, 3041956 and 19560403.
func runTogether(q Question, f datePart) Reading {
	w := f.word
	switch len(w) {
	case 5:
		return q.eitherOf(
			birth{day: figure(w[:1]), month: figure(w[1:3]), year: figure(w[3:])},
			birth{day: figure(w[:2]), month: figure(w[2:3]), year: figure(w[3:])},
		)
	case 6:
		r := q.settle(birth{day: figure(w[:2]), month: figure(w[2:4]), year: figure(w[4:])})
		short := q.settle(birth{day: figure(w[:1]), month: figure(w[1:2]), year: figure(w[2:])})
		if r.Outcome == Impossible && short.Outcome == Value {
			return short // 341956
		}
		return r
	case 7:
		return q.eitherOf(
			birth{day: figure(w[:1]), month: figure(w[1:3]), year: figure(w[3:])},
			birth{day: figure(w[:2]), month: figure(w[2:3]), year: figure(w[3:])},
		)
	case 8:
		dayFirst := birth{day: figure(w[:2]), month: figure(w[2:4]), year: figure(w[4:])}
		yearFirst := birth{day: figure(w[6:]), month: figure(w[4:6]), year: figure(w[:4])}
		if dayFirst.year.n < 1800 || dayFirst.year.n > 2100 {
			return q.settle(yearFirst)
		}
		return q.settle(dayFirst)
	}
	return unclear("dob.unknown")
}

func figure(word string) datePart {
	n, _ := strconv.Atoi(word) // only figures come here
	return datePart{kind: figurePart, n: n, letters: len(word), word: word}
}

// eitherOf takes the reading that is a possible date of birth when only one is.
func (q Question) eitherOf(readings ...birth) Reading {
	var possible []Reading
	var dates []string
	for _, b := range readings {
		if r := q.settle(b); r.Outcome == Value {
			possible = append(possible, r)
			dates = append(dates, r.Values...)
		}
	}
	if len(possible) == 1 {
		return possible[0]
	}
	return unclear("dob.two-dates", dates...)
}

// settle finds the year and checks the date.
func (q Question) settle(b birth) Reading {
	if r, ok := q.swapped(b); ok {
		return r
	}
	years := q.years(b)
	if len(years) == 0 {
		return unclear("dob.no-year")
	}
	var possible []calendar.Date
	for _, y := range years {
		d := dateOf(y, b.month.n, b.day.n)
		if d.Valid() && !d.After(q.Today) && d.YearsOn(q.Today) <= q.oldest() {
			possible = append(possible, d)
		}
	}
	switch len(possible) {
	case 0:
		return q.impossible(dateOf(years[0], b.month.n, b.day.n))
	case 1:
		return q.born(possible[0])
	}
	return unclear("dob.which-century", possible[0].String(), possible[1].String())
}

// swapped asks about a date that only makes sense month first or with a short
// year first ("04/13/1956", "56/04/03").
func (q Question) swapped(b birth) (Reading, bool) {
	if b.month.kind == monthPart || b.month.n <= 12 && b.day.n <= 31 {
		return Reading{}, false
	}
	other := birth{day: b.month, month: b.day, year: b.year}
	rule := "dob.month-first"
	if b.month.n <= 12 {
		other = birth{day: b.year, month: b.month, year: b.day}
		rule = "dob.year-first"
	}
	if other.month.n > 12 || other.day.n > 31 {
		return Reading{Outcome: Impossible, Rule: "dob.no-such-day"}, true
	}
	var candidates []string
	for _, y := range q.years(other) {
		if d := dateOf(y, other.month.n, other.day.n); d.Valid() && !d.After(q.Today) && d.YearsOn(q.Today) <= q.oldest() {
			candidates = append(candidates, d.String())
		}
	}
	return unclear(rule, candidates...), true
}

// years returns what the year may be: two figures may be of either century.
func (q Question) years(b birth) []int {
	switch {
	case b.year.ordinal:
		return nil
	case b.year.letters == 4:
		return []int{b.year.n}
	case b.year.letters == 2:
		return []int{1900 + b.year.n, 2000 + b.year.n}
	}
	return nil
}

func (q Question) impossible(d calendar.Date) Reading {
	rule := "dob.too-old"
	switch {
	case !d.Valid():
		rule = "dob.no-such-day"
	case d.After(q.Today):
		rule = "dob.future"
	}
	return Reading{Outcome: Impossible, Rule: rule}
}

func (q Question) born(d calendar.Date) Reading {
	echo := d.WordsWithYear(q.Language)
	if d.YearsOn(q.Today) < q.youngest() {
		return Reading{Outcome: UnderAge, Candidates: []string{d.String()}, Echo: echo, Rule: "dob.under-age"}
	}
	return value("dob.date", echo, d.String())
}

func (q Question) youngest() int {
	if q.Min > 0 {
		return q.Min
	}
	return youngest
}

func (q Question) oldest() int {
	if q.Max > 0 {
		return q.Max
	}
	return oldest
}
