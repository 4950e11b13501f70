package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"linkline/channels/desk/words"
	"linkline/conversation/casework"
)

// measureRow is one question on how she feels, with her answers in order of
// time. Each stands by itself: they are never summed (domain 2.4).
type measureRow struct {
	Title   string
	Answers []string // by point; empty where she did not answer
	Picture *picture // of a scale from 0 to 10
}

// picture is a small drawing of the answers on one scale.
type picture struct {
	Line string // the points of the line that joins them
	Dots []dot
}

type dot struct{ X, Y int }

// measured lists the questions in the order they are asked.
func measured() []string {
	return []string{
		"life_satisfaction", "worthwhile", "happy", "anxious", "companionship", "left_out", "isolated", "lonely",
	}
}

// measureRows puts the measures into words, question by question.
func (d *Desk) measureRows(course *casework.Course) (points []string, rows []measureRow) {
	var sets []*casework.Measure
	facts := measured()
	for _, m := range course.Measures {
		if len(m.Said) == 0 {
			continue
		}
		sets, points = append(sets, m), append(points, words.MeasurePoint(m.Point))
		for fact := range m.Said {
			if !slices.Contains(facts, fact) {
				facts = append(facts, fact)
			}
		}
	}
	slices.Sort(facts[len(measured()):])
	for _, fact := range facts {
		if row, said := d.measureRow(fact, sets); said {
			rows = append(rows, row)
		}
	}
	return points, rows
}

func (d *Desk) measureRow(fact string, sets []*casework.Measure) (row measureRow, said bool) {
	row.Title = d.catalogue.Title(fact)
	drawn := &picture{}
	for i, m := range sets {
		answer, ok := m.Said[fact]
		if !ok || len(answer.Values) == 0 {
			row.Answers = append(row.Answers, "")
			continue
		}
		said = true
		row.Answers = append(row.Answers, words.Visible(d.value(fact, answer.Values[0])))
		drawn.add(i, answer.Values[0])
	}
	if len(drawn.Dots) > 0 {
		row.Picture = drawn
	}
	return row, said
}

// add draws one answer from 0 to 10; anything else is not drawn.
func (p *picture) add(column int, value string) {
	const left, apart, bottom, step, most = 8, 32, 37, 3, 10
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > most {
		return
	}
	at := dot{X: left + apart*column, Y: bottom - step*n}
	p.Dots = append(p.Dots, at)
	p.Line = strings.TrimSpace(fmt.Sprintf("%s %d,%d", p.Line, at.X, at.Y))
}
