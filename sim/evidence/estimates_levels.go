package evidence

import (
	"fmt"
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

// levels estimates how arrivals move from quarter to quarter, as mean-reverting
// processes: runs of ten years and more would leave all bounds with others. The
// services have no levels of their own here, since the ranges of their
// parameters hold what a level would add; forecasts have, see Fit.
func (e *estimator) levels() error {
	other, err := e.series.Driver(policy.OtherClaimsDriver)
	if err != nil {
		return err
	}
	mean, _ := e.boatCounts.Mean(e.year-meanBoatYears+1, e.year)
	boats, err := e.series.boatLevels(clock.NewDate(e.firstBoatYear(), 1, 1), e.opening, mean, &e.boatCounts.Season)
	if err != nil {
		return err
	}
	var start, persistence, lasting, passing policy.ByDriver[float64]
	for d, values := range map[policy.Driver][]float64{policy.BoatsDriver: boats, policy.OtherClaimsDriver: other} {
		level, err := FitLevel(MeanReverting, values)
		if err != nil {
			return err
		}
		p := level.Central()
		// Parameters describe three years for boats and the last for other claims.
		centre := 0.0
		if d == policy.OtherClaimsDriver {
			for _, y := range values[len(values)-4:] {
				centre += float64(math.Exp(y) / 4)
			}
			centre = math.Log(centre)
		}
		start[d], persistence[d], lasting[d], passing[d] = p.Centre+p.Start-centre, p.Persistence, p.LastingSD, p.PassingSD
	}
	passing[policy.BoatsDriver] = 0 // the weather is in the process of crossings
	method := fmt.Sprintf("Likeliest mean-reverting structural model of the quarters of %d to %v (boats) and of 2018 to %[2]v without the pandemic (other claims).", e.firstBoatYear(), e.opening)
	e.table("level_start", policy.DriverEntries, start[:], 0.01, nil, fmt.Sprintf("Where that model stands on %v, over what the other parameters describe.", e.opening))
	e.table("level_persistence", policy.DriverEntries, persistence[:], 0.01, nil, method)
	e.table("level_lasting_sd", policy.DriverEntries, lasting[:], 0.005, nil, method)
	e.table("level_passing_sd", policy.DriverEntries, passing[:], 0.005, nil, method+" Of boats 0, since the weather is in the process of crossings.")
	return nil
}
