package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc64"
	"io"
	"os"
)

// errForeign reports a journal of runs of another shape or program.
var errForeign = errors.New("is not a journal of this run")

// mostRecorded is more than any run records: a million people at a million
// pounds each, in pence. The squares that statistics sum fit 128 bits up to it.
const mostRecorded = 1e14

// openJournal opens a journal and finds the replications in it that are whole.
// Damaged ones between them are remembered, to be run again. What comes after
// the last whole one, as a kill or a full disk leaves it, is cut off if the
// journal is opened for writing; lost says how many bytes. A damaged header is
// written again. Whole replications that are not those of the shard, or that
// hold what no run records, make the journal a foreign one; so does a header of
// another run without a whole replication behind it.
func openJournal(path string, s shape, of *Shard, write bool) (j *journal, lost int64, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	foreign := fmt.Errorf("%s %w", path, errForeign)
	if !info.Mode().IsRegular() || info.Size() < headerBytes {
		return nil, 0, foreign
	}
	flag := os.O_RDONLY
	if write {
		flag = os.O_RDWR
	}
	file, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return nil, 0, err
	}
	defer func() {
		if err != nil {
			file.Close()
		}
	}()
	j = &journal{file: file, shape: s, of: of}
	header := make([]byte, headerBytes)
	if _, err := io.ReadFull(file, header); err != nil {
		return nil, 0, err
	}
	records := (info.Size() - headerBytes) / int64(s.recordBytes())
	if records > 0 || write { // no memory for a record that is announced and not there
		j.record = make([]byte, s.recordBytes())
	}
	for i := range int(records) {
		if _, err := file.ReadAt(j.record, j.at(i)); err != nil {
			return nil, 0, err
		}
		if !j.whole() {
			continue
		}
		if number := j.get(0); number != int64(of.Replication(i)) || number > 1<<31-1 || !j.plausible() {
			return nil, 0, foreign
		}
		for ; j.held < i; j.held++ {
			j.damaged = append(j.damaged, j.held)
		}
		j.held++
	}
	intact := bytes.Equal(header, s.header())
	if !intact && j.held == 0 {
		return nil, 0, foreign
	}
	if lost = info.Size() - j.end(); write {
		if lost > 0 {
			err = file.Truncate(j.end())
		}
		if err == nil && !intact {
			_, err = file.WriteAt(s.header(), 0)
		}
	}
	return j, lost, err
}

// whole reports whether the record in hand is as it was written.
func (j *journal) whole() bool {
	body := len(j.record) - 8
	return crc64.Checksum(j.record[:body], checksums) == binary.LittleEndian.Uint64(j.record[body:])
}

// plausible reports whether the record in hand holds what a run can record.
func (j *journal) plausible() bool {
	if j.get(1) < 0 {
		return false
	}
	for n := 2; n < len(j.record)/8-1; n++ {
		if x := j.get(n); x < -mostRecorded || x > mostRecorded {
			return false
		}
	}
	return true
}
