package config

import (
	"slices"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// The data set in the binary is complete and right.
func TestTheShippedDataSet(t *testing.T) {
	c, err := Open("")
	if err != nil {
		t.Fatalf("the data set has problems:\n%v", err)
	}
	if len(c.Parameters) != len(policy.Fields()) {
		t.Errorf("%d parameters for %d rules", len(c.Parameters), len(policy.Fields()))
	}
	for _, e := range c.Experiments {
		b, err := Load(Options{Experiment: e.Name})
		if err != nil {
			t.Errorf("experiment %s:\n%v", e.Name, err)
			continue
		}
		again, err := LoadResolved(b.Resolved())
		if err != nil || again.Digest() != b.Digest() {
			t.Errorf("experiment %s: its resolved file is read back with another digest (%v)", e.Name, err)
		}
	}
}

// The first experiment compares the rules of 2025 with shorter leave and a
// longer way to settlement for those who claim from 2 March 2026, children
// apart.
func TestCoreProtectionChangesLeaveSettlementAndSupportOnly(t *testing.T) {
	b, err := Load(Options{Experiment: "core-protection"})
	if err != nil {
		t.Fatal(err)
	}
	base, core := b.Regimes[0], b.Regimes[1]
	day := clock.MustDate("2026-03-02")
	before, after := base.Epochs[base.EpochAt(day)], core.Epochs[core.EpochAt(day)]
	if before.Permit.Length != 60 || before.Permit.SettlementYears != 5 {
		t.Errorf("the base gives %d months and settles after %d years, want 60 and 5", before.Permit.Length, before.Permit.SettlementYears)
	}
	if p := &after.Permit; p.Length != 30 || p.LengthOther != 30 || p.RenewalLength != 30 || p.SettlementYears != 20 {
		t.Errorf("the regime gives %d, %d and then %d months and settles after %d years, want 30 and 20", p.Length, p.LengthOther, p.RenewalLength, p.SettlementYears)
	}
	if after.Permit.LengthUASC != before.Permit.LengthUASC {
		t.Error("the regime changes the leave of unaccompanied children")
	}
	if core.Epochs[core.EpochAt(day-1)] != base.Epochs[base.EpochAt(day-1)] {
		t.Error("the regime changes something before its date")
	}
	if len(b.Experiment.Figures) != 6 || b.Experiment.Figures[0] != measure.HotelPeople {
		t.Errorf("figures %v", b.Experiment.Figures)
	}
	differences, problems := b.Differences("uk-core-protection")
	if len(problems) > 0 || len(differences) == 0 {
		t.Fatalf("%d differences, %v", len(differences), problems)
	}
	for _, d := range differences {
		if f := fieldOf(d.Parameter.Name); f.Stage() != "Permit" && f.Stage() != "SafeRoute" && f.Stage() != "Support" {
			t.Errorf("the regime changes %s of stage %s", d.Parameter.Name, f.Stage())
		}
		if d.By == "uk-core-protection" || d.From < day || d.Reason == "" {
			t.Errorf("%s by %s from %s, %q: want a lever that brings it from %s on and a reason for its quality", d.Parameter.Name, d.By, d.From, d.Reason, day)
		}
	}
}

func fieldOf(parameter string) policy.Field {
	i := slices.IndexFunc(policy.Fields(), func(f policy.Field) bool { return f.Parameter == parameter })
	return policy.Fields()[i]
}

// A run that simulates a fraction of the system scales every capacity, or
// fills it in full.
func TestEveryShippedCapacityIsSampled(t *testing.T) {
	c, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range policy.Fields() {
		if p := c.Parameter(f.Parameter); p.Kind == policy.Capacity && !f.Sampled() && p.Name != "safe_route_places" {
			t.Errorf("%s, in %s, is a capacity that a fraction does not scale", p.Name, p.Unit)
		}
	}
}
