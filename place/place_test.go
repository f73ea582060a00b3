package place

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"dragoman"
	"dragoman/data"
)

// write builds a document from a text whose names stand in brackets with their
// class: "[Torkham|l]". l location, f facility, p person, o organisation, n
// nationality, x other, and N a nominal phrase.
func write(marked string) *dragoman.Document {
	doc := &dragoman.Document{}
	var text strings.Builder
	type open struct{ start int }
	var stack []open
	for i := 0; i < len(marked); i++ {
		switch marked[i] {
		case '[':
			stack = append(stack, open{text.Len()})
		case '|':
			class := map[byte]dragoman.Class{'l': dragoman.Location, 'f': dragoman.Facility, 'p': dragoman.Person,
				'o': dragoman.Organisation, 'n': dragoman.Nationality, 'x': dragoman.Other}[marked[i+1]]
			m := dragoman.Mention{Span: dragoman.Span{Start: stack[len(stack)-1].start, End: text.Len()}, Form: dragoman.Name, Class: class}
			if marked[i+1] == 'N' {
				m.Form = dragoman.Nominal
			}
			stack = stack[:len(stack)-1]
			doc.Mentions = append(doc.Mentions, m)
			i += 2 // and the bracket
		default:
			text.WriteByte(marked[i])
		}
	}
	doc.Text = text.String()
	doc.Tokens, doc.Sentences = tokens(doc.Text)
	slices.SortStableFunc(doc.Mentions, func(a, b dragoman.Mention) int { return a.Start - b.Start })
	for i := range doc.Mentions {
		m := &doc.Mentions[i]
		m.Chain = i
		for k, t := range doc.Tokens {
			if t.Overlaps(m.Span) {
				if m.End == 0 {
					m.First = k
				}
				m.End = k + 1
			}
		}
		m.Head = m.End - 1
	}
	return doc
}

// tokens parts words, the possessive and single other characters, as Universal
// Dependencies does in English; sentences end with a full stop.
func tokens(s string) (tokens []dragoman.Token, sentences []dragoman.Sentence) {
	first := 0
	for i := 0; i < len(s); {
		n := 1
		switch {
		case s[i] == ' ':
			i++
			continue
		case strings.HasPrefix(s[i:], "'s"):
			n = 2
		case s[i] >= 0x80 || unicode.IsLetter(rune(s[i])) || unicode.IsDigit(rune(s[i])):
			for i+n < len(s) && (s[i+n] >= 0x80 || unicode.IsLetter(rune(s[i+n])) || unicode.IsDigit(rune(s[i+n]))) {
				n++
			}
		}
		tokens = append(tokens, dragoman.Token{Span: dragoman.Span{Start: i, End: i + n}})
		i += n
		if s[i-1] == '.' || i == len(s) {
			sentences = append(sentences, dragoman.Sentence{Span: dragoman.Span{Start: tokens[first].Start, End: i}, First: first, End: len(tokens)})
			first = len(tokens)
		}
	}
	return tokens, sentences
}

var embedded = func() *Resolver {
	r, err := Load(data.Embedded())
	if err != nil {
		panic(err)
	}
	return r
}()

// tell writes the mentioned places as "name=id(kind)<containers".
func tell(doc *dragoman.Document, places []dragoman.Place) string {
	var out []string
	for _, p := range places {
		if len(p.Mentions) == 0 {
			continue
		}
		s := doc.TextOf(doc.Mentions[p.Mentions[0]].Span) + "=" + p.ID + "(" + p.Kind + ")"
		if len(p.ContainedIn) > 0 {
			s += "<" + strings.Join(p.ContainedIn, " ")
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestResolve(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Traders met in [Termez|l], [Uzbekistan|l].", "Termez=gn:1215957(settlement)<UZB.surkhandarya UZB; Uzbekistan=UZB(country)"},
		// the kind word decides between a province and its capital
		{"Floods hit [Kunduz|l] province.", "Kunduz=AFG.kunduz(admin1)<AFG"},
		{"Floods hit the city of [Kunduz|l].", "Kunduz=gn:1135689(settlement)<AFG.kunduz.kunduz AFG.kunduz AFG"},
		{"Floods hit [Kunduz Province|l] and its capital.", "Kunduz Province=AFG.kunduz(admin1)<AFG"},
		// containment from the text
		{"A clinic opened in [Rustaq|l] district, [Takhar|l].", "Rustaq=AFG.takhar.rustaq(admin2)<AFG.takhar AFG; Takhar=AFG.takhar(admin1)<AFG"},
		{"He was born in [Paris|l], [Texas|l].", "Paris=gn:4717560(settlement)<USA.texas.lamar USA.texas USA; Texas=USA.texas(admin1)<USA"},
		{"He was born in [Paris|l].", "Paris=gn:2988507(settlement)<FRA.ile-de-france.paris FRA.ile-de-france FRA"},
		{"Police came to [Baharak|l] in the northern province of [Takhar|l].", "Baharak=AFG.takhar.baharak(admin2)<AFG.takhar AFG; Takhar=AFG.takhar(admin1)<AFG"},
		{"Police came to [Takhar|l]'s [Baharak|l] district.", "Takhar=AFG.takhar(admin1)<AFG; Baharak=AFG.takhar.baharak(admin2)<AFG.takhar AFG"},
		{"They drove to [Warsaj-e-Takhar|l].", "Warsaj-e-Takhar=AFG.takhar.warsaj(admin2)<AFG.takhar AFG"},
		// a name that no table knows
		{"Shells fell on [Gulbandak|l], a village in [Paktika|l].", "Gulbandak=new:gulbandak(settlement)<AFG.paktika AFG; Paktika=AFG.paktika(admin1)<AFG"},
		{"Guards closed the port of [Zorabad Kol|l] in [Rustaq|l] district, [Takhar|l].", "Zorabad Kol=new:zorabad-kol(port)<AFG.takhar.rustaq AFG.takhar AFG; Rustaq=AFG.takhar.rustaq(admin2)<AFG.takhar AFG; Takhar=AFG.takhar(admin1)<AFG"},
		{"Shells fell on [Gulbandak|l].", "Gulbandak=new:gulbandak()"},
		{"They met in the Afghan village of [Gulbandak|l].", "Gulbandak=new:gulbandak(settlement)<AFG"},
		{"Flights left [Faryab Airport|f] at noon.", "Faryab Airport=new:faryab-airport(airport)<AFG.faryab AFG"},
		// a list is no containment
		{"Snow fell in [Kunduz|l], [Takhar|l] and [Badakhshan|l].", "Kunduz=AFG.kunduz(admin1)<AFG; Takhar=AFG.takhar(admin1)<AFG; Badakhshan=AFG.badakhshan(admin1)<AFG"},
		// spellings of another script
		{"Goods of [Tajikistan|l] pass [Sherkhan Bandar|l] and [Ai-Khanoum|l].", "Tajikistan=TJK(country); Sherkhan Bandar=sher-khan-bandar(border_crossing)<AFG.kunduz.imam-sahib AFG.kunduz AFG; Ai-Khanoum=ai-khanum(port)<AFG.takhar.dasht-e-qala AFG.takhar AFG"},
		// what the article is about
		{"[Iran|l] and [Iraq|l] spoke. Pilgrims crossed at [Mehran|l].", "Iran=IRN(country); Iraq=IRQ(country); Mehran=mehran-crossing(border_crossing)<IRN.ilam IRN"},
		{"The [Russian|n] army left. Drones hit the Russian city of [Kirov|l].", "Kirov=gn:548408(settlement)<RUS.kirov RUS"},
		{"They met [Ramón Paris|p] and [Paris|p].", ""},
		// names of no class are places where the words say so and nobody doubts it
		{"They met in [Islamabad|x].", "Islamabad=gn:1176615(settlement)<PAK.islamabad PAK"},
		{"They read the [Islamabad|x] Declaration.", ""},
		{"The ship left the [Strait of Hormuz|l] for the [Gulf of Oman|l].", "Strait of Hormuz=strait-of-hormuz(water); Gulf of Oman=gulf-of-oman(water)"},
		// nothing but the class says that it is a place
		{"[Salmonella|l] spread quickly.", ""},
		{"[Western|l] shares cost [US$|l] 5.", ""},
		{"Guards of the [Iranian Province|l] left.", ""},
		{"The [People's Republic|l] replied.", ""},
		{"The [West Nile|l] virus spread.", ""},
		{"Guards saw [Dasht-e-Qala-e|l]-[Takhar|l] from afar.", "Dasht-e-Qala-e=AFG.takhar.dasht-e-qala(admin2)<AFG.takhar AFG; Takhar=AFG.takhar(admin1)<AFG"},
		{"Envoys of [Congo|l] spoke in [Goma|l], [North Kivu|l].", "Congo=COD(country); Goma=gn:216281(settlement)<COD.north-kivu.goma COD.north-kivu COD; North Kivu=COD.north-kivu(admin1)<COD"},
		{"Rockets hit northern [Gaza|l].", "Gaza=PSE.gaza-strip(region)<PSE"},
	} {
		doc := write(c.text)
		if got := tell(doc, embedded.Resolve(doc)); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestContainersAreInTheResult(t *testing.T) {
	doc := write("Guards closed [the port of [Zorabad Kol|l]|N] in [Rustaq|l] district.")
	places := embedded.Resolve(doc)
	ids := map[string]bool{}
	for _, p := range places {
		if ids[p.ID] {
			t.Errorf("%s stands twice", p.ID)
		}
		ids[p.ID] = true
	}
	for _, p := range places {
		for _, id := range p.ContainedIn {
			if !ids[id] {
				t.Errorf("%s is in %s, which is not in the result", p.ID, id)
			}
		}
	}
	if len(places) != 4 || !slices.Equal(places[0].Mentions, []int{0, 1}) || len(places[3].Mentions) != 0 {
		t.Errorf("want the port with both its mentions, Rustaq, Takhar and Afghanistan: %+v", places)
	}
}

func TestOneSense(t *testing.T) {
	doc := write("He lives in [Athens|l], [Georgia|l]. Trains leave [Athens|l] daily.")
	places := embedded.Resolve(doc)
	if places[0].ContainedIn[len(places[0].ContainedIn)-1] != "USA" || len(places[0].Mentions) != 2 {
		t.Errorf("both mentions of Athens are the one in Georgia, USA: %+v", places[0])
	}
}

// A name tells a country where its places are in one, or one of them is far better known.
func TestLand(t *testing.T) {
	for _, c := range []struct{ name, near, want string }{
		{"Lahore", "", "PAK"}, {"Lahore", "IND", "PAK"}, {"Kerala", "", "IND"}, {"Ontario", "", "CAN"},
		{"Hyderabad", "", "IND"}, {"Hyderabad", "PAK", "PAK"},
		{"Punjab", "", ""}, {"Punjab", "IND", "IND"},
		{"Pakistan", "", ""}, {"High", "", ""}, {"", "", ""},
	} {
		if got := embedded.Land(c.name, map[string]bool{c.near: true}); got != c.want {
			t.Errorf("%s near %q is in %q, want %q", c.name, c.near, got, c.want)
		}
	}
}

func TestFaultsOfTables(t *testing.T) {
	read := func(name string) []byte {
		b, err := data.Embedded().(interface{ ReadFile(string) ([]byte, error) }).ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	good := func() fstest.MapFS {
		m := fstest.MapFS{"en/placewords.tsv": {Data: read("en/placewords.tsv")}}
		for _, n := range []string{"countries", "regions", "admin1", "admin2", "features", "cities"} {
			m["places/"+n+".tsv"] = &fstest.MapFile{Data: []byte("id\tname\tkind\n")}
		}
		return m
	}
	if _, err := Load(good()); err != nil {
		t.Fatalf("tables of headers alone: %v", err)
	}
	for _, c := range []struct{ path, data, want string }{
		{"places/cities.tsv", "id\tname\n", `places/cities.tsv:1: the header lacks the column "kind"`},
		{"places/cities.tsv", "id\tname\tkind\tpeople\n", `places/cities.tsv:1: unknown column "people"`},
		{"places/cities.tsv", "id\tname\tkind\nx\n", "places/cities.tsv:2: 1 columns, too few for the header"},
		{"places/cities.tsv", "", "places/cities.tsv:1: the table has no header"},
		{"en/placewords.tsv", "word\tuse\tkind\tfits\nport\thead\t\t\n", "en/placewords.tsv:2: a head needs kind and fits"},
		{"en/placewords.tsv", "word\tuse\tkind\tfits\nport\tharbour\t\t\n", `en/placewords.tsv:2: unknown use "harbour"`},
		{DumpPath, "nonsense\n", "places/geonames.tsv: not a file that data add geonames wrote; run it again"},
	} {
		m := good()
		m[c.path] = &fstest.MapFile{Data: []byte(c.data)}
		if _, err := Load(m); err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v, want %s", c.path, err, c.want)
		}
	}
}

// Every container and country of the tables is itself in the tables.
func TestTables(t *testing.T) {
	kinds := map[string]int{}
	embedded.gaz.rows(func(tab *table, ref uint32, line string) {
		var fields [16]string
		e := tab.entry(split(line, fields[:0]))
		kinds[e.kind]++
		if e.in != "" {
			if _, ok := embedded.gaz.identified(e.in); !ok {
				t.Errorf("%s: %s lies in %s, which is unknown", tab.path, e.id, e.in)
			}
		}
		if e.country != "" {
			if c, ok := embedded.gaz.identified(e.country); !ok || c.kind != "country" {
				t.Errorf("%s: %s has the country %s, which is unknown", tab.path, e.id, e.country)
			}
		}
		if again, ok := embedded.gaz.identified(e.id); !ok || again.name != e.name {
			t.Errorf("%s: the id %s does not lead back", tab.path, e.id)
		}
	})
	if os.Getenv("KINDS") != "" {
		t.Log(kinds)
	}
}

func FuzzResolve(f *testing.F) {
	for _, s := range []string{"He was in [Paris|l], [Texas|l].", "[|l]", "[A-e-Takhar|l] of [of the|l]", "[Lake|l] [, |l][Port of|f]", "[\xff\xfe|l] [Ærø|f]'s [X district|l]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Count(s, "[") != strings.Count(s, "|l]") || !balanced(s) {
			s = "in [" + strings.NewReplacer("[", "", "]", "", "|", "").Replace(s) + "|l], [Takhar|l]"
		}
		doc := write(s)
		ids := map[string]bool{}
		places := embedded.Resolve(doc)
		for _, p := range places {
			ids[p.ID] = true
		}
		for _, p := range places {
			for _, id := range p.ContainedIn {
				if !ids[id] {
					t.Errorf("%s is in %s, which is not in the result", p.ID, id)
				}
			}
		}
	})
}

// balanced reports whether every bracket is closed as write wants it.
func balanced(s string) bool {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '[':
			depth++
		case strings.HasPrefix(s[i:], "|l]"):
			if depth--; depth < 0 {
				return false
			}
			i += 2
		case s[i] == '|' || s[i] == ']':
			return false
		}
	}
	return depth == 0
}

func BenchmarkResolve(b *testing.B) {
	doc := write(strings.Repeat("Traders from [Torkham|l] met officials of the [Pakistan|o] army in [Peshawar|l], the capital of [Khyber Pakhtunkhwa|l], and drove on to [Gulbandak|l] and [Jalalabad|l] in [Nangarhar|l] province. ", 20))
	b.ReportMetric(float64(len(doc.Tokens)), "tokens")
	for b.Loop() {
		embedded.Resolve(doc)
	}
}

func BenchmarkLoadLoose(b *testing.B) {
	for b.Loop() {
		embedded.loadLoose()
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(data.Embedded()); err != nil {
			b.Fatal(err)
		}
	}
}
