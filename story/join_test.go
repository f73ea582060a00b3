package story

import (
	"testing"

	"dragoman"
)

// Invented parties, each with what it acts for.
var (
	carvia   = dragoman.Party{ID: "CRV", Name: "Carvia", Kind: "state", Named: true, Country: "CRV"}
	ostrel   = dragoman.Party{ID: "OST", Name: "Ostrel", Kind: "state", Named: true, Country: "OST"}
	police   = dragoman.Party{ID: "CRV:police", Name: "Carvian police", Kind: "government", Named: true, Country: "CRV", Principals: []dragoman.Party{carvia}}
	navy     = dragoman.Party{ID: "CRV:navy", Name: "Carvian navy", Kind: "government", Named: true, Country: "CRV", Principals: []dragoman.Party{carvia}}
	brandt   = dragoman.Party{ID: "ilsa-brandt", Name: "Ilsa Brandt", Kind: "person", Title: "foreign minister", Named: true, Country: "CRV", Principals: []dragoman.Party{carvia}}
	voss     = dragoman.Party{ID: "greta-voss", Name: "Greta Voss", Kind: "person", Named: true, Country: "CRV", Principals: []dragoman.Party{carvia}}
	reik     = dragoman.Party{ID: "tomas-reik", Name: "Tomas Reik", Kind: "person", Named: true, Country: "OST", Principals: []dragoman.Party{ostrel}}
	holm     = dragoman.Party{ID: "new:peder-holm", Name: "Peder Holm", Kind: "person", Named: true}
	surname  = dragoman.Party{ID: "new:holm", Name: "Holm", Kind: "person", Named: true}
	herons   = dragoman.Party{ID: "grey-herons", Name: "Grey Herons", Kind: "armed_group", Named: true, Country: "CRV"}
	gunman   = dragoman.Party{ID: "new:gunman", Name: "gunman", Kind: "person"}
	gunmen   = dragoman.Party{ID: "new:gunmen", Name: "gunmen", Kind: "people"}
	smuggler = dragoman.Party{ID: "new:smugglers", Name: "smugglers", Kind: "people"}
	carvians = dragoman.Party{ID: "new:carvian-fishermen", Name: "Carvian fishermen", Kind: "people", Country: "CRV"}
	ostrels  = dragoman.Party{ID: "new:ostrel-fishermen", Name: "Ostrel fishermen", Kind: "people", Country: "OST"}

	sella  = dragoman.Locale{ID: "sella", Name: "Port Sella", Kind: "settlement", Country: "CRV", ContainedIn: []string{"CRV.coast", "CRV"}}
	tamsin = dragoman.Locale{ID: "tamsin", Name: "Tamsin", Kind: "settlement", Country: "CRV", ContainedIn: []string{"CRV.hills", "CRV"}}
	coast  = dragoman.Locale{ID: "CRV.coast", Name: "Coast", Kind: "admin1", Country: "CRV", ContainedIn: []string{"CRV"}}
)

// monday is the day on which an article is published unless it says otherwise.
const monday dragoman.Day = 20_000

// telling makes a report; change says what is different about it.
func telling(kind, code, words, evidence string, actors, recipients []dragoman.Party, change ...func(*dragoman.Report)) dragoman.Report {
	r := dragoman.Report{Type: kind, CAMEO: code, Tone: tones[kind], Status: dragoman.Happened, Day: monday, Published: monday,
		Words: words, Evidence: evidence, Actors: actors, Recipients: recipients}
	for _, do := range change {
		do(&r)
	}
	return r
}

var tones = map[string]dragoman.Tone{"ASSAULT": dragoman.MaterialConflict, "COERCE": dragoman.MaterialConflict, "CONSULT": dragoman.VerbalCooperation,
	"ACCUSE": dragoman.VerbalConflict, "STATEMENT": dragoman.Neutral}

func parties(all ...dragoman.Party) []dragoman.Party { return all }

func on(day dragoman.Day) func(*dragoman.Report) {
	return func(r *dragoman.Report) { r.Day, r.Dated = day, true }
}

func published(day dragoman.Day) func(*dragoman.Report) {
	return func(r *dragoman.Report) { r.Day, r.Published = day, day }
}

func at(p dragoman.Locale) func(*dragoman.Report) { return func(r *dragoman.Report) { r.Place = p } }

func toll(what string, n int) func(*dragoman.Report) {
	return func(r *dragoman.Report) {
		r.Casualties = append(r.Casualties, dragoman.Count{What: what, Min: n, Max: n})
	}
}

func was(s dragoman.Status) func(*dragoman.Report) {
	return func(r *dragoman.Report) { r.Status = s }
}

func toned(t dragoman.Tone) func(*dragoman.Report) { return func(r *dragoman.Report) { r.Tone = t } }

func inArticle(n int64) func(*dragoman.Report) {
	return func(r *dragoman.Report) { r.Article = n }
}

// Reports that several pairs are made of.
var (
	arrest    = telling("COERCE", "173", "arrested", "Carvian police arrested Peder Holm", parties(police), parties(holm))
	passive   = telling("COERCE", "173", "arrested", "Holm was arrested outside his flat", nil, parties(holm))
	capture   = telling("COERCE", "173", "captured", "the Carvian navy captured 23 smugglers", parties(navy), parties(smuggler), toll("captured", 23))
	blast     = telling("ASSAULT", "183", "bombed", "the Grey Herons bombed a customs post, killing four", parties(herons), nil, at(sella), toll("killed", 4))
	meeting   = telling("CONSULT", "040", "met", "Ilsa Brandt met Tomas Reik in the harbour", parties(brandt), parties(reik))
	strike    = telling("ASSAULT", "190", "attacked", "Carvia attacked Ostrel before dawn", parties(carvia), parties(ostrel))
	statement = telling("STATEMENT", "010", "said", "Brandt said the customs posts would be staffed within five days", parties(brandt), nil)
	blame     = telling("ACCUSE", "112", "accused", "Carvia accused Ostrel of shelling the lighthouse", parties(carvia), parties(ostrel))
)

// joinCases are pairs of reports of different articles.
var joinCases = []struct {
	because string
	a, b    dragoman.Report
	join    bool
}{
	{"a man is arrested once, whoever is said to have done it", arrest, passive, true},
	{"the surname stands for the man",
		arrest, telling("COERCE", "173", "arrested", "Holm arrested at dawn", nil, parties(surname)), true},
	{"a figure of two digits is seldom the same by chance",
		capture, telling("COERCE", "173", "seized", "it had seized 23 men off the bank", parties(navy), nil, toll("captured", 23)), true},
	{"a toll rises, the group and the town stay",
		blast, telling("ASSAULT", "183", "attack", "six died in the attack on a customs post", parties(herons), nil, at(sella), toll("killed", 6)), true},
	{"a town lies in its region",
		blast, telling("ASSAULT", "183", "bombed", "the Herons bombed a post", parties(herons), nil, at(coast)), true},
	{"who is met meets", meeting, telling("CONSULT", "040", "held", "Reik held talks with Brandt", parties(reik), parties(brandt)), true},
	{"two who meet may be told as one circle", meeting, telling("CONSULT", "040", "met", "the two met for an hour", parties(brandt, reik), nil), true},
	{"an outlet is a day late", telling("COERCE", "173", "arrested", "Holm was arrested at his flat", nil, parties(holm), on(monday)),
		telling("COERCE", "173", "arrested", "police arrested Holm at the flat he rents", parties(police), parties(holm), on(monday+1)), true},
	{"what has no day is told for days", arrest, telling("COERCE", "173", "arrested", "Holm was arrested", nil, parties(holm), published(monday+2)), true},
	{"a statement in the same words", statement,
		telling("STATEMENT", "010", "announced", "customs posts will be staffed within five days, Brandt announced", parties(brandt), nil), true},
	{"one word of three, the same day", telling("ACCUSE", "112", "accused", "Brandt accused Reik of closing customs without notice", parties(brandt), parties(reik)),
		telling("ACCUSE", "112", "blamed", "Brandt blamed Reik for late customs receipts", parties(brandt), parties(reik)), true},
	{"an accusation of the same", blame, telling("ACCUSE", "112", "blamed", "Carvia blamed Ostrel for the shelling of the lighthouse", parties(carvia), parties(ostrel)), true},
	{"what goes on has happened so far", strike,
		telling("ASSAULT", "190", "attacked", "Carvia attacked Ostrel before dawn", parties(carvia), parties(ostrel), was(dragoman.Ongoing)), true},
	{"states fight every day, but not twice at one lighthouse before dawn", strike,
		telling("ASSAULT", "190", "attacked", "Carvian ships attacked Ostrel shortly before dawn", parties(carvia), parties(ostrel)), true},

	{"states on a day that both tell", telling("ASSAULT", "190", "attacked", "Carvia attacked Ostrel", parties(carvia), parties(ostrel), on(monday)),
		telling("ASSAULT", "190", "attacked", "Ostrel was attacked by Carvia", parties(carvia), parties(ostrel), on(monday)), true},
	{"a group in a town", telling("ASSAULT", "183", "bombed", "the Herons bombed it", parties(herons), nil, at(sella)),
		telling("ASSAULT", "183", "bombed", "a wall was bombed by the Grey Herons", parties(herons), nil, at(sella)), true},
	{"two headlines in the same words", telling("COERCE", "173", "arrest", "Carvian police arrest gunmen", parties(police), parties(gunmen)),
		telling("COERCE", "173", "arrest", "Carvian police arrest gunmen", parties(police), parties(gunmen)), true},
	{"parties that do the same, whoever is told to begin", telling("COOPERATE", "060", "exchanged", "Carvia exchanged prisoners with Ostrel", parties(carvia), parties(ostrel), on(monday)),
		telling("COOPERATE", "060", "exchanged", "Ostrel and Carvia exchanged prisoners", parties(ostrel, carvia), nil, on(monday)), true},
	{"a man is charged once", telling("ACCUSE", "115", "charged", "Holm was charged", nil, parties(holm)),
		telling("ACCUSE", "115", "charged", "a court charged Peder Holm", nil, parties(holm)), true},
	{"a minister acts for his state", telling("COERCE", "1711", "seized", "Carvia seized the trawler Kestrel after midnight", parties(carvia), nil),
		telling("COERCE", "1711", "seized", "Brandt had the trawler Kestrel seized after midnight", parties(brandt), nil), true},

	{"an arrest is no killing", arrest, telling("ASSAULT", "173", "arrested", "Carvian police arrested Peder Holm", parties(police), parties(holm)), false},
	{"what is planned may not come", arrest, telling("COERCE", "173", "arrested", "Carvian police arrested Peder Holm", parties(police), parties(holm), was(dragoman.Planned)), false},
	{"what is denied was not, to him who denies it", arrest, telling("COERCE", "173", "arrested", "Carvian police arrested Peder Holm", parties(police), parties(holm), was(dragoman.Denied)), false},
	{"two named men of one state are two", arrest, telling("COERCE", "173", "arrested", "Carvian police arrested Greta Voss", parties(police), parties(voss)), false},
	{"who met one met not the other", meeting, telling("CONSULT", "040", "met", "Ilsa Brandt met Greta Voss in the harbour", parties(brandt), parties(voss)), false},
	{"two towns", blast, telling("ASSAULT", "183", "bombed", "the Grey Herons bombed a customs post, killing four", parties(herons), nil, at(tamsin), toll("killed", 4)), false},
	{"who is captured is counted at once", capture,
		telling("COERCE", "173", "captured", "the Carvian navy captured 26 smugglers", parties(navy), parties(smuggler), toll("captured", 26)), false},
	{"tolls do not rise tenfold", blast, telling("ASSAULT", "183", "bombed", "the Grey Herons bombed a customs post, killing forty", parties(herons), nil, at(sella), toll("killed", 40)), false},
	{"states fight every day", strike, telling("ASSAULT", "190", "attacked", "Carvia attacked Ostrel with drones", parties(carvia), parties(ostrel)), false},
	{"police arrest somebody every day", telling("COERCE", "173", "arrested", "police arrested a man", parties(police), parties(gunman)),
		telling("COERCE", "173", "arrested", "police arrested him at a bar", parties(police), parties(gunman)), false},
	{"to foil is not to arrest, though the same do it on the same day",
		telling("COERCE", "173", "captured", "the navy captured smugglers, weapons, diesel and charts near the lighthouse harbour", parties(navy), parties(smuggler), on(monday)),
		telling("COERCE", "170", "foiled", "the navy foiled the boarding of a freighter outside the lighthouse harbour", parties(navy), parties(smuggler), on(monday)), false},
	{"one dead is no figure to know an event by", telling("ASSAULT", "193", "shot", "police shot one", parties(police), nil, toll("killed", 1), on(monday)),
		telling("ASSAULT", "193", "shot", "one shot by police", parties(police), nil, toll("killed", 1), on(monday)), false},
	{"gunmen are everywhere", telling("ASSAULT", "190", "attacked", "gunmen attacked a bank", parties(gunmen), nil),
		telling("ASSAULT", "190", "attacked", "gunmen attacked a school", parties(gunmen), nil), false},
	{"several are not one who has a name",
		telling("COERCE", "173", "arrested", "police arrested gunmen at a lighthouse in Port Sella", parties(police), parties(gunmen), on(monday), at(sella)),
		telling("COERCE", "173", "arrested", "police arrested Peder Holm at a lighthouse in Port Sella", parties(police), parties(holm), on(monday), at(sella)), false},
	{"the day alone, in words too", telling("ASSAULT", "190", "attacked", "Carvia attacked Ostrel on Wednesday", parties(carvia), parties(ostrel)),
		telling("ASSAULT", "190", "attacked", "on Wednesday Carvia attacked Ostrel", parties(carvia), parties(ostrel)), false},
	{"short words are grammar", telling("ASSAULT", "190", "attacked", "Carvia attacked Ostrel with more than that", parties(carvia), parties(ostrel)),
		telling("ASSAULT", "190", "attacked", "with more than that, Carvia attacked Ostrel", parties(carvia), parties(ostrel)), false},
	{"who met one met not the other, in the same words", telling("CONSULT", "040", "met", "the ministers met", parties(brandt), parties(reik), on(monday), at(sella)),
		telling("CONSULT", "040", "met", "the ministers met", parties(brandt), parties(voss), on(monday), at(sella)), false},
	{"one word of few", telling("ASSAULT", "190", "attacked", "Carvia attacked Ostrel with missiles", parties(carvia), parties(ostrel)),
		telling("ASSAULT", "190", "shelled", "Carvia shelled Ostrel with missiles and guns", parties(carvia), parties(ostrel)), false},
	{"fishermen of two states", telling("COERCE", "173", "captured", "the navy captured 23 fishermen", parties(navy), parties(carvians), toll("captured", 23)),
		telling("COERCE", "173", "captured", "the navy captured 23 fishermen", parties(navy), parties(ostrels), toll("captured", 23)), false},
	{"who says something today says something else tomorrow", statement,
		telling("STATEMENT", "010", "said", "Brandt said the border would stay closed", parties(brandt), nil, published(monday+1)), false},
	{"and also today", statement, telling("STATEMENT", "010", "said", "Brandt said the shot had come from the hills", parties(brandt), nil), false},
	{"some of the words, the next day", statement,
		telling("STATEMENT", "010", "told", "Brandt told customs officers to stay where they are", parties(brandt), nil, published(monday+1)), false},
	{"that both say so says nothing", statement,
		telling("STATEMENT", "010", "said", "Brandt said the customs union would survive another century", parties(brandt), nil), false},
	{"a minister accuses another of many things in a week", telling("ACCUSE", "112", "accused", "Brandt accused Reik of greed", parties(brandt), parties(reik)),
		telling("ACCUSE", "112", "accused", "Brandt accused Reik of cowardice", parties(brandt), parties(reik)), false},
	{"one word of three, the next day", telling("ACCUSE", "112", "accused", "Brandt accused Reik of closing customs without notice", parties(brandt), parties(reik)),
		telling("ACCUSE", "112", "accused", "Brandt accused Reik of hiding customs receipts", parties(brandt), parties(reik), published(monday+1)), false},
	{"for and against", telling("STATEMENT", "019", "said", "Brandt said the treaty stands", parties(brandt), nil, toned(dragoman.VerbalCooperation)),
		telling("STATEMENT", "019", "said", "Brandt said the treaty stands", parties(brandt), nil, toned(dragoman.VerbalConflict)), false},
	{"an accusation of something else", blame, telling("ACCUSE", "112", "accused", "Carvia accused Ostrel of hiding gas reserves", parties(carvia), parties(ostrel)), false},
	{"days that both tell, apart", telling("COERCE", "173", "arrested", "Holm was arrested", nil, parties(holm), on(monday-3)),
		telling("COERCE", "173", "arrested", "Holm was arrested", nil, parties(holm), on(monday)), false},
	{"too long ago", arrest, telling("COERCE", "173", "arrested", "Carvian police arrested Peder Holm", parties(police), parties(holm), published(monday+8)), false},
	{"no day", telling("COERCE", "173", "arrested", "Holm was arrested", nil, parties(holm), published(dragoman.NoDay)),
		telling("COERCE", "173", "arrested", "Holm was arrested", nil, parties(holm), published(dragoman.NoDay)), false},
	{"nobody in common, whatever the words", telling("ASSAULT", "183", "explosion", "an explosion shook the customs house on the quay", nil, nil, at(sella), toll("killed", 12)),
		telling("ASSAULT", "183", "explosion", "an explosion shook the customs house on the quay", nil, nil, at(sella), toll("killed", 12)), false},
	{"a headline and the text below it", telling("COERCE", "173", "arrested", "Peder Holm arrested in harbour tavern", nil, parties(holm), inArticle(7)),
		telling("COERCE", "173", "arrested", "police arrested Holm in a tavern at the harbour", parties(police), parties(surname), inArticle(7)), true},
	{"one article tells by two codes what is in one sentence",
		telling("COERCE", "170", "stopped", "police stopped and arrested Peder Holm", parties(police), parties(holm), inArticle(7)),
		telling("COERCE", "173", "arrested", "police stopped and arrested Peder Holm", parties(police), parties(holm), inArticle(7)), false},
	{"one article tells both", telling("COERCE", "173", "arrested", "police arrested Peder Holm", parties(police), parties(holm), inArticle(7)),
		telling("COERCE", "173", "arrested", "Holm was arrested again", nil, parties(holm), inArticle(7)), false},
}

// joined reports whether a joins what b tells alone.
func joined(a, b dragoman.Report) bool {
	return (&Desk{}).Joins(&a, []dragoman.Occurrence{{Report: b}}, []bool{false}) == 0
}

// TestJoins wants reports joined, or not, whichever came first.
func TestJoins(t *testing.T) {
	for _, c := range joinCases {
		if joined(c.a, c.b) != c.join {
			t.Errorf("%s: %q, %q: joined is %v (%.2f)", c.because, c.a.Evidence, c.b.Evidence, !c.join, likeness(&c.a, &c.b, false))
		}
		if joined(c.b, c.a) != c.join {
			t.Errorf("%s: the other way round, joined is %v", c.because, !c.join)
		}
	}
}

// TestLikeness wants what holds of any two reports: they are as like from either
// side, and neither what is of two types nor what was done and what was not is one.
func TestLikeness(t *testing.T) {
	var all []dragoman.Report
	for _, c := range joinCases {
		all = append(all, c.a, c.b)
	}
	for i := range all {
		for j := range all {
			for _, sameText := range []bool{false, true} {
				a, b := all[i], all[j]
				s := likeness(&a, &b, sameText)
				if back := likeness(&b, &a, sameText); s != back {
					t.Errorf("%q, %q: %.2f, the other way round %.2f", a.Evidence, b.Evidence, s, back)
				}
				if s > 0 && a.Type != b.Type {
					t.Errorf("%q, %q: joined as %s and %s", a.Evidence, b.Evidence, a.Type, b.Type)
				}
				for _, not := range []dragoman.Status{dragoman.Denied, dragoman.Negated, dragoman.Planned, dragoman.Hypothetical} {
					a.Status, b.Status = dragoman.Happened, not
					if s := likeness(&a, &b, sameText); s > 0 {
						t.Errorf("%q, %q: joined as happened and %s", a.Evidence, b.Evidence, not)
					}
				}
			}
		}
	}
}

// TestJoinsTheLikest wants the best of several, none of what is unlike, and -1.
func TestJoinsTheLikest(t *testing.T) {
	closer := telling("COERCE", "173", "arrested", "Holm was arrested outside his flat at dawn", parties(police), parties(holm))
	candidates := []dragoman.Occurrence{{Report: meeting}, {Report: arrest}, {Report: closer}, {Report: blast}}
	r := passive
	if i := (&Desk{}).Joins(&r, candidates, make([]bool, 4)); i != 2 {
		t.Errorf("joined %d", i)
	}
	if i := (&Desk{}).Joins(&r, []dragoman.Occurrence{{Report: meeting}, {Report: blast}}, make([]bool, 2)); i != -1 {
		t.Errorf("joined %d of others", i)
	}
	if i := (&Desk{}).Joins(&r, nil, nil); i != -1 {
		t.Errorf("joined %d of none", i)
	}
}

// TestJoinsCopies wants each event of a copied text joined with itself, and days and
// how little there is in a clause not asked after.
func TestJoinsCopies(t *testing.T) {
	held := telling("COERCE", "173", "detained", "gunmen detained two guards at the gate", parties(gunmen), nil)
	foiled := telling("COERCE", "170", "foiled", "police foiled the raid within an hour", parties(police), nil)
	originals := []dragoman.Occurrence{{Report: held}, {Report: foiled}}
	copies := []bool{true, true}
	copied := telling("COERCE", "173", "detained", "the gunmen detained two guards at the northern gate", parties(gunmen), nil, published(monday+20))
	if i := (&Desk{}).Joins(&copied, originals, copies); i != 0 {
		t.Errorf("joined %d", i)
	}
	if i := (&Desk{}).Joins(&copied, originals, make([]bool, 2)); i != -1 {
		t.Errorf("joined %d though no copy", i)
	}
	const both = "police detained two guards and foiled their raid on the harbour office"
	twins := []dragoman.Occurrence{{Report: telling("COERCE", "173", "detained", both, parties(police), nil)}, {Report: telling("COERCE", "170", "foiled", both, parties(police), nil)}}
	for i, r := range []dragoman.Report{twins[0].Report, twins[1].Report} {
		if k := (&Desk{}).Joins(&r, twins, copies); k != i {
			t.Errorf("two events of one sentence: joined %d, not %d", k, i)
		}
	}
	other := telling("COERCE", "173", "arrested", "police arrested a driver at the ferry", parties(police), nil)
	if i := (&Desk{}).Joins(&other, originals, copies); i != -1 {
		t.Errorf("joined %d, which the copy tells elsewhere", i)
	}
}

func BenchmarkJoins(b *testing.B) {
	var candidates []dragoman.Occurrence
	for range 10 {
		for _, r := range []dragoman.Report{arrest, passive, capture} {
			candidates = append(candidates, dragoman.Occurrence{Report: r})
		}
	}
	sameText := make([]bool, len(candidates))
	desk, r := &Desk{}, arrest
	for b.Loop() {
		desk.Joins(&r, candidates, sameText)
	}
}
