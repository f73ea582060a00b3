package event_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/event"
	"dragoman/sketch"
)

// load returns a coder whose judge has learnt nothing, so that frames alone decide.
var load = sync.OnceValues(func() (*event.Coder, error) {
	c, err := event.Load(data.Embedded())
	if err != nil {
		return nil, err
	}
	return c.WithJudge(event.TrainJudge(nil, nil, nil)), nil
})

func coder(t testing.TB) *event.Coder {
	t.Helper()
	c, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// tell writes the events of d in short: type, status, actors > recipients.
func tell(d *dragoman.Document, events []dragoman.Event) string {
	var all []string
	for _, e := range events {
		names := func(actors []int) string {
			var n []string
			for _, a := range actors {
				n = append(n, d.Actors[a].ID)
			}
			return strings.Join(n, "+")
		}
		s := fmt.Sprintf("%s %s %s > %s", e.Type, e.Status, names(e.Actors), names(e.Recipients))
		for _, c := range e.Casualties {
			s += fmt.Sprintf(" %s %d-%d", c.What, c.Min, c.Max)
		}
		if len(e.Also) > 0 {
			s += fmt.Sprintf(" and %d more", len(e.Also))
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

func TestCode(t *testing.T) {
	for _, c := range []struct{ name, sentence, actors, want string }{
		{"active", "Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj", "Chad state:TCD, Mali state:MLI",
			"ASSAULT happened Chad > Mali"},
		{"passive", "Mali/NNP/3/nsubj:pass was|be/VBD/3/aux:pass attacked|attack/VBN/0/root by/IN/5/case Chad/NNP/3/obl:agent",
			"Chad state:TCD, Mali state:MLI", "ASSAULT happened Chad > Mali"},
		{"mutual", "Chad/NNP/2/nsubj met|meet/VBD/0/root with/IN/4/case Mali/NNP/2/obl", "Chad state:TCD, Mali state:MLI",
			"CONSULT happened Chad > Mali"},
		{"planned", "Chad/NNP/2/nsubj plans|plan/VBZ/0/root to/TO/4/mark attack/VB/2/xcomp Mali/NNP/4/obj",
			"Chad state:TCD, Mali state:MLI", "ASSAULT planned Chad > Mali"},
		{"critical of what somebody does", "Chad/NNP/3/nsubj is|be/VBZ/3/cop critical/JJ/0/root of/IN/5/case moves|move/NNS/3/obl by/IN/7/case Mali/NNP/5/nmod",
			"Chad state:TCD, Mali state:MLI", "ACCUSE happened Chad > Mali"},
		{"critical of somebody", "Chad/NNP/3/nsubj is|be/VBZ/3/cop critical/JJ/0/root of/IN/5/case Niger/NNP/3/obl",
			"Chad state:TCD, Niger state:NER", "ACCUSE happened Chad > Niger"},
		{"figures", "Rebels|rebel/NNS/2/nsubj killed|kill/VBD/0/root ten/CD/4/nummod soldiers|soldier/NNS/2/obj",
			"Rebels armed_group, soldiers people:TCD", "ASSAULT happened Rebels > soldiers killed 10-10"},
		{"a total", "A|a/DT/2/det total/NN/6/nsubj:pass of/IN/5/case 157/CD/5/nummod soldiers|soldier/NNS/2/nmod killed|kill/VBD/0/root",
			"soldiers people:TCD", "ASSAULT happened  > soldiers killed 157-157"},
		{"a group", "A|a/DT/2/det group/NN/5/nsubj:pass of/IN/4/case soldiers|soldier/NNS/2/nmod killed|kill/VBD/0/root",
			"soldiers people:TCD", "ASSAULT happened  > soldiers"},
		{"fired back in words", "Chad/NNP/2/nsubj fired|fire/VBD/0/root back/RB/2/advmod at/IN/5/case Mali/NNP/2/obl",
			"Chad person:TCD, Mali person:MLI", "ACCUSE happened Chad > Mali"},
		{"an age", "Deby/NNP/6/nsubj:pass ,/,/3/punct 58/CD/1/nummod ,/,/1/punct was/VBD/6/aux:pass arrested|arrest/VBN/0/root",
			"Deby person:TCD", "COERCE happened  > Deby"},
		{"condemned for somebody", "Chad/NNP/2/nsubj condemned|condemn/VBD/0/root the/DT/4/det killing/NN/2/obj of/IN/6/case soldiers|soldier/NNS/4/nmod",
			"Chad state:TCD, soldiers people:MLI", "ACCUSE happened Chad > ; ASSAULT happened  > soldiers"},
		{"warned of others", "Chad/NNP/2/nsubj warned|warn/VBD/0/root Mali/NNP/2/obj of/IN/7/case Niger/NNP/7/nmod:poss 's/POS/5/case plots|plot/NNS/2/obl",
			"Chad state:TCD, Mali state:MLI, Niger state:NER", ""},
		{"warned of its own", "Chad/NNP/2/nsubj warned|warn/VBD/0/root Mali/NNP/2/obj of/IN/6/case its/PRP$/6/nmod:poss plots|plot/NNS/2/obl",
			"Chad state:TCD, Mali state:MLI", "THREATEN happened Chad > Mali"},
		{"told twice", "Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj\nChad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj",
			"Chad state:TCD, Mali state:MLI", "ASSAULT happened Chad > Mali"},
		{"why they met", "Chad/NNP/2/nsubj met|meet/VBD/0/root Mali/NNP/2/obj to/TO/5/mark discuss/VB/2/advcl trade/NN/5/obj",
			"Chad state:TCD, Mali state:MLI", "CONSULT happened Chad > Mali and 1 more"},
		{"what is threatened", "Chad/NNP/2/nsubj threatened|threaten/VBD/0/root to/TO/4/mark attack/VB/2/xcomp",
			"Chad state:TCD", "THREATEN happened Chad > "},
		{"what is threatened against whom", "Chad/NNP/2/nsubj threatened|threaten/VBD/0/root to/TO/4/mark attack/VB/2/xcomp Mali/NNP/4/obj",
			"Chad state:TCD, Mali state:MLI", "THREATEN happened Chad > Mali"},
		{"a vow to refrain", "Chad/NNP/2/nsubj vowed|vow/VBD/0/root not/RB/5/advmod to/TO/5/mark attack/VB/2/xcomp Mali/NNP/5/obj",
			"Chad state:TCD, Mali state:MLI", "AGREE happened Chad > ; ASSAULT negated Chad > Mali"},
		{"a figure", "The/DT/2/det number/NN/6/nsubj of/IN/5/case Chad's|Chad/NNP/5/nmod:poss attacks|attack/NNS/2/nmod rose|rise/VBD/0/root",
			"Chad's state:TCD", ""},
		{"some", "A|a/DT/2/det number/NN/6/nsubj of/IN/5/case Chad's|Chad/NNP/5/nmod:poss attacks|attack/NNS/2/nmod failed|fail/VBD/0/root",
			"Chad's state:TCD", "ASSAULT happened Chad's > "},
		{"a mock target", "Chad/NNP/2/nsubj attacked|attack/VBD/0/root mock/JJ/4/amod targets|target/NNS/2/obj", "Chad state:TCD", ""},
		{"the present of news", "Chad/NNP/2/nsubj accuses|accuse/VBZ/0/root Mali/NNP/2/obj", "Chad state:TCD, Mali state:MLI",
			"ACCUSE happened Chad > Mali"},
		{"a result", "Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj killing|kill/VBG/2/advcl ten/CD/6/nummod soldiers|soldier/NNS/4/obj",
			"Chad state:TCD, Mali state:MLI", "ASSAULT happened Chad > Mali killed 10-10 and 1 more"},
		{"when it was done", "Ten/CD/2/nummod soldiers|soldier/NNS/4/nsubj:pass were|be/VBD/4/aux:pass killed|kill/VBN/0/root when/WRB/7/advmod Chad/NNP/7/nsubj attacked|attack/VBD/4/advcl Mali/NNP/7/obj",
			"Chad state:TCD, Mali state:MLI", "ASSAULT happened Chad > Mali killed 10-10 and 1 more"},
		{"what came right before", "Ten/CD/2/nummod soldiers|soldier/NNS/4/nsubj:pass were|be/VBD/4/aux:pass killed|kill/VBN/0/root after/IN/7/mark Chad/NNP/7/nsubj attacked|attack/VBD/4/advcl Mali/NNP/7/obj",
			"Chad state:TCD, Mali state:MLI", "ASSAULT happened Chad > Mali killed 10-10 and 1 more"},
		{"days after", "Ten/CD/2/nummod soldiers|soldier/NNS/4/nsubj:pass were|be/VBD/4/aux:pass killed|kill/VBN/0/root days|day/NNS/8/obl after/IN/8/mark Chad/NNP/8/nsubj attacked|attack/VBD/4/advcl Mali/NNP/8/obj",
			"Chad state:TCD, Mali state:MLI", "ASSAULT happened  >  killed 10-10; ASSAULT happened Chad > Mali"},
		{"an aim", "Chad's|Chad/NNP/2/nmod:poss attacks|attack/NNS/5/nsubj targeting|target/VBG/2/acl Mali/NNP/3/obj failed|fail/VBD/0/root",
			"Chad's state:TCD, Mali state:MLI", "ASSAULT happened Chad's > Mali and 1 more"},
		{"talk that may be made", "Chad/NNP/3/nsubj may/MD/3/aux praise/VB/0/root Mali/NNP/3/obj", "Chad state:TCD, Mali state:MLI", ""},
		{"talk that is made", "Chad/NNP/2/nsubj regrets|regret/VBZ/0/root the/DT/4/det decision/NN/2/obj of/IN/6/case Mali/NNP/4/nmod",
			"Chad state:TCD, Mali state:MLI", "STATEMENT happened Chad > Mali"},
		{"a purpose", "Chad/NNP/2/nsubj waited|wait/VBD/0/root to/TO/4/mark attack/VB/2/advcl Mali/NNP/4/obj", "Chad state:TCD, Mali state:MLI", ""},
		{"a demand", "Chad/NNP/2/nsubj insisted|insist/VBD/0/root that/IN/5/mark Mali/NNP/5/nsubj withdraw/VB/2/ccomp",
			"Chad state:TCD, Mali state:MLI", "REQUEST happened Chad > Mali"},
		{"no demand", "Chad/NNP/2/nsubj insisted|insist/VBD/0/root that/IN/6/mark Mali/NNP/6/nsubj has|have/VBZ/6/aux withdrawn|withdraw/VBN/2/ccomp",
			"Chad state:TCD, Mali state:MLI", ""},
		{"a condition", "Chad/NNP/2/nsubj helps|help/VBZ/0/root should/MD/5/aux Mali/NNP/5/nsubj ask/VB/2/advcl", "Chad state:TCD, Mali state:MLI", ""},
		{"a day of exercises", "Chad/NNP/2/nsubj held|hold/VBD/0/root exercises|exercise/NNS/2/obj drills|drill/NNS/3/conj and/CC/6/cc maneuvers|maneuver/NNS/3/conj\n" +
			"Chad/NNP/2/nsubj fired|fire/VBD/0/root rockets|rocket/NNS/2/obj", "Chad state:TCD", ""},
		{"the dead of an attack", "Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj\nTen/CD/2/nummod soldiers|soldier/NNS/4/nsubj:pass were|be/VBD/4/aux:pass killed|kill/VBN/0/root",
			"Chad state:TCD, Mali state:MLI", "ASSAULT happened Chad > Mali killed 10-10 and 1 more"},
		{"talk that may be made after all", "Chad/NNP/3/nsubj may/MD/3/aux condemn/VB/0/root Mali/NNP/3/obj", "Chad state:TCD, Mali state:MLI", "ACCUSE hypothetical Chad > Mali"},
		{"talk that depends on something else", "Chad/NNP/3/nsubj would/MD/3/aux condemn/VB/0/root Mali/NNP/3/obj if/IN/7/mark Mali/NNP/7/nsubj left|leave/VBD/3/advcl", "Chad state:TCD, Mali state:MLI", ""},
		{"a journalist's interview", "Deby/NNP/2/nsubj met|meet/VBD/0/root Traore/NNP/2/obj", "Deby person/JRN, Traore person/CVL", ""},
		{"a minister's interview", "Deby/NNP/2/nsubj met|meet/VBD/0/root Traore/NNP/2/obj", "Deby person/JRN, Traore person/GOV", "CONSULT happened Deby > Traore"},
		{"nobody known", "Inflation/NN/2/nsubj hit|hit/VBD/0/root savers|saver/NNS/2/obj", "", ""},
	} {
		d := sketch.Document(c.sentence)
		for _, a := range strings.Split(c.actors, ", ") {
			if form, kind, ok := strings.Cut(a, " "); ok {
				kind, sector, _ := strings.Cut(kind, "/")
				if i := sketch.Actor(d, form, kind); sector != "" {
					d.Actors[i].Sectors = []string{sector}
				}
			}
		}
		if got := tell(d, coder(t).Code(d)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestTakenUpByNoun wants one record of an attack and of "the attack on" the same.
func TestTakenUpByNoun(t *testing.T) {
	d := sketch.Document("Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj\n" +
		"Panic|panic/NN/2/nsubj followed|follow/VBD/0/root the/DT/4/det attack/NN/2/obj on/IN/6/case Bamako/NNP/4/nmod")
	sketch.Actor(d, "Chad", "state:TCD")
	mali, again := sketch.Actor(d, "Mali", "state:MLI"), sketch.Actor(d, "Bamako", "state:MLI")
	d.Actors[mali].Mentions = append(d.Actors[mali].Mentions, d.Actors[again].Mentions...)
	d.Actors = d.Actors[:again]
	events := coder(t).Code(d)
	if len(events) != 1 || len(events[0].Also) != 1 {
		t.Errorf("%s: want one event told twice", tell(d, events))
	}
}

// TestRetold wants one record of an arrest that the lead tells and what is below it
// tells once more, and two where others are arrested.
func TestRetold(t *testing.T) {
	const lead = "Chad/NNP/2/nsubj detained|detain/VBD/0/root rebels|rebel/NNS/2/obj\nIt/PRP/2/nsubj detained|detain/VBD/0/root "
	for object, want := range map[string]int{"thieves|thief/NNS/2/obj": 2, "five/CD/2/obj": 1} {
		d := sketch.Document(lead + object)
		chad, it := sketch.Actor(d, "Chad", "state:TCD"), sketch.Actor(d, "It", "state:TCD")
		d.Actors[chad].Mentions = append(d.Actors[chad].Mentions, d.Actors[it].Mentions...)
		d.Actors = d.Actors[:it]
		sketch.Actor(d, "rebels", "people")
		if form, _, _ := strings.Cut(object, "|"); form == "thieves" {
			sketch.Actor(d, form, "people")
		}
		if events := coder(t).Code(d); len(events) != want {
			t.Errorf("%s: %s, want %d events", object, tell(d, events), want)
		}
	}
}

// TestAccordingTo wants the innermost source first, and an act that its source
// denies as denied.
func TestAccordingTo(t *testing.T) {
	d := sketch.Document("Niger/NNP/2/nsubj denied|deny/VBD/0/root Chad/NNP/4/nsubj attacked|attack/VBD/2/ccomp Mali/NNP/4/obj")
	niger := sketch.Actor(d, "Niger", "state:NER")
	sketch.Actor(d, "Chad", "state:TCD")
	sketch.Actor(d, "Mali", "state:MLI")
	d.Attributions = []dragoman.Attribution{
		{SourceHead: -1, CueHead: -1, First: 0, End: 5, Stance: "asserts", Parent: -1, Continues: -1},
		{SourceHead: 0, CueHead: 1, First: 2, End: 5, Stance: "denies", Parent: 0, Continues: -1},
	}
	for _, e := range coder(t).Code(d) {
		if e.Type != "ASSAULT" {
			continue
		}
		if e.Status != dragoman.Denied || fmt.Sprint(e.AccordingTo) != "[1 0]" {
			t.Errorf("status %s according to %v, want denied by [1 0]", e.Status, e.AccordingTo)
		}
		return
	}
	t.Errorf("no attack, Niger being actor %d", niger)
}

// TestReproach wants an accusation of what somebody says that another does wrong, and none
// of what he only mentions or says of his own state.
func TestReproach(t *testing.T) {
	for _, c := range []struct{ said, speaker, want string }{
		{"Niger/NNP/2/nsubj said|say/VBD/0/root Chad/NNP/5/nsubj is|be/VBZ/5/aux lying|lie/VBG/2/ccomp", "state:NER", "ACCUSE happened Niger > Chad"},
		{"Niger/NNP/2/nsubj said|say/VBD/0/root Chad/NNP/5/nsubj will/MD/5/aux retaliate/VB/2/ccomp", "person:TCD", "THREATEN happened Niger > "},
		{"Niger/NNP/2/nsubj said|say/VBD/0/root Chad/NNP/5/nsubj will/MD/5/aux retaliate/VB/2/ccomp", "person:NER", ""},
		{"Niger/NNP/2/nsubj said|say/VBD/0/root Chad/NNP/6/nsubj is|be/VBZ/6/aux not/RB/6/advmod lying|lie/VBG/2/ccomp", "state:NER", ""},
		{"Niger/NNP/2/nsubj said|say/VBD/0/root Chad/NNP/4/nsubj left|leave/VBD/2/ccomp after/IN/7/mark Chad/NNP/7/nsubj lied|lie/VBD/4/advcl", "state:NER", ""},
		{"Niger/NNP/2/nsubj said|say/VBD/0/root Chad/NNP/5/nsubj is|be/VBZ/5/aux lying|lie/VBG/2/ccomp", "person:TCD", ""},
		{"Niger/NNP/2/nsubj said|say/VBD/0/root Deby/NNP/7/nsubj would/MD/7/aux be/VB/7/cop a/DT/7/det disaster/NN/2/ccomp", "state:NER", "ACCUSE happened Niger > Deby"},
		{"Niger/NNP/2/nsubj said|say/VBD/0/root Chad/NNP/7/nsubj would/MD/7/aux be/VB/7/cop a/DT/7/det disaster/NN/2/ccomp", "state:NER", ""},
	} {
		d := sketch.Document(c.said)
		d.Actors[sketch.Actor(d, "Niger", c.speaker)].Sectors = []string{"GOV"}
		if strings.Contains(c.said, "Deby") {
			sketch.Actor(d, "Deby", "person:TCD")
		} else {
			sketch.Actor(d, "Chad", "state:TCD")
		}
		d.Attributions = []dragoman.Attribution{{SourceHead: 0, CueHead: 1, First: 2, End: len(d.Tokens), Stance: "asserts", Parent: -1, Continues: -1}}
		if got := tell(d, coder(t).Code(d)); got != c.want {
			t.Errorf("%s (%s): got %q, want %q", c.said, c.speaker, got, c.want)
		}
	}
}

// TestPlace wants a participle where its main clause is, and nobody who is
// urged to be where something was done.
func TestPlace(t *testing.T) {
	for _, c := range []struct{ name, sentence, kind, want string }{
		{"participle", "Chad/NNP/2/nsubj marched|march/VBD/0/root in/IN/4/case Gao/NNP/2/obl killing|kill/VBG/2/advcl ten/CD/7/nummod soldiers|soldier/NNS/5/obj", "killing", "Gao"},
		{"charge", "Chad/NNP/2/nsubj accused|accuse/VBD/0/root Mali/NNP/2/obj of/IN/5/mark killing|kill/VBG/2/advcl soldiers|soldier/NNS/5/obj in/IN/8/case Gao/NNP/5/obl", "accused", ""},
		{"protested to", "Chad/NNP/2/nsubj protested|protest/VBD/0/root to/IN/4/case Gao/NNP/2/obl over/IN/6/case raids|raid/NNS/2/obl", "protested", ""},
		{"sold to", "Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj after/IN/5/case sales|sale/NNS/2/obl to/IN/7/case Gao/NNP/5/nmod", "attacked", ""},
		{"urged", "Chad/NNP/2/nsubj urged|urge/VBD/0/root Gao/NNP/2/obj to/TO/5/mark stop/VB/2/xcomp", "urged", ""},
	} {
		d := sketch.Document(c.sentence)
		sketch.Actor(d, "Chad", "state:TCD")
		gao := sketch.Token(d, "Gao")
		d.Mentions = append(d.Mentions, dragoman.Mention{Span: d.Tokens[gao].Span, First: gao, End: gao + 1, Head: gao, Form: dragoman.Name, Class: dragoman.Location, Chain: len(d.Mentions)})
		d.Places = append(d.Places, dragoman.Place{ID: "gao", Name: "Gao", Country: "MLI", Mentions: []int{len(d.Mentions) - 1}})
		d.Actors = append(d.Actors, dragoman.Actor{ID: "MLI", Kind: "state", Country: "MLI"})
		got, found := "", false
		for _, e := range coder(t).Code(d) {
			if d.TextOf(e.Trigger) == c.kind {
				found = true
				if e.Place >= 0 {
					got = d.Places[e.Place].Name
				}
			}
		}
		if !found || got != c.want {
			t.Errorf("%s: found %v at %q, want %q", c.name, found, got, c.want)
		}
	}
}

// TestRefusals wants a reason for what made no event.
func TestRefusals(t *testing.T) {
	d := sketch.Document("It/PRP/2/nsubj praised|praise/VBD/0/root Mali/NNP/2/obj")
	sketch.Actor(d, "Mali", "state:MLI")
	if got := coder(t).Refusals(d); len(got) != 1 || got[0].Token != 1 || got[0].Reason == "" {
		t.Errorf("got %+v", got)
	}
}

// TestVoiced wants one record of a readiness and of what is said and done about it.
func TestVoiced(t *testing.T) {
	d := sketch.Document("Chad/NNP/2/nsubj voiced|voice/VBD/0/root its/PRP$/4/nmod:poss readiness/NN/2/obj to/TO/6/mark expand/VB/4/acl " +
		"cooperation/NN/6/obj with/IN/9/case Mali/NNP/7/nmod")
	chad, its := sketch.Actor(d, "Chad", "state:TCD"), sketch.Actor(d, "its", "state:TCD")
	d.Actors[chad].Mentions = append(d.Actors[chad].Mentions, d.Actors[its].Mentions...)
	d.Actors = d.Actors[:its]
	sketch.Actor(d, "Mali", "state:MLI")
	if got, want := tell(d, coder(t).Code(d)), "AGREE happened Chad > Mali"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestTakenUpByPassive wants one record of who was arrested and that they were.
func TestTakenUpByPassive(t *testing.T) {
	d := sketch.Document("Police/NNS/2/nsubj arrested|arrest/VBD/0/root rebels|rebel/NNS/2/obj\n" +
		"They/PRP/3/nsubj:pass were|be/VBD/3/aux:pass arrested|arrest/VBN/0/root")
	sketch.Actor(d, "Police", "government:TCD")
	rebels, they := sketch.Actor(d, "rebels", "armed_group"), sketch.Actor(d, "They", "armed_group")
	d.Actors[rebels].Mentions = append(d.Actors[rebels].Mentions, d.Actors[they].Mentions...)
	d.Actors = d.Actors[:they]
	if got, want := tell(d, coder(t).Code(d)), "COERCE happened Police > rebels and 1 more"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestToldAgain wants one record of a meeting whoever met whom, of what is uttered in other
// words, and of the attack that nobody named had made.
func TestToldAgain(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Chad/NNP/2/nsubj met|meet/VBD/0/root Mali/NNP/2/obj\nBamako/NNP/2/nsubj met|meet/VBD/0/root Ndjamena/NNP/2/obj", "CONSULT happened Chad > Mali and 1 more"},
		{"Chad/NNP/2/nsubj accused|accuse/VBD/0/root Mali/NNP/2/obj\nNdjamena/NNP/2/nsubj blamed|blame/VBD/0/root Bamako/NNP/2/obj", "ACCUSE happened Chad > Mali and 1 more"},
		{"Gunmen/NNS/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj\nChad/NNP/2/nsubj launched|launch/VBD/0/root the/DT/4/det attack/NN/2/obj", "ASSAULT happened Chad > Mali and 1 more"},
	} {
		d := sketch.Document(c.text)
		for _, a := range [][3]string{{"Chad", "Ndjamena", "state:TCD"}, {"Mali", "Bamako", "state:MLI"}, {"Gunmen", "Gunmen", "people"}} {
			if !strings.Contains(c.text, a[0]) {
				continue
			}
			i := sketch.Actor(d, a[0], a[2])
			if a[0] == "Gunmen" {
				d.Mentions[d.Actors[i].Mentions[0]].Form = dragoman.Nominal
			} else if strings.Contains(c.text, a[1]) {
				again := sketch.Actor(d, a[1], a[2])
				d.Actors[i].Mentions = append(d.Actors[i].Mentions, d.Actors[again].Mentions...)
				d.Actors = d.Actors[:again]
			}
		}
		if got := tell(d, coder(t).Code(d)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
}

// TestToldOtherwise wants one record of what others tell too, of what a noun takes up, of what a
// state does and who serves it, of what a headline begins and of the same dead; and two of what
// differs in words, figures or parties.
func TestToldOtherwise(t *testing.T) {
	const rain = "It/PRP/2/nsubj rained|rain/VBD/0/root\n"
	for _, c := range []struct{ name, title, text, want string }{
		{"by others", "", "Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj\nNiger/NNP/2/nsubj said|say/VBD/0/root Ndjamena/NNP/4/nsubj attacked|attack/VBD/2/ccomp Bamako/NNP/4/obj",
			"ASSAULT happened Chad > Mali and 1 more"},
		{"by a noun", "", "Niger/NNP/2/nsubj arrested|arrest/VBD/0/root rebels|rebel/NNS/2/obj\n" + strings.Repeat(rain, 4) + "Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj\nPanic|panic/NN/2/nsubj followed|follow/VBD/0/root Ndjamena/NNP/5/nmod:poss 's/POS/3/case attack/NN/2/obj",
			"COERCE happened Niger > rebels; ASSAULT happened Chad > Mali and 1 more"},
		{"in general", "", "Chad/NNP/2/nsubj bombed|bomb/VBD/0/root Mali/NNP/2/obj\nNdjamena/NNP/2/nsubj attacked|attack/VBD/0/root Bamako/NNP/2/obj",
			"ASSAULT happened Chad > Mali and 1 more"},
		{"who serves it", "", "Chad/NNP/2/nsubj arrested|arrest/VBD/0/root rebels|rebel/NNS/2/obj\nDeby/NNP/2/nsubj arrested|arrest/VBD/0/root them|they/PRP/2/obj",
			"COERCE happened Chad > rebels and 1 more"},
		{"whose words", "", "Chad/NNP/2/nsubj accused|accuse/VBD/0/root Mali/NNP/2/obj\nDeby/NNP/2/nsubj accused|accuse/VBD/0/root Bamako/NNP/2/obj",
			"ACCUSE happened Chad > Mali; ACCUSE happened Deby > Mali"},
		{"by the object", "", "Chad/NNP/2/nsubj sent|send/VBD/0/root aid/NN/2/obj for/IN/5/case rebels|rebel/NNS/3/nmod in/IN/7/case Mali/NNP/2/obl",
			"AID happened Chad > Mali and 1 more"},
		{"who signs", "", "Chad/NNP/4/nsubj and/CC/3/cc Mali/NNP/1/conj signed|sign/VBD/0/root a/DT/6/det treaty/NN/4/obj\nDeby/NNP/4/nsubj and/CC/3/cc Keita/NNP/1/conj signed|sign/VBD/0/root the/DT/6/det treaty/NN/4/obj",
			"SUPPORT happened Chad+Mali >  and 1 more"},
		{"other words soon after", "", "Chad/NNP/2/nsubj accused|accuse/VBD/0/root Mali/NNP/2/obj\nNdjamena/NNP/2/nsubj criticised|criticise/VBD/0/root Bamako/NNP/2/obj",
			"ACCUSE happened Chad > Mali and 1 more"},
		{"other words far below", "", "Chad/NNP/2/nsubj accused|accuse/VBD/0/root Mali/NNP/2/obj\n" + strings.Repeat(rain, 4) + "Ndjamena/NNP/2/nsubj criticised|criticise/VBD/0/root Bamako/NNP/2/obj",
			"ACCUSE happened Chad > Mali; ACCUSE happened Chad > Mali"},
		{"other figures", "", "Chad/NNP/2/nsubj killed|kill/VBD/0/root seven/CD/4/nummod rebels|rebel/NNS/2/obj\nNdjamena/NNP/2/nsubj killed|kill/VBD/0/root twelve/CD/4/nummod them|they/PRP/2/obj",
			"ASSAULT happened Chad > rebels killed 7-7; ASSAULT happened Chad > rebels killed 12-12"},
		{"the same dead", "", "Chad/NNP/2/nsubj killed|kill/VBD/0/root seven/CD/4/nummod rebels|rebel/NNS/2/obj\n" + strings.Repeat(rain, 4) + "Seven/CD/2/nummod men|man/NNS/4/nsubj:pass were|be/VBD/4/aux:pass killed|kill/VBN/0/root",
			"ASSAULT happened Chad > rebels killed 7-7 and 1 more"},
		{"a few dead", "", "Chad/NNP/2/nsubj killed|kill/VBD/0/root two/CD/4/nummod rebels|rebel/NNS/2/obj\n" + strings.Repeat(rain, 4) + "Two/CD/2/nummod men|man/NNS/4/nsubj:pass were|be/VBD/4/aux:pass killed|kill/VBN/0/root",
			"ASSAULT happened Chad > rebels killed 2-2; ASSAULT happened  > men killed 2-2"},
		{"a headline", "Rebels attack Mali", "Rebels|rebel/NNS/2/nsubj attack/VBP/0/root Mali/NNP/2/obj\nChad/NNP/2/nsubj attacked|attack/VBD/0/root Bamako/NNP/2/obj",
			"ASSAULT happened Chad > Mali and 1 more"},
		{"a headline of a state", "Chad attacks Mali", "Chad/NNP/2/nsubj attacks|attack/VBZ/0/root Mali/NNP/2/obj\nDeby/NNP/2/nsubj attacked|attack/VBD/0/root Bamako/NNP/2/obj",
			"ASSAULT happened Deby > Mali and 1 more"},
		{"a headline of others", "Niger attacks Mali", "Niger/NNP/2/nsubj attacks|attack/VBZ/0/root Mali/NNP/2/obj\nChad/NNP/2/nsubj attacked|attack/VBD/0/root Bamako/NNP/2/obj",
			"ASSAULT happened Niger > Mali; ASSAULT happened Chad > Mali"},
	} {
		d := sketch.Document(c.text)
		d.Title = c.title
		told := func(form string) bool {
			return strings.Contains(c.text, form+"/") || strings.Contains(c.text, form+"|")
		}
		for _, a := range [][3]string{{"Chad", "Ndjamena", "state:TCD"}, {"Mali", "Bamako", "state:MLI"}, {"Niger", "", "state:NER"}, {"Deby", "", "person:TCD"}, {"Keita", "", "person:MLI"},
			{"rebels", "them", "people"}, {"Rebels", "", "people"}, {"men", "", "people"}} {
			if !told(a[0]) {
				continue
			}
			i := sketch.Actor(d, a[0], a[2])
			if strings.HasPrefix(a[2], "person") {
				d.Actors[i].Sectors = []string{"GOV"}
			}
			if a[2] == "people" {
				d.Mentions[d.Actors[i].Mentions[0]].Form = dragoman.Nominal
			}
			if a[1] != "" && told(a[1]) {
				again := sketch.Actor(d, a[1], a[2])
				d.Actors[i].Mentions = append(d.Actors[i].Mentions, d.Actors[again].Mentions...)
				d.Actors = d.Actors[:again]
			}
		}
		if c.name == "by others" {
			d.Attributions = []dragoman.Attribution{{SourceHead: 3, CueHead: 4, First: 5, End: len(d.Tokens), Stance: "asserts", Parent: -1, Continues: -1}}
		}
		if got := tell(d, coder(t).Code(d)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestCameBefore wants the dead of an ambush not to be those of what followed it.
func TestCameBefore(t *testing.T) {
	for before, want := range map[string]string{
		"after": "ASSAULT happened Chad > ; ASSAULT happened  > soldiers killed 4-4",
		"when":  "ASSAULT happened Chad > soldiers killed 4-4 and 1 more",
	} {
		d := sketch.Document("Chad/NNP/2/nsubj launched|launch/VBD/0/root attacks|attack/NNS/2/obj " + before + "/IN/8/mark four/CD/6/nummod soldiers|soldier/NNS/8/nsubj:pass were|be/VBD/8/aux:pass killed|kill/VBN/2/advcl")
		sketch.Actor(d, "Chad", "state:TCD")
		sketch.Actor(d, "soldiers", "people:MLI")
		if got := tell(d, coder(t).Code(d)); got != want {
			t.Errorf("%s: got %q, want %q", before, got, want)
		}
	}
}

// TestFold wants PLOVER's types for what is only planned.
func TestFold(t *testing.T) {
	for _, c := range []struct {
		kind   string
		status dragoman.Status
		want   string
	}{
		{"AID", dragoman.Planned, "AGREE"}, {"ASSAULT", dragoman.Planned, "THREATEN"}, {"ASSAULT", dragoman.Happened, "ASSAULT"},
		{"STATEMENT", dragoman.Happened, ""},
	} {
		if got := coder(t).Fold(c.kind, c.status); got != c.want {
			t.Errorf("%s %s folds to %q, want %q", c.kind, c.status, got, c.want)
		}
	}
}

// TestTables wants the size and the soundness of what is embedded.
func TestTables(t *testing.T) {
	c := coder(t)
	if c.Frames() < 1500 || len(c.Types()) != 17 {
		t.Errorf("%d frames and %d types", c.Frames(), len(c.Types()))
	}
	if left := c.Uncovered(); len(left) > 0 {
		t.Errorf("no frame gives the modes %v", left)
	}
	name := "frame:attack.V.1"
	if text, ok := c.Explain(name); !ok || !strings.Contains(text, "attack") {
		t.Errorf("%s explains as %q", name, text)
	}
}

// TestFaultsNameTheLine wants file:line for a malformed frame or word.
func TestFaultsNameTheLine(t *testing.T) {
	const frames, words = event.FrameFolder + "/conflict-material.tsv", "plover/en/words.tsv"
	header := map[string]string{
		frames: "lemma\tpos\twhen\ttype\tmode\tcameo\tactor\trecipient\tflags\texample\n",
		words:  "type\tpos\tstrength\twords\n",
	}
	for _, c := range []struct{ file, row, want string }{
		{frames, "hit\tV\tobj=@none\tASSAULT\t\t190\tsubj\tobj\t\tX [hit] Y.\n", "frames/conflict-material.tsv:2: condition"},
		{frames, "hit\tV\t\tHUG\t\t190\tsubj\tobj\t\tX [hit] Y.\n", "frames/conflict-material.tsv:2: unknown type"},
		{frames, "hit\tV\t\tASSAULT\thug\t190\tsubj\tobj\t\tX [hit] Y.\n", "has no mode"},
		{frames, "hit\tV\t\tASSAULT\t\t999\tsubj\tobj\t\tX [hit] Y.\n", "has no code"},
		{frames, "hit\tV\n", "frames/conflict-material.tsv:2: 2 columns"},
		{words, "HUG\tV\t3\tembrace\n", "words.tsv:2: unknown type"},
		{words, "ASSAULT\tADV\t3\tviolently\n", "words.tsv:2: the part of speech"},
		{words, "ASSAULT\tV\t4\thit\n", "words.tsv:2: the part of speech"},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, filepath.FromSlash(c.file))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(header[c.file]+c.row), 0o644); err != nil {
			t.Fatal(err)
		}
		over, err := data.Overlay(data.Embedded(), dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := event.Load(over); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %q", c.row, err, c.want)
		}
	}
}

// TestJudgeOpens wants an event where no frame holds but a judge that has learnt it is sure,
// with a reason that can be opened and without a refusal; an ignorant judge makes none.
func TestJudgeOpens(t *testing.T) {
	c := coder(t)
	d := sketch.Document("Chad/NNP/2/nsubj napalmed|napalm/VBD/0/root Mali/NNP/2/obj")
	sketch.Actor(d, "Chad", "state:TCD")
	sketch.Actor(d, "Mali", "state:MLI")
	if got := tell(d, c.Code(d)); got != "" {
		t.Fatalf("no frame has it, but it is %q", got)
	}
	lessons, _ := c.Study(d)
	if len(lessons) != 1 || lessons[0].Token != 1 {
		t.Fatalf("predicates %+v", lessons)
	}
	other, _ := c.Study(sketch.Document("It/PRP/2/nsubj rained|rain/VBD/0/root"))
	lessons[0].Type = "ASSAULT"
	for range 20 {
		lessons = append(lessons, lessons[0], other[0])
	}
	taught := c.WithJudge(event.TrainJudge(lessons, nil, nil))
	events := taught.Code(d)
	if got := tell(d, events); got != "ASSAULT happened Chad > Mali" {
		t.Fatalf("got %q", got)
	}
	for _, because := range events[0].Because[:2] {
		if text, ok := taught.Explain(because); !ok || !strings.Contains(text, "ASSAULT") {
			t.Errorf("%s is explained by %q", because, text)
		}
	}
	if got := taught.Refusals(d); len(got) != 0 {
		t.Errorf("refused %+v, though there is an event", got)
	}
}

// TestOpenedFindsTheObject wants who is the object of a verb that only the judge takes for an
// event, where the verb's own frame for the type has its recipient elsewhere: "tore into".
func TestOpenedFindsTheObject(t *testing.T) {
	c := coder(t)
	d := sketch.Document("Deby/NNP/2/nsubj ripped|rip/VBD/0/root Mali/NNP/2/obj")
	sketch.Actor(d, "Deby", "person:TCD")
	sketch.Actor(d, "Mali", "state:MLI")
	lessons, _ := c.Study(d)
	other, _ := c.Study(sketch.Document("It/PRP/2/nsubj rained|rain/VBD/0/root"))
	lessons[0].Type = "ACCUSE"
	for range 20 {
		lessons = append(lessons, lessons[0], other[0])
	}
	if got := tell(d, c.WithJudge(event.TrainJudge(lessons, nil, nil)).Code(d)); got != "ACCUSE happened Deby > Mali" {
		t.Errorf("got %q", got)
	}
}

// TestOpenedIsGeneral wants no mode and no narrower code of what only the judge takes for an
// event, where the frames of the word for the type tell different ones.
func TestOpenedIsGeneral(t *testing.T) {
	c := coder(t)
	d := sketch.Document("Chad/NNP/2/nsubj blocked|block/VBD/0/root visits|visit/NNS/2/obj")
	sketch.Actor(d, "Chad", "state:TCD")
	lessons, _ := c.Study(d)
	for i := range lessons {
		if lessons[i].Token == 1 {
			lessons[i].Type = "COERCE"
		}
	}
	for range 6 {
		lessons = append(lessons, lessons...)
	}
	events := c.WithJudge(event.TrainJudge(lessons, nil, nil)).Code(d)
	if len(events) != 1 || events[0].Type != "COERCE" || len(events[0].Modes) > 0 || events[0].CAMEO != "170" {
		t.Errorf("%+v", events)
	}
}

// TestFamily wants of what only the judge takes for an event the code of the family that the
// word's frames are of: who asks appeals, who insists demands.
func TestFamily(t *testing.T) {
	c := coder(t)
	for sentence, want := range map[string]string{
		"Chad/NNP/2/nsubj asked|ask/VBD/0/root Mali/NNP/2/obj":                    "020",
		"Chad/NNP/2/nsubj insisted|insist/VBD/0/root on/IN/4/case Mali/NNP/2/obl": "100",
		"Chad/NNP/2/nsubj beckoned|beckon/VBD/0/root to/IN/4/case Mali/NNP/2/obl": "020",
	} {
		d := sketch.Document(sentence)
		sketch.Actor(d, "Chad", "state:TCD")
		if strings.Contains(sentence, "Mali") {
			sketch.Actor(d, "Mali", "state:MLI")
		}
		lessons, _ := c.Study(d)
		for i := range lessons {
			if lessons[i].Token == 1 {
				lessons[i].Type = "REQUEST"
			}
		}
		for range 6 {
			lessons = append(lessons, lessons...)
		}
		events := c.WithJudge(event.TrainJudge(lessons, nil, nil)).Code(d)
		if len(events) != 1 || events[0].Type != "REQUEST" || events[0].CAMEO != want {
			t.Errorf("%s: %+v, want %s", sentence, events, want)
		}
	}
}

// TestInName wants no event of the words of a name.
func TestInName(t *testing.T) {
	c := coder(t)
	for end, want := range map[int]string{1: "ASSAULT happened Mali > Chad", 3: ""} {
		d := sketch.Document("Mali/NNP/2/nsubj Shelling|shell/VBG/0/root Chad/NNP/2/obj")
		mali := sketch.Actor(d, "Mali", "organisation:MLI")
		sketch.Actor(d, "Chad", "state:TCD")
		m := &d.Mentions[d.Actors[mali].Mentions[0]]
		m.End, m.Span.End = end, d.Tokens[end-1].End
		if got := tell(d, c.Code(d)); got != want {
			t.Errorf("a name of %d words: %q, want %q", end, got, want)
		}
	}
}

// TestJudgeCorrects wants the parties and the status that a judge has learnt instead of those
// of the frame, with reasons that can be opened, and the new party in the evidence.
func TestJudgeCorrects(t *testing.T) {
	c := coder(t)
	d := sketch.Document("Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj beside/IN/5/case Niger/NNP/2/obl")
	sketch.Actor(d, "Chad", "state:TCD")
	sketch.Actor(d, "Mali", "state:MLI")
	sketch.Actor(d, "Niger", "state:NER")
	if got := tell(d, c.Code(d)); got != "ASSAULT happened Chad > Mali" {
		t.Fatalf("the frame tells %q", got)
	}
	predicates, candidates := c.Study(d)
	if len(candidates) != 3 || len(predicates) != 1 || predicates[0].Told != "ASSAULT" || predicates[0].As != dragoman.Happened {
		t.Fatalf("predicates %+v, candidates %+v", predicates, candidates)
	}
	predicates[0].Type, predicates[0].Status = "ASSAULT", dragoman.Planned
	for i := range candidates {
		candidates[i].Role = candidates[i].Told
		switch d.Actors[candidates[i].Actor].Name {
		case "Mali":
			candidates[i].Role = ""
		case "Niger":
			candidates[i].Role = event.AsRecipient
		}
	}
	for range 60 {
		predicates, candidates = append(predicates, predicates[0]), append(candidates, candidates[:3]...)
	}
	taught := c.WithJudge(event.TrainJudge(predicates, candidates, nil))
	events := taught.Code(d)
	if got := tell(d, events); got != "ASSAULT planned Chad > Niger" {
		t.Fatalf("got %q", got)
	}
	if got := d.TextOf(events[0].Evidence); !strings.HasSuffix(got, "Niger") {
		t.Errorf("the evidence is %q", got)
	}
	for _, x := range []struct {
		verb  string
		knows dragoman.Status // all that the judge has learnt
		want  string
	}{
		{"plans|plan/VBZ", dragoman.Happened, "ASSAULT planned Chad > Mali"},
		{"began|begin/VBD", dragoman.Planned, "ASSAULT happened Chad > Mali"},
	} {
		d := sketch.Document("Chad/NNP/2/nsubj " + x.verb + "/0/root to/TO/4/mark attack/VB/2/xcomp Mali/NNP/4/obj")
		sketch.Actor(d, "Chad", "state:TCD")
		sketch.Actor(d, "Mali", "state:MLI")
		deeds, _ := c.Study(d)
		for i := range deeds {
			if deeds[i].Told == "ASSAULT" {
				deeds[i].Type, deeds[i].Status = "ASSAULT", x.knows
			}
		}
		for range 6 {
			deeds = append(deeds, deeds...)
		}
		if got := tell(d, c.WithJudge(event.TrainJudge(deeds, nil, nil)).Code(d)); got != x.want {
			t.Errorf("%s: a judge that knows nothing but %s makes it %q", x.verb, x.knows, got)
		}
	}
	for _, because := range []string{"judge:recipient", "status:judge"} {
		if _, ok := taught.Explain(because); !ok || !slices.Contains(events[0].Because, because) {
			t.Errorf("%q is no reason that can be opened; the reasons are %q", because, events[0].Because)
		}
	}
}

// TestSides wants candidates for what both sides do to be told apart from those for what one
// does to the other.
func TestSides(t *testing.T) {
	c := coder(t)
	for sentence, want := range map[string]bool{
		"Chad/NNP/2/nsubj signed|sign/VBD/0/root a/DT/4/det treaty/NN/2/obj with/IN/6/case Mali/NNP/4/nmod": true,
		"Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj":                                        false,
	} {
		d := sketch.Document(sentence)
		sketch.Actor(d, "Chad", "state:TCD")
		sketch.Actor(d, "Mali", "state:MLI")
		_, candidates := c.Study(d)
		if len(candidates) != 2 || candidates[0].Both != want || candidates[1].Both != want {
			t.Errorf("%s: candidates %+v", sentence, candidates)
		}
	}
}

// TestDayToCome wants what is told in the present of a day after publication to be planned,
// and what was done to have another day.
func TestDayToCome(t *testing.T) {
	c := coder(t)
	day := dragoman.DayOf(2025, 3, 12)
	for _, x := range []struct {
		verb  string
		ahead dragoman.Day
		want  string
		from  dragoman.Day
	}{
		{"meets|meet/VBZ", 1, "CONSULT planned Chad > Mali", day + 1},
		{"meets|meet/VBZ", -1, "CONSULT ongoing Chad > Mali", day - 1},
		{"met|meet/VBD", 1, "CONSULT happened Chad > Mali", dragoman.NoDay},
		{"met|meet/VBD", -1, "CONSULT happened Chad > Mali", day - 1},
	} {
		d := sketch.Document("Chad/NNP/2/nsubj " + x.verb + "/0/root Mali/NNP/2/obj on/IN/5/case Friday/NNP/2/obl ././2/punct")
		d.Published = day
		sketch.Actor(d, "Chad", "state:TCD")
		sketch.Actor(d, "Mali", "state:MLI")
		friday := sketch.Token(d, "Friday")
		d.Dates = []dragoman.Date{{Span: d.Tokens[friday].Span, First: friday, End: friday + 1, From: day + x.ahead, To: day + x.ahead}}
		events := c.Code(d)
		if got := tell(d, events); got != x.want || events[0].From != x.from {
			t.Errorf("%s, %d days ahead: got %q on %s, want %q on %s", x.verb, x.ahead, got, events[0].From, x.want, x.from)
		}
	}
}

// TestHeadlined wants what the lead tells of more exact parties to be the event of the
// headline, and another deed to be another.
func TestHeadlined(t *testing.T) {
	c := coder(t)
	for verb, want := range map[string]string{
		"attacked|attack": "ASSAULT happened Chad > Mali and 1 more",
		"bombed|bomb":     "ASSAULT happened Chad > rebels; ASSAULT happened Chad > Mali",
	} {
		d := sketch.Document("Chad/NNP/2/nsubj attacks|attack/VBZ/0/root rebels|rebel/NNS/2/obj\nChad/NNP/2/nsubj " + verb + "/VBD/0/root Mali/NNP/2/obj")
		d.Title = "Chad attacks rebels"
		chad := sketch.Actor(d, "Chad", "state:TCD")
		rebels := sketch.Actor(d, "rebels", "people:MLI")
		sketch.Actor(d, "Mali", "armed_group:MLI")
		again := len(d.Mentions)
		d.Mentions = append(d.Mentions, dragoman.Mention{Span: d.Tokens[3].Span, First: 3, End: 4, Head: 3, Form: dragoman.Name, Chain: d.Actors[chad].Mentions[0]})
		d.Actors[chad].Mentions = append(d.Actors[chad].Mentions, again)
		d.Mentions[d.Actors[rebels].Mentions[0]].Form = dragoman.Nominal
		if got := tell(d, c.Code(d)); got != want {
			t.Errorf("%s: got %q, want %q", verb, got, want)
		}
	}
}

// TestSideTeaches wants a relation of which only the side is known to teach the likeliest
// type of that side.
func TestSideTeaches(t *testing.T) {
	c := coder(t)
	relation := func(verb, kind string) event.Relation {
		d := sketch.Document("Chad/NNP/2/nsubj " + verb + "/VBD/0/root Mali/NNP/2/obj")
		return event.Relation{Doc: d, Source: d.Tokens[0].Span, Target: d.Tokens[2].Span, Type: kind}
	}
	known := []event.Relation{relation("attacked|attack", "ASSAULT"), relation("shelled|shell", "ASSAULT"), relation("met|meet", "CONSULT"), relation("visited|visit", "CONSULT")}
	for side, want := range map[string]string{event.Conflict: "ASSAULT", event.Cooperation: "CONSULT"} {
		new := relation("zapped|zap", side)
		r, err := event.NewRelater(c.TrainRelations(append(slices.Clone(known), new)), c)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := r.Relate(new.Doc, new.Source, new.Target); got != want {
			t.Errorf("of the side %s: %s, want %s", side, got, want)
		}
		if got, _ := r.Relate(known[0].Doc, known[0].Source, known[0].Target); got != "ASSAULT" {
			t.Errorf("what is known is told as %s", got)
		}
	}
}
