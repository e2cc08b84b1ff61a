//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package store

import "os"

// Without locks that end with their process, nobody can tell a stage that is
// being filled from one that was left: none is swept.

func lock(string) (*os.File, error) { return nil, nil }

func tryLock(string) *os.File { return nil }
