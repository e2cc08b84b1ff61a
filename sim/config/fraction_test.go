package config

import (
	"path/filepath"
	"strings"
	"testing"

	"asylumsim/sim/unit"
)

// A fraction is text or the number 1; the command line wins over the file. All
// of it is the default however it is written, with the same digest and the same
// resolved file; any other fraction is another run.
func TestAFractionOfTheSystem(t *testing.T) {
	whole := mustLoad(t, Options{})
	if !whole.Experiment.Fraction.Whole() {
		t.Errorf("by default %v", whole.Experiment.Fraction)
	}
	digests := map[string]bool{whole.Digest(): true}
	for text, want := range map[string]string{"1": "1", "1/1": "1", `"1"`: "1", "1/10": "1/10", `"1/4"`: "1/4"} {
		file := write(t, filepath.Join(t.TempDir(), "mine.yaml"), fixtureExperiment+"fraction: "+text+"\n")
		b := mustLoad(t, Options{Experiment: file})
		if got := b.Experiment.Fraction.String(); got != want {
			t.Errorf("%s is read as %s, want %s", text, got, want)
		}
		if same := b.Digest() == whole.Digest(); same != (want == "1") {
			t.Errorf("%s: the digest of the whole: %v", text, same)
		}
		if written := strings.Contains(string(b.Resolved()), "fraction:"); written != (want != "1") {
			t.Errorf("%s: in the resolved file: %v", text, written)
		}
		again, err := LoadResolved(b.Resolved())
		if err != nil || again.Experiment.Fraction != b.Experiment.Fraction || again.Digest() != b.Digest() {
			t.Errorf("%s: read back as %v (%v)", text, again.Experiment.Fraction, err)
		}
		digests[b.Digest()] = true
		given := unit.Fraction(7)
		if f := mustLoad(t, Options{Experiment: file, Fraction: &given}).Experiment.Fraction; f != 7 {
			t.Errorf("%s: %v, want what the command line says", text, f)
		}
		given = 0
		if f := mustLoad(t, Options{Experiment: file, Fraction: &given}).Experiment.Fraction; !f.Whole() {
			t.Errorf("%s: %v, want what the command line says", text, f)
		}
	}
	if len(digests) != 3 {
		t.Errorf("%d digests for the whole and two fractions", len(digests))
	}
}
