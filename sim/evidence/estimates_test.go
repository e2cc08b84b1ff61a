package evidence

import (
	"cmp"
	"flag"
	"math"
	"slices"
	"strconv"
	"testing"

	"asylumsim/sim/clock"

	"go.yaml.in/yaml/v3"
)

var update = flag.Bool("update", false, "write estimates into the parameter files and goldens instead of comparing")

// TestParametersAreTheEstimates holds the parameter files to the series: what
// can be estimated is what the file says, rounded as the estimate is.
func TestParametersAreTheEstimates(t *testing.T) {
	p := readParameters(t)
	estimates, err := Estimates(published(t), p.groups, p.rules(clock.MustDate("2025-12-31")), clock.MustDate("2025-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	mends := map[string][]mend{}
	for _, e := range estimates {
		t.Logf("%s = %v, standard errors %.3g; %s", e.Parameter, e.Value, e.Errors, e.Method)
		value := p.latest(e.Parameter, clock.MustDate("2025-12-31"))
		check := func(key string, node *yaml.Node, want float64) {
			if got, err := strconv.ParseFloat(node.Value, 64); err == nil && math.Abs(got-want) < e.Step*1e-6 {
				return
			}
			text := strconv.FormatFloat(want, 'f', -1, 64)
			if *update {
				file := configs + "/parameters/" + p.stage[e.Parameter] + ".yaml"
				mends[file] = append(mends[file], mend{node, text})
				return
			}
			t.Errorf("%s: the file says %s, the series %s", key, node.Value, text)
		}
		if e.Value.Table == nil {
			check(e.Parameter, value, e.Value.Number)
		}
		for _, entry := range e.Value.Table {
			check(e.Parameter+"."+entry.Key, at(value, entry.Key), entry.Number)
		}
	}
	for file, list := range mends {
		slices.SortFunc(list, func(a, b mend) int {
			return cmp.Or(cmp.Compare(a.node.Line, b.node.Line), cmp.Compare(a.node.Column, b.node.Column))
		})
		applyMends(t, file, list)
	}
}
