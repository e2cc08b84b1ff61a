package chart

import (
	"strings"
	"testing"
	"unicode"

	"asylumsim/sim/policy"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// TestEveryCharacterOfATitleIsDrawn: the font has each character that titles may
// have, and none stands on the letter before it.
func TestEveryCharacterOfATitleIsDrawn(t *testing.T) {
	var buffer sfnt.Buffer
	characters := 0
	for r := rune('!'); r < 0x20000; r++ {
		if _, refused := policy.Undrawable(string(r)); refused || unicode.IsSpace(r) {
			continue
		}
		characters++
		for _, face := range []font.Face{plainFace, boldFace} {
			if glyph, err := face.Face.GlyphIndex(&buffer, r); err != nil || glyph == 0 {
				t.Errorf("the font has no %q (%U)", r, r)
			}
		}
		if unicode.In(r, unicode.M, unicode.C, unicode.Hebrew, unicode.Arabic) {
			t.Errorf("%q (%U) is not drawn by itself from left to right", r, r)
		}
	}
	if characters < 1000 {
		t.Errorf("titles may have %d characters, want those of Latin, Greek and Cyrillic", characters)
	}
}

// TestLabelsThatCannotBeDrawn are an error, with the figure, the panel and the
// character.
func TestLabelsThatCannotBeDrawn(t *testing.T) {
	f := hotels()
	f.Panels[1].Label = "Core \u5e87 protection"
	if _, err := PNG(f); err == nil || !strings.Contains(err.Error(), "figure \"hotel_people\": panel \"Core \u5e87 protection\": label holds '\u5e87' (U+5E87), which the font of figures does not have") {
		t.Errorf("error %v", err)
	}
}

// TestWrappingMeasuresWhatFits: a word of a million characters is cut as soon as
// it is measured, which would take hours if it were cut from its end.
func TestWrappingMeasuresWhatFits(t *testing.T) {
	const width vg.Length = 100
	long := strings.Repeat("x", 1_000_000)
	lines := wrap(boldFace, "A "+long+" and "+long, width, 3)
	if len(lines) != 3 || lines[0] != "A" || !strings.HasSuffix(lines[1], "x…") || lines[2] != "and…" {
		t.Errorf("%d lines, of which the last ends with %.20q", len(lines), lines[len(lines)-1])
	}
	if w := boldFace.Width(lines[1]); w > width || w < width-2*boldFace.Width("x…") {
		t.Errorf("a cut line is %v wide, of %v", w, width)
	}
}
