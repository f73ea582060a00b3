// Package story works across articles: what is the same report, the same
// event, who said so for which time, what the other side says, and where two
// are heading. It knows no database: what it is asked about is handed to it.
package story

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dragoman"
	"dragoman/data"
)

// Desk files documents and answers questions about what was filed. It is
// read-only after Load and may be used by many goroutines at once.
type Desk struct {
	states        map[string]state          // by ISO 3166-1 alpha-3
	organisations map[string]dragoman.Party // by id
	scores        map[string]float64        // CAMEO code: Goldstein's scale
	kinds         map[string]string         // CAMEO code: type
	media         map[string]string         // name in lower case: id
	codes         map[string]code           // by type
	deeds         map[string]deed           // CAMEO code or type: what to call it
	types         map[string][]string       // the code that deeds count as: the types that have them
	official      map[string]bool           // sectors in whose name a state acts
}

// state is a state as a principal.
type state struct{ name, adjective, cameo, wikidata string }

// deed is how an event is put into words, as infinitives: "visit" with whom it
// is done to behind it, "make a visit" alone. What is said of a state may be
// said of relations with it.
type deed struct {
	verb, alone string
	relations   bool
	as          string // the code that it counts as
}

// Load loads the names of states and organisations, the codes, and the words
// for them.
func Load(fsys fs.FS) (*Desk, error) {
	d := &Desk{states: map[string]state{}, organisations: map[string]dragoman.Party{},
		scores: map[string]float64{}, kinds: map[string]string{}, codes: map[string]code{}, media: map[string]string{}, deeds: map[string]deed{}, types: map[string][]string{},
		official: map[string]bool{}}
	for _, load := range []func(fs.FS) error{d.loadStates, d.loadOrganisations, d.loadTypes, d.loadScores, d.loadDeeds, d.loadSectors} {
		if err := load(fsys); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func (d *Desk) loadStates(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/states.tsv", "id", "name", "demonyms", "kind", "cameo", "wikidata")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		s := state{name: t.Value(i, "name"), cameo: t.Value(i, "cameo"), wikidata: t.Value(i, "wikidata")}
		if all := t.List(i, "demonyms"); len(all) > 0 {
			s.adjective = all[0]
		}
		d.states[t.Value(i, "id")] = s
	}
	return nil
}

func (d *Desk) loadOrganisations(fsys fs.FS) error {
	t, err := data.Read(fsys, "actors/organisations.tsv", "id", "name", "aliases", "kind", "country", "sectors", "cameo", "wikidata")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		id := t.Value(i, "id")
		d.organisations[id] = dragoman.Party{ID: id, Name: t.Value(i, "name"), Kind: t.Value(i, "kind"),
			Country: t.Value(i, "country"), Sectors: t.List(i, "sectors"), CAMEO: t.Value(i, "cameo"), Wikidata: t.Value(i, "wikidata"), Named: true}
		if t.Value(i, "kind") == "media" {
			for _, name := range append(t.List(i, "aliases"), t.Value(i, "name")) {
				d.media[strings.ToLower(name)] = id
			}
		}
	}
	return nil
}

func (d *Desk) loadScores(fsys fs.FS) error {
	t, err := data.Read(fsys, "plover/cameo.tsv", "code", "type", "score")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		d.kinds[t.Value(i, "code")] = t.Value(i, "type")
		if d.scores[t.Value(i, "code")], err = strconv.ParseFloat(t.Value(i, "score"), 64); err != nil {
			return t.Fault(i, "score: %v", err)
		}
	}
	return nil
}

func (d *Desk) loadSectors(fsys fs.FS) error {
	t, err := data.Read(fsys, "plover/sectors.tsv", "code", "official")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		d.official[t.Value(i, "code")] = t.Value(i, "official") == "yes"
	}
	return nil
}

func (d *Desk) loadDeeds(fsys fs.FS) error {
	t, err := data.Read(fsys, "plover/en/deeds.tsv", "code", "verb", "alone", "relations", "as")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		code, as := t.Value(i, "code"), t.Value(i, "as")
		if as == "" {
			as = code
		}
		d.deeds[code] = deed{t.Value(i, "verb"), t.Value(i, "alone"), t.Value(i, "relations") == "yes", as}
	}
	count := func(kind, code string) {
		if as := d.deedCode(&dragoman.Report{Type: kind, CAMEO: code}); !slices.Contains(d.types[as], kind) {
			d.types[as] = append(d.types[as], kind)
		}
	}
	for code, kind := range d.kinds {
		count(kind, code)
	}
	for _, kind := range slices.Sorted(maps.Keys(d.codes)) {
		if d.deeds[kind].verb == "" {
			return fmt.Errorf("%s has no verb for the type %s", t.Path, kind)
		}
		count(kind, "")
	}
	for _, all := range d.types {
		slices.Sort(all)
	}
	return nil
}

// Key returns what makes a an article of its own: its text, with its address,
// or else its id. The same article added twice has the same key.
func Key(a *dragoman.Article) string {
	name := a.URL
	if name == "" {
		name = a.ID
	}
	sum := sha256.Sum256([]byte(name + "\x00" + a.Text))
	return hex.EncodeToString(sum[:16])
}

// root says who tells an article first-hand: the medium that it credits, or that
// publishes it, by its id where it is known.
func (d *Desk) root(e *dragoman.Entry) string {
	if e.Origin != "" {
		return e.Origin
	}
	name := strings.TrimPrefix(strings.ToLower(e.Outlet), "www.")
	for _, name := range []string{name, strings.Split(name, ".")[0]} { // also "reuters.com"
		if id := d.media[name]; id != "" {
			return id
		}
	}
	return e.Outlet
}

// lead returns how an article begins that has no title, cut at a word.
func lead(a *dragoman.Article) string {
	const most = 90 // characters
	if a.Title != "" {
		return ""
	}
	words := ""
	for word := range strings.FieldsSeq(a.Text) {
		if utf8.RuneCountInString(words)+utf8.RuneCountInString(word) > most {
			return strings.TrimSpace(words) + "…"
		}
		words += word + " "
	}
	return strings.TrimSpace(words)
}

// File writes out what is to be remembered of doc: the reports and ties of at
// least minConfidence, what is denied in any case, for it may contradict what
// others tell, and what sources say of whom. reading is the reading as
// JSON; version names what read it.
func (d *Desk) File(doc *dragoman.Document, reading []byte, version string, minConfidence float64) dragoman.Filing {
	f := filer{desk: d, doc: doc, actorAt: doc.ActorsByToken()}
	f.parties = make([]dragoman.Party, len(doc.Actors))
	for i := range doc.Actors {
		f.parties[i] = d.party(&doc.Actors[i])
		f.parties[i].Named = f.named(i)
	}
	sketch := SketchOf(doc.Text)
	out := dragoman.Filing{Text: doc.Text, Reading: reading, Sketch: sketch.Bytes(), Bands: sketch.Bands(),
		Entry: dragoman.Entry{Key: Key(&doc.Article), ID: doc.ID, Title: doc.Title, Lead: lead(&doc.Article), URL: doc.URL, Outlet: doc.Outlet,
			Language: doc.Language, Published: doc.Published, Origin: f.credit(), Version: version}}
	out.Root = d.root(&out.Entry)
	for i := range doc.Events {
		if e := &doc.Events[i]; e.Confidence >= minConfidence || e.Status == dragoman.Denied {
			out.Reports = append(out.Reports, f.report(i))
		}
	}
	for i := range doc.Attributions {
		if c, ok := f.claim(i); ok {
			out.Claims = append(out.Claims, c)
		}
	}
	for i := range doc.Ties {
		if doc.Ties[i].Confidence >= minConfidence {
			out.Standings = append(out.Standings, f.standing(i))
		}
	}
	return out
}

type filer struct {
	desk    *Desk
	doc     *dragoman.Document
	actorAt []int
	parties []dragoman.Party // of doc.Actors
}

// party writes out an actor with those it acts for: the groups it is of, and
// its state where it is of its government, forces, courts or parliament.
func (d *Desk) party(a *dragoman.Actor) dragoman.Party {
	p := dragoman.Party{ID: a.ID, Name: a.Name, Kind: a.Kind, Title: a.Title, Country: a.Country, Sectors: a.Sectors,
		CAMEO: a.CAMEO, Wikidata: a.Wikidata, Aliases: a.Aliases}
	if a.Kind == "state" || a.Kind == "igo" || a.Kind == "media" { // what a state's agency reports its state does not say
		return p
	}
	for _, id := range a.MemberOf {
		if o, ok := d.organisations[id]; ok && o.Kind != "igo" && id != a.ID {
			p.Principals = append(p.Principals, o)
		}
	}
	official := slices.ContainsFunc(a.Sectors, func(s string) bool { return d.official[s] })
	if s, ok := d.states[a.Country]; ok && official && a.ID != a.Country {
		p.Principals = append(p.Principals, dragoman.Party{ID: a.Country, Name: s.name, Kind: "state", Country: a.Country, CAMEO: s.cameo, Wikidata: s.wikidata, Named: true})
	}
	return p
}

// named reports whether the text, or what is known, has a name for an actor.
func (f *filer) named(i int) bool {
	a := &f.doc.Actors[i]
	return !strings.HasPrefix(a.ID, "new:") || slices.ContainsFunc(a.Mentions, func(m int) bool { return f.doc.Mentions[m].Form == dragoman.Name })
}

func (f *filer) report(i int) dragoman.Report {
	e := &f.doc.Events[i]
	r := dragoman.Report{Ordinal: i + 1, Type: e.Type, Modes: e.Modes, Contexts: e.Contexts, CAMEO: e.CAMEO, Quad: e.Quad,
		Tone: dragoman.ToneOf(e.Quad, f.desk.scores[e.CAMEO]), Status: e.Status, From: e.From, To: e.To, Published: f.doc.Published,
		Actors: f.all(e.Actors), Recipients: f.all(e.Recipients), Mutual: e.Mutual, Trigger: e.Trigger, Words: f.doc.TextOf(e.Trigger),
		Evidence: squeeze(f.doc.TextOf(e.Evidence)), Casualties: e.Casualties, Confidence: e.Confidence}
	r.Day, r.Dated = dragoman.DayToldBy(e.From, e.To, f.doc.Published)
	if e.Place >= 0 {
		r.Place = locale(&f.doc.Places[e.Place])
	}
	for _, a := range e.AccordingTo {
		r.TellBy(f.source(a))
	}
	return r
}

func (f *filer) all(actors []int) []dragoman.Party {
	var out []dragoman.Party
	for _, a := range actors {
		out = append(out, f.parties[a])
	}
	return out
}

func locale(p *dragoman.Place) dragoman.Locale {
	return dragoman.Locale{ID: p.ID, Name: p.Name, Kind: p.Kind, Country: p.Country, Lat: p.Lat, Lon: p.Lon,
		Located: p.Located, ContainedIn: p.ContainedIn}
}

func (f *filer) source(attribution int) dragoman.Source {
	a := &f.doc.Attributions[attribution]
	s := dragoman.Source{Text: squeeze(f.doc.TextOf(a.Source)), Anonymous: a.Anonymous}
	if who := f.doc.Speaker(attribution, f.actorAt); who >= 0 {
		s.Actor = f.parties[who]
	}
	return s
}

// maxContent bounds what is kept of the words of a claim, in bytes; all of
// them stand in the reading.
const maxContent = 600

func (f *filer) claim(i int) (dragoman.Claim, bool) {
	a := &f.doc.Attributions[i]
	c := dragoman.Claim{Ordinal: i + 1, Source: f.source(i), Stance: a.Stance, Manner: string(a.Manner),
		Content: cut(squeeze(f.doc.TextOf(a.Content)), maxContent), Published: f.doc.Published}
	seen := map[int]bool{}
	for t := a.First; t < a.End; t++ {
		who := f.actorAt[t]
		if who < 0 || seen[who] {
			continue
		}
		seen[who] = true
		if p := f.parties[who]; p.Country != "" || p.Kind == "igo" || !strings.HasPrefix(p.ID, "new:") {
			c.About = append(c.About, p)
		}
	}
	return c, len(c.About) > 0 && !c.Source.None()
}

func (f *filer) standing(i int) dragoman.Standing {
	t := &f.doc.Ties[i]
	s := dragoman.Standing{Ordinal: i + 1, Subject: f.parties[t.Subject], Relation: t.Relation, Object: f.parties[t.Object], Role: t.Role,
		From: t.From, To: t.To, Status: t.Status, Evidence: squeeze(f.doc.TextOf(t.Evidence)), Published: f.doc.Published, Confidence: t.Confidence}
	if len(t.AccordingTo) > 0 {
		s.Source = f.source(t.AccordingTo[0])
	}
	return s
}

// credit returns the agency that the article says it is from: a medium in
// brackets in the dateline, or one that the short last line names. The outlet
// itself is no credit.
func (f *filer) credit() string {
	const dateline, signature = 200, 60 // bytes
	text := strings.TrimRight(f.doc.Text, " \n\r\t")
	body := 0
	if f.doc.Title != "" {
		body = min(len(text), strings.Index(text, f.doc.Title)+len(f.doc.Title))
	}
	last := strings.LastIndexByte(text, '\n') + 1
	if last <= body || len(text)-last > signature {
		last = len(text)
	}
	for i := range f.doc.Actors {
		a := &f.doc.Actors[i]
		if a.Kind != "media" || a.Name == f.doc.Outlet {
			continue
		}
		for _, m := range a.Mentions {
			s := f.doc.Mentions[m].Span
			bracketed := s.Start > body && s.End < len(text) && text[s.Start-1] == '(' && text[s.End] == ')'
			if bracketed && s.End < body+dateline || s.Start >= last {
				return a.ID
			}
		}
	}
	return ""
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// cut returns at most n bytes of s, at a word where there is one, with an
// ellipsis where something is left out.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	s = s[:n]
	if i := strings.LastIndexByte(s, ' '); i > n/2 {
		s = s[:i]
	}
	return s + "…"
}
