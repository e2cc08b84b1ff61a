package asylum

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// joint counts the people of a population as the opening table does.
func joint(p *Population) (table [homeRows * homeColumns]int64) {
	for row := range homeRows {
		for _, r := range p.pool[p.homes[row]:p.homes[row+1]] {
			column := withoutSupport
			if h := p.housing[r.stock()][r.index()]; h != unhoused {
				column = int(h)
			}
			table[row*homeColumns+column] += int64(p.at(r).People())
		}
	}
	return table
}

// TestOpeningTableInTwentyReplications: in every replication the published
// people of each kind of housing and the people of each stage are met exactly,
// and every cell is the fitted one but for rounding and for families moving
// whole: a cell may lack less than a family, and make up for what the cell
// before lacked.
func TestOpeningTableInTwentyReplications(t *testing.T) {
	m, o := fixedModel(fixedRules(), 1), fixedOpening()
	o.DetainedCases, o.AbscondedCases = 400, 7000
	var p Population
	for replication := range 20 {
		if err := p.Draw(m, o, random.NewSource(17, replication)); err != nil {
			t.Fatal(err)
		}
		var housed [NumHousing]unit.People
		var people [numOpeningStocks]unit.People
		for stock := range numOpeningStocks {
			for i := range p.stocks[stock] {
				c := &p.stocks[stock][i]
				people[stock] += c.People()
				h := p.housing[stock][i]
				if h == unhoused {
					continue
				}
				housed[h] += c.People()
				switch {
				case Housing(h) == LargeSite && !c.SingleAdult():
					t.Fatalf("replication %d: a family on a large site", replication)
				case c.Flags.Has(Unaccompanied):
					t.Fatalf("replication %d: an unaccompanied child in %v", replication, Housing(h))
				case stock == openRefused && p.whereabouts[i] != inContact:
					t.Fatalf("replication %d: somebody detained or out of contact in %v", replication, Housing(h))
				case stock == openPermits && c.Claimed.Day() < -56:
					t.Fatalf("replication %d: supported %d days after a grant", replication, -c.Claimed.Day())
				}
			}
		}
		if housed != o.Supported {
			t.Errorf("replication %d: people by housing are %v, published %v", replication, housed, o.Supported)
		}
		want := [numOpeningStocks]unit.People{openAwaiting: o.AwaitingPeople, openAppeals: o.AppealPeople, openRefused: o.RefusedPeople, openPermits: o.PermitPeople}
		if people != want {
			t.Errorf("replication %d: people by stage are %v, want %v", replication, people, want)
		}
		for cell, n := range joint(&p) {
			if cell%homeColumns == withoutSupport {
				continue // what the other columns leave of the row
			}
			if gap := math.Abs(float64(n) - p.table.fitted[cell]); gap > 1+maxCasePeople-1 {
				t.Errorf("replication %d: %d %s in %s, fitted %.1f", replication, n,
					homeRowName(cell/homeColumns), homeName(cell%homeColumns), p.table.fitted[cell])
			}
		}
	}
}

// TestOpeningTableHasTheOddsOfItsSeed: with half of families' and a quarter of
// decided cases' weight, cases with children have twice the odds of dispersal
// rather than a hotel, decided cases 4/3 of the odds, initial accommodation
// rather than a hotel none of either, and the odds of support are those of the
// need between any two rows.
func TestOpeningTableHasTheOddsOfItsSeed(t *testing.T) {
	r := fixedRules()
	r.Opening.FamilyDispersal, r.Opening.DecidedDispersal = 0.5, 0.25
	var p Population
	if err := p.Draw(fixedModel(r, 1), fixedOpening(), random.NewSource(5, 0)); err != nil {
		t.Fatal(err)
	}
	fitted := func(stock openingStock, family familyType, column int) float64 {
		return p.table.fitted[homeRow(stock, family)*homeColumns+column]
	}
	expect := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-5*want {
			t.Errorf("%s: odds ratio %.6f, want %.6f", what, got, want)
		}
	}
	for _, stock := range []openingStock{openRefused, openAppeals, openAwaiting, openPermits} {
		for _, family := range []familyType{withChildren, adultsOnly, singleAdult} {
			odds := func(column int) float64 {
				return fitted(stock, family, column) / fitted(stock, family, int(Hotel)) /
					(fitted(openAwaiting, singleAdult, column) / fitted(openAwaiting, singleAdult, int(Hotel)))
			}
			want := 1.0
			if family == withChildren {
				want = 2
			}
			if stock != openAwaiting {
				want *= 4.0 / 3
			}
			row := homeRow(stock, family)
			expect("dispersal, "+homeRowName(row), odds(int(Dispersal)), want)
			expect("initial accommodation, "+homeRowName(row), odds(int(InitialAccommodation)), 1)
		}
	}
	// Rows alike in where they live: odds of a hotel rather than no support are
	// as need over what is left.
	need := func(stock openingStock) float64 {
		row := homeRow(stock, adultsOnly)
		n := p.table.inNeed[row] / float64(p.table.people[row])
		return n / (1 - n)
	}
	support := func(stock openingStock) float64 {
		return fitted(stock, adultsOnly, int(Hotel)) / fitted(stock, adultsOnly, withoutSupport)
	}
	expect("support of refused adults to those with an appeal", support(openRefused)/support(openAppeals), need(openRefused)/need(openAppeals))
}

// TestSupportFollowsNeedWithinARow: of single adults with an appeal open, the
// share supported by each route is in proportion to the route's need.
func TestSupportFollowsNeedWithinARow(t *testing.T) {
	r := fixedRules()
	r.Support.Need = policy.ByRoute[unit.Probability]{0.6, 0.5, 0.3, 0.4}
	var p Population
	if err := p.Draw(fixedModel(r, 1), fixedOpening(), random.NewSource(5, 0)); err != nil {
		t.Fatal(err)
	}
	var cases, supported [policy.NumRoutes]int
	all, needs := 0, 0.0
	row := homeRow(openAppeals, singleAdult)
	for _, ref := range p.pool[p.homes[row]:p.homes[row+1]] {
		c := p.at(ref)
		cases[c.Route]++
		needs += float64(r.Support.Need[c.Route])
		if p.housing[openAppeals][ref.index()] != unhoused {
			supported[c.Route]++
			all++
		}
	}
	for route, need := range r.Support.Need {
		expectShare(t, policy.Route(route).String(), supported[route], cases[route], float64(need)*float64(all)/needs)
	}
}

// TestWhereaboutsOfTheRefused: those out of contact are like all refused
// cases; those detained can be returned, and cases with children are rarer
// among them.
func TestWhereaboutsOfTheRefused(t *testing.T) {
	r := fixedRules()
	r.Enforcement.FamilyAttempt = 0.2
	o := fixedOpening()
	o.DetainedCases, o.AbscondedCases = 3000, 11000
	var p Population
	source := random.NewSource(5, 0)
	if err := p.Draw(fixedModel(r, 1), o, source); err != nil {
		t.Fatal(err)
	}
	var cases, absent, detained, likely [2]int // without and with children
	for i, at := range p.whereabouts {
		c := &p.stocks[openRefused][i]
		children := int(number(c.Children > 0))
		cases[children]++
		returnable := source.Chance(c.Key, drawReturnable, 0, float64(r.Returns.Returnable[c.Nationality])) && !c.Flags.Has(Unaccompanied)
		switch {
		case at == outOfContact:
			absent[children]++
		case returnable:
			likely[children]++
		}
		if at == inDetention {
			detained[children]++
			if !returnable {
				t.Fatal("a case is detained that could not be returned")
			}
		}
	}
	if n := absent[0] + absent[1]; n != 11000 {
		t.Errorf("%d cases are out of contact, want 11,000", n)
	}
	if n := detained[0] + detained[1]; n != 3000 {
		t.Errorf("%d cases are detained, want 3,000", n)
	}
	expectShare(t, "out of contact, with children", absent[1], cases[1], 0.2)
	share := 3000 / (float64(likely[0]) + 0.2*float64(likely[1]))
	expectShare(t, "detained, with children", detained[1], likely[1], 0.2*share)
}

// TestOpeningDetentionIsStationary: stays of a mean of 30 days, cut at 60. The
// time to come has the density of stays that last so long: exponential, up to
// 60 days.
func TestOpeningDetentionIsStationary(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Enforcement.Stay, r.Enforcement.LongestStay = 30, 60 })
	seen := watch(w)
	for key := range 10000 {
		w.openRefused(ruleCase(key, Outside, 1, 0), inDetention)
	}
	var days []float64
	for _, e := range *seen {
		if e.Record.Stage != Detained || e.Record.Next != DetentionEnds {
			t.Fatalf("event %d of a case in stage %v", e.Record.Next, e.Record.Stage)
		}
		days = append(days, float64(e.At)/86400)
	}
	expectLaw(t, "what is left of detention", days, func(x float64) float64 {
		return min(1, (1-math.Exp(-x/30))/(1-math.Exp(-2)))
	})
	if w.detention.beds.InUse != 10000 || w.stock.totalCases(Detained) != 10000 {
		t.Errorf("%d beds in use by %d cases", w.detention.beds.InUse, w.stock.totalCases(Detained))
	}
}

// TestHeldAtTheStart: of claims by small boat in the last 60 days some are held
// for a transfer. Without any, the hold ends 60 days after the claim and the
// claim is considered.
func TestHeldAtTheStart(t *testing.T) {
	r := fixedRules()
	r.Intake.TransferHold = 60
	o := fixedOpening()
	o.HeldCases = 500
	m := fixedModel(r, 1)
	w := NewWorld(m.Timeline)
	source := random.NewSource(5, 0)
	var p Population
	if err := p.Draw(m, o, source); err != nil {
		t.Fatal(err)
	}
	w.reset(m, source)
	w.open(&p)
	ends := map[clock.Day]int{}
	for i, held := range p.held {
		if !held {
			continue
		}
		c := &p.stocks[openAwaiting][i]
		if c.Route != policy.SmallBoat || c.Flags.Has(Unaccompanied) || c.Claimed.Day() < -61 {
			t.Fatalf("held: route %v, claimed on day %d", c.Route, c.Claimed.Day())
		}
		ends[max(1, c.Claimed.Day()+60)]++
	}
	for left := 500; w.day < 62; w.day++ {
		left -= ends[w.day]
		w.runDay()
		if got := int(w.stock.totalCases(TransferHeld)); got != left {
			t.Fatalf("%d cases are held after day %d, want %d", got, w.day, left)
		}
	}
	if w.stock.totalCases(TransferHeld) != 0 {
		t.Error("the hold did not end")
	}
}

// TestAbsenceAtTheStartEnds: out of contact from the first day, a case comes
// back to notice or leaves unrecorded at the sum of the two rates.
func TestAbsenceAtTheStartEnds(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Returns.Reemergence, r.Returns.Unrecorded = 0.5, 1 })
	seen := watch(w)
	for key := range 10000 {
		w.openRefused(ruleCase(key, Outside, 1, 0), outOfContact)
	}
	var days []float64
	for _, e := range *seen {
		days = append(days, float64(e.At)/86400)
	}
	expectLaw(t, "absence", days, func(x float64) float64 { return 1 - math.Exp(-1.5*x/unit.DaysPerYear) })
	if got := w.stock.totalCases(Absconded); got != 10000 {
		t.Errorf("%d cases are out of contact, want 10,000", got)
	}
}

// TestEveryRegimeOpensWithTheSamePeople: a regime whose rules change on the
// first day of the run, and shorter leave for everybody, find the same people
// in the same stages, homes and beds.
func TestEveryRegimeOpensWithTheSamePeople(t *testing.T) {
	base := fixedRules()
	base.Intake.TransferHold = 60
	other := base
	clear(other.Support.Need[:])
	clear(other.Returns.Returnable[:])
	other.Accommodation.Dispersal, other.Enforcement.Beds, other.Permit.Length = 0, 0, 12
	timeline := clock.NewTimeline(clock.MustDate("2025-12-31"), 1)
	regimes := [2]*policy.Regime{
		{Name: "a", Starts: []clock.Date{0}, Epochs: []policy.Rules{base}},
		{Name: "b", Starts: []clock.Date{0, clock.MustDate("2026-01-02")}, Epochs: []policy.Rules{base, other}},
	}
	o := fixedOpening()
	o.DetainedCases, o.AbscondedCases, o.HeldCases = 400, 7000, 50
	source := random.NewSource(3, 0)
	var p Population
	if err := p.Draw(Compile(regimes[0], timeline, groups), o, source); err != nil {
		t.Fatal(err)
	}
	var worlds [2]*World
	for i, r := range regimes {
		worlds[i] = NewWorld(timeline)
		worlds[i].reset(Compile(r, timeline, groups), source)
		worlds[i].open(&p)
	}
	if worlds[0].stock != worlds[1].stock || worlds[0].detention.beds.InUse != worlds[1].detention.beds.InUse {
		t.Error("legal stages differ")
	}
	if len(worlds[0].places) != len(worlds[1].places) {
		t.Fatalf("%d and %d places", len(worlds[0].places), len(worlds[1].places))
	}
	for i, a := range worlds[0].places {
		if b := worlds[1].places[i]; a.key != b.key || a.housing != b.housing || a.people != b.people || a.refused != b.refused {
			t.Fatalf("place %d is %+v and %+v", i, a, b)
		}
	}
}
