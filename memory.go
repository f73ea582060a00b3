package dragoman

import (
	"cmp"
	"slices"
	"time"
)

// This file holds the nouns of what is remembered across articles. A Filing is
// an article with all its records, written out so that it can be stored and
// found; what the store gives back has numbers, from 1, in order of storing.

// Entry is an article as it is stored, without its text.
type Entry struct {
	Number    int64
	Key       string // what makes it this article and no other
	ID        string
	Title     string
	Lead      string // how the text begins, where there is no title
	URL       string
	Outlet    string
	Language  string
	Published Day
	Origin    string    // whom it is taken from: the agency it credits; empty where it credits none
	Original  int64     // the number of the first article of its copies; its own where it is the first
	Root      string    // who tells it first-hand as far as is known: the medium it credits, or that publishes it
	Version   string    // of the program and the tables that read it
	Added     time.Time // when it was stored
}

// Heading is what people know an article by: its title, or else how it begins;
// "" where neither is known.
func (e Entry) Heading() string { return cmp.Or(e.Title, e.Lead) }

// Filing is an article to be stored, with what was read in it.
type Filing struct {
	Entry
	Text      string
	Reading   []byte   // the reading, as JSON
	Sketch    []byte   // what the text is compared with others by
	Bands     []uint64 // the keys under which likely copies are looked up
	Reports   []Report
	Claims    []Claim
	Standings []Standing
}

// Party is an actor as records of many articles name it.
type Party struct {
	Number     int64
	ID         string
	Name       string
	Kind       string
	Title      string // office, for persons
	Named      bool   // by a name, not only by what it is: "a security official" is not
	Country    string // ISO 3166-1 alpha-3
	Sectors    []string
	CAMEO      string // its code in CAMEO: "AFGGOV"; empty where it has none
	Wikidata   string // "Q889"; empty where unknown
	Aliases    []string
	Principals []Party // those it acts for, nearest first: its group, its state; they have none of their own
}

// For reports whether p is, or acts for, the actor of an id.
func (p *Party) For(id string) bool {
	return p.ID == id || slices.ContainsFunc(p.Principals, func(q Party) bool { return q.ID == id })
}

// Coined begins the ids of parties of other providers who are known by their code or
// name only, so that they are no actors of ours.
const Coined = "cameo:"

// Locale is a place as records of many articles name it.
type Locale struct {
	ID, Name, Kind, Country string
	Lat, Lon                float64
	Located                 bool     // Lat and Lon are known
	ContainedIn             []string // ids, nearest first
}

// Report is an event as one article tells it.
type Report struct {
	Number     int64
	Article    int64
	Ordinal    int   // the event's place in the reading, from 1: "e3" is 3
	Occurrence int64 // what it reports, in the world
	Type       string
	Modes      []string
	Contexts   []string
	CAMEO      string
	Quad       string
	Tone       Tone
	Status     Status
	From, To   Day // as told
	Day        Day // the day that it counts for; that of publication where the text has none
	Dated      bool
	Published  Day
	Actors     []Party
	Recipients []Party
	Mutual     bool   // several who do it do so with each other, where nobody receives
	Place      Locale // without an ID: none
	Source     Source // the innermost that tells it; zero: the outlet
	Origin     string // who tells it first-hand as far as is known: the medium or agency it is taken from, else the outlet
	Trigger    Span   // bytes of the text
	Words      string // of the trigger
	Evidence   string // the clause that carries it
	Casualties []Count
	Confidence float64
}

// Source is who is said to say something.
type Source struct {
	Actor     Party  // without an ID: nobody known
	Text      string // "a ministry spokesman"
	Anonymous bool
}

// None reports whether there is no source: the outlet itself tells it.
func (s Source) None() bool { return s.Actor.ID == "" && s.Text == "" && !s.Anonymous }

// Name is what a source is called; "" where there is none.
func (s Source) Name() string {
	if s.None() {
		return ""
	}
	return cmp.Or(s.Actor.Name, s.Text, "somebody unnamed")
}

// Tone is whether an event is cooperative or conflictual, in words or deeds.
type Tone int

// The tones.
const (
	MaterialConflict    Tone = -2
	VerbalConflict      Tone = -1
	Neutral             Tone = 0
	VerbalCooperation   Tone = 1
	MaterialCooperation Tone = 2
)

// tones are those of PLOVER's four quadrants.
var tones = map[string]Tone{"verbal-cooperation": VerbalCooperation, "material-cooperation": MaterialCooperation,
	"verbal-conflict": VerbalConflict, "material-conflict": MaterialConflict}

// ToneOf goes by the quadrant, and for what has none, which is only said, by the
// sign of its score on Goldstein's scale.
func ToneOf(quad string, goldstein float64) Tone {
	const faint = 0.3 // declining to comment is neither
	if t, ok := tones[quad]; ok {
		return t
	}
	switch {
	case goldstein > faint:
		return VerbalCooperation
	case goldstein < -faint:
		return VerbalConflict
	}
	return Neutral
}

// Occurrence is an event in the world: all reports that tell the same.
type Occurrence struct {
	Number   int64
	Report       // the surest of its reports
	First    Day // the earliest day of publication among its reports
	Reports  int // tellings
	Articles int // articles that tell it
	Outlets  int // outlets that do
	Origins  int // outlets or agencies that tell it independently of each other; of what is only claimed, no more than sources
	Sources  int // different sources that claim it; 0: outlets tell it themselves, or whoever utters it
}

// Record is an event as it leaves the program or comes from another provider of
// event data: as its surest report tells it, with the article of that report.
type Record struct {
	Occurrence
	Told     Entry  // the article; without a Key and a Number it is not in the store
	Provider string // who coded it; empty: this program
	ID       string // what the provider calls it
}

// Records returns the reports of an article that is in no store, each as an event of
// its own; these have no numbers.
func (f *Filing) Records() []Record {
	all := make([]Record, len(f.Reports))
	for i := range all {
		o := Occurrence{Report: f.Reports[i], First: f.Published, Reports: 1, Articles: 1, Outlets: 1, Origins: 1}
		if o.Claimed() {
			o.Sources = 1
		}
		all[i] = Record{Occurrence: o, Told: f.Entry}
	}
	return all
}

// Fact reports whether r is told as done, and not by the word of sources only: by the
// report that describes it, or by another where that one is of a source's claim.
func (r *Record) Fact() bool {
	return r.Report.Fact() || r.Status.Done() && r.Reports > 1 && r.Sources == 0
}

// Fact reports whether r is told as done: neither planned nor denied, nor claimed by a
// source.
func (r *Report) Fact() bool { return r.Status.Done() && !r.Claimed() }

// Claimed reports whether r is told by the word of a source only. What a source says
// itself is no claim of it: who is quoted with a promise, threat, demand, refusal or
// reproach has uttered it. What it says that others did is one.
func (r *Report) Claimed() bool { return !r.Source.None() && !r.uttered() }

// utterances are the types of what is done by saying it, and notOnlySaid the codes of
// CAMEO among them for what takes more: to recognise a state, sign, sue, defy, veto.
var (
	utterances  = []string{"ACCUSE", "AGREE", "REJECT", "REQUEST", "STATEMENT", "SUPPORT", "THREATEN"}
	notOnlySaid = []string{"054", "057", "115", "128", "129"}
)

// uttered reports whether the source of r says, for itself or whom it acts for, what r
// tells, and nobody else says it with it.
func (r *Report) uttered() bool {
	if !slices.Contains(utterances, r.Type) || slices.Contains(notOnlySaid, r.CAMEO) || r.Source.Actor.ID == "" || len(r.Actors) == 0 {
		return false
	}
	return !slices.ContainsFunc(r.Actors, func(p Party) bool { return !r.Source.Actor.For(p.ID) })
}

// TellBy says who tells r, the innermost first: that one is its source, unless it only
// utters what r tells and another says so. A medium among them is its origin.
func (r *Report) TellBy(sources ...Source) {
	for _, s := range sources {
		if r.Source.None() || r.uttered() {
			r.Source = s
		}
		if s.Actor.Kind == "media" {
			r.Origin = s.Actor.ID
		}
	}
}

// Claim is what a source says, as one article tells it.
type Claim struct {
	Number    int64
	Article   int64
	Ordinal   int // the attribution's place in the reading, from 1: "a3" is 3
	Source    Source
	Stance    string
	Manner    string
	Content   string
	About     []Party // whom the content names
	Published Day
}

// Standing is a tie as one article tells it.
type Standing struct {
	Number     int64
	Article    int64
	Ordinal    int
	Subject    Party
	Relation   string
	Object     Party
	Role       string
	From, To   Day
	Status     Status
	Source     Source
	Evidence   string
	Published  Day
	Confidence float64
	Corrected  bool // it is otherwise than it was read
}

// Judge decides what is the same: the store finds who is asked about.
type Judge interface {
	// Copies reports whether two articles, by their sketches, are the same
	// text up to edits.
	Copies(a, b []byte) bool
	// Joins returns the index of the occurrence that r reports too, -1 for
	// none. An occurrence stands once for each of its reports. sameText says of
	// each whether an article with a copy of r's text tells it.
	Joins(r *Report, candidates []Occurrence, sameText []bool) int
}

// Correction is what somebody says is otherwise than it was read. It stays when
// articles are read again, and can be undone.
type Correction struct {
	Number  int64
	Made    time.Time
	Who     string
	Action  string // one of Actions
	Key     string // the article's, of an event or a tie; empty for what holds everywhere
	Trigger Span   // the event's, in bytes
	Type    string // the event's; the store turns it into that which was read
	Old     string // party, place, merge, merge-place: the id of an actor or place; untie, retie: the Bond that was read, as JSON
	New     string // the id of the one that it is instead, empty for no place; recode: a Coding as JSON; retie: a Bond
	Note    string
	Undone  time.Time // zero: it holds
}

// The actions of corrections.
const (
	Wrong      = "wrong"       // the event is none
	Recode     = "recode"      // another code or status
	Repair     = "party"       // another actor in this event
	Relocate   = "place"       // this event was at another place, or at none that is known
	Untie      = "untie"       // the tie is none
	Retie      = "retie"       // the tie is another relation, or between others
	Merge      = "merge"       // one actor is another, everywhere and from now on
	MergePlace = "merge-place" // one place is another, everywhere and from now on
)

// Actions are all that a correction may be.
var Actions = []string{Wrong, Recode, Repair, Relocate, Untie, Retie, Merge, MergePlace}

// Coding is what a correction may change of an event.
type Coding struct {
	Type   string   `json:"type"`
	Modes  []string `json:"modes,omitempty"`
	CAMEO  string   `json:"cameo"`
	Quad   string   `json:"quad"`
	Tone   Tone     `json:"tone"`
	Status Status   `json:"status"`
}

// Bond is what a correction may change of a tie, and what tells it from the
// others of its article. Subject and Object are ids.
type Bond struct {
	Subject  string `json:"subject,omitempty"`
	Relation string `json:"relation,omitempty"`
	Object   string `json:"object,omitempty"`
	Role     string `json:"role,omitempty"`
}

// With returns b as change has it: what is empty there stays. A role goes with its
// relation: where another one is given without a role, there is none.
func (b Bond) With(change Bond) Bond {
	if change.Relation != "" {
		b.Relation, b.Role = change.Relation, ""
	}
	return Bond{cmp.Or(change.Subject, b.Subject), b.Relation, cmp.Or(change.Object, b.Object), cmp.Or(change.Role, b.Role)}
}

// Filter says which occurrences are wanted; what is zero filters nothing.
type Filter struct {
	A, B       int64 // actors, or those they act for; numbers of the store
	Directed   bool  // A acts, B receives; else either way
	Types      []string
	Statuses   []Status
	Place      string // the id of a place, or of one that contains it
	From, To   Day    // inclusive; the zero Day is 1 January 1970, so leave both zero or set both, with NoDay for an open end
	Outlet     string
	Source     int64  // according to whom
	Text       string // words of the evidence
	Confidence float64
	After      Mark // only what comes after it in the order; zero: from the start
	Limit      int  // 0: all
}

// Mark is a place in what is listed by days, the newest first, and within a day
// by numbers, the highest first: the day and number of the last that was seen.
type Mark struct {
	Day    Day
	Number int64
}

// ArticleFilter says which articles are wanted; what is zero filters nothing.
type ArticleFilter struct {
	Text     string // words of the title or text
	Outlet   string
	From, To Day   // of publication, as in Filter
	Before   int64 // only those stored before the one of that number
	Limit    int   // 0: all
}

// Tally is how often something is found.
type Tally struct {
	Name  string
	Count int
}

// Facets say how many occurrences are of which kind, the most first.
type Facets struct {
	Looked    int     // how many were looked at, the newest
	All       bool    // there are no more
	Newest    []int64 // the numbers of the first hundred, in order
	Types     []Tally
	Statuses  []Tally
	Years     []Tally
	Countries []Tally // of the place of the surest report
	Outlets   []Tally // that tell it; an occurrence may have several
	Tones     map[Tone]int
}

// Spot is a place and what happened at it, not only somewhere within it.
type Spot struct {
	Locale
	Events      int
	Cooperation int
	Conflict    int
	Newest      Day
}

// Relation is what two did to each other.
type Relation struct {
	A, B        Party
	There, Back Deeds // what A did to B, and B to A
	Together    Deeds // what both did with each other
}

// Sum is all that was done between the two.
func (r *Relation) Sum() Deeds {
	return Deeds{r.There.Cooperation + r.Back.Cooperation + r.Together.Cooperation, r.There.Conflict + r.Back.Conflict + r.Together.Conflict}
}

// Deeds counts what was done, in words or deeds.
type Deeds struct{ Cooperation, Conflict int }

// DayCount is how many events of a tone one day has between two actors.
type DayCount struct {
	Back     bool // the second does it to the first
	Together bool // they do it with each other
	Claimed  bool // it is told by the word of sources only
	Day      Day
	Tone     Tone
	Events   int
}

// Known is an actor of the store and in how many occurrences it, or who acts
// for it, is.
type Known struct {
	Party
	Number int64
	Events int
}

// Alert is a rule that watches what is stored, and the ways in which it tells
// what it fires for.
type Alert struct {
	Number int64
	Name   string
	Rule   []byte // as JSON
	Ways   []Way
	Looked int64 // the number of the last article that it was held against
	Made   time.Time

	// How often it fired, what of that is still to be delivered and was given up,
	// and when it fired last: where they are counted.
	Fired, Pending, Failed int
	Last                   time.Time
}

// Way is how an alert tells, and where.
type Way struct {
	Kind    string `json:"kind"`
	Address string `json:"address"` // a URL, a mail address, the path of a file
}

// Posts reports whether it is a webhook of either kind.
func (w Way) Posts() bool { return w.Kind == ByWebhook || w.Kind == ByPublic }

// The kinds of ways.
const (
	ByWebhook = "webhook"
	ByPublic  = "public webhook" // one that may lead nowhere inside the private network, for it was set from elsewhere
	ByMail    = "mail"
	ByFeed    = "feed"
)

// Firing is what an alert saw in an article.
type Firing struct {
	Alert   int64
	Article int64
	Mark    string // what it fired for: never twice for the same
	Day     Day    // of a change: one of the same mark within four weeks is the same; 0 for what is no change
	Subject string // one line
	Body    string // with the evidence
	Event   Report // as it was told then
}

// Delivery is a firing that is told in one way.
type Delivery struct {
	Firing
	Number    int64
	Name      string // the alert's
	Way       Way
	Made      time.Time
	Delivered time.Time // zero: not yet
	Attempts  int       // that failed
	Fault     string    // of the last
}
