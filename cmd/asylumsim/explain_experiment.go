package main

import (
	"fmt"
	"io"
	"strings"

	"asylumsim/sim/config"
	"asylumsim/sim/experiment"
)

func explainExperiment(out io.Writer, c *config.Catalogue, e *config.Experiment) {
	fmt.Fprintf(out, "%s: %s\n\n%s\n\n", e.Name, e.Title, wrap(e.Describe, ""))
	fmt.Fprintf(out, "From %v for %d years, to %v.\n", e.Opening, e.Years, e.End())
	if e.Estimate != "" {
		fmt.Fprintln(out, "What the published series tell is estimated for the opening date.")
	}
	if !e.Fraction.Whole() {
		fmt.Fprintf(out, "%v of people and of every capacity is simulated.\n", e.Fraction)
	}
	fmt.Fprintf(out, "%d replications, seed %d. Draws of the parameters: %s.\n", e.Replications, e.Seed, describeDraws(e.Draws))
	fmt.Fprintln(out, "\nRegimes, of which the first is the base:")
	for _, name := range e.Regimes {
		fmt.Fprintf(out, "  %s: %s\n", name, wrap(strings.Join(strings.Fields(c.Overlay(name).Title), " "), "    "))
	}
	for i := range e.Sweeps {
		fmt.Fprintf(out, "\nSweep of %s, %s\n", e.Sweeps[i].Regime, wrap(e.Sweeps[i].Describe(), "  "))
	}
	if d := e.Decompose; d != nil {
		fmt.Fprintln(out, "\nDecomposition, every combination of:")
		for _, g := range d.Groups {
			fmt.Fprintf(out, "  %s: %s\n", g.Name, wrap(strings.Join(g.Regimes, ", "), "    "))
		}
	}
	var figures []string
	for _, o := range e.Figures {
		figures = append(figures, o.String())
	}
	fmt.Fprintf(out, "\nFigures: %s\n", wrap(strings.Join(figures, ", "), "  "))
	runs := e.Runs() * e.Replications
	fmt.Fprintf(out, "\n%d regimes in %d replications are %d runs of %d years: about %s on one processor.\n  asylumsim run %s\n",
		e.Runs(), e.Replications, runs, e.Years, inTime(runSeconds(runs, float64(e.Years), e.Fraction)), e.Name)
}

func describeDraws(d experiment.Draws) string {
	text := string(d.Method)
	if d.Method.Stratified() {
		text += fmt.Sprintf(", in %d randomisations", d.Randomisations)
	}
	if d.Inner > 1 {
		text += fmt.Sprintf(", each for %d replications", d.Inner)
	}
	return text
}
