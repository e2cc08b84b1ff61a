package main

import (
	"runtime"
	"time"

	"asylumsim/sim/store"
)

// execution measures what a run costs.
type execution struct {
	started time.Time
	cpu     time.Duration
}

func startExecution() execution {
	cpu, _ := resourceUsage()
	return execution{started: time.Now(), cpu: cpu}
}

// finish returns the facts of the run for its manifest.
func (e execution) finish(workers int) store.Execution {
	cpu, peak := resourceUsage()
	return store.Execution{
		Workers:     workers,
		WallSeconds: time.Since(e.started).Seconds(),
		CPUSeconds:  (cpu - e.cpu).Seconds(),
		PeakMemory:  peak,
		Host:        store.Host{OS: runtime.GOOS, Arch: runtime.GOARCH, CPUs: runtime.NumCPU()},
	}
}
