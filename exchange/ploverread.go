package exchange

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dragoman"
)

// ploverFormer are types of earlier drafts, and what they are now, with their mode.
var ploverFormer = map[string]struct{ kind, mode string }{
	"DEMAND": {kind: "REQUEST"}, "DISAPPROVE": {"ACCUSE", "disapprove"}, "INVESTIGATE": {"ACCUSE", "investigate"}, "FIGHT": {kind: "ASSAULT"}}

type ploverReader struct {
	lines jsonLines
	book  *Codebook
	next  []dragoman.Record // of the line that was read last
}

func newPloverReader(r *bufio.Reader, b *Codebook) Reader {
	return &ploverReader{lines: newJSONLines(r), book: b}
}

// Next returns an event for each of the types of a line: it may have several.
func (p *ploverReader) Next() (dragoman.Record, error) {
	for len(p.next) == 0 {
		var l ploverLine
		if err := p.lines.next(&l, "an event of PLOVER"); err != nil {
			return dragoman.Record{}, err
		}
		var err error
		if p.next, err = p.records(&l); err != nil {
			return dragoman.Record{}, &Fault{p.lines.line, err}
		}
	}
	r := p.next[0]
	p.next = p.next[1:]
	if err := sound(&r); err != nil {
		return dragoman.Record{}, &Fault{p.lines.line, err}
	}
	return r, nil
}

func (p *ploverReader) records(l *ploverLine) ([]dragoman.Record, error) {
	r, err := p.record(l)
	if err != nil {
		return nil, err
	}
	if l.More != nil {
		if err := p.ours(&r, l); err != nil {
			return nil, err
		}
		return []dragoman.Record{r}, nil
	}
	kinds := append(l.Event, l.Type...)
	if len(kinds) == 0 {
		return nil, errors.New("it has no type: neither event nor event_type")
	}
	var all []dragoman.Record
	for _, kind := range kinds {
		one := r
		if len(kinds) > 1 {
			one.ID = strings.Trim(r.ID+":"+kind, ":")
		}
		kind = strings.ToUpper(kind)
		if now, ok := ploverFormer[kind]; ok {
			if kind = now.kind; now.mode != "" {
				one.Modes = append([]string{now.mode}, r.Modes...)
			}
		}
		if err := p.book.Typed(&one.Report, kind); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// record reads all but the type.
func (p *ploverReader) record(l *ploverLine) (r dragoman.Record, err error) {
	r = dragoman.Record{Provider: string(l.Coder), ID: string(l.ID)}
	r.Told = dragoman.Entry{ID: string(cmp.Or(l.Cite.Citation, l.StoryID)), URL: string(l.Cite.URL), Title: string(cmp.Or(l.Cite.Title, l.Headline)), Version: string(l.Cite.Coder),
		Language: string(cmp.Or(l.Cite.Language, l.Language)), Outlet: string(cmp.Or(l.Cite.Publication, l.Publisher, l.Publication))}
	date := cmp.Or(l.Resolved, l.Date, l.Published)
	r.Dated = date != "" && (l.Resolved == "" || l.Resolved != l.Published)
	r.First, r.Status = dragoman.NoDay, dragoman.Happened
	if r.Day, err = dayOr(string(date)); err != nil {
		return r, err
	}
	r.From, r.To = r.Day, r.Day
	if l.EndDate != "" {
		if r.To, err = dayOr(string(l.EndDate)); err != nil {
			return r, err
		}
	}
	if r.Published, err = dayOr(string(l.Published)); err != nil {
		return r, err
	}
	r.Told.Published = r.Published
	r.Reports, r.Articles = 1, 1
	r.Actors = slices.Concat(each(l.Source, p.person), each(l.Attributes.Actors, p.ngec))
	r.Recipients = slices.Concat(each(append(l.Recipient, l.Target...), p.person), each(l.Attributes.Recipients, p.ngec))
	r.Modes = append(l.Mode, l.Modes...)
	for _, c := range append(l.Context, l.Contexts...) {
		if s := ploverStatus(c); s != "" {
			r.Status = s
		} else {
			r.Contexts = append(r.Contexts, c)
		}
	}
	r.Evidence = string(l.Text)
	if words := strings.Join(append(l.Words, l.OldWords...), " "); len(l.Type) == 0 { // NGEC has the whole story there
		r.Words = words
	}
	r.Casualties = appendFigure(appendFigure(nil, "killed", l.Dead), "injured", l.Injured)
	spot := cmp.Or(l.Loc, l.OldLoc)
	if l.Geo != nil {
		spot = cmp.Or(l.Geo.Geo, &l.Geo.ploverSpot)
	}
	r.Place = p.spot(spot)
	return r, nil
}

// ploverStatus is what a context says of whether it was done; "" for other contexts.
func ploverStatus(context string) dragoman.Status {
	switch context {
	case "future":
		return dragoman.Planned
	case "hypothetical":
		return dragoman.Hypothetical
	case "negation":
		return dragoman.Negated
	}
	return ""
}

// dayOr reads a day, which may be unknown.
func dayOr(s string) (dragoman.Day, error) {
	if s == "" {
		return dragoman.NoDay, nil
	}
	return dragoman.ParseDay(s)
}

// appendFigure adds a figure that is a number; PLOVER allows codes too.
func appendFigure(all []dragoman.Count, what string, n loose) []dragoman.Count {
	if i, err := strconv.Atoi(string(n)); err == nil && i >= 0 {
		return append(all, dragoman.Count{What: what, Min: i, Max: i})
	}
	return all
}

func (p *ploverReader) person(a *ploverPerson) dragoman.Party {
	name := string(cmp.Or(a.Name, a.Name2, a.Text, a.OldText))
	if a.More != nil {
		party := ploverPartyIn(a.More)
		party.Name, party.Title, party.Wikidata = cmp.Or(name, party.Name), string(a.Office), string(a.ID)
		return party
	}
	var sectors []string
	for rest := strings.ToUpper(string(a.Sector)); len(rest) >= 3; rest = rest[3:] {
		sectors = append(sectors, rest[:3])
	}
	party := p.member(string(a.Code), sectors, name)
	party.Title = string(a.Office)
	if id := string(cmp.Or(a.ID, a.ID2)); id != "" {
		party.Wikidata = id[strings.LastIndexByte(id, '/')+1:] // of an address too
	}
	return party
}

func (p *ploverReader) ngec(a *ngecActor) dragoman.Party {
	return p.member(string(a.Country), []string{string(a.Code1), string(a.Code2)}, string(cmp.Or(a.Wiki, a.Text)))
}

// member returns the party of a code, which is a country's or of those who are of
// none, and of those of the sectors that are known.
func (p *ploverReader) member(code string, sectors []string, name string) dragoman.Party {
	country := ""
	if s, ok := p.book.State(strings.ToUpper(code)); ok {
		country = s.ISO3
	} else {
		sectors = append([]string{code}, sectors...)
	}
	sectors = slices.DeleteFunc(sectors, func(s string) bool { _, ok := p.book.sectors[s]; return !ok })
	if country == "" && len(sectors) == 0 {
		name = cmp.Or(name, code)
	}
	return p.book.Member(country, sectors, name)
}

func (p *ploverReader) spot(s *ploverSpot) dragoman.Locale {
	if s == nil {
		return dragoman.Locale{}
	}
	l := dragoman.Locale{Name: string(cmp.Or(s.Name, s.Resolved))}
	if state, ok := p.book.State(string(cmp.Or(s.ISO3, s.Country))); ok {
		l.Country = state.ISO3
	} else if state, ok := p.book.ISO2(string(s.ISO2)); ok {
		l.Country = state.ISO3
	}
	lat, latErr := strconv.ParseFloat(string(cmp.Or(s.Lat, s.NGECLat)), 64)
	lon, lonErr := strconv.ParseFloat(string(cmp.Or(s.Lon, s.NGECLon)), 64)
	if latErr == nil && lonErr == nil && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 {
		l.Lat, l.Lon, l.Located = lat, lon, true
	}
	switch {
	case strings.HasPrefix(string(cmp.Or(s.Feature, s.FeatureOf)), "PCL") && l.Country != "":
		l.ID, l.Kind = l.Country, "country"
	case s.GeoNames != "" && s.GeoNames != "0":
		l.ID = "gn:" + string(s.GeoNames)
	default:
		l.ID = cmp.Or(l.Name, l.Country)
	}
	return l
}

// ours takes what this program added.
func (p *ploverReader) ours(r *dragoman.Record, l *ploverLine) (err error) {
	m := l.More
	if err := p.book.Typed(&r.Report, m.Type); err != nil {
		return err
	}
	if !slices.Contains(dragoman.Statuses, m.Status) {
		return fmt.Errorf("status is %q; it is one of %v", m.Status, dragoman.Statuses)
	}
	r.Number, r.Provider, r.ID = m.Event, m.Provider, m.ID
	r.CAMEO, r.Tone, r.Status, r.Dated, r.Mutual, r.Origin, r.Article, r.Confidence = m.CAMEO, m.Tone, m.Status, m.Dated, m.Mutual, m.Origin, m.Article, m.Confidence
	r.Reports, r.Articles, r.Outlets, r.Origins, r.Sources, r.Told.Number = m.Reports, m.Articles, m.Outlets, m.Origins, m.Sources, m.Article
	if m.Provider == "" {
		if n, ok := strings.CutPrefix(m.ID, "e"); ok {
			r.Ordinal, _ = strconv.Atoi(n)
		}
		r.ID = ""
	}
	if m.Modes != nil {
		r.Modes = m.Modes
	}
	for _, d := range []struct {
		into *dragoman.Day
		from string
	}{{&r.From, m.From}, {&r.To, m.To}, {&r.Published, m.Published}, {&r.First, m.First}} {
		if *d.into, err = dayOr(d.from); err != nil {
			return err
		}
	}
	r.Told.Published = r.Published
	if a := m.AccordingTo; a != nil {
		r.Source = dragoman.Source{Text: a.Text, Anonymous: a.Anonymous}
		if a.Actor != nil {
			r.Source.Actor = ploverPartyIn(a.Actor)
		}
	}
	if m.Place != nil {
		r.Place.ID, r.Place.Kind, r.Place.ContainedIn = m.Place.ID, m.Place.Kind, m.Place.ContainedIn
	}
	r.Casualties = nil
	for what, n := range m.Casualties {
		c := dragoman.Count{What: what, Min: n.Min, Max: -1}
		if n.Max != nil {
			c.Max = *n.Max
		}
		r.Casualties = append(r.Casualties, c)
	}
	slices.SortFunc(r.Casualties, func(a, b dragoman.Count) int { return cmp.Compare(a.What, b.What) })
	return nil
}

// ploverPartyIn is the contrary of ploverPartyOf. Those a party acts for act for
// nobody themselves.
func ploverPartyIn(p *ploverParty) dragoman.Party {
	out := dragoman.Party{ID: p.ID, Name: p.Name, Kind: p.Kind, Named: p.Named, Country: p.Country, Sectors: p.Sectors, CAMEO: p.CAMEO}
	for i := range p.ActsFor {
		p.ActsFor[i].ActsFor = nil
		out.Principals = append(out.Principals, ploverPartyIn(&p.ActsFor[i]))
	}
	return out
}
