package policy

import (
	"bytes"
	"encoding/json"

	"asylumsim/sim/clock"
)

// PriceBase is the financial year whose prices all unit costs are in.
const PriceBase = "2025-26"

// Beginning is a date before all others: a value from then on holds always.
var Beginning = clock.MustDate("0001-01-01")

// Parameter is one number of the model, or one table of numbers, with what is
// known about it. The JSON form is the one of parameter files.
type Parameter struct {
	Name          string      `json:"-"`
	Describe      string      `json:"describe" jsonschema_description:"What the parameter is, in a sentence with a full stop."`
	Unit          Unit        `json:"unit" jsonschema_description:"The unit that the rules of the model state."`
	Kind          Kind        `json:"kind" jsonschema_description:"What sort of quantity it is."`
	PriceBase     string      `json:"price_base,omitempty" jsonschema_description:"The year of the prices; for kind price only."`
	By            Dimension   `json:"by,omitempty" jsonschema_description:"What the entries of a table stand for; left out for a single number."`
	Values        []Value     `json:"values" jsonschema:"minItems=1" jsonschema_description:"Values by date, earliest first; the first also covers everything before it."`
	Uncertainty   Uncertainty `json:"uncertainty" jsonschema_description:"What is believed about the true value."`
	Quality       Quality     `json:"quality" jsonschema_description:"The rating of the evidence."`
	QualityReason string      `json:"quality_reason" jsonschema_description:"One line why."`
	ReviewBy      clock.Date  `json:"review_by" jsonschema_description:"When somebody should look at the value again."`

	At     Position `json:"-"`
	Places Places   `json:"-"`
}

// Value is a number, or a table of them, from a date on.
type Value struct {
	From    clock.Date `json:"from" jsonschema_description:"The first date on which the value holds."`
	Amount  Amount     `json:"value" jsonschema_description:"A number, or a table of numbers by entry."`
	Source  *Source    `json:"source,omitempty" jsonschema_description:"Where the value was published."`
	Assumed string     `json:"assumed,omitempty" jsonschema_description:"Why the value is what it is, where nothing is published."`
	// Uncertainty is what is believed about this value, where that is not what
	// is believed about the parameter's latest one.
	Uncertainty   *Uncertainty `json:"uncertainty,omitempty" jsonschema_description:"What is believed about this value, in a regime where it is not the parameter's range."`
	Quality       Quality      `json:"quality,omitempty" jsonschema_description:"The rating of this value, where it is not the parameter's."`
	QualityReason string       `json:"quality_reason,omitempty" jsonschema_description:"One line why."`

	At     Position `json:"-"`
	Places Places   `json:"-"`
}

// Source is a publication.
type Source struct {
	Title     string    `json:"title"`
	Publisher string    `json:"publisher"`
	Date      Published `json:"date" jsonschema_description:"When it was published: a year, a month or a day."`
	URL       string    `json:"url,omitempty"`
	Note      string    `json:"note,omitempty"`

	At     Position `json:"-"`
	Places Places   `json:"-"`
}

// Published is a date of publication: YYYY, YYYY-MM or YYYY-MM-DD.
type Published string

// Amount is a number or a table.
type Amount struct {
	Number float64
	Table  []Entry // not nil for a table
}

// Entry is one number of a table.
type Entry struct {
	Key    string
	Number float64
	At     Position
}

// Entry returns the number of a key: of a table's entry, or of the single
// number where the key is empty.
func (a Amount) Entry(key string) (number float64, ok bool) {
	if a.Table == nil {
		return a.Number, key == ""
	}
	for _, e := range a.Table {
		if e.Key == key {
			return e.Number, true
		}
	}
	return 0, false
}

// MarshalJSON writes the number, or the table as an object in its own order.
func (a Amount) MarshalJSON() ([]byte, error) {
	if a.Table == nil {
		return json.Marshal(a.Number)
	}
	var b bytes.Buffer
	b.WriteByte('{')
	for i, e := range a.Table {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(e.Key)
		if err != nil {
			return nil, err
		}
		number, err := json.Marshal(e.Number)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(number)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// latest returns the value that came into force last, nil where there is none.
func (p *Parameter) latest() *Value {
	if len(p.Values) == 0 {
		return nil
	}
	return &p.Values[len(p.Values)-1]
}

// Rating returns the quality of one of the parameter's values, or of a
// regime's value for it, and the reason: the value's own, or else the
// parameter's.
func (p *Parameter) Rating(v *Value) (Quality, string) {
	if v.Quality != "" {
		return v.Quality, v.QualityReason
	}
	return p.Quality, p.QualityReason
}
