package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"asylumsim/sim/clock"
	"asylumsim/sim/experiment"
	"asylumsim/sim/policy"
)

// The bounds of what a run can be; package config refuses more.
const (
	mostMonths       = 12*50 + 1 // 50 years from the midst of a month
	mostReplications = 1_000_000
	mostRegimes      = 1_000
)

// Published stocks are of no date out of these.
var firstOpening, lastOpening = clock.MustDate("1900-01-01"), clock.MustDate("2199-12-31")

// check reports all that no run writes into a manifest, so that nothing which
// reads a result has to expect it.
func (m *Manifest) check() error {
	var faults []error
	fault := func(key string, value any, want string) {
		faults = append(faults, fmt.Errorf("%s is %v: want %s", key, value, want))
	}
	between := func(key string, value, least, most int) {
		if value < least || value > most {
			fault(key, value, fmt.Sprintf("a whole number from %d to %d", least, most))
		}
	}
	if !policy.IsSlug(m.Experiment) {
		fault("experiment", fmt.Sprintf("%.100q", m.Experiment), "the name of an experiment")
	}
	for i, name := range m.Regimes {
		if !policy.IsRegimeName(name) {
			fault(fmt.Sprintf("regimes[%d]", i), fmt.Sprintf("%.100q", name), "the name of a regime")
		}
	}
	sorted := slices.Sorted(slices.Values(m.Regimes))
	switch {
	case len(m.Regimes) == 0:
		fault("regimes", "empty", "the regimes of the run")
	case len(m.Regimes) > mostRegimes:
		fault("regimes", fmt.Sprintf("a list of %d", len(m.Regimes)), fmt.Sprintf("%d at most", mostRegimes))
	case len(slices.Compact(sorted)) < len(m.Regimes):
		fault("regimes", "a list with repetitions", "each regime once")
	case m.Base != m.Regimes[0]:
		fault("base", fmt.Sprintf("%.100q", m.Base), "the first of the regimes")
	}
	if m.Opening < firstOpening || m.Opening > lastOpening {
		fault("opening", m.Opening, fmt.Sprintf("a date from %v to %v", firstOpening, lastOpening))
	}
	if m.Months < 12 || m.Months > mostMonths || len(clock.NewTimeline(m.Opening, m.Months/12).Months) != m.Months {
		fault("months", m.Months, fmt.Sprintf("those of whole years from %v, and %d at most", m.Opening, mostMonths))
	}
	between("replications_asked", m.Replications, 1, mostReplications)
	between("inner_replications", m.Inner, 1, mostReplications)
	if experiment.Method(m.Draws).Stratified() {
		between("randomisations", m.Randomisations, 1, max(1, m.Replications))
	}
	of := m.Replications
	switch sharded := m.Format == shardFormat; {
	case sharded != (m.Shard != nil):
		fault("shard", m.Shard, "a shard in the manifest of one, and null in that of a whole run")
	case sharded && (m.Shard.Index < 1 || m.Shard.Index > m.Shard.Of || m.Shard.Of > max(1, m.Replications)):
		fault("shard", m.Shard, "I/N with I from 1 to N and N no more than the replications")
	case sharded:
		of = m.Shard.Count(m.Replications)
	}
	between("replications_done", m.Done, 1, max(1, of))
	m.counted(fault)
	for i, f := range m.Files {
		// They are never opened by these names, but printed.
		if f.Name == "" || strings.ContainsAny(f.Name, `/\`) || f.Bytes < 0 {
			fault(fmt.Sprintf("files[%d]", i), fmt.Sprintf("%.100q of %d bytes", f.Name, f.Bytes), "a file of the folder")
		}
	}
	if err := checkVariants(m.Variants, m.Regimes); err != nil {
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

// counted reports what a run counts or measures and cannot be below zero.
func (m *Manifest) counted(fault func(key string, value any, want string)) {
	x := m.Execution
	for _, c := range []struct {
		key   string
		value float64
	}{
		{"redraws", float64(m.Redraws)}, {"events", float64(m.Events)}, {"execution.workers", float64(x.Workers)},
		{"execution.wall_seconds", x.WallSeconds}, {"execution.cpu_seconds", x.CPUSeconds},
		{"execution.peak_memory_bytes", float64(x.PeakMemory)}, {"execution.host.cpus", float64(x.Host.CPUs)},
	} {
		if c.value < 0 {
			fault(c.key, c.value, "0 or more")
		}
	}
}
