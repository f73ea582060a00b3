package score

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dragoman"
	"dragoman/article"
	"dragoman/event"
)

const diaryText = "Née Lund met Oto Brun in Riga. Police arrested him, Brun said. Lund thanked Riga."

// diarist reads every article as the same: a meeting, and an arrest by the wrong
// party and with the outlet for its source.
type diarist struct{}

func (diarist) Read(a dragoman.Article) dragoman.Document {
	d := dragoman.Document{Article: a}
	at := func(s string) dragoman.Span {
		i := strings.Index(a.Text, s)
		return dragoman.Span{Start: i, End: i + len(s)}
	}
	for rest, start := a.Text, 0; rest != ""; {
		end := strings.Index(rest, ".") + 1
		d.Sentences = append(d.Sentences, dragoman.Sentence{Span: dragoman.Span{Start: start, End: start + end}})
		start += end
		rest = rest[end:]
	}
	for i, name := range []string{"Lund", "Oto Brun", "Riga", "Police", "him"} {
		d.Mentions = append(d.Mentions, dragoman.Mention{Span: at(name)})
		d.Actors = append(d.Actors, dragoman.Actor{Name: name, Mentions: []int{i}})
	}
	d.Places = []dragoman.Place{{Name: "Riga", Mentions: []int{2}}}
	event := func(trigger, kind string, confidence float64, place int, actors, recipients []int) {
		d.Events = append(d.Events, dragoman.Event{Type: kind, Status: dragoman.Happened, Confidence: confidence, Place: place,
			Actors: actors, Recipients: recipients, Telling: dragoman.Telling{Trigger: at(trigger)}})
	}
	event("met", "CONSULT", 0.95, 0, []int{0, 1}, nil)
	event("arrested", "COERCE", 0.65, -1, []int{2}, []int{4})
	event("said", "SUPPORT", 0.65, -1, []int{1}, nil)
	return d
}

func TestReadings(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Create(filepath.Join(dir, "news.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	for _, text := range []string{"Nothing.", diaryText} {
		if err := json.NewEncoder(z).Encode(map[string]string{"text": text}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	id := article.Hash(diaryText)
	write("articles.tsv", "article\tfile\tuse\n"+id+"\tnews.jsonl.gz\tlook\n")
	const header = "article\ttriggers\ttype\tstatus\tactors\trecipients\tplace\tsource\tsure\n"
	write("events.tsv", header+
		id+"\t9-12\tCONSULT\thappened\t4-8|13-21\t\t25-29\t\tyes\n"+
		id+"\t38-46\tCOERCE\thappened\t31-37\t47-50\t\t52-56\tyes\n"+
		id+"\t68-75\tSUPPORT\thappened\t63-67\t76-80\t\t\tyes\n"+
		id+"\t57-61\tSTATEMENT\thappened\t52-56\t\t\t\tno\n")
	scores, err := Readings(diarist{}, dir, dir)
	if err != nil {
		t.Fatal(err)
	}
	s := scores["look"]
	if s == nil || s.Articles != 1 {
		t.Fatalf("scores %+v", scores)
	}
	for _, c := range []struct {
		name string
		got  Counts
		want Counts
	}{
		// The record at "said" tells the event that is not sure, and is left out.
		{"found", s.Found, Counts{Gold: 3, Found: 2, Right: 2, GoldRight: 2}},
		{"typed", s.Typed, Counts{Gold: 3, Found: 2, Right: 2, GoldRight: 2}},
		{"who", s.Who, Counts{Gold: 3, Found: 2, Right: 1, GoldRight: 1}},
		{"full", s.Full, Counts{Gold: 3, Found: 2, Right: 1, GoldRight: 1}},
		{"sound", s.Sound, Counts{Gold: 3, Found: 2, Right: 1, GoldRight: 1}},
	} {
		if c.got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, c.got, c.want)
		}
	}
	for name, got := range map[string][2]Share{
		"status": {s.Status, {2, 2}}, "actors": {s.Actors, {1, 2}}, "recipients": {s.Recipients, {2, 2}},
		"place": {s.Place, {2, 2}}, "source": {s.Source, {1, 2}}, "invented": {s.Invented, {1, 2}},
		"0.9": {s.Bins[9].Share, {1, 1}}, "0.6": {s.Bins[6].Share, {0, 1}},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %+v, want %+v", name, got[0], got[1])
		}
	}
	if e := s.Error(); e < 34.9 || e > 35.1 { // (0.05 + 0.65) of two
		t.Errorf("calibration error %.2f, want 35", e)
	}
	for _, bad := range []struct{ row, fault string }{
		{id + "\t9-900\tCONSULT\thappened\t\t\t\t\tyes\n", `events.tsv:2: triggers: "9-900"`},
		{"0123\t9-12\tCONSULT\thappened\t\t\t\t\tyes\n", `no article "0123"`},
	} {
		write("events.tsv", header+bad.row)
		if _, err := Readings(diarist{}, dir, dir); err == nil || !strings.Contains(err.Error(), bad.fault) {
			t.Errorf("fault %v, want %s", err, bad.fault)
		}
	}
}

// A predicate is taught the type of the event of whose trigger it is the head; one that
// only a disputed event has is no lesson.
func TestTeach(t *testing.T) {
	doc := dragoman.Document{Article: dragoman.Article{Text: "They signed deals and left"}}
	for _, span := range [][2]int{{0, 4}, {5, 11}, {12, 17}, {18, 21}, {22, 26}} {
		doc.Tokens = append(doc.Tokens, dragoman.Token{Span: dragoman.Span{Start: span[0], End: span[1]}})
	}
	doc.Arcs = []dragoman.Arc{{Head: 1}, {Head: -1}, {Head: 1}, {Head: 4}, {Head: 1}}
	l := Lesson{Doc: doc, gold: &GoldReading{Events: []GoldEvent{
		{Tellings: []dragoman.Span{{Start: 5, End: 17}}, Type: "AGREE", Sure: true},
		{Tellings: []dragoman.Span{{Start: 22, End: 26}}, Type: "RETREAT"},
	}}}
	got := l.teach([]event.Predicate{{Token: 1}, {Token: 2}, {Token: 4}})
	if len(got) != 2 || got[0].Type != "AGREE" || got[1].Type != "" || got[1].Token != 2 {
		t.Errorf("taught %+v", got)
	}
}

// A place stands for its state and for no other.
func TestStandsFor(t *testing.T) {
	doc := dragoman.Document{Mentions: []dragoman.Mention{{Span: dragoman.Span{Start: 3, End: 8}}}, Places: []dragoman.Place{{Country: "TCD", Mentions: []int{0}}}}
	at := dragoman.Span{Start: 3, End: 8}
	for _, c := range []struct {
		kind, country string
		want          bool
	}{{"state", "TCD", true}, {"state", "MLI", false}, {"person", "TCD", false}} {
		if got := standsFor(at, &dragoman.Actor{Kind: c.kind, Country: c.country}, &doc); got != c.want {
			t.Errorf("a town of Chad stands for the %s of %s: %v", c.kind, c.country, got)
		}
	}
}

// TestTrial wants the likeliest first: of five sure events four are told, two of them right.
func TestTrial(t *testing.T) {
	gold := GoldReading{Events: []GoldEvent{{Sure: true}, {Sure: true}, {Sure: true}, {Sure: true}, {Sure: true}, {}}}
	judged := []event.Judgement{{Right: false}, {Right: true}, {Right: true}, {Right: false}}
	got := Trial([]Lesson{{gold: &gold}}, judged, []float64{0.5, 0.5, 0.9, 0.1})
	for _, want := range []string{"precision 100.0 at recall 10", "precision 66.7 at recall 40", "recall of all 40.0", "calibration error 5.0"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
}
