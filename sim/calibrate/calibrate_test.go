package calibrate_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"io/fs"
	"strconv"
	"strings"
	"testing"

	"asylumsim/sim/calibrate"
	"asylumsim/sim/clock"
	"asylumsim/sim/config"
	"asylumsim/sim/evidence"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

var full = flag.Bool("full", false, "recover the truth from the reference table of 2,000 runs of a tenth, in some minutes")

// few are parameters that the outputs tell something about, and pairs that are
// correlated beforehand: with the others at their central values, a small
// reference table learns something.
var few = []string{
	"support_need", "withdrawal_rate", "dispersal_growth", "preparation_time",
	"response_to_permit_length", "response_to_settlement", "absconding_rate", "enforced_attempt_absconding", "hotel_price", "dispersal_price",
}

// shipped is a small calibration of a few of the shipped parameters to three
// quarters of 2024.
func shipped(t *testing.T) calibrate.Options {
	t.Helper()
	b := forecast(t)
	observed, err := fs.Sub(b.Files, "observed")
	if err != nil {
		t.Fatal(err)
	}
	series, err := evidence.Load(observed)
	if err != nil {
		t.Fatal(err)
	}
	copula, _ := b.Copula()
	return calibrate.Options{
		Series: series, Groups: b.Groups, Parameters: b.Parameters, Uncertain: few, Copula: copula, Correlations: b.Correlations,
		Regime: func(marks policy.Marks) (*policy.Regime, error) {
			regimes, err := b.At(marks)
			if err != nil {
				return nil, err
			}
			return regimes[0], nil
		},
		Opening: clock.MustDate("2023-12-31"), Until: clock.MustDate("2024-09-30"),
		Runs: 200, Generations: 2, Seed: 1, Fraction: unit.Fraction(50), Workers: 2,
	}
}

func forecast(t *testing.T) *config.Bundle {
	t.Helper()
	b, err := config.Load(config.Options{Experiment: "forecast"})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// written is all that a calibration writes.
func written(t *testing.T, o calibrate.Options) (*calibrate.Report, string) {
	t.Helper()
	r, err := calibrate.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, format := range []string{"table", "csv", "json"} {
		if err := r.Write(&all, format); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(r.WriteReference(&all), r.WriteCheck(&all)); err != nil {
		t.Fatal(err)
	}
	return r, all.String()
}

// TestTheModelCalibrates: the same for any number of workers, another for another
// seed, and complete: every uncertain parameter is informed or named as not
// identified, and every published value is set beside the runs.
func TestTheModelCalibrates(t *testing.T) {
	o := shipped(t)
	r, one := written(t, o)
	o.Workers = 5
	if _, five := written(t, o); five != one {
		t.Error("five workers give another result than two")
	}
	if len(r.Parameters) != len(o.Uncertain) || len(r.Levels) != len(evidence.LevelMarks()) {
		t.Errorf("%d parameters and %d marks of levels, want %d and %d", len(r.Parameters), len(r.Levels), len(o.Uncertain), len(evidence.LevelMarks()))
	}
	if len(r.Check) != 24 {
		t.Errorf("%d published values, want eight outputs in three quarters", len(r.Check))
	}
	informed := map[string]bool{}
	findings := strings.Join(r.Findings(), "\n")
	for i := range r.Parameters {
		p := &r.Parameters[i]
		informed[p.Name] = p.Informed
		if !p.Informed && p.Posterior != p.Prior {
			t.Errorf("%s: %v after %v, and nothing was learnt", p.Name, p.Posterior, p.Prior)
		}
		if p.Informed != (p.R2 > 0.1) || p.Informed == (strings.Contains(findings, " "+p.Name+",") || strings.Contains(findings, " "+p.Name+".")) {
			t.Errorf("%s: informed %v at R2 %.3f, and the findings say\n%s", p.Name, p.Informed, p.R2, findings)
		}
		if !(p.Prior[0] <= p.Prior[1] && p.Prior[1] <= p.Prior[2] && p.Posterior[0] <= p.Posterior[1] && p.Posterior[1] <= p.Posterior[2]) {
			t.Errorf("%s: quantiles %v and %v do not ascend", p.Name, p.Prior, p.Posterior)
		}
	}
	// What the need of support is decides who is supported; a response to rules
	// that do not change has no part in the window.
	if !informed["support_need"] || informed["response_to_settlement"] {
		t.Errorf("informed: %v", informed)
	}
	checkReference(t, o, r)
}

// checkReference wants of the reference table as written a row for each run, a
// column for each score and each statistic, and scores with the mean, the variance
// and the correlation of their prior.
func checkReference(t *testing.T, o calibrate.Options, r *calibrate.Report) {
	t.Helper()
	var data bytes.Buffer
	if err := r.WriteReference(&data); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&data).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != o.Runs+1 {
		t.Fatalf("%d rows for %d runs", len(rows), o.Runs)
	}
	scores, statistics := 0, 0
	sum, squares, n := 0.0, 0.0, 0.0
	column := map[string]int{}
	for j, name := range rows[0] {
		column[name] = j
		switch {
		case strings.HasPrefix(name, "s_"):
			statistics++
		case strings.HasPrefix(name, "z_"):
			scores++
			for _, row := range rows[1:] {
				x, err := strconv.ParseFloat(row[j], 64)
				if err != nil {
					t.Fatal(err)
				}
				sum, squares, n = sum+x, squares+x*x, n+1
			}
		}
	}
	informed := 0
	for _, p := range r.Parameters {
		if p.Informed {
			informed++
		}
	}
	if scores != len(r.Parameters)+len(r.Levels) || statistics != informed || statistics == 0 {
		t.Errorf("%d scores and %d statistics of %d and %d quantities, %d informed", scores, statistics, len(r.Parameters), len(r.Levels), informed)
	}
	if mean, variance := sum/n, squares/n; mean < -0.04 || mean > 0.04 || variance < 0.95 || variance > 1.05 {
		t.Errorf("scores have mean %.3f and variance %.3f, want 0 and 1 of the prior", mean, variance)
	}
	// The library's correlation of -0.8 is in the points that were run.
	product := 0.0
	for _, row := range rows[1:] {
		x, _ := strconv.ParseFloat(row[column["z_response_to_permit_length"]], 64)
		y, _ := strconv.ParseFloat(row[column["z_response_to_settlement"]], 64)
		product += x * y / float64(o.Runs)
	}
	if product > -0.5 || product < -1.1 {
		t.Errorf("correlation %.2f, want -0.8", product)
	}
}

// TestImpossibleWindowsAreExplained names the flag and what is wanted.
func TestImpossibleWindowsAreExplained(t *testing.T) {
	base := shipped(t)
	for _, c := range []struct {
		opening, until string
		want           []string
	}{
		{"2023-12-30", "2025-12-31", []string{"--opening: opening = 2023-12-30: want the end of a quarter"}},
		{"2023-12-31", "2025-11-30", []string{"--until: until = 2025-11-30: want the end of a quarter"}},
		{"2024-12-31", "2024-06-30", []string{"--until: until = 2024-06-30: want a date after the opening, 2024-12-31"}},
		{"2024-12-31", "2024-12-31", []string{"want a date after the opening"}},
		{"2023-11-30", "2023-11-15", []string{"--opening: opening", "--until: until = 2023-11-15: want the end of a quarter", "want a date after"}},
		{"2023-12-31", "2031-03-31", []string{"--until: until = 2031-03-31: want a quarter that is published in all series"}},
		{"2001-03-31", "2024-03-31", []string{"--opening: opening = 2001-03-31: want the end of a quarter for which all series were published a quarter later"}},
	} {
		o := base
		o.Opening, o.Until = clock.MustDate(c.opening), clock.MustDate(c.until)
		err := o.Validate()
		var problems policy.Problems
		if !errors.As(err, &problems) {
			t.Errorf("%s to %s: %v, want problems", c.opening, c.until, err)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s to %s: %v, want %q", c.opening, c.until, err, want)
			}
		}
		if _, again := calibrate.Run(t.Context(), o); again == nil || again.Error() != err.Error() {
			t.Errorf("%s to %s: the calibration says %v", c.opening, c.until, again)
		}
	}
	if err := base.Validate(); err != nil {
		t.Error(err)
	}
}

// TestIntervalsHoldTheTruthOfTheModel is leave-one-out over the reference table
// of the shipped model as the command makes it.
func TestIntervalsHoldTheTruthOfTheModel(t *testing.T) {
	if !*full {
		t.Skip("slow: go test ./sim/calibrate -run TruthOfTheModel -full -timeout 30m")
	}
	o := shipped(t)
	o.Until, o.Runs, o.Fraction, o.Generations, o.Uncertain = clock.MustDate("2025-12-31"), 2000, unit.Fraction(10), 1, forecast(t).Uncertain()
	r, err := calibrate.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	informed := 0
	for _, p := range r.Parameters {
		if !p.Informed {
			continue
		}
		informed++
		t.Logf("%s: R2 %.2f, 90%% intervals hold %.1f%% of %d truths", p.Name, p.R2, 100*p.Coverage, r.CoverageRuns)
		if !p.Covers() {
			t.Errorf("%s: 90%% intervals hold %.1f%% of truths, want 80 to 97%%", p.Name, 100*p.Coverage)
		}
	}
	if informed == 0 {
		t.Error("no parameter is informed")
	}
}
