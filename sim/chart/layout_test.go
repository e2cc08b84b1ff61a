package chart

import (
	"math"
	"strings"
	"testing"
)

// Values whose labels take the whole width are refused, and large ones that a
// result may hold are drawn or refused, without a panic.
func TestValuesThatLeaveNoRoomAreRefused(t *testing.T) {
	for _, value := range []float64{-1e308, 1e308, math.MaxFloat64, 1e200, -1e200, 1e60} {
		for _, n := range []int{1, 2, 6} {
			f := panels(n)
			f.Panels[0].Q05[3], f.Panels[0].Q95[3] = min(f.Panels[0].Q05[3], value), max(f.Panels[0].Q95[3], value)
			if _, err := SVG(f); err == nil || !strings.Contains(err.Error(), `figure "hotel_people": values from `) {
				t.Errorf("%g in one of %d panels: error %v", value, n, err)
			}
		}
	}
	for _, value := range []float64{-1e21, 1e21, 1e14} {
		f := hotels()
		f.Panels[0].Q05[3], f.Panels[0].Q95[3] = min(f.Panels[0].Q05[3], value), max(f.Panels[0].Q95[3], value)
		if _, err := SVG(f); err != nil {
			t.Errorf("%g: %v", value, err)
		}
	}
}
