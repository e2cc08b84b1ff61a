package verify

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/queue"
	"asylumsim/sim/random"
)

// hour is the mean service of the textbook queues, in ticks: long enough that
// rounding to whole seconds cannot be seen.
const hour = 3600.0

// network is an open network of queueing stations on the event calendar, the
// waiting lines and the keyed draws. A single station is a network of one.
type network struct {
	days     clock.Day
	streams  []stream
	stations []*station
	agenda   *event.Calendar[customer]
	source   random.Source
	// Customers count from the tick from, and until before the end of the run so
	// that none of them is still waiting then.
	from, until clock.Tick
	now         clock.Tick
	named       []uint32 // customers by stream, for their keys
	// looks are times of the day at which the first station is counted.
	looks []clock.Tick
}

// stream is where customers come from: a Poisson process whose rate may vary
// below its peak (by thinning: Lewis & Shedler 1979,
// doi:10.1002/nav.3800260304).
type stream struct {
	perHour float64 // at its peak
	share   func(at clock.Tick) float64
	station uint8
	class   uint8
}

// what is an event of the network.
type what uint8

const (
	arrives what = iota
	isServed
	givesUp
	isLooked
)

// customer is the record of an event and of a place in a line.
type customer struct {
	key      random.Key
	came     clock.Tick // to this station
	position uint32     // in the line, for one who may give up
	what     what
	station  uint8
	class    uint8
	visit    uint8 // how many stations it has been at
}

// The draws of a customer.
const (
	drawNext random.Slot = iota
	drawAccepted
	drawService
	drawPatience
	drawRoute
)

func newNetwork(days clock.Day, warmUp clock.Day, streams []stream, stations ...*station) *network {
	n := &network{days: days, streams: streams, stations: stations, agenda: event.NewCalendar[customer](days)}
	n.from, n.until = warmUp.Tick(), (days - days/20 - 1).Tick() // a twentieth is left to end the waits
	for _, s := range stations {
		for range s.service {
			s.lines = append(s.lines, queue.NewLine[customer](days))
		}
	}
	n.named = make([]uint32, len(streams))
	return n
}

// run simulates all days from an empty network.
func (n *network) run(source random.Source) {
	n.agenda.Reset()
	n.source = source
	for _, s := range n.stations {
		for _, line := range s.lines {
			line.Reset()
		}
		s.busy, s.waiting = 0, s.waiting[:0]
		s.tally = tally{waited: make([]float64, len(s.lines)), waiters: make([]int64, len(s.lines)), seen: make([]float64, len(n.looks))}
	}
	for i := range n.streams {
		n.named[i] = 0
		n.expect(i, 0)
	}
	for day := range n.days {
		for _, s := range n.stations {
			for _, line := range s.lines {
				line.Begin(day)
			}
		}
		for i, at := range n.looks {
			*n.agenda.Schedule(day.Tick() + at) = customer{what: isLooked, position: uint32(i)}
		}
		n.agenda.Open()
		for e := n.agenda.Next(); e != nil; e = n.agenda.Next() {
			n.now = e.At
			n.handle(&e.Record)
		}
	}
	for _, s := range n.stations {
		n.count(s, 0)
	}
}

func (n *network) handle(c *customer) {
	s := n.stations[c.station]
	switch c.what {
	case arrives:
		i := int(c.position) // the stream of an arrival
		n.expect(i, n.now)
		if share := n.streams[i].share; share == nil || n.source.Chance(c.key, drawAccepted, 0, share(n.now)) {
			n.enter(c)
		}
	case isServed:
		n.count(s, -1)
		s.busy--
		n.leave(s, c)
		n.serveNext(s)
	case givesUp:
		if !s.waiting[c.position] {
			return
		}
		var gone customer
		s.lines[c.class].Leave(c.position, &gone)
		n.count(s, -1)
		n.seen(s, &gone)
		if n.counts(gone.came) {
			s.tally.gaveUp++
		}
	case isLooked:
		if n.counts(n.now) {
			s.tally.seen[c.position] += float64(s.tally.present)
		}
	}
}

// expect schedules the arrival of a stream that follows one at a tick.
func (n *network) expect(i int, now clock.Tick) {
	f := &n.streams[i]
	key := random.KeyOf(uint8(i), 0, n.named[i])
	n.named[i]++
	at := now + ticks(hour/f.perHour*random.Exponential.At(n.source.Uniform(key, drawNext, 0)))
	if c := n.agenda.Schedule(at); c != nil {
		*c = customer{key: key, position: uint32(i), what: arrives, station: f.station, class: f.class}
	}
}

// ticks rounds to the nearest second: dropping fractions would raise the load.
func ticks(seconds float64) clock.Tick { return clock.Tick(min(seconds+0.5, float64(clock.Never)/4)) }

func (n *network) counts(came clock.Tick) bool { return came >= n.from && came < n.until }
