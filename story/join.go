package story

import (
	"slices"
	"strings"
	"time"

	"dragoman"
)

// Copies reports whether two sketches are of one text up to edits.
func (d *Desk) Copies(a, b []byte) bool {
	x, err := SketchFromBytes(a)
	if err != nil {
		return false
	}
	y, err := SketchFromBytes(b)
	if err != nil {
		return false
	}
	_, same := Same(x, y)
	return same
}

// Joins returns which occurrence r reports too, -1 for none. Two reports are of
// one event where nothing in them speaks against it, and type, parties, status,
// days, places, figures, and the words that carry them agree in enough that is
// seldom: who is named tells more than the police, a town more than a country.
// The parties alone join nothing, nor do distance in time and space.
func (d *Desk) Joins(r *dragoman.Report, candidates []dragoman.Occurrence, sameText []bool) int {
	best, most := -1, 0.0
	for i := range candidates {
		if s := likeness(r, &candidates[i].Report, sameText[i]); s > most {
			best, most = i, s
		}
	}
	return best
}

// joining is the likeness from which two reports are of one event. The weights
// below it are set by hand, so that two or three things that are seldom have to
// come together; on ECB+ nine joins in ten are right.
const joining = 1.0

// likeness says how much two reports of one type agree; 0 where they are of
// two events. It is the same from either side.
func likeness(r, o *dragoman.Report, sameText bool) float64 {
	if r.Type != o.Type || done(r.Status) != done(o.Status) || opposed(r, o) {
		return 0
	}
	parties := partiesAgree(r, o)
	if parties == others || !placesAgree(r, o) || !tollsAgree(r, o) {
		return 0
	}
	if sameText {
		return copied(r, o)
	}
	days, near := daysAgree(r, o)
	if !near || parties == unsaid {
		return 0
	}
	s := parties + days + deedsAgree(r, o) + placesShared(r, o) + tollsShared(r, o)
	if s+1 < joining { // whatever the words
		return 0
	}
	words := wordsBeside(r, o)
	if s += words; s < joining || words < wordsNeeded(r, o) {
		return 0
	}
	return s
}

// copied is the likeness of reports in copies of one text, which tell each of
// its events in its place and, up to edits, in its words.
func copied(r, o *dragoman.Report) float64 {
	words := wordsBeside(r, o)
	if stem(r.Words) != stem(o.Words) && words < 0.7 {
		return 0
	}
	return 2 + words + deedsAgree(r, o)
}

// done reports whether a status is of what was done; what was planned and what
// was done, or was not, are told apart.
func done(s dragoman.Status) dragoman.Status {
	if s == dragoman.Ongoing {
		return dragoman.Happened
	}
	return s
}

// opposed reports whether two statements speak for and against.
func opposed(a, b *dragoman.Report) bool { return a.Tone*b.Tone < 0 }

// spoken reports whether an event is nothing but words, of which the same people
// say many about each other. To meet, and to charge or convict somebody, is a deed.
func spoken(r *dragoman.Report) bool {
	verbal := r.Tone == dragoman.VerbalConflict || r.Tone == dragoman.VerbalCooperation || r.Type == "STATEMENT"
	return verbal && r.Type != "CONSULT" && r.CAMEO != "115"
}

// wordsNeeded is the share of their words that must agree where the rest is little
// to go by: some where an event is words; half where these may be of different days,
// and where one article tells both, whose reader has kept them apart with the whole
// text before him. What he calls by two codes there is two.
func wordsNeeded(a, b *dragoman.Report) float64 {
	const some, half, never = 0.3, 0.5, 2
	oneArticle := a.Article != 0 && a.Article == b.Article
	switch {
	case oneArticle && a.CAMEO != b.CAMEO:
		return never
	case oneArticle, spoken(a) && a.Day != b.Day:
		return half
	case spoken(a):
		return some
	}
	return 0
}

// agreement of two lists of parties.
type agreement float64

const (
	differs agreement = -1
	untold  agreement = 0 // one names nobody
	kin     agreement = 1 // they act for the same
	equal   agreement = 2
)

func agree(a, b []dragoman.Party) agreement {
	if len(a) == 0 || len(b) == 0 {
		return untold
	}
	best := differs
	for i := range a {
		for j := range b {
			if a[i].ID == b[j].ID {
				return equal
			}
			if fits(&a[i], &b[j]) {
				best = kin
			}
		}
	}
	return best
}

// fits reports whether a may be b told less exactly: "Chad" for its minister.
// Two named persons of one state are two.
func fits(a, b *dragoman.Party) bool {
	if a.Kind == "person" && b.Kind == "person" && a.Named && b.Named {
		return false
	}
	for _, x := range chain(a) {
		if slices.Contains(chain(b), x) {
			return true
		}
	}
	return false
}

// chain returns the ids of p and of those it acts for.
func chain(p *dragoman.Party) []string {
	ids := []string{p.ID}
	for i := range p.Principals {
		ids = append(ids, p.Principals[i].ID)
	}
	return ids
}

// What two parties, or two lists of them, have in common: others are named,
// nobody is, or how seldom two events have that in common.
const (
	others   = -1.0
	unsaid   = 0.0
	related  = 0.2  // one acts for the other; somebody without a name
	ofState  = 0.25 // a state or its bodies, which do much every day
	byName   = 0.5  // a person or group
	onceOnly = 0.2  // on top for a person to whom it is done: he says much in a week, but is arrested or killed once
)

// partiesAgree says how much the parties of two reports agree.
func partiesAgree(a, b *dragoman.Report) float64 {
	if mutual(a) || mutual(b) {
		return circlesAgree(circle(a), circle(b))
	}
	who := bestPair(point(a.Actors), point(b.Actors))
	whom := bestPair(point(a.Recipients), point(b.Recipients))
	if who.common == others || whom.common == others {
		return others
	}
	s := who.common + whom.common
	if whom.common == byName && whom.a.Kind == "person" && whom.b.Kind == "person" && !spoken(a) {
		s += onceOnly
	}
	return s
}

// mutual reports whether all parties do the same, whoever is told first: who is
// met meets.
func mutual(r *dragoman.Report) bool {
	return r.Type == "CONSULT" || len(r.Recipients) == 0 && len(r.Actors) > 1
}

func circle(r *dragoman.Report) []*dragoman.Party {
	return append(point(r.Actors), point(r.Recipients)...)
}

func point(parties []dragoman.Party) []*dragoman.Party {
	all := make([]*dragoman.Party, len(parties))
	for i := range parties {
		all[i] = &parties[i]
	}
	return all
}

// circlesAgree compares two circles by the two members that agree best and by
// those that are left: who met one met not the other.
func circlesAgree(a, b []*dragoman.Party) float64 {
	best := bestPair(a, b)
	if best.common <= unsaid {
		return best.common
	}
	without := func(all []*dragoman.Party, p *dragoman.Party) []*dragoman.Party {
		return slices.DeleteFunc(all, func(q *dragoman.Party) bool { return q == p })
	}
	rest := bestPair(without(a, best.a), without(b, best.b))
	if rest.common == others {
		return others
	}
	return best.common + rest.common
}

// couple is two parties and what they have in common.
type couple struct {
	common float64
	a, b   *dragoman.Party
}

// bestPair returns those of two lists that have most in common.
func bestPair(a, b []*dragoman.Party) couple {
	if len(a) == 0 || len(b) == 0 {
		return couple{common: unsaid}
	}
	best := couple{common: others}
	for _, p := range a {
		for _, q := range b {
			if s := inCommon(p, q); s > best.common {
				best = couple{s, p, q}
			}
		}
	}
	return best
}

// inCommon says how much it tells that one report has party a and another b.
func inCommon(a, b *dragoman.Party) float64 {
	named := a.Named && b.Named
	switch {
	case a.Country != "" && b.Country != "" && a.Country != b.Country:
		return others
	case a.ID == b.ID && !named:
		return related
	case a.ID == b.ID && slices.Contains(kindsOfStates, a.Kind):
		return ofState
	case a.ID == b.ID, named && a.Kind == "person" && b.Kind == "person" && sameName(a.Name, b.Name):
		return byName
	case named && fits(a, b):
		return related
	case !a.Named && !b.Named, !named && (a.Kind == "people") == (b.Kind == "people"):
		return unsaid // the gunman may be he who has a name elsewhere, but gunmen are not
	}
	return others
}

// kindsOfStates are the kinds of parties that act for millions.
var kindsOfStates = []string{"state", "government", "igo", "people"}

// sameName reports whether one name ends with the other, as it does with the surname.
func sameName(a, b string) bool {
	return a == b || strings.HasSuffix(a, " "+b) || strings.HasSuffix(b, " "+a)
}

// daysAgree says how much the days of two reports agree, and whether they are
// near enough at all: an outlet may be a day late, and what has
// no day is told for some days.
func daysAgree(a, b *dragoman.Report) (s float64, near bool) {
	const late, lasts, perDay = 2, 7, 0.1
	apart := max(a.Day-b.Day, b.Day-a.Day)
	switch {
	case a.Day == dragoman.NoDay || b.Day == dragoman.NoDay:
		return 0, false
	case spans(a, b.Day) || spans(b, a.Day): // "in January" is any day of it
		return 0, true
	case !a.Dated || !b.Dated:
		return -perDay * float64(max(0, apart-late)), apart <= lasts
	case apart == 0:
		return 0.2, true
	}
	return -perDay * float64(apart-1), apart <= late
}

// spans reports whether a day is one of many that a report tells of.
func spans(r *dragoman.Report, day dragoman.Day) bool {
	return !r.Dated && r.From != dragoman.NoDay && r.To != dragoman.NoDay && r.From <= day && day <= r.To
}

// deedsAgree says how much the codes and the words for what was done agree; that
// both say "said" tells nothing.
func deedsAgree(a, b *dragoman.Report) float64 {
	code, word := a.CAMEO == b.CAMEO, !spoken(a) && stem(a.Words) == stem(b.Words)
	switch {
	case code && word:
		return 0.3
	case code || word:
		return 0.15
	}
	return -0.15
}

// placesAgree reports whether one place is, or contains, the other, or one is
// not known.
func placesAgree(a, b *dragoman.Report) bool {
	p, q := &a.Place, &b.Place
	return !onMap(p) || !onMap(q) || p.ID == q.ID || slices.Contains(p.ContainedIn, q.ID) || slices.Contains(q.ContainedIn, p.ID)
}

// onMap reports whether a place is told and known.
func onMap(p *dragoman.Locale) bool { return p.ID != "" && !strings.HasPrefix(p.ID, "new:") }

// placesShared says how much it tells that the places agree: much of towns,
// little of countries.
func placesShared(a, b *dragoman.Report) float64 {
	p, q := &a.Place, &b.Place
	switch {
	case p.ID == "" || p.ID != q.ID && !(onMap(p) && onMap(q)):
		return 0
	case p.Kind == "country" || q.Kind == "country":
		return 0.1
	}
	return 0.25
}

// tollsAgree reports whether the figures of two reports can be of one event:
// tolls of dead and injured rise, but hardly to more than three times what was
// told first; who was captured is counted at once.
func tollsAgree(a, b *dragoman.Report) bool {
	return !eachToll(a, b, func(x, y dragoman.Count) bool {
		low, high := min(x.Min, y.Min), max(x.Min, y.Min)
		if x.What == "killed" || x.What == "injured" {
			return high > 3*low+3
		}
		return !meet(x, y)
	})
}

// tollsShared says how much it tells that both have the same figure: that one
// was killed, little.
func tollsShared(a, b *dragoman.Report) float64 {
	switch {
	case eachToll(a, b, func(x, y dragoman.Count) bool { return meet(x, y) && max(x.Min, y.Min) > 1 }):
		return 0.3
	case eachToll(a, b, func(x, y dragoman.Count) bool { return !meet(x, y) }):
		return -0.1
	}
	return 0
}

// eachToll reports whether is holds of two figures of the same thing.
func eachToll(a, b *dragoman.Report, is func(x, y dragoman.Count) bool) bool {
	for _, x := range a.Casualties {
		for _, y := range b.Casualties {
			if x.What == y.What && is(x, y) {
				return true
			}
		}
	}
	return false
}

// meet reports whether two ranges share a figure.
func meet(x, y dragoman.Count) bool {
	return (x.Max < 0 || y.Min <= x.Max) && (y.Max < 0 || x.Min <= y.Max)
}

// wordsAgree returns the share of the words of the shorter of two clauses that
// the other has too, beside those for parties and place.
func wordsAgree(a, b *dragoman.Report) float64 {
	const few = 2 // one shared word of one is little to go by
	return sharedWords(a.Evidence, b.Evidence, names(a, b), few)
}

// wordsBeside is wordsAgree beside the deed too, where that is compared by itself;
// the same clause is the same.
func wordsBeside(a, b *dragoman.Report) float64 {
	const few = 3
	if a.Evidence == b.Evidence {
		return 1
	}
	return sharedWords(a.Evidence, b.Evidence, names(a, b, a.Words, b.Words), few)
}

// sharedWords returns how many words of the shorter text, beside those known, the
// other has too, as a share of all; of few at least.
func sharedWords(a, b string, known map[string]bool, few int) float64 {
	x, y := beside(a, known), beside(b, known)
	shared := 0
	for w := range x {
		if y[w] {
			shared++
		}
	}
	return float64(shared) / float64(max(few, min(len(x), len(y))))
}

// names returns the words for the parties and places of two reports, and more.
func names(a, b *dragoman.Report, more ...string) map[string]bool {
	all := map[string]bool{}
	add := func(s string) {
		for _, w := range content(s) {
			all[w] = true
		}
	}
	for _, r := range []*dragoman.Report{a, b} {
		for _, p := range circle(r) {
			add(p.Name)
			add(p.Title)
			for i := range p.Principals {
				add(p.Principals[i].Name)
			}
		}
		add(r.Place.Name)
	}
	for _, s := range more {
		add(s)
	}
	return all
}

// beside returns the words of a text that are not known.
func beside(text string, known map[string]bool) map[string]bool {
	all := map[string]bool{}
	for _, w := range content(text) {
		if !known[w] {
			all[w] = true
		}
	}
	return all
}

// content returns the long words of a text without their endings, and its figures
// of several digits: what is short is mostly grammar, and what is long is rare. Days
// and months are left out, for they are compared as days.
func content(text string) []string {
	const long = 6
	var all []string
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r >= 0x80)
	}) {
		if figure := w[0] <= '9'; (figure && len(w) > 1 || len(w) >= long) && !calendar[w] {
			all = append(all, stem(w))
		}
	}
	return all
}

// calendar holds the names of days and months.
var calendar = func() map[string]bool {
	all := map[string]bool{}
	for d := range time.Weekday(7) {
		all[strings.ToLower(d.String())] = true
	}
	for m := time.January; m <= time.December; m++ {
		all[strings.ToLower(m.String())] = true
	}
	return all
}()

// stem cuts the ending of a word.
func stem(w string) string {
	w = strings.ToLower(w)
	for _, ending := range []string{"ings", "ing", "ions", "ion", "ed", "es", "s"} {
		if stem, ok := strings.CutSuffix(w, ending); ok && len(stem) >= 4 {
			return stem
		}
	}
	return w
}
