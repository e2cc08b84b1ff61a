package policy

import (
	"math"
	"strconv"
)

// Marks is one point of what is believed about all uncertain parameters: for
// each, a number in (0, 1) that says how far up its distribution the true value
// lies. All regimes of a replication meet the same marks. Nil stands for the
// central values: every parameter as it is written.
type Marks map[string]float64

// Uncertain lists the parameters about which more than one value is believed,
// in the order of the library.
func (l *Library) Uncertain() []string {
	var names []string
	for i := range l.Parameters {
		if p := &l.Parameters[i]; p.Uncertainty.Distribution != "none" {
			names = append(names, p.Name)
		}
	}
	return names
}

// normalQuantile is the inverse of the standard normal distribution function.
func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(float64(2*p)-1) }

func normalProbability(z float64) float64 { return float64(math.Erfc(-z/math.Sqrt2) / 2) }

// Quantile returns the value of the distribution at a mark: of the number
// itself, of the factor for scale, of the addition to logits for logit_shift. A
// normal distribution is cut at the least and the greatest value that the
// number can have, a log-normal one at the greatest. It panics for none.
func (u *Uncertainty) Quantile(mark float64, b Bounds) float64 {
	switch u.Distribution {
	case "triangular", "scale":
		return triangular(*u.Low, *u.Mode, *u.High, mark)
	case "uniform":
		return *u.Low + float64(mark*(*u.High-*u.Low))
	case "normal":
		from, to := u.within(b)
		return b.cut(*u.Mean + float64(*u.SD*normalQuantile(from+float64(mark*(to-from)))))
	case "lognormal":
		_, to := u.within(b)
		return b.cut(*u.Median * math.Exp(*u.Sigma*normalQuantile(float64(mark*to))))
	case "logit_shift":
		return *u.SD * normalQuantile(mark)
	}
	panic("policy: no quantile of the distribution " + u.Distribution)
}

// within returns the probabilities of a normal or a log-normal distribution
// below the least and the greatest number that there can be.
func (u *Uncertainty) within(b Bounds) (least, most float64) {
	if u.Distribution == "normal" {
		return normalProbability((b.Least - *u.Mean) / *u.SD), normalProbability((b.Most - *u.Mean) / *u.SD)
	}
	return 0, normalProbability(math.Log(b.Most / *u.Median) / *u.Sigma)
}

// triangular is the quantile of the triangular distribution.
func triangular(low, mode, high, p float64) float64 {
	width := high - low
	if width <= 0 {
		return mode
	}
	if below := (mode - low) / width; p < below {
		return low + math.Sqrt(p*width*(mode-low))
	}
	return high - math.Sqrt((1-p)*width*(high-mode))
}

// believed returns what a written number of the parameter is at a mark: a number
// that it can be.
func (p *Parameter) believed(u *Uncertainty, v *Value, mark, written float64) float64 {
	x := p.uncut(u, v, mark, written)
	if f := fieldNamed(p.Name); f != nil && f.Whole {
		x = math.Round(x)
	}
	return stable(p.Bounds().cut(x))
}

// uncut returns what a number of a value is at a mark, by a distribution that is
// the value's own or the parameter's, whether or not it can be.
//
// What is believed concerns the latest value of the parameter file: at a mark
// that value becomes the quantile of the distribution. Another number, of an
// earlier date or of a regime, moves along: a probability or share by the same
// change of its logit, an elasticity or a shape by the same amount, any other
// number by the same factor.
func (p *Parameter) uncut(u *Uncertainty, v *Value, mark, written float64) float64 {
	q := u.Quantile(mark, p.Bounds())
	switch {
	case u.Distribution == "scale":
		return written * q
	case u.Distribution == "logit_shift":
		return ShiftLogit(written, q)
	case u == v.Uncertainty:
		return q
	}
	return p.moved(p.latest().Amount.Number, q, written)
}

// moved applies the change from one number of the parameter to another to a
// third.
func (p *Parameter) moved(from, to, written float64) float64 {
	inside := func(x float64) bool { return 0 < x && x < 1 }
	switch {
	case written == from:
		return to
	case p.Unit.fraction() && inside(from) && inside(to):
		return ShiftLogit(written, math.Log(to/(1-to))-math.Log(from/(1-from)))
	case p.Kind != Elasticity && p.Kind != ShapeNumber && from > 0 && to >= 0:
		return written * (to / from)
	}
	return written + (to - from)
}

// ShiftLogit adds to the logit of a probability; 0 and 1 stay what they are.
func ShiftLogit(p, by float64) float64 {
	if p <= 0 || p >= 1 {
		return p
	}
	return 1 / (1 + math.Exp(-by)*(1-p)/p)
}

// stable rounds a number to twelve digits, so that what follows from it does
// not depend on the last bit of a logarithm.
func stable(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
	if err != nil {
		panic(err) // a number that was just written
	}
	return y
}

// belief returns the distribution that a value of a parameter has in a regime,
// nil where it is certain: the value's own, or else the parameter's for the
// values of its file and for those of regimes that are assumed. A regime's
// value that has a source is a rule, and taken as stated.
func (p *Parameter) belief(v *Value) *Uncertainty {
	switch {
	case v.Uncertainty != nil:
		return v.Uncertainty
	case p.owns(v) || v.Assumed != "":
		return &p.Uncertainty
	}
	return nil
}

// owns reports whether a value is one of the parameter file's.
func (p *Parameter) owns(v *Value) bool {
	for i := range p.Values {
		if v == &p.Values[i] {
			return true
		}
	}
	return false
}

// at returns the numbers of a series at a point of what is believed.
func (m Marks) at(p *Parameter, steps []step) []step {
	mark, uncertain := m[p.Name]
	if !uncertain {
		return steps
	}
	for i := range steps {
		if u := p.belief(steps[i].value); u != nil && u.Distribution != "none" {
			steps[i].number = p.believed(u, steps[i].value, mark, steps[i].number)
		}
	}
	return steps
}
