package pattern

import (
	"slices"
	"strings"

	"dragoman"
)

// Arg is an argument of a predicate: the head token of the phrase and the slot
// it fills, whatever the construction (see docs/frames.md): "subj" does it,
// "obj" has it done to it, prepositions stand under their lemma.
type Arg struct {
	Slot  string
	Token int
}

// Grammar is what the normalising of constructions has to know of a language's
// words; it is read from tables.
type Grammar struct {
	// Light maps a verb to the event nouns that take its subject for theirs
	// ("hold": talk, meeting); "*" stands for all.
	Light map[string]map[string]bool
	// Effect says what a light verb makes of its event noun ("cancel": negated).
	Effect map[string]string
	// Control maps a verb to the slot of its own that is the subject of its
	// infinitive; obj, or subj where there is none, for verbs not in it.
	Control map[string]string
	// Transparent holds nouns that measure what follows: "a series of attacks".
	Transparent map[string]bool
	// Beside holds prepositions by which an event noun shares the clause's
	// subject: "in cooperation with", "during a visit to".
	Beside map[string]bool
	// Borrows holds the nouns that do so: an attack during a visit is not the
	// visitor's.
	Borrows map[string]bool
	// Sums holds nouns and signs for amounts of money.
	Sums map[string]bool

	// Naming holds verbs of saying what something is called.
	Naming map[string]bool

	// Remarks holds nouns for what is said somewhere: "made the remarks in a meeting".
	Remarks map[string]bool

	// Writings holds nouns for words that somebody puts down or speaks, Utters verbs of
	// doing so: "released a letter".
	Writings, Utters map[string]bool

	// Wires holds words for talk over a distance: "a phone call".
	Wires map[string]bool

	// Journeys holds those of them on which whoever speaks is, whatever he
	// speaks of: visit, tour.
	Journeys map[string]bool
	// Ordering holds verbs whose object is asked or told to do what an infinitive tells:
	// "ordered the department to pay".
	Ordering map[string]bool
	// Steps holds nouns for what somebody takes or makes a habit of, whose gerund he does:
	// "took the step of suing".
	Steps map[string]bool

	// OfObject holds prepositions before a gerund that is the object's:
	// "accused Iran of helping", "barred pilgrims from visiting".
	OfObject map[string]bool

	// OfLight holds prepositions that join an event noun to a light verb: "came
	// under attack", "went on a visit".
	OfLight map[string]bool
	// Tells holds verbs of saying whose object is what they claim: "announced
	// the attack", unlike "condemned the attack".
	Tells map[string]bool
	// Touches holds words of talk that say only what it is about: "referred to the attack",
	// "remarks about the attack".
	Touches map[string]bool
	// Asked holds nouns for what is asked or put forward: to reject an offer is not to deny
	// that it was made.
	Asked map[string]bool
	// Owns holds verbs by which one owns to have done something: "claimed
	// responsibility for the attack".
	Owns map[string]bool
	// Measures holds nouns for what is in force until it is lifted: sanctions.
	Measures map[string]bool
	// Lifting holds the verbs by which it is.
	Lifting map[string]bool
	// Attacks holds nouns for attacks, which are called by where they were.
	Attacks map[string]bool
	// Undergone holds nouns for what is done to the person by whose name they are called:
	// "the Clinton investigation".
	Undergone map[string]bool
	// Apart holds nouns whose possessor is not meant by them: Iran's enemies
	// are not Iran.
	Apart map[string]bool
}

// depthLimit bounds how many heads are climbed in search of a shared subject.
const depthLimit = 6

// Passive reports whether the subject of p is what p is done to.
func (t *Tree) Passive(p int) bool {
	if t.Kid(p, "obl:agent") >= 0 && t.Kid(p, "aux:pass") < 0 && t.Kid(p, "nsubj") >= 0 && t.Doc.Tags[p].XPOS != "VBN" {
		return false // "Kim travelled by train"
	}
	if a := t.Kid(p, "aux"); t.Kid(p, "obl:agent") >= 0 && t.Kid(p, "aux:pass") < 0 && t.Kid(p, "nsubj") >= 0 && a >= 0 && t.Lemma(a) == "have" {
		return false // "had spoken by phone"
	}
	if t.Kid(p, "aux:pass", "csubj:pass", "obl:agent") >= 0 {
		return true
	}
	if t.Kid(p, "nsubj:pass") >= 0 {
		sent := t.Doc.Sentences[t.Sentence(p)]
		if t.Doc.Tags[p].XPOS == "VBD" && t.Kid(p, "aux") < 0 && t.Doc.Form(sent.End-1) == "." {
			return false // "Amnesty called on them." has a verb, which must be active; a headline need not
		}
		// "that it had targeted the convoy": taken for a passive by its form alone
		return t.Kid(p, "obj") < 0 || t.Kid(p, "aux") < 0
	}
	tag := t.Doc.Tags[p]
	if tag.XPOS != "VBN" || t.Kid(p, "aux") >= 0 {
		return false
	}
	switch rel := t.Rel(p); rel {
	case "acl", "advcl", "xcomp":
		o := t.Kid(p, "obj")
		return o < 0 || rel == "acl" && t.becomes(p, o)
	case "conj":
		return t.Kid(p, "nsubj") < 0 && t.Head(p) >= 0 && t.Passive(t.Head(p))
	}
	return false
}

// becomes reports whether the bare noun o right behind participle p tells what somebody was
// made: "a pastor held prisoner", "a general elected president".
func (t *Tree) becomes(p, o int) bool {
	return o == p+1 && t.POS(o) == dragoman.NOUN && t.Doc.Tags[o].Has("Number=Sing")
}

// Subject returns the head of the phrase that is the grammatical subject of p,
// its own or one shared through coordination, control, a participle or a
// relative clause; -1 for none.
func (g *Grammar) Subject(t *Tree, p int) int { return g.subject(t, p, 0) }

func (g *Grammar) subject(t *Tree, p, depth int) int {
	if s := t.Kid(p, "nsubj", "nsubj:outer"); s >= 0 {
		if x := t.Doc.Tags[p].XPOS; t.possesses(s) && (x == "VBN" || x == "VBD") {
			return -1
		}
		return t.partOf(t.Antecedent(s))
	}
	if aux := t.Kid(p, "aux", "aux:pass"); aux >= 0 {
		if s := t.Kid(aux, "nsubj"); s >= 0 {
			return t.Antecedent(s)
		}
	}
	if s := t.misplaced(p); s >= 0 {
		return s
	}
	h := t.Head(p)
	if h < 0 || depth == depthLimit {
		return -1
	}
	switch rel := t.Rel(p); {
	case t.announced(p):
		return h
	case rel == "acl:relcl":
		return h
	case rel == "acl":
		if t.Doc.Tags[p].Has("VerbForm=Inf") {
			if v := t.Head(h); v >= 0 && t.Is(h, "obj", "iobj") && g.Ordering[t.Lemma(v)] {
				return h // "ordered the department to pay"
			}
			// "Iran's decision to withdraw", "made a promise to leave"
			for _, a := range g.noun(t, h, nil, depth+1) {
				if a.Slot == "subj" {
					return a.Token
				}
			}
			return -1
		}
		if v := g.step(t, p, h); v >= 0 {
			return g.subject(t, v, depth+1)
		}
		if v := g.outer(t, p, h); v >= 0 {
			if s := g.subject(t, v, depth+1); s >= 0 {
				return s
			}
		}
		return h
	case rel == "xcomp", rel == "ccomp" && t.Doc.Tags[p].Has("VerbForm=Inf") && t.Kid(p, "aux") < 0: // "considers whether to leave"
		return g.controller(t, h, depth+1)
	case t.Is(p, "advcl"):
		if t.Doc.Tags[p].Has("VerbForm=Fin") || t.finite(p) {
			return -1
		}
		if m := t.Kid(p, "mark"); m >= 0 && g.OfObject[t.Lemma(m)] {
			return g.controller(t, h, depth+1)
		}
		if c := g.Control[t.Lemma(h)]; c != "" && t.Doc.Tags[p].Has("VerbForm=Inf") {
			return g.controller(t, h, depth+1)
		}
		return g.subject(t, h, depth+1)
	case rel == "parataxis" && t.strung(p, h):
		return g.subject(t, h, depth+1)
	case rel == "conj":
		if v := t.participle(p, h); v >= 0 {
			return g.subject(t, v, depth+1)
		}
		if t.POS(h) == dragoman.VERB || t.POS(h) == dragoman.AUX || t.Kid(h, "cop") >= 0 {
			return g.subject(t, h, depth+1)
		}
	}
	return -1
}

// strung reports whether finite verb p only goes on from verb h behind a comma, as headlines
// do: "Lund slams Brun, praises Deby".
func (t *Tree) strung(p, h int) bool {
	return p > h && p > 0 && t.Doc.Form(p-1) == "," && t.POS(p) == dragoman.VERB && t.POS(h) == dragoman.VERB &&
		t.Doc.Tags[p].Has("VerbForm=Fin") && t.Doc.Tags[p].XPOS == t.Doc.Tags[h].XPOS && t.Kid(p, "nsubj", "expl", "aux") < 0 && t.Kid(h, "aux", "ccomp") < 0
}

// step returns the verb whose subject does what gerund p tells, of what noun h holds:
// "took the unusual step of suing"; -1.
func (g *Grammar) step(t *Tree, p, h int) int {
	v, m := t.Head(h), t.Kid(p, "mark")
	if v >= 0 && m >= 0 && t.Lemma(m) == "of" && g.Steps[t.Lemma(h)] && t.Is(h, "obj") && t.Kid(h, "nmod:poss") < 0 && !t.Passive(v) {
		return v
	}
	return -1
}

// participle returns the participle that participle p goes on, where the parser hangs p on
// the finite clause between: "arguing that Chad had won, and urging Mali to leave"; -1.
func (t *Tree) participle(p, h int) int {
	bare := func(v int) bool { return t.Doc.Tags[v].XPOS == "VBG" && t.Kid(v, "aux") < 0 }
	if !bare(p) || bare(h) || t.Kid(h, "cop") >= 0 {
		return -1
	}
	for v, n := h, 0; v >= 0 && n < depthLimit; v, n = t.Head(v), n+1 {
		if bare(v) && t.Is(v, "advcl", "acl") {
			return v
		}
		if !t.Is(v, "ccomp", "xcomp", "conj") {
			break
		}
	}
	return -1
}

// outer returns the verb whose subject does what participle p tells that the parser hangs
// on noun h: behind a comma, that of the clause, "welcomed the contacts with Mali, praising
// it"; of words that are written or spoken, that of who utters them, "issued a statement
// praising Mali"; -1 where it is of h itself, "Moreau, speaking to reporters, said".
func (g *Grammar) outer(t *Tree, p, h int) int {
	if t.Doc.Tags[p].XPOS != "VBG" || p < h {
		return -1
	}
	if g.Writings[t.Lemma(h)] {
		if v := t.Head(h); v >= 0 && t.Is(h, "obj") && g.Utters[t.Verb(v)] && !t.Passive(v) {
			return v
		}
		return -1
	}
	if t.Doc.Form(p-1) != "," {
		return -1
	}
	for n := 0; h >= 0 && n < depthLimit; h, n = t.Head(h), n+1 {
		switch c := t.Case(h); {
		case t.POS(h) == dragoman.VERB:
			return h
		case !t.Is(h, "obj", "obl", "nmod", "conj", "flat") || c == "by" || c == "according to":
			return -1
		}
	}
	return -1
}

// possesses reports whether an 's behind it makes noun i a possessor: the parser has taken
// "Chad's widely criticised raid" for a clause.
func (t *Tree) possesses(i int) bool {
	k := t.Kid(i, "case")
	return k > i && t.POS(k) == dragoman.PART
}

// partOf returns the noun of which token i tells a part behind a comma, "demonstrators,
// many of them women, rallied": the parser has taken the part for the subject; i where
// that is not so.
func (t *Tree) partOf(i int) int {
	if i < 2 || t.Doc.Form(i-1) != "," {
		return i
	}
	of := t.Kid(i, "nmod", "obl")
	if of < 0 || t.Case(of) != "of" || t.POS(of) != dragoman.PRON {
		return i
	}
	at := i - 2
	first := t.Doc.Sentences[t.Sentence(i)].First
	for n := 0; at >= first && n < depthLimit; n++ {
		h := t.Head(at)
		if h < first || h >= i-1 || !t.Is(at, "flat", "compound", "nmod", "amod") {
			break
		}
		at = h
	}
	if at < first || t.POS(at) != dragoman.NOUN && t.POS(at) != dragoman.PROPN {
		return i
	}
	return at
}

// finite reports whether an auxiliary makes verb p one that has a subject of
// its own: "its neighbour, he said, has been buying drones".
func (t *Tree) finite(p int) bool {
	for _, k := range t.Kids(p) {
		if k := int(k); t.Is(k, "aux", "aux:pass") && t.Doc.Tags[k].Has("VerbForm=Fin") {
			return true
		}
	}
	return false
}

// misplaced returns the noun right before a coordinated verb that has neither a
// subject nor a conjunction, where a conjunction stands before that noun: in
// "struck the port on Tuesday and Chad praised the raid" parsers coordinate
// Tuesday and Chad; -1.
func (t *Tree) misplaced(p int) int {
	if t.Rel(p) != "conj" || t.POS(p) != dragoman.VERB || t.Kid(p, "cc", "mark", "nsubj") >= 0 || !t.Doc.Tags[p].Has("VerbForm=Fin") {
		return -1
	}
	i := p - 1
	for n := 0; i >= 0 && n < depthLimit && t.Is(i, "flat", "compound", "aux", "advmod"); n++ {
		if t.Is(i, "aux", "advmod") {
			i--
		} else {
			i = t.Head(i)
		}
	}
	if i < 0 || !t.Is(i, "conj") || t.Kid(i, "cc") < 0 || t.Head(i) == t.Head(p) || t.Head(p) > i || t.POS(i) != dragoman.PROPN && t.POS(i) != dragoman.NOUN && t.POS(i) != dragoman.PRON {
		return -1
	}
	return i
}

// announced reports whether infinitive p is all that a headline says of the name before it,
// which the parser took for its root: "Chad to Withdraw Troops".
func (t *Tree) announced(p int) bool {
	h, to := t.Head(p), t.Kid(p, "mark")
	return h >= 0 && t.Is(p, "xcomp") && t.Head(h) < 0 && t.POS(h) == dragoman.PROPN && to == h+1 && t.Lemma(to) == "to" && t.Kid(h, "nsubj", "cop") < 0
}

// controller returns who is meant to do what the infinitive under q tells.
func (g *Grammar) controller(t *Tree, q, depth int) int {
	want := g.Control[t.Lemma(q)]
	if t.Passive(q) || want == "subj" {
		return g.subject(t, q, depth)
	}
	if want != "" {
		for _, k := range t.Kids(q) {
			if t.Is(int(k), "obl") && t.Case(int(k)) == want {
				return int(k)
			}
		}
		return -1 // "called for lifting the ban": whoever is to lift it
	}
	if o := t.Kid(q, "obj", "iobj"); o >= 0 {
		return t.Antecedent(o)
	}
	return g.subject(t, q, depth)
}

// Antecedent returns the noun that a relative pronoun stands for; any other
// token is returned as it is.
func (t *Tree) Antecedent(i int) int {
	tag := t.Doc.Tags[i]
	if tag.POS != dragoman.PRON || !(tag.Has("PronType=Rel") || tag.XPOS == "WP" || tag.XPOS == "WDT") {
		return i
	}
	for p, n := t.Head(i), 0; p >= 0 && n < depthLimit; p, n = t.Head(p), n+1 {
		if n == 0 && t.Is(p, "parataxis", "advcl") && t.Is(i, "nsubj") {
			if h := t.Head(p); h >= 0 && h < i {
				return t.nounBefore(i, h)
			}
		}
		if t.Rel(p) == "acl:relcl" {
			h := t.Head(p)
			if h >= 0 && t.POS(h) == dragoman.VERB && h < i {
				return t.nounBefore(i, h) // "met the king, who spoke": hung on the verb
			}
			if h >= 0 {
				return t.Related(i, h, t.class)
			}
		}
	}
	return i
}

// Related returns the noun of which a clause with the relative pronoun i tells that the
// parser hangs on noun h; class is that of the mention that a token heads. *Who* is
// somebody: of "the head of the agency who resigned" the head, and behind the comma that
// closes an apposition, "Lund, an aide to Brun, who resigned", whom the apposition
// describes. *That* tells which one is meant and so is of no name, "the raid on Chad that
// killed ten".
func (t *Tree) Related(i, h int, class func(int) dragoman.Class) int {
	inPhrase := func(x int) bool { return t.Is(x, "nmod", "appos", "compound", "flat") && t.Head(x) >= 0 }
	switch strings.ToLower(t.Doc.Form(i)) {
	case "that":
		if t.POS(h) != dragoman.PROPN || t.Kid(h, "det") >= 0 {
			return h
		}
		for x, n := h, 0; n < depthLimit && inPhrase(x); n++ {
			if x = t.Head(x); t.POS(x) == dragoman.NOUN {
				return x
			}
		}
	case "who", "whom":
		thing := class(h) == dragoman.Organisation || class(h) == dragoman.Location
		closed := i > 0 && t.Doc.Form(i-1) == ","
		for x, n := h, 0; n < depthLimit && inPhrase(x); n++ {
			up := t.Head(x)
			if class(up) == dragoman.Person && (thing || closed && x != h && t.Is(x, "appos")) {
				return up
			}
			x = up
		}
	}
	return h
}

// class returns the class of the mention that token i heads, where mentions are known.
func (t *Tree) class(i int) dragoman.Class {
	if i >= len(t.mentionOf) || t.mentionOf[i] < 0 {
		return dragoman.Unclassed
	}
	return t.Doc.Mentions[t.mentionOf[i]].Class
}

// nounBefore returns the head of the phrase that ends, with a comma, before the
// relative pronoun i, where it depends on verb h; i where there is none.
func (t *Tree) nounBefore(i, h int) int {
	at := i - 1
	for at > h && (t.POS(at) == dragoman.PUNCT || t.POS(at) == dragoman.ADP) {
		at--
	}
	for n := 0; at > h && n < depthLimit && t.Is(at, "flat", "compound", "det", "amod"); n++ {
		at = t.Head(at)
	}
	if at > h && (t.POS(at) == dragoman.NOUN || t.POS(at) == dragoman.PROPN && strings.ToLower(t.Doc.Form(i)) != "that") {
		return at
	}
	return i
}

// Arguments appends the arguments of predicate p to args, which may be nil.
// Within a slot the likeliest stands first.
func (g *Grammar) Arguments(t *Tree, p int, args []Arg) []Arg {
	if t.FramePOS(p) == 'M' {
		p = t.Head(p)
	}
	if t.POS(p) == dragoman.AUX || t.FramePOS(p) == 'V' {
		return g.verb(t, p, args)
	}
	return g.noun(t, p, args, 0)
}

func (g *Grammar) verb(t *Tree, p int, args []Arg) []Arg {
	passive := t.Passive(p)
	subj, obj := "subj", "obj"
	if passive {
		subj = "obj"
	}
	if s := g.Subject(t, p); s >= 0 {
		args = append(args, Arg{subj, s})
	}
	hasObj := passive
	if len(args) == 0 {
		args = t.unmarked(p, subj, args)
	}
	if passive {
		args = t.deepAgent(p, args)
	}
	for _, k := range t.Kids(p) {
		k := int(k)
		switch {
		case t.Is(k, "obl", "obl:agent"):
			args = t.oblique(k, passive, args)
		case t.Is(k, "obj"):
			args = append(args, Arg{obj, t.Antecedent(k)})
			hasObj = true
			if c := t.quoted(k); c >= 0 && g.Naming[t.Lemma(p)] {
				args = append(args, Arg{"comp", c})
			}
			if w := g.worth(t, p, k); w >= 0 {
				args = append(args, Arg{obj, w})
			}
		case t.Is(k, "iobj"):
			args = append(args, Arg{"iobj", t.Antecedent(k)})
		case t.Is(k, "ccomp"), t.Is(k, "xcomp"):
			if c := t.quoted(k); c >= 0 && g.Naming[t.Lemma(p)] && t.POS(k) != dragoman.VERB {
				args = append(args, Arg{obj, k})
				hasObj, k = true, c
			}
			args = append(args, Arg{"comp", k})
		case t.Is(k, "advmod"):
			args = t.adverb(k, args)
		case t.Is(k, "advcl"):
			if c := t.Case(k); c != "" {
				args = append(args, Arg{slotName(c), k})
			} else if m := t.Kid(k, "mark"); m >= 0 && t.Lemma(m) != "to" {
				args = append(args, Arg{t.Lemma(m), k}) // "accused X of bombing", "for killing"
			} else if m >= 0 {
				args = append(args, Arg{"comp", k})
			}
		}
	}
	if !hasObj {
		n := len(args)
		i, c := t.Kid(p, "iobj"), t.Kid(p, "xcomp", "ccomp")
		if i < 0 || c < 0 { // what "Chad asked Mali to return" tells of is returned
			args = g.sharedObject(t, p, args)
		}
		if len(args) == n && i >= 0 {
			args = append(args, Arg{"obj", t.Antecedent(i)}) // "told Iran to stop"
		}
	}
	if g.Control[t.Lemma(p)] != "" || g.Ordering[t.Lemma(p)] {
		args = t.asked(args)
	}
	return t.attached(args)
}

// asked takes the infinitive that the parser hangs on whom a verb of control or an order
// asks for the verb's own: "called on the two sides to stop".
func (t *Tree) asked(args []Arg) []Arg {
	for _, a := range args {
		if a.Slot == "comp" {
			return args
		}
	}
	for _, a := range args {
		if k := t.Kid(a.Token, "acl"); k > a.Token && a.Slot != "subj" && t.Doc.Tags[k].Has("VerbForm=Inf") {
			return append(args, Arg{"comp", k})
		}
	}
	return args
}

// attached offers the phrases that hang on a verb's object to the verb too:
// in "fired rockets at the port" only the sense tells which they belong to.
func (t *Tree) attached(args []Arg) []Arg {
	for _, a := range args {
		if a.Slot != "obj" {
			continue
		}
		for _, k := range t.Kids(a.Token) {
			if c := t.Case(int(k)); int(k) > a.Token && t.Is(int(k), "nmod") && c != "" && c != "of" {
				args = append(args, Arg{slotName(c), t.Antecedent(int(k))})
			}
		}
	}
	return args
}

// unmarked takes a name or pronoun that stands before a verb without subject,
// and without a preposition, for that subject: parsers are wrong about it when
// much stands between.
func (t *Tree) unmarked(p int, slot string, args []Arg) []Arg {
	for _, k := range t.Kids(p) {
		k := int(k)
		if k < p && t.Doc.Arcs[k].Rel == "obl" && t.Case(k) == "" && (t.POS(k) == dragoman.PROPN || t.POS(k) == dragoman.PRON) {
			return append(args, Arg{slot, k})
		}
	}
	return args
}

// worth returns what the sum k, the object of verb p, is of: "suspended $95 million in
// aid"; -1.
func (g *Grammar) worth(t *Tree, p, k int) int {
	if !g.Sums[t.Lemma(k)] {
		return -1
	}
	for _, h := range []int{k, p} {
		for _, i := range t.Kids(h) {
			if i := int(i); i > k && t.Is(i, "nmod", "obl") && t.Case(i) == "in" && t.Kid(i, "det", "nmod:poss") < 0 && t.POS(i) == dragoman.NOUN {
				if c := t.Kid(i, "case"); c > k && c <= k+3 {
					return i
				}
			}
		}
	}
	return -1
}

// quoted returns what stands between quotation marks right behind noun k, where parsers
// take it for an apposition: "called the raid “illegal”"; -1.
func (t *Tree) quoted(k int) int {
	c := t.Kid(k, "appos")
	if c <= k {
		return -1
	}
	if first, _ := t.Extent(c); t.POS(first) == dragoman.PUNCT || first > 0 && t.POS(first-1) == dragoman.PUNCT && isQuote(t.Doc.Form(first-1)) {
		return c
	}
	return -1
}

func isQuote(form string) bool { return strings.ContainsAny(form, "\"“‘'") }

// oblique adds a prepositional phrase; a by-phrase of a passive does it.
func (t *Tree) oblique(k int, passive bool, args []Arg) []Arg {
	c := t.Case(k)
	switch {
	case c == "":
		return args
	case c == "by" && passive:
		return append(args, Arg{"subj", t.Antecedent(k)})
	}
	if c == "out of" { // as of a verb with a particle: "pulled out of the deal"
		args = append(args, Arg{"of", t.Antecedent(k)})
	}
	return append(args, Arg{slotName(c), t.Antecedent(k)})
}

// deepAgent adds the by-phrase of a passive that the parser hangs on the noun
// before it: "was received at the airport by the mayor".
func (t *Tree) deepAgent(p int, args []Arg) []Arg {
	if t.Kid(p, "obl:agent") >= 0 {
		return args
	}
	for _, k := range t.Kids(p) {
		if k := int(k); k < p || !t.Is(k, "obl") || t.Case(k) == "by" {
			continue
		}
		for _, b := range t.Kids(int(k)) {
			if t.Is(int(b), "nmod") && t.Case(int(b)) == "by" {
				return append(args, Arg{"subj", t.Antecedent(int(b))})
			}
		}
	}
	return args
}

func slotName(preposition string) string {
	p := strings.ToLower(preposition)
	switch p {
	case "towards":
		return "toward"
	case "onto", "upon":
		return "on"
	}
	return strings.ReplaceAll(p, " ", "_")
}

func (t *Tree) adverb(k int, args []Arg) []Arg {
	switch l := strings.ToLower(t.Lemma(k)); l {
	case "here", "there", "home", "abroad":
		return append(args, Arg{"here", k})
	}
	return append(args, Arg{"mod", k})
}

// sharedObject adds an object that p shares: with the verb it is coordinated
// with, or with the noun its relative clause is about.
func (g *Grammar) sharedObject(t *Tree, p int, args []Arg) []Arg {
	h := t.Head(p)
	switch {
	case t.Rel(p) == "acl:relcl" && h >= 0:
		own := t.Kid(p, "nsubj")
		if own >= 0 && t.Antecedent(own) == own && !strands(t, p) {
			return append(args, Arg{"obj", h})
		}
	case t.Rel(p) == "conj" && h >= 0:
		if o := t.Kid(h, "obj"); o > p {
			return append(args, Arg{"obj", t.Antecedent(o)})
		}
	}
	for _, k := range t.Kids(p) {
		if k := int(k); t.Rel(k) == "conj" && k-p <= 3 && t.POS(k) == dragoman.VERB && t.Kid(k, "nsubj") < 0 {
			if o := t.Kid(k, "obj"); o >= 0 {
				return append(args, Arg{"obj", t.Antecedent(o)})
			}
		}
	}
	return args
}

// strands reports whether p leaves a preposition or a relative adverb behind
// ("the town in which he spoke"), so that the antecedent is not its object.
func strands(t *Tree, p int) bool {
	for _, k := range t.Kids(p) {
		if k := int(k); t.Is(k, "obl") && t.Antecedent(k) != k || t.Is(k, "advmod") && t.Doc.Tags[k].XPOS == "WRB" {
			return true
		}
	}
	return false
}

// noun gathers the arguments of an event noun or an adjective: its own
// modifiers, and those that a light verb lends it.
func (g *Grammar) noun(t *Tree, n int, args []Arg, depth int) []Arg {
	args = g.modifiers(t, n, args)
	top := g.Top(t, n)
	if top != n {
		args = g.modifiers(t, top, args)
	}
	// What stands before the noun may do it: "Israeli strikes", "US sanctions".
	for _, k := range t.Kids(n) {
		if k := int(k); t.Is(k, "compound", "amod", "nmod:desc", "nmod:unmarked") && named(t, k) {
			args = append(args, Arg{"subj", k})
		}
	}
	// "followed a visit by a delegation", "overshadowed a meeting on Tuesday between
	// the two": a parser hangs these on the verb.
	if h := t.Head(top); h >= 0 && t.Is(top, "obj") && t.POS(h) == dragoman.VERB && !t.Passive(h) {
		by := t.by(n)
		for _, k := range t.Kids(h) {
			k := int(k)
			if k < top || !t.Is(k, "obl") {
				continue
			}
			if c := t.Case(k); c == "by" && !by {
				args = append(args, Arg{"subj", t.Antecedent(k)})
			} else if c == "between" {
				args = append(args, Arg{c, t.Antecedent(k)})
			}
		}
	}
	if s := g.responsible(t, top, depth); s >= 0 {
		args = append(args, Arg{"subj", s})
	}
	if s := g.holder(t, top, depth); s >= 0 {
		args = append(args, Arg{"subj", s})
	}
	if h := t.Head(n); h >= 0 && t.POS(n) == dragoman.ADJ && t.Is(n, "xcomp") && depth < depthLimit { // "remained critical of"
		if s := g.controller(t, h, depth+1); s >= 0 {
			args = append(args, Arg{"subj", s})
		}
	}
	if v := g.Carrier(t, n); v >= 0 && depth < depthLimit {
		args = append(args, g.lent(t, v, top, depth)...)
	}
	if s, at := g.staying(t, n, top); s >= 0 {
		args = append(args, Arg{"subj", s}, Arg{"in", at})
	}
	return args
}

// staying returns who is somewhere on a journey or for talks that noun n tells of, and
// where: "is in Moscow on a visit"; -1.
func (g *Grammar) staying(t *Tree, n, top int) (who, where int) {
	h := t.Head(top)
	if h < 0 || !g.Borrows[t.FrameLemma(n)] || !t.Is(top, "obl", "nmod") || t.POS(h) != dragoman.PROPN || t.Kid(h, "cop") < 0 || t.Case(h) != "in" {
		return -1, -1
	}
	if c := t.Case(top); c != "on" && c != "for" {
		return -1, -1
	}
	if s := t.Kid(h, "nsubj"); s >= 0 {
		return t.Antecedent(s), h
	}
	return -1, -1
}

// responsible returns who claims to have done n: the subject of "claimed responsibility
// for the raid"; -1.
func (g *Grammar) responsible(t *Tree, n, depth int) int {
	v := t.Head(n)
	if v < 0 || depth >= depthLimit || !t.Is(n, "nmod", "obl") || t.Case(n) != "for" {
		return -1
	}
	if t.Lemma(v) == "responsibility" {
		v = t.Head(v)
	} else if o := t.Kid(v, "obj"); o < 0 || t.Lemma(o) != "responsibility" {
		return -1
	}
	if v < 0 || !g.Owns[t.Lemma(v)] {
		return -1
	}
	return g.subject(t, v, depth+1)
}

// holder returns whose the measure n is that somebody is asked or told to lift: of
// "ordered Chad to ease the sanctions" Chad; -1.
func (g *Grammar) holder(t *Tree, n, depth int) int {
	v := t.Head(n)
	if v < 0 || depth >= depthLimit || !t.Is(n, "obj") || !g.Measures[t.Lemma(n)] || !g.Lifting[t.Lemma(v)] || !t.Is(v, "xcomp") || !t.Doc.Tags[v].Has("VerbForm=Inf") || t.Head(v) < 0 {
		return -1
	}
	if g.Control[t.Lemma(t.Head(v))] == "subj" || t.Kid(t.Head(v), "obj", "iobj", "obl", "nsubj:pass") < 0 {
		return -1
	}
	return g.controller(t, t.Head(v), depth+1)
}

// named reports whether token k is a name or an adjective made from one.
func named(t *Tree, k int) bool {
	if t.POS(k) == dragoman.PROPN {
		return true
	}
	f := t.Doc.Form(k)
	return t.POS(k) == dragoman.ADJ && f != "" && f[0] >= 'A' && f[0] <= 'Z'
}

func (g *Grammar) modifiers(t *Tree, n int, args []Arg) []Arg {
	for _, k := range t.Kids(n) {
		k := int(k)
		switch {
		case t.Is(k, "nmod:poss"):
			args = append(args, Arg{"subj", k}, Arg{"poss", k})
		case t.Is(k, "nmod", "obl"):
			c := t.Case(k)
			if c == "by" {
				args = append(args, Arg{"subj", t.Antecedent(k)})
			} else if c == "among" && len(t.Conjuncts(k)) > 1 { // "talks among Chad, Mali and Niger"
				args = append(args, Arg{"between", k})
			} else if c != "" {
				args = append(args, Arg{slotName(c), t.Antecedent(k)})
			}
			if t.dated(k) || c == "by" && t.POS(k) == dragoman.PROPN { // "a meeting on Tuesday between the two", "a raid by Chad on Mali": hung on the day, on the name
				for _, b := range t.Kids(k) {
					if c := t.Case(int(b)); int(b) > k && t.Is(int(b), "nmod") && c != "" && c != "of" {
						args = append(args, Arg{slotName(c), t.Antecedent(int(b))})
					}
				}
			}
			if c == "of" && !t.by(n) && t.POS(n) != dragoman.ADJ { // "the removal of the president by parliament"
				for _, b := range t.Kids(k) {
					if b := int(b); t.Is(b, "nmod") && t.Case(b) == "by" {
						args = append(args, Arg{"subj", t.Antecedent(b)})
					}
				}
			}
		case t.Is(k, "amod", "compound", "nummod", "advmod"):
			args = append(args, Arg{"mod", k})
		case t.Is(k, "acl", "ccomp", "xcomp", "advcl"):
			args = append(args, Arg{"comp", k})
			if m := t.Kid(k, "mark"); m >= 0 && t.Is(k, "advcl") && (t.Lemma(m) == "if" || t.Lemma(m) == "unless") { // "will not be silent if Chad attacks"
				args = append(args, Arg{t.Lemma(m), k})
			}
		case t.Is(k, "nsubj"):
			if t.Kid(n, "cop") >= 0 {
				args = append(args, Arg{"prd", t.Antecedent(k)})
				if t.POS(n) == dragoman.ADJ {
					args = append(args, Arg{"subj", t.Antecedent(k)})
				}
			}
		}
	}
	// "a group opposed to the king", but not "good relations"
	if h := t.Head(n); h >= 0 && t.POS(n) == dragoman.ADJ && (t.Is(n, "acl") || t.Is(n, "amod") && t.Kid(n, "obl") >= 0) {
		args = append(args, Arg{"subj", h})
	}
	return args
}

// dated reports whether a date of the document stands at token i.
func (t *Tree) dated(i int) bool {
	at := t.Doc.Tokens[i].Span
	k, _ := slices.BinarySearchFunc(t.Doc.Dates, at.Start, func(d dragoman.Date, start int) int { return d.Span.End - 1 - start })
	return k < len(t.Doc.Dates) && t.Doc.Dates[k].Span.Overlaps(at)
}

// Top climbs from a noun over nouns that only measure it: of "a series of
// attacks" the token "series".
func (g *Grammar) Top(t *Tree, n int) int {
	for i := 0; i < 2; i++ {
		h := t.Head(n)
		if h < 0 || !t.Is(n, "nmod") || t.Case(n) != "of" || !g.Transparent[t.FrameLemma(h)] {
			break
		}
		n = h
	}
	return n
}

// light reports whether a verb lends its subject and tense to a noun ("held talks").
func (g *Grammar) light(verb, noun string) bool { return g.Light[verb]["*"] || g.Light[verb][noun] }

// Carrier returns the verb that lends its subject, its tense and its
// adverbials to the event noun n: "held" of "held talks", "is" of "there is a
// dispute", the governing verb of "in cooperation with"; -1 for none.
func (g *Grammar) Carrier(t *Tree, n int) int {
	top := g.Top(t, n)
	h := t.Head(top)
	if t.Rel(top) == "conj" && h >= 0 && t.POS(h) == dragoman.NOUN {
		top = h // "held talks and a meeting"
		h = t.Head(top)
	}
	if t.Kid(top, "expl") >= 0 {
		return top
	}
	borrows := g.Borrows[t.FrameLemma(n)] && !t.by(n)
	if h >= 0 && borrows && t.Is(top, "nmod") && g.Beside[t.Case(top)] && t.POS(h) == dragoman.PROPN && t.Kid(n, "det") < 0 && t.Kid(n, "nmod") >= 0 {
		// "… of President Deby in cooperation with Mali": the phrase is the verb's.
		for i := 0; i < depthLimit && h >= 0; i, h = i+1, t.Head(h) {
			if t.POS(h) == dragoman.VERB {
				return h
			}
		}
		return -1
	}
	if borrows && g.Journeys[t.FrameLemma(n)] && t.Is(top, "nmod", "obl") && g.Beside[t.Case(top)] && t.Kid(n, "nmod") >= 0 && t.Kid(n, "nmod:poss") < 0 {
		if v := t.traveller(top); v >= 0 {
			return v
		}
	}
	if h >= 0 && borrows && t.Is(top, "nmod") && t.Is(h, "obj") && t.Kid(n, "nmod") >= 0 && t.Kid(n, "nmod:poss") < 0 &&
		(t.Case(top) == "during" || g.Beside[t.Case(top)] && g.Remarks[t.Lemma(h)]) {
		return t.Head(h) // "made the remarks in a meeting with", "voiced hope during a visit to"
	}
	if borrows && t.Is(top, "nmod") && g.Beside[t.Case(top)] && g.wired(t, n) && t.Kid(n, "nmod") >= 0 && t.Kid(n, "nmod:poss") < 0 {
		for i := 0; i < depthLimit && h >= 0; i, h = i+1, t.Head(h) {
			if t.POS(h) == dragoman.VERB {
				return h // "thanked Mali for its help in a phone call with": whoever says it does so
			}
		}
		return -1
	}
	if h < 0 || t.POS(h) != dragoman.VERB && t.POS(h) != dragoman.AUX {
		return -1
	}
	verb := t.Verb(h)
	switch {
	case t.Kid(h, "expl") >= 0:
		return h
	case t.Is(top, "obl") && g.light(t.idiom(h, top), t.FrameLemma(n)):
		if g.OfLight[t.Case(top)] {
			return h // "took part in a raid"
		}
	case t.Is(top, "obj", "nsubj", "nsubj:pass", "obl"):
		if !g.light(verb, t.FrameLemma(n)) {
			break
		}
		if t.Is(top, "obl") && (t.Kid(h, "obj") >= 0 || !g.OfLight[t.Case(top)]) {
			break // "made on Monday, hours after an attack"
		}
		return h
	}
	if borrows && t.Is(top, "obl") && g.Beside[t.Case(top)] && t.Kid(n, "nmod") >= 0 && t.Kid(n, "nmod:poss") < 0 {
		return h // "in cooperation with", "during a visit to"
	}
	return -1
}

// idiom returns the lemma of a verb with that of an object of its own, other than top: "take
// part"; "" where it has none.
func (t *Tree) idiom(v, top int) string {
	if o := t.Kid(v, "obj"); o > v && o != top && t.Kid(o, "det", "nmod:poss") < 0 {
		return t.Lemma(v) + " " + t.Lemma(o)
	}
	return ""
}

// wired reports whether noun n tells of talk over a distance: "a phone call".
func (g *Grammar) wired(t *Tree, n int) bool {
	for _, k := range t.Kids(n) {
		if k := int(k); k < n && t.Is(k, "compound", "amod") && g.Wires[t.Lemma(k)] {
			return true
		}
	}
	return false
}

// traveller returns the verb whose subject is on the journey that phrase n
// tells of, where the parser hangs it deeper: on an infinitive ("urged Chad to
// sign during a visit to Mali"), or, behind a comma, on a relative clause; -1
// where it hangs on a verb of its own clause.
func (t *Tree) traveller(n int) int {
	first, _ := t.Extent(n)
	comma := false
	for i := first; i >= first-1 && i >= 0; i-- {
		comma = comma || t.POS(i) == dragoman.PUNCT && t.Doc.Form(i) == ","
	}
	moved := false
	v := t.Head(n)
	for i := 0; v >= 0 && i < depthLimit; i, v = i+1, t.Head(v) {
		switch {
		case t.POS(v) != dragoman.VERB:
		case t.Is(v, "acl", "xcomp") && t.Doc.Tags[v].Has("VerbForm=Inf"), comma && (t.Rel(v) == "acl:relcl" || t.Rel(v) == "advcl:relcl"):
			moved = true
		case moved:
			return v
		default:
			return -1
		}
	}
	return -1
}

// by reports whether a by-phrase says who did n.
func (t *Tree) by(n int) bool {
	for _, k := range t.Kids(n) {
		if t.Is(int(k), "nmod", "obl") && t.Case(int(k)) == "by" {
			return true
		}
	}
	return false
}

// lent returns what the carrier v of a noun (whose phrase is headed by top)
// lends to it.
func (g *Grammar) lent(t *Tree, v, top, depth int) []Arg {
	var args []Arg
	if v == top {
		return nil
	}
	passive := t.Passive(v)
	if t.Is(top, "obj", "obl", "nmod") || t.Rel(top) == "conj" {
		if s := g.subject(t, v, depth+1); s >= 0 && s != top {
			args = append(args, Arg{"subj", s})
		}
	}
	for _, k := range t.Kids(v) {
		k := int(k)
		switch {
		case k == top:
		case t.Is(k, "obl:agent"), t.Is(k, "obl") && t.Case(k) == "by" && passive:
			args = append(args, Arg{"subj", t.Antecedent(k)})
		case t.Is(k, "obl"):
			args = t.oblique(k, passive, args)
		case t.Is(k, "iobj"):
			args = append(args, Arg{"to", t.Antecedent(k)})
		case t.Is(k, "advmod"):
			args = t.adverb(k, args)
		case t.Is(k, "advcl") && t.Kid(k, "mark") >= 0:
			args = append(args, Arg{"comp", k})
		}
	}
	return args
}

// Verb returns the lemma of a verb with its particle: "carry out".
func (t *Tree) Verb(v int) string {
	if p := t.Particle(v); p >= 0 {
		return t.Lemma(v) + " " + strings.ToLower(t.Doc.Form(p))
	}
	return t.Lemma(v)
}

// Particle returns the particle of verb v: what the syntax says is one, an adverb
// of a preposition's form right behind the verb, or the "out" of "out of" there; -1.
func (t *Tree) Particle(v int) int {
	if t.POS(v) != dragoman.VERB {
		return -1
	}
	if p := t.Kid(v, "compound:prt"); p >= 0 {
		return p
	}
	if p := v + 1; p < len(t.Doc.Tokens) && t.Head(p) == v && t.Is(p, "advmod") &&
		(t.Doc.Tags[p].XPOS == "RP" || t.Doc.Tags[p].XPOS == "IN") {
		return p
	}
	if p := v + 1; p < len(t.Doc.Tokens) && t.Is(p, "case") && t.Head(t.Head(p)) == v && t.Case(t.Head(p)) == "out of" {
		return p
	}
	// "drove the rebels out", "hand the town over to", "turned them back"
	if o := t.Kid(v, "obj"); o > v {
		if _, p := t.Extent(o); p < len(t.Doc.Tokens) && t.Head(p) == v && t.Is(p, "advmod") &&
			(t.Doc.Tags[p].XPOS == "RP" || t.Doc.Tags[p].XPOS == "IN" || t.Lemma(p) == "back") {
			return p
		}
	}
	return -1
}

// Attributive reports whether p only describes the noun behind it: "the
// visiting crown prince", "a US-backed militia", "riot police".
func (t *Tree) Attributive(p int) bool {
	h := t.Head(p)
	return h > p && t.Is(p, "amod", "compound", "nmod:desc") && t.Kid(p, "obj") < 0
}
