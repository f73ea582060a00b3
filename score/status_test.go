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
