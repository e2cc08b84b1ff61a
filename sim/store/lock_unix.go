//go:build unix

package store

import (
	"errors"
	"os"
	"syscall"
)

// lock takes a file for this process, until it is closed or the process ends in
// whatever way.
func lock(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = errBusy
	} else if errors.Is(err, syscall.ENOTSUP) || errors.Is(err, syscall.ENOSYS) {
		return file, nil // a file system without locks
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}
