package store

import (
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	layout "github.com/parquet-go/parquet-go/format"
)

// mostExpanded is more than Snappy makes of a byte: 64 bytes of three.
const mostExpanded = 32

// checkPages reports pages of a Parquet file that announce more than they can
// hold: more bytes than there are, or than compression makes of those, or more
// values than rows. The library takes the memory before it looks.
func checkPages(file *parquet.File, in io.ReaderAt, size int64) error {
	for _, group := range file.Metadata().RowGroups {
		for _, chunk := range group.Columns {
			c := &chunk.MetaData
			start := c.DataPageOffset
			if c.DictionaryPageOffset != 0 {
				start = c.DictionaryPageOffset
			}
			if start < 0 || c.TotalCompressedSize < 0 || start > size || c.TotalCompressedSize > size-start {
				return errors.New("a column ends after the file")
			}
			if err := checkChunk(in, start, c.TotalCompressedSize, group.NumRows); err != nil {
				return err
			}
		}
	}
	return nil
}

// mostHead is more than the head of a page of ours takes.
const mostHead = 4096

func checkChunk(in io.ReaderAt, start, length, rows int64) error {
	values, head := int64(0), make([]byte, mostHead)
	for at := start; at < start+length; {
		left := start + length - at
		head := head[:min(left, mostHead)]
		if _, err := in.ReadAt(head, at); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		// Out of memory, so that a text of the head is no longer than that.
		reader := new(thrift.CompactProtocol).NewReaderFromBytes(head)
		var h layout.PageHeader
		if err := thrift.NewDecoder(reader).Decode(&h); err != nil {
			return fmt.Errorf("the head of a page: %w", err)
		}
		left -= int64(reader.BytesRead())
		compressed, expanded := int64(h.CompressedPageSize), int64(h.UncompressedPageSize)
		if compressed < 0 || expanded < 0 || compressed > left || expanded > mostExpanded*(compressed+1) {
			return fmt.Errorf("a page of %d bytes, which are %d bytes expanded, in %d", compressed, expanded, left)
		}
		values += int64(h.DataPageHeader.V.NumValues) + int64(h.DataPageHeaderV2.V.NumValues)
		if n := int64(h.DictionaryPageHeader.V.NumValues); values > rows || n > expanded {
			return fmt.Errorf("a page of %d values in a dictionary and %d in all, of %d rows", n, values, rows)
		}
		at = start + length - left + compressed
	}
	return nil
}
