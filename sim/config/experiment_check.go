package config

import (
	"fmt"
	"slices"

	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// check validates the experiment against the library; shipped is the name
// that its file gives it, or empty. It fills in the order of regimes and the
// figures.
func (e *draft) check(l *policy.Library, shipped string) policy.Problems {
	var ps policy.Problems
	fault := func(key, value, want, hint string) {
		ps = append(ps, policy.Problem{Position: e.places.Of(key, e.at), Key: key, Value: value, Want: want, Hint: hint})
	}
	switch {
	case !policy.IsSlug(e.Name):
		fault("name", quote(e.Name), "lower-case letters, digits and hyphens, such as core-protection", policy.SlugHint(e.Name))
	case shipped != "" && e.Name != shipped:
		fault("name", quote(e.Name), shipped+", the name of the file", "")
	}
	if e.Title == "" {
		fault("title", policy.Missing, "text", "")
	} else if want, hint := policy.TitleFault(e.Title); want != "" {
		fault("title", quote(e.Title), want, hint)
	}
	if e.Describe == "" {
		fault("describe", policy.Missing, "text", "")
	}
	if e.Years < 1 || e.Years > maxYears {
		fault("years", fmt.Sprint(e.Years), fmt.Sprintf("a whole number from 1 to %d", maxYears), "")
	}
	if e.Replications < 1 || e.Replications > maxReplications {
		fault("replications", fmt.Sprint(e.Replications), fmt.Sprintf("a whole number from 1 to %d", maxReplications), "")
	}
	if e.Estimate != "" && e.Estimate != AtOpening {
		fault("estimate", quote(e.Estimate), AtOpening+", or to be left out", policy.DidYouMean(e.Estimate, []string{AtOpening}))
	}
	e.checkDraws(l, fault)
	known := l.RegimeNames()
	if n := len(e.Regimes); n > mostRegimes {
		fault("regimes", fmt.Sprint(n), fmt.Sprintf("no more than %d regimes", mostRegimes), "")
		return ps
	}
	for i, name := range e.Regimes {
		key := fmt.Sprintf("regimes[%d]", i)
		switch {
		case l.Overlay(name) == nil:
			fault(key, quote(name), policy.RegimeAmong(known), policy.DidYouMean(name, known))
		case slices.Index(e.Regimes, name) < i:
			fault(key, quote(name), "each regime once", "")
		}
	}
	if len(e.Regimes) == 0 {
		fault("regimes", policy.Missing, "at least one regime: "+policy.OneOf(known), "")
	} else if !slices.Contains(e.Regimes, e.Base) {
		fault("base", quote(e.Base), "one of the experiment's regimes: "+policy.OneOf(e.Regimes), policy.DidYouMean(e.Base, e.Regimes))
	}
	e.order()
	ps = append(ps, e.checkSweeps(l)...)
	ps = append(ps, e.checkDecomposition(l)...)
	return append(ps, e.checkFigures()...)
}

// checkDraws validates how parameters are drawn.
func (e *draft) checkDraws(l *policy.Library, fault func(key, value, want, hint string)) {
	d := &e.Draws
	if !slices.Contains(experiment.Methods, string(d.Method)) {
		fault("draws", quote(string(d.Method)), policy.OneOf(experiment.Methods), policy.DidYouMean(string(d.Method), experiment.Methods))
		return
	}
	if d.Inner < 1 || d.Inner > maxReplications {
		fault("inner_replications", fmt.Sprint(d.Inner), fmt.Sprintf("a whole number from 1 to %d", maxReplications), "")
		return
	}
	if !d.Method.Stratified() {
		d.Randomisations = 1
		return
	}
	if d.Randomisations < 2 || d.Randomisations > maxReplications {
		fault("randomisations", fmt.Sprint(d.Randomisations), "a whole number from 2", "their spread is the only measure of the error of "+string(d.Method))
		return
	}
	if want := d.Check(e.Replications); want != "" {
		fault("replications", fmt.Sprint(e.Replications), want, "")
	}
}

// order puts the base first.
func (e *draft) order() {
	others := slices.DeleteFunc(slices.Clone(e.Regimes), func(name string) bool { return name == e.Base })
	e.Regimes = append([]string{e.Base}, others...)
}

func (e *draft) checkFigures() policy.Problems {
	var ps policy.Problems
	var known []string
	for o := range measure.NumOutputs {
		known = append(known, o.String())
	}
	e.Figures = nil
	for i, name := range e.figures {
		o, ok := measure.ByName(name)
		if key := fmt.Sprintf("figures[%d]", i); !ok {
			ps = append(ps, policy.Problem{Position: e.places.Of(key, e.at), Key: key, Value: quote(name),
				Want: "the name of an output, as asylumsim list outputs prints them", Hint: policy.DidYouMean(name, known)})
		}
		e.Figures = append(e.Figures, o)
	}
	return ps
}

// checkStart finds later changes of parameters that a run reads once, on the
// opening date: they would change nothing.
func (e *draft) checkStart(l *policy.Library, regimes []string) policy.Problems {
	atStart := map[string]bool{}
	for _, f := range policy.Fields() {
		atStart[f.Parameter] = f.AtStart
	}
	var ps policy.Problems
	e.changes(l, regimes, func(o *policy.Overlay, name string, i int) {
		v := &o.Changes[name][i]
		if !atStart[name] || v.From <= e.Opening {
			return
		}
		key, value := fmt.Sprintf("changes.%s[%d].from", name, i), v.From.String()
		if v.At.Line == 0 || o.Generated {
			key, value = name+"@"+value, ""
		}
		ps = append(ps, policy.Problem{Position: v.Places.Of("from", v.At), Key: key, Value: value,
			Want: "a date up to " + e.Opening.String() + ", the opening date", Hint: "the parameter is read once, on that date"})
	})
	return ps
}

// checkExperiment adds what is wrong with an experiment's content to what is
// wrong with its form.
func (r *reading) checkExperiment(e *draft, form policy.Problems, shipped string) policy.Problems {
	if e == nil || r.incomplete() {
		return form
	}
	return merge(form, e.check(&r.library, shipped))
}

// checkWhole checks an experiment with the regimes that it makes and their
// dates, and returns them if nothing is wrong.
func (r *reading) checkWhole(e *draft, form policy.Problems, shipped string) (*Bundle, policy.Problems) {
	problems := r.checkExperiment(e, form, shipped)
	if len(problems) > 0 || r.incomplete() {
		return nil, problems
	}
	b := &Bundle{Library: only(&r.library, e.named()), Files: r.files}
	return b, b.resolve(e, true)
}
