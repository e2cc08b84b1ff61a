package random

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestLatinHoldsOnePointInEachStratum(t *testing.T) {
	for _, n := range []int{1, 2, 3, 7, 100, 1000, 1024, 65537} {
		d := NewLatin(5, 2, n, names(6))
		for j := range d.Dimensions() {
			held := make([]bool, n)
			for i := range n {
				stratum := int(d.At(i, j) * float64(n))
				if held[stratum] {
					t.Fatalf("n = %d: stratum %d of dimension %d holds two points", n, stratum, j)
				}
				held[stratum] = true
			}
		}
	}
}

// TestLatinStrataAtTheLimit: with the most points that there can be, a point
// keeps to its stratum at both ends of the unit interval.
func TestLatinStrataAtTheLimit(t *testing.T) {
	const n = MostLatinPoints
	for _, n := range []int{n, n - 1, n - 3} {
		d := NewLatin(6, 0, n, names(1))
		for i := range n {
			if got, want := int(d.At(i, 0)*float64(n)), int(d.strata[i]); got != want {
				t.Fatalf("n = %d: point %d lies in stratum %d, want %d", n, i, got, want)
			}
		}
	}
}

// TestLatinPermutationsAreUniform: over seeds, each of the 24 orders of four
// strata comes equally often.
func TestLatinPermutationsAreUniform(t *testing.T) {
	const seeds = 24000
	count := map[[4]uint32]float64{}
	for s := range uint64(seeds) {
		count[[4]uint32(NewLatin(s, 0, 4, names(1)).strata)]++
	}
	if len(count) != 24 {
		t.Fatalf("%d orders of four strata, want 24", len(count))
	}
	chi := 0.0
	for _, c := range count {
		chi += (c - seeds/24) * (c - seeds/24) / (seeds / 24)
	}
	if p := 1 - (distuv.ChiSquared{K: 23}).CDF(chi); p < 1e-4 || p > 1-1e-4 {
		t.Errorf("chi-square %.1f on 23 degrees of freedom, p = %.2g", chi, p)
	}
}

// TestLatinVariance holds the variance of the mean of the product of
// 1 + c(x_j - 1/2) over s dimensions to its exact value. Two points of a Latin
// hypercube lie in different strata, so that c(x - 1/2) of one and the other
// have covariance -v(1 - 1/n^2)/(n - 1) with v = c^2/12, and products over
// independent dimensions multiply.
func TestLatinVariance(t *testing.T) {
	const n, s, c, blocks = 50, 4, 1.0, 4000
	v := c * c / 12
	rho := -v * (1 - 1.0/(n*n)) / (n - 1)
	want := (math.Pow(1+v, s)-1)/n + (n-1)*(math.Pow(1+rho, s)-1)/n
	means := make([]float64, blocks)
	for r := range means {
		means[r] = productMean(NewLatin(11, r, n, names(s)), n, c)
	}
	checkMean(t, "latin", means, 1)
	got := checkVariance(t, "latin", means, want)
	t.Logf("variance %.4g, theory %.4g, independent draws %.4g: ratio %.1f",
		got, want, (math.Pow(1+v, s)-1)/n, (math.Pow(1+v, s)-1)/n/got)
}

// productMean is the mean of the product of 1 + c(x_j - 1/2), whose integral
// is 1, over the first n points of a design.
func productMean(d Design, n int, c float64) float64 {
	sum := 0.0
	for i := range n {
		p := 1.0
		for j := range d.Dimensions() {
			p *= 1 + c*(d.At(i, j)-0.5)
		}
		sum += p
	}
	return sum / float64(n)
}

// checkMean compares the mean of independent estimates with the truth.
func checkMean(t *testing.T, name string, xs []float64, want float64) {
	t.Helper()
	mean, variance, _ := moments(xs)
	if z := (mean - want) / math.Sqrt(variance/float64(len(xs))); math.Abs(z) > 4 {
		t.Errorf("%s: mean of %d randomisations is %.8f, want %v, z = %.1f", name, len(xs), mean, want, z)
	}
}

// checkVariance compares the variance of independent estimates with theory;
// its standard error takes their fourth moment into account.
func checkVariance(t *testing.T, name string, xs []float64, want float64) float64 {
	t.Helper()
	_, variance, fourth := moments(xs)
	se := math.Sqrt((fourth - variance*variance) / float64(len(xs)))
	if z := (variance - want) / se; math.Abs(z) > 4 {
		t.Errorf("%s: variance of %d randomisations is %.4g, want %.4g, z = %.1f", name, len(xs), variance, want, z)
	}
	return variance
}

// moments are the mean, variance and fourth central moment.
func moments(xs []float64) (mean, variance, fourth float64) {
	n := float64(len(xs))
	for _, x := range xs {
		mean += x / n
	}
	for _, x := range xs {
		d := x - mean
		variance += d * d / (n - 1)
		fourth += d * d * d * d / n
	}
	return mean, variance, fourth
}
