package unit

import (
	"strings"
	"testing"
)

func TestFractionsAreWrittenAsTheyAreRead(t *testing.T) {
	for text, k := range map[string]int64{"1": 1, "1/2": 2, "1/10": 10, "1/1000": 1000} {
		f, err := ParseFraction(text)
		if err != nil || f.K() != k || f.String() != text || f.Whole() != (k == 1) {
			t.Errorf("%s: k = %d, written %s, error %v", text, f.K(), f, err)
		}
	}
	// There is one way to say all of it, so that equal runs have equal records.
	if f, err := ParseFraction("1/1"); err != nil || f != 0 {
		t.Errorf("1/1 is %d, error %v", f, err)
	}
	for _, text := range []string{"", "0", "2", "0.1", "10%", "1/0", "1/-3", "1/+3", "1/010", "1/1001", "1/2.5", "2/10", " 1/2", "1/", "1/99999999999"} {
		if f, err := ParseFraction(text); err == nil {
			t.Errorf("%q was read as %s", text, f)
		}
	}
}

func TestOtherWaysToWriteAFraction(t *testing.T) {
	for text, want := range map[string]string{"0.1": "1/10", "10%": "1/10", ".33": "1/3", "10": "1/10", "0.9": "", "1": "", "-0.1": "", "0": "", "NaN": "", "tenth": "", "1e-9": ""} {
		got := NearFraction(text)
		if want != "" {
			want = "did you mean " + want
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func FuzzParseFraction(f *testing.F) {
	for _, text := range []string{"1", "1/10", "1/1000", "1/1001", "1/0", "-1/4", "4/3", "1/1", "1/18446744073709551616", "1/1e999", "NaN", "\ufeff1/2", "1/2\x00", "1/2\r\n", "\xff", "10%", "0.1", "1/", "1e-308%"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		NearFraction(text)
		got, err := ParseFraction(text)
		if err != nil {
			if !strings.Contains(err.Error(), FractionForm) {
				t.Fatalf("%q: the error does not say what was wanted: %q", text, err)
			}
			return
		}
		if again, err := ParseFraction(got.String()); err != nil || again != got || got.K() < 1 || got.K() > MostFraction {
			t.Fatalf("%q is read as %v, written and read again as %v (%v)", text, got, again, err)
		}
	})
}
