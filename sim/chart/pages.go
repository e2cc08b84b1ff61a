package chart

import (
	"fmt"
	"slices"
	"strings"
)

// sharedAxis is the axis of values of a figure of several pages. Its headroom is
// below 0 as long as it is not known.
type sharedAxis struct {
	low, high float64
	headroom  int
}

// Pages spreads the panels of a figure of any number of regimes over figures of
// at most MaxPanels, the first panel on each. All have one axis, and say which
// regimes they show. undrawn is how many regimes of the result are in no panel.
// If the picture has room for so little of two labels that they look the same,
// all of them get a number.
func (f Fan) Pages(undrawn int) []Fan {
	pages := f.spread()
	for i := range pages {
		if undrawn > 0 {
			pages[i].Part = strings.TrimPrefix(fmt.Sprintf("%s, without %s made by a sweep or a decomposition", pages[i].Part, several(undrawn, "regime")), ", ")
		}
		if pages[i].Validate() != nil || pages[i].tooLarge() {
			return pages // to be reported when they are drawn
		}
	}
	if !distinct(pages) {
		f.Panels = slices.Clone(f.Panels)
		for i := range f.Panels {
			f.Panels[i].Label = fmt.Sprintf("%d. %s", i+1, f.Panels[i].Label)
		}
		numbered := f.spread()
		for i := range pages {
			pages[i].Panels = numbered[i].Panels
		}
	}
	if len(pages) > 1 {
		// The first panel, which has the labels, is the same on all pages, and the
		// last page may have wider panels than the others.
		first, _ := arrange(pages[0].drawn())
		last, _ := arrange(pages[len(pages)-1].drawn())
		pages[0].shared.headroom = max(first.headroom, last.headroom)
	}
	return pages
}

// spread makes the pages, which share an axis.
func (f Fan) spread() (pages []Fan) {
	regimes := len(f.Panels)
	if regimes <= MaxPanels {
		return []Fan{f}
	}
	low, high := f.drawn().extent()
	shared := &sharedAxis{low, high, -1}
	for others := range slices.Chunk(f.Panels[1:], MaxPanels-1) {
		page, first := f, 2+len(pages)*(MaxPanels-1)
		page.Panels, page.shared = append([]Panel{f.Panels[0]}, others...), shared
		switch last := first + len(others) - 1; {
		case len(pages) == 0:
			page.Part = fmt.Sprintf("regimes 1 to %d of %d", last, regimes)
		case first == last:
			page.Part = fmt.Sprintf("regimes 1 and %d of %d", last, regimes)
		default:
			page.Part = fmt.Sprintf("regimes 1 and %d to %d of %d", first, last, regimes)
		}
		if len(pages) > 0 {
			page = page.Named(fmt.Sprintf("%s-%d", f.Name, len(pages)+1))
		}
		pages = append(pages, page)
	}
	return pages
}

// distinct reports whether all labels look different in the pictures: of two that
// are cut, the longer one begins with the shorter one if they do not.
func distinct(pages []Fan) bool {
	var seen []string
	for i, page := range pages {
		for j, frame := range newLayout(page, 0).panels {
			if j == 0 && i > 0 {
				continue // the first panel is on every page
			}
			title := strings.Join(frame.title, " ")
			for _, other := range seen {
				a, cut := strings.CutSuffix(title, "…")
				b, alsoCut := strings.CutSuffix(other, "…")
				if title == other || cut && alsoCut && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a)) {
					return false
				}
			}
			seen = append(seen, title)
		}
	}
	return true
}
