package pattern

import (
	"io/fs"
	"strings"

	"dragoman/data"
)

// LoadGrammar reads what the normalising of constructions needs: light verbs,
// control verbs and the nouns that only measure.
func LoadGrammar(fsys fs.FS) (*Grammar, error) {
	g := &Grammar{Light: map[string]map[string]bool{}, Effect: map[string]string{}, Control: map[string]string{}}
	classes, err := LoadClasses(fsys, "en/classes.tsv")
	if err != nil {
		return nil, err
	}
	light, err := data.Read(fsys, "en/light.tsv", "lemma", "nouns", "effect")
	if err != nil {
		return nil, err
	}
	for i := range light.Len() {
		nouns := g.Light[light.Value(i, "lemma")] // a verb may stand in several rows
		if nouns == nil {
			nouns = map[string]bool{}
		}
		for _, n := range light.List(i, "nouns") {
			class, isClass := strings.CutPrefix(n, "@")
			if !isClass {
				nouns[n] = true
				continue
			}
			if classes[class] == nil {
				return nil, light.Fault(i, "unknown class %q", n)
			}
			for _, w := range classes[class] {
				nouns[w] = true
			}
		}
		g.Light[light.Value(i, "lemma")] = nouns
		if effect := light.Value(i, "effect"); effect != "" {
			g.Effect[light.Value(i, "lemma")] = effect
		}
	}
	control, err := data.Read(fsys, "en/control.tsv", "lemma", "slot")
	if err != nil {
		return nil, err
	}
	for i := range control.Len() {
		g.Control[control.Value(i, "lemma")] = control.Value(i, "slot")
	}
	for class, words := range map[string]*map[string]bool{
		"asked":          &g.Asked,
		"attacks":        &g.Attacks,
		"beside":         &g.Beside,
		"borrows":        &g.Borrows,
		"journeys":       &g.Journeys,
		"lifting":        &g.Lifting,
		"measure":        &g.Transparent,
		"naming":         &g.Naming,
		"not themselves": &g.Apart,
		"commanding":     &g.Ordering,
		"of light verbs": &g.OfLight,
		"of the object":  &g.OfObject,
		"owns":           &g.Owns,
		"remarks":        &g.Remarks,
		"standing":       &g.Measures,
		"steps":          &g.Steps,
		"sums":           &g.Sums,
		"tells":          &g.Tells,
		"touches":        &g.Touches,
		"undergone":      &g.Undergone,
		"utters":         &g.Utters,
		"wires":          &g.Wires,
		"writings":       &g.Writings,
	} {
		*words = make(map[string]bool, len(classes[class]))
		for _, w := range classes[class] {
			(*words)[w] = true
		}
	}
	return g, nil
}

// LoadClasses reads a table of word classes (columns class, words); a class
// may stand in several rows.
func LoadClasses(fsys fs.FS, path string) (map[string][]string, error) {
	t, err := data.Read(fsys, path, "class", "words")
	if err != nil {
		return nil, err
	}
	classes := map[string][]string{}
	for i := range t.Len() {
		c := strings.TrimPrefix(t.Value(i, "class"), "@")
		classes[c] = append(classes[c], t.List(i, "words")...)
	}
	return classes, nil
}

// Set returns the words as a set.
func Set(words []string) map[string]bool {
	s := make(map[string]bool, len(words))
	for _, w := range words {
		s[w] = true
	}
	return s
}

// AddTable adds every row of a table of frames to b. The columns first and
// second name the roles ("actor" and "recipient", "subject" and "object"), the
// column meaning what the row says, "-" that there is nothing. Row i of the
// table becomes Frame.Row base+i.
func (b *Book) AddTable(t *data.Table, base int, meaning, first, second string, classes map[string][]string) error {
	for i := range t.Len() {
		f := Frame{Row: base + i, Never: t.Value(i, meaning) == "-"}
		err := b.add(f, t.Value(i, "lemma"), t.Value(i, "pos"), t.Value(i, "when"),
			t.Value(i, first), t.Value(i, second), t.Value(i, "flags"), classes)
		if err != nil {
			return t.Fault(i, "%v", err)
		}
	}
	return nil
}
