package mention

import (
	"slices"

	"dragoman"
)

// roleBefore finds the person whose role a nominal names again.
func (b *builder) roleBefore(i int) int {
	m := &b.all[i]
	if m.kind != "role" && m.kind != "person" {
		return -1
	}
	mine := role{m.noun.lemma, m.mods, m.owner}
	best, bestRank, rival := -1, 0, -1
	for j := i - 1; j >= 0 && j >= i-4*windowMentions; j-- {
		x := &b.all[j]
		if x.End > m.First && x.First < m.End || x.Form == dragoman.Pronoun {
			continue
		}
		e := b.entity(j)
		if e.class != dragoman.Person || e.number == 'p' || !genderFits(e, b.entity(i)) {
			continue
		}
		for _, r := range e.roles {
			rank := b.sameRole(mine, r)
			if rank == 0 && x.Form == dragoman.Name && (m.owner >= 0 || m.sentence-x.sentence <= calledAgain) {
				rank = b.moreGeneral(mine, r)
			}
			if rank > bestRank {
				best, bestRank, rival = j, rank, -1
			} else if rank == bestRank && rank > 0 && rival < 0 && b.root(j) != b.root(best) {
				rival = j
			}
		}
	}
	// Of two who fit alike, the one spoken of last is meant only while the
	// other is far.
	if rival >= 0 && (m.sentence-b.all[best].sentence > 1 || b.all[best].sentence-b.all[rival].sentence < 2) {
		return -1
	}
	return best
}

// calledAgain is how many sentences back somebody is called by a more general noun that
// does not say whose he is: "the official".
const calledAgain = 2

// moreGeneral ranks how surely role x is a more general word for role y: "the chief Chadian
// diplomat" for the foreign minister of Chad; 0 not at all.
func (b *builder) moreGeneral(x, y role) int {
	var mods []string
	for _, w := range b.duties(x) {
		if !b.f.words.grades[w] {
			mods = append(mods, w)
		}
	}
	if !b.f.words.moreGeneral(x.noun, y) || !shares(mods, y.mods) || x.owner >= 0 && slices.ContainsFunc(y.mods, func(w string) bool { return b.f.words.bygone[w] && !slices.Contains(x.mods, w) }) {
		return 0 // a deputy minister is a diplomat, a former one no longer
	}
	switch {
	case x.owner < 0:
		return 1
	case y.owner >= 0 && b.sameOwner(x.owner, y.owner):
		return 2
	}
	return 0
}

// peer gives somebody's counterpart the office of that somebody, "the minister and his
// Malian counterpart", and joins him with the one who is named with it.
func (b *builder) peer(i int) {
	m := &b.all[i]
	if m.owner < 0 || m.number == 'p' {
		return
	}
	if b.all[m.owner].pronoun != nil {
		b.chainPronoun(m.owner) // "his" comes after the phrase in which it stands
	}
	if b.entity(m.owner).class != dragoman.Person {
		return
	}
	whose := -1
	for k := m.First; k < m.End; k++ {
		if o := int(b.at[k]); o >= 0 && o != m.owner && b.entity(o).state != "" {
			whose = o
		}
	}
	if whose < 0 {
		return
	}
	e, found := b.entity(i), -1
	for _, r := range b.entity(m.owner).roles {
		mine := role{r.noun, b.duties(r), whose}
		e.roles = limit(append(e.roles, mine))
		for j := range b.all {
			x := b.entity(j)
			if e.named > 0 || b.all[j].Form != dragoman.Name || x.class != dragoman.Person || x == b.entity(m.owner) ||
				!slices.ContainsFunc(x.roles, func(r role) bool { return r.owner >= 0 && b.sameRole(mine, r) >= 4 }) {
				continue
			}
			if found >= 0 && b.entity(found) != x {
				return
			}
			found = j
		}
	}
	if found >= 0 && b.fit(i, found) {
		b.join(i, found)
	}
}

func genderFits(x, y *entity) bool { return x.gender == 0 || y.gender == 0 || x.gender == y.gender }

// sameRole ranks how surely two roles are one: 0 not at all.
func (b *builder) sameRole(x, y role) int {
	if x.noun != y.noun {
		return 0
	}
	owners := 0
	if x.owner >= 0 && y.owner >= 0 {
		if !b.sameOwner(x.owner, y.owner) {
			return 0
		}
		owners = 1
	}
	if x.owner >= 0 && y.owner < 0 {
		return 0 // "the group's leader" is not any leader
	}
	if owners == 1 && b.lesser(y, x) {
		return 0 // "the Malian president" is not "the former Malian president"
	}
	xm, ym := b.duties(x), b.duties(y)
	switch {
	case slices.Equal(xm, ym):
		return 3 + owners
	case shares(xm, ym):
		return 2 + owners // "the minister" takes up "the deputy foreign minister"
	case owners == 1 && shares(ym, xm) && len(ym) > 0:
		return 1
	}
	return 0
}

// duties are the words of a role without those that name its owner.
func (b *builder) duties(r role) []string {
	if r.owner < 0 {
		return r.mods
	}
	w := b.wordsOf(&b.all[r.owner])
	var out []string
	for _, x := range r.mods {
		if !slices.Contains(w, x) {
			out = append(out, x)
		}
	}
	return out
}

// sameOwner reports whether two mentions stand for one owner; a country and
// its nationality do.
func (b *builder) sameOwner(i, j int) bool {
	if b.root(i) == b.root(j) {
		return true
	}
	x, y := b.entity(i), b.entity(j)
	return x.state != "" && x.state == y.state
}

// chainSameRole joins a named person with an earlier unnamed one of exactly the
// same role and owner.
func (b *builder) chainSameRole(i int) {
	m := &b.all[i]
	if m.Class != dragoman.Person || m.number == 'p' || m.kind != "role" {
		return
	}
	if m.owner < 0 {
		b.chainToldBefore(i)
		return
	}
	mine := role{m.noun.lemma, m.mods, m.owner}
	for j := i - 1; j >= 0 && j >= i-4*windowMentions; j-- {
		x := &b.all[j]
		if x.Form != dragoman.Nominal || x.noun.lemma != m.noun.lemma || !x.definite || x.owner < 0 || x.number == 'p' {
			continue
		}
		told := role{x.noun.lemma, x.mods, x.owner}
		least := 4
		if x.sentence == 0 && b.doc.Title != "" && !b.lesser(mine, told) {
			least = 1 // a headline says "border minister" of a minister of border affairs
		}
		if b.entity(j).named == 0 && b.root(j) != b.root(i) && b.sameRole(mine, told) >= least {
			b.join(i, j)
			return
		}
	}
}

// lesser reports whether role x is below role y or no longer held, by a word that y lacks:
// a deputy is not the minister.
func (b *builder) lesser(x, y role) bool {
	return slices.ContainsFunc(x.mods, func(w string) bool { return b.f.words.lesser[w] && !slices.Contains(y.mods, w) })
}

// chainToldBefore joins a definite role beside a name with the one unnamed person of whom
// the lead or the sentences just before told it: "a former minister …. The minister, X, …".
func (b *builder) chainToldBefore(i int) {
	const lead = 3 // sentences
	m := &b.all[i]
	if !m.definite {
		return
	}
	found := -1
	for j := 0; j < i; j++ {
		x := &b.all[j]
		if x.sentence >= lead && m.sentence-x.sentence > calledAgain {
			continue
		}
		if x.Form != dragoman.Nominal || x.noun.lemma != m.noun.lemma || x.number == 'p' || b.entity(j).named > 0 || b.root(j) == b.root(i) || !shares(m.mods, x.mods) {
			continue
		}
		if found >= 0 && b.root(found) != b.root(j) {
			return
		}
		found = j
	}
	if found >= 0 && b.fit(i, found) {
		b.join(i, found)
	}
}
