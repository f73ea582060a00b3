package syntax

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// repair is one of the repairs of a Parser.
type repair = func(p *Parser, words []word, classes []uint16, heads []int32, labels []uint16, first int)

// repaired gives classes, heads (counted from 1) and labels of a sentence, written as
// form/class/head/relation, after a repair.
func repaired(t *testing.T, sentence string, mend repair) (xpos []string, heads []int32, relations []string) {
	var words []word
	var classes, labels []uint16
	names := []string{"VERB VBD", "VERB VBN", "NOUN NN", "PUNCT .", "AUX VBD", "AUX VBZ", "PROPN NNP", "PRON PRP", "ADP IN", "DET DT", "VERB VBG", "CCONJ CC", "VERB VB", "VERB VBP", "PART TO"}
	known := []string{"root", "nsubj", "nsubj:pass", "punct", "aux:pass", "aux", "vocative", "obl", "advcl", "case", "mark", "det", "appos", "obj", "amod", "nmod", "ccomp", "conj", "cc", "xcomp", "compound", "acl", "acl:relcl", "flat", "nmod:desc", "nummod", "goeswith"}
	p := &Parser{}
	p.conjunctions = map[uint64]bool{normOf("after"): true}
	p.setClasses(names)
	p.setLabels(known)
	for _, token := range strings.Fields(sentence) {
		f := strings.Split(token, "/")
		class := slices.IndexFunc(names, func(n string) bool { return strings.HasSuffix(n, " "+f[1]) })
		label := slices.Index(known, f[3])
		if class < 0 || label < 0 {
			t.Fatalf("%s: unknown class or relation", token)
		}
		var w word
		w.look(f[0])
		words, classes, labels = append(words, w), append(classes, uint16(class)), append(labels, uint16(label))
		heads = append(heads, int32(f[2][0]-'0')-1)
	}
	mend(p, words, classes, heads, labels, 0)
	for i := range words {
		xpos, relations = append(xpos, p.classes[classes[i]].xpos), append(relations, p.labels[labels[i]])
		heads[i]++
	}
	return xpos, heads, relations
}

// attached wants the relations and heads, counted from 1, of some words, from 0, of a sentence
// after a repair: "nsubj 2 obj 2".
func attached(t *testing.T, sentence string, mend repair, want string, words ...int) {
	t.Helper()
	var got []string
	_, heads, relations := repaired(t, sentence, mend)
	for _, w := range words {
		got = append(got, fmt.Sprint(relations[w], " ", heads[w]))
	}
	if g := strings.Join(got, " "); g != want {
		t.Errorf("%s: %s, want %s", sentence, g, want)
	}
}

// relate wants the relations of some words, from 0, of a sentence after a repair.
func relate(t *testing.T, sentence string, mend repair, want string, words ...int) {
	t.Helper()
	var got []string
	_, _, relations := repaired(t, sentence, mend)
	for _, w := range words {
		got = append(got, relations[w])
	}
	if strings.Join(got, " ") != want {
		t.Errorf("%s: %q, want %q", sentence, got, want)
	}
}

// hangs wants word i, from 0, of a sentence to hang on word want, from 1, after a repair.
func hangs(t *testing.T, sentence string, mend repair, i int, want int32) {
	t.Helper()
	if _, heads, _ := repaired(t, sentence, mend); heads[i] != want {
		t.Errorf("%s: word %d hangs on %d, want %d", sentence, i+1, heads[i], want)
	}
}

func TestParticipleIsNoPredicate(t *testing.T) {
	for sentence, want := range map[string]string{
		"troops/NN/2/nsubj:pass clashed/VBN/0/root ././2/punct":                    "VBD nsubj",
		"troops/NN/2/nsubj:pass killed/VBN/0/root":                                 "VBN nsubj:pass", // a headline
		"troops/NN/3/nsubj:pass were/VBD/3/aux:pass killed/VBN/0/root ././3/punct": "VBN nsubj:pass",
		"troops/NN/2/nsubj fled/VBD/0/root ././2/punct":                            "VBD nsubj",
		"fled/VBN/0/root ././1/punct":                                              "VBN root",
	} {
		xpos, heads, relations := repaired(t, sentence, (*Parser).finite)
		if got := xpos[slices.Index(heads, 0)] + " " + relations[0]; got != want {
			t.Errorf("%s: %s, want %s", sentence, got, want)
		}
	}
}

// TestSaidParticiple wants the past tense in what somebody is told behind it to have said,
// with a bound of a number for its object.
func TestSaidParticiple(t *testing.T) {
	xpos, _, relations := repaired(t, "police/NN/2/nsubj:pass arrested/VBN/7/ccomp at/IN/5/case least/DT/3/nmod people/NN/2/obl they/PRP/7/nsubj said/VBD/0/root ././7/punct", (*Parser).finite)
	if got := xpos[1] + " " + relations[0] + " " + relations[4]; got != "VBD nsubj obj" {
		t.Error(got)
	}
}

func TestDistances(t *testing.T) {
	for d := 1; d < 400; d++ {
		left, right := distance(500, 500-d), distance(500, 500+d)
		if left < 0 || left >= distances/2 || right != left+distances/2 {
			t.Fatalf("%d words away: %d to the left, %d to the right", d, left, right)
		}
		if further := distance(500, 501+d); further < right {
			t.Fatalf("%d words away: %d, a word further: %d", d, right, further)
		}
	}
}

// TestSubjectless wants a subject for a finite verb behind "after", and none taken
// from a participle or a noun that has its own.
func TestSubjectless(t *testing.T) {
	for sentence, want := range map[string]string{
		"came/VBD/0/root after/IN/3/case Tertel/NNP/4/obl claimed/VBD/1/advcl":                  "nsubj",
		"came/VBD/0/root after/IN/3/case Tertel/NNP/4/obl held/VBN/1/advcl":                     "obl",
		"came/VBD/0/root after/IN/3/case Tertel/NNP/5/obl they/PRP/5/nsubj claimed/VBD/1/advcl": "obl",
		"came/VBD/0/root with/IN/3/case Tertel/NNP/4/obl claimed/VBD/1/advcl":                   "obl",
	} {
		relate(t, sentence, (*Parser).subjectless, want, 2)
	}
}

// TestOpened wants the subject of a main verb behind an opening phrase, and leaves an
// apposition between commas and a verb with a subject of its own alone.
func TestOpened(t *testing.T) {
	for sentence, want := range map[string]string{
		"after/IN/2/case talks/NN/6/obl ,/./5/punct the/DT/5/det rebels/NN/2/appos left/VBD/0/root":                  "nsubj",
		"after/IN/2/case talks/NN/7/obl ,/./5/punct the/DT/5/det rebels/NN/2/appos ,/./5/punct left/VBD/0/root":      "appos",
		"after/IN/2/case talks/NN/7/obl ,/./5/punct the/DT/5/det rebels/NN/2/appos they/PRP/7/nsubj left/VBD/0/root": "appos",
		"after/IN/2/case talks/NN/6/obl ,/./5/punct the/DT/5/det rebels/NN/2/appos seen/VBN/0/root":                  "appos",
		"after/IN/2/case talks/NN/7/obl ,/./5/punct the/DT/5/det rebels/NN/2/appos had/VBD/7/aux left/VBN/0/root":    "nsubj",
	} {
		relate(t, sentence, (*Parser).opened, want, 4)
	}
}

// TestPerfects wants the rest of a list of participles with the first, which has the
// auxiliary, and leaves a verb that "and" joins to the main one alone.
func TestPerfects(t *testing.T) {
	const front = "claimed/VBD/0/root saying/VBG/1/advcl it/PRP/5/nsubj had/VBD/5/aux won/VBN/2/ccomp "
	for rest, want := range map[string]int32{
		",/./7/punct killed/VBD/1/conj and/CC/9/cc fled/VBD/7/conj": 5,
		"and/CC/7/cc killed/VBD/1/conj":                             1,
		",/./7/punct killed/VBD/1/conj":                             1,
	} {
		hangs(t, front+rest, (*Parser).perfects, 6, want)
	}
}

// TestDayBefore wants a verb where a noun with a participle before it seems to be all.
func TestDayBefore(t *testing.T) {
	for sentence, want := range map[string]string{
		"jets/NN/5/nsubj on/IN/5/case Monday/NNP/4/obl bombed/VBN/5/amod positions/NN/0/root ././5/punct": "nsubj obl root obj",
		"jets/NN/0/root on/IN/3/case Monday/NNP/5/nmod bombed/VBN/5/amod positions/NN/1/nmod ././1/punct": "nsubj obl root obj",
		"jets/NN/5/nsubj on/IN/5/case Monday/NNP/4/obl bombed/VBN/5/amod positions/NN/0/root":             "nsubj obl amod root",
	} {
		_, _, relations := repaired(t, sentence, (*Parser).dayBefore)
		got := strings.Join(append(relations[:1], relations[2:5]...), " ")
		if got != want {
			t.Errorf("%s: %s, want %s", sentence, got, want)
		}
	}
}

// TestDescribed wants what "and" joins to an apposition there, and a second subject
// behind its comma with the first.
func TestDescribed(t *testing.T) {
	described := func(p *Parser, words []word, _ []uint16, heads []int32, labels []uint16, first int) {
		p.described(words, heads, labels, first)
	}
	for sentence, want := range map[string][2]int32{
		"Stein/NNP/7/nsubj ,/./3/punct doctor/NN/1/appos and/CC/5/cc activist/NN/1/conj ,/./1/punct left/VBD/0/root":        {4, 3},
		"Egypt/NNP/8/nsubj ,/./3/punct ally/NN/1/appos ,/./1/punct and/CC/6/cc Mali/NNP/1/conj ,/./1/punct left/VBD/0/root": {5, 1},
	} {
		hangs(t, sentence, described, int(want[0]), want[1])
	}
}

// TestBracketed wants a name with a title behind a body and its acronym for the subject,
// and leaves an apposition behind a comma alone.
func TestBracketed(t *testing.T) {
	for sentence, want := range map[string]string{
		"Guards/NNP/7/nsubj (/./3/punct IRGC/NNP/1/appos )/./3/punct chief/NN/6/compound Ali/NNP/1/appos warned/VBD/0/root": "compound 6 nsubj 7",
		"Guards/NNP/7/nsubj (/./3/punct IRGC/NNP/1/appos ,/./6/punct chief/NN/6/compound Ali/NNP/1/appos warned/VBD/0/root": "nsubj 7 appos 1",
	} {
		attached(t, sentence, (*Parser).bracketed, want, 0, 5)
	}
}

// TestVerbless wants a participle between a name and a noun for the verb of a sentence with
// a full stop, and leaves headlines alone.
func TestVerbless(t *testing.T) {
	const front = "Chad/NNP/4/nsubj:pass blocked/VBN/4/amod food/NN/4/compound aid/NN/0/root"
	relate(t, front+" ././4/punct", (*Parser).verbless, "nsubj root compound obj punct", 0, 1, 2, 3, 4)
	relate(t, front, (*Parser).verbless, "nsubj:pass amod compound root", 0, 1, 2, 3)
}

// TestHeadline wants an infinitive for the verb of a headline, a verb without its object for a
// passive, and two names with a comma before a plural verb for its subjects; with a full stop
// nothing of it.
func TestHeadline(t *testing.T) {
	relate(t, "Chad/NNP/0/root to/TO/3/mark leave/VB/1/acl Mali/NNP/3/obj", (*Parser).headline, "nsubj aux root obj", 0, 1, 2, 3)
	relate(t, "Minister/NN/2/nsubj arrested/VBD/0/root", (*Parser).headline, "nsubj:pass root", 0, 1)
	relate(t, "Officers/NN/2/nsubj shot/VBP/0/root dead/NN/2/xcomp", (*Parser).headline, "nsubj:pass root xcomp", 0, 1, 2)
	relate(t, "Officers/NN/2/nsubj shot/VBD/0/root birds/NN/2/obj", (*Parser).headline, "nsubj root obj", 0, 1, 2)
	relate(t, "Officers/NN/2/nsubj shot/VBD/0/root", (*Parser).headline, "nsubj root", 0, 1)
	relate(t, "Police/NN/2/nsubj arrested/VBD/0/root minister/NN/2/obj", (*Parser).headline, "nsubj root obj", 0, 1, 2)
	relate(t, "Chad/NNP/4/vocative ,/./1/punct Mali/NNP/4/nsubj sign/VBP/0/root pact/NN/4/obj", (*Parser).headline, "nsubj punct conj root obj", 0, 1, 2, 3, 4)
	relate(t, "Chad/NNP/5/nsubj ,/./1/punct Mali/NNP/1/appos to/TO/5/mark sign/VB/0/root pact/NN/5/obj", (*Parser).headline, "nsubj punct conj mark root obj", 0, 1, 2, 3, 4, 5)
	relate(t, "Chad/NNP/0/root to/TO/3/mark leave/VB/1/acl ././1/punct", (*Parser).headline, "root mark acl punct", 0, 1, 2, 3)
}

// TestDoing wants what people to whom something is done do themselves to describe them, and
// leaves what is told of others alone.
func TestDoing(t *testing.T) {
	relate(t, "The/DT/2/det envoy/NN/0/root left/VBN/2/acl Mali/NNP/3/obj ././2/punct", (*Parser).stated, "det nsubj root obj punct", 0, 1, 2, 3, 4)
	relate(t, "The/DT/2/det song/NN/0/root written/VBN/2/acl here/NN/3/obl ././2/punct", (*Parser).stated, "det root acl obl punct", 0, 1, 2, 3, 4)
	relate(t, "The/DT/2/det envoy/NN/0/root left/VBN/2/acl Mali/NNP/3/obj", (*Parser).stated, "det root acl obj", 0, 1, 2, 3)
	relate(t, "The/DT/2/det envoy/NN/0/root left/VBN/2/acl here/NN/3/obl dead/NN/2/nmod ././2/punct", (*Parser).stated, "det root acl obl nmod punct", 0, 1, 2, 3, 4, 5)
	relate(t, "Debra/NNP/0/root Perlmutter/NN/1/goeswith", (*Parser).surname, "root flat", 0, 1)
	relate(t, "Debra/NNP/0/root perlmutter/NN/1/goeswith", (*Parser).surname, "root goeswith", 0, 1)
	hangs(t, "meeting/NN/0/root on/IN/3/case Tuesday/NNP/1/nmod between/IN/5/case Mali/NNP/3/nmod", (*Parser).betweenWhom, 4, 1)
	hangs(t, "meeting/NN/0/root on/IN/3/case Tuesday/NNP/1/nmod of/IN/5/case Mali/NNP/3/nmod", (*Parser).betweenWhom, 4, 3)
	relate(t, "killing/VBG/0/root at/IN/3/case least/NN/4/nmod ten/NN/5/nummod soldiers/NN/1/obl", (*Parser).atLeast, "root case nmod nummod obj", 0, 1, 2, 3, 4)
	relate(t, "killing/VBG/0/root with/IN/4/case ten/NN/4/nummod shells/NN/1/obl", (*Parser).atLeast, "root case nummod obl", 0, 1, 2, 3)
	hangs(t, "shot/VBD/0/root protesters/NN/1/obj demanding/VBG/1/advcl jobs/NN/3/obj", (*Parser).doing, 2, 2)
	hangs(t, "shot/VBD/0/root bullets/NN/1/obj demanding/VBG/1/advcl jobs/NN/3/obj", (*Parser).doing, 2, 1)
	hangs(t, "vetoed/VBD/0/root motions/NN/1/obj demanding/VBG/1/advcl jobs/NN/3/obj", (*Parser).doing, 2, 2)
}

// TestShortened wants a name behind a title and its acronym in the title's place, and leaves
// bodies with an acronym alone.
func TestShortened(t *testing.T) {
	for sentence, want := range map[string]string{
		"Justice/NNP/7/nsubj (/./3/punct CJ/NNP/1/appos )/./3/punct Ali/NNP/1/appos Khan/NNP/5/flat resigned/VBD/0/root": "compound 5 nsubj 7",
		"Guard/NNP/6/nsubj (/./3/punct NG/NNP/1/appos )/./3/punct Chad/NNP/6/obj resigned/VBD/0/root":                    "nsubj 6 obj 6",
	} {
		attached(t, sentence, (*Parser).shortened, want, 0, 4)
	}
}

// TestUnjoined wants a conjunct that nothing parts from the next to describe it, with its
// "and" handed on.
func TestUnjoined(t *testing.T) {
	unjoined := func(p *Parser, _ []word, classes []uint16, heads []int32, labels []uint16, first int) {
		p.unjoined(classes, heads, labels, first)
	}
	for sentence, want := range map[string]string{
		"Deby/NNP/6/nsubj and/CC/3/cc Mali/NNP/1/conj President/NNP/5/nmod:desc Sall/NNP/1/conj met/VBD/0/root": "compound 5 cc 5 conj 1",
		"Deby/NNP/6/nsubj and/CC/3/cc Mali/NNP/1/conj ,/./5/punct Sall/NNP/1/conj met/VBD/0/root":               "conj 1 cc 3 conj 1",
	} {
		attached(t, sentence, unjoined, want, 2, 1, 4)
	}
}

// TestAlsoSaid wants a verb with a clause of its own behind a comma and "and" with the
// main verb, and one without a clause with the perfect before it.
func TestAlsoSaid(t *testing.T) {
	const front = "said/VBD/0/root jets/NN/4/nsubj had/VBD/4/aux hit/VBN/1/ccomp ,/./7/punct and/CC/7/cc "
	for rest, want := range map[string]int32{
		"denied/VBD/4/conj losing/VBG/7/xcomp":                  1,
		"denied/VBD/4/conj":                                     4,
		"denied/VBD/4/conj they/PRP/7/nsubj losing/VBG/7/xcomp": 4,
	} {
		hangs(t, front+rest, (*Parser).alsoSaid, 6, want)
	}
}

func TestWhoIsNotAddressed(t *testing.T) {
	addressed := func(p *Parser, _ []word, classes []uint16, heads []int32, labels []uint16, first int) {
		p.addressed(classes, heads, labels, first)
	}
	for sentence, want := range map[string]string{
		"Libya/NN/4/vocative ,/./1/punct has/VBZ/4/aux offered/VBN/0/root talks/NN/4/nsubj": "vocative",
		"Libya/NN/4/vocative ,/./1/punct has/VBZ/4/aux offered/VBN/0/root":                  "nsubj",
		"sir/NN/3/vocative ,/./1/punct left/VBD/0/root":                                     "vocative",
		"Padrino/NNP/3/vocative ,/./1/punct left/VBD/0/root":                                "nsubj",
	} {
		relate(t, sentence, addressed, want, 0)
	}
}

// TestTold wants who says the rest of a sentence behind a clause about him, and leaves a
// verb of that clause alone.
func TestTold(t *testing.T) {
	for sentence, want := range map[string]string{
		"men/NN/2/nsubj died/VBD/0/root ,/./4/punct officials/NN/2/appos who/PRP/6/nsubj asked/VBD/4/acl:relcl said/VBD/6/xcomp ././2/punct":   "ccomp nsubj root",
		"men/NN/2/nsubj saw/VBD/0/root those/NN/4/appos officials/NN/2/obj who/PRP/6/nsubj asked/VBD/4/acl:relcl said/VBD/6/xcomp ././2/punct": "root obj xcomp",
	} {
		relate(t, sentence, (*Parser).told, want, 1, 3, 6)
	}
}

// TestCharged wants a charge under the verb of who makes it, and what describes a noun
// left with it.
func TestCharged(t *testing.T) {
	for sentence, want := range map[string]struct {
		relation string
		head     int32
	}{
		"Mali/NNP/2/nsubj accused/VBD/0/root Niger/NNP/2/obj of/IN/5/mark spying/VBG/3/acl": {"advcl", 2},
		"Mali/NNP/2/nsubj had/VBD/0/root ways/NN/2/obj of/IN/5/mark spying/VBG/3/acl":       {"acl", 3},
	} {
		relate(t, sentence, (*Parser).charged, want.relation, 4)
		hangs(t, sentence, (*Parser).charged, 4, want.head)
	}
}
