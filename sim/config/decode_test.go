package config

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"asylumsim/sim/policy"
)

func TestAParameterIsDecodedWithItsLines(t *testing.T) {
	text := `
# Prices.
hotel_price:
  describe: Price of a place.
  values:
    - from: 2025-06-30
      value: 145
      source: {title: Report, publisher: Committee, date: 2025}
    - {from: "2026-04-01", value: {a: 1, b: -2.5e-1}, assumed: Yes.}
`
	got := map[string]policy.Parameter{}
	decodeInto([]byte(text), "prices.yaml", &got)
	p := got["hotel_price"]
	if len(p.Values) != 2 {
		t.Fatalf("decoded %+v", p)
	}
	lines := []int{p.At.Line, p.Places["describe"].Line, p.Values[0].At.Line, p.Values[0].Places["value"].Line, p.Values[1].At.Line}
	if diff := cmp.Diff([]int{3, 4, 6, 7, 9}, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if s := p.Values[0].Source; s == nil || s.Date != "2025" || s.Title != "Report" {
		t.Errorf("source %+v", s)
	}
	table := []policy.Entry{{Key: "a", Number: 1}, {Key: "b", Number: -0.25}}
	if diff := cmp.Diff(table, p.Values[1].Amount.Table, cmpopts.IgnoreTypes(policy.Position{})); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
}

// Whatever a file holds, reading it ends with problems that have a place or
// with parameters that are written and read again as the same.
func FuzzParameterFile(f *testing.F) {
	var b strings.Builder
	for i, field := range policy.Fields() {
		if i%20 == 0 {
			writeParameter(&b, field, []policy.Group{{ID: "afghan"}})
		}
	}
	addHostile(f, b.String())
	f.Fuzz(func(t *testing.T, data []byte) {
		first := map[string]policy.Parameter{}
		if problems := decodeInto(data, "fuzz.yaml", &first); len(problems) > 0 {
			told(t, problems.Err())
			return
		}
		var problems policy.Problems
		for _, p := range named(first) {
			problems = append(problems, p.Validate([]policy.Group{{ID: "afghan"}})...)
		}
		if len(problems) > 0 {
			return
		}
		text, err := encodeTree(first)
		if err != nil {
			t.Fatal(err)
		}
		second := map[string]policy.Parameter{}
		if problems := decodeInto(text, "again.yaml", &second); len(problems) > 0 {
			t.Fatalf("written text is not read back: %v\n%s", problems, text)
		}
		if diff := cmp.Diff(first, second, cmpopts.IgnoreTypes(policy.Position{}, policy.Places{})); diff != "" {
			t.Fatalf("read back differently:\n%s", diff)
		}
		if again, _ := encodeTree(second); !bytes.Equal(text, again) {
			t.Fatal("written twice differently")
		}
	})
}
