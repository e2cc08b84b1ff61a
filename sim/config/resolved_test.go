package config

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"asylumsim/sim/policy"
)

// A run can be repeated from what it wrote, without the data set.
func TestResolvedIsReadBackAsTheSameBundle(t *testing.T) {
	seed := uint64(0)
	b := mustLoad(t, Options{Seed: &seed, Set: []string{
		"uk-2025.hotel_price=99.5", "uk-core-protection.permit_length@2028-01-01=24", "uk-2025.uasc_share.small_boat=0.0000001"}})
	text := b.Resolved()
	again, err := LoadResolved(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	ignore := cmp.Options{
		cmpopts.IgnoreTypes(policy.Position{}, policy.Places{}, (*Files)(nil)),
		cmpopts.EquateEmpty(),
	}
	if diff := cmp.Diff(b, again, ignore); diff != "" {
		t.Errorf("read back differently (-written +read):\n%s", diff)
	}
	if b.Digest() != again.Digest() {
		t.Error("the digest changed")
	}
	if !bytes.Equal(text, again.Resolved()) {
		t.Error("written again it is not the same text")
	}
	if !bytes.Equal(text, mustLoad(t, Options{Seed: &seed, Set: b.Set}).Resolved()) {
		t.Error("loaded and written twice it is not the same text")
	}
}

// The digest follows what results depend on and nothing else.
func TestDigest(t *testing.T) {
	base := mustLoad(t, Options{}).Digest()
	if len(base) != 64 {
		t.Errorf("digest %q is not 64 hexadecimal digits", base)
	}
	replications, seed, years := 500, uint64(2), 11
	for name, o := range map[string]Options{
		"seed":    {Seed: &seed},
		"years":   {Years: &years},
		"setting": {Set: []string{"uk-core-protection.permit_length=24"}},
	} {
		if mustLoad(t, o).Digest() == base {
			t.Errorf("another %s has the same digest", name)
		}
	}
	for name, o := range map[string]Options{
		"number of replications":                  {Replications: &replications},
		"setting of a value to what it is anyway": {Set: []string{"uk-core-protection.permit_length=30", "uk-2025.hotel_price=1"}},
	} {
		if mustLoad(t, o).Digest() != base {
			t.Errorf("another %s has another digest", name)
		}
	}
}

func TestAResolvedFileThatSomebodyHasEdited(t *testing.T) {
	text := mustLoad(t, Options{}).Resolved()
	edited := bytes.Replace(text, []byte("base: uk-2025"), []byte("base: uk-2026"), 1)
	if _, err := LoadResolved(edited); err == nil {
		t.Error("an unknown base is accepted")
	}
	file := write(t, t.TempDir()+"/config.resolved.yaml", string(text))
	checked, err := validate(fixture(), []string{file})
	if err != nil || len(checked) != 1 || checked[0].Kind != ResolvedKind {
		t.Errorf("validate says %v, %v", checked, err)
	}
}
