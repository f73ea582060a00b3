package dictionary_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/dictionary"
	"dragoman/pattern"
	"dragoman/syntax"
)

const verbs = `<!-- sets of synonyms -->
&TAXES
+TOLL
+HARBOUR DUTY

&NOT_
+DID N'T
+WILL NOT

&NAVAL
+NAVY_
+&TAXES

--- ASK [020] ---
ASK
+CALL_ON {+CALLED_ON +CALLS_ON} [025]
- * AID [0231]
- * FOR_HELP [022]
- WILL * AID [0239]

--- CONDEMN [111] ---
CONDEMN
ASSAIL [112]

--- MEET [040:041] ---
MEET {MET MEETS}
- % WILL * [030:030]
- * WITH % [046]

--- RAISE [---] ---
RAISE
- * &TAXES [1621]
- &NOT * &TAXES [0841]
- * NEW_&TAXES [1622]
- * FLAG [###]

--- TAKE [---] ---
TAKE {TOOK TAKEN}
- * MONEY FROM $ [071]
- + * BLAME [---]
- * LETTER ^ TO + [075]

--- ATTACK [190] ---
ATTACK
- * CROSSWORD [---]

--- SAY [010] ---
SAY {SAID SAYS}

--- DENY [:012] ---
DENY

--- EXPEL [200] ---
EXPEL {EXPELLED EXPELS}
- * &NAVAL [201]
- * {HARBOUR MASTERS} (OF) [202]

--- WANT [---] ---
WANT

~ a (a b ATTACK) WANT = a b 138
~ a (b . ATTACK) SAY = a b 112
`

const discards = `+GRAND REGATTA
CHESS
`

var tools = sync.OnceValues(func() (*syntax.Parser, *pattern.Grammar) {
	p, err := syntax.Load(data.Embedded())
	if err != nil {
		panic(err)
	}
	g, err := pattern.LoadGrammar(data.Embedded())
	if err != nil {
		panic(err)
	}
	return p, g
})

// read reads a text of the first of May 2012.
func read(text string) *dragoman.Document {
	p, _ := tools()
	d := &dragoman.Document{Article: dragoman.Article{Text: text, Published: dragoman.DayOf(2012, 5, 1)}}
	d.Sentences, d.Tokens, d.Tags, d.Arcs = p.Read(text)
	return d
}

func newCoder(t testing.TB) *dictionary.Coder {
	d, faults := load(t, actors, agents, verbs, discards)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	_, g := tools()
	return dictionary.NewCoder(d, g)
}

func told(codings []dictionary.Coding) string {
	var all []string
	for _, c := range codings {
		all = append(all, c.Source.Code+" "+c.Target.Code+" "+c.Code)
	}
	return strings.Join(all, ", ")
}

func TestCode(t *testing.T) {
	c := newCoder(t)
	for _, x := range []struct{ name, text, want string }{
		{"the verb's own code", "Verdania condemned Kolmar.", "VER KOL 111"},
		{"a code of one verb of a block", "Verdania assailed Kolmar.", "VER KOL 112"},
		{"a regular form", "Verdania is condemning Kolmar.", "VER KOL 111"},
		{"a verb of two words", "Verdania called on Kolmar.", "VER KOL 025"},
		{"a pattern", "Verdania asked Kolmar for aid.", "VER KOL 0231"},
		{"words side by side", "Verdania asked for help from Kolmar.", "VER KOL 022"},
		{"not side by side", "Verdania asked for urgent help from Kolmar.", "VER KOL 020"},
		{"an article stands between side by side", "Verdania asked for the help of Kolmar.", "VER KOL 022"},
		{"the narrower pattern first", "Verdania will ask Kolmar for aid.", "VER KOL 0239"},
		{"words before a comma are another clause's", "If it will help, Verdania asks Kolmar for aid.", "VER KOL 0231"},
		{"the passive", "Kolmar was condemned by Verdania.", "VER KOL 111"},
		{"the passive without whoever did it", "Kolmar was condemned.", ""},
		{"the subject of two verbs", "Verdania met Kolmar and assailed Rudi Stanek.", "VER KOL 040, KOL VER 041, VER VERGOV 112"},
		{"a relative clause", "Verdania, which condemned Kolmar, is an island.", "VER KOL 111"},
		{"agents", "Verdanian soldiers attacked Kolmar police.", "VERMIL KOLCOP 190"},
		{"an agent of nobody", "Soldiers attacked Kolmar police.", "---MIL KOLCOP 190"},
		{"nobody", "The storm attacked Kolmar.", ""},
		{"a null name", "The Ghost Ship attacked Kolmar.", ""},
		{"two targets", "Rudi Stanek condemned Verdania and Kolmar.", "VERGOV VER 111, VERGOV KOL 111"},
		{"two sources, one agent", "The soldiers of Verdania and Kolmar attacked Port Kolmar.", "VERMIL KOLPRT 190, KOLMIL KOLPRT 190"},
		{"a shared name", "Verdanian soldiers and police attacked Kolmar.", "VERMIL KOL 190, VERCOP KOL 190"},
		{"a name of two", "Rudi Stanek condemned the League of Cities.", "VERGOV VER 111, VERGOV KOL 111"},
		{"a paired code", "Verdania met Kolmar.", "VER KOL 040, KOL VER 041"},
		{"a paired code of two together", "Verdania and Kolmar met.", "VER KOL 040, KOL VER 040, VER KOL 041, KOL VER 041"},
		{"a compound before the verb", "Verdania and Kolmar will meet.", "VER KOL 030, KOL VER 030"},
		{"a compound behind the verb", "Rudi Stanek met with Verdania and Kolmar.", "VERGOV VER 046, VERGOV KOL 046"},
		{"only the way back", "Verdania denied Kolmar.", "KOL VER 012"},
		{"a verb without a code", "Verdania raised Kolmar.", ""},
		{"a pattern without a code", "Verdania attacked the crossword of Kolmar.", ""},
		{"a set of synonyms", "Verdania raised tolls for Kolmar.", "VER KOL 1621"},
		{"a synonym of two words", "Verdania raised the harbour duty for Kolmar.", "VER KOL 1621"},
		{"a set beside a word", "Verdania raised new tolls for Kolmar.", "VER KOL 1622"},
		{"a set before the verb", "Verdania did n't raise the tolls for Kolmar.", "VER KOL 0841"},
		{"a set in a set", "Verdania expelled the harbour duty men of Kolmar.", "VER KOL 201"},
		{"brackets of the later format", "Verdania expelled harbour masters of Kolmar.", "VER KOL 202"},
		{"a pattern that names the source", "Verdania took money from Kolmar.", "KOL VER 071"},
		{"a phrase passed over", "Verdania took a letter of Rudi Stanek to Kolmar.", "VER KOL 075"},
		{"the target is not the source", "Verdania attacked a Verdanian on Monday and on Tuesday in Kolmar.", "VER KOL 190"},
		{"what is said is not coded besides", "Verdania said Kolmar condemned Rudi Stanek.", "VER KOL 010"},
		{"without a code the search goes on within", "Verdania wants to condemn Kolmar.", "VER KOL 111"},
		{"a transformation", "Verdania said Kolmar attacked Rudi Stanek.", "VER KOL 112"},
		{"a transformation of a verb without a code", "Verdania wants to attack Kolmar.", "VER KOL 138"},
		{"a pronoun is the nearest before", "Verdania promised it condemned Kolmar.", "VER KOL 111"},
		{"not whoever is named in a clause of circumstance", "Verdania condemned the raid after Kolmar police left.", ""},
		{"once", "Verdania condemned Kolmar and condemned Kolmar.", "VER KOL 111"},
		{"a discarded sentence", "Verdania condemned Kolmar at chess. Kolmar condemned Verdania.", "KOL VER 111"},
		{"a discarded story", "Verdania condemned Kolmar. The Grand Regatta began.", ""},
		{"no verb of that form", "Verdania condemnes Kolmar.", ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			if have := told(c.Code(read(x.text))); have != x.want {
				t.Errorf("%s\nhave %s\nwant %s", x.text, have, x.want)
			}
		})
	}
}

// A coding says where it stands in the text and which line decided.
func TestCodingShowsItsEvidence(t *testing.T) {
	d := read("On Monday the Verdanian soldiers asked police of Kolmar for aid again.")
	all := newCoder(t).Code(d)
	if len(all) != 1 {
		t.Fatal(all)
	}
	c := all[0]
	have := fmt.Sprintf("%s|%s|%s|%s|%s|%s|%s", d.TextOf(c.Evidence), d.TextOf(c.Source.Span), d.Form(c.Source.Head), d.TextOf(c.Target.Span), d.Form(c.Target.Head), d.Form(c.Verb), c.Where)
	want := "the Verdanian soldiers asked police of Kolmar|the Verdanian soldiers|soldiers|police of Kolmar|police|asked|c.txt:17"
	if have != want {
		t.Errorf("have %s\nwant %s", have, want)
	}
}

func TestOptions(t *testing.T) {
	c := newCoder(t)
	for _, x := range []struct {
		options    dictionary.Options
		text, want string
	}{
		{dictionary.Options{Nobody: true}, "The storm attacked Kolmar.", "--- KOL 190"},
		{dictionary.Options{Nobody: true}, "Verdania condemned the wind.", "VER --- 111"},
		{dictionary.Options{Nobody: true}, "Verdania condemned today.", ""},
		{dictionary.Options{Unknown: 3}, "The storm attacked Kolmar.", `"THE STORM" KOL 190`},
		{dictionary.Options{Unknown: 1}, "The storm attacked Kolmar.", ""},
		{dictionary.Options{Unknown: 4}, "Gudrun's aunt Hilda condemned the Gazette of Brook.", `"GUDRUN AUNT HILDA" "THE GAZETTE OF BROOK" 111`},
	} {
		c.Options = x.options
		if have := told(c.Code(read(x.text))); have != x.want {
			t.Errorf("%+v %s\nhave %s\nwant %s", x.options, x.text, have, x.want)
		}
	}
}

// A text that nobody wrote costs no more than another of its length.
func TestHostileTexts(t *testing.T) {
	c := newCoder(t)
	for _, x := range []string{
		strings.Repeat("asked ", 3000),
		"Verdania " + strings.Repeat("and Kolmar ", 2000) + "met " + strings.Repeat("Verdania and ", 2000) + "Kolmar.",
		strings.Repeat("Verdania said that ", 1000) + "Kolmar attacked.",
		"Verdania took " + strings.Repeat("a letter to ", 2000) + "nobody.",
		strings.Repeat("League League of of ", 1000) + ".",
	} {
		if n := len(c.Code(read(x))); n > 5000 {
			t.Errorf("%.30s…: %d codings", x, n)
		}
	}
}

func BenchmarkCode(b *testing.B) {
	c := newCoder(b)
	var text strings.Builder
	for i := range 200 {
		fmt.Fprintf(&text, "The soldiers of Verdania and Kolmar, who met on day %d, asked the police in Port Kolmar for aid after a storm. "+
			"Rudi Stanek said that the harbour was quiet, and the attorneys general of Verdania raised new tolls for all ships of Kolmar. ", i)
	}
	d := read(text.String())
	b.ResetTimer()
	for b.Loop() {
		c.Code(d)
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
