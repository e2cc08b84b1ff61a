package compare

import "asylumsim/sim/measure"

// Wait is the share of the waits of a kind that ended in a regime's runs and
// were of a length, pooled over replications. Bins without a wait are left
// out.
type Wait struct {
	Regime   string
	Wait     measure.Wait
	DaysFrom int // the bin begins here and is measure.WaitBinDays wide; the last one is open
	Cases    int64
	Share    float64 // of the waits of the kind
}

// WaitTally adds up the waits of one regime.
type WaitTally struct{ waits measure.Waits }

// Add adds the waits of one replication.
func (t *WaitTally) Add(w *measure.Waits) {
	for kind := range w {
		for bin, n := range w[kind] {
			t.waits[kind][bin] += n
		}
	}
}

// Rows returns the bins that are not empty, by kind and length.
func (t *WaitTally) Rows(regime string) []Wait {
	var rows []Wait
	for kind := range measure.NumWaits {
		total := int64(0)
		for _, n := range t.waits[kind] {
			total += n
		}
		for bin, n := range t.waits[kind] {
			if n > 0 {
				rows = append(rows, Wait{regime, kind, bin * measure.WaitBinDays, n, float64(n) / float64(total)})
			}
		}
	}
	return rows
}
