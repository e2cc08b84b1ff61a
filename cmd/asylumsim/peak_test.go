package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// resetPeak gives unused memory back to the system and lets the kernel forget
// the highest resident memory of the process so far. It reports false where that
// is not possible: only Linux knows how.
func resetPeak() bool {
	debug.FreeOSMemory()
	return os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) == nil
}

// peakMemory is the highest resident memory of the process since resetPeak, in
// bytes: program, parameters and all. It reports false where there is no /proc.
func peakMemory() (bytes int64, ok bool) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, false
	}
	for line := range strings.Lines(string(status)) {
		if n, err := fmt.Sscanf(line, "VmHWM: %d kB", &bytes); n == 1 && err == nil {
			return bytes * 1024, true
		}
	}
	return 0, false
}

func TestPeakMemoryIsThatSinceTheReset(t *testing.T) {
	const size = 200e6
	if !resetPeak() {
		t.Skip("the peak of memory cannot be reset here")
	}
	low, _ := peakMemory()
	memory := make([]byte, size)
	for i := range memory {
		memory[i] = 1
	}
	high, ok := peakMemory()
	if !ok || high-low < 0.9*size {
		t.Errorf("the peak rose by %d bytes, want %.0f or a little more", high-low, size)
	}
	runtime.KeepAlive(memory)

	resetPeak()
	if again, _ := peakMemory(); again > low+size/2 {
		t.Errorf("the peak is still %d bytes, was %d at first", again, low)
	}
}
