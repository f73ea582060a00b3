package score

import (
	"cmp"
	"embed"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/data"
	"dragoman/dictionary"
	"dragoman/pattern"
	"dragoman/syntax"
)

// Petrarch codes PETRARCH's unit records (PETR.UnitTest.records.xml) from their
// raw text, with the dictionaries that the file names and that lie beside it,
// and compares with what the records expect. The trees in the file are not used
// but to tell where ours differ. A file without any record is an error.
func Petrarch(p *syntax.Parser, g *pattern.Grammar, path string) (PetrarchScore, error) {
	file, err := readPetrarch(path)
	if err == nil && len(file.records) == 0 {
		err = errors.New("there is no record in it; a file of unit records, as PETR.UnitTest.records.xml, has a <Sentence> with <EventCoding> and <Text> for each")
	}
	if err != nil {
		return PetrarchScore{}, err
	}
	verdicts, err := petrarchVerdicts()
	if err != nil {
		return PetrarchScore{}, err
	}
	d, _, err := dictionary.Load(os.DirFS(filepath.Dir(path)), file.dictionaries...)
	if err != nil {
		return PetrarchScore{}, err
	}
	s := PetrarchScore{}
	for _, r := range file.records {
		doc := dragoman.Document{Article: dragoman.Article{Text: r.text, Published: r.day}}
		doc.Sentences, doc.Tokens, doc.Tags, doc.Arcs = p.Read(r.text)
		coder := dictionary.NewCoder(d, g)
		coder.Options = r.options
		s.add(g, r, &doc, coder.Code(&doc), verdicts)
	}
	return s, nil
}

// PetrarchScore tells how much of what PETRARCH's records expect was coded.
type PetrarchScore struct {
	Records, Same      int // records; those with all codings that are expected and no other
	Active, ActiveSame int // of the records that PETRARCH itself runs (sentence="true")
	Want, Have, Right  int // codings
	Categories         []PetrarchCategory
	Differing          []PetrarchRecord
}

// PetrarchCategory counts the records of a category of the file.
type PetrarchCategory struct {
	Name          string
	Records, Same int
}

// PetrarchRecord is a record that was coded otherwise: what is expected and what
// was coded (source, target and code, parted by blanks), in which respect these
// differ, and who is right in English: "dragoman", "petrarch", "neither" or
// "both"; "" where nobody has judged it.
type PetrarchRecord struct {
	ID, Category   string // of the second record of an id "ID/2"
	Want, Have     []string
	Differs        string
	Tree           string // how our reading of the words differs from the record's tree; "" for not
	Verdict, Cause string
}

//go:embed testdata/petrarch-verdicts.tsv
var petrarchTables embed.FS

type petrarchVerdict struct{ verdict, cause string }

// petrarchVerdicts reads who is right where a record is coded otherwise.
func petrarchVerdicts() (map[string]petrarchVerdict, error) {
	t, err := data.Read(petrarchTables, "testdata/petrarch-verdicts.tsv", "id", "verdict", "cause")
	if err != nil {
		return nil, err
	}
	all := map[string]petrarchVerdict{}
	for i := range t.Len() {
		v := petrarchVerdict{t.Value(i, "verdict"), t.Value(i, "cause")}
		if !slices.Contains([]string{"dragoman", "petrarch", "neither", "both"}, v.verdict) {
			return nil, t.Fault(i, "verdict is %q; want dragoman, petrarch, neither or both", v.verdict)
		}
		all[t.Value(i, "id")] = v
	}
	return all, nil
}

// add counts a record. A record of an error of the parser or of a discard wants
// no coding.
func (s *PetrarchScore) add(g *pattern.Grammar, r petrarchRecord, doc *dragoman.Document, codings []dictionary.Coding, verdicts map[string]petrarchVerdict) {
	var have []string
	for _, c := range codings {
		have = append(have, c.Source.Code+" "+c.Target.Code+" "+c.Code)
	}
	slices.Sort(have)
	want := slices.Clone(r.want)
	slices.Sort(want)
	right := 0
	for _, w := range want {
		if slices.Contains(have, w) {
			right++
		}
	}
	same := slices.Equal(want, have)
	s.Records++
	s.Want, s.Have, s.Right = s.Want+len(want), s.Have+len(have), s.Right+right
	c := s.category(r.category)
	c.Records++
	if r.active {
		s.Active++
	}
	if same {
		s.Same++
		c.Same++
		if r.active {
			s.ActiveSame++
		}
		return
	}
	v := verdicts[r.key]
	s.Differing = append(s.Differing, PetrarchRecord{ID: r.key, Category: r.category, Want: want, Have: have,
		Differs: differs(want, have), Tree: otherTree(g, doc, r.tree), Verdict: v.verdict, Cause: v.cause})
}

func (s *PetrarchScore) category(name string) *PetrarchCategory {
	i := slices.IndexFunc(s.Categories, func(c PetrarchCategory) bool { return c.Name == name })
	if i < 0 {
		i = len(s.Categories)
		s.Categories = append(s.Categories, PetrarchCategory{Name: name})
	}
	return &s.Categories[i]
}

// differs says in which respect the codings differ, by the first that is wanted
// and not coded and the coding that is most like it.
func differs(want, have []string) string {
	missing := slices.DeleteFunc(slices.Clone(want), func(w string) bool { return slices.Contains(have, w) })
	extra := slices.DeleteFunc(slices.Clone(have), func(h string) bool { return slices.Contains(want, h) })
	switch {
	case len(missing) == 0:
		return "invented"
	case len(extra) == 0:
		return "missed"
	}
	best, most := "all", 0
	for _, m := range missing {
		for _, e := range extra {
			if d, alike := respect(codingOf(m), codingOf(e)); alike > most {
				best, most = d, alike
			}
		}
	}
	return best + " differs"
}

// codingOf takes a coding apart; a party may be a phrase of several words.
func codingOf(s string) [3]string {
	code := strings.LastIndexByte(s, ' ')
	parties := s[:code]
	cut := strings.IndexByte(parties, ' ')
	if strings.HasPrefix(parties, `"`) {
		cut = strings.IndexByte(parties[1:], '"') + 2
	}
	return [3]string{parties[:cut], parties[cut+1:], s[code+1:]}
}

// respect says how two codings differ and how much is alike.
func respect(a, b [3]string) (string, int) {
	var apart []string
	for i, name := range []string{"source", "target", "code"} {
		if a[i] != b[i] {
			apart = append(apart, name)
		}
	}
	if a[0] == b[1] && a[1] == b[0] {
		return "direction", 2
	}
	return strings.Join(apart, " and "), 3 - len(apart)
}

// String gives the figures, then the categories, in which respect codings differ,
// who is right, and why.
func (s PetrarchScore) String() string {
	var b strings.Builder
	share := func(n, of int) float64 { return 100 * float64(n) / float64(max(1, of)) }
	fmt.Fprintf(&b, "records the same %.1f%% (%d of %d), of those that PETRARCH runs %.1f%% (%d of %d); codings: precision %.1f%% recall %.1f%% (%d coded, %d expected, %d the same)\n",
		share(s.Same, s.Records), s.Same, s.Records, share(s.ActiveSame, s.Active), s.ActiveSame, s.Active,
		share(s.Right, s.Have), share(s.Right, s.Want), s.Have, s.Want, s.Right)
	for _, c := range s.Categories {
		fmt.Fprintf(&b, "category %s: %d of %d\n", c.Name, c.Same, c.Records)
	}
	causes, verdicts, apart, trees := map[string]int{}, map[string]int{}, map[string]int{}, 0
	for _, d := range s.Differing {
		apart[d.Differs]++
		causes[cmp.Or(d.Cause, notJudged)]++
		verdicts[cmp.Or(d.Verdict, notJudged)]++
		if d.Tree != "" {
			trees++
		}
	}
	fmt.Fprintf(&b, "%d differ: %s; in %d the record's tree is not as ours\n", len(s.Differing), tally(apart), trees)
	fmt.Fprintf(&b, "right in English: %s\n", tally(verdicts))
	for _, cause := range byCount(causes) {
		fmt.Fprintf(&b, "cause, %d: %s\n", causes[cause], cause)
	}
	return b.String()
}

// Details says of each record that differs how, and who is right; empty where none
// does.
func (s PetrarchScore) Details() string {
	var b strings.Builder
	for _, d := range s.Differing {
		fmt.Fprintln(&b, d)
	}
	return b.String()
}

const notJudged = "not judged"

// String says on one line how a record differs, and who is right.
func (d PetrarchRecord) String() string {
	line := fmt.Sprintf("%s: %s: expected %s, coded %s", d.ID, d.Differs, list(d.Want), list(d.Have))
	if d.Tree != "" {
		line += "; the record's tree: " + d.Tree
	}
	line += "; right: " + cmp.Or(d.Verdict, notJudged)
	if d.Cause != "" {
		line += " (" + d.Cause + ")"
	}
	return line
}

func list(codings []string) string {
	if len(codings) == 0 {
		return "nothing"
	}
	return strings.Join(codings, ", ")
}

func byCount(counts map[string]int) []string {
	var keys []string
	for k := range counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	return keys
}

func tally(counts map[string]int) string {
	var all []string
	for _, k := range byCount(counts) {
		all = append(all, fmt.Sprintf("%s %d", k, counts[k]))
	}
	return strings.Join(all, ", ")
}

// petrarchFile is the records of a file and the dictionaries it names.
type petrarchFile struct {
	dictionaries []string
	records      []petrarchRecord
}

type petrarchRecord struct {
	key            string // the id; where one stands twice, "ID/2" the second time
	category, text string
	tree           string
	day            dragoman.Day
	active         bool
	options        dictionary.Options
	want           []string
}

// The file's comments hold "--", which XML does not allow within them.
var comments = regexp.MustCompile(`(?s)<!--.*?-->`)

func readPetrarch(path string) (petrarchFile, error) {
	text, err := readPacked(path)
	if err != nil {
		return petrarchFile{}, err
	}
	// Lines stay where they were, for messages.
	text = comments.ReplaceAllFunc(text, func(c []byte) []byte { return slices.Repeat([]byte("\n"), strings.Count(string(c), "\n")) })
	in := xml.NewDecoder(strings.NewReader(string(text)))
	in.Strict = false
	var all petrarchFile
	var options dictionary.Options
	seen := map[string]int{}
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		line, _ := in.InputPos()
		if err == nil {
			if start, ok := token.(xml.StartElement); ok {
				err = all.element(in, start, &options, seen)
			}
		}
		if err != nil {
			return petrarchFile{}, fmt.Errorf("%s:%d: %w", path, line, err)
		}
	}
}

// element reads a dictionary's name, an option or a record.
func (all *petrarchFile) element(in *xml.Decoder, start xml.StartElement, options *dictionary.Options, seen map[string]int) error {
	switch start.Name.Local {
	case "Verbfile", "Actorfile", "Agentfile", "Discardfile":
		var name string
		if err := in.DecodeElement(&name, &start); err != nil {
			return err
		}
		all.dictionaries = append(all.dictionaries, strings.TrimSpace(name))
	case "Config":
		return configure(options, start)
	case "Sentence":
		var x struct {
			Date     string `xml:"date,attr"`
			ID       string `xml:"id,attr"`
			Category string `xml:"category,attr"`
			Active   string `xml:"sentence,attr"`
			Events   []struct {
				Source string `xml:"sourcecode,attr"`
				Target string `xml:"targetcode,attr"`
				Code   string `xml:"eventcode,attr"`
			} `xml:"EventCoding"`
			Text  string `xml:"Text"`
			Parse string `xml:"Parse"`
		}
		if err := in.DecodeElement(&x, &start); err != nil {
			return err
		}
		day, err := dragoman.ParseDay(dashed(x.Date))
		if err != nil {
			return fmt.Errorf("record %s: %w", x.ID, err)
		}
		r := petrarchRecord{key: x.ID, category: x.Category, text: strings.Join(strings.Fields(x.Text), " "), tree: x.Parse,
			day: day, active: x.Active == "true", options: *options}
		if seen[x.ID]++; seen[x.ID] > 1 {
			r.key += "/" + strconv.Itoa(seen[x.ID])
		}
		for _, e := range x.Events {
			if e.Code != "" {
				r.want = append(r.want, e.Source+" "+e.Target+" "+e.Code)
			}
		}
		all.records = append(all.records, r)
	}
	return nil
}

// dashed writes 19950101 as 1995-01-01.
func dashed(s string) string {
	if len(s) != 8 {
		return s
	}
	return s[:4] + "-" + s[4:6] + "-" + s[6:]
}

// configure sets an option of PETRARCH's that says what is coded. Those that say
// which clauses between commas it leaves out have no counterpart.
func configure(o *dictionary.Options, start xml.StartElement) error {
	attr := map[string]string{}
	for _, a := range start.Attr {
		attr[a.Name.Local] = a.Value
	}
	switch attr["option"] {
	case "require_dyad":
		o.Nobody = strings.EqualFold(attr["value"], "false")
	case "new_actor_length":
		n, err := strconv.Atoi(attr["value"])
		if err != nil {
			return fmt.Errorf("option new_actor_length is %q, want a number of words", attr["value"])
		}
		o.Unknown = n
	}
	return nil
}
