package chart

import (
	"math"
	"strconv"
	"strings"

	"asylumsim/sim/clock"
)

// valueAxis is the vertical axis that all panels of a figure share. It always
// includes zero.
type valueAxis struct {
	min, max, step float64 // in the unit of the figure
	scale          quantity
}

// quantity says how values of a unit are written: divided by divisor, with the
// name of the divided unit.
type quantity struct {
	divisor float64
	name    string
}

// newValueAxis picks round ticks from zero to the largest magnitude in view,
// about four of them, and raises the top by some further steps where the
// labels need headroom.
func newValueAxis(low, high float64, unit string, headroom int) valueAxis {
	low, high = min(low, 0), max(high, 0)
	scale := axisQuantity(unit, max(high, -low))
	span := high - low
	if span == 0 {
		span, high = scale.divisor, scale.divisor
	}
	step := roundStep(span / 5)
	if !strings.HasPrefix(unit, "GBP") {
		step = max(step, 1) // half a person is no tick
	}
	const slack = 1e-9 // a maximum on a tick needs no further tick
	return valueAxis{
		min:   math.Floor(low/step+slack) * step,
		max:   (math.Ceil(high/step-slack) + float64(headroom)) * step,
		step:  step,
		scale: scale,
	}
}

// roundStep is the smallest of 1, 2, 2.5, 5 times a power of ten that is not
// below the least step wanted.
func roundStep(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*power >= least*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// ticks lists the tick values from the bottom to the top.
func (a valueAxis) ticks() []float64 {
	n := int(math.Round((a.max - a.min) / a.step))
	out := make([]float64, n+1)
	for i := range out {
		out[i] = a.min + float64(i)*a.step
	}
	return out
}

// label writes a tick value in the axis unit, with as many decimals as the
// step has.
func (a valueAxis) label(v float64) string {
	step, decimals := a.step/a.scale.divisor, 0
	for decimals < 6 && math.Abs(step-math.Round(step)) > 1e-6*step {
		step, decimals = step*10, decimals+1
	}
	return formatNumber(v/a.scale.divisor, decimals)
}

// axisQuantity names the axis unit for values of a size: counts from 100,000
// in thousands, pounds in thousands or millions.
func axisQuantity(unit string, size float64) quantity {
	if q := textQuantity(unit, size); q.divisor > 1 {
		return q
	}
	switch {
	case size >= 2e7:
		return quantity{1e6, sentence(unit) + ", millions"}
	case size >= 1e5:
		return quantity{1e3, sentence(unit) + ", thousands"}
	}
	return quantity{1, sentence(unit)}
}

// textQuantity is how values are written in sentences: counts in full, pounds
// in thousands or millions.
func textQuantity(unit string, size float64) quantity {
	rest, money := strings.CutPrefix(unit, "GBP")
	switch {
	case money && size >= 1e6:
		return quantity{1e6, "GBP million" + rest}
	case money && size >= 1e4:
		return quantity{1e3, "GBP thousand" + rest}
	}
	return quantity{1, unit}
}

// sentence raises the first letter.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Number writes a number in the texts of a figure.
func Number(v float64, decimals int) string { return formatNumber(v, decimals) }

// formatNumber writes a number with thousands separators and a minus sign of
// full width.
func formatNumber(v float64, decimals int) string {
	digits := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if v < 0 && strings.Trim(whole, "0.,") != "" {
		return "\u2212" + whole
	}
	return whole
}

// formatRounded writes a number rounded to three significant figures, whole
// numbers in full below a thousand.
func formatRounded(v float64) string {
	size := math.Abs(v)
	if size == 0 {
		return "0"
	}
	digits := 2 - int(math.Floor(math.Log10(size)))
	if digits <= 0 {
		unit := math.Pow(10, float64(-digits))
		return formatNumber(math.Round(v/unit)*unit, 0)
	}
	if v == math.Round(v) {
		digits = 0
	}
	return formatNumber(v, min(digits, 3))
}

// yearStep is the spacing of year labels, in years, that fits the width: the
// labels of successive ticks stay apart.
func yearStep(years float64, width, label float64) int {
	for _, step := range []int{1, 2, 5, 10, 20, 50} {
		if width/years*float64(step) >= label {
			return step
		}
	}
	return 100
}

// newYears lists each 1 January from first to last.
func newYears(first, last clock.Date) (out []clock.Date) {
	year, _, _ := first.Civil()
	for d := clock.NewDate(year, 1, 1); d <= last; year, d = year+1, clock.NewDate(year+1, 1, 1) {
		if d >= first {
			out = append(out, d)
		}
	}
	return out
}
