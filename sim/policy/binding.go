package policy

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// Field is a field of Rules: what a parameter has to look like to fill it.
type Field struct {
	Parameter string
	Path      string // stage and field, such as Cost.Hotel
	Unit      Unit
	By        Dimension
	SumsTo1   bool // the entries are shares of one whole
	ByClaim   bool // the rule follows a case from its date of claim
	AtStart   bool // the rule is read once, on the opening date
	Whole     bool // only whole numbers fit
	// EitherSign says that numbers can be negative although those of the unit
	// are mostly not: of something that grows or shrinks.
	EitherSign bool

	index []int // of the field in Rules
}

// Fields lists every field of Rules, in order. It panics where the tags of
// Rules are wrong, which a test finds.
var Fields = sync.OnceValue(func() []Field {
	var fields []Field
	rules := reflect.TypeFor[Rules]()
	for i := range rules.NumField() {
		stage := rules.Field(i)
		for j := range stage.Type.NumField() {
			fields = append(fields, fieldOf(stage, stage.Type.Field(j), i, j))
		}
	}
	return fields
})

func fieldOf(stage, field reflect.StructField, i, j int) Field {
	f := Field{
		Parameter:  field.Tag.Get("param"),
		Path:       stage.Name + "." + field.Name,
		Unit:       Unit(field.Tag.Get("unit")),
		SumsTo1:    field.Tag.Get("sum") == "1",
		ByClaim:    field.Tag.Get("applies") == "claim",
		AtStart:    field.Tag.Get("applies") == "start",
		EitherSign: field.Tag.Get("sign") == "either",
		index:      []int{i, j},
	}
	if f.Parameter == "" || !slices.Contains(Units, string(f.Unit)) {
		panic(fmt.Sprintf("policy: %s: want tags param and unit, the unit one of Units; got %q", f.Path, field.Tag))
	}
	number := field.Type
	if table, ok := reflect.Zero(field.Type).Interface().(dimensional); ok {
		f.By = table.dimension()
		number = field.Type.Elem()
	}
	switch number.Kind() {
	case reflect.Float64:
	case reflect.Int32, reflect.Int64:
		f.Whole = true
	default:
		panic(fmt.Sprintf("policy: %s: cannot hold a parameter in a %s", f.Path, field.Type))
	}
	return f
}

// set stores the numbers of the field's entries, in the order of its table.
func (f *Field) set(rules *Rules, numbers []float64) {
	target := reflect.ValueOf(rules).Elem().FieldByIndex(f.index)
	for i, x := range numbers {
		number := target
		if f.By != Scalar {
			number = target.Index(i)
		}
		if f.Whole {
			number.SetInt(int64(x))
		} else {
			number.SetFloat(x)
		}
	}
}

// Numbers returns the numbers of the field's entries, in the order of its
// table: for tables by nationality also those of groups that are not in use.
func (f *Field) Numbers(rules *Rules) []float64 {
	source := reflect.ValueOf(rules).Elem().FieldByIndex(f.index)
	if f.By == Scalar {
		return []float64{numberOf(source)}
	}
	numbers := make([]float64, source.Len())
	for i := range numbers {
		numbers[i] = numberOf(source.Index(i))
	}
	return numbers
}

func numberOf(v reflect.Value) float64 {
	if v.CanInt() {
		return float64(v.Int())
	}
	return v.Float()
}

// Bind checks that every field of Rules has exactly one parameter and every
// parameter a field, and that unit and table agree. where names the folder in
// which a missing parameter should be.
func Bind(parameters []Parameter, where string) Problems {
	var ps Problems
	byName := map[string]*Parameter{}
	for i := range parameters {
		byName[parameters[i].Name] = &parameters[i]
	}
	for _, f := range Fields() {
		if byName[f.Parameter] == nil {
			ps.add(Position{File: where}, f.Parameter, Missing,
				fmt.Sprintf("a definition with unit %s%s for the rule %s", f.Unit, f.by(), f.Path), "")
		}
	}
	seen := map[string]Position{}
	for i := range parameters {
		p := &parameters[i]
		if first, ok := seen[p.Name]; ok {
			ps.add(p.At, p.Name, "", "each parameter once", "first in "+first.String())
			continue
		}
		seen[p.Name] = p.At
		ps = append(ps, p.bind()...)
	}
	return ps
}

// bind checks the parameter against its field.
func (p *Parameter) bind() Problems {
	var ps Problems
	f := fieldNamed(p.Name)
	if f == nil {
		ps.add(p.At, p.Name, "", "a parameter that the rules use", DidYouMean(p.Name, fieldNames()))
		return ps
	}
	if p.Unit != f.Unit {
		value := fmt.Sprintf("%q", p.Unit)
		if p.Unit == "" {
			value = Missing
		}
		ps.add(p.Places.Of("unit", p.At), p.Name+".unit", value, string(f.Unit), "the unit of the rule "+f.Path)
	}
	if p.By != f.By {
		value, want := fmt.Sprintf("%q", p.By), string(f.By)
		if p.By == Scalar {
			value = Missing
		}
		if f.By == Scalar {
			want = "no table"
		}
		ps.add(p.Places.Of("by", p.At), p.Name+".by", value, want, "the rule "+f.Path+" is "+f.form())
	}
	if f.Whole {
		for i := range p.Values {
			ps = append(ps, f.whole(&p.Values[i], fmt.Sprintf("%s.values[%d].value", p.Name, i))...)
		}
	}
	return ps
}

// whole checks that a value is a whole number where the rule needs one.
func (f *Field) whole(v *Value, key string) Problems {
	var ps Problems
	check := func(at Position, key string, x float64) {
		if x != float64(int64(x)) || x > 1<<31-1 || x < -1<<31 {
			ps.add(at, key, FormatNumber(x), "a whole number of "+string(f.Unit), "")
		}
	}
	if v.Amount.Table == nil {
		check(v.Places.Of("value", v.At), key, v.Amount.Number)
	}
	for _, e := range v.Amount.Table {
		check(e.At, key+"."+e.Key, e.Number)
	}
	return ps
}

func (f *Field) by() string {
	if f.By == Scalar {
		return ""
	}
	return " by " + string(f.By)
}

func (f *Field) form() string {
	if f.By == Scalar {
		return "a single number"
	}
	return "a table by " + string(f.By)
}

// fieldNamed returns the field of a parameter, nil for none.
func fieldNamed(name string) *Field { return fieldsByName()[name] }

var fieldsByName = sync.OnceValue(func() map[string]*Field {
	named := map[string]*Field{}
	for i := range Fields() {
		f := &Fields()[i]
		named[f.Parameter] = f
	}
	return named
})

func fieldNames() []string {
	var names []string
	for _, f := range Fields() {
		names = append(names, f.Parameter)
	}
	return names
}

// Stage names the stage of the rules that the field belongs to.
func (f *Field) Stage() string {
	stage, _, _ := strings.Cut(f.Path, ".")
	return stage
}
