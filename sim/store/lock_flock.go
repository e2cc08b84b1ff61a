//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package store

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// lock makes a file and holds it locked until it is closed or the process
// ends, however it ends. It returns nil where the file system has no locks,
// and errSwept where somebody has removed the file meanwhile.
func lock(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errSwept
	}
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX); err != nil {
		// Without the file nobody will try the lock.
		return nil, errors.Join(os.Remove(path), file.Close())
	}
	there, err := os.Stat(path)
	held, heldErr := file.Stat()
	if err != nil || heldErr != nil || !os.SameFile(there, held) {
		return nil, errors.Join(errSwept, file.Close())
	}
	return file, nil
}

// tryLock holds a file locked that is there and that nobody else holds; nil
// where that is not so.
func tryLock(path string) *os.File {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		return nil
	}
	return file
}
