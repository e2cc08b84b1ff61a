package measure

import "slices"

// PublishedSeries is an output as official statistics publish it, by quarter: a sum of
// outputs, since published returns do not tell asylum-related ones apart.
type PublishedSeries struct {
	Name    string // canonical, with the unit at its end
	Title   string // what is counted, for people
	Short   string // the same in a word or two, as the plural subject of a headline
	Unit    string // people or cases
	Outputs []Output
	Stock   bool // at the end of the quarter, not over it
}

// Quarterly lists the series that are published by quarter, in the order of
// tables.
var Quarterly = []PublishedSeries{
	{"small_boat_arrivals_people", "People arriving by small boat", "Small-boat arrivals", "people", []Output{SmallBoatArrivalsPeople}, false},
	{"asylum_claims_people", "People claiming asylum", "Asylum claims", "people", []Output{AsylumClaimsPeople}, false},
	{"initial_decisions_people", "People granted or refused at initial decision", "Initial decisions", "people", []Output{InitialDecisionsPeople}, false},
	{"awaiting_initial_decision_people", "People awaiting an initial decision", "Undecided claims", "people", []Output{AwaitingInitialDecisionPeople}, true},
	{"appeals_open_cases", "Asylum appeals open at the First-tier Tribunal", "Open appeals", "cases", []Output{AppealsOpenCases}, true},
	{"supported_people", "People in receipt of asylum support", "People in asylum support", "people", []Output{SupportedPeople}, true},
	{"hotel_people", "People in asylum hotels", "People in asylum hotels", "people", []Output{HotelPeople}, true},
	{"returns_enforced_people", "Enforced returns, asylum and other", "Enforced returns", "people", []Output{ReturnsEnforcedPeople, OtherReturnsEnforcedPeople}, false},
	{"returns_voluntary_people", "Voluntary returns, asylum and other", "Voluntary returns", "people",
		[]Output{ReturnsVoluntaryPeople, ReturnsAssistedPeople, OtherReturnsVoluntaryPeople}, false},
}

// QuarterlyByName finds a series by its canonical name; nil where there is none.
func QuarterlyByName(name string) *PublishedSeries {
	i := slices.IndexFunc(Quarterly, func(p PublishedSeries) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return &Quarterly[i]
}

// PublishedAs is the series that an output by itself is published as; nil where it
// is published with others or not at all.
func PublishedAs(o Output) *PublishedSeries {
	i := slices.IndexFunc(Quarterly, func(p PublishedSeries) bool { return len(p.Outputs) == 1 && p.Outputs[0] == o })
	if i < 0 {
		return nil
	}
	return &Quarterly[i]
}

// MonthsInQuarter is how many months a flow is summed over.
const MonthsInQuarter = 3

// Months is how many months of a run, up to that of the quarter's end, its value
// is the sum of.
func (p *PublishedSeries) Months() int {
	if p.Stock {
		return 1
	}
	return MonthsInQuarter
}

// Of is its value in a run, for the quarter that ends with a month.
func (p *PublishedSeries) Of(run *Run, last int) int64 {
	sum := int64(0)
	for m := last + 1 - p.Months(); m <= last; m++ {
		for _, o := range p.Outputs {
			sum += run.Months[m][o]
		}
	}
	return sum
}
