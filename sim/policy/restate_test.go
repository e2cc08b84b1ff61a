package policy

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"asylumsim/sim/clock"

	"pgregory.net/rapid"
)

// restating is a base of simple numbers, what is estimated instead (the same
// until a test says otherwise), and a regime that departs from the base on a
// later date (not at all until a test says so).
type restating struct {
	base, estimates *Rules
	regime          *Regime
	changed         *Rules // the regime's rules from the later date on
}

func newRestating(t testing.TB) *restating {
	t.Helper()
	r, ps := ResolveAt("base", testLibrary().Parameters, nil, testGroups, nil)
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	base, estimates := r.Epochs[0], r.Epochs[0]
	x := &restating{base: &base, estimates: &estimates, regime: &Regime{
		Name: "reform", Starts: []clock.Date{firstDate, clock.MustDate("2026-03-02")}, Epochs: []Rules{base, base},
	}}
	x.changed = &x.regime.Epochs[1]
	return x
}

func (x *restating) restated(t testing.TB, parameters ...string) *Regime {
	t.Helper()
	r := x.regime.Restated(x.base, x.estimates, parameters)
	return r
}

// TestRestatedUnchangedNumbersBecomeTheEstimates: where a regime says what the
// base says, it says what is estimated, in every rule, before and after its dates.
func TestRestatedUnchangedNumbersBecomeTheEstimates(t *testing.T) {
	x := newRestating(t)
	for i := range Fields() {
		f := &Fields()[i]
		numbers := f.Numbers(x.estimates)
		for j := range numbers {
			switch {
			case f.SumsTo1:
				// Other shares of one whole, in multiples of 2^-40 as all are.
				numbers[j] = 0
			case f.Unit.fraction():
				numbers[j] *= 0.75
			case f.Whole:
				numbers[j]++
			default:
				numbers[j] *= 1.25
			}
		}
		if f.SumsTo1 {
			numbers[0], numbers[2] = 0.75, 0.25
		}
		f.set(x.estimates, numbers)
	}
	// Not every such set of rules could be; here it only matters what they become.
	r := x.regime.Restated(x.base, x.estimates, fieldNames())
	for e := range r.Epochs {
		if r.Epochs[e] == *x.estimates {
			continue
		}
		for i := range Fields() {
			f := &Fields()[i]
			if got, want := f.Numbers(&r.Epochs[e]), f.Numbers(x.estimates); !slices.Equal(got, want) {
				t.Errorf("epoch %d: %s is %v, estimated are %v", e, f.Parameter, got, want)
			}
		}
	}
}

// TestRestatedOnlyWhatIsNamed: other parameters stay, whatever is estimated.
func TestRestatedOnlyWhatIsNamed(t *testing.T) {
	x := newRestating(t)
	x.estimates.Decision.Caseworkers, x.estimates.Appeal.Capacity = 30, 40
	x.estimates.Decision.Most = 50
	r := x.restated(t, "caseworkers", "caseworkers_maximum")
	want := *x.base
	want.Decision.Caseworkers, want.Decision.Most = 30, 50
	if r.Epochs[0] != want {
		t.Errorf("capacity is %v and caseworkers %v: want 1 and 30", r.Epochs[0].Appeal.Capacity, r.Epochs[0].Decision.Caseworkers)
	}
	if none := x.restated(t); none.Epochs[0] != *x.base || none.Epochs[1] != *x.base {
		t.Error("nothing was to be restated")
	}
}

// TestRestatedChangesKeepTheirDistance, by hand. A regime with half as many
// again has half as many again of what is estimated. A chance of 1/2 that it
// makes 3/4 has three times the odds: of an estimate of 1/4, odds of 1 to 3
// become 1 to 1. Numbers that can be negative, or that the base has none of, keep
// the difference.
func TestRestatedChangesKeepTheirDistance(t *testing.T) {
	for _, c := range []struct {
		what, parameter  string
		was, is, x, want float64
	}{
		{"half as many again", "appeal_capacity", 40, 60, 60, 90},
		{"a tenth", "appeal_capacity", 40, 60, 4, 6},
		{"none", "appeal_capacity", 40, 60, 0, 0},
		{"none estimated", "appeal_capacity", 40, 0, 60, 0},
		{"whole numbers", "opening_refused_cases", 1000, 3000, 1500, 4500},
		{"something where the base has nothing", "appeal_capacity", 0, 60, 15, 75},
		{"the same where the base has nothing", "appeal_capacity", 0, 60, 0, 60},
		{"a higher chance", "grant_probability", 0.5, 0.25, 0.75, 0.5},
		{"a lower chance", "grant_probability", 0.5, 0.75, 0.25, 0.5},
		{"no chance", "grant_probability", 0.5, 0.25, 0, 0},
		{"certainty", "grant_probability", 0.5, 0.25, 1, 1},
		{"a chance where the base has none", "grant_probability", 0, 0.25, 0.5, 0.5},
		{"a chance where none is estimated", "grant_probability", 0.5, 0, 0.75, 0.75},
		{"a share", "subsistence_only_share", 0.2, 0.5, 0.5, 0.8}, // four times the odds
		{"a switch of sign", "crossing_day_log_odds", -1, -2, 0.5, -0.5},
		{"from a positive log-odds below 0", "crossing_day_log_odds", 1, 2, -0.5, 0.5},
	} {
		x := newRestating(t)
		f := fieldNamed(c.parameter)
		set := func(r *Rules, number float64) { f.set(r, slices.Repeat([]float64{number}, len(f.Numbers(r)))) }
		set(x.base, c.was)
		set(x.estimates, c.is)
		set(&x.regime.Epochs[0], c.was)
		set(x.changed, c.x)
		r := x.restated(t, c.parameter)
		for _, got := range f.Numbers(&r.Epochs[0]) {
			if got != c.is {
				t.Errorf("%s: before the change %s is %v, estimated is %v", c.what, c.parameter, got, c.is)
			}
		}
		for _, got := range f.Numbers(&r.Epochs[1]) {
			if math.Abs(got-c.want) > 1e-12 {
				t.Errorf("%s: %s, %v where the base has %v, is %v where %v is estimated: want %v", c.what, c.parameter, c.x, c.was, got, c.is, c.want)
			}
		}
	}
}

// TestRestatedWholeNumbersAreRounded: a number of people that cannot keep its
// ratio exactly is the nearest whole one, as that of a draw is.
func TestRestatedWholeNumbersAreRounded(t *testing.T) {
	x := newRestating(t)
	x.base.Accommodation.Dispersal, x.estimates.Accommodation.Dispersal = 60000, 50000
	x.regime.Epochs[0].Accommodation.Dispersal, x.changed.Accommodation.Dispersal = 60000, 70000
	// 58,333 1/3 and 41,666 2/3.
	if got := x.restated(t, "dispersal_beds").Epochs[1].Accommodation.Dispersal; got != 58333 {
		t.Errorf("%d beds, want 58,333", got)
	}
	x.changed.Accommodation.Dispersal = 50000
	if got := x.restated(t, "dispersal_beds").Epochs[1].Accommodation.Dispersal; got != 41667 {
		t.Errorf("%d beds, want 41,667", got)
	}
}

// TestRestatedSharesStayAWhole: a regime in which one nationality claims more
// often keeps its odds against the base's, and the shares sum to 1.
func TestRestatedSharesStayAWhole(t *testing.T) {
	x := newRestating(t)
	mix := func(r *Rules, shares ...float64) { fieldNamed("small_boat_nationality").set(r, shares) }
	mix(x.base, 0.5, 0.25, 0.25)
	mix(&x.regime.Epochs[0], 0.5, 0.25, 0.25)
	mix(x.estimates, 0.25, 0.25, 0.5)
	mix(x.changed, 0.75, 0.125, 0.125)
	r := x.restated(t, "small_boat_nationality")
	// Odds of 1/3 times 3, of 1/3 times 3/7 and of 1 times 3/7, before all are
	// scaled to sum to 1.
	parts := []float64{0.5, 1.0 / 8, 3.0 / 10}
	sum, shares := 0.0, r.Epochs[1].Crossings.Nationality
	for i, part := range parts {
		if got, want := float64(shares[i]), part/(parts[0]+parts[1]+parts[2]); math.Abs(got-want) > 1e-11 {
			t.Errorf("share %d is %v, want %v", i, got, want)
		}
	}
	for _, share := range shares {
		sum += float64(share)
	}
	if sum != 1 {
		t.Errorf("shares sum to %v", sum)
	}
	if before := r.Epochs[0].Crossings.Nationality; before != x.estimates.Crossings.Nationality {
		t.Errorf("before the change shares are %v", before[:3])
	}
}

// TestRestatedKeepsDatesAndTheOriginal: dates and name stay, and the regime that
// was restated is what it was, whatever is done to the other.
func TestRestatedKeepsDatesAndTheOriginal(t *testing.T) {
	x := newRestating(t)
	x.changed.Appeal.Capacity = 2
	x.estimates.Appeal.Capacity = 5
	before := Regime{Name: x.regime.Name, Starts: slices.Clone(x.regime.Starts), Epochs: slices.Clone(x.regime.Epochs)}
	base, estimates := *x.base, *x.estimates
	r := x.restated(t, "appeal_capacity")
	if r.Name != before.Name || !slices.Equal(r.Starts, before.Starts) || len(r.Epochs) != 2 {
		t.Errorf("%s from %v, want %s from %v", r.Name, r.Starts, before.Name, before.Starts)
	}
	if got := []float64{float64(r.Epochs[0].Appeal.Capacity), float64(r.Epochs[1].Appeal.Capacity)}; !slices.Equal(got, []float64{5, 10}) {
		t.Errorf("capacities are %v, want 5 and 10", got)
	}
	r.Starts[1]++
	r.Epochs[0].Cost.Hotel++
	if x.regime.Name != before.Name || !slices.Equal(x.regime.Starts, before.Starts) || !slices.Equal(x.regime.Epochs, before.Epochs) {
		t.Error("the regime itself has changed")
	}
	if *x.base != base || *x.estimates != estimates {
		t.Error("the base or the estimates have changed")
	}
}

// TestRestatedAndBack: what is restated for estimates and then for the first
// numbers again is what it was, but for rounding to twelve digits. On the way a
// probability may be near 0 or 1, where that moves its odds more.
func TestRestatedAndBack(t *testing.T) {
	x := newRestating(t)
	rapid.Check(t, func(t *rapid.T) {
		chance, number := rapid.Float64Range(0.01, 0.99), rapid.Float64Range(0.1, 1e5)
		was, is, changed := chance.Draw(t, "was"), chance.Draw(t, "is"), chance.Draw(t, "changed")
		first, second, third := number.Draw(t, "first"), number.Draw(t, "second"), number.Draw(t, "third")
		of := func(r *Rules, p, n float64) {
			fieldNamed("subsistence_only_share").set(r, []float64{p})
			fieldNamed("appeal_capacity").set(r, []float64{n})
		}
		of(x.base, was, first)
		of(x.estimates, is, second)
		of(x.changed, changed, third)
		parameters := []string{"subsistence_only_share", "appeal_capacity"}
		there := x.regime.Restated(x.base, x.estimates, parameters)
		back := there.Restated(x.estimates, x.base, parameters)
		got := &back.Epochs[1]
		middle := float64(there.Epochs[1].Support.SubsistenceOnly)
		rounding := 1e-12 * (2 + changed*(1-changed)/(middle*(1-middle)))
		if p, n := float64(got.Support.SubsistenceOnly), float64(got.Appeal.Capacity); math.Abs(p-changed) > rounding || math.Abs(n-third) > 1e-11*third {
			t.Fatalf("%v and %v have become %v and %v", changed, third, p, n)
		}
	})
}

// TestRestatedReportsWhatCannotBe: the most staff that a regime allows for goes
// with the estimates below the least, which it sets itself. The problem names
// regime, parameter and date, once though it is there in both epochs.
func TestRestatedReportsWhatCannotBe(t *testing.T) {
	x := newRestating(t)
	x.estimates.Decision.Most = 0.5
	r := x.regime.Restated(x.base, x.estimates, []string{"caseworkers_maximum"})
	if r.Epochs[0].Decision.Most != 0.5 {
		t.Errorf("the regime is %v", r)
	}
	var ps Problems
	if err := r.Validate(); !errors.As(err, &ps) || len(ps) != 1 {
		t.Fatalf("problems %v, want one", err)
	}
	for _, want := range []string{"regime reform", "caseworkers_minimum", "no more than 0.5", "caseworkers_maximum", "from 2025-06-30"} {
		if !strings.Contains(ps[0].Error(), want) {
			t.Errorf("problem %q does not say %q", ps[0].Error(), want)
		}
	}
	// A fault of the later rules alone has their date.
	x = newRestating(t)
	x.estimates.Decision.Most = 10
	x.changed.Decision.Fewest = 20
	x.changed.Decision.Most = 30
	if err := x.regime.Restated(x.base, x.estimates, []string{"caseworkers_maximum"}).Validate(); err != nil {
		t.Errorf("20 to 300 staff: %v", err)
	}
	x.estimates.Decision.Most = 0.5
	x.regime.Epochs[0].Decision.Fewest = 0
	err := x.regime.Restated(x.base, x.estimates, []string{"caseworkers_maximum"}).Validate()
	if !errors.As(err, &ps) || len(ps) != 1 || !strings.Contains(ps[0].Error(), "from 2026-03-02") {
		t.Errorf("20 to 15 staff: problems %v: want one from 2026-03-02", err)
	}
}

// TestRestatedNeedsAParameter: a name that no rule has is a fault of the program.
func TestRestatedNeedsAParameter(t *testing.T) {
	x := newRestating(t)
	defer func() {
		if text, _ := recover().(string); !strings.Contains(text, "hotel_prize") {
			t.Errorf("panic %q: want one that names the parameter", text)
		}
	}()
	x.regime.Restated(x.base, x.estimates, []string{"hotel_prize"})
	t.Error("no panic")
}
