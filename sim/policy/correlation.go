package policy

import (
	"fmt"
	"math"
	"slices"
)

// Correlation says that what is believed about two parameters goes together:
// the correlation of the normal scores of their marks (a Gaussian copula; of
// normal distributions it is their own).
type Correlation struct {
	Parameters []string `json:"parameters" jsonschema:"minItems=2,maxItems=2" jsonschema_description:"The two parameters."`
	Number     float64  `json:"correlation" jsonschema_description:"From -1 to 1, both excluded."`
	Source     *Source  `json:"source,omitempty"`
	Assumed    string   `json:"assumed,omitempty" jsonschema_description:"Why they go together, where nothing is published."`

	At     Position `json:"-"`
	Places Places   `json:"-"`
}

// validateCorrelations checks the correlations of a library: of two uncertain
// parameters each, each pair once, and possible together.
func (l *Library) validateCorrelations() Problems {
	var ps Problems
	uncertain := l.Uncertain()
	seen := map[[2]string]Position{}
	for i := range l.Correlations {
		c := &l.Correlations[i]
		key := fmt.Sprintf("[%d]", i)
		fault := func(sub, value, want, hint string) { ps.add(c.Places.Of(sub, c.At), key+"."+sub, value, want, hint) }
		if len(c.Parameters) != 2 || c.Parameters[0] == c.Parameters[1] {
			fault("parameters", fmt.Sprintf("%q", c.Parameters), "two different parameters", "")
			continue
		}
		for _, name := range c.Parameters {
			if !slices.Contains(uncertain, name) {
				hint := DidYouMean(name, uncertain)
				if l.Parameter(name) != nil {
					hint = "it is certain: its uncertainty has the distribution none"
				}
				fault("parameters", fmt.Sprintf("%q", name), "the name of an uncertain parameter", hint)
			}
		}
		if x := c.Number; !(x > -1 && x < 1) {
			fault("correlation", FormatNumber(x), "a number above -1 and below 1", "")
		}
		if c.Source == nil && c.Assumed == "" {
			fault("source", Missing, "a source with title, publisher and date, or assumed: with the reason", "")
		}
		pair := [2]string{min(c.Parameters[0], c.Parameters[1]), max(c.Parameters[0], c.Parameters[1])}
		if first, again := seen[pair]; again {
			fault("parameters", fmt.Sprintf("%q", c.Parameters), "each pair once", "first in "+first.String())
		}
		seen[pair] = c.At
	}
	if len(ps) == 0 && len(l.Correlations) > 0 {
		if _, ok := l.Copula(); !ok {
			c := &l.Correlations[0]
			ps.add(c.At, "correlations", "", "correlations that can all be true together", "their matrix is not positive definite")
		}
	}
	return ps
}

// Copula turns independent marks into marks that are correlated as the library
// says. It keeps the marks of parameters without a correlation as they are.
type Copula struct {
	names  []string    // the parameters that have a correlation, in order
	factor [][]float64 // lower triangular: correlations = factor x its transpose
}

// Copula returns the library's copula; it reports false where the correlations
// cannot all be true together.
func (l *Library) Copula() (*Copula, bool) {
	c := &Copula{}
	for i := range l.Correlations {
		c.names = append(c.names, l.Correlations[i].Parameters...)
	}
	slices.Sort(c.names)
	c.names = slices.Compact(c.names)
	n := len(c.names)
	matrix := make([][]float64, n)
	for i := range matrix {
		matrix[i] = make([]float64, n)
		matrix[i][i] = 1
	}
	for k := range l.Correlations {
		i := slices.Index(c.names, l.Correlations[k].Parameters[0])
		j := slices.Index(c.names, l.Correlations[k].Parameters[1])
		matrix[i][j], matrix[j][i] = l.Correlations[k].Number, l.Correlations[k].Number
	}
	var ok bool
	c.factor, ok = cholesky(matrix)
	return c, ok
}

// cholesky returns the lower triangular factor of a positive definite matrix.
func cholesky(a [][]float64) (factor [][]float64, ok bool) {
	factor = make([][]float64, len(a))
	for i := range a {
		factor[i] = make([]float64, len(a))
		for j := range i + 1 {
			rest := a[i][j]
			for k := range j {
				rest -= float64(factor[i][k] * factor[j][k])
			}
			switch {
			case i != j:
				factor[i][j] = rest / factor[j][j]
			case rest < 1e-9:
				return nil, false
			default:
				factor[i][i] = math.Sqrt(rest)
			}
		}
	}
	return factor, true
}

// Correlate changes marks in place.
func (c *Copula) Correlate(marks Marks) {
	scores := make([]float64, len(c.names))
	for i, name := range c.names {
		scores[i] = normalQuantile(marks[name])
	}
	for i, name := range c.names {
		z := 0.0
		for j := range i + 1 {
			z += float64(c.factor[i][j] * scores[j])
		}
		// Strictly inside the unit interval, as marks are.
		marks[name] = min(max(normalProbability(z), 0x1p-53), 1-0x1p-53)
	}
}
