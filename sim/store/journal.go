package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc64"
	"os"

	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
)

// journalName is the working file of a run; it is gone from a finished result.
const journalName = "replications.journal"

// journal keeps everything that finished replications recorded, on the disk as
// soon as they are finished, so that a run that is killed loses none of them.
// The layout is fixed, so that one output of one regime can be read in all
// replications without holding the others: a header, then one record per
// replication of little-endian int64
//
//	replication, redraws
//	by regime: outputs x months, months x cohort ages x outcomes, waits x bins, events
//	checksum (CRC-64/ECMA of the record before it)
//
// The months of an output lie together, one read each. A cohort that was not
// recorded is written as -1. Records are of one length and in the order of the
// replications, so that a damaged one hides none of the others.
type journal struct {
	file    *os.File
	shape   shape
	of      *Shard
	held    int    // how many records there are, the damaged ones among them
	damaged []int  // which of them are damaged, in order
	record  []byte // of one replication, reused
}

// shape is what a record's size follows from.
type shape struct{ regimes, months int }

func (m Meta) shape() shape { return shape{len(m.Regimes), m.Months} }

const (
	journalMagic  = "asylumsim-journal/1\n"
	headerBytes   = 64
	cohortNumbers = len(measure.CohortAges) * int(measure.NumCohortOutcomes)
	waitNumbers   = int(measure.NumWaits) * measure.WaitBins
)

var checksums = crc64.MakeTable(crc64.ECMA)

// regimeNumbers is how many numbers a regime takes in a record.
func (s shape) regimeNumbers() int {
	return int(measure.NumOutputs)*s.months + s.months*cohortNumbers + waitNumbers + 1
}

func (s shape) recordBytes() int { return 8 * (2 + s.regimes*s.regimeNumbers() + 1) }

func (s shape) header() []byte {
	h := make([]byte, headerBytes)
	copy(h, journalMagic)
	for i, n := range []int{s.regimes, s.months, int(measure.NumOutputs), s.recordBytes()} {
		binary.LittleEndian.PutUint64(h[32+8*i:], uint64(n))
	}
	return h
}

// createJournal begins an empty journal.
func createJournal(path string, s shape, of *Shard) (*journal, error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if _, err := file.Write(s.header()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &journal{file: file, shape: s, of: of, record: make([]byte, s.recordBytes())}, nil
}

// end is where the records end.
func (j *journal) end() int64 { return j.at(j.held) }

// next is the record that is to be written next: the first damaged one, else
// one more.
func (j *journal) next() int {
	if len(j.damaged) > 0 {
		return j.damaged[0]
	}
	return j.held
}

// at is where the i-th record begins.
func (j *journal) at(i int) int64 { return headerBytes + int64(i)*int64(j.shape.recordBytes()) }

// put writes the n-th number of the record in hand.
func (j *journal) put(n int, x int64) { binary.LittleEndian.PutUint64(j.record[8*n:], uint64(x)) }

func (j *journal) get(n int) int64 { return int64(binary.LittleEndian.Uint64(j.record[8*n:])) }

// append adds the next replication, which is finished, and sees to it that it is
// on the disk. A record that could not be written whole is taken back.
func (j *journal) append(redraws int, runs []*measure.Run) error {
	i := j.next()
	j.put(0, int64(j.of.Replication(i)))
	j.put(1, int64(redraws))
	for r, run := range runs {
		j.putRun(2+r*j.shape.regimeNumbers(), run)
	}
	body := len(j.record) - 8
	binary.LittleEndian.PutUint64(j.record[body:], crc64.Checksum(j.record[:body], checksums))
	_, err := j.file.WriteAt(j.record, j.at(i))
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		return errors.Join(err, j.file.Truncate(j.end()))
	}
	if i < j.held {
		j.damaged = j.damaged[1:]
	} else {
		j.held++
	}
	return nil
}

func (j *journal) putRun(n int, run *measure.Run) {
	for o := range measure.NumOutputs {
		for m := range run.Months {
			j.put(n+m, run.Months[m][o])
		}
		n += j.shape.months
	}
	for i := range j.shape.months * cohortNumbers {
		j.put(n+i, -1)
	}
	for _, row := range run.Cohorts {
		at := n + row.ClaimMonth*cohortNumbers + ageIndex(row.Age)*int(measure.NumCohortOutcomes)
		for outcome, cases := range row.Cases {
			j.put(at+outcome, cases)
		}
	}
	n += j.shape.months * cohortNumbers
	for kind := range run.Waits {
		for bin, cases := range run.Waits[kind] {
			j.put(n+bin, cases)
		}
		n += measure.WaitBins
	}
	j.put(n, run.Events)
}

func ageIndex(age int) int {
	for i, a := range measure.CohortAges {
		if a == age {
			return i
		}
	}
	panic(fmt.Sprintf("store: a cohort at the age of %d months", age))
}

// read reads the i-th replication.
func (j *journal) read(i int) (number, redraws int, runs []*measure.Run, err error) {
	if _, err := j.file.ReadAt(j.record, j.at(i)); err != nil {
		return 0, 0, nil, err
	}
	if !j.whole() {
		return 0, 0, nil, fmt.Errorf("%s: replication %d is damaged", j.file.Name(), j.of.Replication(i))
	}
	for r := range j.shape.regimes {
		runs = append(runs, j.getRun(2+r*j.shape.regimeNumbers()))
	}
	return int(j.get(0)), int(j.get(1)), runs, nil
}

func (j *journal) getRun(n int) *measure.Run {
	run := &measure.Run{Months: make([]measure.Row, j.shape.months)}
	for o := range measure.NumOutputs {
		for m := range run.Months {
			run.Months[m][o] = j.get(n + m)
		}
		n += j.shape.months
	}
	for m := range j.shape.months {
		for _, age := range measure.CohortAges {
			row := measure.CohortRow{ClaimMonth: m, Age: age}
			for outcome := range row.Cases {
				row.Cases[outcome] = j.get(n + outcome)
			}
			if row.Cases[0] >= 0 {
				run.Cohorts = append(run.Cohorts, row)
			}
			n += int(measure.NumCohortOutcomes)
		}
	}
	for kind := range run.Waits {
		for bin := range run.Waits[kind] {
			run.Waits[kind][bin] = j.get(n + bin)
		}
		n += measure.WaitBins
	}
	run.Events = j.get(n)
	return run
}

// sample reads one output of one regime in all replications.
func (j *journal) sample(regime int, o measure.Output) (compare.Sample, error) {
	s := compare.Sample{Output: o, Months: j.shape.months, Values: make([]int64, 0, j.held*j.shape.months)}
	part := make([]byte, 8*j.shape.months)
	within := int64(8 * (2 + regime*j.shape.regimeNumbers() + int(o)*j.shape.months))
	for i := range j.held {
		if _, err := j.file.ReadAt(part, j.at(i)+within); err != nil {
			return s, explain(err)
		}
		for m := range j.shape.months {
			s.Values = append(s.Values, int64(binary.LittleEndian.Uint64(part[8*m:])))
		}
	}
	return s, nil
}
