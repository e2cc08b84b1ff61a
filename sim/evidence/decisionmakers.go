package evidence

import (
	"fmt"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// Staff is a published number of asylum decision makers, in full-time equivalents
// or, if that is all that was said, in heads: as counted on a date, or as planned
// for it by ministers and officials.
type Staff struct {
	Date      clock.Date `csv:"date"`
	Published clock.Date `csv:"published"`
	FTE       float64    `csv:"fte"`
	Kind      string     `csv:"kind"`
	Source    string     `csv:"source"`
}

// The kinds of numbers of staff.
const (
	staffCounted = "counted"
	staffPlanned = "planned"
)

func (r *Staff) check(before *Staff) error {
	switch {
	case r.Kind != staffCounted && r.Kind != staffPlanned:
		return fmt.Errorf("kind %.100q: want %s or %s", r.Kind, staffCounted, staffPlanned)
	case r.Kind == staffCounted && r.Published < r.Date:
		return fmt.Errorf("published %v: want a day from %v on, when they were counted", r.Published, r.Date)
	case r.Kind == staffPlanned && r.Published >= r.Date:
		return fmt.Errorf("published %v: want a day before %v, for which they are planned", r.Published, r.Date)
	case !(r.FTE > 0):
		return fmt.Errorf("fte %v: want more than nothing", r.FTE)
	case before != nil && r.Published < before.Published:
		return fmt.Errorf("published %v follows %v: want rows in order of publication", r.Published, before.Published)
	}
	return nil
}

// staffOf lists the numbers of a kind, in order of publication.
func (s *Series) staffOf(kind string) []Staff {
	return kept(s.Staff, func(k string) bool { return k == kind }, func(r *Staff) string { return r.Kind })
}

// meanDecisionMakers averages the months of a year; between two counts months are
// interpolated, and after the last one it is held.
func (s *Series) meanDecisionMakers(year int) (float64, error) {
	counts := s.staffOf(staffCounted)
	if len(counts) < 2 {
		return 0, fmt.Errorf("%s: %d numbers are %s: want two or more", s.file("asylum_decision_makers.csv"), len(counts), staffCounted)
	}
	sum := 0.0
	for month := range 12 {
		middle := clock.NewDate(year, 1, 15).AddMonths(month)
		i := 0
		for i+2 < len(counts) && counts[i+1].Date <= middle {
			i++
		}
		from, to := counts[i], counts[i+1]
		t := min(max(float64(middle-from.Date)/float64(to.Date-from.Date), 0), 1)
		sum += from.FTE + float64(t*(to.FTE-from.FTE))
	}
	return sum / 12, nil
}

// decisionMakers is what was known of staff at the origin: the latest number, the
// most that there were or were to be by any plan, and how many a month the latest
// plan adds from the opening date on; 0 where it is fulfilled or past.
func (o *Origin) decisionMakers() (fte, most unit.FTE, perMonth float64, err error) {
	counts := o.Series.staffOf(staffCounted)
	if len(counts) == 0 {
		return 0, 0, 0, fmt.Errorf("%s: none were %s by %v", o.Series.file("asylum_decision_makers.csv"), staffCounted, o.Date)
	}
	for _, c := range counts {
		fte = unit.FTE(c.FTE)
		most = max(most, fte)
	}
	for _, p := range o.Series.staffOf(staffPlanned) {
		most = max(most, unit.FTE(p.FTE))
		perMonth = 0
		if months := float64(p.Date-o.Opening) / unit.DaysPerYear * 12; p.Date >= o.Date {
			perMonth = max(0, p.FTE-float64(fte)) / max(1, months)
		}
	}
	return fte, most, perMonth, nil
}
