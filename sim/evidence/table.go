package evidence

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"asylumsim/sim/clock"
)

// Published is a figure that a table may leave empty. An empty cell means not
// published or not found; it is never zero.
type Published[T any] struct {
	Value T
	Known bool
}

// readTable reads a CSV file of folder observed whose header is exactly the
// `csv` tags of R, in their order, with the line of each row. A byte-order mark, as
// spreadsheets write it, is passed over. All problems are returned together,
// each with line and the path that the file is named by.
func readTable[R any](fsys fs.FS, file, name string) (rows []R, lines []int, err error) {
	opened, err := fsys.Open(file)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: cannot read the series: %w", name, err)
	}
	defer opened.Close()
	records := csv.NewReader(withoutMark(&bounded{opened, mostBytes}))
	records.FieldsPerRecord = -1 // counted below, with a clearer message
	columns := columnsOf[R]()
	header, err := records.Read()
	if err != nil {
		return nil, nil, fmt.Errorf("%s:1: cannot read the header: %w", name, err)
	}
	if !slices.Equal(header, columns) {
		return nil, nil, fmt.Errorf("%s:1: header is %.200q: want %q", name, strings.Join(header, ","), strings.Join(columns, ","))
	}
	var problems []error
	for {
		record, err := records.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
		line, _ := records.FieldPos(0)
		if len(problems) >= mostProblems {
			problems = append(problems, fmt.Errorf("%s:%d: the rest was not looked at: want fewer than %d faults", name, line, mostProblems))
			break
		}
		if len(record) != len(columns) {
			problems = append(problems, fmt.Errorf("%s:%d: %d fields: want %d", name, line, len(record), len(columns)))
			continue
		}
		var row R
		fields := reflect.ValueOf(&row).Elem()
		bad := false
		for i, text := range record {
			if err := decodeCell(fields.Field(i), text); err != nil {
				problems = append(problems, fmt.Errorf("%s:%d: %s: %w", name, line, columns[i], err))
				bad = true
			}
		}
		if bad {
			continue
		}
		rows, lines = append(rows, row), append(lines, line)
	}
	if len(rows) == 0 && len(problems) == 0 {
		problems = append(problems, fmt.Errorf("%s: no rows: want at least one", name))
	}
	return rows, lines, errors.Join(problems...)
}

// withoutMark passes over a byte-order mark at the beginning.
func withoutMark(in io.Reader) io.Reader {
	buffered := bufio.NewReader(in)
	if start, err := buffered.Peek(len(byteOrderMark)); err == nil && string(start) == byteOrderMark {
		buffered.Discard(len(byteOrderMark)) // was read already
	}
	return buffered
}

const byteOrderMark = "\ufeff"

func columnsOf[R any]() []string {
	t := reflect.TypeFor[R]()
	columns := make([]string, t.NumField())
	for i := range columns {
		columns[i] = t.Field(i).Tag.Get("csv")
	}
	return columns
}

// decodeCell sets a field from the text of a cell.
func decodeCell(field reflect.Value, text string) error {
	if field.Kind() == reflect.Struct { // Published
		if text == "" {
			return nil
		}
		field.FieldByName("Known").SetBool(true)
		return decodeCell(field.FieldByName("Value"), text)
	}
	if date, ok := field.Addr().Interface().(*clock.Date); ok {
		return date.UnmarshalText([]byte(text))
	}
	switch {
	case field.Kind() == reflect.String:
		if text == "" {
			return errors.New("is empty: want text")
		}
		field.SetString(text)
	case field.Kind() == reflect.Bool:
		if text != "0" && text != "1" {
			return fmt.Errorf("%.100q: want 0 or 1", text)
		}
		field.SetBool(text == "1")
	case field.CanInt():
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 {
			return fmt.Errorf("%.100q: want a whole number of 0 or more", text)
		}
		field.SetInt(n)
	case field.CanFloat():
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Errorf("%.100q: want a number", text)
		}
		field.SetFloat(x)
	default:
		panic("evidence: no decoder for a field of type " + field.Type().String())
	}
	return nil
}
