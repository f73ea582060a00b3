package actor

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"dragoman"
	"dragoman/data"
)

// Roster gathers the actors of other projects, to be written as rows of
// actors/persons.tsv and actors/organisations.tsv. What it keeps is what news may
// name without doubt: names that leave open who is meant would do more harm than
// good, for a wrong event costs more than a missed one.
//
// Who our own tables know stays who they say: by Wikidata's id, or by name and
// country. All others get an id that tells where they are from, "wikidata-q5" or
// "ftm-" and their id there; no id of ours begins so.
//
// A Roster holds what it keeps, and of FollowTheMoney all links, until it is
// written. It is for one goroutine.
type Roster struct {
	from    string    // what is said of where rows come from
	r       *Resolver // our own tables
	own     owned
	classes map[string][]sourceClass // by source and id: "ftm-topic:gov"
	brands  map[string]bool          // names of one word that are nobody else's
	stands  map[string]string        // acronym: what else it is known to stand for
	given   map[string]bool          // given names, by key
	titles  map[string]bool          // that stand before names, by key
	links   []tenure                 // of entities that may come later
	posts   map[string]post          // by the source's id
	lands   map[string]string        // Wikidata's id of a state: ISO 3166-1 alpha-3
	iso2    map[string]string        // ISO 3166-1 alpha-2: alpha-3
	met     []*found
	byID    map[string]*found // by the source's id
	tally   Tally
}

// sourceClass is what a class of another project means.
type sourceClass struct {
	rank    int // the place in the table: the first that holds counts
	kind    string
	sectors []string
}

// owned is who our tables know.
type owned struct {
	persons, organisations map[string]int32 // by Wikidata's id
	rows                   *data.Table      // of organisations
	last                   map[string]int   // the last row of an organisation
}

// found is somebody of another project, as it is read.
type found struct {
	id, wikidata string
	names        []string // as they come, the main one first
	kind         string
	sectors      []string
	lands        []string // ISO 3166-1 alpha-3, or Wikidata's ids until all is read
	tenures      []tenure
	memberOf     []string // ids of the source
	died         string   // or was dissolved

	name    string // after weeding
	aliases []string
	country string
	ours    int32 // whom our tables know: index of people or orgs; -1
}

// tenure is an office or membership that somebody has, or had, as a source tells it.
type tenure struct {
	holder, post string // ids of the source; post is a position or an organisation
	title        string // "" where the position tells it
	from, to     string // as tables have days: "2001", "2001-12", "2001-12-22"
	ended        bool   // it is over, whether the day is known or not
	member       bool   // it is a membership: of an organisation, what its holder is a part of
}

// post is a position that several may hold one after the other.
type post struct {
	name    string
	lands   []string
	sectors []string
	within  bool // of a part of a state
}

// Tally says what became of what was read.
type Tally struct {
	Read                            int // entities or items
	Persons, Organisations, Offices int // that were kept
	Names                           int // that were kept: main ones and aliases
	Known                           int // whom our own tables know
	Dropped                         []Dropped
}

// Dropped is how many were left out for a reason.
type Dropped struct {
	Why   string
	Count int
}

func (t *Tally) drop(why string) {
	for i := range t.Dropped {
		if t.Dropped[i].Why == why {
			t.Dropped[i].Count++
			return
		}
	}
	t.Dropped = append(t.Dropped, Dropped{why, 1})
}

// NewRoster begins a roster. fsys holds the tables that it is to go with; from is
// what rows say of where they come from.
func NewRoster(fsys fs.FS, from string) (*Roster, error) {
	r, err := Load(fsys)
	if err != nil {
		return nil, err
	}
	s := &Roster{from: from, r: r, classes: map[string][]sourceClass{}, brands: map[string]bool{}, stands: map[string]string{}, given: map[string]bool{}, titles: map[string]bool{}, posts: map[string]post{},
		lands: map[string]string{}, iso2: map[string]string{}, byID: map[string]*found{}}
	for _, load := range []func(fs.FS) error{s.loadClasses, s.loadWords, s.loadStates, s.loadOwn} {
		if err := load(fsys); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *Roster) loadClasses(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/sources.tsv", "source", "id", "kind", "sectors")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		at := t.Value(i, "source") + ":" + t.Value(i, "id")
		s.classes[at] = append(s.classes[at], sourceClass{i, t.Value(i, "kind"), t.List(i, "sectors")})
	}
	return nil
}

func (s *Roster) loadWords(fsys fs.FS) error {
	t, err := data.Read(fsys, "en/brands.tsv", "name", "kind")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		if k := t.Value(i, "kind"); k == "company" || k == "media" {
			s.brands[t.Value(i, "name")] = true
		}
	}
	if t, err = data.Read(fsys, "en/acronyms.tsv", "acronym", "stands for"); err != nil {
		return err
	}
	for i := range t.Len() {
		s.stands[t.Value(i, "acronym")] = t.Value(i, "stands for")
	}
	if t, err = data.Read(fsys, "en/givennames.tsv", "name"); err != nil {
		return err
	}
	for i := range t.Len() {
		key, _ := keyOf(t.Value(i, "name"))
		s.given[key] = true
	}
	if t, err = data.Read(fsys, "en/titles.tsv", "title"); err != nil {
		return err
	}
	for i := range t.Len() {
		key, _ := keyOf(t.Value(i, "title"))
		s.titles[key] = true
	}
	return nil
}

func (s *Roster) loadStates(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/states.tsv", "id", "iso2", "wikidata")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		s.iso2[t.Value(i, "iso2")] = t.Value(i, "id")
		if q := t.Value(i, "wikidata"); q != "" {
			s.lands[q] = t.Value(i, "id")
		}
	}
	return nil
}

func (s *Roster) loadOwn(fsys fs.FS) (err error) {
	s.own = owned{persons: map[string]int32{}, organisations: map[string]int32{}, last: map[string]int{}}
	for i := range s.r.people {
		if q := s.r.people[i].wikidata; q != "" {
			s.own.persons[q] = int32(i)
		}
	}
	for i := range s.r.orgs {
		for _, o := range s.r.orgs[i].terms {
			if o.wikidata != "" {
				s.own.organisations[o.wikidata] = int32(i)
			}
		}
	}
	if s.own.rows, err = data.Read(fsys, "actors/organisations.tsv", organisationColumns...); err != nil {
		return err
	}
	for i := range s.own.rows.Len() {
		s.own.last[s.own.rows.Value(i, "id")] = i
	}
	return nil
}

// meaning returns the kind that the classes of somebody give him, and his sectors:
// those of the first row of the table that is of this kind and has some.
func (s *Roster) meaning(person bool, at []string) (kind string, sectors []string) {
	var all []sourceClass
	for _, a := range at {
		for _, c := range s.classes[a] {
			if (c.kind == "person") == person {
				all = append(all, c)
			}
		}
	}
	slices.SortFunc(all, func(a, b sourceClass) int { return a.rank - b.rank })
	for _, c := range all {
		if kind == "" {
			kind = c.kind
		}
		if len(sectors) == 0 && c.kind == kind {
			sectors = c.sectors
		}
	}
	return kind, sectors
}

// add takes somebody up.
func (s *Roster) add(f *found) {
	f.ours = -1
	if f.died != "" && f.died < firstNews {
		s.tally.drop("dead or dissolved before " + firstNews)
		return
	}
	if was := s.byID[f.id]; was != nil { // the same once more, from another file
		was.names = append(was.names, f.names...)
		was.tenures = append(was.tenures, f.tenures...)
		return
	}
	s.byID[f.id] = f
	s.met = append(s.met, f)
}

// firstNews is when the event data begin that reach back furthest.
const firstNews = "1979"

// rowID is the id of somebody whom our tables do not know.
func rowID(source, wikidata string) string {
	if wikidata != "" {
		return "wikidata-" + strings.ToLower(wikidata)
	}
	plain := true
	id := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-':
			return r
		case r >= 'A' && r <= 'Z':
			plain = false
			return r - 'A' + 'a'
		}
		plain = false
		return '-'
	}, source)
	if !plain { // two ids may differ by that alone
		id += "-" + shortHash(source)
	}
	return "ftm-" + id
}

// wikidataID reports whether s is an id of an item.
func wikidataID(s string) bool {
	return len(s) > 1 && len(s) < 12 && s[0] == 'Q' && strings.Trim(s[1:], "0123456789") == ""
}

// lines are the lines of a source. A line longer than most is skipped.
type lines struct {
	in *bufio.Reader
	n  int // of the last
}

// longestLine is what a line may have; items of Wikidata have up to some 4 MB.
const longestLine = 64 << 20

// next returns the next line without its end, and io.EOF after the last. What it
// returns holds until it is called again.
func (l *lines) next() (line []byte, err error) {
	l.n++
	line, err = l.in.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		line = slices.Clone(line)
		for err == bufio.ErrBufferFull {
			var more []byte
			more, err = l.in.ReadSlice('\n')
			if len(line) <= longestLine {
				line = append(line, more...)
			}
		}
		if len(line) > longestLine && (err == nil || err == io.EOF) {
			return nil, tooLong{}
		}
	}
	if err == io.EOF && len(line) > 0 {
		err = nil
	}
	return line, err
}

// each has take look at the lines of r that are not empty, without the white space
// around them. fault is told of lines that are too long or of which take returns an
// error, progress from time to time of the number of lines; both may be nil.
func each(r io.Reader, fault func(line int, err error), progress func(lines int), take func(line []byte) error) error {
	for in := (&lines{in: bufio.NewReaderSize(r, 1<<20)}); ; {
		line, err := in.next()
		if err == io.EOF {
			return nil
		}
		var long tooLong
		if err != nil && !errors.As(err, &long) {
			return err
		}
		if progress != nil && in.n%100_000 == 0 {
			progress(in.n)
		}
		if err == nil {
			if line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff"))); len(line) == 0 {
				continue
			}
			err = take(line)
		}
		if err != nil && fault != nil {
			fault(in.n, inWords(err))
		}
	}
}

// inWords says in words what is wrong with a piece of JSON.
func inWords(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind):
		what := "it"
		if kind.Field != "" {
			what = fmt.Sprintf("%q", kind.Field)
		}
		return fmt.Errorf("%s is of the JSON type %s, which is not what stands there in such a file", what, kind.Value)
	case errors.Is(err, io.ErrUnexpectedEOF), err == io.EOF, errors.As(err, &syntax) && syntax.Error() == "unexpected end of JSON input":
		return errors.New("the JSON breaks off")
	case syntax != nil:
		return fmt.Errorf("it is no JSON: %w", err)
	}
	return err
}

type tooLong struct{}

func (tooLong) Error() string { return fmt.Sprintf("it is longer than %d MB", longestLine>>20) }

// plainDay returns a day as tables have it, of one that a source tells; "" for what
// is none.
func plainDay(s string) string {
	if len(s) > 10 {
		s = s[:10]
	}
	if d, err := day(s, false); err != nil || d == dragoman.NoDay {
		return ""
	}
	return s
}

// joins reports whether a word only joins others within a name.
func (s *Roster) joins(key string) bool { return len(s.classes["joining-word:"+key]) > 0 }
