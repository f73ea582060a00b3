package score

import (
	"os"
	"testing"
	"unicode"

	"dragoman"
	"dragoman/data"
	"dragoman/place"
)

// goldSpans is a reader that is told where the names are, so that only what
// they are taken for is measured.
type goldSpans struct {
	resolver *place.Resolver
	spans    map[string][]Toponym // by text
	show     func(*dragoman.Document)
}

func (g goldSpans) Read(a dragoman.Article) dragoman.Document {
	doc := dragoman.Document{Article: a}
	doc.Tokens = plainTokens(a.Text)
	first := 0
	for i := range doc.Tokens {
		if form := doc.Form(i); i+1 == len(doc.Tokens) || form == "." || form == "?" {
			doc.Sentences = append(doc.Sentences, dragoman.Sentence{
				Span:  dragoman.Span{Start: doc.Tokens[first].Start, End: doc.Tokens[i].End},
				First: first, End: i + 1})
			first = i + 1
		}
	}
	for _, t := range g.spans[a.Text] {
		m := dragoman.Mention{Span: t.Span, Form: dragoman.Name, Class: dragoman.Location, Chain: len(doc.Mentions)}
		for i, tok := range doc.Tokens {
			if tok.Overlaps(t.Span) {
				if m.End == 0 {
					m.First = i
				}
				m.End = i + 1
			}
		}
		m.Head = m.End - 1
		doc.Mentions = append(doc.Mentions, m)
	}
	doc.Places = g.resolver.Resolve(&doc)
	if g.show != nil {
		g.show(&doc)
	}
	return doc
}

// plainTokens parts words and single other characters; good enough for places.
func plainTokens(s string) []dragoman.Token {
	var tokens []dragoman.Token
	word := false
	for i, r := range s {
		in := unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' && i > 1 && i+1 < len(s) && unicode.IsUpper(rune(s[i-1])) && !unicode.IsLetter(rune(s[i-2]))
		end := i + len(string(r))
		switch {
		case unicode.IsSpace(r):
			word = false
			continue
		case in && word:
			tokens[len(tokens)-1].End = end
		default:
			tokens = append(tokens, dragoman.Token{Span: dragoman.Span{Start: i, End: end}})
		}
		word = in
	}
	return tokens
}

func TestPlaces(t *testing.T) {
	file := t.TempDir() + "/gold.xml"
	text := "“Été”: rain fell in Kabul and on Narnia, not in Iran."
	gold := `<articles><article><source>x</source><text>` + text + `</text><locations>
		<location><name>Kabul</name><start>21</start><end>26</end><lat>34.5</lat><lon>69.2</lon><page>https://en.wikipedia.org/wiki/Kabul</page></location>
		<location><name>Narnia</name><start>34</start><end>40</end><lat>0</lat><lon>0</lon><page>https://en.wikipedia.org/wiki/Narnia</page></location>
		<location><name>Iran</name><start>49</start><end>53</end><lat>33</lat><lon>53</lon><page>https://en.wikipedia.org/wiki/Iran</page></location>
		<location><name>Iran</name><start>1</start><end>5</end><lat>33</lat><lon>53</lon><page>https://en.wikipedia.org/wiki/Iran</page></location>
	</locations></article></articles>`
	if err := os.WriteFile(file, []byte(gold), 0o666); err != nil {
		t.Fatal(err)
	}
	articles, err := ReadGeoVirus(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(articles) != 1 || len(articles[0].Toponyms) != 3 || articles[0].Skipped != 1 {
		t.Fatalf("three toponyms stand where the file says, one does not: %+v", articles)
	}
	r, err := place.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	s, err := Places(goldSpans{resolver: r, spans: map[string][]Toponym{text: articles[0].Toponyms}}, file)
	if err != nil {
		t.Fatal(err)
	}
	if s.Gold != 3 || s.Spans != 3 || s.Placed != 2 || s.Near != 2 || s.Countries != 1 || s.CountriesTrue != 1 {
		t.Errorf("Kabul and Iran are placed, Narnia is not: %+v", s)
	}
}
