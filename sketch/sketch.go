// Package sketch builds documents by hand for the tests of rooms that stand on
// syntax, a few words with their tags and arcs, and who they stand for; and a
// paper on the web for the tests of those that fetch.
package sketch

import (
	"fmt"
	"strconv"
	"strings"

	"dragoman"
)

// Document builds one sentence a line, each token "form/XPOS/head/relation",
// or "form|lemma/XPOS/head/relation" where the lemma is not the form in lower
// case; heads count from 1 within the line, 0 is the root. Parts of speech and
// the features of verbs follow from the Penn tag. "_" behind the form says that
// no space follows. A token that does not follow
// the form is a panic: only tests call it.
func Document(lines string) *dragoman.Document {
	d := &dragoman.Document{}
	d.Published = dragoman.NoDay
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		s := dragoman.Sentence{First: len(d.Tokens)}
		s.Start = len(d.Text)
		for _, field := range strings.Fields(line) {
			p := strings.Split(field, "/")
			head, err := strconv.Atoi(p[max(0, len(p)-2)])
			if len(p) != 4 || err != nil {
				panic(fmt.Sprintf("token %q is not form/XPOS/head/relation", field))
			}
			word, tight := strings.CutSuffix(p[0], "_")
			form, lemma, ok := strings.Cut(word, "|")
			if !ok {
				lemma = strings.ToLower(form)
			}
			start := len(d.Text)
			d.Text += form
			d.Tokens = append(d.Tokens, dragoman.Token{Span: dragoman.Span{Start: start, End: len(d.Text)}})
			if !tight {
				d.Text += " "
			}
			if p[1] == "NNP" && !ok {
				lemma = form
			}
			d.Tags = append(d.Tags, dragoman.Tag{Lemma: lemma, XPOS: p[1], POS: pos(p[1], p[3]), Feats: feats[p[1]]})
			if head > 0 {
				head += s.First
			}
			d.Arcs = append(d.Arcs, dragoman.Arc{Head: head - 1, Rel: p[3]})
		}
		s.End, s.Span.End = len(d.Tokens), len(d.Text)
		d.Sentences = append(d.Sentences, s)
	}
	return d
}

var feats = map[string]string{"VBD": "Tense=Past|VerbForm=Fin", "VBZ": "Tense=Pres|VerbForm=Fin", "VBP": "Tense=Pres|VerbForm=Fin",
	"VB": "VerbForm=Inf", "VBG": "Tense=Pres|VerbForm=Part", "VBN": "Tense=Past|VerbForm=Part", "MD": "VerbForm=Fin",
	"NN": "Number=Sing", "NNP": "Number=Sing", "NNS": "Number=Plur", "WP": "PronType=Rel", "WDT": "PronType=Rel"}

func pos(xpos, rel string) dragoman.POS {
	switch {
	case xpos == "MD", strings.HasPrefix(xpos, "VB") && (strings.HasPrefix(rel, "aux") || rel == "cop"):
		return dragoman.AUX
	case strings.HasPrefix(xpos, "VB"):
		return dragoman.VERB
	case strings.HasPrefix(xpos, "NNP"):
		return dragoman.PROPN
	case strings.HasPrefix(xpos, "NN"):
		return dragoman.NOUN
	}
	for prefix, p := range map[string]dragoman.POS{"JJ": dragoman.ADJ, "IN": dragoman.ADP, "DT": dragoman.DET, "PRP": dragoman.PRON,
		"WP": dragoman.PRON, "WDT": dragoman.PRON, "RB": dragoman.ADV, "RP": dragoman.ADP, "TO": dragoman.PART, "CD": dragoman.NUM,
		"CC": dragoman.CCONJ, "EX": dragoman.PRON, "POS": dragoman.PART, ".": dragoman.PUNCT, ",": dragoman.PUNCT} {
		if xpos == prefix || prefix != "." && prefix != "," && strings.HasPrefix(xpos, prefix) && prefix != "PO" {
			return p
		}
	}
	return dragoman.X
}

// Token returns the index of the first token of that form.
func Token(d *dragoman.Document, form string) int {
	for i := range d.Tokens {
		if d.Form(i) == form {
			return i
		}
	}
	panic("no token " + form)
}

// Actor makes the token of that form the name of an actor of that kind, whose
// id is the form, and returns the actor's index. A country is given after a
// colon: "state:TCD".
func Actor(d *dragoman.Document, form, kind string) int {
	i := Token(d, form)
	kind, country, _ := strings.Cut(kind, ":")
	d.Mentions = append(d.Mentions, dragoman.Mention{Span: d.Tokens[i].Span, First: i, End: i + 1, Head: i,
		Form: dragoman.Name, Chain: len(d.Mentions)})
	d.Actors = append(d.Actors, dragoman.Actor{ID: form, Name: form, Kind: kind, Country: country, Mentions: []int{len(d.Mentions) - 1}})
	return len(d.Actors) - 1
}
