package chart

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// ofRegimes is a figure of so many regimes, of which one is far above the others.
func ofRegimes(n int) Fan {
	f := hotels()
	f.Panels = nil
	for i := range n {
		f.Panels = append(f.Panels, straight(fmt.Sprintf("Regime %c", 'A'+i), 120, 30600, 30000+float64(i*i*i)*1000, 6000))
	}
	return f
}

var onAxis = regexp.MustCompile(`>([0-9,]+)</text>`)

// TestPagesHaveOneAxis: thirteen regimes on three pages of which the last alone
// reaches far up; the values on all axes are the same, and each page says what it
// shows.
func TestPagesHaveOneAxis(t *testing.T) {
	pages := ofRegimes(13).Pages(0)
	var axes, parts, names, labels []string
	for _, f := range pages {
		var axis []string
		for _, m := range onAxis.FindAllStringSubmatch(string(mustSVG(t, f)), -1) {
			if !slices.Contains(axis, m[1]) {
				axis = append(axis, m[1])
			}
		}
		slices.Sort(axis)
		axes, parts, names = append(axes, strings.Join(axis, " ")), append(parts, f.Part), append(names, f.Name)
		for _, p := range f.Panels {
			labels = append(labels, strings.TrimPrefix(p.Label, "Regime "))
		}
		if page := f.Markdown(1); !strings.Contains(page, "; people; "+f.Part+".\n") {
			t.Errorf("the page does not say %q:\n%s", f.Part, page)
		}
	}
	if axes[1] != axes[0] || axes[2] != axes[0] {
		t.Errorf("axes differ:\n%s", strings.Join(axes, "\n"))
	}
	if got, want := strings.Join(parts, "; "), "regimes 1 to 6 of 13; regimes 1 and 7 to 11 of 13; regimes 1 and 12 to 13 of 13"; got != want {
		t.Errorf("parts %s\nwant  %s", got, want)
	}
	if got, want := strings.Join(names, " "), "hotel_people hotel_people-2 hotel_people-3"; got != want {
		t.Errorf("names %s, want %s", got, want)
	}
	if got, want := strings.Join(labels, ""), "ABCDEFAGHIJKALM"; got != want {
		t.Errorf("regimes %s, want %s", got, want)
	}
}

// TestPagesSayWhatIsNotDrawn: one page of all regimes says nothing, one of a sweep
// how many are missing.
func TestPagesSayWhatIsNotDrawn(t *testing.T) {
	for undrawn, want := range map[int]string{0: "", 1: "without 1 regime made by a sweep or a decomposition", 200: "without 200 regimes made by a sweep or a decomposition"} {
		if got := ofRegimes(2).Pages(undrawn); len(got) != 1 || got[0].Part != want {
			t.Errorf("%d regimes not drawn: %q, want %q", undrawn, got[0].Part, want)
		}
	}
	if got, want := ofRegimes(7).Pages(3)[1].Part, "regimes 1 and 7 of 7, without 3 regimes made by a sweep or a decomposition"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestLabelsThatLookTheSame: titles that differ where the picture has no room for
// them any more, on one page or on two, get a number, and so do equal ones. Others
// are left alone.
func TestLabelsThatLookTheSame(t *testing.T) {
	long := strings.Repeat("a long beginning that both titles have ", 5)
	for _, at := range []int{2, 8} {
		for _, titles := range [][2]string{{long + "and one end", long + "and another"}, {"The same", "The same"}} {
			f := ofRegimes(9)
			f.Panels[1].Label, f.Panels[at].Label = titles[0], titles[1]
			seen := map[string]bool{}
			for i, page := range f.Pages(0) {
				mustSVG(t, page) // the picture refuses equal labels
				for j, frame := range newLayout(page, 0).panels {
					drawn := strings.Join(frame.title, " ")
					if seen[drawn] && (i == 0 || j > 0) {
						t.Errorf("regime %d: %q is drawn twice", at+1, drawn)
					}
					seen[drawn] = true
				}
			}
			if got, want := f.Pages(0)[0].Panels[1].Label, "2. "+titles[0]; got != want {
				t.Errorf("label %q, want %q", got, want)
			}
		}
	}
	f := ofRegimes(2)
	if got := f.Pages(0)[0].Panels[1].Label; got != "Regime B" {
		t.Errorf("label %q of a figure whose labels differ", got)
	}
	f.Panels[1].Label = f.Panels[0].Label
	if _, err := SVG(f); err == nil || !strings.Contains(err.Error(), `the picture shows "Regime A" for panel 2 and for one before it`) {
		t.Errorf("equal labels: %v", err)
	}
}
