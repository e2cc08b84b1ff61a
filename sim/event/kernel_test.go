package event_test

import (
	"fmt"
	"math"
	"runtime"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/queue"
	"asylumsim/sim/random"
)

// The kernel is a queue of the textbook on the calendar, the line and the keyed
// draws alone: M/M/10 at load 0.9, with services of an hour on average. What a
// replication costs beyond it is the model's.
const (
	kernelServers = 10
	kernelLoad    = 0.9 // share of the time for which a server is busy
	serviceTicks  = 3600.0
	betweenTicks  = serviceTicks / (kernelServers * kernelLoad) // from arrival to arrival

	// kernelWait is the mean wait in services that Erlang C gives:
	// C(10, 9)/(10 (1 - 0.9)) (Gross et al. 2008, ch. 2).
	kernelWait = 0.66873
)

// The draws of a customer.
const (
	slotNext    random.Slot = iota // time until the next arrival
	slotService                    // time at a server
)

// customer is the record of an event: an arrival, or the end of a service.
type customer struct {
	key     random.Key
	arrived clock.Tick
	served  bool
}

type kernel struct {
	days   clock.Day
	agenda *event.Calendar[customer]
	line   *queue.Line[customer]
	source random.Source

	servers  int
	busy     int
	arrivals uint32
	events   int64

	// The waits of those who arrived from the tick from to the tick until.
	from, until clock.Tick
	waited      int64 // ticks
	waiters     int64
}

func newKernel(servers int, days clock.Day) *kernel {
	return &kernel{days: days, servers: servers, agenda: event.NewCalendar[customer](days), line: queue.NewLine[customer](days)}
}

// run simulates all days from an empty queue.
func (k *kernel) run(source random.Source) {
	k.agenda.Reset()
	k.line.Reset()
	k.source, k.busy, k.arrivals, k.events = source, 0, 0, 0
	k.waited, k.waiters = 0, 0
	k.expect(0)
	for day := range k.days {
		k.line.Begin(day)
		k.agenda.Open()
		for e := k.agenda.Next(); e != nil; e = k.agenda.Next() {
			k.events++
			if e.Record.served {
				k.depart(e.At)
			} else {
				k.arrive(e.At, &e.Record)
			}
		}
	}
}

// expect schedules the arrival that follows one at a tick.
func (k *kernel) expect(now clock.Tick) {
	key := random.KeyOf(0, 0, k.arrivals)
	k.arrivals++
	at := now + ticks(betweenTicks*random.Exponential.At(k.source.Uniform(key, slotNext, 0)))
	if c := k.agenda.Schedule(at); c != nil {
		*c = customer{key: key, arrived: at}
	}
}

// ticks rounds to the nearest second: dropping fractions would raise the load.
func ticks(seconds float64) clock.Tick { return clock.Tick(seconds + 0.5) }

func (k *kernel) arrive(now clock.Tick, c *customer) {
	k.expect(now)
	if k.busy < k.servers {
		k.busy++
		k.serve(now, c)
		return
	}
	place, _ := k.line.Join(clock.NoDay)
	*place = *c
}

func (k *kernel) depart(now clock.Tick) {
	var c customer
	if k.line.Serve(&c) {
		k.serve(now, &c)
	} else {
		k.busy--
	}
}

func (k *kernel) serve(now clock.Tick, c *customer) {
	if c.arrived >= k.from && c.arrived < k.until {
		k.waited += int64(now - c.arrived)
		k.waiters++
	}
	end := now + ticks(serviceTicks*random.Exponential.At(k.source.Uniform(c.key, slotService, 0)))
	if e := k.agenda.Schedule(end); e != nil {
		*e = customer{c.key, c.arrived, true}
	}
}

// TestKernelWaitsAsErlangCSays: the mean wait over independent seeds, of those
// who arrive after 20 days, when the empty queue of the start is forgotten (its
// relaxation time is 38 hours, 1/(10 (1 - √0.9)²) services), and before the last
// day, so that nobody is still waiting. The false alarms of 4 standard errors
// are 1 in 10,000 were the seeds free. One server more or less moves the mean by
// hundreds of standard errors, a load off by a hundredth by ten or more.
func TestKernelWaitsAsErlangCSays(t *testing.T) {
	const seeds, days, warmUp = 160, 400, 20
	k := newKernel(kernelServers, days)
	k.from, k.until = clock.Day(warmUp).Tick(), clock.Day(days-1).Tick()
	sum, squares := 0.0, 0.0
	for seed := range uint64(seeds) {
		k.run(random.NewSource(seed, 0))
		mean := float64(k.waited) / float64(k.waiters) / serviceTicks
		sum += mean
		squares += mean * mean
	}
	mean := sum / seeds
	stderr := math.Sqrt((squares/seeds - mean*mean) / (seeds - 1))
	if stderr > 0.02*kernelWait {
		t.Fatalf("standard error %.4f of a mean wait of %.4f: too few events to tell a wrong queue", stderr, mean)
	}
	t.Logf("mean wait %.5f ± %.5f", mean, stderr)
	if z := (mean - kernelWait) / stderr; math.Abs(z) > 4 {
		t.Errorf("mean wait %.4f ± %.4f services, Erlang C %.5f, z = %.1f", mean, stderr, kernelWait, z)
	}
}

// TestErlangC computes the constant that the kernel is held against.
func TestErlangC(t *testing.T) {
	const load = kernelServers * kernelLoad // in erlangs
	blocked := 1.0                          // Erlang B by its recursion over servers
	for servers := 1.0; servers <= kernelServers; servers++ {
		blocked = load * blocked / (servers + load*blocked)
	}
	waits := blocked / (1 - kernelLoad*(1-blocked))
	if wait := waits / (kernelServers - load); math.Abs(wait-kernelWait) > 5e-6 {
		t.Errorf("mean wait %.6f services, want %v", wait, kernelWait)
	}
}

// BenchmarkKernel is 180 days of the kernel, 78 thousand events: arrivals and
// ends of services.
func BenchmarkKernel(b *testing.B) {
	b.Run(fmt.Sprintf("servers=%d", kernelServers), func(b *testing.B) {
		k := newKernel(kernelServers, 180)
		source := random.NewSource(1, 0)
		k.run(source) // grows its memory
		var before, after runtime.MemStats
		events := int64(0)
		runtime.GC()
		runtime.ReadMemStats(&before)
		for b.Loop() {
			k.run(source)
			events += k.events
		}
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(events), "ns/event")
		b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
		b.ReportMetric(float64(k.events), "events/op")
		// Whole allocations an op, as package testing counts them: what one run
		// allocates, all do. The format keeps seven decimals.
		allocations := (after.Mallocs - before.Mallocs) / uint64(b.N)
		b.ReportMetric(float64(allocations)/float64(k.events), "allocs/event")
	})
}
