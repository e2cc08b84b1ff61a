package queue

import (
	"testing"

	"pgregory.net/rapid"
)

// TestCapacityReleasesWhatWasAsked: whatever the amounts, what was asked for and
// given back, less what was released, is always at least nothing and less than a
// unit, when something has just been asked for. Amounts are in eighths, in which
// the sums are exact.
func TestCapacityReleasesWhatWasAsked(t *testing.T) {
	eighths := rapid.Map(rapid.OneOf(rapid.IntRange(-8, 80), rapid.SampledFrom([]int{0, 1, 1 << 30})), func(n int) float64 { return float64(n) / 8 })
	rapid.Check(t, func(t *rapid.T) {
		begins := float64(rapid.IntRange(0, 7).Draw(t, "begins")) / 8
		c := Begin(begins)
		asked, released, kept := begins, 0, 0.0
		for range rapid.IntRange(1, 50).Draw(t, "days") {
			amount := eighths.Draw(t, "amount")
			n := c.Release(amount)
			released += n
			asked += max(0, amount)
			if amount <= 0 {
				if n != 0 {
					t.Fatalf("%v released %d", amount, n)
				}
				continue
			}
			if left := asked + kept - float64(released); left < 0 || left >= 1 {
				t.Fatalf("%v are left of %v asked for and %v given back after %d were released", left, asked, kept, released)
			}
			if rapid.Bool().Draw(t, "not all used") {
				unused, most := rapid.IntRange(0, n).Draw(t, "unused"), float64(rapid.IntRange(-8, 80).Draw(t, "most"))/8
				c.Keep(unused, most)
				kept += min(float64(unused), max(0, most))
			}
		}
	})
}

// TestThreeTenthsADay: on ten days three are released, the fourth, the seventh
// and the tenth, on which three whole units are complete; of 0.3, which binary
// numbers do not hold, also after a million days no more than one is missing.
func TestThreeTenthsADay(t *testing.T) {
	var c Capacity
	released := 0
	for day := 1; day <= 1_000_000; day++ {
		n := c.Release(0.3)
		released += n
		if want := map[int]int{4: 1, 7: 1, 10: 1}[day]; day < 10 && n != want {
			t.Errorf("day %d: %d released, want %d", day, n, want)
		}
		if exact := 3 * day / 10; released > exact || released < exact-1 {
			t.Fatalf("day %d: %d released so far, want %d", day, released, exact)
		}
	}
}

// TestResourceIsArithmetic: sizes may fall below use at any time; then nothing
// is free until enough are given back, and nobody is put out.
func TestResourceIsArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r Resource
		size, inUse := int64(0), int64(0)
		number := rapid.Int64Range(0, 20)
		t.Repeat(map[string]func(*rapid.T){
			"resize": func(t *rapid.T) {
				size = rapid.OneOf(number, rapid.SampledFrom([]int64{0, -3, 1 << 60})).Draw(t, "size")
				r.Size = size
			},
			"take": func(t *rapid.T) {
				n := number.Draw(t, "places")
				fits := inUse+n <= size || n == 0
				if took := r.Take(n); took != fits {
					t.Fatalf("%d places were taken: %v, with %d of %d in use", n, took, inUse, size)
				}
				if fits {
					inUse += n
				}
			},
			"give": func(t *rapid.T) {
				n := rapid.Int64Range(0, inUse+1).Draw(t, "places")
				defer func() {
					if refused := recover() != nil; refused != (n > inUse) {
						t.Fatalf("%d of %d places in use were given back, refused: %v", n, inUse, refused)
					} else if !refused {
						inUse -= n
					}
				}()
				r.Give(n)
			},
			"": func(t *rapid.T) {
				if r.InUse != inUse || r.Free() != max(0, size-inUse) {
					t.Fatalf("%d in use and %d free, want %d and %d", r.InUse, r.Free(), inUse, max(0, size-inUse))
				}
			},
		})
	})
}
