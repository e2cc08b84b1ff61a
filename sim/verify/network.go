package verify

import (
	"math"

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

// station is one queue: servers, a line for each class, the first served first,
// and what happens to those who are served.
type station struct {
	servers  int
	room     int                // the most in the station; 0 for any number
	service  []*random.Quantile // by class, in hours
	patience float64            // mean, in hours; 0 for those who never give up
	next     []float64          // share of those served who go to each station; the rest leaves
	lines    []*queue.Line[customer]
	busy     int
	// waiting says, by position in the line of a station whose customers give up,
	// who has not been served yet: the time of others to give up is void.
	waiting []bool
	tally   tally
}

// tally is what a station counts, by class where it says so.
type tally struct {
	came    int64
	turned  int64 // away for want of room
	gaveUp  int64
	delayed int64     // customers who had to wait at all
	waited  []float64 // hours, by class
	waiters []int64   // by class
	// The time integrals of how many are in the station, and of that times one
	// less: their means are the first two factorial moments.
	area, pairs float64 // in hours
	since       clock.Tick
	present     int
	seen        []float64 // how many were present at each look, added up over days
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

// enter takes a customer into its station.
func (n *network) enter(c *customer) {
	s := n.stations[c.station]
	c.came = n.now
	counted := n.counts(n.now)
	if counted {
		s.tally.came++
	}
	if s.room > 0 && s.tally.present >= s.room {
		if counted {
			s.tally.turned++
		}
		return
	}
	n.count(s, +1)
	if s.busy < s.servers {
		n.serve(s, c)
		return
	}
	if counted {
		s.tally.delayed++
	}
	place, position := s.lines[c.class].Join(clock.NoDay)
	c.position = position
	*place = *c
	if s.patience > 0 {
		s.waiting = append(s.waiting, true) // at this position: there is one class
		patience := hour * s.patience * random.Exponential.At(n.source.Uniform(c.key, drawPatience, uint32(c.visit)))
		if e := n.agenda.Schedule(n.now + ticks(patience)); e != nil {
			*e = *c
			e.what = givesUp
		}
	}
}

// serveNext gives a free server to the first who waits in the first class in
// which anybody does.
func (n *network) serveNext(s *station) {
	var c customer
	for _, line := range s.lines {
		if line.Serve(&c) {
			if s.patience > 0 {
				s.waiting[c.position] = false
			}
			n.serve(s, &c)
			return
		}
	}
}

func (n *network) serve(s *station, c *customer) {
	s.busy++
	n.seen(s, c)
	service := hour * s.service[c.class].At(n.source.Uniform(c.key, drawService, uint32(c.visit)))
	if e := n.agenda.Schedule(n.now + ticks(service)); e != nil {
		*e = *c
		e.what = isServed
	}
}

// leave sends a customer on from a station.
func (n *network) leave(s *station, c *customer) {
	if len(s.next) == 0 {
		return
	}
	u := n.source.Uniform(c.key, drawRoute, uint32(c.visit))
	for to, share := range s.next {
		if u < share {
			onward := customer{key: c.key, station: uint8(to), visit: c.visit + 1}
			n.enter(&onward)
			return
		}
		u -= share
	}
}

// seen counts the wait of a customer that has ended.
func (n *network) seen(s *station, c *customer) {
	if n.counts(c.came) {
		s.tally.waited[c.class] += float64(n.now-c.came) / hour
		s.tally.waiters[c.class]++
	}
}

func (n *network) counts(came clock.Tick) bool { return came >= n.from && came < n.until }

// count changes how many are in a station, and integrates over time.
func (n *network) count(s *station, change int) {
	t := &s.tally
	if to, since := min(n.now, n.until), max(t.since, n.from); to > since {
		hours := float64(to-since) / hour
		t.area += hours * float64(t.present)
		t.pairs += hours * float64(t.present) * float64(t.present-1)
	}
	t.since = n.now
	t.present += change
}

// hours is the time over which a station is watched.
func (n *network) hours() float64 { return float64(n.until-n.from) / hour }

// wait is the mean wait of a class, in hours.
func (s *station) wait(class int) float64 {
	return s.tally.waited[class] / float64(s.tally.waiters[class])
}

// exponential is a station with exponential services of a mean of one hour.
func exponential(servers int) *station {
	return &station{servers: servers, service: []*random.Quantile{random.Exponential}}
}

// infinite is as many servers as ever come.
const infinite = math.MaxInt
