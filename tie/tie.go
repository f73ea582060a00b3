// Package tie finds relations that stand between two actors, rather than
// things that happened: who supports, hosts, leads or belongs to whom, since
// when, and according to whom.
package tie

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"dragoman"
	"dragoman/data"
	"dragoman/pattern"
)

// Finder finds ties. It is read-only after Load and may be used by many
// goroutines at once.
type Finder struct {
	grammar  *pattern.Grammar
	facts    *pattern.Factuality
	book     pattern.Book
	meanings []meaning       // by Frame.Row
	offices  map[string]bool // names of offices that one holds
	former   map[string]bool // words that say that one no longer does
	lower    map[string]bool // words for an office below the one named: "deputy"
	kinds    map[string]int  // words for an office → which of the table it is
	same     map[string]bool // words for who holds another's office elsewhere
}

type meaning struct{ relation, role, example, place string }

// symmetrical relations hold both ways and stand once.
var symmetrical = map[string]bool{"allied_with": true, "at_war_with": true, "trades_with": true, "related_to": true}

// Load reads the frames of ties.
func Load(fsys fs.FS) (*Finder, error) {
	f := &Finder{offices: map[string]bool{}, former: map[string]bool{}, lower: map[string]bool{}, same: map[string]bool{}, kinds: map[string]int{}}
	err := f.loadOffices(fsys)
	if err != nil {
		return nil, err
	}
	if f.grammar, err = pattern.LoadGrammar(fsys); err != nil {
		return nil, err
	}
	if f.facts, err = pattern.LoadFactuality(fsys); err != nil {
		return nil, err
	}
	classes, err := pattern.LoadClasses(fsys, "plover/en/classes.tsv")
	if err != nil {
		return nil, err
	}
	t, err := data.Read(fsys, "plover/en/ties.tsv", "lemma", "pos", "when", "relation", "subject", "object", "role", "flags", "example")
	if err != nil {
		return nil, err
	}
	for i := range t.Len() {
		m := meaning{t.Value(i, "relation"), t.Value(i, "role"), t.Value(i, "example"), t.Where(i)}
		if !slices.Contains(dragoman.Relations, m.relation) && m.relation != "-" {
			return nil, t.Fault(i, "unknown relation %q", m.relation)
		}
		f.meanings = append(f.meanings, m)
	}
	if err := f.book.AddTable(t, 0, "relation", "subject", "object", classes); err != nil {
		return nil, err
	}
	f.book.Order()
	return f, nil
}

func (f *Finder) loadOffices(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/offices.tsv", "names", "holds", "rank")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		for _, n := range t.List(i, "names") {
			f.kinds[n] = i
			f.offices[n] = f.offices[n] || t.Value(i, "holds") == "yes"
			f.same[n] = f.same[n] || t.Value(i, "rank") == "same"
		}
	}
	if t, err = data.Read(fsys, "actors/modifiers.tsv", "word", "effect"); err != nil {
		return err
	}
	for i := range t.Len() {
		switch t.Value(i, "effect") {
		case "former":
			f.former[t.Value(i, "word")] = true
		case "deputy":
			f.lower[t.Value(i, "word")] = true
		}
	}
	return nil
}

// holds reports whether a title is an office that one holds: "deputy foreign
// minister", "minister of border affairs", but not "former president" or
// "musician".
func (f *Finder) holds(title string) bool {
	words := strings.Fields(strings.ToLower(title))
	for _, w := range words {
		if f.former[w] {
			return false
		}
	}
	for i := range words {
		for j := i + 1; j <= len(words); j++ {
			if (i == 0 || j == len(words)) && f.offices[strings.Join(words[i:j], " ")] {
				return true
			}
		}
	}
	return false
}

// fits reports whether the words of a title may be those for an office: they share one that
// names offices ("Minister" for a minister of trade), both are of one kind ("Premier" for a
// prime minister), or one is of no kind that is known. The deputy president is not the
// president.
func (f *Finder) fits(title, office string) bool {
	words := strings.Fields(strings.ToLower(office))
	if slices.ContainsFunc(strings.Fields(strings.ToLower(title)), func(w string) bool { return f.lower[w] && !slices.Contains(words, w) }) {
		return false
	}
	a, b := f.kindsIn(title), f.kindsIn(office)
	if len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(k int) bool { return slices.Contains(b, k) }) {
		return true
	}
	return slices.ContainsFunc(strings.Fields(strings.ToLower(title)), func(w string) bool {
		_, names := f.kinds[w]
		return names && slices.Contains(words, w)
	})
}

// kindsIn returns the kinds of office that words for one name: of those that begin with a
// word the longest.
func (f *Finder) kindsIn(title string) (kinds []int) {
	words := strings.Fields(strings.ToLower(title))
	for i := 0; i < len(words); i++ {
		for j := len(words); j > i; j-- {
			if k, ok := f.kinds[strings.Join(words[i:j], " ")]; ok {
				kinds = append(kinds, k)
				i = j - 1
				break
			}
		}
	}
	return kinds
}

// Find returns the ties of doc, whose layers up to dates are written, in order
// of their first telling. A tie told twice stands once.
func (f *Finder) Find(doc *dragoman.Document) []dragoman.Tie {
	r := &reading{Finder: f, s: pattern.NewScene(f.grammar, doc), doc: doc, told: map[[2]int][]int{}, ids: map[string]int{}}
	for a, actor := range doc.Actors {
		r.ids[actor.ID] = a
	}
	if doc.Title != "" && len(doc.Sentences) > 0 {
		r.body = doc.Sentences[0].End // headlines leave out what tells who is what
	}
	for p := r.body; p < len(doc.Tokens); p++ {
		if t, ok := r.framed(p); ok {
			r.add(t)
		}
	}
	for a := range doc.Actors {
		r.office(a)
	}
	slices.SortStableFunc(r.ties, func(a, b dragoman.Tie) int { return a.Trigger.Start - b.Trigger.Start })
	return r.ties
}

type reading struct {
	*Finder
	s    *pattern.Scene
	doc  *dragoman.Document
	args []pattern.Arg
	ties []dragoman.Tie
	told map[[2]int][]int // the two ends → ties
	ids  map[string]int   // actor id → actor

	body int // first token behind the headline
}

func (r *reading) framed(p int) (dragoman.Tie, bool) {
	t := dragoman.Tie{From: dragoman.NoDay, To: dragoman.NoDay}
	f, ok := r.match(p)
	if !ok {
		return t, false
	}
	m := r.meanings[f.Row]
	t.Relation = m.relation
	var subject, object int
	t.Subject, subject = r.party(p, f.First)
	t.Object, object = r.party(p, f.Second)
	if t.Object < 0 && symmetrical[m.relation] {
		t.Object, object = r.other(f.First, t.Subject) // "the alliance between X and Y"
	}
	if t.Object < 0 && m.relation == "controls" {
		t.Object, object = r.stateOf(f.Second)
	}
	if t.Subject < 0 || t.Object < 0 || t.Subject == t.Object || r.vague(t.Subject) || r.vague(t.Object) {
		return t, false
	}
	var why string
	t.Status, why = r.facts.Status(r.s, p)
	if t.Status == dragoman.Planned || t.Status == dragoman.Hypothetical || !r.stands(p, f, &t) || r.formerly(p) {
		return t, false
	}
	if m.role != "" {
		t.Role = r.role(p, m.role)
	}
	t.AccordingTo = r.s.Said(p)
	t.Telling = r.telling(p, subject, object)
	t.Because = []string{f.Reason()}
	if why != "" {
		t.Because = append(t.Because, "status:"+why)
	}
	t.Confidence = 0.75
	if f.POS == 'N' {
		t.Confidence = 0.8
	}
	return t, true
}

// formerly reports whether a word before p says that it is so no longer: "the former president".
func (r *reading) formerly(p int) bool {
	return slices.ContainsFunc(r.s.Kids(p), func(k int32) bool { return int(k) < p && r.former[strings.ToLower(r.doc.Form(int(k)))] })
}

// vague reports whether an actor is just anybody: a person
// whom no name and no country tells.
func (r *reading) vague(a int) bool {
	actor := r.doc.Actors[a]
	if actor.Country != "" || len(actor.MemberOf) > 0 || actor.Kind != "person" && actor.Kind != "unknown" {
		return false
	}
	return !slices.ContainsFunc(actor.Mentions, func(m int) bool { return r.doc.Mentions[m].Form == dragoman.Name })
}

// match returns the first frame of p that holds, its arguments in r.args. What
// a noun or an adjective is said of is its subject here, not its possessor.
func (r *reading) match(p int) (pattern.Frame, bool) {
	pos := r.s.FramePOS(p)
	if pos == 0 {
		return pattern.Frame{}, false
	}
	frames := r.book.At(r.s.Tree, p)
	if party, noun, ok := r.compound(p); ok {
		pos, frames = 'A', r.book.Of("-"+strings.ToLower(r.doc.Form(p)))
		r.args = append(r.args[:0], pattern.Arg{Slot: "by", Token: party}, pattern.Arg{Slot: "subj", Token: noun})
		return r.first(p, pos, frames)
	}
	if len(frames) == 0 && len(r.book.Of(strings.ToLower(r.doc.Form(p)))) == 0 {
		return pattern.Frame{}, false
	}
	r.args = r.s.Arguments(p, r.args[:0])
	if pos == 'N' {
		r.args = slices.DeleteFunc(r.args, func(a pattern.Arg) bool { return a.Slot == "subj" })
		r.args = append(r.args, r.saidOf(p)...)
	}
	if f, ok := r.adjectival(p, pos); ok {
		return f, true
	}
	return r.first(p, pos, frames)
}

// adjectival reads a participle that is an adjective: "is opposed to", "allied
// with". What it is said of is its subject.
func (r *reading) adjectival(p int, pos byte) (pattern.Frame, bool) {
	frames := r.book.Of(strings.ToLower(r.doc.Form(p)))
	if pos != 'V' || r.doc.Tags[p].XPOS != "VBN" || len(frames) == 0 {
		return pattern.Frame{}, false
	}
	i := slices.IndexFunc(r.args, func(a pattern.Arg) bool { return a.Slot == "obj" })
	if i < 0 {
		return pattern.Frame{}, false
	}
	r.args = append(r.args, pattern.Arg{Slot: "subj", Token: r.args[i].Token})
	f, ok := r.first(p, 'A', frames)
	if !ok {
		r.args = r.args[:len(r.args)-1]
	}
	return f, ok
}

// first returns the first of the frames that holds.
func (r *reading) first(p int, pos byte, frames []pattern.Frame) (pattern.Frame, bool) {
	for _, f := range frames {
		if f.POS == pos && f.Match(r.grammar, r.s.Tree, p, r.args, r.s) {
			return f, !f.Never
		}
	}
	return pattern.Frame{}, false
}

// compound reads "Iran-backed militia", whose participle is p: the party before
// the hyphen and the noun that it is said of.
func (r *reading) compound(p int) (party, noun int, ok bool) {
	if p < 2 || r.doc.Form(p-1) != "-" || r.doc.Tokens[p-1].End != r.doc.Tokens[p].Start || r.doc.Tokens[p-2].End != r.doc.Tokens[p-1].Start ||
		len(r.book.Of("-"+strings.ToLower(r.doc.Form(p)))) == 0 {
		return 0, 0, false
	}
	noun = r.s.Head(p)
	if noun < p { // the parser may have hung the participle elsewhere: the noun follows it
		if noun = p + 1; noun >= len(r.doc.Tokens) || r.s.Sentence(noun) != r.s.Sentence(p) {
			return 0, 0, false
		}
	}
	return p - 2, noun, true
}

// saidOf returns what noun n is said of: the name that its mention is chained
// with, or, by apposition, copula or as a title, another mention.
func (r *reading) saidOf(n int) []pattern.Arg {
	var all []pattern.Arg
	add := func(i int) {
		// Only what is somebody itself: in "relations with Chad, a friend of
		// Mali", the friend is not whose relations they are.
		if i < 0 {
			return
		}
		if i = r.s.Antecedent(i); r.s.Mention(i) >= 0 && r.s.ActorOf(r.s.Mention(i)) >= 0 && !r.apart(n, i) {
			all = append(all, pattern.Arg{Slot: "subj", Token: i})
		}
	}
	if name := r.named(n); name >= 0 {
		add(name)
	}
	h := r.s.Head(n)
	if h >= 0 && r.s.Is(n, "nmod") && r.s.Case(n) == "of" && r.s.Lemma(h) == "one" {
		n, h = h, r.s.Head(h) // "one of her backers"
	}
	switch {
	case h >= 0 && r.s.Is(n, "appos"):
		add(h)
	case h > n && r.s.Is(n, "compound", "nmod:desc", "nmod:unmarked") && r.s.POS(h) == dragoman.PROPN:
		add(h)
		if poss := r.s.Kid(h, "nmod:poss"); poss >= 0 && poss < n { // "Iran's proxy Hezbollah"
			all = append(all, pattern.Arg{Slot: "poss", Token: poss}, pattern.Arg{Slot: "of", Token: poss})
		}
	case h >= 0 && r.s.Is(n, "obl", "nmod") && r.s.Case(n) == "as":
		add(r.grammar.Subject(r.s.Tree, h))
	}
	if r.s.Kid(n, "cop") >= 0 {
		add(r.s.Kid(n, "nsubj"))
	}
	add(r.s.Kid(n, "appos", "flat"))
	for _, k := range r.s.Kids(n) {
		if r.s.Is(int(k), "nmod:poss") {
			all = append(all, pattern.Arg{Slot: "of", Token: int(k)})
		}
	}
	return all
}

// apart reports whether tokens n and i make a list: they head a person and a body, which
// nothing can be at once, "of the Army, chief of the police", or two holders of offices,
// "the French president, the chancellor of Germany".
func (r *reading) apart(n, i int) bool {
	m, o := r.s.Mention(n), r.s.Mention(i)
	if m < 0 {
		return false
	}
	one, other := &r.doc.Mentions[m], &r.doc.Mentions[o]
	if one.Class == dragoman.Person && other.Class == dragoman.Organisation {
		return true
	}
	a, b := r.s.ActorOf(m), r.s.ActorOf(o)
	return one.Form == dragoman.Nominal && other.Form == dragoman.Nominal && a >= 0 && b >= 0 && a != b &&
		r.doc.Actors[a].Kind == "person" && r.doc.Actors[b].Kind == "person"
}

// named returns the head of the nearest name in n's sentence that n's mention
// is chained with; -1.
func (r *reading) named(n int) int {
	m := r.s.Mention(n)
	if m < 0 || r.doc.Mentions[m].Head != n {
		return -1
	}
	best := -1
	sent := r.doc.Sentences[r.s.Sentence(n)]
	for i := sent.First; i < sent.End; i++ {
		o := r.s.Mention(i)
		if o < 0 || r.doc.Mentions[o].Chain != r.doc.Mentions[m].Chain || r.doc.Mentions[o].Form != dragoman.Name {
			continue
		}
		if best < 0 || abs(i-n) < abs(best-n) {
			best = r.doc.Mentions[o].Head
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// party returns the first actor that stands in a role, and its token.
func (r *reading) party(p int, role pattern.Role) (actor, token int) {
	actor, token = -1, -1
	role.Each(r.grammar, r.s.Tree, r.args, func(heads []int) bool {
		for _, h := range heads {
			if a := r.s.Actors(h); len(a) > 0 && h != p {
				actor, token = a[0], h
				return true
			}
		}
		return false
	})
	return actor, token
}

// stateOf returns the state of the place that stands in a role, and its token: whoever
// controls a town controls a part of its state.
func (r *reading) stateOf(role pattern.Role) (actor, token int) {
	actor, token = -1, -1
	role.Each(r.grammar, r.s.Tree, r.args, func(heads []int) bool {
		for _, h := range heads {
			if p := r.s.Place(h); p >= 0 {
				if a, ok := r.ids[r.doc.Places[p].Country]; ok {
					actor, token = a, h
					return true
				}
			}
		}
		return false
	})
	return actor, token
}

// other returns the second of the actors that stand in one role.
func (r *reading) other(role pattern.Role, first int) (actor, token int) {
	actor, token = -1, -1
	role.Each(r.grammar, r.s.Tree, r.args, func(heads []int) bool {
		for _, h := range heads {
			for _, a := range r.s.Actors(h) {
				if a != first && actor < 0 {
					actor, token = a, h
				}
			}
		}
		return actor >= 0
	})
	return actor, token
}

// stands reports whether what p tells is a relation that stands, and sets
// since when and until when. A frame flagged habitual is a tie only in the
// present or the perfect, or where a span of time is told.
func (r *reading) stands(p int, f pattern.Frame, t *dragoman.Tie) bool {
	tag := r.doc.Tags[p]
	perfect := false
	for _, k := range r.s.Kids(p) {
		perfect = perfect || r.s.Is(int(k), "aux") && r.s.Lemma(int(k)) == "have"
	}
	sent := r.doc.Sentences[r.s.Sentence(p)]
	clause := f.POS == 'V' || r.s.Kid(p, "cop") >= 0
	for i := sent.First; i < sent.End && clause; i++ {
		if d := r.s.Date(i); d >= 0 && r.s.Above(p, i) && r.doc.Dates[d].From != dragoman.NoDay {
			t.From, t.To = r.doc.Dates[d].From, r.doc.Dates[d].To
			break
		}
	}
	if t.Status == dragoman.Happened || t.Status == dragoman.Ongoing {
		past := tag.XPOS == "VBD" && !perfect
		t.Status = dragoman.Ongoing
		if past && f.POS == 'V' {
			t.Status = dragoman.Happened
			if f.Flags["habitual"] && (t.From == dragoman.NoDay || t.To-t.From < 60) {
				return false
			}
		}
	}
	if t.Status == dragoman.Ongoing && (r.doc.Published == dragoman.NoDay || t.To >= r.doc.Published-1) {
		t.To = dragoman.NoDay
	}
	if t.Status == dragoman.Ongoing && t.To != dragoman.NoDay {
		t.From, t.To = dragoman.NoDay, dragoman.NoDay // a day on which it stood tells neither end
	}
	return true
}

func (r *reading) role(p int, role string) string {
	if role == "self" {
		return r.s.Lemma(p)
	}
	for _, a := range r.args {
		if a.Slot == role {
			return r.doc.Form(a.Token)
		}
	}
	return ""
}

// telling returns trigger and evidence: from the first to the last of the
// predicate and its two parties.
func (r *reading) telling(p, subject, object int) dragoman.Telling {
	e := r.doc.Tokens[p].Span
	for _, i := range []int{subject, object} {
		if r.s.Sentence(i) != r.s.Sentence(p) {
			continue
		}
		span := r.doc.Tokens[i].Span
		if m := r.s.Mention(i); m >= 0 {
			span = r.doc.Mentions[m].Span
		}
		e.Start, e.End = min(e.Start, span.Start), max(e.End, span.End)
	}
	return dragoman.Telling{Trigger: r.doc.Tokens[p].Span, Head: p, Evidence: e}
}

// office adds the tie of a person to the body or state whose office the
// article says that the person holds.
func (r *reading) office(a int) {
	actor := r.doc.Actors[a]
	named := func(m int) bool { return r.doc.Mentions[m].Form == dragoman.Name }
	if actor.Kind != "person" || !r.holds(actor.Title) || !slices.ContainsFunc(actor.Mentions, named) {
		return // "the minister is a minister" tells nothing
	}
	object := -1
	for _, id := range append(slices.Clone(actor.MemberOf), actor.Country) {
		if i, ok := r.ids[id]; ok && i != a {
			object = i
			break
		}
	}
	if object < 0 {
		return
	}
	best, beside := dragoman.Mention{}, false
	for k, m := range actor.Mentions {
		mention := r.doc.Mentions[m]
		if mention.Head < r.body {
			continue
		}
		told := !mention.Title.Empty() && r.fits(r.doc.TextOf(mention.Title), actor.Title) || mention.Form == dragoman.Nominal &&
			(strings.Contains(strings.ToLower(r.doc.TextOf(mention.Span)), firstWord(actor.Title)) || r.same[r.s.Lemma(mention.Head)])
		// The words that name the person and the office together tell it best.
		if with := told && r.besideName(mention, actor.Mentions[max(0, k-2):min(len(actor.Mentions), k+3)]); told && (best.End == 0 || with && !beside) {
			best, beside = mention, with
		}
	}
	if best.End == 0 || r.was(best) {
		return
	}
	span := best.Title
	if span.Empty() {
		span = best.Span
	}
	if body := r.bodyIn(span, best.Head, a); body >= 0 && r.doc.Actors[object].Kind == "state" {
		object = body
	}
	r.add(dragoman.Tie{Subject: a, Object: object, Relation: "holds_office", Role: actor.Title,
		From: dragoman.NoDay, To: dragoman.NoDay, Status: dragoman.Ongoing, AccordingTo: r.s.Said(best.Head),
		Telling:    dragoman.Telling{Trigger: span, Head: best.Head, Evidence: dragoman.Span{Start: min(span.Start, best.Start), End: max(span.End, best.Span.End)}},
		Confidence: 0.85, Because: []string{"title"}})
}

// bodyIn returns the body or organisation that the words for the office of actor a
// name, which stand in the sentence of token at: "the president of Mali's supreme
// court" is not Mali's; -1 for none.
func (r *reading) bodyIn(span dragoman.Span, at, a int) int {
	sent := r.doc.Sentences[r.s.Sentence(at)]
	for i := sent.First; i < sent.End; i++ {
		m := -1
		if span.Contains(r.doc.Tokens[i].Span) {
			m = r.s.Mention(i)
		}
		if m < 0 || r.doc.Mentions[m].Span == span || !span.Contains(r.doc.Mentions[m].Span) {
			continue
		}
		body := r.s.ActorOf(m)
		if body < 0 || body == a {
			continue
		}
		switch r.doc.Actors[body].Kind {
		case "state", "person", "people":
		default:
			return body
		}
	}
	return -1
}

// was reports whether a mention or its title says that it is no longer so.
func (r *reading) was(m dragoman.Mention) bool {
	sent := r.doc.Sentences[r.s.Sentence(m.Head)]
	for i := sent.First; i < sent.End; i++ {
		span := r.doc.Tokens[i].Span
		if (m.Span.Contains(span) || m.Title.Contains(span)) && r.former[strings.ToLower(r.doc.Form(i))] {
			return true
		}
	}
	return false
}

// besideName reports whether a mention stands right beside a name among the
// others, or is one.
func (r *reading) besideName(m dragoman.Mention, others []int) bool {
	const near = 2 // tokens: a comma between
	for _, i := range others {
		n := r.doc.Mentions[i]
		if n.Form == dragoman.Name && (n.Head == m.Head || n.First >= m.End && n.First-m.End < near || m.First >= n.End && m.First-n.End < near) {
			return true
		}
	}
	return false
}

func firstWord(s string) string {
	w, _, _ := strings.Cut(strings.ToLower(s), " ")
	return w
}

// add appends t unless the same source told it before; then the telling joins it.
func (r *reading) add(t dragoman.Tie) {
	ends := [2]int{t.Subject, t.Object}
	if symmetrical[t.Relation] {
		ends = [2]int{min(t.Subject, t.Object), max(t.Subject, t.Object)}
	}
	for _, i := range r.told[ends] {
		old := &r.ties[i]
		if old.Relation != t.Relation || old.Status != t.Status || !slices.Equal(r.s.Tellers(old.AccordingTo), r.s.Tellers(t.AccordingTo)) ||
			!strings.Contains(t.Role, old.Role) && !strings.Contains(old.Role, t.Role) {
			continue
		}
		if len(t.Role) > len(old.Role) {
			old.Role = t.Role // "deputy prime minister" rather than "minister"
		}
		if old.From == dragoman.NoDay {
			old.From, old.To = t.From, t.To
		}
		return
	}
	r.told[ends] = append(r.told[ends], len(r.ties))
	r.ties = append(r.ties, t)
}

// Explain returns what a name in Tie.Because stands for.
func (t *Finder) Explain(because string) (text string, ok bool) {
	f, ok := t.book.Opened(because)
	if !ok {
		return "", false
	}
	m := t.meanings[f.Row]
	return fmt.Sprintf("%s: %s %c, %s → %s; e.g. %s", m.place, f.Lemma, f.POS, f.Conditions(), m.relation, m.example), true
}

// Examples returns the sentence of every frame, the trigger in brackets, with
// where it stands and the relation it must give, in the order of the table.
func (t *Finder) Examples() (where, text, relation []string) {
	for _, m := range t.meanings {
		where, text, relation = append(where, m.place), append(text, m.example), append(relation, m.relation)
	}
	return where, text, relation
}
