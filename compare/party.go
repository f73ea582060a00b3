package compare

import (
	"cmp"
	"slices"
	"strings"

	"dragoman"
)

// face is how a set names somebody.
type face struct{ id, name, country string }

// own keeps nothing of the row that it was read from.
func (f face) own() face {
	return face{strings.Clone(f.id), strings.Clone(f.name), strings.Clone(f.country)}
}

// Actor is whom events of either set are about.
type Actor struct {
	ID      string `json:"id"`      // empty where it is known by its name only
	Name    string `json:"name"`    // the shortest that it is called by; may be empty
	Country string `json:"country"` // ISO 3166-1 alpha-3; empty where it is none, or is a state
}

// nobody is the actor of events without one, and the recipient.
const nobody = 0

// register says which faces are one actor.
type register struct {
	faces  index[face]
	actors []Actor // in the order of their ids and names; the first is nobody
	of     []int32 // of faces: their actor
}

func newRegister() register { return register{faces: newIndex[face]()} }

// stands returns whom p stands for.
func (by By) stands(p *dragoman.Party) face {
	if by == ByCountry && p.Country != "" {
		return face{id: p.Country}
	}
	if by != ByActor && p.Kind != "state" && len(p.Principals) > 0 {
		whole := &p.Principals[len(p.Principals)-1]
		for i := range p.Principals {
			if p.Principals[i].Kind == "state" {
				whole = &p.Principals[i]
			}
		}
		p = whole
	}
	if p.Kind == "state" {
		return face{p.ID, p.Name, ""}
	}
	return face{p.ID, p.Name, p.Country}
}

// add numbers the face of whom p stands for.
func (g *register) add(by By, p *dragoman.Party) int32 { return g.faces.add(by.stands(p), face.own) }

// passing reports whether an id is only that of what a set calls somebody
// ("new:a-gunman", "cameo:IRNGOV"), which another set may call otherwise.
func passing(id string) bool { return id == "" || strings.Contains(id, ":") }

// settle says who is who, when all have been seen: somebody is known by his id,
// and without one that others could have too by his name and country, which are
// those of an id where exactly one is called so. Where no country is told, it is
// that of all others of the name, if these have one.
func (g *register) settle() {
	named := map[string]*namesakes{}
	of := func(f face) *namesakes {
		name := f.called()
		if named[name] == nil {
			named[name] = &namesakes{}
		}
		return named[name]
	}
	for _, f := range g.faces.all {
		of(f).add(f)
	}
	keys := make([]face, len(g.faces.all))
	names := map[face]string{}
	for i, f := range g.faces.all {
		key := of(f).key(f)
		keys[i] = key
		if best, ok := names[key]; !ok || best == "" || f.name != "" && shorter(f.name, best) {
			names[key] = f.name
		}
	}
	g.of, g.actors = g.number(keys, names)
}

// called is a face's name, however it is written; its id where it has none.
func (f face) called() string { return strings.ToLower(cmp.Or(f.name, f.id)) }

// namesakes are all faces of one name.
type namesakes struct {
	known   []face // with an id of their own
	country string // of them all; of those without a country nothing follows
	several bool   // they have more than one
}

func (n *namesakes) add(f face) {
	if !passing(f.id) {
		n.known = append(n.known, f)
	}
	n.several = n.several || f.country != "" && n.country != "" && f.country != n.country
	n.country = cmp.Or(n.country, f.country)
}

func (n *namesakes) key(f face) face {
	if !passing(f.id) {
		return face{id: f.id}
	}
	id := ""
	for _, k := range n.known {
		if k.country != "" && f.country != "" && k.country != f.country || k.id == id {
			continue
		}
		if id != "" {
			id = ""
			break
		}
		id = k.id
	}
	if id != "" {
		return face{id: id}
	}
	if f.country == "" && !n.several {
		f.country = n.country
	}
	return face{name: f.called(), country: f.country}
}

func shorter(a, b string) bool {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) < 0
}

// number puts the keys of faces in order and numbers them from 1.
func (g *register) number(keys []face, names map[face]string) (of []int32, actors []Actor) {
	sorted := make([]face, 0, len(names))
	for k := range names {
		sorted = append(sorted, k)
	}
	slices.SortFunc(sorted, func(a, b face) int {
		return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.name, b.name), cmp.Compare(a.country, b.country))
	})
	at := map[face]int32{}
	actors = []Actor{{}}
	for _, k := range sorted {
		at[k] = int32(len(actors))
		actors = append(actors, Actor{k.id, names[k], k.country})
	}
	for _, k := range keys {
		of = append(of, at[k])
	}
	return of, actors
}

// called returns the actors of a name or id, in any case.
func (g *register) called(name string) map[int32]bool {
	found := map[int32]bool{}
	for i, f := range g.faces.all {
		if strings.EqualFold(f.name, name) || strings.EqualFold(f.id, name) {
			found[g.of[i]] = true
		}
	}
	return found
}

// A dyad is an actor and a recipient in one number.
func dyadOf(from, to int32) uint64 { return uint64(from)<<32 | uint64(to) }

func ends(dyad uint64) (from, to int32) { return int32(dyad >> 32), int32(dyad) }

func turned(dyad uint64) uint64 { return dyad<<32 | dyad>>32 }
