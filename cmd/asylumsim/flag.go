package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// wholeNumber is a flag that wants a whole number. It takes any text, so that
// what is wrong with it can be told with all the rest.
type wholeNumber struct {
	name, text string
	given      bool
}

func (n *wholeNumber) String() string { return n.text }
func (n *wholeNumber) Type() string   { return "int" }
func (n *wholeNumber) Set(text string) error {
	n.text, n.given = text, true
	return nil
}

// wholeFlag adds a flag for a whole number.
func wholeFlag(f *pflag.FlagSet, name, short, usage string) *wholeNumber {
	n := &wholeNumber{name: name}
	f.VarP(n, name, short, usage)
	return n
}

// int returns the number; nil where the flag was not given or is wrong.
func (n *wholeNumber) int(ps *policy.Problems) *int {
	if !n.given {
		return nil
	}
	x, err := strconv.ParseInt(n.text, 10, 32)
	if err != nil {
		n.fault(ps, "a whole number")
		return nil
	}
	i := int(x)
	return &i
}

// uint64 returns the number; nil where the flag was not given or is wrong.
func (n *wholeNumber) uint64(ps *policy.Problems) *uint64 {
	if !n.given {
		return nil
	}
	x, err := strconv.ParseUint(n.text, 10, 64)
	if err != nil {
		n.fault(ps, "a whole number from 0 to 18446744073709551615")
		return nil
	}
	return &x
}

func (n *wholeNumber) fault(ps *policy.Problems, want string) {
	*ps = append(*ps, policy.Problem{Position: policy.Position{File: "--" + n.name}, Key: n.name, Value: fmt.Sprintf("%q", n.text), Want: want})
}

// parseFraction reads 1/k; nil where it is wrong.
func parseFraction(text string, wrong *policy.Problems) *unit.Fraction {
	f, err := unit.ParseFraction(text)
	if err != nil {
		*wrong = append(*wrong, policy.Problem{Position: policy.Position{File: "--fraction"}, Key: "fraction", Value: fmt.Sprintf("%q", text),
			Want: unit.FractionForm, Hint: unit.NearFraction(text)})
		return nil
	}
	return &f
}

// explainFlag says what is wrong with a flag: that it is not known, or that
// its value is missing or of another form.
func explainFlag(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	see := "see " + c.CommandPath() + " --help"
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			return fmt.Errorf("-%s is not an option of %s: %s", name, c.CommandPath(), see)
		}
		var known []string
		c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		if near := policy.DidYouMean(name, known); near != "" {
			see = strings.Replace(near, "mean ", "mean --", 1)
		}
		return fmt.Errorf("--%s is not an option of %s: %s", name, c.CommandPath(), see)
	case errors.As(err, &bare):
		return fmt.Errorf("--%s needs a value: %s", bare.GetFlag().Name, bare.GetFlag().Usage)
	case errors.As(err, &wrong):
		want := "a value of another form"
		if wrong.GetFlag().Value.Type() == "bool" {
			want = "true or false, or the option alone"
		}
		return fmt.Errorf("--%s: %q: want %s; %s", wrong.GetFlag().Name, wrong.GetValue(), want, see)
	}
	return fmt.Errorf("%w: %s", err, see)
}

// together makes one error of several: problems in the order of their places,
// each once, then the others.
func together(errs ...error) error {
	var problems policy.Problems
	var others []error
	for _, err := range errs {
		if found := (policy.Problems)(nil); errors.As(err, &found) {
			problems = append(problems, found...)
		} else if err != nil {
			others = append(others, err)
		}
	}
	return errors.Join(append([]error{problems.Err()}, others...)...)
}
