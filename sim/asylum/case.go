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
	// Permits counts the permits held so far, Appeals the appeals lodged
	// and the returns from absence, Attempts the enforced returns tried and
	// Claims the further submissions made: the occurrence of their draws.
	Permits  uint8
	Appeals  uint8
	Attempts uint8
	Claims   uint8
	Flags    Flags
	// Detail is of the present stage: in Removable and Limbo the departure that
	// comes first, in Detained for how many weeks detention was prolonged.
	Detail uint8
}

// begin makes a case of one adult who has not come yet. It sets the fields one
// by one: a composite literal would be made elsewhere and copied, with the wait
// that copyTo tells of.
func (c *Case) begin(key random.Key, route policy.Route) {
	*c = Case{}
	c.Key, c.Route = key, route
	c.Protected = clock.Never
	c.Place, c.Cohort = noPlace, -1
	c.Adults = 1
}

// copyTo copies a case, field by field. The compiler would copy it in words of
// 16 bytes, and a processor cannot load a word while some of its bytes are on
// their way to memory: it waits for all stores before, which took a sixth of a
// replication. A test holds that no field is left out.
func (c *Case) copyTo(to *Case) {
	to.Key = c.Key
	to.Claimed = c.Claimed
	to.Since = c.Since
	to.Protected = c.Protected
	to.Place = c.Place
	to.Epoch = c.Epoch
	to.Cohort = c.Cohort
	to.Nationality = c.Nationality
	to.Route = c.Route
	to.Stage = c.Stage
	to.Next = c.Next
	to.Adults = c.Adults
	to.Children = c.Children
	to.Permits = c.Permits
	to.Appeals = c.Appeals
	to.Attempts = c.Attempts
	to.Claims = c.Claims
	to.Flags = c.Flags
	to.Detail = c.Detail
}

// Flags are attributes of a case that are true or false.
type Flags uint8

// The flags.
const (
	Unaccompanied Flags = 1 << iota // unaccompanied asylum-seeking child (UASC)
	Ceased                          // protection ceased or revoked, not refused at first
	Humanitarian                    // humanitarian protection, not refugee status
	NewBody                         // the appeal is with the new appeals body
	Offered                         // a return payment has been offered
	Resettled                       // came by a safe route
	Exchanged                       // admitted in exchange for a transfer
	Vulnerable                      // physically, mentally or otherwise at particular risk
)

// Has reports whether all given flags are set.
func (f Flags) Has(g Flags) bool { return f&g == g }

// People returns how many people the case is.
func (c *Case) People() unit.People { return unit.People(c.Adults) + unit.People(c.Children) }

// Family reports whether the case has adults with children.
func (c *Case) Family() bool { return c.Adults > 0 && c.Children > 0 }

// inCare reports whether a case in a legal stage is a child in the care of a
// local authority: an unaccompanied child whose first claim has no outcome yet.
// Years later, when leave ceases or a further claim is made, it is grown up.
func (c *Case) inCare(s Stage) bool {
	return c.Flags&(Unaccompanied|Ceased) == Unaccompanied && c.Claims == 0 && undecided[s]
}

// SingleAdult reports whether the case is one adult alone.
func (c *Case) SingleAdult() bool { return c.Adults == 1 && c.Children == 0 }

const noPlace int32 = -1

// Kind says what a pending event is.
type Kind uint8

// The kinds of event.
const (
	Void               Kind = iota // replaced by another event; nothing happens
	BecomesDecidable               // screening, interview and evidence are done
	Withdraws                      // the claim is withdrawn during preparation
	LodgesAppeal                   // within the time limit
	ExhaustsRights                 // the time limit has passed
	LodgesOnward                   // onward appeal, within its time limit
	PermitExpires                  // a review or settlement is due
	Switches                       // to leave for work or study
	SettlesAfterSwitch             // the qualifying years after switching are over
	Revoked                        // leave is revoked after a conviction
	ReviewCalled                   // the country has been declared safe
	LeavesLimbo                    // voluntary return, further submission or loss of contact
	ReturnsAssisted                // an accepted offer is taken up
	DetentionEnds                  // by removal or by release
	LeavesAbsence                  // out of contact: comes back to notice or leaves unrecorded
	ReentersClaim                  // after a transfer, by a new arrival
	RetriesCrossing                // a boat that was prevented tries again
	FamilyArrives                  // family reunion
	SupportEnds                    // the accommodation timer of a case
	LosesSupport                   // the same, for not complying with the conditions of support
)

// Stage is the legal stage of a case. A case is in exactly one.
type Stage uint8

// The stages. Those from Settled on are final: the case has left the model.
const (
	Outside          Stage = iota // not yet in the system
	TransferHeld                  // inadmissible, waiting for a transfer to another country
	Preparing                     // claimed, not yet ready for a decision
	Decidable                     // in the queue for an initial decision
	AppealWindow                  // refused or ceased, time to appeal is running
	Appealing                     // appeal open at the tribunal or the new body
	OnwardWindow                  // dismissed, time to appeal onward is running
	OnwardAppeal                  // appeal open at the Upper Tribunal
	Permitted                     // leave in force
	Reviewing                     // permit expired, review open, leave continues
	Switched                      // leave for work or study after protection
	Departing                     // offer of a return payment accepted, not yet gone
	Removable                     // appeal rights exhausted, return can be carried out
	Detained                      // detained for removal
	Limbo                         // appeal rights exhausted, return cannot be carried out
	Absconded                     // appeal rights exhausted, out of contact
	Settled                       // settlement granted
	Withdrawn                     // claim withdrawn, and no return with it
	AdminOutcome                  // claim ended by an administrative outcome
	ReturnedOwn                   // voluntary return without assistance
	ReturnedAssisted              // voluntary return with assistance
	ReturnedForce                 // enforced return
	Transferred                   // to another country
	LeftUnrecorded                // left the country without a record
	NumStages
)

var stageNames = [NumStages]string{
	"outside", "held for transfer", "preparing", "decidable", "appeal window", "appealing", "onward window",
	"onward appeal", "permitted", "reviewing", "switched", "departing", "removable", "detained", "limbo",
	"absconded", "settled", "withdrawn", "administrative outcome", "returned unassisted", "returned assisted",
	"returned by enforcement", "transferred", "left unrecorded",
}

// String returns the stage's name.
func (s Stage) String() string { return stageNames[s] }

// moves lists the moves that the model knows: the arrows of its flow diagram.
// Any other is a fault of the program.
var moves = [NumStages][]Stage{
	Outside:      {Preparing, Decidable, Appealing, Removable, Limbo, Permitted, Settled, TransferHeld, Detained, Absconded},
	TransferHeld: {Transferred, Preparing, Removable, Limbo},
	Preparing:    {Decidable, Withdrawn, ReturnedOwn, ReturnedAssisted},
	Decidable:    {Permitted, AppealWindow, Withdrawn, AdminOutcome, Removable, Limbo, ReturnedOwn, ReturnedAssisted},
	AppealWindow: {Appealing, Removable, Limbo, Departing},
	Appealing:    {Permitted, OnwardWindow, Removable, Limbo, Departing},
	OnwardWindow: {OnwardAppeal, Removable, Limbo},
	OnwardAppeal: {Permitted, Appealing, Removable, Limbo, Departing},
	Permitted:    {Reviewing, Settled, Switched, AppealWindow},
	Reviewing:    {Permitted, AppealWindow},
	Switched:     {Settled},
	Departing:    {ReturnedAssisted},
	Removable:    {ReturnedOwn, ReturnedAssisted, Absconded, Detained, Preparing, Departing},
	Detained:     {ReturnedForce, Removable, Limbo, Absconded, Preparing},
	Limbo:        {Removable, ReturnedOwn, ReturnedAssisted, Absconded, Preparing, Departing},
	Absconded:    {Removable, Limbo, LeftUnrecorded},
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
