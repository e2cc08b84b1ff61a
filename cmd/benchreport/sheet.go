package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/perf/benchfmt"
)

// sheet is a file of benchmark results as go test prints them.
type sheet struct {
	file  string
	facts map[string]string // of the first result: cpu, goos, goarch, go, date
	names []string          // of the benchmarks, in order of their first line
	// values holds what was measured, by benchmark and unit, a number for each
	// line of the benchmark.
	values map[string]map[string][]float64
	// processors is how many the benchmarks could use, from the end of their names.
	processors string
}

// readSheet reads a file of results. Names lose the number of processors that
// go test puts at their end.
func readSheet(path string) (*sheet, error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s is not there: make bench measures, make bench-baseline keeps what it measured", path)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return parseSheet(f, path)
}

func parseSheet(in io.Reader, path string) (*sheet, error) {
	s := &sheet{file: path, facts: map[string]string{}, values: map[string]map[string][]float64{}, processors: "1"}
	reader := benchfmt.NewReader(in, path)
	for reader.Scan() {
		switch record := reader.Result().(type) {
		case *benchfmt.SyntaxError:
			return nil, record
		case *benchfmt.Result:
			s.add(record)
		}
	}
	if err := reader.Err(); err != nil {
		return nil, err
	}
	if len(s.names) == 0 {
		return nil, fmt.Errorf("%s holds no benchmark", path)
	}
	return s, nil
}

func (s *sheet) add(r *benchfmt.Result) {
	for _, c := range r.Config {
		if _, told := s.facts[c.Key]; !told {
			s.facts[c.Key] = string(c.Value)
		}
	}
	base, parts := r.Name.Parts()
	name := string(base)
	for _, part := range parts {
		if digits, ok := strings.CutPrefix(string(part), "-"); ok {
			s.processors = digits
			continue
		}
		name += string(part)
	}
	if s.values[name] == nil {
		s.names = append(s.names, name)
		s.values[name] = map[string][]float64{}
	}
	for _, v := range r.Values {
		number, unit := v.Value, v.Unit
		if v.OrigUnit != "" { // as it was written
			number, unit = v.OrigValue, v.OrigUnit
		}
		s.values[name][unit] = append(s.values[name][unit], number)
	}
}

// each lists the benchmarks whose names begin with a prefix.
func (s *sheet) each(prefix string) (names []string) {
	for _, name := range s.names {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	return names
}

// get returns what was measured of a benchmark in a unit, at least so many
// times.
func (s *sheet) get(name, unit string, least int) ([]float64, error) {
	got := s.values[name][unit]
	if len(got) < least {
		return nil, fmt.Errorf("%s: %s of %s was measured %d times, want %d or more", s.file, unit, name, len(got), least)
	}
	return got, nil
}

// median is that of at least one measurement.
func (s *sheet) median(name, unit string) (float64, error) {
	got, err := s.get(name, unit, 1)
	if err != nil {
		return 0, err
	}
	return medianOf(got), nil
}

// fact is a line such as cpu or date of the head of the file.
func (s *sheet) fact(key string) (string, error) {
	if s.facts[key] == "" {
		return "", fmt.Errorf("%s: there is no line %q", s.file, key+": ...")
	}
	return s.facts[key], nil
}

// label is the value of a part key=value of a benchmark's name.
func label(name, key string) string {
	for part := range strings.SplitSeq(name, "/") {
		if value, ok := strings.CutPrefix(part, key+"="); ok {
			return value
		}
	}
	return ""
}

func medianOf(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
