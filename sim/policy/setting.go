package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"asylumsim/sim/clock"
)

// Setting is a value given on the command line instead of a file:
//
//	REGIME.parameter=value
//	REGIME.parameter.entry=value
//	REGIME.parameter@2027-01-01=value
//
// where value is a number, or a change of the value that would hold: x1.2, +20% or
// -20%, which without an entry scales all of a table.
//
// It belongs to its regime and so also holds in regimes based on that one,
// where they do not change the same entry themselves. Without a date it takes
// the place of all that the regime itself, or a regime that it combines, says
// about the entry, from the first date that it gives, or always where it says
// nothing. With a date it holds from then on.
type Setting struct {
	Text      string // as written
	Regime    string
	Parameter string
	Entry     string // key of a table's entry; empty for a single number
	Dated     bool
	From      clock.Date // where Dated
	Number    float64
	Relative  bool     // Number is a factor of what would hold
	Held      float64  // what that is, where a relative setting is applied
	Where     Position // of a point of a sweep; empty on the command line
}

// At is the setting's position in problems.
func (s Setting) At() Position {
	if s.Where != (Position{}) {
		return s.Where
	}
	return Position{File: "--set " + s.Text}
}

// form is how the setting should have been written.
func (s Setting) form(entry string) string {
	if s.Where != (Position{}) {
		return s.Parameter + entry
	}
	return fmt.Sprintf("%s.%s%s=value", s.Regime, s.Parameter, entry)
}

// origin says where the value comes from, and why it has its quality.
func (s Setting) origin() (assumed, quality string) {
	if s.Where != (Position{}) {
		return "A point of a sweep: " + s.Text, "Set by a sweep of the experiment."
	}
	if s.Relative {
		return fmt.Sprintf("Set on the command line: %s, of %s.", s.Text, FormatNumber(s.Held)), "Set on the command line for this run."
	}
	return "Set on the command line: " + s.Text, "Set on the command line for this run."
}

const settingForms = "REGIME.parameter=value, REGIME.parameter.entry=value or REGIME.parameter@DATE=value"

// ParseSetting reads a setting. Names are looked up later.
func ParseSetting(text string) (Setting, error) {
	s := Setting{Text: text}
	fault := func(key, value, want, hint string) (Setting, error) {
		return Setting{}, Problems{{s.At(), key, value, want, hint}}
	}
	path, number, ok := strings.Cut(text, "=")
	if !ok {
		return fault("--set", fmt.Sprintf("%q", text), settingForms, "")
	}
	path, date, dated := strings.Cut(path, "@")
	parts := strings.Split(path, ".")
	if len(parts) < 2 || len(parts) > 3 || slices.Contains(parts, "") {
		return fault("--set", fmt.Sprintf("%q", text), settingForms, "")
	}
	s.Regime, s.Parameter = parts[0], parts[1]
	if len(parts) == 3 {
		s.Entry = parts[2]
	}
	if dated {
		from, err := clock.ParseDate(date)
		if err != nil {
			return fault(s.Key(), "@"+date, "a date such as @2027-01-01", "")
		}
		s.Dated, s.From = true, from
	}
	hint := ""
	if s.Number, s.Relative, hint, ok = parseAmount(number); !ok {
		if hint == "" {
			hint = NearNumber(number)
		}
		return fault(s.Key(), fmt.Sprintf("%q", number), amountForms, hint)
	}
	return s, nil
}

// Key is the dotted path of the parameter or entry that is set.
func (s Setting) Key() string {
	if s.Entry == "" {
		return s.Parameter
	}
	return s.Parameter + "." + s.Entry
}

// Apply returns a library in which regimes have the settings among their own
// changes; those that cannot be are left out. Of two settings for the same entry the
// one with the later date starts later; two for the same date are a problem. Relative
// settings of a regime come after those of the regimes that it is based on.
func (l *Library) Apply(settings []Setting) (Library, Problems) {
	changed := *l
	changed.Overlays = slices.Clone(l.Overlays)
	ordered, ps := l.once(settings)
	slices.SortStableFunc(ordered, func(a, b Setting) int {
		one, _ := l.Chain(a.Regime)
		other, _ := l.Chain(b.Regime)
		return cmp.Or(cmp.Compare(len(one), len(other)), cmp.Compare(l.start(a, a.Entry), l.start(b, b.Entry)))
	})
	copied := map[*Overlay]bool{}
	for _, s := range ordered {
		o := changed.Overlay(s.Regime)
		if o == nil {
			ps.add(s.At(), s.Regime, "", RegimeAmong(l.RegimeNames()), DidYouMean(s.Regime, l.RegimeNames()))
			continue
		}
		p := l.Parameter(s.Parameter)
		if p == nil {
			ps.add(s.At(), s.Parameter, "", "the name of a parameter", DidYouMean(s.Parameter, l.ParameterNames()))
			continue
		}
		if !copied[o] {
			copied[o] = true
			*o = o.clone()
		}
		if s.Relative {
			ps = append(ps, changed.scale(s, o, p, l)...)
		} else {
			ps = append(ps, s.apply(o, p, l.start(s, s.Entry), l.Groups)...)
		}
	}
	return changed, ps
}

// once leaves out settings for a value that an earlier one has set already, and
// reports them.
func (l *Library) once(settings []Setting) (kept []Setting, ps Problems) {
	type value struct {
		regime, parameter, entry string
		from                     clock.Date
	}
	first := map[value]string{}
	for _, s := range settings {
		before := ""
		if p := l.Parameter(s.Parameter); p != nil {
			for _, entry := range s.entries(p, l.Groups) {
				v := value{s.Regime, s.Parameter, entry, l.start(s, entry)}
				if text, again := first[v]; again {
					before = text
				}
				first[v] = s.Text
			}
		}
		if before != "" {
			ps.add(s.At(), s.Key(), "", "one setting for a value", "there is --set "+before+" too")
			continue
		}
		kept = append(kept, s)
	}
	return kept, ps
}

// entries lists what a setting sets: one entry, or all of a table.
func (s Setting) entries(p *Parameter, groups []Group) []string {
	if s.Relative && s.Entry == "" {
		return p.By.Keys(groups)
	}
	return []string{s.Entry}
}

// start is the first date on which a setting holds for an entry.
func (l *Library) start(s Setting, entry string) clock.Date {
	if s.Dated {
		return s.From
	}
	if from, ok := l.firstSaying(s.Regime, s.Parameter, entry); ok {
		return from
	}
	return Beginning
}

// firstSaying is the first date on which a regime, or one that it combines,
// says something about an entry of a parameter.
func (l *Library) firstSaying(regime, parameter, entry string) (from clock.Date, ok bool) {
	o := l.Overlay(regime)
	if o == nil {
		return 0, false
	}
	for _, part := range l.own(o) {
		if steps := stepsOf(part.Changes[parameter], entry); len(steps) > 0 && (!ok || steps[0].from < from) {
			from, ok = steps[0].from, true
		}
	}
	return from, ok
}

func (o *Overlay) clone() Overlay {
	c := *o
	c.Changes = map[string][]Value{}
	for name, values := range o.Changes {
		c.Changes[name] = slices.Clone(values)
	}
	return c
}

// misfits reports an entry that the parameter does not have, or one that is missing.
func (s Setting) misfits(p *Parameter, groups []Group) Problems {
	var ps Problems
	keys := p.By.Keys(groups)
	switch {
	case p.By != Scalar && s.Entry == "":
		if !s.Relative {
			ps.add(s.At(), s.Parameter, "", fmt.Sprintf("%s with %s: %s", s.form(".ENTRY"), p.By.entry(), OneOf(keys)), "it is a table")
		}
	case p.By == Scalar && s.Entry != "":
		ps.add(s.At(), s.Key(), "", s.form(""), "it is a single number")
	case !slices.Contains(keys, s.Entry):
		ps.add(s.At(), s.Key(), "", p.By.entry()+": "+OneOf(keys), DidYouMean(s.Entry, keys))
	}
	return ps
}

// apply puts the setting among an overlay's changes of its parameter.
func (s Setting) apply(o *Overlay, p *Parameter, from clock.Date, groups []Group) Problems {
	ps := s.misfits(p, groups)
	if len(ps) > 0 {
		return ps
	}
	assumed, quality := s.origin()
	v := Value{
		From:          from,
		Amount:        Amount{Number: s.Number},
		Assumed:       assumed,
		Uncertainty:   &Uncertainty{Distribution: "none", Why: "Set for this run."},
		Quality:       Red,
		QualityReason: quality,
		At:            s.At(),
	}
	if s.Entry != "" {
		v.Amount = Amount{Table: []Entry{{s.Entry, s.Number, s.At()}}}
	}
	if p.validateSetting(&ps, &v, s, groups); len(ps) > 0 {
		return ps
	}
	values := append(withdraw(o.Changes[p.Name], s.Entry, from), v)
	slices.SortStableFunc(values, func(a, b Value) int { return cmp.Compare(a.From, b.From) })
	o.NoChange = false
	o.Changes[p.Name] = values
	return ps
}

// validateSetting checks the number as if it stood in a file.
func (p *Parameter) validateSetting(ps *Problems, v *Value, s Setting, groups []Group) {
	found := p.validateValue(v, s.Key(), groups, false)
	if f := fieldNamed(p.Name); f != nil && f.Whole && len(found) == 0 {
		found = f.whole(v, s.Key())
	}
	for _, problem := range found {
		problem.Key = s.Key()
		*ps = append(*ps, problem)
	}
}

// withdraw takes an entry out of the values from a date on.
func withdraw(values []Value, entry string, from clock.Date) []Value {
	var kept []Value
	for _, v := range values {
		if v.From >= from {
			if entry == "" {
				continue
			}
			table := slices.DeleteFunc(slices.Clone(v.Amount.Table), func(e Entry) bool { return e.Key == entry })
			if len(table) == 0 {
				continue
			}
			v.Amount.Table = table
		}
		kept = append(kept, v)
	}
	return kept
}
