package compare

import (
	"fmt"
	"math"
)

// Design says how the replications of a run are related to each other: which
// of them are independent observations, and what differs between them. The zero
// Design is of independent replications at the central values.
type Design struct {
	// Drawn reports that the uncertain parameters are drawn.
	Drawn bool
	// Unit is how many replications in a row are one independent observation
	// of a mean: those that share a draw of the parameters, or a randomisation
	// of a stratified design; 0 or 1 for each by itself.
	Unit int
	// Inner is how many replications in a row share a draw.
	Inner int
	// Stratified reports that the draws of a unit were made together.
	Stratified bool
}

// Units returns how many independent observations n replications are.
func (d Design) Units(n int) int {
	unit := max(d.Unit, 1)
	return (n + unit - 1) / unit
}

// describe computes the statistics of one integer per replication, with the
// standard error of the mean that the design allows.
func (d Design) describe(values []int64, perUnit int64) Statistics {
	s := Describe(values, perUnit)
	if d.Unit > 1 {
		s.MCSE = d.clusterError(values) / float64(perUnit)
	}
	return s
}

// clusterError is the standard error of a mean whose independent observations
// are groups of replications, the last perhaps smaller: with S_g and n_g the sum
// and size of group g of G, the root of G/(G-1) x sum of (S_g - n_g mean)^2 / n^2
// (the estimator of a ratio; Cochran 1977, Sampling Techniques, section 9A). NaN
// for one group.
func (d Design) clusterError(values []int64) float64 {
	n, groups := len(values), d.Units(len(values))
	if groups < 2 {
		return math.NaN()
	}
	total := 0.0
	for _, v := range values {
		total += float64(v)
	}
	mean, squares := total/float64(n), 0.0
	for g := range groups {
		own := values[g*d.Unit : min((g+1)*d.Unit, n)]
		sum := 0.0
		for _, v := range own {
			sum += float64(v)
		}
		off := sum - float64(float64(len(own))*mean)
		squares += float64(off * off)
	}
	return math.Sqrt(float64(groups)/float64(groups-1)*squares) / float64(n)
}

// note says what differs between the replications of a run.
func (d Design) note(n int) string {
	switch {
	case !d.Drawn:
		return "Parameters are at their central values: parameter uncertainty is in none of these numbers."
	case d.Stratified:
		return fmt.Sprintf("The uncertain parameters are drawn, the same in every regime, in %d independent randomisations of a stratified design, whose spread gives the standard errors. Ranges hold parameter uncertainty, as far as it is stated, and chance together.", d.Units(n))
	case d.Inner > 1:
		return fmt.Sprintf("The uncertain parameters are drawn %d times, the same in every regime, with %d replications to a draw; the draws are what is independent. Ranges hold parameter uncertainty, as far as it is stated, and chance together; variance.csv tells them apart.", d.Units(n), d.Inner)
	}
	return "Every replication draws the uncertain parameters anew, the same in every regime: ranges hold parameter uncertainty, as far as it is stated, and chance together."
}
