package asylum

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// Population is the people of the opening stocks as one replication draws
// them. Every total that is published is met exactly; who has which
// attributes is chance. It does not depend on the regime: all regimes of a
// replication open with the same people. Its memory is reused.
type Population struct {
	stocks  [numOpeningStocks][]Case
	housing [numOpeningStocks][]int8 // Housing, or unhoused
	// whereabouts says of the refused cases who is detained or out of contact,
	// held of those awaiting a decision who is held for a transfer.
	whereabouts []whereabouts
	held        []bool
	table       openingTable
	homes       [homeRows + 1]int // where each row of the table begins in pool
	pool        []ref
	ranked      []rankedRef
	sizes       []int
	waiting     []Band // the cases awaiting a decision, by date of claim
	crossed     bool   // whether boats came on the opening date
	spell       int    // for how many days in a row it had been so
	known       []BoatDay
	boatCases   unit.Cases // claims of small-boat arrivals in the year before
}

type openingStock uint8

// The opening stocks, those who have waited longest first: the order in which
// they join the waiting list for dispersal.
const (
	openRefused openingStock = iota
	openAppeals
	openAwaiting
	openPermits
	numOpeningStocks
)

const unhoused int8 = -1

// ref points to a case of the population: its stock and its index there.
type ref uint32

const refBits = 29 // of the index; the opening stocks are millions at the most

func refTo(stock openingStock, i int) ref { return ref(stock)<<refBits | ref(i) }
func (r ref) stock() openingStock         { return openingStock(r >> refBits) }
func (r ref) index() int                  { return int(r & (1<<refBits - 1)) }
func (p *Population) at(r ref) *Case      { return &p.stocks[r.stock()][r.index()] }

// rankedRef is a ref with the score that orders it.
type rankedRef struct {
	score float64
	ref   ref
}

// Draw draws the population of a replication: attributes from the rules in
// force on the opening date. It returns an error if the opening stocks
// contradict each other, for instance more people supported than could be. Of
// a model that simulates a fraction, the stocks are that fraction.
func (p *Population) Draw(m *Model, o *Opening, source random.Source) error {
	p.boatCases = o.SmallBoatCases
	o = o.Sample(m.fraction)
	e := &m.epochs[m.regime.EpochAt(o.Date)]
	d := drawing{model: m, epoch: e, source: source, population: p}
	refused := func(n policy.Nationality) float64 { return 1 - float64(e.Decision.Grant[n]) }
	granted := func(n policy.Nationality) float64 { return float64(e.Decision.Grant[n]) }
	all := func(policy.Nationality) float64 { return 1 }
	stocks := [numOpeningStocks]struct {
		bands  []Band
		people unit.People
		kind   uint8
		weight func(policy.Nationality) float64
	}{
		openAwaiting: {o.Awaiting, o.AwaitingPeople, keyOpeningAwaiting, all},
		openAppeals:  {o.Appeals, o.AppealPeople, keyOpeningAppeal, refused},
		openRefused:  {o.Refused, o.RefusedPeople, keyOpeningRefused, refused},
		openPermits:  {o.Permits, o.PermitPeople, keyOpeningPermit, granted},
	}
	for s, stock := range stocks {
		d.mix(o.SmallBoatCases, stock.weight)
		p.stocks[s] = d.enrol(p.stocks[s][:0], stock.bands, stock.kind)
		if err := d.addFamilies(openingStock(s), stock.people); err != nil {
			return err
		}
	}
	if err := d.locate(o); err != nil {
		return err
	}
	if err := d.hold(o); err != nil {
		return err
	}
	p.waiting = o.Awaiting
	p.crossed, p.spell, p.known = o.CrossedLastDay, o.SpellDays, o.Known
	return d.house(o)
}

// drawing is the state of one call of Draw.
type drawing struct {
	model      *Model
	epoch      *epoch
	source     random.Source
	population *Population
	cumulative [policy.NumRoutes * policy.MaxNationalities]float64
}

// mix sets the joint distribution of route and nationality: each route's
// claims a year, by nationality, times a weight.
func (d *drawing) mix(smallBoatCases unit.Cases, weight func(policy.Nationality) float64) {
	perYear := [policy.NumRoutes]float64{policy.SmallBoat: float64(smallBoatCases)}
	for i, route := range policy.OtherRoutes {
		perYear[route] = float64(d.epoch.Claims.PerYear[i])
	}
	total := 0.0
	for route := range policy.NumRoutes {
		shares := d.epoch.NationalityShares(route)
		for n := range policy.Nationality(d.model.groups) {
			total += float64(perYear[route] * float64(shares[n]) * weight(n))
			d.cumulative[int(route)*d.model.groups+int(n)] = total
		}
	}
	for i := range int(policy.NumRoutes) * d.model.groups {
		d.cumulative[i] /= total
	}
}

// enrol draws the cases of a stock, oldest first, without their dependants.
func (d *drawing) enrol(cases []Case, bands []Band, kind uint8) []Case {
	t := d.model.Timeline
	cases = slices.Grow(cases, int(TotalCases(bands)))
	for _, band := range bands {
		days := int64(band.Last-band.First) + 1
		for i := range int64(band.Cases) {
			key := random.KeyOf(kind, 0, uint32(len(cases)))
			cell, _ := slices.BinarySearchFunc(d.cumulative[:int(policy.NumRoutes)*d.model.groups],
				d.source.Uniform(key, drawOpeningMix, 0), func(c, u float64) int {
					if c <= u {
						return -1
					}
					return 1
				})
			date := band.First + clock.Date((2*i+1)*days/(2*int64(band.Cases)))
			at := t.DayOf(date).Tick() + clock.Tick(d.source.Uniform(key, drawOpeningTime, 0)*float64(clock.DayTicks))
			cases = append(cases, Case{
				Key: key, Place: noPlace, Cohort: -1, Protected: clock.Never, Adults: 1,
				Route: policy.Route(cell / d.model.groups), Nationality: policy.Nationality(cell % d.model.groups),
				Claimed: at,
			})
			if c := &cases[len(cases)-1]; d.source.Chance(key, drawVulnerable, 0, float64(d.epoch.Applicants.Vulnerable[c.Route])) {
				c.Flags |= Vulnerable
			}
		}
	}
	return cases
}

// order sorts cases by a uniform mark over their weight, lowest first: a case
// of twice the weight comes first twice as often. A weight of 0 comes last.
func (d *drawing) order(refs []ref, slot random.Slot, weight func(ref) float64) {
	ranked := slices.Grow(d.population.ranked[:0], len(refs))
	for _, r := range refs {
		score := math.MaxFloat64
		if w := weight(r); w > 0 {
			score = d.source.Uniform(d.population.at(r).Key, slot, 0) / w
		}
		ranked = append(ranked, rankedRef{score, r})
	}
	slices.SortFunc(ranked, func(a, b rankedRef) int {
		return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(a.ref, b.ref))
	})
	d.population.ranked = ranked
	for i := range ranked {
		refs[i] = ranked[i].ref
	}
}

// addFamilies gives dependants to as many cases as bring the stock to its
// number of people: cases are chosen by the family share of their route, the
// size of a family is drawn, and the last few are adjusted to fit.
func (d *drawing) addFamilies(stock openingStock, people unit.People) error {
	p, a := d.population, &d.epoch.Applicants
	cases := len(p.stocks[stock])
	extra := int(people) - cases
	const most = maxCasePeople - 1
	if extra < 0 || extra > most*cases {
		return fmt.Errorf("opening stocks: %d people in %d cases, want between 1 and %d people a case", people, cases, maxCasePeople)
	}
	families := max(int(float64(extra)/max(a.Dependants, 1)+0.5), (extra+most-1)/most)
	families = min(families, cases, extra)
	p.pool = slices.Grow(p.pool[:0], cases)
	for i := range cases {
		p.pool = append(p.pool, refTo(stock, i))
	}
	d.order(p.pool, drawOpeningFamily, func(r ref) float64 { return float64(a.FamilyShare[p.at(r).Route]) })
	p.sizes = p.sizes[:0]
	for _, r := range p.pool[:families] {
		n := min(1+random.Geometric(a.Dependants-1, d.source.Uniform(p.at(r).Key, drawDependants, 0)), most)
		p.sizes = append(p.sizes, n)
		extra -= n
	}
	for i := 0; extra != 0; i = (i + 1) % families {
		if extra > 0 && p.sizes[i] < most {
			p.sizes[i]++
			extra--
		} else if extra < 0 && p.sizes[i] > 1 {
			p.sizes[i]--
			extra++
		}
	}
	for i, dependants := range p.sizes {
		c := p.at(p.pool[i])
		d.epoch.addDependants(c, dependants, d.source.Uniform(c.Key, drawPartner, 0))
	}
	for _, r := range p.pool[families:] {
		c := p.at(r)
		if d.source.Chance(c.Key, drawUnaccompanied, 0, float64(a.UASCShare[c.Route])) {
			c.Adults, c.Children = 0, 1
			c.Flags |= Unaccompanied
		}
	}
	return nil
}
