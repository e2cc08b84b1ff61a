//go:build linux || darwin

package main

import (
	"math"
	"syscall"
)

// freeDisk is how many bytes are free for a user on the file system of a folder.
func freeDisk(folder string) float64 {
	var s syscall.Statfs_t
	if syscall.Statfs(folder, &s) != nil {
		return math.Inf(1)
	}
	return float64(s.Bavail) * float64(s.Bsize)
}
