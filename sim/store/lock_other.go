//go:build !unix

package store

import "os"

// lock does not keep other processes out on this system.
func lock(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
}
