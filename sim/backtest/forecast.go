// Package backtest forecasts the past: at the end of each quarter the model is
// given what had been published by then, run forward, and scored on what came,
// beside naive forecasts.
//
// It is pseudo-real-time: figures are today's revisions, cut at the origin less
// the time to publication (evidence.Series.At). Parameters are estimated at each
// origin from the cut series (evidence.Fit); what cannot be estimated is drawn
// from the ranges of the parameter files, which were written with later years in
// view. The rules are those in force at the origin, for good.
package backtest

import (
	"context"
	"fmt"

	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/score"
	"asylumsim/sim/unit"
)

// Horizons are the distances at which forecasts are scored, in quarters from
// the origin.
var Horizons = []int{1, 2, 4, 8}

// First is the earliest origin, a quarter after the first date that can be opened
// at: series are published with that delay.
var First = nextQuarter(evidence.FirstOpening)

// Options say what to forecast.
type Options struct {
	Series *evidence.Series
	Groups []policy.Group
	// Regime resolves the regime whose rules of the origin apply, at a point of
	// what is believed; at nil at the central values.
	Regime    func(policy.Marks) (*policy.Regime, error)
	Uncertain []string
	Copula    *policy.Copula
	Process   evidence.Process
	// Origins are ends of quarters; none for all that can be scored.
	Origins      []clock.Date
	Replications int
	Seed         uint64
	Fraction     unit.Fraction
	Workers      int
	// Progress, where given, is called after each replication.
	Progress func(done, total int)
}

// Forecast is one forecast and what came of it.
type Forecast struct {
	Target  *Target
	Origin  clock.Date
	Opening clock.Date
	Horizon int // quarters after the origin
	Quarter clock.Date
	// Known is the last value published by the origin, of the quarter to KnownTo.
	KnownTo clock.Date
	Known   float64
	Model   score.Ensemble
	Naive   [score.NumNaive]score.Ensemble // nil where the series is too short
	Came    float64
	// Scored says whether the quarter is published.
	Scored bool
}

// Report is a back-test.
type Report struct {
	Process      evidence.Process
	Replications int
	Fraction     unit.Fraction
	Seed         uint64
	Forecasts    []Forecast // by target, origin, horizon
	Origins      []OriginReport
	// Last is the last quarter of the series.
	Last clock.Date
}

// OriginReport says what an origin started from.
type OriginReport struct {
	Origin, Opening clock.Date
	Redraws         int
	Notes           []string
	Rules           policy.Rules // as estimated at the central values
}

// Warnings tells what was not published by some origins, and quarters that are not
// scored since their figure is missing between others.
func (r *Report) Warnings(s *evidence.Series) []string {
	var warnings []string
	of := map[string][]string{}
	for _, origin := range r.Origins {
		for _, note := range origin.Notes {
			if of[note] == nil {
				warnings = append(warnings, note)
			}
			of[note] = append(of[note], origin.Origin.String())
		}
	}
	for i, note := range warnings {
		origins := of[note]
		at := "origin " + origins[0]
		if n := len(origins); n > 1 {
			at = fmt.Sprintf("%d origins from %s to %s", n, origins[0], origins[n-1])
		}
		warnings[i] = at + ": " + note
	}
	for i := range Targets {
		quarters := Targets[i].Quarters(s)
		published := Targets[i].Published(s)
		for d := quarters[0]; d < quarters[len(quarters)-1]; d = nextQuarter(d) {
			if _, ok := published[d]; !ok {
				warnings = append(warnings, fmt.Sprintf("%s of %v is not published: forecasts of it are not scored", Targets[i].Name, d))
			}
		}
	}
	return warnings
}

// Origins lists the ends of quarters at which something can be scored.
func Origins(s *evidence.Series) []clock.Date {
	last := s.Flows[len(s.Flows)-1].Quarter
	var origins []clock.Date
	for d := First; d < last; d = nextQuarter(d) {
		origins = append(origins, d)
	}
	return origins
}

// Run makes the forecasts and scores them.
func Run(ctx context.Context, o Options) (*Report, error) {
	if len(o.Origins) == 0 {
		o.Origins = Origins(o.Series)
	}
	r := &Report{Process: o.Process, Replications: o.Replications, Fraction: o.Fraction, Seed: o.Seed, Last: o.Series.Flows[len(o.Series.Flows)-1].Quarter}
	byTarget := make([][]Forecast, len(Targets))
	done := 0
	for _, date := range o.Origins {
		step := func() {
			done++
			if o.Progress != nil {
				o.Progress(done, len(o.Origins)*o.Replications)
			}
		}
		forecasts, report, err := o.forecast(ctx, date, step)
		if err != nil {
			return nil, err
		}
		r.Origins = append(r.Origins, report)
		for t := range forecasts {
			byTarget[t] = append(byTarget[t], forecasts[t]...)
		}
	}
	for _, forecasts := range byTarget {
		r.Forecasts = append(r.Forecasts, forecasts...)
	}
	return r, nil
}

// forecast makes the forecasts of one origin, by target.
func (o *Options) forecast(ctx context.Context, date clock.Date, step func()) ([][]Forecast, OriginReport, error) {
	report := OriginReport{Origin: date}
	origin, err := o.Series.Origin(date)
	if err != nil {
		return nil, report, err
	}
	report.Opening = origin.Opening
	fit, err := origin.Fit(o.Groups, o.Process)
	if err != nil {
		return nil, report, err
	}
	report.Notes = fit.Notes
	plan, err := o.plan(fit)
	if err != nil {
		return nil, report, err
	}
	central, err := plan.At(nil)
	if err != nil {
		return nil, report, err
	}
	report.Rules = central.Regimes[0].Epochs[0]
	months := plan.Timeline().Months
	samples := make([]map[clock.Date][]float64, len(Targets))
	for t := range samples {
		samples[t] = map[clock.Date][]float64{}
	}
	_, err = plan.Run(ctx, func(_, redraws int, runs []*measure.Run) error {
		report.Redraws += redraws
		for t := range Targets {
			for quarter, x := range Targets[t].simulated(runs[0], months) {
				samples[t][quarter] = append(samples[t][quarter], x)
			}
		}
		step()
		return nil
	})
	if err != nil {
		return nil, report, fmt.Errorf("origin %v: %w", date, err)
	}
	forecasts := make([][]Forecast, len(Targets))
	for t := range Targets {
		forecasts[t] = o.scored(&Targets[t], origin, samples[t])
	}
	return forecasts, report, nil
}

// plan is the runs of an origin.
func (o *Options) plan(fit *evidence.Fit) (*experiment.Plan, error) {
	central, err := o.frozen(fit, nil)
	if err != nil {
		return nil, err
	}
	return &experiment.Plan{
		Opening: fit.Opening, Until: quartersAfter(fit.Date, Horizons[len(Horizons)-1]), Groups: len(o.Groups),
		Uncertain: append(evidence.LevelMarks(), o.Uncertain...), Copula: o.Copula,
		Draws: experiment.Draws{Method: experiment.Independent, Inner: 1, Randomisations: 1},
		// Origins meet luck of their own.
		Seed: o.Seed + uint64(fit.Date), Replications: o.Replications, Fraction: o.Fraction, Workers: o.Workers,
		At: func(marks policy.Marks) (*experiment.Inputs, error) {
			drawn, err := o.frozen(fit, marks)
			if err != nil {
				return nil, err
			}
			return fit.Inputs([]*policy.Regime{drawn}, central, marks)
		},
	}, nil
}

// frozen is the regime with the rules in force at the origin, for good: later
// changes were not law yet.
func (o *Options) frozen(fit *evidence.Fit, marks policy.Marks) (*policy.Regime, error) {
	regime, err := o.Regime(marks)
	if err != nil {
		return nil, err
	}
	epoch := regime.EpochAt(fit.Date)
	return &policy.Regime{Name: regime.Name, Starts: regime.Starts[epoch : epoch+1], Epochs: regime.Epochs[epoch : epoch+1]}, nil
}

// scored sets the forecasts of a target beside what came and naive forecasts.
func (o *Options) scored(t *Target, origin *evidence.Origin, samples map[clock.Date][]float64) []Forecast {
	came := t.Published(o.Series)
	known, last := t.history(origin.Series)
	if known == nil {
		return nil // not published yet, so there is nothing to start from
	}
	var forecasts []Forecast
	for _, h := range Horizons {
		quarter := quartersAfter(origin.Date, h)
		f := Forecast{Target: t, Origin: origin.Date, Opening: origin.Opening, Horizon: h, Quarter: quarter, KnownTo: last, Known: known[len(known)-1], Model: score.NewEnsemble(samples[quarter])}
		f.Came, f.Scored = came[quarter]
		distance := quartersBetween(last, quarter)
		for n := range score.NumNaive {
			ensemble, err := n.Forecast(known, distance, o.standIn(t, origin, n, distance))
			if err == nil {
				f.Naive[n] = ensemble
			}
		}
		forecasts = append(forecasts, f)
	}
	return forecasts
}

// standIn is the spread for a series that has just begun: that of supported
// people, of whom those in hotels are a part.
func (o *Options) standIn(t *Target, origin *evidence.Origin, n score.Naive, distance int) float64 {
	for i := range Targets {
		if Targets[i].Name == "supported_people" && t.Name == "hotel_people" {
			known, _ := Targets[i].history(origin.Series)
			spread, _ := n.Spread(known, distance)
			return spread
		}
	}
	return 0
}
