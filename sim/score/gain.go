package score

import "math"

// Gain is the mean of differences between two forecasts' scores over successive
// quarters, such as the better naive one less the model's, and its standard
// error: that of Newey & West (1987) with autocovariances up to a lag, since
// forecasts some quarters ahead of origins a quarter apart miss the same events
// (Diebold & Mariano 1995). The error is NaN for fewer than two quarters, and
// with few it is rough, and rather too small.
func Gain(differences []float64, lag int) (mean, standardError float64) {
	n := float64(len(differences))
	for _, d := range differences {
		mean += d / n
	}
	if len(differences) < 2 {
		return mean, math.NaN()
	}
	variance := 0.0
	for k := range min(lag, len(differences)-1) + 1 {
		covariance := 0.0
		for i := k; i < len(differences); i++ {
			covariance += float64((differences[i] - mean) * (differences[i-k] - mean))
		}
		weight := 2 * (1 - float64(k)/float64(lag+1))
		if k == 0 {
			weight = 1
		}
		variance += float64(weight*covariance) / n
	}
	return mean, math.Sqrt(max(0, variance) / (n - 1))
}
