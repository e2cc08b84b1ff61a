// Benchreport reads the results of the project's benchmarks, as go test prints
// them, and checks them or writes what the documents show of them.
//
//	benchreport -check [-baseline FILE] FILE   compare with stored results; those
//	                                           of its own processor, if there are any
//	benchreport -table FILE                    print the table of the README
//	benchreport -readme README.md FILE         write it into the README
//	benchreport -figures FOLDER FILE           draw how cost grows, list the regimes
//
// The check fails where a benchmark allocates per event, or where the time per
// event of the base replication over that of the kernel, medians of five rounds
// or more, is over 30% above the stored ratio; the exit status is 2 where nothing
// but that ratio is wrong, and 1 otherwise. make bench, make bench-check and
// make bench-baseline call it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, err)
		}
		var costlier costlierError
		if errors.As(err, &costlier) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

const baselineFile = "results/benchmark/baseline.txt"

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("benchreport", flag.ContinueOnError)
	checks := flags.Bool("check", false, "fail where results are worse than the stored ones")
	baseline := flags.String("baseline", baselineFile, "with -check: the stored results")
	table := flags.Bool("table", false, "print the table of the README")
	readme := flags.String("readme", "", "rewrite the table between the marks in this `file`")
	figures := flags.String("figures", "", "write figures and the table of regimes to this `folder`")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("one file of results is needed: benchreport -check results/benchmark/latest.txt (benchreport -help says more)")
	}
	if !*checks && !*table && *readme == "" && *figures == "" {
		return errors.New("nothing to do: want -check, -table, -readme or -figures")
	}
	s, err := readSheet(flags.Arg(0))
	if err != nil {
		return err
	}
	// The table is made before anything is written: it fails where results lack something.
	text := ""
	if *table || *readme != "" {
		if text, err = speedTable(s); err != nil {
			return err
		}
	}
	if *table {
		fmt.Fprint(out, text)
	}
	if *figures != "" {
		if err := writeFigures(*figures, s); err != nil {
			return err
		}
	}
	if *readme != "" {
		if err := rewrite(*readme, text); err != nil {
			return err
		}
	}
	if *checks {
		stored, err := storedFor(*baseline, s)
		if err != nil {
			return err
		}
		return check(out, s, stored)
	}
	return nil
}
