package asylum

import (
	"fmt"

	"asylumsim/sim/unit"
)

// familyType sorts cases by who is in them.
type familyType uint8

// The family types, in the order in which they are given homes: single adults
// come last because, being one person each, they make any total.
const (
	withChildren familyType = iota
	adultsOnly              // more than one adult, no child
	singleAdult
	numFamilyTypes
)

func (f familyType) String() string {
	return [...]string{"cases with children", "adults without children", "single adults"}[f]
}

func (c *Case) familyType() familyType {
	switch {
	case c.Children > 0:
		return withChildren
	case c.Adults > 1:
		return adultsOnly
	}
	return singleAdult
}

// The columns of the opening table are the kinds of housing and none.
const (
	withoutSupport = int(NumHousing)
	homeColumns    = int(NumHousing) + 1
	homeRows       = int(numOpeningStocks) * int(numFamilyTypes)
)

// homeRow is the row of the opening table for a legal stage and family type:
// one family type after the other.
func homeRow(stock openingStock, family familyType) int {
	return int(family)*int(numOpeningStocks) + int(stock)
}

// openingTable is the joint table of the opening stocks: people by legal stage
// and family type (rows), and by housing (columns), of those who could be
// supported. Nothing is published but its totals: people by stage, and people
// supported by housing.
type openingTable struct {
	// people and inNeed are the rows' totals and how many of them are expected
	// to be supported, before the published number of supported people is met.
	people [homeRows]unit.People
	inNeed [homeRows]float64
	// fitted is the table by proportional fitting, whole the same in whole
	// people.
	fitted [homeRows * homeColumns]float64
	whole  []int64
}

// surest bounds the share of a row that is expected to be supported: who is
// supported in the end is for the published total to say.
const surest = 0.999

// fit computes the table: a seed with all that is known or assumed about who
// lives where, scaled to the people of every row and the published people of
// every kind of housing.
func (t *openingTable) fit(e *epoch, supported *[NumHousing]unit.People) error {
	t.seed(e, supported)
	rows := margin{name: "people who could be supported", label: homeRowName, target: make([]float64, homeRows)}
	columns := margin{name: "people supported by accommodation", label: homeName, target: make([]float64, homeColumns)}
	without := unit.People(0)
	for row, people := range t.people {
		rows.target[row] = float64(people)
		without += people
	}
	eligible := without
	for h, people := range supported {
		columns.target[h] = float64(people)
		without -= people
	}
	if without < 0 {
		return fmt.Errorf("%d people are supported, but only %d could be", eligible-without, eligible)
	}
	columns.target[withoutSupport] = float64(without)
	for cell := range t.fitted {
		rows.class = append(rows.class, cell/homeColumns)
		columns.class = append(columns.class, cell%homeColumns)
	}
	if err := rake(t.fitted[:], []margin{rows, columns}); err != nil {
		return err
	}
	t.whole = roundTable(t.fitted[:], homeColumns)
	return nil
}

// seed sets what the table would be without its totals: of each row the share
// in need, spread over housing as in the published total, times how much more
// likely the row is to be there than others. Large sites take single adults
// only. Cases with children, and cases that have waited for longer because
// their claim has been decided, come before others for dispersal, each by a
// stated weight.
func (t *openingTable) seed(e *epoch, supported *[NumHousing]unit.People) {
	children := precedence(e.Opening.FamilyDispersal)
	longer := precedence(e.Opening.DecidedDispersal)
	for stock := range numOpeningStocks {
		for family := range numFamilyTypes {
			row := homeRow(stock, family)
			var weights [NumHousing]float64
			total := 0.0
			for h := range NumHousing {
				w := float64(supported[h])
				switch {
				case h == LargeSite && family != singleAdult:
					w = 0
				case h == Dispersal:
					if family == withChildren {
						w *= children
					}
					if stock != openAwaiting {
						w *= longer
					}
				}
				weights[h] = w
				total += w
			}
			people := float64(t.people[row])
			inNeed := min(t.inNeed[row], float64(surest*people))
			cells := t.fitted[row*homeColumns:][:homeColumns]
			for h, w := range weights {
				cells[h] = 0
				if total > 0 {
					cells[h] = inNeed * w / total
				}
			}
			cells[withoutSupport] = people - inNeed
		}
	}
}

// precedence turns a weight between 0 and 1 into the factor on the odds of
// dispersal: 1 for 0, 2 for a half, bounded at 100.
func precedence(weight unit.Share) float64 { return 1 / max(1-float64(weight), 0.01) }

// homeName names a column.
func homeName(column int) string {
	if column == withoutSupport {
		return "no support"
	}
	return Housing(column).String()
}

// homeRowName names a row.
func homeRowName(row int) string {
	stock := [...]string{
		openRefused: "refused", openAppeals: "with an appeal open", openAwaiting: "awaiting a decision", openPermits: "granted within the move-on period",
	}[row%int(numOpeningStocks)]
	return fmt.Sprintf("%v %s", familyType(row/int(numOpeningStocks)), stock)
}
