package main

import (
	"bytes"
	"context"
	"strings"
	"syscall"
	"testing"
)

// full is a disk without room from some byte on.
type full struct{ room int }

func (f *full) Write(data []byte) (int, error) {
	if f.room -= len(data); f.room < 0 {
		return 0, syscall.ENOSPC
	}
	return len(data), nil
}

// TestPrintingOnAFullDisk: no command ends as if what it printed had arrived,
// whether nothing does or only its beginning.
func TestPrintingOnAFullDisk(t *testing.T) {
	for _, command := range []string{
		"--help", "--version", "run --help", "explain uk-2025", "explain hotel_price", "validate", "validate ../../configs/regimes/uk-2025.yaml",
		"list regimes", "list outputs", "schema regime",
	} {
		for _, room := range []int{0, 10} {
			var said bytes.Buffer
			status := run(context.Background(), strings.Fields(command), &full{room}, &said)
			if status != statusFailed || said.String() != "asylumsim: cannot print: no space left on device\n" {
				t.Errorf("%s, room for %d bytes: status %d and %q", command, room, status, said.String())
			}
		}
	}
}
