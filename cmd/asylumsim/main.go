// Command asylumsim simulates small-boat arrivals to the United Kingdom and
// the asylum caseload behind them under policy variants.
//
// Its files parse, call and print, one per subcommand; what they call is in
// the packages below sim.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/spf13/cobra"

	"asylumsim/sim/experiment"
	"asylumsim/sim/policy"
	"asylumsim/sim/store"
)

// Exit statuses.
const (
	statusDone   = 0
	statusFailed = 1 // the command failed or was interrupted
	statusUsage  = 2 // wrong usage or invalid configuration
	// A signal that ends the program at once makes the shell say 128 and its
	// number: 130 for an interrupt.
)

func main() {
	collectAt(startGarbage)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second interrupt ends the program at once.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run executes the program and returns its exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	out := &printer{to: stdout}
	root := rootCommand()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if out.err != nil && (err == nil || errors.Is(err, out.err)) {
		err = failed(fmt.Errorf("cannot print: %w", out.err))
	}
	if err == nil {
		return statusDone
	}
	// What files say is repeated in errors, and is not for the terminal to obey.
	fmt.Fprintln(stderr, "asylumsim:", policy.Printable(err.Error()))
	var failed *failure
	if errors.As(err, &failed) || errors.Is(err, experiment.ErrInterrupted) || store.Full(err) {
		return statusFailed
	}
	return statusUsage
}

// printer is standard output. It keeps the first error, such as that of a full
// disk, so that no command ends as if what it printed had arrived.
type printer struct {
	to  io.Writer
	err error
}

func (p *printer) Write(data []byte) (int, error) {
	n, err := p.to.Write(data)
	if p.err == nil && err != nil {
		p.err = err
	}
	return n, err
}

// failure marks an error that is not the user's: the run itself failed.
type failure struct{ err error }

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

func failed(err error) error {
	if err == nil {
		return nil
	}
	return &failure{err}
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "asylumsim",
		Short: "Simulate UK small-boat arrivals and the asylum caseload under policy regimes",
		Long: `asylumsim simulates small-boat arrivals to the United Kingdom and the asylum
caseload behind them, person by person, under policy regimes that are set in
configuration files, and compares the regimes on the same people and the same
luck.

Start with:

  asylumsim run core-protection            the shipped experiment
  asylumsim plot results/core-protection   its figures
  asylumsim explain uk-core-protection     what a regime changes, with sources

Exit status: 0 done, 1 the command failed or was interrupted, 2 wrong usage or
invalid configuration, 130 ended at once by a second interrupt. An interrupted
run keeps what is finished; other commands end at once and write nothing.`,
		Version:       fmt.Sprintf("%s\n%s\n%s %s/%s", version, built().Source(), runtime.Version(), runtime.GOOS, runtime.GOARCH),
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(explainFlag)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.PersistentFlags().String("configs", "", "folder whose files override or add to the shipped configuration, by the same relative path")
	root.AddCommand(runCommand(), rerunCommand(), verifyCommand(), backtestCommand(), calibrateCommand())
	for _, c := range []*cobra.Command{mergeCommand(), compareCommand(), plotCommand(), listCommand(), explainCommand(), validateCommand(), schemaCommand()} {
		root.AddCommand(prompt(c))
	}
	return root
}
