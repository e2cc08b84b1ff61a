package calibrate

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"asylumsim/sim/backtest"
	"asylumsim/sim/clock"
)

// TestWhatTheReportSays: of what is informed, covered, extrapolated, out of reach
// and unknown.
func TestWhatTheReportSays(t *testing.T) {
	r := &Report{
		Opening: clock.MustDate("2023-12-31"), Until: clock.MustDate("2025-12-31"), Fraction: 10, Seed: 3, CoverageRuns: 400, Together: 0.005, Stopped: "generation 2 would have needed more runs",
		Generations: []Generation{{Runs: 2000, Accepted: 2000, Tolerance: math.Inf(1), Size: 2000}, {Accepted: 200, Tolerance: 1.5, Size: 40}},
		Parameters: []Parameter{
			{Name: "less", Unit: "days", R2: 0.2, Informed: true, Coverage: 0.9, Below: 0.5, Prior: [3]float64{1, 2, 3}, Posterior: [3]float64{1234.5, 2000, 3000}},
			{Name: "unknown", Unit: "share", R2: 0.01, Coverage: math.NaN(), Below: math.NaN()},
			{Name: "more", Unit: "log-odds", R2: 0.6, Informed: true, Coverage: 0.7, Below: 0.999, Posterior: [3]float64{-0.12345, 0, 0.5}},
			{Name: "nearer", Unit: "share", R2: 0.05, Coverage: math.NaN(), Below: math.NaN()},
		},
		Check: []Check{
			{Target: &backtest.Targets[1], Quarter: clock.MustDate("2024-03-31"), Published: 100, Below: 0.995, BelowPosterior: 0.5, Prior: [3]float64{10, 20, 30}},
			{Target: &backtest.Targets[1], Quarter: clock.MustDate("2024-06-30"), Published: 100, Below: 0.5, BelowPosterior: 1},
		},
	}
	var out bytes.Buffer
	if err := r.Write(&out, "table"); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(out.String()), " ")
	for _, want := range []string{
		"Calibration to 2 published values of the quarters from 2024-01-01 to 2025-12-31: 2000 runs of 1/10, seed 3",
		"Ended there: generation 2 would have needed more runs.",
		"more log-odds 0 0 0 -0.123 0 0.5 0.60 99.9% 70.0% less days 1 2 3 1234 2000 3000 0.20 50.0% 90.0%",
		"Informed, with a cross-validated R2 above 0.1: 2 of 4 parameters.",
		"With 400 runs taken as the data in turn, 90% intervals hold 80.0% of truths overall, but not 80 to 97% of those of more.",
		"The last generation has 40 effective particles, fewer than 50: its quantiles are rough.",
		"more: the published values lie at 99.9% of the runs: the posterior is extrapolated.",
		"asylum_claims_people, 2024-03-31: the model cannot produce this under its ranges: published 100, 99.5% of runs below, 90% of runs from 10 to 30.",
		"Published values that the model cannot produce under its ranges: 1 of 2.",
		"All of them together: 0.5% of runs lie as far from the centre of the others, or farther: the model cannot produce their course",
		"which therefore does not explain them: asylum_claims_people of 2024-06-30.",
		"Not identified, so that the posterior is the prior: nearer, unknown.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	for line := range strings.Lines(out.String()) {
		if len(line) > 130 {
			t.Errorf("a line of %d characters: %s", len(line), line)
		}
	}
	out.Reset()
	if err := r.Write(&out, "csv"); err != nil {
		t.Fatal(err)
	}
	if want := "more,log-odds,,false,0,0,0,-0.12345,0,0.5,0.6,informed,0.999,0.7,0,0\n"; !strings.Contains(out.String(), want) {
		t.Errorf("no %q in\n%s", want, out.String())
	}
	out.Reset()
	if err := r.Write(&out, "json"); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `"status": "not identified"`) || !strings.Contains(out.String(), `"coverage_90": null`) {
		t.Errorf("as JSON:\n%s", out.String())
	}
}
