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
	fan      Fan
	layout   layout
	callouts []callout
}

func newPicture(f Fan) (picture, error) {
	if err := f.Validate(); err != nil {
		return picture{}, err
	}
	if err := f.drawable(); err != nil {
		return picture{}, err
	}
	l, callouts := arrange(f)
	return picture{f, l, callouts}, nil
}

// SVG draws the figure as a document that can stand alone or inside HTML: no
// XML prolog, and ids that start with the name of the figure. The same figure
// gives the same bytes.
func (f Fan) SVG() ([]byte, error) {
	p, err := newPicture(f)
	if err != nil {
		return nil, err
	}
	return p.svg()
}

func (p picture) svg() ([]byte, error) {
	return svgOf(p.fan.Name, p.fan.Title, p.fan.Description(), p.layout.width, p.layout.height, p.paint)
}

func (p picture) paint(c vg.Canvas) { paint(c, p.layout, p.fan, p.callouts) }

// svgOf draws a document of a size.
func svgOf(name, title, description string, width, height vg.Length, paint func(vg.Canvas)) ([]byte, error) {
	canvas := vgsvg.NewWith(vgsvg.UseWH(width, height))
	paint(canvas)
	var out bytes.Buffer
	if _, err := canvas.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("figure %q: %w", name, err)
	}
	return []byte(strings.Map(xmlCharacter, accessible(out.String(), name, title, description))), nil
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

// PNG draws the figure at 300 dots an inch on white. The same figure gives the
// same bytes.
func (f Fan) PNG() ([]byte, error) {
	p, err := newPicture(f)
	if err != nil {
		return nil, err
	}
	return p.png()
}

func (p picture) png() ([]byte, error) {
	return pngOf(p.fan.Name, p.layout.width, p.layout.height, p.paint)
}

// pngOf draws a picture of a size.
func pngOf(name string, width, height vg.Length, paint func(vg.Canvas)) ([]byte, error) {
	canvas := vgimg.PngCanvas{Canvas: vgimg.NewWith(
		vgimg.UseWH(width, height), vgimg.UseDPI(DPI), vgimg.UseBackgroundColor(white))}
	paint(canvas)
	var out bytes.Buffer
	if _, err := canvas.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("figure %q: %w", name, err)
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
