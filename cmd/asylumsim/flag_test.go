package main

import (
	"strings"
	"testing"

	"asylumsim/sim/policy"
)

// hostile are values that somebody may give to an option.
var hostile = []string{"", "1", "-1", "0", "1/0", "-1/4", "4/3", "0/0", "2/8", "1/1", "+1/2", "01/2", "1/2/3", "1e999", "NaN", "Inf", "0x1p2", "18446744073709551616",
	"9223372036854775807/9223372036854775807", "1/99999999999999999999", " 1", "1\n", "1\x00", "\ufeff1", "\xff", "\x1b[2J", "../../x", "hotel_people=1", "hotel_people=-1",
	"hotel_people=NaN", "hotel_people=1e999", "=1", "hotel_people", "hotel_peple=1", strings.Repeat("9", 10000)}

// told fails where a problem with an option does not name it, does not say what
// was wanted, or is not one short line.
func told(t *testing.T, option string, wrong policy.Problems) {
	t.Helper()
	for _, p := range wrong {
		text := p.Error()
		if !strings.HasPrefix(text, option+": ") || !strings.Contains(text, ": want ") || strings.ContainsAny(text, "\x00\x1b\r\n") || len(text) > 2000 {
			t.Fatalf("the problem is not told well: %.3000q", text)
		}
	}
}

func FuzzParseShard(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, 20)
	}
	f.Fuzz(func(t *testing.T, text string, replications int) {
		var wrong policy.Problems
		s := parseShard(text, &wrong)
		told(t, "--shard", wrong)
		if s == nil || len(wrong) > 0 {
			return
		}
		if s.String() != text || s.Index < 1 || s.Index > s.Of {
			t.Fatalf("%q is read as %v", text, s)
		}
		// All replications are in one of the shards, and none in two.
		if n := max(1, replications%1000); s.Of <= 1000 {
			if all := s.Count(n); all > 0 && (s.Replication(all-1) >= n || s.Replication(all) < n) {
				t.Fatalf("shard %v of %d replications has %d", s, n, all)
			}
		}
	})
}

func FuzzParsePrecision(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var wrong policy.Problems
		targets := parsePrecision([]string{text}, nil, &wrong)
		told(t, "--precision", wrong)
		if len(targets)+len(wrong) != 1 {
			t.Fatalf("%q gives %d targets and %d problems", text, len(targets), len(wrong))
		}
		for _, target := range targets {
			if !(target.HalfWidth > 0) || target.HalfWidth > 1e15 || !strings.HasPrefix(text, target.Output.String()+"=") {
				t.Fatalf("%q is read as %+v", text, target)
			}
		}
	})
}

// FuzzNumbers reads the options that take a whole number or a fraction, and
// names of outputs.
func FuzzNumbers(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n := &wholeNumber{name: "years"}
		if err := n.Set(text); err != nil {
			t.Fatal(err)
		}
		var wrong policy.Problems
		if i, u := n.int(&wrong), n.uint64(&wrong); i != nil && u == nil && !strings.ContainsAny(text, "+-") {
			t.Fatalf("%q is the number %d and none", text, *i)
		}
		told(t, "--years", wrong)
		wrong = nil
		parseFraction(text, &wrong)
		told(t, "--fraction", wrong)
		if _, err := outputsNamed([]string{text}); err != nil && strings.ContainsAny(err.Error(), "\x00\x1b\r\n") {
			t.Fatalf("the error is not to be printed: %q", err)
		}
	})
}
