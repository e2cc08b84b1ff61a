package verify

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"
)

// Formats lists the formats that Write knows.
var Formats = []string{"table", "csv", "json"}

// Write writes the verification table in one of Formats.
func (r Report) Write(w io.Writer, format string) error {
	switch format {
	case "table":
		return r.writeTable(w)
	case "csv":
		return r.writeCSV(w)
	case "json":
		return r.writeJSON(w)
	}
	return fmt.Errorf("format %q is not known: want table, csv or json", format)
}

func (r Report) writeTable(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	group := ""
	for _, f := range r.Findings {
		if f.Group != group {
			if group != "" {
				fmt.Fprintln(t)
			}
			group = f.Group
			fmt.Fprintf(t, "%s\ttheory\testimate\t99%% interval\tpass\n", strings.ToUpper(group))
		}
		fmt.Fprintf(t, "  %s\t%s\t%s\t%s\t%s\n", f.Name, f.theory(), f.estimate(), f.interval(), f.verdict())
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s\n\n%s\n", legend, strings.Join(r.notes(), "\n"))
	return err
}

// legend explains the names of checks.
const legend = `Chi-square: counts in cells compared with the law; on average it is the cells less one.
M/M/10: a queue with Poisson arrivals, exponential services of one hour and 10 servers; a fourth
letter or number is the room in it, D are constant services, G others, +M means that people give
up, infinity that nobody waits, M(t) that arrivals swing through the day. Queues served on working
days have 3 joining a day, weekends and bank holidays. The reduced model runs for two years.`

// notes say what the table means and what came of it.
func (r Report) notes() []string {
	notes := []string{fmt.Sprintf("%d checks, %d passed; seed %d.", len(r.Findings), len(r.Findings)-len(r.Failed()), r.Seed)}
	if r.Sampled > 0 {
		notes = append(notes,
			"A sampled check passes within a limit wider than its 99% interval: over the whole table, a",
			fmt.Sprintf("correct program exceeds one with a chance of at most about %v. Of %d intervals of 99%%, %d", FalseAlarms, r.Sampled, r.Outside),
			"do not contain the theory; one in a hundred is to be expected.")
	}
	for _, f := range r.Failed() {
		notes = append(notes, fmt.Sprintf("FAILED: %s: %s", f.Name, f.Fault))
	}
	return notes
}

func (f Finding) theory() string {
	if f.Form == Bounded {
		return fmt.Sprintf("at most %.3g", f.Theory)
	}
	return figure(f.Theory)
}

func (f Finding) estimate() string { return figure(f.Estimate) }

func (f Finding) interval() string {
	switch f.Form {
	case Exact:
		return fmt.Sprintf("exact, of %d", f.Runs*max(f.Of, 1))
	case Bounded:
		return "bound"
	}
	return figure(f.Low) + " to " + figure(f.High)
}

func (f Finding) verdict() string {
	if f.Passed() {
		return "yes"
	}
	return "NO"
}

// figure writes a number with five significant digits and no exponent.
func figure(x float64) string {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return fmt.Sprint(x)
	}
	decimals := max(0, 4-int(math.Floor(math.Log10(math.Abs(x)))))
	text := strconv.FormatFloat(x, 'f', decimals, 64)
	if whole, fraction, ok := strings.Cut(text, "."); ok {
		if fraction = strings.TrimRight(fraction, "0"); fraction == "" {
			return whole
		}
		return whole + "." + fraction
	}
	return text
}

// row is a finding for machines. What a form does not have is empty.
type row struct {
	Group    string   `json:"group"`
	Check    string   `json:"check"`
	Law      string   `json:"law"`
	Form     string   `json:"form"`
	Theory   float64  `json:"theory"`
	Estimate *float64 `json:"estimate"` // null where it is not a number
	Low      *float64 `json:"ci99_low"`
	High     *float64 `json:"ci99_high"`
	Limit    *float64 `json:"limit"` // deviation from theory beyond which it fails
	Runs     int      `json:"runs"`
	Pass     bool     `json:"pass"`
	Fault    string   `json:"fault"`
}

func (r Report) rows() (rows []row) {
	for _, f := range r.Findings {
		x := row{Group: f.Group, Check: f.Name, Law: f.Law, Form: [...]string{"sampled", "exact", "bounded"}[f.Form],
			Theory: f.Theory, Estimate: finite(f.Estimate), Runs: f.Runs, Pass: f.Passed(), Fault: f.Fault}
		if f.Form == Sampled {
			x.Low, x.High, x.Limit = finite(f.Low), finite(f.High), finite(f.Limit)
		}
		rows = append(rows, x)
	}
	return rows
}

// finite is a number, or nil where it is none.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

func (r Report) writeCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	lines := [][]string{{"group", "check", "law", "form", "theory", "estimate", "ci99_low", "ci99_high", "limit", "runs", "pass", "fault"}}
	number := func(x *float64) string {
		if x == nil {
			return ""
		}
		return strconv.FormatFloat(*x, 'g', -1, 64)
	}
	for _, x := range r.rows() {
		lines = append(lines, []string{x.Group, x.Check, x.Law, x.Form, number(&x.Theory), number(x.Estimate),
			number(x.Low), number(x.High), number(x.Limit), strconv.Itoa(x.Runs), strconv.FormatBool(x.Pass), x.Fault})
	}
	return out.WriteAll(lines)
}

func (r Report) writeJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r.rows())
}
