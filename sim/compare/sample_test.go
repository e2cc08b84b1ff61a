package compare

import (
	"slices"
	"testing"

	"asylumsim/sim/measure"
)

// Two replications of 13 months, one of ones and one that counts up: the sums
// of 12 months by hand, with and without months before the run.
func TestMovingYearsByHand(t *testing.T) {
	s := Sample{Output: measure.SmallBoatArrivalsPeople, Months: 13}
	for range 13 {
		s.Values = append(s.Values, 1)
	}
	for m := range int64(13) {
		s.Values = append(s.Values, m+1)
	}
	long := make([]int64, 30)
	for i := range long {
		long[i] = 7 // too long ago to count
	}
	for i := range 11 {
		long[19+i] = 100
	}
	for _, c := range []struct {
		name    string
		before  []int64
		want    []int64
		without int
	}{
		// 1 + ... + 12 = 78, 2 + ... + 13 = 90.
		{"alone", nil, []int64{12, 12, 78, 90}, 11},
		{"two months known", []int64{100, 1000},
			[]int64{1110, 1011, 12, 12, 100 + 1000 + 55, 1000 + 66, 78, 90}, 9},
		{"all known", long, []int64{
			1101, 1002, 903, 804, 705, 606, 507, 408, 309, 210, 111, 12, 12,
			1101, 1003, 906, 810, 715, 621, 528, 436, 345, 255, 166, 78, 90}, 0},
	} {
		years, without := s.MovingYears(c.before)
		if !slices.Equal(years.Values, c.want) || without != c.without || years.Months != 13-c.without || years.Output != s.Output {
			t.Errorf("%s: %d months left out, %d kept: %v\nwant %d left out: %v", c.name, without, years.Months, years.Values, c.without, c.want)
		}
	}
	short := Sample{Months: 3, Values: []int64{1, 2, 3}}
	if years, without := short.MovingYears(nil); years.Months != 0 || without != 3 || len(years.Values) != 0 {
		t.Errorf("a run of 3 months has years %+v", years)
	}
}
