package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"strings"
)

// outcome is how the tests met a fault.
type outcome int

const (
	survived outcome = iota // all tests pass
	caught                  // a test fails
	hung                    // a test does not end
	invalid                 // the program cannot be built: the tests did not run
)

func (o outcome) String() string {
	return [...]string{"SURVIVED", "caught", "timed out", "INVALID"}[o]
}

// record is a line of the log of go test -json (go doc test2json, go help
// buildjson).
type record struct {
	Action      string
	Test        string
	Output      string
	FailedBuild string
}

// judge reads a log of go test. Of several tests that failed it names the first.
func judge(log []byte) trial {
	verdict, complaint, failed := trial{}, "", false
	lines := bufio.NewScanner(bytes.NewReader(log))
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var r record
		if json.Unmarshal(lines.Bytes(), &r) != nil {
			continue // a line that the tests wrote beside their log
		}
		switch {
		case r.FailedBuild != "":
			return trial{outcome: invalid, by: strings.Join(strings.Fields(complaint), " ")}
		case r.Action == "build-output" && !strings.HasPrefix(r.Output, "#"):
			complaint += r.Output
		case r.Action == "output" && strings.HasPrefix(r.Output, "panic: test timed out after "):
			verdict.outcome = hung
			verdict.by, _, _ = strings.Cut(r.Test, "/")
		case r.Action == "fail" && r.Test == "":
			failed = true
		case r.Action == "fail" && verdict.by == "" && !strings.Contains(r.Test, "/"):
			verdict.by = r.Test
		}
	}
	if verdict.outcome == survived && (failed || verdict.by != "") {
		verdict.outcome = caught
		if verdict.by == "" {
			verdict.by = "a crash outside any test"
		}
	}
	return verdict
}
