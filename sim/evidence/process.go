package evidence

// Process is how a level is taken to move from quarter to quarter.
type Process uint8

// The processes. All but the first are special cases of policy.Levels.
const (
	// Pooled: each of the others with the same chance, for each driver by itself.
	// Which of them a level follows is not known, and pooling alike is hard to beat
	// where it is not (Clemen 1989).
	Pooled Process = iota
	// DampedTrend: a random walk whose trend fades (Gardner & McKenzie 1985).
	DampedTrend
	// RandomWalk: the level stays where it is, but for its surprises.
	RandomWalk
	// MeanReverting: the level returns to its mean of the last three years.
	MeanReverting
	NumProcesses
)

var processNames = [NumProcesses]string{"pooled", "damped-trend", "random-walk", "mean-reverting"}

// Processes lists the names of the processes, the default first.
func Processes() []string { return processNames[:] }

// String returns the name used on the command line.
func (p Process) String() string { return processNames[p] }

// ProcessNamed returns the process of a name.
func ProcessNamed(name string) (Process, bool) {
	for p, n := range processNames {
		if n == name {
			return Process(p), true
		}
	}
	return 0, false
}

// Alone lists the processes that one stands for: itself, or all others of the
// pooled one.
func (p Process) Alone() []Process {
	if p == Pooled {
		return []Process{DampedTrend, RandomWalk, MeanReverting}
	}
	return []Process{p}
}
