package compare

import (
	"math"
	"math/rand/v2"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

// TestErrorsOfRelatedReplications: three draws with two replications each,
// 1 3, 5 7 and 6 8, have the means 2, 6 and 7; the error of the mean 5 comes from
// these alone: the root of (9 + 1 + 4) / 2 / 3.
func TestErrorsOfRelatedReplications(t *testing.T) {
	values := []int64{1, 3, 5, 7, 6, 8}
	d := Design{Drawn: true, Unit: 2, Inner: 2}
	if got, want := d.describe(values, 1).MCSE, math.Sqrt(14.0/2/3); math.Abs(got-want) > 1e-12 {
		t.Errorf("standard error %v, want %v", got, want)
	}
	if got := d.Units(len(values)); got != 3 {
		t.Errorf("%d independent observations, want 3", got)
	}
	if one := (Design{}).describe(values, 1); one != Describe(values, 1) {
		t.Error("independent replications are described in another way")
	}
	if got := d.describe(values[:2], 1).MCSE; !math.IsNaN(got) {
		t.Errorf("one draw has the standard error %v", got)
	}
	s := Split{}
	s.take(values, 2, 1)
	// Within: three times 2, over 3. Between: 7 less half of that.
	if math.Abs(s.Chance-2) > 1e-12 || math.Abs(s.Parameters-6) > 1e-12 || math.Abs(s.Share()-0.75) > 1e-12 {
		t.Errorf("chance %v, parameters %v, share %v; want 2, 6 and 0.75", s.Chance, s.Parameters, s.Share())
	}
}

// TestTheLastGroupMayBeSmaller: draws of two replications, 1 2, 3 4, and of the
// third only 9. About the mean 19/5 the groups are off by -23/5, -3/5 and 26/5,
// and the error is the root of 3/2 x (529 + 9 + 676)/25, over 5.
func TestTheLastGroupMayBeSmaller(t *testing.T) {
	d := Design{Drawn: true, Unit: 2, Inner: 2}
	values := []int64{1, 2, 3, 4, 9}
	if got := d.Units(len(values)); got != 3 {
		t.Errorf("%d independent observations, want 3", got)
	}
	if got, want := d.describe(values, 1).MCSE, math.Sqrt(1.5*1214/25)/5; math.Abs(got-want) > 1e-12 {
		t.Errorf("standard error %v, want %v", got, want)
	}
}

// TestSplitFindsBothVariances: over many experiments the mean of each estimate
// is the variance that made the numbers, and the interval of the mean covers the
// truth as often as it says.
func TestSplitFindsBothVariances(t *testing.T) {
	const draws, inner, experiments = 20, 5, 1000
	rng := rand.New(rand.NewPCG(3, 4))
	months := clock.NewTimeline(clock.MustDate("2025-12-31"), 1)
	covered, chance, parameters := 0, 0.0, 0.0
	for range experiments {
		var runs []*measure.Run
		for range draws {
			level := 1000 + 30*rng.NormFloat64()
			for range inner {
				run := &measure.Run{Months: make([]measure.Row, len(months.Months))}
				run.Months[11][measure.HotelPeople] = int64(math.Round(level + 20*rng.NormFloat64()))
				runs = append(runs, run)
			}
		}
		design := Design{Drawn: true, Unit: inner, Inner: inner}
		s := SampleOf(measure.HotelPeople, runs)
		s.Design = design
		values := s.Month(11)
		d := design.describe(values, 1)
		if half := HalfWidth(design.Units(len(values)), d.MCSE); math.Abs(d.Mean-1000) <= half {
			covered++
		}
		var split Split
		split.take(values, inner, 1)
		chance += split.Chance / experiments
		parameters += split.Parameters / experiments
	}
	if covered < 930 || covered > 970 {
		t.Errorf("the 95%% interval covers the truth in %d of %d experiments", covered, experiments)
	}
	// Standard deviations of the means over 1,000 experiments: 2.0 and 10.
	if math.Abs(chance-400) > 8 || math.Abs(parameters-900) > 40 {
		t.Errorf("variances of %.1f and %.1f, want 400 and 900", chance, parameters)
	}
}
