package chart

import (
	"bytes"
	"encoding/binary"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"asylumsim/sim/file"
)

func listing(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestWriteIndexWritesPicturesAndPage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "figures")
	appeals := hotels()
	appeals.Name, appeals.History = "appeals", nil
	for range 2 { // the second time over the first
		if err := WriteIndex(dir, []Fan{hotels(), appeals}); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := strings.Join(listing(t, dir), " "), "README.md appeals.png appeals.svg hotel_people.png hotel_people.svg"; got != want {
		t.Errorf("wrote %s, want %s", got, want)
	}
	page, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "index.md", page)
}

func TestNothingIsWrittenWhereOneFigureIsWrong(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "figures")
	wrong, worse := hotels(), hotels()
	wrong.Name, wrong.Source = "wrong", ""
	worse.Name, worse.Panels = "worse", nil
	err := WriteIndex(dir, []Fan{hotels(), wrong, worse, hotels()})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{`"wrong": source is empty`, `"worse": 0 panels`, `"hotel_people" appears twice`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error does not say %s:\n%v", want, err)
		}
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Error("the folder was made")
	}
}

func TestPictureSizes(t *testing.T) {
	heights := []int{1181, 1181, 1181, 2220, 2220, 2220} // 100 mm, and 88 mm for the second row
	for n := 1; n <= MaxPanels; n++ {
		data, err := PNG(panels(n))
		if err != nil {
			t.Fatal(err)
		}
		c, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if c.Width != 1878 || c.Height != heights[n-1] {
			t.Errorf("%d panels: %d x %d pixels, want 1878 x %d", n, c.Width, c.Height, heights[n-1])
		}
		at := bytes.Index(data, []byte("pHYs"))
		if at < 0 || binary.BigEndian.Uint32(data[at+4:]) != 11811 {
			t.Errorf("%d panels: the file does not say 300 dots an inch", n)
		}
	}
}

func TestPictureIsOnWhite(t *testing.T) {
	data, err := PNG(hotels())
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data)) // checks every CRC
	if err != nil {
		t.Fatal(err)
	}
	if r, g, b, a := img.At(0, 0).RGBA(); r&g&b&a != 0xFFFF {
		t.Errorf("corner is %x %x %x %x, want opaque white", r, g, b, a)
	}
}

// TestAPageOfSomebodyElseIsNotReplaced, and one of an earlier plot is.
func TestAPageOfSomebodyElseIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	for text, refused := range map[string]bool{"# My project\n": true, "# Figures\n\nof before": false} {
		if err := os.WriteFile(filepath.Join(dir, "README.md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		err := Write(dir, []file.Named{{Name: "README.md", Content: []byte("# Figures\n")}})
		if refused != (err != nil) || refused && !strings.Contains(err.Error(), "README.md was not written by asylumsim") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
