package asylum

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// respondingRules is fixedRules with everybody aware and answering at once,
// and no part of the package that matters.
func respondingRules() policy.Rules {
	r := fixedRules()
	r.Response.Switch = 1
	r.Response.Saturation = 2
	r.Response.Awareness = policy.ByRoute[unit.Share]{1, 1, 1, 1}
	return r
}

// datedModel compiles rules that change on dates.
func datedModel(years int, from policy.Rules, changes ...any) *Model {
	regime := &policy.Regime{Name: "test", Starts: []clock.Date{0}, Epochs: []policy.Rules{from}}
	for i := 0; i < len(changes); i += 2 {
		regime.Starts = append(regime.Starts, clock.MustDate(changes[i].(string)))
		regime.Epochs = append(regime.Epochs, changes[i+1].(policy.Rules))
	}
	return Compile(regime, clock.NewTimeline(clock.MustDate("2025-12-31"), years), groups)
}

// respond brings the response of a world up to date as on a first of a month.
func (w *World) respond(day clock.Day) {
	w.day, w.month = day, w.model.Timeline.Month(day)
	w.enterEpoch()
	w.startResponseMonth()
}

func freshWorld(m *Model) *World {
	w := NewWorld(m.Timeline)
	w.reset(m, random.NewSource(1, 0))
	return w
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Errorf("%s is %.12g, want %.12g", what, got, want)
	}
}

// TestPartsOfThePackage moves one part at a time and compares with the
// response worked out by hand.
func TestPartsOfThePackage(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(now, reference *policy.Rules)
		want   float64 // for small boats
	}{
		{"nothing", func(now, _ *policy.Rules) {}, 0},
		// Half of the mix loses 20 points: the mean falls by 0.1.
		{"protection", func(now, _ *policy.Rules) { now.Response.Protection, now.Decision.Grant[0] = 2, 0.5 }, -0.2},
		{"permit length", func(now, _ *policy.Rules) { now.Response.PermitLength, now.Permit.Length = 0.1, 30 }, -0.0693147180559945},
		{"no permits", func(now, _ *policy.Rules) { now.Response.PermitLength, now.Permit.Length = 0.1, 0 }, -0.409434456222210},
		{"settlement", func(now, _ *policy.Rules) { now.Response.Settlement, now.Permit.SettlementYears = -0.01, 20 }, -0.15},
		{"never settled", func(now, _ *policy.Rules) { now.Response.Settlement, now.Permit.SettlementYears = -0.01, 100 }, -0.25},
		{"family reunion", func(now, before *policy.Rules) { now.Response.FamilyReunion, before.Family.Eligible = 0.1, 0.8 }, -0.08},
		{"support", func(now, _ *policy.Rules) { now.Response.Support, now.Support.Need[policy.SmallBoat] = 0.5, 0.5 }, -0.2},
		{"support of others", func(now, _ *policy.Rules) { now.Response.Support, now.Support.Need[policy.VisaHolder] = 0.5, 0 }, 0},
		// A quarter of those in need would be refused: 0.9 x 0.25 fewer.
		{"conditions on support", func(now, _ *policy.Rules) { now.Response.Support, now.Support.Declined = 0.5, 0.25 }, -0.1125},
		{"work", func(now, _ *policy.Rules) { now.Response.Work, now.Response.WorkAllowed = 0.05, 1 }, 0.05},
		{"payment", func(now, _ *policy.Rules) {
			now.Response.Payment, now.Offer.AtRefusal, now.Offer.PerPerson = 0.01, 1, 9999
		}, 0.0921034037197618},
		{"payment never offered", func(now, _ *policy.Rules) { now.Response.Payment, now.Offer.PerPerson = 0.01, 9999 }, 0},
		{"two parts", func(now, _ *policy.Rules) {
			now.Response.Work, now.Response.WorkAllowed = 0.05, 1
			now.Response.Settlement, now.Permit.SettlementYears = -0.01, 20
		}, -0.10},
	} {
		now, reference := respondingRules(), respondingRules()
		c.change(&now, &reference)
		m := fixedModel(now, 1).Against(&reference)
		near(t, c.name, m.attraction.epochs[0].parts[policy.SmallBoat], c.want)
		w := freshWorld(m)
		w.respond(0)
		near(t, c.name+": scale", w.scale(policy.SmallBoat), math.Round(math.Exp(c.want)*1e12)/1e12)
	}
	r := respondingRules()
	r.Response.Awareness[policy.SmallBoat], r.Response.Saturation = 0.4, 0.15
	e := fixedModel(r, 1).epochs[0]
	near(t, "a saturated fall", e.lean(-0.2, policy.SmallBoat), -0.06)
	near(t, "a saturated rise", e.lean(9, policy.SmallBoat), 0.06)
	near(t, "a change below saturation", e.lean(-0.1, policy.SmallBoat), -0.04)
}

func TestResponseOffChangesNothing(t *testing.T) {
	base := fixedModel(fixedRules(), 2)
	want := simulate(t, base, 6, 0)
	set := func(r *policy.Rules) {
		r.Response.Protection, r.Response.Removal, r.Response.Settlement = 2, -3, -0.05
		r.Response.Displacement, r.Response.Anticipation, r.Response.AnticipateDays = 0.5, 0.2, 60
		r.Response.Awareness, r.Response.Saturation = policy.ByRoute[unit.Share]{1, 1, 1, 1}, 2
		r.Response.Sensitivity = policy.ByNationality[unit.Factor]{2, 0.5, 1}
	}
	off := fixedRules()
	set(&off)
	milder := off
	milder.Decision.Grant[0] = 0.9
	if got := simulateFrom(t, base, fixedModel(off, 2).Against(&milder), 6); !reflect.DeepEqual(got, want) {
		t.Error("a response that is switched off changes the run")
	}
	on := off
	on.Response.Switch, on.Response.Removal = 1, 0
	if got := simulateFrom(t, base, fixedModel(on, 2), 6); !reflect.DeepEqual(got, want) {
		t.Error("the package of the reference itself changes the run")
	}
	if got := simulateFrom(t, base, fixedModel(on, 2).Against(&milder), 6); reflect.DeepEqual(got, want) {
		t.Error("a harsher package changes nothing")
	}
}

// TestResponseIsNested: fewer come of the same boats and claims, month by
// month, or the same and others.
func TestResponseIsNested(t *testing.T) {
	run := func(settlement float64) *measure.Run {
		r := respondingRules()
		r.Response.Settlement, r.Permit.SettlementYears = settlement, 20
		reference := fixedRules()
		return simulateFrom(t, fixedModel(fixedRules(), 2), fixedModel(r, 2).Against(&reference), 8)
	}
	fewer, base, more := run(-0.02), run(0), run(0.02)
	for month := range base.Months {
		for _, o := range []measure.Output{measure.SmallBoats, measure.SmallBoatArrivalsPeople, measure.AsylumClaimsCases} {
			if f, b, m := fewer.Months[month][o], base.Months[month][o], more.Months[month][o]; f > b || b > m {
				t.Fatalf("month %d: %v is %d, %d and %d", month, o, f, b, m)
			}
		}
	}
	got := float64(sum(fewer, measure.AsylumClaimsCases)) / float64(sum(base, measure.AsylumClaimsCases))
	// About 170,000 claims, thinned independently but for boats of about 60.
	if want := math.Exp(-0.3); math.Abs(got-want) > 0.02 {
		t.Errorf("claims fall to %.4f of the base, want %.4f", got, want)
	}
}

// TestResponseLags changes the rules in the middle of a month: the change is
// answered from that day, not from the first of the month before or after.
func TestResponseLags(t *testing.T) {
	before := respondingRules()
	before.Response.Lag, before.Response.Settlement = 90, -0.02
	after := before
	after.Permit.SettlementYears = 20
	m := datedModel(2, before, "2026-02-15", after)
	w := freshWorld(m)
	day := func(date string) clock.Day { return m.Timeline.DayOf(clock.MustDate(date)) }
	for _, c := range []struct {
		date string
		days float64
	}{{"2026-01-01", 0}, {"2026-02-01", 0}, {"2026-03-01", 14}, {"2026-04-01", 45}, {"2026-12-01", 289}} {
		w.respond(day(c.date))
		near(t, c.date, w.responses.log[policy.SmallBoat], -0.3*(1-math.Exp(-c.days/90)))
	}
	// Rules from before the run are answered from its first day.
	reference := before
	w = freshWorld(fixedModel(after, 1).Against(&reference))
	w.respond(0)
	near(t, "the first day", w.scale(policy.VisaHolder), 1)
	w.respond(31)
	near(t, "after a month", w.responses.log[policy.VisaHolder], -0.3*(1-math.Exp(-31.0/90)))
}

// TestRemovalShare counts removals of those who came in the last 12 months.
func TestRemovalShare(t *testing.T) {
	r := respondingRules()
	r.Response.Removal = -1
	w := freshWorld(fixedModel(r, 2))
	first := func(month int) clock.Day {
		return w.model.Timeline.DayOf(clock.MustDate("2026-01-01").AddMonths(month))
	}
	w.respond(0)
	w.countEntry(policy.SmallBoat, 100)
	removed := Case{Cohort: 0, Adults: 2, Route: policy.SmallBoat}
	w.countRemoval(&removed)
	w.countRemoval(&Case{Cohort: -1, Adults: 1, Route: policy.SmallBoat})
	near(t, "the share so far", w.scale(policy.SmallBoat), 1)
	for month := 1; month <= 14; month++ {
		w.respond(first(month))
		want := 0.02
		switch {
		case month > 12:
			want = 0 // nobody came in the last 12 months
		case month > 3:
			want = 0.01 // 400 came, 4 were removed
		}
		near(t, "log change", w.responses.log[policy.SmallBoat], -want)
		near(t, "log change of another route", w.responses.log[policy.OtherIrregular], 0)
		if month == 3 {
			w.countEntry(policy.SmallBoat, 300)
			w.countRemoval(&removed)
		}
		if month == 12 {
			w.responses.entered = [12][policy.NumRoutes]unit.People{}
			w.countRemoval(&removed) // too late to count
		}
	}
}

// TestOnlyRemovalsWithinAYearCount: 100 people come in every month. The removal
// of two who came in the first month counts up to the twelfth; in the thirteenth
// their month has given way to the present one, of whose people nobody is gone.
func TestOnlyRemovalsWithinAYearCount(t *testing.T) {
	for month, want := range map[int]float64{5: 2.0 / 600, 11: 2.0 / 1200, 12: 0, 13: 0} {
		r := respondingRules()
		r.Response.Removal = -1
		w := freshWorld(fixedModel(r, 2))
		first := func(month int) clock.Day {
			return w.model.Timeline.DayOf(clock.MustDate("2026-01-01").AddMonths(month))
		}
		for now := range month + 1 {
			w.respond(first(now))
			w.countEntry(policy.SmallBoat, 100)
		}
		w.countRemoval(&Case{Cohort: 0, Adults: 2, Route: policy.SmallBoat})
		w.respond(first(month + 1))
		near(t, "log change", w.responses.target[policy.SmallBoat], -want)
	}
}

func TestDisplacementKeepsPeople(t *testing.T) {
	r := respondingRules()
	r.Response.Support, r.Response.Displacement = 0.5, 0.3
	reference := r
	for _, need := range []unit.Probability{0.2, 1} {
		r.Support.Need[policy.SmallBoat] = need
		w := freshWorld(fixedModel(r, 1).Against(&reference))
		w.respond(0)
		boatPeople := w.model.attraction.epochs[0].boats * 62
		others := 8600*(1+0.15*2.2) + (29600+7800)*(1+0.16*2.2)
		gone := boatPeople * (1 - math.Exp(0.5*float64(need-0.9)))
		for _, route := range policy.OtherRoutes {
			if got, want := w.scale(route), 1+0.3*gone/others; math.Abs(got-want) > 1e-9 {
				t.Errorf("need %v: %v is scaled by %.9f, want %.9f", need, route, got, want)
			}
		}
	}
}

func TestSafeRoutesAndFamiliesActOnBoats(t *testing.T) {
	r := respondingRules()
	r.Response.SafeRoutes, r.Response.FamilyByBoat = 0.2, 0.1
	reference := r
	reference.SafeRoute.Places, reference.Family.Eligible = 1000, 0.8
	r.SafeRoute.Places = 11000
	w := freshWorld(fixedModel(r, 2).Against(&reference))
	w.respond(0)
	boatPeople := w.model.attraction.epochs[0].boats * 62
	near(t, "with 10,000 places more", w.scale(policy.SmallBoat), math.Round((1-2000/boatPeople)*1e12)/1e12)
	// 500 people barred in a month are 6,000 a year.
	w.countBarredFamily(500)
	w.respond(31)
	boatPeople = w.model.attraction.epochs[0].boats * w.crossings.people
	near(t, "with families barred", w.scale(policy.SmallBoat), math.Round((1-(2000-600)/boatPeople)*1e12)/1e12)
	r.SafeRoute.Places = 1e6
	w = freshWorld(fixedModel(r, 1).Against(&reference))
	w.respond(0)
	near(t, "with places for everybody", w.scale(policy.SmallBoat), 0)
}

// TestBoatsPerYear compares the expected number with long runs.
func TestBoatsPerYear(t *testing.T) {
	r := fixedRules()
	r.Levels, r.Crossings.ClaimShare = policy.Levels{}, 0
	for month := range 12 {
		r.Crossings.DayLogOdds[month] = -0.6 + 0.8*math.Sin(float64(month))
		r.Crossings.BoatsSeason[month] = unit.Factor(1 + 0.5*math.Cos(float64(month)))
	}
	r.Claims.PerYear = [3]unit.PerYear{}
	m := fixedModel(r, 30)
	var years []float64
	for replication := range 4 {
		w := freshWorld(m)
		w.source = random.NewSource(12, replication)
		for w.day = 0; w.day < m.Timeline.Days; w.day++ {
			w.startDay(m.Timeline)
			w.arriveByBoat(w.day, w.calendarMonth(m.Timeline))
		}
		for month := 0; month < len(w.run.Months); month += 12 {
			boats := 0.0
			for i := range 12 {
				boats += float64(w.run.Months[month+i][measure.SmallBoats])
			}
			years = append(years, boats)
		}
	}
	mean, se := meanAndError(years)
	if want := m.attraction.epochs[0].boats; math.Abs(mean-want) > 4*se+0.1 {
		t.Errorf("%.1f boats a year (standard error %.1f), expected %.1f", mean, se, want)
	}
}

func meanAndError(x []float64) (mean, se float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		se += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(se / float64(len(x)-1) / float64(len(x)))
}

// TestRushBeforeAChange: arrivals rise in the days before a harsher package,
// fall before a milder one, and only then.
func TestRushBeforeAChange(t *testing.T) {
	before := respondingRules()
	before.Response.Settlement, before.Response.Anticipation, before.Response.AnticipateDays = -0.02, 0.1, 40
	before.Response.Awareness[policy.VisaHolder] = 0.5
	harsher, milder := before, before
	harsher.Permit.SettlementYears, milder.Permit.SettlementYears = 15, 2
	for _, c := range []struct {
		after policy.Rules
		sign  float64
	}{{harsher, 1}, {milder, -1}} {
		other := before
		other.Decision.Caseworkers++ // a change that nobody answers to
		m := datedModel(1, before, "2026-02-20", other, "2026-04-15", c.after)
		w := freshWorld(m)
		for day := clock.Day(0); day < 150; day++ {
			if w.day = day; day == 0 || m.Timeline.Month(day) != w.month {
				w.respond(day)
			}
			w.enterEpoch()
			date := m.Timeline.Date(day)
			want := 0.0
			if date >= clock.MustDate("2026-04-15")-40 && date < clock.MustDate("2026-04-15") {
				want = 0.1 * c.sign
			}
			if date >= clock.MustDate("2026-05-01") {
				want = -0.02 * float64(c.after.Permit.SettlementYears-5)
			}
			if got := math.Log(w.scale(policy.SmallBoat)); math.Abs(got-want) > 1e-6 {
				t.Fatalf("%v: log change %.6f, want %.6f", date, got, want)
			}
			if got := math.Log(w.scale(policy.VisaHolder)); math.Abs(got-want/2) > 1e-6 {
				t.Fatalf("%v: log change of visa holders %.6f, want %.6f", date, got, want/2)
			}
		}
	}
}

// TestResponseDatedLaterChangesNothingBefore: without a rush, arrivals before
// the date are those of the base.
func TestResponseDatedLaterChangesNothingBefore(t *testing.T) {
	before := respondingRules()
	before.Response.Settlement, before.Response.Lag, before.Response.Displacement = -0.02, 60, 0.2
	after := before
	after.Permit.SettlementYears = 20
	base := fixedModel(before, 2)
	with, without := simulateFrom(t, base, datedModel(2, before, "2026-10-01", after), 9), simulate(t, base, 9, 0)
	for month := range 9 {
		if with.Months[month] != without.Months[month] {
			t.Fatalf("month %d differs before the date", month)
		}
	}
	if with.Months[20][measure.SmallBoats] >= without.Months[20][measure.SmallBoats] {
		t.Error("a year later as many boats come")
	}
}

func TestNationalitiesAnswerDifferently(t *testing.T) {
	r := respondingRules()
	r.Response.Settlement, r.Permit.SettlementYears = -0.02, 20
	reference := fixedRules()
	r.Response.Sensitivity = policy.ByNationality[unit.Factor]{2, 1, 0}
	w := freshWorld(fixedModel(r, 1).Against(&reference))
	w.respond(0)
	// log change -0.3: weights exp(-0.3), 1 and exp(0.3) on 0.5, 0.3 and 0.2.
	a, b, c := 0.5*math.Exp(-0.3), 0.3, 0.2*math.Exp(0.3)
	mix := w.responses.shares[policy.SmallBoat]
	near(t, "the first share", mix[0], a/(a+b+c))
	near(t, "the first two shares", mix[1], (a+b)/(a+b+c))
	near(t, "all shares", mix[2], 1)
	if got := w.pickNationality(policy.SmallBoat, (a/(a+b+c)+0.5)/2); got != 1 {
		t.Errorf("a claim that was of group 0 is of group %d, want 1", got)
	}
	// Alike or switched off, the mix of the rules is used as it is.
	for _, change := range []func(){
		func() { r.Response.Sensitivity = policy.ByNationality[unit.Factor]{3, 3, 3} },
		func() {
			r.Response.Sensitivity = policy.ByNationality[unit.Factor]{2, 1, 0}
			r.Response.Switch = 0
		},
	} {
		change()
		w = freshWorld(fixedModel(r, 1).Against(&reference))
		if w.respond(0); w.responses.mixed {
			t.Error("the mix of nationalities is weighted without need")
		}
	}
}

// TestEnvelopeFault asks for more arrivals than can be drawn.
func TestEnvelopeFault(t *testing.T) {
	r := respondingRules()
	r.Response.Work, r.Response.WorkAllowed = 0.5, 1
	reference := fixedRules()
	w := freshWorld(fixedModel(r, 1).Against(&reference))
	w.respond(31)
	if err := w.responseFault(); err != nil {
		t.Errorf("before any arrival: %v", err)
	}
	w.scale(policy.OtherIrregular)
	err := w.responseFault()
	if err == nil {
		t.Fatal("arrivals 1.65 times the base fit an envelope of 1.5")
	}
	for _, part := range []string{"other_irregular", "1.649", "2026-02-28", "arrival_envelope = 1.5", "raise"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the message %q does not say %q", err, part)
		}
	}
}

// TestWaitingIsComparedWithTheUsual: with 40,000 cases waiting and 10,000
// decided a month the expected wait is four months, twice the usual one, so an
// elasticity of -0.1 takes 0.1 ln 2 off. Before a month has passed nothing is
// known.
func TestWaitingIsComparedWithTheUsual(t *testing.T) {
	r := respondingRules()
	r.Response.Waiting, r.Response.WaitingUsual = -0.1, unit.Days(2*unit.DaysPerYear/12)
	w := freshWorld(fixedModel(r, 2))
	w.respond(0)
	near(t, "at the start", w.responses.target[policy.SmallBoat], 0)
	for month := range w.run.Months {
		w.run.Months[month][measure.AwaitingInitialDecisionCases] = 40_000
		w.run.Months[month][measure.InitialDecisionsCases] = 10_000
	}
	w.respond(31)
	near(t, "after a month", w.responses.target[policy.SmallBoat], -0.1*math.Ln2)
	w.run.Months[0][measure.InitialDecisionsCases] = 1 // long ago by then
	w.respond(410)
	near(t, "by the last twelve months", w.responses.target[policy.SmallBoat], -0.1*math.Ln2)
}
