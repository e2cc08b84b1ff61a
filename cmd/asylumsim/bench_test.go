package main

import (
	"fmt"
	"runtime"
	"testing"

	"asylumsim/sim/asylum"
	"asylumsim/sim/config"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// BenchmarkReplication is one replication of ten years of each regime of the
// shipped experiment on one core, at full scale and of the base also at
// fractions of it.
func BenchmarkReplication(b *testing.B) {
	bundle, err := config.Load(config.Options{Experiment: "core-protection"})
	if err != nil {
		b.Fatal(err)
	}
	plan, err := planOf(bundle, bundle.Files, 1)
	if err != nil {
		b.Fatal(err)
	}
	inputs, err := plan.At(nil)
	if err != nil {
		b.Fatal(err)
	}
	timeline := plan.Timeline()
	source := random.NewSource(1, 0)
	for i, regime := range inputs.Regimes {
		fractions := []unit.Fraction{1, 4, 10}
		if i > 0 {
			fractions = fractions[:1]
		}
		for _, fraction := range fractions {
			b.Run(fmt.Sprintf("regime=%s/years=10/fraction=1:%d", regime.Name, fraction.K()), func(b *testing.B) {
				base := asylum.CompileSample(inputs.Regimes[0], timeline, plan.Groups, fraction)
				model := asylum.CompileSample(regime, timeline, plan.Groups, fraction)
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				var people asylum.Population
				if err := people.Draw(base, inputs.Opening, source); err != nil {
					b.Fatal(err)
				}
				world := asylum.NewWorld(timeline)
				if _, err := world.Run(model, source, &people); err != nil { // grows its memory
					b.Fatal(err)
				}
				runtime.GC()
				runtime.ReadMemStats(&after)
				b.ReportAllocs()
				var events int64
				for b.Loop() {
					run, err := world.Run(model, source, &people)
					if err != nil {
						b.Fatal(err)
					}
					events += run.Events
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(events), "ns/event")
				b.ReportMetric(float64(events)/float64(b.N), "events/op")
				b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB")
				runtime.KeepAlive(world)
				runtime.KeepAlive(&people)
			})
		}
	}
}
