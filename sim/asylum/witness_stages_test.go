package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// resting returns the cases in the books that were not found: nothing more
// happens to them before the horizon. Nobody rests in a queue, no stock is
// negative, and the model counts as many in all.
func (s *witness) resting(hand map[random.Key]seat) stocks {
	rest := s.w.stock
	for key := range hand {
		at := hand[key]
		rest[at.Stage][at.Nationality].cases--
		rest[at.Stage][at.Nationality].people -= at.People()
	}
	total := unit.Cases(0)
	for stage := Outside + 1; stage < Settled; stage++ {
		for n := range rest[stage] {
			if k := rest[stage][n]; k.cases < 0 || k.people < unit.People(k.cases) {
				s.t.Fatalf("day %d: %d cases more than the books have are %v", s.w.day, -k.cases, stage)
			}
		}
		total += rest.totalCases(stage)
	}
	for _, stage := range stageOf {
		if n := rest.totalCases(stage); n != 0 {
			s.t.Fatalf("day %d: %d cases are %v in the books, and in no queue", s.w.day, n, stage)
		}
	}
	if int64(total) != s.w.resting-int64(len(s.w.beyond)) {
		s.t.Fatalf("day %d: %d cases are missing, the model says that %d rest", s.w.day, total, s.w.resting-int64(len(s.w.beyond)))
	}
	return rest
}

// checkCases: a case keeps its people, and comes from one stage to another by
// the moves that there are.
func (s *witness) checkCases(hand map[random.Key]seat) {
	for key := range hand {
		now, before := hand[key], s.hand[key]
		if before.Key == 0 {
			continue
		}
		if now.Adults != before.Adults || now.Children != before.Children || now.Nationality != before.Nationality {
			s.t.Fatalf("day %d: case %x was %+v, and is %+v", s.w.day, key, before.Case, now.Case)
		}
		if now.Stage != before.Stage && !reachable[before.Stage][now.Stage] {
			s.t.Fatalf("day %d: a case that was %v is %v", s.w.day, before.Stage, now.Stage)
		}
	}
}

// checkConservation: by nationality, in cases and in people, who came today and
// was not there yesterday, less who is gone, has ended or rests.
func (s *witness) checkConservation(hand map[random.Key]seat, rest *stocks) {
	for n := range s.w.model.groups {
		var entered, ended, rested, newcomers, gone stock
		add := func(to *stock, sign int64, k stock) {
			to.cases += unit.Cases(sign) * k.cases
			to.people += unit.People(sign) * k.people
		}
		add(&entered, -1, s.w.stock[Outside][n])
		add(&entered, 1, s.books[Outside][n])
		for stage := Outside + 1; stage < NumStages; stage++ {
			if stage.Final() {
				add(&ended, 1, s.w.stock[stage][n])
				add(&ended, -1, s.books[stage][n])
				continue
			}
			add(&rested, 1, rest[stage][n])
			add(&rested, -1, s.rest[stage][n])
			if rest[stage][n].cases < s.rest[stage][n].cases {
				s.t.Fatalf("day %d: a case that rested as %v is up again", s.w.day, stage)
			}
		}
		for key := range hand {
			if at := hand[key]; int(at.Nationality) == n && s.hand[key].Key == 0 {
				add(&newcomers, 1, stock{1, at.People()})
			}
		}
		for key := range s.hand {
			if at := s.hand[key]; int(at.Nationality) == n && hand[key].Key == 0 {
				add(&gone, 1, stock{1, at.People()})
			}
		}
		left := entered
		add(&left, -1, newcomers)
		add(&left, 1, gone)
		add(&left, -1, ended)
		add(&left, -1, rested)
		if left != (stock{}) {
			s.t.Fatalf("day %d, group %d: %+v entered, %+v are new, %+v are gone, %+v ended and %+v rest",
				s.w.day, n, entered, newcomers, gone, ended, rested)
		}
	}
	if s.flow[measure.InadmissibleCases] == 0 && s.w.model.fraction.Whole() {
		entered := int64(s.books.totalPeople(Outside) - s.w.stock.totalPeople(Outside))
		counted := s.flow[measure.AsylumClaimsPeople] + s.flow[measure.FamilyReunionPeople] + s.flow[measure.SafeRoutePeople] + int64(s.w.otherAppellants.people-s.appellants.people)
		if entered != counted {
			s.t.Fatalf("day %d: %d people entered, the outputs say %d", s.w.day, entered, counted)
		}
	}
	for stage, output := range finalFlow {
		got := int64(s.w.stock.totalPeople(stage) - s.books.totalPeople(stage))
		if stage == Withdrawn { // some of those who withdrew have returned the same day
			got += s.flow[measure.ReturnsAfterWithdrawalPeople]
		}
		if got != s.flow[output] {
			s.t.Fatalf("day %d: %d people are newly %v, %v says %d", s.w.day, got, stage, output, s.flow[output])
		}
	}
}

// checkFlows: what was in a queue yesterday, and what joined and left it today by
// the events and outputs of the day, is what is in it now.
func (s *witness) checkFlows(hand map[random.Key]seat) {
	var cases, people [SupportEnds + 1]int64 // of today's events, by kind
	for _, e := range s.taken {
		if k := e.Record.Next; k < SupportEnds {
			cases[k]++
			people[k] += int64(e.Record.People())
		}
	}
	// With an appeal; of a fraction, what the outputs count is scaled at the end.
	entered := int64(s.w.otherAppellants.cases - s.appellants.cases)
	withdrawn, due := int64(0), int64(0) // cases and people who were in line for a decision
	for _, line := range s.lines[:numClasses] {
		for i := range line {
			if s.due(&line[i], Decidable) {
				withdrawn++
				due += int64(line[i].People())
			}
		}
	}
	remitted := int64(0)
	for key := range s.hand {
		if s.hand[key].Stage == OnwardAppeal && hand[key].Stage == Appealing {
			remitted++
		}
	}
	for _, e := range s.taken { // lodged and heard on one day
		if e.Record.Next == LodgesOnward && hand[e.Record.Key].Stage == Appealing {
			remitted++
		}
	}
	f := &s.flow
	for _, c := range []struct {
		what      string
		got, want int64
	}{
		{"people withdrawn", f[measure.WithdrawalsPeople], due + people[Withdraws]},
		{"people in line for a decision", s.gainedPeople(Decidable),
			people[BecomesDecidable] - due - f[measure.InitialDecisionsPeople] - f[measure.AdministrativeOutcomesPeople]},
		{"people decided", f[measure.InitialDecisionsPeople], f[measure.GrantsPeople] + f[measure.RefusalsPeople]},
		{"appeals lodged", f[measure.AppealsLodgedCases], cases[LodgesAppeal] + entered},
		{"appeals open", s.gainedCases(Appealing), f[measure.AppealsLodgedCases] + remitted - f[measure.AppealsDeterminedCases]},
		{"reviews open", s.gainedCases(Reviewing), f[measure.PermitReviewsDueCases] - f[measure.PermitReviewsDoneCases]},
		{"people who switched", f[measure.SwitchedRoutePeople], people[Switches]},
	} {
		if c.got != c.want {
			s.t.Fatalf("day %d: %s: %d, want %d", s.w.day, c.what, c.got, c.want)
		}
	}
	s.decided = cases[BecomesDecidable] - withdrawn - s.gainedCases(Decidable)
	s.heard = cases[LodgesOnward] - s.gainedCases(OnwardAppeal)
}

// gainedCases is how many more cases a stage has than yesterday.
func (s *witness) gainedCases(stage Stage) int64 {
	return int64(s.w.stock.totalCases(stage) - s.books.totalCases(stage))
}

// gainedPeople is how many more people a stage has than yesterday.
func (s *witness) gainedPeople(stage Stage) int64 {
	return int64(s.w.stock.totalPeople(stage) - s.books.totalPeople(stage))
}

// followWaits adds up midnights waited twice: by the books, and by following
// everybody who waits.
func (s *witness) followWaits(hand map[random.Key]seat) {
	for key := range s.hand {
		before := s.hand[key]
		if now := hand[key]; before.line != noLine && now.Stage != before.Stage {
			s.waits[before.Stage].sojourn += int64(s.w.day - before.joined)
		}
	}
	for stage := range NumStages {
		s.waits[stage].area += int64(s.w.stock.totalCases(stage))
	}
}

// checkWaits is Little's law on the path, exactly: the midnights waited by all
// who have waited and still do are the numbers waiting added up over midnights.
func (s *witness) checkWaits() {
	sojourn := s.waits
	for key := range s.hand {
		if at := s.hand[key]; at.line != noLine {
			sojourn[at.Stage].sojourn += int64(s.w.day - at.joined)
		}
	}
	seen := map[Stage]bool{}
	for _, stage := range stageOf {
		if w := sojourn[stage]; !seen[stage] && w.area != w.sojourn {
			s.t.Fatalf("Little's law: %d midnights were waited as %v, the numbers add up to %d", w.sojourn, stage, w.area)
		}
		seen[stage] = true
	}
}

// due says whether somebody who waited as a stage last midnight leaves the queue
// today, before anybody is served. Of the opening stocks nobody does on day 0.
func (s *witness) due(c *Case, stage Stage) bool {
	at := clock.Never
	switch stage {
	case Decidable:
		at = s.w.withdrawalAt(c)
	case Removable:
		at, _ = s.w.leaves(c)
	case TransferHeld:
		rules := &s.regime.Epochs[max(int(c.Epoch), s.regime.EpochAt(s.w.model.Timeline.Date(0)))]
		at = c.Claimed.After(float64(rules.Intake.TransferHold))
	}
	return at.Day() <= s.w.day && s.w.day > 0
}
