package policy

// DrawnRange says in what range the draws of a number lie, in its unit.
type DrawnRange struct {
	Mean float64
	// Low and High are the 5th and the 95th percentile.
	Low, High float64
}

// drawnNodes is at how many marks the mean of draws is taken. For the densities
// that parameters have it is right to four figures.
const drawnNodes = 10_000

// Drawn returns in what range the draws of the parameter's latest value lie: of
// the stated distribution, as far as the parameter can be what it says. ok is
// false for a table and for a value that hardly varies or is certain.
func (p *Parameter) Drawn() (r DrawnRange, ok bool) {
	v := p.latest()
	if p.By != Scalar || v == nil {
		return DrawnRange{}, false
	}
	u := p.belief(v)
	if u.Distribution == "none" {
		return DrawnRange{}, false
	}
	at := func(mark float64) float64 { return p.believed(u, v, mark, v.Amount.Number) }
	for i := range drawnNodes {
		r.Mean += at((float64(i)+0.5)/drawnNodes) / drawnNodes
	}
	r.Low, r.High = at(0.05), at(0.95)
	return r, r.Low < r.High
}
