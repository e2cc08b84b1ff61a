package main

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// roomFor is the room for a result in a folder, which need not be there yet.
func roomFor(folder string) room {
	// The journal lies next to the folder.
	at := filepath.Dir(filepath.Clean(folder))
	for {
		if info, err := os.Stat(at); err == nil && info.IsDir() {
			return room{disk: freeDisk(at), memory: freeMemory()}
		}
		above := filepath.Dir(at)
		if above == at {
			return room{disk: math.Inf(1), memory: freeMemory()}
		}
		at = above
	}
}

// freeMemory is the memory that programs can take without swapping, as Linux
// estimates it; infinite elsewhere.
func freeMemory() float64 {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return math.Inf(1)
	}
	return memAvailable(string(text))
}

func memAvailable(meminfo string) float64 {
	_, after, _ := strings.Cut(meminfo, "MemAvailable:")
	line, _, _ := strings.Cut(after, "\n")
	kilobytes, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(line, "kB")), 64)
	if err != nil {
		return math.Inf(1)
	}
	return kilobytes * 1024
}
