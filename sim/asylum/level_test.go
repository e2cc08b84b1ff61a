package asylum

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// TestLevelIsStationary: over many quarters a mean-reverting level has the
// spread and the persistence of a first-order autoregression, and a factor whose
// median is 1.
func TestLevelIsStationary(t *testing.T) {
	const sd, perYear, quarters = 0.15, 0.6, 200000
	p := policy.Levels{}
	p.LastingSD[policy.BoatsDriver], p.Persistence[policy.BoatsDriver] = sd, perYear
	var l level
	s := random.NewSource(1, 0)
	logs := make([]float64, quarters)
	above := 0.0
	for q := range logs {
		l.next(s, &p, policy.BoatsDriver, q)
		logs[q] = l.now
		if l.now > 0 {
			above += 1.0 / quarters
		}
	}
	variance, covariance := 0.0, 0.0
	for q := 4; q < quarters; q++ {
		variance += logs[q] * logs[q] / quarters
		covariance += logs[q] * logs[q-4] / quarters
	}
	// Autocorrelation makes the effective number of quarters about a tenth.
	quarterly := math.Pow(perYear, 0.25)
	want := sd / math.Sqrt(1-quarterly*quarterly)
	if got := math.Sqrt(variance); math.Abs(got-want) > 4*want/math.Sqrt(2*quarters/10) {
		t.Errorf("standard deviation %.4f, want %.4f", got, want)
	}
	if got := covariance / variance; math.Abs(got-perYear) > 0.03 {
		t.Errorf("persistence over a year %.4f, want %v", got, perYear)
	}
	if math.Abs(above-0.5) > 0.02 {
		t.Errorf("%.3f of quarters are above the median, want half", above)
	}
}

// TestLevelPassingSurprisesPass: a surprise that passes is in its quarter and
// leaves no trace.
func TestLevelPassingSurprisesPass(t *testing.T) {
	p := policy.Levels{}
	p.PassingSD[policy.GrantsDriver], p.Persistence[policy.GrantsDriver] = 0.2, 1
	var l level
	varied := false
	for q := range 40 {
		l.next(random.NewSource(3, 0), &p, policy.GrantsDriver, q)
		if l.log != 0 {
			t.Fatalf("quarter %d: the level is %v, want it to stay at 0", q, l.log)
		}
		varied = varied || l.now != 0
	}
	if !varied {
		t.Error("no quarter has a surprise")
	}
}

// TestTrendIsDamped: without surprises a trend brings what the geometric series
// of its quarters sums to, worked out by hand for a quarter left after a year.
func TestTrendIsDamped(t *testing.T) {
	p := policy.Levels{}
	const d = policy.HearingsDriver
	p.Persistence[d], p.TrendPersistence[d] = 1, 0.25
	l := level{trend: 0.1}
	left := math.Pow(0.25, 0.25) // a quarter
	for q := range 4 {
		l.next(random.NewSource(1, 0), &p, d, q)
	}
	want := 0.1 * (1 - 0.25) / (1 - left)
	if math.Abs(l.log-want) > 1e-12 {
		t.Errorf("after a year the level is %v, want %v", l.log, want)
	}
	if math.Abs(l.trend-0.025) > 1e-12 {
		t.Errorf("after a year the trend is %v a quarter, want 0.025", l.trend)
	}
}

// TestDriversMoveWhatTheyName: a level that is held at twice the usual doubles
// its flow from the first day; at 148 times the odds of a grant, which are 1 to 9
// at the least, fewer than one in twenty are refused.
func TestDriversMoveWhatTheyName(t *testing.T) {
	still := fixedRules()
	still.Levels, still.Appeal.Further = policy.Levels{}, 0
	still.Returns.OtherEnforced, still.Returns.OtherVoluntary = 7000, 23000
	for d := range policy.NumDrivers {
		still.Levels.Persistence[d] = 1
	}
	base := simulate(t, fixedModel(still, 1), 4, 0)
	for _, c := range []struct {
		driver policy.Driver
		output measure.Output
		times  float64
		within float64
	}{
		{policy.BoatsDriver, measure.SmallBoats, 2, 0.15},
		{policy.VoluntaryReturnsDriver, measure.OtherReturnsVoluntaryPeople, 2, 0.03},
		{policy.EnforcedReturnsDriver, measure.OtherReturnsEnforcedPeople, 2, 0.05},
		{policy.HearingsDriver, measure.AppealsDeterminedCases, 2, 0.02},
	} {
		r := still
		r.Levels.Start[c.driver] = math.Ln2
		run := simulateFrom(t, fixedModel(still, 1), fixedModel(r, 1), 4)
		if got := float64(sum(run, c.output)) / float64(sum(base, c.output)); math.Abs(got-c.times) > c.within {
			t.Errorf("%v at twice the level: %.3f times the %v, want %v", c.driver, got, c.output.Define().Name, c.times)
		}
	}
	r := still
	r.Levels.Start[policy.GrantsDriver] = 5
	run := simulateFrom(t, fixedModel(still, 1), fixedModel(r, 1), 4)
	if refused, granted := sum(run, measure.RefusalsPeople), sum(run, measure.GrantsPeople); refused*20 > granted {
		t.Errorf("at 148 times the odds %d are refused and %d granted", refused, granted)
	}
	r = still
	r.Levels.Start[policy.DecisionsDriver] = -5
	run = simulateFrom(t, fixedModel(still, 1), fixedModel(r, 1), 4)
	if few, usual := sum(run, measure.InitialDecisionsCases), sum(base, measure.InitialDecisionsCases); few*50 > usual {
		t.Errorf("at a hundred-and-fiftieth of the pace %d decisions, of %d", few, usual)
	}
}

// TestShiftOdds: by hand, a half at three times the odds is three quarters.
func TestShiftOdds(t *testing.T) {
	for _, c := range []struct{ p, factor, want float64 }{{0.5, 3, 0.75}, {0.25, 1, 0.25}, {0, 5, 0}, {1, 5, 1}} {
		if got := shiftOdds(c.p, c.factor); math.Abs(got-c.want) > 1e-15 {
			t.Errorf("%v at %v times the odds is %v, want %v", c.p, c.factor, got, c.want)
		}
	}
}

// TestKnownArrivalsComeAsTheyCame: on days that are published already boats and
// people are those, whatever the rules; the level of boats does not move before
// they end, and what follows is drawn.
func TestKnownArrivalsComeAsTheyCame(t *testing.T) {
	r := fixedRules()
	o := *fixedOpening()
	o.Known = make([]BoatDay, 90) // January to March
	o.Known[0] = BoatDay{Boats: 3, People: 100}
	o.Known[40] = BoatDay{Boats: 1, People: 7}
	m := fixedModel(r, 1)
	var p Population
	source := random.NewSource(2, 0)
	if err := p.Draw(m, &o, source); err != nil {
		t.Fatal(err)
	}
	w := NewWorld(m.Timeline)
	run, err := w.Run(m, source, &p)
	if err != nil {
		t.Fatal(err)
	}
	for month, want := range [][3]int64{{100, 3, 1}, {7, 1, 1}, {0, 0, 0}} {
		row := &run.Months[month]
		if got := [3]int64{row[measure.SmallBoatArrivalsPeople], row[measure.SmallBoats], row[measure.DaysWithArrivals]}; got != want {
			t.Errorf("month %d: people, boats and days are %v, want %v", month, got, want)
		}
	}
	later := int64(0)
	for month := 3; month < 12; month++ {
		later += run.Months[month][measure.SmallBoats]
	}
	if later == 0 {
		t.Error("no boats after the days that are known")
	}
	if got := arrivedAlike(t, m, &o); !got {
		t.Error("the level of boats moved while arrivals were known")
	}
}

// arrivedAlike reports whether the level of boats is at its start until the
// known days are over.
func arrivedAlike(t *testing.T, m *Model, o *Opening) bool {
	var p Population
	source := random.NewSource(2, 0)
	if err := p.Draw(m, o, source); err != nil {
		t.Fatal(err)
	}
	w := NewWorld(m.Timeline)
	w.reset(m, source)
	w.open(&p)
	for w.day < clock.Day(len(o.Known)) {
		if w.levels[policy.BoatsDriver].log != 0 {
			return false
		}
		w.runDay()
		w.day++
	}
	w.runDay()
	return w.levels[policy.BoatsDriver].log != 0
}

// TestOtherAppealsEnterWithTheirAppeal: as many as the rate says, at the
// tribunal, by those whom it would have refused; the books balance.
func TestOtherAppealsEnterWithTheirAppeal(t *testing.T) {
	r := fixedRules()
	base := simulate(t, fixedModel(r, 1), 6, 0)
	r.Appeal.Other = 9000
	r.Decision.Grant = policy.ByNationality[unit.Probability]{1, 0, 1}
	m := fixedModel(r, 1)
	w, p := openedWorld(t, m, 6, 0)
	_ = p
	for ; w.day < m.Timeline.Days; w.day++ {
		w.runDay()
	}
	if n := float64(w.otherAppellants.cases); math.Abs(n-9000) > 4*math.Sqrt(9000) {
		t.Errorf("%.0f entered, want about 9,000", n)
	}
	run := simulateFrom(t, fixedModel(fixedRules(), 1), m, 6)
	if more := sum(run, measure.AppealsLodgedCases) - sum(base, measure.AppealsLodgedCases); more == 0 {
		t.Error("the tribunal received no more")
	}
	w.reset(m, random.NewSource(6, 0))
	for i := range uint32(200) {
		if n := w.refusedNationality(random.KeyOf(keyOtherAppeal, 1, i), policy.VisaHolder); n != 1 {
			t.Fatalf("appellant %d is of group %d, whose claims are always granted", i, n)
		}
	}
}
