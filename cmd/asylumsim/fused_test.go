package main

import (
	"debug/elf"
	"debug/gosym"
	"fmt"
	"strings"
	"testing"
)

// computing are the packages whose numbers decide what a result holds. Charts
// are not among them, whose coordinates are rounded to a hundredth of a point.
var computing = []string{"unit", "clock", "random", "event", "queue", "measure", "policy", "asylum", "experiment", "compare", "config", "evidence", "score", "backtest", "calibrate"}

// TestNoProductIsFusedIntoASum: on arm64 the compiler makes one instruction of
// x*y + z, which rounds once where amd64 rounds twice, unless the product is
// converted: float64(x*y) + z. It looks at the machine code of the model and of
// all that prepares and sums up its numbers, as it is shipped and as it is
// without a profile, where other functions are inlined.
func TestNoProductIsFusedIntoASum(t *testing.T) {
	emulator(t)
	found := map[string]bool{}
	for _, profile := range []string{"-pgo=auto", "-pgo=off"} {
		all := fusedAt(t, builtForArm64(t, profile))
		for at := range all {
			found[at] = true
		}
		t.Logf("%s: %d fused instructions in the program, libraries included", profile, len(all))
		if len(all) == 0 {
			t.Error("none found at all: the search does not see them")
		}
	}
	for at := range found {
		for _, pkg := range computing {
			if strings.HasPrefix(at, "asylumsim/sim/"+pkg+"/") {
				t.Errorf("%s: a product is added without being rounded: convert it, float64(x*y) + z", at)
			}
		}
	}
}

// fusedAt lists the lines of source that became FMADD, FMSUB, FNMADD or FNMSUB:
// the instructions whose highest byte is 0x1F (Arm ARM, C4.1, floating-point
// data-processing with 3 sources).
func fusedAt(t *testing.T, program string) map[string]bool {
	t.Helper()
	file, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text := file.Section(".text")
	code, err := text.Data()
	if err != nil {
		t.Fatal(err)
	}
	lines, err := file.Section(".gopclntab").Data()
	if err != nil {
		t.Fatal(err)
	}
	symbols, err := gosym.NewTable(nil, gosym.NewLineTable(lines, text.Addr))
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]bool{}
	for i := 0; i+4 <= len(code); i += 4 {
		if code[i+3] == 0x1F {
			name, line, _ := symbols.PCToLine(text.Addr + uint64(i))
			at[fmt.Sprintf("%s:%d", name, line)] = true
		}
	}
	return at
}
