package store

import (
	"encoding/binary"
	"os"

	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
)

// spoolName is the working file of a writer; it is gone from a finished
// result.
const spoolName = "spool.int64"

// spool keeps every number of a run on disk in a fixed layout, so that one
// output of one regime can be read in all replications without holding the
// others: little-endian int64 by [replication][regime][output][month]. The
// months of an output lie together, one read each.
type spool struct {
	file            *os.File
	regimes, months int
	replications    int
	record          []byte // of one replication, reused
}

func newSpool(path string, regimes, months int) (*spool, error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	s := &spool{file: file, regimes: regimes, months: months}
	s.record = make([]byte, regimes*int(measure.NumOutputs)*months*8)
	return s, nil
}

// offset is where an output of a regime begins within a record.
func (s *spool) offset(regime int, o measure.Output) int {
	return (regime*int(measure.NumOutputs) + int(o)) * s.months * 8
}

func (s *spool) append(runs []*measure.Run) error {
	for r, run := range runs {
		for o := range measure.NumOutputs {
			at := s.offset(r, o)
			for m := range run.Months {
				binary.LittleEndian.PutUint64(s.record[at+8*m:], uint64(run.Months[m][o]))
			}
		}
	}
	if _, err := s.file.Write(s.record); err != nil {
		return err
	}
	s.replications++
	return nil
}

// sample reads one output of one regime in all replications.
func (s *spool) sample(regime int, o measure.Output) (compare.Sample, error) {
	sample := compare.Sample{Output: o, Months: s.months, Values: make([]int64, 0, s.replications*s.months)}
	part := make([]byte, s.months*8)
	for r := range s.replications {
		if _, err := s.file.ReadAt(part, int64(r)*int64(len(s.record))+int64(s.offset(regime, o))); err != nil {
			return sample, explain(err)
		}
		for m := range s.months {
			sample.Values = append(sample.Values, int64(binary.LittleEndian.Uint64(part[8*m:])))
		}
	}
	return sample, nil
}

// replication reads all numbers of one replication into the record; value
// then picks one.
func (s *spool) replication(r int) error {
	_, err := s.file.ReadAt(s.record, int64(r)*int64(len(s.record)))
	return err
}

func (s *spool) value(regime, month int, o measure.Output) int64 {
	return int64(binary.LittleEndian.Uint64(s.record[s.offset(regime, o)+8*month:]))
}
