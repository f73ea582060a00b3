package store

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/zeebo/xxh3"

	"dragoman"
)

// toldAs begins the key of an event that its provider calls nothing.
const toldAs = "told:"

// provision stores the events of one call of Provide.
type provision struct {
	*tx
	provider string
	number   int64            // the provider's
	interned map[string]int64 // table and row: number
	nameless map[uint64]int   // what an event without an ID tells: how many told it
	scratch  []byte
	articles map[string]int64 // of the batch
	dyads    []providedDyad   // of the batch, not listed yet
}

type providedDyad struct {
	a, b  string
	day   dragoman.Day
	event int64
	tone  dragoman.Tone
	done  int
}

// all stores those of a batch that are not there yet, and says how many.
func (p *provision) all(batch []dragoman.Record, now int64) (fresh int, err error) {
	if err := p.open(now); err != nil {
		return 0, err
	}
	for i := range batch {
		r := &batch[i]
		r.ID = strings.ReplaceAll(strings.ToValidUTF8(r.ID, "\uFFFD"), "\x00", "") // as it is asked for
		if r.ID == "" {
			r.ID = p.coin(r)
		}
	}
	there, err := p.there(batch)
	if err != nil {
		return 0, err
	}
	var last int64
	if _, err := p.one("SELECT coalesce(max(number), 0) FROM provided", nil, &last); err != nil {
		return 0, err
	}
	p.articles = map[string]int64{}
	from, to := dragoman.Day(1<<31-1), dragoman.NoDay
	for i := range batch {
		r := &batch[i]
		if there[r.ID] {
			continue
		}
		there[r.ID] = true
		fresh++
		if err := p.event(last+int64(fresh), r); err != nil {
			return 0, err
		}
		if r.Day != dragoman.NoDay {
			from, to = min(from, r.Day), max(to, r.Day)
		}
	}
	if fresh == 0 {
		return 0, nil
	}
	if err := p.list(); err != nil {
		return 0, err
	}
	return fresh, p.exec(`UPDATE providers SET events = events + ?1, added = ?2, first = CASE WHEN ?4 = ?5 THEN first WHEN first = ?5 THEN ?3 ELSE min(first, ?3) END,
		last = max(last, ?4) WHERE number = ?6`, fresh, now, from, to, dragoman.NoDay, p.number)
}

// maxInterned bounds what is kept in memory of the parties and places.
const maxInterned = 1 << 18

// open finds or makes the provider. Where it was withdrawn meanwhile, nothing
// that is kept of it holds.
func (p *provision) open(now int64) error {
	err := p.exec("INSERT INTO providers (name, events, first, last, added) VALUES (?, 0, ?, ?, ?) ON CONFLICT DO NOTHING",
		p.provider, dragoman.NoDay, dragoman.NoDay, now)
	if err != nil {
		return err
	}
	var number int64
	if _, err := p.one("SELECT number FROM providers WHERE name = ?", []any{p.provider}, &number); err != nil {
		return err
	}
	if number != p.number || len(p.interned) > maxInterned {
		clear(p.interned)
		p.number = number
	}
	return nil
}

// coin makes an ID of what an event tells; of several that tell the same each has
// its own.
func (p *provision) coin(r *dragoman.Record) string {
	key := xxh3.HashString(strings.Join([]string{tells(&r.Report), r.CAMEO, r.From.String(), r.To.String(), r.Place.Name, r.Source.Name(), r.Told.URL, r.Told.ID, r.Evidence}, "\x00"))
	p.nameless[key]++
	id := toldAs + strconv.FormatUint(key, 16)
	if n := p.nameless[key]; n > 1 {
		id += "/" + strconv.Itoa(n)
	}
	return id
}

// there says which IDs of a batch the provider has.
func (p *provision) there(batch []dragoman.Record) (map[string]bool, error) {
	ids := make([]string, len(batch))
	for i := range batch {
		ids[i] = batch[i].ID
	}
	asked, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	there := make(map[string]bool, len(batch))
	return there, each(p, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		there[id] = true
		return err
	}, "SELECT id FROM provided WHERE provider = ? AND id IN "+these, p.number, string(asked))
}

// event stores one event.
func (p *provision) event(number int64, r *dragoman.Record) error {
	actors, err := p.parties(r.Actors)
	if err != nil {
		return err
	}
	recipients, err := p.parties(r.Recipients)
	if err != nil {
		return err
	}
	place, err := p.place(&r.Place)
	if err != nil {
		return err
	}
	source, err := p.party(&r.Source.Actor)
	if err != nil {
		return err
	}
	article, err := p.article(number, &r.Told)
	if err != nil {
		return err
	}
	casualties, err := counts(r.Casualties)
	if err != nil {
		return err
	}
	if err := p.between(number, r); err != nil {
		return err
	}
	return p.exec(`INSERT INTO provided (number, provider, id, day, type, modes, contexts, cameo, quad, tone, status, from_day, to_day, dated, published, actors, recipients, mutual,
		place, source, source_text, anonymous, origin, words, evidence, casualties, confidence, article, first, reports, articles, outlets, origins, sources)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		number, p.number, r.ID, r.Day, r.Type, strings.Join(r.Modes, "|"), strings.Join(r.Contexts, "|"), r.CAMEO, r.Quad, r.Tone, r.Status, r.From, r.To, r.Dated, r.Published,
		actors, recipients, r.Mutual, place, source, r.Source.Text, r.Source.Anonymous, r.Origin, r.Words, r.Evidence, casualties, r.Confidence, article, r.First,
		r.Reports, r.Articles, r.Outlets, r.Origins, r.Sources)
}

const (
	maxSide  = 100     // actors a side under whom an event is found
	maxDyads = 1 << 16 // what is noted before it is listed; a usual batch has less
)

// between notes under whom an event is found, as in dyads: where nobody receives,
// those who act may do so with each other.
func (p *provision) between(event int64, r *dragoman.Record) error {
	there, others := side(r.Actors), side(r.Recipients)
	mutual := r.Mutual && len(r.Recipients) == 0
	if mutual {
		others = there
	}
	for _, a := range there {
		for _, b := range others {
			alone := mutual && a.party == b.party && a.party != several
			if a.id != b.id && !alone {
				p.dyads = append(p.dyads, providedDyad{a.id, b.id, r.Day, event, r.Tone, done(&r.Report)})
			}
		}
	}
	if len(p.dyads) > maxDyads {
		return p.list()
	}
	return nil
}

// done says as in dyads whether something was done: 2 is by the word of a source only.
func done(r *dragoman.Report) int {
	switch {
	case r.Fact():
		return 1
	case r.Status.Done():
		return 2
	}
	return 0
}

// listed is an actor of ours under whom an event is found, and the index of the
// party that is, or acts for, this actor.
type listed struct {
	id    string
	party int
}

const several = -1 // the index of more than one party

// side returns under whom one side of an event is found: under each party that is
// one of our actors, and under those for whom it acts. More than maxSide are not.
func side(all []dragoman.Party) (s []listed) {
	add := func(p *dragoman.Party, party int) {
		switch i := slices.IndexFunc(s, func(l listed) bool { return l.id == p.ID }); {
		case i >= 0 && s[i].party != party:
			s[i].party = several
		case i < 0 && len(s) < maxSide && shared(p):
			s = append(s, listed{p.ID, party})
		}
	}
	for i := range all {
		add(&all[i], i)
		for j := range all[i].Principals {
			add(&all[i].Principals[j], i)
		}
	}
	return s
}

// shared reports whether our actors may have the id of a party.
func shared(p *dragoman.Party) bool { return p.ID != "" && !strings.HasPrefix(p.ID, dragoman.Coined) }

// list stores what between noted, in the order of the table, in which fewer of
// its pages are touched.
func (p *provision) list() error {
	slices.SortFunc(p.dyads, func(x, y providedDyad) int {
		return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), cmp.Compare(x.day, y.day), cmp.Compare(x.event, y.event))
	})
	for _, d := range p.dyads {
		err := p.exec("INSERT INTO provided_dyads (provider, a, b, day, event, tone, done) VALUES (?, ?, ?, ?, ?, ?, ?)", p.number, d.a, d.b, d.day, d.event, d.tone, d.done)
		if err != nil {
			return err
		}
	}
	p.dyads = p.dyads[:0]
	return nil
}

// parties returns the numbers of several, separated by |.
func (p *provision) parties(all []dragoman.Party) (string, error) {
	var b []byte
	for i := range all {
		n, err := p.party(&all[i])
		if err != nil {
			return "", err
		}
		if i > 0 {
			b = append(b, '|')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return string(b), nil
}

// party returns the number of a party, which is stored once; 0 for nobody.
func (p *provision) party(is *dragoman.Party) (int64, error) {
	if is.ID == "" && is.Name == "" {
		return 0, nil
	}
	principals, err := p.parties(is.Principals)
	if err != nil {
		return 0, err
	}
	sectors := strings.Join(is.Sectors, "|")
	key := p.key("party", is.ID, is.Name, is.Kind, is.Title, is.Country, strconv.FormatBool(is.Named), sectors, is.CAMEO, is.Wikidata, principals)
	return p.once(key, func() (number int64, err error) {
		called := ""
		if shared(is) {
			called = fold(is.Name)
		}
		_, err = p.one(`INSERT INTO provided_parties (provider, id, name, kind, title, country, named, sectors, cameo, wikidata, principals, called)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET number = number RETURNING number`,
			[]any{p.number, is.ID, is.Name, is.Kind, is.Title, is.Country, is.Named, sectors, is.CAMEO, is.Wikidata, principals, called}, &number)
		return number, err
	})
}

// place returns the number of a place, which is stored once; 0 for none.
func (p *provision) place(is *dragoman.Locale) (int64, error) {
	if is.ID == "" && is.Name == "" && is.Country == "" && !is.Located {
		return 0, nil
	}
	within := strings.Join(is.ContainedIn, "|")
	key := p.key("place", is.ID, is.Name, is.Kind, is.Country, strconv.FormatFloat(is.Lat, 'g', -1, 64), strconv.FormatFloat(is.Lon, 'g', -1, 64), strconv.FormatBool(is.Located), within)
	return p.once(key, func() (number int64, err error) {
		_, err = p.one(`INSERT INTO provided_places (provider, id, name, kind, country, lat, lon, located, within)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET number = number RETURNING number`,
			[]any{p.number, is.ID, is.Name, is.Kind, is.Country, is.Lat, is.Lon, is.Located, within}, &number)
		return number, err
	})
}

// key makes one of values; it holds until the next.
func (p *provision) key(values ...string) []byte {
	p.scratch = p.scratch[:0]
	for _, v := range values {
		p.scratch = append(append(p.scratch, v...), 0)
	}
	return p.scratch
}

// once returns the number of what a key stands for, which insert stores or finds
// where it is not at hand.
func (p *provision) once(key []byte, insert func() (int64, error)) (int64, error) {
	if n, ok := p.interned[string(key)]; ok {
		return n, nil
	}
	kept := string(key)
	n, err := insert()
	if err == nil {
		p.interned[kept] = n
	}
	return n, err
}

// article returns the number of the article that an event is told in: that of the
// first event of the batch that is; 0 for none. Events of one article stand
// together in the files of providers.
func (p *provision) article(event int64, is *dragoman.Entry) (int64, error) {
	if is.ID == "" && is.Title == "" && is.URL == "" && is.Outlet == "" && is.Version == "" {
		return 0, nil
	}
	key := p.key(is.ID, is.Title, is.URL, is.Outlet, is.Language, is.Published.String(), is.Version)
	if n, ok := p.articles[string(key)]; ok {
		return n, nil
	}
	p.articles[string(key)] = event
	return event, p.exec("INSERT INTO provided_articles (number, id, title, url, outlet, language, published, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		event, is.ID, is.Title, is.URL, is.Outlet, is.Language, is.Published, is.Version)
}
