package random

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"strings"
	"testing"
)

// TestSobolPublishedPoints: the first points in three dimensions, as the
// generator of Joe and Kuo prints them and as Apache Commons Math 3.6 tests
// its own.
func TestSobolPublishedPoints(t *testing.T) {
	v := sobolVectors(3)
	for i, want := range [][3]float64{
		{0, 0, 0},
		{0.5, 0.5, 0.5},
		{0.75, 0.25, 0.25},
		{0.25, 0.75, 0.75},
		{0.375, 0.375, 0.625},
		{0.875, 0.875, 0.125},
		{0.625, 0.125, 0.875},
		{0.125, 0.625, 0.375},
		{0.1875, 0.3125, 0.9375},
		{0.6875, 0.8125, 0.4375},
	} {
		for j := range 3 {
			if got := float64(sobolPoint(&v[j], uint32(i))) * 0x1p-32; got != want[j] {
				t.Errorf("point %d has %v in dimension %d, want %v", i, got, j, want[j])
			}
		}
	}
}

// TestSobolAgreesWithSciPy: SciPy 1.10.1's qmc.Sobol(d=512, scramble=False,
// bits=32), points 10, 100, 1000 and 4095 in some dimensions and a digest of
// all coordinates of the first 4096 points, as 32-bit words, least byte first.
func TestSobolAgreesWithSciPy(t *testing.T) {
	v := sobolVectors(512)
	for index, want := range map[uint32]map[int]uint32{
		10:   {3: 805306368, 9: 2415919104, 39: 3489660928, 99: 805306368, 199: 1342177280, 511: 4026531840},
		100:  {3: 3120562176, 9: 2986344448, 39: 570425344, 99: 3791650816, 199: 570425344, 511: 2248146944},
		1000: {3: 2906652672, 9: 297795584, 39: 2059403264, 99: 801112064, 199: 3619684352, 511: 1698693120},
		4095: {3: 3872391168, 9: 1058013184, 39: 976224256, 99: 4134535168, 199: 3566206976, 511: 3929014272},
	} {
		for j, x := range want {
			if got := sobolPoint(&v[j], index); got != x {
				t.Errorf("point %d has %d/2^32 in dimension %d, want %d/2^32", index, got, j, x)
			}
		}
	}
	digest := sha256.New()
	row := make([]byte, 4*512)
	for i := range uint32(4096) {
		for j := range v {
			binary.LittleEndian.PutUint32(row[4*j:], sobolPoint(&v[j], i))
		}
		digest.Write(row)
	}
	const want = "66f0efa7b87a7224d700d47c70172cf3ddbda94b7fbdad7709dbd488759dfb4d"
	if got := fmt.Sprintf("%x", digest.Sum(nil)); got != want {
		t.Errorf("digest of 4096 points is %s, want %s", got, want)
	}
}

// TestDirectionNumbers: polynomials are primitive and differ, initial numbers
// are odd and below 2^k, and the table has as many lines as it says.
func TestDirectionNumbers(t *testing.T) {
	seen := map[uint32]bool{}
	lines := 0
	for line := range strings.Lines(joeKuo) {
		if line[0] == '#' {
			continue
		}
		lines++
		a, m := directionNumbers(line)
		s := len(m)
		polynomial := 1<<s | a<<1 | 1
		if a>>max(s-1, 0) != 0 || seen[polynomial] || !primitive(polynomial, s) {
			t.Errorf("%q: polynomial %b is not primitive and new", line, polynomial)
		}
		seen[polynomial] = true
		for k, x := range m {
			if x&1 == 0 || x>>(k+1) != 0 {
				t.Errorf("%q: m_%d is %d, want an odd number below 2^%d", line, k+1, x, k+1)
			}
		}
	}
	if lines != MostSobolDimensions-1 {
		t.Errorf("%d lines, want %d", lines, MostSobolDimensions-1)
	}
	if !strings.Contains(joeKuo, "Copyright (c) 2008, Frances Y. Kuo and Stephen Joe") {
		t.Error("the table has lost its licence")
	}
}

// primitive reports whether x generates all 2^s - 1 units modulo a polynomial
// of degree s over the field of two elements.
func primitive(polynomial uint32, s int) bool {
	x := uint32(1)
	for i := 1; ; i++ {
		x <<= 1
		if x>>s == 1 {
			x ^= polynomial
		}
		if x == 1 || i >= 1<<s {
			return i == 1<<s-1
		}
	}
}

// digits returns the first digits of a coordinate, as a whole number.
func digits(x float64, n int) int { return int(math.Ldexp(x, n)) }

// TestSobolIsANet: 2^m points are balanced in every elementary division of
// dimensions 0 and 1 (a (0, m, 2)-net) and in 2^m strata of every dimension
// (a (0, m, 1)-net), before scrambling and after.
func TestSobolIsANet(t *testing.T) {
	plain := sobolVectors(MostSobolDimensions)
	sequences := map[string]func(i, j int) float64{
		"unscrambled": func(i, j int) float64 { return float64(sobolPoint(&plain[j], uint32(i))) * 0x1p-32 },
	}
	for seed := range uint64(5) {
		d := NewSobol(seed, int(seed), 1<<10, names(MostSobolDimensions))
		if !d.Balanced() {
			t.Fatal("1024 points are not balanced")
		}
		sequences[fmt.Sprintf("seed %d", seed)] = d.At
	}
	for name, at := range sequences {
		for m := range 11 {
			for rows := range m + 1 {
				count := make([]int, 1<<m)
				for i := range count {
					count[digits(at(i, 0), rows)<<(m-rows)|digits(at(i, 1), m-rows)]++
				}
				for cell, c := range count {
					if c != 1 {
						t.Fatalf("%s: cell %d of 2^%d x 2^%d holds %d of %d points, want 1", name, cell, rows, m-rows, c, len(count))
					}
				}
			}
		}
		for j := range MostSobolDimensions {
			const m = 8
			var count [1 << m]int
			for i := range count {
				count[digits(at(i, j), m)]++
			}
			for stratum, c := range count {
				if c != 1 {
					t.Fatalf("%s: stratum %d of dimension %d holds %d points, want 1", name, stratum, j, c)
				}
			}
		}
	}
	if NewSobol(1, 0, 1000, names(2)).Balanced() {
		t.Error("1000 points are balanced")
	}
}

// TestScramblingIsNested: coordinates that share their first k digits and no
// more share the first k digits of their scrambled values and no more.
func TestScramblingIsNested(t *testing.T) {
	s := NewSource(8, 0)
	for i := range uint32(2000) {
		x := uint32(s.Bits(1, 0, i))
		shared := int(s.Bits(2, 0, i) % sobolBits)
		y := x ^ 1<<(31-shared) ^ uint32(s.Bits(3, 0, i))&(1<<(31-shared)-1)
		key := s.Bits(4, 0, i/100)
		if got := bits.LeadingZeros64(scramble(key, x) ^ scramble(key, y)); got != shared {
			t.Fatalf("%032b and %032b share %d digits, their scrambled values %d", x, y, shared, got)
		}
	}
}

// TestScramblingFlipsHalf: over keys, each of the 64 digits is flipped in half
// of the cases, for one coordinate and for another.
func TestScramblingFlipsHalf(t *testing.T) {
	const keys = 20000
	s := NewSource(9, 0)
	for _, x := range []uint32{0, math.MaxUint32, 0xa5a5a5a5} {
		var flipped [64]float64
		for i := range uint32(keys) {
			flips := scramble(s.Bits(1, 0, i), x) ^ uint64(x)<<32
			for k := range flipped {
				flipped[k] += float64(flips >> (63 - k) & 1)
			}
		}
		for k, count := range flipped {
			if z := (count - keys/2) / math.Sqrt(keys/4); math.Abs(z) > 4 {
				t.Errorf("digit %d of %#x is flipped %v times in %d, z = %.1f", k+1, x, count, keys, z)
			}
		}
	}
}

// TestSobolGrows: a design begins with the points of a smaller one.
func TestSobolGrows(t *testing.T) {
	small, large := NewSobol(3, 1, 100, names(20)), NewSobol(3, 1, 4096, names(30))
	for i := range small.Points() {
		for j := range small.Dimensions() {
			if small.At(i, j) != large.At(i, j) {
				t.Fatalf("point %d differs in dimension %d", i, j)
			}
		}
	}
}

// TestSobolVariance holds the variance of the mean of the product of
// 1 + c(x_j - 1/2) over dimensions 0 and 1 to its exact value for a scrambled
// (0, m, 2)-net. Digit l of x carries the variance 4^-l/4 of x - 1/2, and
// Owen (1997, doi:10.1137/S0036142994277468) gives the gain of a pair of
// digits from the number of points that share them: none in a net up to m
// digits in all, 2 at m + 1 and 1 beyond; of one digit none up to m, then 1.
func TestSobolVariance(t *testing.T) {
	const m, c, blocks = 6, 1.0, 4000
	digit := func(l int) float64 { return c * c * math.Ldexp(0.25, -2*l) }
	want := 0.0
	for l := 1; l <= 60; l++ {
		if l > m {
			want += 2 * digit(l)
		}
		for k := 1; k <= 60; k++ {
			switch {
			case l+k == m+1:
				want += 2 * digit(l) * digit(k)
			case l+k > m+1:
				want += digit(l) * digit(k)
			}
		}
	}
	want /= 1 << m
	means := make([]float64, blocks)
	for r := range means {
		means[r] = productMean(NewSobol(12, r, 1<<m, names(2)), 1<<m, c)
	}
	checkMean(t, "sobol", means, 1)
	got := checkVariance(t, "sobol", means, want)
	independent := (math.Pow(1+c*c/12, 2) - 1) / (1 << m)
	t.Logf("variance %.4g, theory %.4g, independent draws %.4g: ratio %.0f", got, want, independent, independent/got)
}

// TestVarianceAgainstIndependentDraws: how many times the variance of
// independent draws is that of each design, for a smooth integrand in more
// dimensions and with other numbers of points. All estimates are unbiased.
func TestVarianceAgainstIndependentDraws(t *testing.T) {
	for _, c := range []struct {
		n, dimensions int
		slope         float64
		blocks        int
		latin, sobol  float64 // least ratio, far below what is expected
	}{
		{1024, 5, 1, 200, 3, 1000},
		{256, 10, 0.5, 200, 4, 20},
		{1000, 5, 1, 200, 3, 50}, // not a power of two
		{256, 300, 0.1, 40, 3, 3},
	} {
		independent := (math.Pow(1+c.slope*c.slope/12, float64(c.dimensions)) - 1) / float64(c.n)
		for _, kind := range kinds {
			means := make([]float64, c.blocks)
			for r := range means {
				means[r] = productMean(kind.make(13, r, c.n, names(c.dimensions)), c.n, c.slope)
			}
			name := fmt.Sprintf("%s, %d points, %d dimensions, slope %v", kind.name, c.n, c.dimensions, c.slope)
			checkMean(t, name, means, 1)
			_, variance, _ := moments(means)
			ratio := independent / variance
			t.Logf("%s: ratio %.3g", name, ratio)
			switch {
			case kind.name == "independent":
				checkVariance(t, name, means, independent)
			case kind.name == "latin" && ratio < c.latin, kind.name == "sobol" && ratio < c.sobol:
				t.Errorf("%s: variance of independent draws is only %.3g times as large", name, ratio)
			}
		}
	}
}
