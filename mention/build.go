package mention

import (
	"slices"
	"strings"

	"dragoman"
	"dragoman/pattern"
)

// about is what is known of a mention besides what the layer holds.
type about struct {
	dragoman.Mention
	noun     *noun    // of a nominal
	pronoun  *pronoun // of a pronoun
	key      uint64   // of a name: its letters
	set      uint16   // of a name: what the tables know it as
	kind     string   // person, role, people, state, government, body, armed_group, company, …
	number   byte     // 's', 'p', 'c' (one body, also "they"), 0 unknown
	gender   byte     // 'm', 'f', 0
	definite bool
	owner    int      // the mention whose minister, group or official it is; -1
	mods     []string // of a nominal: what else it says, sorted ("deputy", "prime")
	speech   int      // the innermost attribution whose content holds it; -1
	sentence int
}

// builder makes the layer of one document.
type builder struct {
	f      *Finder
	doc    *dragoman.Document
	tree   *pattern.Tree
	all    []about
	at     []int32 // token: the mention of which it is the head; -1
	inName []bool  // token: within a name or its title
	speech []int32 // token: the innermost attribution; -1

	parent    []int // mention: towards the root of its entity
	entities  []entity
	families  map[string]int // family names of persons: where the first ends
	acronyms  map[int]bool   // mentions of which the brackets tell that they are organisations
	countries map[string]int // id of a state: a mention of it by name
	sources   map[int][]int  // attributions by the token that heads their source
}

// Find returns the mentions of doc in the order of the text, chained. It reads
// tokens, tags, arcs, sentences and attributions.
func (f *Finder) Find(doc *dragoman.Document) []dragoman.Mention {
	n := len(doc.Tokens)
	if n == 0 || len(doc.Tags) != n || len(doc.Arcs) != n {
		return nil
	}
	b := &builder{f: f, doc: doc, acronyms: map[int]bool{}, tree: pattern.NewTree(doc),
		at: make([]int32, n), inName: make([]bool, n)}
	for i := range b.at {
		b.at[i] = -1
	}
	b.speech = pattern.Innermost(doc, nil)
	b.addNames()
	b.addNominals()
	b.addPronouns()
	b.order()
	b.relate()
	b.chain()
	out := make([]dragoman.Mention, len(b.all))
	for i := range b.all {
		out[i] = b.all[i].Mention
	}
	return out
}

// add puts a mention on the list unless its head is taken.
func (b *builder) add(m about) {
	if m.Head < 0 || b.at[m.Head] >= 0 || m.First >= m.End {
		return
	}
	m.Span = dragoman.Span{Start: b.doc.Tokens[m.First].Start, End: b.doc.Tokens[m.End-1].End}
	m.owner = -1
	m.speech = int(b.speech[m.Head])
	m.sentence = b.tree.Sentence(m.Head)
	b.at[m.Head] = int32(len(b.all))
	b.all = append(b.all, m)
}

// order sorts the mentions by where they begin, the longer first.
func (b *builder) order() {
	slices.SortStableFunc(b.all, func(x, y about) int {
		if x.Start != y.Start {
			return x.Start - y.Start
		}
		if x.End != y.End {
			return y.End - x.End
		}
		return x.Head - y.Head
	})
	for i := range b.all {
		b.at[b.all[i].Head] = int32(i)
		b.all[i].Chain = i
	}
}

// head returns the token of first..end-1 on which the others depend.
func (b *builder) head(first, end int) int {
	best := -1
	for i := first; i < end; i++ {
		h := b.tree.Head(i)
		if h >= first && h < end {
			continue
		}
		switch b.tree.POS(i) {
		case dragoman.PUNCT, dragoman.ADP, dragoman.DET, dragoman.CCONJ, dragoman.PART:
			continue
		}
		if best < 0 {
			best = i
		}
	}
	if best < 0 {
		best = end - 1
	}
	return best
}

func (b *builder) lower(i int) string { return strings.ToLower(b.doc.Form(i)) }

// word is the lower-case lemma.
func (b *builder) word(i int) string {
	if l := b.doc.Tags[i].Lemma; l != "" {
		return strings.ToLower(l)
	}
	return b.lower(i)
}

// bounds are the sentences as ranges of tokens that lie within the document.
func (b *builder) bounds() [][2]int {
	var out [][2]int
	at := 0
	for _, s := range b.doc.Sentences {
		first, end := max(s.First, at), min(s.End, len(b.doc.Tokens))
		if first < end {
			out = append(out, [2]int{first, end})
			at = end
		}
	}
	return out
}
