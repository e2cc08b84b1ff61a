package asylum

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// crowdedRules is busyRules with all else on that has a capacity or brings
// people in of its own. Every capacity is either too small for who comes or
// large enough on every day: between the two a fraction is biased, see
// TestJustEnoughSeats.
func crowdedRules() policy.Rules {
	r := busyRules()
	r.SafeRoute = safeRouteRules(2000).SafeRoute
	r.Cost.SafeRoutePerson, r.Cost.UASCNight, r.Prevention.CostPerYear = 1234.5, 150, 158_700_000.12
	r.Appeal.Onward, r.Appeal.OnwardCapacity, r.Appeal.OnwardAllowed, r.Appeal.OnwardRemitted = 0.3, 20000, 0.2, 0.2
	r.Appeal.NewBodyShare, r.Appeal.NewBodyCases, r.Appeal.NewBodyTime, r.Appeal.NewBodySurge = 0.3, 4000, 100, 1.2
	r.Enforcement.Seats = 25000
	r.Family = policy.Family{Eligible: 0.8, TakeUp: 0.3, Lag: 90, Size: 2.3, ChildShare: 0.6}
	r.Permit.Length, r.Permit.SwitchRate, r.Permit.RevocationRate = 12, 0.02, 0.01
	r.Contribution = policy.Contribution{AssetShare: 0.1, Assets: 500, PerAdult: 1000, Collected: 0.7, Years: 5}
	r.Applicants.Vulnerable = policy.ByRoute[unit.Probability]{0.1, 0.1, 0.1, 0.1}
	r.Support.Declined, r.Support.Withdrawal = 0.05, 0.05
	return r
}

// fractionModel compiles rules for a fraction of the system.
func fractionModel(r policy.Rules, years int, f unit.Fraction) *Model {
	m := fixedModel(r, years)
	return CompileSample(m.regime, m.Timeline, groups, f)
}

// TestTheWholeIsAFractionToo: a fraction of 1 is the run without one, bit for
// bit.
func TestTheWholeIsAFractionToo(t *testing.T) {
	want := simulate(t, fixedModel(crowdedRules(), 2), 3, 0)
	for _, whole := range []unit.Fraction{0, 1} {
		if got := simulate(t, fractionModel(crowdedRules(), 2, whole), 3, 0); !reflect.DeepEqual(got, want) {
			t.Errorf("a fraction written as %d is another run", whole)
		}
	}
}

// TestSmallerSamplesAreAmongLarger: the marks that choose cases are nested, and
// choose the share they should.
func TestSmallerSamplesAreAmongLarger(t *testing.T) {
	const n = 100_000
	var worlds []*World
	ks := []unit.Fraction{1, 2, 4, 10, 100}
	for _, k := range ks {
		worlds = append(worlds, freshWorld(fractionModel(fixedRules(), 1, k)))
	}
	chosen := make([]float64, len(ks))
	for i := range n {
		key := routeKey(policy.VisaHolder, clock.Day(i), 3)
		among := true
		for j, w := range worlds {
			sampled := w.sampled(key)
			if sampled && !among {
				t.Fatalf("case %d is in the sample of %v and not in that of %v", i, ks[j], ks[j-1])
			}
			if among = sampled; sampled {
				chosen[j]++
			}
		}
	}
	for j, k := range ks {
		p := 1 / float64(k)
		if math.Abs(chosen[j]-n*p) > 4*math.Sqrt(n*p*(1-p)) {
			t.Errorf("%v: %.0f of %d chosen", k, chosen[j], n)
		}
	}
}

func simulateOpening(t *testing.T, m *Model, o *Opening, seed uint64, replication int) *measure.Run {
	t.Helper()
	p, source := new(Population), random.NewSource(seed, replication)
	if err := p.Draw(m, o, source); err != nil {
		t.Fatal(err)
	}
	run, err := NewWorld(m.Timeline).Run(m, source, p)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// TestThinnedClaims: what is counted in full is the same in every fraction;
// claims are binomial around the whole's, so that scaled back they have its
// mean and k-1 times its number as their variance; smaller samples have fewer.
func TestThinnedClaims(t *testing.T) {
	const replications = 24
	ks := []unit.Fraction{1, 4, 10}
	squares := make([]float64, len(ks))
	sums := make([]float64, len(ks))
	for replication := range replications {
		var runs []*measure.Run
		for _, k := range ks {
			// Who is there at the start does not matter.
			runs = append(runs, simulateOpening(t, fractionModel(fixedRules(), 1, k), fixedOpening().Sample(20), 11, replication))
		}
		whole := float64(sum(runs[0], measure.AsylumClaimsCases))
		for j := 1; j < len(ks); j++ {
			for month := range runs[j].Months {
				for o, full := range inFull {
					if full && runs[j].Months[month][o] != runs[0].Months[month][o] {
						t.Fatalf("%v: %v of month %d is %d, in the whole %d", ks[j], measure.Output(o), month, runs[j].Months[month][o], runs[0].Months[month][o])
					}
				}
				before := runs[j-1].Months[month][measure.AsylumClaimsCases] / ks[j-1].K()
				if n := runs[j].Months[month][measure.AsylumClaimsCases]; n%ks[j].K() != 0 || n/ks[j].K() > before {
					t.Fatalf("%v: %d claims in month %d, of %d in the larger sample", ks[j], n, month, before)
				}
			}
			z := (float64(sum(runs[j], measure.AsylumClaimsCases)) - whole) / math.Sqrt(whole*float64(ks[j]-1))
			sums[j] += z
			squares[j] += z * z
		}
	}
	for j := 1; j < len(ks); j++ {
		if z := sums[j] / math.Sqrt(replications); math.Abs(z) > 3.5 {
			t.Errorf("%v: the mean of claims is %.1f standard errors off", ks[j], z)
		}
		// Chi-square on 24 degrees of freedom, 0.1% on either side.
		if squares[j] < 8.1 || squares[j] > 51.2 {
			t.Errorf("%v: the variance of claims is %.2f times the binomial one", ks[j], squares[j]/replications)
		}
	}
}

// TestFractionsHaveTheMeanOfTheWhole, on rules with every capacity: the same
// replications differ between a fraction and the whole by chance only. Beds
// are whole numbers and nearly always full: then what is in them is off by up to
// half of k for rounding their number and half for cutting its growth, and by k
// for one that a family leaves unused. In a replication in which few come the
// list for them runs empty for a while, and how many live in them is chance.
//
// 5 standard errors of 19 degrees of freedom are exceeded by 1 in 12,500: over
// some 130 comparisons the test fails by chance in 1 of 100 choices of seed.
func TestFractionsHaveTheMeanOfTheWhole(t *testing.T) {
	const replications = 20
	ks := []unit.Fraction{1, 4, 10}
	values := make([][][measure.NumOutputs]float64, len(ks))
	for j, k := range ks {
		m := fractionModel(crowdedRules(), 2, k)
		for replication := range replications {
			values[j] = append(values[j], perMonth(simulate(t, m, 17, replication)))
		}
	}
	bedded := map[measure.Output]bool{
		measure.DispersalPeople: true, measure.InitialAccommodationPeople: true, measure.LargeSitePeople: true, measure.OtherAccommodationPeople: true,
		measure.DispersalCost: true, measure.InitialAccommodationCost: true, measure.LargeSiteCost: true, measure.OtherAccommodationCost: true,
	}
	variance := [3]float64{}
	counted := 0
	for o := range measure.NumOutputs {
		var mean, se [3]float64
		whole := 0.0
		for i := range replications {
			whole += values[0][i][o] / replications
		}
		for j := 1; j < len(ks); j++ {
			for i := range replications {
				d := values[j][i][o] - values[0][i][o]
				mean[j] += d / replications
				se[j] += d * d / replications
			}
			se[j] = math.Sqrt(max(0, se[j]-mean[j]*mean[j]) / (replications - 1))
			k := float64(ks[j])
			if bedded[o] {
				if o.Define().Kind == measure.Stock {
					if math.Abs(mean[j]) > 2*k+5*se[j] {
						t.Errorf("%v: %v is off by %.1f people of %.0f, %.1f standard errors", ks[j], o, mean[j], whole, mean[j]/se[j])
					}
					t.Logf("%-5v %-34v %14.0f off by %+6.1f people, standard error %.1f", ks[j], o, whole, mean[j], se[j])
				}
				continue
			}
			// What a service turns out hardly varies. One that has nobody to serve
			// at first keeps up to k days of its two years, which adds 2% to the
			// new appeals body and so 0.2% to all appeals.
			if math.Abs(mean[j]) > 5*se[j]+0.002*math.Abs(whole) {
				t.Errorf("%v: %v is off by %.4g of %.6g, %.1f standard errors", ks[j], o, mean[j], whole, mean[j]/se[j])
			}
			t.Logf("%-5v %-34v %14.0f off by %+6.2f%%, %+5.1f standard errors", ks[j], o, whole, 100*mean[j]/whole, mean[j]/se[j])
		}
		if ratio := se[2] * se[2] / (se[1] * se[1]); se[1] > 0 && !bedded[o] {
			variance[2] += math.Log(ratio)
			counted++
		}
	}
	// The chance that a fraction adds has a variance proportional to k-1: from
	// 1/4 to 1/10 it grows 3 times.
	if grown := math.Exp(variance[2] / float64(counted)); grown < 2 || grown > 4.5 {
		t.Errorf("from 1/4 to 1/10 the variance that the fraction adds grows %.1f times, want about 3", grown)
	} else {
		t.Logf("from 1/4 to 1/10 the variance that the fraction adds grows %.1f times", grown)
	}
}

// perMonth is the mean of every output over the months of a run.
func perMonth(run *measure.Run) (means [measure.NumOutputs]float64) {
	for month := range run.Months {
		for o, v := range run.Months[month] {
			means[o] += float64(v) / float64(len(run.Months))
		}
	}
	return means
}

// TestFixedCostsScaleBack to the penny, or to k pence a year where they share
// a line with costs by the head.
func TestFixedCostsScaleBack(t *testing.T) {
	r := crowdedRules()
	r.Cost.TransferYear = 12_000_000
	for _, k := range []unit.Fraction{1, 7, 10, 1000} {
		w := freshWorld(fractionModel(r, 1, k))
		for ; w.day < w.model.Timeline.Days; w.day++ {
			if w.day == 0 || w.model.Timeline.Month(w.day) != w.month {
				w.month = w.model.Timeline.Month(w.day)
				w.row = &w.run.Months[w.month]
			}
			w.chargeTransfers()
			if w.day+1 == w.model.Timeline.Days || w.model.Timeline.Month(w.day+1) != w.month {
				w.closeLedger(w.month)
			}
		}
		w.scaleBack()
		if got := sum(w.run, measure.FranceCost); got != 12*(158_700_000_12/12) {
			t.Errorf("%v: payments to France are %d", k, got)
		}
		if got := sum(w.run, measure.ThirdCountryCost); math.Abs(float64(got-12_000_000_00)) > 12*float64(k) {
			t.Errorf("%v: the fixed cost of transfers is %d", k, got)
		}
		for _, row := range w.run.Months {
			if row[measure.TotalCost] != row[measure.FranceCost]+row[measure.ThirdCountryCost] {
				t.Errorf("%v: the total is %d", k, row[measure.TotalCost])
			}
		}
	}
}

// TestBarredFamiliesStandForOthers: boats are in full, so the families that
// would come by them are brought to full as well.
func TestBarredFamiliesStandForOthers(t *testing.T) {
	r := respondingRules()
	r.Response.FamilyByBoat = 0.1
	var factors []float64
	for _, k := range []unit.Fraction{1, 10} {
		w := freshWorld(fractionModel(r, 1, k))
		w.countBarredFamily(unit.People(500 / k))
		w.respond(31)
		factors = append(factors, w.scale(policy.SmallBoat))
	}
	if factors[0] != factors[1] || factors[0] <= 1 {
		t.Errorf("boats are scaled by %v", factors)
	}
}

// TestUnusedSeatsAreKeptForAWhile: with 0.4 seats a day a family of three would
// never find three on one day. A tenth of 4 a day keeps what is left for ten
// days.
func TestUnusedSeatsAreKeptForAWhile(t *testing.T) {
	for _, k := range []unit.Fraction{1, 10} {
		r := quietRules()
		r.Enforcement.Seats = unit.PerYear(4*unit.DaysPerYear) + 1e-6
		w := vacantWorld(fractionModel(r, 1, k))
		most := int64(0)
		for ; w.day < 100; w.day++ {
			w.returnOthers()
			most = max(most, w.detention.seatsLeft)
		}
		if most != 4 {
			t.Errorf("%v: up to %d seats at hand, want 4 as in the whole", k, most)
		}
	}
}

// TestJustEnoughSeats: where the seats of a day are just enough, how many go
// unused depends on how people fall on days, and a fraction is biased. This
// bounds by how much, with 13 seats a day beside those of others.
func TestJustEnoughSeats(t *testing.T) {
	const n = 8
	var means [2][measure.NumOutputs]float64
	for i, k := range []unit.Fraction{1, 10} {
		m := fractionModel(busyRules(), 2, k)
		for replication := range n {
			for o, v := range perMonth(simulate(t, m, 3, replication)) {
				means[i][o] += v / n
			}
		}
	}
	for o, most := range map[measure.Output]float64{measure.ReturnsEnforcedPeople: 0.06, measure.DetainedPeople: 0.12} {
		bias := means[1][o]/means[0][o] - 1
		t.Logf("%v: %+.1f%% at 1/10", o, 100*bias)
		if math.Abs(bias) > most {
			t.Errorf("%v is off by %.1f%% at 1/10, more than is documented", o, 100*bias)
		}
	}
}

// TestSmallSchemeOfTransfers: six people a week are three a year in a fraction
// of 1/100. About as many go all the same, one case held at a time, but in the
// whole some places are not used.
func TestSmallSchemeOfTransfers(t *testing.T) {
	r := transferRules()
	r.Intake.TransferCapacity, r.Intake.TransferHold, r.Intake.Exchange = 6*unit.DaysPerYear/7, 14, 1
	whole := 0.0
	for _, k := range []unit.Fraction{1, 10, 100} {
		m := fractionModel(r, 2, k)
		n := 10.0
		if k == 100 {
			n = 80 // three cases a year vary a lot
		}
		mean, square := 0.0, 0.0
		for replication := range int(n) {
			x := float64(sum(simulate(t, m, 5, replication), measure.ThirdCountryTransfersPeople)) / 2
			mean += x / n
			square += x * x / n
		}
		se := math.Sqrt(max(0, square-mean*mean) / (n - 1))
		t.Logf("%v: %.0f transferred a year, standard error %.0f", k, mean, se)
		if k == 1 {
			whole = mean
		}
		if math.Abs(mean/whole-1) > 0.15 || mean > 313+4*se {
			t.Errorf("%v: %.0f people transferred a year, in the whole %.0f, and 313 could be", k, mean, whole)
		}
	}
}

func TestSampledOpening(t *testing.T) {
	o := fixedOpening()
	o.HeldCases, o.DetainedCases, o.AbscondedCases = 35, 410, 7777
	for _, k := range []unit.Fraction{2, 3, 10, 97, 1000} {
		s := o.Sample(k)
		for _, stock := range []struct {
			what                  string
			whole, sample         []Band
			people, samplesPeople unit.People
		}{
			{"awaiting", o.Awaiting, s.Awaiting, o.AwaitingPeople, s.AwaitingPeople},
			{"appeals", o.Appeals, s.Appeals, o.AppealPeople, s.AppealPeople},
			{"refused", o.Refused, s.Refused, o.RefusedPeople, s.RefusedPeople},
			{"permits", o.Permits, s.Permits, o.PermitPeople, s.PermitPeople},
		} {
			if got, want := float64(TotalCases(stock.sample)), float64(TotalCases(stock.whole))/float64(k); math.Abs(got-want) > 0.5 {
				t.Errorf("%v: %.0f cases %s, want %.1f", k, got, stock.what, want)
			}
			if got, want := float64(stock.samplesPeople), float64(stock.people)/float64(k); math.Abs(got-want) > 0.5 {
				t.Errorf("%v: %.0f people %s, want %.1f", k, got, stock.what, want)
			}
			for i, b := range stock.sample {
				whole := stock.whole[i]
				if got, want := float64(b.Cases), float64(whole.Cases)/float64(k); math.Abs(got-want) >= 1 || b.First != whole.First || b.Last != whole.Last || b.Waiting != whole.Waiting {
					t.Errorf("%v: %s, band %d is %+v of %+v", k, stock.what, i, b, whole)
				}
			}
		}
	}
	if o.Sample(1) != o {
		t.Error("the whole is another opening")
	}
}

// TestEveryCountOfTheOpeningIsSampled: a new count cannot be forgotten.
func TestEveryCountOfTheOpeningIsSampled(t *testing.T) {
	shared := map[string]bool{"Date": true, "SmallBoatCases": true, "CrossedLastDay": true, "SpellDays": true, "Known": true}
	o := fixedOpening()
	o.HeldCases, o.DetainedCases, o.AbscondedCases = 35, 410, 7777
	whole, sample := reflect.ValueOf(*o), reflect.ValueOf(*o.Sample(10))
	for i := range whole.NumField() {
		name := whole.Type().Field(i).Name
		before, after := fmt.Sprint(whole.Field(i)), fmt.Sprint(sample.Field(i))
		if (before == after) != shared[name] {
			t.Errorf("%s: %s, in a tenth %s", name, before, after)
		}
	}
}

func TestSampledPartsGoToTheLargestRemainders(t *testing.T) {
	for _, c := range []struct {
		parts, want []unit.Cases
		k           int64
	}{
		{[]unit.Cases{10, 20, 30}, []unit.Cases{1, 2, 3}, 10},
		{[]unit.Cases{14, 18, 18}, []unit.Cases{1, 2, 2}, 10},
		{[]unit.Cases{4, 4, 4}, []unit.Cases{1, 0, 0}, 10},
		{[]unit.Cases{5, 0}, []unit.Cases{1, 0}, 10},
		{[]unit.Cases{4, 0}, []unit.Cases{0, 0}, 10},
		{nil, nil, 10},
	} {
		got := append([]unit.Cases(nil), c.parts...)
		sampleParts(got, c.k)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v in parts of %d: %v, want %v", c.parts, c.k, got, c.want)
		}
	}
}

// TestFractionsAreTheSameInEveryRegime: a null variant differs nowhere, as in
// the whole.
func TestFractionsAreTheSameInEveryRegime(t *testing.T) {
	m := fractionModel(crowdedRules(), 1, 10)
	again := fractionModel(crowdedRules(), 1, 10)
	if !reflect.DeepEqual(simulate(t, m, 2, 0), simulateFrom(t, m, again, 2)) {
		t.Error("the same rules give another run")
	}
	w := NewWorld(m.Timeline)
	source := random.NewSource(2, 0)
	p := drawn(t, m, 2, 0)
	first, err := w.Run(m, source, p)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := w.Run(m, source, p); err != nil || !reflect.DeepEqual(first, second) {
		t.Errorf("a world that is used again gives another run: %v", err)
	}
}
