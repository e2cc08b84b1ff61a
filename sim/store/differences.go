package store

import (
	"fmt"
	"slices"
	"strings"

	"asylumsim/sim/experiment"
)

// Difference is an input in which two runs differ, with both values, for people.
type Difference struct{ Of, Value, Other string }

// String writes a difference between what is kept and what is asked for here.
func (d Difference) String() string { return fmt.Sprintf("%s %s, here %s", d.Of, d.Value, d.Other) }

// listed writes differences one after the other.
func listed(all []Difference) string {
	var texts []string
	for _, d := range all {
		texts = append(texts, d.String())
	}
	return strings.Join(texts, "; ")
}

// Differences says in which inputs two runs differ that make their replications
// differ. How many replications are asked for is one of them only if the points
// of the parameters depend on it.
func (m Meta) Differences(other Meta) []Difference {
	var all []Difference
	differ := func(what string, a, b any) {
		if x, y := fmt.Sprint(a), fmt.Sprint(b); x != y {
			all = append(all, Difference{what, x, y})
		}
	}
	differ("experiment", m.Experiment, other.Experiment)
	differ("program", m.Program, other.Program)
	differ("opening", m.Opening, other.Opening)
	differ("years", m.Months/12, other.Months/12)
	differ("seed", m.Seed, other.Seed)
	differ("fraction", m.Fraction, other.Fraction)
	differ("regimes", strings.Join(m.Regimes, " "), strings.Join(other.Regimes, " "))
	differ("draws", m.Draws, other.Draws)
	differ("inner replications", m.Inner, other.Inner)
	differ("randomisations", m.Randomisations, other.Randomisations)
	if m.Draws == other.Draws && experiment.Method(m.Draws).Stratified() {
		differ("replications (on which the points of "+m.Draws+" depend)", m.Replications, other.Replications)
	}
	a, b := settings(m.Set), settings(other.Set)
	for _, name := range sortedKeys(a, b) {
		differ("--set "+name, given(a[name]), given(b[name]))
	}
	for _, name := range sortedKeys(m.DataDigests, other.DataDigests) {
		differ("published series "+name, short(m.DataDigests[name]), short(other.DataDigests[name]))
	}
	differ("shard", m.Shard, other.Shard)
	if len(all) == 0 { // what was named accounts for it
		differ("digest of the configuration files", short(m.ConfigDigest), short(other.ConfigDigest))
	}
	return all
}

// settings maps what was set to its value. One that was set twice has the
// values of both.
func settings(set []string) map[string]string {
	values := map[string]string{}
	for _, text := range set {
		name, value, _ := strings.Cut(text, "=")
		if before, twice := values[name]; twice {
			value = before + " and " + value
		}
		values[name] = value
	}
	return values
}

func given(value string) string {
	if value == "" {
		return "as in the files"
	}
	return value
}

func short(digest string) string {
	if digest == "" {
		return "none"
	}
	return digest[:min(12, len(digest))]
}

func sortedKeys(maps ...map[string]string) []string {
	var keys []string
	for _, m := range maps {
		for k := range m {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
