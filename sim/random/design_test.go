package random

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// kinds makes each kind of design. Those with a fixed number of points have n.
var kinds = []struct {
	name string
	make func(seed uint64, block, n int, keys []Key) Design
}{
	{"independent", func(seed uint64, block, _ int, keys []Key) Design { return NewIndependent(seed, block, keys) }},
	{"latin", func(seed uint64, block, n int, keys []Key) Design { return NewLatin(seed, block, n, keys) }},
	{"sobol", func(seed uint64, block, n int, keys []Key) Design { return NewSobol(seed, block, n, keys) }},
}

// names returns the keys of n dimensions.
func names(n int) []Key {
	keys := make([]Key, n)
	for i := range keys {
		keys[i] = NamedKey(fmt.Sprintf("parameter %d", i))
	}
	return keys
}

func TestNamedKeyIsMixedFNV(t *testing.T) {
	// FNV-1a test vectors of its authors (isthe.com/chongo/tech/comp/fnv).
	for name, want := range map[string]uint64{"": 0xcbf29ce484222325, "a": 0xaf63dc4c8601ec8c, "foobar": 0x85944171f73967e8} {
		if got := NamedKey(name); got != Key(mix(want)) {
			t.Errorf("key of %q is %#x, want %#x", name, got, mix(want))
		}
	}
}

// TestCoordinatesAreInside asks for the extremes that bits can give and for
// many points of each design.
func TestCoordinatesAreInside(t *testing.T) {
	if low, high := inside(0), inside(math.MaxUint64); low != 0x1p-53 || high != 1-0x1p-53 {
		t.Errorf("coordinates reach from %v to %v", low, high)
	}
	for _, kind := range kinds {
		for _, n := range []int{1, 2, 3, 1000, 4096} {
			d := kind.make(1, 0, n, names(9))
			if got := d.Dimensions(); got != 9 {
				t.Errorf("%s has %d dimensions, want 9", kind.name, got)
			}
			for i := range n {
				for j := range d.Dimensions() {
					if x := d.At(i, j); !(x > 0 && x < 1) {
						t.Fatalf("%s of %d points: point %d has %v in dimension %d", kind.name, n, i, x, j)
					}
				}
			}
		}
	}
}

// TestCoordinatesAreUniform: over seeds, each coordinate of each point is
// uniform (Kolmogorov and Smirnov's test).
func TestCoordinatesAreUniform(t *testing.T) {
	const seeds, n, dimensions = 4000, 16, 5
	keys := names(dimensions)
	for _, kind := range kinds {
		var samples [n * dimensions][seeds]float64
		for s := range seeds {
			d := kind.make(uint64(s), 2, n, keys)
			for p := range samples {
				samples[p][s] = d.At(p/dimensions, p%dimensions)
			}
		}
		for p := range samples {
			xs := samples[p][:]
			slices.Sort(xs)
			worst := 0.0
			for i, x := range xs {
				worst = max(worst, x-float64(i)/seeds, float64(i+1)/seeds-x)
			}
			// p = 2 exp(-2 d^2) = 1e-4 at d = 2.22; there are 80 coordinates.
			if d := worst * math.Sqrt(seeds); d > 2.22 {
				t.Errorf("%s: point %d, dimension %d: distance %.2f/sqrt(n) from uniform", kind.name, p/dimensions, p%dimensions, d)
			}
		}
	}
}

// TestOnePointIsUniformOnTheCube: over seeds, coordinates of one point are
// independent of each other, as is a point of another block.
func TestOnePointIsUniformOnTheCube(t *testing.T) {
	const seeds, cells = 20000, 8
	keys := names(3)
	pairs := map[string]func(a, b Design) (float64, float64){
		"dimensions 0 and 1": func(a, _ Design) (float64, float64) { return a.At(3, 0), a.At(3, 1) },
		"dimensions 1 and 2": func(a, _ Design) (float64, float64) { return a.At(3, 1), a.At(3, 2) },
		"two blocks":         func(a, b Design) (float64, float64) { return a.At(3, 0), b.At(3, 0) },
	}
	for _, kind := range kinds {
		for name, pair := range pairs {
			var count [cells][cells]float64
			for s := range seeds {
				u, v := pair(kind.make(uint64(s), 0, 8, keys), kind.make(uint64(s), 1, 8, keys))
				count[int(u*cells)][int(v*cells)]++
			}
			chi, want := 0.0, float64(seeds)/(cells*cells)
			for _, row := range count {
				for _, c := range row {
					chi += (c - want) * (c - want) / want
				}
			}
			if p := 1 - (distuv.ChiSquared{K: cells*cells - 1}).CDF(chi); p < 1e-4 || p > 1-1e-4 {
				t.Errorf("%s, %s: chi-square %.1f on 63 degrees of freedom, p = %.2g", kind.name, name, chi, p)
			}
		}
	}
}

// TestAddingADimension: a new dimension changes none of the others, wherever
// it is put in Independent and Latin, and at the end of the list in Sobol.
func TestAddingADimension(t *testing.T) {
	const n = 100
	keys := names(12)
	added := NamedKey("a parameter thought of later")
	for _, kind := range kinds {
		places := []int{0, 5, len(keys)}
		if kind.name == "sobol" {
			places = []int{len(keys)}
		}
		before := kind.make(4, 1, n, keys)
		for _, at := range places {
			after := kind.make(4, 1, n, slices.Insert(slices.Clone(keys), at, added))
			for i := range n {
				for j := range keys {
					moved := j
					if j >= at {
						moved++
					}
					if before.At(i, j) != after.At(i, moved) {
						t.Fatalf("%s: a dimension added at %d changes point %d in dimension %d", kind.name, at, i, j)
					}
				}
			}
		}
	}
}

// TestDesignsDiffer: kinds, blocks and seeds have randomness of their own, and
// none has that of the replications of a seed.
func TestDesignsDiffer(t *testing.T) {
	seen := map[Source]string{}
	for seed := range uint64(30) {
		for block := range 30 {
			for kind := uint64(independentPoints); kind <= sobolPoints; kind++ {
				name := fmt.Sprintf("seed %d block %d kind %d", seed, block, kind)
				s := designSource(seed, block, kind)
				if other, twice := seen[s]; twice {
					t.Fatalf("%s has the randomness of %s", name, other)
				}
				seen[s] = name
			}
			s := NewSource(seed, block)
			if other, twice := seen[s]; twice {
				t.Fatalf("replication %d of seed %d has the randomness of %s", block, seed, other)
			}
			seen[s] = fmt.Sprintf("replication %d of seed %d", block, seed)
		}
	}
}

// TestDesignsAreTheSameEverywhere holds coordinates to the last bit: they are
// part of every result.
func TestDesignsAreTheSameEverywhere(t *testing.T) {
	want := map[string][2]float64{
		"independent": {0.17212045231316242, 0.993502105327578},
		"latin":       {0.800634635558934, 0.2183290179091273},
		"sobol":       {0.4645180922542026, 0.03863687465719379},
	}
	for _, kind := range kinds {
		d := kind.make(20251231, 3, 1000, names(7))
		if got := [2]float64{d.At(0, 0), d.At(999, 6)}; got != want[kind.name] {
			t.Errorf("%s: first and last coordinate are %v, want %v", kind.name, got, want[kind.name])
		}
	}
}

func TestCoordinatesCostNoMemory(t *testing.T) {
	for _, kind := range kinds {
		d := kind.make(1, 0, 64, names(300))
		sum := 0.0
		if got := testing.AllocsPerRun(100, func() { sum += d.At(63, 299) }); got != 0 {
			t.Errorf("%s: %v allocations a coordinate", kind.name, got)
		}
	}
}

func TestFaultsOfTheCallerPanic(t *testing.T) {
	twice := append(names(3), names(1)...)
	for name, fault := range map[string]func(){
		"independent, equal keys":     func() { NewIndependent(1, 0, twice) },
		"independent, negative index": func() { NewIndependent(1, 0, names(1)).At(-1, 0) },
		"independent, dimension":      func() { NewIndependent(1, 0, names(1)).At(0, 1) },
		"latin, equal keys":           func() { NewLatin(1, 0, 4, twice) },
		"latin, no point":             func() { NewLatin(1, 0, 0, names(1)) },
		"latin, too many points":      func() { NewLatin(1, 0, MostLatinPoints+1, names(1)) },
		"latin, index":                func() { NewLatin(1, 0, 4, names(2)).At(4, 0) },
		"latin, dimension":            func() { NewLatin(1, 0, 4, names(2)).At(0, 2) },
		"sobol, equal keys":           func() { NewSobol(1, 0, 4, twice) },
		"sobol, no point":             func() { NewSobol(1, 0, 0, names(1)) },
		"sobol, too many points":      func() { NewSobol(1, 0, MostSobolPoints+1, names(1)) },
		"sobol, too many dimensions":  func() { NewSobol(1, 0, 4, names(MostSobolDimensions+1)) },
		"sobol, index":                func() { NewSobol(1, 0, 4, names(2)).At(-1, 0) },
		"sobol, dimension":            func() { NewSobol(1, 0, 4, names(2)).At(0, 2) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			fault()
		})
	}
}

func BenchmarkAt(b *testing.B) {
	for _, kind := range kinds {
		for _, dimensions := range []int{10, 300} {
			b.Run(fmt.Sprintf("design=%s/dimensions=%d", kind.name, dimensions), func(b *testing.B) {
				const n = 1024
				d := kind.make(1, 0, n, names(dimensions))
				b.ReportAllocs()
				sum, i, j := 0.0, 0, 0
				for b.Loop() {
					sum += d.At(i, j)
					if j++; j == dimensions {
						i, j = (i+1)%n, 0
					}
				}
				if sum <= 0 {
					b.Error("no coordinates")
				}
			})
		}
	}
}

func BenchmarkNewDesign(b *testing.B) {
	keys := names(300)
	for _, kind := range kinds {
		b.Run(fmt.Sprintf("design=%s/dimensions=300/points=1024", kind.name), func(b *testing.B) {
			for b.Loop() {
				kind.make(1, 0, 1024, keys)
			}
		})
	}
}
