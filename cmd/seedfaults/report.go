package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// printList prints what the faults are.
func printList(out io.Writer, faults []fault) {
	area := ""
	for _, f := range faults {
		if f.Area != area {
			area = f.Area
			fmt.Fprintf(out, "%s\n", area)
		}
		fmt.Fprintf(out, "  %s (%s)\n      %s\n", f.ID, f.File, f.Mistake)
	}
}

// printTrial prints a line of the table.
func printTrial(out io.Writer, t trial) {
	fmt.Fprintf(out, "%-42s %-12s %-10s %5.1f s  %s\n", t.fault.ID, t.fault.Area, t.outcome, t.took.Seconds(), t.by)
}

// printMarkdown prints the table of docs/verification.md.
func printMarkdown(out io.Writer, trials []trial) {
	fmt.Fprint(out, "| area | mistake | noticed by |\n|---|---|---|\n")
	for _, t := range trials {
		by := "`" + t.by + "`"
		if t.outcome != caught {
			by = strings.TrimSpace(t.outcome.String() + " " + t.by)
		}
		fmt.Fprintf(out, "| %s | %s | %s |\n", t.fault.Area, strings.ReplaceAll(t.fault.Mistake, "|", `\|`), by)
	}
}

// summary counts the trials, and is an error where no test caught a fault: it
// survived, only the time limit ended it, or it could not be tried.
func summary(out io.Writer, trials []trial, took time.Duration) error {
	var count [invalid + 1]int
	for _, t := range trials {
		count[t.outcome]++
	}
	fmt.Fprintf(out, "caught by a test: %d of %d, only by the time limit: %d, survived: %d, invalid: %d; %.0f s\n",
		count[caught], len(trials), count[hung], count[survived], count[invalid], took.Seconds())
	if bad := len(trials) - count[caught]; bad > 0 {
		return fmt.Errorf("not caught: %d of %d faults", bad, len(trials))
	}
	return nil
}
