package evidence

import (
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

// Nationalities computes tables by nationality group. The last group takes
// everybody whose nationality has no group of its own.
type nationalities struct {
	series *Series
	groups []policy.Group
	year   int // the latest calendar year, which estimates are for
}

// groupOf returns the index of the group of a published name.
func (n *nationalities) groupOf(label string) int {
	if i := slices.IndexFunc(n.groups, func(g policy.Group) bool { return g.Label == label }); i >= 0 {
		return i
	}
	return len(n.groups) - 1
}

// outcomes is grants and refusals of people.
type outcomes struct{ grants, refusals float64 }

func (o outcomes) total() float64 { return o.grants + o.refusals }

// decided returns the year's grants and refusals by group. Where a
// nationality has no figures for the year, it has those of all years from
// 2020 together: what they leave after the years that are published, scaled
// by the share of all decisions since then that the year had. The last group
// is what remains of the published totals.
func (n *nationalities) decided() ([]outcomes, error) {
	total, err := n.series.FlowsOf(n.year)
	if err != nil {
		return nil, err
	}
	decided := make([]outcomes, len(n.groups))
	rest := outcomes{float64(total.Grants), float64(total.Refusals)}
	for i, g := range n.groups[:len(n.groups)-1] {
		if decided[i], err = n.decidedBy(g.Label); err != nil {
			return nil, err
		}
		rest.grants -= decided[i].grants
		rest.refusals -= decided[i].refusals
	}
	if rest.grants < 0 || rest.refusals < 0 {
		return nil, fmt.Errorf("decisions of %d: the named nationalities exceed the total by %.0f grants or %.0f refusals", n.year, -rest.grants, -rest.refusals)
	}
	decided[len(decided)-1] = rest
	return decided, nil
}

func (n *nationalities) decidedBy(label string) (outcomes, error) {
	pooled, err := find(n.series.NationalityRates, n.series.file("grant_rates_by_nationality_2020_2025.csv"), label, func(r *NationalityRates) bool { return r.Nationality == label })
	if err != nil && len(n.series.NationalityRates) > 0 {
		return outcomes{}, err
	}
	left := outcomes{float64(pooled.Grants), float64(pooled.Refusals)}
	end := pooledFrom - 1 // of the rows taken off
	for _, r := range n.series.NationalityYears {
		if r.Nationality != label || r.end() < pooledFrom || r.Year > n.year {
			continue
		}
		if r.Year == n.year && r.Partial {
			return n.wholeYear(outcomes{float64(r.Grants), float64(r.Refusals)}, r.end()), nil
		}
		if r.Year == n.year {
			return outcomes{float64(r.Grants), float64(r.Refusals)}, nil
		}
		left.grants -= float64(r.Grants)
		left.refusals -= float64(r.Refusals)
		end = r.end()
	}
	var since, inYear float64
	for _, f := range n.series.Flows {
		decisions := float64(f.Grants + f.Refusals)
		if year, _, _ := f.Quarter.Civil(); year == n.year {
			inYear += decisions
		}
		if end < f.Quarter && f.Quarter <= pooledUntil {
			since += decisions
		}
	}
	left.grants, left.refusals = max(0, left.grants), max(0, left.refusals)
	scale := inYear / since
	return outcomes{left.grants * scale, left.refusals * scale}, nil
}

// The period of the outcomes that are published together for many nationalities.
var (
	pooledFrom  = clock.MustDate("2020-01-01")
	pooledUntil = clock.MustDate("2025-12-31")
)

// wholeYear scales the outcomes of the months of the year up to a day to the
// decisions of all twelve.
func (n *nationalities) wholeYear(o outcomes, end clock.Date) outcomes {
	var part, all float64
	for _, f := range n.series.Flows {
		if year, _, _ := f.Quarter.Civil(); year == n.year {
			all += float64(f.Grants + f.Refusals)
			if f.Quarter <= end {
				part += float64(f.Grants + f.Refusals)
			}
		}
	}
	return outcomes{o.grants * all / part, o.refusals * all / part}
}

// boats returns the shares of a year's small-boat arrivals. People whose
// nationality is not recorded are spread in proportion; refugees without a
// nationality, stateless people and all unnamed nationalities are in the last
// group.
func (n *nationalities) boats(years ...int) ([]float64, error) {
	shares := make([]float64, len(n.groups))
	for _, year := range years {
		people := make([]float64, len(n.groups))
		total := 0.0
		for _, r := range n.series.BoatNationalities {
			if r.Period == fmt.Sprint(year) && r.Nationality != "Not currently recorded" {
				people[n.groupOf(r.Nationality)] += float64(r.People)
				total += float64(r.People)
			}
		}
		if total == 0 {
			return nil, fmt.Errorf("%s: no rows for %d", n.series.file("small_boat_nationality.csv"), year)
		}
		for i := range shares {
			shares[i] += people[i] / total / float64(len(years))
		}
	}
	return shares, nil
}

// leastOther bounds from below the part of a nationality's claims that came
// by other routes than boats.
const leastOther = 0.1

// otherRoutes derives the shares of claims by routes other than small boats,
// which are not published by nationality. All claims of the year are taken to
// have the mix of the year's decisions; the claims of boat arrivals, with the
// mix of this year's and last year's boats, are taken away, leaving each
// nationality at least a tenth.
func (n *nationalities) otherRoutes(decided []outcomes) ([]float64, error) {
	boats, err := n.boats(n.year-1, n.year)
	if err != nil {
		return nil, err
	}
	claims, err := n.series.FlowsOf(n.year)
	if err != nil {
		return nil, err
	}
	byBoat, err := n.series.BoatClaimsOf(n.year)
	if err != nil {
		return nil, err
	}
	total := 0.0
	for _, d := range decided {
		total += d.total()
	}
	other := make([]float64, len(n.groups))
	for i, d := range decided {
		all := float64(claims.Claims) * d.total() / total
		other[i] = max(all-float64(float64(byBoat.WithClaim)*boats[i]), leastOther*all)
	}
	return normalised(other), nil
}

// splitIrregular derives the mix of other irregular routes, half that of
// boats and half that of all other routes, and what it leaves to visa holders
// and others, given the share of irregular claims among other routes.
func splitIrregular(boats, other []float64, share float64) (irregular, regular []float64) {
	irregular = make([]float64, len(boats))
	regular = make([]float64, len(boats))
	for i := range boats {
		irregular[i] = (boats[i] + other[i]) / 2
		regular[i] = max(other[i]-float64(share*irregular[i]), leastOther*other[i])
	}
	return normalised(irregular), normalised(regular)
}

// overturned returns the share of refusals that ended in a grant after appeal,
// by group, for claims of 2015 to 2023: what the latest grant rate adds to the
// initial one, over the initial refusals. The last group has the rate of all
// claims, or while their outcomes are not out that of all nationalities with a
// figure of their own.
//
// Where these tables are not out yet, nothing tells the groups apart: all have
// the same.
func (n *nationalities) overturned() ([]float64, error) {
	overturned := make([]float64, len(n.groups))
	if len(n.series.NationalityRates) == 0 {
		for i := range overturned {
			overturned[i] = 0.5 // shifted to the share allowed
		}
		return overturned, nil
	}
	for i, g := range n.groups[:len(n.groups)-1] {
		r, err := find(n.series.NationalityRates, n.series.file("grant_rates_by_nationality_2020_2025.csv"), g.Label, func(r *NationalityRates) bool { return r.Nationality == g.Label })
		if err != nil {
			return nil, err
		}
		overturned[i] = (r.LatestGrantRate - r.InitialRate) / (1 - r.InitialRate)
	}
	all, known := n.series.overturnedOfAll()
	if !known {
		all = n.series.overturnedOfNamed()
	}
	overturned[len(overturned)-1] = all
	return overturned, nil
}

// The years of claims of which the tables by nationality follow the outcomes.
const overturnedFrom, overturnedTo = 2015, 2023

// overturnedOfAll is that share of all claims of those years; false where one of
// them has no outcomes.
func (s *Series) overturnedOfAll() (share float64, known bool) {
	var grants, refusals, latest, latestRefusals float64
	years := 0
	for _, y := range s.ClaimYears {
		if overturnedFrom <= y.Year && y.Year <= overturnedTo && y.Grants.Known {
			grants += float64(y.Grants.Value)
			refusals += float64(y.Refusals.Value)
			latest += float64(y.LatestGrants.Value)
			latestRefusals += float64(y.LatestRefusals.Value)
			years++
		}
	}
	if years != overturnedTo-overturnedFrom+1 {
		return 0, false
	}
	initialRate, latestRate := grants/(grants+refusals), latest/(latest+latestRefusals)
	return (latestRate - initialRate) / (1 - initialRate), true
}

// overturnedOfNamed is that share of the claims of all nationalities with figures of
// their own, weighted by claims: five sixths of all.
func (s *Series) overturnedOfNamed() float64 {
	var claims, initial, latest, latestRefusals float64
	for _, r := range s.NationalityRates {
		claims += float64(r.Claims)
		initial += float64(float64(r.Claims) * r.InitialRate)
		latest += float64(r.LatestGrants)
		latestRefusals += float64(r.LatestRefusals)
	}
	initialRate, latestRate := initial/claims, latest/(latest+latestRefusals)
	return (latestRate - initialRate) / (1 - initialRate)
}

// shiftLogits adds the same number to the logits of probabilities so that
// their weighted mean is the given one. It panics on what is no number, which the
// search would pass over: callers stop that before, see finite.
func shiftLogits(p, weights []float64, mean float64) []float64 {
	for _, x := range append(slices.Concat(p, weights), mean) {
		if math.IsNaN(x) {
			panic("evidence: a shift of logits by what is no number")
		}
	}
	low, high := -20.0, 20.0
	shifted := make([]float64, len(p))
	for range 80 {
		mid := (low + high) / 2
		sum, total := 0.0, 0.0
		for i := range p {
			odds := float64(p[i] / (1 - p[i]) * math.Exp(mid))
			shifted[i] = odds / (1 + odds)
			sum += float64(weights[i] * shifted[i])
			total += weights[i]
		}
		if sum/total < mean {
			low = mid
		} else {
			high = mid
		}
	}
	return shifted
}

func normalised(weights []float64) []float64 {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	shares := make([]float64, len(weights))
	for i, w := range weights {
		shares[i] = w / sum
	}
	return shares
}
