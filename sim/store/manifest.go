package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/experiment"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// format marks a manifest as one of ours, and its version.
const format = "asylumsim-result/2"

// manifestName is the file that makes a folder a result folder.
const manifestName = "manifest.json"

// Meta is what a result states about the run that made it. Equal inputs have
// equal Meta.
type Meta struct {
	Experiment string `json:"experiment"`
	Program
	ConfigDigest string            `json:"config_digest"` // of the resolved configuration
	DataDigests  map[string]string `json:"data_digests"`  // by file name
	Seed         uint64            `json:"seed"`
	Regimes      []string          `json:"regimes"` // the base first
	Opening      clock.Date        `json:"opening"` // date of the opening stocks
	Months       int               `json:"months"`
	Replications int               `json:"replications_asked"`
	Fraction     unit.Fraction     `json:"fraction"` // of people and capacities that was simulated, 1/k
	// How parameters were drawn, how many replications in a row shared a draw,
	// and in how many independent randomisations the draws of a stratified
	// method were made.
	Draws          string `json:"draws"`
	Inner          int    `json:"inner_replications"`
	Randomisations int    `json:"randomisations"`
	Shard          *Shard `json:"shard"` // null for a whole run
	// Set lists the settings that were given beside the files, as they were given.
	Set []string `json:"set,omitempty"`
	// Precision says how precise the result is, where a precision was asked for.
	Precision []string `json:"precision,omitempty"`
	Warnings  []string `json:"warnings"` // what of the regimes has no effect in the run
	// Variants says where the regimes of sweeps and of a decomposition stand;
	// none where the run has neither.
	Variants []policy.Variant `json:"variants,omitempty"`
}

// design says which of the replications are independent observations.
func (m Meta) design() compare.Design {
	d := compare.Design{Drawn: m.Draws != "" && m.Draws != string(experiment.Central), Unit: m.Inner, Inner: m.Inner}
	if experiment.Method(m.Draws).Stratified() {
		d.Stratified, d.Unit = true, m.Replications/m.Randomisations
	}
	return d
}

// Execution is what differs between two runs of the same inputs: nothing
// outside it does but the digest of the manifest that states it.
type Execution struct {
	Workers     int     `json:"workers"`
	WallSeconds float64 `json:"wall_seconds"`
	CPUSeconds  float64 `json:"cpu_seconds"`
	PeakMemory  int64   `json:"peak_memory_bytes"`
	Host        Host    `json:"host"`
}

// Host describes the machine of a run without naming it.
type Host struct {
	OS   string `json:"os"`
	Arch string `json:"arch"`
	CPUs int    `json:"cpus"`
}

// Manifest is the content of manifest.json.
type Manifest struct {
	Format string `json:"format"`
	Meta
	Base    string `json:"base"`
	Done    int    `json:"replications_done"`
	Redraws int    `json:"redraws"` // points of parameters that could not be together and were drawn again
	Events  int64  `json:"events"`  // handled in all replications and regimes
	// Files lists the files of the run with their digests, in order of name;
	// figures and reports made later are not among them.
	Files []File `json:"files"`
	// OutputsDigest is the SHA-256 of the bytes of Files one after the other.
	OutputsDigest string    `json:"outputs_digest"`
	Execution     Execution `json:"execution"`
	// Digest is the SHA-256 of the manifest with an empty Digest, as JSON without
	// blanks. It is a guard against damage and slips.
	Digest string `json:"manifest_digest"`
}

// File is one file of a result folder.
type File struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// ReadManifest reads a manifest.json. It fails where the file is absent, is not
// the manifest of a result of this program, or says what no run does.
func ReadManifest(path string) (*Manifest, error) {
	return readManifest(path, format)
}

// errChanged reports a manifest that was edited or damaged.
var errChanged = errors.New("is not what the run wrote")

func readManifest(path, format string) (*Manifest, error) {
	data, err := readWhole(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s does not exist: want the %s of a result folder", path, manifestName)
	}
	if err != nil {
		return nil, explain(err)
	}
	m, err := parseManifest(data, path, format)
	if err != nil {
		return nil, err
	}
	if got := m.digest(); got != m.Digest {
		return nil, fmt.Errorf("%s %w: its digest is %s, and it states %.12q; put it back or run the experiment again", path, errChanged, short(got), m.Digest)
	}
	return m, nil
}

func parseManifest(data []byte, path, format string) (*Manifest, error) {
	var m Manifest
	if err := unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("%s is not a result manifest: %w", path, err)
	}
	if m.Format != format {
		return nil, fmt.Errorf("%s is not a result manifest that this version reads: format %.100q, want %q", path, m.Format, format)
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("%s is not a result manifest that this program wrote: %w", path, err)
	}
	return &m, nil
}

func (m Manifest) digest() string {
	m.Digest = ""
	sum := sha256.Sum256(encoded(json.Marshal(m)))
	return hex.EncodeToString(sum[:])
}

// timeline is the calendar of the run.
func (m Meta) timeline() *clock.Timeline { return clock.NewTimeline(m.Opening, m.Months/12) }

// holds reports whether the run wrote a file.
func (m *Manifest) holds(name string) bool {
	return slices.ContainsFunc(m.Files, func(f File) bool { return f.Name == name })
}

// encode writes the manifest with its digest.
func (m *Manifest) encode() []byte {
	m.Digest = m.digest()
	return append(encoded(json.MarshalIndent(m, "", "  ")), '\n')
}

// encoded is the JSON of what always has one.
func encoded(data []byte, err error) []byte {
	if err != nil {
		panic(err) // no field can fail to encode but a NaN time, which is a bug
	}
	return data
}

// Reported lists what a reader of the result has to know: its warnings, and how often
// parameters were drawn again.
func (m *Manifest) Reported() []string {
	if m.Redraws == 0 {
		return m.Warnings
	}
	return append(slices.Clone(m.Warnings), fmt.Sprintf("parameters that cannot be together were drawn %d times, and drawn again: ranges are of those that can", m.Redraws))
}
