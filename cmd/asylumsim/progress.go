package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress tells how far a run is: a bar with rate and time left on a
// terminal, otherwise a line now and then.
type progress struct {
	what    string // is counted
	bar     *progressbar.ProgressBar
	out     io.Writer
	total   int
	done    int
	started time.Time
	spoke   time.Time
}

// lineEvery is how often a run that is not watched says where it is.
const lineEvery = 15 * time.Second

func newProgress(out io.Writer, total int, what string) *progress {
	p := &progress{what: what, out: out, total: total, started: time.Now(), spoke: time.Now()}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(out),
			progressbar.OptionSetDescription(what),
			progressbar.OptionShowCount(),
			progressbar.OptionShowIts(),
			progressbar.OptionSetItsString("rep"),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionFullWidth(),
			progressbar.OptionEnableColorCodes(os.Getenv("NO_COLOR") == ""),
			progressbar.OptionClearOnFinish(),
		)
		_ = p.bar.RenderBlank() // a bar that cannot be drawn must not stop a run
	}
	return p
}

// step counts a finished replication.
func (p *progress) step() {
	p.done++
	if p.bar != nil {
		_ = p.bar.Add(1)
		return
	}
	if now := time.Now(); p.done < p.total && now.Sub(p.spoke) >= lineEvery {
		p.spoke = now
		left := time.Duration(float64(now.Sub(p.started)) / float64(p.done) * float64(p.total-p.done))
		fmt.Fprintf(p.out, "%d of %d %s, about %s left\n", p.done, p.total, p.what, left.Round(time.Second))
	}
}

// end clears the bar.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
