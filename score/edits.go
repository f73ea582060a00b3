package score

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Edit is one way in which outlets change what an agency sent them.
type Edit int

// Edits are made in this order, as an editor does: what is cut is the end of the
// agency's text, not of what was added.
const (
	EditCut        Edit = iota // the end is gone; 30 to 80 % of the words stay
	EditOrder                  // paragraphs stand in another order
	EditWords                  // numerals, synonyms, adverbs, day names
	EditBackground             // standing paragraphs that other articles bring too
	EditCredit                 // the agency's name before the text or below it
	EditHeadline               // another headline
	editKinds
)

// String names the edit as the tables do.
func (e Edit) String() string {
	return [...]string{"cut", "order", "words", "background", "credit", "headline"}[e]
}

// keptWords is what a cut leaves at least: what is shorter is a headline, not a copy.
const keptWords = 40

// Edited returns text as another outlet would run it, with the edits made. The same text,
// edits and state of rng give the same result.
func Edited(text string, edits []Edit, rng *rand.Rand) string {
	d := draftOf(text)
	edits = slices.Clone(edits)
	slices.Sort(edits)
	for _, e := range slices.Compact(edits) {
		switch e {
		case EditCut:
			d.cut(rng)
		case EditOrder:
			d.reorder(rng)
		case EditWords:
			d.reword(rng)
		case EditBackground:
			d.addBackground(rng)
		case EditCredit:
			d.credit(rng)
		case EditHeadline:
			d.headline(rng)
		}
	}
	return d.String()
}

// draft is an article on the editor's desk.
type draft struct {
	title      string // empty where there is none
	paragraphs []string
}

// draftOf takes text apart. Where lines do not tell the paragraphs, two sentences are
// one.
func draftOf(text string) *draft {
	d := &draft{}
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) > 1 && len(lines[0]) < 120 && !strings.ContainsAny(lines[0][len(lines[0])-1:], ".!?”\"") {
		d.title, lines = lines[0], lines[1:]
	}
	for _, line := range lines {
		for pair := range slices.Chunk(plainSentences(line), 2) {
			d.paragraphs = append(d.paragraphs, strings.Join(pair, " "))
		}
	}
	return d
}

// plainSentences splits behind a full stop before a capital. It need not be right, for
// an editor may part a text anywhere, but has to be quick and to stay as it is.
func plainSentences(line string) (sentences []string) {
	words, from := strings.Fields(line), 0
	for i, w := range words[:max(0, len(words)-1)] {
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(words[i+1], "\"“‘'("))
		closed := strings.TrimRight(w, "\"”’')")
		if len(closed) > 3 && strings.ContainsAny(closed[len(closed)-1:], ".!?") && unicode.IsUpper(next) {
			sentences = append(sentences, strings.Join(words[from:i+1], " "))
			from = i + 1
		}
	}
	if from < len(words) {
		sentences = append(sentences, strings.Join(words[from:], " "))
	}
	return sentences
}

// String is the text again, headline first.
func (d *draft) String() string {
	all := d.paragraphs
	if d.title != "" {
		all = append([]string{d.title}, all...)
	}
	return strings.Join(all, "\n\n")
}

// words counts the words below the headline.
func (d *draft) words() (n int) {
	for _, p := range d.paragraphs {
		n += len(strings.Fields(p))
	}
	return n
}

// cut drops sentences from the end.
func (d *draft) cut(rng *rand.Rand) {
	keep := max(keptWords, int(float64(d.words())*(0.3+0.5*rng.Float64())))
	var kept []string
	n := 0
	for _, p := range d.paragraphs {
		var left []string
		for _, s := range plainSentences(p) {
			if n < keep {
				left = append(left, s)
				n += len(strings.Fields(s))
			}
		}
		if len(left) > 0 {
			kept = append(kept, strings.Join(left, " "))
		}
	}
	d.paragraphs = kept
}

// reorder shuffles the paragraphs. The first, which says what happened, stays in three of
// four cases.
func (d *draft) reorder(rng *rand.Rand) {
	rest := d.paragraphs
	if len(rest) > 2 && rng.IntN(4) > 0 {
		rest = rest[1:]
	}
	rng.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
}

// reword changes words here and there: between a fifth and four fifths of those that it
// knows something else for.
func (d *draft) reword(rng *rand.Rand) {
	share := 0.2 + 0.6*rng.Float64()
	for i, p := range d.paragraphs {
		var out []string
		for _, w := range strings.Fields(p) {
			if other, ok := otherWord(w, rng); ok && rng.Float64() < share {
				w = other
			}
			if w != "" {
				out = append(out, w)
			}
		}
		d.paragraphs[i] = strings.Join(out, " ")
	}
}

// otherWord gives another word for w, with the punctuation and the capital it has; an
// empty one for an adverb, which is dropped.
func otherWord(w string, rng *rand.Rand) (other string, ok bool) {
	core := strings.TrimFunc(w, unicode.IsPunct)
	before, after, _ := strings.Cut(w, core)
	lower := strings.ToLower(core)
	n, err := strconv.Atoi(core)
	switch others := synonyms[lower]; {
	case core == "":
		return "", false
	case len(others) > 0:
		other = others[rng.IntN(len(others))]
	case slices.Contains(weekdays, core):
		other = weekdays[rng.IntN(len(weekdays))]
	case err == nil && n > 1 && n < len(numerals):
		other = numerals[n]
	case err == nil && n < 1900:
		other = strconv.Itoa(n + 1 + rng.IntN(3))
	case len(core) > 5 && strings.HasSuffix(lower, "ly") && core == lower && before+after == "":
		return "", true
	default:
		return "", false
	}
	if r, size := utf8.DecodeRuneInString(core); unicode.IsUpper(r) && size < len(other) {
		other = string(unicode.ToUpper(rune(other[0]))) + other[1:]
	}
	return before + other + after, true
}

var (
	weekdays = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
	numerals = []string{"", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
	synonyms = map[string][]string{
		"said": {"stated", "told reporters", "noted"}, "says": {"states"}, "told": {"informed"}, "added": {"said", "went on"},
		"announced": {"declared", "said"}, "noted": {"remarked"}, "stressed": {"underlined", "insisted"}, "called": {"appealed"},
		"about": {"around", "some"}, "around": {"about"}, "also": {"further", "too"}, "but": {"however"}, "however": {"though"},
		"while": {"whereas"}, "after": {"following"}, "before": {"ahead of"}, "during": {"in the course of"}, "because": {"since"},
		"killed": {"left dead"}, "injured": {"wounded", "hurt"}, "wounded": {"injured"}, "attack": {"assault"}, "attacks": {"assaults"},
		"meeting": {"gathering", "session"}, "talks": {"discussions"}, "visit": {"trip"}, "agreement": {"accord", "deal"},
		"deal": {"agreement"}, "accord": {"agreement"}, "country": {"nation"}, "countries": {"states", "nations"}, "help": {"assistance"},
		"assistance": {"help"}, "big": {"large"}, "large": {"big"}, "important": {"significant"}, "major": {"large"}, "many": {"numerous"},
		"several": {"a number of"}, "show": {"demonstrate"}, "shows": {"demonstrates"}, "begin": {"start"}, "began": {"started"},
		"started": {"began"}, "end": {"close"}, "increase": {"rise"}, "increased": {"rose"}, "people": {"persons"}, "officials": {"authorities"},
		"official": {"representative"}, "last": {"past"}, "three": {"3"}, "two": {"2"}, "four": {"4"}, "percent": {"per cent"}, "state": {"government"},
		"leaders": {"heads"}, "efforts": {"attempts"}, "support": {"backing"}, "issue": {"matter", "question"}, "issues": {"matters"},
	}
)

// addBackground puts standing paragraphs at the end, no more than half of what is there.
func (d *draft) addBackground(rng *rand.Rand) {
	room := d.words() / 2
	for _, i := range rng.Perm(len(standing))[:1+rng.IntN(3)] {
		if n := len(strings.Fields(standing[i])); n <= room {
			d.paragraphs = append(d.paragraphs, standing[i])
			room -= n
		}
	}
}

// standing are paragraphs that an outlet puts under whatever it prints; the countries and
// papers do not exist.
var standing = []string{
	"Subscribe to our morning letter and never miss a story. Readers of the Harbour Courier get unlimited access on all their devices.",
	"Relations between Ostrava Major and the Lake Republic have been strained since the border war eleven years ago, in which more than four thousand soldiers and civilians died. A ceasefire brokered by the neighbours has held for the most part, though observers count dozens of violations every month.",
	"The Northern Pact, founded by five states after the grain crisis, coordinates tariffs, fisheries and the defence of its members. Two further states have applied to join.",
	"Have you been affected by this story? Write to our newsroom, and include a telephone number if you are willing to speak to a reporter.",
	"The Lake Republic holds nearly a tenth of the known reserves of natural gas on the continent, but decades of sanctions have kept foreign companies away, and its pipelines are old. Exports fell by half in the past ten years, and the currency lost two thirds of its value.",
	"This report was first published by the Harbour News Agency and has been edited for length and clarity. All rights reserved; no part of it may be reproduced without written consent of the publisher.",
	"Nearly two million people have fled the fighting in the southern valleys since it broke out, according to aid groups. Most of them live in camps along the river, where food is scarce and clean water is brought by lorry.",
	"The Assembly of Ostrava Major has 240 seats, a third of which are filled by the provinces. The government of Premier Halvard Brune lost its majority in the spring and has relied on the votes of two small parties since then.",
	"Independent confirmation was not possible, as foreign journalists are not allowed into the region.",
}

// credit names the agency.
func (d *draft) credit(rng *rand.Rand) {
	agency := []string{"Harbour News Agency", "HNA", "Continental Press", "Lakeside Wire"}[rng.IntN(4)]
	if len(d.paragraphs) == 0 || rng.IntN(2) == 0 {
		d.paragraphs = append(d.paragraphs, fmt.Sprintf("With reporting by %s. Edited by our foreign desk.", agency))
		return
	}
	first := dateline.ReplaceAllString(d.paragraphs[0], "")
	d.paragraphs[0] = fmt.Sprintf("NORTH HARBOUR, %s %d (%s) - %s", weekdays[rng.IntN(len(weekdays))], 1+rng.IntN(28), agency, first)
}

// dateline is where and from whom a text is, before it begins.
var dateline = regexp.MustCompile(`^\p{Lu}[\p{Lu} ,.]{2,30}(?:\([^)]{1,30}\))?\s*(?:-|–|—|--)\s*`)

// headline sets another headline, which takes words from the first paragraph.
func (d *draft) headline(rng *rand.Rand) {
	var names []string
	if len(d.paragraphs) > 0 {
		for _, w := range strings.Fields(d.paragraphs[0]) {
			if w = strings.TrimFunc(w, unicode.IsPunct); len(w) > 4 && len(names) < 3 {
				names = append(names, w)
			}
		}
	}
	form := []string{"What we know so far: %s", "%s: key points at a glance", "Live updates on %s"}[rng.IntN(3)]
	d.title = fmt.Sprintf(form, strings.Join(names, ", "))
}
