package exchange

import (
	"bufio"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dragoman"
	"dragoman/export"
)

// readings are what dragoman read writes as JSON Lines (docs/reading.md): each event
// is one that a single article tells.
var readings = Format{
	Name:   "reading",
	About:  "readings of articles, as dragoman read writes them: JSON Lines",
	Ending: ".jsonl",
	Whole:  true,
	Read:   func(r *bufio.Reader, b *Codebook) Reader { return &readingReader{lines: newJSONLines(r), book: b} },
	Looks:  func(head []byte) bool { return strings.HasPrefix(firstKeys(head)["schema"], "dragoman/reading/") },
}

type readingReader struct {
	lines jsonLines
	book  *Codebook
	next  []dragoman.Record // of the reading that was read last
	fault []error           // of its events that are left out
}

func (r *readingReader) Next() (dragoman.Record, error) {
	for len(r.next) == 0 && len(r.fault) == 0 {
		var reading export.Reading
		if err := r.lines.next(&reading, "a reading"); err != nil {
			return dragoman.Record{}, err
		}
		if reading.Schema != export.Schema {
			return dragoman.Record{}, &Fault{r.lines.line, fmt.Errorf("its schema is %q, not %q", reading.Schema, export.Schema)}
		}
		r.read(&reading)
	}
	if len(r.fault) > 0 {
		err := r.fault[0]
		r.fault = r.fault[1:]
		return dragoman.Record{}, &Fault{r.lines.line, err}
	}
	next := r.next[0]
	r.next = r.next[1:]
	if err := sound(&next); err != nil {
		return dragoman.Record{}, &Fault{r.lines.line, err}
	}
	return next, nil
}

func (r *readingReader) read(reading *export.Reading) {
	u := unfolder{book: r.book, reading: reading, actors: map[string]*export.Actor{}, places: map[string]*export.Place{}, sources: map[string]*export.Attribution{}}
	a := &reading.Article
	u.entry = dragoman.Entry{ID: a.ID, Title: textOf(a.Title), URL: textOf(a.URL), Outlet: textOf(a.Outlet), Language: textOf(a.Language), Version: reading.Version}
	var err error
	if u.entry.Published, err = dayOr(textOf(a.Published)); err != nil {
		r.fault = append(r.fault, fmt.Errorf("published: %w", err))
		return
	}
	for i := range reading.Actors {
		u.actors[reading.Actors[i].ID] = &reading.Actors[i]
	}
	for i := range reading.Places {
		u.places[reading.Places[i].ID] = &reading.Places[i]
	}
	for i := range reading.Attributions {
		u.sources[reading.Attributions[i].ID] = &reading.Attributions[i]
	}
	for i := range reading.Events {
		record, err := u.event(i)
		if err != nil {
			r.fault = append(r.fault, fmt.Errorf("event %s: %w", reading.Events[i].ID, err))
			continue
		}
		r.next = append(r.next, record)
	}
}

// unfolder turns the events of a reading into records, which stand alone.
type unfolder struct {
	book    *Codebook
	reading *export.Reading
	entry   dragoman.Entry
	actors  map[string]*export.Actor
	places  map[string]*export.Place
	sources map[string]*export.Attribution
}

func (u *unfolder) event(i int) (r dragoman.Record, err error) {
	e := &u.reading.Events[i]
	r.Told, r.First, r.Reports, r.Articles, r.Outlets, r.Origins = u.entry, u.entry.Published, 1, 1, 1, 1
	r.Ordinal, r.Published, r.Origin = i+1, u.entry.Published, u.entry.Outlet
	r.Status = dragoman.Status(e.Status)
	if !slices.Contains(dragoman.Statuses, r.Status) {
		return r, fmt.Errorf("status is %q; it is one of %v", e.Status, dragoman.Statuses)
	}
	r.CAMEO = e.CAMEO
	if err := u.book.Typed(&r.Report, e.Type); err != nil {
		return r, err
	}
	r.Modes, r.Contexts, r.Confidence = e.Modes, e.Contexts, e.Confidence
	r.Words, r.Evidence = e.Trigger.Text, strings.Join(strings.Fields(e.Evidence.Text), " ")
	if r.From, err = dayOr(textOf(e.From)); err != nil {
		return r, err
	}
	if r.To, err = dayOr(textOf(e.To)); err != nil {
		return r, err
	}
	r.Day, r.Dated = dragoman.DayToldBy(r.From, r.To, r.Published)
	if r.Actors, err = u.parties(e.Actors); err != nil {
		return r, err
	}
	if r.Recipients, err = u.parties(e.Recipients); err != nil {
		return r, err
	}
	r.Mutual = e.Mutual
	if e.Place != nil {
		p, ok := u.places[*e.Place]
		if !ok {
			return r, fmt.Errorf("the reading has no place %q", *e.Place)
		}
		r.Place = dragoman.Locale{ID: p.ID, Name: p.Name, Kind: p.Kind, Country: p.Country, ContainedIn: p.ContainedIn}
		if p.Lat != nil && p.Lon != nil {
			r.Place.Lat, r.Place.Lon, r.Place.Located = *p.Lat, *p.Lon, true
		}
	}
	for _, id := range e.AccordingTo {
		s, err := u.source(id)
		if err != nil {
			return r, err
		}
		r.TellBy(s)
	}
	if r.Claimed() {
		r.Sources = 1
	}
	for what, n := range e.Casualties {
		c := dragoman.Count{What: what, Max: -1}
		if n.Min != nil {
			c.Min = *n.Min
		}
		if n.Max != nil {
			c.Max = *n.Max
		}
		r.Casualties = append(r.Casualties, c)
	}
	slices.SortFunc(r.Casualties, func(a, b dragoman.Count) int { return cmp.Compare(a.What, b.What) })
	return r, nil
}

func (u *unfolder) parties(ids []string) (all []dragoman.Party, err error) {
	for _, id := range ids {
		a, ok := u.actors[id]
		if !ok {
			return nil, fmt.Errorf("the reading has no actor %q", id)
		}
		all = append(all, u.party(a))
	}
	return all, nil
}

// party is an actor with those it acts for: groups that it is of, and its state
// where it is of its government, forces, courts or parliament.
func (u *unfolder) party(a *export.Actor) dragoman.Party {
	p := dragoman.Party{ID: a.ID, Name: a.Name, Kind: a.Kind, Title: a.Title, Country: a.Country, Sectors: a.Sectors, CAMEO: a.CAMEO, Wikidata: a.Wikidata, Aliases: a.Aliases,
		Named: !strings.HasPrefix(a.ID, "new:") || slices.ContainsFunc(a.Mentions, func(m export.Mention) bool { return m.Kind == string(dragoman.Name) })}
	if a.Kind == "state" || a.Kind == "igo" || a.Kind == "media" {
		return p
	}
	for _, id := range a.MemberOf {
		group := dragoman.Party{ID: id, Name: id, Kind: "organisation", Named: true}
		if o, ok := u.actors[id]; ok {
			group = dragoman.Party{ID: id, Name: o.Name, Kind: o.Kind, Named: true, Country: o.Country, Sectors: o.Sectors, CAMEO: o.CAMEO, Wikidata: o.Wikidata}
		}
		if group.Kind != "igo" && id != a.ID {
			p.Principals = append(p.Principals, group)
		}
	}
	official := slices.ContainsFunc(a.Sectors, func(s string) bool { return u.book.sectors[s].official })
	if s, ok := u.book.states[a.Country]; ok && official && a.ID != a.Country {
		p.Principals = append(p.Principals, u.book.state(s))
	}
	return p
}

func (u *unfolder) source(attribution string) (s dragoman.Source, err error) {
	a, ok := u.sources[attribution]
	if !ok {
		return s, fmt.Errorf("the reading has no attribution %q", attribution)
	}
	s = dragoman.Source{Text: strings.Join(strings.Fields(textOf(a.Source.Text)), " "), Anonymous: a.Source.Anonymous}
	if a.Source.Actor != nil {
		all, err := u.parties([]string{*a.Source.Actor})
		if err != nil {
			return s, err
		}
		s.Actor = all[0]
	}
	return s, nil
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
