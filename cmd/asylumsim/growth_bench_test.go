package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"asylumsim/sim/config"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/unit"
)

// size is the size of a run: what its cost grows with.
type size struct {
	fraction     unit.Fraction // of people and capacities
	years        int
	regimes      int
	replications int
	workers      int
}

// String writes a size as part of a benchmark's name.
func (s size) String() string {
	return fmt.Sprintf("people=1:%d/years=%d/regimes=%d/replications=%d/workers=%d",
		s.fraction.K(), s.years, s.regimes, s.replications, s.workers)
}

// growthRegimes are as many regimes as the largest size has, of about equal
// cost: each differs from the base in a lever or two.
var growthRegimes = []string{
	"uk-2025", "no-change", "move-on-56-days", "core-work-and-study",
	"core-support-power", "review-staff-to-need", "return-offer-families", "visa-penalties",
}

// BenchmarkGrowth is a run as the program makes it but for writing its files:
// worlds are made, and in every replication the parameters are drawn, the people
// of the opening, and every regime is run. The name says of what it grows, and
// its whole size.
//
//	ns/op      time of the run
//	events/s   events handled a second
//	peak-MB    highest resident memory of the process during the run, program and
//	           parameters included, 10^6 bytes; only Linux tells it
//	events/op  events handled
//	people/op  people who lived in one regime of one replication
func BenchmarkGrowth(b *testing.B) {
	for _, axis := range []struct {
		of     string
		values []int
		at     func(n int) size
	}{
		{"people", []int{10, 5, 3, 2, 1}, func(k int) size { return size{unit.Fraction(k), 10, 1, 1, 1} }},
		{"years", []int{2, 5, 10, 20, 30}, func(n int) size { return size{4, n, 1, 1, 1} }},
		{"regimes", []int{1, 2, 4, 8}, func(n int) size { return size{10, 10, n, 2, 1} }},
		{"replications", []int{2, 4, 8, 16}, func(n int) size { return size{10, 10, 1, n, 1} }},
		{"workers", []int{1, 2, 4}, func(n int) size { return size{4, 10, 1, 8, n} }},
	} {
		for _, n := range axis.values {
			s := axis.at(n)
			b.Run(fmt.Sprintf("of=%s/%v", axis.of, s), func(b *testing.B) { benchmarkRun(b, growthExperiment(b, s), s) })
		}
	}
}

// BenchmarkWorkers is the shipped experiment with four replications, on one
// worker and on two. The second says how many times as fast as the first it was
// in the same round.
func BenchmarkWorkers(b *testing.B) {
	alone := 0.0 // events a second
	for _, workers := range []int{1, 2} {
		s := size{1, 10, 2, 4, workers}
		b.Run(s.String(), func(b *testing.B) {
			rate := benchmarkRun(b, "core-protection", s)
			if workers == 1 {
				alone = rate
			} else if alone > 0 {
				b.ReportMetric(rate/alone, "speedup")
			}
		})
	}
}

// growthExperiment writes an experiment of the first so many growthRegimes and
// returns its path.
func growthExperiment(b *testing.B, s size) string {
	path := filepath.Join(b.TempDir(), "growth.yaml")
	text := fmt.Sprintf("name: growth\ntitle: Growth\ndescribe: A run of some size\nbase: %s\nregimes: [%s]\nfigures: [hotel_people]\n",
		growthRegimes[0], strings.Join(growthRegimes[:s.regimes], ", "))
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		b.Fatal(err)
	}
	return path
}

// benchmarkRun runs an experiment at a size and returns the events handled a
// second.
func benchmarkRun(b *testing.B, name string, s size) (rate float64) {
	plan, inputs := planned(b, config.Options{Experiment: name, Years: &s.years, Replications: &s.replications, Fraction: &s.fraction}, s.workers)
	if len(inputs.Regimes) != s.regimes {
		b.Fatalf("%d regimes, want %d", len(inputs.Regimes), s.regimes)
	}
	defer collectAt(runGarbage)()
	var events, people int64
	reset := resetPeak()
	for b.Loop() {
		events, people = 0, 0
		done, err := plan.Run(context.Background(), func(_, _ int, runs []*measure.Run) error {
			for _, run := range runs {
				events += run.Events
				people += peopleOf(inputs, run)
			}
			return nil
		})
		if err != nil || done != s.replications {
			b.Fatalf("%d of %d replications: %v", done, s.replications, err)
		}
	}
	if peak, ok := peakMemory(); ok && reset {
		b.ReportMetric(float64(peak)/1e6, "peak-MB")
	}
	rate = float64(events) * float64(b.N) / b.Elapsed().Seconds()
	b.ReportMetric(rate, "events/s")
	b.ReportMetric(float64(events), "events/op")
	b.ReportMetric(float64(people)/float64(s.regimes*s.replications)/float64(s.fraction.K()), "people/op")
	return rate
}

// peopleOf counts the people who lived in a run, scaled back as the outputs are:
// those of the opening stocks, and those who claimed or came by family reunion
// or a safe route since.
func peopleOf(inputs *experiment.Inputs, run *measure.Run) int64 {
	o := inputs.Opening
	people := int64(o.AwaitingPeople + o.AppealPeople + o.RefusedPeople + o.PermitPeople)
	for _, month := range run.Months {
		people += month[measure.AsylumClaimsPeople] + month[measure.FamilyReunionPeople] + month[measure.SafeRoutePeople]
	}
	return people
}
