package queue

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"asylumsim/sim/clock"
)

// plainWaiter is somebody in a plain slice beside a line.
type plainWaiter struct {
	id       int
	position uint32
	joined   clock.Day
	deadline clock.Day
}

// lineMachine drives a line and a plain slice with the same calls, and keeps the
// midnights waited by arithmetic.
type lineMachine struct {
	line          *Line[int]
	days, today   clock.Day
	slow          []plainWaiter
	left          []uint32 // positions that are empty again
	id            int
	area, sojourn int64
}

// join lets some join with one deadline: none, soon, on the horizon or after it.
func (m *lineMachine) join(t *rapid.T) {
	deadline := rapid.SampledFrom([]clock.Day{clock.NoDay, m.today + 1, m.today + 2, m.today + 2, m.today + 3, m.days - 1, m.days, m.days + 5}).Draw(t, "deadline")
	deadline = max(deadline, m.today+1)
	for range rapid.SampledFrom([]int{1, 6, 30, pageSize}).Draw(t, "people") {
		m.id++
		m.slow = append(m.slow, plainWaiter{m.id, join(m.line, m.id, deadline), m.today, deadline})
	}
}

// gone checks that the i-th of the slice is who left, and takes it off.
func (m *lineMachine) gone(t *rapid.T, i, got int) {
	w := m.slow[i]
	if got != w.id {
		t.Fatalf("%d left, want %d", got, w.id)
	}
	m.sojourn += int64(m.today - w.joined)
	m.left = append(m.left, w.position)
	m.slow = slices.Delete(m.slow, i, i+1)
}

func (m *lineMachine) serve(t *rapid.T, take func(*int) bool, place func() int) {
	for range rapid.SampledFrom([]int{1, 2, 3, 1, 2, 3, pageSize}).Draw(t, "capacity") {
		got, ok := taken(take)
		if ok != (len(m.slow) > 0) {
			t.Fatalf("somebody was served: %v, of %d", ok, len(m.slow))
		}
		if !ok {
			return
		}
		m.gone(t, place(), got)
	}
}

// leave lets one or more go from anywhere.
func (m *lineMachine) leave(t *rapid.T) {
	if len(m.slow) == 0 {
		t.Skip("nobody waits")
	}
	for range rapid.SampledFrom([]int{1, 5, 20}).Draw(t, "people") {
		if len(m.slow) > 0 {
			i := rapid.IntRange(0, len(m.slow)-1).Draw(t, "who")
			m.gone(t, i, left(m.line, m.slow[i].position))
		}
	}
}

// begin begins the next day, on which whoever has its deadline leaves, the
// latest to join first.
func (m *lineMachine) begin(t *rapid.T) {
	if m.today == m.days-1 {
		t.Skip("the last day")
	}
	m.area += int64(len(m.slow))
	m.today++
	m.line.Begin(m.today)
	for i := len(m.slow) - 1; i >= 0; i-- {
		if m.slow[i].deadline == m.today {
			got, _ := taken(m.line.Renege)
			m.gone(t, i, got)
		}
	}
	if got, ok := taken(m.line.Renege); ok {
		t.Fatalf("%d left before its time", got)
	}
}

// stale uses the handle of somebody who has left: it must not let anybody go.
func (m *lineMachine) stale(t *rapid.T) {
	if len(m.left) == 0 {
		t.Skip("nobody has left")
	}
	position := rapid.SampledFrom(m.left).Draw(t, "position")
	if slices.ContainsFunc(m.slow, func(w plainWaiter) bool { return w.position == position }) {
		t.Skip("given anew by the end of the line") // ServeLast gives positions back
	}
	defer func() {
		if recover() == nil {
			t.Fatalf("somebody left from position %d, where nobody waits", position)
		}
	}()
	left(m.line, position)
}

func (m *lineMachine) reset(t *rapid.T) {
	if rapid.IntRange(0, 9).Draw(t, "in ten") < 9 {
		t.Skip("resets would leave little to see")
	}
	m.line.Reset()
	m.slow, m.left, m.today, m.area, m.sojourn = nil, nil, 0, 0, 0
	m.line.Begin(0)
}

func (m *lineMachine) check(t *rapid.T) {
	var order []int
	m.line.Each(func(id *int) { order = append(order, *id) })
	if len(order) != len(m.slow) || m.line.Len() != len(m.slow) {
		t.Fatalf("%d wait and %d are seen, want %d", m.line.Len(), len(order), len(m.slow))
	}
	for i, w := range m.slow {
		if order[i] != w.id {
			t.Fatalf("%d is at place %d, want %d", order[i], i, w.id)
		}
	}
	if m.line.area != m.area || m.line.sojourn != m.sojourn {
		t.Fatalf("midnights: area %d and sojourn %d, want %d and %d", m.line.area, m.line.sojourn, m.area, m.sojourn)
	}
	if err := m.line.Balance(); err != nil {
		t.Fatal(err)
	}
	from, places := m.line.Span()
	for _, w := range m.slow {
		if id, ok := m.line.At(w.position); !ok || *id != w.id || w.position-from >= places {
			t.Fatalf("at position %d of %d from %d is %v, %v: want %d", w.position, places, from, id, ok, w.id)
		}
	}
	for _, position := range m.left {
		holder := func(w plainWaiter) bool { return w.position == position }
		if _, ok := m.line.At(position); ok && !slices.ContainsFunc(m.slow, holder) {
			t.Fatalf("somebody waits at position %d, which is empty", position)
		}
	}
	first, position, ok := m.line.First()
	if ok != (len(m.slow) > 0) || ok && (*first != m.slow[0].id || position != m.slow[0].position) {
		t.Fatalf("first is %v at %d, want the head of %d", ok, position, len(m.slow))
	}
}

func TestLineIsASlice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &lineMachine{days: clock.Day(rapid.SampledFrom([]int{5, 1, 30}).Draw(t, "days"))}
		m.line = NewLine[int](m.days)
		m.line.Begin(0)
		t.Repeat(map[string]func(*rapid.T){
			"join": m.join, "leave": m.leave, "begin a day": m.begin, "use a stale handle": m.stale, "reset": m.reset, "": m.check,
			"serve":      func(t *rapid.T) { m.serve(t, m.line.Serve, func() int { return 0 }) },
			"serve last": func(t *rapid.T) { m.serve(t, m.line.ServeLast, func() int { return len(m.slow) - 1 }) },
		})
	})
}

// TestRosterIsASlice: joining, leaving from anywhere and asking for the first,
// over more than a ring holds.
func TestRosterIsASlice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := NewRoster()
		var slow []plainWaiter
		next, area := 0, int64(0)
		t.Repeat(map[string]func(*rapid.T){
			"join": func(t *rapid.T) {
				for range rapid.SampledFrom([]int{1, 2, 700}).Draw(t, "members") {
					slow = append(slow, plainWaiter{id: next, position: r.Join(int32(next))})
					next++
				}
			},
			"leave": func(t *rapid.T) {
				if len(slow) == 0 {
					t.Skip("nobody waits")
				}
				from := rapid.IntRange(0, len(slow)-1).Draw(t, "from")
				until := min(len(slow), from+rapid.SampledFrom([]int{1, 600}).Draw(t, "members"))
				for _, w := range slow[from:until] {
					r.Leave(w.position, int32(w.id))
				}
				slow = slices.Delete(slow, from, until)
			},
			"midnight": func(*rapid.T) {
				r.Midnight()
				area += int64(len(slow))
			},
			"reset": func(*rapid.T) {
				r.Reset()
				slow, area = nil, 0
			},
			"": func(t *rapid.T) {
				first, ok := r.First()
				if ok != (len(slow) > 0) || ok && int(first) != slow[0].id || r.Len() != len(slow) || r.Area() != area {
					t.Fatalf("first %d, %v; %d wait, %d midnights; want the head of %d, and %d", first, ok, r.Len(), r.Area(), len(slow), area)
				}
			},
		})
	})
}
