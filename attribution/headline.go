package attribution

import (
	"strings"

	"dragoman"
)

// farFromEnd is how many words a source and its verb may have at the end of a title.
const farFromEnd = 8

// headline reads "Minister: no deal", "No Deal - Minister", "No Deal, Source Claims" and
// `Minister Stresses "Good Relations"` in a title.
func (r *reader) headline() {
	s := r.doc.Sentences[0]
	if r.doc.Title == "" && (len(r.doc.Sentences) < 2 || r.para[s.First] == r.para[r.doc.Sentences[1].First]) {
		return
	}
	for i := s.First + 1; i+1 < s.End && i < s.First+14; i++ {
		if r.quote[i] >= 0 {
			break
		}
		if r.lower[i] == ":" {
			if r.colon(s, i) {
				return
			}
			break
		}
		if verb, ok := r.forms[r.lower[i]]; ok && !r.used[i] && r.exclaims(s, i, verb) {
			return
		}
	}
	r.closes(s)
}

// colon reads "Minister: no deal".
func (r *reader) colon(s dragoman.Sentence, i int) bool {
	if i > s.First+8 || !r.verbless(s.First, i) {
		return false
	}
	src, head := r.nounBefore(s.First, i)
	if head < 0 || src.first != s.First {
		return false
	}
	if _, ok := r.sources[strings.ToLower(r.tree.Lemma(head))]; !ok && r.tree.POS(head) != dragoman.PROPN {
		return false
	}
	body := r.trim(span{i + 1, s.End})
	if body.end-body.first < 2 || r.authority(body) && body.end-body.first < i-s.First {
		return false
	}
	r.add(found{source: src, head: head, cue: span{i, i + 1}, cueHead: i, content: body})
	return true
}

// closes reads who says so at the end of a title, which has no article and hides verbs
// behind capitals: behind a dash or colon the source alone, behind a comma with its verb.
func (r *reader) closes(s dragoman.Sentence) {
	tail := r.trim(span{s.First, s.End})
	for i := tail.end - 1; i > tail.first+1 && i >= tail.end-1-farFromEnd; i-- {
		if r.quote[i] >= 0 {
			return
		}
		rest, body := span{i + 1, tail.end}, r.trim(span{s.First, i})
		if body.end-body.first < 3 {
			return
		}
		switch r.lower[i] {
		case ":", "–", "—", "-", "--":
			if apart := r.lower[i] == ":" || r.doc.Tokens[i].Start > r.doc.Tokens[i-1].End && r.doc.Tokens[i].End < r.doc.Tokens[i+1].Start; !apart {
				continue // "cease-fire"
			}
			if r.authority(rest) || r.proper(rest) && rest.end-rest.first <= 3 && !r.verbless(body.first, body.end) {
				r.add(found{source: rest, head: rest.end - 1, cue: span{i, i + 1}, cueHead: i, content: body})
			}
			return
		case ",":
			r.sourceAndVerb(rest, body)
			return
		}
	}
}

// sourceAndVerb adds what the title body tells according to rest, "Source Claims" or "Says
// Minister", if it is that and nothing has been read of it.
func (r *reader) sourceAndVerb(rest, body span) {
	for _, v := range []int{rest.end - 1, rest.first} {
		src := span{rest.first, v}
		if v == rest.first {
			src = span{v + 1, rest.end}
		}
		if c := r.saying(v); c != nil && !r.used[v] && (r.authority(src) || r.proper(src)) {
			r.hits[v], r.ends[v] = c, v+1
			r.add(found{source: src, head: src.end - 1, cue: span{v, v + 1}, cueHead: v, content: body, word: c})
			return
		}
	}
}

// saying returns the verb of saying with a clause that the word i can be by its form; nil.
func (r *reader) saying(i int) *cue {
	verb, ok := r.forms[r.lower[i]]
	if !ok {
		verb = strings.ToLower(r.tree.Lemma(i))
	}
	if strings.HasSuffix(r.lower[i], "ing") {
		return nil
	}
	for _, c := range r.cues[verb] {
		if c.pos == dragoman.VERB && c.kind == "say" && c.has(fClause) && len(c.rest) == 0 {
			return c
		}
	}
	return nil
}

// authority reports whether s is a noun phrase, and nothing else, of somebody or something
// that is a source.
func (r *reader) authority(s span) bool {
	if s.empty() || s.end-s.first > farFromEnd {
		return false
	}
	for i := s.first; i < s.end; i++ {
		if !r.nominal(i) && !(r.tree.Is(i, "compound", "amod") || r.tree.POS(i) == dragoman.PUNCT && i > s.first && i < s.end-1 && r.lower[i] == "-") {
			return false
		}
	}
	lemma := strings.ToLower(r.tree.Lemma(s.end - 1))
	single := strings.TrimSuffix(lemma, "s") // capitals make a name of the plural "Sources"
	return r.sources[lemma].kind != "" || r.bodies[lemma] || r.sources[single].kind != "" || r.bodies[single]
}

// exclaims reads a verb of saying that the capitals of a title hid from the
// tagger, where quotation marks follow it: `Minister Stresses On "Good
// Relations"`.
func (r *reader) exclaims(s dragoman.Sentence, i int, verb string) bool {
	for _, c := range r.cues[verb] {
		if c.pos != dragoman.VERB || c.kind != "say" || len(c.rest) > 0 {
			continue
		}
		end := i + 1
		if c.prep(r.lower[end]) && end+1 < s.End {
			end++
		}
		q := r.quote[end]
		if q < 0 || r.quotes[q].first != end || r.quotes[q].end > s.End {
			continue
		}
		r.hits[i], r.ends[i] = c, i+1 // so that it is no part of the name before it
		src, head := r.nounBefore(s.First, i)
		if head < 0 || src.end != i {
			continue
		}
		if r.verbless(s.First, i) {
			src.first = s.First
		}
		r.add(found{source: src, head: head, cue: span{i, end}, cueHead: i, content: span{end, r.quotes[q].end}, word: c})
		return true
	}
	return false
}
