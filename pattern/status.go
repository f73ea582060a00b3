package pattern

import (
	"io/fs"
	"slices"
	"strings"

	"dragoman"
	"dragoman/data"
	"dragoman/learn"
)

// Factuality knows which words decide whether something was done: auxiliaries,
// negations and adjectives beside the predicate, and the predicates that
// govern it ("plan to", "fail to", "denied that").
type Factuality struct {
	beside   map[string]string
	governs  map[string]map[byte]string // lemma → part of speech, or I for its infinitive alone → effect
	open     map[string]bool            // "when": with the present tense, what may or may not be
	standing map[string]bool            // measures that are in force once they are taken: sanctions, a siege
	topical  map[string]bool            // verbs that say only what was spoken about: "discussed the attack"
	having   map[string]bool            // verbs without which there is no object: "received no call"
	obliging map[string]bool            // verbs that say what should or may be: "must not attack" tells of no attack left undone
	serving  map[string]bool            // verbs of what is a means to something: "used for attacks"
	ranks    map[string]bool            // "is not the first to" says that he does
	// "not only attacked" denies nothing; "nearly completed" says that it goes on.
	additive, completing map[string]bool
	occurring            map[string]bool // verbs that say of their subject only that it is: "will take place"
	schemes              map[string]bool // plans and drafts, under which what is told in the present is to be
	wishes               map[string]bool // verbs whose object something is to become of: "want him freed"
	failing              map[string]bool // who did not fail to do it did it (implicatives: Karttunen 1971)
	model                *learn.Model    // what the whole wording suggests; nil before it is trained
}

// LoadFactuality reads en/modality.tsv and en/factuality.tsv.
func LoadFactuality(fsys fs.FS) (*Factuality, error) {
	f := &Factuality{beside: map[string]string{}, governs: map[string]map[byte]string{}}
	t, err := data.Read(fsys, "en/modality.tsv", "word", "effect")
	if err != nil {
		return nil, err
	}
	for i := range t.Len() {
		if !effects[t.Value(i, "effect")] {
			return nil, t.Fault(i, "unknown effect %q", t.Value(i, "effect"))
		}
		f.beside[t.Value(i, "word")] = t.Value(i, "effect")
	}
	if t, err = data.Read(fsys, "en/factuality.tsv", "lemma", "pos", "effect"); err != nil {
		return nil, err
	}
	for i := range t.Len() {
		pos, effect := t.Value(i, "pos"), t.Value(i, "effect")
		if !effects[effect] || pos == "" {
			return nil, t.Fault(i, "unknown effect %q or no pos", effect)
		}
		for _, l := range t.List(i, "lemma") {
			if f.governs[l] == nil {
				f.governs[l] = map[byte]string{}
			}
			f.governs[l][pos[0]] = effect
		}
	}
	classes, err := LoadClasses(fsys, "en/classes.tsv")
	if err != nil {
		return nil, err
	}
	f.obliging, f.serving = Set(classes["obliging"]), Set(classes["serving"])
	f.open, f.having, f.topical, f.standing = Set(classes["open"]), Set(classes["having"]), Set(classes["topical"]), Set(classes["standing"])
	f.schemes, f.wishes = Set(classes["schemes"]), Set(classes["wishes"])
	f.failing, f.occurring = Set(classes["failing"]), Set(classes["occurring"])
	f.ranks, f.additive, f.completing = Set(classes["ranks"]), Set(classes["additive"]), Set(classes["completing"])
	return f, f.loadWording(fsys)
}

var effects = map[string]bool{"planned": true, "hypothetical": true, "negated": true, "denied": true,
	"ongoing": true, "happened": true, "same": true, "backshift": true, "capable": true, "begun": true, "prevented": true, "true": true, "almost": true}

// Status returns whether what predicate p tells was done, and the words that
// decided ("will", "plan.V"). A verb of which these say that it was done may not
// have been where the wording as a whole speaks clearly against it ("wording").
func (f *Factuality) Status(s *Scene, p int) (dragoman.Status, string) {
	status, why := f.byWords(s, p)
	if f.model == nil || why == over || why == foremost || strings.HasPrefix(why, unfailed) {
		return status, why
	}
	if Did(status) && s.POS(p) == dragoman.VERB && f.wording(s, p, status, why) < -decisive {
		return dragoman.Hypothetical, "wording"
	}
	return status, why
}

// Did reports whether a status says that something was or is being done.
func Did(s dragoman.Status) bool { return s == dragoman.Happened || s == dragoman.Ongoing }

// byWords follows tense, modality and negation of p (or
// of the verb that carries it) and of what governs it, up to the clause whose
// words somebody says; that somebody says it does not change the status.
func (f *Factuality) byWords(s *Scene, p int) (dragoman.Status, string) {
	v := p
	status, why := dragoman.Happened, ""
	continues := false // against a denial of its end
	if c := s.Grammar.Carrier(s.Tree, p); c >= 0 && c != p {
		// The event noun's own modifiers speak first: "proposed talks".
		if own, w := f.own(s, p); w != "" {
			status, why = own, w
		}
		v = c
		if e := actual(s, v, s.Grammar.Effect[s.Verb(v)]); effects[e] && e != "same" && s.Grammar.light(s.Verb(v), s.FrameLemma(p)) {
			status, why = dragoman.Status(e), s.Verb(v)+".V"
		}
		if status == dragoman.Negated && f.negated(s, v) {
			status, why, continues = dragoman.Ongoing, "not "+s.Verb(v)+".V", true // "did not halt its offensive"
		}
	} else if f.standing[s.FrameLemma(p)] && s.FramePOS(p) == 'N' {
		status, why = dragoman.Ongoing, "standing" // "U.S. sanctions on Iran" that nobody imposes or lifts here
	} else if h := s.Head(p); h >= 0 && s.Is(p, "nsubj") && s.FramePOS(p) == 'N' {
		if e := f.governs[s.Lemma(h)][s.FramePOS(h)]; e == string(dragoman.Ongoing) && s.POS(h) != dragoman.VERB {
			status, why = dragoman.Ongoing, lemmaPOS(s, h) // "talks were ongoing"
		} else if own, w := f.chance(s, h); w != "" {
			status, why = own, w // "an attack is imminent", "a truce remains elusive"
		} else if own, w := f.own(s, h); (own == dragoman.Planned || own == dragoman.Hypothetical) && (s.Kid(h, "cop") >= 0 && (own == dragoman.Planned || w == "would") || f.occurs(s, h)) {
			status, why = own, w // "the talks will be frank", "a strike would be a mistake", "will take place"
		} else if det := s.Kid(p, "det"); (own == dragoman.Planned || own == dragoman.Hypothetical) && det >= 0 && s.indefinite(p) {
			status, why = dragoman.Hypothetical, w // "an attack would start a war"
		}
	}
	if own, w := f.own(s, v); !continues {
		status, why = combine(status, own, why, w)
	}
	if why == "" && s.FramePOS(p) == 'N' && s.toBe(p) {
		status, why = dragoman.Planned, toBe
	}
	for n := 0; n < depthLimit; n++ {
		h := s.Head(v)
		if h < 0 {
			break
		}
		rel := s.Rel(v)
		if w := f.wanted(s, v, h); w >= 0 {
			status, why = combine(dragoman.Hypothetical, status, lemmaPOS(s, w), why)
			v = w
			continue
		}
		switch {
		case infinitive(s, v) && f.ranked(s, h):
			if own, w := f.own(s, h); own == dragoman.Planned || own == dragoman.Hypothetical {
				return combine(own, status, w, why) // "will be the first to leave"
			}
			if why == "" {
				why = foremost
			}
			return status, why // "is not the first to accuse them"
		case rel == "conj":
			if sharesVerb(s, v, h) {
				own, w := f.own(s, h)
				status, why = combine(status, own, why, w)
			}
		case keepsOn(s, v, h):
			own, w := f.own(s, h)
			status, why = combine(status, own, why, w)
		case s.Is(v, "advcl") && !f.complement(s, v, h):
			status, why = f.adverbial(s, v, h, status, why)
			if !goesOn(s, v) {
				return status, why
			}
			if own, w := f.own(s, h); own == dragoman.Planned || own == dragoman.Hypothetical {
				status, why = combine(status, own, why, w) // what is denied of the main clause is not denied of this
			}
		case s.Is(v, "acl:relcl") && f.governs[s.Lemma(h)]['N'] == "true" && s.FramePOS(h) == 'N':
			return f.untrue(s, h, status, why)
		case s.Is(v, "acl:relcl", "parataxis", "appos"):
			return status, why
		default:
			if c := s.Case(v); s.Is(v, "obl") && f.serving[s.Verb(h)] && (c == "for" || c == "in") {
				if own, w := f.own(s, h); !Did(own) {
					return combine(own, status, w, why) // "must not be used for attacks"
				}
			}
			e := f.effect(s, v, h)
			if e == "" && rel == "acl" && s.Kid(v, "mark") >= 0 && infinitive(s, v) {
				e = string(dragoman.Hypothetical) // "something to hide"
				if s.Kid(v, "aux:pass") >= 0 {
					e = string(dragoman.Planned) // "troops to be sent"
				}
			}
			if e == "true" {
				return f.untrue(s, h, status, why)
			}
			if e == "" && s.Is(v, "nmod") && s.Case(v) == "about" && s.FramePOS(v) == 'N' {
				return status, why // "asked for information about the attack"
			}
			if own, _ := f.own(s, h); own == dragoman.Negated && (e == "negated" || e == "denied") {
				if f.failing[s.Verb(h)] {
					return f.unfailing(s, h, status, why)
				}
				// "has not ruled out sending troops" leaves it open.
				return combine(status, dragoman.Hypothetical, why, "not "+lemmaPOS(s, h))
			}
			if e != "" && e != "same" && !s.claims(v, h) {
				status, why = combine(dragoman.Status(e), status, lemmaPOS(s, h), why)
			}
			// "did not say that …" leaves open what was done, and so does "did not
			// condemn the attack".
			if s.Is(v, "ccomp", "csubj") || !governed(s, v) {
				return status, why
			}
			if s.FramePOS(v) == 'N' && s.POS(h) == dragoman.VERB {
				if own, w := f.own(s, h); own == dragoman.Negated && f.having[s.Verb(h)] && s.indefinite(v) {
					return combine(status, own, why, w) // "did not receive any call for talks": there was none
				}
				return status, why
			}
			if own, w := f.own(s, h); own != dragoman.Happened && own != dragoman.Ongoing {
				status, why = combine(own, status, w, why)
			}
		}
		v = h
	}
	if asks(s, v) {
		status, why = combine(status, dragoman.Hypothetical, why, "?")
	}
	return status, why
}

// wanted returns the verb of wanting whose object h participle v tells what is to become of:
// "want the woman detained"; -1 where there is none.
func (f *Factuality) wanted(s *Scene, v, h int) int {
	w := s.Head(h)
	if w < 0 || !f.wishes[s.Verb(w)] || s.POS(w) != dragoman.VERB || !s.Is(h, "obj") || !s.Is(v, "acl") ||
		s.Doc.Tags[v].XPOS != "VBN" || s.Kid(v, "mark", "aux", "aux:pass") >= 0 {
		return -1
	}
	return w
}

// ranked reports whether h tells which of those who did something somebody is: "is the first
// to", "the second person to be held".
func (f *Factuality) ranked(s *Scene, h int) bool {
	if s.POS(h) == dragoman.ADJ {
		return f.ranks[s.Lemma(h)]
	}
	return s.FramePOS(h) == 'N' && s.Mention(h) >= 0 && slices.ContainsFunc(s.Kids(h), func(k int32) bool {
		return s.Is(int(k), "amod") && s.POS(int(k)) == dragoman.ADJ && f.ranks[s.Lemma(int(k))]
	})
}

// infinitive reports whether v is one: "leave", "to leave", "to be left"; but not
// that of what is over, "to have left".
func infinitive(s *Scene, v int) bool {
	to, aux := s.Kid(v, "mark"), s.Kid(v, "aux")
	return (s.Doc.Tags[v].Has("VerbForm=Inf") || to >= 0 && s.Lemma(to) == "to") && (aux < 0 || s.Rel(aux) != "aux")
}

// phraseLimit is how many words behind a noun are looked at.
const phraseLimit = 12

// due reports whether k is a participle behind noun p that says what becomes of it: "talks
// expected in May", also where it was hung on a name in the phrase, "with Chad expected".
func (s *Scene) due(p, k int) bool {
	h := s.Head(k)
	return k > p && s.Is(k, "acl") && s.Doc.Tags[k].XPOS == "VBN" && s.Kid(k, "mark", "aux") < 0 &&
		(h == p || s.FramePOS(p) == 'N' && h > p && s.POS(h) == dragoman.PROPN && s.Above(p, h))
}

// chance returns what predicate h, or the adjective that completes it, says of whether its
// subject comes about; no reason where it says nothing of that.
func (f *Factuality) chance(s *Scene, h int) (dragoman.Status, string) {
	for _, k := range []int{h, s.Kid(h, "xcomp")} {
		if k < 0 {
			continue
		}
		e := f.governs[s.Lemma(k)]['S']
		if e == "" {
			continue
		}
		if own, _ := f.own(s, h); own == dragoman.Negated {
			e = string(dragoman.Hypothetical) // "is not imminent"
		}
		return dragoman.Status(e), s.Lemma(k)
	}
	return "", ""
}

// toBe is the reason of what is arranged.
const toBe = "to be"

// toBe reports whether a passive infinitive says of noun p what is to come, "talks to be
// held in May", be it hung on the noun or on the verb before it.
func (s *Scene) toBe(p int) bool {
	coming := func(of, k int) bool {
		return k > p && s.Head(k) == of && infinitive(s, k) && s.Kid(k, "mark") > p && s.Kid(k, "aux:pass") >= 0 && s.Kid(k, "nsubj", "nsubj:pass") < 0
	}
	for _, k := range s.Kids(p) {
		if s.Is(int(k), "acl") && coming(p, int(k)) {
			return true
		}
	}
	h := s.Head(p)
	if h < 0 || h > p || !s.Is(p, "obj") {
		return false
	}
	for _, k := range s.Kids(h) {
		if _, end := s.Extent(p); s.Is(int(k), "xcomp", "advcl") && coming(h, int(k)) && s.Kid(int(k), "mark") == end {
			return true
		}
	}
	return false
}

// indefinite reports whether noun v is one of which nothing says that it is known:
// "a call", "any talks", "talks".
func (s *Scene) indefinite(v int) bool {
	if s.Kid(v, "nmod:poss") >= 0 {
		return false
	}
	det := s.Kid(v, "det")
	return det < 0 && s.POS(v) == dragoman.NOUN || det >= 0 && (s.Lemma(det) == "a" || s.Lemma(det) == "any" || s.Lemma(det) == "no")
}

// present reports whether verb v has the present tense, active or passive.
func (s *Scene) present(v int) bool {
	if x := s.Doc.Tags[v].XPOS; x == "VBP" || x == "VBZ" {
		return true
	}
	aux := s.Kid(v, "aux:pass")
	return aux >= 0 && s.Kid(v, "aux") < 0 && s.Doc.Tags[aux].Has("Tense=Pres")
}

// goesOn reports whether the adverbial clause v is a participle, which is as real
// as its main clause: "left, killing ten", "wins by trading"; but not what the main
// clause came after.
func goesOn(s *Scene, v int) bool {
	if s.Doc.Tags[v].XPOS != "VBG" || s.Kid(v, "nsubj", "aux") >= 0 {
		return false
	}
	m := s.Kid(v, "mark")
	return m < 0 || s.Lemma(m) == "by" || s.Lemma(m) == "in" || s.Lemma(m) == "without"
}

// keepsOn reports whether h only says that what v tells goes on: "will go on treating".
func keepsOn(s *Scene, v, h int) bool {
	m := s.Kid(v, "mark")
	return s.Is(v, "advcl") && s.Doc.Tags[v].XPOS == "VBG" && m == h+1 && s.Lemma(m) == "on" && (s.Lemma(h) == "go" || s.Lemma(h) == "carry" || s.Lemma(h) == "keep")
}

// asks reports whether the sentence of root v is a question for yes or no: its
// auxiliary goes before the subject, and no word asks who, why or when.
func asks(s *Scene, v int) bool {
	sent := s.Doc.Sentences[s.Sentence(v)]
	if s.Head(v) >= 0 || s.Doc.Form(sent.End-1) != "?" {
		return false
	}
	for i := sent.First; i < v; i++ {
		if x := s.Doc.Tags[i].XPOS; x == "WP" || x == "WRB" || x == "WDT" || x == "WP$" {
			return false
		}
	}
	aux, subject := s.Kid(v, "aux", "cop"), s.Kid(v, "nsubj", "nsubj:pass", "expl")
	return aux >= 0 && subject > aux
}

// Inverted returns the auxiliary that makes the clause of verb v a condition by
// standing before its subject, "should they ask", "had they come"; -1 for none.
func (t *Tree) Inverted(v int) int {
	aux, subject := t.Kid(v, "aux", "aux:pass"), t.Kid(v, "nsubj", "nsubj:pass")
	if aux < 0 || subject < aux || subject > v || t.Doc.Form(t.Doc.Sentences[t.Sentence(v)].End-1) == "?" {
		return -1
	}
	switch strings.ToLower(t.Doc.Form(aux)) {
	case "should", "had", "were":
	default:
		return -1
	}
	for _, k := range t.Kids(v) {
		if k := int(k); k < aux && t.POS(k) != dragoman.PUNCT && t.POS(k) != dragoman.CCONJ {
			return -1 // "never had they come"
		}
	}
	return aux
}

// claims reports whether the clause of v is what somebody claims by verb h:
// "warned that they were leaving" says that they were, according to him.
func (s *Scene) claims(v, h int) bool {
	if !s.Is(v, "ccomp") || s.cueOf[h] < 0 || !s.Doc.Tags[v].Has("VerbForm=Fin") && s.Kid(v, "aux", "cop") < 0 {
		return false
	}
	switch s.Doc.Attributions[s.cueOf[h]].Stance {
	case "asserts", "warns", "promises":
		return true
	}
	return false
}

// complement reports whether the participle v is what h is about, hung on it as an
// adjunct: "has not ruled out sending troops".
func (f *Factuality) complement(s *Scene, v, h int) bool {
	e := f.governs[s.Verb(h)]['V']
	return governed(s, v) && e != "" && e != "same"
}

// governed reports whether v stands to its head as what the head is about.
func governed(s *Scene, v int) bool {
	switch {
	case s.Is(v, "acl") && s.Doc.Tags[v].XPOS == "VBN" && s.Kid(v, "mark", "aux", "aux:pass") < 0:
		return false // "the agreement signed in May" is no agreement to sign
	case s.Introduces(s.Head(v), v):
		return false
	case s.Is(v, "xcomp", "ccomp", "csubj", "obj", "nsubj:pass", "acl"):
		return true
	case s.Is(v, "advcl"):
		return v > s.Head(v) && s.Doc.Tags[v].XPOS == "VBG" && s.Kid(v, "mark", "nsubj") < 0 && s.Kid(s.Head(v), "obj") < 0 && s.Doc.Form(v-1) != ","
	case s.Is(v, "obl", "nmod"):
		if s.Case(v) == "about" && s.Lemma(s.Head(v)) == "ask" {
			return false // what is asked about was
		}
		switch s.Case(v) {
		case "for", "of", "about", "from", "against", "to":
			return true
		}
	}
	return false
}

// effect returns what governor h does to v below it, "" where it is not known.
func (f *Factuality) effect(s *Scene, v, h int) string {
	if !governed(s, v) {
		return ""
	}
	pos := s.FramePOS(h)
	lemma := s.Lemma(h)
	if pos == 'V' {
		lemma = s.Verb(h)
	}
	if infinitive(s, v) {
		if lemma == "go" && s.Doc.Tags[h].XPOS == "VBG" {
			return string(dragoman.Planned) // "is going to leave"
		}
		if e := f.governs[lemma]['I']; e != "" {
			return actual(s, h, e)
		}
	}
	e := actual(s, h, f.governs[lemma][pos])
	if e == string(dragoman.Hypothetical) && f.topical[lemma] && s.FramePOS(v) == 'N' {
		if det := s.Kid(v, "det"); det >= 0 && s.Lemma(det) == "the" {
			return "" // whoever "discussed the attack" knows of one
		}
	}
	if e == string(dragoman.Hypothetical) && s.named(v, h) {
		return "" // whoever "called the attack a crime" knows of one
	}
	if (e == "negated" || e == "denied") && s.Is(v, "obj", "nsubj:pass") {
		return "" // what "rejected the demand" rejects was made
	}
	if e == "prevented" {
		return string(dragoman.Negated) // "foiled an attack"
	}
	return e
}

// named reports whether noun v is what verb h calls something: "called the attack a crime",
// be it that the parser found what it is called or that it is a known one.
func (s *Scene) named(v, h int) bool {
	if !s.Is(v, "obj") || !s.Grammar.Naming[s.Verb(h)] {
		return false
	}
	what, det := s.Kid(h, "xcomp"), s.Kid(v, "det")
	return what >= 0 && s.POS(what) != dragoman.VERB || det >= 0 && s.Lemma(det) == "the"
}

// unfailing settles what stands below h, a negated verb of failing: "did not fail to leave"
// left, "will not hesitate to leave" is going to.
func (f *Factuality) unfailing(s *Scene, h int, status dragoman.Status, why string) (dragoman.Status, string) {
	done := dragoman.Happened
	if aux := s.Kid(h, "aux"); aux >= 0 {
		if e := f.beside[strings.ToLower(s.Doc.Form(aux))]; e == "backshift" || e == string(dragoman.Planned) || e == string(dragoman.Hypothetical) {
			done = dragoman.Planned
		}
	}
	return combine(done, status, unfailed+lemmaPOS(s, h), why)
}

// unfailed begins the reason why something was done after all.
const unfailed = "not "

// occurs reports whether verb h says only that its subject comes about.
func (f *Factuality) occurs(s *Scene, h int) bool {
	verb := s.Verb(h)
	if o := s.Kid(h, "obj", "compound"); verb == "take" && o >= 0 {
		verb += " " + s.Lemma(o)
	}
	return f.occurring[verb]
}

// untrue settles what stands below h, a word that vouches for it: where h is negated, "it is
// not true that they left" says that they did not, "no evidence that they left" leaves it open.
func (f *Factuality) untrue(s *Scene, h int, status dragoman.Status, why string) (dragoman.Status, string) {
	if own, _ := f.own(s, h); own != dragoman.Negated {
		return status, why
	}
	if s.FramePOS(h) == 'N' {
		return combine(dragoman.Hypothetical, status, "no "+lemmaPOS(s, h), why)
	}
	return combine(dragoman.Negated, status, "not "+lemmaPOS(s, h), why)
}

// actual returns the effect of h. What somebody was able to do or had to do was
// done, what he is able or has to do is open (actuality entailment: Bhatt 1999);
// what has begun goes on.
func actual(s *Scene, h int, effect string) string {
	switch effect {
	case "begun":
		if have := s.Kid(h, "aux"); have >= 0 && s.Lemma(have) == "have" && s.Doc.Tags[have].Has("Tense=Pres") {
			return string(dragoman.Ongoing)
		}
		return string(dragoman.Happened)
	case "capable":
	default:
		return effect
	}
	v := h
	if c := s.Kid(h, "cop"); c >= 0 {
		v = c
	}
	aux := s.Kid(h, "aux")
	if s.Doc.Tags[v].Has("Tense=Past") && (aux < 0 || s.Doc.Tags[aux].Has("Tense=Past") && s.Lemma(aux) == "have") {
		return "same"
	}
	return string(dragoman.Hypothetical)
}

func lemmaPOS(s *Scene, h int) string { return s.Verb(h) + "." + string(s.FramePOS(h)) }

// sharesVerb reports whether the second of two coordinated verbs takes its
// auxiliaries from the first: "will visit Chad and meet the king".
func sharesVerb(s *Scene, v, h int) bool {
	if s.POS(v) != dragoman.VERB {
		return true
	}
	if s.Kid(v, "aux", "nsubj", "aux:pass") >= 0 {
		return false
	}
	a, b := s.Doc.Tags[v].XPOS, s.Doc.Tags[h].XPOS
	if have := s.Kid(h, "aux"); a == "VBD" && b == "VBN" && have >= 0 && strings.HasSuffix(s.Doc.Form(v), "ed") {
		return true // "would have hit and killed them": one form for both
	}
	return a == b && a != "VBD"
}

// adverbial settles a clause that says when, why or whereto the main clause is.
func (f *Factuality) adverbial(s *Scene, v, h int, status dragoman.Status, why string) (dragoman.Status, string) {
	tag := s.Doc.Tags[v]
	if m := s.Kid(v, "mark"); tag.XPOS == "VBG" && m >= 0 && s.POS(m) != dragoman.VERB {
		// "called for lifting", "barred them from visiting"
		if up := s.Head(h); up >= 0 && s.POS(h) == dragoman.ADJ && s.Is(h, "xcomp", "advmod") {
			if e := f.governs[s.Verb(up)+" "+s.Lemma(h)]['V']; e != "" {
				return combine(dragoman.Status(e), status, s.Verb(up)+" "+s.Lemma(h)+".V", why) // "stopped short of leaving"
			}
		}
		if e := f.governs[s.Verb(h)]['V']; e != "" && e != "same" && s.Grammar.OfObject[s.Lemma(m)] {
			return combine(dragoman.Status(e), status, s.Verb(h)+".V", why)
		}
	}
	if m := s.Kid(v, "mark", "advmod"); m >= 0 && m < v && f.open[s.Lemma(m)] && s.present(v) {
		return combine(status, dragoman.Hypothetical, why, s.Lemma(m)) // "when they leave"
	}
	if !infinitive(s, v) {
		return status, why
	}
	if e := f.governs[s.Verb(h)]['I']; e == "same" {
		return status, why // "protested to demand": it is done by the protest
	}
	if hadBeen(s, h) {
		return combine(dragoman.Happened, status, over, why)
	}
	if status == dragoman.Negated {
		return dragoman.Hypothetical, why // "left so as not to offend them"
	}
	// "met to sign the treaty": what the purpose was, not what was done.
	status, why = combine(dragoman.Planned, status, "purpose", why)
	main, w := f.own(s, h)
	return combine(main, status, w, why)
}

// foremost is why an infinitive was done: "was the first to leave".
const foremost = "first to"

// over is why a purpose was reached: "had been in Mali to meet the president".
const over = "had been"

// hadBeen reports whether h tells where somebody had been.
func hadBeen(s *Scene, h int) bool {
	for _, x := range []int{h, s.Kid(h, "obl")} {
		if x < 0 {
			continue
		}
		cop, aux := s.Kid(x, "cop"), s.Kid(x, "aux")
		if cop >= 0 && aux >= 0 && s.Lemma(aux) == "have" && s.Doc.Tags[aux].Has("Tense=Past") && s.POS(x) == dragoman.PROPN && s.Case(x) != "" {
			return true
		}
	}
	return false
}

// own returns what the words beside v say.
func (f *Factuality) own(s *Scene, v int) (dragoman.Status, string) {
	if aux := s.Inverted(v); aux >= 0 {
		return dragoman.Hypothetical, strings.ToLower(s.Doc.Form(aux))
	}
	status, why := tense(s, v), ""
	for _, k := range s.Kids(v) {
		k := int(k)
		if s.Is(k, "advcl") && s.Doc.Tags[v].XPOS != "VBD" && !pluperfect(s, v) {
			if m := s.Kid(k, "mark"); m >= 0 && s.Lemma(m) == "if" {
				status, why = combine(status, dragoman.Hypothetical, why, "if") // what follows from a condition
			}
			continue
		}
		if s.Is(k, "nsubj", "nsubj:pass", "obj") {
			if no := f.nobody(s, k); no >= 0 && s.POS(v) == dragoman.VERB {
				status, why = combine(status, dragoman.Negated, why, s.Lemma(no))
			}
			continue
		}
		if s.Is(k, "obl") && f.schemes[s.Lemma(k)] && s.Case(k) == "under" && s.present(v) {
			status, why = combine(dragoman.Planned, status, "under "+s.Lemma(k), why) // "under the plan they leave"
			continue
		}
		if f.plotted(s, v, k) {
			status, why = combine(dragoman.Planned, status, s.Lemma(k)+".N", why)
			continue
		}
		if !s.Is(k, "aux", "advmod", "det", "amod", "mark", "case", "cc:preconj", "cc") {
			continue
		}
		word := strings.ToLower(s.Doc.Form(k))
		if word == "to" && s.Rel(k) == "aux" {
			status, why = combine(dragoman.Planned, status, word, why) // "Chad to leave the bloc"
			continue
		}
		if next := k + 1; next < v && s.Head(next) == k && s.Is(next, "fixed") {
			word += " " + strings.ToLower(s.Doc.Form(next)) // "instead of"
		}
		if s.Is(k, "cc") && (f.beside[word] != "negated" || k > v) {
			continue
		}
		if s.Is(k, "mark", "case") && s.POS(v) != dragoman.VERB && word != "without" && (s.Is(k, "case") || s.Kid(v, "cop") < 0) {
			continue
		}
		e := f.beside[word]
		if e == "negated" && k+1 < v && (s.Is(k+1, "mark") && s.Lemma(k+1) != "to" || f.additive[s.Lemma(k+1)]) {
			continue // "not before they had met", "not only left"
		}
		if e == "" && k > 0 {
			e = f.beside[strings.ToLower(s.Doc.Form(k-1))+" "+word] // "no longer"
		}
		switch {
		case e == "backshift":
			e = backshift(s, v)
		case e == "almost" && k+1 == v && s.POS(v) == dragoman.VERB && f.completing[s.Verb(v)]:
			e = string(dragoman.Ongoing)
		case e == "almost" && k+1 == v && s.POS(v) == dragoman.VERB:
			e = string(dragoman.Negated)
		case e == "almost":
			e = "same" // "almost certainly", "nearly all"
		}
		if e == "hypothetical" && s.Is(k, "mark") {
			return dragoman.Hypothetical, word // "if they do not leave" says nothing of whether they do
		}
		if e != "" && e != "same" {
			status, why = combine(dragoman.Status(e), status, word, why)
		}
	}
	if _, end := s.Extent(v); s.FramePOS(v) == 'N' {
		for k := v + 1; k < min(end, v+phraseLimit); k++ {
			if e := f.beside[strings.ToLower(s.Doc.Form(k))]; e != "" && s.due(v, k) {
				status, why = combine(dragoman.Status(e), status, s.Doc.Form(k), why)
			}
		}
	}
	if aux := s.Kid(v, "aux"); status == dragoman.Negated && aux >= 0 && f.obliging[s.Lemma(aux)] {
		return dragoman.Hypothetical, strings.ToLower(s.Doc.Form(aux))
	}
	return status, why
}

// plotted reports whether k is the gerund of "accused of planning attacks", which the parser
// has taken for part of the noun v.
func (f *Factuality) plotted(s *Scene, v, k int) bool {
	of := s.Kid(v, "case")
	return s.Is(k, "compound") && of >= 0 && of == k-1 && s.Lemma(of) == "of" && s.Doc.Tags[v].Has("Number=Plur") &&
		strings.HasSuffix(s.Lemma(k), "ing") && f.governs[s.Lemma(k)]['N'] == string(dragoman.Planned)
}

// nobody returns the word that makes the subject or object k nobody: "neither side met",
// "fired no shots", "none of them left", "not a single soldier"; -1 for none.
func (f *Factuality) nobody(s *Scene, k int) int {
	if f.beside[s.Lemma(k)] == "negated" && s.POS(k) != dragoman.PROPN {
		return k
	}
	if det := s.Kid(k, "det", "cc:preconj"); det >= 0 && f.beside[s.Lemma(det)] == "negated" {
		return det
	}
	if not := s.Kid(k, "advmod"); not >= 0 && not+1 < k && f.beside[s.Lemma(not)] == "negated" && (s.Lemma(not+1) == "a" || s.Lemma(not+1) == "one") {
		return not
	}
	return -1
}

// backshift returns what "would" says: after a past tense of saying it is what
// "will" was ("said that it would leave"), else a condition.
func backshift(s *Scene, v int) string {
	for i, n := v, 0; i >= 0 && n < depthLimit; i, n = s.Head(i), n+1 {
		if h := s.Head(i); h >= 0 && (s.Is(i, "ccomp") || s.Is(i, "acl") && s.Kid(i, "mark") >= 0) {
			for up := 0; up < depthLimit && s.Is(i, "acl") && s.POS(h) != dragoman.VERB && s.Head(h) >= 0; up++ {
				h = s.Head(h) // "said in a statement that it would leave"
			}
			if s.Doc.Tags[h].XPOS == "VBD" && !conditioned(s, v) {
				return string(dragoman.Planned)
			}
			break
		} else if !s.Is(i, "conj") {
			break
		}
	}
	return string(dragoman.Hypothetical)
}

// negated reports whether a word of negation hangs on verb v.
func (f *Factuality) negated(s *Scene, v int) bool {
	for _, k := range s.Kids(v) {
		if s.Is(int(k), "advmod") && f.beside[s.Lemma(int(k))] == "negated" {
			return true
		}
	}
	return false
}

// pluperfect reports whether verb v tells what had been done: "had threatened reprisals if".
func pluperfect(s *Scene, v int) bool {
	aux := s.Kid(v, "aux")
	return aux >= 0 && s.Lemma(aux) == "have" && s.Doc.Tags[aux].Has("Tense=Past") && s.Doc.Tags[aux].Has("VerbForm=Fin")
}

// conditioned reports whether an "if" hangs on v.
func conditioned(s *Scene, v int) bool {
	for _, k := range s.Kids(v) {
		if m := s.Kid(int(k), "mark"); s.Is(int(k), "advcl") && m >= 0 && (s.Lemma(m) == "if" || s.Lemma(m) == "unless") {
			return true
		}
	}
	return false
}

// isTo returns the "is" of "is to leave", "was to be received"; -1 for none.
func (s *Scene) isTo(v int) int {
	to := s.Kid(v, "mark")
	if to < 0 || s.Lemma(to) != "to" {
		return -1
	}
	for _, k := range s.Kids(v) {
		if k := int(k); k < to && s.Is(k, "aux", "cop") && s.Lemma(k) == "be" {
			return k
		}
	}
	return -1
}

// tense returns Ongoing for the present tense, Planned for a headline's
// infinitive, else Happened.
func tense(s *Scene, v int) dragoman.Status {
	tag := s.Doc.Tags[v]
	if tag.POS != dragoman.VERB && tag.POS != dragoman.AUX {
		if c := s.Kid(v, "cop"); c >= 0 && s.Doc.Tags[c].Has("Tense=Pres") {
			return dragoman.Ongoing
		}
		return dragoman.Happened
	}
	if is := s.isTo(v); is >= 0 {
		if s.Lemma(v) == "blame" {
			return dragoman.Ongoing // whoever "is to blame" is guilty
		}
		if s.Doc.Tags[is].XPOS == "VBD" && slices.ContainsFunc(s.Kids(v), func(k int32) bool { return s.Is(int(k), "aux") && s.Lemma(int(k)) == "have" }) {
			return dragoman.Negated // "was to have been held"
		}
		return dragoman.Planned
	}
	headline := s.Doc.Title != "" && s.Sentence(v) == 0
	aux := s.Kid(v, "aux", "aux:pass")
	marker := s.Kid(v, "mark", "case")
	switch {
	case tag.XPOS == "VB" && marker >= 0 && s.Lemma(marker) == "due":
		return dragoman.Planned // "is due to visit Chad", "due to" for a marker
	case tag.XPOS == "VB" && (s.Head(v) < 0 && s.Kid(v, "mark") >= 0 || s.announced(v)):
		return dragoman.Planned // "Minister to visit Chad"
	case tag.XPOS == "VB" && aux < 0 && (s.Head(v) < 0 || s.Is(v, "parataxis")) && s.Kid(v, "mark", "nsubj", "nsubj:pass", "expl") < 0:
		return dragoman.Hypothetical // "Leave the town!"
	case tag.XPOS == "VB" && aux < 0 && s.Is(v, "ccomp") && s.Kid(v, "nsubj", "nsubj:pass") >= 0 && s.Kid(v, "mark") >= 0:
		return dragoman.Hypothetical // "demanded that they leave"
	case tag.XPOS == "VBG" && s.Lemma(v) == "go" && s.Kid(v, "xcomp") >= 0 && s.Doc.Tags[s.Kid(v, "xcomp")].Has("VerbForm=Inf"):
		return dragoman.Planned // "is going to leave"
	case tag.XPOS == "VBG" && aux >= 0 && s.Doc.Tags[aux].Has("Tense=Pres"), tag.XPOS == "VBN" && s.beingDone(v):
		return dragoman.Ongoing
	case (tag.XPOS == "VBZ" || tag.XPOS == "VBP") && aux < 0 && !headline:
		return dragoman.Ongoing
	}
	return dragoman.Happened
}

// beingDone reports whether v is the participle of "is being done".
func (s *Scene) beingDone(v int) bool {
	present, being := false, false
	for _, k := range s.Kids(v) {
		if k := int(k); s.Is(k, "aux", "aux:pass") && s.Lemma(k) == "be" {
			present = present || s.Doc.Tags[k].Has("Tense=Pres") && s.Doc.Tags[k].Has("VerbForm=Fin")
			being = being || s.Doc.Tags[k].XPOS == "VBG"
		}
	}
	return present && being
}

// rank orders statuses by how much they take away from "happened"; where two
// words speak, the one that takes away more is heard.
var rank = map[dragoman.Status]int{dragoman.Happened: 0, dragoman.Ongoing: 1, dragoman.Planned: 2,
	dragoman.Hypothetical: 3, dragoman.Denied: 4, dragoman.Negated: 5}

func combine(a, b dragoman.Status, whyA, whyB string) (dragoman.Status, string) {
	if rank[b] > rank[a] {
		return b, whyB
	}
	return a, whyA
}
