// Package reference is the part of the kept results that the program tells.
package reference

import _ "embed"

// Backtest is summary.csv of the back-test at its defaults.
//
//go:embed backtest/summary.csv
var Backtest []byte
