package file

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// ErrNoFile is the error of opening what is there and is no file: a pipe or a
// device would keep a program waiting, or never end.
var ErrNoFile = errors.New("want a file")

// Open opens a file for reading, through links. The error is ErrNoFile, with
// what is there instead, where that is no regular file.
func Open(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if kind := irregular(info.Mode()); kind != "" {
		return nil, fmt.Errorf("%s is %s: %w", path, kind, ErrNoFile)
	}
	return os.Open(path)
}

// irregular names what is there instead of a regular file; empty for one.
func irregular(mode fs.FileMode) string {
	switch {
	case mode.IsRegular():
		return ""
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "something else"
}
