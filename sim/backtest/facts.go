package backtest

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/score"
	"asylumsim/sim/unit"
)

// Fact is a published finding that the model was not fitted to, beside what runs
// say. It agrees where the published value, or part of its range, lies in the
// range of 90% of runs.
type Fact struct {
	Name      string
	Source    string
	Low, High float64 // published, the same for a single value
	Runs      score.Ensemble
	// Explains says why the two may differ.
	Explains string
}

// Agrees reports whether 90% of runs reach the published value or range.
func (f *Fact) Agrees() bool {
	return f.Runs.Quantile(0.05) <= f.High && f.Low <= f.Runs.Quantile(0.95)
}

// The cohort of the National Audit Office: claims lodged in January 2023, as they
// stood at the end of September 2025.
var (
	cohortOrigin = clock.MustDate("2023-03-31")
	cohortEnd    = clock.MustDate("2025-12-31") // three whole years: the findings are of 32 months at most
)

// The published tail: from 41% to 48% in two years, each rounded, of those who were
// left; a year's part is 1 - sqrt(1 - 6/58.5) to 1 - sqrt(1 - 8/59.5).
var (
	tailLow  = 1 - math.Sqrt(1-(0.475-0.415)/(1-0.415))
	tailHigh = 1 - math.Sqrt(1-(0.485-0.405)/(1-0.405))
)

const auditOffice = "National Audit Office, An analysis of the asylum system, December 2025"

// FactRuns is how many times as many runs Facts makes as there are replications.
const FactRuns = 2

// Facts runs the system from the end of 2022 with arrivals, withdrawals, decisions,
// appeals and returns as they turned out, and sets what became of the claims of January
// 2023 and of those refused before beside published findings.
func Facts(ctx context.Context, o Options) ([]Fact, error) {
	all, err := o.cohorts(ctx, false)
	if err != nil {
		return nil, err
	}
	boats, err := o.cohorts(ctx, true)
	if err != nil {
		return nil, err
	}
	const waiting = "The audit office has no outcome for claims withdrawn, so they are counted as unresolved here."
	return []Fact{
		{"Claims of January 2023 after 32 months: protected", auditOffice, 0.35, 0.35, all.protected,
			waiting + " The run has the grants of each quarter, spread over claims in order of claim and by the nationalities of 2022; which claims of January 2023 were decided early is not published."},
		{"Claims of January 2023 after 32 months: removed", auditOffice, 0.09, 0.09, all.returned,
			waiting + " Of small-boat arrivals returned in the year to June 2024 89% were of one nationality, under an agreement of December 2022 that the run does not have. In the run withdrawals follow the hazard of the quarter of claim, and those of 2023 fall short of the published by a fifth."},
		{"Claims of January 2023 after 32 months: unresolved", auditOffice, 0.56, 0.56, all.unresolved, waiting + " Fewer are removed in the run (above)."},
		{"People refused earlier, returned within a year, of those still here", "Migration Observatory, 41% of those refused in 2010 to 2020 returned by June 2022 and 48% by June 2024", tailLow, tailHigh, all.tail,
			"Returns of the run follow those published, so that the finding is about the stock they are set against. It is the opening stock at the central values, refused four years ago on average and in the meantime joined by people refused during the year, whose returns count; the published share is of people refused up to twelve years before and includes returns after a withdrawn claim."},
		{"Small-boat claims of 2023, returned within two years", "Migration Observatory, 3% of arrivals of 2018 to 2024 had been returned (by the end of 2024, two years after arrival on average)", 0.025, 0.035, boats.twoYears,
			"Returns of the run are of all who can be returned, whenever they claimed, where of a year's published returns 89% were of one nationality under an agreement that the run does not have. The run has the claims of boats alone, and decisions, hearings and returns in full number."},
	}, nil
}

// cohortRuns is what runs of the cohort say, in shares.
type cohortRuns struct {
	protected, returned, unresolved, tail, twoYears score.Ensemble
}

// cohorts runs from the end of 2022 as it happened; with only claims of small
// boats where told so.
func (o *Options) cohorts(ctx context.Context, boatsOnly bool) (*cohortRuns, error) {
	origin, err := o.Series.Origin(cohortOrigin)
	if err != nil {
		return nil, err
	}
	fit, err := origin.WithoutLater().Fit(o.Groups, o.Process)
	if err != nil {
		return nil, err
	}
	plan, err := o.plan(fit)
	if err != nil {
		return nil, err
	}
	plan.Until = cohortEnd
	estimated := plan.At
	plan.At = func(marks policy.Marks) (*experiment.Inputs, error) {
		inputs, err := estimated(marks)
		if err != nil {
			return nil, err
		}
		inputs, err = evidence.AsItHappened(inputs, o.Series, len(o.Groups), cohortEnd)
		if err == nil && boatsOnly {
			for e := range inputs.Regimes[0].Epochs {
				inputs.Regimes[0].Epochs[e].Claims.PerYear = policy.ByOtherRoute[unit.PerYear]{}
			}
		}
		return inputs, err
	}
	central, err := plan.At(nil)
	if err != nil {
		return nil, err
	}
	people := central.Opening.RefusedPeople
	var protected, returned, unresolved, tail, twoYears []float64
	_, err = plan.Run(ctx, func(_, _ int, runs []*measure.Run) error {
		if o.Progress != nil {
			o.Progress(0, 0)
		}
		run := runs[0]
		at := func(outcome measure.CohortOutcome) float64 { return cohortShare(run, 0, 32, outcome) }
		protected = append(protected, at(measure.Protected))
		returned = append(returned, at(measure.Returned))
		unresolved = append(unresolved, at(measure.Unresolved)+at(measure.Withdrawn))
		tail = append(tail, float64(refusedReturned(run))/float64(people))
		sum, all := 0.0, 0.0
		for month := range 12 {
			for _, row := range run.Cohorts {
				if row.ClaimMonth == month && row.Age == 24 {
					for _, n := range row.Cases {
						all += float64(n)
					}
					sum += float64(row.Cases[measure.Returned])
				}
			}
		}
		twoYears = append(twoYears, sum/max(1, all))
		return nil
	})
	if errors.Is(err, experiment.ErrInterrupted) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("cohort of January 2023: %w", err)
	}
	return &cohortRuns{score.NewEnsemble(protected), score.NewEnsemble(returned), score.NewEnsemble(unresolved), score.NewEnsemble(tail), score.NewEnsemble(twoYears)}, nil
}

// refusedReturned is the people refused who were returned in the first year of a run.
// Returns after a withdrawn claim are among the voluntary ones, and not of the refused.
func refusedReturned(run *measure.Run) (people int64) {
	for m := range 12 {
		row := &run.Months[m]
		people += row[measure.ReturnsEnforcedPeople] + row[measure.ReturnsVoluntaryPeople] + row[measure.ReturnsAssistedPeople] - row[measure.ReturnsAfterWithdrawalPeople]
	}
	return people
}

// cohortShare is the share of the claims of a month that have an outcome some
// months later; 0 where none were made.
func cohortShare(run *measure.Run, month, age int, outcome measure.CohortOutcome) float64 {
	for _, row := range run.Cohorts {
		if row.ClaimMonth != month || row.Age != age {
			continue
		}
		all := int64(0)
		for _, n := range row.Cases {
			all += n
		}
		return float64(row.Cases[outcome]) / float64(max(1, all))
	}
	return 0
}

// WriteFacts writes facts as CSV.
func WriteFacts(out io.Writer, facts []Fact) error {
	rows := [][]string{{"fact", "published_low", "published_high", "source", "runs", "median", "q05", "q95", "agrees", "explanation"}}
	for _, f := range facts {
		agrees := "no"
		if f.Agrees() {
			agrees = "yes"
		}
		rows = append(rows, []string{f.Name, number(f.Low), number(f.High), f.Source, fmt.Sprint(len(f.Runs)),
			number(f.Runs.Quantile(0.5)), number(f.Runs.Quantile(0.05)), number(f.Runs.Quantile(0.95)), agrees, f.Explains})
	}
	return csv.NewWriter(out).WriteAll(rows)
}

// PrintFacts prints facts for people.
func PrintFacts(out io.Writer, facts []Fact) error {
	fmt.Fprint(out, "\nPublished findings beside runs from the end of 2022 with arrivals, decisions, appeals and returns as they turned out:\n")
	for _, f := range facts {
		published := percent(f.Low)
		if f.High != f.Low {
			published += " to " + percent(f.High)
		}
		verdict := "agrees"
		if !f.Agrees() {
			verdict = "does not agree"
		}
		if _, err := fmt.Fprintf(out, "%s: published %s; runs %s (90%% of them %s to %s): %s. %s\n", f.Name, published,
			percent(f.Runs.Quantile(0.5)), percent(f.Runs.Quantile(0.05)), percent(f.Runs.Quantile(0.95)), verdict, f.Explains); err != nil {
			return err
		}
	}
	return nil
}

func percent(share float64) string { return fmt.Sprintf("%.1f%%", 100*share) }
