// Seedfaults puts mistakes into the program, one at a time, and reports which
// test notices each: a spot check of the tests.
//
//	seedfaults [-only NAMES] [-markdown]   try the faults
//	seedfaults -list [-only NAMES]         say what they are
//
// Run it at the root of the module. The faults are those of the folder faults;
// NAMES are names of faults or of areas, with commas between them. First the tests
// must pass as they are. No file of the module is changed: a fault reaches the
// tests through go test -overlay.
//
// The exit status is 0 where a test catches every fault, 1 where one survives, is
// ended by the time limit of the tests only, cannot be tried, or the tests fail
// without any, and 2 for wrong use.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// limit is how long the tests of a package may take with a fault: some times as
// long as those of the model do without one.
const limit = 20 * time.Minute

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run does what the arguments say and returns the exit status.
func run(ctx context.Context, arguments []string, out, complaints io.Writer) int {
	flags := flag.NewFlagSet("seedfaults", flag.ContinueOnError)
	flags.SetOutput(complaints)
	list := flags.Bool("list", false, "print what the faults are")
	only := flags.String("only", "", "the faults or areas to try, with commas between their `names`")
	markdown := flags.Bool("markdown", false, "print the table of docs/verification.md")
	if err := flags.Parse(arguments); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	faults, err := readFaults(shipped)
	if err == nil {
		faults, err = chosen(faults, *only)
	}
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("%q: seedfaults takes flags only", flags.Arg(0))
	}
	if err != nil {
		fmt.Fprintln(complaints, err)
		return 2
	}
	if *list {
		printList(out, faults)
		return 0
	}
	progress := out
	if *markdown {
		progress = complaints
	}
	trials, err := examine(ctx, &bench{root: ".", limit: limit}, faults, progress)
	if err == nil && *markdown {
		printMarkdown(out, trials)
	}
	if err != nil {
		fmt.Fprintln(complaints, err)
		return 1
	}
	return 0
}

// examine tries faults one after the other. The error says that the tests do
// not catch all of them, or could not be run.
func examine(ctx context.Context, b *bench, faults []fault, progress io.Writer) ([]trial, error) {
	fmt.Fprintf(progress, "the tests of %d packages without a fault\n", len(packagesOf(faults)))
	if err := b.sound(ctx, packagesOf(faults)); err != nil {
		return nil, err
	}
	began := time.Now()
	var trials []trial
	for i := range faults {
		t, err := b.try(ctx, &faults[i])
		if err != nil {
			return trials, err
		}
		printTrial(progress, t)
		trials = append(trials, t)
	}
	return trials, summary(progress, trials, time.Since(began))
}
