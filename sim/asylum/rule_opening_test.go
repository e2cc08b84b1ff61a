package asylum

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// TestOpeningWithdrawalKnowsTheWait: of a claim made a year before the run it
// is known that it had not been withdrawn by then. The time from the opening
// has the law of what is left of the Weibull time.
func TestOpeningWithdrawalKnowsTheWait(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Decision.WithdrawalRate, r.Decision.WithdrawalShape = 0.4, 2 })
	var days []float64
	for key := range 20000 {
		c := ruleCase(key, Preparing, 1, 0)
		c.Claimed = -365 * clock.DayTicks
		days = append(days, float64(w.withdrawalAt(c))/86400)
	}
	expectLaw(t, "withdrawal after a year's wait", days, func(x float64) float64 {
		return 1 - weibullSurvival(365+x)/weibullSurvival(365)
	})
}

// prepared is the share of cases whose preparation takes at most so many days:
// log-normal with mean 135 and coefficient of variation 0.5.
func prepared(days float64) float64 {
	sigma := math.Sqrt(math.Log(1.25))
	return math.Erfc(-(math.Log(days/135)+sigma*sigma/2)/(sigma*math.Sqrt2)) / 2
}

// TestOpeningPreparationKnowsTheAge: of claims made 100 days ago, all of which
// still wait, the share whose preparation takes longer is in preparation and
// the others are ready. Where half of the claims have been decided, twice as
// large a share is in preparation. What is left of the preparation has the law
// of a time that is known to be longer than 100 days.
func TestOpeningPreparationKnowsTheAge(t *testing.T) {
	for waiting, share := range map[float64]float64{
		0:   1 - prepared(100), // not known: as if all still waited
		1:   1 - prepared(100),
		0.8: (1 - prepared(100)) / 0.8,
		0.5: 1,
	} {
		w := ruleWorld(t, func(r *policy.Rules) { r.Decision.WithdrawalRate = 0 })
		seen := watch(w)
		const n = 10000
		for key := range n {
			c := ruleCase(key, Outside, 1, 0)
			c.Claimed = -100 * clock.DayTicks
			w.openAwaiting(c, waiting)
		}
		preparing := int(w.stock.totalCases(Preparing))
		if preparing != len(*seen) || preparing+w.waitingForDecision() != n {
			t.Fatalf("%d in preparation, %d in the calendar, %d in the queue", preparing, len(*seen), w.waitingForDecision())
		}
		expectShare(t, "in preparation", preparing, n, share)
		var days []float64
		for _, e := range *seen {
			days = append(days, float64(e.At)/86400)
		}
		expectLaw(t, "rest of the preparation", days, func(x float64) float64 {
			return (prepared(100+x) - prepared(100)) / (1 - prepared(100))
		})
	}
}

// openingRules make the people of the opening stocks alike in everything that
// the published totals leave open.
func openingRules(r *policy.Rules) {
	evenRules(r)
	r.Opening.FamilyDispersal = 0
	r.Decision.WithdrawalRate = 0
	for route := range r.Applicants.FamilyShare {
		r.Applicants.FamilyShare[route], r.Applicants.UASCShare[route] = 0.2, 0.2
	}
}

// TestOpeningMixFollowsEachRoute: of the weights 20 (small boats), 10, 40 and
// 30, all of the first is of one group and all of the second of another; the
// third is half of the first group and half of the third. Of 100 cases
// awaiting a decision 20 + 20 are of the first group, 10 + 30 of the second
// and 20 of the third. With grants of 0.8, 0.4 and 0.2, the refused weigh
// 40 x 0.2 = 8, 40 x 0.6 = 24 and 20 x 0.8 = 16, and those with permits 32, 16
// and 4.
func TestOpeningMixFollowsEachRoute(t *testing.T) {
	r := fixedRules()
	r.Crossings.Nationality = policy.ByNationality[unit.Share]{1}
	r.Claims.Irregular = policy.ByNationality[unit.Share]{0, 1}
	r.Claims.VisaHolder = policy.ByNationality[unit.Share]{0.5, 0, 0.5}
	r.Claims.InCountry = policy.ByNationality[unit.Share]{0, 1}
	r.Claims.PerYear = [3]unit.PerYear{10000, 40000, 30000}
	r.Decision.Grant = policy.ByNationality[unit.Probability]{0.8, 0.4, 0.2}
	o := fixedOpening()
	o.SmallBoatCases = 20000
	o.Supported = [NumHousing]unit.People{Hotel: 1000}
	var p Population
	if err := p.Draw(fixedModel(r, 1), o, random.NewSource(5, 0)); err != nil {
		t.Fatal(err)
	}
	for stock, shares := range map[openingStock][groups]float64{
		openAwaiting: {0.4, 0.4, 0.2},
		openAppeals:  {8.0 / 48, 24.0 / 48, 16.0 / 48},
		openRefused:  {8.0 / 48, 24.0 / 48, 16.0 / 48},
		openPermits:  {32.0 / 52, 16.0 / 52, 4.0 / 52},
	} {
		var count [groups]int
		for i := range p.stocks[stock] {
			c := &p.stocks[stock][i]
			count[c.Nationality]++
			if c.Route == policy.SmallBoat && c.Nationality != 0 || c.Route == policy.OtherIrregular && c.Nationality != 1 {
				t.Fatalf("stock %d: nationality group %d by route %v", stock, c.Nationality, c.Route)
			}
		}
		for group, share := range shares {
			expectShare(t, "nationality group", count[group], len(p.stocks[stock]), share)
		}
	}
}

// TestDrawsOfTheOpeningAreIndependent: where all routes are alike, no
// attribute of a case awaiting a decision says anything about another.
func TestDrawsOfTheOpeningAreIndependent(t *testing.T) {
	r := fixedRules()
	openingRules(&r)
	o := fixedOpening()
	o.Supported = [NumHousing]unit.People{Hotel: 9000, Dispersal: 9000, InitialAccommodation: 9000, OtherAccommodation: 9000, SubsistenceOnly: 9000}
	var p Population
	if err := p.Draw(fixedModel(r, 1), o, random.NewSource(5, 0)); err != nil {
		t.Fatal(err)
	}
	source := random.NewSource(5, 0)
	names := []string{"time of day", "nationality", "small boat", "family", "supported", "preparation"}
	columns := make([][]float64, len(names))
	var alone, unaccompanied, partner int
	families, single, sizes := 0, 0, [5][]float64{}
	for i := range p.stocks[openAwaiting] {
		c := &p.stocks[openAwaiting][i]
		h := p.housing[openAwaiting][i]
		isFamily := c.Adults > 0 && c.People() > 1
		if c.Flags.Has(Unaccompanied) {
			unaccompanied++
		}
		if !isFamily {
			alone++
		} else {
			families++
			partner += int(number(c.Adults == 2))
			single += int(number(c.People() == 2))
			for k, x := range []float64{
				number(c.Adults == 2), float64(c.People()), float64(c.Claimed)/86400 - float64(c.Claimed.Day()),
				float64(c.Nationality), number(c.Route == policy.SmallBoat),
			} {
				sizes[k] = append(sizes[k], x)
			}
		}
		if c.Flags.Has(Unaccompanied) {
			continue
		}
		for k, x := range []float64{
			float64(c.Claimed)/86400 - float64(c.Claimed.Day()), float64(c.Nationality), number(c.Route == policy.SmallBoat),
			number(isFamily), number(h != unhoused), source.Uniform(c.Key, drawPreparation, 0),
		} {
			columns[k] = append(columns[k], x)
		}
	}
	expectShare(t, "unaccompanied of those alone", unaccompanied, alone, 0.2)
	expectShare(t, "families with a second adult", partner, families, 0.5)
	expectIndependent(t, names, columns)
	expectIndependent(t, []string{"second adult", "size", "time of day", "nationality", "small boat"}, sizes[:])
	// Dependants are 1 and a geometric number of mean 1: half of the families
	// have one, but for the few that are adjusted to meet the total.
	if share := float64(single) / float64(families); math.Abs(share-0.5) > 0.04 {
		t.Errorf("%.3f of the families have one dependant, want a half", share)
	}
}

// TestOpeningPermits: leave granted on 10 December 2025 has run since then:
// it ends 60 months later, and support 28 days after the grant.
func TestOpeningPermits(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Permit.Length, r.Support.MoveOnSingle = 60, 28 })
	seen := watch(w)
	c := housed(w, ruleCase(1, Outside, 1, 0))
	c.Claimed = tenOClock("2025-12-10")
	w.openPermit(c)
	if got, want := endOfSupport(*seen), c.Claimed+28*clock.DayTicks; got != want {
		t.Errorf("support ends at %d, want %d", got, want)
	}
	if e := (*seen)[len(*seen)-1]; e.Record.Next != PermitExpires || e.At != tenOClock("2030-12-10")-10*3600 || e.Record.Protected != c.Claimed {
		t.Errorf("event %d at %d, protected since %d", e.Record.Next, e.At, e.Record.Protected)
	}
}
