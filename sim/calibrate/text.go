package calibrate

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"asylumsim/sim/backtest"
	"asylumsim/sim/compare"
)

// Write prints the report: a table, or all parameters as CSV or JSON.
func (r *Report) Write(out io.Writer, format string) error {
	if format == "table" || format == "" {
		return r.table(out)
	}
	return backtest.WriteRows(out, r.rows(), format)
}

func (r *Report) table(out io.Writer) error {
	fmt.Fprintf(out, "Calibration to %d published values of the quarters from %v to %v: %d runs of %v, seed %d\n\n",
		len(r.Check), r.Opening+1, r.Until, r.Generations[0].Runs, r.Fraction, r.Seed)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "generation\truns\tparticles\teffective\ttolerance\t")
	for g, x := range r.Generations {
		tolerance := "none"
		if !math.IsInf(x.Tolerance, 1) {
			tolerance = strconv.FormatFloat(x.Tolerance, 'f', 3, 64)
		}
		fmt.Fprintf(w, "%d\t%d\t%d\t%.0f\t%s\t\n", g, x.Runs, x.Accepted, x.Size, tolerance)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if r.Stopped != "" {
		fmt.Fprintf(out, "Ended there: %s.\n", r.Stopped)
	}
	fmt.Fprintln(out)
	w = tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "parameter\tunit\tprior 5%\t50%\t95%\tposterior 5%\t50%\t95%\tR2\tpublished at\ttruths in 90%")
	for _, p := range r.Informed() {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%.2f\t%.1f%%\t%.1f%%\n", p.Name, p.Unit,
			short(p.Prior[0]), short(p.Prior[1]), short(p.Prior[2]), short(p.Posterior[0]), short(p.Posterior[1]), short(p.Posterior[2]),
			p.R2, 100*p.Below, 100*p.Coverage)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out)
	for _, line := range r.Findings() {
		fmt.Fprintln(out, compare.Wrap(line, "  ", 0, 100))
	}
	return nil
}

// leastSize is the effective number of particles below which the report warns.
const leastSize = 50

// Informed lists the parameters that are informed, those most first.
func (r *Report) Informed() []Parameter {
	list := slices.DeleteFunc(slices.Clone(r.Parameters), func(p Parameter) bool { return !p.Informed })
	slices.SortStableFunc(list, func(p, q Parameter) int {
		if p.R2 > q.R2 {
			return -1
		}
		return 1
	})
	return list
}

// Findings says in sentences what the calibration came to, and what it did not.
func (r *Report) Findings() []string {
	informed := r.Informed()
	lines := []string{fmt.Sprintf("Informed, with a cross-validated R2 above %g: %d of %d parameters.", informedR2, len(informed), len(r.Parameters))}
	if len(informed) > 0 {
		lines = append(lines, r.coverageFinding(informed))
	}
	if last := r.Generations[len(r.Generations)-1]; len(informed) > 0 && last.Size < leastSize {
		lines = append(lines, fmt.Sprintf("The last generation has %.0f effective particles, fewer than %d: its quantiles are rough.", last.Size, leastSize))
	}
	for _, p := range informed {
		if p.Below < leastBelow || p.Below > mostBelow {
			lines = append(lines, fmt.Sprintf("%s: the published values lie at %.1f%% of the runs: the posterior is extrapolated.", p.Name, 100*p.Below))
		}
	}
	missed, beyond := 0, []string{}
	for i := range r.Check {
		c := &r.Check[i]
		if c.BelowPosterior < leastBelow || c.BelowPosterior > mostBelow {
			beyond = append(beyond, fmt.Sprintf("%s of %v", c.Target.Name, c.Quarter))
		}
		if !c.Reached() {
			missed++
			lines = append(lines, fmt.Sprintf("%s, %v: the model cannot produce this under its ranges: published %.0f, %.1f%% of runs below, 90%% of runs from %.0f to %.0f.",
				c.Target.Name, c.Quarter, c.Published, 100*c.Below, c.Prior[0], c.Prior[2]))
		}
	}
	lines = append(lines, fmt.Sprintf("Published values that the model cannot produce under its ranges: %d of %d.", missed, len(r.Check)))
	text := fmt.Sprintf("All of them together: %.1f%% of runs lie as far from the centre of the others, or farther", 100*r.Together)
	if r.Together < leastBelow {
		text += ": the model cannot produce their course under its ranges, and a posterior leans on what the model leaves out"
	}
	lines = append(lines, text+".")
	if len(beyond) > 0 {
		lines = append(lines, fmt.Sprintf("Published values below or above 99%% of the runs of the posterior, which therefore does not explain them: %s.", strings.Join(beyond, ", ")))
	}
	if names := r.unidentified(); len(names) > 0 {
		lines = append(lines, "Not identified, so that the posterior is the prior: "+strings.Join(names, ", ")+".")
	}
	return append(lines, "Quarters that parameters were calibrated to are never scored.")
}

func (r *Report) coverageFinding(informed []Parameter) string {
	sum, outside := 0.0, []string{}
	for _, p := range informed {
		sum += p.Coverage
		if !p.Covers() {
			outside = append(outside, p.Name)
		}
	}
	text := fmt.Sprintf("With %d runs taken as the data in turn, 90%% intervals hold %.1f%% of truths overall", r.CoverageRuns, 100*sum/float64(len(informed)))
	if len(outside) == 0 {
		return text + ", and 80 to 97% of each parameter's."
	}
	return text + ", but not 80 to 97% of those of " + strings.Join(outside, ", ") + "."
}

// unidentified names the parameters that are not informed, those that come
// nearest first.
func (r *Report) unidentified() []string {
	list := slices.DeleteFunc(slices.Clone(r.Parameters), func(p Parameter) bool { return p.Informed })
	slices.SortStableFunc(list, func(p, q Parameter) int {
		switch {
		case p.R2 > q.R2:
			return -1
		case p.R2 < q.R2:
			return 1
		}
		return 0
	})
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Name
	}
	return names
}

// rows is every parameter, and every mark of a level.
func (r *Report) rows() [][]string {
	rows := [][]string{{"parameter", "unit", "form", "estimated", "prior_q05", "prior_q50", "prior_q95", "posterior_q05", "posterior_q50", "posterior_q95",
		"r2", "status", "published_at", "coverage_90", "score_mean", "score_sd"}}
	for _, list := range [][]Parameter{r.Parameters, r.Levels} {
		for _, p := range list {
			row := []string{p.Name, p.Unit, p.Form, strconv.FormatBool(p.Estimated)}
			for _, x := range append(p.Prior[:], p.Posterior[:]...) {
				row = append(row, significant(x))
			}
			rows = append(rows, append(row, number(p.R2), p.status(), number(p.Below), number(p.Coverage), number(p.Mean), number(p.SD)))
		}
	}
	return rows
}

func (p *Parameter) status() string {
	switch {
	case p.Form == "mark":
		return "nuisance"
	case p.Informed:
		return "informed"
	}
	return "not identified"
}

// number writes a number to a ten-thousandth, whose last bits may differ between
// machines; nothing for none.
func number(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(math.Round(x*1e4)/1e4, 'f', -1, 64)
}

// significant writes a number to six figures, short to three or as a whole one.
func significant(x float64) string { return plain(x, 6) }

// Text says in words what the 90% interval of the posterior is.
func (p *Parameter) Text() string {
	return fmt.Sprintf("90%% from %s to %s %s", short(p.Posterior[0]), short(p.Posterior[2]), p.Unit)
}

func short(x float64) string {
	if math.Abs(x) >= 1000 {
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	return plain(x, 3)
}

func plain(x float64, figures int) string {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', figures, 64), 64)
	if err != nil {
		panic(err) // a number that was just written
	}
	return strconv.FormatFloat(y, 'f', -1, 64)
}
