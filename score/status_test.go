package score

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/event"
	"dragoman/sketch"
)

// sketched reads every article as the document it holds.
type sketched struct{ doc *dragoman.Document }

func (s sketched) Read(dragoman.Article) dragoman.Document { return *s.doc }

func TestStatus(t *testing.T) {
	coder, err := event.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	doc := sketch.Document("Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj\n" +
		"Chad/NNP/2/nsubj plans|plan/VBZ/0/root to/TO/4/mark attack/VB/2/xcomp Mali/NNP/4/obj")
	doc.ID = "doc"
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	judged := func(node, value string) string {
		return `"g-syntax-` + node + `": {"factuality": {"factual": {"value": ` + value + `}}}`
	}
	// The first attack was judged to have happened and the planned one not; one more
	// is judged against what is told, one stands beyond the sentence, one is undecided.
	file := write("judged.json", `{"data": {
		"one": {`+judged("2", "1.2")+`, `+judged("9", "1")+`, `+judged("1", "0")+`},
		"two": {`+judged("4", "-0.8")+`, `+judged("2", "-1")+`}}}`)
	ids := write("ids.json", `{"one": {"document_id": "doc", "sentence_id": "doc-0001"}, "two": {"document_id": "doc", "sentence_id": "doc-0002"}}`)
	s, err := Status(sketched{doc}, coder, []*dragoman.Document{doc}, file, ids)
	if err != nil {
		t.Fatal(err)
	}
	if want := (StatusScore{Happened: Share{1, 1}, Not: Share{1, 2}, Missed: 1}); s != want {
		t.Errorf("%+v, want %+v", s, want)
	}
	if s.Balanced() != 75 {
		t.Errorf("balanced accuracy %v, want 75", s.Balanced())
	}
	for _, bad := range []struct{ file, ids, fault string }{
		{write("bad.json", "{"), ids, "bad.json"},
		{file, write("none.json", `{"one": {"document_id": "doc", "sentence_id": "doc"}}`), "ends in no number"},
	} {
		if _, err := Status(sketched{doc}, coder, nil, bad.file, bad.ids); err == nil || !strings.Contains(err.Error(), bad.fault) {
			t.Errorf("fault %v, want %s", err, bad.fault)
		}
	}
}

func TestMeantimeStatus(t *testing.T) {
	coder, err := event.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	word := func(id, form, sentence string) string {
		return `<token t_id="` + id + `" sentence="` + sentence + `">` + form + `</token>`
	}
	event := func(id, certainty, polarity, time, special string) string {
		return `<EVENT_MENTION certainty="` + certainty + `" polarity="` + polarity + `" time="` + time + `" special_cases="` + special + `"><token_anchor t_id="` + id + `"/></EVENT_MENTION>`
	}
	// Told right: what was attacked, and what is planned. Told otherwise: a plan that the
	// gold has for a condition, an attack that it has for none. Left open: what is true in general.
	file := meantimeArchive(t, "<Document>"+word("1", "Chad", "0")+word("2", "attacked", "0")+word("3", "Mali", "0")+
		word("4", "Chad", "1")+word("5", "plans", "1")+word("6", "to", "1")+word("7", "attack", "1")+word("8", "Mali", "1")+"<Markables>"+
		event("2", "CERTAIN", "POS", "NON_FUTURE", "NONE")+event("2", "CERTAIN", "NEG", "NON_FUTURE", "NONE")+event("2", "CERTAIN", "POS", "NON_FUTURE", "GEN")+
		event("7", "CERTAIN", "POS", "FUTURE", "NONE")+event("7", "POSSIBLE", "POS", "FUTURE", "NONE")+event("7", "CERTAIN", "POS", "NON_FUTURE", "COND_IF_CLAUSE")+
		event("7", "UNDERSPECIFIED", "POS", "FUTURE", "NONE")+"</Markables></Document>")
	doc := sketch.Document("Chad/NNP/2/nsubj attacked|attack/VBD/0/root Mali/NNP/2/obj\n" +
		"Chad/NNP/2/nsubj plans|plan/VBZ/0/root to/TO/4/mark attack/VB/2/xcomp Mali/NNP/4/obj")
	shift := doc.Tokens[3].Start
	for i := 3; i < len(doc.Tokens); i++ { // an empty line follows the title
		doc.Tokens[i].Start += len("Chad attacked Mali\n\n") - shift
		doc.Tokens[i].End += len("Chad attacked Mali\n\n") - shift
	}
	doc.Text = "Chad attacked Mali\n\nChad plans to attack Mali"
	s, err := MeantimeStatus(sketched{doc}, coder, file)
	if err != nil {
		t.Fatal(err)
	}
	if want := (StatusScore{Happened: Share{1, 1}, Not: Share{3, 4}, Planned: Share{1, 1}, Hypothetical: Share{0, 2}, Negated: Share{0, 1}}); s != want {
		t.Errorf("%+v, want %+v", s, want)
	}
	if _, err := MeantimeStatus(sketched{doc}, coder, file+"x"); err == nil {
		t.Error("a missing file is no fault")
	}
}
