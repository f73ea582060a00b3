package tie_test

import (
	"fmt"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/sketch"
	"dragoman/tie"
)

func TestFind(t *testing.T) {
	f, err := tie.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, sentence, want string }{
		{"apposition", "Chad/NNP/7/nsubj ,/,/4/punct a/DT/4/det supporter/NN/1/appos of/IN/6/case Mali/NNP/4/nmod left|leave/VBD/0/root",
			"Chad supports Mali ongoing"},
		{"verb", "Chad/NNP/2/nsubj hosts|host/VBZ/0/root Mali/NNP/2/obj", "Chad hosts Mali ongoing"},
		{"adviser", "Chad/NNP/2/nsubj advises|advise/VBZ/0/root Mali/NNP/2/obj", "Chad supports Mali ongoing"},
		{"advised to do something", "Chad/NNP/2/nsubj advises|advise/VBZ/0/root Mali/NNP/2/obj to/TO/5/mark leave/VB/2/xcomp", ""},
		{"negated", "Chad/NNP/4/nsubj does|do/VBZ/4/aux not/RB/4/advmod support/VB/0/root Mali/NNP/4/obj", "Chad supports Mali negated"},
		{"leader", "Chad/NNP/4/nsubj is|be/VBZ/4/cop the/DT/4/det leader/NN/0/root of/IN/6/case Mali/NNP/4/nmod", "Chad leads Mali ongoing"},
		{"former", "Chad/NNP/5/nsubj is|be/VBZ/5/cop the/DT/5/det former/JJ/5/amod leader/NN/0/root of/IN/7/case Mali/NNP/5/nmod", ""},
		{"compound", "Chad_/NNP/3/compound -_/HYPH/3/punct backed|back/VBN/4/amod Mali/NNP/0/root", "Chad supports Mali ongoing"},
		{"not of the phrase it stands in", "Chad/NNP/2/nmod:poss relations|relation/NNS/8/nsubj ,/,/5/punct a/DT/5/det supporter/NN/2/appos " +
			"of/IN/7/case Mali/NNP/5/nmod ended|end/VBD/0/root", ""},
	} {
		d := sketch.Document(c.sentence)
		sketch.Actor(d, "Chad", "state:TCD")
		sketch.Actor(d, "Mali", "armed_group:MLI")
		got := ""
		for _, x := range f.Find(d) {
			got = fmt.Sprint(d.Actors[x.Subject].ID, " ", x.Relation, " ", d.Actors[x.Object].ID, " ", x.Status)
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestToldAgain: what one source says twice is one tie, what two say is two.
func TestToldAgain(t *testing.T) {
	f, err := tie.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for second, want := range map[string]int{"Niger": 1, "Togo": 2} {
		const says = "/NNP/2/nsubj said|say/VBD/0/root Chad/NNP/4/nsubj hosts|host/VBZ/2/ccomp Mali/NNP/4/obj"
		d := sketch.Document("Niger" + says + "\n" + second + says)
		actors := map[string]int{}
		for i := range d.Tokens {
			form := d.Form(i)
			a, known := actors[form]
			switch {
			case d.Tags[i].XPOS != "NNP":
			case !known:
				actors[form] = sketch.Actor(d, form, "state:"+form)
			default:
				d.Actors[a].Mentions = append(d.Actors[a].Mentions, len(d.Mentions))
				d.Mentions = append(d.Mentions, dragoman.Mention{Span: d.Tokens[i].Span, First: i, End: i + 1, Head: i, Form: dragoman.Name, Chain: d.Actors[a].Mentions[0]})
			}
		}
		for _, first := range []int{0, 5} {
			d.Attributions = append(d.Attributions, dragoman.Attribution{Source: d.Tokens[first].Span, SourceHead: first, Cue: d.Tokens[first+1].Span, CueHead: first + 1,
				Content: dragoman.Span{Start: d.Tokens[first+2].Start, End: d.Tokens[first+4].End}, First: first + 2, End: first + 5,
				Manner: dragoman.Paraphrase, Stance: "asserts", Parent: -1, Continues: -1})
		}
		if ties := f.Find(d); len(ties) != want {
			t.Errorf("then %s: %d ties, want %d", second, len(ties), want)
		}
	}
}

// TestListOfPosts: a person is in no apposition to a body.
func TestListOfPosts(t *testing.T) {
	f, err := tie.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for class, want := range map[dragoman.Class]int{dragoman.Person: 1, dragoman.Organisation: 0} {
		d := sketch.Document("Army/NNP/7/nsubj ,/,/3/punct chief/NN/1/appos of/IN/5/case Police/NNP/3/nmod ,/,/3/punct left|leave/VBD/0/root")
		sketch.Actor(d, "Army", "body:TCD")
		sketch.Actor(d, "chief", "person:TCD")
		sketch.Actor(d, "Police", "body:TCD")
		d.Mentions[0].Class, d.Mentions[1].Class = class, dragoman.Person
		if ties := f.Find(d); len(ties) != want {
			t.Errorf("a %s: %d ties, want %d", class, len(ties), want)
		}
	}
}

// TestOfficeOfABody wants the president of a court to hold office in the court.
func TestOfficeOfABody(t *testing.T) {
	f, err := tie.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	d := sketch.Document("President/NNP/4/nmod:desc Court/NNP/1/nmod of/IN/1/case Deby/NNP/5/nsubj left|leave/VBD/0/root Chad/NNP/5/obj")
	a := sketch.Actor(d, "Deby", "person:TCD")
	d.Actors[a].Title = "president"
	d.Mentions[0].Title = dragoman.Span{Start: 0, End: len("President Court of")}
	court := sketch.Actor(d, "Court", "government:TCD")
	d.Actors[sketch.Actor(d, "Chad", "state:TCD")].ID = "TCD"
	if ties := f.Find(d); len(ties) != 1 || ties[0].Object != court {
		t.Errorf("got %+v, want an office in the court", ties)
	}
}

// TestOffice wants the office from the title before a name, and none from what
// one is or was, or from words for another office.
func TestOffice(t *testing.T) {
	f, err := tie.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		words, title string
		want         bool
	}{{"President", "president", true}, {"Minister", "minister of border affairs", true}, {"Premier", "prime minister", true},
		{"President", "former president", false}, {"Musician", "musician", false}, {"Leader", "foreign minister", false}} {
		title, want := c.title, c.want
		d := sketch.Document(c.words + "/NNP/2/nmod:desc Deby/NNP/3/nsubj left|leave/VBD/0/root Chad/NNP/3/obj")
		a := sketch.Actor(d, "Deby", "person:TCD")
		d.Actors[a].Title = title
		d.Mentions[0].Title = dragoman.Span{Start: 0, End: len(c.words)}
		d.Actors[sketch.Actor(d, "Chad", "state:TCD")].ID = "TCD"
		if ties := f.Find(d); (len(ties) == 1 && ties[0].Relation == "holds_office") != want {
			t.Errorf("%s: got %+v", title, ties)
		}
	}
}

// TestDeputies wants no president in the deputy president.
func TestDeputies(t *testing.T) {
	f, err := tie.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for title, want := range map[string]bool{"president": false, "deputy president": true} {
		d := sketch.Document("Deputy/NNP/2/compound President/NNP/3/nmod:desc Ruto/NNP/4/nsubj left|leave/VBD/0/root Kenya/NNP/4/obj")
		a := sketch.Actor(d, "Ruto", "person:KEN")
		d.Actors[a].Title = title
		d.Mentions[0].Title = dragoman.Span{Start: 0, End: len("Deputy President")}
		d.Actors[sketch.Actor(d, "Kenya", "state:KEN")].ID = "KEN"
		if ties := f.Find(d); (len(ties) == 1 && ties[0].Role == title) != want {
			t.Errorf("%s: got %+v", title, ties)
		}
	}
}
