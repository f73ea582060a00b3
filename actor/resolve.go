package actor

import (
	"slices"
	"strings"

	"dragoman"
	"dragoman/pattern"
)

// view is one document as it is read.
type view struct {
	r         *Resolver
	doc       *dragoman.Document
	tree      *pattern.Tree
	day       dragoman.Day
	countries map[string]bool // of which the article speaks
	named     map[string]bool // those of them that it names
	owners    map[int]*who    // mention: by another mention, whose it is
	longest   int             // words of the longest name of the chain that is read
	located   map[int]string  // token: the country of the town or division that it names
}

// Resolve says who the chains of mentions of doc are, on its day of
// publication. It reads Mentions, Attributions and the layers of syntax. Chains
// of things that do not act, and of phrases that tell too little, have no actor.
func (r *Resolver) Resolve(doc *dragoman.Document) []dragoman.Actor {
	n := len(doc.Tokens)
	if n == 0 || len(doc.Tags) != n || len(doc.Arcs) != n || len(doc.Sentences) == 0 {
		return nil
	}
	v := &view{r: r, doc: doc, tree: pattern.NewTree(doc), day: doc.Published, countries: map[string]bool{}, named: map[string]bool{}, located: map[int]string{}}
	v.survey()
	chains := v.chains()
	found := make([]who, len(chains))
	for i, c := range chains {
		found[i] = v.chain(c)
	}
	v.own(chains, found)
	v.settle(chains, found)
	v.leaders(found)
	v.incumbents(chains, found)
	if r.Dictionary == nil {
		return v.actors(chains, found)
	}
	v.meet(chains, found)
	actors := v.actors(chains, found)
	v.recode(actors)
	return actors
}

// sane tells the mentions that lie within the document: other stages' faults must
// not crash this one.
func (v *view) sane(m *dragoman.Mention) bool {
	n := len(v.doc.Tokens)
	return m.First >= 0 && m.First < m.End && m.End <= n && m.Head >= 0 && m.Head < n &&
		m.Start >= 0 && m.Start <= m.Span.End && m.Span.End <= len(v.doc.Text)
}

// survey notes the states that the article names, and where its places are.
func (v *view) survey() {
	for i := range v.doc.Places {
		p := &v.doc.Places[i]
		if p.Kind == "country" || p.Country == "" {
			continue
		}
		for _, k := range p.Mentions {
			if k >= 0 && k < len(v.doc.Mentions) && v.sane(&v.doc.Mentions[k]) {
				for t := v.doc.Mentions[k].First; t < v.doc.Mentions[k].End; t++ {
					v.located[t] = p.Country
				}
			}
		}
	}
	for i := range v.doc.Mentions {
		m := &v.doc.Mentions[i]
		if m.Form != dragoman.Name || !v.sane(m) {
			continue
		}
		ws := v.words(m.First, m.End)
		for k := 0; k < len(ws); {
			es, n := v.r.match(ws, k)
			if n == 0 {
				k++
				continue
			}
			it := item{entries: es}
			if e := it.isAny(aState, aDemonym, aCapital); e != nil {
				v.countries[v.r.states[e.ref].id], v.named[v.r.states[e.ref].id] = true, true
			} else if e := it.is(anOrganisation); e != nil && n == len(ws) {
				if o := v.orgOn(e.ref); o.country != "" && o.kind != "party" {
					c := o.country
					v.countries[c] = true
				}
			} else if e := it.is(aPerson); e != nil && n == len(ws) && n > 1 {
				if t := v.r.people[e.ref].termOn(v.day); t != nil && t.country != "" {
					v.countries[t.country] = true
				}
			}
			k += n
		}
	}
}

// chains returns the mentions of each chain, the chains by their first one.
func (v *view) chains() [][]int {
	var out [][]int
	at := make(map[int]int, len(v.doc.Mentions))
	for i := range v.doc.Mentions {
		m := &v.doc.Mentions[i]
		if !v.sane(m) {
			continue
		}
		root := m.Chain
		if root < 0 || root >= len(v.doc.Mentions) {
			root = i
		}
		c, ok := at[root]
		if !ok {
			c = len(out)
			at[root] = c
			out = append(out, nil)
		}
		out[c] = append(out[c], i)
	}
	return out
}

// own reads the phrases anew whose possessor is another chain: "their
// delegation", "the group's leader", "the government of Rahmon".
func (v *view) own(chains [][]int, found []who) {
	of := make(map[int]int, len(v.doc.Mentions)) // head token: chain
	for i, c := range chains {
		for _, k := range c {
			of[v.doc.Mentions[k].Head] = i
		}
	}
	v.owners = map[int]*who{}
	for i, c := range chains {
		again := false
		for _, k := range c {
			m := &v.doc.Mentions[k]
			if m.Form != dragoman.Nominal || found[i].sure > byNewName {
				continue
			}
			for _, d := range v.tree.Kids(m.Head) {
				o, ok := of[int(d)]
				if !ok || o == i || found[o].sure < byNewName {
					continue
				}
				if v.tree.Is(int(d), "nmod:poss") || v.tree.Is(int(d), "nmod") && v.tree.Case(int(d)) == "of" || v.namesake(chains[o], int(d)) {
					w := found[o]
					v.owners[k] = &w
					again = true
					break
				}
			}
		}
		if again {
			found[i] = v.chain(c)
		}
	}
}

// namesake reports whether token i is a person's name before a noun that is called after him, one
// of the mentions of chain: "the Assad regime".
func (v *view) namesake(chain []int, i int) bool {
	if !v.tree.Is(i, "compound", "nmod:desc") {
		return false
	}
	return slices.ContainsFunc(chain, func(k int) bool {
		m := &v.doc.Mentions[k]
		return m.Head == i && m.Form == dragoman.Name && m.Class == dragoman.Person
	})
}

// chain says who a chain is: by its surest mention, to which the others add.
func (v *view) chain(mentions []int) who {
	var all []who
	v.longest = 0
	for _, i := range mentions {
		if m := &v.doc.Mentions[i]; m.Form == dragoman.Name && m.Class == dragoman.Person {
			v.longest = max(v.longest, len(v.words(m.First, m.End)))
		}
	}
	for _, i := range mentions {
		m := &v.doc.Mentions[i]
		if len(m.Members) > 0 {
			continue
		}
		var w who
		switch m.Form {
		case dragoman.Name:
			w = v.name(i)
		case dragoman.Nominal:
			w = v.nominal(i)
		}
		if w.sure != nobody {
			all = append(all, w)
		}
	}
	if len(all) == 0 {
		return who{}
	}
	all = v.spelled(all)
	best := 0
	for i := range all {
		if all[i].sure > all[best].sure || all[i].sure == byNewName && all[best].sure == byNewName && len(all[i].name) > len(all[best].name) {
			best = i
		}
	}
	for i := range all {
		if all[i].sure == byNewName && all[i].kind == "person" && (all[best].ofOffice() || all[best].heldBy() && !all[best].called(all[i].name)) {
			best = i // the holder's name tells more than the office, and than who is known to have held it
		}
	}
	w := all[best]
	for i := range all {
		if i != best {
			v.add(&w, &all[i])
		}
	}
	return w
}

// ofOffice reports whether w is whoever holds an office, not known by name.
func (w *who) ofOffice() bool {
	return w.sure == byOffice && w.kind == "person" && strings.Contains(w.id, ":") && !strings.HasPrefix(w.id, "new:")
}

// heldBy reports whether w is a known person only by the office that he holds.
func (w *who) heldBy() bool { return w.sure == byOffice && w.kind == "person" && !w.ofOffice() }

// called reports whether a name may be w's: they share a word, but for its vowels, by which
// romanised names differ. The first word of both is not enough: many are called John.
func (w *who) called(name string) bool {
	theirs := skeletons(name)
	return slices.ContainsFunc(append([]string{w.name}, w.aliases...), func(n string) bool {
		mine := skeletons(n)
		for i, s := range theirs {
			for k, t := range mine {
				if s == t && (i+k > 0 || len(theirs) == 1 || len(mine) == 1) {
					return true
				}
			}
		}
		return strings.Join(theirs, "") == strings.Join(mine, "") // "Jae-myung", "Jaemyung"
	})
}

// skeletons are the consonants of the words of a name, each once where it is doubled.
func skeletons(name string) (all []string) {
	for _, word := range strings.Split(slug(name), "-") {
		var b []byte
		for i := range len(word) {
			if c := word[i]; strings.IndexByte("aeiouyhw", c) < 0 && (i == 0 || word[i-1] != c) {
				b = append(b, c)
			}
		}
		if len(word) > 2 && len(b) > 0 {
			all = append(all, string(b))
		}
	}
	return all
}

// spelled drops what an acronym is known for where the article spells it out
// as something else: "the NPA" of a National Prosecuting Authority is no army.
func (v *view) spelled(all []who) []who {
	name := ""
	for i := range all {
		if all[i].sure == byNewName && strings.Contains(all[i].id, "-") && all[i].kind != "person" {
			name = strings.TrimPrefix(all[i].id, "new:")
		} else if s := slug(all[i].words); strings.Contains(s, "-") {
			name = s
		} else if all[i].sure == byName && !all[i].acronym {
			return all
		}
	}
	if name == "" {
		return all
	}
	words := strings.Split(name, "-")
	return slices.DeleteFunc(all, func(w who) bool {
		alike := func(n string) bool { return sharesWords(slug(n), words) }
		return w.acronym && !alike(w.name) && !slices.ContainsFunc(w.aliases, alike)
	})
}

// sharesWords reports whether half of the words stand in a name as well.
func sharesWords(name string, words []string) bool {
	n := 0
	for _, s := range strings.Split(name, "-") {
		if slices.Contains(words, s) {
			n++
		}
	}
	return n*2 > len(words)
}

// add gives w what another mention of it tells and it lacks.
func (v *view) add(w, o *who) {
	if w.country != "" && o.country != "" && w.country != o.country {
		return
	}
	known := w.sure >= byOffice
	if w.title == "" && (w.kind == "person" || w.kind == "unknown") || w.sure == byNewName && v.fuller(o.title, w.title) {
		w.title = o.title
	}
	if w.kind != "state" {
		for _, id := range o.memberOf {
			if id != w.id && !slices.Contains(w.memberOf, id) {
				w.memberOf = append(w.memberOf, id)
			}
		}
	}
	if known {
		return
	}
	if w.country == "" {
		w.country = o.country
	}
	if len(w.sectors) == 0 {
		w.sectors = o.sectors
	}
	if (w.kind == "organisation" || w.kind == "unknown") && o.kind != "" && o.kind != "person" && o.kind != "people" && o.kind != "unknown" {
		w.kind = o.kind
	}
	if w.country != "" || o.cameo == "" {
		w.cameo = v.r.code(w.country, w.sectors)
	} else if w.cameo == "" {
		w.cameo = o.cameo
	}
}

// fuller reports whether a title tells the same office as another in more words: "minister
// of border affairs", "border minister".
func (v *view) fuller(title, than string) bool {
	if len(strings.Fields(title)) <= len(strings.Fields(than)) {
		return false
	}
	a, b := v.r.officeOf(title), v.r.officeOf(than)
	return a >= 0 && a == b || sharesWords(slug(than), strings.Split(slug(title), "-")) && slug(than) != ""
}

// nominal says who a noun phrase is about.
func (v *view) nominal(i int) who {
	m := &v.doc.Mentions[i]
	ws := v.words(m.First, m.End)
	if len(ws) == 0 || m.Class == dragoman.Facility || m.Class == dragoman.Other {
		return who{}
	}
	rd := v.read(ws, m.Head)
	if m.Class == dragoman.Location && !v.lands(&rd) {
		return who{}
	}
	rd.peer = v.owners[i]
	rd.regional = v.regional(i)
	if len(rd.whose) == 0 {
		rd.owner = rd.peer
	}
	if rd.place == "" && len(rd.whose) == 0 {
		rd.place = v.of(m)
	}
	if t := v.doc.Tags[ws[0].token]; t.Has("PronType=Neg") {
		return who{} // "no country's army"
	}
	if p := v.tree.Kid(m.Head, "nmod:poss"); p >= 0 && v.tree.Lemma(p) == "each" {
		return who{} // "each other's envoys" are those of both
	}
	w := v.person(&rd, v.plural(m))
	w.adrift = w.adrift && !v.prefixed(i) // whose regime a stranger's is, nothing around tells
	if w.kind == "person" && w.sure == byWords && m.Class == dragoman.Organisation {
		w.kind, w.title = "organisation", ""
	}
	return w
}

// lands reports whether the head of a phrase is a noun for states.
func (v *view) lands(rd *reading) bool {
	if rd.head < 0 {
		return false
	}
	k := rd.items[rd.head].is(aKind)
	return k != nil && v.r.kinds[k.ref].kind == "state"
}

// regional reports whether an adjective of a region that is no state stands before the
// noun of mention i: "West African leaders".
func (v *view) regional(i int) bool {
	m := &v.doc.Mentions[i]
	for k := max(0, i-1); k < len(v.doc.Mentions) && v.doc.Mentions[k].First < m.End; k++ {
		x := &v.doc.Mentions[k]
		if v.sane(x) && x.Class == dragoman.Nationality && x.First >= m.First && x.End <= m.Head {
			_, known := v.r.StateOf(v.doc.TextOf(x.Span))
			return !known
		}
	}
	return false
}

// prefixed reports whether a name stands before the noun of mention i.
func (v *view) prefixed(i int) bool {
	m := &v.doc.Mentions[i]
	for k := i + 1; k < len(v.doc.Mentions) && v.doc.Mentions[k].First < m.Head; k++ {
		if x := &v.doc.Mentions[k]; x.Form == dragoman.Name && x.End <= m.Head {
			return true
		}
	}
	return false
}

// ofSomeState reports whether w is a person with an office of which a state has one,
// and the text does not say which state.
func (v *view) ofSomeState(w *who) bool {
	if w.kind != "person" || w.sure != byNewName || w.country != "" || len(w.memberOf) > 0 || w.title == "" {
		return false
	}
	e := v.r.officeOf(w.title)
	return e >= 0 && v.r.offices[e].unique && slices.Contains(w.sectors, "GOV")
}

// settle finds the state of bodies, and of persons in office, whose phrase tells none,
// where what stands around leaves no doubt.
func (v *view) settle(chains [][]int, found []who) {
	if !slices.ContainsFunc(found, func(w who) bool { return w.adrift || w.serves > 0 || v.ofSomeState(&w) }) {
		return
	}
	bySentence, scenes := make([][]string, len(v.doc.Sentences)), make([][]string, len(v.doc.Sentences))
	acting := make([]string, len(v.doc.Sentences)) // of a country, and not its name alone
	counts := map[string]int{}
	total, most := 0, ""
	at := map[int]string{} // head token: the country of whom it is a mention
	for i, c := range chains {
		iso := found[i].country
		if iso == "" || found[i].kind == "media" {
			continue // whom an agency cites is not of its country
		}
		for _, k := range c {
			m := &v.doc.Mentions[k]
			at[m.Head] = iso
			s := v.tree.Sentence(m.Head)
			if !slices.Contains(bySentence[s], iso) {
				bySentence[s] = append(bySentence[s], iso)
			}
			if found[i].kind != "people" && !slices.Contains(scenes[s], iso) {
				scenes[s] = append(scenes[s], iso)
			}
			if found[i].kind != "state" {
				acting[s] = iso
			}
		}
		total += len(c)
		counts[iso] += len(c)
		if n := counts[iso]; most == "" || n > counts[most] || n == counts[most] && iso < most {
			most = iso
		}
	}
	home := v.dateline()
	if counts[home] == 0 {
		home = ""
	}
	atHome := counts[home]*4 >= counts[most] && home != ""
	if atHome {
		for i := range found {
			if w := &found[i]; v.ofSomeState(w) { // at home a minister is the country's own
				w.country, w.cameo = home, v.r.code(home, w.sectors)
			}
		}
	}
	if counts[most]*2 <= total {
		most = ""
	}
	spoken := pattern.Innermost(v.doc, func(a *dragoman.Attribution) bool { return at[a.SourceHead] != "" })
	speaks := make(map[int]bool, len(v.doc.Attributions)) // head token of a source
	for i := range v.doc.Attributions {
		speaks[v.doc.Attributions[i].SourceHead] = true
	}
	nation := func(c []int) string {
		for _, k := range c {
			head := v.doc.Mentions[k].Head
			s := v.tree.Sentence(head)
			setting := v.setting(s, head)
			if c := v.seat(head); c != "" {
				setting = c
			}
			iso := ""
			switch near := bySentence[s]; {
			case setting != "":
				iso = setting
			case len(near) == 1 && v.doneTo(s, head, near[0], at):
				if near[0] != home {
					iso = home
				}
			case len(near) == 1 && (near[0] == most || near[0] == acting[s]):
				iso = near[0]
			case len(near) > 1 && slices.Contains(near, home) && !v.plural(&v.doc.Mentions[k]) && speaks[head]:
				iso = home // "Mali recalled its envoy from Chad, the foreign ministry said", told from Bamako
			case len(near) == 0:
				if iso = most; iso == "" || atHome {
					iso = home
				}
				if a := spoken[head]; a >= 0 {
					iso = at[v.doc.Attributions[a].SourceHead] // in whose words it stands
				}
			}
			if iso != "" {
				return iso
			}
		}
		return ""
	}
	only := onlyStates(found)
	towns := townBodies(found)
	told := map[string]int{} // id: the first chain that is found to be it
	for i := range found {
		if _, ok := told[found[i].id]; !ok {
			told[found[i].id] = i
		}
	}
	for i, c := range chains {
		old := found[i]
		if !old.adrift {
			continue
		}
		if _, states := only[v.r.bodies[old.body].id]; !states && towns[old.body] > 0 {
			found[i] = found[towns[old.body]-1]
			continue
		}
		iso := ""
		if slices.Contains(v.r.bodies[old.body].sectors, "COP") {
			iso = v.scene(c, scenes)
		}
		if iso == "" {
			iso = nation(c)
		}
		if one := only[v.r.bodies[old.body].id]; iso == "" && one != "" && (v.opens(c) || told[one+":"+v.r.bodies[old.body].id] < i) {
			iso = one // of whom the article has told, or tells after its title
		}
		if iso != "" {
			found[i] = v.ofBody(v.bodyIn(int32(old.body), iso, old.words), iso, v.r.nameIn(old.name, iso), old.words)
			found[i].memberOf = old.memberOf
		}
	}
	only = onlyStates(found)
	for i, c := range chains {
		w := &found[i]
		if w.serves == 0 || w.country != "" || w.kind != "person" {
			continue
		}
		// "police spokesman X": of the only police that the article speaks of
		iso := only[v.r.bodies[w.serves-1].id]
		if iso == "" {
			iso = nation(c)
		}
		if iso == "" {
			continue
		}
		w.country, w.cameo = iso, v.r.code(iso, w.sectors)
		body := iso + ":" + v.r.bodies[w.serves-1].id
		if slices.ContainsFunc(found, func(o who) bool { return o.id == body }) {
			w.memberOf = distinct(append(w.memberOf, body))
		}
	}
}

// scene returns the only country that a sentence with a mention of the chain names, or has a
// town of: police act where they are. countries are those of the actors in each sentence,
// but for the people whom they may have arrested there.
func (v *view) scene(chain []int, countries [][]string) string {
	for _, k := range chain {
		s := v.tree.Sentence(v.doc.Mentions[k].Head)
		here := slices.Clone(countries[s])
		for t := v.doc.Sentences[s].First; t < v.doc.Sentences[s].End; t++ {
			if c := v.located[t]; c != "" && !slices.Contains(here, c) {
				here = append(here, c)
			}
		}
		if len(here) == 1 {
			return here[0]
		}
	}
	return ""
}

// onlyStates returns for the bodies of states that are found, by their ids, the state of
// which alone one is found; "" for those of several.
func onlyStates(found []who) map[string]string {
	only := map[string]string{}
	for i := range found {
		of, body, ok := strings.Cut(found[i].id, ":")
		if !ok || of == "new" {
			continue
		}
		if have, met := only[body]; met && have != of {
			of = ""
		}
		only[body] = of
	}
	return only
}

// opens reports whether a chain begins in the first sentence, the title mostly.
func (v *view) opens(chain []int) bool { return v.tree.Sentence(v.doc.Mentions[chain[0]].Head) == 0 }

// townBodies returns for the bodies of towns that are found which one is, counted from 1: who
// has told of the Karachi police means them by "the police"; below 0 for several.
func townBodies(found []who) map[int]int {
	towns := map[int]int{}
	for i := range found {
		w := &found[i]
		if !w.town {
			continue
		}
		if k, met := towns[w.body]; met && (k < 0 || found[k-1].id != w.id) {
			towns[w.body] = -1
		} else {
			towns[w.body] = i + 1
		}
	}
	return towns
}

// leaders takes "the Chadian leader" for the one person of that state whom the article
// names and who heads it.
func (v *view) leaders(found []who) {
	heads := map[string]int{} // by state: who heads it, -1 for several
	for i := range found {
		w := &found[i]
		if w.kind != "person" || w.country == "" || w.sure < byNewName || !v.heading(w) {
			continue
		}
		if k, ok := heads[w.country]; ok && (k < 0 || found[k].id != w.id) {
			heads[w.country] = -1
		} else {
			heads[w.country] = i
		}
	}
	for i := range found {
		w := &found[i]
		if k, ok := heads[w.country]; ok && k >= 0 && w.kind == "person" && w.title == "leader" && w.sure == byWords && w.org == 0 && len(w.memberOf) == 0 {
			found[i] = found[k]
		}
	}
}

// incumbents takes a holder of an office of which a state has one for the one person whom
// the article names and who holds it (of an article without a day: ever held it): of a known
// state, "the Malian foreign minister", whichever office it is; of a state that the text does
// not tell, "the Supreme Leader", one of a head of state or his deputy. Of an article without
// a day nobody counts to whom it gives another office.
func (v *view) incumbents(chains [][]int, found []who) {
	named := map[string]int{} // by office, and by state and office: who holds it, -1 for several
	note := func(at string, i int) {
		if k, ok := named[at]; ok && (k < 0 || found[k].id != found[i].id) {
			named[at] = -1
		} else {
			named[at] = i
		}
	}
	for i := range found {
		w := &found[i]
		if w.kind != "person" || w.person <= 0 {
			continue
		}
		for _, t := range v.r.people[w.person-1].terms {
			e := v.r.officeOf(t.office)
			if e < 0 || !v.r.offices[e].unique || v.day != dragoman.NoDay && !during(v.day, t.from, t.to) || v.day == dragoman.NoDay && v.otherwise(chains[i], e) {
				continue
			}
			id := v.r.offices[e].id
			note(t.country+":"+id, i)
			if t.rank == "head" || t.rank == "deputy" {
				note(id, i)
			}
		}
	}
	for i := range found {
		w := &found[i]
		if w.kind != "person" || w.person > 0 {
			continue
		}
		at := ""
		e := v.r.officeOf(w.title)
		switch {
		case w.sure == byOffice && e >= 0 && w.id == w.country+":"+v.r.offices[e].id:
			at = w.id
		case w.sure == byWords && w.country == "" && w.org == 0 && len(w.memberOf) == 0 && e >= 0 && v.r.offices[e].unique:
			at = v.r.offices[e].id
		}
		if k, ok := named[at]; ok && k >= 0 {
			found[i] = found[k]
		}
	}
}

// otherwise reports whether what stands beside the names of somebody gives him another
// office than e, or says that he had one.
func (v *view) otherwise(chain []int, e int32) bool {
	for _, i := range chain {
		m := &v.doc.Mentions[i]
		if m.Form != dragoman.Name {
			continue
		}
		for _, s := range v.said(m) {
			if s.title == "" {
				continue
			}
			first, _, _ := strings.Cut(s.title, " ")
			mod := v.r.named(first, aModifier)
			if v.r.officeOf(s.title) != e || mod != nil && (v.r.mods[mod.ref].effect == "former" || v.r.mods[mod.ref].effect == "deputy") {
				return true
			}
		}
	}
	return false
}

// heading reports whether somebody heads a state, by the tables or by the text.
func (v *view) heading(w *who) bool {
	if w.person > 0 {
		t := v.r.people[w.person-1].termOn(v.day)
		return t != nil && t.rank == "head"
	}
	e := v.r.officeOf(w.title)
	return e >= 0 && v.r.offices[e].rank == "head"
}

// seat returns the country of the town in which the phrase of a body at token head says
// that it sits: "the Foreign Ministry in Baghdad"; "" for none.
func (v *view) seat(head int) string {
	for _, k := range v.tree.Kids(head) {
		if k := int(k); k > head && v.tree.Is(k, "nmod") && v.tree.Case(k) == "in" && v.located[k] != "" {
			return v.located[k]
		}
	}
	return ""
}

// setting returns the country of the town in which sentence s opens, before token i:
// "In Baghdad, the Foreign Ministry …"; "" for none.
func (v *view) setting(s, i int) string {
	first := v.doc.Sentences[s].First
	for t := first + 1; t < min(i, first+4); t++ {
		if c := v.located[t]; c != "" && v.doc.Tags[first].POS == dragoman.ADP && v.tree.Lemma(first) == "in" {
			return c
		}
	}
	return ""
}

// dateline returns the country of the town that an article is from; "" for none.
func (v *view) dateline() string {
	const head, words = 4, 12 // a title or two stand before it; it is a sentence by itself
	for _, s := range v.doc.Sentences[:min(head, len(v.doc.Sentences))] {
		if n := s.End - s.First; n < 2 || n > words || !v.endsDateline(s) {
			continue
		}
		if c := v.located[s.First]; c != "" {
			return c
		}
	}
	return ""
}

// endsDateline reports whether sentence s ends as datelines do: in a dash, or in the
// agency in brackets, "LA PAZ (EFE).".
func (v *view) endsDateline(s dragoman.Sentence) bool {
	last := s.End - 1
	switch v.doc.Form(last) {
	case "-", "–", "—", "--":
		return true
	case ".":
		last--
	}
	return last > s.First && v.doc.Form(last) == ")"
}

// doneTo reports whether sentence s names a country only behind the body at token
// head, as what the body's own predicate is about: "the ministry condemned Turkey".
func (v *view) doneTo(s, head int, iso string, at map[int]string) bool {
	sent := v.doc.Sentences[s]
	for up := v.tree.Head(head); up >= 0 && v.doc.Tags[up].POS != dragoman.VERB; up = v.tree.Head(up) {
		head = up // "the head of the junta met Putin"
	}
	for t := sent.First; t < sent.End; t++ {
		if at[t] != iso {
			continue
		}
		top := t // "summoned the Afghan envoy", "imposed sanctions on Turkey"
		for v.tree.Is(top, "amod", "compound", "nmod:poss", "flat") || v.tree.Is(top, "nmod") && (v.tree.Case(top) == "on" || v.tree.Case(top) == "against") {
			top = v.tree.Head(top)
		}
		if t < head || !v.tree.Is(top, "obj", "obl", "iobj", "xcomp") || v.tree.Head(top) != v.tree.Head(head) {
			return false
		}
	}
	return true
}

// actors makes the layer: one actor an id, in the order of the text.
func (v *view) actors(chains [][]int, found []who) []dragoman.Actor {
	var out []dragoman.Actor
	var sure []int
	at := make(map[string]int, len(found))
	for i := range found {
		w := &found[i]
		if w.sure == nobody || w.id == "" || w.id == "new:" {
			continue
		}
		k, ok := at[w.id]
		if !ok {
			k = len(out)
			at[w.id] = k
			out = append(out, dragoman.Actor{ID: w.id})
			sure = append(sure, nobody)
		}
		a := &out[k]
		if w.sure > sure[k] {
			mentions, title := a.Mentions, a.Title
			*a = w.actor()
			a.Mentions = mentions
			if a.Title == "" {
				a.Title = title
			}
			sure[k] = w.sure
		} else if a.Title == "" && a.Kind == "person" {
			a.Title = w.title
		}
		a.Mentions = append(a.Mentions, chains[i]...)
	}
	state := func(iso string) *dragoman.Actor {
		k, ok := at[iso]
		if !ok {
			i, known := v.r.byISO[iso]
			if !known {
				return nil
			}
			w := v.ofState(int32(i))
			k = len(out)
			at[iso] = k
			out = append(out, w.actor())
		}
		return &out[k]
	}
	v.capitals(state, func(id string) *dragoman.Actor {
		if k, ok := at[id]; ok {
			return &out[k]
		}
		return nil
	})
	v.ours(out, state)
	out = v.shares(out)
	for i := range v.doc.Places {
		if iso := v.doc.Places[i].Country; iso != "" && len(v.doc.Places[i].Mentions) > 0 {
			state(iso) // whoever visits or bombs a town has to do with its state
		}
	}
	for i := range out {
		slices.Sort(out[i].Mentions)
	}
	slices.SortStableFunc(out, func(a, b dragoman.Actor) int { return first(a, v.doc) - first(b, v.doc) })
	return out
}

// shares gives each of those whose people or bodies a phrase counts together what of them is
// his: "Chadian and Malian soldiers" are soldiers of Chad and soldiers of Mali. Those stand
// before what is counted; the leaders "of Chad and Mali" are their states.
func (v *view) shares(known []dragoman.Actor) []dragoman.Actor {
	at := make(map[string]int, len(known)) // id: actor
	for i := range known {
		at[known[i].ID] = i
	}
	of := map[int]int{} // mention of a member: who is his
	for i := range v.doc.Mentions {
		m := &v.doc.Mentions[i]
		start, end, ok := v.list(m)
		if !ok {
			continue
		}
		for _, k := range m.Members {
			w := v.share(m, k, start, end)
			if w.sure == nobody {
				continue
			}
			a, met := at[w.id]
			if !met {
				a = len(known)
				at[w.id] = a
				known = append(known, w.actor())
			}
			of[k] = a
		}
	}
	for i := range known {
		known[i].Mentions = slices.DeleteFunc(known[i].Mentions, func(k int) bool { _, moved := of[k]; return moved })
	}
	for k, a := range of {
		known[a].Mentions = append(known[a].Mentions, k)
	}
	return known
}

// share says who of the phrase m is of its member k, whose list stands in start..end-1.
func (v *view) share(m *dragoman.Mention, k, start, end int) who {
	x := &v.doc.Mentions[k]
	ws := v.words(start, v.doc.Mentions[m.Members[0]].First)
	for _, part := range [...][]word{v.words(x.First, x.End), v.words(end, m.End)} {
		if len(ws) > 0 && len(part) > 0 {
			part[0].leap = true
		}
		ws = append(ws, part...)
	}
	rd := v.read(ws, m.Head)
	if rd.head < 0 {
		return who{}
	}
	if o := rd.items[rd.head].is(anOffice); o != nil && v.r.offices[o.ref].unique {
		if w := v.person(&rd, false); w.sure >= byOffice { // "the Chadian and Malian presidents" are one of each
			w.title = v.r.offices[o.ref].name
			return w
		}
	}
	return v.person(&rd, true)
}

// list returns where the list of the members of m is, in tokens, with what stands before it in
// the phrase; ok is false where they do not stand right before the noun, joined by nothing but
// commas and conjunctions.
func (v *view) list(m *dragoman.Mention) (start, end int, ok bool) {
	if m.Form != dragoman.Nominal || len(m.Members) < 2 || !v.sane(m) {
		return 0, 0, false
	}
	first := v.doc.Mentions[m.Members[0]].First
	for _, k := range m.Members {
		x := &v.doc.Mentions[k]
		if !v.sane(x) || x.End > m.Head || k != m.Members[0] && x.First < end {
			return 0, 0, false
		}
		for t := end; k != m.Members[0] && t < x.First; t++ {
			if p := v.doc.Tags[t].POS; p != dragoman.PUNCT && p != dragoman.CCONJ {
				return 0, 0, false
			}
		}
		end = x.End
	}
	return min(m.First, first), end, end >= m.First
}

// ours gives the "we" and "our" in the words of an office holder or official
// to his state, where the text does not say whose he is and the tables do.
func (v *view) ours(known []dragoman.Actor, state func(iso string) *dragoman.Actor) {
	of := map[int]string{} // token of a mention: the speaker's country
	taken := make(map[int]bool, len(v.doc.Mentions))
	for _, a := range known {
		speaks := a.Kind == "person" && a.Country != "" && (slices.Contains(a.Sectors, "GOV") || slices.Contains(a.Sectors, "MIL"))
		for _, k := range a.Mentions {
			taken[k] = true
			if speaks {
				m := &v.doc.Mentions[k]
				for t := m.First; t < m.End; t++ {
					of[t] = a.Country
				}
			}
		}
	}
	quoted := pattern.Innermost(v.doc, func(a *dragoman.Attribution) bool { return a.Manner == dragoman.Quote })
	for i := range v.doc.Mentions {
		m := &v.doc.Mentions[i]
		if m.Form != dragoman.Pronoun || taken[i] || !v.sane(m) || m.Chain >= 0 && m.Chain < len(v.doc.Mentions) && taken[m.Chain] {
			continue
		}
		if tag := v.doc.Tags[m.Head]; !tag.Has("Person=1") || !tag.Has("Number=Plur") {
			continue
		}
		a := quoted[m.Head]
		if a < 0 {
			continue
		}
		if s, ok := of[v.doc.Attributions[a].SourceHead]; ok {
			if a := state(s); a != nil {
				a.Mentions = append(a.Mentions, i)
			}
		}
	}
}

// first returns an actor's first mention; those without one come last.
func first(a dragoman.Actor, doc *dragoman.Document) int {
	if len(a.Mentions) == 0 {
		return len(doc.Mentions)
	}
	return a.Mentions[0]
}

// made reports whether verb h makes or lets its object do something: "prompted Minsk to
// leave".
func (v *view) made(h int) bool {
	x := v.tree.Kid(h, "xcomp")
	return x > h && v.doc.Tags[x].Has("VerbForm=Inf")
}

// standsApart reports whether the noun at token i is for who stands by or against somebody:
// a capital's ally is its government's.
func (v *view) standsApart(i int) bool {
	e := v.r.officeOf(v.tree.Lemma(i))
	return e >= 0 && v.r.offices[e].rank == "apart"
}

// ofGovernment reports whether the noun at token i is for who serves a government.
func (v *view) ofGovernment(i int) bool {
	e := v.r.officeOf(v.tree.Lemma(i))
	return e >= 0 && slices.Contains(v.r.offices[e].sectors, "GOV")
}

// capitals gives the mentions of a capital that stand for its government to
// the state: "Kabul said", "talks with Kabul", "Moscow's decision", but not
// "in Kabul" or "Kabul was bombed"; and those of the seat of an organisation to it, where
// the article speaks of it and not of the state.
func (v *view) capitals(state, known func(id string) *dragoman.Actor) {
	heads := make(map[int]dragoman.Class, len(v.doc.Mentions))
	for i := range v.doc.Mentions {
		heads[v.doc.Mentions[i].Head] = v.doc.Mentions[i].Class
	}
	cues := make(map[int]bool, len(v.doc.Attributions))
	for i := range v.doc.Attributions {
		cues[v.doc.Attributions[i].CueHead] = true
	}
	for i := range v.doc.Mentions {
		m := &v.doc.Mentions[i]
		if m.Form != dragoman.Name || m.Class == dragoman.Person || !v.sane(m) || !v.acts(m.Head, heads, cues) {
			continue
		}
		iso, ok := v.r.Capital(v.doc.TextOf(m.Span))
		if !ok {
			continue
		}
		if _, isState := v.r.StateOf(v.doc.TextOf(m.Span)); isState {
			continue
		}
		if org := known(v.r.seats[v.doc.TextOf(m.Span)]); org != nil && known(iso) == nil {
			org.Mentions = append(org.Mentions, i)
			continue
		}
		if a := state(iso); a != nil {
			a.Mentions = append(a.Mentions, i)
		}
	}
}

// acts reports whether a name stands where an actor stands: as who does or
// says it, as who is told or accused, or with whom one deals.
func (v *view) acts(head int, mentions map[int]dragoman.Class, cues map[int]bool) bool {
	t := v.tree
	mentioned := func(i int) bool { _, ok := mentions[i]; return ok }
	for t.Is(head, "conj") && t.Head(head) >= 0 {
		head = t.Head(head)
	}
	h := t.Head(head)
	switch rel := t.Rel(head); {
	case h < 0:
		return false
	case rel == "nsubj":
		return t.Doc.Tags[h].POS == dragoman.VERB && !t.Passive(h) || t.Doc.Tags[h].POS == dragoman.ADJ
	case rel == "obl:agent":
		return true
	case rel == "obj", rel == "iobj":
		return cues[h] || v.made(h)
	case rel == "obl" && cues[h] && t.Case(head) == "on":
		return true // "blamed it on Minsk", "called on Minsk"
	case rel == "nmod:poss":
		return !mentioned(h) || v.standsApart(h)
	case rel == "obl" && t.Doc.Tags[h].POS == dragoman.ADJ:
		// "a group hostile to Tehran", but not "a town close to Tehran"
		of := mentions[t.Head(h)]
		return t.Case(head) == "to" && (of == dragoman.Person || of == dragoman.Organisation)
	case t.Is(head, "nmod") && t.Case(head) == "from":
		return v.ofGovernment(h) // "envoys from Kabul"
	case t.Is(head, "nmod", "obl"):
		return v.r.partner[t.Case(head)]
	}
	return false
}
