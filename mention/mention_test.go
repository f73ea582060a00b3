package mention

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/pattern"
)

// article makes a document of hand-built sentences, one a line: tokens as
// form/lemma/POS/head/relation, the head counted from 1 within the line.
func article(t *testing.T, lines string) *dragoman.Document {
	t.Helper()
	doc := &dragoman.Document{}
	var text strings.Builder
	quoted := false
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		first := len(doc.Tokens)
		for i, cell := range strings.Fields(line) {
			c := strings.Split(cell, "/")
			if len(c) < 5 {
				t.Fatalf("%q has %d parts", cell, len(c))
			}
			head, err := strconv.Atoi(c[3])
			if err != nil {
				t.Fatal(err)
			}
			closing := c[0] == `"` && quoted
			if text.Len() > 0 && !closing && !strings.Contains(".,)'s", c[0]) && !strings.HasSuffix(text.String(), "(") && !(quoted && strings.HasSuffix(text.String(), `"`)) {
				text.WriteByte(' ')
			}
			if c[0] == `"` {
				quoted = !quoted
			}
			start := text.Len()
			text.WriteString(c[0])
			tag := dragoman.Tag{Lemma: c[1], POS: dragoman.ParsePOS(c[2])}
			if len(c) > 5 {
				tag.Feats = c[5]
			}
			_ = i
			doc.Tokens = append(doc.Tokens, dragoman.Token{Span: dragoman.Span{Start: start, End: text.Len()}})
			doc.Tags = append(doc.Tags, tag)
			arc := dragoman.Arc{Head: first + head - 1, Rel: c[4]}
			if head == 0 {
				arc.Head = -1
			}
			doc.Arcs = append(doc.Arcs, arc)
		}
		end := len(doc.Tokens)
		doc.Sentences = append(doc.Sentences, dragoman.Sentence{
			Span: dragoman.Span{Start: doc.Tokens[first].Start, End: doc.Tokens[end-1].Span.End}, First: first, End: end})
	}
	doc.Text = text.String()
	return doc
}

// said adds an attribution: source is the head of the source, first and last
// the forms that begin and end the content.
func said(t *testing.T, doc *dragoman.Document, source, first, last string, manner dragoman.Manner) {
	t.Helper()
	find := func(form string, from int) int {
		for i := from; i < len(doc.Tokens); i++ {
			if doc.Form(i) == form {
				return i
			}
		}
		t.Fatalf("no token %q", form)
		return -1
	}
	f := find(first, 0)
	l := find(last, f)
	h := -1
	if source != "" {
		for i := range doc.Tokens {
			if doc.Form(i) == source && (h < 0 || i < f || i > l) {
				h = i
			}
		}
	}
	doc.Attributions = append(doc.Attributions, dragoman.Attribution{SourceHead: h, First: f, End: l + 1,
		Content: dragoman.Span{Start: doc.Tokens[f].Start, End: doc.Tokens[l].Span.End}, Manner: manner, Parent: -1, Continues: -1})
}

var finder = func() func(t *testing.T) *Finder {
	var f *Finder
	return func(t *testing.T) *Finder {
		t.Helper()
		if f == nil {
			var err error
			if f, err = Load(data.Embedded()); err != nil {
				t.Fatal(err)
			}
		}
		return f
	}
}()

// chains writes the chains of two mentions and more, one a string.
func chains(doc *dragoman.Document, ms []dragoman.Mention) []string {
	var out []string
	for i := range ms {
		var texts []string
		for _, m := range ms {
			if m.Chain == i {
				texts = append(texts, doc.TextOf(m.Span))
			}
		}
		if len(texts) > 1 {
			out = append(out, strings.Join(texts, " = "))
		}
	}
	return out
}

func wantChain(t *testing.T, doc *dragoman.Document, ms []dragoman.Mention, want ...string) {
	t.Helper()
	got := chains(doc, ms)
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("no chain %q in\n\t%s", w, strings.Join(got, "\n\t"))
		}
	}
}

// show writes the mentions: form, class, title and text.
func show(doc *dragoman.Document, ms []dragoman.Mention) []string {
	var out []string
	for _, m := range ms {
		s := fmt.Sprintf("%s %s %s", m.Form, m.Class, doc.TextOf(m.Span))
		if !m.Title.Empty() {
			s += " (" + doc.TextOf(m.Title) + ")"
		}
		out = append(out, s)
	}
	return out
}

func wantMention(t *testing.T, doc *dragoman.Document, ms []dragoman.Mention, want ...string) {
	t.Helper()
	got := show(doc, ms)
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("no mention %q in\n\t%s", w, strings.Join(got, "\n\t"))
		}
	}
}

func TestLeadNominalIsTheSpeakerOfTheNextSentence(t *testing.T) {
	doc := article(t, `
Bolivia/Bolivia/PROPN/3/nmod:poss 's/'s/PART/1/case minister/minister/NOUN/6/nsubj of/of/ADP/5/case mines/mine/NOUN/3/nmod/Number=Plur praised/praise/VERB/0/root Peru/Peru/PROPN/6/obj during/during/ADP/10/case a/a/DET/10/det visit/visit/NOUN/6/obl to/to/ADP/12/case Arica/Arica/PROPN/10/nmod ././PUNCT/6/punct
Carla/Carla/PROPN/3/nsubj Quispe/Quispe/PROPN/1/flat said/say/VERB/0/root that/that/SCONJ/6/mark Bolivia/Bolivia/PROPN/6/nsubj wants/want/VERB/3/ccomp good/good/ADJ/8/amod relations/relation/NOUN/6/obj/Number=Plur with/with/ADP/11/case all/all/DET/11/det neighbours/neighbour/NOUN/8/nmod/Number=Plur ././PUNCT/3/punct
She/she/PRON/6/nsubj is/be/AUX/6/cop the/the/DET/6/det second/second/ADJ/6/amod Bolivian/Bolivian/ADJ/6/amod official/official/NOUN/0/root to/to/PART/8/mark speak/speak/VERB/6/acl about/about/ADP/10/case it/it/PRON/8/obl ././PUNCT/6/punct
`)
	ms := finder(t).Find(doc)
	wantChain(t, doc, ms,
		"Bolivia's minister of mines = Carla Quispe = She = the second Bolivian official",
		"Bolivia = Bolivia")
	wantMention(t, doc, ms,
		"nominal person Bolivia's minister of mines",
		"name nationality Bolivian",
		"name person Carla Quispe")
}

func TestTitlesAreNoPartOfNames(t *testing.T) {
	doc := article(t, `
President/President/PROPN/2/nmod:desc Hakan/Hakan/PROPN/4/nsubj Aydin/Aydin/PROPN/2/flat met/meet/VERB/0/root Gen./Gen./PROPN/6/nmod:desc Omar/Omar/PROPN/4/obj Deng/Deng/PROPN/6/flat on/on/ADP/9/case Monday/Monday/PROPN/4/obl ././PUNCT/4/punct
Aydin/Aydin/PROPN/2/nsubj said/say/VERB/0/root he/he/PRON/5/nsubj had/have/AUX/5/aux asked/ask/VERB/2/ccomp Deng/Deng/PROPN/5/obj to/to/PART/8/mark help/help/VERB/5/xcomp ././PUNCT/2/punct
The/the/DET/2/det general/general/NOUN/3/nsubj refused/refuse/VERB/0/root ././PUNCT/3/punct
`)
	ms := finder(t).Find(doc)
	wantMention(t, doc, ms, "name person Hakan Aydin (President)", "name person Omar Deng (Gen.)")
	wantChain(t, doc, ms, "Hakan Aydin = Aydin = he")
	for _, m := range ms {
		if doc.TextOf(m.Span) == "Monday" {
			t.Error("a day of the week is a mention")
		}
	}
}

func TestAcronymsAndGroups(t *testing.T) {
	doc := article(t, `
The/the/DET/4/det Sahel/Sahel/PROPN/3/compound Renewal/Renewal/PROPN/4/compound Movement/Movement/PROPN/13/nsubj (/(/PUNCT/6/punct SRM/SRM/PROPN/4/appos )/)/PUNCT/6/punct ,/,/PUNCT/11/punct an/a/DET/11/det armed/armed/ADJ/11/amod group/group/NOUN/4/appos ,/,/PUNCT/4/punct attacked/attack/VERB/0/root Niamey/Niamey/PROPN/13/obj ././PUNCT/13/punct
The/the/DET/2/det group/group/NOUN/3/nsubj said/say/VERB/0/root that/that/SCONJ/8/mark the/the/DET/6/det army/army/NOUN/8/nsubj had/have/AUX/8/aux fled/flee/VERB/3/ccomp ././PUNCT/3/punct
SRM/SRM/PROPN/2/compound fighters/fighter/NOUN/3/nsubj/Number=Plur killed/kill/VERB/0/root ten/ten/NUM/5/nummod people/people/NOUN/3/obj/Number=Plur ././PUNCT/3/punct
`)
	ms := finder(t).Find(doc)
	wantChain(t, doc, ms, "Sahel Renewal Movement = SRM = an armed group = The group = SRM")
	wantMention(t, doc, ms, "nominal person SRM fighters", "nominal person ten people", "nominal organisation the army")
}

func TestQuotationsResolveFromTheSpeaker(t *testing.T) {
	doc := article(t, `
Ivan/Ivan/PROPN/10/nsubj Petrov/Petrov/PROPN/1/flat ,/,/PUNCT/8/punct Moldova/Moldova/PROPN/8/nmod:poss 's/'s/PART/4/case deputy/deputy/ADJ/8/amod foreign/foreign/ADJ/8/amod minister/minister/NOUN/1/appos ,/,/PUNCT/1/punct arrived/arrive/VERB/0/root in/in/ADP/12/case Ankara/Ankara/PROPN/10/obl ././PUNCT/10/punct
"/"/PUNCT/7/punct Our/our/PRON/3/nmod:poss/Number=Plur relations/relation/NOUN/7/nsubj/Number=Plur with/with/ADP/5/case Turkey/Turkey/PROPN/3/nmod are/be/AUX/7/cop good/good/ADJ/0/root ././PUNCT/7/punct
Their/their/PRON/2/nmod:poss/Number=Plur delegation/delegation/NOUN/4/nsubj has/have/AUX/4/aux come/come/VERB/0/root here/here/ADV/4/advmod and/and/CCONJ/8/cc I/I/PRON/8/nsubj agree/agree/VERB/4/conj ,/,/PUNCT/8/punct "/"/PUNCT/8/punct Petrov/Petrov/PROPN/12/nsubj said/say/VERB/4/parataxis ././PUNCT/4/punct
Delegations/delegation/NOUN/2/nsubj/Number=Plur travelled/travel/VERB/0/root between/between/ADP/6/case the/the/DET/6/det two/two/NUM/6/nummod countries/country/NOUN/2/obl/Number=Plur ././PUNCT/2/punct
Moldova/Moldova/PROPN/5/nmod:poss 's/'s/PART/1/case deputy/deputy/ADJ/5/amod foreign/foreign/ADJ/5/amod minister/minister/NOUN/6/nsubj left/leave/VERB/0/root ././PUNCT/6/punct
`)
	said(t, doc, "Petrov", `"`, `agree`, dragoman.Quote)
	ms := finder(t).Find(doc)
	wantChain(t, doc, ms,
		"Ivan Petrov = Moldova's deputy foreign minister = I = Petrov = Moldova's deputy foreign minister",
		"Moldova = Our = here = Moldova",
		"Turkey = Their")
	for _, m := range ms {
		if doc.TextOf(m.Span) != "the two countries" {
			continue
		}
		var members []string
		for _, k := range m.Members {
			members = append(members, doc.TextOf(ms[k].Span))
		}
		if !slices.Equal(members, []string{"Moldova", "Turkey"}) {
			t.Errorf("the two countries are %q", members)
		}
		return
	}
	t.Error("no mention of the two countries")
}

func TestDifferentFirstNamesStayApart(t *testing.T) {
	doc := article(t, `
Pedro/Pedro/PROPN/4/nsubj Salinas/Salinas/PROPN/1/flat and/and/CCONJ/7/cc met/meet/VERB/0/root Maria/Maria/PROPN/4/obj Salinas/Salinas/PROPN/5/flat here/here/ADV/4/advmod ././PUNCT/4/punct
Pedro/Pedro/PROPN/3/nsubj Salinas/Salinas/PROPN/1/flat left/leave/VERB/0/root ././PUNCT/3/punct
`)
	ms := finder(t).Find(doc)
	wantChain(t, doc, ms, "Pedro Salinas = Pedro Salinas")
}

// TestNamesakes: of two who have the surname it is the one whose title fits, who was just
// presented, or of whom the article has told more.
func TestNamesakes(t *testing.T) {
	f := finder(t)
	doc := article(t, `
Hillary/Hillary/PROPN/3/nsubj Lund/Lund/PROPN/1/flat spoke/speak/VERB/0/root ././PUNCT/3/punct
Lund/Lund/PROPN/2/nsubj promised/promise/VERB/0/root jobs/job/NOUN/2/obj ././PUNCT/2/punct
The/the/DET/2/det crowd/crowd/NOUN/3/nsubj liked/like/VERB/0/root Robert/Robert/PROPN/6/nmod:poss Lund/Lund/PROPN/4/flat songs/song/NOUN/3/obj ././PUNCT/3/punct
Then/then/ADV/3/advmod Lund/Lund/PROPN/3/nsubj left/leave/VERB/0/root ././PUNCT/3/punct
Mr./Mr./PROPN/2/nmod:desc Lund/Lund/PROPN/3/nsubj stayed/stay/VERB/0/root ././PUNCT/3/punct
`)
	wantChain(t, doc, f.Find(doc), "Hillary Lund = Lund = Lund", "Robert Lund = Lund")
	doc = article(t, `
Hillary/Hillary/PROPN/3/nsubj Lund/Lund/PROPN/1/flat spoke/speak/VERB/0/root ././PUNCT/3/punct
Lund/Lund/PROPN/2/nsubj promised/promise/VERB/0/root jobs/job/NOUN/2/obj ././PUNCT/2/punct
Robert/Robert/PROPN/3/nsubj Lund/Lund/PROPN/1/flat sang/sing/VERB/0/root ././PUNCT/3/punct
Then/then/ADV/3/advmod Lund/Lund/PROPN/3/nsubj left/leave/VERB/0/root ././PUNCT/3/punct
`)
	wantChain(t, doc, f.Find(doc), "Hillary Lund = Lund", "Robert Lund = Lund")
	doc = article(t, `
Lund/Lund/PROPN/2/nsubj wins/win/VERB/0/root ././PUNCT/2/punct
Hillary/Hillary/PROPN/3/nsubj Lund/Lund/PROPN/1/flat spoke/speak/VERB/0/root ././PUNCT/3/punct
Robert/Robert/PROPN/3/nsubj Lund/Lund/PROPN/1/flat sang/sing/VERB/0/root and/and/CCONJ/7/cc Robert/Robert/PROPN/7/nsubj Lund/Lund/PROPN/5/flat danced/dance/VERB/3/conj ././PUNCT/3/punct
Then/then/ADV/3/advmod Lund/Lund/PROPN/3/nsubj left/leave/VERB/0/root ././PUNCT/3/punct
It/it/PRON/2/nsubj rained/rain/VERB/0/root ././PUNCT/2/punct
It/it/PRON/2/nsubj rained/rain/VERB/0/root ././PUNCT/2/punct
Now/now/ADV/3/advmod Lund/Lund/PROPN/3/nsubj smiled/smile/VERB/0/root ././PUNCT/3/punct
`)
	wantChain(t, doc, f.Find(doc), "Lund = Hillary Lund = Lund", "Robert Lund = Robert Lund = Lund")
	doc = article(t, `
President/President/PROPN/2/nmod:desc Robert/Robert/PROPN/4/nsubj Lund/Lund/PROPN/2/flat sang/sing/VERB/0/root ././PUNCT/4/punct
Hillary/Hillary/PROPN/3/nsubj Lund/Lund/PROPN/1/flat spoke/speak/VERB/0/root ././PUNCT/3/punct
President/President/PROPN/2/nmod:desc Lund/Lund/PROPN/3/nsubj left/leave/VERB/0/root ././PUNCT/3/punct
`)
	wantChain(t, doc, f.Find(doc), "Robert Lund = Lund")
}

// TestBothWomen wants no man among them, and a director general for a person.
func TestBothWomen(t *testing.T) {
	doc := article(t, `
Maria/Maria/PROPN/3/nsubj Lund/Lund/PROPN/1/flat met/meet/VERB/0/root Hillary/Hillary/PROPN/3/obj Brun/Brun/PROPN/4/flat for/for/ADP/7/case Pedro/Pedro/PROPN/3/obl Salinas/Salinas/PROPN/7/flat ././PUNCT/3/punct
Pedro/Pedro/PROPN/3/nsubj Salinas/Salinas/PROPN/1/flat left/leave/VERB/0/root ././PUNCT/3/punct
Both/both/DET/2/det women/woman/NOUN/3/nsubj/Number=Plur stayed/stay/VERB/0/root with/with/ADP/7/case the/the/DET/7/det WHO/WHO/PROPN/7/compound director/director/NOUN/3/obl general/general/NOUN/7/flat ././PUNCT/3/punct
`)
	ms := finder(t).Find(doc)
	wantMention(t, doc, ms, "nominal person the WHO director general")
	for _, m := range ms {
		if doc.TextOf(m.Span) != "Both women" {
			continue
		}
		var two []string
		for _, k := range m.Members {
			two = append(two, doc.TextOf(ms[k].Span))
		}
		if got := strings.Join(two, ", "); got != "Maria Lund, Hillary Brun" {
			t.Errorf("both women are %s", got)
		}
	}
}

// TestWhoIsCalledAgainByTheTitle: short titles, plain words before a title, and an owner of
// several words tell the same office.
func TestWhoIsCalledAgainByTheTitle(t *testing.T) {
	f := finder(t)
	doc := article(t, `
Sen./Sen./PROPN/2/nmod:desc Rosa/Rosa/PROPN/4/nsubj Lund/Lund/PROPN/2/flat spoke/speak/VERB/0/root ././PUNCT/4/punct
The/the/DET/2/det senator/senator/NOUN/3/nsubj left/leave/VERB/0/root ././PUNCT/3/punct
`)
	wantChain(t, doc, f.Find(doc), "Rosa Lund = The senator")
	doc = article(t, `
Chad/Chad/PROPN/4/nmod:poss 's/'s/PART/1/case nuclear/nuclear/ADJ/4/amod chief/chief/NOUN/5/nmod:desc Rosa/Rosa/PROPN/7/nsubj Lund/Lund/PROPN/5/flat spoke/speak/VERB/0/root ././PUNCT/7/punct
The/the/DET/4/det Chadian/Chadian/ADJ/4/amod nuclear/nuclear/ADJ/4/amod chief/chief/NOUN/5/nsubj left/leave/VERB/0/root ././PUNCT/5/punct
`)
	wantChain(t, doc, f.Find(doc), "Rosa Lund = The Chadian nuclear chief")
	doc = article(t, `
Royal/Royal/PROPN/3/compound Air/Air/PROPN/3/compound Force/Force/PROPN/5/compound Commander/Commander/PROPN/5/nmod:desc Rosa/Rosa/PROPN/7/nsubj Lund/Lund/PROPN/5/flat spoke/speak/VERB/0/root ././PUNCT/7/punct
The/the/DET/2/det Commander/Commander/NOUN/8/nsubj of/of/ADP/7/case the/the/DET/7/det Royal/Royal/PROPN/7/compound Air/Air/PROPN/7/compound Force/Force/PROPN/2/nmod left/leave/VERB/0/root ././PUNCT/8/punct
`)
	wantChain(t, doc, f.Find(doc), "Rosa Lund = The Commander of the Royal Air Force")
}

// TestNamesBehindNouns: a person's name right behind a noun for one person is his, unless the
// name has a verb of its own.
func TestNamesBehindNouns(t *testing.T) {
	f := finder(t)
	doc := article(t, `
Zarif/Zarif/PROPN/2/nsubj met/meet/VERB/0/root with/with/ADP/5/case my/my/PRON/5/nmod:poss colleague/colleague/NOUN/2/obl Rosa/Rosa/PROPN/2/obl Lund/Lund/PROPN/6/flat ././PUNCT/2/punct
`)
	wantChain(t, doc, f.Find(doc), "my colleague = Rosa Lund")
	doc = article(t, `
Zarif/Zarif/PROPN/2/nsubj told/tell/VERB/0/root the/the/DET/4/det colleague/colleague/NOUN/2/iobj Rosa/Rosa/PROPN/8/nsubj Lund/Lund/PROPN/5/flat would/would/AUX/8/aux come/come/VERB/2/ccomp ././PUNCT/2/punct
`)
	if got := chains(doc, f.Find(doc)); len(got) > 0 {
		t.Errorf("chains %q where there are none", got)
	}
	doc = article(t, `
Rosa/Rosa/PROPN/13/nsubj Lund/Lund/PROPN/1/flat ,/,/PUNCT/5/punct the/the/DET/5/det banker/banker/NOUN/1/appos and/and/CCONJ/7/cc chief/chief/NOUN/1/conj of/of/ADP/9/case Tass/Tass/PROPN/7/nmod who/who/PRON/11/nsubj/PronType=Rel left/leave/VERB/9/acl:relcl ,/,/PUNCT/5/punct spoke/speak/VERB/0/root ././PUNCT/13/punct
`)
	wantChain(t, doc, f.Find(doc), "Rosa Lund = the banker = chief of Tass = who")
}

// TestWhoseLetterWhosePalace: in somebody's letter it is he who writes, and who meets at a
// place is not the place.
func TestWhoseLetterWhosePalace(t *testing.T) {
	f := finder(t)
	doc := article(t, `
Brun/Brun/PROPN/3/nmod:poss 's/'s/PART/1/case comments/comment/NOUN/4/nsubj followed/follow/VERB/0/root Lund/Lund/PROPN/7/nmod:poss 's/'s/PART/5/case letter/letter/NOUN/4/obj in/in/ADP/9/case which/which/PRON/11/obl/PronType=Rel he/he/PRON/11/nsubj thanked/thank/VERB/7/acl:relcl Chad/Chad/PROPN/11/obj ././PUNCT/4/punct
`)
	wantChain(t, doc, f.Find(doc), "Lund = he")
	doc = article(t, `
President/President/PROPN/2/nmod:desc Lund/Lund/PROPN/3/nsubj met/meet/VERB/0/root Brun/Brun/PROPN/3/obj at/at/ADP/7/case the/the/DET/7/det Elysee/Elysee/PROPN/3/obl ,/,/PUNCT/11/punct where/where/ADV/11/advmod they/they/PRON/11/nsubj talked/talk/VERB/3/advcl ././PUNCT/3/punct
`)
	for _, c := range chains(doc, f.Find(doc)) {
		if strings.Contains(c, "Elysee = they") {
			t.Errorf("they are where they talked: %s", c)
		}
	}
}

// TestHersIsNearest: "her" is rather of the subject of its clause than of another.
func TestHersIsNearest(t *testing.T) {
	doc := article(t, `
Maria/Maria/PROPN/3/nsubj Brun/Brun/PROPN/1/flat spoke/speak/VERB/0/root ././PUNCT/3/punct
Hillary/Hillary/PROPN/3/nsubj Lund/Lund/PROPN/1/flat left/leave/VERB/0/root while/while/SCONJ/7/mark Maria/Maria/PROPN/7/nsubj Brun/Brun/PROPN/5/flat praised/praise/VERB/3/advcl her/her/PRON/9/nmod:poss book/book/NOUN/7/obj ././PUNCT/3/punct
`)
	wantChain(t, doc, finder(t).Find(doc), "Maria Brun = Maria Brun = her")
}

// TestWhoDoesItIsAnother: whom a coordinated verb tells of is not the subject that it shares.
func TestWhoDoesItIsAnother(t *testing.T) {
	doc := article(t, `
Nils/Nils/PROPN/3/nsubj Brun/Brun/PROPN/1/flat met/meet/VERB/0/root Omar/Omar/PROPN/3/obj Lund/Lund/PROPN/4/flat and/and/CCONJ/7/cc arrested/arrest/VERB/3/conj him/he/PRON/7/obj ././PUNCT/3/punct
`)
	wantChain(t, doc, finder(t).Find(doc), "Omar Lund = him")
}

func TestNationalitiesAreNotCountries(t *testing.T) {
	doc := article(t, `
Some/some/DET/4/det Kenyan/Kenyan/ADJ/4/amod border/border/NOUN/4/compound guards/guard/NOUN/5/nsubj/Number=Plur entered/enter/VERB/0/root Uganda/Uganda/PROPN/5/obj ././PUNCT/5/punct
Kenya/Kenya/PROPN/2/nsubj denied/deny/VERB/0/root it/it/PRON/2/obj ././PUNCT/2/punct
`)
	ms := finder(t).Find(doc)
	wantMention(t, doc, ms, "name nationality Kenyan", "name location Kenya", "name location Uganda")
	if got := chains(doc, ms); len(got) != 0 {
		t.Errorf("chains %q where there are none", got)
	}
}

// check reports what every layer of mentions must hold.
func check(doc *dragoman.Document, ms []dragoman.Mention) error {
	heads := map[int]bool{}
	for i, m := range ms {
		switch {
		case m.First < 0 || m.First >= m.End || m.End > len(doc.Tokens):
			return fmt.Errorf("mention %d has the tokens %d to %d of %d", i, m.First, m.End, len(doc.Tokens))
		case m.Span.Start != doc.Tokens[m.First].Start || m.Span.End != doc.Tokens[m.End-1].Span.End:
			return fmt.Errorf("mention %d has not the span of its tokens", i)
		case m.Head < 0 || m.Head >= len(doc.Tokens) || heads[m.Head]:
			return fmt.Errorf("mention %d has the head %d, which is taken or no token", i, m.Head)
		case m.Chain < 0 || m.Chain > i || ms[m.Chain].Chain != m.Chain:
			return fmt.Errorf("mention %d has the chain %d", i, m.Chain)
		}
		heads[m.Head] = true
		for _, k := range m.Members {
			if k < 0 || k >= len(ms) || k == i {
				return fmt.Errorf("mention %d has the member %d", i, k)
			}
		}
	}
	return nil
}

func FuzzFind(f *testing.F) {
	f.Add("The minister of Kenya , Ann Odera , said : \" We met them here . \" The two countries agreed .", []byte{1, 2, 3, 40, 5, 6})
	f.Add("", []byte{})
	f.Add("'s 's 's the of of PRESIDENT A. B. (C) I i we", []byte{255, 254, 1})
	fd, err := Load(data.Embedded())
	if err != nil {
		f.Fatal(err)
	}
	rels := []string{"nsubj", "obj", "appos", "nmod:poss", "nmod", "conj", "flat", "compound", "cop", "det", "amod", "acl:relcl", "case", "obl", "root", ""}
	f.Fuzz(func(t *testing.T, text string, shape []byte) {
		text = strings.ToValidUTF8(text, "?")
		doc := &dragoman.Document{Article: dragoman.Article{Text: text}}
		at := 0
		pick := func(i int) int {
			if len(shape) == 0 {
				return i
			}
			return int(shape[i%len(shape)]) + i
		}
		for i, w := range strings.Fields(text) {
			start := at + strings.Index(text[at:], w)
			at = start + len(w)
			doc.Tokens = append(doc.Tokens, dragoman.Token{Span: dragoman.Span{Start: start, End: at}})
			doc.Tags = append(doc.Tags, dragoman.Tag{Lemma: strings.ToLower(w), POS: dragoman.POS(pick(i) % 17)})
			doc.Arcs = append(doc.Arcs, dragoman.Arc{Rel: rels[pick(i+1)%len(rels)]})
		}
		n := len(doc.Tokens)
		for first := 0; first < n; {
			end := min(n, first+1+pick(first)%12)
			for i := first; i < end; i++ {
				doc.Arcs[i].Head = first + pick(i+2)%(end-first+1) - 1
				if doc.Arcs[i].Head < first {
					doc.Arcs[i].Head = -1
				}
			}
			doc.Sentences = append(doc.Sentences, dragoman.Sentence{Span: dragoman.Span{Start: doc.Tokens[first].Start, End: doc.Tokens[end-1].Span.End}, First: first, End: end})
			first = end
		}
		if n > 2 {
			doc.Attributions = []dragoman.Attribution{
				{SourceHead: pick(1) % n, First: pick(2) % n, End: n, Manner: dragoman.Quote, Parent: -1, Continues: -1},
				{SourceHead: -1, First: 0, End: pick(3) % n, Parent: 0, Continues: 0},
			}
		}
		if err := check(doc, fd.Find(doc)); err != nil {
			t.Error(err)
		}
	})
}

// A long article must not take more than its length in time.
func TestLongArticle(t *testing.T) {
	one := `
The/the/DET/2/det group/group/NOUN/3/nsubj met/meet/VERB/0/root Ann/Ann/PROPN/3/obj Odera/Odera/PROPN/4/flat and/and/CCONJ/7/cc them/they/PRON/4/conj ././PUNCT/3/punct
Odera/Odera/PROPN/2/nsubj told/tell/VERB/0/root the/the/DET/4/det minister/minister/NOUN/2/obj that/that/SCONJ/7/mark Kenya/Kenya/PROPN/7/nsubj agreed/agree/VERB/2/ccomp ././PUNCT/2/punct
`
	doc := article(t, strings.Repeat(one, 300))
	if err := check(doc, finder(t).Find(doc)); err != nil {
		t.Error(err)
	}
}

func TestEmpty(t *testing.T) {
	if got := finder(t).Find(&dragoman.Document{}); got != nil {
		t.Errorf("mentions %v in nothing", got)
	}
}

func TestAnotherOfficeIsSomebodyElse(t *testing.T) {
	doc := article(t, `
Uganda/Uganda/PROPN/3/nmod:poss 's/'s/PART/1/case minister/minister/NOUN/6/nsubj of/of/ADP/5/case trade/trade/NOUN/3/nmod praised/praise/VERB/0/root Peru/Peru/PROPN/6/obj ././PUNCT/6/punct
President/President/PROPN/2/nmod:desc Ann/Ann/PROPN/4/nsubj Odera/Odera/PROPN/2/flat agreed/agree/VERB/0/root ././PUNCT/4/punct
`)
	for _, c := range chains(doc, finder(t).Find(doc)) {
		if strings.Contains(c, "minister") {
			t.Errorf("the minister is chained: %q", c)
		}
	}
}

func TestAFormerPresidentIsNotThePresident(t *testing.T) {
	doc := article(t, `
Former/former/ADJ/3/amod Malian/Malian/ADJ/3/amod president/president/NOUN/4/nmod:desc Ann/Ann/PROPN/6/nsubj Odera/Odera/PROPN/4/flat left/leave/VERB/0/root ././PUNCT/6/punct
The/the/DET/3/det Malian/Malian/ADJ/3/amod president/president/NOUN/4/nsubj agreed/agree/VERB/0/root ././PUNCT/4/punct
`)
	for _, c := range chains(doc, finder(t).Find(doc)) {
		if strings.Contains(c, "Odera") && strings.Contains(c, "The Malian president") {
			t.Errorf("one chain: %q", c)
		}
	}
}

// members returns what a phrase stands for together.
func members(t *testing.T, doc *dragoman.Document, ms []dragoman.Mention, phrase string) []string {
	t.Helper()
	for _, m := range ms {
		if doc.TextOf(m.Span) == phrase {
			var out []string
			for _, k := range m.Members {
				out = append(out, doc.TextOf(ms[k].Span))
			}
			return out
		}
	}
	t.Fatalf("no mention %q", phrase)
	return nil
}

func TestTwoOfAnotherTradeAreNobodyNamed(t *testing.T) {
	doc := article(t, `
Rosa/Rosa/PROPN/6/nsubj Lund/Lund/PROPN/1/flat and/and/CCONJ/4/cc Ivan/Ivan/PROPN/1/conj Petrov/Petrov/PROPN/4/flat met/meet/VERB/0/root ././PUNCT/6/punct
The/the/DET/3/det two/two/NUM/3/nummod politicians/politician/NOUN/7/nsubj/Number=Plur and/and/CCONJ/6/cc two/two/NUM/6/nummod guards/guard/NOUN/3/conj/Number=Plur left/leave/VERB/0/root ././PUNCT/7/punct
The/the/DET/3/det two/two/NUM/3/nummod drivers/driver/NOUN/4/nsubj/Number=Plur stayed/stay/VERB/0/root ././PUNCT/4/punct
`)
	ms := finder(t).Find(doc)
	if got := members(t, doc, ms, "The two politicians"); !slices.Equal(got, []string{"Rosa Lund", "Ivan Petrov"}) {
		t.Errorf("the two politicians are %q", got)
	}
	if got := members(t, doc, ms, "The two drivers"); len(got) > 0 {
		t.Errorf("the two drivers are %q", got)
	}
}

func TestTwoOfficesOfOnePerson(t *testing.T) {
	doc := article(t, `
Zarif/Zarif/PROPN/2/nsubj met/meet/VERB/0/root Prime/Prime/PROPN/4/compound Minister/Minister/PROPN/2/obj and/and/CCONJ/8/cc Defence/Defence/PROPN/7/compound Minister/Minister/PROPN/8/nmod:desc Rosa/Rosa/PROPN/4/conj Lund/Lund/PROPN/8/flat ././PUNCT/2/punct
`)
	wantChain(t, doc, finder(t).Find(doc), "Prime Minister = Rosa Lund")
}

func TestASurnameBeforeTheName(t *testing.T) {
	doc := article(t, `
Petrov/Petrov/PROPN/2/nsubj left/leave/VERB/0/root ././PUNCT/2/punct
Petrov/Petrov/PROPN/2/nsubj stayed/stay/VERB/0/root ././PUNCT/2/punct
Ivan/Ivan/PROPN/3/nsubj Petrov/Petrov/PROPN/1/flat spoke/speak/VERB/0/root ././PUNCT/3/punct
`)
	wantChain(t, doc, finder(t).Find(doc), "Petrov = Petrov = Ivan Petrov")
}

func TestPersonsByTheEndingOfANoun(t *testing.T) {
	doc := article(t, `
Two/two/NUM/3/nummod Iranian/Iranian/ADJ/3/amod academicians/academician/NOUN/4/nsubj/Number=Plur wrote/write/VERB/0/root checklists/checklist/NOUN/4/obj/Number=Plur ././PUNCT/4/punct
`)
	ms := finder(t).Find(doc)
	wantMention(t, doc, ms, "nominal person Two Iranian academicians")
	for _, m := range ms {
		if doc.TextOf(m.Span) == "checklists" {
			t.Error("checklists are somebody")
		}
	}
}

func TestWhoSaysBehindItWhatHeDoes(t *testing.T) {
	doc := article(t, `
The/the/DET/2/det army/army/NOUN/4/nsubj has/have/AUX/4/aux begun/begin/VERB/11/ccomp after/after/SCONJ/8/mark the/the/DET/7/det ministry/ministry/NOUN/8/nsubj agreed/agree/VERB/4/advcl ,/,/PUNCT/11/punct it/it/PRON/11/nsubj said/say/VERB/0/root ././PUNCT/11/punct
`)
	doc.Attributions = []dragoman.Attribution{{SourceHead: 9, CueHead: 10, First: 0, End: 8, Manner: dragoman.Paraphrase, Parent: -1, Continues: -1}}
	wantChain(t, doc, finder(t).Find(doc), "The army = it")
}

func TestBothCountriesAreThoseJustNamed(t *testing.T) {
	doc := article(t, `
France/France/PROPN/2/nsubj offered/offer/VERB/0/root Mali/Mali/PROPN/2/iobj aid/aid/NOUN/2/obj ././PUNCT/2/punct
Ghana/Ghana/PROPN/2/nsubj backed/back/VERB/0/root Mali/Mali/PROPN/2/obj ././PUNCT/2/punct
Togo/Togo/PROPN/2/nsubj praised/praise/VERB/0/root both/both/DET/4/det countries/country/NOUN/2/obj/Number=Plur ././PUNCT/2/punct
`)
	if got := members(t, doc, finder(t).Find(doc), "both countries"); !slices.Equal(got, []string{"Ghana", "Mali"}) {
		t.Errorf("both countries are %q", got)
	}
}

func TestNumbersThatStandForPeople(t *testing.T) {
	doc := article(t, `
Thousands/thousand/NOUN/2/nsubj/Number=Plur marched/march/VERB/0/root ././PUNCT/2/punct
Hundreds/hundred/NOUN/4/nsubj/Number=Plur of/of/ADP/3/case shells/shell/NOUN/1/nmod/Number=Plur exploded/explode/VERB/0/root ././PUNCT/4/punct
They/they/PRON/2/nsubj raised/raise/VERB/0/root millions/million/NOUN/2/obj/Number=Plur ././PUNCT/2/punct
`)
	ms := finder(t).Find(doc)
	wantMention(t, doc, ms, "nominal person Thousands")
	for _, m := range ms {
		if text := doc.TextOf(m.Span); m.Form == dragoman.Nominal && text != "Thousands" {
			t.Errorf("%q is somebody", text)
		}
	}
}

func TestBothSidesAreTheTwoBefore(t *testing.T) {
	doc := article(t, `
The/the/DET/3/det Chadian/Chadian/ADJ/3/amod army/army/NOUN/10/nsubj and/and/CCONJ/8/cc the/the/DET/8/det Sahel/Sahel/PROPN/7/compound Renewal/Renewal/PROPN/8/compound Movement/Movement/PROPN/3/conj also/also/ADV/10/advmod agreed/agree/VERB/0/root to/to/ADP/13/case a/a/DET/13/det truce/truce/NOUN/10/obl ././PUNCT/10/punct
Both/both/DET/2/det sides/side/NOUN/3/nsubj/Number=Plur accused/accuse/VERB/0/root each/each/DET/3/obj other/other/ADJ/4/fixed ././PUNCT/3/punct
`)
	ms := finder(t).Find(doc)
	want := []string{"The Chadian army", "Sahel Renewal Movement"}
	if got := members(t, doc, ms, "Both sides"); !slices.Equal(got, want) {
		t.Errorf("both sides are %q", got)
	}
	if got := members(t, doc, ms, "each other"); !slices.Equal(got, want) {
		t.Errorf("each other are %q", got)
	}
}

func TestAcronymOfAForeignName(t *testing.T) {
	doc := article(t, `
Harakat/Harakat/PROPN/8/nsubj Shabab/Shabab/PROPN/1/flat Al/Al/PROPN/1/flat Salam/Salam/PROPN/1/flat (/(/PUNCT/6/punct HSAS/HSAS/PROPN/1/appos )/)/PUNCT/6/punct claimed/claim/VERB/0/root it/it/PRON/8/obj ././PUNCT/8/punct
`)
	ms := finder(t).Find(doc)
	wantChain(t, doc, ms, "Harakat Shabab Al Salam = HSAS")
	wantMention(t, doc, ms, "name organisation HSAS", "name organisation Harakat Shabab Al Salam")
}

func TestAStateAndItsBody(t *testing.T) {
	doc := article(t, `
Officials/official/NOUN/2/nsubj/Number=Plur from/from/ADP/6/case Chad/Chad/PROPN/6/nmod:poss 's/'s/PART/3/case Supreme/Supreme/ADJ/6/amod Court/Court/PROPN/1/nmod left/leave/VERB/1/root ././PUNCT/1/punct
`)
	ms := finder(t).Find(doc)
	wantMention(t, doc, ms, "name location Chad", "name organisation Supreme Court")
}

func TestOurAmbassador(t *testing.T) {
	doc := article(t, `
Norway/Norway/PROPN/3/nmod:poss 's/'s/PART/1/case ambassador/ambassador/NOUN/4/nsubj left/leave/VERB/0/root ././PUNCT/4/punct
"/"/PUNCT/4/punct Our/our/PRON/3/nmod:poss ambassador/ambassador/NOUN/4/nsubj stays/stay/VERB/0/root ,/,/PUNCT/4/punct "/"/PUNCT/4/punct a/a/DET/9/det Norwegian/Norwegian/ADJ/9/amod spokeswoman/spokeswoman/NOUN/10/nsubj said/say/VERB/4/parataxis ././PUNCT/4/punct
`)
	said(t, doc, "spokeswoman", "Our", "stays", dragoman.Quote)
	wantChain(t, doc, finder(t).Find(doc), "Norway's ambassador = Our ambassador", "Norway = Our")
}

func TestPhrasesBeginWhereTheyShould(t *testing.T) {
	doc := article(t, `
Rebels/rebel/NOUN/2/nsubj/Number=Plur killed/kill/VERB/0/root at/at/ADP/5/case least/least/ADJ/5/nmod/Degree=Sup 14/14/NUM/6/nummod soldiers/soldier/NOUN/2/obj/Number=Plur ././PUNCT/2/punct
GABU/GABU/NOUN/3/compound –/–/PUNCT/1/punct Gunmen/gunman/NOUN/4/nsubj/Number=Plur fled/flee/VERB/0/root ././PUNCT/4/punct
Last/last/ADJ/2/amod week/week/NOUN/3/compound villagers/villager/NOUN/4/nsubj/Number=Plur fled/flee/VERB/0/root ././PUNCT/4/punct
He/he/PRON/2/nsubj fed/feed/VERB/0/root opponents/opponent/NOUN/2/obj/Number=Plur for/for/ADP/7/case the/the/DET/7/det past/past/ADJ/7/amod three/three/NUM/3/nmod ././PUNCT/2/punct
`)
	wantMention(t, doc, finder(t).Find(doc), "nominal person at least 14 soldiers", "nominal person Gunmen", "nominal person villagers", "nominal  opponents")
}

func TestWhoAddsSomethingSpoke(t *testing.T) {
	doc := article(t, `
Saleh/Saleh/PROPN/3/nsubj:pass Darfour/Darfour/PROPN/1/flat praised/praise/VERB/0/root Jean/Jean/PROPN/3/obj Moreau/Moreau/PROPN/4/flat ././PUNCT/3/punct
He/he/PRON/3/nsubj also/also/ADV/3/advmod thanked/thank/VERB/0/root Mali/Mali/PROPN/3/obj ././PUNCT/3/punct
`)
	said(t, doc, "Jean", "Saleh", "praised", dragoman.Paraphrase)
	wantChain(t, doc, finder(t).Find(doc), "Jean Moreau = He")
}

func TestTheListIsOfOne(t *testing.T) {
	doc := article(t, `
Mali/Mali/PROPN/2/nsubj freed/free/VERB/0/root Jean/Jean/PROPN/2/obj Moreau/Moreau/PROPN/3/flat ,/,/PUNCT/7/punct his/his/PRON/7/nmod:poss wife/wife/NOUN/3/conj ,/,/PUNCT/9/punct Saleh/Saleh/PROPN/3/conj Darfour/Darfour/PROPN/9/flat ,/,/PUNCT/14/punct and/and/CCONJ/14/cc his/his/PRON/14/nmod:poss aides/aide/NOUN/3/conj/Number=Plur ././PUNCT/2/punct
`)
	wantChain(t, doc, finder(t).Find(doc), "Jean Moreau = his = his")
}

func TestAnObjectIsNotItsOwnSubject(t *testing.T) {
	doc := article(t, `
The/the/DET/2/det force/force/NOUN/4/nsubj then/then/ADV/4/advmod saw/see/VERB/0/root four/four/NUM/6/nummod insurgents/insurgent/NOUN/4/obj/Number=Plur ././PUNCT/4/punct
The/the/DET/2/det force/force/NOUN/3/nsubj returned/return/VERB/0/root fire/fire/NOUN/3/obj ,/,/PUNCT/6/punct killing/kill/VERB/3/advcl them/they/PRON/6/obj/Number=Plur ././PUNCT/3/punct
`)
	wantChain(t, doc, finder(t).Find(doc), "four insurgents = them", "The force = The force")
}

func TestWhoDoesItIsNotToWhomItIsDone(t *testing.T) {
	doc := article(t, `
Ivan/Ivan/PROPN/3/nsubj Brun/Brun/PROPN/1/flat left/leave/VERB/0/root ././PUNCT/3/punct
Though/though/SCONJ/3/mark he/he/PRON/3/nsubj/Gender=Masc likes/like/VERB/9/advcl Peter/Peter/PROPN/3/obj Lund/Lund/PROPN/4/flat ,/,/PUNCT/3/punct Brun/Brun/PROPN/9/nsubj often/often/ADV/9/advmod contradicts/contradict/VERB/0/root him/he/PRON/9/obj/Gender=Masc ././PUNCT/9/punct
`)
	wantChain(t, doc, finder(t).Find(doc), "Ivan Brun = he = Brun", "Peter Lund = him")
}

func TestACampaignIsOnePersons(t *testing.T) {
	doc := article(t, `
Rosa/Rosa/PROPN/3/nsubj Brun/Brun/PROPN/1/flat spoke/speak/VERB/0/root about/about/ADP/5/case Oleg/Oleg/PROPN/3/obl Petrov/Petrov/PROPN/5/flat ././PUNCT/3/punct
The/the/DET/3/det Lund/Lund/PROPN/3/compound campaign/campaign/NOUN/4/nsubj relied/rely/VERB/0/root on/on/ADP/6/case Peter/Peter/PROPN/4/obl Brun/Brun/PROPN/6/flat ,/,/PUNCT/10/punct who/who/PRON/10/nsubj/PronType=Rel praised/praise/VERB/6/acl:relcl him/he/PRON/10/obj/Gender=Masc ././PUNCT/4/punct
Ivan/Ivan/PROPN/3/nsubj Lund/Lund/PROPN/1/flat left/leave/VERB/0/root ././PUNCT/3/punct
`)
	wantChain(t, doc, finder(t).Find(doc), "Lund = him = Ivan Lund")
}

func TestNobodyMocksWhatIsHisOwn(t *testing.T) {
	const text = `
Peter/Peter/PROPN/3/nsubj Lund/Lund/PROPN/1/flat left/leave/VERB/0/root ././PUNCT/3/punct
Ivan/Ivan/PROPN/3/nsubj Brun/Brun/PROPN/1/flat %s/VERB/0/root his/he/PRON/5/nmod:poss/Gender=Masc speech/speech/NOUN/3/obj ././PUNCT/3/punct
`
	for verb, want := range map[string]string{"mocked/mock": "Peter Lund = his", "finished/finish": "Ivan Brun = his"} {
		doc := article(t, fmt.Sprintf(text, verb))
		wantChain(t, doc, finder(t).Find(doc), want)
	}
}

func TestANationalityMayBeAName(t *testing.T) {
	doc := article(t, `
Danish/Danish/PROPN/3/nsubj Wazirzai/Wazirzai/PROPN/1/flat left/leave/VERB/0/root Lima/Lima/PROPN/3/obj ././PUNCT/3/punct
The/the/DET/3/det Danish/Danish/ADJ/3/amod minister/minister/NOUN/4/nsubj stayed/stay/VERB/0/root ././PUNCT/4/punct
`)
	wantMention(t, doc, finder(t).Find(doc), "name person Danish Wazirzai", "name nationality Danish")
}

func TestTheForceOfASpokesmanSpeaks(t *testing.T) {
	doc := article(t, `
"/"/PUNCT/3/punct We/we/PRON/3/nsubj/Number=Plur won/win/VERB/6/ccomp ,/,/PUNCT/3/punct "/"/PUNCT/3/punct said/say/VERB/0/root a/a/DET/8/det spokesman/spokesman/NOUN/6/nsubj for/for/ADP/13/case Chad/Chad/PROPN/13/nmod:poss 's/'s/PART/10/case armed/armed/ADJ/13/amod forces/force/NOUN/8/nmod/Number=Plur ././PUNCT/6/punct
`)
	said(t, doc, "spokesman", `"`, `won`, dragoman.Quote)
	wantChain(t, doc, finder(t).Find(doc), "We = Chad's armed forces")
}

func TestThatCountryIsNotTheOneThatActs(t *testing.T) {
	doc := article(t, `
Peru/Peru/PROPN/2/nsubj bought/buy/VERB/0/root gas/gas/NOUN/2/obj ././PUNCT/2/punct
Bolivia/Bolivia/PROPN/2/nsubj hopes/hope/VERB/0/root to/to/PART/4/mark export/export/VERB/2/xcomp gas/gas/NOUN/4/obj to/to/ADP/8/case that/that/DET/8/det country/country/NOUN/4/obl ././PUNCT/2/punct
`)
	wantChain(t, doc, finder(t).Find(doc), "Peru = that country")
}

func TestTheBodyThatSpokeSpeaksAgain(t *testing.T) {
	doc := article(t, `
Chad/Chad/PROPN/3/nmod:poss 's/'s/PART/1/case ministry/ministry/NOUN/4/nsubj said/say/VERB/0/root that/that/SCONJ/7/mark Niger/Niger/PROPN/7/nsubj left/leave/VERB/4/ccomp ././PUNCT/4/punct
It/it/PRON/2/nsubj/Number=Sing said/say/VERB/0/root that/that/SCONJ/5/mark Mali/Mali/PROPN/5/nsubj stayed/stay/VERB/2/ccomp ././PUNCT/2/punct
`)
	for i, n := 0, len(doc.Tokens); i < n; i++ {
		if doc.Form(i) == "said" {
			head := i - 1
			doc.Attributions = append(doc.Attributions, dragoman.Attribution{Source: doc.Tokens[head].Span, SourceHead: head, Cue: doc.Tokens[i].Span, CueHead: i,
				First: i + 1, End: i + 4, Parent: -1, Continues: -1, Manner: dragoman.Paraphrase})
		}
	}
	wantChain(t, doc, finder(t).Find(doc), "Chad's ministry = It")
}

func TestTheirsAreNotOurs(t *testing.T) {
	doc := article(t, `
"/"/PUNCT/5/punct Our/our/PRON/3/nmod:poss/Number=Plur|Person=1 troops/troop/NOUN/5/nsubj/Number=Plur never/never/ADV/5/advmod attacked/attack/VERB/0/root Niger/Niger/PROPN/5/obj ././PUNCT/5/punct
Their/their/PRON/2/nmod:poss/Number=Plur troops/troop/NOUN/3/nsubj/Number=Plur did/do/VERB/0/root ,/,/PUNCT/3/punct "/"/PUNCT/3/punct Abakar/Abakar/PROPN/7/nsubj said/say/VERB/3/parataxis ././PUNCT/3/punct
`)
	said(t, doc, "Abakar", `"`, `did`, dragoman.Quote)
	wantChain(t, doc, finder(t).Find(doc), "Niger = Their")
}

func TestTheMilitaryIsABody(t *testing.T) {
	doc := article(t, `
The/the/DET/4/det Chadian/Chadian/ADJ/4/amod military/military/ADJ/4/nsubj said/say/VERB/0/root it/it/PRON/6/nsubj left/leave/VERB/4/ccomp ././PUNCT/4/punct
`)
	wantMention(t, doc, finder(t).Find(doc), "nominal organisation The Chadian military")
}

func TestANameReachesAsFarAsTheTablesKnow(t *testing.T) {
	doc := article(t, `
Fighters/fighter/NOUN/8/nsubj/Number=Plur of/of/ADP/3/case Tehreek/Tehreek/PROPN/1/nmod -/-/PUNCT/5/punct e/e/PROPN/3/flat -/-/PUNCT/7/punct Taliban/Taliban/PROPN/3/flat Pakistan/Pakistan/PROPN/3/flat left/leave/VERB/0/root ././PUNCT/9/punct
`)
	// The words as a page has them, without spaces around the hyphens.
	text, at := "Fighters of Tehreek-e-Taliban Pakistan left.", 0
	for i, tok := range doc.Tokens {
		form := tok.In(doc.Text)
		start := at + strings.Index(text[at:], form)
		at = start + len(form)
		doc.Tokens[i].Span = dragoman.Span{Start: start, End: at}
	}
	doc.Text = text
	doc.Sentences[0].Span = dragoman.Span{End: len(text)}
	wantMention(t, doc, finder(t).Find(doc), "name organisation Tehreek-e-Taliban Pakistan")
}

func TestAnAppositionIsSaidOfTheNearest(t *testing.T) {
	doc := article(t, `
The/the/DET/2/det army/army/NOUN/9/nsubj and/and/CCONJ/4/cc Hezbollah/Hezbollah/PROPN/2/conj ,/,/PUNCT/7/punct an/a/DET/7/det/Definite=Ind ally/ally/NOUN/2/appos ,/,/PUNCT/7/punct left/leave/VERB/0/root ././PUNCT/9/punct
`)
	wantChain(t, doc, finder(t).Find(doc), "Hezbollah = an ally")
}

func TestARelativeClauseEndsAnApposition(t *testing.T) {
	doc := article(t, `
Rosa/Rosa/PROPN/13/nsubj Lund/Lund/PROPN/1/flat ,/,/PUNCT/4/punct head/head/NOUN/1/appos of/of/ADP/7/case Riga/Riga/PROPN/7/compound University/University/PROPN/4/nmod ,/,/PUNCT/10/punct a/a/DET/10/det/Definite=Ind company/company/NOUN/1/appos that/that/PRON/12/nsubj/PronType=Rel grew/grow/VERB/10/acl:relcl left/leave/VERB/0/root ././PUNCT/13/punct
`)
	wantChain(t, doc, finder(t).Find(doc), "Riga University = a company = that")
}

// What the syntax takes for no noun at all is no name.
func TestNamesHoldNouns(t *testing.T) {
	doc := article(t, `Great/great/ADJ/2/amod Service/service/NOUN/0/root !/!/PUNCT/2/punct
Quickly/quickly/ADV/2/advmod Lund/Lund/PROPN/3/nsubj left/leave/VERB/0/root LNG/lng/NOUN/3/obj ././PUNCT/3/punct`)
	b := &builder{f: finder(t), doc: doc, tree: pattern.NewTree(doc)}
	for _, c := range []struct {
		name found
		want bool
	}{
		{found{0, 2, dragoman.Organisation}, false},
		{found{0, 2, dragoman.Other}, true},
		{found{1, 2, dragoman.Organisation}, true},
		{found{3, 4, dragoman.Person}, false},
		{found{3, 5, dragoman.Person}, true},
		{found{6, 7, dragoman.Organisation}, true},
	} {
		if got := b.nounIn(c.name); got != c.want {
			t.Errorf("tokens %d to %d as %s: %v", c.name.first, c.name.end, c.name.class, got)
		}
	}
}

// A place and the one around it are two names, a company and its kind one.
func TestNamesWithCommas(t *testing.T) {
	doc := article(t, `Lund/Lund/PROPN/2/compound Shipping/Shipping/PROPN/5/nsubj ,/,/PUNCT/4/punct Inc./Inc./PROPN/2/flat left/leave/VERB/0/root Tartu/Tartu/PROPN/5/obj ,/,/PUNCT/8/punct Estonia/Estonia/PROPN/6/appos ././PUNCT/5/punct`)
	b := &builder{f: finder(t), doc: doc, tree: pattern.NewTree(doc)}
	names := b.incorporated([]found{{0, 2, dragoman.Person}, {3, 4, dragoman.Organisation}, {5, 8, dragoman.Location}})
	if want := []found{{0, 4, dragoman.Organisation}, {5, 8, dragoman.Location}}; !slices.Equal(names, want) {
		t.Fatalf("names %v, want %v", names, want)
	}
	in, around, ok := b.inLarger(names[1])
	if !ok || in != (found{5, 6, dragoman.Location}) || around != (found{7, 8, dragoman.Location}) {
		t.Errorf("places %v and %v", in, around)
	}
	if _, _, ok := b.inLarger(names[0]); ok {
		t.Error("a company is split")
	}
	if _, _, ok := b.beforeComma(names[0]); ok {
		t.Error("a company is split before its Inc.")
	}
	doc = article(t, `the/the/DET/2/det Ministry/Ministry/PROPN/8/obl of/of/ADP/4/case Trade/Trade/PROPN/2/nmod ,/,/PUNCT/8/punct Lund/Lund/PROPN/8/nsubj has/have/AUX/8/aux left/leave/VERB/0/root
the/the/DET/2/det Ministry/Ministry/PROPN/9/nsubj of/of/ADP/4/case Culture/Culture/PROPN/2/nmod ,/,/PUNCT/6/punct Trade/Trade/PROPN/4/conj and/and/CCONJ/8/cc Sport/Sport/PROPN/4/conj left/leave/VERB/0/root`)
	b = &builder{f: finder(t), doc: doc, tree: pattern.NewTree(doc)}
	body, rest, ok := b.beforeComma(found{1, 6, dragoman.Organisation})
	if !ok || body != (found{1, 4, dragoman.Organisation}) || rest != (found{5, 6, dragoman.Unclassed}) {
		t.Errorf("the ministry and who left are %v and %v", body, rest)
	}
	if _, _, ok := b.beforeComma(found{9, 16, dragoman.Organisation}); ok {
		t.Error("a ministry of several things is split")
	}
}

func TestTheRegimentIsTheOneNamed(t *testing.T) {
	doc := article(t, `
On/on/ADP/2/case Monday/Monday/PROPN/6/obl the/the/DET/5/det Kalinouski/Kalinouski/PROPN/5/compound Regiment/Regiment/PROPN/6/nsubj left/leave/VERB/0/root ././PUNCT/6/punct
The/the/DET/2/det regiment/regiment/NOUN/3/nsubj returned/return/VERB/0/root ././PUNCT/3/punct
`)
	wantChain(t, doc, finder(t).Find(doc), "the Kalinouski Regiment = The regiment")
	doc = article(t, `
The/the/DET/3/det Kalinouski/Kalinouski/PROPN/3/compound Regiment/Regiment/PROPN/4/nsubj met/meet/VERB/0/root the/the/DET/7/det Azov/Azov/PROPN/7/compound Regiment/Regiment/PROPN/4/obj ././PUNCT/4/punct
The/the/DET/2/det regiment/regiment/NOUN/3/nsubj returned/return/VERB/0/root ././PUNCT/3/punct
`)
	wantMention(t, doc, finder(t).Find(doc), "nominal organisation The regiment")
}

func TestWhoIsFromSomebody(t *testing.T) {
	doc := article(t, `
A/a/DET/2/det delegation/delegation/NOUN/5/nsubj from/from/ADP/4/case Hamas/Hamas/PROPN/2/nmod left/leave/VERB/0/root ././PUNCT/5/punct
Refugees/refugee/NOUN/4/nsubj/Number=Plur from/from/ADP/3/case Chad/Chad/PROPN/1/nmod left/leave/VERB/0/root ././PUNCT/4/punct
`)
	wantMention(t, doc, finder(t).Find(doc), "nominal organisation A delegation from Hamas", "nominal person Refugees")
}

func TestTheRebelsAreTheOneArmedGroup(t *testing.T) {
	doc := article(t, `
Hezbollah/Hezbollah/PROPN/2/nsubj left/leave/VERB/0/root ././PUNCT/2/punct
The/the/DET/2/det militants/militant/NOUN/3/nsubj/Number=Plur returned/return/VERB/0/root ././PUNCT/3/punct
`)
	wantChain(t, doc, finder(t).Find(doc), "Hezbollah = The militants")
}

func TestTheTwoMinistersAreHeAndHisCounterpart(t *testing.T) {
	doc := article(t, `
Rosa/Rosa/PROPN/4/nsubj Lund/Lund/PROPN/1/flat and/and/CCONJ/4/cc left/leave/VERB/0/root ././PUNCT/4/punct
The/the/DET/2/det minister/minister/NOUN/3/nsubj met/meet/VERB/0/root his/his/PRON/6/nmod:poss Malian/Malian/ADJ/6/amod counterpart/counterpart/NOUN/3/obj ././PUNCT/3/punct
The/the/DET/3/det two/two/NUM/3/nummod ministers/minister/NOUN/4/nsubj/Number=Plur spoke/speak/VERB/0/root ././PUNCT/4/punct
`)
	got := members(t, doc, finder(t).Find(doc), "The two ministers")
	if len(got) != 2 || got[1] != "his Malian counterpart" {
		t.Errorf("the two ministers are %q", got)
	}
}

// Somebody's counterpart has the office of that somebody, and a more general noun calls
// again who was named with an office.
func TestWhoIsCalledAgainByTheOffice(t *testing.T) {
	doc := article(t, `
Foreign/foreign/ADJ/2/amod Minister/minister/PROPN/3/nmod:desc Rosa/Rosa/PROPN/11/nsubj Lund/Lund/PROPN/3/flat and/and/CCONJ/8/cc her/her/PRON/8/nmod:poss Malian/Malian/ADJ/8/amod counterpart/counterpart/NOUN/3/conj Moussa/Moussa/PROPN/8/appos Traore/Traore/PROPN/9/flat spoke/speak/VERB/0/root ././PUNCT/11/punct
The/the/DET/4/det Malian/Malian/ADJ/4/amod foreign/foreign/ADJ/4/amod minister/minister/NOUN/5/nsubj left/leave/VERB/0/root ././PUNCT/5/punct
The/the/DET/4/det top/top/ADJ/4/amod Malian/Malian/ADJ/4/amod diplomat/diplomat/NOUN/5/nsubj returned/return/VERB/0/root ././PUNCT/5/punct
The/the/DET/4/det Malian/Malian/ADJ/4/amod border/border/NOUN/4/compound diplomat/diplomat/NOUN/5/nsubj waited/wait/VERB/0/root ././PUNCT/5/punct
`)
	d := finder(t).Find(doc)
	wantChain(t, doc, d, "her Malian counterpart = Moussa Traore = The Malian foreign minister = The top Malian diplomat")
}

func TestWhoUrgesBothSidesIsNeither(t *testing.T) {
	doc := article(t, `
Chad/Chad/PROPN/3/nsubj and/and/CCONJ/3/cc left/leave/VERB/0/root Mali/Mali/PROPN/3/obj ././PUNCT/3/punct
Egypt/Egypt/PROPN/2/nsubj urged/urge/VERB/0/root both/both/DET/4/det sides/side/NOUN/2/obj/Number=Plur to/to/PART/6/mark talk/talk/VERB/2/xcomp ././PUNCT/2/punct
`)
	got := members(t, doc, finder(t).Find(doc), "both sides")
	if slices.Contains(got, "Egypt") {
		t.Errorf("both sides are %q", got)
	}
}

func TestWhoHostsTalksBetweenTwoIsNeither(t *testing.T) {
	doc := article(t, `
Chad/Chad/PROPN/2/nsubj fought/fight/VERB/0/root Mali/Mali/PROPN/2/obj ././PUNCT/2/punct
Libya/Libya/PROPN/2/nsubj offered/offer/VERB/0/root to/to/PART/4/mark host/host/VERB/2/xcomp talks/talk/NOUN/4/obj/Number=Plur between/between/ADP/9/case the/the/DET/9/det two/two/NUM/9/nummod countries/country/NOUN/5/nmod/Number=Plur ././PUNCT/2/punct
Libya/Libya/PROPN/2/nsubj held/hold/VERB/0/root talks/talk/NOUN/2/obj/Number=Plur ././PUNCT/2/punct
`)
	if got := members(t, doc, finder(t).Find(doc), "the two countries"); !slices.Equal(got, []string{"Chad", "Mali"}) {
		t.Errorf("the two countries are %q", got)
	}
}

// TestTwoAgain wants the two of whom an article has spoken together where it speaks of two
// again, and not whoever calls on them or was named since.
func TestTwoAgain(t *testing.T) {
	doc := article(t, `
Chad/Chad/PROPN/3/nsubj and/and/CCONJ/3/cc Mali/Mali/PROPN/1/conj agreed/agree/VERB/0/root ././PUNCT/4/punct
The/the/DET/3/det two/two/NUM/3/nummod countries/country/NOUN/4/nsubj/Number=Plur met/meet/VERB/0/root ././PUNCT/4/punct
Libya/Libya/PROPN/2/nsubj left/leave/VERB/0/root Niger/Niger/PROPN/2/obj ././PUNCT/2/punct
Egypt/Egypt/PROPN/2/nsubj called/call/VERB/0/root on/on/ADP/5/case both/both/DET/5/det countries/country/NOUN/2/obl/Number=Plur ././PUNCT/2/punct
`)
	if got := members(t, doc, finder(t).Find(doc), "both countries"); !slices.Equal(got, []string{"Chad", "Mali"}) {
		t.Errorf("both countries are %q", got)
	}
}

// TestOfSeveralBodies wants those as whose several act, be they bodies or groups, and the
// members of a council that a list behind its name tells.
func TestOfSeveralBodies(t *testing.T) {
	for phrase, c := range map[string]struct {
		text string
		want []string
	}{
		"Delegates from Hamas": {`
Delegates/delegate/NOUN/7/nsubj/Number=Plur from/from/ADP/3/case Hamas/Hamas/PROPN/1/nmod and/and/CCONJ/6/cc the/the/DET/6/det rebels/rebel/NOUN/3/conj/Number=Plur met/meet/VERB/0/root ././PUNCT/7/punct
`, []string{"Hamas", "the rebels"}},
		"Members of the African Union": {`
Members/member/NOUN/11/nsubj/Number=Plur of/of/ADP/5/case the/the/DET/5/det African/African/ADJ/5/amod Union/Union/PROPN/1/nmod –/–/PUNCT/7/punct Chad/Chad/PROPN/5/appos and/and/CCONJ/9/cc Mali/Mali/PROPN/7/conj –/–/PUNCT/7/punct met/meet/VERB/0/root ././PUNCT/11/punct
`, []string{"Chad", "Mali"}},
	} {
		doc := article(t, c.text)
		if got := members(t, doc, finder(t).Find(doc), phrase); !slices.Equal(got, c.want) {
			t.Errorf("%s are %q, want %q", phrase, got, c.want)
		}
	}
}

// TestArmyAndRebels wants an army for its state where the other side is no state.
func TestArmyAndRebels(t *testing.T) {
	doc := article(t, `
Mali/Mali/PROPN/3/nmod:poss 's/'s/PART/1/case army/army/NOUN/4/nsubj fought/fight/VERB/0/root Boko/Boko/PROPN/4/obj Haram/Haram/PROPN/5/flat ././PUNCT/4/punct
Libya/Libya/PROPN/2/nsubj urged/urge/VERB/0/root both/both/DET/4/det sides/side/NOUN/2/obj/Number=Plur to/to/PART/6/mark talk/talk/VERB/2/xcomp ././PUNCT/2/punct
`)
	if got := members(t, doc, finder(t).Find(doc), "both sides"); !slices.Equal(got, []string{"Mali's army", "Boko Haram"}) {
		t.Errorf("both sides are %q", got)
	}
}

// TestNeighboursAreTwo wants the two of whom an article tells from its first clause on,
// behind a dateline, and not those named last.
func TestNeighboursAreTwo(t *testing.T) {
	doc := article(t, `
BAMAKO/Bamako/PROPN/0/root -/-/PUNCT/1/punct
Malian/malian/ADJ/2/amod jets/jet/NOUN/3/nsubj/Number=Plur bombed/bomb/VERB/0/root Chad/Chad/PROPN/3/obj ././PUNCT/3/punct
Libya/Libya/PROPN/2/nsubj warned/warn/VERB/0/root Mali/Mali/PROPN/2/obj ././PUNCT/2/punct
The/the/DET/2/det neighbours/neighbour/NOUN/3/nsubj/Number=Plur closed/close/VERB/0/root borders/border/NOUN/3/obj/Number=Plur ././PUNCT/3/punct
`)
	if got := members(t, doc, finder(t).Find(doc), "The neighbours"); !slices.Equal(got, []string{"Chad", "Mali"}) {
		t.Errorf("the neighbours are %q", got)
	}
}

// TestKnownOrganisationsOfCommonNouns wants an organisation that the tables know where its
// words are tagged as common nouns.
func TestKnownOrganisationsOfCommonNouns(t *testing.T) {
	doc := article(t, `
Human/human/ADJ/3/amod Rights/right/NOUN/3/compound Watch/watch/NOUN/4/nsubj urged/urge/VERB/0/root Mali/Mali/PROPN/4/obj ././PUNCT/4/punct
`)
	if got := doc.TextOf(finder(t).Find(doc)[0].Span); got != "Human Rights Watch" {
		t.Errorf("the first name is %q", got)
	}
}
