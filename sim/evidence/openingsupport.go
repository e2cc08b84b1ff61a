package evidence

import (
	"fmt"
	"math"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// support takes the published accommodation of supported people, or derives
// what of it is not published:
//
//   - if only hotels are, the others are split as on the latest date before
//     that has a breakdown;
//   - if hotels are not either, their share of all is that of the latest date
//     before that has them;
//   - before December 2022 nothing is published by kind. Supported people beyond
//     the mean of 2019, before hotels came into use in number, are taken to be
//     in hotels, a share to have subsistence only and all others to be in
//     dispersal.
func (o *opening) support() error {
	row, err := find(o.series.Support, o.series.file("asylum_support_quarterly.csv"), o.Date.String(), func(r *Support) bool { return r.Date == o.Date })
	if err != nil {
		return err
	}
	hotel := row.Hotel.Value
	before, split := o.series.breakdownBefore(o.Date)
	switch {
	case row.Dispersal.Known:
		o.Supported = row.byHousing()
	case o.Date >= splitsBegin && !split:
		return fmt.Errorf("%s: %v: hotel and the other kinds of accommodation are empty, and there is no date from %v on to split as", o.series.file(supportFile), o.Date, splitsBegin)
	case o.Date >= splitsBegin:
		if !row.Hotel.Known {
			last := o.series.hotelsBefore(o.Date)
			share := float64(last.Hotel.Value) / float64(last.People)
			hotel = unit.People(math.Round(share * float64(row.People)))
			o.doubt("%s: %v: hotel is empty: %d people, %.1f%% of those supported, are taken to be in hotels, the share of %v", o.series.file(supportFile), o.Date, hotel, 100*share, last.Date)
		}
		kinds := before.byHousing()
		weights := make([]float64, len(kinds))
		for kind, people := range kinds {
			if asylum.Housing(kind) != asylum.Hotel {
				weights[kind] = float64(people)
			}
		}
		for kind, people := range apportion(int64(row.People-hotel), weights) {
			o.Supported[kind] = unit.People(people)
		}
		o.Supported[asylum.Hotel] = hotel
		o.doubt("%s: %v: dispersal and the other kinds of accommodation but hotels are empty: they are split as on %v", o.series.file(supportFile), o.Date, before.Date)
	default:
		usual, err := o.series.supportedIn2019()
		if err != nil {
			return err
		}
		hotel = max(0, row.People-usual)
		subsistence := unit.People(float64(row.People-hotel) * subsistenceBefore)
		o.Supported[asylum.Hotel] = hotel
		o.Supported[asylum.SubsistenceOnly] = subsistence
		o.Supported[asylum.Dispersal] = row.People - hotel - subsistence
		o.doubt("%s: %v: people by accommodation are not published before December 2022: those beyond the %d of 2019 are taken to be in hotels, the others in dispersal but for %.0f%% with subsistence only", o.series.file(supportFile), o.Date, usual, 100*subsistenceBefore)
	}
	o.note("Supported people by legal stage and family type are not published: they follow from proportional fitting of assumed need to the totals.")
	return nil
}

// subsistenceBefore is the share of people outside hotels who had subsistence
// only, before it was published: assumed, between the 4% of all supported
// people in December 2022 and the 7% of those outside hotels.
const subsistenceBefore = 0.06

// splitsBegin is the first date for which people are published by accommodation.
var splitsBegin = clock.MustDate("2022-12-31")

// byHousing is a row with a breakdown as a table.
func (r *Support) byHousing() [asylum.NumHousing]unit.People {
	return [asylum.NumHousing]unit.People{
		asylum.Hotel: r.Hotel.Value, asylum.Dispersal: r.Dispersal.Value, asylum.InitialAccommodation: r.Initial.Value,
		asylum.LargeSite: r.LargeSite.Value, asylum.OtherAccommodation: r.Other.Value, asylum.SubsistenceOnly: r.Subsistence.Value,
	}
}

// breakdownBefore is the latest row with a breakdown up to a date.
func (s *Series) breakdownBefore(date clock.Date) (row Support, ok bool) {
	for _, r := range s.Support {
		if r.Date <= date && r.Dispersal.Known {
			row, ok = r, true
		}
	}
	return row, ok
}

// hotelsBefore is the latest row with people in hotels up to a date; a row with a
// breakdown has them.
func (s *Series) hotelsBefore(date clock.Date) (row Support) {
	for _, r := range s.Support {
		if r.Date <= date && r.Hotel.Known {
			row = r
		}
	}
	return row
}

// supportedIn2019 is the mean number of supported people in 2019.
func (s *Series) supportedIn2019() (unit.People, error) {
	sum, n := unit.People(0), unit.People(0)
	for _, r := range s.Support {
		if year, _, _ := r.Date.Civil(); year == 2019 {
			sum += r.People
			n++
		}
	}
	if n == 0 {
		return 0, fmt.Errorf("%s: no rows of 2019", s.file("asylum_support_quarterly.csv"))
	}
	return sum / n, nil
}
