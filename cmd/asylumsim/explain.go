package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

func explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain REGIME|PARAMETER|OUTPUT|EXPERIMENT",
		Short: "Say what a regime changes, what is known about a parameter, or what an output or an experiment is",
		Long: `Explain a regime: what it changes against its base, value by value, with date,
source and quality. Or explain a parameter: what it is, its values by date with
sources, its range and what is drawn from it, how good the evidence is and which regimes change it. Or an
output: what it counts, in what unit, and by which parameters. Or an experiment, by
name or path: its regimes, horizon, replications, draws and sweeps, and how long it
takes. A name of several of them is explained as each.`,
		Example: `  asylumsim explain uk-core-protection
  asylumsim explain grant_probability
  asylumsim explain hotel_people
  asylumsim explain core-protection`,
		Args: oneName("a regime, a parameter, an output or an experiment", "asylumsim list"),
		RunE: func(c *cobra.Command, args []string) error {
			catalogue, err := config.OpenWith(configsFolder(c), args[0])
			if err != nil {
				return err
			}
			return explain(c.OutOrStdout(), catalogue, args[0])
		},
	}
}

// explain writes about everything that has a name.
func explain(out io.Writer, c *config.Catalogue, name string) error {
	found := 0
	next := func() {
		if found++; found > 1 {
			fmt.Fprint(out, "\n\n")
		}
	}
	if o := c.Overlay(name); o != nil {
		next()
		if err := explainRegime(out, c, o); err != nil {
			return err
		}
	}
	if p := c.Parameter(name); p != nil {
		next()
		explainParameter(out, c, p)
	}
	if o, ok := measure.ByName(name); ok {
		next()
		explainOutput(out, c, o)
	}
	var experiments []string
	for i := range c.Experiments {
		e := &c.Experiments[i]
		experiments = append(experiments, e.Name)
		if e.Name == name || e.File == name {
			next()
			explainExperiment(out, c, e)
		}
	}
	if found > 0 {
		return nil
	}
	known := slices.Concat(c.RegimeNames(), c.ParameterNames(), experiments)
	for o := range measure.NumOutputs {
		known = append(known, o.String())
	}
	return fmt.Errorf("%q is neither a regime nor a parameter, an output or an experiment%s: see asylumsim list %s",
		name, hint(name, known), policy.OneOf(listings))
}

func explainRegime(out io.Writer, c *config.Catalogue, o *policy.Overlay) error {
	fmt.Fprintf(out, "%s\n\n%s\n", o.Name+": "+strings.Join(strings.Fields(o.Title), " "), wrap(o.Describe, ""))
	if o.Base == "" {
		fmt.Fprintf(out, "\nIt is a root: its values are those of the %d parameters (asylumsim list parameters).\n", len(c.Parameters))
		return nil
	}
	differences, problems := c.Differences(o.Name)
	if err := problems.Err(); err != nil {
		return err
	}
	if len(o.Combines) > 0 {
		fmt.Fprintf(out, "\nIt combines:\n")
		for _, name := range o.Combines {
			fmt.Fprintf(out, "  %s: %s\n", name, wrap(c.Overlay(name).Title, "    "))
		}
	}
	changed := map[string]bool{}
	for _, d := range differences {
		changed[d.Parameter.Name] = true
	}
	fmt.Fprintf(out, "\nAgainst %s it changes %d of %d parameters%s\n", o.Base, len(changed), len(c.Parameters), colon(len(changed)))
	for _, d := range differences {
		name := d.Parameter.Name
		if d.Entry != "" {
			name += "." + d.Entry
		}
		fmt.Fprintf(out, "\n  %s (%s) from %v: %s -> %s\n", name, d.Parameter.Unit, d.From,
			policy.FormatNumber(d.Before), policy.FormatNumber(d.After))
		fmt.Fprintf(out, "    %s\n", wrap(d.Parameter.Describe, "    "))
		if d.By != o.Name {
			fmt.Fprintf(out, "    brought by: %s\n", d.By)
		}
		printOrigin(out, d.Value, "    ")
		fmt.Fprintf(out, "    quality: %s. %s\n", d.Quality, wrap(d.Reason, "    "))
	}
	return nil
}

// colon ends a sentence that a list follows, or not.
func colon(items int) string {
	if items == 0 {
		return "."
	}
	return ":"
}

func explainParameter(out io.Writer, c *config.Catalogue, p *policy.Parameter) {
	fmt.Fprintf(out, "%s (%s, %s)\n\n%s\n", p.Name, p.Kind, p.Unit, wrap(p.Describe, ""))
	if p.PriceBase != "" {
		fmt.Fprintf(out, "Prices of %s.\n", p.PriceBase)
	}
	fmt.Fprintln(out, appliesWhen(p.Name))
	for i := range p.Values {
		v := &p.Values[i]
		fmt.Fprintf(out, "\n  from %v: ", v.From)
		if v.Amount.Table == nil {
			fmt.Fprintln(out, policy.FormatNumber(v.Amount.Number))
		} else {
			fmt.Fprintf(out, "by %s\n", p.By)
			for _, e := range v.Amount.Table {
				fmt.Fprintf(out, "    %-24s %s\n", e.Key, policy.FormatNumber(e.Number))
			}
		}
		printOrigin(out, v, "    ")
		quality, why := p.Rating(v)
		fmt.Fprintf(out, "    quality: %s. %s\n", quality, wrap(why, "    "))
	}
	fmt.Fprintf(out, "\nRange: %s\n%sTo be reviewed by %v. Defined in %v.\n", describeUncertainty(&p.Uncertainty), drawn(p), p.ReviewBy, p.At)
	if changed := c.ChangedBy(p.Name); len(changed) > 0 {
		fmt.Fprintf(out, "Changed by: %s\n", strings.Join(changed, ", "))
	}
}

// appliesWhen says which date decides about the value of a parameter.
func appliesWhen(parameter string) string {
	for _, f := range policy.Fields() {
		switch {
		case f.Parameter != parameter:
		case f.ByClaim:
			return "It applies by the date of claim: a case keeps the value of the day it was made."
		case f.AtStart:
			return "It is read once, on the opening date: a later change would have no effect and is refused."
		}
	}
	return "It applies by the date of the event: a change acts on everybody from its date on."
}

// printOrigin says where a value comes from.
func printOrigin(out io.Writer, v *policy.Value, indent string) {
	if v.Source == nil {
		fmt.Fprintf(out, "%sassumed: %s\n", indent, wrap(v.Assumed, indent))
		return
	}
	s := v.Source
	text := fmt.Sprintf("%s, %s, %s", s.Publisher, s.Title, s.Date)
	if s.URL != "" {
		text += ", " + s.URL
	}
	fmt.Fprintf(out, "%ssource: %s\n", indent, wrap(text, indent))
	if s.Note != "" {
		fmt.Fprintf(out, "%snote: %s\n", indent, wrap(s.Note, indent))
	}
}

func describeUncertainty(u *policy.Uncertainty) string {
	var parts []string
	for _, f := range []struct {
		name  string
		value *float64
	}{{"low", u.Low}, {"mode", u.Mode}, {"high", u.High}, {"mean", u.Mean}, {"sd", u.SD}, {"median", u.Median}, {"sigma", u.Sigma}} {
		if f.value != nil {
			parts = append(parts, f.name+" "+policy.FormatNumber(*f.value))
		}
	}
	if u.Why != "" {
		parts = append(parts, u.Why)
	}
	return u.Distribution + " (" + strings.Join(parts, ", ") + ")"
}

// drawn says in what range the draws of a number lie, to four figures.
func drawn(p *policy.Parameter) string {
	r, ok := p.Drawn()
	if !ok {
		return ""
	}
	figures := func(x float64) string {
		x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 4, 64), 64) // of a number that was just written
		return policy.FormatNumber(x)
	}
	return fmt.Sprintf("Drawn: mean %s, 90%% from %s to %s\n", figures(r.Mean), figures(r.Low), figures(r.High))
}

// wrap breaks text into lines of about 78 characters after an indent.
func wrap(text, indent string) string { return compare.Wrap(text, indent, len(indent), 78) }
