package verify

import (
	"fmt"
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/random"
)

const queueGroup = "Queues on the engine"

// queues are the single-station queues of the textbook. Services last an hour
// on average.
func queues() []trial {
	return []trial{mm1(), mmc(), loss(), finiteRoom(), impatience(), generalService(), priorities(), manyServers(), risingAndFalling()}
}

// watch makes a trial of a network: read writes what a run measured, in the
// order of the checks.
func watch(group string, runs int, checks []Check, build func() *network, read func(n *network, values []float64)) trial {
	for i := range checks {
		checks[i].Group = group
	}
	return trial{checks: checks, runs: runs, prepare: func() func(random.Source, int, []float64) {
		n := build()
		return func(source random.Source, _ int, values []float64) {
			n.run(source)
			read(n, values)
		}
	}}
}

// within is the deviation that a check must tell, as a share of the theory.
func within(share float64, c Check) Check {
	c.Tells = share * c.Theory
	return c
}

func mm1() trial {
	const load = 0.8
	law := "M/M/1 (Gross et al. 2008, ch. 2)"
	return watch(queueGroup, 60, []Check{
		within(0.06, Check{Name: "M/M/1, load 0.8: mean wait, hours", Law: law, Theory: load / (1 - load)}),
		within(0.02, Check{Name: "M/M/1, load 0.8: share who wait", Law: law, Theory: load}),
	}, func() *network {
		return newNetwork(2200, 100, []stream{{perHour: load}}, exponential(1))
	}, func(n *network, values []float64) {
		s := n.stations[0]
		values[0], values[1] = s.wait(0), share(s.tally.delayed, s.tally.came)
	})
}

func share(part, whole int64) float64 { return float64(part) / float64(whole) }

func mmc() trial {
	const servers, lambda = 10, 9.0
	return watch(queueGroup, 160, []Check{
		within(0.06, Check{Name: "M/M/10, load 0.9: mean wait, hours", Law: "Erlang C (Gross et al. 2008, ch. 2)", Theory: WaitMMC(servers, lambda, 1)}),
		within(0.03, Check{Name: "M/M/10, load 0.9: mean number in the system", Law: "Erlang C and Little's law", Theory: lambda * (1 + WaitMMC(servers, lambda, 1))}),
	}, func() *network {
		return newNetwork(600, 20, []stream{{perHour: lambda}}, exponential(servers))
	}, func(n *network, values []float64) {
		s := n.stations[0]
		values[0], values[1] = s.wait(0), s.tally.area/n.hours()
	})
}

func loss() trial {
	const servers, lambda = 10, 9.0
	return watch(queueGroup, 40, []Check{
		within(0.03, Check{Name: "M/M/10 without room to wait: share turned away", Law: "Erlang B (Gross et al. 2008, ch. 2)", Theory: ErlangB(servers, lambda)}),
	}, func() *network {
		s := exponential(servers)
		s.room = servers
		return newNetwork(200, 5, []stream{{perHour: lambda}}, s)
	}, func(n *network, values []float64) {
		values[0] = share(n.stations[0].tally.turned, n.stations[0].tally.came)
	})
}

func finiteRoom() trial {
	const servers, room, lambda = 3, 9, 2.8
	blocked, wait := FiniteRoom(servers, room, lambda, 1)
	law := "M/M/c/K (Gross et al. 2008, ch. 2)"
	return watch(queueGroup, 60, []Check{
		within(0.05, Check{Name: "M/M/3/9, load 0.93: share turned away", Law: law, Theory: blocked}),
		within(0.03, Check{Name: "M/M/3/9, load 0.93: mean wait, hours", Law: law, Theory: wait}),
	}, func() *network {
		s := exponential(servers)
		s.room = room
		return newNetwork(500, 10, []stream{{perHour: lambda}}, s)
	}, func(n *network, values []float64) {
		s := n.stations[0]
		values[0], values[1] = share(s.tally.turned, s.tally.came), s.wait(0)
	})
}

func impatience() trial {
	const servers, lambda, patience = 10, 12.0, 2.0
	givesUp, wait := Impatient(servers, lambda, 1, 1/patience)
	law := "Erlang A (Garnett et al. 2002)"
	return watch(queueGroup, 60, []Check{
		within(0.03, Check{Name: "M/M/10+M, load 1.2: share who give up", Law: law, Theory: givesUp}),
		within(0.03, Check{Name: "M/M/10+M, load 1.2: mean time in queue, hours", Law: law, Theory: wait}),
	}, func() *network {
		s := exponential(servers)
		s.patience = patience
		return newNetwork(200, 5, []stream{{perHour: lambda}}, s)
	}, func(n *network, values []float64) {
		s := n.stations[0]
		values[0], values[1] = share(s.tally.gaveUp, s.tally.came), s.wait(0)
	})
}

// generalService runs one server on three laws of service side by side.
func generalService() trial {
	const load = 0.7
	law := "Pollaczek-Khinchine (Gross et al. 2008, ch. 5)"
	services := []struct {
		name      string
		service   *random.Quantile
		variation float64
	}{
		{"M/D/1", random.LogNormal(1, 0), 0},
		{"M/G/1, variation 0.5", random.LogNormal(1, 0.5), 0.5},
		{"M/G/1, variation 1.5", random.LogNormal(1, 1.5), 1.5},
	}
	var checks []Check
	for _, s := range services {
		checks = append(checks, within(0.06, Check{Name: s.name + ", load 0.7: mean wait, hours", Law: law, Theory: PollaczekKhinchine(load, 1, s.variation)}))
	}
	return watch(queueGroup, 80, checks, func() *network {
		var streams []stream
		var stations []*station
		for i, s := range services {
			streams = append(streams, stream{perHour: load, station: uint8(i)})
			stations = append(stations, &station{servers: 1, service: []*random.Quantile{s.service}})
		}
		return newNetwork(2500, 50, streams, stations...)
	}, func(n *network, values []float64) {
		for i, s := range n.stations {
			values[i] = s.wait(0)
		}
	})
}

func priorities() trial {
	lambda := []float64{0.2, 0.3, 0.3}
	waits := Cobham(lambda, 1)
	var checks []Check
	for class, wait := range waits {
		checks = append(checks, within(0.08, Check{
			Name: fmt.Sprintf("M/M/1, 3 priorities: mean wait in class %d, hours", class+1), Law: "Cobham 1954, doi:10.1287/opre.2.1.70", Theory: wait,
		}))
	}
	return watch(queueGroup, 60, checks, func() *network {
		s := &station{servers: 1}
		var streams []stream
		for class, perHour := range lambda {
			s.service = append(s.service, random.Exponential)
			streams = append(streams, stream{perHour: perHour, class: uint8(class)})
		}
		return newNetwork(2200, 100, streams, s)
	}, func(n *network, values []float64) {
		for class := range values {
			values[class] = n.stations[0].wait(class)
		}
	})
}

// manyServers is a station at which nobody waits, with services far from
// exponential: the number at it is Poisson whatever their law.
func manyServers() trial {
	const load = 12.0
	law := "M/G/infinity (Gross et al. 2008, ch. 5): the number is Poisson"
	return watch(queueGroup, 60, []Check{
		within(0.01, Check{Name: "M/G/infinity, variation 1.5: mean number", Law: law, Theory: load}),
		within(0.02, Check{Name: "M/G/infinity: mean of number times number less one", Law: law, Theory: load * load}),
	}, func() *network {
		return newNetwork(250, 20, []stream{{perHour: load}}, &station{servers: infinite, service: []*random.Quantile{random.LogNormal(1, 1.5)}})
	}, func(n *network, values []float64) {
		t := &n.stations[0].tally
		values[0], values[1] = t.area/n.hours(), t.pairs/n.hours()
	})
}

// risingAndFalling is a station at which nobody waits and whose arrivals swing
// through the day. The number at it lags behind them.
func risingAndFalling() trial {
	const base, swing, days = 30.0, 24.0, 400
	omega := 2 * math.Pi / 24
	times := []float64{6, 12, 18, 24} // hours after midnight
	var checks []Check
	for _, hours := range times {
		checks = append(checks, within(0.03, Check{
			Name: fmt.Sprintf("M(t)/M/infinity: mean number %.0f hours into the day", hours),
			Law:  "integral of rate times survival (Eick et al. 1993, doi:10.1287/mnsc.39.2.241)",
			// Long after the start the number repeats itself every day.
			Theory: SinusArrivals(base, swing, omega, 1, 24*20+hours),
		}))
	}
	return watch(queueGroup, 40, checks, func() *network {
		n := newNetwork(days, 5, []stream{{perHour: base + swing, share: func(at clock.Tick) float64 {
			return (base + swing*math.Sin(omega*float64(at)/hour)) / (base + swing)
		}}}, exponential(infinite))
		for _, hours := range times {
			n.looks = append(n.looks, clock.Tick(hours*hour)%clock.DayTicks)
		}
		return n
	}, func(n *network, values []float64) {
		for i := range values {
			values[i] = n.stations[0].tally.seen[i] / float64(n.until.Day()-n.from.Day())
		}
	})
}
