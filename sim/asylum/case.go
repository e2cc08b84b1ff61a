package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// Case is a main applicant with dependants: the record that travels through
// the legal stages, inside an event of the calendar or inside a queue. It is
// in exactly one place at a time and holds no pointers.
type Case struct {
	Key random.Key
	// Claimed is when the claim was made, Since when the present stage began,
	// Protected when protection was first granted (clock.Never before that).
	Claimed   clock.Tick
	Since     clock.Tick
	Protected clock.Tick
	// Place is the case's index in the accommodation table, or noPlace. It may
	// be out of date: the table's key decides.
	Place int32
	// Epoch is the epoch of rules at the date of claim.
	Epoch uint16
	// Cohort is the month of the run in which the claim was made, or -1.
	Cohort      int16
	Nationality policy.Nationality
	Route       policy.Route
	Stage       Stage
	Next        Kind
	Adults      uint8
	Children    uint8
	// Permits counts the permits held so far, Appeals the appeals lodged and
	// Attempts the enforced returns tried: the occurrence of their draws.
	Permits  uint8
	Appeals  uint8
	Attempts uint8
	Flags    Flags
}

// Flags are attributes of a case that are true or false.
type Flags uint8

// The flags.
const (
	Unaccompanied Flags = 1 << iota // unaccompanied asylum-seeking child (UASC)
	Ceased                          // protection ceased at a review, not refused at first
)

// Has reports whether all given flags are set.
func (f Flags) Has(g Flags) bool { return f&g == g }

// People returns how many people the case is.
func (c *Case) People() unit.People { return unit.People(c.Adults) + unit.People(c.Children) }

// Family reports whether the case has adults with children.
func (c *Case) Family() bool { return c.Adults > 0 && c.Children > 0 }

// SingleAdult reports whether the case is one adult alone.
func (c *Case) SingleAdult() bool { return c.Adults == 1 && c.Children == 0 }

const noPlace int32 = -1

// Kind says what a pending event is.
type Kind uint8

// The kinds of event.
const (
	BecomesDecidable Kind = iota // screening, interview and evidence are done
	Withdraws                    // the claim is withdrawn during preparation
	LodgesAppeal                 // within the time limit
	ExhaustsRights               // the time limit has passed
	PermitExpires                // a review or settlement is due
	LeavesLimbo                  // voluntary return or loss of contact
	SupportEnds                  // the accommodation timer of a case
)

// Stage is the legal stage of a case. A case is in exactly one.
type Stage uint8

// The stages. Those from Settled on are final: the case has left the model.
const (
	Outside       Stage = iota // not yet in the system
	Preparing                  // claimed, not yet ready for a decision
	Decidable                  // in the queue for an initial decision
	AppealWindow               // refused or ceased, time to appeal is running
	Appealing                  // appeal open at the tribunal
	Permitted                  // leave in force
	Reviewing                  // permit expired, review open, leave continues
	Removable                  // appeal rights exhausted, return can be carried out
	Limbo                      // appeal rights exhausted, return cannot be carried out
	Absconded                  // appeal rights exhausted, out of contact
	Settled                    // settlement granted
	Withdrawn                  // claim withdrawn
	AdminOutcome               // claim ended by an administrative outcome
	ReturnedOwn                // voluntary return
	ReturnedForce              // enforced return
	NumStages
)

var stageNames = [NumStages]string{
	"outside", "preparing", "decidable", "appeal_window", "appealing", "permitted", "reviewing",
	"removable", "limbo", "absconded", "settled", "withdrawn", "administrative_outcome",
	"returned_voluntarily", "returned_by_enforcement",
}

// String returns the stage's name.
func (s Stage) String() string { return stageNames[s] }

// moves lists the moves that the model knows: the arrows of its flow diagram.
// Any other is a fault of the program.
var moves = [NumStages][]Stage{
	Outside:      {Preparing, Decidable, Appealing, Removable, Limbo, Permitted},
	Preparing:    {Decidable, Withdrawn},
	Decidable:    {Permitted, AppealWindow, Withdrawn, AdminOutcome},
	AppealWindow: {Appealing, Removable, Limbo},
	Appealing:    {Permitted, Removable, Limbo},
	Permitted:    {Reviewing, Settled},
	Reviewing:    {Permitted, AppealWindow},
	Removable:    {ReturnedOwn, ReturnedForce, Absconded},
	Limbo:        {ReturnedOwn, Absconded},
}

// allowed is moves as a table, for the check on every move.
var allowed = func() (table [NumStages][NumStages]bool) {
	for from, targets := range moves {
		for _, to := range targets {
			table[from][to] = true
		}
	}
	return table
}()
