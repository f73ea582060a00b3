package actor

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// item is an item of Wikidata (https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html),
// by what is read of it.
type wikidataItem struct {
	ID      string         `json:"id"`
	Labels  texts          `json:"labels"`
	Aliases manyTexts      `json:"aliases"`
	Claims  claims         `json:"claims"`
	Missing *string        `json:"missing"`
	Inner   map[string]raw `json:"entities"` // of Special:EntityData: the items by their ids
}

type raw = json.RawMessage

// Where there is none, PHP writes an empty array for an empty object.
type (
	texts     map[string]struct{ Value string }
	manyTexts map[string][]struct{ Value string }
	claims    map[string][]statement
)

func (t *texts) UnmarshalJSON(b []byte) error {
	*t = texts{} // also an empty array shows that there are labels
	return unlessEmpty(b, (*map[string]struct{ Value string })(t))
}
func (t *manyTexts) UnmarshalJSON(b []byte) error {
	return unlessEmpty(b, (*map[string][]struct{ Value string })(t))
}

func unlessEmpty(b []byte, to any) error {
	if len(b) > 0 && b[0] == '[' {
		return nil
	}
	return json.Unmarshal(b, to)
}

// claims are the statements of the properties that are read; the others, which are
// most of an item, are passed over.
func (c *claims) UnmarshalJSON(b []byte) error {
	var wanted struct {
		P31, P39, P27, P17, P1001, P102, P463, P106, P159, P297, P298, P570, P576 []statement
	}
	if err := unlessEmpty(b, &wanted); err != nil {
		return err
	}
	*c = claims{"P31": wanted.P31, "P39": wanted.P39, "P27": wanted.P27, "P17": wanted.P17, "P1001": wanted.P1001, "P102": wanted.P102, "P463": wanted.P463,
		"P106": wanted.P106, "P159": wanted.P159, "P297": wanted.P297, "P298": wanted.P298, "P570": wanted.P570, "P576": wanted.P576}
	return nil
}

type statement struct {
	MainSnak   snak       `json:"mainsnak"`
	Rank       string     `json:"rank"`
	Qualifiers qualifiers `json:"qualifiers"`
}

type qualifiers struct{ P580, P582, P17 []snak }

func (q *qualifiers) UnmarshalJSON(b []byte) error {
	type plain qualifiers
	return unlessEmpty(b, (*plain)(q))
}

type snak struct {
	SnakType  string `json:"snaktype"` // value, somevalue, novalue
	DataValue struct {
		Value raw `json:"value"`
	} `json:"datavalue"`
}

// item returns the id of the item that a snak has for a value; "" for none.
func (n *snak) item() string {
	var v struct{ ID string }
	if n.SnakType != "value" || json.Unmarshal(n.DataValue.Value, &v) != nil || !wikidataID(v.ID) {
		return ""
	}
	return v.ID
}

func (n *snak) text() (s string) {
	if n.SnakType != "value" || json.Unmarshal(n.DataValue.Value, &s) != nil {
		return ""
	}
	return s
}

// day returns a point in time as precisely as it is known, "2001-12"; "" for none,
// and for what is known to the decade at best or lies before our era.
func (n *snak) day() string {
	var v struct {
		Time      string
		Precision int
	}
	const year, month, days = 9, 10, 11
	if n.SnakType != "value" || json.Unmarshal(n.DataValue.Value, &v) != nil || len(v.Time) < len("+2001-12-22") || v.Time[0] != '+' {
		return ""
	}
	switch v.Precision {
	case year:
		return plainDay(v.Time[1:5])
	case month:
		return plainDay(v.Time[1:8])
	}
	if v.Precision < days {
		return ""
	}
	return plainDay(v.Time[1:11])
}

// best are the statements of a property that hold: not the deprecated, and only the
// preferred where there are such.
func (c claims) best(property string) (all []statement) {
	preferred := false
	for _, s := range c[property] {
		switch {
		case s.Rank == "preferred" && !preferred:
			preferred, all = true, append(all[:0:0], s)
		case s.Rank == "preferred", s.Rank != "deprecated" && !preferred:
			all = append(all, s)
		}
	}
	return all
}

// current are the items of a property that hold still.
func (c claims) current(property string) (all []string) {
	for _, s := range c.best(property) {
		if id := s.MainSnak.item(); id != "" && len(s.Qualifiers.P582) == 0 {
			all = append(all, id)
		}
	}
	return all
}

func (c claims) day(property string) string {
	for _, s := range c.best(property) {
		if d := s.MainSnak.day(); d != "" {
			return d
		}
	}
	return ""
}

// Wikidata reads items as JSON: the dump of all, one or many of Special:EntityData, a
// list, or JSON Lines. Taken are persons with offices or an occupation that is listed
// in actors/sources.tsv, organisations of its classes, and of positions and states
// what they are called, so that they have to be in the files too. fault and progress
// are as with FollowTheMoney; what is no dump cannot be read on behind a fault.
func (s *Roster) Wikidata(r io.Reader, fault func(line int, err error), progress func(lines int)) error {
	from := &lasting{r: r}
	in := bufio.NewReaderSize(from, 1<<20)
	if isDump(in) {
		return s.dump(in, fault, progress)
	}
	err := s.documents(in, progress)
	if from.err != nil && from.err != io.EOF && errors.Is(err, from.err) {
		return from.err // it is none of an item
	}
	return err
}

// lasting is a reader whose end or fault stays the same, however often it is asked.
type lasting struct {
	r   io.Reader
	err error
}

func (l *lasting) Read(b []byte) (n int, err error) {
	if l.err == nil {
		n, l.err = l.r.Read(b)
	}
	return n, l.err
}

// isDump reports whether in begins as a list with an item a line: a bracket, and a
// line that is one whole object, or longer than what is looked at.
func isDump(in *bufio.Reader) bool {
	head, _ := in.Peek(1 << 16) // what goes wrong does so again
	bracket, rest, _ := bytes.Cut(bytes.TrimPrefix(head, []byte("\ufeff")), []byte("\n"))
	if string(bytes.TrimSpace(bracket)) != "[" {
		return false
	}
	line, _, whole := bytes.Cut(rest, []byte("\n"))
	return !whole || json.Valid(bytes.TrimRight(bytes.TrimSpace(line), ","))
}

// dump reads a list with an item a line.
func (s *Roster) dump(r io.Reader, fault func(line int, err error), progress func(lines int)) error {
	return each(r, fault, progress, func(line []byte) error {
		if line = bytes.TrimRight(line, ","); len(line) < 2 { // the brackets
			return nil
		}
		return s.document(line)
	})
}

// documents reads a list, or values of JSON one after the other.
func (s *Roster) documents(in *bufio.Reader, progress func(int)) error {
	if bom, _ := in.Peek(3); string(bom) == "\ufeff" {
		in.Discard(3) //nolint:errcheck // they are there
	}
	d, list := json.NewDecoder(in), leading(in) == '['
	if list {
		d.Token() //nolint:errcheck // it is that
	}
	for n := 1; ; n++ {
		var v raw
		var err error
		if d.More() {
			err = d.Decode(&v)
		} else if _, err = d.Token(); err == nil || err == io.EOF && !list {
			return nil // the end of the list, or of the file
		}
		if err == nil {
			err = s.document(v)
		}
		if err != nil {
			return fmt.Errorf("item %d: %w", n, inWords(err))
		}
		if progress != nil && n%100_000 == 0 {
			progress(n)
		}
	}
}

// leading returns the first byte that is no white space.
func leading(in *bufio.Reader) byte {
	for {
		b, err := in.ReadByte()
		if err != nil {
			return 0
		}
		if !bytes.ContainsRune([]byte(" \t\r\n"), rune(b)) {
			in.UnreadByte() //nolint:errcheck // it was just read
			return b
		}
	}
}

// document takes up an item, or those of an answer of Special:EntityData.
func (s *Roster) document(b []byte) error {
	var i wikidataItem
	if err := json.Unmarshal(b, &i); err != nil {
		return err
	}
	if len(i.Inner) > 0 {
		for _, id := range slices.Sorted(maps.Keys(i.Inner)) {
			if err := s.document(i.Inner[id]); err != nil {
				return fmt.Errorf("%s: %w", id, inWords(err))
			}
		}
		return nil
	}
	if i.ID == "" {
		return errors.New("an item has an id, or entities")
	}
	if i.Missing != nil {
		return nil
	}
	if i.Labels == nil && i.Claims == nil {
		return fmt.Errorf("%q is no item of Wikidata, which has labels and claims", i.ID)
	}
	if wikidataID(i.ID) { // others are properties and words
		s.tally.Read++
		s.item(&i)
	}
	return nil
}

func (s *Roster) item(i *wikidataItem) {
	c := i.Claims
	s.state(i)
	var at []string
	for _, id := range c.current("P31") {
		at = append(at, "wikidata-class:"+id)
	}
	if len(at) == 0 {
		return
	}
	if kind, _ := s.meaning(true, at); kind == "person" {
		s.human(i)
		return
	}
	switch kind, sectors := s.meaning(false, at); kind {
	case "":
	case "office":
		s.posts[i.ID] = post{name: i.name(), lands: either(c.current("P1001"), c.current("P17")), sectors: sectors}
	default:
		s.add(&found{id: i.ID, wikidata: i.ID, kind: kind, sectors: sectors, names: i.names(), lands: either(c.current("P17"), c.seats()),
			memberOf: c.current("P463"), died: c.day("P576")})
	}
}

// state learns which state an item is.
func (s *Roster) state(i *wikidataItem) {
	for _, p := range []string{"P298", "P297"} {
		for _, v := range i.Claims.best(p) {
			code := v.MainSnak.text()
			if iso3 := s.iso2[code]; iso3 != "" {
				code = iso3
			}
			if _, ok := s.r.byISO[code]; ok && s.lands[i.ID] == "" {
				s.lands[i.ID] = code
			}
		}
	}
}

// seats are the countries of where the headquarters are, where that is told.
func (c claims) seats() (all []string) {
	for _, s := range c.best("P159") {
		for i := range s.Qualifiers.P17 {
			if id := s.Qualifiers.P17[i].item(); id != "" {
				all = append(all, id)
			}
		}
	}
	return all
}

func either(a, b []string) []string {
	if len(a) > 0 {
		return a
	}
	return b
}

// human takes up a person.
func (s *Roster) human(i *wikidataItem) {
	c := i.Claims
	f := &found{id: i.ID, wikidata: i.ID, kind: "person", names: i.names(), lands: c.current("P27"), died: c.day("P570")}
	for _, p := range []string{"P39", "P102"} { // positions, and parties
		for _, v := range c[p] { // a preferred one, as the last, does not make the others wrong
			if v.Rank == "deprecated" {
				continue
			}
			t := tenure{post: v.MainSnak.item(), from: bound(v.Qualifiers.P580), to: bound(v.Qualifiers.P582), ended: len(v.Qualifiers.P582) > 0}
			if p == "P102" {
				t.title, t.member = "member", true
			}
			if len(v.Qualifiers.P582) > 0 && v.Qualifiers.P582[0].SnakType == "novalue" { // he holds it still
				t.ended = false
			}
			if t.post != "" && (t.from != "" || t.to != "" || p == "P102") {
				f.tenures = append(f.tenures, t)
			}
		}
	}
	var at []string
	for _, id := range c.current("P106") {
		at = append(at, "wikidata-occupation:"+id)
	}
	kind, sectors := s.meaning(true, at)
	if f.sectors = sectors; kind == "" && len(f.tenures) == 0 {
		s.tally.drop(whyIdle)
		return
	}
	s.add(f)
}

// bound is the first day that qualifiers of one kind tell.
func bound(all []snak) string {
	for i := range all {
		if d := all[i].day(); d != "" {
			return d
		}
	}
	return ""
}

// languages of labels that English text writes; mul is for all of Latin script.
var languages = []string{"en", "mul", "en-gb", "en-us", "en-ca"}

func (i *wikidataItem) name() string {
	for _, l := range languages {
		if n := i.Labels[l].Value; n != "" {
			return n
		}
	}
	return ""
}

func (i *wikidataItem) names() (all []string) {
	for _, l := range languages {
		if n := i.Labels[l].Value; n != "" {
			all = append(all, n)
		}
	}
	for _, l := range languages {
		for _, a := range i.Aliases[l] {
			all = append(all, a.Value)
		}
	}
	return all
}
