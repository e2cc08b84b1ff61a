package chart

import (
	"image/color"
	"strings"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The house style. Lengths are in points at the final size; a CSS pixel of the
// guidance is three quarters of a point.
const (
	figureWidth  = 159 * vg.Millimeter
	figureHeight = 100 * vg.Millimeter
	rowHeight    = 88 * vg.Millimeter // of each row of panels after the first

	textSize   vg.Length = 12
	lineHeight vg.Length = 15
	// capHeight is the height of capitals and digits of Liberation Sans, which
	// is what a line of text without descenders covers.
	capHeight = 0.729 * textSize

	pixel vg.Length = 0.75

	margin      vg.Length = 3  // around the figure
	gutter      vg.Length = 24 // between columns
	rowGap      vg.Length = 16 // between rows
	tickLength  vg.Length = 5
	minorLength vg.Length = 3
	labelGap    vg.Length = 5 // between an axis and its labels
	dotRadius   vg.Length = 1.8
)

var (
	black     = color.NRGBA{0x00, 0x00, 0x00, 0xFF}
	white     = color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}
	shade     = color.NRGBA{0xF0, 0xF0, 0xF0, 0xFF}
	gridGrey  = color.NRGBA{0xD9, 0xD9, 0xD9, 0xFF}
	medianInk = color.NRGBA{0x12, 0x43, 0x6D, 0xFF}
	edgeInk   = color.NRGBA{0x20, 0x73, 0xBC, 0xFF}
	innerBand = color.NRGBA{0x94, 0xAA, 0xBD, 0xFF}
	outerBand = color.NRGBA{0xC4, 0xD0, 0xDA, 0xFF}

	gridLine    = draw.LineStyle{Color: gridGrey, Width: pixel}
	axisLine    = draw.LineStyle{Color: black, Width: pixel}
	edgeLine    = draw.LineStyle{Color: edgeInk, Width: pixel}
	medianLine  = draw.LineStyle{Color: medianInk, Width: 2 * pixel}
	historyLine = draw.LineStyle{Color: black, Width: 2 * pixel}
	startLine   = draw.LineStyle{Color: black, Width: pixel, Dashes: []vg.Length{3, 3}}
	leaderLine  = draw.LineStyle{Color: black, Width: pixel}
)

// The two faces of every figure. The cache is built once from the fonts inside
// the binary, so that figures do not depend on the fonts of the machine.
var (
	fonts     = font.NewCache(liberation.Collection())
	plainFace = fonts.Lookup(font.Font{Typeface: "Liberation", Variant: "Sans"}, textSize)
	boldFace  = fonts.Lookup(font.Font{Typeface: "Liberation", Variant: "Sans", Weight: xfont.WeightBold}, textSize)
)

// fontFamily is what a reader's machine may use in place of Liberation Sans;
// Arial and Helvetica have the same widths.
const fontFamily = "'Liberation Sans',Arial,Helvetica,sans-serif"

// wrap breaks a text into at most a number of lines of a width, and makes the
// lines about equally long. What does not fit is cut and marked with an
// ellipsis.
func wrap(face font.Face, text string, width vg.Length, lines int) []string {
	out := breakLines(face, text, width)
	if len(out) > lines {
		out = out[:lines]
		out[lines-1] = ellipsis(face, out[lines-1]+"…", width)
	} else {
		for narrow := width; narrow > width/3; narrow -= 4 {
			if even := breakLines(face, text, narrow); len(even) == len(out) && widest(face, even) <= width {
				out = even
			}
		}
	}
	for i := range out {
		out[i] = ellipsis(face, out[i], width)
	}
	return out
}

// breakLines fills lines of a width with words; a longer word has its own
// line.
func breakLines(face font.Face, text string, width vg.Length) (out []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case face.Width(line+" "+word) <= width:
			line += " " + word
		default:
			out, line = append(out, line), word
		}
	}
	return append(out, line)
}

func widest(face font.Face, lines []string) (most vg.Length) {
	for _, line := range lines {
		most = max(most, face.Width(line))
	}
	return most
}

// ellipsis cuts a line that is too long.
func ellipsis(face font.Face, line string, width vg.Length) string {
	if face.Width(line) <= width {
		return line
	}
	// From the left, so that a line of any length takes the time of what fits.
	fits := ""
	for i := range line {
		if face.Width(line[:i]+"…") > width {
			break
		}
		fits = line[:i]
	}
	return strings.TrimRight(strings.TrimSuffix(fits, "…"), " ,:;") + "…"
}
