package attribution

import "dragoman"

// An interview that is printed as questions and answers tells once, before it, whose the
// answers are: "Omar Nour told the Courier. Q: Will the truce hold? A: Chad has broken it."

// fewestAnswers is from how many answers on a text is an interview; a single "A." is a list or
// an initial.
const fewestAnswers = 2

// answers gives what stands behind each mark of an answer, up to the next question, to whom the
// text before the first question speaks of last, or tells who he is.
func (r *reader) answers() {
	var all []span
	question := -1
	for i := range r.lower {
		switch mark, end := r.turn(i); {
		case mark == 'q':
			if n := len(all); n > 0 && all[n-1].end < 0 {
				all[n-1].end = i
			} else if n == 0 && question < 0 {
				question = i
			}
		case mark == 'a' && question >= 0 && (len(all) == 0 || all[len(all)-1].end >= 0):
			all = append(all, span{end, -1})
		}
	}
	if len(all) < fewestAnswers {
		return
	}
	who, head := r.interviewed(question)
	if head < 0 {
		return
	}
	if last := &all[len(all)-1]; last.end < 0 {
		last.end = len(r.lower)
	}
	for _, s := range all {
		if s = r.trim(s); !s.empty() {
			r.add(found{source: who, head: head, cue: none, cueHead: -1, content: s, direct: true, answer: true})
		}
	}
}

// turn returns whether token i marks a question or an answer, "Q:", "A.", and where its words
// begin; 0 where it does neither.
func (r *reader) turn(i int) (mark byte, end int) {
	if i > 0 && r.para[i] == r.para[i-1] && r.tree.POS(i-1) != dragoman.PUNCT && !r.punct(i-1) || r.quote[i] >= 0 {
		return 0, 0
	}
	end = i + 1
	switch r.doc.Form(i) {
	case "Q", "A":
		if end >= len(r.lower) || r.lower[end] != ":" && r.lower[end] != "." {
			return 0, 0
		}
		end++
	case "Q.", "A.", "Q:", "A:":
	default:
		return 0, 0
	}
	return r.lower[i][0], end
}

// interviewed returns who is asked: the source named last before token first who is quoted or
// says something in the present, not in the words of another, or else the first of whom it is
// said there what he is; head -1 for nobody. "Trump warned on Friday" is the news before it.
func (r *reader) interviewed(first int) (who span, head int) {
	head = -1
	said := map[int]bool{}
	for k := range r.all {
		for i := r.all[k].content.first; i < min(r.all[k].content.end, first); i++ {
			said[i] = true
		}
	}
	for k := range r.all {
		a := &r.all[k]
		if a.cueHead < 0 || a.cueHead >= first || a.head <= head || a.head >= first || r.tree.POS(a.head) != dragoman.PROPN || said[a.head] {
			continue
		}
		if a.word != nil && a.word.pos == dragoman.VERB && (r.manner(a) != dragoman.Paraphrase || r.doc.Tags[a.cueHead].XPOS == "VBZ") {
			who, head = a.source, a.head
		}
	}
	for i := 0; i < first && head < 0; i++ {
		if h := r.tree.Head(i); r.tree.Is(i, "nsubj") && r.tree.POS(i) == dragoman.PROPN && h > i && r.tree.POS(h) == dragoman.NOUN && r.tree.Kid(h, "cop") >= 0 {
			if who = r.phrase(i, -1); who.end <= h {
				head = i
			}
		}
	}
	return who, head
}
