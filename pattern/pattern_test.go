package pattern_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/pattern"
	"dragoman/sketch"
)

func grammar(t *testing.T) *pattern.Grammar {
	t.Helper()
	g, err := pattern.LoadGrammar(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestArguments wants the same slots from every construction.
func TestArguments(t *testing.T) {
	g := grammar(t)
	for _, c := range []struct{ name, sentence, predicate, want string }{
		{"active", "Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj", "attacked", "subj=Chad obj=Mali"},
		{"passive", "Mali/NNP/3/nsubj:pass was|be/VBD/3/aux:pass attacked|attack/VBN/0/root by/IN/5/case Chad/NNP/3/obl:agent", "attacked", "obj=Mali subj=Chad"},
		{"relative clause", "Chad/NNP/0/root which/WDT/3/nsubj attacked|attack/VBD/1/acl:relcl Mali/NNP/3/obj", "attacked", "subj=Chad obj=Mali"},
		{"object relative", "Mali/NNP/0/root which/WDT/4/obj Chad/NNP/4/nsubj attacked|attack/VBD/1/acl:relcl", "attacked", "subj=Chad obj=Mali"},
		{"participle", "Soldiers|soldier/NNS/0/root killed|kill/VBN/1/acl by/IN/4/case rebels|rebel/NNS/2/obl:agent", "killed", "obj=Soldiers subj=rebels"},
		{"subject control", "Chad/NNP/2/nsubj agreed|agree/VBD/0/root to/TO/4/mark leave/VB/2/xcomp Mali/NNP/4/obj", "leave", "subj=Chad obj=Mali"},
		{"object control", "Chad/NNP/2/nsubj urged|urge/VBD/0/root Mali/NNP/2/obj to/TO/5/mark leave/VB/2/xcomp", "leave", "subj=Mali"},
		{"control by phrase", "Chad/NNP/2/nsubj called|call/VBD/0/root on/IN/4/case Mali/NNP/2/obl to/TO/6/mark leave/VB/2/xcomp", "leave", "subj=Mali"},
		{"control of a question", "Chad/NNP/2/nsubj considered|consider/VBD/0/root whether/IN/5/mark to/TO/5/mark leave/VB/2/ccomp", "leave", "subj=Chad"},
		{"who did it behind an of-phrase", "removal/NN/8/nsubj of/IN/4/case President/NNP/4/nmod:desc Yoon/NNP/1/nmod by/IN/6/case Chad/NNP/4/nmod was/VBD/8/cop lawful/JJ/0/root", "removal", "of=Yoon subj=Chad"},
		{"coordination", "Chad/NNP/2/nsubj invaded|invade/VBD/0/root Mali/NNP/2/obj and/CC/5/cc bombed|bomb/VBD/2/conj Gao/NNP/5/obj", "bombed", "subj=Chad obj=Gao"},
		{"preposition", "Chad/NNP/2/nsubj met|meet/VBD/0/root with/IN/4/case Mali/NNP/2/obl", "met", "subj=Chad with=Mali"},
		{"phrase on the object", "Chad/NNP/2/nsubj fired|fire/VBD/0/root rockets|rocket/NNS/2/obj at/IN/5/case Mali/NNP/3/nmod", "fired", "subj=Chad obj=rockets at=Mali"},
		{"light verb", "Chad/NNP/2/nsubj held|hold/VBD/0/root talks|talk/NNS/2/obj with/IN/5/case Mali/NNP/3/nmod", "talks", "with=Mali subj=Chad"},
		{"visit hung on an infinitive", "Chad/NNP/2/nsubj urged|urge/VBD/0/root Mali/NNP/2/obj to/TO/5/mark sign/VB/2/xcomp during/IN/8/case a/DT/8/det visit/NN/5/obl to/IN/10/case Gao/NNP/8/nmod", "visit", "to=Gao subj=Chad"},
		{"possessor", "Chad/NNP/3/nmod:poss 's/POS/1/case visit/NN/5/nsubj surprised|surprise/VBD/5/x Mali/NNP/0/root", "visit", "subj=Chad poss=Chad"},
		{"nationality", "Chadian/JJ/2/amod strikes|strike/NNS/3/nsubj ended|end/VBD/0/root", "strikes", "mod=Chadian subj=Chadian"},
		{"subject taken for a conjunct", "Chad/NNP/2/nsubj left|leave/VBD/0/root on/IN/4/case Monday/NNP/2/obl and/CC/6/cc Mali/NNP/4/conj praised|praise/VBD/2/conj it/PRP/7/obj", "praised", "subj=Mali obj=it"},
		{"clause around he said", "Chad/NNP/3/obl he/PRP/3/nsubj said|say/VBD/0/root has|have/VBZ/6/aux been|be/VBN/6/aux arming|arm/VBG/3/advcl Mali/NNP/6/obj", "arming", "obj=Mali"},
		{"deep agent", "Deby/NNP/3/nsubj:pass was|be/VBD/3/aux:pass received|receive/VBN/0/root at/IN/5/case home/NN/3/obl by/IN/7/case Chad/NNP/5/nmod", "received", "obj=Deby subj=Chad at=home"},
		{"no passive", "Mali/NNP/2/nsubj:pass called|call/VBD/0/root on/IN/4/case Chad/NNP/2/obl ././2/punct", "called", "subj=Mali on=Chad"},
		{"form of a passive", "it/PRP/3/nsubj:pass had|have/VBD/3/aux targeted|target/VBN/0/root Mali/NNP/3/obj", "targeted", "subj=it obj=Mali"},
		{"relative hung on the verb", "He/PRP/2/nsubj met|meet/VBD/0/root Deby/NNP/2/obj ,/,/6/punct who/WP/6/nsubj attacked|attack/VBD/2/acl:relcl Mali/NNP/6/obj", "attacked", "subj=Deby obj=Mali"},
		{"asked of several", "Chad/NNP/2/nsubj called|call/VBD/0/root on/IN/4/case sides|side/NNS/2/obl to/TO/6/mark stop/VB/4/acl", "called", "subj=Chad on=sides comp=stop"},
		{"what that tells of is no name", "A|a/DT/2/det raid/NN/0/root on/IN/4/case Chad/NNP/2/nmod that/WDT/6/nsubj killed|kill/VBD/4/acl:relcl ten/CD/6/obj", "killed", "subj=raid obj=ten"},
		{"asked for what the clause tells of", "Ships|ship/NNS/0/root that/IN/4/mark Chad/NNP/4/nsubj asked|ask/VBD/1/acl:relcl Mali/NNP/4/iobj to/TO/7/mark find/VB/4/xcomp", "asked", "subj=Chad iobj=Mali comp=find obj=Mali"},
		{"adjective of a verb", "Chad/NNP/2/nsubj remained|remain/VBD/0/root critical/JJ/2/xcomp of/IN/5/case raids|raid/NNS/3/obl by/IN/7/case Mali/NNP/5/nmod", "critical", "of=raids subj=Chad"},
		{"adjective of an object", "Mali/NNP/2/nsubj left|leave/VBD/0/root Chad/NNP/2/obj critical/JJ/2/xcomp of/IN/6/case it/PRP/4/obl", "critical", "of=it subj=Chad"},
		{"possessor for a subject", "Chad/NNP/3/nsubj 's/POS/1/case criticised|criticise/VBD/0/root raid/NN/3/obj", "criticised", "obj=raid"},
		{"call hung on a noun", "Chad/NNP/2/nsubj thanked|thank/VBD/0/root Mali/NNP/2/obj for/IN/5/case help/NN/2/obl in/IN/8/case phone/NN/8/compound call/NN/5/nmod with/IN/10/case Niger/NNP/8/nmod", "call", "mod=phone with=Niger subj=Chad for=help"},
		{"hung on the doer's name", "A|a/DT/2/det suit/NN/7/nsubj by/IN/4/case Deby/NNP/2/nmod against/IN/6/case Mali/NNP/4/nmod failed|fail/VBD/0/root", "suit", "subj=Deby against=Mali"},
		{"talks among several", "Talks|talk/NNS/6/nsubj among/IN/3/case Chad/NNP/1/nmod and/CC/5/cc Mali/NNP/3/conj ended|end/VBD/0/root", "Talks", "between=Chad"},
		{"order hung on whom it is for", "Chad/NNP/2/nsubj ordered|order/VBD/0/root Mali/NNP/2/obj to/TO/5/mark leave/VB/3/acl", "ordered", "subj=Chad obj=Mali comp=leave"},
		{"who is ordered", "Chad/NNP/2/nsubj ordered|order/VBD/0/root Mali/NNP/2/obj to/TO/5/mark leave/VB/3/acl Gao/NNP/5/obj", "leave", "subj=Mali obj=Gao"},
		{"step taken", "Chad/NNP/2/nsubj took|take/VBD/0/root the/DT/4/det step/NN/2/obj of/IN/6/mark suing|sue/VBG/4/acl Mali/NNP/6/obj", "suing", "subj=Chad obj=Mali"},
		{"verbs strung together", "Lund/NNP/2/nsubj slams|slam/VBZ/0/root Deby/NNP/2/obj ,/,/5/punct praises|praise/VBZ/2/parataxis Mali/NNP/5/obj", "praises", "subj=Lund obj=Mali"},
		{"clause behind what is said", "Lund/NNP/2/nsubj said|say/VBD/0/root Deby/NNP/4/nsubj left|leave/VBD/2/ccomp ,/,/6/punct praised|praise/VBD/2/parataxis Mali/NNP/6/obj", "praised", "obj=Mali"},
		{"condition of an adjective", "Chad/NNP/3/nsubj is|be/VBZ/3/cop ready/JJ/0/root if/IN/6/mark Mali/NNP/6/nsubj attacks|attack/VBZ/3/advcl", "ready", "prd=Chad subj=Chad comp=attacks if=attacks"},
		{"participle behind a comma", "Chad/NNP/2/nsubj welcomed|welcome/VBD/0/root contacts|contact/NNS/2/obj with/IN/5/case Niger/NNP/3/nmod ,/,/7/punct praising|praise/VBG/3/acl Mali/NNP/7/obj", "praising", "subj=Chad obj=Mali"},
		{"participle of a name that stands before it", "Deby/NNP/7/nsubj ,/,/3/punct speaking|speak/VBG/1/acl to/IN/5/case voters|voter/NNS/3/obl ,/,/3/punct left|leave/VBD/0/root", "speaking", "subj=Deby to=voters"},
		{"participle of what is written", "Chad/NNP/2/nsubj wrote|write/VBD/0/root a/DT/4/det letter/NN/2/obj urging|urge/VBG/4/acl Mali/NNP/5/obj to/TO/8/mark leave/VB/5/xcomp", "urging", "subj=Chad obj=Mali comp=leave"},
		{"participle of what is read", "Chad/NNP/2/nsubj read/VBD/0/root a/DT/4/det letter/NN/2/obj praising|praise/VBG/4/acl Mali/NNP/5/obj", "praising", "subj=letter obj=Mali"},
		{"light verb with an object", "Chad/NNP/2/nsubj took|take/VBD/0/root part/NN/2/obj in/IN/5/case drills|drill/NNS/2/obl with/IN/7/case Mali/NNP/5/nmod", "drills", "with=Mali subj=Chad"},
		{"source instead of a lost subject", "Chad/NNP/2/dep denied|deny/VBD/0/root it/PRP/2/obj", "denied", "obj=it subj=Chad"},
	} {
		d := sketch.Document(c.sentence)
		if strings.HasPrefix(c.name, "source") {
			d.Attributions = []dragoman.Attribution{{SourceHead: 0, CueHead: 1, Parent: -1, Continues: -1}}
		}
		s := pattern.NewScene(g, d)
		var got []string
		for _, a := range s.Arguments(sketch.Token(d, c.predicate), nil) {
			got = append(got, a.Slot+"="+d.Form(a.Token))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %s, want %s", c.name, strings.Join(got, " "), c.want)
		}
	}
}

// TestStatus wants what tense, modality, negation and governing words say.
func TestStatus(t *testing.T) {
	f, err := pattern.LoadFactuality(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		sentence, predicate string
		want                dragoman.Status
	}{
		{"Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj", "attacked", dragoman.Happened},
		{"Chad/NNP/3/nsubj is|be/VBZ/3/aux attacking|attack/VBG/0/root Mali/NNP/3/obj", "attacking", dragoman.Ongoing},
		{"Chad/NNP/3/nsubj will/MD/3/aux attack/VB/0/root Mali/NNP/3/obj", "attack", dragoman.Planned},
		{"Chad/NNP/4/nsubj did|do/VBD/4/aux not/RB/4/advmod attack/VB/0/root", "attack", dragoman.Negated},
		{"Chad/NNP/3/nsubj might/MD/3/aux attack/VB/0/root", "attack", dragoman.Hypothetical},
		{"Chad/NNP/2/nsubj planned|plan/VBD/0/root to/TO/4/mark attack/VB/2/xcomp", "attack", dragoman.Planned},
		{"Chad/NNP/2/nsubj failed|fail/VBD/0/root to/TO/4/mark attack/VB/2/xcomp", "attack", dragoman.Negated},
		{"Chad/NNP/2/nsubj said|say/VBD/0/root Mali/NNP/4/nsubj attacked|attack/VBD/2/ccomp", "attacked", dragoman.Happened},
		{"Chad/NNP/4/nsubj did|do/VBD/4/aux not/RB/4/advmod say/VB/0/root Mali/NNP/6/nsubj attacked|attack/VBD/4/ccomp", "attacked", dragoman.Happened},
		{"Chad/NNP/2/nsubj said|say/VBD/0/root Mali/NNP/5/nsubj would/MD/5/aux attack/VB/2/ccomp", "attack", dragoman.Planned},
		{"If/IN/3/mark Chad/NNP/3/nsubj attacks|attack/VBZ/5/advcl Mali/NNP/5/nsubj leaves|leave/VBZ/0/root", "attacks", dragoman.Hypothetical},
		{"If/IN/5/mark Chad/NNP/5/nsubj does|do/VBZ/5/aux not/RB/5/advmod leave/VB/7/advcl Mali/NNP/7/nsubj attacks|attack/VBZ/0/root", "leave", dragoman.Hypothetical},
		{"If/IN/3/mark Chad/NNP/3/nsubj attacks|attack/VBZ/5/advcl Mali/NNP/5/nsubj leaves|leave/VBZ/0/root", "leaves", dragoman.Hypothetical},
		{"Attack|attack/VB/0/root Mali/NNP/1/obj", "Attack", dragoman.Hypothetical},
		{"Did|do/VBD/3/aux Chad/NNP/3/nsubj attack/VB/0/root ?/./3/punct", "attack", dragoman.Hypothetical},
		{"Why|why/WRB/4/advmod did|do/VBD/4/aux Chad/NNP/4/nsubj attack/VB/0/root ?/./4/punct", "attack", dragoman.Happened},
		{"Chad/NNP/3/nsubj is|be/VBZ/3/aux going|go/VBG/0/root to/TO/5/mark attack/VB/3/xcomp", "attack", dragoman.Planned},
		{"Chad/NNP/2/nsubj has|have/VBZ/0/root yet/RB/2/advmod to/TO/5/mark attack/VB/2/xcomp", "attack", dragoman.Negated},
		{"Chad/NNP/2/nsubj found|find/VBD/0/root rockets|rocket/NNS/2/obj to/TO/5/mark attack/VB/3/acl", "attack", dragoman.Hypothetical},
		{"Mali/NNP/2/nsubj refused|refuse/VBD/0/root to/TO/5/mark be|be/VB/5/aux:pass attacked|attack/VBN/2/xcomp", "attacked", dragoman.Negated},
		{"Chad/NNP/2/nsubj left|leave/VBD/0/root when/WRB/4/advmod attacking|attack/VBG/2/advcl", "attacking", dragoman.Happened},
		{"Chad/NNP/2/nsubj demanded|demand/VBD/0/root that/IN/5/mark Mali/NNP/5/nsubj attack/VB/2/ccomp", "attack", dragoman.Hypothetical},
		{"Chad/NNP/4/nsubj has|have/VBZ/4/aux not/RB/4/advmod received|receive/VBN/0/root any/DT/6/det call/NN/4/obj", "call", dragoman.Negated},
		{"Chad/NNP/4/nsubj has|have/VBZ/4/aux not/RB/4/advmod condemned|condemn/VBN/0/root attacks|attack/NNS/4/obj", "attacks", dragoman.Happened},
		{"Chad/NNP/2/nsubj leaves|leave/VBZ/0/root should/MD/5/aux Mali/NNP/5/nsubj attack/VB/2/advcl", "attack", dragoman.Hypothetical},
		{"Never/RB/4/advmod had|have/VBD/4/aux Chad/NNP/4/nsubj attacked|attack/VBN/0/root", "attacked", dragoman.Negated},
		{"Chad/NNP/3/nsubj neither/CC/3/cc:preconj attacked|attack/VBD/0/root Mali/NNP/3/obj nor/CC/6/cc left|leave/VBD/3/conj", "attacked", dragoman.Negated},
		{"Instead/RB/3/mark of/IN/1/fixed attacking|attack/VBG/5/advcl Mali/NNP/3/obj called|call/VBD/0/root", "attacking", dragoman.Negated},
		{"Chad/NNP/2/nsubj called|call/VBD/0/root rather/RB/5/cc than/IN/3/fixed attacked|attack/VBD/2/conj Mali/NNP/5/obj", "attacked", dragoman.Negated},
		{"Nobody|nobody/NN/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj", "attacked", dragoman.Negated},
		{"Not|not/RB/4/advmod a/DT/4/det single/JJ/4/amod soldier/NN/5/nsubj attacked|attack/VBD/0/root", "attacked", dragoman.Negated},
		{"Not|not/RB/3/advmod all/DT/3/det soldiers|soldier/NNS/4/nsubj attacked|attack/VBD/0/root", "attacked", dragoman.Happened},
		{"Chad/NNP/3/nsubj nearly/RB/3/advmod attacked|attack/VBD/0/root Mali/NNP/3/obj", "attacked", dragoman.Negated},
		{"Chad/NNP/4/nsubj almost/RB/3/advmod certainly/RB/4/advmod attacked|attack/VBD/0/root", "attacked", dragoman.Happened},
		{"It|it/PRP/4/expl is|be/VBZ/4/cop not/RB/4/advmod true/JJ/0/root that/IN/7/mark Chad/NNP/7/nsubj attacked|attack/VBD/4/csubj", "attacked", dragoman.Negated},
		{"It|it/PRP/3/expl is|be/VBZ/3/cop true/JJ/0/root that/IN/6/mark Chad/NNP/6/nsubj attacked|attack/VBD/3/csubj", "attacked", dragoman.Happened},
		{"There/EX/2/expl is|be/VBZ/0/root no/DT/4/det evidence/NN/2/nsubj that/IN/7/mark Chad/NNP/7/nsubj attacked|attack/VBD/4/acl", "attacked", dragoman.Hypothetical},
		{"Police|police/NNP/2/nsubj foiled|foil/VBD/0/root an|a/DT/4/det attack/NN/2/obj", "attack", dragoman.Negated},
		{"Police|police/NNP/2/nsubj rejected|reject/VBD/0/root an|a/DT/4/det demand/NN/2/obj", "demand", dragoman.Happened},
		{"Chad/NNP/4/nsubj not/RB/4/advmod only/RB/4/advmod attacked|attack/VBD/0/root Mali/NNP/4/obj", "attacked", dragoman.Happened},
		{"Chad/NNP/4/nsubj did|do/VBD/4/aux not/RB/4/advmod hesitate/VB/0/root to/TO/6/mark attack/VB/4/xcomp", "attack", dragoman.Happened},
		{"Chad/NNP/4/nsubj will/MD/4/aux not/RB/4/advmod hesitate/VB/0/root to/TO/6/mark attack/VB/4/xcomp", "attack", dragoman.Planned},
		{"Chad/NNP/2/nsubj hesitated|hesitate/VBD/0/root to/TO/4/mark attack/VB/2/xcomp", "attack", dragoman.Negated},
		{"Chad/NNP/3/nsubj to/TO/3/aux attack/VB/0/root Mali/NNP/3/obj", "attack", dragoman.Planned},
		{"A|a/DT/2/det meeting/NN/4/nsubj will/MD/4/aux begin/VB/0/root", "meeting", dragoman.Planned},
		{"An|a/DT/2/det attack/NN/4/nsubj would/MD/4/aux start/VB/0/root wars|war/NNS/4/obj", "attack", dragoman.Hypothetical},
		{"The/DT/2/det agreement/NN/6/nsubj signed|sign/VBN/2/acl in/IN/5/case May/NNP/3/obl holds|hold/VBZ/0/root", "signed", dragoman.Happened},
		{"Neither/CC/2/cc:preconj Chad/NNP/5/nsubj nor/CC/4/cc Mali/NNP/2/conj attacked|attack/VBD/0/root", "attacked", dragoman.Negated},
		{"No/DT/2/det soldiers|soldier/NNS/4/nsubj:pass were|be/VBD/4/aux:pass attacked|attack/VBN/0/root", "attacked", dragoman.Negated},
		{"Nor/CC/3/cc Chad/NNP/3/nsubj attacked|attack/VBD/0/root", "attacked", dragoman.Negated},
		{"Chad/NNP/4/nsubj has|have/VBZ/4/aux not/RB/4/advmod ruled|rule/VBN/0/root out/RP/4/compound:prt attacking|attack/VBG/4/advcl Mali/NNP/6/obj", "attacking", dragoman.Hypothetical},
		{"Chad/NNP/2/nsubj stopped|stop/VBD/0/root short/JJ/2/xcomp of/IN/5/mark attacking|attack/VBG/3/advcl Mali/NNP/5/obj", "attacking", dragoman.Negated},
		{"Chad/NNP/2/nsubj said|say/VBD/0/root it/PRP/5/nsubj would/MD/5/aux attack/VB/2/ccomp while/IN/8/mark Mali/NNP/8/nsubj left|leave/VBD/5/advcl", "attack", dragoman.Planned},
		{"Chad/NNP/3/nsubj has|have/VBZ/3/aux begun|begin/VBN/0/root talks|talk/NNS/3/obj", "talks", dragoman.Ongoing},
		{"Chad/NNP/3/nsubj was|be/VBD/3/cop about/JJ/0/root to/TO/5/mark attack/VB/3/xcomp", "attack", dragoman.Planned},
		{"Chad/NNP/2/nsubj began|begin/VBD/0/root talks|talk/NNS/2/obj", "talks", dragoman.Happened},
		{"Talks|talk/NNS/3/nsubj are|be/VBP/3/cop ongoing/JJ/0/root", "Talks", dragoman.Ongoing},
		{"Chad/NNP/4/nsubj would/MD/4/aux have/VB/4/aux hit/VBN/0/root and/CC/6/cc attacked|attack/VBD/4/conj Mali/NNP/6/obj", "attacked", dragoman.Hypothetical},
		{"Chad/NNP/2/nsubj left|leave/VBD/0/root if/IN/6/mark it/PRP/6/nsubj was|be/VBD/6/cop able/JJ/2/advcl to/TO/8/mark attack/VB/6/xcomp", "attack", dragoman.Hypothetical},
		{"Chad/NNP/2/nsubj vowed|vow/VBD/0/root not/RB/5/advmod to/TO/5/mark attack/VB/2/xcomp", "attack", dragoman.Negated},
		{"Chad/NNP/2/nsubj left|leave/VBD/0/root before/IN/4/mark attacking|attack/VBG/2/advcl", "left", dragoman.Happened},
		{"Chad/NNP/4/nsubj must/MD/4/aux not/RB/4/advmod attack/VB/0/root", "attack", dragoman.Hypothetical},
		{"Jets|jet/NNS/5/nsubj:pass must/MD/5/aux not/RB/5/advmod be/VB/5/aux:pass used|use/VBN/0/root for/IN/7/case attacks|attack/NNS/5/obl", "attacks", dragoman.Hypothetical},
		{"Jets|jet/NNS/3/nsubj:pass were|be/VBD/3/aux:pass used|use/VBN/0/root for/IN/5/case attacks|attack/NNS/3/obl", "attacks", dragoman.Happened},
		{"Chad/NNP/2/nsubj left|leave/VBD/0/root so/RB/7/advmod as/IN/7/mark not/RB/7/advmod to/TO/7/mark attack/VB/2/advcl", "attack", dragoman.Hypothetical},
		{"Chad/NNP/4/nsubj is|be/VBZ/4/cop to/TO/4/mark blame/VB/0/root", "blame", dragoman.Ongoing},
		{"Troops|troop/NNS/5/nsubj to/TO/4/mark be|be/VB/4/aux:pass sent|send/VBN/1/acl left|leave/VBD/0/root", "sent", dragoman.Planned},
		{"Chad/NNP/2/nsubj announced|announce/VBD/0/root talks|talk/NNS/2/obj to/TO/6/mark be|be/VB/6/aux:pass held|hold/VBN/3/acl", "talks", dragoman.Planned},
		{"Chad/NNP/2/nsubj announced|announce/VBD/0/root talks|talk/NNS/2/obj to/TO/6/mark be|be/VB/6/aux:pass held|hold/VBN/2/xcomp", "talks", dragoman.Planned},
		{"Chad/NNP/2/nsubj used|use/VBD/0/root talks|talk/NNS/2/obj to/TO/5/mark gain/VB/2/advcl", "talks", dragoman.Happened},
		{"The/DT/2/det attack/NN/6/nsubj would/MD/6/aux be|be/VB/6/cop a/DT/6/det mistake/NN/0/root", "attack", dragoman.Hypothetical},
		{"An|a/DT/2/det attack/NN/4/nsubj is|be/VBZ/4/cop imminent/JJ/0/root", "attack", dragoman.Planned},
		{"The/DT/2/det attack/NN/5/nsubj is|be/VBZ/5/cop not/RB/5/advmod imminent/JJ/0/root", "attack", dragoman.Hypothetical},
		{"The/DT/2/det truce/NN/3/nsubj remains|remain/VBZ/0/root elusive/JJ/3/xcomp", "truce", dragoman.Hypothetical},
		{"The/DT/2/det attack/NN/4/nsubj was|be/VBD/4/cop unexpected/JJ/0/root", "attack", dragoman.Happened},
		{"The/DT/3/det expected/JJ/3/amod attack/NN/4/nsubj worries|worry/VBZ/0/root Mali/NNP/4/obj", "attack", dragoman.Planned},
		{"Talks|talk/NNS/5/nsubj with/IN/3/case Chad/NNP/1/nmod scheduled|schedule/VBN/3/acl worried|worry/VBD/0/root Mali/NNP/5/obj", "Talks", dragoman.Planned},
		{"Talks|talk/NNS/5/nsubj with/IN/3/case Chad/NNP/1/nmod held|hold/VBN/1/acl worried|worry/VBD/0/root Mali/NNP/5/obj", "Talks", dragoman.Happened},
		{"Under/IN/3/case the/DT/3/det plan/NN/5/obl Chad/NNP/5/nsubj attacks|attack/VBZ/0/root Mali/NNP/5/obj", "attacks", dragoman.Planned},
		{"Under/IN/3/case the/DT/3/det plan/NN/5/obl Chad/NNP/5/nsubj attacked|attack/VBD/0/root Mali/NNP/5/obj", "attacked", dragoman.Happened},
		{"Chad/NNP/2/nsubj called|call/VBD/0/root a/DT/4/det march/NN/2/obj", "march", dragoman.Planned},
		{"Chad/NNP/2/nsubj called|call/VBD/0/root Oman/NNP/2/obj on/IN/6/case a/DT/6/det visit/NN/2/obl to/IN/8/case Mali/NNP/6/nmod", "visit", dragoman.Happened},
		{"Chad/NNP/2/nsubj wants|want/VBZ/0/root Deby/NNP/2/obj detained|detain/VBN/3/acl", "detained", dragoman.Hypothetical},
		{"Chad/NNP/2/nsubj met|meet/VBD/0/root rebels|rebel/NNS/2/obj detained|detain/VBN/3/acl in/IN/6/case Mali/NNP/4/obl", "detained", dragoman.Happened},
		{"Chad/NNP/2/nsubj cancelled|cancel/VBD/0/root talks|talk/NNS/2/obj", "talks", dragoman.Negated},
	} {
		d := sketch.Document(c.sentence)
		got, why := f.Status(pattern.NewScene(grammar(t), d), sketch.Token(d, c.predicate))
		if got != c.want {
			t.Errorf("%q: got %s by %q, want %s", d.Text, got, why, c.want)
		}
	}
}

// TestActors wants who stands behind a phrase.
func TestActors(t *testing.T) {
	d := sketch.Document("Mali/NNP/2/nsubj condemned|condemn/VBD/0/root the/DT/4/det programme/NN/2/obj of/IN/6/case Chad/NNP/4/nmod\n" +
		"The/DT/2/det enemies|enemy/NNS/4/nsubj of/IN/4/case Niger/NNP/2/nmod left|leave/VBD/0/root")
	sketch.Actor(d, "Mali", "state")
	some := sketch.Document("Several/JJ/5/nsubj of/IN/4/case the/DT/4/det rebels|rebel/NNS/1/obl left|leave/VBD/0/root")
	rebels := sketch.Actor(some, "rebels", "armed_group")
	if got := fmt.Sprint(pattern.NewScene(grammar(t), some).Actors(0)); got != fmt.Sprint([]int{rebels}) {
		t.Errorf("several of the rebels are %s", got)
	}
	chad := sketch.Actor(d, "Chad", "state")
	sketch.Actor(d, "Niger", "state")
	s := pattern.NewScene(grammar(t), d)
	if got := fmt.Sprint(s.Actors(sketch.Token(d, "programme"))); got != fmt.Sprint([]int{chad}) {
		t.Errorf("the programme of Chad is %s, want Chad", got)
	}
	if got := s.Actors(sketch.Token(d, "enemies")); len(got) != 0 {
		t.Errorf("the enemies of Niger are %v, want nobody", got)
	}
	both := sketch.Document("Togo/NNP/2/nsubj condemned|condemn/VBD/0/root acts|act/NNS/2/obj of/IN/5/case Chad/NNP/3/nmod and/CC/7/cc Mali/NNP/5/conj")
	want := []int{sketch.Actor(both, "Chad", "state"), sketch.Actor(both, "Mali", "state")}
	if got := pattern.NewScene(grammar(t), both).Actors(sketch.Token(both, "acts")); !slices.Equal(got, want) {
		t.Errorf("the acts of Chad and Mali are of %v, want %v", got, want)
	}
}

// TestBeyondPlace wants nobody to be coordinated with the place where somebody is, and two
// places, or those of whom somebody is, to be coordinated as they stand.
func TestBeyondPlace(t *testing.T) {
	for _, c := range []struct {
		preposition string
		class       dragoman.Class
		want        string
	}{
		{"in/IN", dragoman.Organisation, "[1 5]"},
		{"in/IN", dragoman.Location, "[1]"},
		{"of/IN", dragoman.Organisation, "[1]"},
	} {
		d := sketch.Document("urged|urge/VBD/0/root rebels|rebel/NNS/1/obj " + c.preposition + "/4/case Mali/NNP/2/nmod and/CC/6/cc Ecowas/NNP/4/conj")
		for form, class := range map[string]dragoman.Class{"rebels": dragoman.Person, "Mali": dragoman.Location, "Ecowas": c.class} {
			sketch.Actor(d, form, "state")
			d.Mentions[len(d.Mentions)-1].Class = class
		}
		if got := fmt.Sprint(pattern.NewScene(grammar(t), d).Conjuncts(1)); got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.preposition, c.class, got, c.want)
		}
	}
}

// TestTitledPerson wants the person behind a title, not the title's state.
func TestTitledPerson(t *testing.T) {
	d := sketch.Document("French/JJ/2/amod envoy/NN/4/nsubj Moreau/NNP/2/flat left|leave/VBD/0/root")
	sketch.Actor(d, "French", "state")
	moreau := sketch.Actor(d, "Moreau", "person")
	d.Mentions[len(d.Mentions)-1].Class = dragoman.Person
	s := pattern.NewScene(grammar(t), d)
	if got := fmt.Sprint(s.Actors(sketch.Token(d, "envoy"))); got != fmt.Sprint([]int{moreau}) {
		t.Errorf("the envoy is %s, want Moreau", got)
	}
}

// TestQuoteHoldsItsParties wants no party from outside of a quotation.
// TestWho: who does what a clause with "who" tells is somebody, and no body; behind a closed
// apposition it is whom that describes.
func TestWho(t *testing.T) {
	for sentence, want := range map[string]string{
		"Lund/NNP/0/root head/NN/1/appos of/IN/4/case Tass/NNP/2/nmod who/WP/6/nsubj left|leave/VBD/4/acl:relcl Chad/NNP/6/obj":                           "head",
		"Lund/NNP/0/root ,/,/3/punct head/NN/1/appos of/IN/5/case Brun/NNP/3/nmod ,/,/8/punct who/WP/8/nsubj left|leave/VBD/5/acl:relcl":                  "Lund",
		"Lund/NNP/0/root ,/,/3/punct head/NN/1/appos of/IN/5/case Brun/NNP/3/nmod who/WP/7/nsubj left|leave/VBD/5/acl:relcl":                              "Brun",
		"Lund/NNP/2/nsubj saw|see/VBD/0/root friends|friend/NNS/2/obj of/IN/5/case Brun/NNP/3/nmod ,/,/8/punct who/WP/8/nsubj left|leave/VBD/5/acl:relcl": "Brun",
	} {
		d := sketch.Document(sentence)
		for form, class := range map[string]dragoman.Class{"Lund": dragoman.Person, "head": dragoman.Person, "friends": dragoman.Person, "Brun": dragoman.Person, "Tass": dragoman.Organisation} {
			if strings.Contains(sentence, form+"/") || strings.Contains(sentence, form+"|") {
				sketch.Actor(d, form, "")
				d.Mentions[len(d.Mentions)-1].Class = class
			}
		}
		for _, a := range pattern.NewScene(grammar(t), d).Arguments(sketch.Token(d, "left"), nil) {
			if a.Slot == "subj" && d.Form(a.Token) != want {
				t.Errorf("%s: %s left, not %s", d.Text, d.Form(a.Token), want)
			}
		}
	}
}

// TestBehindTheBody: who stands right behind the name of the body that he belongs to is
// meant, though his name hangs on that of the body or beside it.
func TestBehindTheBody(t *testing.T) {
	for sentence, want := range map[string]bool{
		"Chad/NNP/2/nsubj met|meet/VBD/0/root Tass/NNP/2/obj Oto/NNP/3/appos":                                                                true,
		"Chad/NNP/2/nsubj met|meet/VBD/0/root Tass/NNP/2/obj (/-LRB-/5/punct TS/NNP/3/appos )/-RRB-/5/punct chief/JJ/8/amod Oto/NNP/3/appos": true,
		"talks|talk/NNS/0/root with/IN/3/case Tass/NNP/1/nmod chief/JJ/5/amod Oto/NNP/1/nmod":                                                true,
		"Chad/NNP/2/nsubj met|meet/VBD/0/root Tass/NNP/2/obj ,/,/5/punct Oto/NNP/3/appos":                                                    false,
		"talks|talk/NNS/0/root with/IN/3/case Tass/NNP/1/nmod and/CC/5/cc Oto/NNP/1/nmod":                                                    false,
	} {
		d := sketch.Document(sentence)
		tass, oto := sketch.Actor(d, "Tass", "media"), sketch.Actor(d, "Oto", "person")
		d.Mentions[0].Class, d.Mentions[1].Class = dragoman.Organisation, dragoman.Person
		if got := pattern.NewScene(grammar(t), d).Actors(sketch.Token(d, "Tass")); slices.Contains(got, oto) != want || slices.Contains(got, tass) == want {
			t.Errorf("%s: %v", d.Text, got)
		}
	}
}

// TestCalledByPlace: what is called by its year and a name is called by its place.
func TestCalledByPlace(t *testing.T) {
	for sentence, want := range map[string]bool{
		"the/DT/4/det 2018/CD/4/compound Avaz/NNP/4/compound attack/NN/0/root": false,
		"the/DT/3/det Avaz/NNP/3/compound attack/NN/0/root":                    true,
	} {
		d := sketch.Document(sentence)
		sketch.Actor(d, "Avaz", "person")
		d.Mentions[0].Class = dragoman.Person
		args := pattern.NewScene(grammar(t), d).Arguments(sketch.Token(d, "attack"), nil)
		if got := slices.ContainsFunc(args, func(a pattern.Arg) bool { return a.Slot == "subj" }); got != want {
			t.Errorf("%s: Avaz attacks: %v", d.Text, got)
		}
	}
}

func TestQuoteHoldsItsParties(t *testing.T) {
	d := sketch.Document("We/PRP/2/nsubj trust|trust/VBP/0/root Deby/NNP/2/obj said|say/VBD/2/parataxis")
	d.Attributions = []dragoman.Attribution{{SourceHead: 2, CueHead: 3, First: 0, End: 2, Manner: dragoman.Quote, Parent: -1, Continues: -1}}
	for _, a := range pattern.NewScene(grammar(t), d).Arguments(1, nil) {
		if a.Token == 2 {
			t.Errorf("Deby, who speaks, is %s of his words", a.Slot)
		}
	}
}

// TestConjuncts wants all members of a list, whatever hangs on which of them, and
// no apposition behind it nor what a dash or bracket sets off.
func TestConjuncts(t *testing.T) {
	for sentence, want := range map[string]string{
		"Chad/NNP/7/nsubj plus/CC/3/cc Mali/NNP/1/conj Niger/NNP/3/conj and/CC/6/cc Togo/NNP/1/conj agreed|agree/VBD/0/root":                                      "[0 2 3 5]",
		"Chad/NNP/6/nsubj ,/,/4/punct not/RB/4/advmod Mali/NNP/1/conj ,/,/1/punct agreed|agree/VBD/0/root":                                                        "[0]",
		"Chad/NNP/5/nsubj rather/RB/4/cc than/IN/2/fixed Mali/NNP/1/conj agreed|agree/VBD/0/root":                                                                 "[0]",
		"Powers|power/NNS/9/nsubj –/:/3/punct Chad/NNP/1/appos ,/,/5/punct Mali/NNP/1/conj and/CC/7/cc Niger/NNP/1/conj –/:/3/punct agreed|agree/VBD/0/root":      "[0]",
		"Powers|power/NNS/9/nsubj (/-LRB-/3/punct Chad/NNP/1/appos )/-RRB-/3/punct and/CC/6/cc Niger/NNP/1/conj ,/,/6/punct who/WP/9/dep agreed|agree/VBD/0/root": "[0 5]",
		"Deby/NNP/7/nsubj and/CC/3/cc Sall/NNP/1/conj ,/,/6/punct the/DT/6/det presidents|president/NNS/1/conj met|meet/VBD/0/root":                               "[0 2]",
	} {
		if got := fmt.Sprint(pattern.NewTree(sketch.Document(sentence)).Conjuncts(0)); got != want {
			t.Errorf("%s: %s, want %s", sentence, got, want)
		}
	}
}

// TestParticleBehindTheObject wants "drove the rebels out" to be "drive out".
func TestParticleBehindTheObject(t *testing.T) {
	d := sketch.Document("Chad/NNP/2/nsubj drove|drive/VBD/0/root the/DT/4/det rebels|rebel/NNS/2/obj out/RP/2/advmod")
	if got := pattern.NewTree(d).Verb(1); got != "drive out" {
		t.Errorf("got %q", got)
	}
	d = sketch.Document("Chad/NNP/2/nsubj pulled|pull/VBD/0/root out/IN/6/case of/IN/6/case the/DT/6/det deal/NN/2/obl")
	if got := pattern.NewTree(d).Verb(1); got != "pull out" {
		t.Errorf("out of: got %q", got)
	}
	of := false
	for _, a := range pattern.NewScene(grammar(t), d).Arguments(1, nil) {
		of = of || a.Slot == "of" && a.Token == 5
	}
	if !of {
		t.Error("the deal is not what Chad pulled out of")
	}
}

// TestFrameFaults wants a message for what a table has wrong.
func TestFrameFaults(t *testing.T) {
	for _, c := range []struct{ when, role, pos, want string }{
		{"obj=", "subj", "V", "says nothing"},
		{"obj=@nothing", "subj", "V", "unknown class"},
		{"obj:king", "subj", "V", "unknown kind"},
		{"!", "subj", "V", "names no slot"},
		{"obj", "subj/", "V", "empty alternative"},
		{"obj", "subj>", "V", "ends in the middle"},
		{"obj", "subj", "Q", "pos is"},
	} {
		err := pattern.Check(c.pos, c.when, c.role)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: got %v", c, err)
		}
	}
	if err := pattern.Check("V", "obj=war|@arms !with mod~not subj:state|armed", "with/obj>on/comp.subj"); err == nil {
		t.Error("an unknown class among words was not noticed")
	}
}

// TestHostileTree wants no panic and no endless climb from arcs that are no tree.
func TestHostileTree(t *testing.T) {
	d := sketch.Document("a/NN/2/nsubj b/VB/1/xcomp c/NN/3/conj d/VB/99/acl")
	d.Arcs[3].Head = 1000
	s := pattern.NewScene(grammar(t), d)
	f, err := pattern.LoadFactuality(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for i := range d.Tokens {
		s.Arguments(i, nil)
		s.Actors(i)
		f.Status(s, i)
		s.Above(0, i)
	}
}
