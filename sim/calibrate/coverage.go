package calibrate

import "sync"

// The rules of the leave-one-out check.
const (
	coverageRuns   = 400 // evenly spaced over the reference table
	coverageWanted = 0.9 // of the intervals
	// LeastCoverage and MostCoverage bound the share of covered truths.
	LeastCoverage = 0.80
	MostCoverage  = 0.97
)

// coverage is the share of runs whose informed scores lie in their 90%
// intervals, by informed score, when each run in turn is taken as the data and
// the others as the reference table: the nearest tenth of them, with regression
// adjustment. It returns how many runs there were.
func (a *abc) coverage(workers int) (shares []float64, runs int) {
	n := len(a.table.scores)
	runs = min(n, coverageRuns)
	shares = make([]float64, len(a.informed))
	if len(a.informed) == 0 {
		return shares, runs
	}
	covered := make([][]bool, runs)
	each(runs, workers, func(k int) {
		run := k * n / runs
		target := a.statistics.reference[run]
		others := make([]particle, 0, n-1)
		for i, statistics := range a.statistics.reference {
			if i != run {
				others = append(others, particle{scores: a.table.scores[i], statistics: statistics, distance: a.statistics.distance(statistics, target)})
			}
		}
		posterior := a.statistics.adjust(closest(others, a.wanted()), a.informed, target)
		covered[k] = make([]bool, len(a.informed))
		for c, i := range a.informed {
			truth := a.table.scores[run][i]
			covered[k][c] = quantile(posterior.values[c], posterior.weights, (1-coverageWanted)/2) <= truth &&
				truth <= quantile(posterior.values[c], posterior.weights, (1+coverageWanted)/2)
		}
	})
	for c := range shares {
		held := 0
		for k := range covered {
			if covered[k][c] {
				held++
			}
		}
		shares[c] = float64(held) / float64(runs)
	}
	return shares, runs
}

// each calls a function for 0 to n-1 from several goroutines. What it does for
// one must not depend on another.
func each(n, workers int, do func(int)) {
	next := make(chan int)
	var wait sync.WaitGroup
	for range max(1, workers) {
		wait.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}
