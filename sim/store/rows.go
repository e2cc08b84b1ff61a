package store

import (
	"bytes"
	"fmt"
	"io"
)

// mostRow is more than the longest row of a table takes, in bytes.
const mostRow = 64 << 10

// rows hands on a CSV file as long as its rows are no longer than mostRow: the
// reader of CSV takes the memory for whatever comes before the end of one.
type rows struct {
	in     io.Reader
	line   int  // ended so far, those within quotes not among them
	length int  // of the row that has begun
	quoted bool // the row is within quotes, where a line feed does not end it
}

func (r *rows) Read(p []byte) (int, error) {
	n, err := r.in.Read(p)
	for left := p[:n]; len(left) > 0; {
		end := bytes.IndexByte(left, '\n') + 1
		ended := end > 0
		if !ended {
			end = len(left)
		}
		if bytes.Count(left[:end], []byte{'"'})%2 == 1 {
			r.quoted = !r.quoted
		}
		if r.length += end; r.length > mostRow {
			return 0, fmt.Errorf("row %d is over %d kB: want one that asylumsim wrote", r.line+1, mostRow>>10)
		}
		if ended && !r.quoted {
			r.line, r.length = r.line+1, 0
		}
		left = left[end:]
	}
	return n, err
}
