package dictionary_test

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"dragoman"
	"dragoman/dictionary"
	"dragoman/pattern"
	"dragoman/sketch"
)

// files makes a folder of files, "name: text" each.
func files(all map[string]string) fs.FS {
	dir := fstest.MapFS{}
	for name, text := range all {
		dir[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return dir
}

func load(t testing.TB, texts ...string) (*dictionary.Dictionary, []dictionary.Fault) {
	t.Helper()
	dir, names := fstest.MapFS{}, []string{}
	for i, text := range texts {
		name := string(rune('a'+i)) + ".txt"
		dir[name], names = &fstest.MapFile{Data: []byte(text)}, append(names, name)
	}
	d, faults, err := dictionary.Load(dir, names...)
	if err != nil {
		t.Fatal(err)
	}
	return d, faults
}

// phrase makes a document of one noun phrase of a day.
func phrase(text string, day dragoman.Day) *dragoman.Document {
	var line []string
	for _, w := range strings.Fields(text) {
		line = append(line, w+"/NNP/0/root")
	}
	d := sketch.Document(strings.Join(line, " "))
	d.Published = day
	return d
}

// who returns the code of a phrase.
func who(d *dictionary.Dictionary, text string, day dragoman.Day) string {
	doc := phrase(text, day)
	return dictionary.NewCoder(d, &pattern.Grammar{}).Party(doc, 0, len(doc.Tokens))
}

const actors = `# Actors of two islands
<!-- a comment
ELBONIA_ [ELB]
of three lines -->
VERDANIA_ [VER] ; old style
+VERDANIAN  # new style
KOLMAR  [KOL]
PORT_KOLMAR [KOLPRT]
RUDI_STANEK [VER] <!-- default -->
	[VEROPP <20100509]
	[VERGOV 20100510-150309]
	[VERELI >20150310]
ILSE_BRANDT
+BRANDT
	[KOLJUD 991231-000101]
	[KOLLEG]
LEAGUE OF CITIES [VER/KOL]
GHOST_SHIP [---]
AL-SABAH_(DAWN) [KOLREB]
`

const agents = `!PERSON! = MAN, WOMAN
SOLDIER [~MIL]
POLICE {} [~COP]
ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~JUD]
RELIEF_AGENCY [NGO~]
CONGRESS!PERSON! [~LEG]
SECURITY SERVICE [ ~SPY]
`

func TestParty(t *testing.T) {
	d, faults := load(t, actors, agents)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	day := dragoman.DayOf
	for _, c := range []struct {
		text string
		on   dragoman.Day
		want string
	}{
		{"Verdania", day(2020, 1, 1), "VER"},
		{"the Verdanian fleet", day(2020, 1, 1), "VER"},
		{"Verdanians", day(2020, 1, 1), ""}, // words are taken whole
		{"Elbonia", day(2020, 1, 1), ""},    // stands in a comment
		{"Port Kolmar", day(2020, 1, 1), "KOLPRT"},
		{"Rudi Stanek", day(2010, 5, 9), "VEROPP"},
		{"Rudi Stanek", day(2010, 5, 10), "VERGOV"},
		{"Rudi Stanek", day(2015, 3, 9), "VERGOV"},
		{"Rudi Stanek", day(2015, 3, 10), "VERELI"},
		{"Rudi Stanek", dragoman.NoDay, "VER"},
		{"Brandt", day(1999, 12, 31), "KOLJUD"},
		{"Ilse Brandt", day(2000, 1, 2), "KOLLEG"},
		{"League of Free Cities", day(2020, 1, 1), "VER/KOL"}, // blanks let words between
		{"Port of Kolmar", day(2020, 1, 1), "KOL"},            // "_" does not
		{"Ghost Ship", day(2020, 1, 1), "---"},
		{"Al - Sabah ( Dawn )", day(2020, 1, 1), "KOLREB"},
		{"Verdanian soldiers", day(2020, 1, 1), "VERMIL"},
		{"a soldier", day(2020, 1, 1), "---MIL"},
		{"Kolmar police", day(2020, 1, 1), "KOLCOP"},
		{"Kolmar polices", day(2020, 1, 1), "KOL"},
		{"attorneys general of Verdania", day(2020, 1, 1), "VERJUD"},
		{"attorney generals of Verdania", day(2020, 1, 1), "VER"},
		{"relief agencies of Kolmar", day(2020, 1, 1), "NGOKOL"},
		{"Verdania congresswoman", day(2020, 1, 1), "VERLEG"},
		{"security and intelligence service of Kolmar", day(2020, 1, 1), "KOLSPY"},
		{"soldier and soldiers of Kolmar", day(2020, 1, 1), "KOLMIL"}, // a code stands once
		{"Kolmar and Verdania", day(2020, 1, 1), "KOL"},               // the first names it
	} {
		if have := who(d, c.text, c.on); have != c.want {
			t.Errorf("%s on %v: %q, want %q", c.text, c.on, have, c.want)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a date without a sign", "A_ [AAA]\n\t[BBB 20100101]\n", "a.txt:2: [BBB 20100101]: the date has neither"},
		{"dates the wrong way round", "A_ [AAA]\n\t[BBB 20100102-20100101]\n", "a.txt:2: [BBB 20100102-20100101]: the second date is before"},
		{"no such day", "A_ [AAA]\n\t[BBB <20100230]\n", "a.txt:2: [BBB <20100230]: there is no such day"},
		{"seven digits", "A_ [AAA]\n\t[BBB >2010010]\n", "a.txt:2: [BBB >2010010]: a date has neither 6 nor 8 digits"},
		{"letters in a date", "A_ [AAA]\n\t[BBB >2o100101]\n", "a.txt:2: [BBB >2o100101]: a date has other characters"},
		{"an actor without a code", "A_ [AAA]\nB_\nC_ [CCC]\n", "a.txt:2: the name has no code"},
		{"a code of a synonym", "A_\n+B_ [AAA]\n", "a.txt:2: a synonym has no code of its own"},
		{"a code before any name", "\t[AAA]\nB_ [BBB]\n", "a.txt:1: the code has no name above it"},
		{"a synonym before any name", "+A_\nB_ [BBB]\n", "a.txt:1: the synonym has no name above it"},
		{"an open bracket", "A_ [AAA\nB_ [BBB]\n", "a.txt:1: the bracket of a code is not closed"},
		{"words behind a code", "A_ [AAA] Toys\nB_ [BBB]\n", `a.txt:1: "Toys" stands behind the codes`},
		{"a name behind a tab", "A_ [AAA]\n\tB_ [BBB]\n", "a.txt:2: a line that begins with a tab"},
		{"a tab in a name", "A_ [AAA]\nB\tC [BBB]\n", "a.txt:2: a tab stands within the name"},
		{"two synonyms on a line", "A_ [AAA]\n+B_ +C_\n", "a.txt:2: a second synonym"},
		{"two synonyms in one", "A_ [AAA]\n+B_C+_D_\n", "a.txt:2: a second synonym"},
		{"a stray bracket", "A_ [AAA]\n+B]_\n", "a.txt:2: a bracket stands in the name"},
		{"a control code", "A_ [AAA]\nB\x1aC_ [BBB]\n", "a.txt:2: the line holds a character"},
		{"a comment without end", "A_ [AAA]\n<!-- B_ [BBB]\nC_ [CCC]\n", "a.txt:2: the comment that <!-- begins"},
		{"an agent without a code", "A [~AAA]\nB\n", "a.txt:2: the agent has no code"},
		{"an agent with an actor's code", "A [~AAA]\nB [BBB]\nC [~CCC]\n", "a.txt:2: [BBB]: the code of an agent"},
		{"an agent's open bracket", "A [~AAA]\nB [~BBB}\n", "a.txt:2: the bracket of the code"},
		{"open plurals", "A [~AAA]\nB {C [~BBB]\n", "a.txt:2: the bracket of the plurals"},
		{"an unknown marker", "A [~AAA]\nB!MAN! [~BBB]\n", "a.txt:2: the marker !MAN! is not defined"},
		{"half a marker", "A [~AAA]\nB!MAN [~BBB]\n", "a.txt:2: the marker has no second !"},
		{"two markers", "!MAN! = MAN, MEN\nA!MAN!_B!MAN! [~AAA]\n", "a.txt:2: there is a second marker"},
		{"a marker ill defined", "!MAN = MAN, MEN\nA [~AAA]\n", "a.txt:1: a marker is defined as"},
		{"a pattern without a code", "--- ASK [020] ---\nASK\n- * HELP\n", "a.txt:3: the pattern has no code"},
		{"a pattern without a verb", "--- ASK [020] ---\nASK\n- HELP [021]\n", "a.txt:3: a pattern has one *"},
		{"a pattern of nothing", "--- ASK [020] ---\n- * HELP [021]\nASK\n", "a.txt:2: the pattern has no verb above it"},
		{"a pattern with an open code", "--- ASK [020] ---\nASK\n- * HELP [021\n", "a.txt:3: the bracket of the code"},
		{"a code of two words", "--- ASK [020] ---\nASK\n- * HELP [02 1]\n", "a.txt:3: [02 1] is no code"},
		{"an unknown set", "--- ASK [020] ---\nASK\n- * &AID [021]\n", "a.txt:3: the set of synonyms &AID is not defined"},
		{"a set in itself unknown", "&AID\n+&MORE\n--- ASK [020] ---\nASK\n", `a.txt:2: "&MORE" is not the name of a set`},
		{"signs in a set", "&AID\n+TO $\n--- ASK [020] ---\nASK\n", "a.txt:2: a synonym is of words only"},
		{"alternatives of TABARI", "--- ASK [020] ---\nASK\n- * {AID | HELP} [021]\n", "a.txt:3: alternatives"},
		{"brackets that do not match", "--- ASK [020] ---\nASK\n- * (FOR AID [021]\n", "a.txt:3: the brackets of the pattern"},
		{"a sign in a word", "--- ASK [020] ---\nASK\n- * AID$ [021]\n", `a.txt:3: "AID$" is neither a word nor a sign`},
		{"a verb of two words", "--- ASK [020] ---\nASK OUT\n", "a.txt:2: the words of a verb are joined by _"},
		{"forms without a mark", "--- ASK [020] ---\nASK_OUT {+ASKED_OUT}\n", "a.txt:2: none of the words of ASK_OUT is marked"},
		{"open forms", "--- ASK [020] ---\nASK {ASKED\n", "a.txt:2: the bracket of the forms"},
		{"a verb before any block", "&AID\n+HELP\nASK\n--- ASK [020] ---\n", "a.txt:3: the verb stands before the first block"},
		{"a transformation of an unknown verb", "--- ASK [020] ---\nASK\n~ a (a b ASK) SAY = a b 021\n", "a.txt:3: a verb of the transformation"},
		{"half a transformation", "--- ASK [020] ---\nASK\n~ a (a b) ASK = a b 021\n", "a.txt:3: a transformation is"},
		{"nothing but a sign", "1914\n+\n", `a.txt:2: "+" is no phrase`},
		{"issues", "<ISSUE CATEGORY=\"X\">\nn:school [SCHOOL]\n</ISSUE>\n", "a.txt:1: this is a list of issues"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, faults := load(t, c.text)
			if len(faults) != 1 || !strings.HasPrefix(faults[0].String(), c.want) {
				t.Errorf("%v, want %s…", faults, c.want)
			}
		})
	}
}

// What is around a malformed line is loaded, and a fault of one file is not told of another.
func TestFaultsLeaveTheRest(t *testing.T) {
	d, faults := load(t, "A_ [AAA]\n\t[BBB 2010]\n+C_\nD_ [DDD]\n", "E_\nF_ [FFF]\n")
	if len(faults) != 2 || faults[0].File != "a.txt" || faults[1].File != "b.txt" || faults[1].Line != 1 {
		t.Error(faults)
	}
	for name, want := range map[string]string{"A": "AAA", "C": "AAA", "D": "DDD", "E": "---", "F": "FFF"} {
		if have := who(d, name, dragoman.NoDay); have != want {
			t.Errorf("%s: %q, want %q", name, have, want)
		}
	}
}

func TestLoadPackedAndMissing(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte("VERDANIA_ [VER]\nKOLMAR_\n"))
	z.Close()
	d, faults, err := dictionary.Load(files(map[string]string{"in/islands.txt.gz": packed.String()}), "in/islands.txt.gz")
	if err != nil || who(d, "Verdania", dragoman.NoDay) != "VER" {
		t.Error(err)
	}
	if len(faults) != 1 || faults[0].String() != "islands.txt:2: the name has no code; it is coded as nobody" {
		t.Error(faults)
	}
	dir := files(map[string]string{"broken.gz": "\x1f\x8b broken by and large", "torn.gz": packed.String()[:packed.Len()-9]})
	for name, want := range map[string]string{
		"broken.gz": "dictionary broken.gz: the gzip data is damaged: ",
		"torn.gz":   "dictionary torn.gz: the gzip data breaks off: the file is not complete",
		"absent":    "dictionary absent: ",
	} {
		if _, _, err := dictionary.Load(dir, name); err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Codes of events come with their lines, those of blocks and of rules too.
func TestEventCodes(t *testing.T) {
	d, _ := load(t, "VERDANIA_ [VER]\n", "# verbs\n--- ASK [020] ---\nASK [:999]\nHINT [---]\n- * HELP [023:024]\n- * [1 2]\n~ a (b . ASK) ASK = a b 112\n~ a (b . Q) ASK = a b Q\n")
	var have []string
	for code, where := range d.EventCodes() {
		have = append(have, code+" "+where)
	}
	if want := []string{"020 b.txt:2", "999 b.txt:3", "023 b.txt:5", "024 b.txt:5", "112 b.txt:7"}; !slices.Equal(have, want) {
		t.Errorf("%q, want %q", have, want)
	}
	if d.Lines() != 8 {
		t.Errorf("%d lines", d.Lines())
	}
	for range d.EventCodes() {
		break
	}
}

// Text without brackets looks like discards; it is told that it does not read so.
func TestRunningText(t *testing.T) {
	_, faults := load(t, "BALL GAME\n+U.S. OPEN\nThe ferry left the harbour at noon.\none two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen\n")
	var at []int
	for _, f := range faults {
		at = append(at, f.Line)
	}
	if !slices.Equal(at, []int{3, 4}) {
		t.Error(faults)
	}
}

// Lines of JSON are no discards.
func TestDiscardsOfJSON(t *testing.T) {
	d, faults := load(t, "hello\n{\"a\":1\n+\"BALL\"\n}\n")
	var at []int
	for _, f := range faults {
		at = append(at, f.Line)
	}
	if !slices.Equal(at, []int{2, 3, 4}) || d.Counts().Discards != 1 {
		t.Error(faults, d.Counts())
	}
}

// The kind of a file is that of its lines, whatever its name.
func TestKinds(t *testing.T) {
	d, faults := load(t, actors, agents, "&SET\n+ONE\n--- ASK [020] ---\nASK\n- * &SET [021]\n", "+BALL GAME\nREGATTA_\n", "", "# nothing\n")
	if len(faults) > 0 {
		t.Error(faults)
	}
	want := dictionary.Counts{Actors: 10, Agents: 11, Verbs: 4, Patterns: 1, Synsets: 1, Discards: 2}
	if have := d.Counts(); have != want {
		t.Errorf("%+v, want %+v", have, want)
	}
}

// A later file's name for the same phrase takes the place of the earlier one's.
func TestLaterFilesWin(t *testing.T) {
	d, _ := load(t, "VERDANIA_ [OLD]\nKOLMAR_ [KOL]\n", "VERDANIA_ [NEW]\n")
	if a, b := who(d, "Verdania", dragoman.NoDay), who(d, "Kolmar", dragoman.NoDay); a != "NEW" || b != "KOL" {
		t.Error(a, b)
	}
}

func FuzzLoad(f *testing.F) {
	for _, text := range []string{actors, agents, verbs, discards, "[", "+", "&", "-", "~", "---", "!!=", "- * [", "A_ [A <]", "<!--", "--- A [1:2] ---\nA {B}\n- $ ^ * % + [1:]", "&A\n+&A\n+&B\n&B\n+&A"} {
		f.Add(text, text)
	}
	doc := sketch.Document("Verdania/NNP/2/nsubj asked/VBD/0/root Kolmar/NNP/2/obj for/IN/5/case help/NN/2/obl ,/,/7/punct held/VBD/2/conj talks/NNS/7/obj with/IN/10/case soldiers/NNS/8/nmod")
	doc.Published = dragoman.DayOf(2012, 1, 1)
	f.Fuzz(func(t *testing.T, one, two string) {
		dir := files(map[string]string{"one": one, "two": two})
		d, faults, err := dictionary.Load(dir, "one", "two")
		if err != nil {
			t.Fatal(err)
		}
		lines := map[string]int{"one": strings.Count(one, "\n") + 1, "two": strings.Count(two, "\n") + 1}
		for _, x := range faults {
			if x.Line < 1 || x.Line > lines[x.File] || x.What == "" {
				t.Fatalf("%+v is no place in the file", x)
			}
		}
		if !slices.IsSortedFunc(faults, func(a, b dictionary.Fault) int {
			if a.File != b.File {
				return strings.Compare(a.File, b.File)
			}
			return a.Line - b.Line
		}) {
			t.Fatal("faults are not in order")
		}
		for code, where := range d.EventCodes() {
			if code == "" || where == "" {
				t.Fatalf("%q at %q is no code", code, where)
			}
		}
		c := dictionary.NewCoder(d, &pattern.Grammar{})
		c.Nobody, c.Unknown = true, 3
		for _, x := range c.Code(doc) {
			if x.Code == "" || x.Evidence.Empty() || x.Where == "" {
				t.Fatalf("%+v is no coding", x)
			}
		}
	})
}
