// Package configs is the default data set, embedded in the binary:
// parameters, regimes, experiments, nationality groups and published series.
package configs

import "embed"

// Files holds the data set under the paths that it has in this folder.
//
//go:embed nationalities.yaml correlations.yaml parameters regimes experiments observed
var Files embed.FS
