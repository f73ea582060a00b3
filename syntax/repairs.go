package syntax

import (
	"slices"
	"strings"

	"dragoman"
)

// repair mends what the network is known to get wrong in news and a rule of grammar
// tells: each rule says in its first sentence what. heads are tokens of the document, of
// which the sentence begins at first.
func (p *Parser) repair(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	p.closeQuotes(words, classes)
	p.finite(words, classes, heads, labels, first)
	p.addressed(classes, heads, labels, first)
	p.subjectless(words, classes, heads, labels, first)
	p.opened(words, classes, heads, labels, first)
	p.perfects(words, classes, heads, labels, first)
	p.dayBefore(words, classes, heads, labels, first)
	p.verbless(words, classes, heads, labels, first)
	p.stated(words, classes, heads, labels, first)
	p.headline(words, classes, heads, labels, first)
	p.alsoSaid(words, classes, heads, labels, first)
	p.described(words, heads, labels, first)
	p.bracketed(words, classes, heads, labels, first)
	p.shortened(words, classes, heads, labels, first)
	p.unjoined(classes, heads, labels, first)
	p.told(words, classes, heads, labels, first)
	p.sameTense(words, classes, heads, labels, first)
	p.charged(words, classes, heads, labels, first)
	p.doing(words, classes, heads, labels, first)
	p.atLeast(words, classes, heads, labels, first)
	p.surname(words, classes, heads, labels, first)
	p.betweenWhom(words, classes, heads, labels, first)
}

// betweenWhom mends parties that were hung on the day before them: they belong to the noun
// before that ("a meeting on Tuesday between Mali and Niger").
func (p *Parser) betweenWhom(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	for w, l := range labels {
		day := int(heads[w]) - first
		if p.labels[l] != "nmod" || day < 2 || day > w || !weekdays[words[day].norm] {
			continue
		}
		with, at := p.kid(heads, labels, first, w, "case"), p.kid(heads, labels, first, day, "case")
		if with < 0 || words[with].norm != between || at != day-1 || words[at].norm != on || p.classes[classes[at-1]].pos != dragoman.NOUN {
			continue
		}
		heads[w] = int32(at - 1 + first)
	}
}

var (
	between  = normOf("between")
	weekdays = norms("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)

// surname mends a word with a capital right behind a proper noun that is no more than a part
// of it: it is a part of the name ("Debra Perlmutter").
func (p *Parser) surname(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	for w := 1; w < len(words); w++ {
		h := int(heads[w]) - first
		if p.proper < 0 || p.flat < 0 || words[w].first != upper || h < 0 || h >= w || p.classes[classes[h]].pos != dragoman.PROPN || p.classes[classes[w-1]].pos != dragoman.PROPN {
			continue
		}
		if of := p.labels[labels[w]]; p.classes[classes[w]].pos == dragoman.NOUN && (of == "flat" || of == "goeswith") {
			classes[w], labels[w] = uint16(p.proper), uint16(p.flat)
		}
	}
}

// atLeast mends a counted object that was taken for an adjunct by the preposition in its
// number: what has no preposition of its own is the object ("killing at least ten soldiers").
func (p *Parser) atLeast(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	for w, l := range labels {
		v := int(heads[w]) - first
		if p.object < 0 || p.labels[l] != "obl" || v < 0 || v > w || p.classes[classes[v]].pos != dragoman.VERB || p.classes[classes[v]].xpos == "VBN" {
			continue
		}
		if p.kid(heads, labels, first, w, "case", "mark") >= 0 || p.kid(heads, labels, first, w, "nummod") < 0 || p.kid(heads, labels, first, v, "obj", "ccomp", "xcomp") >= 0 {
			continue
		}
		labels[w] = uint16(p.object)
	}
}

// doing mends a participle right behind people to whom something is done, or what is refused: it
// says what they do, or what that asks ("fired at protesters demanding a vote", "vetoed a
// resolution demanding a truce").
func (p *Parser) doing(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	for w := 1; w < len(words); w++ {
		if p.participial < 0 || int(labels[w]) != p.adverbial || p.classes[classes[w]].xpos != "VBG" {
			continue
		}
		if h := int(heads[w]) - first; !people[words[w-1].norm] && (h < 0 || !refusing[words[h].norm]) {
			continue
		}
		if of := p.labels[labels[w-1]]; of != "obj" && of != "obl" || heads[w-1] != heads[w] || p.kid(heads, labels, first, w, "mark", "nsubj", "aux") >= 0 {
			continue
		}
		heads[w], labels[w] = int32(w-1+first), uint16(p.participial)
	}
}

// people are words for many persons.
var people = norms("activists", "civilians", "crowds", "demonstrators", "families", "farmers", "fighters", "gunmen", "insurgents", "lawmakers", "marchers", "men", "migrants", "militants", "mourners",
	"officers", "people", "pilgrims", "policemen", "protesters", "protestors", "rebels", "refugees", "residents", "soldiers", "students", "supporters", "troops", "villagers", "women", "workers")

// refusing are verbs by which somebody does not do what he is asked.
var refusing = norms("blocked", "block", "blocks", "defeated", "dismissed", "opposed", "oppose", "opposes", "rejected", "reject", "rejects", "veto", "vetoed", "vetoes")

// charged mends what somebody is accused or suspected of doing that is hung on him: it is
// the charge, which belongs to the verb ("accused the army of bombing a market").
func (p *Parser) charged(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	for w, l := range labels {
		whom := int(heads[w]) - first
		if p.adverbial < 0 || p.labels[l] != "acl" || whom < 0 || whom > w || p.classes[classes[w]].xpos != "VBG" {
			continue
		}
		v, of := int(heads[whom])-first, p.kid(heads, labels, first, w, "mark")
		if of < 0 || words[of].norm != charge || v < 0 || v > whom || p.labels[labels[whom]] != "obj" || !charging[words[v].norm] {
			continue
		}
		heads[w], labels[w] = int32(v+first), uint16(p.adverbial)
	}
}

var charge = normOf("of")

// charging are verbs that take of whom and "of" what.
var charging = norms("accuse", "accused", "accuses", "accusing", "convict", "convicted", "suspect", "suspected", "suspects")

// finite mends a participle that would be the predicate of a whole sentence, or of what
// somebody is told behind it to have said, without an auxiliary: it is the past tense, and
// its subject is active ("Police arrested ten people, the ministry said."). Only headlines,
// which end without a full stop, leave the auxiliary out.
func (p *Parser) finite(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	last := len(words) - 1
	if p.past < 0 || p.subject < 0 || words[last].form != fullStop {
		return
	}
	root := slices.Index(heads, -1)
	if root < 0 {
		return
	}
	if said := p.kid(heads, labels, first, root, "ccomp"); said >= 0 && said < root {
		root = said
	}
	if p.classes[classes[root]].xpos != "VBN" {
		return
	}
	subject, object := -1, false
	for i, h := range heads {
		if int(h)-first != root {
			continue
		}
		switch name := p.labels[labels[i]]; {
		case strings.HasPrefix(name, "aux") || name == "cop":
			return
		case strings.HasPrefix(name, "nsubj") && i < root:
			subject = i
		case name == "obj":
			object = true
		}
	}
	if subject < 0 {
		return
	}
	classes[root], labels[subject] = uint16(p.past), uint16(p.subject)
	if counted := p.counted(words, heads, labels, first, root); counted >= 0 && !object && p.object >= 0 {
		labels[counted] = uint16(p.object)
	}
}

// at begins a bound of a number, and limits go on with it: "at least".
var (
	at     = normOf("at")
	limits = norms("least", "most")
)

// addressed mends a subject taken for somebody who is spoken to: a verb in the third
// person that has no other subject has it ("Libya, an ally, has offered"), one in the past only a
// name ("Padrino, for his part, insisted").
func (p *Parser) addressed(classes []uint16, heads []int32, labels []uint16, first int) {
	for i, l := range labels {
		v := int(heads[i]) - first
		if p.subject < 0 || p.labels[l] != "vocative" || v < i {
			continue
		}
		third := p.classes[classes[v]].xpos == "VBZ" || p.classes[classes[v]].xpos == "VBD" && p.classes[classes[i]].pos == dragoman.PROPN
		for k, h := range heads {
			if int(h)-first != v {
				continue
			}
			switch name := p.labels[labels[k]]; {
			case p.single[labels[k]] == 0, strings.HasPrefix(name, "expl"), strings.HasPrefix(name, "nsubj"):
				v = -1
			case strings.HasPrefix(name, "aux") || name == "cop":
				third = third || p.classes[classes[k]].xpos == "VBZ"
			}
			if v < 0 {
				break
			}
		}
		if v >= 0 && third {
			labels[i] = uint16(p.subject)
		}
	}
}

// subjectless mends a finite verb of an adverbial clause without a subject: what a
// preposition before it that is a conjunction too seems to govern is the subject
// ("came after the minister, a Kurd, claimed that"); a participle with an object is such a
// verb ("after the rebels killed two men").
func (p *Parser) subjectless(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	for v, l := range labels {
		if p.subject < 0 || p.mark < 0 || p.labels[l] != "advcl" {
			continue
		}
		counted := -1
		switch p.classes[classes[v]].xpos {
		case "VBD", "VBZ":
		case "VBN":
			if p.past < 0 {
				continue
			}
			if counted = p.counted(words, heads, labels, first, v); counted < 0 && p.kid(heads, labels, first, v, "obj") < v {
				continue
			}
		default:
			continue
		}
		subject := p.kid(heads, labels, first, v, "obl")
		if subject < 0 || subject > v {
			subject = v - 1 // which the parser hung on the verb above
			if subject < 0 || heads[subject] != heads[v] || p.labels[labels[subject]] != "obl" {
				continue
			}
		}
		if p.kid(heads, labels, first, v, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "aux", "aux:pass", "cop") >= 0 {
			continue
		}
		if prep := p.kid(heads, labels, first, subject, "case"); prep >= 0 && prep < subject && p.conjunctions[words[prep].norm] {
			heads[subject], labels[subject] = int32(v+first), uint16(p.subject)
			heads[prep], labels[prep] = int32(v+first), uint16(p.mark)
			if p.classes[classes[v]].xpos == "VBN" {
				classes[v] = uint16(p.past)
			}
			if counted >= 0 && p.object >= 0 {
				labels[counted] = uint16(p.object)
			}
		}
	}
}

// counted returns the dependent of verb v behind it that begins with a bound of a number and
// is taken for an adverbial: "at least ten people"; -1.
func (p *Parser) counted(words []word, heads []int32, labels []uint16, first, v int) int {
	for i, h := range heads {
		if int(h)-first != v || i < v || p.labels[labels[i]] != "obl" {
			continue
		}
		if b := p.begin(heads, first, i); words[b].norm == at && b+1 < i && limits[words[b+1].norm] {
			return i
		}
	}
	return -1
}

// opened mends a main verb without a subject behind an opening phrase: what a comma
// sets off like an apposition before the verb, and none closes, is the subject ("After
// talks with Chad, the rebels left"); or one that closes what describes it ("In Bol,
// people, called by the mayor, marched").
func (p *Parser) opened(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	v := slices.Index(labels, uint16(p.root))
	if v < 0 || p.subject < 0 || p.kid(heads, labels, first, v, "nsubj", "nsubj:pass", "csubj", "expl") >= 0 {
		return
	}
	start, finite := v, p.finiteTag(classes[v])
	for start > 0 && int(heads[start-1])-first == v && slices.Contains([]string{"aux", "advmod"}, p.labels[labels[start-1]]) {
		start--
		finite = finite || p.labels[labels[start]] == "aux" && p.finiteTag(classes[start])
	}
	if !finite || start == 0 {
		return
	}
	last := start - 1
	closed := words[last].form == comma
	if closed && last > 0 {
		last--
	}
	for k := last; k >= 0 && k != v; k = int(heads[k]) - first {
		if p.labels[labels[k]] != "appos" || int(heads[k])-first >= k {
			continue
		}
		begin := p.begin(heads, first, k)
		described := slices.ContainsFunc(words[k:last], func(w word) bool { return w.form == comma })
		if words[begin].form == comma && (!closed || described) {
			heads[k], labels[k], heads[begin] = int32(v+first), uint16(p.subject), int32(v+first)
			return
		}
	}
}

// perfects mends a list of participles of which the first alone has its auxiliary, and
// which the parser has hung on a verb before it: "claimed the raid, saying it had taken
// the base, killed ten and captured five".
func (p *Parser) perfects(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	for w, l := range labels {
		if x := p.classes[classes[w]].xpos; p.labels[l] != "conj" || x != "VBD" && x != "VBN" || w == 0 || words[w-1].form != comma {
			continue
		}
		if p.kid(heads, labels, first, w, "nsubj", "nsubj:pass", "aux", "aux:pass", "cc", "expl") >= 0 {
			continue
		}
		last := p.kid(heads, labels, first, w, "conj")
		if last < w || p.kid(heads, labels, first, last, "cc") < 0 || p.kid(heads, labels, first, last, "nsubj", "nsubj:pass", "aux") >= 0 {
			continue
		}
		v := int(heads[w]) - first
		for u := w - 1; u > v; u-- {
			aux := p.kid(heads, labels, first, u, "aux")
			if aux < 0 || !perfect[words[aux].norm] || p.labels[labels[u]] != "ccomp" || !p.below(heads, first, u, v) {
				continue
			}
			heads[w] = int32(u + first)
			break
		}
	}
}

// perfect are the auxiliaries of a perfect.
var perfect = norms("had", "has", "have")

// alsoSaid mends a past verb with a clause of its own that a comma and a conjunction part
// from a perfect, whose auxiliary it lacks: it goes on from the main verb ("said jets had
// shelled a village, and denied that any had been lost").
func (p *Parser) alsoSaid(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	for w, l := range labels {
		u := int(heads[w]) - first
		if x := p.classes[classes[w]].xpos; p.labels[l] != "conj" || x != "VBD" && x != "VBN" || u < 0 || u > w || p.labels[labels[u]] != "ccomp" {
			continue
		}
		and := p.kid(heads, labels, first, w, "cc")
		if and < 1 || words[and-1].form != comma || p.kid(heads, labels, first, w, "nsubj", "nsubj:pass", "aux", "aux:pass", "expl") >= 0 {
			continue
		}
		aux, clause := p.kid(heads, labels, first, u, "aux"), p.kid(heads, labels, first, w, "ccomp", "xcomp")
		v := int(heads[u]) - first
		if aux < 0 || !perfect[words[aux].norm] || clause < w || v < 0 || v > u || !p.finiteTag(classes[v]) {
			continue
		}
		heads[w] = heads[u]
		if p.past >= 0 {
			classes[w] = uint16(p.past)
		}
	}
}

// described mends what "and" joins, without a comma, to an apposition that a comma closes
// behind it: it is a part of the apposition, and not of what that describes ("Stein, a
// physician and activist, accused").
func (p *Parser) described(words []word, heads []int32, labels []uint16, first int) {
	for w, l := range labels {
		if p.labels[l] != "conj" {
			continue
		}
		head := int(heads[w]) - first
		and := p.kid(heads, labels, first, w, "cc")
		if head < 0 || and < 1 || and > w || and < head || words[and-1].form == comma {
			continue
		}
		end := w + 1
		for end < len(words) && p.below(heads, first, end, w) {
			end++
		}
		if end == len(words) || words[end].form != comma {
			continue
		}
		for k := and - 1; k > head; k-- {
			if p.labels[labels[k]] == "appos" && int(heads[k])-first == head {
				if begin := p.begin(heads, first, k); begin > 0 && (words[begin].form == comma || words[begin-1].form == comma) {
					heads[w] = int32(k + first)
				}
				break
			}
		}
	}
}

// sameTense mends a verb in the past that is coordinated with an infinitive or a participle:
// it goes on from the verb in the past above, and one of speech from who speaks ("said Chad had a right to
// act and accused Mali").
func (p *Parser) sameTense(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	past := func(i int) bool { return i >= 0 && p.classes[classes[i]].xpos == "VBD" }
	for w, l := range labels {
		v := int(heads[w]) - first
		if p.labels[l] != "conj" || !past(w) || v < 0 || v > w || p.kid(heads, labels, first, w, "nsubj", "nsubj:pass", "aux") >= 0 {
			continue
		}
		switch p.classes[classes[v]].xpos {
		case "VB":
			if p.kid(heads, labels, first, v, "mark") < 0 {
				continue
			}
		case "VBN", "JJ":
			if !speech[words[w].norm] || p.kid(heads, labels, first, v, "nsubj", "nsubj:pass", "aux", "aux:pass", "cop") >= 0 {
				continue // "slammed the report as biased and summoned the envoy"
			}
		default:
			continue
		}
		u := v
		for n := 0; u >= 0 && !past(u) && n < len(words); n++ {
			u = int(heads[u]) - first
		}
		if up := -1; u >= 0 && speech[words[w].norm] {
			if up = int(heads[u]) - first; past(up) && p.labels[labels[u]] == "ccomp" && up < u {
				u = up
			}
		}
		if u >= 0 && u < w {
			heads[w] = int32(u + first)
		}
	}
}

// speech are verbs by which somebody speaks of others, or to them.
var speech = norms("accused", "blamed", "called", "condemned", "criticised", "criticized", "demanded", "denied", "denounced", "praised", "recalled", "rejected", "said", "summoned", "threatened", "urged", "vowed", "warned")

// told mends a verb of saying without a subject that ends a sentence, and that the parser
// has hung into a relative clause before it: whom that clause describes says the rest
// ("Two men died, officials who asked not to be named said.").
func (p *Parser) told(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	v, main := len(words)-1, slices.Index(labels, uint16(p.root))
	if p.subject < 0 || p.content < 0 || main < 0 || words[v].form != fullStop {
		return
	}
	if v--; v <= main || !saying[words[v].norm] || p.kid(heads, labels, first, v, "nsubj", "nsubj:pass", "aux", "aux:pass", "obj") >= 0 {
		return
	}
	for r, n := v, 0; r >= 0 && n < len(words); r, n = int(heads[r])-first, n+1 {
		who := int(heads[r]) - first
		if p.labels[labels[r]] != "acl:relcl" || who < 0 || who > r {
			continue
		}
		if k := p.begin(heads, first, who); k > main && (words[k].form == comma || k > 0 && words[k-1].form == comma) {
			heads[main], labels[main] = int32(v+first), uint16(p.content)
			heads[who], labels[who] = int32(v+first), uint16(p.subject)
			heads[v], labels[v] = -1, uint16(p.root)
		}
		return
	}
}

// saying are verbs that tell who says the rest of a sentence.
var saying = norms("said", "say", "says", "added")

// norms is a set of words, whatever their case.
func norms(words ...string) map[uint64]bool {
	set := make(map[uint64]bool, len(words))
	for _, w := range words {
		set[normOf(w)] = true
	}
	return set
}

// begin returns the first of the words before word k that stand below it without a gap.
func (p *Parser) begin(heads []int32, first, k int) int {
	begin := k
	for begin > 0 && p.below(heads, first, begin-1, k) {
		begin--
	}
	return begin
}

// bracketed mends a name with its title right behind a body with its acronym in
// brackets: the name is what the sentence speaks of, and the body says of whom the title
// is ("The Revolutionary Guards (IRGC) navy chief Ali Tangsiri warned").
func (p *Parser) bracketed(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	for name, l := range labels {
		body := int(heads[name]) - first
		if p.labels[l] != "appos" || body < 0 || body > name || p.classes[classes[name]].pos != dragoman.PROPN {
			continue
		}
		title := p.kid(heads, labels, first, name, "nmod:desc", "compound")
		begin := p.begin(heads, first, name)
		if title < 0 || title > name || begin == 0 || words[begin-1].form != closing || words[begin].form == comma {
			continue
		}
		heads[name], labels[name] = heads[body], labels[body]
		heads[body], labels[body] = int32(name+first), labels[title]
	}
}

// shortened mends a title with its acronym in brackets and a name right behind them: the name
// stands where the title stood, and the title describes it ("the Chief Justice (CJ) Ali Khan
// resigned").
func (p *Parser) shortened(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	for acronym := 1; acronym+2 < len(words); acronym++ {
		title, name := int(heads[acronym])-first, acronym+2
		if p.labels[labels[acronym]] != "appos" || title != acronym-2 || words[acronym+1].form != closing || !words[acronym].caps ||
			p.classes[classes[title]].pos != dragoman.PROPN || p.classes[classes[name]].pos != dragoman.PROPN || words[title].caps {
			continue
		}
		// Of a name of two words and more, which nothing joins to what is before it.
		if last := name + 1; last == len(words) || p.labels[labels[last]] != "flat" || int(heads[last])-first != name || p.below(heads, first, title, name) {
			continue
		}
		heads[name], labels[name] = heads[title], labels[title]
		heads[title], labels[title] = int32(name+first), uint16(p.compound)
	}
}

// unjoined mends two conjuncts in a row between which nothing joins: the first describes the
// second ("Abdullah and US President Joe Biden met").
func (p *Parser) unjoined(classes []uint16, heads []int32, labels []uint16, first int) {
	for w, l := range labels {
		begin := p.begin(heads, first, w)
		before := begin - 1
		if p.labels[l] != "conj" || before < 0 || begin == w || p.labels[labels[before]] != "conj" || heads[before] != heads[w] ||
			p.classes[classes[w]].pos != dragoman.PROPN || p.classes[classes[before]].pos != dragoman.PROPN ||
			p.labels[labels[begin]] == "punct" || p.labels[labels[begin]] == "cc" {
			continue
		}
		for k, h := range heads { // its "and", its comma
			if int(h)-first == before {
				heads[k] = int32(w + first)
			}
		}
		heads[before], labels[before] = int32(w+first), uint16(p.compound)
	}
}

// dayBefore mends a sentence with a full stop but without a verb: what stands behind "on"
// and a day, and seems to describe the noun that follows, is its verb, that noun the
// object and what stands before the day the subject ("Jets on Monday bombed suspected
// positions").
func (p *Parser) dayBefore(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	root := slices.Index(labels, uint16(p.root))
	last := len(words) - 1
	if root < 0 || p.past < 0 || p.subject < 0 || p.object < 0 || p.oblique < 0 || words[last].form != fullStop || slices.ContainsFunc(classes, p.finiteTag) {
		return
	}
	for v := 3; v < last; v++ {
		object := int(heads[v]) - first
		if p.labels[labels[v]] != "amod" || object < v || p.classes[classes[v]].xpos != "VBN" || words[v-2].norm != on || p.classes[classes[v-1]].pos != dragoman.PROPN {
			continue
		}
		subject := p.kid(heads, labels, first, root, "nsubj", "nsubj:pass")
		if object != root {
			subject = root
		}
		if subject < 0 || subject >= v-2 || object != root && int(heads[object])-first != root {
			continue
		}
		for k, h := range heads { // what is said of the sentence as a whole is said of its verb
			if int(h)-first == root && (k == last || p.labels[labels[k]] == "advmod" && k < subject) {
				heads[k] = int32(v + first)
			}
		}
		classes[v] = uint16(p.past)
		heads[v], labels[v] = heads[root], uint16(p.root)
		heads[subject], labels[subject] = int32(v+first), uint16(p.subject)
		heads[object], labels[object] = int32(v+first), uint16(p.object)
		heads[v-1], labels[v-1], heads[v-2] = int32(v+first), uint16(p.oblique), int32(v-1+first)
		return
	}
}

// onlyParticiple reports whether a participle is no past tense too: "taken", "gone".
func onlyParticiple(w *word) bool {
	return w.suffix[0] == ending("n") || alone[w.norm]
}

var alone = norms("become", "done", "gone", "overcome", "undergone")

// stated mends a sentence with a full stop of which nothing but a noun and a participle behind
// it would be left: the participle is its verb ("Tens of thousands marched in Seoul.").
func (p *Parser) stated(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	root, last := slices.Index(labels, uint16(p.root)), len(words)-1
	if root < 0 || p.past < 0 || p.subject < 0 || words[last].form != fullStop || words[0].first != upper || slices.ContainsFunc(classes, p.finiteTag) {
		return
	}
	if pos := p.classes[classes[root]].pos; pos != dragoman.NOUN && pos != dragoman.PROPN {
		return
	}
	v := slices.IndexFunc(classes, func(c uint16) bool { return p.classes[c].xpos == "VBN" })
	if v <= root || p.labels[labels[v]] != "acl" || !p.below(heads, first, v, root) || p.kid(heads, labels, first, v, "mark", "aux", "aux:pass", "obl:agent") >= 0 || onlyParticiple(&words[v]) {
		return
	}
	for k := range v { // nothing but the subject
		if pos := p.classes[classes[k]].pos; pos == dragoman.PUNCT || pos == dragoman.VERB || pos == dragoman.SCONJ || k != root && !p.below(heads, first, k, root) {
			return
		}
	}
	for k := v + 1; k < last; k++ { // and what is said of it
		if !p.below(heads, first, k, v) {
			return
		}
	}
	classes[v] = uint16(p.past)
	heads[v], labels[v] = heads[root], uint16(p.root)
	heads[root], labels[root] = int32(v+first), uint16(p.subject)
	heads[last] = int32(v + first)
}

// verbless mends a sentence with a full stop but without a verb: a participle between a name
// and a noun, which it seems to describe, is its verb ("Chad blocked food aid to Mali.").
func (p *Parser) verbless(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	root := slices.Index(labels, uint16(p.root))
	last := len(words) - 1
	if root < 2 || p.past < 0 || p.subject < 0 || p.object < 0 || words[last].form != fullStop || slices.ContainsFunc(classes, p.finiteTag) {
		return
	}
	v := p.kid(heads, labels, first, root, "amod")
	subject := v - 1
	if v < 1 || v > root || p.classes[classes[v]].xpos != "VBN" || p.classes[classes[subject]].pos != dragoman.PROPN ||
		!strings.HasPrefix(p.labels[labels[subject]], "nsubj") || int(heads[subject])-first != root && int(heads[subject])-first != v {
		return
	}
	for k, h := range heads { // what stands before the verb, and the full stop, is the verb's
		if int(h)-first == root && (k < v || k == last) {
			heads[k] = int32(v + first)
		}
	}
	classes[v] = uint16(p.past)
	heads[v], labels[v] = heads[root], uint16(p.root)
	heads[subject], labels[subject] = int32(v+first), uint16(p.subject)
	heads[root], labels[root] = int32(v+first), uint16(p.object)
}

// headline mends what only headlines, which end without a full stop, leave out: "X to leave"
// is a sentence of what will be, "X arrested" is passive, and a comma between two names before
// a plural verb joins them ("Chad, Mali sign a pact").
func (p *Parser) headline(words []word, classes []uint16, heads []int32, labels []uint16, first int) {
	root := slices.Index(labels, uint16(p.root))
	if root < 0 || p.subject < 0 || p.participle < 0 || words[len(words)-1].first == other || words[0].first != upper {
		return
	}
	switch xpos := p.classes[classes[root]].xpos; {
	case xpos == "VBD" && undergone[words[root].norm], (xpos == "VBD" || xpos == "VBP") && ended[words[root].norm]:
		subject := p.kid(heads, labels, first, root, "nsubj")
		object := p.kid(heads, labels, first, root, "obj", "xcomp", "ccomp", "nsubj:pass")
		if subject >= 0 && (object < 0 || words[object].norm == dead && p.labels[labels[object]] == "xcomp") && (object >= 0 || undergone[words[root].norm]) {
			classes[root], labels[subject] = uint16(p.participle), uint16(p.passive)
		}
	case xpos == "VBP" || xpos == "VB":
		p.pair(classes, words, heads, labels, first, root)
	case p.classes[classes[root]].pos == dragoman.PROPN && !slices.ContainsFunc(classes, p.finiteTag):
		v := p.kid(heads, labels, first, root, "acl")
		if v < 0 || p.classes[classes[v]].xpos != "VB" {
			return
		}
		to := p.kid(heads, labels, first, v, "mark")
		if to != v-1 || words[to].norm != infinitive || to < root || p.kid(heads, labels, first, v, "nsubj") >= 0 {
			return
		}
		for k, h := range heads {
			if int(h)-first == root && k > v {
				heads[k] = int32(v + first)
			}
		}
		heads[v], labels[v] = heads[root], uint16(p.root)
		heads[root], labels[root] = int32(v+first), uint16(p.subject)
		labels[to] = uint16(p.auxiliary)
	}
}

// pair joins two names with a comma between them before verb v, with which a headline begins.
func (p *Parser) pair(classes []uint16, words []word, heads []int32, labels []uint16, first, v int) {
	end := v
	if v > 0 && words[v-1].norm == infinitive {
		end-- // "Chad, Mali to sign a pact"
	}
	at := slices.IndexFunc(words[:end], func(w word) bool { return w.form == comma })
	if at < 1 {
		return
	}
	for k := range end { // nothing but the two
		if pos := p.classes[classes[k]].pos; k != at && pos != dragoman.PROPN && pos != dragoman.NOUN && pos != dragoman.ADJ {
			return
		}
	}
	head := func(from, to int) int { // of a phrase
		for k := from; k < to; k++ {
			if h := int(heads[k]) - first; h < from || h >= to {
				return k
			}
		}
		return -1
	}
	a, b := head(0, at), head(at+1, end)
	if a < 0 || b < 0 || p.classes[classes[a]].pos != dragoman.PROPN || p.conjunct < 0 {
		return
	}
	if p.present >= 0 && end == v {
		classes[v] = uint16(p.present)
	}
	heads[a], labels[a] = int32(v+first), uint16(p.subject)
	heads[b], labels[b] = int32(a+first), uint16(p.conjunct)
	heads[at] = int32(b + first)
}

// infinitive is the mark of one.
var infinitive = normOf("to")

// undergone are verbs that have an object wherever they are active.
var undergone = norms("arrested", "detained", "jailed", "imprisoned", "sentenced", "charged", "indicted", "killed", "murdered", "assassinated", "executed", "kidnapped", "abducted",
	"injured", "wounded", "freed", "released", "banned", "expelled", "deported", "sacked", "dismissed", "elected", "appointed", "suspended", "hanged", "shelled", "bombed", "evicted")

// ended are verbs whose object is dead, or found so.
var ended = norms("beaten", "found", "gunned", "hacked", "left", "shot", "stabbed")

var dead, on = normOf("dead"), normOf("on")

// finiteTag reports whether a word of the class is a verb in the past or the present.
func (p *Parser) finiteTag(class uint16) bool {
	switch p.classes[class].xpos {
	case "VBD", "VBZ", "VBP", "MD":
		return true
	}
	return false
}

// below reports whether word i stands below word top.
func (p *Parser) below(heads []int32, first, i, top int) bool {
	for n := 0; i >= 0 && n < len(heads); i, n = int(heads[i])-first, n+1 {
		if i == top {
			return true
		}
	}
	return false
}

// kid returns the first dependent of word v with one of the relations; -1.
func (p *Parser) kid(heads []int32, labels []uint16, first, v int, relations ...string) int {
	for k, h := range heads {
		if int(h)-first == v && slices.Contains(relations, p.labels[labels[k]]) {
			return k
		}
	}
	return -1
}

// closeQuotes mends apostrophes taken for possessives: one by itself is that
// only after a word in s, x or z, otherwise it closes a quotation.
func (p *Parser) closeQuotes(words []word, classes []uint16) {
	if p.closing < 0 {
		return
	}
	for i := 1; i < len(words); i++ {
		if words[i].form != apostrophe || p.classes[classes[i]].xpos != "POS" {
			continue
		}
		switch words[i-1].suffix[0] {
		case sibilants[0], sibilants[1], sibilants[2]:
		default:
			classes[i] = uint16(p.closing)
		}
	}
}

var (
	apostrophe = normOf("'")
	fullStop   = normOf(".")
	comma      = normOf(",")
	closing    = normOf(")")
	sibilants  = [...]uint64{ending("s"), ending("x"), ending("z")}
)

func ending(s string) uint64 {
	var w word
	w.look(s)
	return w.suffix[0]
}
