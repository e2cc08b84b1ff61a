package asylum

import (
	"math"
	"testing"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// sailed lets boats of one person, who does not claim, set out on the first
// day and follows them for half a year.
func sailed(p policy.Prevention, boats, replication int) (landed, prevented, days int64) {
	r := fixedRules()
	r.Prevention = p
	r.Crossings.PeoplePerBoat, r.Crossings.PeopleGrowth, r.Crossings.PeopleSD, r.Crossings.ClaimShare = 1, 0, 0, 0
	m := fixedModel(r, 1)
	w := NewWorld(m.Timeline)
	w.reset(m, random.NewSource(3, replication))
	for i := range boats {
		w.sail(routeKey(policy.SmallBoat, 0, i), 0)
	}
	for w.day = 0; w.day < 180; w.day++ {
		before := w.row[measure.SmallBoats]
		if w.day == 0 {
			before = 0
		}
		w.agenda.Open()
		for e := w.agenda.Next(); e != nil; e = w.agenda.Next() {
			w.now = e.At
			w.handle(&e.Record)
		}
		if w.row[measure.SmallBoats] > before {
			days++
		}
	}
	if days != w.row[measure.DaysWithArrivals] {
		panic("days with arrivals are miscounted")
	}
	return w.row[measure.SmallBoats], w.row[measure.CrossingsPreventedPeople], days
}

// TestPreventionArithmetic compares landings and prevented attempts with the
// theory of attempts that are prevented and repeated independently.
func TestPreventionArithmetic(t *testing.T) {
	for _, p := range []policy.Prevention{
		{},
		{Share: 0.3, Reference: 0.3, Retry: 0.7, RetryDelay: 2},
		{Share: 0.6, Reference: 0.3, Retry: 0.7, RetryDelay: 2},
		{Share: 0.6, Reference: 0.3, Retry: 0, RetryDelay: 2},
		{Share: 0.5, Retry: 1, RetryDelay: 5},
		{Share: 1, Reference: 0.3, Retry: 0.9, RetryDelay: 1},
		{Share: 0.1, Reference: 0.3, Retry: 0.7, RetryDelay: 2},
	} {
		s, ref, retry := float64(p.Share), float64(p.Reference), float64(p.Retry)
		q := max(0, (s-ref)/(1-ref))
		repeats := 0.0
		for k := range mostRetries {
			repeats += math.Pow(retry*s, float64(k))
		}
		held := min(s, ref)
		wantLanded := 1 - q + q*retry*(1-s)*repeats
		wantPrevented := held/(1-held) + q + q*retry*s*repeats
		const boats, batches = 1000, 30
		var landed, prevented []float64
		for b := range batches {
			l, n, _ := sailed(p, boats, b)
			landed, prevented = append(landed, float64(l)/boats), append(prevented, float64(n)/boats)
		}
		for _, c := range []struct {
			what string
			got  []float64
			want float64
		}{{"landings", landed, wantLanded}, {"prevented attempts", prevented, wantPrevented}} {
			mean, se := meanAndError(c.got)
			if math.Abs(mean-c.want) > 4*se+1e-12 {
				t.Errorf("%+v: %.4f %s a boat (standard error %.4f), want %.4f", p, mean, c.what, se, c.want)
			}
		}
	}
}

// TestPreventedShareIsTheStatedOne: with retries without end, prevented
// attempts are the stated share of all attempts. Five retries come close.
func TestPreventedShareIsTheStatedOne(t *testing.T) {
	for _, share := range []unit.Probability{0.1, 0.3, 0.5} {
		landed, prevented := 0.0, 0.0
		for b := range 20 {
			l, n, _ := sailed(policy.Prevention{Share: share, Reference: 0.3, Retry: 0.7, RetryDelay: 2}, 1000, b)
			landed, prevented = landed+float64(l), prevented+float64(n)
		}
		got := prevented / (prevented + landed)
		if se := math.Sqrt(0.25 / (landed + prevented)); math.Abs(got-float64(share)) > 4*se+0.003 {
			t.Errorf("%.4f of attempts prevented, want %v", got, share)
		}
	}
}

// TestPreventionAtTheReference leaves everything but its own count alone.
func TestPreventionAtTheReference(t *testing.T) {
	base := fixedModel(fixedRules(), 2)
	want := simulate(t, base, 2, 0)
	r := fixedRules()
	r.Prevention = policy.Prevention{Share: 0.35, Reference: 0.35, Retry: 0.8, RetryDelay: 5}
	got := simulateFrom(t, base, fixedModel(r, 2), 2)
	prevented := int64(0)
	for month := range got.Months {
		prevented += got.Months[month][measure.CrossingsPreventedPeople]
		got.Months[month][measure.CrossingsPreventedPeople] = 0
		if got.Months[month] != want.Months[month] {
			t.Fatalf("month %d: prevention at the reference share changes arrivals", month)
		}
	}
	if prevented == 0 {
		t.Error("nothing was prevented")
	}
}

// TestPreventionIsNested: the boats that come when more is prevented are among
// those that come when less is.
func TestPreventionIsNested(t *testing.T) {
	base := fixedModel(fixedRules(), 2)
	var runs []*measure.Run
	shares := []unit.Probability{0.1, 0.3, 0.4, 0.7, 1}
	for _, share := range shares {
		r := fixedRules()
		r.Prevention = policy.Prevention{Share: share, Reference: 0.3}
		runs = append(runs, simulateFrom(t, base, fixedModel(r, 2), 2))
	}
	for i, run := range runs[1:] {
		for month := range run.Months {
			for _, o := range []measure.Output{measure.SmallBoats, measure.DaysWithArrivals, measure.SmallBoatArrivalsPeople} {
				if run.Months[month][o] > runs[i].Months[month][o] {
					t.Fatalf("month %d: %v rises when %v is prevented instead of %v", month, o, shares[i+1], shares[i])
				}
			}
		}
	}
	at := func(i int) float64 { return float64(sum(runs[i], measure.SmallBoats)) }
	if at(4) != 0 {
		t.Errorf("%v boats land when all are prevented", at(4))
	}
	// Boats in two years: some 1,300.
	if got, want := at(0)/at(1), 0.9/0.7; math.Abs(got-want) > 0.1 {
		t.Errorf("preventing 0.1 instead of 0.3 brings %.3f times the boats, want %.3f", got, want)
	}
	if got, want := at(3)/at(1), 0.3/0.7; math.Abs(got-want) > 0.06 {
		t.Errorf("preventing 0.7 instead of 0.3 brings %.3f of the boats, want %.3f", got, want)
	}
}

// TestRetriesRunInTheModel: a whole run with retries balances its books, and
// what comes later is not lost.
func TestRetriesRunInTheModel(t *testing.T) {
	base := fixedModel(fixedRules(), 2)
	r := fixedRules()
	r.Prevention = policy.Prevention{Share: 0.4, Retry: 1, RetryDelay: 3}
	got, want := simulateFrom(t, base, fixedModel(r, 2), 2), simulate(t, base, 2, 0)
	landed, all := sum(got, measure.SmallBoats), sum(want, measure.SmallBoats)
	// After five retries 0.4^6 of the boats have given up, some still wait.
	if float64(landed) < 0.97*float64(all) || landed > all {
		t.Errorf("%d of %d boats land in the end", landed, all)
	}
	for month := range got.Months {
		last := got.Months[month][measure.DaysWithArrivals]
		if last > 31 || last > got.Months[month][measure.SmallBoats] {
			t.Errorf("month %d: %d days with arrivals, %d boats", month, last, got.Months[month][measure.SmallBoats])
		}
	}
	if sum(got, measure.DaysWithArrivals) <= sum(want, measure.DaysWithArrivals) {
		t.Error("retries do not spread over more days")
	}
}
