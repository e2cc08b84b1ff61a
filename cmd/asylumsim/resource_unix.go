//go:build unix

package main

import (
	"runtime"
	"syscall"
	"time"
)

// resourceUsage returns the processor time that the process has used, user
// and system, and its peak resident memory in bytes.
func resourceUsage() (cpu time.Duration, peak int64) {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0, 0
	}
	unit := int64(1024)
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		unit = 1 // counted in bytes there
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), int64(usage.Maxrss) * unit
}
