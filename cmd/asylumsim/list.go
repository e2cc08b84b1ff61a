package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"asylumsim/sim/config"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// listing is a table to print.
type listing struct {
	header []string
	rows   [][]string
}

var kindNames = [...]string{"flow", "stock", "cost"} // of outputs

var listings = []string{"regimes", "experiments", "parameters", "estimates", "outputs"}

func listCommand() *cobra.Command {
	var format, opening string
	c := &cobra.Command{
		Use:   "list regimes|experiments|parameters|estimates|outputs",
		Short: "List what there is",
		Long: `List regimes, experiments, parameters or outputs. The estimates are the parameters
that follow from the published series up to a quarter, the latest or that of
--opening, beside what the parameter files say for its end. Some rest on others
that are assumed: these are read from the files.`,
		Example: `  asylumsim list regimes
  asylumsim --configs mine list estimates --format csv`,
		ValidArgs: listings,
		Args:      oneName(policy.OneOf(listings), "asylumsim list --help"),
		RunE: func(c *cobra.Command, args []string) error {
			ex := config.ExecutionFlags{}
			if c.Flags().Changed("format") {
				ex.Format = &format
			}
			how, err := config.LoadExecution(ex)
			if err != nil {
				return err
			}
			if args[0] != "estimates" && c.Flags().Changed("opening") {
				return fmt.Errorf("--opening goes with asylumsim list estimates, not with list %s", args[0])
			}
			if args[0] == "outputs" {
				return failed(listOutputs().write(c.OutOrStdout(), how.Format))
			}
			catalogue, err := config.Open(configsFolder(c))
			if err != nil {
				return err
			}
			var l listing
			switch args[0] {
			case "regimes":
				l = listRegimes(catalogue)
			case "experiments":
				l = listExperiments(catalogue)
			case "parameters":
				l = listParameters(catalogue)
			case "estimates":
				if l, err = listEstimates(catalogue, opening, c.Flags().Changed("opening")); err != nil {
					return err
				}
			default:
				return fmt.Errorf("nothing called %q to list: want %s%s", args[0], policy.OneOf(listings), hint(args[0], listings))
			}
			return failed(l.write(c.OutOrStdout(), how.Format))
		},
	}
	c.Flags().StringVar(&format, "format", "", "table, csv or json (default: table)")
	c.Flags().StringVar(&opening, "opening", "", "of estimates: the end of a quarter (default: the latest that all series have)")
	return c
}

// hint is a suggestion in brackets, or nothing.
func hint(word string, known []string) string {
	if near := policy.DidYouMean(word, known); near != "" {
		return " (" + near + ")"
	}
	return ""
}

func listRegimes(c *config.Catalogue) listing {
	l := listing{header: []string{"regime", "base", "combines", "changes", "title"}}
	for _, name := range c.RegimeNames() {
		o := c.Overlay(name)
		l.rows = append(l.rows, []string{name, o.Base, fmt.Sprint(len(o.Combines)), fmt.Sprint(len(o.Changes)), o.Title})
	}
	return l
}

func listExperiments(c *config.Catalogue) listing {
	l := listing{header: []string{"experiment", "years", "replications", "regimes", "title"}}
	for _, e := range c.Experiments {
		l.rows = append(l.rows, []string{e.Name, fmt.Sprint(e.Years), fmt.Sprint(e.Replications), fmt.Sprint(e.Runs()), e.Title})
	}
	return l
}

func listParameters(c *config.Catalogue) listing {
	l := listing{header: []string{"parameter", "value", "unit", "quality", "describe"}}
	for _, name := range c.ParameterNames() {
		p := c.Parameter(name)
		now := &p.Values[len(p.Values)-1]
		value := "by " + string(p.By)
		if p.By == "" {
			value = policy.FormatNumber(now.Amount.Number)
		}
		quality, _ := p.Rating(now)
		l.rows = append(l.rows, []string{name, value, string(p.Unit), string(quality), p.Describe})
	}
	return l
}

func listOutputs() listing {
	l := listing{header: []string{"output", "unit", "kind", "describe"}}
	for o := range measure.NumOutputs {
		d := o.Define()
		l.rows = append(l.rows, []string{d.Name, d.Unit, kindNames[d.Kind], d.Describe})
	}
	return l
}

// write prints a listing as an aligned table, as CSV or as JSON objects.
func (l listing) write(out io.Writer, format string) error {
	switch format {
	case "csv":
		w := csv.NewWriter(out)
		return w.WriteAll(append([][]string{l.header}, l.rows...))
	case "json":
		objects := make([]map[string]string, len(l.rows))
		for i, row := range l.rows {
			objects[i] = map[string]string{}
			for j, cell := range row {
				objects[i][l.header[j]] = cell
			}
		}
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(objects)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{l.header}, l.rows...) {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = strings.Join(strings.Fields(cell), " ") // on one line
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	return w.Flush()
}
