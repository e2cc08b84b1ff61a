package asylum

import (
	"math"
	"strings"
	"testing"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// sum adds an output over all months of a run.
func sum(r *measure.Run, o measure.Output) int64 {
	total := int64(0)
	for i := range r.Months {
		total += r.Months[i][o]
	}
	return total
}

func last(r *measure.Run, o measure.Output) int64 { return r.Months[len(r.Months)-1][o] }

// TestLeversAlone pulls one lever at a time to an extreme and asserts what
// logic demands of the result.
func TestLeversAlone(t *testing.T) {
	base := simulate(t, fixedModel(fixedRules(), 3), 2, 0)
	for name, c := range map[string]struct {
		pull  func(*policy.Rules)
		check func(t *testing.T, r *measure.Run)
	}{
		"no boats": {
			func(r *policy.Rules) { r.Claims.Scale[policy.SmallBoat] = 0 },
			func(t *testing.T, r *measure.Run) {
				if sum(r, measure.SmallBoatArrivalsPeople) != 0 || sum(r, measure.DaysWithArrivals) != 0 {
					t.Error("boats arrived")
				}
				if sum(r, measure.AsylumClaimsCases) == 0 {
					t.Error("claims by other routes stopped too")
				}
			},
		},
		"no caseworkers": {
			func(r *policy.Rules) { r.Decision.Caseworkers, r.Decision.Hiring = 0, 0 },
			func(t *testing.T, r *measure.Run) {
				if sum(r, measure.InitialDecisionsCases) != 0 {
					t.Error("decisions were taken")
				}
				want := 64426 + sum(r, measure.AsylumClaimsPeople) - sum(r, measure.WithdrawalsPeople)
				if got := last(r, measure.AwaitingInitialDecisionPeople); got != want {
					t.Errorf("%d people await a decision; claims less withdrawals leave %d", got, want)
				}
			},
		},
		"nobody is granted": {
			func(r *policy.Rules) {
				clear(r.Decision.Grant[:])
				clear(r.Appeal.Allowed[:])
				r.Appeal.CessationAllow = 0
			},
			func(t *testing.T, r *measure.Run) {
				if sum(r, measure.GrantsPeople) != 0 || sum(r, measure.AppealsAllowedCases) != 0 {
					t.Error("somebody was granted protection")
				}
			},
		},
		"everybody is granted": {
			func(r *policy.Rules) {
				for i := range r.Decision.Grant {
					r.Decision.Grant[i] = 1
				}
			},
			func(t *testing.T, r *measure.Run) {
				if sum(r, measure.RefusalsPeople) != 0 {
					t.Error("somebody was refused")
				}
			},
		},
		"dispersal without limit": {
			func(r *policy.Rules) { r.Accommodation.Dispersal = 10_000_000 },
			func(t *testing.T, r *measure.Run) {
				if r.Months[0][measure.HotelPeople] != 0 || last(r, measure.HotelPeople) != 0 {
					t.Error("hotels are in use")
				}
				if last(r, measure.SupportedPeople) != last(base, measure.SupportedPeople) {
					t.Error("beds changed who is supported")
				}
			},
		},
		"no dispersal": {
			func(r *policy.Rules) { r.Accommodation.Dispersal, r.Accommodation.DispersalGrowth = 0, 0 },
			func(t *testing.T, r *measure.Run) {
				if last(r, measure.DispersalPeople) >= 68538 || last(r, measure.HotelPeople) <= last(base, measure.HotelPeople) {
					t.Error("dispersal did not run down into hotels")
				}
			},
		},
		"no reviews capacity": {
			func(r *policy.Rules) { r.Permit.ReviewStaff = 0; r.Permit.SettlementShare = 0 },
			func(t *testing.T, r *measure.Run) {
				due := int64(0)
				for i := range r.Months {
					due += r.Months[i][measure.PermitReviewsDueCases]
					if open := r.Months[i][measure.PermitReviewsOpenCases]; open != due {
						t.Fatalf("month %d: %d reviews open, %d have come due", i, open, due)
					}
				}
				if due == 0 || sum(r, measure.PermitReviewsDoneCases) != 0 {
					t.Errorf("%d reviews due, %d done", due, sum(r, measure.PermitReviewsDoneCases))
				}
			},
		},
		"no tribunal": {
			func(r *policy.Rules) { r.Appeal.Capacity = 0 },
			func(t *testing.T, r *measure.Run) {
				if want := 80333 + sum(r, measure.AppealsLodgedCases); last(r, measure.AppealsOpenCases) != want {
					t.Errorf("%d appeals open, want all that were lodged: %d", last(r, measure.AppealsOpenCases), want)
				}
			},
		},
		"nobody appeals": {
			func(r *policy.Rules) { r.Appeal.Lodged = 0; r.Appeal.CessationShare = 0 },
			func(t *testing.T, r *measure.Run) {
				if first := r.Months[0][measure.AppealsLodgedCases]; first != 0 || sum(r, measure.AppealsLodgedCases) != 0 {
					t.Error("appeals were lodged")
				}
			},
		},
		"no returns at all": {
			func(r *policy.Rules) {
				clear(r.Returns.Voluntary[:])
				r.Returns.LimboVoluntary, r.Enforcement.Attempts, r.Returns.Absconding = 0, 0, 0
			},
			func(t *testing.T, r *measure.Run) {
				if sum(r, measure.ReturnsVoluntaryPeople)+sum(r, measure.ReturnsEnforcedPeople)+last(r, measure.AbscondedPeople) != 0 {
					t.Error("somebody left")
				}
			},
		},
		"nobody can be returned": {
			func(r *policy.Rules) { clear(r.Returns.Returnable[:]) },
			func(t *testing.T, r *measure.Run) {
				if last(r, measure.LimboPeople) != last(r, measure.AppealRightsExhaustedPeople) || sum(r, measure.ReturnsEnforcedPeople) != 0 {
					t.Error("somebody is outside limbo")
				}
			},
		},
		"nobody needs support": {
			func(r *policy.Rules) { clear(r.Support.Need[:]) },
			func(t *testing.T, r *measure.Run) {
				if last(r, measure.SupportedPeople) >= last(base, measure.SupportedPeople) {
					t.Error("support went on as before")
				}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			rules := fixedRules()
			c.pull(&rules)
			m := fixedModel(rules, 3)
			// The opening people are those of the unchanged rules: levers act
			// on the run, not on its start.
			c.check(t, simulateFrom(t, fixedModel(fixedRules(), 3), m, 2))
		})
	}
}

// TestBaseNeitherEmptiesNorExplodes: staff are planned towards a target wait,
// and a case takes months to prepare, so that the queue for a decision settles
// although capacity was above intake at the start.
func TestBaseNeitherEmptiesNorExplodes(t *testing.T) {
	run := simulate(t, fixedModel(fixedRules(), 10), 1, 0)
	for i := range run.Months {
		if n := run.Months[i][measure.AwaitingInitialDecisionCases]; n < 15000 || n > 120000 {
			t.Fatalf("month %d: %d cases await a decision", i, n)
		}
	}
}

// TestScaledArrivalsAreNested: a regime that halves arrivals takes away some
// of the base's boats, one that raises them adds to them, and the base's own
// process is untouched by the envelope.
func TestScaledArrivalsAreNested(t *testing.T) {
	people := map[string][]int64{}
	for name, scale := range map[string]float64{"half": 0.5, "base": 1, "more": 1.4} {
		for _, envelope := range []float64{1.5, 2.5} {
			r := fixedRules()
			r.Claims.Envelope = unit.Factor(envelope)
			r.Claims.Scale[policy.SmallBoat] = unit.Factor(scale)
			run := simulateFrom(t, fixedModel(fixedRules(), 3), fixedModel(r, 3), 6)
			if name == "base" || envelope == 1.5 {
				for i := range run.Months {
					people[name] = append(people[name], run.Months[i][measure.SmallBoats])
				}
			}
		}
	}
	months := len(people["half"])
	boats := map[string]int64{}
	for i := range months {
		half, base, again, more := people["half"][i], people["base"][i], people["base"][months+i], people["more"][i]
		if half > base || base > more || base != again {
			t.Fatalf("month %d: boats %d, %d (%d), %d are not nested", i, half, base, again, more)
		}
		boats["half"] += half
		boats["base"] += base
		boats["more"] += more
	}
	// About 1,900 boats: binomial thinning has a standard error of 0.012.
	if ratio := float64(boats["half"]) / float64(boats["base"]); ratio < 0.45 || ratio > 0.55 {
		t.Errorf("half of the boats are %.2f", ratio)
	}
	if ratio := float64(boats["more"]) / float64(boats["base"]); ratio < 1.3 || ratio > 1.5 {
		t.Errorf("1.4 times the boats are %.2f", ratio)
	}
}

func TestOpeningStocksAreExact(t *testing.T) {
	r := fixedRules()
	r.Intake.TransferHold = 60
	m := fixedModel(r, 1)
	o := fixedOpening()
	o.DetainedCases, o.AbscondedCases, o.HeldCases = 400, 7000, 50
	w := NewWorld(m.Timeline)
	var p Population
	for replication := range 3 {
		source := random.NewSource(1, replication)
		if err := p.Draw(m, o, source); err != nil {
			t.Fatal(err)
		}
		w.reset(m, source)
		w.open(&p)
		s := &w.stock
		if got := s.totalCases(TransferHeld); got != o.HeldCases || w.transfers.Len() != 50 {
			t.Errorf("%d cases are held for a transfer, want 50", got)
		}
		if got := s.totalPeople(Preparing, Decidable, TransferHeld); got != o.AwaitingPeople {
			t.Errorf("%d people await a decision, published %d", got, o.AwaitingPeople)
		}
		if got := s.totalCases(Preparing, Decidable, TransferHeld); got != TotalCases(o.Awaiting) {
			t.Errorf("%d cases await a decision, published %d", got, TotalCases(o.Awaiting))
		}
		if got := s.totalCases(Appealing); got != TotalCases(o.Appeals) {
			t.Errorf("%d appeals are open, published %d", got, TotalCases(o.Appeals))
		}
		if got := s.totalPeople(Removable, Limbo, Detained, Absconded); got != o.RefusedPeople {
			t.Errorf("%d people are subject to removal, want %d", got, o.RefusedPeople)
		}
		if got := s.totalCases(Detained); got != o.DetainedCases || w.detention.beds.InUse != int64(s.totalPeople(Detained)) {
			t.Errorf("%d cases are detained in %d beds, want %d", got, w.detention.beds.InUse, o.DetainedCases)
		}
		if got := s.totalCases(Absconded); got != o.AbscondedCases {
			t.Errorf("%d cases are out of contact, want %d", got, o.AbscondedCases)
		}
		if got := s.totalPeople(Permitted); got != o.PermitPeople {
			t.Errorf("%d people hold permits, want %d", got, o.PermitPeople)
		}
		for h := range NumHousing {
			if got := w.beds[h].InUse; got != int64(o.Supported[h]) {
				t.Errorf("%d people in %v, published %d", got, h, o.Supported[h])
			}
		}
	}
}

func TestImpossibleOpeningIsExplained(t *testing.T) {
	r := fixedRules()
	r.Enforcement.Beds = 10000
	m := fixedModel(r, 1)
	for name, c := range map[string]struct {
		spoil func(*Opening)
		want  string
	}{
		"fewer people than cases": {func(o *Opening) { o.AwaitingPeople = 100 }, "100 people in 48723 cases"},
		"more supported than exist": {func(o *Opening) { o.Supported[Hotel] = 900000 },
			"976346 people are supported, but only"},
		"large sites without singles": {func(o *Opening) {
			o.Supported = [NumHousing]unit.People{LargeSite: 190000}
		}, "people supported by accommodation: 190000 in large_site, where 1"},
		"more detained than could be": {func(o *Opening) { o.DetainedCases = 54000 }, "54000 cases are detained, but only"},
		"more held than came":         {func(o *Opening) { o.HeldCases = 50000 }, "50000 cases are held for a transfer, but only 0 came by small boat and claimed in the 0 days"},
		"more out of contact than there are": {func(o *Opening) { o.AbscondedCases = 56000 },
			"56000 of 55000 refused cases are out of contact"},
	} {
		o := fixedOpening()
		c.spoil(o)
		var p Population
		if err := p.Draw(m, o, random.NewSource(1, 0)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want it to say %q", name, err, c.want)
		}
	}
}

func TestStaffingPlan(t *testing.T) {
	rules := fixedRules()
	e := &epoch{Rules: &rules}
	d := &rules.Decision
	d.Productivity, d.TargetWait, d.Correction, d.Hiring, d.Training, d.Attrition = 4, 0, 60.873750, 50, 60, 0.12
	d.Fewest, d.Most = 100, 1000
	var s staffing
	s.reset(500, 3000)

	// Inflow 3,000 a month and 1,000 waiting, to be cleared in two months:
	// 3,500 decisions a month are 875 full-time equivalents; beside those who are
	// in training to replace 1% a month, 50 are hired.
	s.plan(e, 1000, true)
	if s.deployed != 500 || s.training[0] != 5 || s.training[1] != 55 {
		t.Errorf("deployed %.1f, in training %v", s.deployed, s.training[:3])
	}
	// A month on, 5 have joined and 1% have left; the 55 are one month from the
	// end of training, and 50 more are hired.
	s.arrived = 3000
	s.plan(e, 1000, false)
	if s.trained != 505*0.99 || s.training[0] != 55 || s.training[1] != 50 {
		t.Errorf("trained %.2f, in training %v", s.trained, s.training[:3])
	}
	// The 55 join before the month's leavers leave.
	s.arrived = 3000
	s.plan(e, 1000, false)
	if want := (505*0.99 + 55) * 0.99; math.Abs(s.trained-want) > 1e-9 {
		t.Errorf("trained %.2f, want %.2f", s.trained, want)
	}
	// An empty queue and little inflow: trained staff do other work.
	s.arrived = 0
	for range 3 {
		s.arrived = 0
		s.plan(e, 0, false)
	}
	if s.deployed != 0 {
		t.Errorf("deployed %.1f without work", s.deployed)
	}
	// No hiring while there are enough.
	before := s.training
	s.plan(e, 0, false)
	if s.training[1] != 0 || before[2] != 0 {
		t.Errorf("hired %.1f without need", s.training[1])
	}
}
