package experiment

import "asylumsim/sim/policy"

// Marks returns what gives each replication of a plan its point at the first
// attempt.
func Marks(p *Plan) func(replication int) policy.Marks {
	s := newSampler(p)
	return func(replication int) policy.Marks { return s.marks(replication, 0) }
}
