package main

import (
	"strings"
	"testing"

	"asylumsim/sim/calibrate"
	"asylumsim/sim/clock"
)

// TestCalibrateDrawsWhatIsInformed: the figure of a calibration has the informed
// parameters, those most first, and there is none without any.
func TestCalibrateDrawsWhatIsInformed(t *testing.T) {
	report := &calibrate.Report{
		Opening: clock.MustDate("2023-12-31"), Until: clock.MustDate("2025-12-31"), Generations: []calibrate.Generation{{Runs: 2000}},
		Parameters: []calibrate.Parameter{
			{Name: "withdrawal_rate", Unit: "1/year", R2: 0.2, Informed: true, Marks: [3]float64{0.05, 0.3, 0.9}, Posterior: [3]float64{0.17, 0.23, 0.39}},
			{Name: "hotel_price", Unit: "GBP/person/night"},
			{Name: "support_need", Unit: "log-odds", R2: 0.6, Informed: true, Marks: [3]float64{0.01, 0.05, 0.2}, Posterior: [3]float64{-0.75, -0.47, -0.3}},
		},
	}
	figure, any := beliefsFigure(report)
	if !any || len(figure.Rows) != 2 || figure.Rows[0].Label != "support_need" || figure.Rows[0].After != [3]float64{1, 5, 20} {
		t.Fatalf("figure %+v", figure)
	}
	if err := figure.Validate(); err != nil {
		t.Error(err)
	}
	page := figure.Markdown(1)
	for _, want := range []string{"Published quarters inform 2 of 3 parameters", "quarters from January 2024 to December 2025", "90% from 0.17 to 0.39 1/year"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	report.Parameters = report.Parameters[1:2]
	if _, any := beliefsFigure(report); any {
		t.Error("a figure of nothing")
	}
}
