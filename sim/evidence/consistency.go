package evidence

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/clock"
)

// fault is what of a row cannot be.
type fault struct {
	line int
	text string
}

// mostFaults is how many faults of a file are listed: a series that another one is
// summed from, cut short, puts every row of that in doubt.
const mostFaults = 20

// consistent holds the rows of every file against each other, and files that
// publish the same against each other. A file that could not be read is left out,
// since its own problems come first. configs/observed/README.md lists which
// identities hold exactly, which within what, and why.
func (s *Series) consistent() error {
	each(s, "asylum_decision_makers.csv", s.Staff, (*Staff).check)
	each(s, "appeals_withdrawn_share.csv", s.WithdrawnAppeals, (*WithdrawnAppeals).check)
	each(s, "initial_decisions_by_nationality_annual.csv", s.NationalityYears, (*NationalityYear).check)
	s.holdBoats()
	s.holdBoatClaims()
	s.holdClaims()
	s.holdClaimYears()
	s.holdBacklog()
	s.holdDecisions()
	s.holdNationalities()
	s.holdAppeals()
	s.holdSupport()
	s.holdReturns()
	s.holdSnapshots()
	var problems []error
	for _, file := range fileNames(s) {
		read := s.sources[file]
		slices.SortStableFunc(read.found, func(a, b fault) int { return cmp.Compare(a.line, b.line) })
		for i, f := range read.found {
			if i == mostFaults {
				problems = append(problems, fmt.Errorf("%s:%d: %d more rows or columns do not go with the others", read.path, f.line, len(read.found)-i))
				break
			}
			problems = append(problems, fmt.Errorf("%s:%d: %s", read.path, f.line, f.text))
		}
	}
	return errors.Join(problems...)
}

func fileNames(s *Series) []string {
	var names []string
	for name := range s.sources {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// read reports whether all of some files were read without a problem.
func (s *Series) read(files ...string) bool {
	return !slices.ContainsFunc(files, func(file string) bool { return s.sources[file] == nil })
}

// wrong adds a fault of a row of a file.
func (s *Series) wrong(file string, row int, format string, a ...any) {
	read := s.sources[file]
	read.found = append(read.found, fault{read.lines[row], fmt.Sprintf(format, a...)})
}

// count is a number of people, cases, boats or events.
type count interface{ ~int64 | ~int }

// cell is a count with its column.
type cell[N count] struct {
	column string
	value  N
}

// sumsTo holds a total against its parts.
func sumsTo[N count](s *Series, file string, row int, total cell[N], parts ...N) {
	sum := N(0)
	for _, part := range parts {
		sum += part
	}
	if sum != total.value {
		s.wrong(file, row, "%s %d: its parts sum to %d", total.column, total.value, sum)
	}
}

// atMost holds a part against its whole.
func atMost[N count](s *Series, file string, row int, part, whole cell[N]) {
	if part.value > whole.value {
		s.wrong(file, row, "%s %d: more than %s %d", part.column, part.value, whole.column, whole.value)
	}
}

// ratio holds a published ratio, rounded to some decimals, against the counts
// that it is of.
func (s *Series) ratio(file string, row int, column string, value, part, whole float64, decimals int) {
	half := 0.5 / math.Pow10(decimals)
	switch {
	case whole == 0:
		s.wrong(file, row, "%s %v: there is nothing that it could be a share of", column, value)
	case math.Abs(value-part/whole) > half+1e-9:
		s.wrong(file, row, "%s %v: the counts make it %.*f", column, value, decimals, part/whole)
	}
}

// about holds a figure against what another file says, within a share of it.
func (s *Series) about(file string, row int, column string, value, other, within float64, whose string) {
	switch {
	case within == 0 && value != other:
		s.wrong(file, row, "%s %v: want %v, by %s", column, value, other, whose)
	case math.Abs(value-other) > within*other:
		s.wrong(file, row, "%s %v: want within %v%% of the %v of %s", column, value, 100*within, other, whose)
	}
}

// together holds cells that are published with each other or not at all.
func (s *Series) together(file string, row int, columns []string, known []bool) {
	if first := slices.Index(known, true); first >= 0 {
		for i, k := range known {
			if !k {
				s.wrong(file, row, "%s is empty, though %s is published: want both, or neither", columns[i], columns[first])
			}
		}
	}
}

// inTurn holds the dates of rows against each other.
func inTurn[R any](s *Series, file, column string, rows []R, date func(*R) clock.Date, next func(clock.Date) clock.Date, want string) {
	for i := range rows {
		if i > 0 && date(&rows[i]) == date(&rows[i-1]) {
			s.wrong(file, i, "%s %v is there twice: want the next %s", column, date(&rows[i]), want)
		} else if i > 0 && date(&rows[i]) != next(date(&rows[i-1])) {
			s.wrong(file, i, "%s %v follows %v: want the next %s", column, date(&rows[i]), date(&rows[i-1]), want)
		}
	}
}

// endsQuarter checks that a date ends a quarter.
func endsQuarter(date clock.Date) error {
	if date != quarterEndOf(date) {
		return fmt.Errorf("date %v: want the end of a quarter", date)
	}
	return nil
}

// each holds rows one by one, each with the one before it (nil for the first).
func each[R any](s *Series, file string, rows []R, check func(row, before *R) error) {
	if !s.read(file) {
		return
	}
	var before *R
	for i := range rows {
		if err := check(&rows[i], before); err != nil {
			s.wrong(file, i, "%v", err)
		}
		before = &rows[i]
	}
}

// quarters holds rows to be at the ends of quarters, one after the other.
func quarters[R any](s *Series, file, column string, rows []R, end func(*R) clock.Date) {
	for i := range rows {
		if date := end(&rows[i]); date != quarterEndOf(date) {
			s.wrong(file, i, "%s %v: want the end of a quarter", column, date)
		}
	}
	inTurn(s, file, column, rows, end, quarterEndAfter, "quarter")
}

func quarterEndOf(date clock.Date) clock.Date {
	year, month, _ := date.Civil()
	return clock.NewDate(year, (month-1)/3*3+1, 1).AddMonths(3) - 1
}

// years holds rows to be of one year after the other.
func years[R any](s *Series, file, column string, rows []R, year func(*R) int) {
	for i := 1; i < len(rows); i++ {
		if year(&rows[i]) != year(&rows[i-1])+1 {
			s.wrong(file, i, "%s %d follows %d: want the next year", column, year(&rows[i]), year(&rows[i-1]))
		}
	}
}

// once holds the keys of rows to be all different.
func once[R any](s *Series, file string, rows []R, key func(*R) string) {
	seen := map[string]int{}
	for i := range rows {
		k := key(&rows[i])
		if first, ok := seen[k]; ok {
			s.wrong(file, i, "%s: is in line %d already", k, s.sources[file].lines[first])
			continue
		}
		seen[k] = i
	}
}

// slip is how far a count may be from those before and after it: 7 times as much
// or a seventh. A digit more or less is a factor of 10, and of 7.7 if the quarter
// really moved by 30% the other way. Between two published neighbours the series
// moved by 3.8 at most, and over one quarter by 6.3 (refusals at the border fell
// to a fifth in April 2020, people in other accommodation rose from 129 to 817).
const slip = 7

// leastSlip leaves out counts of which a seventh is a handful.
const leastSlip = 100

// slips finds counts that a slipped digit would explain: far from both the row
// before and the row after. At an end there is one neighbour, which counts if it is
// not a slip itself.
func slips[R any](s *Series, file, column string, rows []R, value func(*R) (x float64, known bool)) {
	times := func(i, j int) (of float64, known bool) { // how many times j is i
		x, here := value(&rows[i])
		y, there := value(&rows[j])
		return x / y, here && there && math.Max(x, y) >= leastSlip
	}
	slipped := map[int]bool{}
	look := func(i int, neighbours ...int) {
		least, most := math.Inf(1), 0.0
		for _, j := range neighbours {
			if of, known := times(i, j); known && !slipped[j] {
				least, most = min(least, of), max(most, of)
			}
		}
		x, _ := value(&rows[i])
		switch {
		case math.IsInf(least, 1) && most == 0: // nothing to go by
		case least > slip:
			s.wrong(file, i, "%s %v: %.1f times what is next to it: want no more than %d times, or is it a digit too many?", column, x, least, slip)
			slipped[i] = true
		case most < 1.0/slip:
			s.wrong(file, i, "%s %v: %.2f of what is next to it: want no less than a part of %d, or is a digit missing?", column, x, most, slip)
			slipped[i] = true
		}
	}
	for i := 1; i+1 < len(rows); i++ {
		look(i, i-1, i+1)
	}
	if n := len(rows); n > 1 {
		look(0, 1)
		look(n-1, n-2)
	}
}

// numberIn is a cell as slips takes it.
func numberIn[T ~int64](p Published[T]) (float64, bool) { return float64(p.Value), p.Known }
