package calendar

import (
	_ "embed" // holds the list
	"errors"
	"fmt"
	"strings"
)

// holidaysFile lists the bank holidays that are known by name and day.
//
//go:embed holidays.txt
var holidaysFile string

// listed is what the file knows of one nation: years it covers whole, and the
// holidays in them.
type listed struct {
	years map[int]bool
	days  map[Date]bool
}

// BankHoliday reports whether d is a bank holiday of the calendar's nation.
func (c *Calendar) BankHoliday(d Date) bool {
	if c.listed.years[d.Year] {
		return c.listed.days[d]
	}
	for _, holiday := range holidaysByRule(c.nation, d.Year) {
		if holiday == d {
			return true
		}
	}
	return false
}

// parseHolidays reads lines of a date, the nations with commas between them,
// and a name. A year that appears is taken as complete for every nation.
func parseHolidays(file string) (map[Nation]listed, error) {
	all := map[Nation]listed{}
	for _, nation := range Nations() {
		all[nation] = listed{years: map[int]bool{}, days: map[Date]bool{}}
	}
	for i, line := range strings.Split(file, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if err := addHoliday(all, strings.Fields(line)); err != nil {
			return nil, fmt.Errorf("holidays.txt:%d: %w", i+1, err)
		}
	}
	return all, nil
}

func addHoliday(all map[Nation]listed, fields []string) error {
	if len(fields) < 3 {
		return errors.New("want a date, the nations and a name")
	}
	d, err := ParseDate(fields[0])
	if err != nil {
		return err
	}
	for _, of := range all {
		of.years[d.Year] = true
	}
	for name := range strings.SplitSeq(fields[1], ",") {
		of, ok := all[Nation(name)]
		if !ok {
			return fmt.Errorf("nation %q is not known", name)
		}
		of.days[d] = true
	}
	return nil
}
