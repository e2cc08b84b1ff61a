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

// Range returns the least and the greatest number that the parameter can be.
func (p *Parameter) Range() (least, most float64) {
	least, most = math.Inf(-1), math.Inf(1)
	switch p.Kind {
	case Chance, ShareOf, Switch:
		least, most = 0, 1
	case Price:
		least, most = 0, 1e7
	case Elasticity, ShapeNumber:
	default:
		least, most = 0, 1e9
	}
	if p.Unit.fraction() {
		least, most = 0, 1
	}
	return least, most
}

// normalQuantile is the inverse of the standard normal distribution function.
func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(float64(2*p)-1) }

func normalProbability(z float64) float64 { return float64(math.Erfc(-z/math.Sqrt2) / 2) }

// Quantile returns the value of the distribution at a mark: of the number
// itself, of the factor for scale, of the addition to logits for logit_shift. A
// normal distribution is cut at the least and the greatest value that the
// number can have, a log-normal one at the greatest. It panics for none.
func (u *Uncertainty) Quantile(mark, least, most float64) float64 {
	switch u.Distribution {
	case "triangular", "scale":
		return triangular(*u.Low, *u.Mode, *u.High, mark)
	case "uniform":
		return *u.Low + float64(mark*(*u.High-*u.Low))
	case "normal":
		from := normalProbability((least - *u.Mean) / *u.SD)
		to := normalProbability((most - *u.Mean) / *u.SD)
		z := normalQuantile(from + float64(mark*(to-from)))
		return min(max(*u.Mean+float64(*u.SD*z), least), most)
	case "lognormal":
		to := 1.0
		if !math.IsInf(most, 1) {
			to = normalProbability(math.Log(most / *u.Median) / *u.Sigma)
		}
		return min(*u.Median*math.Exp(*u.Sigma*normalQuantile(float64(mark*to))), most)
	case "logit_shift":
		return *u.SD * normalQuantile(mark)
	}
	panic("policy: no quantile of the distribution " + u.Distribution)
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

// believed returns what a written number of the parameter is at a mark.
//
// What is believed concerns the latest value of the parameter file: at a mark
// that value becomes the quantile of the distribution. Another number, of an
// earlier date or of a regime, moves along: a probability or share by the same
// change of its logit, a number that cannot be negative by the same factor, any
// other by the same amount.
func (p *Parameter) believed(u *Uncertainty, mark, written float64) float64 {
	least, most := p.Range()
	x := 0.0
	switch q := u.Quantile(mark, least, most); u.Distribution {
	case "scale":
		x = written * q
	case "logit_shift":
		x = ShiftLogit(written, q)
	default:
		x = moved(p.Values[len(p.Values)-1].Amount.Number, q, written, least, most)
	}
	if f := fieldNamed(p.Name); f != nil && f.Whole {
		x = math.Round(x)
	}
	return stable(min(max(x, least), most))
}

// moved applies the change from one number to another to a third.
func moved(from, to, written, least, most float64) float64 {
	inside := func(x float64) bool { return 0 < x && x < 1 }
	switch {
	case written == from:
		return to
	case least == 0 && most == 1 && inside(from) && inside(to):
		return ShiftLogit(written, math.Log(to/(1-to))-math.Log(from/(1-from)))
	case least == 0 && from > 0:
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
		u := p.belief(steps[i].value)
		if u == nil || u.Distribution == "none" {
			continue
		}
		if u == steps[i].value.Uncertainty && u.Distribution != "scale" && u.Distribution != "logit_shift" {
			least, most := p.Range()
			steps[i].number = stable(u.Quantile(mark, least, most))
			continue
		}
		steps[i].number = p.believed(u, mark, steps[i].number)
	}
	return steps
}
