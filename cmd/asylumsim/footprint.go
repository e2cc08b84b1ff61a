package main

import (
	"fmt"
	"io"
	"math"
	"runtime"

	"asylumsim/sim/policy"
	"asylumsim/sim/store"
	"asylumsim/sim/unit"
)

// footprint is what a run will take, as far as can be said before it begins.
type footprint struct {
	meta    store.Meta
	done    int // replications that are there already
	all     int // replications of the result, or of the shard
	workers int
	fewer   string // why there are fewer workers than asked for, if there are
}

// What runs take, measured (docs/performance.md, docs/performance/README.md): of
// time the mean, of memory the regime that takes the most.
const (
	processBytes      = 40e6  // the program with its parameters
	worldBytes        = 50e6  // a world with its opening stocks
	worldBytesPerYear = 5e6   // more of those who wait or are supported, by the year
	yearSeconds       = 0.045 // a year of the whole system under one regime
	regimeSeconds     = 0.006 // before a regime's first day: parameters, tables, opening stocks
	numberSeconds     = 2e-6  // writing a number, reading it again, statistics
)

func (f footprint) years() float64 { return float64(f.meta.Months) / 12 }

// disk is in bytes, at the most.
func (f footprint) disk() float64 { return f.meta.DiskBytes(f.all-f.done, f.all) }

// world is the memory of one worker, in bytes.
func (f footprint) world() float64 {
	return (worldBytes+f.years()*worldBytesPerYear)/float64(f.meta.Fraction.K()) + f.meta.DiskBytes(3, 0) // results on their way
}

// memory is in bytes, at the most: the worlds are still there when the statistics
// are made.
func (f footprint) memory() float64 {
	return processBytes + float64(f.workers)*f.world() + f.meta.StatisticsBytes(f.all)
}

// runSeconds is the processor time of runs, each of one regime.
func runSeconds(runs int, years float64, fraction unit.Fraction) float64 {
	return float64(runs) * (regimeSeconds + years*yearSeconds/float64(fraction.K()))
}

// seconds is the time that is left.
func (f footprint) seconds() float64 {
	runs := (f.all - f.done) * len(f.meta.Regimes)
	return runSeconds(runs, f.years(), f.meta.Fraction)/float64(f.workers) + float64(f.all)*float64(f.meta.Numbers())*numberSeconds
}

// room is what there is to run in, in bytes; infinite if it is not known.
type room struct{ disk, memory float64 }

// most is how many replications the result could have in the room.
func (f footprint) most(r room) int {
	written := f.meta.DiskBytes(0, 1)
	onDisk := float64(f.done) + (r.disk-float64(f.done)*written)/f.meta.DiskBytes(1, 1)
	inMemory := (r.memory - (f.memory() - f.meta.StatisticsBytes(f.all))) / f.meta.StatisticsBytes(1)
	return int(max(0, min(onDisk, inMemory, math.MaxInt32)))
}

// check refuses a run that has not the room that it takes.
func (f footprint) check(r room, folder string) error {
	var takes string
	switch {
	case f.disk() > r.disk:
		takes = fmt.Sprintf("%s of disk, and %s are free for %s", inBytes(f.disk()), inBytes(r.disk), folder)
	case f.memory() > r.memory:
		takes = fmt.Sprintf("%s of memory, and %s are available", inBytes(f.memory()), inBytes(r.memory))
	default:
		return nil
	}
	of, want := 1, "another folder for results, or a smaller run: there is no room for one more replication"
	if f.meta.Shard != nil {
		of = f.meta.Shard.Of
	}
	if most := f.most(r); most > f.done {
		want = fmt.Sprintf("%d at most, for which there is room", most*of)
	}
	return policy.Problems{{Position: policy.Position{File: "experiment " + f.meta.Experiment}, Key: "replications", Value: fmt.Sprint(f.meta.Replications),
		Want: want, Hint: fmt.Sprintf("the run takes about %s", takes)}}
}

// longRun is from how many seconds on a run says what it will take.
const longRun = 2 * 3600

// describe says what a long run will take, and nothing of a short one.
func (f footprint) describe() string {
	if f.seconds() < longRun {
		return ""
	}
	return fmt.Sprintf("this will take about %s and %s of disk", inTime(f.seconds()), inBytes(f.disk()))
}

// workersFor is how many workers a run gets that asks for so many, 0 for one a
// processor, and why if they are fewer. More of them than there are processors or
// replications gain nothing, and each takes memory. There is always one.
func workersFor(asked, processors, replications int, byMemory float64) (workers int, why string) {
	workers, why = processors, "one for each processor"
	if asked > 0 && asked < workers {
		workers, why = asked, ""
	}
	if replications < workers {
		workers, why = replications, "one for each replication"
	}
	if byMemory < float64(workers) {
		workers, why = int(byMemory), "as many as there is memory for"
	} else if asked <= workers {
		why = ""
	}
	return max(1, workers), why
}

// processorWorkers is how many workers a command gets that has work for all
// processors.
func processorWorkers(say io.Writer, asked int) int {
	workers, why := workersFor(asked, runtime.GOMAXPROCS(0), math.MaxInt, math.Inf(1))
	sayFewer(say, asked, workers, why)
	return workers
}

// sayFewer says why there are fewer workers than asked for.
func sayFewer(say io.Writer, asked, workers int, why string) {
	if why == "" {
		return
	}
	if asked == 0 {
		fmt.Fprintf(say, "%d workers, %s\n", workers, why)
		return
	}
	fmt.Fprintf(say, "--workers %d: %d are used, %s\n", asked, workers, why)
}

// inBytes writes a number of bytes to two figures or so.
func inBytes(bytes float64) string {
	for _, unit := range []string{"kB", "MB", "GB", "TB"} {
		if bytes /= 1000; bytes < 999.5 || unit == "TB" {
			return policy.FormatNumber(rounded(bytes)) + " " + unit
		}
	}
	panic("unreachable")
}

// inTime writes a time to two figures or so.
func inTime(seconds float64) string {
	const minute, hour, day, year = 60, 3600, 24 * 3600, 24 * 3600 * 365.2425
	for _, unit := range []struct {
		of   float64
		name string
	}{{year, "years"}, {day, "days"}, {hour, "hours"}, {minute, "minutes"}} {
		if seconds >= 2*unit.of {
			return policy.FormatNumber(rounded(seconds/unit.of)) + " " + unit.name
		}
	}
	return policy.FormatNumber(max(1, math.Round(seconds))) + " seconds"
}

// rounded rounds to two figures, and to whole numbers above.
func rounded(x float64) float64 {
	if x >= 10 || x <= 0 {
		return math.Round(x)
	}
	return math.Round(x*10) / 10
}
