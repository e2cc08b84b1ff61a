package config

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/viper"

	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// Experiment is what to run.
type Experiment struct {
	File         string // of one that was read by its path; empty for one of the data set
	Name         string
	Title        string
	Describe     string
	Opening      clock.Date // date of the opening stocks
	Years        int        // length of the run
	Replications int
	Seed         uint64
	Fraction     unit.Fraction    // of people and capacities that is simulated
	Draws        experiment.Draws // of the parameters
	Estimate     string           // AtOpening where parameters are estimated from the series, empty otherwise
	Base         string           // the regime that others are compared with
	Regimes      []string         // the base first, then as written
	Sweeps       []Sweep          // over regimes, in order
	Decompose    *Decomposition   // of a package of regimes; nil for none
	Figures      []measure.Output // what to draw
}

// End is the last day of the run.
func (e Experiment) End() clock.Date { return e.Opening.AddMonths(12 * e.Years) }

// The bounds of an experiment. Simulated time is 32 bits of seconds: 68 years
// either way, less what permits and opening stocks need.
const (
	maxYears        = 50
	maxReplications = 1_000_000
)

// experimentFile is an experiment as it is written. Optional keys have a
// default.
type experimentFile struct {
	Name         string         `json:"name" jsonschema:"pattern=^[a-z0-9][a-z0-9-]*$,maxLength=100"`
	Title        string         `json:"title"`
	Describe     string         `json:"describe"`
	Opening      clock.Date     `json:"opening" optional:"true" jsonschema_description:"The date of the opening stocks. Default: the end of the latest quarter that the published series have."`
	Years        int            `json:"years" optional:"true" jsonschema:"minimum=1,maximum=50" jsonschema_description:"The length of the run. Default 10."`
	Replications int            `json:"replications" optional:"true" jsonschema:"minimum=1,maximum=1000000" jsonschema_description:"Default 20."`
	Seed         uint64         `json:"seed" optional:"true" jsonschema_description:"Default 1."`
	Fraction     unit.Fraction  `json:"fraction,omitempty" jsonschema_description:"Simulate 1/k of people and of every capacity and scale outputs back: 1/10, for instance. Default 1."`
	Draws        string         `json:"draws" optional:"true" jsonschema_description:"How the parameters are drawn: independent, central (not at all), latin_hypercube or sobol. Default independent."`
	Inner        int            `json:"inner_replications" optional:"true" jsonschema:"minimum=1" jsonschema_description:"How many replications in a row share the parameters and differ by chance alone. Default 1."`
	Blocks       int            `json:"randomisations" optional:"true" jsonschema:"minimum=2" jsonschema_description:"Into how many independent randomisations the points of latin_hypercube or sobol are divided. Default 10."`
	Estimate     string         `json:"estimate,omitempty" jsonschema:"enum=opening" jsonschema_description:"opening: what the published series tell about parameters and how they move is estimated for the opening date, as the back-test does, in place of the parameter files' values. Left out: the values of the files."`
	Base         string         `json:"base" jsonschema_description:"The regime that the others are compared with."`
	Regimes      []string       `json:"regimes" jsonschema:"minItems=1"`
	Sweeps       []Sweep        `json:"sweeps,omitempty" jsonschema_description:"Regimes to run with other values of some parameters."`
	Decompose    *Decomposition `json:"decompose,omitempty" jsonschema_description:"A package to run in all its parts."`
	Figures      []string       `json:"figures" jsonschema_description:"The outputs to draw."`

	At     policy.Position `json:"-"`
	Places policy.Places   `json:"-"`
}

// defaults are what an experiment file need not say.
var defaults = map[string]any{"years": 10, "replications": 20, "seed": 1, "draws": string(experiment.Independent), "inner_replications": 1, "randomisations": 10}

// draft is an experiment being checked, with the lines of its keys.
type draft struct {
	Experiment
	figures []string
	at      policy.Position
	places  policy.Places
}

// experiment decodes an experiment of the data set. It opens at the end of the
// latest quarter of the published series where it does not say when.
func (r *reading) experiment(data []byte, file string, o Options) (*draft, policy.Problems) {
	e, problems := readExperiment(data, file, o)
	if e == nil || e.Opening != 0 {
		return e, problems
	}
	if _, given := e.places["opening"]; given {
		return e, problems // reported if it is no date
	}
	series, err := evidence.Load(r.files.Series())
	if err != nil {
		r.unread = err
		return e, problems
	}
	e.Opening = series.Latest()
	return e, problems
}

// readExperiment decodes an experiment: flags over the file over defaults. The
// draft is nil where the file cannot be read at all.
func readExperiment(data []byte, file string, o Options) (*draft, policy.Problems) {
	form, err := Options{}.merge(nil)
	if err != nil {
		panic("config: the defaults of experiments cannot be decoded: " + err.Error())
	}
	if problems := decodeInto(data, file, &form); len(problems) > 0 {
		if form.Places == nil {
			return nil, problems
		}
		return form.draft(form.At, form.Places), problems
	}
	at, places, sweeps, decompose := form.At, form.Places, form.Sweeps, form.Decompose
	if form, err = o.merge(data); err != nil {
		return nil, policy.Problems{{Position: at, Key: "experiment", Want: "values of the right type", Hint: strings.Join(strings.Fields(err.Error()), " ")}}
	}
	form.Sweeps, form.Decompose = sweeps, decompose // viper folds keys and loses lines
	if o.Opening != nil {
		form.Opening = *o.Opening
	}
	for key, given := range map[string]bool{"opening": o.Opening != nil, "replications": o.Replications != nil, "seed": o.Seed != nil, "years": o.Years != nil,
		"draws": o.Draws != nil, "inner_replications": o.Inner != nil} {
		if given {
			places[key] = policy.Position{File: "--" + strings.TrimSuffix(key, "_replications")}
		}
	}
	return form.draft(at, places), nil
}

func (form *experimentFile) draft(at policy.Position, places policy.Places) *draft {
	e := &draft{figures: form.Figures, at: at, places: places}
	e.Experiment = Experiment{
		Name: form.Name, Title: form.Title, Describe: form.Describe,
		Opening: form.Opening, Years: form.Years, Replications: form.Replications, Seed: form.Seed, Fraction: form.Fraction,
		Draws:    experiment.Draws{Method: experiment.Method(form.Draws), Inner: form.Inner, Randomisations: form.Blocks},
		Estimate: form.Estimate,
		Base:     form.Base, Regimes: form.Regimes, Sweeps: form.Sweeps, Decompose: form.Decompose,
	}
	return e
}

// merge reads the experiment through viper: flags, file, defaults.
func (o Options) merge(data []byte) (experimentFile, error) {
	v := viper.NewWithOptions(viper.KeyDelimiter("::"))
	v.SetConfigType("yaml")
	for key, value := range defaults {
		v.SetDefault(key, value)
	}
	if err := v.ReadConfig(bytes.NewReader(data)); err != nil {
		return experimentFile{}, err
	}
	if o.Replications != nil {
		v.Set("replications", *o.Replications)
	}
	if o.Seed != nil {
		v.Set("seed", *o.Seed)
	}
	if o.Years != nil {
		v.Set("years", *o.Years)
	}
	if o.Fraction != nil {
		v.Set("fraction", o.Fraction.String())
	}
	if o.Draws != nil {
		v.Set("draws", *o.Draws)
	}
	if o.Inner != nil {
		v.Set("inner_replications", *o.Inner)
	}
	var form experimentFile
	err := v.UnmarshalExact(&form, func(c *mapstructure.DecoderConfig) {
		c.TagName = "json"
		c.WeaklyTypedInput = false
		c.DecodeHook = exact
	})
	return form, err
}

// exact is a decode hook that refuses what mapstructure would bend: fractions
// and truth values into whole numbers, numbers that are not finite. Dates
// come as text or as the YAML library's times.
func exact(from, to reflect.Type, value any) (any, error) {
	switch to {
	case reflect.TypeFor[[]Sweep](), reflect.TypeFor[*Decomposition]():
		return nil, nil // read apart
	case reflect.TypeFor[unit.Fraction]():
		return unit.ParseFraction(fmt.Sprint(value))
	case reflect.TypeFor[clock.Date]():
		switch d := value.(type) {
		case string:
			return clock.ParseDate(d)
		case time.Time:
			return clock.NewDate(d.Date()), nil
		}
		return nil, fmt.Errorf("%v: want a date", value)
	}
	if x, ok := value.(float64); ok && (math.IsNaN(x) || math.IsInf(x, 0)) {
		return nil, fmt.Errorf("%v: want a finite number", x)
	}
	whole := to.Kind() == reflect.Int || to.Kind() == reflect.Uint64
	if whole && (from.Kind() == reflect.Float64 || from.Kind() == reflect.Bool) {
		return nil, fmt.Errorf("%v: want a whole number", value)
	}
	return value, nil
}

func quote(s string) string { return fmt.Sprintf("%q", s) }
