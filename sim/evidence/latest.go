package evidence

import (
	"fmt"
	"slices"
	"strings"

	"asylumsim/sim/clock"
)

// Extent is how far a file of the series goes.
type Extent struct {
	File string
	Last clock.Date
}

// Extents tells how far the files go that an opening state and its estimates need
// for their date. The others end earlier or are of years.
func (s *Series) Extents() []Extent {
	return []Extent{
		{"small_boat_daily.csv", s.BoatDays[len(s.BoatDays)-1].Date},
		{"asylum_flows_quarterly.csv", s.Flows[len(s.Flows)-1].Quarter},
		{"asylum_backlog_quarterly.csv", s.Backlog[len(s.Backlog)-1].Date},
		{"asylum_support_quarterly.csv", s.Support[len(s.Support)-1].Date},
		{"appeals_ftt_quarterly.csv", s.Appeals[len(s.Appeals)-1].Quarter},
		{"returns_quarterly.csv", s.Returns[len(s.Returns)-1].Quarter},
	}
}

// Latest is the end of the latest quarter that all of Extents have.
func (s *Series) Latest() clock.Date {
	last := s.Extents()[0].Last
	for _, e := range s.Extents() {
		last = min(last, e.Last)
	}
	if end := (quarterStart(last)).AddMonths(3) - 1; end == last {
		return last
	}
	return quarterStart(last) - 1
}

// Behind lists the files of Extents that end before a date.
func (s *Series) Behind(date clock.Date) []Extent {
	return slices.DeleteFunc(s.Extents(), func(e Extent) bool { return e.Last >= date })
}

// Newest is the end of the latest quarter that any quarterly file of Extents has.
func (s *Series) Newest() clock.Date {
	newest := clock.Date(0)
	for _, e := range s.Extents()[1:] {
		newest = max(newest, e.Last)
	}
	return newest
}

// Extended says of files how far they go.
func Extended(extents []Extent) string {
	var parts []string
	for _, e := range extents {
		parts = append(parts, fmt.Sprintf("%s ends on %v", e.File, e.Last))
	}
	return strings.Join(parts, ", ")
}
