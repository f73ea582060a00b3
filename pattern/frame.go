package pattern

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"dragoman"
)

// Frame is a row of a table of frames (docs/frames.md): a predicate, what must
// hold of its arguments, and where its two parties stand.
type Frame struct {
	Name   string // "attack.V.2": lemma, part of speech, place in the order of trial
	Lemma  string
	POS    byte // 'V', 'N', 'A', 'M'
	When   []Condition
	First  Role // actor or subject
	Second Role // recipient or object
	Flags  map[string]bool
	Never  bool // the row says that this is no event, and is tried before the others
	Row    int  // the caller's own index, for what else the row says
}

// Book finds the frames of a predicate.
type Book struct{ byLemma map[string][]Frame }

// add reads one row; lemma may hold several, separated by "|". classes are the
// word classes that it and conditions name with "@".
func (b *Book) add(f Frame, lemma, pos, when, first, second, flags string, classes map[string][]string) error {
	if pos != "V" && pos != "N" && pos != "A" && pos != "M" {
		return fmt.Errorf("pos is %q; want V, N, A or M", pos)
	}
	f.POS = pos[0]
	var err error
	if f.When, err = parseConditions(when, classes); err != nil {
		return err
	}
	if f.First, err = ParseRole(first); err != nil {
		return err
	}
	if f.Second, err = ParseRole(second); err != nil {
		return err
	}
	if flags != "" {
		f.Flags = map[string]bool{}
		for _, name := range strings.Split(flags, "|") {
			if !known[name] {
				return fmt.Errorf("unknown flag %q", name)
			}
			f.Flags[name] = true
		}
	}
	if b.byLemma == nil {
		b.byLemma = map[string][]Frame{}
	}
	lemmas := strings.Split(lemma, "|")
	if name, isClass := strings.CutPrefix(lemma, "@"); isClass {
		if lemmas = classes[name]; len(lemmas) == 0 {
			return fmt.Errorf("unknown class %q", lemma)
		}
	}
	for _, l := range lemmas {
		f.Lemma = strings.TrimSpace(l)
		if f.Lemma == "" {
			return fmt.Errorf("empty lemma")
		}
		b.byLemma[f.Lemma] = append(b.byLemma[f.Lemma], f)
	}
	return nil
}

// weight says how much a condition narrows a frame: words more than a kind of
// party, a kind more than that there is one, and that more than that there is none.
func (c Condition) weight() int {
	switch {
	case c.not:
		return 1
	case c.op == '=':
		return 5
	case c.op == '~':
		return 4
	}
	return 2
}

func (f *Frame) weight() (sum int) {
	if f.Never {
		sum = 100
	}
	for _, c := range f.When {
		sum += c.weight()
	}
	return sum
}

// Order puts the frames of each lemma in their order of trial, the narrower
// the earlier, and names them. Call it once, after the last Add.
func (b *Book) Order() {
	for lemma, frames := range b.byLemma {
		sort.SliceStable(frames, func(i, j int) bool { return frames[i].weight() > frames[j].weight() })
		n := map[byte]int{}
		for i := range frames {
			n[frames[i].POS]++
			frames[i].Name = fmt.Sprintf("%s.%c.%d", strings.ReplaceAll(lemma, " ", "_"), frames[i].POS, n[frames[i].POS])
		}
	}
}

// Len returns the number of frames, each lemma of a shared row counted.
func (b *Book) Len() int {
	n := 0
	for _, f := range b.byLemma {
		n += len(f)
	}
	return n
}

// Of returns the frames of a lemma in their order of trial, for all parts of
// speech.
func (b *Book) Of(lemma string) []Frame { return b.byLemma[lemma] }

// known are the flags that docs/frames.md explains.
var known = map[string]bool{"mutual": true, "anyone": true, "needs-recipient": true, "visit": true, "place-is-recipient": true,
	"killed": true, "injured": true, "captured": true, "crowd": true, "planned": true, "hypothetical": true, "happened": true, "habitual": true, "undone": true, "asserted": true, "agentless": true}

// At returns the frames for token p: of a verb with a particle, those of the
// two together before those of the verb alone.
func (b *Book) At(t *Tree, p int) []Frame {
	lemma := t.FrameLemma(p)
	frames := b.byLemma[lemma]
	if i := strings.IndexByte(lemma, ' '); i > 0 {
		return slices.Concat(frames, b.byLemma[lemma[:i]])
	}
	return frames
}

// Named returns the frame of that name (see Frame.Name).
func (b *Book) Named(name string) (Frame, bool) {
	lemma, _, _ := strings.Cut(name, ".")
	for _, f := range b.byLemma[strings.ReplaceAll(lemma, "_", " ")] {
		if f.Name == name {
			return f, true
		}
	}
	return Frame{}, false
}

// FramePOS returns the part of speech under which frames list token p: 'V',
// 'N', 'A', 'M' for a modal verb, or 0 for words that are never a predicate. What stands as a noun
// does counts as one, whatever its form: "an offensive", "the bombing of".
func (t *Tree) FramePOS(p int) byte {
	switch t.POS(p) {
	case dragoman.VERB:
		if t.Doc.Tags[p].XPOS == "VBG" && t.nounLike(p) {
			return 'N'
		}
		return 'V'
	case dragoman.NOUN:
		return 'N'
	case dragoman.AUX:
		if t.Doc.Tags[p].XPOS == "MD" && t.Is(p, "aux") && t.Head(p) >= 0 {
			return 'M'
		}
	case dragoman.ADJ:
		if t.nounLike(p) {
			return 'N'
		}
		return 'A'
	}
	return 0
}

func (t *Tree) nounLike(p int) bool { return t.Kid(p, "det", "nmod:poss") >= 0 && t.Kid(p, "obj") < 0 }

// FrameLemma returns the lemma under which frames list token p: verbs with
// their particle, verbal nouns as they stand, and the singular of nouns that
// have none ("troops": troop).
func (t *Tree) FrameLemma(p int) string {
	switch t.POS(p) {
	case dragoman.VERB:
		if t.FramePOS(p) == 'N' {
			return strings.ToLower(t.Doc.Form(p))
		}
		return t.Verb(p)
	case dragoman.NOUN:
		if l := t.Lemma(p); t.Doc.Tags[p].Has("Number=Ptan") {
			return strings.TrimSuffix(l, "s")
		}
	}
	return t.Lemma(p)
}

// Opened returns the frame that a reason ("frame:attack.V.2") names.
func (b *Book) Opened(because string) (Frame, bool) {
	name, ok := strings.CutPrefix(because, "frame:")
	if !ok {
		return Frame{}, false
	}
	return b.Named(name)
}

// Reason returns the name under which a record keeps that f decided.
func (f Frame) Reason() string { return "frame:" + f.Name }

// Conditions returns what must hold, as it stands in the table.
func (f Frame) Conditions() string {
	if len(f.When) == 0 {
		return "always"
	}
	all := make([]string, len(f.When))
	for i, c := range f.When {
		all[i] = c.text
	}
	return "when " + strings.Join(all, " ")
}

// World tells conditions what a phrase refers to.
type World interface {
	// Refers reports whether the phrase headed by token is a state, actor,
	// person, armed (force), group or place.
	Refers(token int, kind string) bool
	// Voiced reports whether somebody who is no outlet says what token stands in.
	Voiced(token int) bool
}

// Condition is one condition of a frame.
type Condition struct {
	not   bool
	slot  string
	op    byte // 0 exists, '=' head, '~' anywhere in the phrase, ':' refers
	words map[string]bool
	kind  string
	text  string
}

var kinds = map[string]bool{"state": true, "actor": true, "person": true, "armed": true, "group": true, "place": true, "politics": true, "company": true}

func parseConditions(s string, classes map[string][]string) ([]Condition, error) {
	var all []Condition
	for _, word := range strings.Fields(s) {
		c := Condition{text: word}
		rest := word
		if rest, c.not = strings.CutPrefix(word, "!"); rest == "" {
			return nil, fmt.Errorf("condition %q names no slot", word)
		}
		if i := strings.IndexAny(rest, "=~:"); i < 0 {
			c.slot = rest
		} else {
			c.slot, c.op = rest[:i], rest[i]
			if err := c.value(rest[i+1:], classes); err != nil {
				return nil, fmt.Errorf("condition %q: %w", word, err)
			}
		}
		if c.slot == "self" {
			c.slot, c.op = "mod", '='
		}
		all = append(all, c)
	}
	return all, nil
}

func (c *Condition) value(v string, classes map[string][]string) error {
	if v == "" {
		return fmt.Errorf("says nothing after %q", c.op)
	}
	if c.op == ':' {
		for _, k := range strings.Split(v, "|") {
			if !kinds[k] {
				return fmt.Errorf("unknown kind %q", k)
			}
		}
		c.kind = v
		return nil
	}
	c.words = map[string]bool{}
	for _, w := range strings.Split(v, "|") {
		name, isClass := strings.CutPrefix(w, "@")
		if !isClass {
			c.words[strings.ReplaceAll(w, "_", " ")] = true
			continue
		}
		members, ok := classes[name]
		if !ok {
			return fmt.Errorf("unknown class %q", w)
		}
		for _, m := range members {
			c.words[m] = true
		}
	}
	return nil
}

// Match reports whether all conditions of f hold for predicate p with args. Of who does it
// nothing is asked where the frame is one of a passive without agent, and p is that.
func (f *Frame) Match(g *Grammar, t *Tree, p int, args []Arg, w World) bool {
	untold := f.Flags["agentless"] && g.Agentless(t, p, args)
	for i := range f.When {
		if untold && f.When[i].slot == "subj" {
			continue
		}
		if f.When[i].holds(g, t, p, args, w) == f.When[i].not {
			return false
		}
	}
	return true
}

// Agentless reports whether p, whose arguments are args, is a passive of which no agent is
// told, or an event noun with such a verb: "the senator was accused of fraud", "an
// investigation was opened".
func (g *Grammar) Agentless(t *Tree, p int, args []Arg) bool {
	if slices.ContainsFunc(args, func(a Arg) bool { return a.Slot == "subj" }) {
		return false
	}
	if t.FramePOS(p) == 'N' {
		v := g.Carrier(t, p)
		return v >= 0 && v != p && t.Passive(v)
	}
	return t.FramePOS(p) == 'V' && t.Passive(p)
}

func (c *Condition) holds(g *Grammar, t *Tree, p int, args []Arg, w World) bool {
	if c.slot == speaker {
		return w.Voiced(p)
	}
	if c.slot == "clause" {
		if v := g.Carrier(t, p); v >= 0 {
			p = v // the clause of an event noun is that of the verb that lends it its subject
		} else if h := t.Head(p); h >= 0 && t.Is(p, "aux") {
			p = h // and that of a modal verb is its verb's
		}
		first, end := t.Extent(p)
		return c.inside(t, first, end)
	}
	for _, a := range args {
		if a.Slot != c.slot {
			continue
		}
		switch c.op {
		case 0:
			return true
		case '=':
			if c.slot == "comp" && refuted(t, a.Token) {
				continue // "vowed not to attack" is no vow to attack
			}
			if c.words[t.FrameLemma(a.Token)] || c.words[strings.ToLower(t.Doc.Form(a.Token))] {
				return true
			}
			if of := g.measured(t, a.Token); of >= 0 && c.words[t.FrameLemma(of)] {
				return true
			}
		case '~':
			if first, end := t.Extent(a.Token); c.inside(t, first, end) {
				return true
			}
		case ':':
			for kind := range strings.SplitSeq(c.kind, "|") {
				if w.Refers(a.Token, kind) {
					return true
				}
			}
		}
	}
	return false
}

// refuted reports whether a "not" or "never" hangs on verb v.
func refuted(t *Tree, v int) bool {
	for _, k := range t.Kids(v) {
		if l := t.Lemma(int(k)); t.Is(int(k), "advmod") && (l == "not" || l == "never") {
			return true
		}
	}
	return false
}

// inside reports whether one of the condition's words stands in first..end-1.
func (c *Condition) inside(t *Tree, first, end int) bool {
	for i := first; i < end; i++ {
		if l := t.FrameLemma(i); c.words[l] || c.words[strings.ToLower(l)] {
			return true
		}
	}
	return false
}

// measured returns the noun that a measuring noun or a sum is of, -1 for none: of "two
// million dollars of aid" the aid.
func (g *Grammar) measured(t *Tree, i int) int {
	if l := t.FrameLemma(i); !g.Transparent[l] && !g.Sums[l] {
		return -1
	}
	for _, k := range t.Kids(i) {
		if t.Is(int(k), "nmod") && t.Case(int(k)) == "of" {
			return int(k)
		}
	}
	return -1
}

// speaker is the slot of who says what the predicate stands in.
const speaker = "speaker"

// Role says where a party stands: alternatives in order of preference.
type Role []path

type path struct {
	slot   string
	then   string // "comp.subj": an argument of the argument
	within bool   // "obj>with": a phrase anywhere inside the argument
}

// Speaker reports whether the party is the source whose words p stands in, if
// no earlier alternative is there.
func (r Role) Speaker() bool {
	for _, p := range r {
		if p.slot == speaker {
			return true
		}
	}
	return false
}

// With reports whether the party stands with the other one before all else, behind
// the word or in its object: "clashed with", "severed ties with".
func (r Role) With() bool {
	return len(r) > 0 && (r[0].slot == "with" && r[0].then == "" || r[0].then == "with")
}

// ParseRole reads a role as tables write it: alternatives separated by "/".
func ParseRole(s string) (Role, error) {
	var r Role
	if s == "" || s == "-" {
		return nil, nil
	}
	for _, alt := range strings.Split(s, "/") {
		p := path{slot: alt}
		if i := strings.IndexAny(alt, ".>"); i >= 0 {
			p.slot, p.then, p.within = alt[:i], alt[i+1:], alt[i] == '>'
			if p.then == "" {
				return nil, fmt.Errorf("role %q ends in the middle", s)
			}
		}
		if p.slot == "" {
			return nil, fmt.Errorf("role %q has an empty alternative", s)
		}
		r = append(r, p)
	}
	return r, nil
}

// Each calls yield with the tokens of each alternative in turn, until yield
// returns true.
func (r Role) Each(g *Grammar, t *Tree, args []Arg, yield func(tokens []int) bool) {
	var tokens []int
	for _, p := range r {
		for _, a := range args {
			if a.Slot != p.slot {
				continue
			}
			tokens = p.follow(g, t, a.Token, tokens[:0])
			if len(tokens) > 0 && yield(tokens) {
				return
			}
		}
	}
}

func (p path) follow(g *Grammar, t *Tree, token int, to []int) []int {
	switch {
	case p.then == "":
		return append(to, t.Conjuncts(token)...)
	case p.within:
		first, end := t.Extent(token)
		for i := first; i < end; i++ {
			if t.Is(i, "nmod", "obl") && slotName(t.Case(i)) == p.then && !t.clauseBetween(i, token) {
				return append(to, t.Conjuncts(i)...)
			}
		}
		return to
	}
	then, rest, deeper := strings.Cut(p.then, ".")
	for _, a := range g.Arguments(t, token, nil) {
		switch {
		case a.Slot != then:
		case deeper:
			return path{slot: then, then: rest}.follow(g, t, a.Token, to)
		default:
			return append(to, t.Conjuncts(a.Token)...)
		}
	}
	return to
}

// clauseBetween reports whether a clause of its own, with a finite verb, stands between
// token i and token top above it: "claims that Iran killed a number of diplomats".
func (t *Tree) clauseBetween(i, top int) bool {
	for n := 0; i >= 0 && i != top && n < depthLimit; i, n = t.Head(i), n+1 {
		if t.Is(i, "acl:relcl", "ccomp") {
			return true
		}
		if m := t.Kid(i, "mark"); t.Is(i, "acl", "advcl") && m >= 0 && t.Lemma(m) != "to" {
			return true
		}
	}
	return false
}
