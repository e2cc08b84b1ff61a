package store

import (
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"asylumsim/sim/compare"
	"asylumsim/sim/file"
	"asylumsim/sim/policy"
)

// table is a CSV file of a result folder: RFC 4180 with line feeds, one
// header row, numbers in full precision, nothing where a statistic does not
// exist.
type table[T any] struct {
	name   string
	header []string
	encode func(T) []string
	decode func(*record) T
}

var summaryTable = table[compare.Summary]{
	"summary.csv",
	[]string{"regime", "output", "unit", "month", "n", "mean", "sd", "mcse", "q05", "q25", "q50", "q75", "q95"},
	func(s compare.Summary) []string {
		return append([]string{s.Regime, s.Output.String(), s.Output.Define().Unit, s.Month.String()}, statistics(s.Statistics)...)
	},
	func(r *record) compare.Summary {
		return compare.Summary{Regime: r.text("regime"), Output: r.output(), Month: r.date("month"), Statistics: r.statistics()}
	},
}

var totalsTable = table[compare.Total]{
	"totals.csv",
	[]string{"regime", "output", "unit", "period", "statistic", "payer", "n", "mean", "sd", "mcse", "q05", "q25", "q50", "q75", "q95"},
	func(t compare.Total) []string {
		d := t.Output.Define()
		return append([]string{t.Regime, d.Name, d.Unit, t.Period, string(compare.StatisticOf(t.Output)), d.Payer.String()}, statistics(t.Statistics)...)
	},
	func(r *record) compare.Total {
		return compare.Total{Regime: r.text("regime"), Output: r.output(), Period: r.text("period"), Statistics: r.statistics()}
	},
}

var differencesTable = table[compare.Difference]{
	"differences.csv",
	[]string{"regime", "base", "output", "unit", "period", "mean", "ci_low", "ci_high", "q05", "q50", "q95", "p_positive", "variance_ratio"},
	func(d compare.Difference) []string {
		return append([]string{d.Regime, d.Base, d.Output.String(), d.Output.Define().Unit, d.Period},
			numbers(d.Mean, d.CILow, d.CIHigh, d.Q05, d.Q50, d.Q95, d.PPositive, d.VarianceRatio)...)
	},
	func(r *record) compare.Difference {
		return compare.Difference{
			Regime: r.text("regime"), Base: r.text("base"), Output: r.output(), Period: r.text("period"),
			Mean: r.number("mean"), CILow: r.number("ci_low"), CIHigh: r.number("ci_high"),
			Q05: r.number("q05"), Q50: r.number("q50"), Q95: r.number("q95"),
			PPositive: r.number("p_positive"), VarianceRatio: r.squared("variance_ratio"),
		}
	},
}

var cohortsTable = table[compare.Cohort]{
	"cohorts.csv",
	[]string{"regime", "claim_month", "months_since", "outcome", "share", "cases"},
	func(c compare.Cohort) []string {
		return []string{c.Regime, c.ClaimMonth.String(), strconv.Itoa(c.MonthsSince), c.Outcome.String(), compare.FormatNumber(c.Share), strconv.FormatInt(c.Cases, 10)}
	},
	func(r *record) compare.Cohort {
		return compare.Cohort{
			Regime: r.text("regime"), ClaimMonth: r.date("claim_month"), MonthsSince: r.count("months_since"), Outcome: r.outcome(),
			Share: r.number("share"), Cases: int64(r.count("cases")),
		}
	},
}

var waitsTable = table[compare.Wait]{
	"waits.csv",
	[]string{"regime", "wait", "days_from", "cases", "share"},
	func(w compare.Wait) []string {
		return append([]string{w.Regime, w.Wait.String(), strconv.Itoa(w.DaysFrom), strconv.FormatInt(w.Cases, 10)}, numbers(w.Share)...)
	},
	func(r *record) compare.Wait {
		return compare.Wait{Regime: r.text("regime"), Wait: r.wait(), DaysFrom: r.count("days_from"), Cases: int64(r.count("cases")), Share: r.number("share")}
	},
}

var quartersTable = table[compare.Quarter]{
	"quarters.csv",
	compare.QuarterHeader,
	compare.Quarter.Record,
	func(r *record) compare.Quarter {
		return compare.Quarter{Regime: r.text("regime"), Series: r.series(), Quarter: r.date("quarter"), Statistics: r.statistics()}
	},
}

var variantsTable = table[policy.Variant]{
	"variants.csv",
	[]string{"regime", "of", "part", "axis", "value"},
	func(v policy.Variant) []string {
		return append([]string{v.Regime, v.Of, v.Part, v.Axis}, numbers(v.Value)...)
	},
	func(r *record) policy.Variant {
		return policy.Variant{Regime: r.text("regime"), Of: r.text("of"), Part: r.text("part"), Axis: r.text("axis"), Value: r.number("value")}
	},
}

var decompositionTable = table[compare.Share]{
	"decomposition.csv",
	[]string{"of", "group", "effect", "output", "unit", "period", "n", "mean", "mcse", "ci_low", "ci_high"},
	func(s compare.Share) []string {
		d := s.Output.Define()
		return append([]string{s.Of, s.Group, string(s.Effect), d.Name, d.Unit, s.Period, strconv.Itoa(s.N)}, numbers(s.Mean, s.MCSE, s.CILow, s.CIHigh)...)
	},
	func(r *record) compare.Share {
		return compare.Share{
			Of: r.text("of"), Group: r.text("group"), Effect: compare.Effect(r.text("effect")), Output: r.output(), Period: r.text("period"),
			N: r.count("n"), Mean: r.number("mean"), MCSE: r.number("mcse"), CILow: r.number("ci_low"), CIHigh: r.number("ci_high"),
		}
	},
}

var varianceTable = table[compare.Split]{
	"variance.csv",
	[]string{"regime", "less", "output", "unit", "period", "draws", "inner", "parameters", "chance", "parameter_share"},
	func(s compare.Split) []string {
		d := s.Output.Define()
		return append([]string{s.Regime, s.Less, d.Name, d.Unit, s.Period, strconv.Itoa(s.Draws), strconv.Itoa(s.Inner)}, numbers(s.Parameters, s.Chance, s.Share())...)
	},
	func(r *record) compare.Split {
		return compare.Split{
			Regime: r.text("regime"), Less: r.text("less"), Output: r.output(), Period: r.text("period"),
			Draws: r.count("draws"), Inner: r.count("inner"), Parameters: r.squared("parameters"), Chance: r.squared("chance"),
		}
	},
}

func statistics(s compare.Statistics) []string {
	return append([]string{strconv.Itoa(s.N)}, numbers(s.Mean, s.SD, s.MCSE, s.Q05, s.Q25, s.Q50, s.Q75, s.Q95)...)
}

func numbers(values ...float64) []string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = compare.FormatNumber(v)
	}
	return texts
}

func (t table[T]) write(dir string, rows []T) error {
	return create(filepath.Join(dir, t.name), func(w io.Writer) error {
		out := csv.NewWriter(w)
		out.Write(t.header) // the writer keeps its first error for the end
		for _, row := range rows {
			out.Write(t.encode(row))
		}
		out.Flush()
		return out.Error()
	})
}

func (t table[T]) read(dir string) ([]T, error) {
	path := filepath.Join(dir, t.name)
	in, err := file.Open(path)
	if err != nil {
		return nil, explain(err)
	}
	defer in.Close()
	return t.parse(in, path)
}

// parse reads a table; path names it in errors.
func (t table[T]) parse(file io.Reader, path string) ([]T, error) {
	in := csv.NewReader(&rows{in: file})
	in.ReuseRecord = true
	header, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if !slices.Equal(header, t.header) {
		return nil, fmt.Errorf("%s: header is %.200q, want %s", path, strings.Join(header, ","), strings.Join(t.header, ","))
	}
	var all []T
	for {
		values, err := in.Read()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		r := record{header: t.header, values: values}
		row := t.decode(&r)
		if r.err != nil {
			line, _ := in.FieldPos(0)
			return nil, fmt.Errorf("%s, line %d: %w", path, line, r.err)
		}
		all = append(all, row)
	}
}
