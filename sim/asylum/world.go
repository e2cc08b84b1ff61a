package asylum

import (
	"errors"
	"fmt"

	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/queue"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// World is the state of one replication of one regime. A worker keeps one
// world and runs replication after replication in it; its memory is reused.
// A world must not be shared between goroutines.
type World struct {
	model       *Model
	source      random.Source
	day         clock.Day
	now         clock.Tick
	month       int
	workingDays int // of this calendar month
	epoch       int
	rules       *epoch
	events      int64
	resting     int64 // cases with nothing more to happen before the horizon

	agenda    *event.Calendar[Case]
	beyond    []Case // permits and stays in limbo that outlast the run, where they can be called back
	decisions [numClasses]*queue.Line[Case]
	everyLine []*queue.Line[Case]
	appeals   *queue.Line[Case]
	newBody   *queue.Line[Case]
	onward    *queue.Line[Case]
	reviews   *queue.Line[Case]
	removals  *queue.Line[Case]
	transfers *queue.Line[Case]

	crossings       crossings
	responses       responses
	safeRoutes      safeRoutes
	families        families
	levels          policy.ByDriver[level]
	factor          policy.ByDriver[float64] // what the level of the quarter multiplies by
	known           []BoatDay                // of the first days of the run
	staff           staffing
	triage          triage
	detention       detention
	scheme          transfers
	owing           contributions
	otherAppellants stock      // who entered with an appeal, since the start of the run
	boatCases       unit.Cases // claims of small-boat arrivals in the year before the run
	barredCases     unit.Cases // arrivals whose claims were barred, since the start of the run
	hearingCapacity trend
	dispersalBeds   trend
	hearings        queue.Capacity
	newHearings     queue.Capacity
	surge           queue.Capacity // of the new appeals body, beyond its capacity
	onwardHearings  queue.Capacity
	reviewers       queue.Capacity
	attempts        queue.Capacity
	appealsPerDay   float64
	newBodyPerDay   float64
	onwardPerDay    float64
	countries       [policy.MaxNationalities]country
	uasc            int64 // unaccompanied children without an outcome

	places                  []place
	freePlace               int32
	beds                    [NumHousing]queue.Resource
	dispersalList           *queue.Roster
	dispersalWaits          int64 // midnights that those waited who have left the list
	refusedFamiliesInHotels int64
	nights                  [NumHousing]unit.Nights
	stayNights              [NumHousing]int64
	allowance               int64

	// testOnlyObserve, if set, sees every event that is scheduled and every one
	// that is taken, so that a test can hold an obvious event list beside it.
	testOnlyObserve func(scheduled bool, e event.Entry[Case])

	stock   stocks
	cohorts [][measure.NumCohortOutcomes]int64
	run     *measure.Run
	row     *measure.Row
}

// NewWorld returns a world for runs over a timeline.
func NewWorld(timeline *clock.Timeline) *World {
	w := &World{
		agenda: event.NewCalendar[Case](timeline.Days),
		decisions: [numClasses]*queue.Line[Case]{
			queue.NewLine[Case](timeline.Days), queue.NewLine[Case](timeline.Days), queue.NewLine[Case](timeline.Days),
		},
		appeals:       queue.NewLine[Case](timeline.Days),
		newBody:       queue.NewLine[Case](timeline.Days),
		onward:        queue.NewLine[Case](timeline.Days),
		reviews:       queue.NewLine[Case](timeline.Days),
		removals:      queue.NewLine[Case](timeline.Days),
		transfers:     queue.NewLine[Case](timeline.Days),
		dispersalList: queue.NewRoster(),
		cohorts:       make([][measure.NumCohortOutcomes]int64, len(timeline.Months)),
	}
	w.everyLine = w.lines()
	return w
}

// ErrUnbalanced is the error of a run whose books do not balance, with what does
// not: a fault of the program.
var ErrUnbalanced = errors.New("the books of the run do not balance")

// Run simulates one replication of a regime from an opening population, which
// must have been drawn from the same source. The only error is ErrUnbalanced.
func (w *World) Run(model *Model, source random.Source, opening *Population) (*measure.Run, error) {
	w.reset(model, source)
	w.open(opening)
	for w.day = 0; w.day < model.Timeline.Days; w.day++ {
		w.runDay()
	}
	w.run.Events = w.events
	if err := w.audit(opening); err != nil {
		return nil, fmt.Errorf("regime %s: %w: %w", model.regime.Name, ErrUnbalanced, err)
	}
	w.scaleBack()
	return w.run, nil
}

func (w *World) reset(model *Model, source random.Source) {
	w.model, w.source = model, source
	w.day, w.now, w.month, w.epoch = 0, 0, 0, 0
	w.events, w.resting, w.allowance = 0, 0, 0
	w.agenda.Reset()
	for _, line := range w.everyLine {
		line.Reset()
	}
	w.beyond = w.beyond[:0]
	begins := queue.Begin(model.leftOver())
	w.hearings, w.newHearings, w.onwardHearings = begins, begins, begins
	w.reviewers, w.attempts, w.surge = begins, begins, begins
	w.triage = triage{}
	w.detention.reset(model.Timeline.Days)
	w.detention.seats, w.detention.undivided = begins, model.fraction.K()/2
	w.owing.reset(model.Timeline.Days)
	w.scheme, w.barredCases, w.otherAppellants = transfers{capacity: begins, owed: model.leftOver()}, 0, stock{}
	w.countries = [policy.MaxNationalities]country{}
	w.uasc = 0
	w.hearingCapacity = trend{}
	w.crossings, w.responses, w.families = crossings{}, responses{}, families{}
	w.safeRoutes = safeRoutes{order: w.safeRoutes.order[:0]}
	w.stock = stocks{}
	clear(w.cohorts)
	w.run = &measure.Run{Months: make([]measure.Row, len(model.Timeline.Months))}
	w.run.Cohorts = make([]measure.CohortRow, 0, len(measure.CohortAges)*len(model.Timeline.Months))
	w.row = &w.run.Months[0]
	w.enterEpoch()
	w.startLevels()
	w.resetBeds()
	w.countPassengers()
}

// lines lists every queue of cases.
func (w *World) lines() []*queue.Line[Case] {
	return append(w.decisions[:], w.appeals, w.newBody, w.onward, w.reviews, w.removals, w.transfers)
}

// enterEpoch takes the rules of the day into force.
func (w *World) enterEpoch() {
	m, before := w.model, w.rules
	for w.epoch+1 < len(m.starts) && w.day >= m.starts[w.epoch+1] {
		w.epoch++
	}
	w.rules = &m.epochs[w.epoch]
	if w.day > 0 && w.rules != before {
		w.staff.transfer(float64(w.rules.Decision.Caseworkers - before.Decision.Caseworkers))
		w.startBoatMonth(w.calendarMonth(m.Timeline))
		w.reopenLimboByRules(before)
	}
}

// runDay is one day: arrivals and claims, then what falls due in order of
// time, then the working day's services, then the census at midnight.
func (w *World) runDay() {
	t := w.model.Timeline
	w.now = w.day.Tick()
	for _, line := range w.everyLine {
		line.Begin(w.day)
	}
	w.enterEpoch()
	w.startDay(t)
	w.declareCountries()
	w.returnOthers()

	w.arriveByBoat(w.day, w.calendarMonth(t))
	w.claimByOtherRoutes(w.day)
	w.arriveBySafeRoutes(w.day)
	w.appealFromOutside(w.day)
	w.now = w.day.Tick()

	w.renege()
	w.agenda.Open()
	for e := w.agenda.Next(); e != nil; e = w.agenda.Next() {
		w.now = e.At
		w.events++
		if w.testOnlyObserve != nil {
			w.testOnlyObserve(false, *e)
		}
		w.handle(&e.Record)
	}

	// Services close the day: what follows from them happens the next day at
	// the earliest.
	w.now = (w.day + 1).Tick()
	if t.Working(w.day) {
		w.transferQueue()
		w.enforceQueue()
		w.decideQueue()
		w.hearQueue()
		w.hearOnwardQueue()
		w.reviewQueue()
	}
	w.moveToDispersal()
	w.census()
	if w.day+1 == t.Days || t.Month(w.day+1) != w.month {
		w.snapshot(w.month)
		w.closeLedger(w.month)
	}
}

// startDay does what the first day of a month or quarter brings.
func (w *World) startDay(t *clock.Timeline) {
	month := t.Month(w.day)
	date := t.Date(w.day)
	year, calendarMonth, dayOfMonth := date.Civil()
	if w.day == 0 || (dayOfMonth == 1 && calendarMonth%3 == 1) {
		w.startQuarter(year, int(calendarMonth))
	}
	begins := w.day == 0 || month != w.month
	if begins {
		w.month = month
		w.row = &w.run.Months[month]
		w.workingDays = t.WorkingDays(w.day)
	}
	w.countBeds()
	w.countHearings(w.day)
	w.countPassengers()
	if begins {
		w.startBoatMonth(int(calendarMonth) - 1)
		w.startStaffMonth(w.day)
		w.startResponseMonth()
	}
}

func (w *World) calendarMonth(t *clock.Timeline) int {
	return int(t.Months[w.month].Time().Month()) - 1
}

// renege lets go those whose own day to leave a queue has come: it comes
// before any service of that day.
func (w *World) renege() {
	var c Case
	for _, line := range w.decisions {
		for line.Renege(&c) {
			w.events++
			w.withdraw(&c)
		}
	}
	for w.removals.Renege(&c) {
		w.events++
		w.leaveRemovals(&c)
	}
	for w.transfers.Renege(&c) {
		w.events++
		w.endHold(&c)
	}
}
