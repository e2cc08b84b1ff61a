package config

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/viper"

	"asylumsim/sim/policy"
)

// Execution says how to run and where results go. It has no influence on
// them.
type Execution struct {
	Workers int    // parallel replications; 0 for as many as there are processors
	Out     string // folder for results
	Format  string // of what is printed, one of Formats
}

// Formats lists the formats of printed tables.
var Formats = []string{"table", "csv", "json"}

// ExecutionFlags are what the command line says of the execution; nil where a
// flag was not given.
type ExecutionFlags struct {
	Workers     *int
	Out, Format *string
}

// LoadExecution merges flags, then ASYLUMSIM_WORKERS, ASYLUMSIM_OUT and
// ASYLUMSIM_FORMAT from the environment, then defaults. Nothing else is read
// from the environment.
func LoadExecution(flags ExecutionFlags) (Execution, error) {
	v := viper.NewWithOptions(viper.KeyDelimiter("::"))
	v.SetEnvPrefix("ASYLUMSIM")
	given := map[string]string{}
	if flags.Workers != nil {
		given["workers"] = strconv.Itoa(*flags.Workers)
	}
	if flags.Out != nil {
		given["out"] = *flags.Out
	}
	if flags.Format != nil {
		given["format"] = *flags.Format
	}
	for key, fallback := range map[string]string{"workers": "0", "out": "results", "format": "table"} {
		v.SetDefault(key, fallback)
		if err := v.BindEnv(key); err != nil {
			return Execution{}, err
		}
		if value, ok := given[key]; ok {
			v.Set(key, value)
		}
	}
	where := func(key string) policy.Position {
		if _, ok := given[key]; ok {
			return policy.Position{File: "--" + key}
		}
		return policy.Position{File: "environment variable " + map[string]string{
			"workers": "ASYLUMSIM_WORKERS", "out": "ASYLUMSIM_OUT", "format": "ASYLUMSIM_FORMAT"}[key]}
	}
	x := Execution{Out: v.GetString("out"), Format: v.GetString("format")}
	var ps policy.Problems
	workers, err := strconv.Atoi(v.GetString("workers"))
	if err != nil || workers < 0 || workers > 4096 {
		ps = append(ps, policy.Problem{Position: where("workers"), Key: "workers", Value: v.GetString("workers"), Want: "a whole number up to 4096, 0 for as many as there are processors"})
	}
	x.Workers = workers
	if !slices.Contains(Formats, x.Format) {
		ps = append(ps, policy.Problem{Position: where("format"), Key: "format", Value: fmt.Sprintf("%q", x.Format), Want: policy.OneOf(Formats),
			Hint: policy.DidYouMean(x.Format, Formats)})
	}
	return x, ps.Err()
}
