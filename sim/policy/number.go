package policy

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// FormatNumber writes a number as configuration files do.
func FormatNumber(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// plainNumber is a decimal number that everybody reads alike: without a leading
// zero, which makes it octal for YAML.
var plainNumber = regexp.MustCompile(`^[-+]?(0|[1-9][0-9]*|0?\.[0-9]+|(0|[1-9][0-9]*)\.[0-9]*)([eE][-+]?[0-9]+)?$`)

// ParseNumber reads a finite decimal number.
func ParseNumber(s string) (float64, bool) {
	if !plainNumber.MatchString(s) {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	if x == 0 {
		x = 0 // not minus zero
	}
	return x, err == nil
}

// ParseWhole reads a whole decimal number as ParseNumber does.
func ParseWhole(s string) (int64, bool) {
	x, err := strconv.ParseInt(s, 10, 64)
	return x, err == nil && plainNumber.MatchString(s)
}

var (
	sexagesimal = regexp.MustCompile(`^[0-9]+(:[0-5]?[0-9])+$`)
	grouped     = regexp.MustCompile(`^[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)
)

// NearNumber says what to write instead of a number that YAML, or some of its
// readers, would take for another one than a person does; empty if there is
// nothing to suggest.
func NearNumber(s string) string {
	if _, ok := ParseNumber(s); ok {
		return ""
	}
	write := func(text string) string { return "write " + text }
	bare := strings.ReplaceAll(s, "_", "")
	if grouped.MatchString(s) {
		bare = strings.ReplaceAll(s, ",", "")
	}
	if _, ok := ParseNumber(bare); ok && bare != s {
		return write(bare)
	}
	switch strings.ToLower(s) {
	case "yes", "on":
		return write("1 for yes")
	case "no", "off":
		return write("0 for no")
	}
	if sexagesimal.MatchString(s) {
		total := int64(0)
		for _, part := range strings.Split(s, ":") {
			x, _ := strconv.ParseInt(part, 10, 32)
			total = 60*total + x
		}
		return write(fmt.Sprintf("%d, if %s is meant to base 60", total, s))
	}
	if percent, ok := strings.CutSuffix(s, "%"); ok {
		if x, ok := ParseNumber(percent); ok {
			return write(FormatNumber(x / 100))
		}
	}
	sign := strings.TrimRight(s[:min(1, len(s))], "0123456789.xXoObB")
	digits := strings.TrimLeft(strings.TrimLeft(bare, "-+"), "0")
	if strings.HasPrefix(digits, ".") || digits == "" && strings.Contains(bare, "0") {
		digits = "0" + digits
	}
	other, err := strconv.ParseInt(bare, 0, 64)
	switch _, ok := ParseNumber(sign + digits); {
	case ok && err == nil && FormatNumber(float64(other)) != sign+digits:
		return write(fmt.Sprintf("%s, or %d if %s is meant to base 8", sign+digits, other, s))
	case ok && sign+digits != s:
		return write(sign + digits)
	case err == nil:
		return write(strconv.FormatInt(other, 10))
	}
	return ""
}
