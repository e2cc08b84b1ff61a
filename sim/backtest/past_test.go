package backtest

import (
	"bytes"
	"strings"
	"testing"

	"asylumsim/results/reference"
	"asylumsim/sim/clock"
)

// TestThePastIsReadAsItWasWritten: of the made-up back-test, and of the record
// that the program carries, which has every output.
func TestThePastIsReadAsItWasWritten(t *testing.T) {
	r := madeUp()
	past, err := ReadPast(written(t, func(out *bytes.Buffer) error { return r.WriteSummary(out) }))
	if err != nil {
		t.Fatal(err)
	}
	summaries := r.Summaries()
	if len(past) != len(summaries) {
		t.Fatalf("%d rows of %d", len(past), len(summaries))
	}
	for i, s := range summaries {
		p := past[i]
		if p.Output != s.Target.Name || p.Horizon != s.Horizon || p.N != s.N || ratio(p.Skill) != ratio(s.Skill) ||
			ratio(p.Bias) != ratio(s.Relative) || number(p.Within) != number(s.Coverage[2]) || p.Supported != r.Supported(s.Target) {
			t.Errorf("%+v is read of %+v", p, s)
		}
	}
	kept, err := ReadPast(reference.Backtest)
	if err != nil {
		t.Fatal(err)
	}
	for i := range Targets {
		if rows := kept.Of(Targets[i].Name); len(rows) != len(Horizons) || len(kept.Sentences(Targets[i].Name)) != 1+len(Horizons) {
			t.Errorf("%d rows of %s in the record", len(rows), Targets[i].Name)
		}
	}
	if len(kept.Sentences("hotels")) != 0 || kept.Supports("hotels", First, nextQuarter(First)) {
		t.Error("the record knows an output that there is not")
	}
}

// TestThePastSupportsAsFarAsItSays: two quarters from the opening date, and not
// three.
func TestThePastSupportsAsFarAsItSays(t *testing.T) {
	past := Past{{Output: "hotel_people", Horizon: 1, N: 9, Skill: 0.2, Bias: -0.105, Within: 0.9, Supported: 2}}
	opening := clock.MustDate("2025-12-31")
	for quarter, want := range map[string]bool{"2026-03-31": true, "2026-06-30": true, "2026-09-30": false} {
		if got := past.Supports("hotel_people", opening, clock.MustDate(quarter)); got != want {
			t.Errorf("the quarter to %s: %v, want %v", quarter, got, want)
		}
	}
	got := string(written(t, func(out *bytes.Buffer) error { return past.Write(out) }))
	if !strings.Contains(got, "hotel_people             2 quarters  +0.20, -10%") && !strings.Contains(got, "hotel_people             2 quarters  +0.20, -11%") {
		t.Errorf("told as\n%s", got)
	}
	if s := past.Sentences("hotel_people"); len(s) != 2 || s[0] != "forecasts of past quarters are supported to 2 quarters ahead." || !strings.HasPrefix(s[1], "1 quarter ahead, 9 scored: skill +0.20") {
		t.Errorf("told as %q", s)
	}
}

// TestAPastThatCannotBeRead says where and what.
func TestAPastThatCannotBeRead(t *testing.T) {
	for text, want := range map[string]string{
		"output,quarters,n\nhotel_people,1,2\n": "line 2: skill is missing, bias_relative is missing",
		"output,quarters,n,skill,bias_relative,in_90,supported_quarters\nx,1,2,0,0,1,0\nx,one,2,0,0,1,0\n": `line 3: quarters is "one"`,
		"a,b\n\"": "record of the back-test",
	} {
		if _, err := ReadPast([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// TestAPastWithoutNaiveForecasts has no skill to tell.
func TestAPastWithoutNaiveForecasts(t *testing.T) {
	past, err := ReadPast([]byte("output,quarters,n,skill,bias_relative,in_90,supported_quarters\nhotel_people,4,2,,0.5,1,0\n"))
	if err != nil {
		t.Fatal(err)
	}
	if s := past.Sentences("hotel_people"); len(s) != 2 || !strings.Contains(s[1], "skill none against") {
		t.Errorf("told as %q", s)
	}
	got := string(written(t, func(out *bytes.Buffer) error { return past.Write(out) }))
	if !strings.Contains(got, "none") || !strings.HasSuffix(strings.TrimRight(got, " \n"), "none, +50%") {
		t.Errorf("told as\n%s", got)
	}
}
