package policy

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

const amountForms = "a number, or a change of the value that would hold: x1.2, +20% or -20%"

// parseAmount reads what a setting gives: a number, or a factor of what would hold
// without it. Where it is neither, hint says what could be meant.
func parseAmount(text string) (x float64, relative bool, hint string, ok bool) {
	if factor, scaled := strings.CutPrefix(text, "x"); scaled && !signed(factor) {
		x, ok = ParseNumber(factor)
		return x, true, "", ok
	}
	if percent, of100 := strings.CutSuffix(text, "%"); of100 && signed(percent) {
		x, ok = ParseNumber(percent)
		if x < -100 {
			return 0, true, "-100% leaves nothing, and no value can lose more", false
		}
		return Decimal((100 + x) / 100), true, "", ok
	}
	if strings.HasPrefix(text, "+") {
		return 0, false, "without a sign for a value, " + text + "% for a change", false
	}
	if x, ok = ParseNumber(text); ok {
		return x, false, "", true
	}
	if number := strings.Trim(text, "xX*×% "); number != text {
		if x, number := ParseNumber(number); number && strings.HasSuffix(text, "%") {
			share := FormatNumber(Decimal(x / 100))
			hint = fmt.Sprintf("+%s%% is a change, and %s a share of %s%%", FormatNumber(x), share, FormatNumber(x))
		} else if number && x >= 0 {
			hint = "did you mean x" + FormatNumber(x) + "?"
		}
	}
	return 0, false, hint, false
}

func signed(text string) bool { return strings.HasPrefix(text, "+") || strings.HasPrefix(text, "-") }

// Decimal drops the rounding error of a sum or a product of decimal numbers.
func Decimal(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 14, 64), 64)
	if err != nil {
		return x
	}
	return y
}

// scale puts a relative setting among the changes of its regime: every number that
// the regime has from the date on becomes a value of its own, times the factor. Of a
// table without an entry it scales all entries; starts says from when each. What it
// makes is as certain as any setting: it does not move with the draws.
func (l *Library) scale(s Setting, o *Overlay, p *Parameter, starts *Library) Problems {
	if ps := s.misfits(p, l.Groups); len(ps) > 0 {
		return ps
	}
	var ps Problems
	something := false
	chain, _ := l.Chain(o.Name)
	for _, entry := range s.entries(p, l.Groups) {
		steps, from := series(p, chain, entry), starts.start(s, entry)
		if len(steps) == 0 {
			continue // reported with the parameter
		}
		for first := true; len(steps) > 0; first, steps = false, steps[1:] {
			if first {
				for len(steps) > 1 && steps[1].from <= from {
					steps = steps[1:]
				}
			} else {
				from = steps[0].from
			}
			something = something || steps[0].number != 0
			one := s
			one.Entry, one.Held, one.Number = entry, steps[0].number, Decimal(steps[0].number*s.Number)
			if math.IsInf(one.Number, 0) {
				ps.add(s.At(), one.Key(), s.Text, "a finite number", "")
				return ps
			}
			ps = append(ps, one.apply(o, p, from, l.Groups)...)
		}
	}
	if !something && len(ps) == 0 {
		ps.add(s.At(), s.Key(), "0", "a value: "+s.form(""), "a factor changes nothing about 0")
	}
	return ps
}
