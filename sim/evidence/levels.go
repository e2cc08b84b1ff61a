package evidence

import "math"

// Levels describes how the yearly level of a flow moves: the logarithm as a
// first-order autoregression around its mean.
type Levels struct {
	Years int
	// SD is the standard deviation of the logarithms (n - 1 in the divisor).
	SD float64
	// Persistence is the least-squares correlation with the year before.
	// Unbiased adds what least squares loses in short series, (1+3r)/n
	// (Kendall 1954), capped at 0.9.
	Persistence, Unbiased float64
	PersistenceSE         float64
	// Innovation is the standard deviation of the residuals.
	Innovation float64
}

// levels estimates from yearly totals, oldest first.
func levels(totals []float64) Levels {
	n := len(totals)
	logs := make([]float64, n)
	mean := 0.0
	for i, x := range totals {
		logs[i] = math.Log(x)
		mean += logs[i] / float64(n)
	}
	var squares, lagged, before float64
	for i, x := range logs {
		squares += (x - mean) * (x - mean)
		if i > 0 {
			lagged += (x - mean) * (logs[i-1] - mean)
			before += (logs[i-1] - mean) * (logs[i-1] - mean)
		}
	}
	l := Levels{Years: n, SD: math.Sqrt(squares / float64(n-1)), Persistence: lagged / before}
	residual := 0.0
	for i := 1; i < n; i++ {
		e := (logs[i] - mean) - l.Persistence*(logs[i-1]-mean)
		residual += e * e
	}
	l.Innovation = math.Sqrt(residual / float64(n-2))
	l.PersistenceSE = l.Innovation / math.Sqrt(before)
	l.Unbiased = math.Min(0.9, l.Persistence+(1+3*l.Persistence)/float64(n))
	return l
}

// BoatLevels describes the yearly people who arrived by small boat.
func (s *Series) BoatLevels(firstYear, lastYear int) (Levels, error) {
	var totals []float64
	for year := firstYear; year <= lastYear; year++ {
		row, err := s.BoatYear(year)
		if err != nil {
			return Levels{}, err
		}
		totals = append(totals, float64(row.People))
	}
	return levels(totals), nil
}

// OtherClaimLevels describes the yearly people who claimed asylum by other
// routes: all claims less those of small-boat arrivals.
func (s *Series) OtherClaimLevels(firstYear, lastYear int) (Levels, error) {
	var totals []float64
	for year := firstYear; year <= lastYear; year++ {
		boats, err := s.BoatClaimsOf(year)
		if err != nil {
			return Levels{}, err
		}
		flows, err := s.FlowsOf(year)
		if err != nil {
			return Levels{}, err
		}
		totals = append(totals, float64(flows.Claims-boats.WithClaim))
	}
	return levels(totals), nil
}
