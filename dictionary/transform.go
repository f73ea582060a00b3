package dictionary

import (
	"slices"
	"strings"
)

// transformation is a rule of PETRARCH 2: what a verb makes of the event in its
// clause. "~ a (b . ATTACK) SAY = a b 112" says that who says of another that he
// attacked accuses him. Verbs stand for all that have their code.
type transformation struct {
	outer         string // the code of the verb; "" for a verb without one, of the block
	block         int32
	source        string // "a", "b": whoever it is; the same letter is the same party
	inner         string // the code of the verb in its clause; "" for every one
	doer, done    string // letters; "." for anybody or nobody, "_" for nobody
	from, to      string // letters of the parties of what it codes
	code          string // "" for that of the inner verb
	place         place
	verb, clauses string // as written, until all verbs are known
}

// anyVerb stands for every verb in the brackets of a transformation, and behind the
// sign = for its code.
const anyVerb = "Q"

// transformation reads ~ S (D T VERB) VERB = S T CODE.
func (l *loading) transformation(text string) {
	left, right, ok := strings.Cut(text, "=")
	f := strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(left))
	r := strings.Fields(right)
	if !ok || len(f) != 7 || f[1] != "(" || f[5] != ")" || len(r) != 3 {
		l.fault("a transformation is ~ a (b c VERB) VERB = a b CODE; it is left out")
		return
	}
	t := transformation{source: f[0], doer: f[2], done: f[3], clauses: f[4], verb: f[6], from: r[0], to: r[1], code: l.kept(r[2]), place: l.at}
	for _, side := range []string{t.from, t.to} {
		if side != t.source && side != t.doer && side != t.done {
			l.fault("%q stands on the right of the transformation only; it is left out", side)
			return
		}
	}
	l.transformations = append(l.transformations, t)
	if t.code != anyVerb {
		l.coded(t.code)
	}
}

// transform looks up the verbs of transformations, now that all are known.
func (l *loading) transform() {
	kept := l.transformations[:0]
	for _, t := range l.transformations {
		if l.known(&t) {
			kept = append(kept, t)
		}
	}
	l.transformations = kept
}

// known looks up the verbs of one.
func (l *loading) known(t *transformation) bool {
	ok := false
	if t.outer, t.block, ok = l.codeOf(t.verb); ok && t.clauses != anyVerb {
		t.inner, _, ok = l.codeOf(t.clauses)
		ok = ok && t.inner != ""
	}
	if !ok {
		l.faultAt(t.place, "a verb of the transformation is in no dictionary, or that in brackets has no code; it is left out")
	}
	if t.code == anyVerb {
		t.code = ""
	}
	return ok
}

// codeOf returns the code and the block of a verb of one word.
func (l *loading) codeOf(verb string) (code string, block int32, ok bool) {
	for _, f := range l.verbs[l.words.byWord[verb]] {
		if len(f.behind)+len(f.before) == 0 {
			return f.event.forth, f.block, true
		}
	}
	return "", 0, false
}

// of reports whether a rule is of a verb with a meaning.
func (t *transformation) of(v *verb, m meaning) bool {
	return t.outer == m.event.forth && (t.outer != "" || t.block == v.form.block)
}

// transformed returns what the rules make of a verb and the first coded verb of
// its phrase; nothing where no rule fits.
func (s *sentence) transformed(v *verb, m meaning) []Coding {
	if !slices.ContainsFunc(s.d.transformations, func(t transformation) bool { return t.of(v, m) }) {
		return nil
	}
	for _, token := range v.phrase {
		if !s.verbal(token) {
			continue
		}
		inner, ok := s.verb(token)
		if !ok {
			continue
		}
		n := s.meaning(&inner)
		if n.event.forth == "" {
			continue
		}
		sources := s.source(v, m, s.t.Passive(v.token))
		doers, done := s.sides(&inner, n)
		for _, t := range s.d.transformations {
			if t.of(v, m) && (t.inner == "" || t.inner == n.event.forth) {
				if all := s.apply(t, v, n.event.forth, sources, doers, done); all != nil {
					return all
				}
			}
		}
		return nil
	}
	return nil
}

// apply returns the codings of a rule, for all parties that fit it.
func (s *sentence) apply(t transformation, v *verb, code string, sources, doers, done []Party) []Coding {
	if t.code != "" {
		code = t.code
	}
	var all []Coding
	for _, a := range sources {
		for _, b := range orNobody(doers) {
			for _, c := range orNobody(done) {
				who := map[string]Party{t.source: a}
				if !bind(who, t.doer, b) || !bind(who, t.done, c) {
					continue
				}
				from, to := who[t.from], who[t.to]
				if from.Code != to.Code && from.Code != null && to.Code != null && from.Code != "" && to.Code != "" {
					all = append(all, Coding{Source: from, Target: to, Code: code, Verb: v.token, Evidence: s.evidence(v, from, to), Where: s.d.where(t.place)})
				}
			}
		}
	}
	return all
}

func orNobody(p []Party) []Party {
	if len(p) == 0 {
		return []Party{{Code: null}}
	}
	return p
}

// bind reports whether a party can be what a letter stands for, and notes it.
// Two letters are two parties.
func bind(who map[string]Party, letter string, p Party) bool {
	switch letter {
	case ".":
		return true
	case "_":
		return p.Code == null
	}
	if have, ok := who[letter]; ok {
		return have.Code == p.Code
	}
	for _, other := range who {
		if other.Code == p.Code {
			return false
		}
	}
	who[letter] = p
	return p.Code != null
}
