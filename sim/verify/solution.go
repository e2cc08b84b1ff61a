package verify

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"asylumsim/sim/unit"
)

// solution is what is expected of the reduced model over two years. It is worked
// out from the rules and the diary alone, without the model or its calendar.
type solution struct {
	people      float64 // per case
	claims      float64
	withdrawals float64
	decisions   float64
	lodged      float64
	returns     float64
	awaiting    [2]float64 // after one year and after two
	appeals     [2]float64
	permits     float64
	absent      float64
	hotel       float64 // pounds
}

// solve follows the expectations day by day.
//
// Claims are a Poisson stream and every case takes its own time to each step
// before the tribunal, so that those who come to a step on one day are Poisson
// and independent of other days: the numbers at a step are expectations of one
// case times the stream. At the tribunal the number waiting is a Markov chain.
// Behind it times are independent again, and expectations are all that is needed.
func solve() solution {
	days := len(theDiary.working)
	served := serviceDays()
	k := kernels(days)
	rate := withdrawn / unit.DaysPerYear
	fade := func(days int) float64 { return math.Exp(-rate * float64(days)) }

	// Per day: cases decided, and cases awaiting a decision at its end.
	decided, awaiting := make([]float64, days), make([]float64, days)
	for claimed := range days {
		for day := claimed; day < days; day++ {
			awaiting[day] += claimsPerDay * k.preparing[day-claimed]
			// Those ready on this day, if they are not withdrawn: a case in line is
			// let go first thing on its day, and not on the day it joined.
			switch on := served[day]; {
			case on == day:
				decided[day] += claimsPerDay * k.readyStaying[day-claimed]
			default:
				awaiting[day] += claimsPerDay * k.readyStaying[day-claimed]
				for later := day + 1; later < min(on, days); later++ {
					awaiting[later] += claimsPerDay * k.ready[day-claimed] * fade(later+1-claimed)
				}
				if on < days {
					decided[on] += claimsPerDay * k.ready[day-claimed] * fade(on+1-claimed)
				}
			}
		}
	}

	var s solution
	s.people = 1 + familyShare*meanDependants()
	granted, refused, exhausted := make([]float64, days), make([]float64, days), make([]float64, days+timeLimit+2)
	lodging := make([]float64, days+timeLimit+2)
	for day, n := range decided {
		granted[day] = n * (1 - administrative) * grantedShare
		refused[day] = n * (1 - administrative) * (1 - grantedShare)
		s.decisions += n * (1 - administrative)
		// The window opens as the day of the decision ends. An appeal comes at a
		// uniform time in it; without one, rights are exhausted when it closes.
		for wait := 1; wait <= timeLimit; wait++ {
			lodging[day+wait] += refused[day] * lodgedShare / timeLimit
		}
	}

	hearings := theDiary.releases(func(day int) float64 { return hearingsAYear / 12 / float64(theDiary.inMonth[day]) })
	tribunal := newChain(900)
	appealing, heard := make([]float64, days), make([]float64, days)
	for day := range days {
		tribunal.join(lodging[day])
		heard[day] = tribunal.serve(hearings[day])
		appealing[day] = tribunal.mean()
		s.lodged += lodging[day]
	}

	// leave is the chance that one of the two risks has struck so many days after
	// a case became removable.
	both := (voluntary + losingContact) / unit.DaysPerYear
	leave := func(days int) float64 { return -math.Expm1(-both * float64(days)) }
	left := 0.0
	for day := range days {
		dismissed := heard[day] * (1 - (1-appealDropped)*allowedShare)
		exhausted[day] += dismissed
		left += dismissed * leave(days-1-day)
		// Without an appeal: exhausted as the window closes, at a midnight, and in
		// line from the next day on.
		if silent := refused[day] * (1 - lodgedShare); day+1+timeLimit < days-1 {
			left += silent * leave(days-1-day-timeLimit)
		}
		s.permits += (granted[day] + heard[day]*(1-appealDropped)*allowedShare) * s.people
	}
	s.returns = left * voluntary / (voluntary + losingContact) * s.people
	s.absent = left * losingContact / (voluntary + losingContact) * s.people

	// Midnights in hotels.
	nights := 0.0
	for day := range days {
		nights += awaiting[day] + appealing[day]
		// Between decision and appeal, or the end of the window.
		for wait := 0; wait < timeLimit && day-wait >= 0; wait++ {
			nights += refused[day-wait] * (lodgedShare*(1-float64(wait)/timeLimit) + (1 - lodgedShare))
		}
		if before := day - timeLimit; before >= 0 {
			nights += refused[before] * (1 - lodgedShare) // the window closes as the next day begins
		}
		nights += exhausted[day] // the place is given up the morning after
		for wait := 0; wait <= moveOn && day-wait >= 0; wait++ {
			nights += granted[day-wait] + heard[day-wait]*(1-appealDropped)*allowedShare
		}
	}
	s.hotel = nights * s.people * hotelPence / 100

	s.claims = claimsPerDay * float64(days)
	s.withdrawals = (s.claims - awaiting[days-1] - s.decisions/(1-administrative)) * s.people
	for i, day := range []int{364, days - 1} {
		s.awaiting[i], s.appeals[i] = awaiting[day], appealing[day]
	}
	return s
}

// serviceDays is, for each day, the first working day from it on, once there are
// caseworkers at decisions: in the first month there are none.
func serviceDays() []int {
	days := len(theDiary.working)
	next := make([]int, days)
	following := days
	for day := days - 1; day >= 0; day-- {
		if theDiary.working[day] && theDiary.month[day] > 0 {
			following = day
		}
		next[day] = following
	}
	return next
}

// kernel holds chances by the days since the day of the claim, which is made at
// any time of it.
type kernel struct {
	preparing    []float64 // neither ready nor withdrawn at the end of the day
	readyStaying []float64 // ready on the day, and not withdrawn before
	// ready is readiness on the day alone, weighed with the time of day of the
	// claim: times the chance of not being withdrawn between the start of that day
	// and a later one it is the chance of being still there.
	ready []float64
}

// kernels integrates over the time of day of the claim and over preparation.
func kernels(days int) kernel {
	const steps = 64
	sigma := math.Sqrt(math.Log1p(preparationCV * preparationCV))
	time := distuv.LogNormal{Mu: math.Log(preparationMean) - sigma*sigma/2, Sigma: sigma}
	rate := withdrawn / unit.DaysPerYear
	// stays[i] is the chance to be ready before i/(2 steps) days and not to be
	// withdrawn first, by Simpson's rule.
	const h = 1.0 / (2 * steps)
	density := func(x float64) float64 {
		if x <= 0 {
			return 0
		}
		return time.Prob(x) * math.Exp(-rate*x)
	}
	stays := make([]float64, 2*steps*(days+2))
	for i := 1; i < len(stays); i++ {
		x := float64(i-1) * h
		stays[i] = stays[i-1] + h/6*(density(x)+4*density(x+h/2)+density(x+h))
	}
	readyBy := func(x float64) float64 {
		if x <= 0 {
			return 0
		}
		return time.CDF(x)
	}
	k := kernel{make([]float64, days), make([]float64, days), make([]float64, days)}
	for day := range days {
		for j := range steps {
			u := (float64(j) + 0.5) / steps
			from, to := float64(day)-u, float64(day)+1-u
			index := func(x float64) int { return max(int(math.Round(x/h)), 0) }
			k.preparing[day] += (1 - readyBy(to)) * math.Exp(-rate*to) / steps
			k.readyStaying[day] += (stays[index(to)] - stays[index(from)]) / steps
			k.ready[day] += (readyBy(to) - readyBy(from)) * math.Exp(rate*u) / steps
		}
	}
	return k
}

// meanDependants is the mean number of dependants of a family: one and a
// geometric number, ten people in a case at the most.
func meanDependants() float64 {
	q := (dependants - 1) / dependants
	mean := 1.0
	for k := 1; k < 9; k++ { // E of a minimum: the chances to reach each number
		mean += math.Pow(q, float64(k))
	}
	return mean
}
