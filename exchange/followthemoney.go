package exchange

import (
	"bufio"
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman"
)

// followthemoney is FollowTheMoney (https://followthemoney.tech), the model of
// Aleph, OpenAleph and OpenSanctions, as JSON Lines: an entity a line. Schemata and
// properties are those of version 3.8 that version 4 has too. Who a line refers to
// stands before it, and stands once. An event is named after what it is, claims and
// plans included ("Claimed by X: …"), for its name is what platforms show.
var followthemoney = Format{Name: "followthemoney", About: "entities for investigative platforms: events, actors, articles, ties (FollowTheMoney, JSON Lines)",
	Ending: ".ftm.json", Media: "application/jsonl", Whole: true, Write: newMoneyWriter}

// moneyEntity is a line.
type moneyEntity struct {
	id, schema string
	properties []moneyProperty // in the order in which they were set
}

type moneyProperty struct {
	name   string
	values []string
}

// set adds to a property what is known.
func (e *moneyEntity) set(property string, values ...string) {
	for _, v := range values {
		if v = oneLine(v); v == "" {
			continue
		}
		i := slices.IndexFunc(e.properties, func(p moneyProperty) bool { return p.name == property })
		if i < 0 {
			i = len(e.properties)
			e.properties = append(e.properties, moneyProperty{name: property})
		}
		if p := &e.properties[i]; !slices.Contains(p.values, v) {
			p.values = append(p.values, v)
		}
	}
}

// oneLine writes all white space as single blanks.
func oneLine(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r != ' ' && unicode.IsSpace(r) }) < 0 && !strings.Contains(s, "  ") {
		return strings.TrimSpace(s)
	}
	return strings.Join(strings.Fields(s), " ")
}

// appendTo writes e as JSON.
func (e *moneyEntity) appendTo(b []byte) []byte {
	b = append(b, `{"id":"`...)
	b = append(b, e.id...)
	b = append(b, `","schema":"`...)
	b = append(b, e.schema...)
	b = append(b, `","properties":{`...)
	for i := range e.properties {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), e.properties[i].name...), `":[`...)
		for k, v := range e.properties[i].values {
			if k > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, v)
		}
		b = append(b, ']')
	}
	return append(b, "}}\n"...)
}

// appendJSON writes a text as a string of JSON; what is not UTF-8 becomes U+FFFD.
func appendJSON(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = fmt.Appendf(b, "\\u%04x", r)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

type moneyWriter struct {
	out  *bufio.Writer
	line []byte
	book *Codebook
	seen map[[sha1.Size]byte]bool // what may be told again and was written: actors, articles, positions, ties
}

func newMoneyWriter(w io.Writer, book *Codebook) Writer {
	return &moneyWriter{out: bufio.NewWriterSize(w, 1<<16), book: book, seen: map[[sha1.Size]byte]bool{}}
}

func (m *moneyWriter) write(e *moneyEntity) error {
	m.line = e.appendTo(m.line[:0])
	_, err := m.out.Write(m.line)
	return err
}

func (m *moneyWriter) Close() error { return m.out.Flush() }

// made begins an entity, whose id is a hash of its kind and of what tells it from others.
func made(schema, kind string, key ...string) (*moneyEntity, [sha1.Size]byte) {
	sum := sha1.Sum([]byte("dragoman\x00" + kind + "\x00" + strings.Join(key, "\x00")))
	return &moneyEntity{id: hex.EncodeToString(sum[:]), schema: schema}, sum
}

// once writes an entity if it was not written yet, and returns its id.
func (m *moneyWriter) once(e *moneyEntity, sum [sha1.Size]byte) (string, error) {
	if m.seen[sum] {
		return e.id, nil
	}
	m.seen[sum] = true
	return e.id, m.write(e)
}

// schemaOf returns the schema of an actor. A state acts through its public bodies,
// so it is one; what is not known to be more is a legal entity, whatever that may be.
func schemaOf(p *dragoman.Party) string {
	switch p.Kind {
	case "person":
		return "Person"
	case "state", "government":
		return "PublicBody"
	case "company", "media":
		return "Company"
	case "organisation", "armed_group", "party", "igo", "ngo":
		return "Organization"
	}
	return "LegalEntity"
}

func isOrganisation(schema string) bool {
	return schema == "Organization" || schema == "PublicBody" || schema == "Company"
}

// named reports whether a party is somebody by name, who can be looked up: he is told
// by name, or known. "Most European companies" and "rioters" are not.
func named(p *dragoman.Party) bool {
	return p.Named || known(p)
}

// byName returns p, or, where he has no name, the nearest of those he acts for who has
// one; nil for nobody.
func byName(p *dragoman.Party) *dragoman.Party {
	if named(p) {
		return p
	}
	for i := range p.Principals {
		if named(&p.Principals[i]) {
			return &p.Principals[i]
		}
	}
	return nil
}

// actor writes who somebody with a name is, once, and returns the id; "" for nobody.
func (m *moneyWriter) actor(p *dragoman.Party) (string, error) {
	if p == nil || p.ID == "" || !named(p) {
		return "", nil
	}
	e, sum := made(schemaOf(p), "actor", p.ID)
	if m.seen[sum] {
		return e.id, nil
	}
	e.set("name", cmp.Or(p.Name, p.ID))
	e.set("alias", p.Aliases...)
	m.country(e, p.Country)
	e.set("wikidataId", p.Wikidata)
	e.set("sector", p.Sectors...)
	e.set("classification", p.Kind)
	if p.Kind == "person" {
		e.set("position", p.Title)
	}
	switch p.Kind {
	case "igo":
		e.set("topics", "gov.igo")
	case "party":
		e.set("topics", "pol.party")
	case "state", "government":
		e.set("topics", "gov")
	}
	return m.once(e, sum)
}

// country sets a country by its ISO 3166-1 alpha-2 code in small letters, as the model has it.
func (m *moneyWriter) country(e *moneyEntity, iso3 string) {
	if s, ok := m.book.State(iso3); ok {
		e.set("country", strings.ToLower(s.ISO2))
	}
}

// article writes the article that tells something, once; "" where none is known.
func (m *moneyWriter) article(a *dragoman.Entry) (string, error) {
	key := cmp.Or(a.Key, a.URL, a.ID)
	if key == "" {
		return "", nil
	}
	e, sum := made("Article", "article", key)
	if m.seen[sum] {
		return e.id, nil
	}
	title := cmp.Or(a.Heading(), a.URL, a.ID, a.Key)
	e.set("name", title)
	e.set("title", title)
	e.set("fileName", cmp.Or(a.ID, a.URL, a.Key))
	e.set("sourceUrl", webAddress(a.URL))
	e.set("publisher", a.Outlet)
	e.set("publishedAt", a.Published.String())
	return m.once(e, sum)
}

// webAddress returns an address that is one on the web; "" for any other.
func webAddress(url string) string {
	if strings.HasPrefix(url, "http://") || strings.HasPrefix(url, "https://") {
		return url
	}
	return ""
}

// Write writes an event, before it its parties, who tells it, and its article.
func (m *moneyWriter) Write(r *dragoman.Record) error {
	article, err := m.article(&r.Told)
	if err != nil {
		return err
	}
	actors, err := m.all(r.Actors)
	if err != nil {
		return err
	}
	recipients, err := m.all(r.Recipients)
	if err != nil {
		return err
	}
	if _, err := m.actor(byName(&r.Source.Actor)); err != nil {
		return err
	}
	name := eventName(r)
	e, sum := made("Event", "event", r.Provider, cmp.Or(name, r.Type+"|"+headline(r)+"|"+r.Day.String()+"|"+r.Evidence))
	e.set("name", headline(r))
	e.set("involved", actors...)
	e.set("involved", recipients...)
	if len(recipients) > 0 { // of what all do together none is whose event it is
		e.set("organizer", actors...)
	}
	e.set("summary", r.Evidence)
	if !r.Source.None() {
		e.set("description", "According to "+r.Source.Name())
	}
	m.days(e, &r.Report)
	e.set("location", whereabouts(&r.Place))
	m.country(e, r.Place.Country)
	e.set("keywords", r.Type)
	e.set("keywords", r.Modes...)
	if code := m.book.CAMEO(&r.Report); code != "" {
		e.set("keywords", "CAMEO "+code)
	}
	e.set("keywords", string(r.Status))
	e.set("proof", article)
	e.set("recordId", eventName(r))
	e.set("publisher", cmp.Or(r.Told.Outlet, r.Provider))
	e.set("sourceUrl", webAddress(r.Told.URL))
	if r.Number > 0 || r.ID != "" { // it is told once, and need not be remembered
		return m.write(e)
	}
	_, err = m.once(e, sum)
	return err
}

func (m *moneyWriter) all(parties []dragoman.Party) (ids []string, err error) {
	for i := range parties {
		id, err := m.actor(byName(&parties[i]))
		if err != nil {
			return nil, err
		}
		if id != "" {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// days tells when an event was, as far as the text tells it; where it tells no day,
// that of publication is no date of it.
func (m *moneyWriter) days(e *moneyEntity, r *dragoman.Report) {
	if r.Dated {
		e.set("date", r.Day.String())
	}
	if r.From != r.To || !r.Dated {
		e.set("startDate", r.From.String())
		e.set("endDate", r.To.String())
	}
}

// whereabouts is where it was, with the state that contains it.
func whereabouts(p *dragoman.Locale) string {
	if p.Name == "" || p.Country == "" || p.Kind == "country" {
		return p.Name
	}
	return p.Name + ", " + p.Country
}

// headline is what an event is called: "Planned: ASSAULT by the Taliban on Kabul".
func headline(r *dragoman.Record) string {
	var b strings.Builder
	b.WriteString(hedge(r.Status, &r.Source))
	b.WriteString(r.Type)
	if names := namesOf(r.Actors); names != "" {
		b.WriteString(" by " + names)
	}
	if names := namesOf(r.Recipients); names != "" {
		b.WriteString(", towards " + names)
	}
	return b.String()
}

// hedge says ahead of what is told that it is no plain fact.
func hedge(s dragoman.Status, source *dragoman.Source) string {
	var said []string
	if s != "" && !s.Done() {
		said = append(said, string(s))
	}
	if !source.None() {
		said = append(said, "claimed by "+source.Name())
	}
	if len(said) == 0 {
		return ""
	}
	all := strings.Join(said, ", ")
	return strings.ToUpper(all[:1]) + all[1:] + ": "
}

func namesOf(parties []dragoman.Party) string {
	const most = 3
	var all []string
	for i := range parties {
		if i == most {
			all = append(all, fmt.Sprintf("%d others", len(parties)-most))
			break
		}
		all = append(all, cmp.Or(parties[i].Name, parties[i].ID))
	}
	return strings.Join(all, ", ")
}
