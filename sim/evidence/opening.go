package evidence

import (
	"errors"
	"fmt"
	"math"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// Opening derives the state that a run starts from: the published stocks at
// the end of a quarter, and what they leave open as the rules say. Notes tell
// what was derived rather than published. It needs the stock awaiting a
// decision in main applicants, support by accommodation and the tribunal's
// open caseload of that date, and says which of them the series lack.
func Opening(s *Series, date clock.Date, rules policy.Opening) (*asylum.Opening, []string, error) {
	o := &asylum.Opening{Date: date}
	d := opening{Opening: o, series: s, rules: rules}
	err := errors.Join(d.crossings(), d.awaiting(), d.appeals(), d.permits(), d.support())
	if err != nil {
		return nil, nil, fmt.Errorf("opening stocks of %v: %w", date, err)
	}
	d.refused()
	return o, d.notes, nil
}

// opening is an opening state being filled.
type opening struct {
	*asylum.Opening
	series *Series
	rules  policy.Opening
	notes  []string
	doubts []string // those of cells that are empty
}

func (o *opening) note(format string, a ...any) { o.notes = append(o.notes, fmt.Sprintf(format, a...)) }

// doubt notes a rule that fills an empty cell.
func (o *opening) doubt(format string, a ...any) {
	o.note(format, a...)
	o.doubts = append(o.doubts, fmt.Sprintf(format, a...))
}

// Doubts tells which cells of the opening date are empty, and by what rule Opening
// fills them: warnings to the reader of a result.
func Doubts(s *Series, date clock.Date) []string {
	o := opening{Opening: &asylum.Opening{Date: date}, series: s}
	if _, _, err := o.waiting(); err != nil {
		return nil // Opening says so
	}
	if err := o.support(); err != nil {
		return nil
	}
	return o.doubts
}

// waiting is the stock that awaits an initial decision, in cases and people.
func (o *opening) waiting() (unit.Cases, unit.People, error) {
	backlog, err := o.series.BacklogAt(o.Date)
	if err != nil || backlog.Cases.Known {
		return backlog.Cases.Value, backlog.People, err
	}
	perCase, of, err := o.series.peoplePerWaitingCase(o.Date)
	if err != nil {
		return 0, 0, err
	}
	o.doubt("%s: %v: main_applicants_awaiting is empty: cases are the published people over the %.3f people a case of %v", o.series.file(backlogFile), o.Date, perCase, of)
	return unit.Cases(math.Round(float64(backlog.People) / perCase)), backlog.People, nil
}

// crossings sets the spell of days with or without arrivals, and the main
// applicants who came by boat and claimed in the twelve months before.
func (o *opening) crossings() error {
	days, err := o.series.BoatDaysBetween(o.Date.AddMonths(-12)+1, o.Date)
	if err != nil {
		return err
	}
	o.CrossedLastDay, o.SpellDays = o.series.spellBefore(o.Date + 1)
	cases := 0.0
	perYear := map[int]float64{}
	for _, d := range days {
		year, _, _ := d.Date.Civil()
		if _, ok := perYear[year]; !ok {
			if perYear[year], err = o.series.claimsPerArrival(year); err != nil {
				return err
			}
		}
		cases += float64(float64(d.People) * perYear[year])
	}
	o.SmallBoatCases = unit.Cases(math.Round(cases))
	if o.Date != clock.NewDate(days[0].Date.Time().Year(), 12, 31) {
		o.note("Claims of small-boat arrivals in the year to %v are arrivals by day times each calendar year's main claims per arrival.", o.Date)
	}
	return nil
}

// awaiting spreads the cases that wait for an initial decision over the
// quarters in which they claimed: claims of the quarter times the share that
// still waits, exp(-(age/scale)^shape), with the scale that meets the total.
func (o *opening) awaiting() error {
	cases, people, err := o.waiting()
	if err != nil {
		return err
	}
	quarters, err := o.series.claimQuarters(o.Date)
	if err != nil {
		return err
	}
	w, err := waitingFor(float64(cases), o.rules.BacklogShape, quarters, o.Date)
	if err != nil {
		return err
	}
	bands := make([]asylum.Band, len(quarters))
	weights := make([]float64, len(quarters))
	for i, q := range quarters {
		bands[i] = asylum.Band{First: q.first, Last: q.last}
		weights[i] = q.cases * w.share(q, o.Date)
	}
	o.AwaitingPeople = people
	for i, q := range quarters {
		bands[i].Waiting = unit.Share(w.share(q, o.Date))
	}
	o.Awaiting = bandsOf(cases, bands, weights)
	o.note("Ages of the cases that await an initial decision follow exp(-(age/%.0f days)^%.2f) of the claims of each quarter.", w.scale, w.shape)
	return nil
}

// appeals takes the open appeals to be the latest received, as the tribunal
// works through them in order.
func (o *opening) appeals() error {
	open, err := find(o.series.Appeals, o.series.file("appeals_ftt_quarterly.csv"), o.Date.String(), func(a *Appeals) bool { return a.Quarter == o.Date })
	if err != nil {
		return err
	}
	left := open.Open
	for i := len(o.series.Appeals) - 1; i >= 0 && left > 0; i-- {
		a := &o.series.Appeals[i]
		if a.Quarter > o.Date || a.Receipts == 0 {
			continue
		}
		b := asylum.Band{First: quarterStart(a.Quarter), Last: a.Quarter, Cases: min(left, a.Receipts)}
		// Of a quarter that is partly done, the last days are left.
		days := float64(b.Last-b.First+1) * float64(b.Cases) / float64(a.Receipts)
		b.First = b.Last + 1 - clock.Date(math.Ceil(days))
		o.Appeals = append([]asylum.Band{b}, o.Appeals...)
		left -= b.Cases
	}
	if left > 0 {
		return fmt.Errorf("%s: %v: %d open appeals are more than all received before", o.series.file("appeals_ftt_quarterly.csv"), o.Date, open.Open)
	}
	o.AppealPeople = people(open.Open, o.rules.PeoplePerAppeal)
	o.note("Open appeals are the %d latest received, at %.2f people a case.", open.Open, o.rules.PeoplePerAppeal)
	return nil
}

// refused gives the refused cases exponential ages.
func (o *opening) refused() {
	const years = 25
	var bands []asylum.Band
	var weights []float64
	for age := years - 1; age >= 0; age-- {
		bands = append(bands, asylum.Band{First: o.Date.AddMonths(-12*(age+1)) + 1, Last: o.Date.AddMonths(-12 * age)})
		mean := max(o.rules.RefusedMeanYears, 0.01)
		weights = append(weights, math.Exp(-float64(age)/mean)-math.Exp(-float64(age+1)/mean))
	}
	o.Refused = bandsOf(o.rules.RefusedCases, bands, weights)
	o.RefusedPeople = people(o.rules.RefusedCases, o.rules.PeoplePerRefused)
	o.note("Refused cases subject to removal (%d, %.2f people a case) are not published after June 2023; their ages are exponential with a mean of %.1f years.",
		o.rules.RefusedCases, o.rules.PeoplePerRefused, o.rules.RefusedMeanYears)
	o.AbscondedCases = unit.Cases(math.Round(float64(o.rules.RefusedCases) * float64(o.rules.AbscondedShare)))
	o.DetainedCases = o.rules.DetainedCases
	o.HeldCases = o.rules.TransferHeld
	o.note("Of the cases that await an initial decision %d are taken to be held for a transfer to another country.", o.HeldCases)
	o.note("Of the refused cases %d are taken to be out of contact and %d in detention; neither is published.", o.AbscondedCases, o.DetainedCases)
}

// permitYears is how long leave lasted that was granted before the opening
// date (Immigration Rules, five years).
const permitYears = 5

// permits counts the leave in force by quarter of grant: initial grants and
// allowed appeals of the last five years, as far as they are still held.
func (o *opening) permits() error {
	begins := o.Date.AddMonths(-12 * permitYears)
	var bands []asylum.Band
	total := 0.0
	var weights []float64
	for _, f := range o.series.Flows {
		if f.Quarter <= begins || f.Quarter > o.Date {
			continue
		}
		allowed, err := o.series.allowedAppeals(f.Quarter, o.Date)
		if err != nil {
			return err
		}
		cases := float64((float64(f.Grants)/o.rules.PeoplePerPermit + allowed) * float64(o.rules.PermitSurvival))
		bands = append(bands, asylum.Band{First: quarterStart(f.Quarter), Last: f.Quarter})
		weights = append(weights, cases)
		total += cases
	}
	if len(bands) != 4*permitYears {
		return fmt.Errorf("%s: %d quarters in the %d years to %v: want %d", o.series.file("asylum_flows_quarterly.csv"), len(bands), permitYears, o.Date, 4*permitYears)
	}
	cases := unit.Cases(math.Round(total))
	o.Permits = bandsOf(cases, bands, weights)
	o.PermitPeople = people(cases, o.rules.PeoplePerPermit)
	o.note("Permits in force are %.0f%% of the grants and allowed appeals of %d years; no stock is published.", 100*float64(o.rules.PermitSurvival), permitYears)
	return nil
}

func people(cases unit.Cases, perCase float64) unit.People {
	return unit.People(math.Round(float64(cases) * perCase))
}
