package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
)

// sized reports a file that is not there or not as long as the run wrote it, so
// that no one has to read it to find out.
func sized(path string, want int64) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is missing: put it back or run the experiment again", path)
	}
	if err == nil && info.Mode().IsRegular() && info.Size() != want {
		return fmt.Errorf("%s is not the file that the run wrote: %d bytes, manifest %d; put it back or run the experiment again", path, info.Size(), want)
	}
	return nil
}

// usualRow is more than a row of a table takes on the average, in bytes.
const usualRow = 1 << 10

// mostTable is more than any table of the run takes, in bytes: a row for each
// output of each month, each share of a cohort and each length of a wait.
func (m *Manifest) mostTable() int64 {
	aMonth := int64(measure.NumOutputs) + int64(len(measure.CohortAges))*int64(measure.NumCohortOutcomes)
	rows := int64(m.Months)*aMonth + int64(measure.NumWaits)*measure.WaitBins
	return int64(len(m.Regimes)) * rows * usualRow
}

// checkTables reports a table that is longer than a run of such regimes and
// months makes it, whatever its digest.
func (m *Manifest) checkTables() error {
	most := m.mostTable()
	for i, f := range m.Files {
		if filepath.Ext(f.Name) == ".csv" && f.Bytes > most {
			return fmt.Errorf("files[%d] is %.100q of %d bytes: want a table of %d regimes and %d months, of %d bytes at most", i, f.Name, f.Bytes, len(m.Regimes), m.Months, most)
		}
	}
	return nil
}

// dates are those that the months of the run end on.
func (m *Manifest) dates() []clock.Date { return clock.NewTimeline(m.Opening, m.Months/12).Months }

// checkMonths reports a summary of other months than those of the manifest.
func (r *Result) checkMonths() error {
	want, seen := r.Manifest.dates(), map[clock.Date]bool{}
	for _, s := range r.Summaries {
		seen[s.Month] = true
	}
	for _, date := range want {
		if !seen[date] {
			return r.otherMonths(want, fmt.Sprintf("has no rows of %v", date))
		}
		delete(seen, date)
	}
	for date := range seen {
		return r.otherMonths(want, fmt.Sprintf("has rows of %v", date))
	}
	return nil
}

func (r *Result) otherMonths(want []clock.Date, what string) error {
	return fmt.Errorf("%s %s: want those of the %d months from %v to %v that the manifest says",
		filepath.Join(r.Dir, summaryTable.name), what, len(want), want[0], want[len(want)-1])
}

// CheckSeries reports the first output of some regimes that the summary does
// not hold in every month of the run, once each and in order.
func (r *Result) CheckSeries(regimes []string, outputs []measure.Output) error {
	want := r.Manifest.dates()
	for _, regime := range regimes {
		for _, o := range outputs {
			rows := r.Series(regime, o)
			if !slices.EqualFunc(rows, want, func(s compare.Summary, date clock.Date) bool { return s.Month == date }) {
				return fmt.Errorf("%s has %d rows of %s in %s: want one for each of the %d months from %v to %v, in order",
					filepath.Join(r.Dir, summaryTable.name), len(rows), o, regime, len(want), want[0], want[len(want)-1])
			}
		}
	}
	return nil
}

// checkQuarters reports quarters that are not those of the run's regimes and
// months, each once and in order.
func (r *Result) checkQuarters() error {
	timeline, at := clock.NewTimeline(r.Manifest.Opening, r.Manifest.Months/12), 0
	for _, regime := range r.Manifest.Regimes {
		for i := range measure.Quarterly {
			series := &measure.Quarterly[i]
			for _, month := range compare.QuarterEnds(timeline, series) {
				if at == len(r.Quarters) || r.Quarters[at].Regime != regime || r.Quarters[at].Series != series || r.Quarters[at].Quarter != timeline.Months[month] {
					return fmt.Errorf("%s: row %d is not %s of %s for the quarter to %v: want one for each quarter of the run, in order",
						filepath.Join(r.Dir, quartersTable.name), at+1, series.Name, regime, timeline.Months[month])
				}
				at++
			}
		}
	}
	if at != len(r.Quarters) {
		return fmt.Errorf("%s has %d rows: want the %d of the run", filepath.Join(r.Dir, quartersTable.name), len(r.Quarters), at)
	}
	return nil
}
