package policy

import (
	"fmt"
	"slices"
)

// Uncertainty is what is believed about a parameter's true value: a
// distribution and its figures. Only the figures of the distribution are set.
type Uncertainty struct {
	Distribution string   `json:"distribution"`
	Low          *float64 `json:"low,omitempty"`
	Mode         *float64 `json:"mode,omitempty"`
	High         *float64 `json:"high,omitempty"`
	Mean         *float64 `json:"mean,omitempty"`
	SD           *float64 `json:"sd,omitempty"`
	Median       *float64 `json:"median,omitempty"`
	Sigma        *float64 `json:"sigma,omitempty"`
	Why          string   `json:"why,omitempty" jsonschema_description:"Why there is none; for distribution none only."`

	At     Position `json:"-"`
	Places Places   `json:"-"`
}

// Distributions lists the forms of uncertainty: of the number itself, of a
// factor on every number (scale), of an addition to the logit of every number
// (logit_shift), and none for things that are definitions.
var Distributions = []string{"triangular", "uniform", "normal", "lognormal", "scale", "logit_shift", "none"}

// figures names the figures of each distribution.
var figures = map[string][]string{
	"triangular":  {"low", "mode", "high"},
	"uniform":     {"low", "high"},
	"normal":      {"mean", "sd"},
	"lognormal":   {"median", "sigma"},
	"scale":       {"low", "mode", "high"},
	"logit_shift": {"sd"},
	"none":        {},
}

func (u *Uncertainty) figure(name string) *float64 {
	return map[string]*float64{
		"low": u.Low, "mode": u.Mode, "high": u.High, "mean": u.Mean, "sd": u.SD, "median": u.Median, "sigma": u.Sigma,
	}[name]
}

// validate checks the distribution against the parameter it belongs to. at is
// the key of the parameter or of its value, and value the one that the
// distribution is about.
func (u *Uncertainty) validate(p *Parameter, at string, whole Position, about *Value) Problems {
	var ps Problems
	fault := func(key, value, want, hint string) {
		ps.add(u.Places.Of(key, whole), at+".uncertainty."+key, value, want, hint)
	}
	needed, known := figures[u.Distribution]
	if !known {
		value := fmt.Sprintf("%q", u.Distribution)
		if u.Distribution == "" {
			value = Missing
		}
		fault("distribution", value, OneOf(Distributions), DidYouMean(u.Distribution, Distributions))
		return ps
	}
	if p.By != Scalar && !slices.Contains([]string{"scale", "logit_shift", "none"}, u.Distribution) {
		fault("distribution", u.Distribution, "scale, logit_shift or none for a table", "")
	}
	if u.Distribution == "logit_shift" && !(p.By != Scalar && p.Unit.fraction()) {
		fault("distribution", u.Distribution, "another distribution: a shift of logits is for tables of probabilities or shares", "")
	}
	complete := true
	for _, name := range []string{"low", "mode", "high", "mean", "sd", "median", "sigma"} {
		switch f := u.figure(name); {
		case slices.Contains(needed, name) && f == nil:
			fault(name, Missing, "a number for distribution "+u.Distribution, "")
			complete = false
		case !slices.Contains(needed, name) && f != nil:
			fault(name, FormatNumber(*f), "only what distribution "+u.Distribution+" takes: "+orNothing(needed), "")
		}
	}
	if u.Distribution == "none" && u.Why == "" {
		fault("why", Missing, "the reason why the value is certain", "")
	}
	if u.Distribution != "none" && u.Why != "" {
		fault("why", fmt.Sprintf("%q", u.Why), "no reason unless distribution is none", "")
	}
	if complete {
		u.validateFigures(p, about, fault)
	}
	return ps
}

func (u *Uncertainty) validateFigures(p *Parameter, about *Value, fault func(key, value, want, hint string)) {
	ordered := func(lower, upper string) {
		if a, b := *u.figure(lower), *u.figure(upper); a > b {
			fault(lower, FormatNumber(a), fmt.Sprintf("no more than %s, which is %s", upper, FormatNumber(b)), "")
		}
	}
	bounded := func(names ...string) {
		for _, name := range names {
			x := *u.figure(name)
			if want, ok := p.possible(x); !ok {
				fault(name, FormatNumber(x), want, "")
			}
		}
	}
	positive := func(name string) {
		if x := *u.figure(name); x <= 0 {
			fault(name, FormatNumber(x), "a number above 0", "")
		}
	}
	switch u.Distribution {
	case "triangular":
		ordered("low", "mode")
		ordered("mode", "high")
		bounded("low", "mode", "high")
	case "uniform":
		ordered("low", "high")
		bounded("low", "high")
	case "normal":
		bounded("mean")
		positive("sd")
	case "lognormal":
		positive("median")
		bounded("median")
		positive("sigma")
	case "scale":
		positive("low")
		ordered("low", "mode")
		ordered("mode", "high")
	case "logit_shift":
		positive("sd")
	}
	u.validateRange(about, fault)
}

// validateRange checks that the value lies in the range of a bounded
// distribution.
func (u *Uncertainty) validateRange(about *Value, fault func(key, value, want, hint string)) {
	if u.Distribution != "triangular" && u.Distribution != "uniform" || about == nil || about.Amount.Table != nil {
		return
	}
	if x := about.Amount.Number; x < *u.Low {
		fault("low", FormatNumber(*u.Low), fmt.Sprintf("no more than the latest value, %s", FormatNumber(x)), "")
	} else if x > *u.High {
		fault("high", FormatNumber(*u.High), fmt.Sprintf("no less than the latest value, %s", FormatNumber(x)), "")
	}
}

func orNothing(names []string) string {
	if len(names) == 0 {
		return "no figures"
	}
	return OneOf(names)
}
