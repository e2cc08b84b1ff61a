package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"asylumsim/sim/clock"
)

var (
	parameterName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	published     = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)
)

// Dates of values are within these; others are slips of the pen.
var earliestFrom, latestFrom = clock.MustDate("1900-01-01"), clock.MustDate("2199-12-31")

// Validate checks the parameter by itself: that it is complete, its words are
// known, and its values are in range and sourced. Nationality tables must
// have an entry for each of the groups.
func (p *Parameter) Validate(groups []Group) Problems {
	var ps Problems
	fault := func(key, value, want, hint string) {
		ps.add(p.Places.Of(key, p.At), p.Name+"."+key, value, want, hint)
	}
	if !parameterName.MatchString(p.Name) {
		ps.add(p.At, p.Name, "", "a name in lower snake case, such as hotel_price", "")
	}
	switch {
	case p.Describe == "":
		fault("describe", Missing, "a sentence that says what it is", "")
	case !strings.HasSuffix(p.Describe, "."):
		fault("describe", fmt.Sprintf("%q", p.Describe), "a sentence that ends with a full stop", "")
	}
	unitKnown := slices.Contains(Units, string(p.Unit))
	if fieldNamed(p.Name) == nil {
		word(fault, "unit", string(p.Unit), Units) // else Bind says which one
	}
	kindKnown := word(fault, "kind", string(p.Kind), Kinds)
	if p.By != Scalar {
		word(fault, "by", string(p.By), Dimensions)
	}
	if unitKnown && kindKnown {
		if want, ok := p.Kind.suits(p.Unit); !ok {
			fault("unit", fmt.Sprintf("%q", p.Unit), want, "")
		}
	}
	switch {
	case p.Kind == Price && p.PriceBase == "":
		fault("price_base", Missing, PriceBase+", the price base of all costs", "")
	case p.Kind == Price && p.PriceBase != PriceBase:
		fault("price_base", fmt.Sprintf("%q", p.PriceBase), PriceBase+", the price base of all costs", "")
	case p.Kind != Price && p.PriceBase != "":
		fault("price_base", fmt.Sprintf("%q", p.PriceBase), "no price base unless the kind is price", "")
	}
	word(fault, "quality", string(p.Quality), Qualities)
	if p.QualityReason == "" {
		fault("quality_reason", Missing, "one line why", "")
	}
	if len(p.Values) == 0 {
		fault("values", Missing, "at least one dated value", "")
	}
	if kindKnown && unitKnown {
		for i := range p.Values {
			ps = append(ps, p.validateValue(&p.Values[i], fmt.Sprintf("%s.values[%d]", p.Name, i), groups, true)...)
		}
		ps = append(ps, ascending(p.Values, p.Name+".values")...)
		ps = append(ps, p.Uncertainty.validate(p, p.Name, p.Places.Of("uncertainty", p.At), p.latest())...)
	}
	return ps
}

// word checks that a value is one of the known words.
func word(fault func(key, value, want, hint string), key, value string, known []string) bool {
	if value == "" {
		fault(key, Missing, OneOf(known), "")
		return false
	}
	if !slices.Contains(known, value) {
		fault(key, fmt.Sprintf("%q", value), OneOf(known), DidYouMean(value, known))
		return false
	}
	return true
}

// validateValue checks one dated value of the parameter. A complete value of
// a table has every entry; a regime's may have some.
func (p *Parameter) validateValue(v *Value, key string, groups []Group, complete bool) Problems {
	var ps Problems
	at := v.Places.Of("value", v.At)
	switch {
	case p.By == Scalar && v.Amount.Table != nil:
		ps.add(at, key+".value", "a table", "a single number", "say by: ... where the parameter is a table")
	case p.By != Scalar && v.Amount.Table == nil:
		ps.add(at, key+".value", FormatNumber(v.Amount.Number), "a table with an entry for "+p.By.entry()+" each", "")
	case p.By == Scalar:
		p.validateNumber(&ps, at, key+".value", v.Amount.Number)
	default:
		p.validateTable(&ps, v, at, key+".value", groups, complete)
	}
	if v.From != Beginning && (v.From < earliestFrom || v.From > latestFrom) {
		ps.add(v.Places.Of("from", v.At), key+".from", v.From.String(), "a date from "+earliestFrom.String()+" to "+latestFrom.String(), "")
	}
	if u := v.Uncertainty; u != nil {
		ps = append(ps, u.validate(p, key, v.Places.Of("uncertainty", v.At), v)...)
	}
	ps = append(ps, p.validateProvenance(v, key)...)
	return ps
}

func (p *Parameter) validateNumber(ps *Problems, at Position, key string, x float64) {
	if want, ok := p.possible(x); !ok {
		ps.add(at, key, FormatNumber(x), want, "")
	}
}

// possible reports whether the parameter can be a number, and if not what it
// can be.
func (p *Parameter) possible(x float64) (want string, ok bool) {
	b := p.Bounds()
	if Finite(p.Name, x) != nil {
		return "a finite number", false
	}
	what := string(p.Kind)
	if p.Kind == ShapeNumber {
		what = "number"
	}
	return b.want(what, p.Unit), b.Contains(x)
}

func (p *Parameter) validateTable(ps *Problems, v *Value, at Position, key string, groups []Group, complete bool) {
	keys := p.By.Keys(groups)
	if !slices.Contains(Dimensions, string(p.By)) {
		return // reported already
	}
	for _, e := range v.Amount.Table {
		if !slices.Contains(keys, e.Key) {
			ps.add(e.At, key+"."+e.Key, FormatNumber(e.Number), p.By.entry()+": "+OneOf(keys), DidYouMean(e.Key, keys))
			continue
		}
		p.validateNumber(ps, e.At, key+"."+e.Key, e.Number)
	}
	for _, k := range keys {
		if _, ok := v.Amount.Entry(k); complete && !ok {
			ps.add(at, key+"."+k, Missing, "an entry for every one of "+OneOf(keys), "")
		}
	}
}

// validateProvenance checks source, assumption and rating of a value.
func (p *Parameter) validateProvenance(v *Value, key string) Problems {
	var ps Problems
	fault := func(sub, value, want, hint string) {
		ps.add(v.Places.Of(sub, v.At), key+"."+sub, value, want, hint)
	}
	if v.Quality != "" {
		word(fault, "quality", string(v.Quality), Qualities)
		if v.QualityReason == "" {
			fault("quality_reason", Missing, "one line why", "")
		}
	}
	switch quality, _ := p.Rating(v); {
	case v.Source == nil && v.Assumed == "":
		fault("source", Missing, "a source with title, publisher and date, or assumed: with the reason", "")
	case v.Source != nil && v.Assumed != "":
		fault("assumed", fmt.Sprintf("%q", v.Assumed), "either a source or an assumption, not both", "")
	case v.Source == nil && quality == Green:
		fault("assumed", fmt.Sprintf("%q", v.Assumed), "quality amber or red for a value without source", "")
	}
	if s := v.Source; s != nil {
		whole := v.Places.Of("source", v.At)
		for _, f := range []struct{ key, value, want string }{
			{"title", s.Title, "the title of the publication"},
			{"publisher", s.Publisher, "who published it"},
			{"date", string(s.Date), "the date of publication: YYYY, YYYY-MM or YYYY-MM-DD"},
		} {
			if f.value == "" {
				ps.add(s.Places.Of(f.key, whole), key+".source."+f.key, Missing, f.want, "")
			}
		}
		if s.Date != "" && !published.MatchString(string(s.Date)) {
			ps.add(s.Places.Of("date", whole), key+".source.date", fmt.Sprintf("%q", s.Date), "YYYY, YYYY-MM or YYYY-MM-DD", "")
		}
	}
	return ps
}

// ascending checks that the dates of values rise: for a table, of those that
// have an entry in common.
func ascending(values []Value, key string) Problems {
	var ps Problems
	last := map[string]clock.Date{}
	for i := range values {
		v := &values[i]
		entries := []string{""}
		if v.Amount.Table != nil {
			entries = entries[:0]
			for _, e := range v.Amount.Table {
				entries = append(entries, e.Key)
			}
		}
		late := false
		for _, e := range entries {
			before, ok := last[e]
			late = late || ok && v.From <= before
			last[e] = v.From
		}
		if late {
			ps.add(v.Places.Of("from", v.At), fmt.Sprintf("%s[%d].from", key, i), v.From.String(), "a date after the one of the value before it", "")
		}
	}
	return ps
}
