package main

import (
	"runtime"
	"testing"

	"asylumsim/sim/asylum"
	"asylumsim/sim/config"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// BenchmarkReplication is one replication of ten years of every shipped regime
// at full scale, on one core: parameters at their central values, opening
// people drawn once from the base's rules, the world reused as a worker does.
//
//	ns/event      time of the run per event handled
//	events/s      its inverse
//	allocs/event  allocations but for those of the result that is returned
//	MB            memory of a world and its people when the run is over, 10^6 bytes
//	B/case        the same per case that lived in the run: main applicants of
//	              the opening stocks and of the claims made since
//	events/op, cases/op
func BenchmarkReplication(b *testing.B) {
	catalogue, err := config.Open("")
	if err != nil {
		b.Fatal(err)
	}
	plan, inputs := planned(b, config.Options{Experiment: "core-protection"}, 1)
	for _, name := range catalogue.RegimeNames() {
		b.Run("regime="+name+"/years=10", func(b *testing.B) {
			regime, problems := catalogue.Resolve(name)
			if err := problems.Err(); err != nil {
				b.Fatal(err)
			}
			benchmarkRegime(b, plan, inputs, regime)
		})
	}
}

// planned is the plan of an experiment, and its inputs at the central values.
func planned(t testing.TB, options config.Options, workers int) (*experiment.Plan, *experiment.Inputs) {
	t.Helper()
	bundle, err := config.Load(options)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := planOf(bundle, bundle.Files, workers)
	if err != nil {
		t.Fatal(err)
	}
	inputs, err := plan.At(nil)
	if err != nil {
		t.Fatal(err)
	}
	return plan, inputs
}

// warmUps is how many runs a world is given to grow to its size.
const warmUps = 3

func benchmarkRegime(b *testing.B, plan *experiment.Plan, inputs *experiment.Inputs, regime *policy.Regime) {
	timeline, source := plan.Timeline(), random.NewSource(plan.Seed, 0)
	first := inputs.Regimes[0]
	base := asylum.CompileSample(first, timeline, plan.Groups, plan.Fraction)
	model := asylum.CompileSample(regime, timeline, plan.Groups, plan.Fraction).Against(&first.Epochs[first.EpochAt(plan.Opening)])

	var empty, full, before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&empty)
	var people asylum.Population
	if err := people.Draw(base, inputs.Opening, source); err != nil {
		b.Fatal(err)
	}
	world := asylum.NewWorld(timeline)
	result := resultAllocations(len(timeline.Months))
	events, cases := int64(0), int64(0)
	// The first run grows the world's memory; a second may too, where two lists
	// change places during a run.
	for range warmUps {
		runtime.ReadMemStats(&before)
		run, err := world.Run(model, source, &people)
		if err != nil {
			b.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		events, cases = run.Events, casesOf(inputs.Opening, run)
		if after.Mallocs-before.Mallocs <= result {
			break
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&full)

	b.ReportAllocs()
	least := leastAllocations{}
	for b.Loop() {
		least.before()
		if _, err := world.Run(model, source, &people); err != nil {
			b.Fatal(err)
		}
		least.after()
	}
	runtime.KeepAlive(&people)

	memory := float64(full.HeapAlloc - empty.HeapAlloc)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(events)/float64(b.N), "ns/event")
	b.ReportMetric(float64(events)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(perEvent(least.allocations, result, events), "allocs/event")
	b.ReportMetric(memory/1e6, "MB")
	b.ReportMetric(memory/float64(cases), "B/case")
	b.ReportMetric(float64(events), "events/op")
	b.ReportMetric(float64(cases), "cases/op")
}

// leastAllocations is the fewest allocations that any of several runs made.
// Package runtime counts those of the whole process, in which a thread that
// starts or a cleanup after a collection makes a handful at a time of its own;
// what a run makes, each of the runs makes, since all do the same.
type leastAllocations struct {
	allocations, begun uint64
	runs               int
}

func (l *leastAllocations) before() {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	l.begun = memory.Mallocs
}

func (l *leastAllocations) after() {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	if made := memory.Mallocs - l.begun; l.runs == 0 || made < l.allocations {
		l.allocations = made
	}
	l.runs++
}

// casesOf counts the cases that lived in a run at full scale. Those that come by
// family reunion or a safe route, and make no claim, are left out.
func casesOf(o *asylum.Opening, run *measure.Run) int64 {
	cases := int64(asylum.TotalCases(o.Awaiting) + asylum.TotalCases(o.Appeals) + asylum.TotalCases(o.Refused) + asylum.TotalCases(o.Permits))
	for _, month := range run.Months {
		cases += month[measure.AsylumClaimsCases]
	}
	return cases
}

// resultAllocations is how many allocations make the result of a run over some
// months, which belongs to the caller and cannot be reused.
func resultAllocations(months int) uint64 {
	var result *measure.Run
	allocations := testing.AllocsPerRun(1, func() {
		result = &measure.Run{Months: make([]measure.Row, months), Cohorts: make([]measure.CohortRow, 0, months)}
	})
	runtime.KeepAlive(result)
	return uint64(allocations)
}

// perEvent is the allocations of a run beyond those of its result, per event.
// The format of benchmarks keeps seven decimals, so that the least that is not
// 0 is written as 10^-7.
func perEvent(allocations, result uint64, events int64) float64 {
	if allocations <= result {
		return 0
	}
	return max(1e-7, float64(allocations-result)/float64(events))
}

// A replication in a reused world allocates its result and nothing else,
// however long it is and however many people live in it.
func TestReplicationAllocatesItsResultAlone(t *testing.T) {
	for _, years := range []int{2, 4} {
		for _, fraction := range []unit.Fraction{200, 50} {
			plan, inputs := planned(t, config.Options{Experiment: "core-protection", Years: &years, Fraction: &fraction}, 1)
			timeline, source := plan.Timeline(), random.NewSource(1, 0)
			model := asylum.CompileSample(inputs.Regimes[0], timeline, plan.Groups, fraction)
			var people asylum.Population
			if err := people.Draw(model, inputs.Opening, source); err != nil {
				t.Fatal(err)
			}
			world := asylum.NewWorld(timeline)
			replicate := func() {
				if _, err := world.Run(model, source, &people); err != nil {
					t.Fatal(err)
				}
			}
			for range warmUps {
				replicate()
			}
			var least leastAllocations
			for range 3 {
				least.before()
				replicate()
				least.after()
			}
			if want := resultAllocations(len(timeline.Months)); least.allocations != want {
				t.Errorf("%d years of %v of the people: %d allocations, want the %d of the result", years, fraction, least.allocations, want)
			}
		}
	}
}
