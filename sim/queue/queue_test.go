package queue

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"asylumsim/sim/clock"
)

// join, left and taken pass by value what the line copies through pointers.
func join[T any](l *Line[T], record T, deadline clock.Day) uint32 {
	place, position := l.Join(deadline)
	*place = record
	return position
}

func left[T any](l *Line[T], position uint32) (record T) {
	l.Leave(position, &record)
	return record
}

func taken[T any](take func(*T) bool) (record T, ok bool) {
	ok = take(&record)
	return record, ok
}

// TestLineAgainstASlice drives a line and an obvious slice with the same
// random joins, services, departures and deadlines.
func TestLineAgainstASlice(t *testing.T) {
	type waiter struct {
		id       int
		deadline clock.Day
		position uint32
	}
	l := NewLine[int](200)
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 3))
		l.Reset() // with those who wait at the end of the seed before
		l.Begin(0)
		var slow []waiter
		remove := func(id int) {
			slow = slices.DeleteFunc(slow, func(w waiter) bool { return w.id == id })
		}
		for id := range 6000 {
			today := clock.Day(id / 40)
			switch {
			case r.IntN(100) < 55:
				deadline := clock.NoDay
				if r.IntN(2) == 0 {
					deadline = today + 1 + clock.Day(r.IntN(90))
				}
				slow = append(slow, waiter{id, deadline, join(l, id, deadline)})
			case r.IntN(100) < 15:
				got, ok := taken(l.ServeLast)
				if ok != (len(slow) > 0) || ok && got != slow[len(slow)-1].id {
					t.Fatalf("seed %d: served %d last, %v of %d waiting", seed, got, ok, len(slow))
				}
				if ok {
					remove(got)
				}
			case r.IntN(100) < 70:
				got, ok := taken(l.Serve)
				if ok != (len(slow) > 0) || ok && got != slow[0].id {
					t.Fatalf("seed %d: served %d, %v of %d waiting", seed, got, ok, len(slow))
				}
				if ok {
					remove(got)
				}
			case len(slow) > 0:
				w := slow[r.IntN(len(slow))]
				if got := left(l, w.position); got != w.id {
					t.Fatalf("seed %d: %d left from the place of %d", seed, got, w.id)
				}
				remove(w.id)
			}
			if id%40 == 39 {
				var due, gone []int
				l.Begin(today + 1)
				for _, w := range slow {
					if w.deadline == today+1 {
						due = append(due, w.id)
					}
				}
				for {
					id, ok := taken(l.Renege)
					if !ok {
						break
					}
					gone = append(gone, id)
					remove(id)
				}
				slices.Sort(gone)
				if !slices.Equal(due, gone) {
					t.Fatalf("seed %d: due %v, reneged %v", seed, due, gone)
				}
			}
			if l.Len() != len(slow) {
				t.Fatalf("seed %d: %d wait, want %d", seed, l.Len(), len(slow))
			}
			if err := l.Balance(); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
		var order []int
		l.Each(func(id *int) { order = append(order, *id) })
		for i, w := range slow {
			if order[i] != w.id {
				t.Fatalf("seed %d: the order is not that of joining", seed)
			}
		}
	}
}

func TestLeavingTwicePanics(t *testing.T) {
	l := NewLine[int](10)
	position := join(l, 7, 3)
	left(l, position)
	defer func() {
		if recover() == nil {
			t.Error("somebody left twice")
		}
	}()
	left(l, position)
}

func TestPassedDeadlinePanics(t *testing.T) {
	l := NewLine[int](10)
	l.Begin(4)
	join(l, 1, 5)
	defer func() {
		if recover() == nil {
			t.Error("a deadline of today was taken after today's departures")
		}
	}()
	join(l, 2, 4)
}

func TestServedPeopleHaveNoDeadline(t *testing.T) {
	l := NewLine[int](10)
	join(l, 1, 4)
	join(l, 2, 4)
	if first, _ := taken(l.Serve); first != 1 {
		t.Fatalf("served %d first", first)
	}
	l.Begin(4)
	if id, ok := taken(l.Renege); !ok || id != 2 {
		t.Errorf("reneged %d, %v; want 2", id, ok)
	}
	if id, ok := taken(l.Renege); ok {
		t.Errorf("%d reneged after being served", id)
	}
}

// TestBulkServiceQueue checks the queue that the model really has, one batch
// of services a day, against the recursion of Lindley (1952):
// waiting(t+1) = max(0, waiting(t) + arrivals - capacity).
func TestBulkServiceQueue(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	l := NewLine[int](1)
	var c Capacity
	waiting, released, offered := 0, 0, 0.0
	for day := range 5000 {
		arrivals := r.IntN(9)
		for range arrivals {
			join(l, day, clock.NoDay)
		}
		rate := 4.1
		if day > 3000 {
			rate = 1.7 // capacity is cut below demand
		}
		offered += rate
		n := c.Release(rate)
		released += n
		waiting = max(0, waiting+arrivals-n)
		for range n {
			if _, ok := taken(l.Serve); !ok {
				break
			}
		}
		if l.Len() != waiting {
			t.Fatalf("day %d: %d wait, the recursion says %d", day, l.Len(), waiting)
		}
	}
	if math.Abs(float64(released)-offered) > 1 {
		t.Errorf("released %d of %.1f units of capacity", released, offered)
	}
}

func TestCapacityRefusesNonsense(t *testing.T) {
	var c Capacity
	for _, amount := range []float64{0, -3, math.NaN()} {
		if n := c.Release(amount); n != 0 {
			t.Errorf("%v released %d", amount, n)
		}
	}
}

func TestResourceCutBelowUse(t *testing.T) {
	r := Resource{Size: 10}
	if !r.Take(8) {
		t.Fatal("8 of 10 places were refused")
	}
	r.Size = 5
	if r.Free() != 0 || r.Take(1) {
		t.Error("a place was free after the cut below use")
	}
	r.Give(4)
	if r.Free() != 1 {
		t.Errorf("%d places are free after 4 were given back, want 1", r.Free())
	}
	defer func() {
		if recover() == nil {
			t.Error("more places were given back than taken")
		}
	}()
	r.Give(5)
}

func TestLineAllocatesNothingOnceGrown(t *testing.T) {
	l := NewLine[int](100)
	var served int
	work := func() {
		l.Reset()
		for i := range 5000 {
			join(l, i, clock.Day(i%150))
			if i%2 == 0 {
				l.Serve(&served)
			}
		}
	}
	work()
	if n := testing.AllocsPerRun(5, work); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestCapacityKeepsWhatIsGivenBack, as much of it as may be kept.
func TestCapacityKeepsWhatIsGivenBack(t *testing.T) {
	c := Begin(0.5)
	for i, step := range []struct {
		amount float64
		want   int
		unused int
		most   float64
	}{{0.5, 1, 1, 3}, {1, 2, 2, 3}, {2, 4, 4, 3}, {0.25, 3, 3, 0}, {0.5, 0, 0, 3}, {0.25, 1, 0, 3}} {
		got := c.Release(step.amount)
		if got != step.want {
			t.Errorf("step %d: %d released, want %d", i, got, step.want)
		}
		c.Keep(step.unused, step.most)
	}
}

// TestLineTakesTheMemoryOfThoseWhoWait serves 100 times as many as ever wait.
func TestLineTakesTheMemoryOfThoseWhoWait(t *testing.T) {
	l := NewLine[int](10)
	l.Begin(0)
	const most = 3 * pageSize
	var served int
	for i := range 100 * most {
		join(l, i, clock.NoDay)
		if l.Len() == most {
			l.Serve(&served)
		}
	}
	pages := len(l.spare)
	for _, p := range l.ring {
		if p != nil {
			pages++
		}
	}
	if pages > 5 {
		t.Errorf("%d pages are held for those on 3", pages)
	}
}
