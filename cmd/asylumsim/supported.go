package main

import (
	"fmt"

	"asylumsim/sim/clock"
	"asylumsim/sim/config"
	"asylumsim/sim/measure"
)

// supportedUntil is the last day up to which the record supports the level of an
// output in a run from an opening date: that date itself where it supports none, or
// where the output by itself is no published series and was never scored.
func supportedUntil(o measure.Output, opening clock.Date) clock.Date {
	series := measure.PublishedAs(o)
	if series == nil {
		return opening
	}
	return record().Until(series.Name, opening)
}

// supportsFrom answers the same for a comparison.
func supportsFrom(opening clock.Date) func(measure.Output, clock.Date) bool {
	return func(o measure.Output, until clock.Date) bool { return until <= supportedUntil(o, opening) }
}

// ofForecasts says what a run has to do with the record if nothing of it is
// estimated for its opening date.
const ofForecasts = "The record is of forecasts whose parameters were estimated from the series for their opening date; this run takes them from its parameter files."

// recordOf says in a sentence each what the record says of the level of an output.
func recordOf(b *config.Bundle, o measure.Output) []string {
	var lines []string
	if series := measure.PublishedAs(o); series != nil {
		lines = record().Sentences(series.Name)[:1]
	} else {
		lines = []string{fmt.Sprintf("forecasts of %s were never scored: by itself it is not published by quarter.", o)}
	}
	if b.Experiment.Estimate == "" {
		lines = append(lines, ofForecasts)
	}
	if len(b.Regimes) > 1 {
		lines = append(lines, "That is of levels. No effect of a regime was ever observed, and none has a record.")
	}
	return lines
}
