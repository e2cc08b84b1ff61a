package store

import (
	"bytes"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	layout "github.com/parquet-go/parquet-go/format"
)

// smallest makes the replications of the shortest run and the manifest of it.
func smallest(t testing.TB, change func([]*measure.Run)) (*Manifest, []byte) {
	dir := t.TempDir()
	year := clock.NewTimeline(twoYears.Opening, 1)
	p, err := newReplications(dir, regimes[:1], year.Months)
	if err != nil {
		t.Fatal(err)
	}
	runs := replicate(year, 1, 0)
	change(runs)
	if err := p.append(0, runs); err != nil {
		t.Fatal(err)
	}
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	m := &Manifest{Format: format, Meta: meta(1), Base: regimes[0], Done: 1}
	m.Months = 12
	m.Regimes = regimes[:1]
	return m, read(t, filepath.Join(dir, replicationsName))
}

func (m *Manifest) hotel(data []byte) error {
	_, err := m.samples(bytes.NewReader(data), int64(len(data)), m.Regimes, []measure.Output{measure.HotelPeople, measure.TotalCost})
	return err
}

// The library that reads Parquet panics on some files: here it is an error.
func TestReplicationsThatNoRunWroteAreRefused(t *testing.T) {
	m, data := smallest(t, func([]*measure.Run) {})
	if err := m.hotel(data); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"empty":     nil,
		"text":      []byte("regime,replication\n"),
		"cut":       data[:len(data)/2],
		"no footer": data[:len(data)-8],
		"damaged":   append(bytes.Repeat([]byte{0xff}, len(data)/2), data[len(data)/2:]...),
	} {
		if err := m.hotel(data); err == nil || !strings.Contains(err.Error(), "want") {
			t.Errorf("%s: error %v", name, err)
		}
	}
	more := *m
	more.Done = 2
	if err := more.hotel(data); err == nil || !strings.Contains(err.Error(), "rows: want") {
		t.Errorf("a replication is missing: error %v", err)
	}
	_, vast := smallest(t, func(runs []*measure.Run) { runs[0].Months[3][measure.HotelPeople] = math.MaxInt64 })
	if err := m.hotel(vast); err == nil || !strings.Contains(err.Error(), "hotel_people of uk-2025 in replication 0 is") {
		t.Errorf("more people than can be: error %v", err)
	}
}

// What a page announces is held against what there is, before memory is taken
// for it.
func TestPagesThatAnnounceTooMuchAreRefused(t *testing.T) {
	one := thrift.New(layout.DataPageHeader{NumValues: 10})
	for name, c := range map[string]struct {
		head  layout.PageHeader
		sound bool
	}{
		"a page":              {layout.PageHeader{CompressedPageSize: 100, UncompressedPageSize: 200, DataPageHeader: one}, true},
		"more than there are": {layout.PageHeader{CompressedPageSize: 1 << 30, UncompressedPageSize: 200, DataPageHeader: one}, false},
		"expanded to a lot":   {layout.PageHeader{CompressedPageSize: 100, UncompressedPageSize: 1 << 30, DataPageHeader: one}, false},
		"less than nothing":   {layout.PageHeader{CompressedPageSize: -100, UncompressedPageSize: 200, DataPageHeader: one}, false},
		"more values":         {layout.PageHeader{CompressedPageSize: 100, UncompressedPageSize: 200, DataPageHeader: thrift.New(layout.DataPageHeader{NumValues: 11})}, false},
		"a vast dictionary":   {layout.PageHeader{CompressedPageSize: 100, UncompressedPageSize: 200, DictionaryPageHeader: thrift.New(layout.DictionaryPageHeader{NumValues: 1 << 30})}, false},
	} {
		data, err := thrift.Marshal(new(thrift.CompactProtocol), &c.head)
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, make([]byte, 100)...)
		if err := checkChunk(bytes.NewReader(data), 0, int64(len(data)), 10); (err == nil) != c.sound {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// FuzzReplications reads what may stand in the place of replications.parquet.
func FuzzReplications(f *testing.F) {
	m, data := smallest(f, func([]*measure.Run) {})
	f.Add(data)
	f.Add([]byte("PAR1PAR1")) // its last eight bytes announce 827 MB of metadata
	f.Add(data[:len(data)/2])
	for _, text := range hostile {
		f.Add([]byte(text))
		f.Add([]byte("PAR1" + text + "\x10\x00\x00\x00PAR1"))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		bounded(t, 1<<16+len(data), func() { _ = m.hotel(data) }) // the buffers of the library
	})
}
