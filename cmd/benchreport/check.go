package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// The benchmarks that are checked.
const (
	kernelName = "Kernel/servers=10"
	baseName   = "Replication/regime=uk-2025/years=10"
	drawPrefix = "Draw/"
)

// The limits of the check.
const (
	// worseAtMost is by how much the ratio of the base replication to the kernel
	// may grow. It is a ratio within one run, since machines differ and are noisy.
	worseAtMost = 0.30
	// leastRounds is over how many rounds the medians are.
	leastRounds = 5
)

// check holds new results against stored ones: nothing allocates per event, and
// an event of a replication costs no more events of the kernel than it did, within
// worseAtMost. It prints what it finds; the error says all that is wrong.
func check(out io.Writer, now, baseline *sheet) error {
	problems := missing(now, baseline)
	problems = append(problems, allocating(out, now)...)
	worse := costlier(out, now, baseline)
	if len(problems) == 0 {
		return worse
	}
	return errors.Join(append(problems, worse)...)
}

// storedFor reads the stored results to hold new ones against: of the files
// beside the baseline whose names begin as its name does (baseline-NAME.txt
// beside baseline.txt) that of the processor of the new results, or else the
// baseline. A kernel that fits in a cache and a replication that waits for memory
// are to each other as the processor's memory is.
func storedFor(baseline string, now *sheet) (*sheet, error) {
	stored, err := readSheet(baseline)
	if err != nil || stored.facts["cpu"] == now.facts["cpu"] {
		return stored, err
	}
	extension := filepath.Ext(baseline)
	others, err := filepath.Glob(strings.TrimSuffix(baseline, extension) + "-*" + extension)
	if err != nil {
		return nil, err
	}
	for _, path := range others {
		other, err := readSheet(path)
		if err != nil {
			return nil, err
		}
		if other.facts["cpu"] == now.facts["cpu"] {
			return other, nil
		}
	}
	return stored, nil
}

// costlierError says that an event costs more than it did, and nothing else is
// wrong: what other programs on the machine can bring about.
type costlierError struct{ text string }

func (e costlierError) Error() string { return e.text }

// missing finds benchmarks without which the check would check nothing: those
// of the kernel and the base replication, and the draws that were there before.
func missing(now, baseline *sheet) (problems []error) {
	for _, name := range []string{kernelName, baseName} {
		if _, err := now.get(name, "allocs/event", leastRounds); err != nil {
			problems = append(problems, err)
		}
	}
	draws := baseline.each(drawPrefix)
	if len(draws) == 0 {
		problems = append(problems, fmt.Errorf("%s: no benchmark has a name that begins with %s", baseline.file, drawPrefix))
	}
	for _, name := range draws {
		if _, err := now.get(name, "allocs/op", 1); err != nil {
			problems = append(problems, err)
		}
	}
	return problems
}

// allocating finds the benchmarks that allocate per event, or per draw.
func allocating(out io.Writer, s *sheet) (problems []error) {
	checked := 0
	for _, name := range s.names {
		unit := "allocs/event"
		if strings.HasPrefix(name, drawPrefix) {
			unit = "allocs/op"
		}
		got := s.values[name][unit]
		if len(got) == 0 {
			continue
		}
		checked++
		if most := slices.Max(got); most > 0 {
			problems = append(problems, fmt.Errorf("%s: %s allocates: %g %s, the limit is 0", s.file, name, most, unit))
		}
	}
	fmt.Fprintf(out, "allocations: %d of %d benchmarks with none per event\n", checked-len(problems), checked)
	return problems
}

// costlier compares the ratio of the base replication to the kernel with the
// stored one.
func costlier(out io.Writer, now, baseline *sheet) error {
	is, fault := ratioOf(now)
	was, stored := ratioOf(baseline)
	if err := errors.Join(fault, stored); err != nil {
		return err
	}
	limit := was.median * (1 + worseAtMost)
	fmt.Fprintf(out, "an event of the base replication costs %v events of the kernel\nstored in %s, of %s: %v; limit: %.2f, %.0f%% more\n",
		is, baseline.file, strings.TrimSpace(baseline.facts["cpu"]), was, limit, 100*worseAtMost)
	if is.median > limit {
		return costlierError{fmt.Sprintf("%s: an event of %s costs %.2f times one of %s, the limit is %.2f (%.0f%% above %.2f in %s)",
			now.file, baseName, is.median, kernelName, limit, 100*worseAtMost, was.median, baseline.file)}
	}
	return nil
}

// ratio is the time per event of the base replication over that of the kernel.
type ratio struct {
	median      float64 // of the medians
	low, high   float64 // of the rounds, in which the two take turns
	rounds      int
	kernel, run float64 // medians in ns/event
}

func ratioOf(s *sheet) (ratio, error) {
	kernel, err := s.get(kernelName, "ns/event", leastRounds)
	run, err2 := s.get(baseName, "ns/event", leastRounds)
	if err := errors.Join(err, err2); err != nil {
		return ratio{}, err
	}
	r := ratio{kernel: medianOf(kernel), run: medianOf(run), rounds: min(len(kernel), len(run))}
	if r.kernel <= 0 {
		return ratio{}, fmt.Errorf("%s: %s took %v ns/event", s.file, kernelName, r.kernel)
	}
	var rounds []float64
	for i := range r.rounds {
		rounds = append(rounds, run[i]/kernel[i])
	}
	r.median, r.low, r.high = r.run/r.kernel, slices.Min(rounds), slices.Max(rounds)
	return r, nil
}

func (r ratio) String() string {
	return fmt.Sprintf("%.2f (%.2f to %.2f in %d rounds; %.1f and %.1f ns)", r.median, r.low, r.high, r.rounds, r.run, r.kernel)
}
