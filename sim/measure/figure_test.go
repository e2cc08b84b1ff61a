package measure

import "testing"

// TestFigureFiles: every output and every series by quarter has figures, on any
// page; other names are the user's own.
func TestFigureFiles(t *testing.T) {
	for o := range NumOutputs {
		for _, end := range []string{".svg", ".png", ".csv", "-2.svg", "-17.png"} {
			if name := o.String() + end; !FigureFile(name) {
				t.Errorf("%s is not taken for a figure", name)
			}
		}
	}
	for _, s := range Quarterly {
		if name := s.Name + "_quarterly-2.svg"; !FigureFile(name) {
			t.Errorf("%s is not taken for a figure", name)
		}
	}
	if !FigureFile("README.md") {
		t.Error("the page is not taken for one")
	}
	for _, name := range []string{"notes.txt", "own.svg", "hotel_people.pdf", "hotel_people", "hotel_people_2.svg", "total_cost_gbp_quarterly.svg", "Hotel_people.svg", "readme.md"} {
		if FigureFile(name) {
			t.Errorf("%s is taken for a figure", name)
		}
	}
}
