package random

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// joeKuo holds the direction numbers of Joe and Kuo, with their licence.
//
//go:embed joekuo.txt
var joeKuo string

// MostSobolDimensions is how many dimensions have direction numbers here.
const MostSobolDimensions = 512

// sobolVectors returns the direction vectors of the first dimensions: bit k of
// a point's Gray code index adds vector k, a multiple of 2^-sobolBits, modulo
// 2 in each digit.
func sobolVectors(dimensions int) [][sobolBits]uint32 {
	vectors := make([][sobolBits]uint32, dimensions)
	table := joeKuo
	for d := range vectors {
		if d == 0 {
			for k := range sobolBits {
				vectors[0][k] = 1 << (sobolBits - 1 - k)
			}
			continue
		}
		var line string
		for line == "" || line[0] == '#' {
			line, table, _ = strings.Cut(table, "\n")
		}
		a, m := directionNumbers(line)
		extend(&vectors[d], a, m)
	}
	return vectors
}

// directionNumbers reads the polynomial's coefficients and the initial
// direction numbers of a line of the table.
func directionNumbers(line string) (a uint32, m []uint32) {
	fields := strings.Fields(line)
	numbers := make([]uint32, len(fields))
	for i, f := range fields {
		n, err := strconv.ParseUint(f, 10, 32)
		if err != nil {
			panic(fmt.Sprintf("random: direction numbers %q: %v", line, err))
		}
		numbers[i] = uint32(n)
	}
	if len(numbers) < 3 || len(numbers) != int(numbers[0])+2 {
		panic(fmt.Sprintf("random: direction numbers %q are not s, a and m_1 to m_s", line))
	}
	return numbers[1], numbers[2:]
}

// extend fills the direction vectors of a dimension from its initial numbers
// by the recurrence of its polynomial x^s + a_1 x^(s-1) + ... + a_(s-1) x + 1.
// Bratley & Fox 1988, doi:10.1145/42288.214372, equation 2; Joe & Kuo 2008,
// equation 3.
func extend(v *[sobolBits]uint32, a uint32, m []uint32) {
	s := len(m)
	for k := range sobolBits {
		if k < s {
			v[k] = m[k] << (sobolBits - 1 - k)
			continue
		}
		v[k] = v[k-s] ^ v[k-s]>>s
		for i := 1; i < s; i++ {
			v[k] ^= (a >> (s - 1 - i) & 1) * v[k-i]
		}
	}
}
