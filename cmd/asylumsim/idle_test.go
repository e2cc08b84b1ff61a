package main

import (
	"slices"
	"strings"
	"testing"

	"asylumsim/sim/asylum"
	"asylumsim/sim/config"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// TestIdleChangesDoNothing changes everything that is said to have no effect,
// at once: the run must be that of the base, number for number. It does so in
// the base and in three others that use less of what others depend on.
func TestIdleChangesDoNothing(t *testing.T) {
	said := map[string]bool{}
	for _, base := range []string{
		"",
		"onward_appeal_share=0 further_submission_rate=0 settlement_share=0 family_reunion_eligible=0 safe_route_places=0" +
			" withdrawal_rate=0 appeal_capacity_growth=0 transfer_share.small_boat=0 transfer_capacity=0" +
			" transfer_cost_per_year=0 detention_beds=0 opening_detained_cases=0 opening_transfer_held_cases=0 return_payment_per_person=0 people_per_boat=60 people_per_boat_cap=60",
		"appeal_capacity_growth_years=0 further_submissions_most=0 contribution_collected=0 detention_beds_most=2200 people_per_boat_growth=0",
		"arrival_scale.small_boat=0 caseworker_hiring=0 caseworker_attrition=0 transfer_share.small_boat=0.5 transfer_share.visa_holder=0.5 transfer_capacity=100" +
			" transfer_legal_start=0 response_saturation=0 response_to_safe_routes=0 response_family_by_boat=0 response_displacement=0",
	} {
		bundle := bundleWith(t, strings.Fields(base))
		idle := idleSettings(t, bundle, said)
		changed := bundle.Library
		var ps policy.Problems
		changed, ps = changed.Apply(parse(t, idle))
		if len(ps) > 0 {
			t.Fatal(ps)
		}
		trial, ps := changed.Resolve("trial")
		if len(ps) > 0 {
			t.Fatal(ps)
		}
		plan, err := planOf(bundle, bundle.Files, 1)
		if err != nil {
			t.Fatal(err)
		}
		inputs, err := plan.At(nil)
		if err != nil {
			t.Fatal(err)
		}
		timeline := plan.Timeline()
		source := random.NewSource(1, 0)
		model := asylum.Compile(inputs.Regimes[0], timeline, plan.Groups)
		var people asylum.Population
		if err := people.Draw(model, inputs.Opening, source); err != nil {
			t.Fatal(err)
		}
		world := asylum.NewWorld(timeline)
		want, err := world.Run(model, source, &people)
		if err != nil {
			t.Fatal(err)
		}
		got, err := world.Run(asylum.Compile(trial, timeline, plan.Groups), source, &people)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Months, want.Months) {
			t.Errorf("base with %q: the run is another one with\n%s", base, strings.Join(idle, "\n"))
		}
	}
	for _, f := range policy.Fields() {
		if slices.Contains(policy.Dependent(), f.Parameter) && !said[f.Parameter] && !f.SumsTo1 {
			t.Errorf("%s is idle in none of the cases", f.Parameter)
		}
	}
}

// bundleWith loads the shipped experiment with settings of the base.
func bundleWith(t *testing.T, base []string) *config.Bundle {
	t.Helper()
	var set []string
	for _, text := range base {
		set = append(set, "uk-2025."+text)
	}
	years := 4
	bundle, err := config.Load(config.Options{Experiment: "core-protection", Set: set, Years: &years})
	if err != nil {
		t.Fatal(err)
	}
	bundle.Overlays = append(bundle.Overlays, policy.Overlay{Name: "trial", Title: "Trial", Describe: "A trial.", Base: "uk-2025", NoChange: true})
	return bundle
}

// idleSettings lists changes of a regime called trial, of which together each
// is said to have no effect. It marks the parameters that it changes and those
// that cannot be changed alone.
func idleSettings(t *testing.T, bundle *config.Bundle, said map[string]bool) []string {
	t.Helper()
	e := bundle.Experiment
	var idle []string
	for _, name := range policy.Dependent() {
		p := bundle.Parameter(name)
		key := "trial." + name
		if p.By != policy.Scalar {
			key += "." + p.By.Keys(bundle.Groups)[0]
		}
		for _, number := range []string{"1", "0", "7", "0.5", "20000"} {
			more := append(slices.Clone(idle), key+"="+number)
			changed, ps := bundle.Apply(parse(t, more))
			if len(ps) > 0 {
				continue
			}
			regime, ps := changed.Resolve("trial")
			if len(ps) > 0 || len(changed.Unmet(regime)) > 0 {
				said[name] = said[name] || len(ps) == 0
				continue
			}
			warnings := slices.DeleteFunc(changed.Idle([]*policy.Regime{regime}, e.Opening, e.End()), func(w policy.Warning) bool {
				return !strings.HasPrefix(w.Text, "trial") || !strings.Contains(w.Text, "no effect in this run:")
			})
			before, _ := bundle.Apply(parse(t, idle))
			if was, _ := before.Resolve("trial"); len(warnings) == len(more) && !regime.Same(was) {
				idle, said[name] = more, true
				break
			}
		}
	}
	return idle
}

func parse(t *testing.T, texts []string) []policy.Setting {
	t.Helper()
	var settings []policy.Setting
	for _, text := range texts {
		s, err := policy.ParseSetting(text)
		if err != nil {
			t.Fatal(err)
		}
		settings = append(settings, s)
	}
	return settings
}
