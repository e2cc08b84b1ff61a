package verify

import (
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/queue"
	"asylumsim/sim/random"
)

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
