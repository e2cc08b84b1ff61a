package main

import (
	"os"
	"runtime/debug"
)

// How much garbage is let lie, in percent of what is in use.
const (
	// Reading the data set makes much garbage on a small heap, and collecting it
	// would take a quarter of the start.
	startGarbage = 400
	// The memory of worlds holds no pointers, so that collecting costs next to
	// nothing during a run: done often, a run takes little more than it uses.
	runGarbage = 25
)

// collectAt sets the pace of the garbage collector, unless GOGC does in the
// environment, and returns what sets it back.
func collectAt(percent int) (restore func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	before := debug.SetGCPercent(percent)
	return func() { debug.SetGCPercent(before) }
}
