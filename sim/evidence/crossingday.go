package evidence

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

// CrossingDays is the chance that boats arrive on a day, estimated from the
// daily series: its log-odds are a term for the month plus a term for the
// spell of days with or without arrivals before it. The term of
// policy.CrossedOneDay is 0 by definition, since only sums are identified.
type CrossingDays struct {
	Month   policy.ByMonth[float64]
	Spell   policy.BySpell[float64]
	MonthSE policy.ByMonth[float64]
	SpellSE policy.BySpell[float64]
	// Days is how many days the estimate rests on.
	Days int
}

// CrossingDays estimates the chance of a crossing day from the days first to
// last.
func (s *Series) CrossingDays(first, last clock.Date) (*CrossingDays, error) {
	days, err := s.BoatDaysBetween(first, last)
	if err != nil {
		return nil, err
	}
	var features [][]int
	var outcomes []bool
	for _, d := range days {
		crossed, spell := s.spellBefore(d.Date)
		_, month, _ := d.Date.Civil()
		active := []int{int(month) - 1}
		if class := policy.SpellAfter(crossed, spell); class != policy.CrossedOneDay {
			active = append(active, 12+int(class)-1)
		}
		features = append(features, active)
		outcomes = append(outcomes, d.Boats > 0)
	}
	b, se, err := logistic(features, outcomes, 12+int(policy.NumSpells)-1)
	if err != nil {
		return nil, err
	}
	c := &CrossingDays{Days: len(days)}
	copy(c.Month[:], b)
	copy(c.MonthSE[:], se)
	copy(c.Spell[1:], b[12:])
	copy(c.SpellSE[1:], se[12:])
	return c, nil
}

// spellBefore returns whether boats arrived on the day before a date, and for
// how many days in a row it had been so. The series must go back far enough;
// its first day counts as the start of a spell.
func (s *Series) spellBefore(date clock.Date) (crossed bool, days int) {
	i := int(date-s.BoatDays[0].Date) - 1
	if i < 0 {
		return false, 1
	}
	crossed = s.BoatDays[i].Boats > 0
	for ; i >= 0 && (s.BoatDays[i].Boats > 0) == crossed; i-- {
		days++
	}
	return crossed, days
}
