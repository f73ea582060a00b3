package dictionary

import "strings"

// affix is the code of an agent, which stands behind the actor's or before it.
type affix struct {
	code   string
	before bool
}

// readAgents reads PHRASE {PLURALS} [~CODE] lines and !MARKERS! = A, B.
func (l *loading) readAgents(lines []line) {
	markers := map[string][]string{}
	for _, n := range lines {
		l.at.line = int32(n.number)
		if strings.Contains(n.text, "!") && strings.Contains(n.text, "=") {
			l.marker(n.text, markers)
			continue
		}
		l.agent(n.text, markers)
	}
}

// marker reads a set of words that a marker stands for.
func (l *loading) marker(text string, markers map[string][]string) {
	name, words, _ := strings.Cut(text, "=")
	name = strings.TrimSpace(name)
	if len(name) < 3 || name[0] != '!' || strings.IndexByte(name[1:], '!') != len(name)-2 {
		l.fault("a marker is defined as !NAME! = WORD, WORD; it is left out")
		return
	}
	for w := range strings.SplitSeq(words, ",") {
		if w = strings.TrimSpace(w); w != "" {
			markers[name] = append(markers[name], w)
		}
	}
}

func (l *loading) agent(text string, markers map[string][]string) {
	before, code, after, closed := bracket(text)
	phrase, plurals, has := strings.Cut(before, "{")
	phrase = strings.TrimSpace(phrase)
	meaning, ok := affixOf(code)
	switch {
	case !closed:
		l.fault("the bracket of the code is not closed; the agent is left out")
		return
	case !strings.Contains(text, "["):
		l.fault("the agent has no code; it is left out")
		return
	case !ok:
		l.fault("[%s]: the code of an agent is ~CODE or CODE~; the agent is left out", code)
		return
	case has && !strings.Contains(plurals, "}"):
		l.fault("the bracket of the plurals is not closed; the agent is left out")
		return
	}
	if s := strings.TrimSpace(after); s != "" {
		l.fault("%q stands behind the code; it is left out", s)
	}
	plurals, _, _ = strings.Cut(plurals, "}")
	var phrases []string
	switch {
	case strings.Contains(phrase, "!"):
		if phrases = l.substituted(phrase, markers); phrases == nil {
			return
		}
	case has:
		phrases = append(strings.Fields(plurals), phrase)
	default:
		phrases = []string{phrase, plural(phrase)}
	}
	l.affixes = append(l.affixes, affix{l.kept(meaning.code), meaning.before})
	for _, p := range phrases {
		words := l.phrase(p)
		if len(words) == 0 {
			l.fault("%q is no name of an agent; it is left out", p)
			continue
		}
		l.agents.add(words, int32(len(l.affixes)-1), l.at)
	}
}

// affixOf reads ~CODE, which stands behind an actor's code, or CODE~, which
// stands before it.
func affixOf(s string) (affix, bool) {
	code, after := strings.CutPrefix(s, "~")
	code, before := strings.CutSuffix(code, "~")
	code = strings.TrimSpace(code)
	return affix{code, before}, after != before && code != "" && !strings.ContainsAny(code, " \t~")
}

// substituted returns the phrases that a phrase with a marker stands for; nil,
// and a fault, where it stands for none.
func (l *loading) substituted(phrase string, markers map[string][]string) []string {
	start := strings.IndexByte(phrase, '!')
	size := strings.IndexByte(phrase[start+1:], '!')
	if size < 0 {
		l.fault("the marker has no second !; the agent is left out")
		return nil
	}
	end := start + 1 + size + 1
	marker := phrase[start:end]
	switch {
	case markers[marker] == nil:
		l.fault("the marker %s is not defined above; the agent is left out", marker)
		return nil
	case strings.Contains(phrase[end:], "!"):
		l.fault("there is a second marker, of which only the first is substituted; the agent, which could match no text, is left out")
		return nil
	}
	var all []string
	for _, w := range markers[marker] {
		all = append(all, phrase[:start]+w+phrase[end:])
	}
	return all
}

// plural returns the regular plural of a phrase by its last letters: IES for Y,
// ES after S, else S.
func plural(phrase string) string {
	phrase = strings.TrimRight(phrase, "_ ")
	if phrase == "" {
		return ""
	}
	switch phrase[len(phrase)-1] {
	case 'Y', 'y':
		return phrase[:len(phrase)-1] + "IES"
	case 'S', 's':
		return phrase + "ES"
	}
	return phrase + "S"
}
