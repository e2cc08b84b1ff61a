package config

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"asylumsim/sim/clock"
	"asylumsim/sim/experiment"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// resolvedFile is config.resolved.yaml: everything that a run used. The
// regimes include the settings, which are listed beside them for the record;
// those of sweeps and decomposition are made again from the experiment.
type resolvedFile struct {
	Experiment    experimentFile              `json:"experiment"`
	Set           []string                    `json:"set,omitempty"`
	Nationalities []group                     `json:"nationalities"`
	Correlations  []policy.Correlation        `json:"correlations,omitempty"`
	Regimes       []policy.Overlay            `json:"regimes"`
	Parameters    map[string]policy.Parameter `json:"parameters"`
}

const resolvedHead = "# Everything that the run used. Made by asylumsim; asylumsim rerun reads it.\n"

// Resolved writes the bundle as a self-contained file. The same bundle gives
// the same bytes.
func (b *Bundle) Resolved() []byte {
	file := resolvedFile{
		Experiment: b.Experiment.file(),
		Set:        b.Set, Correlations: b.Correlations,
		Parameters: map[string]policy.Parameter{},
	}
	for _, o := range b.Overlays {
		if !o.Generated {
			file.Regimes = append(file.Regimes, o)
		}
	}
	for _, g := range b.Groups {
		file.Nationalities = append(file.Nationalities, group{ID: g.ID, Label: g.Label, Note: g.Note})
	}
	for _, p := range b.Parameters {
		file.Parameters[p.Name] = p
	}
	data, err := encodeTree(file)
	if err != nil {
		panic("config: a valid bundle cannot be written: " + err.Error())
	}
	return append([]byte(resolvedHead), data...)
}

func (e Experiment) file() experimentFile {
	file := experimentFile{
		Name: e.Name, Title: e.Title, Describe: e.Describe,
		Opening: e.Opening, Years: e.Years, Replications: e.Replications, Seed: e.Seed, Fraction: e.Fraction,
		Draws: string(e.Draws.Method), Inner: e.Draws.Inner, Blocks: max(e.Draws.Randomisations, 2), Estimate: e.Estimate,
		Base: e.Base, Regimes: e.Regimes, Sweeps: e.Sweeps, Decompose: e.Decompose, Figures: []string{},
	}
	for _, o := range e.Figures {
		file.Figures = append(file.Figures, o.String())
	}
	return file
}

// resolvedName stands for the file in problems.
const resolvedName = "config.resolved.yaml"

// LoadResolved reads what Resolved wrote: the same bundle, with the same
// digest, whatever the data set has become since.
func LoadResolved(data []byte) (*Bundle, error) {
	r, e, problems := readResolved(data, resolvedName)
	if len(problems) > 0 {
		return nil, problems.Err()
	}
	b := &Bundle{Library: r.library, Set: r.set}
	if err := b.resolve(e, true).Err(); err != nil {
		return nil, err
	}
	return b, nil
}

// resolvedReading is a resolved file being read.
type resolvedReading struct {
	library policy.Library
	set     []string
}

func readResolved(data []byte, file string) (*resolvedReading, *draft, policy.Problems) {
	var f resolvedFile
	form := decodeInto(data, file, &f)
	r := &resolvedReading{set: f.Set}
	var at []policy.Position
	for _, g := range f.Nationalities {
		r.library.Groups = append(r.library.Groups, g.Group())
		at = append(at, g.At)
	}
	content := policy.ValidateGroups(r.library.Groups, at)
	if n := len(f.Regimes); n > mostRegimes {
		content = append(content, policy.Problem{Position: policy.Position{File: file}, Key: "regimes", Value: fmt.Sprint(n), Want: fmt.Sprintf("no more than %d regimes", mostRegimes)})
	}
	if len(form) > 0 || len(content) > 0 {
		return nil, nil, merge(form, content)
	}
	r.library.Parameters = named(f.Parameters)
	r.library.Overlays, r.library.Correlations = f.Regimes, f.Correlations
	slices.SortFunc(r.library.Overlays, func(a, b policy.Overlay) int { return strings.Compare(a.Name, b.Name) })
	for i := range r.library.Parameters {
		content = append(content, r.library.Parameters[i].Validate(r.library.Groups)...)
	}
	content = append(content, policy.Bind(r.library.Parameters, file)...)
	for i := range r.library.Overlays {
		o := &r.library.Overlays[i]
		content = append(content, o.Validate(r.library.Parameters, r.library.Groups)...)
		_, found := r.library.Chain(o.Name)
		content = append(content, found...)
	}
	e := f.Experiment.draft(f.Experiment.At, f.Experiment.Places)
	content = append(content, e.check(&r.library, "")...)
	return r, e, content
}

// digested is what results depend on, in canonical order. The number of
// replications is not part of it: a replication does not depend on how many
// others there are, so shards and longer runs of the same inputs agree.
type digested struct {
	Opening     clock.Date
	Years       int
	Seed        uint64
	Base        string
	Groups      []string
	Regimes     []*policy.Regime
	Uncertainty []uncertain
	// What of the draws results depend on: nothing but the method where it is
	// central. The points of a stratified method depend on how many they are.
	Draws        experiment.Draws
	Correlations []correlated
	Replications int              // 0 where a replication does not depend on it
	Low          []*policy.Regime // at a low point, so that what moves with a draw counts
	Fraction     unit.Fraction    `json:",omitempty"`
	Estimate     string           `json:",omitempty"`
}

type correlated struct {
	Parameters []string
	Number     float64
}

type uncertain struct {
	Parameter   string
	Uncertainty policy.Uncertainty
}

// Digest is the SHA-256, in hexadecimal, of the decoded model inputs as
// canonical JSON: opening date, years, seed, fraction, nationality groups, the resolved
// rules of every regime by date, and the uncertainty of every parameter. It
// does not depend on how files are laid out, on texts and sources, nor on the
// number of replications or anything else about execution.
func (b *Bundle) Digest() string {
	d := digested{Opening: b.Experiment.Opening, Years: b.Experiment.Years, Seed: b.Experiment.Seed, Base: b.Experiment.Base, Regimes: b.Regimes, Fraction: b.Experiment.Fraction, Estimate: b.Experiment.Estimate}
	for _, g := range b.Groups {
		d.Groups = append(d.Groups, g.ID)
	}
	for _, p := range b.Parameters {
		u := p.Uncertainty
		u.Why = ""
		d.Uncertainty = append(d.Uncertainty, uncertain{p.Name, u})
	}
	d.Draws = b.Experiment.Draws
	if d.Draws.Method != experiment.Central {
		for _, c := range b.Correlations {
			d.Correlations = append(d.Correlations, correlated{c.Parameters, c.Number})
		}
		low := policy.Marks{}
		for _, name := range b.Uncertain() {
			low[name] = 0.25
		}
		for _, r := range b.Regimes {
			regime, _ := b.ResolveAt(r.Name, low)
			d.Low = append(d.Low, regime)
		}
	}
	if d.Draws.Method.Stratified() {
		d.Replications = b.Experiment.Replications
	}
	data, err := json.Marshal(d)
	if err != nil {
		panic("config: a valid bundle has no digest: " + err.Error())
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
