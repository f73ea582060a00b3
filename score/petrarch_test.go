package score_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dragoman/data"
	"dragoman/pattern"
	"dragoman/score"
	"dragoman/syntax"
)

const petrarchRecords = `<Validation>
<!-- a comment -- with dashes
in two lines -->
<Environment>
    <Verbfile>verbs.txt</Verbfile>
    <Actorfile>actors.txt</Actorfile>
    <Pause>Stop</Pause>
</Environment>
<Sentences>
<Sentence date="20120501" id="SAME-1" category="PLAIN" sentence="true">
<EventCoding sourcecode="VER" targetcode="KOL" eventcode="111"></EventCoding>
<Text>
Verdania condemned
Kolmar. </Text>
<Parse>(ROOT (S (NP (NNP Verdania)) (VP (VBD condemned) (NP (NNP Kolmar))) (. .)))</Parse>
</Sentence>
<Sentence date = "20120501" id ="CODE-1" category="PLAIN"  sentence="false">
<EventCoding sourcecode="VER" targetcode="KOL" eventcode="112"></EventCoding>
<Text>Verdania condemned Kolmar.</Text>
<Parse>(ROOT (S (NP (NNP Verdania)) (VP (VBD praised) (NP (NNP Kolmar))) (. .)))</Parse>
</Sentence>
<Sentence date="20120501" id="DEMO-02" category="OTHER" sentence="true">
<EventCoding noevents = "True"></EventCoding>
<Text>Kolmar condemned Verdania.</Text>
<Parse>(ROOT (S (NP (NNP Verdania)) (VP (VBD condemned) (NP (NNP Kolmar))) (. .)))</Parse>
</Sentence>
<Sentence date="20120501" id="CODE-1" category="OTHER" sentence="true">
<EventCoding sourcecode="KOL" targetcode="VER" eventcode="111"></EventCoding>
<EventCoding sourcecode="VER" targetcode="KOL" eventcode="111"></EventCoding>
<Text>Verdania condemned Kolmar.</Text>
</Sentence>
<Sentence date="20120501" id="TURNED-1" category="OTHER" sentence="true">
<EventCoding sourcecode="KOL" targetcode="VER" eventcode="111"></EventCoding>
<Text>Verdania condemned Kolmar.</Text>
</Sentence>
<Config option="require_dyad" value="False"></Config>
<Config option="new_actor_length" value="2"></Config>
<Config option="comma_max" value="0"></Config>
<Sentence date="20120501" id="NAMED-1" category="OTHER" sentence="true">
<EventCoding sourcecode='"THE STORM"' targetcode="KOL" eventcode="111"></EventCoding>
<Text>The storm condemned Kolmar.</Text>
</Sentence>
<Sentence date="20120501" id="ERROR-1" category="OTHER" sentence="true">
<EventCoding error="sentencediscard"></EventCoding>
<Text>It rained &amp; rained.</Text>
</Sentence>
</Sentences>
</Validation>
`

func petrarch(t *testing.T, records string) (score.PetrarchScore, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"records.xml": records, "actors.txt": "VERDANIA_ [VER]\nKOLMAR_ [KOL]\n",
		"verbs.txt": "--- CONDEMN [111] ---\nCONDEMN\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p, err := syntax.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	g, err := pattern.LoadGrammar(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return score.Petrarch(p, g, filepath.Join(dir, "records.xml"))
}

func TestPetrarch(t *testing.T) {
	s, err := petrarch(t, petrarchRecords)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, d := range s.Differing {
		lines = append(lines, d.String())
	}
	want := []string{
		"CODE-1: code differs: expected VER KOL 112, coded VER KOL 111; the record's tree: it is of another sentence than the text; right: not judged",
		"DEMO-02: invented: expected nothing, coded KOL VER 111; the record's tree: condemned has another subject; right: petrarch (our parse is wrong)",
		"CODE-1/2: missed: expected KOL VER 111, VER KOL 111, coded VER KOL 111; right: not judged",
		"TURNED-1: direction differs: expected KOL VER 111, coded VER KOL 111; right: not judged",
	}
	if have := strings.Join(lines, "\n"); have != strings.Join(want, "\n") {
		t.Errorf("have\n%s\nwant\n%s", have, strings.Join(want, "\n"))
	}
	first, _, _ := strings.Cut(s.String(), "\n")
	if first != "records the same 42.9% (3 of 7), of those that PETRARCH runs 50.0% (3 of 6); codings: precision 50.0% recall 50.0% (6 coded, 6 expected, 3 the same)" {
		t.Error(first)
	}
	for _, line := range []string{"category PLAIN: 1 of 2", "category OTHER: 2 of 5", "in 2 the record's tree is not as ours", "right in English: not judged 3, petrarch 1", "cause, 1: our parse is wrong"} {
		if !strings.Contains(s.String(), line+"\n") {
			t.Errorf("%q is not in\n%s", line, s)
		}
	}
}

func TestPetrarchFaults(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"a date":       {`date="20120501" id="SAME-1"`, `date="1 May" id="SAME-1"`, "records.xml:10: record SAME-1"},
		"an option":    {`value="2"`, `value="two"`, `records.xml:37: option new_actor_length is "two"`},
		"no record":    {petrarchRecords, "# Records\n\nThey lie elsewhere.\n", "there is no record in it"},
		"a dictionary": {"actors.txt", "absent.txt", "absent.txt"},
	} {
		if _, err := petrarch(t, strings.Replace(petrarchRecords, c.old, c.new, 1)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}
