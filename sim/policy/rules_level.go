package policy

// Driver is something outside the rules that moves the system from quarter to
// quarter: arrivals, and how the services and the courts work.
type Driver uint8

// The drivers, in the order of tables.
const (
	BoatsDriver            Driver = iota // boats on a crossing day
	OtherClaimsDriver                    // claims by other routes
	DecisionsDriver                      // initial decisions a working day, beside what is planned
	GrantsDriver                         // odds of a grant
	HearingsDriver                       // appeals disposed of
	EnforcedReturnsDriver                // attempts at enforced returns, and enforced returns of other people
	VoluntaryReturnsDriver               // voluntary returns of other people, and after a withdrawn claim
	NumDrivers
)

var driverNames = [NumDrivers]string{"small_boats", "other_claims", "decisions", "grants", "hearings", "enforced_returns", "voluntary_returns"}

// String returns the driver's name in configuration.
func (d Driver) String() string { return driverNames[d] }

// ByDriver is a table with an entry for each driver.
type ByDriver[T any] [NumDrivers]T

// Levels is how each driver moves: a structural time series of its logarithm
// (of its log-odds for grants) by quarter of the year (Harvey 1989, chapter 2).
//
// The level l starts at Start and each quarter becomes Persistence^(1/4) times
// itself, plus a trend, plus a lasting surprise. The trend starts at Trend/4
// and each quarter becomes TrendPersistence^(1/4) times itself plus a surprise.
// A quarter has a passing surprise of its own. What the driver moves is
// multiplied by exp(level + passing surprise), whose median is 1 where the level
// starts at 0 without a trend.
//
// Three processes are special cases: mean-reverting (no trend), a random walk
// (a persistence of 1, no trend) and a damped trend (a persistence of 1).
type Levels struct {
	Start            ByDriver[float64] `param:"level_start" unit:"log" sign:"either"`
	Persistence      ByDriver[float64] `param:"level_persistence" unit:"share"`
	LastingSD        ByDriver[float64] `param:"level_lasting_sd" unit:"log"`
	PassingSD        ByDriver[float64] `param:"level_passing_sd" unit:"log"`
	Trend            ByDriver[float64] `param:"level_trend" unit:"log" sign:"either"`
	TrendPersistence ByDriver[float64] `param:"level_trend_persistence" unit:"share"`
	TrendSD          ByDriver[float64] `param:"level_trend_sd" unit:"log"`
}

// furthestLevel is the furthest that a level may be told to go, in logarithms.
const furthestLevel = 5

// Validate checks the levels.
func (l *Levels) Validate(fault Fault) {
	for d := range NumDrivers {
		key := "." + d.String()
		for _, sd := range []struct {
			name string
			of   float64
		}{{"level_lasting_sd", l.LastingSD[d]}, {"level_passing_sd", l.PassingSD[d]}, {"level_trend_sd", l.TrendSD[d]}} {
			atMost(fault, sd.name+key, sd.of, furthestLevel, ": the level would be anything")
		}
		for _, log := range []struct {
			name string
			of   float64
		}{{"level_start", l.Start[d]}, {"level_trend", l.Trend[d]}} {
			atLeast(fault, log.name+key, log.of, -furthestLevel)
			atMost(fault, log.name+key, log.of, furthestLevel, ": a hundredfold and more")
		}
	}
}
