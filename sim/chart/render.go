package chart

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"html"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// DPI is the resolution of PNG files.
const DPI = 300

// picture is a validated figure, arranged and ready to be drawn.
type picture struct {
	Caption
	description   string // in words, for those who do not see it
	width, height vg.Length
	paint         func(vg.Canvas)
}

func (f Fan) picture() (picture, error) {
	f = f.drawn()
	if err := f.Validate(); err != nil {
		return picture{}, err
	}
	if err := f.drawable(); err != nil {
		return picture{}, err
	}
	l, callouts := arrange(f)
	return picture{f.Caption, f.Description(), l.width, l.height, func(c vg.Canvas) { paint(c, l, f, callouts) }}, nil
}

// SVG draws a figure as a document that can stand alone or inside HTML: no XML
// prolog, and ids that start with the name of the figure. The same figure gives
// the same bytes.
func SVG(f Figure) ([]byte, error) {
	p, err := f.picture()
	if err != nil {
		return nil, err
	}
	return p.svg()
}

// PNG draws a figure at 300 dots an inch on white. The same figure gives the same
// bytes.
func PNG(f Figure) ([]byte, error) {
	p, err := f.picture()
	if err != nil {
		return nil, err
	}
	return p.png()
}

func (p picture) svg() ([]byte, error) {
	canvas := vgsvg.NewWith(vgsvg.UseWH(p.width, p.height))
	p.paint(canvas)
	var out bytes.Buffer
	if _, err := canvas.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("figure %q: %w", p.Name, err)
	}
	return []byte(strings.Map(xmlCharacter, accessible(out.String(), p.Name, p.Title, minus(p.description)))), nil
}

// xmlCharacter keeps the characters that XML 1.0 allows (section 2.2) and puts
// the sign for a lost character in the place of others, which escaping leaves as
// they are.
func xmlCharacter(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff' {
		return '\ufffd'
	}
	return r
}

// accessible gives the drawing a title and a description for readers who do
// not see it, and a list of typefaces for machines without Liberation Sans.
func accessible(svg, name, title, description string) string {
	_, svg, _ = strings.Cut(svg, "<svg")
	attributes, body, _ := strings.Cut(svg, ">")
	body = strings.ReplaceAll(body, "font-family:Liberation Sans;font-variant:normal;", "font-family:"+fontFamily+";")
	var b strings.Builder
	fmt.Fprintf(&b, "<svg role=\"img\" aria-labelledby=\"%[1]s-title %[1]s-desc\"%[2]s>\n", name, attributes)
	fmt.Fprintf(&b, "<title id=\"%s-title\">%s</title>\n", name, html.EscapeString(title))
	fmt.Fprintf(&b, "<desc id=\"%s-desc\">%s</desc>", name, html.EscapeString(description))
	return b.String() + body
}

func (p picture) png() ([]byte, error) {
	canvas := vgimg.PngCanvas{Canvas: vgimg.NewWith(
		vgimg.UseWH(p.width, p.height), vgimg.UseDPI(DPI), vgimg.UseBackgroundColor(white))}
	p.paint(canvas)
	var out bytes.Buffer
	if _, err := canvas.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("figure %q: %w", p.Name, err)
	}
	return withResolution(out.Bytes(), DPI), nil
}

// withResolution adds the chunk pHYs (PNG specification, 11.3.4.3), so that
// word processors place the picture at its size in millimetres: the encoder of
// the standard library does not write one.
func withResolution(png []byte, dpi float64) []byte {
	const header = 8 + 4 + 4 + 13 + 4 // signature, then IHDR: length, type, data, CRC
	perMetre := uint32(math.Round(dpi / 0.0254))
	body := []byte("pHYs")
	body = binary.BigEndian.AppendUint32(body, perMetre)
	body = binary.BigEndian.AppendUint32(body, perMetre)
	body = append(body, 1) // per metre
	out := append([]byte(nil), png[:header]...)
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)-4))
	out = append(out, body...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
	return append(out, png[header:]...)
}
