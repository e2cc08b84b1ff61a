package evidence

import (
	"fmt"
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

const (
	appealsFile        = "appeals_ftt_quarterly.csv"
	earlierAppealsFile = "appeals_ho_asylum_quarterly_2010_2023.csv"
	supportFile        = "asylum_support_quarterly.csv"
	returnsFile        = "returns_quarterly.csv"
	asylumReturnsFile  = "returns_asylum_related_annual_2010_2023.csv"
)

// openMoves is how much of the open appeals may come or go without being among
// receipts and disposals (7% in 2018 and 2019).
const openMoves = 0.15

// holdAppeals holds the tribunal's asylum appeals against all of its appeals, open
// ones against receipts less disposals, and the earlier series against it.
func (s *Series) holdAppeals() {
	const file = appealsFile
	if !s.read(file) {
		return
	}
	quarters(s, file, "quarter_end", s.Appeals, func(a *Appeals) clock.Date { return a.Quarter })
	for i, a := range s.Appeals {
		atMost(s, file, i, cell[unit.Cases]{"asylum_receipts", a.Receipts}, cell[unit.Cases]{"all_receipts", a.AllReceipts})
		atMost(s, file, i, cell[unit.Cases]{"asylum_disposals", a.Disposals}, cell[unit.Cases]{"all_disposals", a.AllDisposals})
		atMost(s, file, i, cell[unit.Cases]{"asylum_open", a.Open}, cell[unit.Cases]{"all_open", a.AllOpen})
		for _, c := range []struct {
			column string
			value  float64
		}{{"asylum_allowed_pct", a.AllowedPercent}, {"all_allowed_pct", a.AllAllowed}} {
			switch {
			case !(c.value > 0 && c.value < 100):
				s.wrong(file, i, "%s %v: want a percentage between 0 and 100", c.column, c.value)
			case c.value < 1:
				s.wrong(file, i, "%s %v: want per cent; is it a fraction?", c.column, c.value)
			}
		}
		if want := judicialPeriod(a.Quarter); a.Quarter == quarterEndOf(a.Quarter) && a.Period != want {
			s.wrong(file, i, "moj_period %s: want %s, the financial-year name of the quarter to %v", a.Period, want, a.Quarter)
		}
		if i == 0 {
			continue
		}
		before := &s.Appeals[i-1]
		for _, c := range []struct {
			column                           string
			open, before, received, disposed unit.Cases
		}{{"asylum_open", a.Open, before.Open, a.Receipts, a.Disposals}, {"all_open", a.AllOpen, before.AllOpen, a.AllReceipts, a.AllDisposals}} {
			if want := c.before + c.received - c.disposed; math.Abs(float64(c.open-want)) > openMoves*float64(c.before) {
				s.wrong(file, i, "%s %d: %d a quarter before and %d received less %d disposed of make it %d: want within %v%%", c.column, c.open, c.before, c.received, c.disposed, want, 100*openMoves)
			}
		}
	}
	slips(s, file, "asylum_receipts", s.Appeals, func(a *Appeals) (float64, bool) { return float64(a.Receipts), true })
	slips(s, file, "asylum_disposals", s.Appeals, func(a *Appeals) (float64, bool) { return float64(a.Disposals), true })
	slips(s, file, "asylum_allowed_pct", s.Appeals, func(a *Appeals) (float64, bool) { return 100 * a.AllowedPercent, true })
	if !s.read(earlierAppealsFile) {
		return
	}
	const earlier = earlierAppealsFile
	quarters(s, earlier, "quarter_end", s.EarlierAppeals, func(a *EarlierAppeals) clock.Date { return a.Quarter })
	for i, a := range s.EarlierAppeals {
		sumsTo(s, earlier, i, cell[unit.Cases]{"determined", a.Determined}, a.Allowed, a.Dismissed, a.Withdrawn)
		s.ratio(earlier, i, "allowed_share", a.AllowedShare, float64(a.Allowed), float64(a.Determined), 4)
		if all, err := find(s.Appeals, "", "", func(r *Appeals) bool { return r.Quarter == a.Quarter }); err == nil {
			atMost(s, earlier, i, cell[unit.Cases]{"lodged", a.Lodged}, cell[unit.Cases]{"the tribunal's asylum_receipts", all.Receipts})
		}
	}
	slips(s, earlier, "lodged", s.EarlierAppeals, func(a *EarlierAppeals) (float64, bool) { return float64(a.Lodged), true })
	slips(s, earlier, "allowed", s.EarlierAppeals, func(a *EarlierAppeals) (float64, bool) { return float64(a.Allowed), true })
}

// judicialPeriod names a quarter by financial year, which begins in April.
func judicialPeriod(end clock.Date) string {
	year, month, _ := end.Civil()
	quarter := int(month)/3 - 1
	if quarter == 0 {
		quarter, year = 4, year-1
	}
	return fmt.Sprintf("Q%d %d/%02d", quarter, year, (year+1)%100)
}

// supportVintages is how far the total of supported people may be from the sum of
// its kinds, and the two vintages of people in hotels from each other: 44 at most.
const supportVintages = 50

// holdSupport holds people in support by accommodation against the total.
func (s *Series) holdSupport() {
	const file = supportFile
	if !s.read(file) {
		return
	}
	quarters(s, file, "date", s.Support, func(r *Support) clock.Date { return r.Date })
	for i, r := range s.Support {
		kinds := []string{"hotel", "hotel_share", "contingency_other", "dispersal", "initial", "other", "subsistence_only", "breakdown_vintage"}
		known := []bool{r.Hotel.Known, r.HotelShare.Known, r.LargeSite.Known, r.Dispersal.Known, r.Initial.Known, r.Other.Known, r.Subsistence.Known, r.SplitVintage.Known}
		s.together(file, i, kinds[:2], known[:2])
		if r.LargeSite.Known || r.Dispersal.Known || r.Initial.Known || r.Other.Known || r.Subsistence.Known || r.SplitVintage.Known {
			s.together(file, i, kinds, known)
		}
		whole := cell[unit.People]{"people_supported", r.People}
		parts := []unit.People{r.Hotel.Value, r.LargeSite.Value, r.Dispersal.Value, r.Initial.Value, r.Other.Value, r.Subsistence.Value}
		sum := unit.People(0)
		for k, column := range []string{"hotel", "contingency_other", "dispersal", "initial", "other", "subsistence_only"} {
			atMost(s, file, i, cell[unit.People]{column, parts[k]}, whole)
			sum += parts[k]
		}
		if gap := r.People - sum; r.Dispersal.Known && r.Hotel.Known && (gap < -supportVintages || gap > supportVintages) {
			s.wrong(file, i, "people_supported %d: its parts sum to %d", r.People, sum)
		}
		if r.Hotel.Known && r.HotelShare.Known {
			s.ratio(file, i, "hotel_share", r.HotelShare.Value, float64(r.Hotel.Value), float64(r.People), 4)
		}
		if gap := r.HotelOlder.Value - r.Hotel.Value; r.HotelOlder.Known && (gap < -supportVintages || gap > supportVintages) {
			s.wrong(file, i, "hotel_older_vintage %d: want within %d of hotel %d", r.HotelOlder.Value, supportVintages, r.Hotel.Value)
		}
	}
	slips(s, file, "people_supported", s.Support, func(r *Support) (float64, bool) { return float64(r.People), true })
	slips(s, file, "hotel", s.Support, func(r *Support) (float64, bool) { return numberIn(r.Hotel) })
	slips(s, file, "dispersal", s.Support, func(r *Support) (float64, bool) { return numberIn(r.Dispersal) })
}

// holdReturns holds returns against their sums, and years against quarters: to 2021
// they are the same, later quarters have been revised since.
func (s *Series) holdReturns() {
	const file = returnsFile
	if !s.read(file) {
		return
	}
	quarters(s, file, "quarter_end", s.Returns, func(r *Returns) clock.Date { return r.Quarter })
	for i, r := range s.Returns {
		sumsTo(s, file, i, cell[unit.People]{"total", r.Total}, r.Enforced, r.Voluntary, r.RefusedEntry)
	}
	for column, value := range map[string]func(*Returns) unit.People{
		"enforced":               func(r *Returns) unit.People { return r.Enforced },
		"voluntary":              func(r *Returns) unit.People { return r.Voluntary },
		"refused_entry_departed": func(r *Returns) unit.People { return r.RefusedEntry },
	} {
		slips(s, file, column, s.Returns, func(r *Returns) (float64, bool) { return float64(value(r)), true })
	}
	if !s.read(asylumReturnsFile) {
		return
	}
	once(s, asylumReturnsFile, s.AsylumReturns, func(r *AsylumReturns) string { return fmt.Sprintf("%d %s", r.Year, r.Category) })
	sums := map[int]Returns{}
	for i, r := range s.AsylumReturns {
		switch {
		case r.Category != "asylum_related" && r.Category != "non_asylum":
			s.wrong(asylumReturnsFile, i, "category %q: want asylum_related or non_asylum", r.Category)
		case i > 0 && r.Year != s.AsylumReturns[i-1].Year && r.Year != s.AsylumReturns[i-1].Year+1:
			s.wrong(asylumReturnsFile, i, "year %d follows %d: want the same or the next year", r.Year, s.AsylumReturns[i-1].Year)
		}
		sum := sums[r.Year]
		sums[r.Year] = Returns{Enforced: sum.Enforced + r.Enforced, Voluntary: sum.Voluntary + r.Voluntary, RefusedEntry: sum.RefusedEntry + r.RefusedEntry, Total: sum.Total + 1}
		if sums[r.Year].Total != 2 {
			if last := i == len(s.AsylumReturns)-1; last || s.AsylumReturns[i+1].Year != r.Year && sum.Total == 0 {
				s.wrong(asylumReturnsFile, i, "year %d: want a row of asylum_related and one of non_asylum", r.Year)
			}
			continue
		}
		enforced, voluntary, err := s.AllReturnsOfYear(r.Year)
		if err != nil {
			continue
		}
		within := 0.0
		if r.Year > 2021 {
			within = 0.1
		}
		s.about(asylumReturnsFile, i, fmt.Sprintf("enforced of %d", r.Year), float64(sums[r.Year].Enforced), enforced, within, s.file(file))
		s.about(asylumReturnsFile, i, fmt.Sprintf("voluntary of %d", r.Year), float64(sums[r.Year].Voluntary), voluntary, within, s.file(file))
	}
}
