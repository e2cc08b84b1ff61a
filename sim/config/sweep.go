package config

import (
	"fmt"
	"math"
	"strings"

	"asylumsim/sim/policy"
)

// MaxPoints bounds the points of an experiment's sweeps together.
const MaxPoints = 1000

// Sweep varies one regime: every combination of the values of its axes (grid),
// or the first of each, the second of each and so on (list).
type Sweep struct {
	Regime string `json:"regime" jsonschema_description:"The regime that is varied."`
	Grid   []Axis `json:"grid,omitempty" jsonschema:"minItems=1" jsonschema_description:"Axes of which every combination is run."`
	List   []Axis `json:"list,omitempty" jsonschema:"minItems=1" jsonschema_description:"Axes of which the first values are run together, then the second, and so on."`

	At     policy.Position `json:"-"`
	Places policy.Places   `json:"-"`
}

// Axis gives values to one parameter, or to several at once.
type Axis struct {
	Parameter  string    `json:"parameter,omitempty" jsonschema_description:"parameter, parameter.entry of a table, or parameter@DATE."`
	Parameters Factors   `json:"parameters,omitempty" jsonschema_description:"Several parameters: each takes the value times its number."`
	Label      string    `json:"label,omitempty" jsonschema_description:"The axis in names and tables. Default: the parameter, or the first of several."`
	Values     []float64 `json:"values,omitempty" jsonschema:"minItems=1" jsonschema_description:"The values; or else from, to and step."`
	From       *float64  `json:"from,omitempty"`
	To         *float64  `json:"to,omitempty"`
	Step       *float64  `json:"step,omitempty"`

	At     policy.Position `json:"-"`
	Places policy.Places   `json:"-"`
}

// Factors are parameters with the number that a value is multiplied by, in the
// order of the file.
type Factors []policy.Entry

// MarshalJSON writes the factors as an object.
func (f Factors) MarshalJSON() ([]byte, error) { return policy.Amount{Table: f}.MarshalJSON() }

// axes returns the sweep's axes and the key that holds them.
func (s *Sweep) axes() ([]Axis, string) {
	if len(s.List) > 0 {
		return s.List, "list"
	}
	return s.Grid, "grid"
}

// label is the axis in names and tables.
func (a *Axis) label() string {
	switch {
	case a.Label != "":
		return a.Label
	case len(a.Parameters) > 0:
		return a.Parameters[0].Key
	}
	return a.Parameter
}

// targets lists what the axis sets.
func (a *Axis) targets() Factors {
	if a.Parameter != "" {
		return Factors{{Key: a.Parameter, Number: 1, At: a.Places.Of("parameter", a.At)}}
	}
	return a.Parameters
}

// values lists the axis's values; none where they are not given rightly.
func (a *Axis) values() []float64 {
	if a.Values != nil {
		return a.Values
	}
	n, ok := a.steps()
	if !ok || n >= MaxPoints {
		return nil
	}
	values := make([]float64, int(n)+1)
	for i := range values {
		values[i] = policy.Decimal(*a.From + float64(float64(i)**a.Step))
	}
	return values
}

// steps is the number of steps from the first value to the last.
func (a *Axis) steps() (n float64, whole bool) {
	if a.From == nil || a.To == nil || a.Step == nil || *a.Step <= 0 {
		return 0, false
	}
	exact := (*a.To - *a.From) / *a.Step
	n = math.Round(exact)
	return n, n >= 0 && math.Abs(exact-n) < 1e-9*max(1, n)
}

// at is where the i-th value was written.
func (a *Axis) at(i int) policy.Position {
	key := "from"
	if a.Values != nil {
		key = fmt.Sprintf("values[%d]", i)
	}
	return a.Places.Of(key, a.At)
}

// Describe says over which values the sweep goes.
func (s *Sweep) Describe() string {
	axes, kind := s.axes()
	parts := make([]string, len(axes))
	for i := range axes {
		values := axes[i].values()
		var numbers []string
		for _, x := range values {
			numbers = append(numbers, policy.FormatNumber(x))
		}
		parts[i] = axes[i].label() + ": " + strings.Join(numbers, ", ")
	}
	how := "every combination of "
	if kind == "list" {
		how = "one by one together "
	}
	return fmt.Sprintf("%d points, %s%s", len(s.points()), how, strings.Join(parts, "; "))
}

// points lists the index of the value on each axis, point by point: of a grid
// with the last axis fastest.
func (s *Sweep) points() [][]int {
	axes, kind := s.axes()
	if kind == "list" {
		points := make([][]int, len(axes[0].values()))
		for i := range points {
			for range axes {
				points[i] = append(points[i], i)
			}
		}
		return points
	}
	points := [][]int{nil}
	for i := range axes {
		var longer [][]int
		for _, p := range points {
			for v := range axes[i].values() {
				longer = append(longer, append(p[:len(p):len(p)], v))
			}
		}
		points = longer
	}
	return points
}

// settings are what the i-th value of an axis sets.
func (a *Axis) settings(regime string, i int) ([]policy.Setting, error) {
	var settings []policy.Setting
	for _, t := range a.targets() {
		text := fmt.Sprintf("%s.%s=%s", regime, t.Key, policy.FormatNumber(policy.Decimal(a.values()[i]*t.Number)))
		s, err := policy.ParseSetting(text)
		if err != nil {
			return nil, err
		}
		s.Where = a.at(i)
		settings = append(settings, s)
	}
	return settings, nil
}

// pointName names a point after the regime and its values.
func pointName(s *Sweep, point []int) string {
	axes, _ := s.axes()
	name := s.Regime + "["
	for i, v := range point {
		if i > 0 {
			name += ","
		}
		name += axes[i].label() + "=" + policy.FormatNumber(axes[i].values()[v])
	}
	return name + "]"
}

// expand makes the regimes of the sweep's points.
func (s *Sweep) expand(l *policy.Library, part string) (points []policy.Overlay, variants []policy.Variant, ps policy.Problems) {
	axes, _ := s.axes()
	for _, point := range s.points() {
		name := pointName(s, point)
		var settings []policy.Setting
		for i, v := range point {
			own, err := axes[i].settings(s.Regime, v)
			if err != nil {
				panic("config: a checked sweep does not parse: " + err.Error())
			}
			settings = append(settings, own...)
			variants = append(variants, policy.Variant{Regime: name, Of: s.Regime, Part: part, Axis: axes[i].label(), Value: axes[i].values()[v]})
		}
		o, found := l.Point(name, s.Regime, settings, s.At)
		ps = append(ps, found...)
		points = append(points, o)
	}
	return points, variants, ps
}
