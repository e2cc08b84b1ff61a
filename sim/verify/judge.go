package verify

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// FalseAlarms bounds the chance that any of the sampled checks fails although the
// simulator is right, were the seed free: the budget of the whole table. It is
// divided equally (Bonferroni), so that a table with more checks does not raise
// more false alarms. Means of skewed values follow Student's t only about.
const FalseAlarms = 1e-3

// Finding is what came of a check.
type Finding struct {
	Check
	Estimate float64
	// Low and High are the 99% interval of a sampled check.
	Low, High float64
	Runs      int
	// Limit is the deviation from theory beyond which the check fails.
	Limit float64
	Fault string // empty if it passed
}

// Passed reports whether a check passed.
func (f Finding) Passed() bool { return f.Fault == "" }

// Report is the findings of all checks.
type Report struct {
	Seed     uint64
	Findings []Finding
	// Sampled is how many findings are of sampled checks, Outside how many of their
	// 99% intervals do not contain the theory: one in a hundred is to be expected.
	Sampled, Outside int
}

// Failed lists the checks that failed.
func (r Report) Failed() (failed []Finding) {
	for _, f := range r.Findings {
		if !f.Passed() {
			failed = append(failed, f)
		}
	}
	return failed
}

// Fault says what is wrong with a report as a whole; empty if nothing is.
func (r Report) Fault() string {
	if n := len(r.Failed()); n > 0 {
		return fmt.Sprintf("%d of %d checks failed", n, len(r.Findings))
	}
	return ""
}

// judge turns the values of all runs into the findings that are asked for.
func judge(trials []trial, values [][][]float64, only string) Report {
	var r Report
	// The budget is that of the whole table, also where a part is asked for.
	whole := 0
	for _, t := range trials {
		for _, c := range t.checks {
			if c.Form == Sampled {
				whole++
			}
		}
	}
	share := FalseAlarms / float64(whole)
	for i, t := range trials {
		for j, c := range t.checks {
			if len(values[i]) == 0 || !c.matches(only) {
				continue
			}
			f := Finding{Check: c, Runs: len(values[i])}
			column := make([]float64, len(values[i]))
			for run := range values[i] {
				column[run] = values[i][run][j]
			}
			f.judge(column, share)
			if c.Form == Sampled {
				r.Sampled++
				if c.Theory < f.Low || c.Theory > f.High {
					r.Outside++
				}
			}
			r.Findings = append(r.Findings, f)
		}
	}
	return r
}

func (f *Finding) judge(values []float64, falseAlarm float64) {
	switch f.Form {
	case Exact:
		for _, v := range values {
			f.Estimate += v
		}
		if f.Estimate != 0 {
			f.Fault = fmt.Sprintf("%v deviations, want none", f.Estimate)
		}
	case Bounded:
		for _, v := range values {
			f.Estimate = max(f.Estimate, v)
		}
		if f.Limit = f.Theory; !(f.Estimate <= f.Theory) {
			f.Fault = fmt.Sprintf("%.4g, want %.4g at most", f.Estimate, f.Theory)
		}
	default:
		mean, stderr := meanAndError(values)
		student := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(len(values) - 1)}
		half := student.Quantile(0.995) * stderr
		f.Estimate, f.Low, f.High = mean, mean-half, mean+half
		f.Limit = student.Quantile(1-falseAlarm/2) * stderr
		switch deviation := math.Abs(mean - f.Theory); {
		case !(deviation <= f.Limit):
			f.Fault = fmt.Sprintf("%.6g, theory %.6g: off by %.1f standard errors", mean, f.Theory, deviation/stderr)
		case f.Limit+1.96*stderr > f.Tells:
			f.Fault = fmt.Sprintf("fails beyond %.3g from theory: too blunt to detect %.3g", f.Limit, f.Tells)
		}
	}
}

// meanAndError returns the mean of independent values and its standard error.
func meanAndError(values []float64) (mean, stderr float64) {
	n := float64(len(values))
	for _, v := range values {
		mean += v / n
	}
	squares := 0.0
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(squares / (n - 1) / n)
}
