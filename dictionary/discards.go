package dictionary

import "strings"

// readDiscards reads phrases: a sentence with one of them is not coded, a story
// with one that begins with + not at all. A phrase is a stem in the
// documentation unless it ends with _; its regular plural is what is found of that.
func (l *loading) readDiscards(lines []line) {
	for _, n := range lines {
		l.at.line = int32(n.number)
		text, story := strings.CutPrefix(strings.TrimSpace(n.text), "+")
		words := l.consecutive(text)
		if strings.ContainsAny(text, "{}\"") {
			l.fault("braces and quotes, as of JSON, are in no discard; it is left out")
			continue
		}
		if len(words) == 0 {
			l.fault("%q is no phrase; it is left out", n.text)
			continue
		}
		if running(text, len(words)) {
			l.fault("this reads like running text, but a discard is a phrase of a few words; it is kept as it is")
		}
		l.stories = append(l.stories, story)
		l.discards.add(words, int32(len(l.stories)-1), l.at)
		if !strings.HasSuffix(text, "_") {
			l.discards.add(l.consecutive(plural(text)), int32(len(l.stories)-1), l.at)
		}
	}
}

// running reports whether a line looks like one of a text, of so many words.
func running(text string, words int) bool {
	const few, many = 5, 16
	return words > many || words > few && strings.ContainsAny(text[len(text)-1:], ".!?")
}

// consecutive reads words that stand side by side, whatever parts them.
func (l *loading) consecutive(s string) []element {
	return l.phrase(strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' {
			return '_'
		}
		return r
	}, strings.TrimSpace(s)))
}
