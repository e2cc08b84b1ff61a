package policy

import (
	"fmt"
	"math"

	"asylumsim/sim/clock"
)

// Bounds are the least and the greatest number that a quantity can be, both
// included. They are the one definition of it: of the values that files and
// settings give, of the figures of ranges, of draws, and of the rules that
// estimates and other programs make.
type Bounds struct {
	Least, Most float64
	// Ends says that only the least and the greatest are possible: a switch.
	Ends bool
}

// Bounds of a unit. A quantity of some units, and a rule that is tagged for it,
// can be of either sign. The bound far above any price keeps sums of pence
// inside 64 bits; a sum for a whole year may be larger than the price of one
// thing.
func (u Unit) bounds(eitherSign bool) Bounds {
	switch {
	case eitherSign || u.response() || u == "log-odds":
		return Bounds{Least: math.Inf(-1), Most: math.Inf(1)}
	case u == "switch":
		return Bounds{Most: 1, Ends: true}
	case u.fraction():
		return Bounds{Most: 1}
	case u == "GBP/year":
		return Bounds{Most: 1e11}
	case u.money():
		return Bounds{Most: 1e7}
	}
	return Bounds{Most: 1e9}
}

// Bounds of the rule's numbers.
func (f *Field) Bounds() Bounds { return f.Unit.bounds(f.EitherSign) }

// Bounds of the parameter's numbers: those of its rule.
func (p *Parameter) Bounds() Bounds {
	if f := fieldNamed(p.Name); f != nil {
		return f.Bounds()
	}
	return p.Unit.bounds(false) // Bind says that no rule has the name
}

// Contains reports whether a number is possible. None that is not finite is.
func (b Bounds) Contains(x float64) bool {
	if math.IsInf(x, 0) {
		return false
	}
	return b.Least <= x && x <= b.Most && (!b.Ends || x == b.Least || x == b.Most)
}

// cut brings a number inside.
func (b Bounds) cut(x float64) float64 { return min(max(x, b.Least), b.Most) }

// free reports whether there is no bound.
func (b Bounds) free() bool { return math.IsInf(b.Most, 1) }

// want says in words what is possible for something of a unit; what names it.
func (b Bounds) want(what string, u Unit) string {
	switch {
	case b.Ends:
		return "0 (off) or 1 (on)"
	case b.free():
		return "a number"
	case u.fraction():
		return "a " + string(u) + " from 0 to 1"
	case u == "GBP/year":
		return "an amount from 0 to 100,000,000,000 GBP"
	case u.money():
		return "a price from 0 to 10,000,000 GBP"
	}
	return fmt.Sprintf("a %s from 0 to 1,000,000,000", what)
}

// NotFinite is the error of a number that is none, or is infinite: what came of
// a division by zero, for instance. It is a fault of what made the number, not
// of what somebody wrote, and it stops where it is found.
type NotFinite struct {
	Quantity string
	Number   float64
}

func (e *NotFinite) Error() string {
	return fmt.Sprintf("%s is %v: want a finite number", e.Quantity, e.Number)
}

// Finite returns *NotFinite for a number that is not finite.
func Finite(quantity string, x float64) error {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return &NotFinite{quantity, x}
	}
	return nil
}

// Validate checks the rules of every epoch: that each number is one that its
// parameter can be, and that they can be together. The error is *NotFinite, or
// Problems.
func (r *Regime) Validate() error {
	var ps Problems
	for e := range r.Epochs {
		err := r.Epochs[e].Validate(func(key, want string) {
			ps.addOnce(Problem{Position: Position{File: "regime " + r.Name}, Key: key, Want: want, Hint: since(r.Starts[e])})
		})
		if err != nil {
			return fmt.Errorf("regime %s: %w", r.Name, err)
		}
	}
	return ps.Err()
}

// ValidateOpening checks what the rules of the opening date, of the base of a run,
// say of that date against the rest of them. The error is Problems.
func (r *Regime) ValidateOpening(opening clock.Date) error {
	var ps Problems
	rules := &r.Epochs[r.EpochAt(opening)]
	rules.fitOpening(func(key, want string) {
		ps.add(Position{File: "regime " + r.Name}, key, FormatNumber(fieldNamed(key).Numbers(rules)[0]), want, "")
	})
	return ps.Err()
}

// ValidateOpening checks a regime of the library as Regime.ValidateOpening does,
// and finds where the numbers come from.
func (l *Library) ValidateOpening(regime *Regime, opening clock.Date) Problems {
	var ps Problems
	chain, _ := l.Chain(regime.Name)
	r := newResolver(l.Parameters, chain, l.Groups, nil)
	regime.Epochs[regime.EpochAt(opening)].fitOpening(func(key, want string) { r.conflict(&ps, key, want, opening) })
	return ps
}

// key names an entry of the field's table, counted from 0, as problems do.
func (f *Field) key(entry int) string {
	switch {
	case f.By == Scalar:
		return f.Parameter
	case f.By == NationalityEntries:
		return fmt.Sprintf("%s[%d]", f.Parameter, entry)
	}
	return f.Parameter + "." + f.By.Keys(nil)[entry]
}
