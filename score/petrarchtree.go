package score

import (
	"slices"
	"strings"
	"unicode"

	"dragoman"
	"dragoman/pattern"
)

// penn is a node of a tree in Penn Treebank's brackets.
type penn struct {
	tag, word string // word, in lower case, of a leaf
	kids      []*penn
}

// otherTree says where our reading of a sentence differs from a record's tree, as
// far as a tree of phrases tells: it has words that the text has not; a word is a
// verb in one of them only; a verb has another subject. "" for no difference, or
// no tree.
func otherTree(g *pattern.Grammar, doc *dragoman.Document, tree string) string {
	top := parsePenn(tree)
	leaves := top.leaves(nil)
	if len(leaves) == 0 {
		return ""
	}
	text := strings.ToLower(doc.Text)
	for _, l := range leaves {
		if isWord(l.word) && !strings.Contains(text, l.word) {
			return "it is of another sentence than the text"
		}
	}
	return strings.Join(append(otherVerbs(doc, leaves), otherSubjects(g, doc, top)...), ", ")
}

func isWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// otherVerbs lists the words that only one of both takes for a verb.
func otherVerbs(doc *dragoman.Document, leaves []*penn) (apart []string) {
	verbs := map[string]int{} // how often in the tree, less how often here
	for _, l := range leaves {
		if strings.HasPrefix(l.tag, "VB") {
			verbs[l.word]++
		}
	}
	for i := range doc.Tokens {
		if strings.HasPrefix(doc.Tags[i].XPOS, "VB") {
			verbs[strings.ToLower(doc.Form(i))]--
		}
	}
	for i := range doc.Tokens {
		form := strings.ToLower(doc.Form(i))
		switch n := verbs[form]; {
		case n > 0:
			apart = append(apart, form+" is a verb")
		case n < 0:
			apart = append(apart, form+" is no verb")
		}
		verbs[form] = 0
	}
	return apart
}

// otherSubjects lists the verbs whose subject here does not stand in the noun
// phrase that is their subject in the tree.
func otherSubjects(g *pattern.Grammar, doc *dragoman.Document, top *penn) (apart []string) {
	t := pattern.NewTree(doc)
	top.clauses(func(subject *penn, verb string) {
		var words []string
		for _, l := range subject.leaves(nil) {
			words = append(words, l.word)
		}
		for i := range doc.Tokens {
			if strings.ToLower(doc.Form(i)) != verb || doc.Tags[i].POS != dragoman.VERB {
				continue
			}
			if s := g.Subject(t, i); s < 0 || !slices.Contains(words, strings.ToLower(doc.Form(s))) {
				apart = append(apart, verb+" has another subject")
			}
			return
		}
	})
	return apart
}

// parsePenn reads a tree; brackets that do not match are passed over.
func parsePenn(s string) *penn {
	top := &penn{}
	stack := []*penn{top}
	for _, part := range strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(s)) {
		at := stack[len(stack)-1]
		switch {
		case part == "(":
			n := &penn{}
			at.kids, stack = append(at.kids, n), append(stack, n)
		case part == ")":
			stack = stack[:max(1, len(stack)-1)]
		case at.tag == "":
			at.tag = part
		default:
			at.word = strings.ToLower(part)
		}
	}
	return top
}

func (n *penn) leaves(all []*penn) []*penn {
	if n.word != "" {
		all = append(all, n)
	}
	for _, k := range n.kids {
		all = k.leaves(all)
	}
	return all
}

// clauses calls do for every clause with a noun phrase right before its verb
// phrase, with the last verb of that phrase: "restored" of "has restored".
func (n *penn) clauses(do func(subject *penn, verb string)) {
	for i, k := range n.kids {
		if i > 0 && k.tag == "VP" && n.kids[i-1].tag == "NP" {
			if verb := k.verb(); verb != "" {
				do(n.kids[i-1], verb)
			}
		}
		k.clauses(do)
	}
}

// verb returns the verb of a verb phrase, that of the inner one where it holds one.
func (n *penn) verb() (verb string) {
	for _, k := range n.kids {
		switch {
		case strings.HasPrefix(k.tag, "VB"):
			verb = k.word
		case k.tag == "VP":
			if v := k.verb(); v != "" {
				return v
			}
		}
	}
	return verb
}
