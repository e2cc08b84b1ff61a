package backtest

import (
	"math"
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/score"
)

// sure is a forecast of one value, whose score is the distance from what came.
func sure(x float64) score.Ensemble { return score.NewEnsemble([]float64{x}) }

// made is a made-up forecast of a target, of the origin so many quarters after
// the first.
func made(t *Target, origin, horizon int, came float64, model score.Ensemble, naive ...score.Ensemble) Forecast {
	date := quartersAfter(First, origin)
	f := Forecast{
		Target: t, Origin: date, Opening: quartersAfter(date, -1), Horizon: horizon, Quarter: quartersAfter(date, horizon),
		KnownTo: quartersAfter(date, -1), Known: 9, Model: model, Came: came, Scored: true,
	}
	copy(f.Naive[:], naive)
	return f
}

// fourQuarters are four forecasts of claims, always 8, 10 and 12, of which 10,
// 13, 11.5 and 8.3 came; naive forecasts of 9, of the same quarter before, once
// without, and of 12.
func fourQuarters() *Report {
	claims := &Targets[1]
	model := score.NewEnsemble([]float64{8, 10, 12})
	r := &Report{Replications: 3, Seed: 1, Last: clock.MustDate("2023-03-31")}
	for i, came := range []float64{10, 13, 11.5, 8.3} {
		seasonal := sure(came)
		if i == 2 {
			seasonal = nil
		}
		r.Forecasts = append(r.Forecasts, made(claims, i, 1, came, model, sure(9), seasonal, sure(12)))
		r.Origins = append(r.Origins, OriginReport{Origin: quartersAfter(First, i), Opening: quartersAfter(First, i-1)})
	}
	return r
}

// TestSummaryByHand. Half the mean distance of 8, 10 and 12 is 8/9. The mean
// distances from what came are 12/9, 27/9, 16.5/9 and 17.1/9, so that the scores
// are 4, 19, 8.5 and 9.1 ninths. The central 50% are 9 to 11, 80% 8.4 to 11.6,
// 90% 8.2 to 11.8: one, two and three of the four. The last value is off by 1, 4,
// 2.5 and 0.7, the drift by 2, 1, 0.5 and 3.7; the seasonal one is right, but
// missing once. The gains over the drift are 14, -10, -4 and 24.2 ninths: off their
// mean of 6.05 by 7.95, -16.05, -10.05 and 18.15, squares 751.23, products of
// neighbours -148.7025. Other targets and horizons and what has not come do not count.
func TestSummaryByHand(t *testing.T) {
	r := fourQuarters()
	claims := &Targets[1]
	unscored := made(claims, 9, 1, 1000, sure(1), sure(1), sure(1), sure(1))
	unscored.Scored = false
	r.Forecasts = append(r.Forecasts, unscored, made(claims, 1, 2, 1000, sure(1)), made(&Targets[2], 1, 1, 1000, sure(1)))
	s := r.summary(claims, 1)
	if s.Target != claims || s.Horizon != 1 || s.N != 4 {
		t.Errorf("%d quarters of %s at %d, want 4 of claims at 1", s.N, s.Target.Name, s.Horizon)
	}
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"score", s.CRPS, 40.6 / 9 / 4},
		{"score of the last value", s.Naive[score.LastValue], 8.2 / 4},
		{"score of the drift", s.Naive[score.Drift], 7.2 / 4},
		{"skill", s.Skill, 1 - 40.6/9/7.2},
		{"standard error of the skill", s.SkillError, math.Sqrt((751.23-148.7025)/81/4/3) / 1.8},
		{"bias", s.Bias, (40 - 42.8) / 4},
		{"bias over what came", s.Relative, (40 - 42.8) / 42.8},
		{"PIT", s.PIT, (0.5 + 1 + 2.0/3 + 1.0/3) / 4},
		{"in 50%", s.Coverage[0], 0.25},
		{"in 80%", s.Coverage[1], 0.5},
		{"in 90%", s.Coverage[2], 0.75},
	} {
		if math.Abs(c.got-c.want) > 1e-12 {
			t.Errorf("%s is %v, want %v", c.what, c.got, c.want)
		}
	}
	if s.Best != score.Drift || !math.IsNaN(s.Naive[score.SeasonalNaive]) {
		t.Errorf("best is %v, the seasonal one has %v: want the drift, and none", s.Best, s.Naive[score.SeasonalNaive])
	}
}

// TestSummaryWithoutNaiveForecasts: there is nothing to have skill against.
func TestSummaryWithoutNaiveForecasts(t *testing.T) {
	claims := &Targets[1]
	r := &Report{Forecasts: []Forecast{made(claims, 0, 1, 10, sure(12)), made(claims, 1, 1, 10, sure(9), sure(10))}}
	s := r.summary(claims, 1)
	if s.N != 2 || s.CRPS != 1.5 || !math.IsNaN(s.Skill) {
		t.Errorf("%d quarters, score %v, skill %v: want 2, 1.5 and none", s.N, s.CRPS, s.Skill)
	}
	for n, x := range s.Naive {
		if !math.IsNaN(x) {
			t.Errorf("%v scores %v of quarters of which one has none", score.Naive(n), x)
		}
	}
	if text := s.Sentence(); !strings.Contains(text, "no naive forecast") || strings.Contains(text, "NaN") {
		t.Errorf("sentence %q", text)
	}
}

// TestSummariesAreInOrder: by target and then by horizon, those with something
// scored.
func TestSummariesAreInOrder(t *testing.T) {
	unscored := made(&Targets[0], 0, 4, 1, sure(1))
	unscored.Scored = false
	r := &Report{Forecasts: []Forecast{
		made(&Targets[3], 0, 8, 1, sure(1)), made(&Targets[3], 0, 2, 1, sure(1)), unscored,
		made(&Targets[0], 0, 2, 1, sure(1)), made(&Targets[0], 1, 2, 1, sure(1)),
	}}
	var got []string
	for _, s := range r.Summaries() {
		got = append(got, s.Target.Name+" "+InQuarters(s.Horizon))
	}
	want := Targets[0].Name + " 2 quarters, " + Targets[3].Name + " 2 quarters, " + Targets[3].Name + " 8 quarters"
	if text := strings.Join(got, ", "); text != want {
		t.Errorf("summaries are of %s, want %s", text, want)
	}
}

// TestCoverageThatIsAskedFor: from 80 to 97% of quarters in 90% intervals, both
// included; more is too much.
func TestCoverageThatIsAskedFor(t *testing.T) {
	for coverage, want := range map[float64]bool{0: false, 0.79: false, 0.8: true, 0.9: true, 0.97: true, 0.98: false, 1: false} {
		if got := (&Summary{Coverage: [3]float64{1, 1, coverage}}).Covers(); got != want {
			t.Errorf("a coverage of %v is enough: %v, want %v", coverage, got, want)
		}
	}
}

// atHorizon is forecasts at a horizon, so many and so many of them inside the
// intervals of the model, 0 to 100. A naive forecast, where there is one, is off
// by a distance, or for 0 the model's.
type atHorizon struct {
	horizon, n, inside int
	naive              float64
}

func (a atHorizon) forecasts(t *Target) []Forecast {
	values := make([]float64, 101)
	for i := range values {
		values[i] = float64(i)
	}
	model := score.NewEnsemble(values)
	var list []Forecast
	for i := range a.n {
		came := 50.0
		if i >= a.inside {
			came = 101
		}
		f := made(t, i, a.horizon, came, model)
		switch {
		case a.naive > 0:
			f.Naive[score.LastValue] = sure(came + a.naive)
		case a.naive == 0:
			f.Naive[score.LastValue] = model
		}
		list = append(list, f)
	}
	return list
}

// TestSupportedHorizons: up to the first that fails: too few quarters, a naive
// forecast with a better score or none at all, intervals that hold too few or
// too many.
func TestSupportedHorizons(t *testing.T) {
	const worse, alike, none = 1000, 0, -1
	good := func(h int) atHorizon { return atHorizon{h, 10, 9, worse} }
	for _, c := range []struct {
		what string
		at   []atHorizon
		want int
	}{
		{"nothing scored", nil, 0},
		{"all good", []atHorizon{good(1), good(2), good(4), good(8)}, 8},
		{"good at one quarter", []atHorizon{good(1)}, 1},
		{"good up to a year, then not scored", []atHorizon{good(1), good(2), good(4)}, 4},
		{"the first fails", []atHorizon{{1, 10, 9, 0.001}, good(2), good(4), good(8)}, 0},
		{"the third fails", []atHorizon{good(1), good(2), {4, 10, 9, 0.001}, good(8)}, 2},
		{"as good as the naive forecast", []atHorizon{{1, 10, 9, alike}, {2, 10, 9, alike}}, 2},
		{"no naive forecast", []atHorizon{{1, 10, 9, none}}, 0},
		{"seven quarters", []atHorizon{{1, 7, 6, worse}}, 0},
		{"eight quarters", []atHorizon{{1, 8, 7, worse}}, 1},
		{"four of five inside", []atHorizon{{1, 10, 8, worse}}, 1},
		{"fewer inside", []atHorizon{{1, 10, 7, worse}}, 0},
		{"all inside", []atHorizon{{1, 10, 10, worse}}, 0},
		{"all but one of 40 inside", []atHorizon{{1, 40, 39, worse}}, 0}, // 97.5%
		{"all but two of 50 inside", []atHorizon{{1, 50, 48, worse}}, 1},
	} {
		target := &Targets[4]
		r := &Report{Forecasts: others(&Targets[5])}
		for _, a := range c.at {
			r.Forecasts = append(r.Forecasts, a.forecasts(target)...)
		}
		if got := r.Supported(target); got != c.want {
			t.Errorf("%s: supported to %d quarters, want %d", c.what, got, c.want)
		}
	}
}

// others is forecasts of another target, which do not count.
func others(t *Target) []Forecast { return atHorizon{1, 10, 9, 1000}.forecasts(t) }

// TestFindings: of three outputs scored at two quarters one is better than the
// naive forecast and two have the coverage that is asked for; at four quarters
// one is scored, as good as the naive one and without coverage. How far each is
// supported follows, in the order of the targets; others are not spoken of.
func TestFindings(t *testing.T) {
	r := &Report{}
	for target, list := range map[int][]atHorizon{
		0: {{1, 10, 9, 1000}, {2, 10, 9, 1000}, {4, 10, 10, 0}},
		1: {{1, 10, 9, 1000}, {2, 10, 9, 0.001}},
		2: {{2, 10, 3, 0.001}},
	} {
		for _, a := range list {
			r.Forecasts = append(r.Forecasts, a.forecasts(&Targets[target])...)
		}
	}
	got := r.Findings()
	want := []string{
		"At 2 quarters the model scores better than the best naive forecast on 1 of 3 outputs, and its 90% intervals hold 80 to 97% of quarters on 2.",
		"At 4 quarters the model scores better than the best naive forecast on 0 of 1 outputs, and its 90% intervals hold 80 to 97% of quarters on 0.",
		Targets[0].Name + ": supported to 2 quarters",
		Targets[1].Name + ": supported to 1 quarter",
		Targets[2].Name + ": no horizon is supported by the scores.",
	}
	if len(got) != len(want) {
		t.Fatalf("findings are %q", got)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("finding %q, want %q", got[i], want[i])
		}
	}
}
