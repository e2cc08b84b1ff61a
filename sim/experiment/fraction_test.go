package experiment_test

import (
	"math"
	"reflect"
	"testing"

	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/unit"
)

// TestFractionsOfTheShippedExperiment: a replication of a fraction differs from
// the same one of the whole by chance that has mean 0 and a variance that is
// proportional to k-1, in what people look at.
//
// 5 standard errors of 15 degrees of freedom are exceeded by 1 in 6,300: over 32
// comparisons the test fails by chance in 1 of 200 choices of seed.
func TestFractionsOfTheShippedExperiment(t *testing.T) {
	const replications = 16
	outputs := []measure.Output{
		measure.AsylumClaimsPeople, measure.InitialDecisionsCases, measure.GrantsPeople, measure.RefusalsPeople,
		measure.AwaitingInitialDecisionPeople, measure.AppealsLodgedCases, measure.AppealsOpenCases, measure.PermitsInForcePeople,
		measure.SettledPeople, measure.AppealRightsExhaustedPeople, measure.ReturnsVoluntaryPeople, measure.ReturnsEnforcedPeople,
		measure.SupportedPeople, measure.HotelPeople, measure.HotelCost, measure.TotalCost,
	}
	plan := func(k unit.Fraction) *experiment.Plan {
		p := shippedPlan(t, replications, 2)
		p.Draws.Method, p.Fraction = experiment.Central, k
		changed(p, func(in *experiment.Inputs) { in.Regimes = in.Regimes[:1] })
		return p
	}
	whole := collect(t, plan(1))
	var variance [2][]float64
	for i, k := range []unit.Fraction{4, 10} {
		part := collect(t, plan(k))
		for _, o := range outputs {
			mean, square, value := 0.0, 0.0, 0.0
			for n := range replications {
				d := total(part[n][0], o) - total(whole[n][0], o)
				mean += d / replications
				square += d * d / replications
				value += total(whole[n][0], o) / replications
			}
			se := math.Sqrt((square - mean*mean) / (replications - 1))
			if math.Abs(mean) > 5*se {
				t.Errorf("%v at %v is off by %.2f%%, %.1f standard errors", o, k, 100*mean/value, mean/se)
			}
			variance[i] = append(variance[i], se*se)
		}
	}
	logs := 0.0
	for o := range outputs {
		logs += math.Log(variance[1][o]/variance[0][o]) / float64(len(outputs))
	}
	if grown := math.Exp(logs); grown < 2 || grown > 4.5 {
		t.Errorf("from 1/4 to 1/10 the variance that the fraction adds grows %.1f times, want 9/3", grown)
	}
}

// total sums an output over a run.
func total(run *measure.Run, o measure.Output) float64 {
	sum := int64(0)
	for month := range run.Months {
		sum += run.Months[month][o]
	}
	return float64(sum)
}

// TestFractionsDoNotDependOnWorkers either.
func TestFractionsDoNotDependOnWorkers(t *testing.T) {
	p, q := shippedPlan(t, 4, 1), shippedPlan(t, 4, 3)
	p.Fraction, q.Fraction = 10, 10
	if !reflect.DeepEqual(collect(t, p), collect(t, q)) {
		t.Error("3 workers give another result than one")
	}
}
