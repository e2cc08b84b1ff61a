package main

import (
	"context"
	"sync"

	"github.com/spf13/cobra"

	"asylumsim/sim/experiment"
)

// prompt makes a command that keeps nothing of what it has begun end at the first
// interrupt, whatever it is doing. Files that are being put in their place are put
// there first.
func prompt(c *cobra.Command) *cobra.Command {
	do := c.RunE
	c.RunE = func(c *cobra.Command, args []string) error {
		done := make(chan error, 1)
		go func() { done <- do(c, args) }()
		select {
		case err := <-done:
			return err
		case <-c.Context().Done():
			placing.Lock()
			defer placing.Unlock()
			return experiment.ErrInterrupted
		}
	}
	return c
}

// placing is held while finished files are put in their place.
var placing sync.Mutex

// place puts finished files in their place, unless the command was interrupted.
func place(ctx context.Context, files func() error) error {
	placing.Lock()
	defer placing.Unlock()
	if ctx.Err() != nil {
		return experiment.ErrInterrupted
	}
	return files()
}
