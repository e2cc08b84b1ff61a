package evidence

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"asylumsim/sim/clock"
)

// Publication is when a part of a file is published: some days after the end of
// a period, and not before the release that its figures are of.
type Publication struct {
	File         string                `csv:"file"`
	Part         string                `csv:"part"` // whole, or the name of some of its columns
	Lag          int                   `csv:"lag_days"`
	FirstRelease Published[clock.Date] `csv:"first_release"`
	// LastPeriod is the last day of the last period, if that is shorter than its
	// row says.
	LastPeriod Published[clock.Date] `csv:"last_period_end"`
	Source     string                `csv:"source"`
}

// whole is the part that is all columns of a file.
const whole = "all"

// out reports whether figures of a period to a day are out.
func (p *Publication) out(end, on clock.Date) bool {
	if p.LastPeriod.Known {
		end = min(end, p.LastPeriod.Value)
	}
	return end.AddDays(p.Lag) <= on && (!p.FirstRelease.Known || p.FirstRelease.Value <= on)
}

// At returns the series as far as they were published on a date: rows of
// periods whose figures were out by then. Figures are today's revisions, since
// the vintages of the time are not all to be had; what was published late or
// only in hindsight is left out.
func (s *Series) At(on clock.Date) *Series {
	return s.cut(func(file, part string) func(clock.Date) bool {
		p, err := s.publicationOf(file, part)
		if err != nil {
			panic("evidence: " + err.Error()) // Load asks for each
		}
		return func(end clock.Date) bool { return p.out(end, on) }
	})
}

// Until returns the series without the periods that ended after a date, as they
// are known today.
func (s *Series) Until(date clock.Date) *Series {
	return s.cut(func(file, part string) func(clock.Date) bool {
		p, err := s.publicationOf(file, part)
		if err != nil {
			panic("evidence: " + err.Error())
		}
		ended := Publication{LastPeriod: p.LastPeriod}
		return func(end clock.Date) bool { return ended.out(end, date) }
	})
}

func (s *Series) publicationOf(file, part string) (Publication, error) {
	return find(s.Publications, "publication.csv", file+" with the part "+part, func(p *Publication) bool { return p.File == file && p.Part == part })
}

// checkPublications asks for a row of each part of each file.
func (s *Series) checkPublications() error {
	var problems []error
	s.cut(func(file, part string) func(clock.Date) bool {
		_, err := s.publicationOf(file, part)
		problems = append(problems, err)
		return func(clock.Date) bool { return false }
	})
	return errors.Join(problems...)
}

// cut copies the rows whose period to a day is out, as told for each part of each
// file.
func (s *Series) cut(out func(file, part string) func(end clock.Date) bool) *Series {
	known := *s
	years := func(file, part string) func(year int) bool {
		of := out(file, part)
		return func(year int) bool { return of(clock.NewDate(year, 12, 31)) }
	}
	known.BoatDays = kept(s.BoatDays, out("small_boat_daily.csv", whole), func(r *BoatDay) clock.Date { return r.Date })
	known.BoatWeeks = kept(s.BoatWeeks, out("small_boat_weekly_preventions.csv", whole), func(r *BoatWeek) clock.Date { return r.Ending })
	known.BoatMonths = kept(s.BoatMonths, out("small_boat_monthly.csv", whole), func(r *BoatMonth) clock.Date { return lastDay(r.Month) })
	known.BoatYears = kept(s.BoatYears, years("small_boat_annual.csv", whole), func(r *BoatYear) int { return r.Year })
	known.BoatNationalities = kept(s.BoatNationalities, out("small_boat_nationality.csv", whole), func(r *BoatNationality) clock.Date { return lastDay(r.Period) })
	known.BoatClaims = kept(s.BoatClaims, years("small_boat_claims_by_arrival_year.csv", whole), func(r *BoatClaims) int { return r.Year })
	known.BoatClaimQuarters = kept(s.BoatClaimQuarters, out("small_boat_claims_by_arrival_quarter_2018_2023.csv", whole), func(r *BoatClaimsQuarter) clock.Date { return r.Quarter })
	known.Flows = kept(s.Flows, out("asylum_flows_quarterly.csv", whole), func(r *Flows) clock.Date { return r.Quarter })
	known.Backlog = kept(s.Backlog, out("asylum_backlog_quarterly.csv", whole), func(r *Backlog) clock.Date { return r.Date })
	known.BacklogAges = kept(s.BacklogAges, out("asylum_backlog_age_bands.csv", whole), func(r *BacklogAges) clock.Date { return r.Date })
	known.Claimants = kept(s.Claimants, years("asylum_claims_demographics_annual.csv", whole), func(r *Claimants) int { return r.Year })
	known.ClaimSizes = kept(s.ClaimSizes, out("asylum_claims_main_dependant_quarterly.csv", whole), func(r *ClaimSizes) clock.Date { return r.Quarter })
	known.ClaimYears = kept(s.ClaimYears, years("asylum_outcomes_by_claim_year.csv", "claims"), func(r *ClaimYear) int { return r.Year })
	outcomes := years("asylum_outcomes_by_claim_year.csv", "outcomes")
	for i, r := range known.ClaimYears {
		if !outcomes(r.Year) {
			known.ClaimYears[i] = ClaimYear{Year: r.Year, Claims: r.Claims}
		}
	}
	known.Staff = kept(s.Staff, out("asylum_decision_makers.csv", whole), func(r *Staff) clock.Date { return r.Published })
	known.Decisions = kept(s.Decisions, out("initial_decisions_by_type_quarterly.csv", whole), func(r *Decisions) clock.Date { return r.Quarter })
	known.NationalityYears = kept(s.NationalityYears, out("initial_decisions_by_nationality_annual.csv", whole), (*NationalityYear).end)
	pooled := out("grant_rates_by_nationality_2020_2025.csv", whole)
	known.NationalityRates = kept(s.NationalityRates, pooled, func(*NationalityRates) clock.Date { return pooledUntil })
	known.Appeals = kept(s.Appeals, out("appeals_ftt_quarterly.csv", whole), func(r *Appeals) clock.Date { return r.Quarter })
	known.WithdrawnAppeals = kept(s.WithdrawnAppeals, out("appeals_withdrawn_share.csv", whole), func(r *WithdrawnAppeals) clock.Date { return r.Quarter })
	known.EarlierAppeals = kept(s.EarlierAppeals, out("appeals_ho_asylum_quarterly_2010_2023.csv", whole), func(r *EarlierAppeals) clock.Date { return r.Quarter })
	known.Support = kept(s.Support, out("asylum_support_quarterly.csv", whole), func(r *Support) clock.Date { return r.Date })
	known.Returns = kept(s.Returns, out("returns_quarterly.csv", whole), func(r *Returns) clock.Date { return r.Quarter })
	known.AsylumReturns = kept(s.AsylumReturns, years("returns_asylum_related_annual_2010_2023.csv", whole), func(r *AsylumReturns) int { return r.Year })
	known.InProgress = kept(s.InProgress, out("asylum_wip_annual.csv", whole), func(r *InProgress) clock.Date { return r.Date })
	known.Snapshots = kept(s.Snapshots, out("uk_snapshots.csv", whole), func(r *Snapshot) clock.Date { return lastDay(r.Period) })
	return &known
}

// kept copies the rows whose period is out.
func kept[R, P any](rows []R, out func(P) bool, period func(*R) P) []R {
	var known []R
	for i := range rows {
		if out(period(&rows[i])) {
			known = append(known, rows[i])
		}
	}
	return known
}

// lastDay is the last day of a period: a year, a month, or a year ending in a
// month, such as YE2025-06. Of any other text it is 0, long ago.
func lastDay(period string) clock.Date {
	text := strings.TrimPrefix(period, "YE")
	if year, err := strconv.Atoi(text); err == nil {
		return clock.NewDate(year, 12, 31)
	}
	if first, err := clock.ParseDate(text + "-01"); err == nil {
		return first.MonthEnd()
	}
	return 0
}

// end is the last day of the year of a row, or of its vintage where that does not
// have the whole year.
func (r *NationalityYear) end() clock.Date {
	return min(clock.NewDate(r.Year, 12, 31), lastDay(r.Vintage))
}

func (r *NationalityYear) check(*NationalityYear) error {
	switch part := r.end() < clock.NewDate(r.Year, 12, 31); {
	case !strings.HasPrefix(r.Vintage, "YE") || lastDay(r.Vintage) == 0:
		return fmt.Errorf("vintage %.100q: want that of a release, such as YE2025-12", r.Vintage)
	case part != r.Partial:
		return fmt.Errorf("partial_year %v: the vintage %s says %v", r.Partial, r.Vintage, part)
	}
	return nil
}
