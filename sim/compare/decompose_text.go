package compare

import (
	"fmt"
	"strings"
)

// writeShares writes the decomposition, a table for each output.
func (c *Comparison) writeShares(b *strings.Builder) {
	fmt.Fprintf(b, "%s taken apart: differences from %s, %s, paired\n", c.Shares[0].Of, c.Base, replications(c.Replications))
	for _, total := range c.Bases {
		when, scale := c.told(total.Output)
		fmt.Fprintf(b, "\n%s %s\n", c.name(total.Output), when)
		t := &layout{narrow: []int{2, 4, 6}}
		t.row(cell{}, cell{text: "first in", span: 2}, cell{text: "last out", span: 2}, cell{text: "Shapley", span: 2})
		var line []cell
		for _, s := range c.Shares {
			if s.Output != total.Output {
				continue
			}
			difference, interval := effect(s.Mean, (s.CIHigh-s.CILow)/2, s.None(), s.Indistinct(), scale)
			c.printed.effect(s, interval)
			cells := []cell{{text: difference}, {text: interval}}
			switch s.Effect {
			case Alone:
				line = append([]cell{{text: "  " + s.Group, left: true}}, cells...)
			case Last:
				line = append(line, cells...)
			case Shapley:
				t.row(append(line, cells...)...)
			case Whole:
				line = append([]cell{{text: "  all together", left: true}, {}, {}, {}, {}}, cells...)
				t.row(line...)
			case Interactions:
				t.row(append([]cell{{text: "  all less the sum of first in", left: true}}, cells...)...)
			}
		}
		t.write(b)
	}
}

// explainShares says what the columns of a decomposition are.
const explainShares = "First in: the group alone, over the base. Last out: all groups less all but this one. " +
	"Shapley: the average over all orders in which the groups can be added; these sum to the effect of all together, replication by replication. " +
	"All less the sum of first in is what the groups do to one another."
