package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"

	"asylumsim/sim/compare"
	"asylumsim/sim/file"
	"asylumsim/sim/measure"

	"github.com/parquet-go/parquet-go"
)

// Samples reads outputs of some regimes out of the replications: for each
// regime, in the order asked for, as many samples as there are outputs.
func (r *Result) Samples(regimes []string, outputs []measure.Output) ([][]compare.Sample, error) {
	path := filepath.Join(r.Dir, replicationsName)
	in, err := file.Open(path)
	if err != nil {
		return nil, explain(err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return nil, explain(err)
	}
	samples, err := r.Manifest.samples(in, info.Size(), regimes, outputs)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return samples, nil
}

// samples reads outputs of some regimes out of a file of replications of the
// run.
func (m *Manifest) samples(in io.ReaderAt, size int64, regimes []string, outputs []measure.Output) (samples [][]compare.Sample, err error) {
	// The library panics on some files that it did not write.
	defer func() {
		if fault := recover(); fault != nil {
			samples, err = nil, fmt.Errorf("want a Parquet file that asylumsim wrote (%v)", fault)
		}
	}()
	reader, err := m.openRows(in, size)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	type place struct{ regime, output string }
	samples = make([][]compare.Sample, len(regimes))
	wanted := map[place]*compare.Sample{}
	for i, regime := range regimes {
		for _, o := range outputs {
			samples[i] = append(samples[i], compare.Sample{Output: o, Months: m.Months, Design: m.design()})
		}
		for j, o := range outputs {
			wanted[place{regime, o.String()}] = &samples[i][j]
		}
	}
	rows := make([]ReplicationRow, batch)
	for {
		n, err := reader.Read(rows)
		for _, row := range rows[:n] {
			s := wanted[place{row.Regime, row.Output}]
			if s == nil {
				continue
			}
			value := recorded(s.Output, row.Value)
			if !(math.Abs(value) <= mostRecorded) || len(s.Values) == m.Done*m.Months {
				return nil, fmt.Errorf("%s of %s in replication %d is %v: want the numbers of %d replications of %d months", row.Output, row.Regime, row.Replication, row.Value, m.Done, m.Months)
			}
			s.Values = append(s.Values, int64(value))
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	for at, s := range wanted {
		if len(s.Values) != m.Done*m.Months {
			return nil, fmt.Errorf("%s of %s has %d numbers: want those of %d replications of %d months", at.output, at.regime, len(s.Values), m.Done, m.Months)
		}
	}
	return samples, nil
}

// openRows opens a file of replications of the run.
func (m *Manifest) openRows(in io.ReaderAt, size int64) (*parquet.GenericReader[ReplicationRow], error) {
	if !footed(in, size) {
		return nil, errors.New("want a Parquet file that asylumsim wrote")
	}
	file, err := parquet.OpenFile(in, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("want a Parquet file that asylumsim wrote (%w)", err)
	}
	if got, want := file.Schema().String(), rowSchema.String(); got != want {
		return nil, fmt.Errorf("it has other columns: want %s", strings.Join(strings.Fields(want), " "))
	}
	want := int64(m.Done) * int64(len(m.Regimes)) * int64(m.Months) * int64(measure.NumOutputs)
	if got := file.NumRows(); got != want {
		return nil, fmt.Errorf("it has %d rows: want %d, one for each output in %d months of %d regimes in %d replications", got, want, m.Months, len(m.Regimes), m.Done)
	}
	if err := checkPages(file, in, size); err != nil {
		return nil, fmt.Errorf("want a Parquet file that asylumsim wrote (%w)", err)
	}
	return parquet.NewGenericReader[ReplicationRow](file), nil
}

// footed reports whether a Parquet file is as long as its last eight bytes say:
// the length of the metadata and PAR1. The library takes the memory unasked.
func footed(in io.ReaderAt, size int64) bool {
	var end [8]byte
	if size < int64(len(end)) {
		return false
	}
	if _, err := in.ReadAt(end[:], size-int64(len(end))); err != nil {
		return false
	}
	return string(end[4:]) == "PAR1" && int64(binary.LittleEndian.Uint32(end[:])) <= size-int64(len(end))
}

// recorded turns a number of the files back into the whole number that a run
// recorded.
func recorded(o measure.Output, value float64) float64 {
	if o.Define().Kind == measure.Cost {
		value *= 100
	}
	return math.Round(value)
}
