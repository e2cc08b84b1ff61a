package backtest

import (
	"encoding/csv"
	"flag"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"asylumsim/sim/score"
)

var updateDocument = flag.Bool("update-document", false, "write the record into docs/forecasts.md instead of comparing")

const (
	document = "../../docs/forecasts.md"
	record   = "../../results/reference/backtest"
)

// TestTheDocumentHasTheRecord holds the tables of docs/forecasts.md to the record
// that make backtest reproduces.
func TestTheDocumentHasTheRecord(t *testing.T) {
	text, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	want := string(text)
	for name, table := range map[string]string{"record": recordTable(t), "parts": partsTable(t), "facts": factsTable(t)} {
		begin, end := fmt.Sprintf("<!-- %s: begin -->\n", name), fmt.Sprintf("<!-- %s: end -->", name)
		before, rest, ok := strings.Cut(want, begin)
		_, after, ended := strings.Cut(rest, end)
		if !ok || !ended {
			t.Fatalf("%s has no place for the %s", document, name)
		}
		want = before + begin + table + end + after
	}
	if want == string(text) {
		return
	}
	if *updateDocument {
		if err := os.WriteFile(document, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s does not have the record of %s: go test ./sim/backtest -update-document", document, record)
}

func rowsOf(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(record + "/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, cell := range cells {
			row[all[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// numberIn is the number in a cell, which must be one.
func numberIn(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// recordTable is the summary as Markdown, and the supported horizons.
func recordTable(t *testing.T) string {
	var b strings.Builder
	b.WriteString("| output | quarters ahead | scored | CRPS | best naive | its CRPS | skill ± s.e. | bias | PIT | in 50% | in 80% | in 90% |\n|---|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|\n")
	x := func(text string) float64 { return numberIn(t, text) }
	supported := map[string]string{}
	var order []string
	for _, r := range rowsOf(t, "summary.csv") {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %+.2f ± %.2f | %+.0f%% | %.2f | %.0f%% | %.0f%% | %.0f%% |\n", r["output"], r["quarters"], r["n"],
			thousands(x(r["crps"])), strings.ReplaceAll(r["best_naive"], "_", " "), thousands(x(r["crps_"+r["best_naive"]])), x(r["skill"]), x(r["skill_se"]),
			100*x(r["bias_relative"]), x(r["pit"]), 100*x(r["in_50"]), 100*x(r["in_80"]), 100*x(r["in_90"]))
		if _, seen := supported[r["output"]]; !seen {
			order = append(order, r["output"])
		}
		supported[r["output"]] = r["supported_quarters"]
	}
	b.WriteString("\nSupported, in quarters ahead: ")
	for i, output := range order {
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "`%s` %s", output, map[bool]string{true: "none", false: supported[output]}[supported[output] == "0"])
	}
	b.WriteString(".\n")
	return b.String()
}

func factsTable(t *testing.T) string {
	var b strings.Builder
	b.WriteString("| finding | published | median of runs | 90% of runs | agrees | explanation |\n|---|---:|---:|---:|---|---|\n")
	share := func(text string) string { return percent(numberIn(t, text)) }
	for _, r := range rowsOf(t, "facts.csv") {
		published := share(r["published_low"])
		if r["published_high"] != r["published_low"] {
			published += " to " + share(r["published_high"])
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s to %s | %s | %s |\n", r["fact"], published, share(r["median"]), share(r["q05"]), share(r["q95"]), r["agrees"], r["explanation"])
	}
	return b.String()
}

// surgeSeen is the first origin at which the series show the rise of decisions
// of 2023.
const surgeSeen = "2023-12-31"

// partsTable is the record at two and four quarters in two parts, of origins
// before and from surgeSeen on.
func partsTable(t *testing.T) string {
	type part struct {
		n                 int
		crps, within, pit float64
		naive             map[string]float64
	}
	parts := map[string]*part{}
	var order []string
	for _, r := range rowsOf(t, "scores.csv") {
		if r["published"] == "" || r["quarters"] != "2" && r["quarters"] != "4" {
			continue
		}
		name := r["output"] + " " + r["quarters"]
		if parts[name+" before"] == nil {
			order = append(order, name)
			parts[name+" before"], parts[name+" from"] = &part{naive: map[string]float64{}}, &part{naive: map[string]float64{}}
		}
		p := parts[name+" before"]
		if r["origin"] >= surgeSeen {
			p = parts[name+" from"]
		}
		x := func(column string) float64 {
			v, err := strconv.ParseFloat(r[column], 64)
			if err != nil {
				return math.NaN() // that naive forecast was not made
			}
			return v
		}
		p.n++
		p.crps += x("crps")
		p.within += x("in_90")
		p.pit += x("pit")
		for n := range score.NumNaive {
			p.naive[n.String()] += x("crps_" + n.String())
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| output | quarters ahead | origins to September 2023 | skill | PIT | in 90%% | origins from December 2023 | skill | PIT | in 90%% |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, name := range order {
		output, quarters, _ := strings.Cut(name, " ")
		fmt.Fprintf(&b, "| `%s` | %s |", output, quarters)
		for _, p := range []*part{parts[name+" before"], parts[name+" from"]} {
			best := math.Inf(1)
			for _, x := range p.naive {
				if x < best {
					best = x
				}
			}
			n := float64(p.n)
			fmt.Fprintf(&b, " %d | %+.2f | %.2f | %.0f%% |", p.n, 1-p.crps/best, p.pit/n, 100*p.within/n)
		}
		b.WriteString("\n")
	}
	return b.String()
}
