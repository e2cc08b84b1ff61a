package evidence

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

// estimatedFrom is what a forecast of December 2025 takes from series: its rules,
// its opening state and its doubts.
func estimatedFrom(t *testing.T, s *Series, groups []policy.Group, central *policy.Rules) (*policy.Rules, *asylum.Opening, []string) {
	t.Helper()
	fit, err := originAt(t, s, clock.MustDate("2026-03-31")).WithoutLater().Fit(groups, RandomWalk)
	if err != nil {
		t.Fatal(err)
	}
	rules, opening, err := fit.Rules(Beliefs{Drawn: central, Central: central}, fit.paths(nil))
	if err != nil {
		t.Fatal(err)
	}
	return rules, opening, fit.Notes
}

// emptied returns the shipped series with cells of a column emptied, in the newest
// row that has one or in the one before.
func emptied(t *testing.T, name string, columns []string, before int) fstest.MapFS {
	t.Helper()
	files := pinned(t)
	rows, err := csv.NewReader(bytes.NewReader(files[name].Data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	first := slices.Index(rows[0], columns[0])
	for i := len(rows) - 1; i > 0; i-- {
		if rows[i][first] == "" {
			continue
		}
		if before > 0 {
			before--
			continue
		}
		for _, column := range columns {
			rows[i][slices.Index(rows[0], column)] = ""
		}
		break
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	files[name].Data = out.Bytes()
	return files
}

// TestAnEmptyCell: a cell of any column of any file that is empty in the newest row or
// the one before is refused by its name, filled by a rule that a warning tells, or of
// no use to an estimate; never is it a number that differs in silence.
func TestAnEmptyCell(t *testing.T) {
	s, parameters := published(t), readParameters(t)
	central := parameters.rules(clock.MustDate("2025-12-31"))
	rules, opening, _ := estimatedFrom(t, s, parameters.groups, central)
	paths, err := filepath.Glob(configs + "/observed/*.csv")
	if err != nil {
		t.Fatal(err)
	}
	refused, told, unused := 0, 0, 0
	try := func(name string, before int, columns ...string) {
		changed, err := Load(emptied(t, name, columns, before))
		if err != nil {
			refused++
			if !strings.Contains(err.Error(), name+":") || !strings.Contains(err.Error(), columns[0]) {
				t.Errorf("%s: %v empty: the error does not name the cell: %v", name, columns, err)
			}
			return
		}
		r, o, notes := estimatedFrom(t, changed, parameters.groups, central)
		if reflect.DeepEqual(r, rules) && reflect.DeepEqual(o, opening) {
			unused++
			return
		}
		told++
		if text := strings.Join(notes, "\n"); !strings.Contains(text, name) {
			t.Errorf("%s: %v empty, %d before the newest: estimates differ, and no warning names the file:\n%s", name, columns, before, text)
		}
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		header, _, _ := strings.Cut(string(data), "\n")
		for _, column := range strings.Split(header, ",") {
			for before := range 2 {
				try(filepath.Base(path), before, column)
			}
		}
	}
	split := []string{"hotel", "hotel_share", "contingency_other", "dispersal", "initial", "other", "subsistence_only", "breakdown_vintage"}
	for before := range 2 { // cells that are empty together
		try(supportFile, before, split...)
		try(supportFile, before, append([]string{"dispersal"}, split[2:]...)...)
		try(supportFile, before, "hotel", "hotel_share")
		try(backlogFile, before, "main_applicants_awaiting", "dependants_awaiting")
		try(backlogFile, before, "people_6_months_or_less", "people_over_6_months", "share_over_6_months")
		try(claimYearsFile, before, columnsOf[ClaimYear]()[2:]...)
	}
	if refused < 300 || told < 4 || unused < 4 {
		t.Errorf("%d cells were refused, %d told and %d of no use: want some of each", refused, told, unused)
	}
	t.Logf("%d cells were refused, %d told and %d of no use", refused, told, unused)
}

// TestHotelsOfTheNewestQuarter: if only the total of December 2025 is out, hotels have
// the share of September, 36,273 of 111,651, and the others are split as when they
// were last published; the rule for dates before December 2022 is not for it. In
// December 2022 itself there is nothing to go by.
func TestHotelsOfTheNewestQuarter(t *testing.T) {
	all := []string{"hotel", "hotel_share", "contingency_other", "dispersal", "initial", "other", "subsistence_only", "breakdown_vintage"}
	s, err := Load(emptied(t, supportFile, all, 0))
	if err != nil {
		t.Fatal(err)
	}
	o := opening{Opening: &asylum.Opening{Date: clock.MustDate("2025-12-31")}, series: s}
	if err := o.support(); err != nil {
		t.Fatal(err)
	}
	if got := o.Supported[asylum.Hotel]; got != 34763 { // 107,003 times 36,273 over 111,651
		t.Errorf("%d people in hotels, want 34,763", got)
	}
	if got := supported(o.Opening); got != 107003 {
		t.Errorf("the kinds sum to %d, want 107,003", got)
	}
	if text := strings.Join(o.doubts, "\n"); !strings.Contains(text, "asylum_support_quarterly.csv: 2025-12-31: hotel is empty") || !strings.Contains(text, "share of 2025-09-30") || !strings.Contains(text, "split as on 2024-09-30") {
		t.Errorf("doubts are\n%s", text)
	}
	s = published(t)
	for i := range s.Support {
		if s.Support[i].Date >= clock.MustDate("2022-12-31") {
			s.Support[i] = Support{Date: s.Support[i].Date, People: s.Support[i].People}
		}
	}
	o = opening{Opening: &asylum.Opening{Date: clock.MustDate("2022-12-31")}, series: s}
	if err := o.support(); err == nil || !strings.Contains(err.Error(), "asylum_support_quarterly.csv: 2022-12-31: hotel") {
		t.Errorf("error %v: want one that names the cell", err)
	}
}
