package verify

import (
	"fmt"

	"asylumsim/sim/random"
)

const networkGroup = "Networks and races"

func networks() []trial { return []trial{jackson(), race()} }

// jackson is three stations with feedback: a busy one that takes everybody from
// outside, and two that send part of their customers back.
func jackson() trial {
	outside := []float64{4, 0, 0.5}
	route := [][]float64{{0, 0.6, 0.1}, {0.2, 0, 0.3}, {0.1, 0, 0}}
	servers := []int{7, 5, 3}
	rates := Traffic(outside, route)
	var checks []Check
	for i, rate := range rates {
		checks = append(checks, within(0.04, Check{
			Name: fmt.Sprintf("3 stations with feedback: mean number at station %d", i+1),
			Law:  "Jackson 1957, doi:10.1287/opre.5.4.518: the mean is that of M/M/c",
			// Little's law: those in service and those who wait.
			Theory: rate * (1 + WaitMMC(servers[i], rate, 1)),
		}))
	}
	return watch(networkGroup, 60, checks, func() *network {
		var stations []*station
		for i := range servers {
			s := exponential(servers[i])
			s.next = route[i]
			stations = append(stations, s)
		}
		return newNetwork(800, 30, []stream{{perHour: outside[0], station: 0}, {perHour: outside[2], station: 2}}, stations...)
	}, func(n *network, values []float64) {
		for i, s := range n.stations {
			values[i] = s.tally.area / n.hours()
		}
	})
}

// race is what the model does where several things may happen to a case: it
// draws the time of each and keeps the earliest.
func race() trial {
	perYear := []float64{0.2, 0.05, 0.45}
	total := 0.0
	for _, rate := range perYear {
		total += rate
	}
	law := "competing exponentials: each comes first by its share of the rates"
	var checks []Check
	for _, rate := range perYear {
		checks = append(checks, within(0.03, Check{
			Group: networkGroup, Law: law, Theory: rate / total,
			Name: fmt.Sprintf("competing risks: share of the one of rate %v", rate),
		}))
	}
	checks = append(checks, within(0.01, Check{
		Group: networkGroup, Law: "the earliest of exponential times is exponential with the sum of their rates", Theory: 1 / total,
		Name: "competing risks: mean time to the first",
	}))
	const people = 20000
	return trial{checks: checks, runs: 60, prepare: func() func(random.Source, int, []float64) {
		return func(source random.Source, _ int, values []float64) {
			for i := range people {
				key := random.KeyOf(0, 0, uint32(i))
				first, at := 0, 0.0
				for j, rate := range perYear {
					if t := random.Exponential.At(source.Uniform(key, random.Slot(j), 0)) / rate; j == 0 || t < at {
						first, at = j, t
					}
				}
				values[first] += 1.0 / people
				values[len(perYear)] += at / people
			}
		}
	}}
}
