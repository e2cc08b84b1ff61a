package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/measure"
	"asylumsim/sim/store"
)

var (
	referenceMode = flag.String("reference", "", "check: run the reference experiments and compare; update: run them in full and rewrite the files")
	referenceFrom = flag.String("result", "", "with -reference update: the result folder of the experiment, instead of running it")
	referenceOf   = flag.String("experiments", "", "with -reference: experiments, separated by commas (default: those that have a file)")
)

const (
	referenceFolder = "../../results/reference"
	// commonReplications are run again by the check. Replications depend on
	// seed and number alone, so that their mean is the same to the last bit
	// until the model, its inputs or the processor change it.
	commonReplications = 6
	// falseAlarms is the chance that any of a file's effects is called moved
	// although only the luck has changed.
	falseAlarms = 0.01
)

// referenceOutputs are hotels, backlog, returns and cost.
var referenceOutputs = []measure.Output{
	measure.HotelPeople, measure.AwaitingInitialDecisionPeople, measure.AppealsOpenCases,
	measure.ReturnsVoluntaryPeople, measure.ReturnsAssistedPeople, measure.ReturnsEnforcedPeople,
	measure.HotelCost, measure.TotalCost,
}

// pinned is one effect: a regime less the base over the whole run.
type pinned struct {
	regime, output string
	n              int // paired replications
	mean, mcse     float64
	common         float64 // mean of the first commonReplications
}

func (p pinned) key() string { return p.regime + " " + p.output }

// TestReference runs the reference experiments: it takes minutes, so that it
// is left to make reference-check and make reference.
func TestReference(t *testing.T) {
	if *referenceMode == "" {
		t.Skip("slow: make reference-check")
	}
	for _, name := range referenceExperiments(t) {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(referenceFolder, name+".csv")
			switch *referenceMode {
			case "update":
				effects := func() []pinned { return effectsOfRun(t, name, 0) }
				if *referenceFrom != "" {
					effects = func() []pinned { return effectsOfResult(t, *referenceFrom) }
				}
				writeReference(t, file, effects())
			case "check":
				for _, fault := range moved(t, readReference(t, file), effectsOfRun(t, name, commonReplications)) {
					t.Error(fault)
				}
			default:
				t.Fatalf("-reference=%s: want check or update", *referenceMode)
			}
		})
	}
}

func referenceExperiments(t *testing.T) []string {
	if *referenceOf != "" {
		return strings.Split(*referenceOf, ",")
	}
	files, err := filepath.Glob(filepath.Join(referenceFolder, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no reference files: %v", err)
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(filepath.Base(f), ".csv")
	}
	return files
}

// effectsOfRun runs an experiment with at most so many replications, or its
// own number for 0.
func effectsOfRun(t *testing.T, experiment string, most int) []pinned {
	t.Helper()
	bundle, err := config.Load(config.Options{Experiment: experiment})
	if err != nil {
		t.Fatal(err)
	}
	if e := &bundle.Experiment; most > 0 {
		e.Replications = min(e.Replications, most)
	}
	plan, err := planOf(bundle, bundle.Files, runtime.NumCPU())
	if err != nil {
		t.Fatal(err)
	}
	run := compare.Periods(plan.Timeline())[0]
	samples := make([][]compare.Sample, len(bundle.Regimes)) // by regime and output
	for r := range samples {
		for _, o := range referenceOutputs {
			samples[r] = append(samples[r], compare.Sample{Output: o, Months: 1})
		}
	}
	_, err = plan.Run(context.Background(), func(_, _ int, runs []*measure.Run) error {
		for r, one := range runs {
			for i := range samples[r] {
				s := &samples[r][i]
				s.Values = append(s.Values, compare.SampleOf(s.Output, []*measure.Run{one}).Over(run)...)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, len(bundle.Regimes))
	for r, regime := range bundle.Regimes {
		names[r] = regime.Name
	}
	return pairedEffects(names, samples)
}

// effectsOfResult takes the effects from a finished result.
func effectsOfResult(t *testing.T, dir string) []pinned {
	t.Helper()
	result, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if m := result.Manifest; m.Done < m.Replications {
		t.Fatalf("%s holds %d of %d replications", dir, m.Done, m.Replications)
	}
	samples, err := result.Samples(result.Regimes, referenceOutputs)
	if err != nil {
		t.Fatal(err)
	}
	timeline := clock.NewTimeline(result.Manifest.Opening, result.Manifest.Months/12)
	run := compare.Periods(timeline)[0]
	for r := range samples {
		for i, s := range samples[r] {
			samples[r][i] = compare.Sample{Output: s.Output, Months: 1, Values: s.Over(run)}
		}
	}
	return pairedEffects(result.Regimes, samples)
}

// pairedEffects compares each regime with the first.
func pairedEffects(regimes []string, samples [][]compare.Sample) []pinned {
	var effects []pinned
	for r := 1; r < len(samples); r++ {
		for i, s := range samples[r] {
			all, first := difference(s, samples[0][i], s.Replications()), difference(s, samples[0][i], min(commonReplications, s.Replications()))
			effects = append(effects, pinned{regimes[r], s.Output.String(), all.N, all.Mean, all.MCSE, first.Mean})
		}
	}
	return effects
}

func difference(s, base compare.Sample, n int) compare.Difference {
	s.Values, base.Values = s.Values[:n], base.Values[:n]
	return compare.Differences("", s, "", base, []compare.Period{{Label: compare.Horizon}})[0]
}

// moved says which effects are not the pinned ones within Monte Carlo error.
// An effect whose common replications agree is the same; others may be off by
// the luck of both runs: t times √(sd²/n + sd²/m), with the quantile of
// Student's t at falseAlarms over all effects of the file. An effect that was
// exactly zero, or the same in every replication, must stay so.
func moved(t *testing.T, want, got []pinned) []string {
	const remedy = "; if that is meant, rewrite the file with make reference"
	now := map[string]pinned{}
	for _, p := range got {
		now[p.key()] = p
	}
	var faults []string
	within := 0
	for _, w := range want {
		g, ok := now[w.key()]
		delete(now, w.key())
		switch {
		case !ok:
			faults = append(faults, w.key()+": no longer part of the experiment"+remedy)
			continue
		case same(g.common, w.common):
			continue
		}
		sd, m := w.mcse*math.Sqrt(float64(w.n)), float64(g.n)
		limit := distuv.StudentsT{Sigma: 1, Nu: float64(w.n - 1)}.Quantile(1-falseAlarms/2/float64(len(want))) * sd * math.Sqrt(1/m+1/float64(w.n))
		if off := math.Abs(g.mean - w.mean); off > limit {
			faults = append(faults, fmt.Sprintf("%s: %s over %d replications, pinned %s over %d: off by %s, more than Monte Carlo error, %s%s",
				w.key(), compare.FormatNumber(g.mean), g.n, compare.FormatNumber(w.mean), w.n, compare.FormatNumber(off), compare.FormatNumber(limit), remedy))
			continue
		}
		within++
	}
	for _, p := range got {
		if _, ok := now[p.key()]; ok {
			faults = append(faults, p.key()+": not in the reference file"+remedy)
		}
	}
	if within > 0 {
		t.Logf("%d of %d effects have moved within Monte Carlo error: make reference pins them again", within, len(want))
	}
	return faults
}

// same allows for the last digits, which differ between processors.
func same(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Abs(b) }

// What counts as moved, by hand.
func TestMoved(t *testing.T) {
	want := []pinned{
		{"a", "hotel_people", 30, -1000, 10, -1010},
		{"null", "hotel_people", 30, 0, 0, 0},
	}
	with := func(a, null float64) []pinned {
		return []pinned{{"a", "hotel_people", 6, a, 20, a}, {"null", "hotel_people", 6, null, 0, null}}
	}
	for _, c := range []struct {
		name string
		got  []pinned
		want string
	}{
		{"the same replications", with(-1010, 0), ""},
		{"within Monte Carlo error", with(-1050, 0), ""},
		// The limit is t(29; 0.0025) √(30) 10 √(1/6 + 1/30) = 3.0380 x 24.495 = 74.42.
		{"just within", with(-1074, 0), ""},
		{"beyond", with(-1075, 0), "a hotel_people: -1075 over 6 replications, pinned -1000 over 30: off by 75"},
		{"an exact zero that is none", with(-1010, 0.01), "null hotel_people: 0.01 over"},
		{"a regime that is gone", with(-1010, 0)[:1], "null hotel_people: no longer part"},
		{"a new regime", append(with(-1010, 0), pinned{"new", "hotel_people", 6, 1, 1, 1}), "new hotel_people: not in the reference file"},
	} {
		faults := moved(t, want, c.got)
		if got := strings.Join(faults, "\n"); (c.want == "") != (got == "") || !strings.HasPrefix(got, c.want) || len(faults) > 1 {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
