package place

import (
	"slices"
	"strings"

	"dragoman"
)

// builder writes the layer from what was chosen.
type builder struct {
	*text
	out   []dragoman.Place
	byID  map[string]int
	taken map[int]bool              // mentions that have a place
	ids   map[int]string            // the id of a sense, "" while it is being made
	chain map[int][]int             // the nominals and pronouns of a chain
	fresh map[string]dragoman.Place // new places that contain others
}

// places writes the places in the order of the text, and then what contains them.
func (t *text) places() []dragoman.Place {
	b := &builder{text: t, byID: map[string]int{}, taken: map[int]bool{}, ids: map[int]string{}, chain: map[int][]int{}, fresh: map[string]dragoman.Place{}}
	for i, m := range t.doc.Mentions {
		if m.Form != dragoman.Name && valid(t.doc, &t.doc.Mentions[i]) {
			b.chain[m.Chain] = append(b.chain[m.Chain], i)
		}
	}
	for i := range t.names {
		n := &t.names[i]
		if n.mention < 0 || b.taken[n.mention] {
			continue
		}
		if t.doubtful(n.sense) {
			continue
		}
		at := b.place(n.sense)
		b.attach(at, n.mention)
	}
	for i := range b.out {
		slices.Sort(b.out[i].Mentions)
		for _, id := range b.out[i].ContainedIn {
			b.containing(id)
		}
	}
	return b.out
}

// doubtful reports whether sense s is no place that is known, and the words
// around do not say that it is one.
func (t *text) doubtful(s int) bool {
	x := &t.senses[s]
	if x.chosen >= 0 {
		return false
	}
	listed := slices.ContainsFunc(x.listed, func(o int) bool { return t.senses[o].chosen >= 0 })
	return x.tentative || !x.grounded && !listed && len(x.within) == 0
}

// place returns the index of the place that sense s stands for.
func (b *builder) place(s int) int {
	p := b.describe(s, 0)
	if i, ok := b.byID[p.ID]; ok {
		if len(b.out[i].ContainedIn) == 0 {
			b.out[i].ContainedIn, b.out[i].Country = p.ContainedIn, p.Country
		}
		if b.out[i].Kind == "" {
			b.out[i].Kind = p.Kind
		}
		return i
	}
	b.byID[p.ID] = len(b.out)
	b.out = append(b.out, p)
	return len(b.out) - 1
}

// describe writes the place of sense s without its mentions.
func (b *builder) describe(s, depth int) dragoman.Place {
	x := &b.senses[s]
	if x.chosen >= 0 {
		p := b.known(x.cands[x.chosen].entry)
		if x.hint != nil && !town(x.cands[x.chosen].kind) && x.hint.kind == "port" && x.hint.takes(p.Kind) {
			p.Kind = "port" // the text knows best what it is to it
		}
		b.alsoIn(x, &p, depth)
		return p
	}
	p := dragoman.Place{ID: "new:" + slug(x.core), Name: x.core}
	if x.hint != nil {
		p.Kind = x.hint.kind
	}
	b.alsoIn(x, &p, depth)
	if p.Country == "" {
		for _, i := range x.names[:min(len(x.names), 20)] {
			if c := b.names[i].people; c != "" {
				if e, ok := b.gaz.identified(c); ok {
					p.Country, p.ContainedIn = c, append(p.ContainedIn, e.id)
				}
				break
			}
		}
	}
	return p
}

// known writes a place of the tables.
func (b *builder) known(e entry) dragoman.Place {
	p := dragoman.Place{ID: e.id, Name: e.name, Kind: e.kind, Country: e.country,
		Lat: e.lat, Lon: e.lon, Located: e.located, GeoNames: e.geonames}
	if town(e.kind) {
		p.Kind = "settlement"
	}
	if e.kind != "country" {
		b.up(e, func(c entry) bool {
			p.ContainedIn = append(p.ContainedIn, c.id)
			return c.kind != "country" // the continents contain everything
		})
	}
	return p
}

// alsoIn adds the containers that the text gives and the tables do not.
func (b *builder) alsoIn(x *sense, p *dragoman.Place, depth int) {
	if depth > 6 || p.Kind == "country" {
		return
	}
	for _, in := range x.within {
		o := b.names[in].sense
		c := b.describe(o, depth+1)
		if b.doubtful(o) || c.ID == p.ID || slices.Contains(p.ContainedIn, c.ID) {
			continue
		}
		switch {
		case slices.Contains(c.ContainedIn, p.ID):
		case x.chosen < 0 && len(p.ContainedIn) == 0:
			p.ContainedIn = append([]string{c.ID}, c.ContainedIn...)
			p.Country = c.Country
			b.remember(c)
		case x.chosen >= 0 && c.Kind == "region" && b.sureOf(x, in) && b.inside(x.cands[x.chosen].entry, b.entryOf(o)):
			at := max(len(p.ContainedIn)-1, 0)
			p.ContainedIn = slices.Insert(p.ContainedIn, at, c.ID)
		}
	}
}

func (b *builder) entryOf(s int) entry {
	if x := &b.senses[s]; x.chosen >= 0 {
		return x.cands[x.chosen].entry
	}
	return entry{}
}

// remember keeps a new place that contains another, should no mention be its own.
func (b *builder) remember(p dragoman.Place) {
	if _, ok := b.fresh[p.ID]; !ok && strings.HasPrefix(p.ID, "new:") {
		b.fresh[p.ID] = p
	}
}

// containing adds the place of that id, which contains another.
func (b *builder) containing(id string) {
	if _, ok := b.byID[id]; ok {
		return
	}
	p, ok := b.fresh[id]
	if !ok {
		e, known := b.container(id)
		if !known {
			return
		}
		p = b.known(e)
	}
	b.byID[id] = len(b.out)
	b.out = append(b.out, p)
	for _, up := range p.ContainedIn {
		b.containing(up)
	}
}

// attach gives mention i, and the words that stand for it, to a place.
func (b *builder) attach(at, i int) {
	m := &b.doc.Mentions[i]
	b.add(at, i)
	for _, j := range b.chain[m.Chain] {
		o := &b.doc.Mentions[j]
		if o.Class != dragoman.Person && o.Class != dragoman.Organisation && o.Class != dragoman.Nationality {
			b.add(at, j)
		}
	}
	delete(b.chain, m.Chain)
	// "the port of X" around the name X.
	for j := max(0, i-3); j < min(len(b.doc.Mentions), i+4); j++ {
		o := &b.doc.Mentions[j]
		if o.Form != dragoman.Nominal || !valid(b.doc, o) || o.Span.End != m.Span.End || o.First >= m.First-1 {
			continue
		}
		of := m.First - 1
		if strings.EqualFold(form(b.doc, of), "the") {
			of--
		}
		if w, _ := b.words.before(b.doc, of, "head"); w != nil && strings.EqualFold(form(b.doc, of), "of") {
			b.add(at, j)
		}
	}
}

func (b *builder) add(at, mention int) {
	if !b.taken[mention] {
		b.taken[mention] = true
		b.out[at].Mentions = append(b.out[at].Mentions, mention)
	}
}
