package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far a run is: on a terminal a bar with rate and time left,
// or their numbers alone on a narrow one, otherwise a line now and then.
type progress struct {
	what    string // is counted
	bar     *progressbar.ProgressBar
	out     io.Writer
	columns func() int // of the terminal now; 0 for none
	total   int
	done    int
	started time.Time
	spoke   time.Time
}

// lineEvery is how often a run that is not watched says where it is.
const lineEvery = 15 * time.Second

// besideBar is how many columns the numbers next to a bar take at most, without
// what is counted, and how many of them: percent, rate, time gone and left.
const besideBar = 55

func newProgress(out io.Writer, total int, what string) *progress {
	p := &progress{what: what, out: out, total: total, started: time.Now(), spoke: time.Now(), columns: func() int { return columns(out) }}
	if p.columns() > 0 {
		p.terminal()
	}
	return p
}

// terminal makes the run drawn on a terminal.
func (p *progress) terminal() {
	p.bar = progressbar.NewOptions(p.total,
		progressbar.OptionSetWriter(p.out),
		progressbar.OptionSetDescription(p.what),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("rep"),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionFullWidth(),
		progressbar.OptionEnableColorCodes(os.Getenv("NO_COLOR") == ""),
		progressbar.OptionClearOnFinish(),
	)
	p.draw()
}

// columns is the width of a terminal; 0 for what is none, or does not say it.
func columns(out io.Writer) int {
	f, ok := out.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// step counts a finished replication.
func (p *progress) step() {
	p.done++
	if p.bar != nil {
		p.draw()
		return
	}
	if now := time.Now(); p.done < p.total && now.Sub(p.spoke) >= lineEvery {
		p.spoke = now
		fmt.Fprintln(p.out, p.text(now))
	}
}

// draw shows on a terminal where the run is. What cannot be drawn must not stop
// a run.
func (p *progress) draw() {
	switch width := p.columns(); {
	case p.bar == nil:
	case p.fits(width):
		_ = p.bar.Set(p.done)
	default:
		p.line(p.text(time.Now()), width)
	}
}

// fits reports whether a bar and its numbers have room on one line.
func (p *progress) fits(width int) bool {
	return width >= besideBar+len(p.what)+2*len(strconv.Itoa(p.total))
}

// line replaces what stands on the last line of a narrow terminal. The last
// column stays free, or some terminals would begin another line.
func (p *progress) line(text string, width int) {
	free := max(width-1, 0)
	fmt.Fprintf(p.out, "\r%-*.*s\r", free, free, text)
}

// text says in words where the run is.
func (p *progress) text(now time.Time) string {
	text := fmt.Sprintf("%d of %d %s", p.done, p.total, p.what)
	if p.done == 0 {
		return text
	}
	left := time.Duration(float64(now.Sub(p.started)) / float64(p.done) * float64(p.total-p.done))
	return fmt.Sprintf("%s, about %s left", text, left.Round(time.Second))
}

// end clears the bar, or its line.
func (p *progress) end() {
	switch width := p.columns(); {
	case p.bar == nil:
	case p.fits(width):
		_ = p.bar.Finish()
	default:
		p.line("", width)
	}
}
