package asylum

import (
	"math"
	"slices"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/queue"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// The tests in the files rule_*_test.go state one rule each, on cases made by
// hand in a world to which nobody comes. Samples are of fixed keys, so that a
// test gives the same answer every time; limits are four standard errors or
// more.

// ruleWorld is a world of twelve years without people and without arrivals.
func ruleWorld(t testing.TB, change func(*policy.Rules)) *World {
	t.Helper()
	r := fixedRules()
	clear(r.Claims.PerYear[:])
	r.Claims.Scale[policy.SmallBoat] = 0
	r.Levels = policy.Levels{}
	change(&r)
	m := fixedModel(r, 12)
	w := NewWorld(m.Timeline)
	w.reset(m, random.NewSource(5, 0))
	w.workingDays = m.Timeline.WorkingDays(0)
	return w
}

// ruleCase is a case in a stage, without a place to live.
func ruleCase(key int, stage Stage, adults, children uint8) *Case {
	c := family(random.KeyOf(200, 0, uint32(key)), adults, children)
	c.Stage, c.Protected = stage, clock.Never
	return c
}

// housed gives a case a place in a hotel.
func housed(w *World, c *Case) *Case {
	c.Place = w.occupy(c, Hotel)
	return c
}

// watch keeps what is put into the calendar.
func watch(w *World) *[]event.Entry[Case] {
	seen := new([]event.Entry[Case])
	w.testOnlyObserve = func(scheduled bool, e event.Entry[Case]) {
		if scheduled {
			*seen = append(*seen, e)
		}
	}
	return seen
}

// runUntil lets whole days pass.
func runUntil(w *World, day clock.Day) {
	for ; w.day < day; w.day++ {
		w.runDay()
	}
}

// attemptOne attempts the enforced return of one case, for which there are a
// bed and seats, and returns it as it is in detention.
func attemptOne(w *World, c *Case) Case {
	w.removals.Reset()
	w.attempts = queue.Capacity{}
	w.returnOthers()
	w.join(w.removals, c, clock.NoDay)
	w.rules.Enforcement.Attempts = unit.PerYear(12.1 * float64(w.workingDays))
	seen := watch(w)
	w.enforceQueue()
	w.testOnlyObserve = nil
	return (*seen)[0].Record
}

// expectShare checks a number of successes against a probability.
func expectShare(t *testing.T, what string, hits, n int, p float64) {
	t.Helper()
	if se := math.Sqrt(p * (1 - p) / float64(n)); math.Abs(float64(hits)/float64(n)-p) > 4*se {
		t.Errorf("%s: %d of %d, want a share of %.4f within %.4f", what, hits, n, p, 4*se)
	}
}

// expectLaw checks a sample against a distribution function by the distance
// of Kolmogorov and Smirnov; 2.2 over the root of n is passed once in 10,000.
func expectLaw(t *testing.T, what string, sample []float64, cdf func(float64) float64) {
	t.Helper()
	slices.Sort(sample)
	n := float64(len(sample))
	worst, at := 0.0, 0.0
	for i, x := range sample {
		p := cdf(x)
		if d := max(p-float64(i)/n, float64(i+1)/n-p); d > worst {
			worst, at = d, x
		}
	}
	if worst*math.Sqrt(n) > 2.2 || n < 100 {
		t.Errorf("%s: %.0f values are %.4f away from the stated law at %.1f", what, n, worst, at)
	}
}

// expectIndependent checks that no two columns of outcomes are correlated.
func expectIndependent(t *testing.T, names []string, columns [][]float64) {
	t.Helper()
	for i := range columns {
		for j := range i {
			r := correlation(columns[i], columns[j])
			if !(math.Abs(r)*math.Sqrt(float64(len(columns[i]))) < 5) {
				t.Errorf("%s and %s are correlated: %.3f over %d cases", names[i], names[j], r, len(columns[i]))
			}
		}
	}
}

func correlation(a, b []float64) float64 {
	var sa, sb, saa, sbb, sab float64
	n := float64(len(a))
	for i := range a {
		sa, sb = sa+a[i], sb+b[i]
		saa, sbb, sab = saa+a[i]*a[i], sbb+b[i]*b[i], sab+a[i]*b[i]
	}
	return (sab - sa*sb/n) / math.Sqrt((saa-sa*sa/n)*(sbb-sb*sb/n))
}

func number(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// evenRules make every yes-or-no draw a toss of a coin.
func evenRules(r *policy.Rules) {
	mix := policy.ByNationality[unit.Share]{0.5, 0.5}
	r.Crossings.Nationality, r.Claims.Irregular, r.Claims.VisaHolder, r.Claims.InCountry = mix, mix, mix, mix
	for route := range r.Support.Need {
		r.Applicants.FamilyShare[route], r.Applicants.UASCShare[route], r.Support.Need[route] = 0.5, 0.5, 0.5
	}
	r.Applicants.ChildShare, r.Applicants.Dependants = 0.75, 2 // a second adult in half of families
	r.Decision.Administrative = 0.5
	r.Appeal.Lodged, r.Appeal.CessationShare, r.Appeal.Withdrawn, r.Appeal.CessationAllow = 0.5, 0.5, 0.5, 0.5
	r.Permit.SettlementShare, r.Permit.SettlementYears = 0.5, 0
	r.Enforcement.Success, r.Enforcement.LosesTrace = 0.5, 0.5
	r.Returns.AssistedShare, r.Returns.Reemergence, r.Returns.Unrecorded = 0.5, 0.5, 0.5
	r.Returns.LimboVoluntary, r.Returns.Absconding = 0.5, 0.5
	r.Support.SubsistenceOnly, r.Support.RefusedSingle, r.Support.RefusedFamily = 0.5, 0.5, 0.5
	for n := range groups {
		r.Decision.Grant[n], r.Appeal.Allowed[n], r.Permit.CessationRate[n] = 0.5, 0.5, math.Ln2/5
		r.Returns.Returnable[n], r.Returns.Voluntary[n] = 0.5, 0.5
	}
	r.Accommodation = policy.Accommodation{}
}

// TestDrawsOfACaseAreIndependent puts the same people through the functions
// that draw for a case on its way from the claim to settlement or return. Each
// yes-or-no outcome is an even chance, and no outcome says anything about
// another: no two purposes share a draw, and a second appeal, permit, stay or
// attempt meets new luck.
func TestDrawsOfACaseAreIndependent(t *testing.T) {
	even := ruleWorld(t, evenRules)
	without := func(change func(*policy.Rules)) *World {
		return ruleWorld(t, func(r *policy.Rules) {
			evenRules(r)
			change(r)
		})
	}
	neverWithdrawn := without(func(r *policy.Rules) { r.Decision.WithdrawalRate = 0 })
	noAdministrative := without(func(r *policy.Rules) { r.Decision.Administrative = 0 })
	allLodge := without(func(r *policy.Rules) { r.Appeal.Lodged = 1 })
	noneAllowed := without(func(r *policy.Rules) { clear(r.Appeal.Allowed[:]) })
	noneWithdrawn := without(func(r *policy.Rules) { r.Appeal.Withdrawn = 0 })
	allFamilies := without(func(r *policy.Rules) { r.Applicants.FamilyShare[policy.SmallBoat] = 1 })
	noFamilies := without(func(r *policy.Rules) { r.Applicants.FamilyShare[policy.SmallBoat] = 0 })
	allNeed := without(func(r *policy.Rules) { r.Support.Need[policy.SmallBoat] = 1 })
	noSuccess := without(func(r *policy.Rules) { r.Enforcement.Success = 0 })
	halfBarred := without(func(r *policy.Rules) { r.Enforcement.Success, r.Enforcement.LegalBarrier = 1, 0.5 })
	// In each of these, only one thing can end a stay or an absence.
	alone := func(change func(*policy.Rules)) *World {
		return without(func(r *policy.Rules) {
			clear(r.Returns.Voluntary[:])
			r.Returns.Absconding, r.Returns.Reemergence, r.Returns.Unrecorded = 0, 0, 0
			change(r)
		})
	}
	onlyVoluntary := alone(func(r *policy.Rules) {
		for n := range groups {
			r.Returns.Voluntary[n] = 0.5
		}
	})
	onlyLost := alone(func(r *policy.Rules) { r.Returns.Absconding = 0.5 })
	onlyFurther := alone(func(r *policy.Rules) { r.Appeal.Further, r.Appeal.FurtherMost = 0.5, 100 })
	onlyBack := alone(func(r *policy.Rules) { r.Returns.Reemergence = 0.5 })
	onlyGone := alone(func(r *policy.Rules) { r.Returns.Unrecorded = 0.5 })
	certifies := without(func(r *policy.Rules) {
		for n := range groups {
			r.Appeal.Certified[n] = 0.5
		}
	})
	goesOn := without(func(r *policy.Rules) {
		clear(r.Appeal.Allowed[:])
		r.Appeal.Withdrawn, r.Appeal.Onward = 0, 0.5
	})
	humanitarian := without(func(r *policy.Rules) {
		for n := range groups {
			r.Permit.Humanitarian[n] = 0.5
		}
	})
	tested := without(func(r *policy.Rules) { r.Permit.SettlementTests, r.Permit.SettlementShare = 0.5, 1 })

	attemptAt := func(w *World, attempts uint8, to Stage) func(c *Case) float64 {
		return func(c *Case) float64 {
			c.Stage, c.Attempts = Removable, attempts
			detained := attemptOne(w, c)
			w.handle(&detained)
			return number(detained.Stage == to)
		}
	}
	allowedAt := func(appeals uint8) func(c *Case) float64 {
		return func(c *Case) float64 {
			c.Stage, c.Appeals = Appealing, appeals
			noneWithdrawn.determine(c)
			return number(c.Stage == Permitted)
		}
	}
	withdrawnAt := func(appeals uint8) func(c *Case) float64 {
		w := without(func(r *policy.Rules) {
			for n := range groups {
				r.Appeal.Allowed[n] = 1
			}
		})
		return func(c *Case) float64 {
			c.Stage, c.Appeals = Appealing, appeals
			w.determine(c)
			return number(c.Stage != Permitted)
		}
	}
	lodgedAt := func(appeals uint8) func(c *Case) float64 {
		return func(c *Case) float64 {
			c.Stage, c.Appeals = Decidable, appeals
			even.refuse(c)
			return number(c.Next == LodgesAppeal)
		}
	}
	lodging := watch(allLodge)
	timeAt := func(appeals uint8) func(c *Case) float64 {
		return func(c *Case) float64 {
			c.Stage, c.Appeals = Decidable, appeals
			*lodging = (*lodging)[:0]
			allLodge.refuse(c)
			return float64((*lodging)[0].At)
		}
	}
	settlesAt := func(permits uint8) func(c *Case) float64 {
		return func(c *Case) float64 {
			c.Stage, c.Permits, c.Protected = Permitted, permits, 0
			even.now = 0
			even.expirePermit(c)
			return number(c.Stage == Settled)
		}
	}
	ceasesAt := func(permits uint8) func(c *Case) float64 {
		return func(c *Case) float64 {
			c.Stage, c.Permits, c.Protected = Reviewing, permits, 0
			even.review(c)
			return number(c.Flags.Has(Ceased))
		}
	}
	median := clock.Tick(0).After(math.Ln2 / 0.5 * unit.DaysPerYear) // at 0.5 a year
	leavesAt := func(w *World, appeals uint8) func(c *Case) float64 {
		return func(c *Case) float64 {
			c.Stage, c.Appeals = Removable, appeals
			at, _ := w.leaves(c)
			return number(at < median)
		}
	}
	absentAt := func(w *World, appeals uint8) func(c *Case) float64 {
		return func(c *Case) float64 {
			c.Stage, c.Appeals = Absconded, appeals
			at, _ := w.absenceEnds(c)
			return number(at < median)
		}
	}
	assistedAt := func(appeals uint8) func(c *Case) float64 {
		return func(c *Case) float64 {
			c.Stage, c.Appeals = Removable, appeals
			even.returnVoluntarily(c)
			return number(c.Stage == ReturnedAssisted)
		}
	}
	onwardAt := func(appeals uint8) func(c *Case) float64 {
		return func(c *Case) float64 {
			c.Stage, c.Appeals = Appealing, appeals
			goesOn.determine(c)
			return number(c.Stage == OnwardWindow)
		}
	}
	testedAt := func(permits uint8) func(c *Case) float64 {
		return func(c *Case) float64 {
			c.Stage, c.Permits, c.Protected = Permitted, permits, 0
			tested.expirePermit(c)
			return number(c.Stage == Settled)
		}
	}
	ending := watch(noneAllowed)
	keepsAt := func(appeals uint8) func(c *Case) float64 {
		return func(c *Case) float64 {
			c.Stage, c.Appeals = Appealing, appeals
			housed(noneAllowed, c)
			*ending = (*ending)[:0]
			noneAllowed.exhaust(c)
			ends := false
			for _, e := range *ending {
				ends = ends || e.Record.Next == SupportEnds
			}
			noneAllowed.endSupport(c)
			return number(!ends)
		}
	}
	preparing := watch(neverWithdrawn)
	medianPreparation := 135 / math.Sqrt(1.25) // of a log-normal law: mean over the root of 1 + cv^2

	// The people are single passengers, so that whether they claim is an
	// outcome like the others.
	var boat random.Key
	claiming := without(func(r *policy.Rules) { r.Crossings.PeopleSD, r.Crossings.ClaimShare = 0, 0.5 })

	outcomes := []struct {
		name string
		even bool
		of   func(c *Case) float64
	}{
		{"nationality", true, func(c *Case) float64 { n := drawnCase(even, c.Key, 0, 10); return float64(n.Nationality) }},
		{"family", true, func(c *Case) float64 {
			n := drawnCase(even, c.Key, 0, 10)
			return number(n.Adults > 0 && n.People() > 1)
		}},
		{"dependants", false, func(c *Case) float64 { n := drawnCase(allFamilies, c.Key, 0, 10); return float64(n.People()) }},
		{"second adult", true, func(c *Case) float64 { n := drawnCase(allFamilies, c.Key, 0, 10); return number(n.Adults == 2) }},
		{"unaccompanied", true, func(c *Case) float64 {
			n := drawnCase(noFamilies, c.Key, 0, 10)
			return number(n.Flags.Has(Unaccompanied))
		}},
		{"claims", true, func(*Case) float64 {
			before := claiming.row[measure.AsylumClaimsCases]
			claiming.land(boat, 0, 1)
			return float64(claiming.row[measure.AsylumClaimsCases] - before)
		}},
		{"preparation", true, func(c *Case) float64 {
			*preparing = (*preparing)[:0]
			neverWithdrawn.prepare(c)
			return number(float64((*preparing)[0].At) < medianPreparation*float64(clock.DayTicks))
		}},
		{"withdrawal", true, func(c *Case) float64 {
			// Half of a cumulative hazard of (0.3/1.5) t^1.5 by t = (5 ln 2)^(2/3) years.
			return number(even.withdrawalAt(c) < clock.Tick(0).After(unit.DaysPerYear*math.Pow(5*math.Ln2, 2.0/3)))
		}},
		{"administrative outcome", true, func(c *Case) float64 {
			c.Stage = Decidable
			even.decide(c)
			return number(c.Stage == AdminOutcome)
		}},
		{"grant", true, func(c *Case) float64 {
			c.Stage = Decidable
			noAdministrative.decide(c)
			return number(c.Stage == Permitted)
		}},
		{"appeal", true, lodgedAt(0)}, {"second appeal", true, lodgedAt(1)},
		{"time of appeal", false, timeAt(0)}, {"time of second appeal", false, timeAt(1)},
		{"appeal withdrawn", true, withdrawnAt(0)}, {"second appeal withdrawn", true, withdrawnAt(1)},
		{"appeal allowed", true, allowedAt(0)}, {"second appeal allowed", true, allowedAt(1)},
		{"settles", true, settlesAt(0)}, {"settles later", true, settlesAt(1)},
		{"ceases", true, ceasesAt(0)}, {"ceases later", true, ceasesAt(1)},
		{"returnable", true, func(c *Case) float64 {
			c.Stage = Appealing
			noneAllowed.exhaust(c)
			return number(c.Stage == Removable)
		}},
		{"voluntary return", true, leavesAt(onlyVoluntary, 0)}, {"voluntary return later", true, leavesAt(onlyVoluntary, 1)},
		{"loss of contact", true, leavesAt(onlyLost, 0)}, {"loss of contact later", true, leavesAt(onlyLost, 1)},
		{"further submission", true, leavesAt(onlyFurther, 0)}, {"further submission later", true, leavesAt(onlyFurther, 1)},
		{"back to notice", true, absentAt(onlyBack, 0)}, {"back to notice later", true, absentAt(onlyBack, 1)},
		{"unrecorded departure", true, absentAt(onlyGone, 0)}, {"unrecorded departure later", true, absentAt(onlyGone, 1)},
		{"assisted", true, assistedAt(0)}, {"assisted later", true, assistedAt(1)},
		{"enforced return", true, attemptAt(even, 0, ReturnedForce)}, {"enforced return later", true, attemptAt(even, 1, ReturnedForce)},
		{"trace lost", true, attemptAt(noSuccess, 0, Absconded)}, {"trace lost later", true, attemptAt(noSuccess, 1, Absconded)},
		{"legal barrier", true, attemptAt(halfBarred, 0, Removable)}, {"legal barrier later", true, attemptAt(halfBarred, 1, Removable)},
		{"onward appeal", true, onwardAt(0)}, {"second onward appeal", true, onwardAt(1)},
		{"meets the conditions", true, testedAt(0)}, {"meets the conditions later", true, testedAt(1)},
		{"certified", true, func(c *Case) float64 {
			c.Stage = Decidable
			certifies.refuse(c)
			return number(c.Stage != AppealWindow)
		}},
		{"humanitarian protection", true, func(c *Case) float64 {
			c.Stage = Decidable
			humanitarian.grant(c)
			return number(c.Flags.Has(Humanitarian))
		}},
		{"needs support", true, func(c *Case) float64 {
			even.startSupport(c)
			needs := c.Place != noPlace
			even.endSupport(c)
			return number(needs)
		}},
		{"subsistence only", true, func(c *Case) float64 {
			allNeed.startSupport(c)
			h := allNeed.places[c.Place].housing
			allNeed.endSupport(c)
			return number(h == SubsistenceOnly)
		}},
		{"keeps support", true, keepsAt(0)}, {"keeps support later", true, keepsAt(1)},
	}
	const n = 4000
	names, columns := make([]string, len(outcomes)), make([][]float64, len(outcomes))
	for i, o := range outcomes {
		names[i] = o.name
		yes := 0.0
		for key := range n {
			boat = routeKey(policy.SmallBoat, 1, key)
			c := ruleCase(key, Outside, 1, 0)
			c.Key = boat.Child(keyPassenger, 0)
			x := o.of(c)
			columns[i] = append(columns[i], x)
			yes += x
		}
		if o.even {
			expectShare(t, o.name, int(yes), n, 0.5)
		}
	}
	expectIndependent(t, names, columns)
}

// TestWhoIsOnABoat: whether a passenger claims has nothing to do with who they
// are, and the time of a boat nothing with its people.
func TestWhoIsOnABoat(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		evenRules(r)
		r.Decision.WithdrawalRate = 0
		r.Crossings.ClaimShare = 0.5
	})
	claims := watch(w)
	const boats = 400
	var size, hour []float64
	var all, claimed [4]int // cases; second group; families; unaccompanied
	for i := range boats {
		boat, before := routeKey(policy.SmallBoat, 0, i), w.row[measure.SmallBoatArrivalsPeople]
		*claims = (*claims)[:0]
		w.sail(boat, 0)
		people := int(w.row[measure.SmallBoatArrivalsPeople] - before)
		size, hour = append(size, float64(people)), append(hour, float64((*claims)[0].Record.Claimed))
		count := func(n *[4]int, c *Case) {
			n[0]++
			n[1] += int(c.Nationality)
			n[2] += int(number(c.Adults > 0 && c.People() > 1))
			n[3] += int(number(c.Flags.Has(Unaccompanied)))
		}
		for ordinal := uint32(0); people > 0; ordinal++ {
			c := drawnCase(w, boat.Child(keyPassenger, ordinal), policy.SmallBoat, people)
			people -= int(c.People())
			count(&all, &c)
		}
		for _, e := range *claims {
			count(&claimed, &e.Record)
		}
	}
	for i, what := range []string{"cases", "cases of the second group", "families", "unaccompanied children"} {
		expectShare(t, what+" that claim", claimed[i], all[i], 0.5)
	}
	expectIndependent(t, []string{"people", "hour"}, [][]float64{size, hour})
	mean := 0.0
	for i := range size {
		mean += size[i] / boats
	}
	if math.Abs(mean-62) > 4*15/math.Sqrt(boats) {
		t.Errorf("%.1f people on a boat, want 62", mean)
	}
}

// TestDrawsOfADayAreIndependent: whether boats come, how many, and how many
// more a policy adds, are draws of their own; and so it is for claims.
func TestDrawsOfADayAreIndependent(t *testing.T) {
	day := func(scale unit.Factor) *World {
		return ruleWorld(t, func(r *policy.Rules) {
			r.Claims.PerYear[0] = 3652.425 // ten a day
			for route := range r.Claims.Scale {
				r.Claims.Scale[route] = scale
			}
			r.Applicants = policy.Applicants{Dependants: 1}
			r.Crossings.PeopleGrowth, r.Crossings.ClaimShare = 0, 0.02
			r.Decision.WithdrawalRate, r.Decision.Hiring = 0, 0
			r.Decision.PreparationMean, r.Decision.PreparationCV = 30, 0 // within the run
			clear(r.Support.Need[:])
		})
	}
	worlds := [3]*World{day(1), day(1.5), day(0.5)} // as it is, all of the envelope, half
	var boats, claims, moreBoats, moreClaims, halfBoats, halfClaims []float64
	var hours, boatHours []float64
	var scheduled [3]*[]event.Entry[Case]
	for i, w := range worlds {
		scheduled[i] = watch(w)
	}
	thinned := scheduled[2]
	var people, landed [3]float64
	for range clock.Day(4000) {
		var n, m [3]float64
		for i, w := range worlds {
			*scheduled[i] = (*scheduled[i])[:0]
			row, before := w.row, *w.row
			runUntil(w, w.day+1)
			if w.row != row {
				before = measure.Row{}
			}
			n[i] = float64(w.row[measure.SmallBoats] - before[measure.SmallBoats])
			for _, e := range *scheduled[i] {
				m[i] += number(e.Record.Route != policy.SmallBoat)
			}
			people[i] += float64(w.row[measure.SmallBoatArrivalsPeople] - before[measure.SmallBoatArrivalsPeople])
			landed[i] += n[i]
		}
		if n[0] > 0 {
			boats, moreBoats = append(boats, n[0]), append(moreBoats, n[1]-n[0])
			halfBoats = append(halfBoats, n[2])
		}
		claims, moreClaims = append(claims, m[0]), append(moreClaims, m[1]-m[0])
		halfClaims = append(halfClaims, m[2])
		last := clock.Never
		for _, e := range *thinned {
			hour := float64(e.Record.Claimed)/float64(clock.DayTicks) - float64(e.Record.Claimed.Day())
			if e.Record.Route != policy.SmallBoat {
				hours = append(hours, hour)
			} else if e.Record.Claimed != last { // once for each boat
				boatHours = append(boatHours, hour)
				last = e.Record.Claimed
			}
		}
	}
	expectIndependent(t, []string{"boats", "more boats"}, [][]float64{boats, moreBoats})
	expectIndependent(t, []string{"claims", "more claims"}, [][]float64{claims, moreClaims})
	expectMean(t, "boats on a day with boats", boats, 4.8)
	expectMean(t, "boats that a policy adds", moreBoats, 2.4)
	expectMean(t, "half of the boats", halfBoats, 2.4)
	expectMean(t, "claims a day", claims, 10)
	expectMean(t, "claims that a policy adds", moreClaims, 5)
	expectMean(t, "half of the claims", halfClaims, 5)
	expectLaw(t, "hour of the boats that a policy leaves", boatHours, func(x float64) float64 { return x })
	expectLaw(t, "hour of the claims that a policy leaves", hours, func(x float64) float64 { return x })
	for i, what := range []string{"boats", "boats and those that a policy adds", "boats that a policy leaves"} {
		if mean := people[i] / landed[i]; math.Abs(mean-62) > 4*15/math.Sqrt(landed[i]) {
			t.Errorf("%s: %.2f people on each, want 62", what, mean)
		}
	}
}

// expectMean checks the mean of a sample by its own standard error.
func expectMean(t *testing.T, what string, sample []float64, want float64) {
	t.Helper()
	var s, ss float64
	n := float64(len(sample))
	for _, x := range sample {
		s, ss = s+x, ss+x*x
	}
	mean := s / n
	if se := math.Sqrt((ss/n - mean*mean) / n); !(math.Abs(mean-want) <= 4*se) {
		t.Errorf("%s: mean %.4f, want %.4f within %.4f", what, mean, want, 4*se)
	}
}
