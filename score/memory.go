package score

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"dragoman"
	"dragoman/store"
	"dragoman/story"
)

// MemoryScore is how long a database of invented events takes to answer each
// of the desk's questions, and what adding costs as it grows.
type MemoryScore struct {
	Events, Articles int
	Bytes            int64
	Adding           []time.Duration // for one article, by tenths of the database
	Questions        []Question
}

// Question is how long one question took.
type Question struct {
	Name             string
	Median, P95, Max time.Duration
}

func (m MemoryScore) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d events of %d articles, %.0f MB\nadding an article, by tenths of the database:", m.Events, m.Articles, float64(m.Bytes)/1e6)
	for _, d := range m.Adding {
		fmt.Fprintf(&b, " %.1f", float64(d.Microseconds())/1e3)
	}
	b.WriteString(" ms\n")
	for _, q := range m.Questions {
		fmt.Fprintf(&b, "%-28s median %7.1f ms  p95 %7.1f ms  max %7.1f ms\n", q.Name, ms(q.Median), ms(q.P95), ms(q.Max))
	}
	return b.String()
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1e3 }

// Memory fills a database at path with so many invented events, if it has
// fewer, and asks it each of the desk's questions times over. progress is
// called with the events stored so far.
func Memory(ctx context.Context, desk *story.Desk, path string, events, times int, progress func(int)) (MemoryScore, error) {
	db, err := store.Open(ctx, path)
	if err != nil {
		return MemoryScore{}, err
	}
	defer db.Close()
	m := MemoryScore{}
	if m.Adding, err = Fill(ctx, db, desk, events, progress); err != nil {
		return m, err
	}
	size, err := db.Size(ctx)
	if err != nil {
		return m, err
	}
	m.Events, m.Articles, m.Bytes = int(size.Reports), int(size.Articles), size.Bytes
	m.Questions, err = ask(ctx, db, desk, NewWorld(1), int(size.Articles), times)
	return m, err
}

// Fill stores invented articles until db holds so many events, if it has fewer,
// and returns what one article took, by tenths. progress is called with the
// events stored so far.
func Fill(ctx context.Context, db *store.DB, desk *story.Desk, events int, progress func(int)) (adding []time.Duration, err error) {
	size, err := db.Size(ctx)
	if err != nil {
		return nil, err
	}
	w := NewWorld(1)
	tenth, took, n := events/10, time.Duration(0), 0
	for article := 0; int(size.Reports) < events; article++ {
		f := w.Filing(article)
		if _, there, err := db.Has(ctx, f.Key); err != nil {
			return adding, err
		} else if there {
			continue
		}
		begun := time.Now()
		if _, _, err := db.Save(ctx, &f, desk); err != nil {
			return adding, err
		}
		took, n = took+time.Since(begun), n+1
		size.Reports += int64(len(f.Reports))
		if int(size.Reports) >= tenth*(len(adding)+1) {
			adding = append(adding, took/time.Duration(n))
			took, n = 0, 0
			progress(int(size.Reports))
		}
	}
	return adding, nil
}

// ask puts each question to the database.
func ask(ctx context.Context, db *store.DB, desk *story.Desk, w *World, articles, times int) ([]Question, error) {
	var out []Question
	for _, q := range newAsker(ctx, db, desk, w, articles).questions() {
		var took []time.Duration
		for range times {
			begun := time.Now()
			if err := q.ask(); err != nil {
				return nil, fmt.Errorf("%s: %w", q.name, err)
			}
			took = append(took, time.Since(begun))
		}
		slices.Sort(took)
		out = append(out, Question{q.name, took[len(took)/2], took[len(took)*95/100], took[len(took)-1]})
	}
	return out, nil
}

// asker makes up questions of an invented world.
type asker struct {
	ctx      context.Context
	db       *store.DB
	desk     *story.Desk
	w        *World
	rng      *rand.Rand
	articles int
	last     dragoman.Day
	numbers  map[string]int64
}

type asked struct {
	name string
	ask  func() error
}

// sure is from which confidence on events are asked for, and page how many
// things at once.
const (
	sure = 0.3
	page = 50
)

func newAsker(ctx context.Context, db *store.DB, desk *story.Desk, w *World, articles int) *asker {
	return &asker{ctx: ctx, db: db, desk: desk, w: w, rng: rand.New(rand.NewPCG(2, 2)), articles: articles,
		last: firstDay + dragoman.Day(articles/perDay), numbers: map[string]int64{}}
}

func (a *asker) questions() []asked {
	return slices.Concat(a.relations(), a.events(), a.counts(), a.actors(), a.entries())
}

// anybody returns a party with its number.
func (a *asker) anybody() (dragoman.Party, error) {
	p := a.w.anybody(a.rng)
	n, ok := a.numbers[p.ID]
	if !ok {
		all, err := a.db.Named(a.ctx, p.ID)
		if err != nil {
			return p, err
		}
		if len(all) > 0 {
			n = all[0].Number
		}
		a.numbers[p.ID] = n
	}
	p.Number = n
	return p, nil
}

func (a *asker) anyWord() string { return a.w.words[a.rng.IntN(len(a.w.words))] }
func (a *asker) anyDay() dragoman.Day {
	return firstDay + dragoman.Day(a.rng.IntN(int(a.last-firstDay)))
}

// of asks something of anybody, between of any two.
func (a *asker) of(ask func(p dragoman.Party) error) func() error {
	return func() error {
		p, err := a.anybody()
		if err != nil {
			return err
		}
		return ask(p)
	}
}

func (a *asker) between(ask func(p, q dragoman.Party) error) func() error {
	return a.of(func(p dragoman.Party) error {
		q, err := a.anybody()
		if err != nil {
			return err
		}
		return ask(p, q)
	})
}

func (a *asker) relations() []asked {
	return []asked{
		{"brief", func() error {
			e, ok, err := a.db.Article(a.ctx, fmt.Sprint(1+a.rng.IntN(a.articles)))
			if err != nil || !ok {
				return err
			}
			_, err = a.desk.Brief(a.ctx, a.db, e, story.Options{Confidence: sure})
			return err
		}},
		{"dyad", a.between(func(p, q dragoman.Party) error {
			if p.Number == q.Number {
				return nil
			}
			_, err := a.desk.Dyad(a.ctx, a.db, p, q, dragoman.NoDay, a.last, 7, sure)
			return err
		})},
		{"graph, 30 days", a.related(30, false)},
		{"graph, a year", a.related(365, false)},
		{"relations of one, 30 days", a.related(30, true)},
		{"relations of one, a year", a.related(365, true)},
		{"relations of one, ever", a.related(int(a.last-firstDay), true)},
	}
}

// filtered fills in a filter for any two; one asks with it.
func (a *asker) filtered(fill func(f *dragoman.Filter, p, q dragoman.Party), one func(dragoman.Filter) error) func() error {
	return a.between(func(p, q dragoman.Party) error {
		f := dragoman.Filter{Confidence: sure}
		fill(&f, p, q)
		return one(f)
	})
}

func (a *asker) events() []asked {
	type party = dragoman.Party
	ask := func(fill func(f *dragoman.Filter, p, q party)) func() error {
		return a.filtered(fill, func(f dragoman.Filter) error {
			f.Limit = page
			_, err := a.db.Occurrences(a.ctx, f)
			return err
		})
	}
	return []asked{
		{"events, latest", ask(func(*dragoman.Filter, party, party) {})},
		{"events between two", ask(func(f *dragoman.Filter, p, q party) { f.A, f.B = p.Number, q.Number })},
		{"events by one, of a type", ask(func(f *dragoman.Filter, p, _ party) { f.A, f.Directed, f.Types = p.Number, true, []string{"ASSAULT"} })},
		{"events of one, a late page", ask(func(f *dragoman.Filter, p, _ party) {
			f.A, f.After = p.Number, dragoman.Mark{Day: a.anyDay(), Number: 1}
		})},
		{"events of a status", ask(func(f *dragoman.Filter, _, _ party) { f.Statuses = []dragoman.Status{dragoman.Denied} })},
		{"events at a place", ask(func(f *dragoman.Filter, _, _ party) { f.Place = a.w.places[a.rng.IntN(len(a.w.places))].ID })},
		{"events of an outlet", ask(func(f *dragoman.Filter, _, _ party) { f.Outlet = a.w.outlet(a.rng) })},
		{"events according to one", ask(func(f *dragoman.Filter, p, _ party) { f.Source = p.Number })},
		{"events with words", ask(func(f *dragoman.Filter, _, _ party) { f.Text = a.anyWord() })},
		{"events between two, words", ask(func(f *dragoman.Filter, p, q party) { f.A, f.B, f.Text = p.Number, q.Number, a.anyWord() })},
		{"new events", func() error {
			_, err := a.db.Newly(a.ctx, int64(a.articles-5*perDay), sure, page)
			return err
		}},
	}
}

// counts are of many events at once.
func (a *asker) counts() []asked {
	type party = dragoman.Party
	facets := func(fill func(f *dragoman.Filter, p, _ party)) func() error {
		return a.filtered(fill, func(f dragoman.Filter) error {
			_, err := a.db.Facets(a.ctx, f)
			return err
		})
	}
	return []asked{
		{"facets", facets(func(*dragoman.Filter, party, party) {})},
		{"facets of one", facets(func(f *dragoman.Filter, p, _ party) { f.A = p.Number })},
		{"facets, words", facets(func(f *dragoman.Filter, _, _ party) { f.Text = a.anyWord() })},
		{"map, 30 days", a.located(30, false)},
		{"map, a year", a.located(365, false)},
		{"map of one, a year", a.located(365, true)},
		{"whether anything is new", func() error {
			_, err := a.db.Revision(a.ctx)
			return err
		}},
	}
}

// lately is a filter for the last days, of all or of one.
func (a *asker) lately(days int, one bool, ask func(dragoman.Filter) error) func() error {
	return a.filtered(func(f *dragoman.Filter, p, _ dragoman.Party) {
		f.From, f.To = a.last-dragoman.Day(days), a.last
		if one {
			f.A = p.Number
		}
	}, ask)
}

func (a *asker) located(days int, one bool) func() error {
	return a.lately(days, one, func(f dragoman.Filter) error {
		_, err := a.db.Located(a.ctx, f, 500)
		return err
	})
}

func (a *asker) related(days int, one bool) func() error {
	return a.lately(days, one, func(f dragoman.Filter) error {
		_, err := a.db.Relations(a.ctx, f, []string{"state", "armed_group", "igo", "organisation", "party"}, 100)
		return err
	})
}

func (a *asker) actors() []asked {
	ties := func(limit int) func() error {
		return a.of(func(p dragoman.Party) error {
			all, err := a.db.Ties(a.ctx, p.Number, 0, limit)
			story.Group(all)
			return err
		})
	}
	named := func(begins func() string) func() error {
		return func() error {
			_, err := a.db.Actors(a.ctx, begins(), "", "", page)
			return err
		}
	}
	return []asked{
		{"ties of one", ties(20000)},
		{"ties of one, the last 500", ties(500)},
		{"ties between two", a.between(func(p, q dragoman.Party) error {
			_, err := a.db.Ties(a.ctx, p.Number, q.Number, 500)
			return err
		})},
		{"statements of one", a.of(func(p dragoman.Party) error {
			_, err := a.db.Statements(a.ctx, p.Number, dragoman.Mark{}, page)
			return err
		})},
		{"actors by name", named(func() string { return a.w.anybody(a.rng).Name[:3] })},
		{"actors, most told", named(func() string { return "" })},
	}
}

func (a *asker) entries() []asked {
	ask := func(fill func(*dragoman.ArticleFilter)) func() error {
		return func() error {
			f := dragoman.ArticleFilter{Limit: page}
			fill(&f)
			_, err := a.db.Articles(a.ctx, f)
			return err
		}
	}
	return []asked{
		{"articles, latest", ask(func(*dragoman.ArticleFilter) {})},
		{"articles, a late page", ask(func(f *dragoman.ArticleFilter) { f.Before = 1 + a.rng.Int64N(int64(a.articles)) })},
		{"articles of an outlet", ask(func(f *dragoman.ArticleFilter) { f.Outlet = a.w.outlet(a.rng) })},
		{"articles of a month", ask(func(f *dragoman.ArticleFilter) { f.From = a.anyDay(); f.To = f.From + 30 })},
		{"articles with words", ask(func(f *dragoman.ArticleFilter) { f.Text = a.anyWord() + " " + a.anyWord() })},
		{"articles, words, an outlet", ask(func(f *dragoman.ArticleFilter) { f.Text, f.Outlet = a.anyWord(), a.w.outlet(a.rng) })},
		{"outlets", func() error {
			_, err := a.db.Outlets(a.ctx, page)
			return err
		}},
	}
}

// World invents articles with events: of few parties that are in much of the
// news and many that are in little, as news is.
type World struct {
	actors  []dragoman.Party
	places  []dragoman.Locale
	words   []string
	types   []string
	codes   []string // of CAMEO, one for each type
	seed    uint64
	weights []float64 // summed up, of actors
}

const (
	firstDay = dragoman.Day(14000) // in 2008
	perDay   = 12                  // articles
	outlets  = 300

	// lands are those of which the invented states are, so that formats have codes for them.
	lands = `AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB
		BRN BTN BWA CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA
		ECU EGY ERI ESP EST ETH FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI
		HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA`
)

// NewWorld invents parties, places and words; the same seed, the same world.
func NewWorld(seed uint64) *World {
	w := &World{seed: seed, types: []string{"ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE",
		"PROTEST", "REJECT", "REQUEST", "SANCTION", "STATEMENT", "SUPPORT", "THREATEN"},
		codes: []string{"112", "030", "071", "190", "173", "042", "060", "152", "141", "120", "102", "163", "013", "051", "130"}}
	countries := strings.Fields(lands)
	rng := rand.New(rand.NewPCG(seed, 0))
	for range 6000 {
		w.words = append(w.words, coined(rng))
	}
	for i := range 150 {
		s := dragoman.Party{ID: fmt.Sprintf("s%03d", i), Name: title(coined(rng)), Kind: "state", Country: countries[i%len(countries)], Named: true}
		w.actors = append(w.actors, s)
		w.places = append(w.places, dragoman.Locale{ID: "place-" + s.ID, Name: s.Name, Kind: "country", Country: s.Country})
	}
	for i := range 6000 {
		s := w.actors[i%150]
		p := dragoman.Party{ID: fmt.Sprintf("p%04d", i), Name: title(coined(rng)) + " " + title(coined(rng)), Kind: "person", Title: "minister", Country: s.Country,
			Named: true, Sectors: []string{"GOV"}, Principals: []dragoman.Party{s}}
		w.actors = append(w.actors, p)
		w.places = append(w.places, dragoman.Locale{ID: fmt.Sprintf("t%04d", i), Name: title(coined(rng)), Kind: "settlement", Country: s.Country,
			Lat: float64(i%180) - 90, Lon: float64(i % 360), Located: true, ContainedIn: []string{"place-" + s.ID}})
	}
	sum := 0.0
	for i := range w.actors {
		sum += 1 / float64(3+i)
		w.weights = append(w.weights, sum)
	}
	return w
}

func coined(rng *rand.Rand) string {
	const onsets, vowels, codas = "bdfghjklmnprstvz", "aeiou", "lmnrst"
	var b strings.Builder
	for range 2 + rng.IntN(2) {
		b.WriteByte(onsets[rng.IntN(len(onsets))])
		b.WriteByte(vowels[rng.IntN(len(vowels))])
		if rng.IntN(2) == 0 {
			b.WriteByte(codas[rng.IntN(len(codas))])
		}
	}
	return b.String()
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// anybody returns the i-th party with a chance of 1/(3+i).
func (w *World) anybody(rng *rand.Rand) dragoman.Party {
	at, _ := slices.BinarySearch(w.weights, rng.Float64()*w.weights[len(w.weights)-1])
	return w.actors[min(at, len(w.actors)-1)]
}

func (w *World) outlet(rng *rand.Rand) string { return fmt.Sprintf("Outlet %d", rng.IntN(outlets)) }

// sentence strings words together, common ones more often.
func (w *World) sentence(rng *rand.Rand, n int) string {
	all := make([]string, n)
	for i := range all {
		x := rng.Float64()
		all[i] = w.words[int(x*x*x*float64(len(w.words)))]
	}
	return strings.Join(all, " ")
}

// Filing invents the article of that number.
func (w *World) Filing(article int) dragoman.Filing {
	rng := rand.New(rand.NewPCG(w.seed, uint64(article)+1))
	day := firstDay + dragoman.Day(article/perDay)
	head := w.sentence(rng, 8)
	text := head + "\n\n" + w.sentence(rng, 250)
	sketch := story.SketchOf(text)
	f := dragoman.Filing{Text: text, Reading: []byte(`{"article":{"text":"` + strings.ReplaceAll(text, "\n", `\n`) + `"}}`), Sketch: sketch.Bytes(), Bands: sketch.Bands(),
		Entry: dragoman.Entry{Key: fmt.Sprintf("w%d-%d", w.seed, article), ID: fmt.Sprintf("w%d", article), Title: head, Outlet: w.outlet(rng), Language: "en",
			Published: day, Version: "invented"}}
	a, b := w.anybody(rng), w.anybody(rng)
	for i := range 6 + rng.IntN(10) {
		x, y := a, b
		if rng.IntN(3) == 0 {
			x = w.anybody(rng)
		}
		if rng.IntN(3) == 0 {
			y = w.anybody(rng)
		}
		f.Reports = append(f.Reports, w.report(rng, i, day, x, y))
	}
	for i := range 3 {
		f.Claims = append(f.Claims, dragoman.Claim{Ordinal: i + 1, Source: dragoman.Source{Actor: w.anybody(rng)}, Stance: "asserts", Manner: "paraphrase",
			Content: w.sentence(rng, 15), About: []dragoman.Party{a, b}, Published: day})
	}
	f.Root = f.Outlet
	f.Standings = []dragoman.Standing{{Ordinal: 1, Subject: a, Relation: "supports", Object: b, From: dragoman.NoDay, To: dragoman.NoDay, Status: dragoman.Ongoing,
		Evidence: w.sentence(rng, 8), Published: day, Confidence: 0.6}}
	return f
}

func (w *World) report(rng *rand.Rand, i int, day dragoman.Day, x, y dragoman.Party) dragoman.Report {
	kind := rng.IntN(len(w.types))
	r := dragoman.Report{Ordinal: i + 1, Type: w.types[kind], CAMEO: w.codes[kind], Status: dragoman.Happened, From: dragoman.NoDay, To: dragoman.NoDay,
		Day: day, Published: day, Actors: []dragoman.Party{x}, Trigger: dragoman.Span{Start: i * 20, End: i*20 + 5}, Words: w.sentence(rng, 1),
		Evidence: w.sentence(rng, 14), Confidence: 0.1 + 0.85*rng.Float64(), Tone: dragoman.Tone(rng.IntN(5) - 2)}
	if x.ID != y.ID {
		r.Recipients = []dragoman.Party{y}
		if rng.IntN(12) == 0 { // both do it, with each other or not
			r.Actors, r.Recipients, r.Mutual = append(r.Actors, y), nil, rng.IntN(2) == 0
		}
	}
	if rng.IntN(12) == 0 {
		r.Status = []dragoman.Status{dragoman.Planned, dragoman.Denied, dragoman.Negated}[rng.IntN(3)]
	}
	if rng.IntN(2) == 0 {
		r.Place = w.places[rng.IntN(len(w.places))]
	}
	if rng.IntN(3) == 0 {
		r.Source = dragoman.Source{Actor: w.anybody(rng)}
	}
	if rng.IntN(2) == 0 {
		r.Day, r.Dated = day-dragoman.Day(rng.IntN(3)), true
	}
	return r
}
