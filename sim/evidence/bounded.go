package evidence

import (
	"fmt"
	"io"
)

// mostBytes is the largest file that is read as a published series; the largest
// shipped one has 50 kilobytes.
const mostBytes = 8 << 20

// mostProblems is how much may be wrong with a series before the rest of it is
// not looked at.
const mostProblems = 1000

// bounded reads no more than a series can have, so that a file without end is
// an error.
type bounded struct {
	in   io.Reader
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, fmt.Errorf("over %d MB: want a smaller file", mostBytes>>20)
	}
	n, err := b.in.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
