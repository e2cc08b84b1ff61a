package compare

import (
	"bytes"
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

// marks of the tables and the beginnings of the notes that explain them.
var marks = map[string]string{
	"~":               "~ not distinguishable",
	" *":              "* beyond the record",
	"±":               "± is half",
	"  mcse ":         "mcse:",
	"variance":        "Variance ratio:",
	"(Holm)":          "p: ",
	"of 6 runs":       "the range is from the lowest to the highest",
	"90% of runs":     "90% of single runs lie",
	"standard error":  "The standard error is",
	"Shapley":         "Shapley: the average",
	"nominal prices,": "Nominal money:",
}

// TestNotesExplainWhatIsPrinted: each mark and heading of the tables has its note,
// and no note is of one that they do not have.
func TestNotesExplainWhatIsPrinted(t *testing.T) {
	plain := func(n, shift int) *Tables {
		all := [][]*measure.Run{synthetic(n, threeYears, 1, 0)}
		names := []string{"uk-2025"}
		for i := range shift {
			all, names = append(all, synthetic(n, threeYears, 1, int64(i))), append(names, []string{"one", "two", "three", "four"}[i])
		}
		tables, err := Tabulate(names, threeYears, InMemory(all))
		if err != nil {
			t.Fatal(err)
		}
		return tables
	}
	supports := map[string]func(measure.Output, clock.Date) bool{
		"none at hand": nil,
		"all":          func(measure.Output, clock.Date) bool { return true },
		"no hotels":    func(o measure.Output, _ clock.Date) bool { return o != measure.HotelPeople },
	}
	hotels, two := []measure.Output{measure.HotelPeople}, []measure.Output{measure.HotelPeople, measure.TotalCost}
	for name, tables := range map[string]*Tables{
		"base alone": plain(6, 0), "alike": plain(6, 1), "two": plain(20, 2), "four": plain(20, 4), "many": many(t, 12), "sweeps alone": withoutPlain(many(t, 6)),
	} {
		for record, f := range supports {
			for _, outputs := range [][]measure.Output{hotels, two} {
				for _, sort := range []bool{false, true} {
					c, err := tables.Compare(outputs, Horizon)
					if err != nil {
						t.Fatal(err)
					}
					c.Supports = f
					if sort {
						if err := c.SortBy(measure.HotelPeople); err != nil {
							continue // there is nothing to sort
						}
					}
					var out bytes.Buffer
					if err := c.WriteText(&out); err != nil {
						t.Fatal(err)
					}
					end := strings.LastIndex(out.String(), "\n\n")
					shown, notes := out.String()[:end], strings.Join(strings.Fields(out.String()[end:]), " ")
					for mark, note := range marks {
						if strings.Contains(shown, mark) != strings.Contains(notes, note) {
							t.Errorf("%s, record %s, %d outputs, sorted %v: %q is shown %v, its note %q %v:\n%s",
								name, record, len(outputs), sort, mark, strings.Contains(shown, mark), note, strings.Contains(notes, note), out.String())
						}
					}
				}
			}
		}
	}
}

// withoutPlain leaves the regimes that sweeps made.
func withoutPlain(t *Tables) *Tables {
	t.Regimes = []string{"uk-2025"}
	for _, s := range sweeps(t.Variants) {
		for _, p := range s.points {
			t.Regimes = append(t.Regimes, p.regime)
		}
	}
	t.Shares = nil
	return t
}

// TestOneRuleForNoise: of three regimes one differs by noise, one clearly, and one
// so that its interval by itself leaves out zero and the adjusted p does not. Its
// mark, its word for machines and p agree.
func TestOneRuleForNoise(t *testing.T) {
	rows := []Difference{
		{Regime: "clear", Mean: 10, PPositive: 1, PValue: 0.0001, CILow: 8, CIHigh: 12, N: 20},
		{Regime: "between", Mean: 10, PPositive: 0.9, PValue: 0.03, CILow: 1, CIHigh: 19, N: 20},
		{Regime: "noise", Mean: 10, PPositive: 0.6, PValue: 0.4, CILow: -14, CIHigh: 34, N: 20},
	}
	Adjust(rows)
	for i, want := range []struct{ mark, distinct string }{{"+10.0", "yes"}, {"~+10", "no"}, {"~+10", "no"}} {
		got, _ := new(Comparison).effect(rows[i], 1)
		if got != want.mark || rows[i].distinct() != want.distinct {
			t.Errorf("%s, adjusted p %v: %q, %s; want %q, %s", rows[i].Regime, rows[i].PHolm, got, rows[i].distinct(), want.mark, want.distinct)
		}
	}
	// By itself the one between is told from noise.
	alone := rows[1:2]
	Adjust(alone)
	if got, _ := new(Comparison).effect(alone[0], 1); got != "+10" || alone[0].distinct() != "yes" {
		t.Errorf("alone, p %v: %q, %s", alone[0].PHolm, got, alone[0].distinct())
	}
}
