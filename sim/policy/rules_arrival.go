package policy

import "asylumsim/sim/unit"

// Crossings is the process of small-boat arrivals.
type Crossings struct {
	DayLogOdds      ByMonth[float64]          `param:"crossing_day_log_odds" unit:"log-odds"`
	SpellLogOdds    BySpell[float64]          `param:"crossing_spell_log_odds" unit:"log-odds"`
	Boats           float64                   `param:"boats_per_crossing_day" unit:"boats/day"`
	BoatsSeason     ByMonth[unit.Factor]      `param:"boats_season" unit:"factor"`
	BoatsDispersion float64                   `param:"boats_dispersion" unit:"number"`
	PeoplePerBoat   float64                   `param:"people_per_boat" unit:"people/boat"`
	PeopleGrowth    float64                   `param:"people_per_boat_growth" unit:"people/boat/year" sign:"either"`
	PeopleCap       float64                   `param:"people_per_boat_cap" unit:"people/boat"`
	PeopleSD        float64                   `param:"people_per_boat_sd" unit:"people/boat"`
	ClaimShare      unit.Probability          `param:"small_boat_claim_share" unit:"probability"`
	Nationality     ByNationality[unit.Share] `param:"small_boat_nationality" unit:"share" sum:"1"`
}

// Prevention is what the French authorities stop. The crossings process is
// fitted to arrivals, so it already holds the prevention of its years; a share
// other than that one takes boats away or adds some.
type Prevention struct {
	Share       unit.Probability `param:"prevention_share" unit:"probability"`
	Reference   unit.Probability `param:"prevention_reference_share" unit:"probability"`
	Retry       unit.Probability `param:"prevention_retry" unit:"probability"`
	RetryDelay  unit.Days        `param:"prevention_retry_delay" unit:"days"`
	CostPerYear unit.Pounds      `param:"france_cost" unit:"GBP/year"`
}

// Response is how arrivals answer to the package of rules, as changes of the
// logarithm of arrivals at full awareness. The package is compared with that
// of the base on the opening date. Every part can be switched off by a 0.
type Response struct {
	Switch         float64                    `param:"response_switch" unit:"switch"`
	Awareness      ByRoute[unit.Share]        `param:"response_awareness" unit:"share"`
	Lag            unit.Days                  `param:"response_lag" unit:"days"`
	Saturation     float64                    `param:"response_saturation" unit:"log"`
	Sensitivity    ByNationality[unit.Factor] `param:"response_sensitivity" unit:"factor"`
	Protection     float64                    `param:"response_to_protection" unit:"log/probability"`
	PermitLength   float64                    `param:"response_to_permit_length" unit:"log/log-months"`
	Settlement     float64                    `param:"response_to_settlement" unit:"log/year"`
	FamilyReunion  float64                    `param:"response_to_family_reunion" unit:"log/probability"`
	Support        float64                    `param:"response_to_support" unit:"log/probability"`
	Removal        float64                    `param:"response_to_removal" unit:"log/probability"`
	RemovalUsual   unit.Share                 `param:"response_usual_removal" unit:"share"`
	Work           float64                    `param:"response_to_work" unit:"log/switch"`
	WorkAllowed    float64                    `param:"right_to_work" unit:"switch"`
	Payment        float64                    `param:"response_to_payment" unit:"log/log-GBP"`
	Waiting        float64                    `param:"response_to_waiting" unit:"log/log-days"`
	WaitingUsual   unit.Days                  `param:"response_usual_waiting" unit:"days"`
	Displacement   unit.Share                 `param:"response_displacement" unit:"share"`
	SafeRoutes     float64                    `param:"response_to_safe_routes" unit:"people/place" sign:"either"`
	FamilyByBoat   float64                    `param:"response_family_by_boat" unit:"people/place"`
	Anticipation   float64                    `param:"response_anticipation" unit:"log" sign:"either"`
	AnticipateDays unit.Days                  `param:"response_anticipation_days" unit:"days"`
}

// Claims is the process of asylum claims by routes other than small boats,
// and the scale on every route.
type Claims struct {
	PerYear    ByOtherRoute[unit.PerYear] `param:"other_route_claims" unit:"cases/year"`
	Irregular  ByNationality[unit.Share]  `param:"other_irregular_nationality" unit:"share" sum:"1"`
	VisaHolder ByNationality[unit.Share]  `param:"visa_holder_nationality" unit:"share" sum:"1"`
	InCountry  ByNationality[unit.Share]  `param:"other_in_country_nationality" unit:"share" sum:"1"`
	Scale      ByRoute[unit.Factor]       `param:"arrival_scale" unit:"factor"`
	Envelope   unit.Factor                `param:"arrival_envelope" unit:"factor"`
}

// Family is family reunion after a grant.
type Family struct {
	Eligible   unit.Probability `param:"family_reunion_eligible" unit:"probability"`
	TakeUp     unit.Probability `param:"family_reunion_take_up" unit:"probability"`
	Wait       unit.Months      `param:"family_reunion_wait" unit:"months"`
	Lag        unit.Days        `param:"family_reunion_lag" unit:"days"`
	Size       float64          `param:"family_reunion_size" unit:"people/case"`
	ChildShare unit.Share       `param:"family_reunion_child_share" unit:"share"`
}

// SafeRoute is resettlement and other safe and legal routes with a yearly cap.
type SafeRoute struct {
	Places          unit.PerYear              `param:"safe_route_places" unit:"people/year"`
	Nationality     ByNationality[unit.Share] `param:"safe_route_nationality" unit:"share" sum:"1"`
	FamilyShare     unit.Probability          `param:"safe_route_family_share" unit:"probability"`
	SettledAtOnce   unit.Probability          `param:"safe_route_settled_on_arrival" unit:"probability"`
	SettlementYears unit.Years                `param:"safe_route_settlement_years" unit:"years"`
}
