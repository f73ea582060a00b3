package syntax

import (
	"fmt"
	"strings"
	"testing"

	"dragoman"
)

// TestRepair wants trees that grammar rules out mended, and others left alone.
func TestRepair(t *testing.T) {
	for _, c := range []struct{ name, tokens, want string }{
		{"behind a relative clause", "diplomat/NN/0/root who/WP/3/nsubj spoke/VBD/1/acl:relcl ,/,/3/punct said/VBD/3/parataxis so/RB/5/advmod ././1/punct",
			"diplomat/5/nsubj who/3/nsubj spoke/1/acl:relcl ,/3/punct said/0/root so/5/advmod ./5/punct"},
		{"two subjects", "Chad/NNP/3/nsubj which/WDT/3/nsubj left/VBD/0/root ,/,/5/punct sent/VBD/3/conj aid/NN/5/obj ././3/punct",
			"Chad/5/nsubj which/3/nsubj left/1/acl:relcl ,/5/punct sent/0/root aid/5/obj ./5/punct"},
		{"a verb beside a noun", "Chad/NNP/2/nsubj hosts/VBZ/0/root Mali/NNP/2/obj and/CC/5/cc aided/VBD/3/conj it/PRP/5/obj",
			"Chad/2/nsubj hosts/0/root Mali/2/obj and/5/cc aided/2/conj it/5/obj"},
		{"a past taken for a participle", "Chad/NNP/2/nsubj left/VBD/0/root Mali/NNP/2/obj and/CC/5/cc called/VBN/3/conj",
			"Chad/2/nsubj left/0/root Mali/2/obj and/5/cc called/2/conj"},
		{"a second subject", "Chad/NNP/2/nsubj left/VBD/0/root and/CC/4/cc crowds/NNS/6/nsubj marched/VBN/4/acl ././2/punct",
			"Chad/2/nsubj left/0/root and/5/cc crowds/5/nsubj marched/2/conj ./2/punct"},
		{"a name without a preposition", "Kabir/NNP/2/obl spoke/VBD/0/root", "Kabir/2/nsubj spoke/0/root"},
		{"a clause taken for a phrase", "Chad/NNP/2/nsubj left/VBD/0/root days/NNS/6/nmod:unmarked after/IN/6/case the/DT/6/det army/NN/2/obl fired/VBD/2/conj",
			"Chad/2/nsubj left/0/root days/7/obl:unmarked after/7/mark the/6/det army/7/nsubj fired/2/advcl"},
		{"an adjective behind its noun", "sources/NNS/2/nsubj close/JJ/5/ccomp to/IN/4/case Chad/NNP/2/obl said/VBD/0/root so/RB/5/advmod",
			"sources/5/nsubj close/1/amod to/4/case Chad/2/obl said/0/root so/5/advmod"},
		{"an apposition left open", "to/IN/2/case Chad/NNP/5/obl ,/,/4/punct Deby/NNP/2/appos left/VBD/0/root", "to/2/case Chad/5/obl ,/4/punct Deby/5/nsubj left/0/root"},
		{"a preposition before the subject", "According/VBG/3/case to/TO/1/fixed Chad/NNP/6/nsubj ,/,/5/punct Deby/NNP/3/conj left/VBD/0/root",
			"According/3/case to/1/fixed Chad/6/obl ,/5/punct Deby/6/nsubj left/0/root"},
		{"an apposition closed", "Deby/NNP/5/nsubj ,/,/3/punct president/NN/1/appos ,/,/3/punct left/VBD/0/root", "Deby/5/nsubj ,/3/punct president/1/appos ,/3/punct left/0/root"},
		{"coordination inside the relative clause", "man/NN/0/root who/WP/3/nsubj ran/VBD/1/acl:relcl and/CC/5/cc hid/VBD/3/conj",
			"man/0/root who/3/nsubj ran/1/acl:relcl and/5/cc hid/3/conj"},
	} {
		var tags []dragoman.Tag
		var arcs []dragoman.Arc
		var forms []string
		for _, f := range strings.Fields(c.tokens) {
			p := strings.Split(f, "/")
			var head int
			fmt.Sscan(p[2], &head)
			pos := map[byte]dragoman.POS{'V': dragoman.VERB, 'N': dragoman.NOUN, 'R': dragoman.ADV, 'W': dragoman.PRON, 'P': dragoman.PRON, 'J': dragoman.ADJ}[p[1][0]]
			if p[1] == "." || p[1] == "," {
				pos = dragoman.PUNCT
			}
			if p[1] == "NNP" {
				pos = dragoman.PROPN
			}
			tags = append(tags, dragoman.Tag{POS: pos, XPOS: p[1]})
			arcs = append(arcs, dragoman.Arc{Head: head - 1, Rel: p[3]})
			forms = append(forms, p[0])
		}
		repair(tags, arcs, func(i int) bool { return forms[i] == "," }, func(i int) bool { return forms[i] == "after" })
		var got []string
		for i, a := range arcs {
			got = append(got, fmt.Sprintf("%s/%d/%s", forms[i], a.Head+1, a.Rel))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %s, want %s", c.name, strings.Join(got, " "), c.want)
		}
	}
}
