package reading

import (
	"fmt"
	"slices"

	"linkline/conversation/calendar"
)

// readDateTime reads a day and a time of day. A day alone, or with a part of it
// ("tomorrow morning"), is an answer too, in the form that says so; not on a
// strict question. A bare hour means one when
// people visit: 8 to 11 before noon, 12 to 7 after it.
func readDateTime(q Question, lex *lexicon, s said) Reading {
	marked := tokenise(lex, markTimes(s.text))
	at := timeOfDay(lex, dateParts(lex, marked.tokens))
	day, named := q.namedDay(lex, marked.tokens)
	if !named {
		day = readDay(q, lex, at.rest)
	}
	switch {
	case at.rule == "time.no-such-time":
		return Reading{Outcome: Impossible, Rule: at.rule}
	case day.Outcome == Value && spanned(lex, at.rest, day):
		return unclear("time.open-ended", day.Values...)
	case day.Outcome != Value && (day.Rule != "date.unknown" || at.rule != "time.part-of-day" || !thisDay(lex, at.rest)):
		return day
	case at.rule == "time.missing" && !q.Strict:
		return value("date-time.day-only", day.Echo, day.Values[0])
	case at.rule == "time.part-of-day" && !q.Strict:
		if day.Outcome != Value {
			day = q.on(q.Today, "date.today") // "this afternoon"
		}
		return value("date-time.part-of-day", day.Echo+" "+at.part, day.Values[0]+" "+at.part)
	case day.Outcome != Value:
		return day
	case at.rule != "":
		return Reading{Outcome: Unclear, Candidates: day.Values, Echo: day.Echo, Rule: at.rule}
	}
	return q.at(day, at)
}

// spanned reports figures beside a day that is named, which are then no date and
// were no hour either: "tomorrow between 10 and 12".
func spanned(lex *lexicon, rest []datePart, day Reading) bool {
	if day.Rule != "date.today" && day.Rule != "date.tomorrow" && day.Rule != "date.weekday" {
		return false
	}
	figures, open := 0, false
	for i, p := range rest {
		counts := i+1 < len(rest) && (lex.is("weeks_word", rest[i+1].word) || lex.is("days_word", rest[i+1].word))
		if p.kind == figurePart && !counts {
			figures++
		}
		open = open || lex.is("open_ended", p.word)
	}
	return figures > 1 || figures > 0 && open
}

// thisDay reports a word that makes today of a part of the day: "this morning".
func thisDay(lex *lexicon, parts []datePart) bool {
	return slices.ContainsFunc(parts, func(p datePart) bool { return lex.is("this", p.word) || lex.is("today", p.word) })
}

// at joins a day and a time, and asks about an hour that the change of the
// clocks takes away or gives twice (B37).
func (q Question) at(day Reading, at daytime) Reading {
	if d, err := calendar.ParseDate(day.Values[0]); err == nil {
		switch skipped, twice := clocksChange(d, at.hour); {
		case skipped:
			return unclear("time.clocks-forward", local(d, at.hour+1, at.minute))
		case twice:
			return unclear("time.clocks-back", local(d, at.hour, at.minute))
		}
		return value("date-time."+day.Rule[len("date."):], day.Echo+" at "+clockWords(at.hour, at.minute), local(d, at.hour, at.minute))
	}
	return unclear("date.unknown")
}

func local(d calendar.Date, hour, minute int) string {
	return fmt.Sprintf("%sT%02d:%02d", d, hour, minute)
}

// readTime reads a time of day: "2pm", "half 2", "14:30". What stands beside it
// may name a day, which another question asks for.
func readTime(q Question, lex *lexicon, s said) Reading {
	at := timeOfDay(lex, dateParts(lex, tokenise(lex, markTimes(s.text)).tokens))
	if at.rule == "time.missing" {
		if only := figuresAlone(lex, at.rest); len(only) == 1 && only[0] >= 1 && only[0] <= 12 {
			at = daytime{hour: visitingHour(clock{hour: only[0]})}
		}
	}
	switch {
	case at.rule == "time.no-such-time":
		return Reading{Outcome: Impossible, Rule: at.rule}
	case at.rule != "":
		return unclear(at.rule, at.times...)
	case contrary(lex, at.rest):
		return unclear("time.not-clear", fmt.Sprintf("%02d:%02d", at.hour, at.minute))
	}
	return value("time.time", clockWords(at.hour, at.minute), fmt.Sprintf("%02d:%02d", at.hour, at.minute))
}

// figuresAlone returns the figures of a reply that has nothing else in it but
// words that change nothing ("about 3").
func figuresAlone(lex *lexicon, parts []datePart) []int {
	var out []int
	for _, p := range parts {
		switch {
		case p.kind == figurePart && !p.ordinal && p.letters <= 2:
			out = append(out, p.n)
		case p.kind == dressPart, lex.is("dress", p.word), lex.is("polite", p.word), lex.is("hedges", p.word):
		default:
			return nil
		}
	}
	return out
}

// clockWords writes a time as people say it: 2:30pm, 9am.
func clockWords(hour, minute int) string {
	half := "am"
	if hour >= 12 {
		half = "pm"
	}
	twelve := (hour+11)%12 + 1
	if minute == 0 {
		return fmt.Sprintf("%d%s", twelve, half)
	}
	return fmt.Sprintf("%d:%02d%s", twelve, minute, half)
}
