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
// What comes after the first that is not, as a kill or a full disk leaves it,
// is cut off where the journal is opened for writing; lost says how many bytes.
// Whole replications that are not those of the shard, or that hold what no run
// records, make it a foreign one.
func openJournal(path string, s shape, of *Shard, write bool) (j *journal, lost int64, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	foreign := fmt.Errorf("%s %w", path, errForeign)
	if !info.Mode().IsRegular() {
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
	header := make([]byte, headerBytes)
	if _, err := io.ReadFull(file, header); err != nil || !bytes.Equal(header, s.header()) {
		return nil, 0, foreign
	}
	if !write && info.Size() < headerBytes+int64(s.recordBytes()) {
		// No memory for a record that is announced and not there.
		return &journal{file: file, shape: s}, info.Size() - headerBytes, nil
	}
	j = &journal{file: file, shape: s, record: make([]byte, s.recordBytes())}
	for {
		if _, err := io.ReadFull(file, j.record); err != nil {
			if err == io.EOF || err == io.ErrUnexpectedEOF {
				break
			}
			return nil, 0, err
		}
		if !j.whole() {
			break
		}
		number := j.get(0)
		if number != int64(of.Replication(len(j.numbers))) || number > 1<<31-1 || !j.plausible() {
			return nil, 0, foreign
		}
		j.numbers = append(j.numbers, int32(number))
	}
	end := j.end()
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, 0, err
	}
	if lost = size - end; lost > 0 && write {
		if err := file.Truncate(end); err != nil {
			return nil, 0, err
		}
	}
	_, err = file.Seek(end, io.SeekStart)
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
