package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"asylumsim/sim/clock"
	"asylumsim/sim/file"
	"asylumsim/sim/measure"

	"github.com/parquet-go/parquet-go"
)

// ReplicationRow is a row of replications.parquet: one number that one
// replication recorded. Rows are in the order of replications, then of
// regimes (the base first), months and outputs.
type ReplicationRow struct {
	Regime      string  `parquet:"regime,dict"`
	Replication int32   `parquet:"replication,dict"`
	Month       int32   `parquet:"month,date,dict"` // last day of the month, days since 1970-01-01
	Output      string  `parquet:"output,dict"`
	Value       float64 `parquet:"value"` // in the output's unit: counts, and pounds to the penny
}

// rowsPerGroup bounds the rows that a Parquet writer holds in memory.
const rowsPerGroup = 1 << 18

// batch is how many rows are read back at a time.
const batch = 1 << 13

// rowSchema is the schema of replications.parquet.
var rowSchema = parquet.NewSchema("replications", parquet.SchemaOf(ReplicationRow{}))

// replications writes replications.parquet.
type replications struct {
	path    string
	file    *os.File
	parquet *parquet.GenericWriter[ReplicationRow]
	regimes []string
	months  []clock.Date
	outputs [measure.NumOutputs]string
	rows    []ReplicationRow
}

func newReplications(dir string, regimes []string, months []clock.Date) (*replications, error) {
	path := filepath.Join(dir, replicationsName)
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	p := &replications{path: path, file: file, regimes: regimes, months: months}
	for o := range measure.NumOutputs {
		p.outputs[o] = o.String()
	}
	p.parquet = parquet.NewGenericWriter[ReplicationRow](file,
		rowSchema,
		// Not the library's own version: bytes depend on the numbers alone.
		parquet.CreatedBy("asylumsim", "1", "0"),
		// Snappy, because every reader of Parquet has it; Zstandard is a fifth smaller.
		parquet.Compression(&parquet.Snappy),
		parquet.MaxRowsPerRowGroup(rowsPerGroup),
	)
	return p, nil
}

// published turns a recorded integer into the number of the files: pence into
// pounds, counts as they are.
func published(o measure.Output, value int64) float64 {
	if o.Define().Kind == measure.Cost {
		return float64(value) / 100
	}
	return float64(value)
}

func (p *replications) append(number int, runs []*measure.Run) error {
	p.rows = p.rows[:0]
	for r, run := range runs {
		for m, date := range p.months {
			for o := range measure.NumOutputs {
				p.rows = append(p.rows, ReplicationRow{p.regimes[r], int32(number), int32(date), p.outputs[o], published(o, run.Months[m][o])})
			}
		}
	}
	_, err := p.parquet.Write(p.rows)
	return err
}

// close finishes the file and sees to it that it is on the disk.
func (p *replications) close() error {
	return errors.Join(p.parquet.Close(), p.file.Sync(), p.file.Close())
}

// verify reads the finished file again, row by row against the journal, so that
// what a reader will find is what the runs counted.
func (p *replications) verify(each func(func(number, redraws int, runs []*measure.Run) error) error) error {
	in, err := file.Open(p.path)
	if err != nil {
		return err
	}
	defer in.Close()
	reader := parquet.NewGenericReader[ReplicationRow](in)
	defer reader.Close()

	rows := make([]ReplicationRow, batch)
	filled, next := 0, 0
	err = each(func(number, _ int, runs []*measure.Run) (err error) {
		for r, regime := range p.regimes {
			for m, date := range p.months {
				for o := range measure.NumOutputs {
					if next == filled {
						// A last batch comes with io.EOF, or io.EOF comes alone.
						if filled, err = reader.Read(rows); filled == 0 {
							return fmt.Errorf("%s ends at replication %d: %w", p.path, number, err)
						}
						next = 0
					}
					want := ReplicationRow{regime, int32(number), int32(date), p.outputs[o], published(o, runs[r].Months[m][o])}
					if rows[next] != want {
						return fmt.Errorf("%s does not hold what was written: %+v, want %+v", p.path, rows[next], want)
					}
					next++
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if next == filled {
		filled, err = reader.Read(rows[:1])
		next = 0
	}
	if next != filled || !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s holds more rows than were written", p.path)
	}
	return nil
}
