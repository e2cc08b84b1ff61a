package clock

import (
	"strings"
	"testing"
)

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"2026-03-02", "0000-01-01", "9999-12-31", "2024-02-29", "2025-02-29", "2026-3-2", "2026-03-02T00:00:00Z", "-001-01-01",
		"18446744073709551616-01-01", "\ufeff2026-03-02", "2026-03-02\r\n", "2026-03-02\x00", "\xff", "", "NaN", strings.Repeat("9", 1000)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDate(text)
		if err != nil {
			if !strings.Contains(err.Error(), "want year-month-day, such as 2026-03-02") || strings.ContainsAny(err.Error(), "\x00\x1b\r\n") {
				t.Fatalf("%q: the error does not say what was wanted: %q", text, err)
			}
			return
		}
		year, month, day := d.Civil()
		if d.String() != text || NewDate(year, month, day) != d {
			t.Fatalf("%q is read as %v, which is %d-%d-%d", text, d, year, month, day)
		}
	})
}
