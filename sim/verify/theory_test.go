package verify

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// near fails unless two numbers agree to a relative 1e-9, or within a tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= max(tolerance, 1e-9*math.Abs(want))) {
		t.Errorf("%s is %.10g, want %.10g", what, got, want)
	}
}

// TestFormulasAgainstPublishedValues: tables of Erlang's formulas, and what is
// quoted of M/M/10.
func TestFormulasAgainstPublishedValues(t *testing.T) {
	near(t, "blocking of 10 servers at 5 erlangs", ErlangB(10, 5), 0.01838, 5e-6)
	near(t, "blocking of 2 servers at 1 erlang", ErlangB(2, 1), 0.2, 0)
	near(t, "waiting of 2 servers at 1 erlang", ErlangC(2, 1), 1.0/3, 0)
	near(t, "mean wait of M/M/10 at load 0.9", WaitMMC(10, 9, 1), 0.66873, 5e-6)
}

// TestFormulasAgreeWhereTheyMeet holds them against each other in cases that
// several of them solve.
func TestFormulasAgreeWhereTheyMeet(t *testing.T) {
	near(t, "M/M/1 as M/G/1", PollaczekKhinchine(0.8, 1, 1), 0.8/(1-0.8), 0)
	near(t, "M/M/1 as M/M/c", WaitMMC(1, 0.8, 1), 4, 0)

	blocked, wait := FiniteRoom(3, 3, 2.8, 1)
	near(t, "without room to wait, blocking", blocked, ErlangB(3, 2.8), 0)
	near(t, "without room to wait, the wait", wait, 0, 0)
	blocked, wait = FiniteRoom(3, 900, 2.4, 1)
	near(t, "with room for all, blocking", blocked, 0, 1e-12)
	near(t, "with room for all, the wait", wait, WaitMMC(3, 2.4, 1), 0)

	// Who gives up as fast as others are served makes M/M/infinity: Poisson.
	number := distuv.Poisson{Lambda: 12}
	queue := 0.0
	for n := 11; n < 100; n++ {
		queue += float64(n-10) * number.Prob(float64(n))
	}
	givesUp, inQueue := Impatient(10, 12, 1, 1)
	near(t, "giving up like a service, the share", givesUp, queue/12, 0)
	near(t, "giving up like a service, the wait", inQueue, queue/12, 0)

	// Kleinrock's conservation law: priorities move waits between classes, and
	// their mean weighted with the load stays that of first come, first served.
	lambda := []float64{0.2, 0.3, 0.3}
	weighted := 0.0
	for class, wait := range Cobham(lambda, 1) {
		weighted += lambda[class] * wait
	}
	near(t, "waits of priorities, weighted", weighted, 0.8*WaitMMC(1, 0.8, 1), 0)

	near(t, "arrivals that do not swing", SinusArrivals(30, 0, 0.26, 2, 1.5), 15*(1-math.Exp(-3)), 0)
	// By the midpoint rule on the integral of rate times survival.
	const base, swing, omega, mu, until, steps = 30.0, 24.0, 0.26, 1.0, 7.0, 200000
	sum := 0.0
	for i := range steps {
		s := (float64(i) + 0.5) * until / steps
		sum += (base + swing*math.Sin(omega*s)) * math.Exp(-mu*(until-s)) * until / steps
	}
	near(t, "arrivals that swing", SinusArrivals(base, swing, omega, mu, until), sum, 1e-6)

	// Two stations: a = 1 + b/2, b = a/3.
	rates := Traffic([]float64{1, 0}, [][]float64{{0, 1.0 / 3}, {0.5, 0}})
	near(t, "traffic of the first of two stations", rates[0], 1.2, 0)
	near(t, "traffic of the second of two stations", rates[1], 0.4, 0)
}

// TestChainByHand: nobody, then 2 on average, of whom one is served.
func TestChainByHand(t *testing.T) {
	c := newChain(60)
	c.join(2)
	near(t, "mean after joining", c.mean(), 2, 1e-12)
	served := c.serve(1)
	near(t, "served", served, 1-math.Exp(-2), 1e-12)
	c.giveUp(0.25)
	near(t, "mean after a quarter gave up", c.mean(), 0.75*(2-served), 1e-12)
	near(t, "gave up", c.gaveUp, 0.25*(2-served), 1e-12)
}

// TestReleasesRoundTheRunningTotalDown on the first working days of 2026: Friday
// the 2nd, then Monday to Friday.
func TestReleasesRoundTheRunningTotalDown(t *testing.T) {
	got := theDiary.releases(func(int) float64 { return 2.5 })[:9]
	want := [9]int{0, 2, 0, 0, 3, 2, 3, 2, 3}
	if [9]int(got) != want {
		t.Errorf("released %v, want %v", got, want)
	}
}
