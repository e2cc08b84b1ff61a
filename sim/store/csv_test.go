package store

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// reader reads a table, writes it and reads it again, whatever its rows are.
type reader interface {
	file() string
	again(t testing.TB, data []byte)
}

func (t table[T]) file() string { return t.name }

// again fails where a table is neither refused with its place nor written and
// read back as the same.
func (t table[T]) again(tt testing.TB, data []byte) {
	tt.Helper()
	var rows []T
	var err error
	bounded(tt, len(data), func() { rows, err = t.parse(bytes.NewReader(data), t.name) })
	if err != nil {
		if !strings.HasPrefix(err.Error(), t.name) || strings.ContainsAny(err.Error(), "\x00\x1b\r") {
			tt.Fatalf("the error has no place or is not to be printed: %q", err)
		}
		return
	}
	var text bytes.Buffer
	out := csv.NewWriter(&text)
	out.Write(t.header)
	for _, row := range rows {
		out.Write(t.encode(row))
	}
	out.Flush()
	second, err := t.parse(&text, t.name)
	if err != nil {
		tt.Fatalf("written it is not read back: %v", err)
	}
	if diff := cmp.Diff(rows, second, cmpopts.EquateNaNs()); diff != "" {
		tt.Fatalf("read back differently:\n%s", diff)
	}
}

var tables = []reader{summaryTable, totalsTable, differencesTable, cohortsTable, waitsTable, quartersTable, publishedTable, variantsTable, decompositionTable, varianceTable}

// FuzzTables reads every table of a result that is read back.
func FuzzTables(f *testing.F) {
	dir := filepath.Join(f.TempDir(), "r")
	written(f, dir, 2)
	headers := map[string]string{
		publishedTable.name:     strings.Join(publishedTable.header, ",") + "\nhotel_people,people,quarter,2025-12-31,30657,Home Office\n",
		variantsTable.name:      strings.Join(variantsTable.header, ",") + "\npack[a=1],pack,sweeps[0],a,1\n",
		decompositionTable.name: strings.Join(decompositionTable.header, ",") + "\npack,a,alone,hotel_people,people,horizon,2,1,,0.5,-1e-9\n",
		varianceTable.name:      strings.Join(varianceTable.header, ",") + "\npack,,hotel_people,people,horizon,5,2,1,3,0.25\n",
	}
	for i, table := range tables {
		head := headers[table.file()]
		if head == "" {
			head = string(read(f, dir, table.file()))
			lines := strings.SplitAfterN(head, "\n", 5)
			head = strings.Join(lines[:4], "")
		}
		f.Add(byte(i), []byte(head))
		f.Add(byte(i), []byte(strings.ReplaceAll(head, "\n", "\r\n")))
		f.Add(byte(i), []byte("\ufeff"+head))
		f.Add(byte(i), []byte(head+"\"open"))
		first, row, _ := strings.Cut(head, "\n")
		// Each in one column: all in all took longer than the time for fuzzing.
		for j, text := range hostile {
			cells := strings.Split(row, ",")
			cells[j%len(cells)] = text
			f.Add(byte(i), []byte(first+"\n"+strings.Join(cells, ",")))
		}
	}
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		tables[int(which)%len(tables)].again(t, data)
	})
}

func TestATableThatNoRunWroteIsRefused(t *testing.T) {
	head := strings.Join(variantsTable.header, ",") + "\n"
	for text, want := range map[string]string{
		"":                          "variants.csv: EOF",
		"\x1b[2J,b\n":               `variants.csv: header is "\x1b[2J,b", want regime,of,part,axis,value`,
		head + "a,b,c,d\n":          "record on line 2: wrong number of fields",
		head + "a,b,c,d,0x1p2\n":    `variants.csv, line 2: value is "0x1p2", want a number or nothing`,
		head + "a,b,c,d,NaN\n":      `value is "NaN"`,
		head + "a,b,c,d,1e999\n":    `value is "1e999"`,
		head + "a,b,c,d,1e308\n":    `variants.csv, line 2: value is "1e308", want a number from -1e+21 to 1e+21, or nothing`,
		head + "a,b,c,d,-1e22\n":    `value is "-1e22"`,
		head + "a,\x1b[31mb,c,d,\n": `of is "\x1b[31mb", want text that can be printed, without U+001B`,
		head + "\xff,b,c,d,\n":      "want text that can be printed",
	} {
		if _, err := variantsTable.parse(strings.NewReader(text), variantsTable.name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
	endless := head + "a,b,c,d,1\n" + strings.Repeat("x", mostRow+1)
	quoted := head + "a,b,c,d,1\n\"" + strings.Repeat("x\n", mostRow)
	for _, text := range []string{endless, quoted, endless + "\n", quoted + "\",b,c,d,1\n"} {
		if _, err := variantsTable.parse(strings.NewReader(text), variantsTable.name); err == nil || err.Error() != "variants.csv: row 3 is over 64 kB: want one that asylumsim wrote" {
			t.Errorf("a row of %d bytes: error %v", len(text), err)
		}
	}
	head = strings.Join(waitsTable.header, ",") + "\n"
	for _, count := range []string{"-1", "1.5", "18446744073709551616", ""} {
		text := head + "uk-2025,initial_decision," + count + ",1,0.5\n"
		if _, err := waitsTable.parse(strings.NewReader(text), waitsTable.name); err == nil || !strings.Contains(err.Error(), "days_from is") && !strings.Contains(err.Error(), "wait is") {
			t.Errorf("%s days: error %v", count, err)
		}
	}
}
