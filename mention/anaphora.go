package mention

import (
	"slices"
	"strings"

	"dragoman"
)

// How far back an antecedent is looked for.
const (
	windowMentions  = 60
	windowSentences = 4
)

// What makes an antecedent stand out, in the units of salience; tuned on the
// development part of GAP.
const (
	weighSentence = 24 // a sentence back
	weighCount    = 4  // a mention of the same
	weighOne      = 18 // a body that "they" may stand for
	weighWithin   = 20 // a word before another noun: "al-Qaeda fighters"
	weighUnlikely = 24 // a name that is taken for something else than a person
	weighLocal    = 8  // the subject of the clause in which "its" stands
	weighOwn      = 30 // that subject, where "its own" or "as part of its" stands
	weighAsked    = 36 // who is asked to do what the clause of "it" goes on from
)

// chainNominal chains a definite nominal with what it takes up.
func (b *builder) chainNominal(i int) {
	m := &b.all[i]
	if b.pair(i) {
		return
	}
	if m.kind == "counterpart" {
		b.peer(i)
	}
	if b.entity(i).named > 0 {
		b.chainSameRole(i)
		return
	}
	switch {
	case m.Class == dragoman.Person && m.number != 'p' && m.definite:
		if j := b.roleBefore(i); j >= 0 {
			b.join(i, j)
			return
		}
	case m.definite && m.number == 'p' && b.f.words.rebels[m.noun.lemma] && len(m.mods) == 0 && m.owner < 0:
		j := b.onlyArmed(i, func(e *entity) bool { return b.called(e, m.noun.lemma, i) })
		if j < 0 {
			j = b.oneArmed(i)
		}
		if j >= 0 {
			b.join(i, j)
			return
		}
	case !m.definite || m.number == 'p' && m.kind != "force" && m.kind != "government":
	case b.ownedByCountry(i):
	case groupish[m.kind] != nil:
		if j := b.bodyBefore(i); j >= 0 {
			b.join(i, j)
			return
		}
	}
	if m.definite {
		if j := b.calledSo(i); j >= 0 {
			b.join(i, j)
			return
		}
		j := b.sameNoun(i)
		if j < 0 && m.kind == "force" {
			j = b.oneForce(i)
		}
		if j < 0 {
			j = b.spokeLast(i)
		}
		if j >= 0 {
			b.join(i, j)
		}
	}
}

// oneForce returns the last nominal of the one force that the article has spoken of, if
// it has spoken of one alone: whatever it is called now, "the combined force" is that, and
// where it has only spoken of forces, it is those.
func (b *builder) oneForce(i int) int {
	m := &b.all[i]
	if m.number == 'p' && len(m.mods) > 0 || m.owner >= 0 {
		return -1
	}
	one := false
	force := func(plural bool) int {
		return b.only(i, func(j int) bool {
			x := &b.all[j]
			meant := x.Form == dragoman.Nominal && x.noun == m.noun && (x.number == 'p') == plural && (m.Head < x.First || x.End <= m.Head) && (x.Head < m.First || m.End <= x.Head)
			one = one || meant && !plural
			return meant
		})
	}
	if m.number != 'p' {
		if j := force(false); j >= 0 || one {
			return j
		}
	}
	return force(true)
}

// calledSo finds the one organisation named before whose name ends in the noun of a
// plain definite nominal: "the regiment" after "the Azov Regiment".
func (b *builder) calledSo(i int) int {
	m := &b.all[i]
	if m.Class != dragoman.Organisation || m.number == 'p' || m.owner >= 0 || len(m.mods) > 0 {
		return -1
	}
	return b.fitting(i, b.only(i, func(j int) bool {
		x := &b.all[j]
		return x.Form == dragoman.Name && x.End-x.First > 1 && x.Class == dragoman.Organisation && b.lower(x.End-1) == m.noun.lemma && (m.Head < x.First || x.End <= m.Head)
	}))
}

// only returns the last mention before i of the one entity to which those that are meant
// belong; -1 for none or several.
func (b *builder) only(i int, meant func(j int) bool) int {
	found := -1
	for j := i - 1; j >= 0 && j >= i-4*windowMentions; j-- {
		switch {
		case !meant(j):
		case found < 0:
			found = j
		case b.root(found) != b.root(j):
			return -1
		}
	}
	return found
}

// fitting returns mention j where it may be one with mention i; -1.
func (b *builder) fitting(i, j int) int {
	if j >= 0 && b.fit(i, j) {
		return j
	}
	return -1
}

// groupish gives the kinds of entities that a noun of a kind may take up.
var groupish = map[string][]string{
	"group":   {"armed_group", "party", "group", "organisation", "ngo", "company", "movement"},
	"party":   {"party"},
	"state":   {"state"},
	"igo":     {"igo", "organisation"},
	"media":   {"media"},
	"company": {"company"},
	"ngo":     {"ngo", "organisation"},
	"body":    {"government", "body"},
	"place":   {"place"},
}

// ownedByCountry reports whether the nominal is somebody's: "Iran's parliament"
// is not the last parliament named.
func (b *builder) ownedByCountry(i int) bool { return b.all[i].owner >= 0 }

// bodyBefore finds the group, country, company or place that a definite nominal
// takes up: the most salient of its kind, if it stands out.
func (b *builder) bodyBefore(i int) int {
	m := &b.all[i]
	kinds := groupish[m.kind]
	best := ranking{first: -1}
	subject := -1
	if b.tree.Is(m.Head, "obj", "iobj", "obl") && m.kind == "state" {
		subject = b.subjectOf(m.Head)
	}
	if m.kind == "state" && b.tree.Is(m.Head, "nmod:poss", "nmod") && b.anotherIn(i) {
		subject = b.subjectOf(m.Head)
	}
	for j := i - 1; j >= 0 && j >= i-windowMentions; j-- {
		x := &b.all[j]
		gap := m.sentence - x.sentence
		if gap > windowSentences {
			break
		}
		if x.First <= m.Head && m.Head < x.End || m.First <= x.Head && x.Head < m.End || x.Form == dragoman.Pronoun {
			continue
		}
		if subject >= 0 && b.root(j) == b.root(subject) {
			continue // "Iran sells its gas to that country"
		}
		e := b.entity(j)
		said := b.saidWord(e, m.noun.lemma)
		if !said && !b.kindFits(e, m, kinds) {
			continue
		}
		if e.named == 0 && !said {
			continue
		}
		s := b.salience(j, i) + 12*min(len(e.mentions), 4)
		if said {
			s += 60
		}
		if m.kind == "group" && e.kind == "armed_group" {
			s += 25
		}
		best.see(b.root(j), j, s)
	}
	if m.kind == "place" && (best.first < 0 || m.sentence-b.all[best.mention].sentence > 1) {
		return -1
	}
	if j := best.take(-60, 10); j >= 0 {
		return j
	}
	if m.kind == "group" && best.first < 0 && len(m.mods) == 0 {
		return b.onlyGroup(i)
	}
	return -1
}

// anotherIn reports whether the object in which "the country" stands names a state before it,
// which it then is rather than the subject: "Norway condemned Chad's execution of four of the
// country's poets".
func (b *builder) anotherIn(i int) bool {
	top := b.all[i].Head
	for n := 0; n < 6 && b.tree.Is(top, "nmod", "conj"); n++ {
		top = b.tree.Head(top)
	}
	if top < 0 || !b.tree.Is(top, "obj") {
		return false
	}
	first, _ := b.tree.Extent(top)
	for j := i - 1; j >= 0 && b.all[j].Head >= first; j-- {
		if e := b.entity(j); e.kind == "state" || e.class == dragoman.Nationality && e.state != "" {
			return true
		}
	}
	return false
}

// onlyGroup returns the last mention of the one armed group that the article
// keeps speaking of, however far back: "the group" can be no other.
func (b *builder) onlyGroup(i int) int {
	const often = 3
	return b.onlyArmed(i, func(e *entity) bool { return e.class == dragoman.Organisation && len(e.mentions) >= often })
}

// oneArmed returns the last mention of the one armed group that the article has named:
// "the rebels" are its.
func (b *builder) oneArmed(i int) int {
	return b.onlyArmed(i, func(e *entity) bool { return e.class == dragoman.Organisation || e.class == dragoman.Unclassed })
}

// onlyArmed returns the last mention before i of the one named armed group that fits; -1
// for none or several.
func (b *builder) onlyArmed(i int, fits func(*entity) bool) int {
	return b.only(i, func(j int) bool {
		e := b.entity(j)
		return e.kind == "armed_group" && e.named > 0 && fits(e)
	})
}

// kindFits reports whether an entity may be called by the noun of m.
func (b *builder) kindFits(e *entity, m *about, kinds []string) bool {
	if len(b.duties(role{"", m.mods, m.owner})) > 0 && e.kind != "armed_group" && m.kind != "state" {
		return false // "the pop art movement" is one of its own
	}
	if slices.Contains(kinds, e.kind) {
		return e.class == m.Class || m.kind == "state"
	}
	// An organisation that no table knows may be a group or a body of any kind.
	return e.kind == "" && e.class == dragoman.Organisation && m.Class == dragoman.Organisation &&
		(m.kind == "group" || m.kind == "company")
}

// saidWord reports whether the entity was called by the noun before, in its
// name ("the Council") or as what it is ("X is a group").
func (b *builder) saidWord(e *entity, lemma string) bool {
	for _, n := range e.names {
		if len(n.words) > 1 && slices.Contains(n.words, lemma) {
			return true
		}
	}
	for k, j := range e.mentions {
		if k >= mostCompared {
			break
		}
		if b.all[j].noun != nil && b.all[j].noun.lemma == lemma {
			return true
		}
	}
	return false
}

// called reports whether the noun tells of the entity before mention i: "the M23 rebel
// movement", "M23 rebels", "the Naxalites, rebels who …".
func (b *builder) called(e *entity, lemma string, i int) bool {
	for j := max(0, i-4*windowMentions); j < i; j++ {
		x := &b.all[j]
		if x.noun == nil || x.noun.lemma != lemma && !slices.Contains(x.mods, lemma) {
			continue
		}
		if b.entity(j) == e || x.owner >= 0 && b.entity(x.owner) == e {
			return true
		}
	}
	return false
}

// sameNoun finds an earlier nominal of the same noun and number that a definite
// one takes up.
func (b *builder) sameNoun(i int) int {
	m := &b.all[i]
	for j := i - 1; j >= 0 && j >= i-2*windowMentions; j-- {
		x := &b.all[j]
		if m.sentence-x.sentence > 2*windowSentences {
			break
		}
		if x.Form != dragoman.Nominal || x.noun != m.noun || (x.number == 'p') != (m.number == 'p') || x.First <= m.Head && m.Head < x.End || m.First <= x.Head && x.Head < m.End {
			continue
		}
		if m.owner >= 0 && (x.owner < 0 || !b.sameOwner(m.owner, x.owner)) {
			continue
		}
		if m.owner < 0 && x.owner >= 0 && m.kind != "government" && len(m.mods) > 0 {
			continue
		}
		if !shares(b.duties(role{"", m.mods, m.owner}), b.duties(role{"", x.mods, x.owner})) || m.number == 'p' && !slices.Equal(m.mods, x.mods) {
			continue
		}
		if !b.fit(i, j) || m.owner < 0 && b.otherOwner(j) {
			return -1
		}
		return j
	}
	return -1
}

// otherOwner reports whether near before nominal j stands the same noun with
// another owner: "the government" of which country?
func (b *builder) otherOwner(j int) bool {
	x := &b.all[j]
	for k := j - 1; k >= 0 && k >= j-windowMentions; k-- {
		y := &b.all[k]
		if y.Form == dragoman.Nominal && y.noun == x.noun && y.owner >= 0 && b.root(k) != b.root(j) && (x.owner < 0 || !b.sameOwner(x.owner, y.owner)) {
			return true
		}
	}
	return false
}

// ranking keeps the best two entities.
type ranking struct {
	first, mention, score int
	second                int // score of the best other entity
	more                  bool
}

func (r *ranking) see(root, mention, score int) {
	switch {
	case r.first < 0:
		r.first, r.mention, r.score = root, mention, score
	case root == r.first:
		r.score = max(r.score, score)
	case score > r.score:
		r.second, r.more = r.score, true
		r.first, r.mention, r.score = root, mention, score
	case !r.more || score > r.second:
		r.second, r.more = score, true
	}
}

// take returns the mention of the best entity if it reaches least and leads by
// margin; -1 otherwise.
func (r *ranking) take(least, margin int) int {
	if r.first < 0 || r.score < least || r.more && r.score-r.second < margin {
		return -1
	}
	return r.mention
}

// salience is how much mention j stands out where mention i looks back.
func (b *builder) salience(j, i int) int {
	x, m := &b.all[j], &b.all[i]
	s := -weighSentence * (m.sentence - x.sentence)
	s -= min(i-j, 20)
	h := b.phraseHead(x)
	switch {
	case b.tree.Is(h, "nsubj"):
		s += 24
		if v := b.tree.Head(h); v >= 0 && b.tree.Head(v) < 0 {
			s += 6
		}
	case b.tree.Is(h, "obj", "iobj"):
		s += 10
	case b.tree.Is(h, "nmod:poss"):
		s += 6
	case b.tree.Is(h, "conj"):
		s += 8
	case b.tree.Is(h, "obl"):
		s += 6
	case b.tree.Is(h, "compound", "amod") && !b.personal(x, h):
		s -= weighWithin
	}
	if x.Form == dragoman.Name {
		s += 8
	}
	if b.quoted(x.speech) && x.speech != m.speech {
		s -= 25
	}
	return s
}

// personal reports whether the name that token h heads stands before what is one person's
// own: "the Lund campaign endorsed whom he had praised".
func (b *builder) personal(x *about, h int) bool {
	return x.Form == dragoman.Name && x.Class == dragoman.Person && b.tree.Head(h) >= 0 && b.f.words.personal[b.tree.Lemma(b.tree.Head(h))]
}

// phraseHead returns the token that stands in the sentence for mention m: of a
// name behind its title ("envoy Jean Moreau") the parser may have made the title.
func (b *builder) phraseHead(m *about) int {
	h := m.Head
	if up := b.tree.Head(h); m.Form == dragoman.Name && up >= 0 && up < h && b.tree.Is(h, "flat") && up >= m.First-3 && b.at[up] < 0 {
		return up
	}
	return h
}

// saidBy returns the quotation whose source is token i; -1.
func (b *builder) saidBy(i int) int {
	for _, k := range b.sayings(i) {
		if b.quoted(k) {
			return k
		}
	}
	return -1
}

// spokenOf reports whether the entity of mention j is named within quotation a: it is not
// himself of whom "he" speaks so.
func (b *builder) spokenOf(j, a int) bool {
	if a < 0 {
		return false
	}
	first, end := b.doc.Attributions[a].First, b.doc.Attributions[a].End
	return slices.ContainsFunc(b.entity(j).mentions, func(k int) bool {
		x := &b.all[k]
		return x.Head >= first && x.Head < end && x.Form == dragoman.Name
	})
}

// accuses reports whether an attribution tells what somebody else is said to have done:
// "alleging that".
func (b *builder) accuses(a int) bool {
	if a < 0 || a >= len(b.doc.Attributions) {
		return false
	}
	cue := b.doc.Attributions[a].CueHead
	return cue >= 0 && b.f.words.accusing[b.tree.Lemma(cue)]
}

// quoted reports whether an attribution holds words between quotation marks.
func (b *builder) quoted(a int) bool {
	return a >= 0 && a < len(b.doc.Attributions) && b.doc.Attributions[a].Manner == dragoman.Quote
}

// chainPronoun chains a pronoun of the third person with its antecedent.
func (b *builder) chainPronoun(i int) {
	m := &b.all[i]
	p := m.pronoun
	if p.person != '3' || p.kind == "relative" || b.entity(i).named > 0 {
		return
	}
	if p.kind == "reciprocal" || p.kind == "both" {
		b.pair(i)
		return
	}
	if p.kind == "reflexive" {
		if j := b.subjectOf(m.Head); j >= 0 {
			b.joinAs(i, j)
		}
		return
	}
	if b.sayers(i) {
		return
	}
	for _, who := range []func(int) int{b.saidBefore, b.saysOfItself, b.sayer, b.opensFor, b.goesOn, b.listedWith, b.ownerOfWhat} {
		if j := who(i); j >= 0 {
			b.join(i, j)
			return
		}
	}
	best := ranking{first: -1}
	said := b.saidBy(m.Head)
	reach := 2
	if p.gender == 'm' || p.gender == 'f' {
		reach = 3
	}
	speaker := b.speakerOf(m.speech)
	local := -1
	if b.tree.Is(m.Head, "nmod:poss") {
		local = b.subjectOf(m.Head)
	}
	asked, own := b.asked(m.Head), b.own(m.Head)
	for j := i - 1; j >= 0 && j >= i-windowMentions; j-- {
		x := &b.all[j]
		if m.sentence-x.sentence > reach {
			break
		}
		if !b.mayBe(i, j) || b.spokenOf(j, said) {
			continue
		}
		s := b.salience(j, i) + weighCount*min(len(b.entity(j).mentions), 5)
		h := b.phraseHead(x)
		if b.tree.Is(m.Head, "nsubj") && b.tree.Is(h, "nsubj") || b.tree.Is(m.Head, "obj") && b.tree.Is(h, "obj") {
			s += 12
			if v := b.tree.Head(m.Head); v >= 0 && b.tree.Is(v, "conj") && b.tree.Head(v) == b.tree.Head(h) {
				s += 15 // "said that X had left and that he planned to return"
			}
		}
		if x.speech == m.speech && b.quoted(m.speech) {
			s += 15
		}
		if p.class == dragoman.Person && b.entity(j).class != dragoman.Person {
			s -= weighUnlikely
		}
		if p.kind == "personal" && p.number == 'p' && b.entity(j).number != 'p' {
			s -= weighOne
		}
		if j == local {
			s += weighLocal
			if own {
				s += weighOwn
			}
		}
		if j == asked {
			s += weighAsked
		}
		if speaker >= 0 {
			same := b.root(speaker) == b.root(j)
			if same && (b.quoted(m.speech) || b.accuses(m.speech) && b.tree.Is(m.Head, "nsubj")) {
				continue // "sued Mali, alleging that it had shelled a village"
			}
			if same {
				s += 15
			}
		}
		best.see(b.root(j), j, s)
	}
	least, margin := -45, 5
	if p.gender == 'n' || p.number == 'p' {
		least, margin = -15, 12
	}
	if p.gender == 'n' && p.kind == "personal" {
		least, margin = 0, 20
	}
	if p.gender == 'n' && p.kind == "personal" && (!b.tree.Is(m.Head, "nsubj") || best.first >= 0 && !b.tree.Is(b.all[best.mention].Head, "nsubj")) {
		return // "it" is too often no actor
	}
	if j := best.take(least, margin); j >= 0 {
		b.join(i, j)
		if e := b.entity(i); p.class == dragoman.Person && e.class != dragoman.Person {
			b.personify(e)
		}
	}
}

// opensFor returns the person who is the subject behind the opening phrase in which "his"
// or "her" stands: "In a call with his counterpart, the minister said"; -1.
func (b *builder) opensFor(i int) int {
	m := &b.all[i]
	if m.pronoun.kind != "possessive" || m.pronoun.class != dragoman.Person || b.quoted(m.speech) {
		return -1
	}
	first := b.doc.Sentences[m.sentence].First
	for at, n := m.Head, 0; at >= 0 && n < 5; at, n = b.tree.Head(at), n+1 {
		v := b.tree.Head(at)
		if v < 0 || !b.tree.Is(at, "obl") {
			continue
		}
		from, _ := b.tree.Extent(at)
		k := b.tree.Kid(v, "nsubj")
		if from != first || k < m.Head || b.at[k] < 0 {
			return -1
		}
		if j := int(b.at[k]); b.all[j].Form == dragoman.Name && b.entity(j).class == dragoman.Person && b.fit(i, j) {
			return j
		}
		return -1
	}
	return -1
}

// goesOn returns the one person whose words the sentence before reported, if "he" or "she"
// adds something to them: "Lund was praised by Moreau. He also thanked Mali"; -1.
func (b *builder) goesOn(i int) int {
	m := &b.all[i]
	v := b.tree.Head(m.Head)
	if m.pronoun.kind != "personal" || m.pronoun.class != dragoman.Person || v < 0 || !b.tree.Is(m.Head, "nsubj") || b.quoted(m.speech) || !b.leading(i) ||
		!slices.ContainsFunc(b.tree.Kids(v), func(k int32) bool { return b.tree.Is(int(k), "advmod") && b.f.words.adding[b.lower(int(k))] }) {
		return -1
	}
	found := -1
	for j := i - 1; j >= 0 && m.sentence-b.all[j].sentence <= 1; j-- {
		if b.all[j].sentence == m.sentence || !b.source(b.all[j].Head) {
			continue
		}
		if found >= 0 && b.root(found) != b.root(j) {
			return -1
		}
		found = j
	}
	if found < 0 || b.entity(found).class != dragoman.Person || !b.mayBe(i, found) {
		return -1
	}
	return found
}

// listedWith returns the same possessive of one listed before what "his" or "her" owns: "Lund,
// his wife, and his aides" are all Lund's; -1.
func (b *builder) listedWith(i int) int {
	m := &b.all[i]
	if m.pronoun.kind != "possessive" || b.tree.Head(m.Head) < 0 || !b.tree.Is(m.Head, "nmod:poss") {
		return -1
	}
	first := b.firstListed(b.tree.Head(m.Head))
	if first == b.tree.Head(m.Head) {
		return -1
	}
	for j := i - 1; j >= 0 && b.all[j].sentence == m.sentence; j-- {
		if x := &b.all[j]; x.pronoun == m.pronoun && b.tree.Is(x.Head, "nmod:poss") && b.firstListed(b.tree.Head(x.Head)) == first {
			return j
		}
	}
	return -1
}

// firstListed returns the first of the list that token i is one of; i itself elsewhere.
func (b *builder) firstListed(i int) int {
	for n := 0; n < windowMentions && b.tree.Is(i, "conj", "appos"); n++ {
		i = b.tree.Head(i)
	}
	return i
}

// ownerOfWhat returns whose is what a clause tells of whose subject is "he", "she" or "they":
// "Lund's letter, in which she thanked Riga"; -1.
func (b *builder) ownerOfWhat(i int) int {
	m := &b.all[i]
	v := b.tree.Head(m.Head)
	if m.pronoun.kind != "personal" || m.pronoun.gender == 'n' || v < 0 || !b.tree.Is(m.Head, "nsubj") || b.tree.Rel(v) != "acl:relcl" {
		return -1
	}
	if w := m.Head - 1; w < 0 || b.tree.Head(w) != v || !b.tree.Is(w, "obl") || b.tree.Case(w) != "in" || b.lower(w) != "which" {
		return -1
	}
	o := b.tree.Kid(b.tree.Head(v), "nmod:poss")
	if o < 0 || b.at[o] < 0 || !b.mayBe(i, int(b.at[o])) {
		return -1
	}
	return int(b.at[o])
}

// saidBefore finds the body whose words the sentence before reported, if "it"
// speaks again: "The ministry said …. It also accused …".
func (b *builder) saidBefore(i int) int {
	m := &b.all[i]
	if m.pronoun.gender != 'n' || m.pronoun.kind != "personal" || b.quoted(m.speech) || !b.leading(i) || !b.speaks(m.Head) {
		return -1
	}
	found := -1
	for j := i - 1; j >= 0 && m.sentence-b.all[j].sentence <= 1; j-- {
		x := &b.all[j]
		if x.sentence == m.sentence || x.Form == dragoman.Pronoun || !b.speaks(x.Head) {
			continue
		}
		if e := b.entity(j); e.class != dragoman.Organisation && e.kind != "state" || e.number == 'p' || found >= 0 && b.root(found) != b.root(j) {
			return -1
		}
		found = j
	}
	return found
}

// saysOfItself finds whom "it" is that says behind it what it does: "The army has begun an
// offensive after an ambush, it said".
func (b *builder) saysOfItself(i int) int {
	m := &b.all[i]
	if m.pronoun.gender != 'n' || m.pronoun.kind != "personal" || !b.speaks(m.Head) {
		return -1
	}
	for _, k := range b.sayings(m.Head) {
		a := &b.doc.Attributions[k]
		if a.Manner == dragoman.Quote || a.End > m.Head || a.First < b.doc.Sentences[m.sentence].First {
			continue
		}
		within := func(t int) bool { return a.First <= t && t < a.End }
		for t := a.First; t < a.End; t++ {
			if v := b.tree.Head(t); !b.tree.Is(t, "nsubj") || b.tree.Is(t, "nsubj:pass") || !within(v) || within(b.tree.Head(v)) || b.at[t] < 0 {
				continue
			}
			if j := int(b.at[t]); b.mayBe(i, j) {
				return j
			}
			return -1
		}
	}
	return -1
}

// speaks reports whether token i is the subject that heads the source of an attribution.
func (b *builder) speaks(i int) bool { return b.source(i) && b.tree.Is(i, "nsubj") }

// source reports whether token i heads the source of an attribution.
func (b *builder) source(i int) bool { return len(b.sayings(i)) > 0 }

// sayings returns the attributions whose source token i heads.
func (b *builder) sayings(i int) []int {
	if b.sources == nil {
		b.sources = make(map[int][]int, len(b.doc.Attributions))
		for k := range b.doc.Attributions {
			head := b.doc.Attributions[k].SourceHead
			b.sources[head] = append(b.sources[head], k)
		}
	}
	return b.sources[i]
}

// personify makes an entity a person.
func (b *builder) personify(e *entity) {
	e.class, e.kind, e.number = dragoman.Person, "person", 's'
	for _, j := range e.mentions {
		if m := &b.all[j]; m.Form == dragoman.Name {
			m.Class, m.kind, m.number = dragoman.Person, "person", 's'
		}
	}
}

// mayBe reports whether pronoun i can stand for mention j.
func (b *builder) mayBe(i, j int) bool {
	m, x := &b.all[i], &b.all[j]
	p := m.pronoun
	e := b.entity(j)
	if x.First <= m.Head && m.Head < x.End {
		return false
	}
	if x.Form == dragoman.Pronoun && (x.pronoun.person != '3' || len(e.mentions) == 1 && x.pronoun.number != p.number) {
		return false
	}
	if e.kind == "media" && x.Form == dragoman.Name && !b.tree.Is(x.Head, "nsubj", "nsubj:pass") {
		return false // "told AFP that they were in talks"
	}
	unsure := b.maybePerson(e)
	if (e.class == dragoman.Nationality || e.class == dragoman.Other) && !unsure {
		return false
	}
	switch p.gender {
	case 'm', 'f':
		if e.class != dragoman.Person && !unsure || e.number == 'p' || e.gender != 0 && e.gender != p.gender {
			return false
		}
	case 'n':
		if e.class == dragoman.Person || e.class == dragoman.Unclassed || e.number == 'p' || b.several(x) {
			return false
		}
	default:
		if e.class == dragoman.Person && e.number == 's' || e.number == 's' && e.class != dragoman.Organisation || e.class == dragoman.Facility {
			return false
		}
		if (e.class == dragoman.Location || e.kind == "state") && e.number != 'p' && !b.quoted(m.speech) {
			return false
		}
		if b.quoted(m.speech) && b.ownSide(m.speech, j) || b.there(m.Head, j) {
			return false
		}
		if p.kind == "possessive" && b.quoted(m.speech) && (b.ours(j) || x.Form == dragoman.Pronoun && e.named == 0 && len(e.mentions) == 1) {
			return false // "our troops … their troops"
		}
	}
	if o := b.partitive(m.Head); p.kind == "personal" && b.tree.Is(o, "obj", "iobj") && b.understood(o) >= 0 && b.root(b.understood(o)) == b.root(j) {
		return false // "the force returned fire, killing them", "killing ten of them"
	}
	// Two arguments of one verb are two, unless it says otherwise.
	if p.kind != "possessive" && b.tree.Head(m.Head) >= 0 && b.tree.Head(m.Head) == b.tree.Head(x.Head) {
		return false
	}
	return !b.does(m, j)
}

// does reports whether the entity of mention j does what verb tells to whoever pronoun m
// stands for, who is then somebody else: "who endorsed him", "sent a letter, asking him".
// Nor does anybody condemn what is his own: "mocked his speech".
func (b *builder) does(m *about, j int) bool {
	at := m.Head
	if m.pronoun.kind == "possessive" {
		at = b.tree.Head(at)
		if at < 0 || b.lower(m.Head+1) == "own" || !b.tree.Is(at, "obj") || !b.f.words.blaming[b.tree.Lemma(b.tree.Head(at))] {
			return false
		}
	}
	v := b.tree.Head(at)
	if v < 0 || !b.tree.Is(at, "obj", "iobj") && (!b.tree.Is(at, "obl") || b.tree.Kid(v, "obj") >= 0) {
		return false
	}
	return slices.ContainsFunc(b.doers(v), func(k int) bool { return b.root(k) == b.root(j) })
}

// doers returns the mentions of those who do what verb v tells, where its clause or the
// one that it belongs to names them.
func (b *builder) doers(v int) []int {
	s := b.tree.Kid(v, "nsubj")
	for n := 0; n < 3 && s < 0; n++ {
		h := b.tree.Head(v)
		switch {
		case h < 0, b.doc.Tags[v].Has("VerbForm=Fin") && !b.tree.Is(v, "conj"), !b.tree.Is(v, "xcomp", "advcl", "conj"):
			return nil
		case b.tree.Is(v, "xcomp"):
			s = b.tree.Kid(h, "obj", "iobj")
		}
		if v = h; s < 0 {
			s = b.tree.Kid(v, "nsubj")
		}
	}
	if s < 0 {
		return nil
	}
	var all []int
	for _, k := range b.tree.Conjuncts(s) {
		if o := int(b.at[k]); o >= 0 {
			all = append(all, o)
		}
	}
	return all
}

// several reports whether a body is called by a word for its members: "Democrats" are no "it".
func (b *builder) several(x *about) bool {
	return x.Form == dragoman.Name && x.End-x.First == 1 && x.Class == dragoman.Organisation && b.doc.Tags[x.Head].Has("Number=Plur")
}

// there reports whether mention j is where those are for whom token i stands: who met at the
// palace, "where they talked", are not the palace.
func (b *builder) there(i, j int) bool {
	w := i - 1
	if w < b.doc.Sentences[b.tree.Sentence(i)].First || b.lower(w) != "where" || !b.tree.Is(b.all[j].Head, "obl", "nmod") {
		return false
	}
	for k := b.all[j].End; k < w; k++ {
		switch b.tree.POS(k) {
		case dragoman.ADP, dragoman.DET, dragoman.ADJ, dragoman.NOUN, dragoman.PROPN, dragoman.PUNCT:
		default:
			return false
		}
	}
	return b.all[j].End <= w
}

// partitive returns the number or quantity of which token i tells whose it is, "ten of
// them"; i where there is none.
func (b *builder) partitive(i int) int {
	if h := b.tree.Head(i); h >= 0 && h < i && b.tree.Is(i, "nmod") && b.tree.Case(i) == "of" && b.at[h] < 0 {
		return h
	}
	return i
}

// ours reports whether mention j is the speaker's own: "our troops".
func (b *builder) ours(j int) bool {
	o := b.all[j].owner
	return o >= 0 && b.all[o].pronoun != nil && b.all[o].pronoun.person == '1'
}

// maybePerson reports whether an entity is known by one or two words alone that
// no table has, so that it may be a person whatever it was taken for.
func (b *builder) maybePerson(e *entity) bool {
	if e.named == 0 || e.class != dragoman.Unclassed && e.class != dragoman.Location && e.class != dragoman.Other {
		return false
	}
	for _, n := range e.names {
		if len(n.words) > 2 || b.f.names.gaz.look(n.key) != 0 {
			return false
		}
	}
	return e.kind == "" || e.kind == "place"
}

// understood returns the mention that is the understood subject of the
// infinitive or participle that governs token i; -1 where there is none.
func (b *builder) understood(i int) int {
	v := b.tree.Head(i)
	for range 3 {
		if v < 0 || b.tree.Kid(v, "nsubj") >= 0 || !b.tree.Is(v, "advcl", "xcomp", "conj") {
			break
		}
		v = b.tree.Head(v)
	}
	if v < 0 || v == b.tree.Head(i) {
		return -1
	}
	k := b.tree.Kid(v, "nsubj")
	if k < 0 {
		return -1
	}
	j := int(b.at[k])
	if j >= 0 && b.all[j].pronoun != nil && b.all[j].pronoun.kind == "relative" {
		if h := b.tree.Head(v); h >= 0 && b.tree.Is(v, "acl") {
			j = int(b.at[h])
		}
	}
	return j
}

// asked returns the mention of whoever is to do what the infinitive tells from which the
// clause goes on whose subject is token i: of "urged Chad to pay after it lost" Chad; -1.
func (b *builder) asked(i int) int {
	v := b.tree.Head(i)
	if v < 0 || !b.tree.Is(i, "nsubj") || !b.tree.Is(v, "advcl") {
		return -1
	}
	inf := b.tree.Head(v)
	if inf < 0 || !b.tree.Is(inf, "xcomp") || b.tree.Kid(inf, "nsubj") >= 0 || b.tree.Head(inf) < 0 {
		return -1
	}
	o := b.tree.Kid(b.tree.Head(inf), "obj", "iobj")
	if o < 0 || o > inf {
		return -1
	}
	return int(b.at[o])
}

// own reports whether token i, "its" or "their", can only be the subject's: "its own", "as
// part of its sanctions".
func (b *builder) own(i int) bool {
	return b.tree.Is(i, "nmod:poss") && (i+1 < len(b.doc.Tokens) && b.lower(i+1) == "own" || i > 1 && b.lower(i-1) == "of" && b.lower(i-2) == "part")
}

// subjectOf returns the mention that is the subject of the clause of token i.
func (b *builder) subjectOf(i int) int {
	at := i
	for range 6 {
		at = b.tree.Head(at)
		if at < 0 {
			return -1
		}
		if k := b.tree.Kid(at, "nsubj"); k >= 0 && k != i {
			return int(b.at[k])
		}
	}
	return -1
}

// chainHeadline chains the force of a headline with that of the lead, which says the
// same with more words: "Afghan Force Frees Hostages", "An Afghan special force freed".
func (b *builder) chainHeadline() {
	head := b.doc.Sentences[0]
	if b.tree.POS(head.End-1) == dragoman.PUNCT {
		return
	}
	for i := range b.all {
		m := &b.all[i]
		if m.sentence > 0 {
			break
		}
		if m.Form != dragoman.Nominal || m.kind != "force" || b.entity(i).named > 0 {
			continue
		}
		const lead = 5 // sentences, with what stands between the two
		for j := i + 1; j < len(b.all) && b.all[j].sentence < lead; j++ {
			x := &b.all[j]
			if x.sentence > 0 && x.Form == dragoman.Nominal && x.noun == m.noun && b.tree.Is(x.Head, "nsubj", "nsubj:pass", "conj") && shares(m.mods, x.mods) {
				b.join(i, j) // a force, or forces
				break
			}
		}
	}
}

// chainLead chains the unnamed office of a lead with the name that speaks in
// the next sentence, where nobody else could be meant.
func (b *builder) chainLead() {
	for i := range b.all {
		m := &b.all[i]
		if m.sentence > 3 {
			break
		}
		if !b.unnamed(i) || !b.leading(i) && !b.source(m.Head) {
			continue
		}
		for j := i + 1; j < len(b.all) && b.all[j].sentence <= m.sentence+1; j++ {
			x := &b.all[j]
			if x.sentence == m.sentence {
				if x.Form == dragoman.Name && x.Class == dragoman.Person {
					break // somebody else is about
				}
				continue
			}
			if x.Form == dragoman.Pronoun {
				continue // "In his statement, spokesman X …"
			}
			titled := b.tree.Is(x.Head, "nsubj") && (x.First-b.doc.Sentences[x.sentence].First <= longTitle || b.calledAlike(j, i))
			if x.Form == dragoman.Name && x.Class == dragoman.Person && (titled || b.leading(j) || b.speaks(x.Head)) && b.firstOfEntity(j) && (m.kind == "person" || !b.holdsOther(j, i)) && genderFits(b.entity(i), b.entity(j)) {
				b.join(i, j)
			}
			if x.Class == dragoman.Person && x.number != 'p' {
				break
			}
		}
	}
}

// unnamed reports whether mention i is somebody of whom a lead tells what he is and whose,
// but not his name: "the Chadian border minister", and in its first sentence also "a
// Chadian scholar".
func (b *builder) unnamed(i int) bool {
	m := &b.all[i]
	opens := m.sentence == 0
	return m.Form == dragoman.Nominal && m.number != 'p' && m.owner >= 0 && b.entity(i).named == 0 &&
		(m.definite || opens) && (m.kind == "role" || m.kind == "person" && opens)
}

// longTitle is of how many words a title before the first name of a sentence may be.
const longTitle = 3

// holdsOther reports whether the person of mention j is told to hold an office
// that is not that of mention i.
func (b *builder) holdsOther(j, i int) bool {
	m := &b.all[i]
	for _, r := range b.entity(j).roles {
		if n := b.f.words.nouns[r.noun]; n != nil && n.kind == "role" && b.sameRole(role{m.noun.lemma, m.mods, m.owner}, r) == 0 && !b.ownerTold(r, m) && !b.f.words.moreGeneral(m.noun.lemma, r) {
			return true
		}
	}
	return false
}

// calledAlike reports whether a role of the person of mention j has the noun of mention i.
func (b *builder) calledAlike(j, i int) bool {
	return slices.ContainsFunc(b.entity(j).roles, func(r role) bool { return r.noun == b.all[i].noun.lemma })
}

// ownerTold reports whether mention m says by other words whose the role is: "Chad's foreign
// ministry spokesman" of the spokesman of the foreign ministry.
func (b *builder) ownerTold(r role, m *about) bool {
	return r.owner >= 0 && r.noun == m.noun.lemma && shares(b.wordsOf(&b.all[r.owner]), b.wordsOf(m)) && !b.lesser(r, role{mods: m.mods})
}

// firstOfEntity reports whether nothing but a pronoun spoke of the entity of mention i before.
func (b *builder) firstOfEntity(i int) bool {
	for _, j := range b.entity(i).mentions {
		if j < i && b.all[j].Form != dragoman.Pronoun {
			return false
		}
	}
	return true
}

// leading reports whether mention i begins its sentence as its subject.
func (b *builder) leading(i int) bool {
	m := &b.all[i]
	first := b.doc.Sentences[m.sentence].First
	return b.firstOf(m) == first && !strings.HasPrefix(b.tree.Rel(m.Head), "obl")
}
