package verify

import "math"

// The formulas of queueing theory, in the notation of Gross, Shortle, Thompson
// & Harris, Fundamentals of Queueing Theory, 4th ed. 2008: arrivals lambda,
// service rate mu of one server, offered load r = lambda/mu erlangs, c servers,
// rho = r/c. Times are in the unit of the rates.

// ErlangB is the share of arrivals that find all of c servers busy and leave,
// for an offered load r (Gross et al. 2008, ch. 2, by the recursion over servers).
func ErlangB(c int, r float64) float64 {
	blocked := 1.0
	for n := 1; n <= c; n++ {
		blocked = r * blocked / (float64(n) + r*blocked)
	}
	return blocked
}

// ErlangC is the share of arrivals that have to wait for one of c servers, for an
// offered load r < c (Gross et al. 2008, ch. 2, through Erlang B).
func ErlangC(c int, r float64) float64 {
	b := ErlangB(c, r)
	return b / (1 - r/float64(c)*(1-b))
}

// WaitMMC is the mean wait in queue of M/M/c (Gross et al. 2008, ch. 2).
func WaitMMC(c int, lambda, mu float64) float64 {
	return ErlangC(c, lambda/mu) / (float64(c)*mu - lambda)
}

// BirthDeath is the stationary distribution of a birth-death chain on 0..most
// (Gross et al. 2008, ch. 2).
func BirthDeath(most int, birth, death func(n int) float64) []float64 {
	p := make([]float64, most+1)
	p[0] = 1
	total := 1.0
	for n := 1; n <= most; n++ {
		p[n] = p[n-1] * birth(n-1) / death(n)
		total += p[n]
	}
	for n := range p {
		p[n] /= total
	}
	return p
}

// FiniteRoom returns what M/M/c/k does (Gross et al. 2008, ch. 2): the share of
// arrivals that are turned away because k are in the system, and the mean wait in
// queue of the others.
func FiniteRoom(c, k int, lambda, mu float64) (blocked, wait float64) {
	p := BirthDeath(k, func(int) float64 { return lambda }, func(n int) float64 { return mu * float64(min(n, c)) })
	queue := 0.0
	for n := c; n <= k; n++ {
		queue += float64(n-c) * p[n]
	}
	return p[k], queue / (lambda * (1 - p[k]))
}

// Impatient returns what M/M/c+M does, in which those who wait give up at a rate
// theta each (Erlang A; Garnett, Mandelbaum & Reiman 2002,
// doi:10.1287/msom.4.3.208.7753): the share that gives up, and the mean time in
// queue of all, whether they are served or give up.
func Impatient(c int, lambda, mu, theta float64) (givesUp, wait float64) {
	const most = 2000
	p := BirthDeath(most, func(int) float64 { return lambda }, func(n int) float64 {
		return mu*float64(min(n, c)) + theta*float64(max(n-c, 0))
	})
	queue := 0.0
	for n := c; n <= most; n++ {
		queue += float64(n-c) * p[n]
	}
	return theta * queue / lambda, queue / lambda
}

// PollaczekKhinchine is the mean wait in queue of M/G/1 with services of a mean
// and a coefficient of variation (Gross et al. 2008, ch. 5).
func PollaczekKhinchine(lambda, mean, variation float64) float64 {
	rho := lambda * mean
	return rho * mean * (1 + variation*variation) / (2 * (1 - rho))
}

// Cobham is the mean wait in queue by class of M/M/1 with one service rate, where
// the first classes go first but interrupt nobody (Cobham 1954,
// doi:10.1287/opre.2.1.70).
func Cobham(lambda []float64, mu float64) []float64 {
	residual := 0.0
	for _, l := range lambda {
		residual += l / (mu * mu)
	}
	waits := make([]float64, len(lambda))
	before := 0.0
	for i, l := range lambda {
		through := before + l/mu
		waits[i] = residual / ((1 - before) * (1 - through))
		before = through
	}
	return waits
}

// SinusArrivals is the expected number in M(t)/M/infinity at a time, empty at 0,
// with arrivals at the rate base + swing sin(omega t) and service rate mu: the
// integral of rate times survival (Eick, Massey & Whitt 1993,
// doi:10.1287/mnsc.39.2.241).
func SinusArrivals(base, swing, omega, mu, t float64) float64 {
	decay := math.Exp(-mu * t)
	return base/mu*(1-decay) + swing*(mu*math.Sin(omega*t)-omega*math.Cos(omega*t)+omega*decay)/(mu*mu+omega*omega)
}

// Traffic solves the traffic equations of a Jackson network (Jackson 1957,
// doi:10.1287/opre.5.4.518): the rate at which customers come to each node, from
// outside and from other nodes. route[i][j] is the share of those who leave node i
// that goes to node j.
func Traffic(outside []float64, route [][]float64) []float64 {
	rates := append([]float64(nil), outside...)
	for range 10_000 { // the shares that leave make this a contraction
		next := append([]float64(nil), outside...)
		for i := range rates {
			for j, share := range route[i] {
				next[j] += rates[i] * share
			}
		}
		rates = next
	}
	return rates
}
