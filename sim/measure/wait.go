package measure

// Wait is a time that cases wait or stay, recorded when it ends.
type Wait uint8

// The waits.
const (
	WaitDecision     Wait = iota // from claim to initial decision
	WaitAppeal                   // from lodging to disposal at first instance
	WaitReview                   // from expiry to the review's decision
	StayHotelSingle              // in a hotel, one adult
	StayHotelFamily              // in a hotel, adults with children
	StayHotelRefused             // in a hotel, families subject to removal when they left
	NumWaits
)

// String returns the wait's name in result files.
func (w Wait) String() string {
	return [...]string{"claim_to_decision", "appeal", "permit_review", "hotel_stay_single_adult", "hotel_stay_family", "hotel_stay_refused_family"}[w]
}

// WaitBinDays is the width of a bin of waits; the last bin is open.
const (
	WaitBinDays = 30
	WaitBins    = 121
)

// Waits counts the cases whose wait ended during the run, by its length.
type Waits [NumWaits][WaitBins]int64

// Add counts a wait of so many days.
func (w *Waits) Add(kind Wait, days int64) {
	w[kind][min(max(days, 0)/WaitBinDays, WaitBins-1)]++
}
