package event

import (
	"slices"
	"strings"

	"dragoman"
	"dragoman/pattern"
)

// days returns when event p of that status took place, as far as its sentence says so.
// What has no beginning was done at some time up to the end.
func (r *reading) days(p int, status dragoman.Status) (from, to dragoman.Day) {
	if from, to = r.when(p); from == dragoman.NoDay && to == dragoman.NoDay && status == dragoman.Happened && r.past(p) {
		to = r.doc.Published
	}
	return from, to
}

// uttered returns when words were said that are themselves what e, told by frame f of token p,
// says: the day of "said on Monday", not a day that the words are of; ok is false for all else.
func (r *reading) uttered(p int, f pattern.Frame, e *dragoman.Event) (from, to dragoman.Day, ok bool) {
	own := len(e.AccordingTo) - len(r.toldOf(p, f, e))
	if own == 0 || r.earlier(p) {
		return dragoman.NoDay, dragoman.NoDay, false
	}
	said := e.AccordingTo[own-1]
	for n := 0; r.doc.Attributions[said].CueHead < 0 && r.doc.Attributions[said].Continues >= 0 && n < len(r.doc.Attributions); n++ {
		said = r.doc.Attributions[said].Continues
	}
	cue := r.doc.Attributions[said].CueHead
	if cue < 0 {
		return dragoman.NoDay, dragoman.NoDay, true
	}
	if d := r.rightAfter(cue); d >= 0 {
		return r.doc.Dates[d].From, r.doc.Dates[d].To, true
	}
	from, to = r.when(cue)
	return from, to, true
}

// rightAfter returns the date that stands right after token i, wherever the syntax hangs it: "said
// on Sunday that relations are good"; -1.
func (r *reading) rightAfter(i int) int {
	end := r.doc.Sentences[r.s.Sentence(i)].End
	if i++; i < end && r.s.POS(i) == dragoman.ADP {
		i++
	}
	if i >= end || r.s.Date(i) < 0 || r.describes(i, -1) {
		return -1
	}
	return r.s.Date(i)
}

// when returns the days that the clause of p tells, or else those that follow from the
// clause above it.
func (r *reading) when(p int) (from, to dragoman.Day) {
	v := r.carrier(p)
	if from, to, ok := r.dated(p, v); ok {
		return from, to
	}
	if n := r.beforeWhen(v); n >= 0 {
		if d := r.dateOf(n); d >= 0 {
			return r.doc.Dates[d].From, r.doc.Dates[d].To // "since July 2023, when the bloc imposed sanctions"
		}
		if _, as := r.frame(n); as == since || as == after {
			return dragoman.NoDay, r.doc.Published // "since the start of the genocide, when troops killed"
		}
	}
	h := r.s.Head(v)
	if h < 0 {
		return dragoman.NoDay, dragoman.NoDay
	}
	if r.s.Is(v, "advcl", "acl") {
		switch mark := r.follows(v); {
		case mark >= 0:
			return r.ended(v, mark, h)
		case r.s.Is(v, "acl") && r.simultaneous(v):
			return r.whenAbove(v)
		case r.s.Is(v, "advcl") && r.s.Kid(v, "mark") < 0:
			return r.when(h)
		}
	}
	if v == p && r.s.FramePOS(p) == 'N' {
		switch n, as := r.frame(p); {
		case as == during:
			return r.whenAbove(n)
		case as == since, as == after:
			return r.ended(p, r.s.Kid(n, "case"), r.s.Head(n))
		}
	}
	if r.s.Is(v, "conj") && r.s.POS(h) == dragoman.VERB && r.s.Kid(v, "nsubj", "aux") < 0 {
		return r.when(h)
	}
	return dragoman.NoDay, dragoman.NoDay
}

// carrier returns the verb that lends its adverbials to p; p itself where there is none.
func (r *reading) carrier(p int) int {
	if r.s.FramePOS(p) == 'N' {
		if v := r.Grammar.Carrier(r.s.Tree, p); v >= 0 {
			return v
		}
	}
	return p
}

// whenAbove returns the days of the verb above token i.
func (r *reading) whenAbove(i int) (from, to dragoman.Day) {
	if h := r.verbAbove(i); h >= 0 {
		return r.when(h)
	}
	return dragoman.NoDay, dragoman.NoDay
}

// simultaneous reports whether verb v is a participle that tells what goes on while the
// main clause does: "an operation targeting the group", of which neither has a day of its own.
func (r *reading) simultaneous(v int) bool {
	return r.s.POS(v) == dragoman.VERB && r.doc.Tags[v].XPOS == "VBG" && r.s.Kid(v, "mark", "nsubj", "aux", "case") < 0
}

// How a phrase stands to what its clause tells: that was done since, after or during it.
const (
	since  = "since"
	after  = "after"
	during = "during"
)

// phrase is how many tokens before a date what it depends on is looked for.
const phrase = 20

// stands returns how a phrase stands that is opened by token i, a preposition or
// conjunction or the noun of "in the wake of"; "".
func (r *reading) stands(i int) string {
	w := strings.ToLower(r.doc.Form(i))
	switch {
	case r.wake[w] && r.s.FramePOS(i) == 'N' && r.s.Case(i) == "in":
		return after
	case !r.s.Is(i, "case", "mark"):
		return ""
	case r.since[w]:
		return since
	case r.after[w]:
		return after
	case r.during[w]:
		return during
	}
	return ""
}

// frame returns the noun, above token i or itself, whose phrase says since, after or
// during what something was done, and which of them: of "since the start of the war" the
// start. as is "" where there is none.
func (r *reading) frame(i int) (noun int, as string) {
	for n := i; n >= 0 && r.s.FramePOS(n) != 'V'; n = r.s.Head(n) {
		if as = r.stands(n); as != "" {
			return n, as
		}
		if k := r.s.Kid(n, "case"); k >= 0 {
			if as = r.stands(k); as != "" {
				return n, as
			}
		}
		if !r.s.Is(n, "nmod", "conj", "compound") {
			break
		}
	}
	return -1, ""
}

// setting returns the noun in whose phrase date d stands where that phrase says since,
// after or during what something was done, and which of them, wherever the syntax hangs
// the date: "since the invasion of Afghanistan in 1979" is since the invasion.
func (r *reading) setting(d int) (noun int, as string) {
	first := r.doc.Dates[d].First
	for i := first - 1; i >= max(first-phrase, r.doc.Sentences[r.s.Sentence(first)].First); i-- {
		if as = r.stands(i); as != "" {
			if noun = i; r.s.Is(i, "case", "mark") {
				noun = r.s.Head(i)
			} else if of := r.s.Kid(i, "nmod"); of > i {
				noun = of
			}
			if noun < 0 || r.s.FramePOS(noun) != 'N' && r.s.POS(noun) != dragoman.PROPN || r.s.Date(noun) >= 0 {
				return -1, ""
			}
			return noun, as
		}
		switch r.s.POS(i) {
		case dragoman.VERB, dragoman.AUX, dragoman.SCONJ:
			if !r.s.Is(i, "amod", "compound") && r.s.FramePOS(i) != 'N' {
				return -1, ""
			}
		case dragoman.CCONJ:
			if r.s.POS(i+1) == dragoman.ADP {
				return -1, ""
			}
		case dragoman.PUNCT:
			if r.doc.Form(i) != "-" {
				return -1, ""
			}
		}
	}
	return -1, ""
}

// dated returns the days that are told in the clause of p or of its carrier v: the date
// nearest to p; or else from when on it was done if it is told what it was done since or
// after, or when what went on at the same time was.
func (r *reading) dated(p, v int) (from, to dragoman.Day, ok bool) {
	if d := r.nearest(p, func(i, d int) bool { return r.tellsOf(i, d, p, v) }); d >= 0 {
		return r.doc.Dates[d].From, r.doc.Dates[d].To, true
	}
	if d := r.nearest(p, func(_, d int) bool { noun, as := r.setting(d); return as != "" && r.clause(noun) == v }); d >= 0 {
		if from = r.doc.Dates[d].From; from <= r.doc.Published {
			return from, r.doc.Published, true
		}
		return from, dragoman.NoDay, true
	}
	if d := r.nearest(p, func(i, d int) bool { return r.shares(i, d, v) }); d >= 0 {
		return r.doc.Dates[d].From, r.doc.Dates[d].To, true
	}
	return dragoman.NoDay, dragoman.NoDay, false
}

// nearest returns the date of the sentence of p nearest to it of whose tokens one is
// wanted; -1.
func (r *reading) nearest(p int, wanted func(token, date int) bool) int {
	best, distance := -1, 1<<30
	sent := r.doc.Sentences[r.s.Sentence(p)]
	for i := sent.First; i < sent.End; i++ {
		d := r.s.Date(i)
		if n := max(i-p, p-i); d >= 0 && n < distance && !r.unmatched(d) && wanted(i, d) {
			best, distance = d, n
		}
	}
	return best
}

// tellsOf reports whether date d, of which i is a token, says when p was done, or its
// carrier v.
func (r *reading) tellsOf(i, d, p, v int) bool {
	noun, as := r.setting(d)
	day := r.doc.Dates[d].From == r.doc.Dates[d].To
	switch describes := r.describes(i, p); {
	case as != "" && r.s.Above(noun, p): // "since the invasion of Afghanistan in 1979": the invasion
		return !describes && (as == during || !day || noun == p || r.clause(i) == p)
	case as == during:
		return r.clause(noun) == v
	case describes, as == since, as == after && !day, r.ofAnother(d, v): // but "after a match on Sunday" is on Sunday
		return false
	}
	clause := r.clause(i)
	return clause == v || clause == p || r.s.Head(v) < 0 && clause == -1 || r.amid(i, p) || r.rightBefore(d, v, clause) || r.saidIn(clause, v) ||
		r.s.FramePOS(p) == 'N' && clause >= 0 && clause < p && p < i && r.ofAnother(d, clause)
}

// rightBefore reports whether date d, of a month at most, which the syntax hangs on the noun clause
// or on nothing, stands right before verb v: "in a statement on Sunday condemned".
func (r *reading) rightBefore(d, v, clause int) bool {
	date := r.doc.Dates[d]
	if clause >= 0 && (clause > date.First || r.s.FramePOS(clause) != 'N') || r.s.FramePOS(v) != 'V' || r.s.Case(date.First) == "of" || date.To-date.From >= month {
		return false
	}
	i := date.End
	for i < v && r.s.Is(i, "aux", "advmod") && r.s.Head(i) == v {
		i++
	}
	return i == v
}

// saidIn reports whether clause, a noun or its participle, is of something said or of a meeting
// in which v was done, and on whose day: "in an interview on Monday he criticised", "at a meeting
// held on Monday".
func (r *reading) saidIn(clause, v int) bool {
	n := clause
	if n >= 0 && r.s.Is(n, "acl") && r.doc.Tags[n].XPOS == "VBN" {
		n = r.s.Head(n)
	}
	if n < 0 || r.s.FramePOS(n) != 'N' || !r.s.Is(n, "obl") || r.s.Head(n) != v {
		return false
	}
	if on := r.s.Case(n); on != "in" && on != "at" && !r.during[on] {
		return false
	}
	return slices.ContainsFunc(r.book.At(r.s.Tree, n), func(f pattern.Frame) bool {
		kind := r.meanings[f.Row].kind
		return f.POS == 'N' && (kind == "CONSULT" || kind == "STATEMENT" || r.types[kind].uttered)
	})
}

// month is how many days what is news has been so at most.
const month = 31

// ofAnother reports whether date d was over long before publication, verb v is in the present
// perfect, which has no such day, and another deed stands between them: of "have arrested two over
// the killing of a journalist in 2019" the day is the killing's.
func (r *reading) ofAnother(d, v int) bool {
	if !r.longAgo(r.doc.Dates[d].To) || !r.news(v) {
		return false
	}
	for t := v + 1; t < r.doc.Dates[d].First; t++ {
		switch r.s.FramePOS(t) {
		case 'V':
			return true
		case 'N':
			if r.framed(t) && r.Grammar.Carrier(r.s.Tree, t) != v {
				return true
			}
		}
	}
	return false
}

// longAgo reports whether a day was long before publication.
func (r *reading) longAgo(to dragoman.Day) bool {
	return to != dragoman.NoDay && r.doc.Published != dragoman.NoDay && to < r.doc.Published-month
}

// news reports whether verb v is in the present perfect.
func (r *reading) news(v int) bool {
	aux := r.s.Kid(v, "aux")
	return aux >= 0 && r.s.Lemma(aux) == "have" && (r.doc.Tags[aux].XPOS == "VBZ" || r.doc.Tags[aux].XPOS == "VBP")
}

// framed reports whether noun n has frames, as of what is done.
func (r *reading) framed(n int) bool {
	return r.s.FramePOS(n) == 'N' && slices.ContainsFunc(r.book.At(r.s.Tree, n), func(f pattern.Frame) bool { return f.POS == 'N' })
}

// shares reports whether date d, of which i is a token, is that of a participle that goes on
// while v is done: "detained two during an operation targeting the group yesterday".
func (r *reading) shares(i, d, v int) bool {
	const week = 7
	c := r.clause(i)
	if c < 0 || c == v || r.describes(i, c) || !r.simultaneous(c) || r.doc.Dates[d].From == dragoman.NoDay || r.doc.Dates[d].To-r.doc.Dates[d].From >= week {
		return false
	}
	return r.verbAbove(c) == v
}

// unmatched reports whether date d only says since when there was nothing like it: "for
// the first time since 2011", "the deadliest since March", "the first since the 1979 revolution".
func (r *reading) unmatched(d int) bool {
	first := r.doc.Dates[d].First
	low := max(first-phrase, r.doc.Sentences[r.s.Sentence(first)].First)
	for first > low && !r.since[r.s.Lemma(first)] && r.s.POS(first) != dragoman.VERB {
		first-- // to the preposition of the phrase in which the date stands
	}
	if !r.since[r.s.Lemma(first)] {
		return false
	}
	for i := first - 1; i >= low; i-- {
		switch r.s.POS(i) {
		case dragoman.VERB, dragoman.AUX, dragoman.PUNCT:
			return false
		}
		if tag := r.doc.Tags[i]; tag.Has("Degree=Sup") || tag.Has("NumType=Ord") || tag.XPOS == "JJS" {
			return true
		}
	}
	return false
}

// beforeWhen returns the noun before the "when" of the clause of v: "the talks in May,
// when the two sides met"; -1.
func (r *reading) beforeWhen(v int) int {
	when := r.s.Kid(v, "advmod", "mark")
	if when <= r.doc.Sentences[r.s.Sentence(v)].First+1 || r.s.Lemma(when) != "when" {
		return -1
	}
	i := when - 1
	if r.doc.Form(i) == "," {
		i--
	}
	if r.s.Date(i) < 0 && r.s.FramePOS(i) != 'N' {
		return -1
	}
	return i
}

// dateOf returns the date that token i is part of or that describes it; -1.
func (r *reading) dateOf(i int) int {
	if d := r.s.Date(i); d >= 0 {
		return d
	}
	for _, k := range r.s.Kids(i) {
		if d := r.s.Date(int(k)); d >= 0 && r.s.Is(int(k), "compound", "amod", "nummod", "nmod") {
			return d
		}
	}
	return -1
}

// follows returns the word that says that the main clause came after the clause of v, or
// has been so since: "a few days after the minister spoke"; -1.
func (r *reading) follows(v int) int {
	first, _ := r.s.Extent(v)
	for i := first; i < v; i++ {
		if as := r.stands(i); as == after || as == since {
			return i
		}
	}
	return -1
}

// ended returns the days of p, which main, a verb or its adverbial, came after, as the word
// mark says: it had ended by then, and where the days between are counted it was so many before.
func (r *reading) ended(p, mark, main int) (from, to dragoman.Day) {
	for main >= 0 && r.s.POS(main) != dragoman.VERB && r.s.Date(main) < 0 {
		main = r.s.Head(main)
	}
	from, to = dragoman.NoDay, dragoman.NoDay
	switch {
	case main < 0:
	case r.s.Date(main) >= 0:
		from, to = r.doc.Dates[r.s.Date(main)].From, r.doc.Dates[r.s.Date(main)].To
	default:
		if x := r.doc.Tags[p].XPOS; x != "VBD" && x != "VBN" {
			if status, _ := r.facts.Status(r.s, main); status == dragoman.Planned || status == dragoman.Hypothetical {
				return from, to // "will leave after they sign"
			}
		}
		from, to = r.when(main)
	}
	if to == dragoman.NoDay {
		from, to = dragoman.NoDay, r.doc.Published
	}
	lag, exact := r.lag(mark)
	if to == dragoman.NoDay || !exact || from != to {
		if to != dragoman.NoDay && lag > 0 {
			to--
		}
		return dragoman.NoDay, to
	}
	return from - dragoman.Day(lag), to - dragoman.Day(lag)
}

// lag returns how many days before the word mark says that something came after: "two
// days after"; exact is false where that is only the least, as in "weeks after".
func (r *reading) lag(mark int) (n int, exact bool) {
	i := mark - 1
	if i < 0 || r.s.Sentence(i) != r.s.Sentence(mark) || !r.spans[r.s.Lemma(i)] {
		return 0, false
	}
	low, high, ok := r.number(i)
	if det := r.s.Kid(i, "det"); !ok && det >= 0 && r.doc.Tags[i].Has("Number=Sing") {
		low, high, ok = 1, 1, true // "the day after"
	}
	if !ok || low != high || r.s.Lemma(i) != "day" {
		return 1, false
	}
	return low, true
}

// past reports whether p, of which no day is told, is not told as something new: it is a
// war, a revolution, somebody's rule, it is remembered, or it was done during or after such
// a time, or since something.
func (r *reading) past(p int) bool {
	v := r.carrier(p)
	if v == p && r.s.FramePOS(p) == 'N' {
		if h := r.s.Head(p); r.eras[r.s.FrameLemma(p)] || h >= 0 && r.s.Is(p, "obj", "nmod", "obl") && r.recalls[r.s.Lemma(h)] {
			return true
		}
	}
	for _, k := range r.s.Kids(v) {
		k := int(k)
		if r.s.Is(k, "advcl") {
			if mark := r.follows(k); mark >= 0 && r.stands(mark) == since && r.perfect(v) {
				return true // "since he attacked": else it may be why
			}
			continue
		}
		if r.s.Date(k) >= 0 {
			continue
		}
		if n, as := r.frame(k); n == k && (as == since || as != "" && r.era(k)) {
			return true
		}
	}
	return false
}

// era reports whether the phrase of noun n is of a war, a revolution, somebody's rule:
// "the start of the war".
func (r *reading) era(n int) bool {
	if r.eras[r.s.FrameLemma(n)] {
		return true
	}
	of := r.s.Kid(n, "nmod")
	return of > n && r.s.Case(of) == "of" && r.eras[r.s.FrameLemma(of)]
}

// perfect reports whether verb v is in the present perfect.
func (r *reading) perfect(v int) bool {
	aux := r.s.Kid(v, "aux")
	return aux >= 0 && r.s.Lemma(aux) == "have"
}

// verbAbove returns the first verb above token i; -1.
func (r *reading) verbAbove(i int) int {
	for h := r.s.Head(i); h >= 0; h = r.s.Head(h) {
		if r.s.POS(h) == dragoman.VERB {
			return h
		}
	}
	return -1
}

// amid reports whether token i stands between the event noun p and one of its
// parties, wherever the syntax hangs it: "followed a visit last week by a minister".
func (r *reading) amid(i, p int) bool {
	if r.s.FramePOS(p) != 'N' || i < p {
		return false
	}
	end := p
	for _, a := range r.args {
		if a.Slot == "subj" || a.Slot == "between" || a.Slot == "with" {
			end = max(end, a.Token)
		}
	}
	for k := p + 1; k < end; k++ {
		if r.s.POS(k) == dragoman.VERB || r.s.Sentence(k) != r.s.Sentence(p) {
			return false
		}
	}
	return i < end
}

// describes reports whether the date at token i only describes a noun that is
// not p: of "left the 2015 deal" it does not say when, nor of "signed the Programme 2022-2024".
func (r *reading) describes(i, p int) bool {
	if n := r.doc.Dates[r.s.Date(i)].First - 1; n >= 0 && n != p && r.nameless(r.s.Date(i)) && (r.s.POS(n) == dragoman.NOUN || r.s.POS(n) == dragoman.PROPN) {
		return r.s.Sentence(n) == r.s.Sentence(i)
	}
	for r.s.Head(i) >= 0 && r.s.Date(r.s.Head(i)) == r.s.Date(i) {
		i = r.s.Head(i)
	}
	if i > 0 && r.s.POS(i-1) == dragoman.ADP {
		return false // "On Sunday soldiers detained": a parser hangs it on the soldiers
	}
	return r.s.Is(i, "compound", "amod", "nummod", "nmod:poss") && r.s.Head(i) != p
}

// nameless reports whether date d is of years in figures alone, which say when only after a
// preposition.
func (r *reading) nameless(d int) bool {
	const figures = 4
	for i := r.doc.Dates[d].First; i < r.doc.Dates[d].End; i++ {
		if w := r.doc.Form(i); len(w) < figures && r.s.POS(i) != dragoman.PUNCT && r.s.POS(i) != dragoman.SYM || strings.Trim(w, "0123456789-–/") != "" {
			return false
		}
	}
	return true
}

// clause returns the predicate of the clause that token i modifies: the first
// verb, event noun or copular predicate above it.
func (r *reading) clause(i int) int {
	for h := r.s.Head(i); h >= 0; h = r.s.Head(h) {
		if r.s.POS(h) == dragoman.VERB || r.s.Kid(h, "cop", "nsubj") >= 0 {
			return h
		}
		if r.framed(h) {
			if c := r.Grammar.Carrier(r.s.Tree, h); c < 0 {
				return h
			}
		}
	}
	return -1
}
