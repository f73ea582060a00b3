package event_test

import (
	"slices"
	"strings"
	"testing"

	"dragoman"
	"dragoman/event"
	"dragoman/sketch"
)

const (
	typeColumns  = "type\tquad\tscore\tcameo\tplanned\tonly\tname\tconfidence\n"
	frameColumns = "lemma\tpos\twhen\ttype\tmode\tcameo\tactor\trecipient\tflags\texample\n"
)

// own is an ontology that has nothing of PLOVER's but the name of one type.
func own() map[string]string {
	return map[string]string{
		"plover/types.tsv": typeColumns +
			"ASSAULT\tmaterial-conflict\t-9\t\t\t\tuse force\t\n" +
			"GREET\tverbal-cooperation\t3\t\t\t\tgreet somebody\t0.9\n" +
			"PLANT\t\t2\t\t\t\tplant trees\t\n",
		"plover/modes.tsv": "type\tmode\tnote\n",
		"plover/en/frames.tsv": frameColumns +
			"attack\tV\tobj\tASSAULT\t\t\tsubj\tobj\t\tChad [attacked] Mali.\n" +
			"greet\tV\tobj\tGREET\t\t\tsubj\tobj\t\tChad [greeted] Mali.\n" +
			"plant\tV\tobj=tree\tPLANT\t\t\tsubj\twith\t\tChad [planted] trees with Mali.\n",
		"plover/en/open.tsv":  frameColumns,
		"plover/en/words.tsv": "type\tpos\tstrength\twords\n",
	}
}

// TestOwnOntology wants a user's types of what a user's frames tell, nothing else, and of
// what the judge has not learnt the confidence of the table of types, or one half.
func TestOwnOntology(t *testing.T) {
	c, err := event.Load(sketch.Tables(t, own()))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Types(); !slices.Equal(got, []string{"ASSAULT", "GREET", "PLANT"}) {
		t.Errorf("types %v", got)
	}
	for _, x := range []struct {
		sentence, want string
		confidence     float64
	}{
		{"Chad/NNP/2/nsubj greeted|greet/VBD/0/root Mali/NNP/2/obj", "GREET happened Chad > Mali", 0.9},
		{"Chad/NNP/2/nsubj greets|greet/VBZ/0/root Mali/NNP/2/obj", "GREET happened Chad > Mali", 0.9}, // a verbal type is done by saying it
		{"Chad/NNP/2/nsubj planted|plant/VBD/0/root trees|tree/NNS/2/obj with/IN/5/case Mali/NNP/2/obl", "PLANT happened Chad > Mali", 0.5},
		{"Chad/NNP/2/nsubj met|meet/VBD/0/root Mali/NNP/2/obj", "", 0},
		{"Chad/NNP/2/nsubj bombed|bomb/VBD/0/root Mali/NNP/2/obj", "", 0},
	} {
		d := sketch.Document(x.sentence)
		sketch.Actor(d, "Chad", "state:TCD")
		if strings.Contains(x.sentence, "Mali") {
			sketch.Actor(d, "Mali", "state:MLI")
		}
		events := c.Code(d)
		if got := tell(d, events); got != x.want {
			t.Errorf("%s: got %q, want %q", x.sentence, got, x.want)
			continue
		}
		for _, e := range events {
			if e.Confidence != x.confidence || slices.ContainsFunc(e.Because, func(b string) bool { return strings.Contains(b, "judge") }) {
				t.Errorf("%s: confidence %v because %v, want %v and no judge", x.sentence, e.Confidence, e.Because, x.confidence)
			}
		}
	}
}

// TestJudgeLeavesOwnTypes wants no party that a judge supplies or drops where it has not
// learnt the type, although it has learnt that whoever stands there is one.
func TestJudgeLeavesOwnTypes(t *testing.T) {
	tables := map[string]string{
		"plover/types.more.tsv":         "type\tquad\tscore\tcameo\tplanned\tonly\tname\nGREET\t\t3\t\t\t\tgreet somebody\n",
		"plover/en/frames/greeting.tsv": frameColumns + "greet\tV\tobj\tGREET\t\t\tsubj\tobj\t\tChad [greeted] Mali.\n",
	}
	c, err := event.Load(sketch.Tables(t, tables))
	if err != nil {
		t.Fatal(err)
	}
	document := func(verb string) *dragoman.Document {
		d := sketch.Document("Chad/NNP/2/nsubj " + verb + "/VBD/0/root Mali/NNP/2/obj beside/IN/5/case Niger/NNP/2/obl")
		sketch.Actor(d, "Chad", "state:TCD")
		sketch.Actor(d, "Mali", "state:MLI")
		sketch.Actor(d, "Niger", "state:NER")
		return d
	}
	predicates, candidates := c.WithJudge(event.TrainJudge(nil, nil, nil)).Study(document("attacked|attack"))
	predicates[0].Type = "ASSAULT"
	for i, role := range []string{event.AsActor, "", event.AsRecipient} { // who stands beside is the one, it learns
		candidates[i].Role = role
	}
	for range 5 {
		predicates, candidates = append(predicates, predicates...), append(candidates, candidates...)
	}
	taught := c.WithJudge(event.TrainJudge(predicates, candidates, nil))
	for verb, want := range map[string]string{"attacked|attack": "ASSAULT happened Chad > Niger", "greeted|greet": "GREET happened Chad > Mali"} {
		d := document(verb)
		if got := tell(d, taught.Code(d)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestNoTypeOfOthers wants no accusation where the ontology has none: what a politician
// does to his rival stays an attack.
func TestNoTypeOfOthers(t *testing.T) {
	c, err := event.Load(sketch.Tables(t, own()))
	if err != nil {
		t.Fatal(err)
	}
	d := sketch.Document("Idriss/NNP/2/nsubj attacked|attack/VBD/0/root Moussa/NNP/2/obj")
	for _, name := range []string{"Idriss", "Moussa"} {
		d.Actors[sketch.Actor(d, name, "person:TCD")].Sectors = []string{"GOV"}
	}
	for name, c := range map[string]*event.Coder{"ACCUSE": coder(t), "ASSAULT": c} {
		events := c.WithJudge(event.TrainJudge(nil, nil, nil)).Code(d)
		if len(events) != 1 || events[0].Type != name {
			t.Errorf("%s, want %s", tell(d, events), name)
		}
	}
}

// TestRelaterKnowsItsTypes wants no relations of types that the ontology has not.
func TestRelaterKnowsItsTypes(t *testing.T) {
	files := sketch.Tables(t, own())
	c, err := event.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := event.LoadRelater(files, c); err == nil || !strings.Contains(err.Error(), "which the ontology of the data folder has not") {
		t.Errorf("got %v", err)
	}
}

// TestOntologyFaults wants file:line for what is wrong in the table of types.
func TestOntologyFaults(t *testing.T) {
	for row, want := range map[string]string{
		"Greet\t\t3\t\t\t\t\t":                          `types.tsv:5: type is "Greet"; it is written in capitals`,
		"-\t\t3\t\t\t\t\t":                              `types.tsv:5: type is "-"`,
		"WAVE\tverbal-peace\t3\t\t\t\t\t":               `types.tsv:5: quad is "verbal-peace"; it is empty or one of verbal-cooperation`,
		"WAVE\t\tmuch\t\t\t\t\t":                        "types.tsv:5: score",
		"WAVE\t\t3\t\tBOW\t\t\t":                        `types.tsv:5: planned: unknown type "BOW"`,
		"WAVE\t\t3\t\t\thappened|dreamt\t\t":            `types.tsv:5: only: "dreamt" is not a status`,
		"WAVE\t\t3\t\t\t\t\t1.2":                        `types.tsv:5: confidence is "1.2"; it is above 0 and at most 1`,
		"WAVE\t\t3\t\t\t\t\t0":                          `types.tsv:5: confidence is "0"`,
		"WAVE\t\t3\t\t\t\t\tNaN":                        `types.tsv:5: confidence is "NaN"`,
		"WAVE\tmaterial-conflict\t3\t\tGREET\t\t\t0.25": "",
	} {
		tables := own()
		tables["plover/types.tsv"] += row + "\n"
		_, err := event.Load(sketch.Tables(t, tables))
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: got %v, want %q", row, err, want)
		}
	}
}
