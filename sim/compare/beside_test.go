package compare

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// many is a made-up experiment with 25 regimes, two sweeps and a
// decomposition. Regime 12 changes nothing; hotels of regime 13 differ by
// noise.
func many(t *testing.T, n int) *Tables {
	t.Helper()
	names := []string{"uk-2025"}
	all := [][]*measure.Run{synthetic(n, threeYears, 1, 0)}
	add := func(name string, shift int64) {
		names = append(names, name)
		all = append(all, synthetic(n, threeYears, 1, shift))
	}
	for i := range int64(25) {
		add(fmt.Sprintf("regime-of-some-length-%02d", i), (i*7)%25-(12*7)%25)
	}
	luck := synthetic(n, threeYears, 2, 0)
	for r := range luck {
		for m := range luck[r].Months {
			all[14][r].Months[m][measure.HotelPeople] = all[0][r].Months[m][measure.HotelPeople] + luck[r].Months[m][measure.HotelPeople]%7 - 3
		}
	}
	var variants []policy.Variant
	for i, payment := range []float64{3000, 40000} {
		for j, share := range []float64{0.05, 0.1, 0.2} {
			name := fmt.Sprintf("offer[payment=%v,share=%v]", payment, share)
			add(name, int64(-i-j))
			variants = append(variants, policy.Variant{Regime: name, Of: "offer", Part: "sweeps[0]", Axis: "payment", Value: payment},
				policy.Variant{Regime: name, Of: "offer", Part: "sweeps[0]", Axis: "share", Value: share})
		}
	}
	for i, months := range []float64{12, 36} {
		name := fmt.Sprintf("leave[months=%v]", months)
		add(name, int64(i))
		variants = append(variants, policy.Variant{Regime: name, Of: "leave", Part: "sweeps[1]", Axis: "months", Value: months})
	}
	add("pack[permits]", -3)
	add("pack[family reunion]", 0)
	for subset, regime := range []string{"uk-2025", "pack[permits]", "pack[family reunion]", "regime-of-some-length-03"} {
		for g, group := range []string{"permits", "family reunion"} {
			variants = append(variants, policy.Variant{Regime: regime, Of: "pack", Part: policy.Decomposed, Axis: group, Value: float64(subset >> g & 1)})
		}
	}
	tables, err := Tabulate(names, threeYears, InMemory(all))
	if err != nil {
		t.Fatal(err)
	}
	tables.Variants = variants
	if tables.Shares, err = Decompose(variants, names, threeYears, InMemory(all)); err != nil {
		t.Fatal(err)
	}
	return tables
}

func TestManyRegimesSideBySide(t *testing.T) {
	tables := many(t, 12)
	for _, c := range []struct {
		name, sort string
		outputs    []measure.Output
	}{
		{"many.txt", "", tables.Outputs()},
		{"many-sorted.txt", "total_cost_gbp", Beside},
		{"many-ranked.txt", "hotel_people", []measure.Output{measure.HotelPeople}},
	} {
		t.Run(c.name, func(t *testing.T) {
			compared, err := tables.Compare(c.outputs, Horizon)
			if err != nil {
				t.Fatal(err)
			}
			if o, ok := measure.ByName(c.sort); ok {
				if err := compared.SortBy(o); err != nil {
					t.Fatal(err)
				}
			}
			var out bytes.Buffer
			if err := compared.Write(&out, "table"); err != nil {
				t.Fatal(err)
			}
			golden(t, c.name, out.Bytes())
			for line := range strings.Lines(out.String()) {
				if utf8.RuneCountInString(strings.TrimSuffix(line, "\n")) > pageWidth || strings.HasSuffix(line, " \n") {
					t.Errorf("line too wide, or with blanks at its end: %q", line)
				}
			}
		})
	}
}

// An effect that cannot be told from noise is marked, one that is zero in
// every replication is 0 and nothing else, whatever the format.
func TestNoiseAndExactZerosAreTold(t *testing.T) {
	compared, err := many(t, 12).Compare([]measure.Output{measure.HotelPeople}, Horizon)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"regime-of-some-length-12": "none", "regime-of-some-length-13": "no", "regime-of-some-length-00": "yes"}
	for _, v := range compared.Against {
		text, half := compared.effect(v.Rows[0], 1)
		switch want[v.Regime] {
		case "none":
			if text != "0" || half != "" {
				t.Errorf("a regime that changes nothing is shown as %q %q", text, half)
			}
		case "no":
			if !strings.HasPrefix(text, "~") || half == "" {
				t.Errorf("noise is shown as %q %q", text, half)
			}
		case "yes":
			if strings.HasPrefix(text, "~") {
				t.Errorf("an effect is shown as %q %q", text, half)
			}
		default:
			continue
		}
		if got := v.Rows[0].distinct(); got != want[v.Regime] {
			t.Errorf("%s: distinct %q, want %q", v.Regime, got, want[v.Regime])
		}
	}
	var out bytes.Buffer
	if err := compared.Write(&out, "json"); err != nil {
		t.Fatal(err)
	}
	var read struct {
		Rows          []map[string]any
		Variants      []map[string]any
		Decomposition []map[string]any
	}
	if err := json.Unmarshal(out.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Rows) != 25+6+2+2 || len(read.Variants) != 6*2+2+4*2 || len(read.Decomposition) != 2*3+2 {
		t.Errorf("%d rows, %d variants, %d shares", len(read.Rows), len(read.Variants), len(read.Decomposition))
	}
}

func TestSortingByAnOutput(t *testing.T) {
	compared, err := many(t, 3).Compare([]measure.Output{measure.HotelPeople, measure.TotalCost}, Horizon)
	if err != nil {
		t.Fatal(err)
	}
	if err := compared.SortBy(measure.TotalCost); err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(compared.Against, func(a, b Versus) int {
		switch {
		case a.Rows[1].Mean < b.Rows[1].Mean:
			return -1
		case a.Rows[1].Mean > b.Rows[1].Mean:
			return 1
		}
		return 0
	}) {
		t.Error("not in order of cost")
	}
	if err := compared.SortBy(measure.SettledPeople); err == nil || !strings.Contains(err.Error(), "settled_people") {
		t.Errorf("sorting by what is not there: %v", err)
	}
	// A sweep is sorted as well, each point once.
	var out bytes.Buffer
	if err := compared.WriteText(&out); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); !strings.Contains(text, "offer by payment, share\n") ||
		strings.Index(text, "offer[payment=40000,share=0.2]") > strings.Index(text, "offer[payment=3000,share=0.1]") || strings.Count(text, "\noffer[") != 6 {
		t.Errorf("a sweep in order of cost:\n%s", text)
	}
	// The groups of a decomposition have an order of their own.
	tables := many(t, 3)
	tables.Regimes = []string{"uk-2025", "pack[permits]", "pack[family reunion]"}
	groups, err := tables.Compare([]measure.Output{measure.HotelPeople}, Horizon)
	if err != nil {
		t.Fatal(err)
	}
	if err := groups.SortBy(measure.HotelPeople); err == nil || !strings.Contains(err.Error(), "decomposition") {
		t.Errorf("sorting the groups of a decomposition: %v", err)
	}
}

// Points that are not every combination of the axes cannot be laid across.
func TestAcross(t *testing.T) {
	s := sweep{axes: []string{"a", "b"}, points: []point{{"1", []float64{1, 5}}, {"2", []float64{2, 6}}}}
	if got := s.across(); got != nil {
		t.Errorf("a list is laid across by %v", got)
	}
	s.points = []point{{"1", []float64{1, 5}}, {"2", []float64{1, 6}}, {"3", []float64{2, 5}}, {"4", []float64{2, 6}}}
	if got := s.across(); !slices.Equal(got, []float64{5, 6}) {
		t.Errorf("a grid is laid across by %v", got)
	}
}
