package asylum

import (
	"pgregory.net/rapid"

	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// A witness watches a world day by day. It looks for every case and every place
// itself, at each midnight, and holds what it finds against the books of the
// model, its outputs and the events of the day. It takes nothing from the
// model's own audit.
type witness struct {
	t      rapid.TB
	w      *World
	regime *policy.Regime
	rules  *policy.Rules // of today's date

	hand  map[random.Key]seat // every case that is in a queue or the calendar
	lines [][]Case            // the queues of cases, in order
	rest  stocks              // cases in the books with nothing more to happen
	books stocks              // as the model kept them at the last midnight
	flow  measure.Row         // of today

	appellants stock // who had entered with an appeal by the last midnight

	taken []event.Entry[Case] // today's events
	at    clock.Tick          // of the last of them
	begun int64               // enforced returns attempted today

	decided int64 // cases today, administrative outcomes among them
	heard   int64 // onward appeals today
	halls   halls
	ledger  ledger
	meters  map[string]*meter
	waits   [NumStages]struct{ area, sojourn int64 } // in midnights
}

// seat is where a case was at a midnight.
type seat struct {
	Case
	line   int       // its index among the queues, or noLine
	joined clock.Day // since when it has been in queues of this stage
}

const noLine = -1

// stageOf says which stage waits in each of everyLine.
var stageOf = [...]Stage{Decidable, Decidable, Decidable, Appealing, Appealing, OnwardAppeal, Reviewing, Removable, TransferHeld}

// finalFlow is the output that counts the people who come to a final stage.
var finalFlow = map[Stage]measure.Output{
	Settled: measure.SettledPeople, Withdrawn: measure.WithdrawalsPeople, AdminOutcome: measure.AdministrativeOutcomesPeople,
	ReturnedOwn: measure.ReturnsVoluntaryPeople, ReturnedAssisted: measure.ReturnsAssistedPeople,
	ReturnedForce: measure.ReturnsEnforcedPeople, Transferred: measure.ThirdCountryTransfersPeople,
	LeftUnrecorded: measure.UnrecordedDeparturesPeople,
}

// reachable says from which stage to which others several moves may lead.
var reachable = func() (table [NumStages][NumStages]bool) {
	table = allowed
	for via := range NumStages {
		for from := range NumStages {
			for to := range NumStages {
				table[from][to] = table[from][to] || table[from][via] && table[via][to]
			}
		}
	}
	return table
}()

// newWitness begins to watch a world that has just been opened.
func newWitness(t rapid.TB, w *World) *witness {
	s := &witness{t: t, w: w, regime: w.model.regime, meters: map[string]*meter{}}
	w.testOnlyObserve = s.observe
	s.hand, s.lines = s.look()
	s.rest, s.books = s.resting(s.hand), w.stock
	s.halls = s.lookAtPlaces()
	return s
}

// observe checks that time never runs backwards, and keeps what happens.
func (s *witness) observe(scheduled bool, e event.Entry[Case]) {
	if scheduled {
		if e.At < s.at {
			s.t.Fatalf("event %d was scheduled for %d after one of %d was taken", e.Record.Next, e.At, s.at)
		}
		if e.Record.Next == DetentionEnds && e.Record.Attempts > 0 && e.Record.Detail == 0 {
			s.begun++
		}
		return
	}
	if e.At < s.at || e.At.Day() != s.w.day {
		s.t.Fatalf("day %d: an event of %d was taken after one of %d", s.w.day, e.At, s.at)
	}
	s.at = e.At
	legal := e.Record.Next != Void && e.Record.Next != SupportEnds && e.Record.Next != LosesSupport
	if legal && e.Record.Stage.Final() {
		s.t.Fatalf("day %d: event %d of a case that is %v", s.w.day, e.Record.Next, e.Record.Stage)
	}
	s.taken = append(s.taken, e)
}

// watch runs the world up to a day.
func (s *witness) watch(until clock.Day) {
	w := s.w
	for ; w.day < until; w.day++ {
		row := &w.run.Months[w.model.Timeline.Month(w.day)]
		s.rules = &s.regime.Epochs[s.regime.EpochAt(w.model.Timeline.Date(w.day))]
		before := *row
		s.taken, s.begun, s.at = s.taken[:0], 0, w.day.Tick()
		w.runDay()
		for o := range row {
			s.flow[o] = row[o] - before[o]
		}
		s.midnight(row)
	}
}

// midnight holds what there is to see at the end of a day against the books.
func (s *witness) midnight(row *measure.Row) {
	hand, lines := s.look()
	rest := s.resting(hand)
	s.checkCases(hand)
	s.checkConservation(hand, &rest)
	s.checkFlows(hand)
	s.checkOrder(hand, lines)
	s.checkCapacities()
	s.checkHousing(hand, &rest)
	s.checkLedger(row, hand, &rest)
	s.followWaits(hand)
	s.hand, s.lines, s.rest, s.books = hand, lines, rest, s.w.stock
	s.appellants = s.w.otherAppellants
}

// look finds every case. Nobody may be in two places.
func (s *witness) look() (hand map[random.Key]seat, lines [][]Case) {
	hand = make(map[random.Key]seat, len(s.hand)+16)
	add := func(c *Case, line int) {
		if other, twice := hand[c.Key]; twice {
			s.t.Fatalf("day %d: case %x is %v and %v at once", s.w.day, c.Key, other.Stage, c.Stage)
		}
		if c.Stage.Final() || line != noLine && c.Stage != stageOf[line] {
			s.t.Fatalf("day %d: a case that is %v waits in queue %d", s.w.day, c.Stage, line)
		}
		at := seat{*c, line, s.w.day}
		if before, ok := s.hand[c.Key]; ok && before.line != noLine && before.Stage == c.Stage {
			at.joined = before.joined
		}
		hand[c.Key] = at
	}
	for i, line := range s.w.everyLine {
		var order []Case
		line.Each(func(c *Case) {
			add(c, i)
			order = append(order, *c)
		})
		lines = append(lines, order)
		if err := line.Balance(); err != nil {
			s.t.Fatalf("day %d: Little's law on queue %d: %v", s.w.day, i, err)
		}
	}
	s.w.agenda.Each(func(e *event.Entry[Case]) {
		switch e.Record.Next {
		case Void, SupportEnds, LosesSupport, ReentersClaim, FamilyArrives, RetriesCrossing:
			return // not a legal event of a case in the books
		}
		add(&e.Record, noLine)
	})
	for i := range s.w.beyond {
		add(&s.w.beyond[i], noLine)
	}
	return hand, lines
}
