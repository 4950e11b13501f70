package calendar

import (
	"fmt"
	"time"
)

// names are the words of one language for days and months.
type names struct {
	days   [7]string
	months [12]string
}

func namesIn(language string) names {
	if language == "cy" {
		return names{
			days:   [7]string{"dydd Sul", "dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn"},
			months: [12]string{"Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"},
		}
	}
	n := names{}
	for i := range n.days {
		n.days[i] = time.Weekday(i).String()
	}
	for i := range n.months {
		n.months[i] = time.Month(i + 1).String()
	}
	return n
}

// Words writes a coming day as people say it: "Tuesday 3 March". It never says
// "today" or "tomorrow", which are wrong by the time a text is read (decision
// 15). A language without names here gets English.
func (d Date) Words(language string) string {
	n := namesIn(language)
	return fmt.Sprintf("%s %d %s", n.days[d.Weekday()], d.Day, n.months[d.utc().Month()-1])
}

// WordsWithYear writes a day of any year: "3 April 1956".
func (d Date) WordsWithYear(language string) string {
	return fmt.Sprintf("%d %s %d", d.Day, namesIn(language).months[d.utc().Month()-1], d.Year)
}
