package syntax_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/syntax"
)

var parser *syntax.Parser

func load(t testing.TB) *syntax.Parser {
	t.Helper()
	if parser == nil {
		p, err := syntax.Load(data.Embedded())
		if err != nil {
			t.Fatal(err)
		}
		parser = p
	}
	return parser
}

func read(t testing.TB, text string) *dragoman.Document {
	t.Helper()
	d := &dragoman.Document{Article: dragoman.Article{Text: text}}
	d.Sentences, d.Tokens, d.Tags, d.Arcs = load(t).Read(text)
	return d
}

// Sentences are shown with "|" between them, tokens with spaces and joined
// ones with "_".
func TestTokensAndSentences(t *testing.T) {
	for _, c := range [][2]string{
		{"He didn't go.", "He did _n't go ."},
		{"The minister's aides can't say.", "The minister _'s aides ca _n't say ."},
		{"They’re here, “he said.”", "They _’re here , “ he said . ”"},
		{"She cannot stay.", "She can _not stay ."},
		{"Its the third vote; its outcome is open.", "It _s the third vote ; its outcome is open ."},
		{"Call (55)1234: 40%, or 30%).", "Call ( 55 ) 1234 : 40 % , or 30 % ) ."},
		{"A 12-day truce began.", "A 12 - day truce began ."},
		{"It cost $1,250.50 in all.", "It cost $ 1,250.50 in all ."},
		{"Mr. Okoro met Gen. Diaz. They spoke.", "Mr. Okoro met Gen. Diaz .|They spoke ."},
		{"He lives in the U.S. The rest moved.", "He lives in the U.S.|The rest moved ."},
		{"The U.S. Navy sailed.", "The U.S. Navy sailed ."},
		{"It ended at 5 p.m. They left.", "It ended at 5 p.m.|They left ."},
		{"M23’s men, and M23's.", "M23 _’s men , and M23 _'s ."},
		{"She wrote on X. Two men left.", "She wrote on X.|Two men left ."},
		{"He lives on 5th ave. near a park.", "He lives on 5th ave. near a park ."},
		{"See Messrs. 3 and 4.", "See Messrs. 3 and 4 ."},
		{"See No. 5 of the list.", "See No. 5 of the list ."},
		{"Envoys Seek ‘Fair Deal For Peru’", "Envoys Seek ‘ Fair Deal For Peru ’"},
		{"It was over. “We won,” he said.", "It was over .|“ We won , ” he said ."},
		{"“We won. We are free.” They cheered.", "“ We won .|We are free . ”|They cheered ."},
		{"Write to desk@example.org, or see https://example.org/a?b=1.", "Write to desk@example.org , or see https://example.org/a?b=1 ."},
		{"Envoys Meet In Lima\n\nThey talked.", "Envoys Meet In Lima|They talked ."},
		{"The talks went on until the\nmorning without result.", "The talks went on until the morning without result ."},
		{"LIMA, Peru (Wire) — The port is closed.", "LIMA , Peru ( Wire ) —|The port is closed ."},
		{"LIMA: The port is closed.", "LIMA :|The port is closed ."},
		{"UN-backed talks – the first – failed.", "UN - backed talks – the first – failed ."},
		{"(The port is closed.)", "( The port is closed . )"},
		{"The port is closed. 'We are waiting,' she said.", "The port is closed .|' We are waiting , ' she said ."},
		{"Leave the port! he shouted.", "Leave the port ! he shouted ."},
		{"The port . . . was closed.", "The port . . . was closed ."},
		{"They paid €15 for it (pilots)(guards)...in all.", "They paid € 15 for it ( pilots ) ( guards ) ... in all ."},
		{"", ""},
		{" \n\n\t", ""},
	} {
		d := read(t, c[0])
		var b strings.Builder
		for i, s := range d.Sentences {
			if i > 0 {
				b.WriteByte('|')
			}
			for j := s.First; j < s.End; j++ {
				if j > s.First {
					b.WriteByte(' ')
				}
				if d.Tokens[j].Joined {
					b.WriteByte('_')
				}
				b.WriteString(d.Form(j))
			}
		}
		if b.String() != c[1] {
			t.Errorf("%q\n got %s\nwant %s", c[0], b.String(), c[1])
		}
	}
}

// Arcs are shown as dependent<relation<head.
func TestTrees(t *testing.T) {
	for _, c := range []struct{ text, arcs string }{
		{"The minister visited Lima on Tuesday.", "minister<nsubj<visited visited<root Lima<obj<visited Tuesday<obl<visited"},
		{"Two soldiers were killed by rebels.", "soldiers<nsubj:pass<killed were<aux:pass<killed killed<root"},
		{"The spokesman said that the talks had failed.", "spokesman<nsubj<said said<root failed<ccomp<said talks<nsubj<failed that<mark<failed"},
		{"Police did not arrest anyone.", "Police<nsubj<arrest not<advmod<arrest anyone<obj<arrest"},
		{"Peru Recalls Envoy From Lagos", "Peru<nsubj<Recalls Recalls<root Envoy<obj<Recalls"},
		{"Ten fishermen rescued in storm", "fishermen<nsubj:pass<rescued rescued<root storm<obl<rescued"},
		{"“We will leave,” the general said.", "We<nsubj<leave leave<ccomp<said general<nsubj<said said<root"},
		{"Envoys Seek 'Fair Deal For Peru'", "Envoys<nsubj<Seek Seek<root Deal<obj<Seek Peru<nmod<Deal '<punct<Deal"},
		{"LIMA (Wire) – The general said he would leave.", "general<nsubj<said said<root leave<ccomp<said"},
		{"The group's leader wants to leave the alliance.", "group<nmod:poss<leader leader<nsubj<wants leave<xcomp<wants alliance<obj<leave"},
	} {
		d := read(t, c.text)
		for want := range strings.FieldsSeq(c.arcs) {
			part := strings.Split(want, "<")
			found := ""
			for i, a := range d.Arcs {
				if d.Form(i) == part[0] {
					found = part[0] + "<" + a.Rel
					if a.Head >= 0 {
						found += "<" + d.Form(a.Head)
					}
					break
				}
			}
			if found != want {
				t.Errorf("%s: got %s, want %s", c.text, found, want)
			}
		}
	}
}

func TestTags(t *testing.T) {
	for _, c := range []struct {
		text string
		at   int
		want string // lemma POS XPOS and a feature
	}{
		{"The troops withdrew.", 2, "withdraw VERB VBD Tense=Past"},
		{"The women fled.", 1, "woman NOUN NNS Number=Plur"},
		{"Ten people were killed.", 3, "kill VERB VBN Voice=Pass"},
		{"Kenya has denied it.", 2, "deny VERB VBN Tense=Past"},
		{"Their army fought.", 0, "their PRON PRP$ Poss=Yes"},
		{"She will not say.", 2, "not PART RB Polarity=Neg"},
	} {
		d := read(t, c.text)
		g := d.Tags[c.at]
		w := strings.Fields(c.want)
		if g.Lemma != w[0] || g.POS.String() != w[1] || g.XPOS != w[2] || !g.Has(w[3]) {
			t.Errorf("%s: %s is %s %s %s %s, want %s", c.text, d.Form(c.at), g.Lemma, g.POS, g.XPOS, g.Feats, c.want)
		}
	}
}

// sound checks what every reading promises.
func sound(t *testing.T, d *dragoman.Document) {
	t.Helper()
	if len(d.Tags) != len(d.Tokens) || len(d.Arcs) != len(d.Tokens) {
		t.Fatalf("%d tokens, %d tags, %d arcs", len(d.Tokens), len(d.Tags), len(d.Arcs))
	}
	last, token := 0, 0
	for _, s := range d.Sentences {
		if s.First != token || s.End <= s.First || s.Start < last || s.Span.End > len(d.Text) {
			t.Fatalf("sentence %+v after token %d, byte %d", s, token, last)
		}
		roots := 0
		for i := s.First; i < s.End; i++ {
			if w := d.Tokens[i]; w.Start < last || w.Empty() || !s.Contains(w.Span) {
				t.Fatalf("token %+v of %+v after byte %d", w, s, last)
			}
			last = d.Tokens[i].End
			steps, h := 0, i
			for h >= 0 && steps <= s.End-s.First {
				h = d.Arcs[h].Head
				steps++
				if h >= 0 && (h < s.First || h >= s.End) {
					t.Fatalf("the head %d of %d is outside %+v", h, i, s)
				}
			}
			if h >= 0 {
				t.Fatalf("token %d hangs in a circle", i)
			}
			if d.Arcs[i].Head < 0 {
				roots++
			}
			if (d.Arcs[i].Head < 0) != (d.Arcs[i].Rel == "root") {
				t.Fatalf("token %d has the head %d and is %s", i, d.Arcs[i].Head, d.Arcs[i].Rel)
			}
		}
		if roots != 1 {
			t.Fatalf("%d roots in %+v", roots, s)
		}
		token = s.End
	}
	if token != len(d.Tokens) {
		t.Fatalf("%d tokens of %d are in a sentence", token, len(d.Tokens))
	}
}

// A name that one sentence does not show to be one is one where others do.
func TestNounsAgreeOnThePage(t *testing.T) {
	tags := func(text, form string) (out []string) {
		d := read(t, text)
		for i := range d.Tokens {
			if d.Form(i) == form {
				out = append(out, d.Tags[i].POS.String())
			}
		}
		return out
	}
	const alone, others = "The Contract was in their hands.", " Minister Lena Contract left. Mr. Contract spoke to Anna Contract."
	if got := tags(alone, "Contract"); !slices.Equal(got, []string{"NOUN"}) {
		t.Errorf("%q: %v", alone, got)
	}
	for i, got := range tags(alone+others, "Contract") {
		if got != "PROPN" {
			t.Errorf("Contract %d of %q is %s", i, alone+others, got)
		}
	}
}

func TestHostileTexts(t *testing.T) {
	for _, c := range []struct {
		name, unit string
		n          int
	}{
		{"brackets", "(", 50000}, {"quotes", "\"", 20000}, {"one long word", "a", 1 << 18}, {"one long line", "and so it goes on ", 8000},
		{"lines", "a\n", 20000}, {"wrapped", "A line of words that stops here\n", 4000}, {"marks", ".!?;", 8000}, {"not text", "\xff\xfe\x00", 10000},
		{"accents", "e\u0301", 20000}, {"n't", "n't", 10000}, {"at", "@.", 10000}, {"www", "www.", 10000}, {"slashes", "://", 10000},
	} {
		sound(t, read(t, strings.Repeat(c.unit, c.n)))
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"He didn't.", "A.\n\nB", "“It’s over,” she said. (Reuters)", "1.) a\n2.) b", "U.S. a@b.c www.x '", "\xff", "don't won't 'tis '90s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { sound(t, read(t, text)) })
}

func TestConcurrent(t *testing.T) {
	load(t)
	text := "The envoy said on Monday that both sides wanted peace. They will meet again."
	want := read(t, text)
	done := make(chan bool)
	for range 4 {
		go func() {
			same := true
			for range 50 {
				_, _, _, arcs := parser.Read(text)
				for i := range arcs {
					same = same && arcs[i] == want.Arcs[i]
				}
			}
			done <- same
		}()
	}
	for range 4 {
		if !<-done {
			t.Error("readings differ")
		}
	}
}

const conllu = `# newdoc id = one
# newpar
# sent_id = one-1
# text = They don't agree (yet).
1	They	they	PRON	PRP	Case=Nom|Number=Plur	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	do	AUX	VBP	_	4	aux	_	_
3	n't	not	PART	RB	Polarity=Neg	4	advmod	_	_
4	agree	agree	VERB	VB	VerbForm=Inf	0	root	_	_
5	(	(	PUNCT	-LRB-	_	6	punct	_	SpaceAfter=No
6	yet	yet	ADV	RB	_	4	advmod	_	SpaceAfter=No
7	)	)	PUNCT	-RRB-	_	6	punct	_	SpaceAfter=No
8	.	.	PUNCT	.	_	4	punct	_	SpacesAfter=\s\n

# sent_id = one-2
# text = They left.
1	They	they	PRON	PRP	_	2	nsubj	_	_
2	left	leave	VERB	VBD	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

`

func TestCoNLLU(t *testing.T) {
	docs, err := syntax.ReadCoNLLU(strings.NewReader(conllu))
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 1 || docs[0].Text != "They don't agree (yet). \nThey left." {
		t.Fatalf("documents %+v", docs)
	}
	sound(t, docs[0])
	if d := docs[0]; !d.Tokens[2].Joined || d.Form(2) != "n't" || d.Arcs[2].Head != 3 {
		t.Errorf("n't is %+v %+v", docs[0].Tokens[2], docs[0].Arcs[2])
	}
	var b bytes.Buffer
	if err := syntax.WriteCoNLLU(&b, docs...); err != nil {
		t.Fatal(err)
	}
	if b.String() != conllu {
		t.Errorf("written\n%s", b.String())
	}
}

func TestCoNLLUFaults(t *testing.T) {
	for _, c := range [][2]string{
		{"1\tA\n", "line 1: 2 columns"},
		{"# x\n2\tA\ta\tX\t_\t_\t0\troot\t_\t_\n", "line 2: the word number"},
		{"1\tA\ta\tX\t_\t_\t7\tdep\t_\t_\n\n", "line 2: word 1 has the head 7"},
		{"1-2\tAb\t_\t_\t_\t_\t_\t_\t_\t_\n1\tA\ta\tX\t_\t_\t0\troot\t_\t_\n\n", "line 3: the sentence ends within"},
		{"1\tA\ta\tX\t_\t_\tx\tdep\t_\t_\n", "line 1: the head"},
	} {
		_, err := syntax.ReadCoNLLU(strings.NewReader(c[0]))
		if err == nil || !strings.HasPrefix(err.Error(), c[1]) {
			t.Errorf("%q: %v, want %s", c[0], err, c[1])
		}
	}
}

// What Read finds can be written, read back and parsed again as given words.
func TestRoundTrip(t *testing.T) {
	d := read(t, "Lima Hosts Talks\n\nThe sides didn't meet.\tThey will on\nMonday, a spokesman's aide said.\n")
	var b bytes.Buffer
	if err := syntax.WriteCoNLLU(&b, d); err != nil {
		t.Fatal(err)
	}
	back, err := syntax.ReadCoNLLU(&b)
	if err != nil {
		t.Fatal(err)
	}
	if back[0].Text != d.Text {
		t.Errorf("text %q", back[0].Text)
	}
	for i := range d.Tokens {
		if back[0].Tokens[i] != d.Tokens[i] || back[0].Tags[i] != d.Tags[i] || back[0].Arcs[i] != d.Arcs[i] {
			t.Errorf("token %d: %+v %+v", i, back[0].Tokens[i], back[0].Tags[i])
		}
	}
	tags, arcs := load(t).Parse(back[0].Text, back[0].Sentences, back[0].Tokens)
	for i := range tags {
		if tags[i] != d.Tags[i] || arcs[i] != d.Arcs[i] {
			t.Errorf("token %d parsed as %+v %+v", i, tags[i], arcs[i])
		}
	}
}

func TestTrainTwiceGivesTheSameBytes(t *testing.T) {
	docs, err := syntax.ReadCoNLLU(strings.NewReader(strings.Repeat(conllu, 6)))
	if err != nil {
		t.Fatal(err)
	}
	raw := func(yield func(string) bool) {
		for range 20 {
			if !yield("They agree. They left the room. We agree.\n") {
				return
			}
		}
	}
	var first []byte
	for range 2 {
		w, err := syntax.Train(data.Embedded(), docs, syntax.Options{Rounds: 2, Reading: 1, Raw: raw}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if first != nil && !bytes.Equal(first, w) {
			t.Error("other bytes")
		}
		first = w
	}
	if _, err := syntax.Train(data.Embedded(), nil, syntax.Options{}, nil); err == nil {
		t.Error("trained on nothing")
	}
}

const sample = `The foreign minister said on Tuesday that his country would not send troops across the border, despite "serious threats" from armed groups. "We want peace," he told reporters in the capital. Officials from both governments are expected to meet next week, according to a statement.

`

func BenchmarkRead(b *testing.B) {
	bench(b, func(p *syntax.Parser, s string) int { _, t, _, _ := p.Read(s); return len(t) })
}

func BenchmarkSegment(b *testing.B) {
	bench(b, func(p *syntax.Parser, s string) int { _, t := p.Segment(s); return len(t) })
}

func BenchmarkParse(b *testing.B) {
	text := strings.Repeat(sample, 20)
	s, t := load(b).Segment(text)
	bench(b, func(p *syntax.Parser, _ string) int { p.Parse(text, s, t); return len(t) })
}

func bench(b *testing.B, read func(*syntax.Parser, string) int) {
	p := load(b)
	text := strings.Repeat(sample, 20)
	words := 0
	b.ReportAllocs()
	for b.Loop() {
		words += read(p, text)
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := syntax.Load(data.Embedded()); err != nil {
			b.Fatal(err)
		}
	}
}
