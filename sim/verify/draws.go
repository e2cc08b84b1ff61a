package verify

import (
	"asylumsim/sim/random"
)

const drawGroup = "Random numbers"

// draws hold the keyed random numbers against independence and uniformity. The
// expectation of a chi-square statistic with known probabilities is its number of
// cells less one exactly, so that its mean over many seeds can be compared: too
// even is told like too uneven.
func draws() []trial {
	const n = 20000
	person := func(i int) random.Key { return random.KeyOf(2, int32(i/50), uint32(i%50)) }
	pairs := []struct {
		name string
		of   func(s, next random.Source, i int) (a, b float64)
	}{
		{"neighbours of a day", func(s, _ random.Source, i int) (float64, float64) {
			return s.Uniform(random.KeyOf(0, int32(i/50), uint32(2*(i%50))), 3, 0), s.Uniform(random.KeyOf(0, int32(i/50), uint32(2*(i%50)+1)), 3, 0)
		}},
		{"the same ordinal on two days", func(s, _ random.Source, i int) (float64, float64) {
			return s.Uniform(random.KeyOf(1, int32(2*i), 0), 3, 0), s.Uniform(random.KeyOf(1, int32(2*i+1), 0), 3, 0)
		}},
		{"two draw slots of a person", func(s, _ random.Source, i int) (float64, float64) {
			return s.Uniform(person(i), 7, 0), s.Uniform(person(i), 8, 0)
		}},
		{"two occurrences of a draw", func(s, _ random.Source, i int) (float64, float64) {
			return s.Uniform(person(i), 7, 0), s.Uniform(person(i), 7, 1)
		}},
		{"two passengers of a boat", func(s, _ random.Source, i int) (float64, float64) {
			boat := random.KeyOf(0, 9, uint32(i/30))
			return s.Uniform(boat.Child(16, uint32(2*(i%30))), 7, 0), s.Uniform(boat.Child(16, uint32(2*(i%30)+1)), 7, 0)
		}},
		{"a person in two replications", func(s, next random.Source, i int) (float64, float64) {
			return s.Uniform(person(i), 7, 0), next.Uniform(person(i), 7, 0)
		}},
	}
	const side = 16
	checks := []Check{{Name: "one draw slot, 64 cells: chi-square", Theory: 63}}
	for _, p := range pairs {
		checks = append(checks, Check{Name: p.name + ", 16 x 16 cells: chi-square", Theory: side*side - 1})
	}
	for i := range checks {
		checks[i].Group, checks[i].Law = drawGroup, "exact mean of chi-square of independent uniforms: the cells less one"
		checks[i] = within(0.08, checks[i])
	}
	return []trial{{checks: checks, runs: 300, prepare: func() func(random.Source, int, []float64) {
		return func(source random.Source, run int, values []float64) {
			// Neighbouring replications of a seed, as an experiment has them.
			s, next := random.NewSource(uint64(source), run), random.NewSource(uint64(source), run+1)
			var line [64]int
			for i := range n {
				line[int(s.Uniform(person(i), 7, 0)*64)]++
			}
			values[0] = chiSquare(line[:], func(int) float64 { return 1.0 / 64 })
			for k, p := range pairs {
				var cells [side * side]int
				for i := range n {
					a, b := p.of(s, next, i)
					cells[int(a*side)*side+int(b*side)]++
				}
				values[1+k] = chiSquare(cells[:], func(int) float64 { return 1.0 / (side * side) })
			}
		}
	}}}
}

// chiSquare is Pearson's statistic of counts against the probability of each
// cell.
func chiSquare(counts []int, probability func(cell int) float64) float64 {
	total := 0
	for _, n := range counts {
		total += n
	}
	sum := 0.0
	for cell, n := range counts {
		want := float64(total) * probability(cell)
		sum += (float64(n) - want) * (float64(n) - want) / want
	}
	return sum
}
