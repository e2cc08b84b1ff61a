package calibrate

import (
	"context"
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/asylum"
	"asylumsim/sim/backtest"
	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// model is the simulator as the calibration sees it: scores in, logarithms of
// quarterly outputs out.
type model struct {
	*Options
	fit     *evidence.Fit
	central *policy.Regime
	known   []asylum.BoatDay
	names   []string // of the scores: marks of levels, then parameters
	pairs   [][2]int // scores that the copula ties together
	outputs []quarterly
	months  []clock.Date
}

// quarterly is a published value: a target in a quarter.
type quarterly struct {
	target    *backtest.Target
	quarter   clock.Date
	month     int // index of its last month in a run
	published float64
}

// newModel prepares the runs. The error is policy.Problems where the window
// cannot be.
func newModel(o *Options) (*model, error) {
	m := &model{Options: o}
	origin, err := o.origin()
	if err != nil {
		return nil, err
	}
	if m.fit, err = origin.WithoutLater().Fit(o.Groups, evidence.Pooled); err != nil {
		return nil, err
	}
	if m.central, err = m.frozen(nil); err != nil {
		return nil, err
	}
	for _, d := range o.Series.BoatDays {
		if o.Opening < d.Date && d.Date <= o.Until {
			m.known = append(m.known, asylum.BoatDay{Boats: int(d.Boats), People: unit.People(d.People)})
		}
	}
	m.names = append(evidence.LevelMarks(), o.Uncertain...)
	for i := range o.Correlations {
		pair := o.Correlations[i].Parameters
		m.pairs = append(m.pairs, [2]int{slices.Index(m.names, pair[0]), slices.Index(m.names, pair[1])})
	}
	m.months = m.plan(0, nil).Timeline().Months
	m.list()
	return m, nil
}

// Validate checks the window. The error is policy.Problems.
func (o *Options) Validate() error {
	_, err := o.origin()
	return err
}

// origin checks the window and returns what was published a quarter after the
// opening date.
func (o *Options) origin() (*evidence.Origin, error) {
	var wrong policy.Problems
	isEnd := func(d clock.Date) bool { return quarterAfter(d-1) == d }
	for _, d := range []struct {
		flag string
		date clock.Date
	}{{"opening", o.Opening}, {"until", o.Until}} {
		if !isEnd(d.date) {
			wrong = append(wrong, flagProblem(d.flag, d.date, "the end of a quarter, such as 2023-12-31", ""))
		}
	}
	s := o.Series
	switch {
	case o.Until <= o.Opening:
		wrong = append(wrong, flagProblem("until", o.Until, fmt.Sprintf("a date after the opening, %v", o.Opening), ""))
	case isEnd(o.Until) && o.Until > s.Latest():
		wrong = append(wrong, flagProblem("until", o.Until, fmt.Sprintf("a quarter that is published in all series: %v or before", s.Latest()), evidence.Extended(s.Behind(o.Until))))
	}
	if len(wrong) > 0 {
		return nil, wrong.Err()
	}
	origin, err := s.Origin(quarterAfter(o.Opening))
	if err == nil && origin.Opening != o.Opening {
		err = fmt.Errorf("the latest such quarter is that to %v", origin.Opening)
	}
	if err != nil {
		return nil, policy.Problems{flagProblem("opening", o.Opening, "the end of a quarter for which all series were published a quarter later", err.Error())}
	}
	return origin, nil
}

func flagProblem(flag string, date clock.Date, want, hint string) policy.Problem {
	return policy.Problem{Position: policy.Position{File: "--" + flag}, Key: flag, Value: date.String(), Want: want, Hint: hint}
}

// quarterAfter is the first end of a quarter after a date.
func quarterAfter(d clock.Date) clock.Date {
	d++
	year, month, _ := d.Civil()
	return clock.NewDate(year, (month-1)/3*3+1, 1).AddMonths(3) - 1
}

// list lists what is calibrated to: every target in every quarter that is
// published, but for arrivals by boat, which the runs are given.
func (m *model) list() {
	for t := range backtest.Targets {
		target := &backtest.Targets[t]
		if target.Daily {
			continue
		}
		published := target.Published(m.Series)
		for i, month := range m.months {
			if month != quarterAfter(month-1) || i < 2 && !target.Stock {
				continue
			}
			if x, ok := published[month]; ok {
				m.outputs = append(m.outputs, quarterly{target, month, i, x})
			}
		}
	}
}

// frozen is the regime with the rules in force on the opening date, for good.
func (m *model) frozen(marks policy.Marks) (*policy.Regime, error) {
	regime, err := m.Regime(marks)
	if err != nil {
		return nil, err
	}
	epoch := regime.EpochAt(m.Opening)
	return &policy.Regime{Name: regime.Name, Starts: regime.Starts[epoch : epoch+1], Epochs: regime.Epochs[epoch : epoch+1]}, nil
}

// plan is the runs of a generation.
func (m *model) plan(seed uint64, points func(run, attempt int) []float64) *experiment.Plan {
	return &experiment.Plan{
		Opening: m.Opening, Until: m.Until, Groups: len(m.Groups),
		Draws: experiment.Draws{Method: experiment.Independent, Inner: 1, Randomisations: 1},
		Seed:  seed, Replications: m.Runs, Fraction: m.Fraction, Workers: m.Workers,
		Points: func(run, attempt int) policy.Marks { return m.marks(points(run, attempt)) },
		At: func(marks policy.Marks) (*experiment.Inputs, error) {
			drawn, err := m.frozen(marks)
			if err != nil {
				return nil, err
			}
			inputs, err := m.fit.Inputs([]*policy.Regime{drawn}, m.central, marks)
			if err != nil {
				return nil, err
			}
			opening := *inputs.Opening
			opening.Known = m.known
			inputs.Opening = &opening
			return inputs, nil
		},
	}
}

// marks are those of independent scores, with the correlations of the library.
func (m *model) marks(scores []float64) policy.Marks {
	marks := make(policy.Marks, len(scores))
	for i, name := range m.names {
		marks[name] = markOf(scores[i])
	}
	m.Copula.Correlate(marks)
	return marks
}

// correlate turns independent scores into those of the parameters.
func (m *model) correlate(independent []float64) []float64 {
	marks := m.marks(independent)
	scores := slices.Clone(independent)
	for _, pair := range m.pairs {
		for _, i := range pair {
			scores[i] = scoreOf(marks[m.names[i]])
		}
	}
	return scores
}

// simulate runs the model at points and hands on, in their order, how often each
// was drawn again and the logarithms of its outputs. The sink ends it by
// experiment.ErrEnough.
func (m *model) simulate(ctx context.Context, generation int, seed uint64, points func(run, attempt int) []float64, sink func(run, attempt int, outputs []float64) error) error {
	plan := m.plan(seed, points)
	_, err := plan.Run(ctx, func(run, redraws int, runs []*measure.Run) error {
		outputs := make([]float64, len(m.outputs))
		for i := range m.outputs {
			outputs[i] = m.logarithm(m.outputs[i].simulated(runs[0]))
		}
		err := sink(run, redraws, outputs)
		if m.Progress != nil {
			m.Progress(generation, run+1)
		}
		return err
	})
	return err
}

// simulated is the value in a run.
func (q *quarterly) simulated(run *measure.Run) float64 {
	return float64(q.target.Of(run, q.month))
}

// logarithm is that of a count, for none that of half a simulated person.
func (m *model) logarithm(x float64) float64 {
	return math.Log(max(x, float64(m.Fraction.K())/2))
}

// observed is the logarithms of the published values.
func (m *model) observed() []float64 {
	observed := make([]float64, len(m.outputs))
	for i := range m.outputs {
		observed[i] = m.logarithm(m.outputs[i].published)
	}
	return observed
}
