package experiment

import (
	"fmt"

	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// Method is how points of what is believed about the parameters are chosen.
type Method string

// The methods. Stratified ones need a fixed number of replications: the
// standard error of a mean then comes from independent randomisations, not from
// the spread over replications.
const (
	Central        Method = "central"         // every parameter as written
	Independent    Method = "independent"     // independent, keyed
	LatinHypercube Method = "latin_hypercube" // stratified, one parameter at a time
	Sobol          Method = "sobol"           // scrambled low-discrepancy points
)

// Methods lists the methods, the default first.
var Methods = []string{string(Independent), string(Central), string(LatinHypercube), string(Sobol)}

// Stratified reports whether the points of a method depend on how many there
// are.
func (m Method) Stratified() bool { return m == LatinHypercube || m == Sobol }

// Draws says how the parameters of an experiment are drawn. All regimes of a
// replication meet the same point.
type Draws struct {
	Method Method
	// Inner is how many replications in a row share a point and differ by
	// chance alone, 1 or more: from 2 on the variance can be split into that of
	// parameters and that of chance.
	Inner int
	// Randomisations is into how many independently randomised designs of equal
	// size the points of a stratified method are divided, 2 or more; 1 for
	// others.
	Randomisations int
}

// Points returns how many points a number of replications takes, the last
// perhaps with fewer inner replications.
func (d Draws) Points(replications int) int { return (replications + d.Inner - 1) / d.Inner }

// Check returns a problem with a number of replications, for people; empty
// where there is none.
func (d Draws) Check(replications int) string {
	if !d.Method.Stratified() {
		return ""
	}
	whole := d.Inner * d.Randomisations
	if replications%whole != 0 || replications/whole < 2 {
		return fmt.Sprintf("a multiple of %d, and %d or more: %d randomisations of a %s design with %d replications at each point", whole, 2*whole, d.Randomisations, d.Method, d.Inner)
	}
	return ""
}

// Block returns to which of the randomisations a replication belongs.
func (d Draws) Block(replication, replications int) int {
	if !d.Method.Stratified() {
		return 0
	}
	return replication / d.Inner / (d.Points(replications) / d.Randomisations)
}

// sampler gives each replication its point.
type sampler struct {
	draws        Draws
	replications int
	names        []string // of the uncertain parameters
	copula       *policy.Copula
	designs      []random.Design // one per randomisation
	redraws      random.Design   // for points that cannot be
	// points are those of the plan itself; nil for none.
	points func(replication, attempt int) policy.Marks
}

// newSampler prepares the points of a plan.
func newSampler(p *Plan) *sampler {
	s := &sampler{draws: p.Draws, replications: p.Replications, names: p.Uncertain, copula: p.Copula, points: p.Points}
	keys := make([]random.Key, len(s.names))
	for i, name := range s.names {
		keys[i] = random.NamedKey(name)
	}
	s.redraws = random.NewIndependent(p.Seed, p.Draws.Randomisations, keys)
	for block := range p.Draws.Randomisations {
		switch p.Draws.Method {
		case Independent:
			s.designs = append(s.designs, random.NewIndependent(p.Seed, block, keys))
		case LatinHypercube:
			s.designs = append(s.designs, random.NewLatin(p.Seed, block, s.perBlock(), keys))
		case Sobol:
			s.designs = append(s.designs, random.NewSobol(p.Seed, block, s.perBlock(), keys))
		}
	}
	return s
}

// perBlock is how many points each randomisation has.
func (s *sampler) perBlock() int { return s.draws.Points(s.replications) / s.draws.Randomisations }

// marks returns the point of a replication; nil for the central values. A point
// at which the parameters cannot be together is drawn again, independently, so
// that the points are those that can be.
func (s *sampler) marks(replication, attempt int) policy.Marks {
	if s.draws.Method == Central {
		return nil
	}
	if s.points != nil {
		return s.points(replication, attempt)
	}
	point := replication / s.draws.Inner
	design, index := s.redraws, point*maxAttempts+attempt
	if attempt == 0 {
		block := s.draws.Block(replication, s.replications)
		design, index = s.designs[block], point
		if s.draws.Method.Stratified() {
			index = point % s.perBlock()
		}
	}
	marks := make(policy.Marks, len(s.names))
	for i, name := range s.names {
		marks[name] = design.At(index, i)
	}
	s.copula.Correlate(marks)
	return marks
}

// maxAttempts bounds how often a point is drawn again.
const maxAttempts = 1000

// Valid reports whether the draws are complete: the zero Draws are not.
func (d Draws) valid() bool { return d.Method != "" && d.Inner >= 1 && d.Randomisations >= 1 }
