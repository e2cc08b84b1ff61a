package policy

import (
	"strings"

	"asylumsim/sim/clock"
)

var testGroups = []Group{{ID: "afghan", Label: "Afghanistan"}, {ID: "eritrean", Label: "Eritrea"}, {ID: "other", Label: "Other"}}

var firstDate = clock.MustDate("2025-06-30")

// simpleNumber is a value of a field that no check minds.
func simpleNumber(f *Field) float64 {
	switch {
	case f.SumsTo1:
		return 1 / float64(len(f.By.Keys(testGroups)))
	case f.Unit == "probability" || f.Unit == "share" || f.Unit == "1/year":
		return 0.5
	case f.Unit == "months":
		return 60
	case f.Parameter == "detention_beds_growth":
		return 0
	}
	return 1
}

// fill makes an amount with a number for every entry of a field.
func fill(f *Field, number func(entry string) float64) Amount {
	if f.By == Scalar {
		return Amount{Number: number("")}
	}
	a := Amount{Table: []Entry{}}
	for _, key := range f.By.Keys(testGroups) {
		a.Table = append(a.Table, Entry{Key: key, Number: number(key)})
	}
	return a
}

// assumedValue is a dated value without source.
func assumedValue(from clock.Date, a Amount) Value {
	return Value{From: from, Amount: a, Assumed: "A simple value.", At: Position{"test.yaml", 1}}
}

// testLibrary is complete and valid: every field of the rules has a
// parameter, uk-2025 is a root and half a regime with 30 months' leave.
func testLibrary() *Library {
	l := &Library{Groups: testGroups}
	for i, f := range Fields() {
		kind := Count
		switch {
		case f.Unit.money():
			kind = Price
		case f.Unit.duration():
			kind = Duration
		case f.Unit == "probability":
			kind = Chance
		case f.Unit == "share":
			kind = ShareOf
		case f.Unit == "switch":
			kind = Switch
		case f.Unit.response():
			kind = Elasticity
		case f.Unit == "log-odds":
			kind = ShapeNumber
		}
		p := Parameter{
			Name: f.Parameter, Describe: "The rule " + f.Path + ".", Unit: f.Unit, Kind: kind, By: f.By,
			Values:      []Value{assumedValue(firstDate, fill(&f, func(string) float64 { return simpleNumber(&f) }))},
			Uncertainty: Uncertainty{Distribution: "none", Why: "A test."},
			Quality:     Red, QualityReason: "A test.", ReviewBy: clock.MustDate("2027-03-31"),
			At: Position{"parameters/" + strings.ToLower(f.Stage()) + ".yaml", i + 1},
		}
		if kind == Price {
			p.PriceBase = PriceBase
		}
		l.Parameters = append(l.Parameters, p)
	}
	l.Overlays = []Overlay{
		{Name: "half", Title: "Half", Describe: "Shorter leave.", Base: "uk-2025", At: Position{"regimes/half.yaml", 1},
			Changes: map[string][]Value{"permit_length": {assumedValue(clock.MustDate("2026-03-02"), Amount{Number: 30})}}},
		{Name: "uk-2025", Title: "Base", Describe: "As it is.", At: Position{"regimes/uk-2025.yaml", 1}},
	}
	return l
}

// change gives an overlay of the library dated numbers for a parameter, with
// the same number for the given entries.
func change(o *Overlay, parameter, date string, number float64, entries ...string) {
	a := Amount{Number: number}
	for _, e := range entries {
		a.Table = append(a.Table, Entry{Key: e, Number: number})
	}
	if o.Changes == nil {
		o.Changes = map[string][]Value{}
	}
	o.Changes[parameter] = append(o.Changes[parameter], assumedValue(clock.MustDate(date), a))
}
