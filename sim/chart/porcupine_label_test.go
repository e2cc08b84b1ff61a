package chart

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"asylumsim/sim/clock"

	"gonum.org/v1/plot/vg"
)

// wild is a figure of random numbers.
func wild(r *rand.Rand) Porcupine {
	f := backlog()
	size := []float64{0.0001, 0.001, 0.1, 1, 15, 1e4}[r.IntN(6)]
	f.Unit = []string{"people", "cases per quarter", "GBP per quarter"}[r.IntN(3)]
	rough := 0.5 * r.Float64()
	for i := range f.History {
		f.History[i].Value *= size * (1 + rough*(r.Float64()-0.5))
	}
	drift, spread, lag := 0.1*(r.Float64()-0.3), 3*r.Float64(), r.IntN(2)
	for i := range f.Quills {
		q := &f.Quills[i]
		q.From = f.History[i+8-lag]
		for t, date := range q.Dates {
			median := q.From.Value * (1 + float64(drift*float64(q.ahead(date))))
			q.Q05[t], q.Q95[t] = median*math.Pow(q.Q05[t]/q.Q50[t], spread), median*math.Pow(q.Q95[t]/q.Q50[t], spread)
			q.Q50[t] = median
		}
	}
	f.Quills = f.Quills[r.IntN(6) : 7+r.IntN(9)]
	f.History = f.History[r.IntN(13) : 24+r.IntN(9)]
	return f
}

// Whatever the numbers, both labels are there once, no text is clipped, touches
// another or covers what is drawn, and leaders end at what they name.
func TestLabelsOfAPorcupineStandClear(t *testing.T) {
	r := rand.New(rand.NewPCG(20261128, 1))
	others := regexp.MustCompile(`^(People.*|Cases.*|GBP.*|[0-9,.]+)$`)
	crossed := 0 // by leaders of forecasts
	for n := range 30 {
		f := wild(r)
		if err := f.Validate(); err != nil {
			t.Fatalf("%d: %v", n, err)
		}
		l, callouts := arrangePorcupine(f)
		svg, err := picture{Caption{Name: f.Name, Title: f.Title}, "", l.width, l.height, func(c vg.Canvas) { paintPorcupine(c, l, f, callouts) }}.svg()
		if err != nil {
			t.Fatalf("%d: %v", n, err)
		}
		contents, boxes := parse(t, svg).texts()
		if count(contents, "Published") != 1 || count(contents, "Forecasts: median and 90% of runs") != 1 || len(callouts) != 2 {
			t.Fatalf("%d: labels %q", n, contents)
		}
		for i, a := range boxes {
			if a.Min.X < 0 || a.Min.Y < 0 || a.Max.X > l.width || a.Max.Y > l.height {
				t.Errorf("%d: %q at %v is clipped", n, contents[i], a)
			}
			if j := slices.IndexFunc(boxes[:i], func(b vg.Rectangle) bool { return overlap(a, b) }); j >= 0 {
				t.Errorf("%d: %q and %q overlap", n, contents[i], contents[j])
			}
			if contents[i] != callouts[0].text && contents[i] != callouts[1].text && !others.MatchString(contents[i]) {
				t.Errorf("%d: unexpected text %q", n, contents[i])
			}
		}
		for _, c := range callouts {
			for _, q := range f.Quills {
				for k, date := range q.Dates {
					low, high := l.point(date, q.Q05[k]), l.point(date, q.Q95[k])
					if overlap(c.box, vg.Rectangle{Min: vg.Point{X: low.X - 2, Y: low.Y}, Max: vg.Point{X: high.X + 2, Y: high.Y}}) {
						t.Errorf("%d: %q covers an interval of %s", n, c.text, date)
					}
				}
				if through(c.box, l.line(q, q.Q50)) {
					t.Errorf("%d: %q covers the median of %s", n, c.text, q.Origin)
				}
			}
			if through(c.box, l.published(f)) {
				t.Errorf("%d: %q covers the published series", n, c.text)
			}
			var marks []vg.Point
			for _, q := range f.Quills {
				marks = append(marks, l.line(q, q.Q50)[1:]...)
			}
			if c.text != "Published" && !slices.Contains(marks, c.to) {
				t.Errorf("%d: the leader of the forecasts ends at %v, which is no mark", n, c.to)
			}
			if c.text == "Published" && !near(c.to, c.to, l.published(f), 1) {
				t.Errorf("%d: the leader of the published series ends at %v", n, c.to)
			}
			if c.text != "Published" && near(c.from, c.to, l.published(f), 3) {
				crossed++
				if _, ok := labelPorcupine(newPorcupineLayout(f, 0), f, crossForecasts); ok {
					t.Errorf("%d: the leader of the forecasts crosses the published series, and need not", n)
				}
			}
		}
	}
	if crossed > 6 {
		t.Errorf("%d of 30 leaders cross the published series", crossed)
	}
}

// people is a figure of what the back-test said of people in hotels, whose bars
// reach far above the medians.
func people(t *testing.T) Porcupine {
	file, err := os.Open("testdata/hotel_forecasts.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	f := backlog()
	f.History, f.Quills = nil, nil
	for _, row := range rows[1:] {
		number := func(at int) float64 {
			v, err := strconv.ParseFloat(row[at], 64)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		at := Point{clock.MustDate(row[2]), number(5)}
		switch row[0] {
		case "published":
			f.History = append(f.History, at)
		case "known":
			f.Quills = append(f.Quills, Quill{Origin: clock.MustDate(row[1]), From: at})
		default:
			q := &f.Quills[len(f.Quills)-1]
			q.Dates, q.Q50 = append(q.Dates, at.Date), append(q.Q50, at.Value)
			q.Q05, q.Q95 = append(q.Q05, number(4)), append(q.Q95, number(6))
		}
	}
	return f
}

// A black line on a bar reads as data: the leader of the forecasts comes from
// beside it, and crosses no median where it need not.
func TestNoLeaderRunsAlongABar(t *testing.T) {
	f := people(t)
	l, callouts := arrangePorcupine(f)
	if len(callouts) != 2 {
		t.Fatalf("%d labels", len(callouts))
	}
	ground := surveyPorcupine(l, f)
	c := callouts[slices.IndexFunc(callouts, func(c callout) bool { return c.text != "Published" })]
	if on := ground.onBars(c.from, c.to); on > arrival {
		t.Errorf("the leader from %v to %v lies on bars for %.1f of %.1f points", c.from, c.to, on, apart(c.from, c.to))
	}
	for quill, median := range ground.medians {
		if slices.Contains(median[1:], c.to) && ground.meets(c.from, c.to, quill) {
			t.Errorf("the leader from %v to %v crosses a median", c.from, c.to)
		}
	}
	// The bars are where they are drawn.
	if low, high := l.point(f.Quills[0].Dates[1], f.Quills[0].Q05[1]), l.point(f.Quills[0].Dates[1], f.Quills[0].Q95[1]); math.Abs(ground.onBars(low, high)-apart(low, high)) > 1e-9 {
		t.Errorf("%.1f of %.1f points of a bar are on it", ground.onBars(low, high), apart(low, high))
	}
}

// through reports whether a line runs through a box.
func through(box vg.Rectangle, line []vg.Point) bool {
	edges := append(corners(box), box.Min)
	for i := 1; i < len(line); i++ {
		if near(line[i-1], line[i], edges, 0) {
			return true
		}
	}
	return false
}

// One forecast is one, and a label says so; zeros are drawn like other values.
func TestAPorcupineOfOneQuillAndOfZeros(t *testing.T) {
	f := backlog()
	f.Quills = f.Quills[:1]
	for i := range f.History {
		f.History[i].Value = 0
	}
	q := &f.Quills[0]
	q.From.Value = 0
	for i := range q.Dates {
		q.Q05[i], q.Q50[i], q.Q95[i] = 0, 0, float64(10*i)
	}
	svg, err := SVG(f)
	if err != nil {
		t.Fatal(err)
	}
	contents, _ := parse(t, svg).texts()
	if cut, _, _ := f.cuts(); count(contents, "30") != 1 || count(contents, "0") != 1 || cut != 0 {
		t.Errorf("the axis has %q, and %d intervals are cut; want it from 0 to 30 and none", contents, cut)
	}
	if count(contents, "Forecast: median and 90% of runs") != 1 || count(contents, "Published") != 1 {
		t.Errorf("labels of one forecast that came true: %q", contents)
	}
	f = backlog()
	f.Quills = f.Quills[:1]
	if svg, err = SVG(f); err != nil {
		t.Fatal(err)
	}
	if contents, _ = parse(t, svg).texts(); count(contents, "Forecast: median and 90% of runs") != 1 {
		t.Errorf("labels of one forecast: %q", contents)
	}
}
