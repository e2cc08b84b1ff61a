package store

import (
	"path/filepath"
	"strings"
	"testing"

	"asylumsim/sim/clock"

	"github.com/google/go-cmp/cmp"
)

// TestAResultHoldsWhatWasPublishedWhenItOpened: as the run kept it, also where it
// was split and merged; a file that was changed is refused.
func TestAResultHoldsWhatWasPublishedWhenItOpened(t *testing.T) {
	seen := []Observation{
		{"hotel_people", "people", Quarter, clock.MustDate("2025-09-30"), 36273, "Home Office, Asy_D09"},
		{"hotel_people", "people", Quarter, clock.MustDate("2025-12-31"), 30657, "Home Office, Asy_D09"},
		{"small_boats", "boats", Month, clock.MustDate("2025-12-31"), 41, "Home Office, small boat arrivals"},
	}
	root := t.TempDir()
	run := func(name string, shard *Shard) string {
		dir, m := filepath.Join(root, name), meta(2)
		m.Shard = shard
		w, err := Create(dir, m, config, Options{})
		if err != nil {
			t.Fatal(err)
		}
		w.Keep(seen)
		for k := range shard.Count(2) {
			if err := w.Append(shard.Replication(k), 0, replicate(twoYears, len(regimes), shard.Replication(k))); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.Commit(execution); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	whole, merged := run("whole", nil), filepath.Join(root, "merged")
	if _, err := Merge(merged, []string{run("1", &Shard{1, 2}), run("2", &Shard{2, 2})}, Options{}); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{whole, merged} {
		got, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(seen[:2], got.PublishedOf("hotel_people", Quarter)); diff != "" {
			t.Errorf("%s: -kept +read\n%s", dir, diff)
		}
		if len(got.Published) != 3 || len(got.PublishedOf("small_boats", Quarter)) != 0 {
			t.Errorf("%s: %v", dir, got.Published)
		}
	}
	text := string(read(t, merged, publishedTable.name))
	if text != string(read(t, whole, publishedTable.name)) {
		t.Error("merged shards hold other published values than the whole run")
	}
	put(t, whole, publishedTable.name, strings.Replace(text, "30657", "90657", 1))
	if _, err := Open(whole); err == nil || !strings.Contains(err.Error(), "published.csv is not the file that the run wrote") {
		t.Errorf("changed published values: %v", err)
	}
}
