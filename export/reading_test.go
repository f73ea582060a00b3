package export_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"dragoman"
	"dragoman/export"
)

// builder makes a document by hand; tokens are what stands between spaces.
type builder struct {
	*testing.T
	d  dragoman.Document
	at map[string]dragoman.Span
}

func build(t *testing.T, text string) *builder {
	b := &builder{t, dragoman.Document{}, map[string]dragoman.Span{}}
	b.d.Text, b.d.ID, b.d.Published = text, "x", dragoman.NoDay
	for i := 0; i < len(text); {
		for i < len(text) && strings.IndexByte(" \r\n", text[i]) >= 0 {
			i++
		}
		start := i
		for i < len(text) && strings.IndexByte(" \r\n", text[i]) < 0 {
			i++
		}
		if i > start {
			b.d.Tokens = append(b.d.Tokens, dragoman.Token{Span: dragoman.Span{Start: start, End: i}})
		}
	}
	b.d.Sentences = []dragoman.Sentence{{Span: dragoman.Span{Start: 0, End: len(text)}, First: 0, End: len(b.d.Tokens)}}
	return b
}

// span returns where words stand, and their tokens.
func (b *builder) span(words string) (s dragoman.Span, first, end int) {
	b.Helper()
	i := strings.Index(b.d.Text, words)
	if i < 0 {
		b.Fatalf("%q is not in the text", words)
	}
	s = dragoman.Span{Start: i, End: i + len(words)}
	first = -1
	for k, tok := range b.d.Tokens {
		if tok.Overlaps(s) {
			if first < 0 {
				first = k
			}
			end = k + 1
		}
	}
	return s, first, end
}

func (b *builder) mention(words string, form dragoman.Form, chain int) int {
	s, first, end := b.span(words)
	m := len(b.d.Mentions)
	if chain < 0 {
		chain = m
	}
	b.d.Mentions = append(b.d.Mentions, dragoman.Mention{Span: s, First: first, End: end, Head: end - 1, Form: form, Chain: chain})
	return m
}

func (b *builder) telling(trigger, evidence string) dragoman.Telling {
	t, first, _ := b.span(trigger)
	e, _, _ := b.span(evidence)
	return dragoman.Telling{Trigger: t, Head: first, Evidence: e}
}

// hard holds an emoji with a joiner, a combining mark, CRLF, scripts of two,
// three and four bytes, and a non-breaking space.
const hard = "Émile Zoë\u0308 visits 👩‍🚀 Kābul\r\n\r\n𝔗he envoy from Чад said “he will\u00a0return 🇹🇩 to Қатар” on Sunday."

func full(t *testing.T) dragoman.Document {
	b := build(t, hard)
	d := &b.d
	d.Title = "Émile Zoë\u0308 visits 👩‍🚀 Kābul"
	zoe := b.mention("Émile Zoë\u0308", dragoman.Name, -1)
	kabul := b.mention("Kābul", dragoman.Name, -1)
	envoy := b.mention("𝔗he envoy", dragoman.Nominal, zoe)
	chad := b.mention("Чад", dragoman.Name, -1)
	qatar := b.mention("Қатар", dragoman.Name, -1)
	he := b.mention("he will", dragoman.Pronoun, zoe)
	source, _, end := b.span("𝔗he envoy")
	cue, cueHead, _ := b.span("said")
	content, first, last := b.span("“he will\u00a0return 🇹🇩 to Қатар”")
	d.Attributions = []dragoman.Attribution{
		{Source: source, SourceHead: end - 1, Cue: cue, CueHead: cueHead, Content: content, First: first, End: last,
			Manner: dragoman.Quote, Stance: "promises", Parent: -1, Continues: -1},
		{SourceHead: -1, CueHead: -1, Content: content, First: first, End: last, Manner: dragoman.Quote, Medium: "post",
			Stance: "asserts", Anonymous: true, Parent: 0, Continues: 0},
	}
	d.Actors = []dragoman.Actor{
		{ID: "new:emile-zoe", Name: "Émile Zoë\u0308", Kind: "person", Mentions: []int{zoe, envoy, he}},
		{ID: "TCD", Name: "Chad", Kind: "state", Country: "TCD", CAMEO: "TCD", Mentions: []int{chad}},
		{ID: "AFG", Name: "Afghanistan", Kind: "state", Country: "AFG"},
		{ID: "XXX", Name: "nobody needs", Kind: "state"},
	}
	d.Places = []dragoman.Place{
		{ID: "kabul", Name: "Kabul", Kind: "settlement", Located: true, Lat: 34.5, Lon: 69.2, GeoNames: 1138958, ContainedIn: []string{"AFG"}, Mentions: []int{kabul}},
		{ID: "new:qatar", Name: "Қатар", Kind: "region", Mentions: []int{qatar}},
		{ID: "AFG", Name: "Afghanistan", Kind: "country"},
	}
	when, f, l := b.span("Sunday")
	d.Dates = []dragoman.Date{{Span: when, First: f, End: l, From: dragoman.DayOf(2025, 3, 2), To: dragoman.NoDay}}
	d.Events = []dragoman.Event{
		{Type: "CONSULT", Modes: []string{"visit"}, CAMEO: "042", Quad: "verbal-cooperation", Score: 4, Actors: []int{0}, Recipients: []int{2},
			Place: 0, From: dragoman.DayOf(2025, 3, 2), To: dragoman.NoDay, Status: dragoman.Happened, Telling: b.telling("visits", "Émile Zoë\u0308 visits 👩‍🚀 Kābul"),
			Also: []dragoman.Telling{b.telling("return", "return 🇹🇩 to Қатар")}, Casualties: []dragoman.Count{{What: "crowd", Min: 5, Max: -1}},
			PLOVER: "CONSULT", Confidence: 0.9, Because: []string{"frame:visit.V.1"}},
		{Type: "STATEMENT", Place: -1, From: dragoman.NoDay, To: dragoman.NoDay, Status: dragoman.Planned, AccordingTo: []int{1, 0},
			Telling: b.telling("return", "“he will\u00a0return 🇹🇩 to Қатар”"), Confidence: 0.3},
	}
	d.Ties = []dragoman.Tie{{Subject: 0, Object: 1, Relation: "related_to", Role: "envoy", From: dragoman.NoDay, To: dragoman.NoDay,
		Status: dragoman.Ongoing, Telling: b.telling("envoy", "𝔗he envoy from Чад"), Confidence: 0.8}}
	d.Notes = []dragoman.Note{{Code: "no-date", Text: "…"}}
	return *d
}

// TestSpans walks through the JSON: whatever has start, end and text must
// reproduce the characters, counted in code points.
func TestSpans(t *testing.T) {
	doc := full(t)
	b, err := export.NewReading(&doc, "test", 0).JSON()
	if err != nil {
		t.Fatal(err)
	}
	var reading map[string]any
	if err := json.Unmarshal(b, &reading); err != nil {
		t.Fatal(err)
	}
	text := []rune(reading["article"].(map[string]any)["text"].(string))
	if string(text) != hard {
		t.Errorf("the text is %q", string(text))
	}
	spans := 0
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case []any:
			for i, x := range v {
				walk(fmt.Sprintf("%s[%d]", path, i), x)
			}
		case map[string]any:
			for key, x := range v {
				walk(path+"."+key, x)
			}
			want, ok := v["text"].(string)
			start, ok2 := v["start"].(float64)
			end, ok3 := v["end"].(float64)
			if !ok || !ok2 || !ok3 {
				return
			}
			spans++
			if got := string(text[int(start):int(end)]); got != want {
				t.Errorf("%s: text[%v:%v] is %q, not %q", path, start, end, got, want)
			}
		}
	}
	walk("", reading)
	if want := 4 + 2 + 1 + 4 + 6 + 2; spans != want {
		t.Errorf("%d spans were compared, want %d", spans, want)
	}
	s := reading["article"].(map[string]any)["sentences"].([]any)[0].(map[string]any)
	if s["start"] != 0.0 || s["end"] != float64(utf8.RuneCountInString(hard)) {
		t.Errorf("the sentence is %v", s)
	}
}

// fields are those of docs/reading.md: what every record has, and after the
// bar what it may have.
var fields = map[string]string{
	"":             "schema version article actors places dates attributions events ties notes",
	"article":      "id title text url outlet language published sentences",
	"sentences":    "start end",
	"actors":       "id name kind mentions | title country sectors cameo member_of wikidata aliases",
	"mentions":     "start end text | kind",
	"places":       "id name kind lat lon geonames contained_in mentions | country",
	"dates":        "start end text from to",
	"attributions": "id source cue content manner medium stance parent",
	"source":       "actor anonymous | start end text",
	"cue":          "start end text",
	"content":      "start end text",
	"events": "id type modes contexts score actors recipients place from to status according_to trigger evidence plover confidence because " +
		"| cameo quad also casualties",
	"trigger":    "start end text",
	"evidence":   "start end text",
	"also":       "trigger evidence",
	"casualties": "| killed injured captured crowd",
	"crowd":      "| min max",
	"ties":       "id subject relation object from to status according_to trigger evidence confidence because | role",
	"notes":      "code text",
}

func TestFields(t *testing.T) {
	doc := full(t)
	b, err := export.NewReading(&doc, "test", 0).JSON()
	if err != nil {
		t.Fatal(err)
	}
	var reading any
	if err := json.Unmarshal(b, &reading); err != nil {
		t.Fatal(err)
	}
	var check func(name string, v any)
	check = func(name string, v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				check(name, x)
			}
		case map[string]any:
			must, may, _ := strings.Cut(fields[name], "|")
			allowed := map[string]bool{}
			for _, f := range strings.Fields(must) {
				allowed[f] = true
				if _, ok := v[f]; !ok {
					t.Errorf("%q lacks %q: %v", name, f, v)
				}
			}
			for _, f := range strings.Fields(may) {
				allowed[f] = true
			}
			for f, x := range v {
				if !allowed[f] {
					t.Errorf("%q has %q, which the reading does not know", name, f)
				}
				if list, ok := x.([]any); ok || x != nil {
					for _, y := range list {
						if y == nil {
							t.Errorf("%q has an empty item in %q", name, f)
						}
					}
					check(f, x)
				}
			}
		}
	}
	check("", reading)
}

// TestEmpty: lists are lists even where there is nothing.
func TestEmpty(t *testing.T) {
	doc := dragoman.Document{Article: dragoman.Article{ID: "x", Text: "é", Published: dragoman.NoDay}}
	b, err := export.NewReading(&doc, "test", 0).JSON()
	if err != nil {
		t.Fatal(err)
	}
	want := `{"schema":"dragoman/reading/1","version":"test","article":{"id":"x","title":null,"text":"é","url":null,"outlet":null,` +
		`"language":null,"published":null,"sentences":[]},"actors":[],"places":[],"dates":[],"attributions":[],"events":[],"ties":[],"notes":[]}`
	if string(b) != want {
		t.Errorf("got  %s\nwant %s", b, want)
	}
}

func TestRecords(t *testing.T) {
	doc := full(t)
	r := export.NewReading(&doc, "test", 0.5)
	if len(r.Events) != 1 || r.Events[0].ID != "e1" || len(r.Ties) != 1 {
		t.Errorf("below the confidence wanted: %v %v", r.Events, r.Ties)
	}
	var ids []string
	for _, a := range r.Actors {
		ids = append(ids, a.ID)
	}
	if got := strings.Join(ids, " "); got != "new:emile-zoe TCD AFG" {
		t.Errorf("actors %s: AFG is named by an event, XXX by nothing", got)
	}
	said := r.Attributions
	if said[0].Source.Actor == nil || *said[0].Source.Actor != "new:emile-zoe" {
		t.Errorf("the source of the first is %v, not whom its chain stands for", said[0].Source.Actor)
	}
	if said[1].Source.Actor == nil || *said[1].Source.Actor != "new:emile-zoe" || said[1].Source.Text != nil {
		t.Errorf("the second goes on from the first: %v", said[1].Source)
	}
	if c := r.Events[0].Casualties["crowd"]; *c.Min != 5 || c.Max != nil {
		t.Errorf("a crowd of five or more is %v", c)
	}
	if *r.Dates[0].From != "2025-03-02" || r.Dates[0].To != nil {
		t.Errorf("an open range is %v", r.Dates[0])
	}
}

// TestSourceInsideName: a source whose head stands inside a longer name is the
// actor of the smallest name around it.
func TestSourceInsideName(t *testing.T) {
	b := build(t, "The Bank of Oman said so.")
	bank := b.mention("Bank of Oman", dragoman.Name, -1)
	oman := b.mention("Oman", dragoman.Name, -1)
	b.d.Mentions[bank].Head = 1
	b.d.Mentions[oman].Head = 3
	b.d.Actors = []dragoman.Actor{{ID: "bank", Mentions: []int{bank}}, {ID: "OMN", Mentions: []int{oman}}}
	content, first, end := b.span("so.")
	for head, want := range map[int]string{0: "", 1: "bank", 2: "bank", 3: "OMN"} {
		b.d.Attributions = []dragoman.Attribution{{SourceHead: head, CueHead: -1, Content: content, First: first, End: end, Parent: -1, Continues: -1}}
		got := ""
		if a := export.NewReading(&b.d, "test", 0).Attributions[0].Source.Actor; a != nil {
			got = *a
		}
		if got != want {
			t.Errorf("token %d is %q, want %q", head, got, want)
		}
	}
}

// TestText writes whatever spans there are without breaking, and claims as claims.
func TestText(t *testing.T) {
	doc := full(t)
	var b strings.Builder
	if err := export.Text(&b, export.NewReading(&doc, "test", 0)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"The outlet tells", "According to", "CONSULT/visit", "Afghanistan", "since 2025-03-02", "crowd 5 or more", "note:", "related to"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
	doc.Events[0].Evidence = doc.Events[0].Trigger
	doc.Events[0].Trigger = dragoman.Span{Start: len(doc.Text) - 4, End: len(doc.Text)}
	if err := export.Text(&b, export.NewReading(&doc, "test", 0)); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkNewReading: twice the article must take twice the time.
func BenchmarkNewReading(b *testing.B) {
	for _, n := range []int{1000, 2000, 4000} {
		d := dragoman.Document{Article: dragoman.Article{Text: strings.Repeat("Oman said so. ", n)}}
		for i := range n {
			at := 14 * i
			for k, w := range []int{0, 5, 10} {
				d.Tokens = append(d.Tokens, dragoman.Token{Span: dragoman.Span{Start: at + w, End: at + w + []int{4, 4, 2}[k]}})
			}
			d.Mentions = append(d.Mentions, dragoman.Mention{Span: dragoman.Span{Start: at, End: at + 4}, First: 3 * i, End: 3*i + 1, Head: 3 * i, Form: dragoman.Name, Chain: i})
			d.Actors = append(d.Actors, dragoman.Actor{ID: fmt.Sprint(i), Mentions: []int{i}})
			d.Attributions = append(d.Attributions, dragoman.Attribution{SourceHead: 3 * i, CueHead: -1, Content: dragoman.Span{Start: at + 10, End: at + 12}, Parent: -1, Continues: -1})
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				export.NewReading(&d, "test", 0)
			}
		})
	}
}
