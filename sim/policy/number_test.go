package policy

import "testing"

// TestNumbersAreReadInOneWay: a number is read only if YAML and a person read the
// same; if not, the text says what to write.
func TestNumbersAreReadInOneWay(t *testing.T) {
	for text, want := range map[string]float64{
		"10": 10, "0": 0, "-0": 0, "+7": 7, "0.5": 0.5, ".5": 0.5, "5.": 5, "1e3": 1000, "1.5e-2": 0.015, "-2.25": -2.25, "1E+06": 1e6,
	} {
		if got, ok := ParseNumber(text); !ok || got != want {
			t.Errorf("%s is read as %v, %v, want %v", text, got, ok, want)
		}
	}
	for text, hint := range map[string]string{
		"010": "write 10, or 8 if 010 is meant to base 8", "-010": "write -10, or -8 if -010 is meant to base 8", "08": "write 8", "00.5": "write 0.5", "007": "write 7",
		"0o10": "write 8", "0x1F": "write 31", "0b101": "write 5", "1_000": "write 1000", "1_000.5": "write 1000.5", "1,000": "write 1000", "12,345.5": "write 12345.5",
		"1:30": "write 90, if 1:30 is meant to base 60", "190:20:30": "write 685230, if 190:20:30 is meant to base 60",
		"yes": "write 1 for yes", "No": "write 0 for no", "off": "write 0 for no", "true": "", "5%": "write 0.05",
		".inf": "", "nan": "", "": "", "-": "", "many": "", "1e999": "", "0x": "", "1,00": "",
	} {
		if x, ok := ParseNumber(text); ok {
			t.Errorf("%q is read as %v", text, x)
		}
		if got := NearNumber(text); got != hint {
			t.Errorf("%q: hint %q, want %q", text, got, hint)
		}
	}
	if x, ok := ParseWhole("010"); ok {
		t.Errorf("010 is read as %d", x)
	}
	if x, ok := ParseWhole("2500"); !ok || x != 2500 {
		t.Errorf("2500 is read as %d", x)
	}
}
