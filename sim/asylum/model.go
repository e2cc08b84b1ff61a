// Package asylum is the model: the people, the legal stages they pass, the
// queues they wait in, where they live and what it costs, as one replication
// of one regime. It does no input or output, reads no clock, starts no
// goroutine and never asks which regime it is running.
package asylum

import (
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// Model is a regime made ready to run: tables compiled from its rules. It is
// immutable and shared by all worlds that run it.
type Model struct {
	Timeline *clock.Timeline
	regime   *policy.Regime
	fraction unit.Fraction // of people and capacities that is simulated
	groups   int
	epochs   []epoch
	// starts holds the first day of each epoch, in step with epochs.
	starts  []clock.Day
	hazards hazards
	// recalling is whether cases that outlast the run can be called back.
	recalling bool
	// discount turns real pence of a month into their value at time 0.
	discount []float64
	// attraction compares the package of rules with a reference.
	attraction attraction
}

// epoch is the compiled form of the rules between two changes.
type epoch struct {
	*policy.Rules
	preparation *random.Quantile // days from claim to decidable
	withdrawal  *random.Quantile // days from claim to withdrawal
	// withdrawalScale is the scale of that distribution, in days.
	withdrawalScale float64
	crossable       [12][policy.NumSpells]float64
	nationality     [policy.NumRoutes]random.Choice
	partner         float64 // chance that a family has a second adult
	nightPrice      [NumHousing]unit.Pence
	weekly          [NumHousing]unit.Pence
	unitCost        [numServices]unit.Pence
	dailyCharge     int64 // on an adult who owes a contribution, thousandths of a penny
}

// Compile makes a regime ready for a timeline. The nationality tables of the
// rules have the given number of groups in use.
func Compile(regime *policy.Regime, timeline *clock.Timeline, groups int) *Model {
	return CompileSample(regime, timeline, groups, 0)
}

// CompileSample does so for runs that simulate a fraction of people and of
// every capacity, and scale what they count back to the whole.
func CompileSample(regime *policy.Regime, timeline *clock.Timeline, groups int, fraction unit.Fraction) *Model {
	regime = regime.Sample(fraction)
	m := &Model{Timeline: timeline, regime: regime, groups: groups, fraction: fraction}
	m.epochs = make([]epoch, len(regime.Epochs))
	var before *epoch
	for i := range regime.Epochs {
		e := &m.epochs[i]
		e.compile(&regime.Epochs[i], groups)
		e.compileTimes(before)
		before = e
		m.starts = append(m.starts, timeline.DayOf(regime.Starts[i]))
	}
	m.compileHazards()
	m.recalling = m.recalls()
	for _, end := range timeline.Months {
		years := float64(end-timeline.Opening) / unit.DaysPerYear
		rate := float64(regime.Epochs[regime.EpochAt(timeline.Opening)].Cost.DiscountRate)
		// Rounded, so that pence do not depend on the last bit of a power.
		m.discount = append(m.discount, math.Round(math.Pow(1+rate, -years)*1e12)/1e12)
	}
	return m.Against(&regime.Epochs[regime.EpochAt(timeline.Opening)])
}

// Regime returns the name that labels results.
func (m *Model) Regime() string { return m.regime.Name }

func (e *epoch) compile(r *policy.Rules, groups int) {
	e.Rules = r
	for month := range e.crossable {
		for spell := range e.crossable[month] {
			odds := r.Crossings.DayLogOdds[month] + r.Crossings.SpellLogOdds[spell]
			e.crossable[month][spell] = math.Round(1e12/(1+math.Exp(-odds))) / 1e12
		}
	}
	for route := range policy.NumRoutes {
		cumulative, total := make([]float64, groups), 0.0
		for n, share := range r.NationalityShares(route)[:groups] {
			total += float64(share)
			cumulative[n] = total
		}
		e.nationality[route].Compile(cumulative)
	}
	adults := (1 - float64(r.Applicants.ChildShare)) * r.Applicants.Dependants
	e.partner = min(1, adults)
	e.priceNights(&r.Cost)
	e.priceServices(&r.Cost)
	e.dailyCharge = dailyCharge(&r.Contribution)
}

// compileTimes compiles the distributions of times, or takes over those of the
// epoch before where they are the same: eight epochs of the base have one.
func (e *epoch) compileTimes(before *epoch) {
	d := &e.Decision
	if before != nil {
		b := &before.Decision
		if d.PreparationMean == b.PreparationMean && d.PreparationCV == b.PreparationCV {
			e.preparation = before.preparation
		}
		if d.WithdrawalRate == b.WithdrawalRate && d.WithdrawalShape == b.WithdrawalShape {
			e.withdrawal, e.withdrawalScale = before.withdrawal, before.withdrawalScale
		}
	}
	if e.preparation == nil {
		e.preparation = random.LogNormal(float64(d.PreparationMean), d.PreparationCV)
	}
	if e.withdrawal == nil {
		e.withdrawal, e.withdrawalScale = withdrawalTime(d), withdrawalScale(d)
	}
}

// preparedBy is the chance that preparation takes at most so many days.
func (e *epoch) preparedBy(days float64) float64 {
	d := &e.Decision
	if days <= 0 {
		return 0
	}
	sigma := math.Sqrt(math.Log1p(d.PreparationCV * d.PreparationCV))
	z := math.Log(days/float64(d.PreparationMean)) + float64(sigma*sigma/2)
	if sigma == 0 {
		if z < 0 {
			return 0
		}
		return 1
	}
	return math.Erfc(-z/(sigma*math.Sqrt2)) / 2
}

// withdrawalTime compiles the time from claim to withdrawal: a Weibull
// distribution whose hazard at one year is the stated rate. A rate of 0, or one
// so small that the scale is longer than any run, never withdraws.
func withdrawalTime(d *policy.Decision) *random.Quantile {
	if d.WithdrawalRate <= 0 || !(withdrawalScale(d) < float64(clock.NoDay)) {
		return random.Compile(func(float64) float64 { return float64(clock.NoDay) })
	}
	return random.Weibull(d.WithdrawalShape, withdrawalScale(d))
}

// withdrawalScale returns, in days, the scale s of a cumulative hazard
// (t/s)^k whose derivative at one year is the stated yearly rate.
func withdrawalScale(d *policy.Decision) float64 {
	k := d.WithdrawalShape
	// d/dt (t/s)^k = k t^(k-1) / s^k at t = 1 year equals the rate.
	years := math.Pow(k/float64(d.WithdrawalRate), 1/k)
	return years * unit.DaysPerYear
}

// epochOf returns the index of the rules in force on the date of a tick.
func (m *Model) epochOf(t clock.Tick) int { return m.regime.EpochAt(m.Timeline.Date(t.Day())) }
