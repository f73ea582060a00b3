package event

import (
	"slices"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/learn"
)

// judging is what the judge is told of a predicate, and what it says.
type judging struct {
	odds
	feats []uint64
}

func (j *judging) add(template int, values ...string) {
	j.feats = append(j.feats, learn.Feature(template, values...))
}

// features describes predicate p: its words and what they may tell, its place in the
// sentence, who stands in its slots, the other predicates around, and what the frames made
// of it: the event e where made. They last until the next predicate.
func (r *reading) features(p int, e *dragoman.Event, made bool) []uint64 {
	s, q := r.s, &r.judging
	q.feats = q.feats[:0]
	pos := string(s.FramePOS(p))
	lemma, tag, rel := s.FrameLemma(p), r.doc.Tags[p].XPOS, s.Rel(p)
	status, _ := r.facts.Status(s, p)
	mine, all := r.mayTell(p)
	q.add(0, "")
	q.add(1, lemma, pos)
	q.add(2, tag)
	q.add(3, rel)
	q.add(4, lemma, rel)
	h := s.Head(p)
	if h >= 0 {
		q.add(5, s.Lemma(h))
		q.add(6, s.Lemma(h), lemma)
		q.add(7, r.doc.Tags[h].XPOS, rel)
		if above := s.Head(h); above >= 0 {
			q.add(8, s.Lemma(above))
		}
		if _, k := r.mayTell(h); k != "" {
			q.add(9, k, rel)
			q.add(10, k, rel, all)
		}
	}
	var slots []string
	r.args = s.Arguments(p, r.args[:0])
	subject := "" // his country
	for _, a := range r.args {
		kind, sector, country := r.kindOf(a.Token)
		word := s.Lemma(a.Token)
		q.add(11, a.Slot, kind)
		q.add(12, a.Slot, word)
		q.add(13, lemma, a.Slot, kind)
		q.add(14, a.Slot)
		q.add(15, lemma, a.Slot, word)
		if _, k := r.mayTell(a.Token); k != "" {
			q.add(16, a.Slot, k)
			q.add(17, a.Slot, k, all)
			q.add(18, a.Slot, k, lemma)
		}
		if sector != "" {
			q.add(19, a.Slot, sector)
			q.add(20, a.Slot, sector, all)
			q.add(21, a.Slot, sector, lemma)
		}
		switch {
		case a.Slot == "subj":
			subject = country
		case country != "" && subject != "":
			same := strconv.FormatBool(country == subject)
			q.add(22, a.Slot, same)
			q.add(23, a.Slot, same, all)
		}
		for _, k := range mine {
			q.add(24, k, a.Slot, kind)
			q.add(25, k, a.Slot, word)
		}
		slots = append(slots, a.Slot+" "+kind)
	}
	slices.Sort(slots)
	frame := strings.Join(slots, "|")
	q.add(26, frame)
	for _, k := range s.Kids(p) {
		q.add(27, s.Rel(int(k)), s.Lemma(int(k)))
		q.add(28, s.Rel(int(k)))
	}
	for i := max(0, p-2); i <= min(p+2, len(r.doc.Tokens)-1); i++ {
		if i != p {
			q.add(29, strconv.Itoa(i-p), s.Lemma(i))
		}
		if i == p-1 || i == p+1 {
			q.add(30, strconv.Itoa(i-p), s.Lemma(i), all)
		}
	}
	switch n := s.Sentence(p); {
	case n == 0:
		q.add(31, "first")
		q.add(31, "lead")
	case n < leadSentences:
		q.add(31, "lead")
	case n > farBelow:
		q.add(31, "far")
	}
	if len(s.Said(p)) > 0 {
		q.add(32, "")
		q.add(33, all)
		q.add(34, rel)
	}
	q.add(35, string(status))
	q.add(36, all)
	for _, k := range mine {
		q.add(37, k)
		q.add(38, k, pos, rel)
		q.add(39, k, tag)
		q.add(40, k, string(status))
		q.add(41, k, frame)
		if h >= 0 {
			q.add(42, k, s.Lemma(h))
		}
		if !made {
			q.add(43, k, r.refusal.Reason)
		}
	}
	sentence := r.doc.Sentences[s.Sentence(p)]
	for i := max(sentence.First, p-around); i < min(sentence.End, p+around+1); i++ {
		if i != p && s.FramePOS(i) == 'V' {
			if _, k := r.mayTell(i); k != "" {
				q.add(44, k)
				q.add(45, k, all)
			}
		}
	}
	powers := strconv.Itoa(min(6, r.powers))
	q.add(46, powers)
	q.add(47, powers, all)
	q.add(48, powers, pos)
	if made {
		q.add(49, "")
		q.add(50, e.Type)
		q.add(51, e.Type, lemma)
		q.add(52, e.Type, string(e.Status))
		q.add(53, e.Because[0])
		q.add(54, strconv.Itoa(len(e.Actors)), strconv.Itoa(len(e.Recipients)))
	} else if r.refusal.Token == p {
		q.add(55, r.refusal.Reason)
		q.add(56, r.refusal.Frame)
	}
	return q.feats
}

// statusFeatures adds to the features of a predicate what event it tells, and as what the
// frames tell it, "" where they do not.
func statusFeatures(features []uint64, kind string, as dragoman.Status) []uint64 {
	return append(slices.Clone(features), learn.Feature(60, kind), learn.Feature(61, kind, string(as)), learn.Feature(62, string(as)))
}

// farBelow is a sentence that comes late in an article.
const farBelow = 9

// around is how many words before and behind a predicate others are looked for.
const around = 30

// inkling is what a word may tell, as a list and joined.
type inkling struct {
	asked bool
	types []string
	all   string
}

// mayTell returns what the word of a token may tell: the types of its frames, and the types
// and strengths that the table of words gives it ("ACCUSE:2"), both sorted; and all of them
// joined, "" for none.
func (r *reading) mayTell(token int) (types []string, all string) {
	k := &r.may[token]
	if k.asked {
		return k.types, k.all
	}
	pos := r.s.FramePOS(token)
	for _, f := range r.book.At(r.s.Tree, token) {
		if t := r.meanings[f.Row].kind; f.POS == pos && !f.Never && !slices.Contains(k.types, t) {
			k.types = append(k.types, t)
		}
	}
	slices.Sort(k.types)
	if pos != 0 {
		k.types = append(k.types, r.words[string(pos)+r.s.FrameLemma(token)]...)
	}
	k.all, k.asked = strings.Join(k.types, "|"), true
	return k.types, k.all
}

// countPowers returns how many states, governments and armed groups the document has.
func countPowers(doc *dragoman.Document) (n int) {
	for _, a := range doc.Actors {
		if a.Kind == "state" || a.Kind == "government" || a.Kind == "armed_group" {
			n++
		}
	}
	return n
}

// kindOf says who stands at a token: the kind of the first actor, "place" for a place, ""
// for neither; and the actor's kind with his first sector, and his country.
func (r *reading) kindOf(token int) (kind, sector, country string) {
	if actors := r.s.Actors(token); len(actors) > 0 {
		a := &r.doc.Actors[actors[0]]
		sector = a.Kind
		if len(a.Sectors) > 0 {
			sector += " " + a.Sectors[0]
		}
		return a.Kind, sector, a.Country
	}
	if r.s.Place(token) >= 0 {
		return "place", "", ""
	}
	return "", "", ""
}
