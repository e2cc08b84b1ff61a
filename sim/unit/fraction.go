package unit

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Fraction is a part 1/k of people and capacities, for a whole k: what a
// sampled run simulates. Its number is k; the zero value is the whole. Since k
// is whole, counts that are scaled back stay whole.
type Fraction int32

// MostFraction is the largest k. Beyond it the smaller stocks are a handful of
// cases.
const MostFraction = 1000

// FractionForm says in words how a fraction is written.
const FractionForm = "1, or 1/k with a whole k up to 1000, such as 1/10"

var errFraction = errors.New("want " + FractionForm)

// ParseFraction reads "1" or "1/k".
func ParseFraction(text string) (Fraction, error) {
	if text == "1" {
		return 0, nil
	}
	digits, ok := strings.CutPrefix(text, "1/")
	k, err := strconv.ParseUint(digits, 10, 31)
	if !ok || err != nil || k < 1 || k > MostFraction || digits[0] == '0' {
		return 0, fmt.Errorf("fraction %.100q: %w", text, errFraction)
	}
	if k == 1 {
		k = 0
	}
	return Fraction(k), nil
}

// NearFraction suggests what somebody may have meant who wrote a fraction in
// another way, as a share, a percentage or 1 in k; empty for no idea.
func NearFraction(text string) string {
	percent, isPercent := strings.CutSuffix(text, "%")
	x, err := strconv.ParseFloat(percent, 64)
	if isPercent {
		x /= 100
	}
	k := 1 / x
	if x > 1 {
		k = x
	}
	if err != nil || !(x > 0) || k < 1.5 || k > MostFraction {
		return ""
	}
	return fmt.Sprintf("did you mean 1/%.0f", k)
}

// K returns the k of 1/k: 1 for the whole.
func (f Fraction) K() int64 { return max(1, int64(f)) }

// Whole reports whether it is all of it.
func (f Fraction) Whole() bool { return f.K() == 1 }

// String writes it as ParseFraction reads it.
func (f Fraction) String() string {
	if f.Whole() {
		return "1"
	}
	return "1/" + strconv.FormatInt(f.K(), 10)
}

// MarshalText writes the fraction as String does.
func (f Fraction) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (f *Fraction) UnmarshalText(text []byte) error {
	var err error
	*f, err = ParseFraction(string(text))
	return err
}
