package dragoman

// Attribution ties a content to the source that is said to say it (PolNeAR's
// source, cue and content). It is written before mentions are, so that a
// pronoun inside a quotation can be resolved from its speaker; who the source
// is follows from the mention whose head is SourceHead.
type Attribution struct {
	Source     Span // "a ministry spokesman"; empty where the text has none
	SourceHead int  // token; -1 where the text has no source
	Anonymous  bool // the source is not named: "sources", "a Western diplomat"
	Cue        Span // "said", "according to"; empty for a bare quotation
	CueHead    int  // token; -1 for a bare quotation
	Content    Span
	First, End int // the tokens of Content, half-open
	Manner     Manner
	Medium     string // statement, interview, speech, press, post, document, or ""
	Stance     string // asserts, denies, warns, promises, asks, doubts, declines
	Parent     int    // index of the attribution whose content this one stands in; -1
	Continues  int    // index of an earlier attribution whose source goes on speaking here; -1
}

// Manner is how a content is given.
type Manner string

// The manners.
const (
	Quote      Manner = "quote"      // wholly inside quotation marks
	Paraphrase Manner = "paraphrase" // without
	Mixed      Manner = "mixed"      // partly
)

// Mention is a phrase that stands for somebody, something or somewhere. No two
// mentions share a head token.
type Mention struct {
	Span             // a name without its title; a noun phrase without relative clause and apposition
	First, End int   // its tokens, half-open
	Head       int   // token
	Form       Form  // name, nominal, pronoun
	Class      Class // what kind of thing, as far as the words tell
	Title      Span  // "President" before a name; empty for none
	Chain      int   // index of the first mention of its chain: the same somebody, by whatever words
	Members    []int // for "the two countries", "both", "the leaders of X and Y": the mentions it stands for together
}

// Form is the form of a mention; its values are those of the reading.
type Form string

// The forms.
const (
	Name    Form = "name"
	Nominal Form = "nominal"
	Pronoun Form = "pronoun"
)

// Class is what a mention is a mention of.
type Class string

// The classes.
const (
	Unclassed    Class = ""
	Person       Class = "person"
	Organisation Class = "organisation"
	Location     Class = "location"    // countries, towns, rivers
	Nationality  Class = "nationality" // nationalities, religious and political groups: "Tajik"
	Facility     Class = "facility"    // bridges, ports, bases, buildings
	Other        Class = "other"       // products, laws, named events
)

// Actor is somebody who acts, on the day of the article.
type Actor struct {
	ID       string // of data/actors, or "new:" and a slug of the name
	Name     string
	Kind     string // state, government, organisation, armed_group, party, igo, ngo, company, media, person, people, unknown
	Title    string // "minister of border affairs"
	Country  string // ISO 3166-1 alpha-3
	Sectors  []string
	CAMEO    string
	MemberOf []string // actor ids
	Wikidata string
	Aliases  []string
	Mentions []int // in order of the text
}

// Place is somewhere. Places that only contain a mentioned one have no Mentions.
type Place struct {
	ID          string
	Name        string
	Kind        string // country, admin1, admin2, settlement, port, border_crossing, base, water, mountain, region
	Country     string // ISO 3166-1 alpha-3
	Lat, Lon    float64
	Located     bool     // Lat and Lon are known
	GeoNames    int      // 0 where unknown
	ContainedIn []string // ids, nearest first
	Mentions    []int
}

// Date is an expression of time and the inclusive days it stands for, reckoned
// from the day of publication. NoDay is an open end.
type Date struct {
	Span
	First, End int // tokens, half-open
	From, To   Day
}

// Status says whether what an event tells was done.
type Status string

// The statuses.
const (
	Happened     Status = "happened"
	Ongoing      Status = "ongoing"
	Planned      Status = "planned"
	Hypothetical Status = "hypothetical"
	Negated      Status = "negated"
	Denied       Status = "denied"
)

// Statuses are all that an event may have.
var Statuses = []Status{Happened, Ongoing, Planned, Hypothetical, Negated, Denied}

// Doings are those of what was done, or goes on.
var Doings = []Status{Happened, Ongoing}

// Done reports whether s is of what was done, or goes on.
func (s Status) Done() bool { return s == Happened || s == Ongoing }

// Event is who did what to whom, coded by the ontology. Indices are into the
// layers of the same Document; -1 is none.
type Event struct {
	Type        string // PLOVER's 16, and STATEMENT
	Modes       []string
	Contexts    []string
	CAMEO       string
	Quad        string
	Score       float64
	Actors      []int
	Recipients  []int
	Mutual      bool // several who do it do so with each other, where no recipient is told
	Place       int
	From, To    Day
	Status      Status
	AccordingTo []int // attributions, innermost first; empty: the outlet tells it
	Telling           // its first telling
	Also        []Telling
	Casualties  []Count
	PLOVER      string // Type under PLOVER's folding of what has not happened; "" for STATEMENT
	Confidence  float64
	Because     []string
}

// Telling is the words that carry an event or a tie.
type Telling struct {
	Trigger  Span
	Head     int  // the trigger's token
	Evidence Span // the clause
}

// Count is a figure that an event tells, as an inclusive range.
type Count struct {
	What     string // killed, injured, captured, crowd
	Min, Max int    // Max -1: open
}

// Tie is a relation that stands between two actors.
type Tie struct {
	Subject, Object int // actors
	Relation        string
	Role            string // the office or function, where the relation is one
	From, To        Day
	Status          Status
	AccordingTo     []int
	Telling
	Confidence float64
	Because    []string
}

// Relations are all that a tie may be.
var Relations = []string{"supports", "opposes", "hosts", "allegiance", "member_of", "part_of", "leads", "holds_office",
	"allied_with", "at_war_with", "controls", "trades_with", "recognises", "related_to"}

// Reader turns an article into a document. It never fails for what a text says.
type Reader interface {
	Read(Article) Document
}
