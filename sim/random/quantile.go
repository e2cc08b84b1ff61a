package random

import (
	"fmt"
	"math"
)

// Quantile is a distribution compiled to a monotone table of its quantile
// function: one uniform number gives one variate, in a few nanoseconds, and
// a larger uniform number never gives a smaller variate.
//
// The body (0.5^edgeBits to 1 - 0.5^edgeBits) is cut into equal steps of
// probability 0.5^bodyBits, each interpolated linearly. Either tail is cut
// into octaves (0.5^(k+1) to 0.5^k), each in tailSteps equal steps, down to
// 0.5^tailBits, where the distribution is truncated: less than one draw in
// 10^12. Nowhere is a step wider than an eighth of the distance to the end of
// the unit interval, which bounds the error for an exponential tail to
// (1/8)^2/8 = 0.2% of its mean.
//
// Nodes are rounded to 30 significant bits, so that tables do not depend on
// how a processor's math library rounds the last bit.
type Quantile struct {
	body  [1<<bodyBits + 1]float64
	lower [(tailBits - edgeBits) * tailSteps]float64 // node j of octave k below 0.5^edgeBits
	upper [(tailBits - edgeBits) * tailSteps]float64
	least float64
	most  float64
}

const (
	bodyBits  = 9
	edgeBits  = 4
	edgeStep  = 1 << (bodyBits - edgeBits) // body steps from the end to the edge
	tailBits  = 40
	tailSteps = 8
)

// Compile tabulates a quantile function, which must be finite and must not
// fall on the open interval (0, 1); it panics otherwise, since that is a
// fault of the caller.
func Compile(quantile func(p float64) float64) *Quantile {
	q := new(Quantile)
	at := func(p float64) float64 {
		x := quantile(p)
		if math.IsNaN(x) || math.IsInf(x, 0) {
			panic(fmt.Sprintf("random: quantile function is %v at %v", x, p))
		}
		return coarse(x)
	}
	for i := edgeStep; i <= 1<<bodyBits-edgeStep; i++ {
		q.body[i] = at(float64(i) / (1 << bodyBits))
	}
	for octave := range tailBits - edgeBits {
		// The octave spans 0.5^(edgeBits+octave+1) to 0.5^(edgeBits+octave).
		low := math.Ldexp(1, -(edgeBits + octave + 1))
		for step := range tailSteps {
			p := low + float64(low*float64(step)/tailSteps)
			q.lower[octave*tailSteps+step] = at(p)
			q.upper[octave*tailSteps+step] = at(1 - p)
		}
	}
	q.least = q.lower[(tailBits-edgeBits-1)*tailSteps]
	q.most = q.upper[(tailBits-edgeBits-1)*tailSteps]
	for i := edgeStep + 1; i <= 1<<bodyBits-edgeStep; i++ {
		if q.body[i] < q.body[i-1] {
			panic(fmt.Sprintf("random: quantile function falls at %v", float64(i)/(1<<bodyBits)))
		}
	}
	return q
}

// coarse rounds to 30 significant bits.
func coarse(x float64) float64 {
	mantissa, exponent := math.Frexp(x)
	return math.Ldexp(math.Round(mantissa*(1<<30)), exponent-30)
}

// At returns the variate of a uniform number in (0, 1).
func (q *Quantile) At(u float64) float64 {
	x := float64(u * (1 << bodyBits))
	i := int(x)
	if i < edgeStep {
		return q.tail(&q.lower, u, q.body[edgeStep], q.least)
	}
	if i >= 1<<bodyBits-edgeStep {
		return q.tail(&q.upper, 1-float64(u), q.body[1<<bodyBits-edgeStep], q.most)
	}
	return q.body[i] + float64((x-float64(i))*(q.body[i+1]-q.body[i]))
}

// tail interpolates in the tail whose nodes are given, at distance p from the
// end of the unit interval; edge is the value where the body begins.
func (q *Quantile) tail(nodes *[(tailBits - edgeBits) * tailSteps]float64, p, edge, end float64) float64 {
	// p in [2^-(e+1), 2^-e) has octave e - edgeBits.
	exponent := 1022 - int(math.Float64bits(p)>>52)
	octave := exponent - edgeBits
	if octave < 0 {
		return edge // p is the edge itself
	}
	if octave >= tailBits-edgeBits {
		return end
	}
	low := math.Float64frombits(uint64(1022-exponent) << 52)
	x := float64((p - low) / low * tailSteps)
	step := int(x)
	here := nodes[octave*tailSteps+step]
	var next float64
	switch {
	case step+1 < tailSteps:
		next = nodes[octave*tailSteps+step+1]
	case octave > 0:
		next = nodes[(octave-1)*tailSteps]
	default:
		next = edge
	}
	return here + float64((x-float64(step))*(next-here))
}

// Exponential is the quantile table of the exponential distribution of mean
// 1: the mark of a hazard. Divide by a rate for a time; subtract what a
// changing hazard has used up for what is left.
var Exponential = Compile(func(p float64) float64 { return -math.Log1p(-p) })

// Normal is the quantile table of the standard normal distribution.
var Normal = Compile(func(p float64) float64 { return math.Sqrt2 * math.Erfinv(float64(2*p)-1) })

// Weibull compiles the distribution of a time whose cumulative hazard is
// (t/scale)^shape.
func Weibull(shape, scale float64) *Quantile {
	return Compile(func(p float64) float64 { return scale * math.Pow(-math.Log1p(-p), 1/shape) })
}

// LogNormal compiles the log-normal distribution with a mean and a
// coefficient of variation (standard deviation over mean); a coefficient of 0
// gives the constant.
func LogNormal(mean, variation float64) *Quantile {
	if mean <= 0 {
		return Compile(func(float64) float64 { return 0 })
	}
	sigma := math.Sqrt(math.Log1p(variation * variation))
	mu := math.Log(mean) - float64(sigma*sigma/2)
	return Compile(func(p float64) float64 {
		return math.Exp(mu + float64(sigma*math.Sqrt2*math.Erfinv(float64(2*p)-1)))
	})
}

// TruncatedNormal compiles a normal distribution restricted to the interval
// from low to high.
func TruncatedNormal(mean, sd, low, high float64) *Quantile {
	if sd <= 0 {
		return Compile(func(float64) float64 { return min(max(mean, low), high) })
	}
	cdf := func(x float64) float64 { return 0.5 * math.Erfc(-(x-mean)/(sd*math.Sqrt2)) }
	a, b := cdf(low), cdf(high)
	return Compile(func(p float64) float64 {
		x := mean + float64(sd*math.Sqrt2*math.Erfinv(float64(2*(a+float64(p*(b-a))))-1))
		return min(max(x, low), high)
	})
}

// normalPoisson is the mean above which Poisson uses the normal approximation.
const normalPoisson = 500

// Poisson returns the Poisson variate of a mean at a uniform number, by
// inversion: monotone in both. It costs time in proportion to the variate.
func Poisson(mean, u float64) int {
	if mean > normalPoisson {
		// The sum would begin at a probability that underflows. The normal
		// approximation is off by less than a tenth of a standard deviation.
		return max(0, int(float64(mean)+float64(math.Sqrt(mean)*Normal.At(u))+0.5))
	}
	p := math.Exp(-mean)
	total := p
	n := 0
	for u >= total && n < 4096 {
		n++
		p = float64(p*mean) / float64(n)
		if p == 0 && float64(n) > mean {
			break
		}
		total = total + p
	}
	return n
}

// NegativeBinomial returns the negative binomial variate with a mean and a
// dispersion k (variance mean + mean^2/k) at a uniform number, by inversion.
func NegativeBinomial(mean, k, u float64) int {
	if mean <= 0 {
		return 0
	}
	q := mean / (mean + k)
	p := math.Pow(1-q, k)
	total := p
	n := 0
	for u >= total && n < 4096 {
		n++
		p = float64(p*q) * (k + float64(n) - 1) / float64(n)
		if p == 0 {
			break
		}
		total = total + p
	}
	return n
}

// Geometric returns 0, 1, 2, ... with the given mean at a uniform number.
func Geometric(mean, u float64) int {
	if mean <= 0 {
		return 0
	}
	q := mean / (1 + mean)
	n := 0
	for tail := q; 1-u < tail && n < 64; tail = float64(tail * q) {
		n++
	}
	return n
}
