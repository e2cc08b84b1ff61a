package asylum

import (
	"fmt"
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// responses is the state of the response of arrivals to policy.
//
// Each route has a realised log change that approaches, with a lag, what the
// package of rules leads to. On top of it come the rush before a change that
// is known, the displacement from boats to other routes, and what safe routes
// and family reunion take from boats or give to them.
type responses struct {
	log     [policy.NumRoutes]float64 // realised
	target  [policy.NumRoutes]float64 // approached
	updated clock.Day
	factor  [policy.NumRoutes]float64 // on arrivals, the rush not included
	rush    [policy.NumRoutes]rush

	mixed    bool // mix holds the nationalities of claims
	mixEpoch int
	shares   [policy.NumRoutes][policy.MaxNationalities]float64 // cumulative
	mix      [policy.NumRoutes]random.Choice                    // of these shares

	// Of those who arrived in each of the last 12 months, how many there were
	// and how many of them have been returned or transferred by now, in people;
	// and the families turned away whom the reference would have let in. Months
	// take turns in the entries.
	entered, removed [12][policy.NumRoutes]unit.People
	barred           [12]unit.People

	excess      float64 // the first scale above the envelope, 0 if none was
	excessRoute policy.Route
	excessDay   clock.Day
}

// rush is the factor on a route's arrivals in the days before a change.
type rush struct {
	factor      float64
	from, until clock.Day
}

// scale is today's factor on a route's arrivals: what the rules state, times
// the response to policy, times the boats that less prevention lets through.
func (w *World) scale(route policy.Route) float64 {
	scale := float64(w.rules.Claims.Scale[route])
	if w.rules.Response.Switch != 0 {
		r := &w.responses
		scale *= r.factor[route]
		if rush := &r.rush[route]; rush.from <= w.day && w.day < rush.until {
			scale *= rush.factor
		}
	}
	if route == policy.SmallBoat {
		scale *= freed(&w.rules.Prevention)
	}
	if r := &w.responses; scale > 1 && scale > float64(w.rules.Claims.Envelope) && r.excess == 0 {
		r.excess, r.excessRoute, r.excessDay = scale, route, w.day
	}
	return scale
}

// responseFault reports arrivals that outgrew the envelope from which they
// are drawn, which the run could not hold: a fault of the configuration. The
// envelope is a bound of the method and not of what can be. Drawing such a point
// again would leave out the runs with most arrivals, by what happened in them.
func (w *World) responseFault() error {
	r := &w.responses
	if r.excess == 0 {
		return nil
	}
	t := w.model.Timeline
	return fmt.Errorf("arrivals by the route %v are %.3f times the base in the month to %v, more than arrival_envelope = %v: raise arrival_envelope above the largest factor that the rules can lead to",
		r.excessRoute, r.excess, t.Months[t.Month(r.excessDay)], w.model.epochs[w.model.epochOf(r.excessDay.Tick())].Claims.Envelope)
}

// countEntry counts people who arrive or claim by a route.
func (w *World) countEntry(route policy.Route, people unit.People) {
	w.responses.entered[w.month%12][route] += people
}

// countRemoval counts a case that is returned or transferred, with the month
// in which it claimed, if it was counted when it came.
func (w *World) countRemoval(c *Case) {
	if c.Cohort >= 0 && w.month-int(c.Cohort) < 12 && !c.Flags.Has(Exchanged) {
		w.responses.removed[c.Cohort%12][c.Route] += c.People()
	}
}

// countBarredFamily counts a family turned away that the reference rules
// would have let in.
func (w *World) countBarredFamily(people unit.People) {
	w.responses.barred[w.month%12] += people
}

// startResponseMonth brings the response to policy up to date.
func (w *World) startResponseMonth() {
	r, e, pull := &w.responses, w.rules, &w.model.attraction.epochs[w.epoch]
	var removal [policy.NumRoutes]float64
	for route := range policy.NumRoutes {
		var entered, removed unit.People
		for i := range r.entered {
			entered += r.entered[i][route]
			removed += r.removed[i][route]
		}
		if entered > 0 {
			removal[route] = float64(removed)/float64(entered) - float64(w.rules.Response.RemovalUsual)
		}
	}
	var barred unit.People
	for _, people := range r.barred {
		barred += people
	}
	// Boats are counted in full, families as far as they are simulated.
	barredPerYear := float64(barred*unit.People(w.model.fraction.K())) * 12 / float64(min(max(w.month, 1), 12))
	this := w.month % 12
	r.entered[this], r.removed[this], r.barred[this] = [policy.NumRoutes]unit.People{}, [policy.NumRoutes]unit.People{}, 0

	waiting := float64(e.Response.Waiting * w.waitAgainstUsual())

	// Until the rules changed, if they did since the last update, arrivals
	// went on approaching the old target.
	changed := w.day
	if began := w.model.starts[w.epoch]; began > r.updated {
		changed = began
	}
	for route := range policy.NumRoutes {
		r.approach(route, changed-r.updated, e.Response.Lag)
		r.target[route] = e.lean(pull.parts[route]+float64(e.Response.Removal*removal[route])+waiting, route)
		r.approach(route, w.day-changed, e.Response.Lag)
		r.rush[route] = w.model.rushBefore(w.epoch, w.day, route)
	}
	r.updated = w.day
	w.spreadResponse(pull.boats, barredPerYear)
	w.mixNationalities()
}

// waitAgainstUsual is the logarithm of the expected wait for an initial
// decision, of the last twelve months as far as they have passed, over the
// usual one: by Little's law, the cases awaiting a decision over the decisions
// a day. It is 0 before there is a month to judge by, and where no decisions
// were taken it is that of one.
func (w *World) waitAgainstUsual() float64 {
	usual := float64(w.rules.Response.WaitingUsual)
	months := w.run.Months[max(0, w.month-12):w.month]
	if len(months) == 0 || usual <= 0 {
		return 0
	}
	waiting, decided := int64(0), int64(0)
	for i := range months {
		waiting += months[i][measure.AwaitingInitialDecisionCases]
		decided += months[i][measure.InitialDecisionsCases]
	}
	k := w.model.fraction.K()
	days := float64(waiting*k) * (unit.DaysPerYear / 12) / float64(max(decided*k, 1))
	return math.Log(max(days, 1) / usual)
}

// approach lets the realised change of a route come nearer to its target.
func (r *responses) approach(route policy.Route, days clock.Day, lag unit.Days) {
	left := 0.0
	if lag > 0 {
		left = math.Exp(-float64(days) / float64(lag))
	}
	r.log[route] = r.target[route] + float64((r.log[route]-r.target[route])*left)
}

// spreadResponse sets the factors on arrivals.
//
// Of the people whom the response takes from boats, a share come by the other
// routes instead, in proportion to the size of these; of the people that it
// adds to boats, the same share would have come by them. Safe routes above the
// reference take people from boats for each place a year, those below it send
// some; families barred since a year ago add people for each.
func (w *World) spreadResponse(boatsPerYear, barredPerYear float64) {
	r, e := &w.responses, w.rules
	a := &e.Response
	for route := range policy.NumRoutes {
		r.factor[route] = math.Exp(r.log[route])
	}
	boatPeople := float64(boatsPerYear*w.crossings.people) * float64(e.Claims.Scale[policy.SmallBoat])
	others := 0.0
	for i, route := range policy.OtherRoutes {
		people := 1 + float64(float64(e.Applicants.FamilyShare[route])*e.Applicants.Dependants)
		others += float64(float64(float64(e.Claims.PerYear[i])*float64(e.Claims.Scale[route])) * people)
	}
	if others > 0 {
		moved := float64(float64(a.Displacement) * boatPeople * (1 - r.factor[policy.SmallBoat]))
		for _, route := range policy.OtherRoutes {
			r.factor[route] *= max(0, 1+moved/others)
		}
	}
	if boatPeople > 0 && a.Switch != 0 {
		places := float64(e.SafeRoute.Places - w.model.attraction.reference.SafeRoute.Places)
		gained := float64(a.FamilyByBoat*barredPerYear) - float64(a.SafeRoutes*places)
		r.factor[policy.SmallBoat] *= max(0, 1+gained/boatPeople)
	}
	for route := range r.factor {
		// Rounded, so that arrivals do not depend on the last bit of a power.
		r.factor[route] = math.Round(r.factor[route]*1e12) / 1e12
	}
}

// rushBefore is the rush of a route before the next change of its package:
// arrivals rise before a change that will lower them, and fall before one
// that will raise them.
func (m *Model) rushBefore(now int, day clock.Day, route policy.Route) rush {
	e := &m.epochs[now]
	a := &e.Response
	if a.Switch == 0 || a.Anticipation == 0 || a.AnticipateDays <= 0 {
		return rush{}
	}
	here := e.lean(m.attraction.epochs[now].parts[route], route)
	for next := now + 1; next < len(m.epochs); next++ {
		if m.starts[next] <= day {
			continue
		}
		change := m.epochs[next].lean(m.attraction.epochs[next].parts[route], route) - here
		if change == 0 {
			continue
		}
		most := float64(a.Anticipation * float64(a.Awareness[route]))
		if change > 0 {
			most = -most
		}
		return rush{
			factor: math.Round(math.Exp(most)*1e12) / 1e12,
			from:   m.starts[next] - clock.Day(a.AnticipateDays), until: m.starts[next],
		}
	}
	return rush{}
}

// mixNationalities weights the nationalities of each route by how much more
// or less than the others they answer. The total is what the response says.
func (w *World) mixNationalities() {
	r, a := &w.responses, &w.rules.Response
	r.mixEpoch = w.epoch
	r.mixed = a.Switch != 0 && w.model.attraction.epochs[w.epoch].uneven
	if !r.mixed {
		return
	}
	for route := range policy.NumRoutes {
		shares, total := r.shares[route][:w.model.groups], 0.0
		for n, share := range w.rules.NationalityShares(route)[:w.model.groups] {
			weight := math.Exp(float64(r.log[route] * (float64(a.Sensitivity[n]) - 1)))
			total += float64(float64(share) * weight)
			shares[n] = total
		}
		for n := range shares {
			shares[n] /= total
		}
		r.mix[route].Compile(shares)
	}
}

// pickNationality draws the nationality group of a claim by a route.
func (w *World) pickNationality(route policy.Route, u float64) policy.Nationality {
	r := &w.responses
	if r.mixEpoch != w.epoch {
		w.mixNationalities()
	}
	mix := &w.rules.nationality[route]
	if r.mixed {
		mix = &r.mix[route]
	}
	return policy.Nationality(mix.At(u))
}
