package attribution

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/sketch"
)

func load(t testing.TB) *Finder {
	t.Helper()
	f, err := Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// example is a document of testdata/cases.conllu and what must be found in it.
type example struct {
	doc  dragoman.Document
	says []string
}

// examples reads CoNLL-U; words stand in the text as their forms, in order.
func examples(t testing.TB) []example {
	t.Helper()
	b, err := os.ReadFile("testdata/cases.conllu")
	if err != nil {
		t.Fatal(err)
	}
	var all []example
	at, first := 0, 0
	newpar := false
	end := func() {
		if len(all) == 0 {
			return
		}
		d := &all[len(all)-1].doc
		if n := len(d.Tokens); n > first {
			d.Sentences = append(d.Sentences, dragoman.Sentence{
				Span:  dragoman.Span{Start: d.Tokens[first].Start, End: d.Tokens[n-1].End},
				First: first, End: n})
			first = n
		}
	}
	for _, line := range strings.Split(string(b), "\n") {
		switch {
		case line == "# newdoc":
			end()
			all = append(all, example{})
			at, first, newpar = 0, 0, false
		case strings.HasPrefix(line, "# says "):
			e := &all[len(all)-1]
			e.says = append(e.says, strings.TrimPrefix(line, "# says "))
		case line == "# newpar":
			newpar = true
		case strings.HasPrefix(line, "# text = "):
			end()
			d := &all[len(all)-1].doc
			if d.Text != "" && newpar {
				d.Text += "\n\n"
			} else if d.Text != "" {
				d.Text += " "
			}
			newpar = false
			at = len(d.Text)
			d.Text += strings.TrimPrefix(line, "# text = ")
		case line == "":
			end()
		case line[0] != '#':
			f := strings.Split(line, "\t")
			if strings.Contains(f[0], "-") {
				continue
			}
			d := &all[len(all)-1].doc
			i := strings.Index(d.Text[at:], f[1])
			if i < 0 {
				t.Fatalf("%q is not in %q", f[1], d.Text[at:])
			}
			span := dragoman.Span{Start: at + i, End: at + i + len(f[1])}
			at = span.End
			head, err := strconv.Atoi(f[6])
			if err != nil {
				t.Fatal(err)
			}
			d.Tokens = append(d.Tokens, dragoman.Token{Span: span})
			feats := f[5]
			if feats == "_" {
				feats = ""
			}
			d.Tags = append(d.Tags, dragoman.Tag{Lemma: f[2], POS: dragoman.ParsePOS(f[3]), XPOS: f[4], Feats: feats})
			d.Arcs = append(d.Arcs, dragoman.Arc{Head: first + head - 1, Rel: f[7]})
			if head == 0 {
				d.Arcs[len(d.Arcs)-1].Head = -1
			}
		}
	}
	end()
	return all
}

func say(d *dragoman.Document, a dragoman.Attribution) string {
	named := "named"
	if a.Anonymous {
		named = "unnamed"
	}
	return fmt.Sprintf("%s | %s | %s | %s | %s | %s | %s | %d | %d", d.TextOf(a.Source), d.TextOf(a.Cue),
		d.TextOf(a.Content), a.Manner, a.Medium, a.Stance, named, a.Parent, a.Continues)
}

func TestFind(t *testing.T) {
	f := load(t)
	all := examples(t)
	if len(all) < 40 {
		t.Fatalf("%d examples", len(all))
	}
	for _, e := range all {
		var got []string
		for _, a := range f.Find(&e.doc) {
			got = append(got, say(&e.doc, a))
		}
		if g, w := strings.Join(got, "\n"), strings.Join(e.says, "\n"); g != w {
			t.Errorf("%s\ngot\n%s\nwant\n%s", e.doc.Text, g, w)
		}
		check(t, &e.doc, f.Find(&e.doc))
	}
}

// check fails where an attribution points out of the document.
func check(t testing.TB, d *dragoman.Document, all []dragoman.Attribution) {
	t.Helper()
	valid := func(s dragoman.Span) bool { return s.Start >= 0 && s.Start <= s.End && s.End <= len(d.Text) }
	for i, a := range all {
		if !valid(a.Source) || !valid(a.Cue) || !valid(a.Content) || a.First < 0 || a.First > a.End || a.End > len(d.Tokens) {
			t.Fatalf("%d: spans out of the text: %+v", i, a)
		}
		if a.First < a.End && (a.Content.Start != d.Tokens[a.First].Start || a.Content.End != d.Tokens[a.End-1].End) {
			t.Fatalf("%d: content and its tokens differ: %+v", i, a)
		}
		if a.Source.Empty() != (a.SourceHead < 0) || a.SourceHead >= len(d.Tokens) || a.Cue.Empty() != (a.CueHead < 0) || a.CueHead >= len(d.Tokens) {
			t.Fatalf("%d: heads: %+v", i, a)
		}
		if a.SourceHead >= 0 && !a.Source.Contains(d.Tokens[a.SourceHead].Span) || a.CueHead >= 0 && !a.Cue.Contains(d.Tokens[a.CueHead].Span) {
			t.Fatalf("%d: a head outside of its span: %+v", i, a)
		}
		if a.Parent >= len(all) || a.Continues >= i {
			t.Fatalf("%d: parent or continues: %+v", i, a)
		}
		up := a.Parent
		for n := 0; up >= 0; n++ {
			if n > len(all) {
				t.Fatalf("%d: its parents go in a circle", i)
			}
			up = all[up].Parent
		}
	}
}

func TestLoad(t *testing.T) {
	f := load(t)
	n := 0
	for _, list := range f.cues {
		n += len(list)
	}
	if n < 400 || len(f.sources) < 100 {
		t.Errorf("%d cues, %d sources", n, len(f.sources))
	}
}

func TestQuotations(t *testing.T) {
	for text, want := range map[string]string{
		`He said "no" twice.`:                       `"no"`,
		`“One.” “Two.”`:                             `“One.”|“Two.”`,
		"“One.\n\n“Two.” he said.":                  `“One.|“Two.”`,
		`The soldiers' pay is 'too low', he said.`:  `'too low'`,
		`the '90s weren't "easy"`:                   `"easy"`,
		`It is 5" wide.`:                            ``,
		`He said "never again and left.`:            ``,
		"She said ''stay'' and ``go''.":             "''stay''|``go''",
		`“Never," he said. “No,“ she said.`:         `“Never,"|“No,“`,
		`“He said ‘no’ to me,” she said.`:           `“He said ‘no’ to me,”`,
		"\"Never again.\n\nThe city is \"quiet\" .": `"quiet"`,
	} {
		var got []string
		for _, q := range quotations(text, paragraphs(text)) {
			got = append(got, text[q.Start:q.End])
		}
		if g := strings.Join(got, "|"); g != want {
			t.Errorf("%q: got %q, want %q", text, g, want)
		}
	}
}

// words makes a document of the words of text, with tags and arcs that seed
// decides.
func words(text string, seed []byte) dragoman.Document {
	d := dragoman.Document{Article: dragoman.Article{Text: strings.ToValidUTF8(text, "?")}}
	rels := []string{"nsubj", "ccomp", "obj", "root", "acl:relcl", "xcomp", "conj", "parataxis", "obl", "case", "mark", "advcl", "aux", "nsubj:pass", "appos", "punct"}
	tags := []string{"VBD", "VBZ", "NN", "VBN", "VBG", "IN"}
	at := func(i int) int {
		if len(seed) == 0 {
			return i * 7
		}
		return int(seed[i%len(seed)]) + i/len(seed)
	}
	for i := 0; i < len(d.Text); {
		n := 1
		for d.Text[i] > ' ' && i+n < len(d.Text) && d.Text[i+n] > ' ' && !strings.ContainsAny(d.Text[i+n-1:i+n+1], `.,:"`) {
			n++
		}
		if d.Text[i] > ' ' {
			k := len(d.Tokens)
			d.Tokens = append(d.Tokens, dragoman.Token{Span: dragoman.Span{Start: i, End: i + n}})
			d.Tags = append(d.Tags, dragoman.Tag{Lemma: strings.ToLower(d.Text[i : i+n]), POS: dragoman.POS(at(k) % 17), XPOS: tags[at(k+1)%len(tags)]})
			d.Arcs = append(d.Arcs, dragoman.Arc{Head: k + at(k+2)%9 - 4, Rel: rels[at(k+3)%len(rels)]})
		}
		i += n
	}
	for i := 0; i < len(d.Tokens); {
		n := min(1+at(i)%40, len(d.Tokens)-i)
		d.Sentences = append(d.Sentences, dragoman.Sentence{
			Span:  dragoman.Span{Start: d.Tokens[i].Start, End: d.Tokens[i+n-1].End},
			First: i, End: i + n})
		for k := i; k < i+n; k++ {
			if h := d.Arcs[k].Head; h < i || h >= i+n {
				d.Arcs[k].Head = -1
			}
		}
		i += n
	}
	return d
}

func FuzzFind(f *testing.F) {
	finder := load(f)
	f.Add(`"We go," said X. "Now." X told Y that Z, according to a statement`, []byte{3, 16, 7, 1, 0, 9})
	f.Add("“One.\n\n“Two,” he said: \"three\" ' and ''four", []byte{16, 16, 16, 2, 1})
	f.Add("0 0 0 0\"ACCording to 0,0", []byte("X01)0"))
	f.Add("Ask \"!\"", []byte("0008070"))
	f.Add("Minister: accused X of going as saying that reportedly", []byte{200, 16, 33, 8})
	for _, e := range examples(f) {
		f.Add(e.doc.Text, []byte{16, 11, 8, 5, 3, 1})
	}
	f.Fuzz(func(t *testing.T, text string, seed []byte) {
		d := words(text, seed)
		check(t, &d, finder.Find(&d))
	})
}

// TestLong reads what hostile texts repeat: were reading quadratic in it, the tests would
// never come to their end.
func TestLong(t *testing.T) {
	f := load(t)
	for _, piece := range []string{`"a `, `said `, `"a," he said. `, "“x\n\n", `the truce , he said , `, `that `} {
		d := words(strings.Repeat(piece, 300_000/len(piece)), []byte{16, 8, 16, 3, 11, 8, 1})
		check(t, &d, f.Find(&d))
		d.Sentences = []dragoman.Sentence{{Span: dragoman.Span{End: len(d.Text)}, End: len(d.Tokens)}}
		check(t, &d, f.Find(&d))
	}
}

// What something is like is no saying: "trade has been promising".
func TestDescribedIsNoCue(t *testing.T) {
	for sentence, want := range map[string]int{
		"Trade|trade/NN/4/nsubj has|have/VBZ/4/aux been|be/VBN/4/aux promising|promise/VBG/0/root ././4/punct":    0,
		"Chad/NNP/3/nsubj is|be/VBZ/3/aux promising|promise/VBG/0/root to/TO/5/mark leave/VB/3/xcomp ././3/punct": 1,
	} {
		if got := load(t).Find(sketch.Document(sentence)); len(got) != want {
			t.Errorf("%s: %d attributions, want %d", sentence, len(got), want)
		}
	}
}

// A noun of saying that only repeats its verb is no second cue.
func TestStatementIsNoSecondCue(t *testing.T) {
	d := sketch.Document("Chad/NNP/2/nsubj said|say/VBD/0/root in/IN/5/case a/DT/5/det statement/NN/2/obl that/IN/8/mark Mali/NNP/8/nsubj attacked|attack/VBD/5/acl")
	all := load(t).Find(d)
	if len(all) != 1 || d.TextOf(all[0].Source) != "Chad" || all[0].Medium != "statement" {
		t.Errorf("got %+v", all)
	}
}

// TestObjects wants what is told by its noun alone to be told, in the passive too, and a
// deed to be claimed by who can speak.
func TestObjects(t *testing.T) {
	f := load(t)
	for _, c := range []struct{ sentence, want string }{
		{"Chad/NNP/2/nsubj claimed|claim/VBD/0/root an/DT/4/det attack/NN/2/obj ././2/punct", "Chad: an attack"},
		{"Floods|flood/NNS/2/nsubj claimed|claim/VBD/0/root ten/CD/4/nummod lives|life/NNS/2/obj ././2/punct", ""},
		{"The/DT/2/det raid/NN/4/nsubj:pass was|be/VBD/4/aux:pass claimed|claim/VBN/0/root by/IN/6/case Chad/NNP/4/obl:agent ././4/punct", "Chad: The raid"},
		{"The/DT/2/det raid/NN/4/nsubj:pass was|be/VBD/4/aux:pass announced|announce/VBN/0/root by/IN/6/case Chad/NNP/4/obl:agent ././4/punct", "Chad: The raid"},
		{"The/DT/2/det raid/NN/4/nsubj:pass was|be/VBD/4/aux:pass announced|announce/VBN/0/root ././4/punct", ""},
	} {
		d := sketch.Document(c.sentence)
		var got []string
		for _, a := range f.Find(d) {
			got = append(got, d.TextOf(a.Source)+": "+d.TextOf(a.Content))
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%s: got %q, want %q", d.Text, g, c.want)
		}
	}
}
