package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
)

// result is a made-up result: the values of each regime in each replication by
// month, the base first, of which the first few regimes are drawn.
type result struct {
	output measure.Output
	labels []string
	drawn  int
	values [][][]int64
}

// madeUp makes a result of few or many regimes and replications, which are equal,
// tied, near, far, crossing, at zero or negative.
func madeUp(rng *rand.Rand) result {
	outputs := []measure.Output{measure.HotelPeople, measure.AppealsOpenCases, measure.TotalCost, measure.SmallBoats, measure.Contributions}
	r := result{output: outputs[rng.IntN(len(outputs))]}
	labels := []string{"A", "B", "C D", "E F", "G", "H", "I", "J"}
	regimes, runs, months := 1+rng.IntN(5), []int{1, 3, 11, 31}[rng.IntN(4)], 14+rng.IntN(12)
	if rng.IntN(3) == 0 {
		regimes = 2
	}
	r.labels, r.drawn = labels[:regimes], regimes
	if regimes > 1 && rng.IntN(4) == 0 {
		r.drawn = 1 + rng.IntN(regimes)
	}
	chance, scale := []float64{0, 1, 50}[rng.IntN(3)], []float64{0, 5, 300}[rng.IntN(3)]
	common := make([]float64, runs)
	for i := range common {
		common[i] = rng.NormFloat64() * chance * float64(rng.IntN(3))
	}
	for i := range r.labels {
		if i > 0 && rng.IntN(3) == 0 { // as another regime, in all or at the end
			twin := r.values[rng.IntN(i)]
			var copied [][]int64
			for _, path := range twin {
				path = slices.Clone(path)
				if rng.IntN(2) == 0 && months > 3 {
					path[1] += int64(rng.IntN(3))
					path[2] -= path[1] - twin[len(copied)][1]
				}
				copied = append(copied, path)
			}
			r.values = append(r.values, copied)
			continue
		}
		begin, end, bend := rng.NormFloat64()*scale, rng.NormFloat64()*scale, rng.NormFloat64()*scale*float64(rng.IntN(2))
		if rng.IntN(2) == 0 {
			begin, end = 100, 100+float64(rng.IntN(5)-2)*float64(rng.IntN(30))
		}
		if rng.IntN(6) == 0 {
			end = 0
		}
		rare := rng.IntN(8) == 0
		var paths [][]int64
		for run := range runs {
			path := make([]int64, months)
			own := rng.NormFloat64() * chance * float64(rng.IntN(2))
			for m := range path {
				x := float64(m) / float64(months-1)
				path[m] = int64(math.Round(begin + (end-begin)*x + bend*4*x*(1-x) + x*(common[run]+own)))
				if rare && run%3 == 0 { // so that the mean moves, and the median does not
					path[m] += int64(4 * x)
				}
				if begin >= 0 && end >= 0 {
					path[m] = max(path[m], 0)
				}
			}
			paths = append(paths, path)
		}
		r.values = append(r.values, paths)
	}
	return r
}

// headline is what a figure of the result says, by way of the tables of a result.
func (r result) headline() string {
	var months []clock.Date
	for m := range r.values[0][0] {
		months = append(months, clock.NewDate(2026, time.Month(m+1), 1).MonthEnd())
	}
	sample := func(i int) compare.Sample {
		return compare.Sample{Output: r.output, Months: len(months), Values: slices.Concat(r.values[i]...)}
	}
	var panels []Panel
	var against []Contrast
	for i, label := range r.labels {
		p := Panel{Label: label}
		for _, s := range compare.Summaries(label, sample(i), months) {
			p.Dates = append(p.Dates, s.Month)
			p.Q05, p.Q25, p.Q50 = append(p.Q05, s.Q05), append(p.Q25, s.Q25), append(p.Q50, s.Q50)
			p.Q75, p.Q95 = append(p.Q75, s.Q75), append(p.Q95, s.Q95)
		}
		if i < r.drawn {
			panels = append(panels, p)
		}
		if i > 0 {
			whole := []compare.Period{{Label: compare.Horizon, First: 0, Last: len(months) - 1}}
			against = append(against, Contrast{label, compare.Differences(label, sample(i), r.labels[0], sample(0), whole)[0]})
		}
	}
	rows := make([]compare.Difference, len(against))
	for i := range against {
		rows[i] = against[i].Difference
	}
	compare.Adjust(rows)
	for i := range against {
		against[i].Difference = rows[i]
	}
	return Headline(SubjectOf(r.output, true), panels, against)
}

// reader reads a headline as a person would, and holds it against the values.
type reader struct {
	result
	total bool
	seen  map[string]int
}

// value is what regimes are compared by in a replication: more is more.
func (r reader) value(regime, run int) (v float64) {
	path := r.values[regime][run]
	v = float64(path[len(path)-1])
	if r.total {
		v = 0
		for _, x := range path {
			v += float64(x)
		}
	}
	if r.output == measure.Contributions {
		v = -v
	}
	return v
}

// gap is the mean of a regime less another and the half width of its 95% interval,
// from a table of Student's t; it is not known of one replication.
func (r reader) gap(regime, other int) (mean, half float64) {
	n := len(r.values[0])
	var squares float64
	for run := range n {
		mean += (r.value(regime, run) - r.value(other, run)) / float64(n)
	}
	for run := range n {
		squares += math.Pow(r.value(regime, run)-r.value(other, run)-mean, 2)
	}
	if n == 1 {
		return mean, math.Inf(1)
	}
	t := map[int]float64{3: 4.302653, 11: 2.228139, 31: 2.042272}[n]
	return mean, t * math.Sqrt(squares/float64(n-1)/float64(n))
}

// surely reports that a regime is above another (way 1) or below (-1) beyond chance;
// of the base and a regime, in view of how many are compared with the base.
func (r reader) surely(regime, other int, way float64) bool {
	mean, half := r.gap(regime, other)
	apart := way*mean > half-1e-9*math.Abs(half) && mean != 0
	if regime > 0 && other > 0 {
		return apart
	}
	return apart && r.adjusted(max(regime, other)) < 0.05
}

// adjusted is the p-value of a regime's difference from the base by Holm's steps:
// the smallest of m times m, the next times m-1, and none below one before it.
func (r reader) adjusted(regime int) float64 {
	n := float64(len(r.values[0]))
	p := make([]float64, len(r.labels))
	for i := 1; i < len(p); i++ {
		mean, half := r.gap(i, 0)
		switch t := map[float64]float64{3: 4.302653, 11: 2.228139, 31: 2.042272}[n]; {
		case mean == 0 || n == 1:
			p[i] = 1
		case half > 0:
			p[i] = 2 * distuv.StudentsT{Sigma: 1, Nu: n - 1}.CDF(-math.Abs(mean)*t/half)
		}
	}
	result := 0.0
	for i := 1; i < len(p); i++ {
		if p[i] > p[regime] {
			continue
		}
		above := 0
		for j := 1; j < len(p); j++ {
			if p[j] > p[i] || p[j] == p[i] && j >= i {
				above++
			}
		}
		result = max(result, p[i]*float64(above))
	}
	return min(1, result)
}

func (r reader) differs(regime, other int) bool {
	for run := range r.values[0] {
		if r.value(regime, run) != r.value(other, run) {
			return true
		}
	}
	return false
}

// median is that of the drawn values of a regime in a month.
func (r reader) median(regime, month int) float64 {
	var all []float64
	for _, path := range r.values[regime] {
		all = append(all, float64(path[month]))
	}
	slices.Sort(all)
	if r.output == measure.Contributions {
		return -all[len(all)/2]
	}
	return all[len(all)/2]
}

var (
	doing = regexp.MustCompile(`^(rises?|falls?|stays? about level|ends? about where (it|they) began)(?: under (.+))?$`)
	lying = regexp.MustCompile(`^(?:(?:ends?|is|are) )?(lower|higher|lowest|highest)( in total)? under (.+?)(?: than (.+))?$`)
	same  = regexp.MustCompile(`^(is|are|ends?) the same( in total)? under (.+)$`)
)

// check returns what is wrong with a headline.
func (r reader) check(text string) error {
	if n := len(strings.Fields(text)); n > MaxHeadlineWords {
		return fmt.Errorf("%d words", n)
	}
	subject := SubjectOf(r.output, true)
	rest, speaks := text, ""
	for _, prefix := range []string{"Median ", "Mean "} {
		if after, ok := strings.CutPrefix(rest, prefix); ok {
			rest, speaks = strings.ToUpper(after[:1])+after[1:], strings.TrimSpace(prefix)
		}
	}
	rest, ok := strings.CutPrefix(rest, subject.Text)
	if !ok {
		return fmt.Errorf("another subject than %q", subject.Text)
	}
	regimes := func(named string) ([]int, error) {
		all := make([]int, len(r.labels))
		for i := range all {
			all[i] = i
		}
		switch first, second, both := strings.Cut(named, " and "); {
		case named == "":
			if len(all) > 1 {
				return nil, fmt.Errorf("it names no regime of %d", len(all))
			}
			return all, nil
		case named == "both regimes" || named == "both":
			if len(all) != 2 {
				return nil, fmt.Errorf("both regimes of %d", len(all))
			}
			return all, nil
		case named == "all regimes" || named == "all":
			return all, nil
		case both:
			return []int{slices.Index(r.labels, first), slices.Index(r.labels, second)}, nil
		}
		i := slices.Index(r.labels, named)
		if i < 0 {
			return nil, fmt.Errorf("it names %q", named)
		}
		return []int{i}, nil
	}
	for _, clause := range strings.Split(strings.TrimPrefix(strings.TrimSpace(rest), ": "), ", ") {
		clause = strings.TrimPrefix(clause, ": ")
		if m := doing.FindStringSubmatch(clause); m != nil {
			r.seen["trend"]++
			about, err := regimes(m[3])
			if err != nil {
				return err
			}
			for _, i := range about {
				if err := r.checkTrend(i, m[1], speaks == "Median"); err != nil {
					return err
				}
			}
		} else if m := lying.FindStringSubmatch(clause); m != nil {
			r.seen[m[1]+speaks]++
			about, err := regimes(m[3])
			if err != nil {
				return err
			}
			i, way := about[0], map[bool]float64{true: 1, false: -1}[strings.HasPrefix(m[1], "high")]
			others := []int{0}
			if strings.HasSuffix(m[1], "st") {
				others, _ = regimes("all regimes")
			} else if m[4] != "" && m[4] != r.labels[0] {
				return fmt.Errorf("%s is not the base", m[4])
			}
			for _, j := range others {
				if i == j {
					continue
				}
				if !r.surely(i, j, way) {
					mean, half := r.gap(i, j)
					return fmt.Errorf("%s less %s is %v, give or take %v", r.labels[i], r.labels[j], mean, half)
				}
				last := len(r.values[0][0]) - 1
				if d := r.median(i, last) - r.median(j, last); !r.total && speaks != "Mean" && j < r.drawn && way*d <= 0 {
					return fmt.Errorf("the picture ends with %s less %s at %v", r.labels[i], r.labels[j], d)
				}
			}
		} else if m := same.FindStringSubmatch(clause); m != nil {
			r.seen["same"]++
			about, err := regimes(m[3])
			if err != nil {
				return err
			}
			for _, i := range about[1:] {
				if r.differs(i, about[0]) {
					return fmt.Errorf("%s and %s differ", r.labels[i], r.labels[about[0]])
				}
				for month := range r.values[0][0] {
					if whole := strings.HasPrefix(m[1], "end") || m[2] != ""; !whole && i < r.drawn && r.median(i, month) != r.median(0, month) {
						return fmt.Errorf("the picture differs in month %d", month)
					}
				}
			}
		} else if clause == "no difference in any run" {
			for i := 1; i < min(len(r.labels), map[bool]int{true: 2, false: len(r.labels)}[r.drawn == 2]); i++ {
				if r.differs(i, 0) {
					return fmt.Errorf("%s differs", r.labels[i])
				}
			}
		} else if strings.HasSuffix(clause, "indistinguishable from chance") || strings.HasPrefix(clause, "differ") {
			chance, differ, sure := strings.HasSuffix(clause, "chance"), false, false
			r.seen[map[bool]string{true: "chance", false: "differs"}[chance]]++
			compared := len(r.labels)
			if r.drawn == 2 {
				compared = 2 // what is drawn
			}
			for i := 1; i < compared; i++ {
				differ = differ || r.differs(i, 0)
				sure = sure || r.surely(i, 0, 1) || r.surely(i, 0, -1)
			}
			if chance && (sure || !differ) || !chance && !sure {
				return fmt.Errorf("differences: %v, beyond chance: %v", differ, sure)
			}
		} else {
			return fmt.Errorf("%q says nothing that can be checked", clause)
		}
	}
	return nil
}

// checkTrend holds what a regime is said to do against its values.
func (r reader) checkTrend(i int, does string, median bool) error {
	last := len(r.values[i][0]) - 1
	start, end := r.median(i, 0), r.median(i, last)
	within := func(v float64) bool { return math.Abs(v-start) <= 0.05*math.Abs(start)+1e-9 }
	steady, against := true, 0
	for month := range last {
		steady = steady && within(r.median(i, month))
	}
	for run := range r.values[i] {
		v := float64(r.values[i][run][last])
		if r.output == measure.Contributions {
			v = -v
		}
		if (v-start)*(end-start) < 0 {
			against++
		}
	}
	var ok bool
	switch strings.TrimSuffix(strings.Fields(does)[0], "s") {
	case "rise":
		ok = end > start && !within(end)
	case "fall":
		ok = end < start && !within(end)
	case "stay":
		ok = within(end) && steady
	case "end":
		ok = within(end) && !steady
	}
	if !ok {
		return fmt.Errorf("the median of %s goes from %v to %v", r.labels[i], start, end)
	}
	if float64(against) > 0.05*float64(len(r.values[i]))+1 && !median {
		return fmt.Errorf("%d of %d runs of %s go the other way", against, len(r.values[i]), r.labels[i])
	}
	return nil
}

// TestHeadlinesAgainstTheirNumbers makes results up and reads each headline back:
// what it claims holds in the values of the replications, of which the reader
// takes means, intervals and medians by itself.
func TestHeadlinesAgainstTheirNumbers(t *testing.T) {
	rng := rand.New(rand.NewPCG(16, 11))
	seen := map[string]int{}
	for trial := range 20_000 {
		made := madeUp(rng)
		text := made.headline()
		r := reader{made, made.output.Define().Kind != measure.Stock, seen}
		if err := r.check(text); err != nil {
			t.Errorf("%d: %q of %d regimes, %d drawn, in %d runs: %v", trial, text, len(made.labels), made.drawn, len(made.values[0]), err)
		}
		if t.Failed() && trial > 2000 {
			break
		}
	}
	for _, kind := range []string{"trend", "same", "chance", "differs", "lower", "higher", "lowest", "highest", "lowerMean", "lowestMean"} {
		if seen[kind] < 10 {
			t.Errorf("%d headlines say %s: want more to hold against their numbers (%v)", seen[kind], kind, seen)
		}
	}
}
