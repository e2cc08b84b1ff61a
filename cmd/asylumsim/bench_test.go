package main

import (
	"testing"

	"asylumsim/sim/asylum"
	"asylumsim/sim/config"
	"asylumsim/sim/random"
)

// BenchmarkReplication is one full-scale replication of ten years of each
// regime of the shipped experiment, on one core.
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
	base := asylum.Compile(inputs.Regimes[0], timeline, plan.Groups)
	var people asylum.Population
	if err := people.Draw(base, inputs.Opening, source); err != nil {
		b.Fatal(err)
	}
	for _, regime := range inputs.Regimes {
		b.Run("regime="+regime.Name+"/years=10", func(b *testing.B) {
			model := asylum.Compile(regime, timeline, plan.Groups)
			world := asylum.NewWorld(timeline)
			if _, err := world.Run(model, source, &people); err != nil { // grows its memory
				b.Fatal(err)
			}
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
		})
	}
}
