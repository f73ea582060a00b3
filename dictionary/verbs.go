package dictionary

import (
	"cmp"
	"strings"
)

// event is what a verb or a pattern codes: what the source does to the target,
// and what the target does to the source; either may be empty. "---" is neither.
type event struct{ forth, back string }

func (e event) null() bool { return e.forth == "" && e.back == "" }

// form is a form of a verb, one word or several: the words right behind the one
// that the parser takes for the verb, and right before it, the nearest first.
type form struct {
	behind, before []int32
	block          int32
	event          event
	place          place
}

// block is a group of verbs with their patterns, the narrowest first.
type block struct{ patterns []verbPattern }

// verbPattern is what stands before and behind a verb, both read outwards from it.
type verbPattern struct {
	upper, lower []part
	event        event
	place        place
}

// part is an element of a pattern.
type part struct {
	kind partKind
	id   int32 // of the word or the set of synonyms
	open bool  // others may stand between it and what is nearer to the verb
}

type partKind uint8

const (
	isWord     partKind = iota
	isSynonym           // &SET
	isSource            // $
	isTarget            // +
	isSkip              // ^
	isCompound          // %
)

// narrower puts the patterns with more elements first.
func narrower(a, b verbPattern) int {
	return cmp.Compare(len(b.upper)+len(b.lower), len(a.upper)+len(a.lower))
}

// readVerbs reads sets of synonyms (&LABEL, +WORDS), blocks (--- NAME [CODE] ---),
// verbs, patterns (- WORDS * WORDS [CODE]) and transformations (~).
func (l *loading) readVerbs(lines []line) {
	b := blockReader{loading: l, block: -1}
	set := int32(-1) // the set of synonyms that is being read
	for _, n := range lines {
		l.at.line = int32(n.number)
		text := strings.TrimSpace(n.text)
		if text[0] != '+' {
			set = -1
		}
		switch {
		case text[0] == '&':
			set = l.synonyms(text)
		case set >= 0:
			l.member(set, text[1:])
		case strings.HasPrefix(text, "---"):
			b.header(text)
		case text[0] == '-':
			b.pattern(text[1:])
		case text[0] == '~':
			l.transformation(text[1:])
		default:
			b.verb(text)
		}
	}
}

// blockReader is a block of verbs while it is read.
type blockReader struct {
	*loading
	block  int32 // -1 before its first verb
	inside bool  // behind a header
	event  event
}

type blockName struct {
	file int32
	stem string
}

// header begins a block: its verbs have its code where they have none of their own.
func (b *blockReader) header(text string) {
	b.block, b.inside = -1, true
	_, code, _, ok := bracket(text)
	if b.event, ok = b.code(code, ok); !ok {
		b.fault("the block has no code that can be read; its verbs have none")
	}
}

// code reads CODE, FORTH:BACK, FORTH: or :BACK; "---" and nothing are no code.
// What stands for no event in TABARI, [+++] and [###], is none here.
func (l *loading) code(s string, ok bool) (event, bool) {
	forth, back, _ := strings.Cut(s, ":")
	forth, back = strings.TrimSpace(forth), strings.TrimSpace(back)
	if strings.ContainsAny(s, " \t[") || strings.Contains(back, ":") {
		return event{}, false
	}
	for _, c := range []*string{&forth, &back} {
		if *c == null || *c == "+++" || *c == "###" {
			*c = ""
		}
		*c = l.kept(*c)
		if ok {
			l.coded(*c)
		}
	}
	return event{forth, back}, ok
}

// coded notes the code of an event on the line that is being read.
func (l *loading) coded(code string) {
	if code != "" {
		l.events = append(l.events, eventCode{code, l.at})
	}
}

// verb reads VERB {FORMS} [CODE]; without forms the regular ones are made. Of a
// verb of several words one has a + before it.
func (b *blockReader) verb(text string) {
	before, code, after, ok := bracket(text)
	e := b.event
	if strings.Contains(text, "[") {
		if e, ok = b.code(code, ok); !ok {
			b.fault("[%s] is no code of a verb; that of the block holds", code)
			e = b.event
		}
	}
	if !b.inside {
		b.fault("the verb stands before the first block (--- NAME [CODE] ---); it is left out")
		return
	}
	before, irregular, has := strings.Cut(before, "{")
	stem := strings.TrimSpace(before)
	if irregular, ok = strings.CutSuffix(strings.TrimSpace(irregular), "}"); has && (!ok || strings.ContainsAny(irregular, "{}")) {
		b.fault("the bracket of the forms is not closed, or holds others; the verb is left out")
		return
	}
	if s := strings.TrimSpace(after); s != "" {
		b.fault("%q stands behind the code; it is left out", s)
	}
	if strings.ContainsAny(stem, " \t") {
		b.fault("the words of a verb are joined by _, the verb itself marked by +; read as +%s", strings.Join(strings.Fields(stem), "_"))
		stem = "+" + strings.Join(strings.Fields(stem), "_")
	}
	if stem == "" {
		b.fault("there is no verb; the line is left out")
		return
	}
	if b.block < 0 {
		b.block = b.blockOf(stem)
	}
	b.listed(stem, e)
	if has {
		for _, f := range strings.Fields(irregular) {
			b.listed(f, e)
		}
		return
	}
	for _, f := range regular(stem) {
		b.form(f, e, false)
	}
}

// blockOf returns the block that a verb begins: blocks of a file that begin with
// the same verb share their patterns.
func (b *blockReader) blockOf(stem string) int32 {
	name := blockName{b.loading.at.file, stem}
	n, ok := b.loading.block[name]
	if !ok {
		n = int32(len(b.blocks))
		b.loading.block[name] = n
		b.blocks = append(b.blocks, block{})
	}
	return n
}

func (b *blockReader) listed(s string, e event) { b.form(s, e, true) }

// form stores a form of a verb: the later takes the place of the same one
// before it, but what was made by rule never of what a file lists.
func (b *blockReader) form(s string, e event, listed bool) {
	s = strings.Trim(s, "_")
	front, rest := "", s
	if strings.Contains(s, "_") {
		var marked bool
		if front, rest, marked = strings.Cut(s, "+"); !marked {
			b.fault("none of the words of %s is marked as the verb by +; the form is left out", s)
			return
		}
	}
	main, behind, _ := strings.Cut(strings.TrimPrefix(rest, "+"), "_")
	f := form{block: b.block, event: e, place: b.loading.at}
	for _, w := range b.phrase(strings.Trim(front, "_")) {
		f.before = append([]int32{w.word()}, f.before...)
	}
	word := b.phrase(main)
	if len(word) == 0 {
		b.fault("%q is no verb; it is left out", s)
		return
	}
	for _, w := range append(word[1:], b.phrase(behind)...) {
		f.behind = append(f.behind, w.word())
	}
	if !listed && b.loading.listed[s] {
		return
	}
	b.loading.listed[s] = b.loading.listed[s] || listed
	b.store(word[0].word(), f)
}

// store puts a form among those of its verb, those of more words first.
func (l *loading) store(word int32, f form) {
	forms := l.verbs[word]
	for i, old := range forms {
		if equal(old.behind, f.behind) && equal(old.before, f.before) {
			forms[i] = f
			return
		}
	}
	i := 0
	for i < len(forms) && len(forms[i].behind)+len(forms[i].before) >= len(f.behind)+len(f.before) {
		i++
	}
	forms = append(forms, form{})
	copy(forms[i+1:], forms[i:])
	forms[i] = f
	l.verbs[word] = forms
}

func equal(a, b []int32) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// regular returns the regular forms of a verb beside itself; of one of several
// words, those of the word marked by +.
func regular(stem string) []string {
	front, verb, behind := "", strings.Trim(stem, "_"), ""
	if i := strings.IndexByte(verb, '+'); i >= 0 {
		front, verb = verb[:i+1], verb[i+1:]
		if i := strings.IndexByte(verb, '_'); i >= 0 {
			verb, behind = verb[:i], verb[i:]
		}
	} else if strings.Contains(verb, "_") {
		return nil
	}
	if len(verb) < 2 {
		return nil
	}
	var forms []string
	add := func(f string) { forms = append(forms, front+f+behind) }
	cut := verb[:len(verb)-1]
	vowel := strings.IndexByte("AEIOU", verb[len(verb)-2]) >= 0
	switch last := verb[len(verb)-1]; {
	case last == 'Y' && !vowel:
		add(cut + "IES")
		add(cut + "IED")
		add(verb + "ING")
	case last == 'E':
		add(verb + "S")
		add(verb + "D")
		add(cut + "ING")
	default:
		third := verb + "S"
		if strings.IndexByte("SXZ", last) >= 0 || strings.HasSuffix(verb, "CH") || strings.HasSuffix(verb, "SH") {
			third = verb + "ES"
		}
		add(third)
		add(verb + "ED")
		add(verb + "ING")
	}
	return forms
}
