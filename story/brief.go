package story

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"dragoman"
)

// Memory is what a desk asks of a store.
type Memory interface {
	// Told returns the occurrences that the reports of an article tell, by number.
	Told(ctx context.Context, article int64) (map[int64]dragoman.Occurrence, error)
	// ReportsIn returns the reports of an article, ReportsOf those of occurrences, in order of number.
	ReportsIn(ctx context.Context, article int64) ([]dragoman.Report, error)
	ReportsOf(ctx context.Context, occurrences []int64) ([]dragoman.Report, error)
	// ClaimsIn returns what sources say in an article.
	ClaimsIn(ctx context.Context, article int64) ([]dragoman.Claim, error)
	// Occurrences returns what the filter wants, the newest first.
	Occurrences(ctx context.Context, f dragoman.Filter) ([]dragoman.Occurrence, error)
	// Counts counts what was done between two, or is claimed to be, and published by
	// the day told, in the order of days, days inclusive.
	Counts(ctx context.Context, a, b int64, from, to, told dragoman.Day, confidence float64) ([]dragoman.DayCount, error)
	// Since returns from which day of publication on, up to now, it is remembered
	// without large gaps; NoDay for none.
	Since(ctx context.Context, now dragoman.Day) (dragoman.Day, error)
	// Claims returns what sources say about both of two, the newest first.
	Claims(ctx context.Context, a, b int64, from, to dragoman.Day, limit int) ([]dragoman.Claim, error)
	// Ties returns ties of an actor, or between two, as articles tell them.
	Ties(ctx context.Context, a, b int64, limit int) ([]dragoman.Standing, error)
	// TiesWith returns those between an actor and any of others.
	TiesWith(ctx context.Context, a int64, others []int64, limit int) ([]dragoman.Standing, error)
	// TiesIn returns the ties that an article tells.
	TiesIn(ctx context.Context, article int64) ([]dragoman.Standing, error)
	// Entries returns articles by number; Copies all of one text.
	Entries(ctx context.Context, numbers []int64) (map[int64]dragoman.Entry, error)
	Copies(ctx context.Context, original int64) ([]dragoman.Entry, error)
}

// Brief is what a desk wants to know of an article: what is new in it, and what
// is remembered of what it tells. It looks back only: at what was published
// before, or on the same day and stored before.
type Brief struct {
	Article dragoman.Entry
	Copies  []dragoman.Entry // other articles of the same text
	New     []Told
	Known   []Told // told before
	Between []Between
}

// Told is an event of the article.
type Told struct {
	dragoman.Report
	Occurrence dragoman.Occurrence
	Earlier    []dragoman.Entry // articles that told it before, the first first
	Nth        string           // "2nd Taliban official in 7 days to speak well of relations with Tajikistan; …"; "" where there is nothing to say
}

// Between is what is remembered of two whom the article is about, the
// likeliest first.
type Between struct {
	A, B     dragoman.Party
	Others   []Voice    // what the other side and third parties say
	Opposite []Opposite // of what the article tells, the contrary is told too
	Ties     []Tie
	Turn     *dragoman.Occurrence // the latest event of the other tone before, if that is not long ago
	Outlook  Outlook
}

// Voice is what somebody says about both.
type Voice struct {
	dragoman.Claim
	Entry    dragoman.Entry
	Contrary bool // it warns, denies or doubts, or tells of conflict where the article tells of cooperation, or the other way round
	Third    bool // it comes from neither side
}

// Opposite is two tellings that cannot both be true.
type Opposite struct {
	Told  dragoman.Report     // in the article
	Other dragoman.Occurrence // the contrary
}

// Options say how far back a brief looks.
type Options struct {
	Confidence float64 // of events that are told
	Days       int     // how far back others are heard; 0: 30
}

// Brief tells what is new in an article.
func (d *Desk) Brief(ctx context.Context, m Memory, e dragoman.Entry, o Options) (*Brief, error) {
	if o.Days == 0 {
		o.Days = 30
	}
	b := &briefer{desk: d, m: m, ctx: ctx, options: o, brief: &Brief{Article: e}, day: e.Published}
	for _, step := range []func() error{b.copies, b.events, b.relations} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return b.brief, nil
}

type briefer struct {
	desk    *Desk
	m       Memory
	ctx     context.Context
	options Options
	day     dragoman.Day // up to which is looked
	brief   *Brief
	reports []dragoman.Report // those that are told
	all     []dragoman.Report
	since   dragoman.Day // from which on it is remembered without large gaps
	claims  []dragoman.Claim
}

func (b *briefer) copies() error {
	all, err := b.m.Copies(b.ctx, b.brief.Article.Original)
	for _, e := range all {
		if e.Number != b.brief.Article.Number {
			b.brief.Copies = append(b.brief.Copies, e)
		}
	}
	return err
}

// before reports whether an article was there before the one of the brief; the
// copies of its text tell nothing of their own.
func (b *briefer) before(e dragoman.Entry) bool {
	a := b.brief.Article
	switch {
	case e.Original == a.Original:
		return false
	case e.Published == a.Published, e.Published == dragoman.NoDay, a.Published == dragoman.NoDay:
		return e.Number < a.Number
	}
	return e.Published < a.Published
}

// events sorts the article's events into what is new and what was told before.
func (b *briefer) events() error {
	a := b.brief.Article
	told, err := b.m.Told(b.ctx, a.Number)
	if err != nil {
		return err
	}
	if b.all, err = b.m.ReportsIn(b.ctx, a.Number); err != nil {
		return err
	}
	if b.claims, err = b.m.ClaimsIn(b.ctx, a.Number); err != nil {
		return err
	}
	var numbers []int64
	for _, r := range b.all {
		if r.Confidence >= b.options.Confidence {
			b.reports = append(b.reports, r)
			numbers = append(numbers, r.Occurrence)
		}
	}
	others, err := b.m.ReportsOf(b.ctx, numbers)
	if err != nil {
		return err
	}
	tellers := map[int64][]int64{} // occurrence: articles
	var articles []int64
	for _, r := range others {
		tellers[r.Occurrence] = append(tellers[r.Occurrence], r.Article)
		articles = append(articles, r.Article)
	}
	entries, err := b.m.Entries(b.ctx, articles)
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	for _, r := range b.reports {
		if seen[r.Occurrence] {
			continue
		}
		seen[r.Occurrence] = true
		t := Told{Report: r, Occurrence: told[r.Occurrence]}
		for _, n := range tellers[r.Occurrence] {
			if e := entries[n]; b.before(e) && !slices.ContainsFunc(t.Earlier, func(x dragoman.Entry) bool { return x.Number == n }) {
				t.Earlier = append(t.Earlier, e)
			}
		}
		slices.SortFunc(t.Earlier, func(x, y dragoman.Entry) int {
			return cmp.Or(cmp.Compare(x.Published, y.Published), cmp.Compare(x.Number, y.Number))
		})
		if len(t.Earlier) > 0 {
			b.brief.Known = append(b.brief.Known, t)
			continue
		}
		if t.Nth, err = b.nth(&r); err != nil {
			return err
		}
		b.brief.New = append(b.brief.New, t)
	}
	return nil
}

// sides returns whom a party acts for as a desk speaks of it: its nearest
// group or state, or itself.
func sides(p dragoman.Party) dragoman.Party {
	if len(p.Principals) > 0 {
		return p.Principals[0]
	}
	return p
}

// maxRelations is the number of relations of which a brief tells.
const maxRelations = 3

// relations tells of the pairs that the article is most about, by its events
// and by who speaks about whom.
func (b *briefer) relations() error {
	w := weights{of: map[[2]int64]float64{}, parties: map[int64]dragoman.Party{}}
	for _, r := range b.all {
		others := r.Recipients
		if len(others) == 0 {
			others = r.Actors
		}
		w.add(r.Actors, others, r.Confidence)
	}
	for _, c := range b.claims {
		const spoken = 0.2 // of what an event counts
		w.add([]dragoman.Party{c.Source.Actor}, c.About, spoken)
		w.add(c.About, c.About, spoken)
	}
	var err error
	if b.since, err = b.m.Since(b.ctx, b.day); err != nil {
		return err
	}
	for i, k := range w.heaviest(maxRelations) {
		rel := Between{A: w.parties[k[0]], B: w.parties[k[1]]}
		for _, step := range []func(*Between) error{b.others, b.opposites, b.ties, b.heading} {
			if err := step(&rel); err != nil {
				return err
			}
		}
		told := rel.Outlook.Recent.Cooperation+rel.Outlook.Recent.Conflict > 0 && len(b.reports) > 0
		if i == 0 && told || rel.Turn != nil || len(rel.Others)+len(rel.Opposite) > 0 || told && len(rel.Ties) > 0 {
			b.brief.Between = append(b.brief.Between, rel)
		}
	}
	return nil
}

// weights say how much an article is about two sides, whichever is first.
type weights struct {
	of      map[[2]int64]float64
	parties map[int64]dragoman.Party
	order   [][2]int64
}

func (w *weights) add(all, others []dragoman.Party, weight float64) {
	seen := map[[2]int64]bool{}
	for _, x := range all {
		for _, y := range others {
			p, q := sides(x), sides(y)
			if !stands(p) || !stands(q) || acquainted(p, q) {
				continue
			}
			w.parties[p.Number], w.parties[q.Number] = p, q
			k := [2]int64{p.Number, q.Number}
			if _, ok := w.of[[2]int64{k[1], k[0]}]; ok {
				k[0], k[1] = k[1], k[0]
			}
			if _, ok := w.of[k]; !ok {
				w.order = append(w.order, k)
			}
			if !seen[k] {
				seen[k] = true
				w.of[k] += weight
			}
		}
	}
}

// heaviest returns the pairs of at least half the weight of the first.
func (w *weights) heaviest(most int) [][2]int64 {
	slices.SortStableFunc(w.order, func(x, y [2]int64) int { return cmp.Compare(w.of[y], w.of[x]) })
	for i, k := range w.order {
		if i == most || w.of[k] < w.of[w.order[0]]/2 {
			return w.order[:i]
		}
	}
	return w.order
}

// vague reports whether a party is a phrase that nobody could look up:
// "neighbouring countries".
func vague(p dragoman.Party) bool {
	return p.Kind == "unknown" || p.Kind == "people" && p.Country == ""
}

// stands reports whether a party can stand in a relation that a desk follows:
// a state, a group, an organisation, not a people or a private person.
func stands(p dragoman.Party) bool {
	return p.ID != "" && !vague(p) && p.Kind != "person" && p.Kind != "people"
}

// acquainted reports whether one acts for the other.
func acquainted(p, q dragoman.Party) bool {
	return slices.Contains(chain(&p), q.ID) || slices.Contains(chain(&q), p.ID)
}

// others hears what is said about both: by the other side and by third
// parties, in this article and those of the days before.
func (b *briefer) others(rel *Between) error {
	const most = 40
	if b.day == dragoman.NoDay {
		return nil
	}
	claims, err := b.m.Claims(b.ctx, rel.A.Number, rel.B.Number, b.day-dragoman.Day(b.options.Days), b.day, most)
	if err != nil {
		return err
	}
	var articles []int64
	for _, c := range claims {
		articles = append(articles, c.Article)
	}
	entries, err := b.m.Entries(b.ctx, articles)
	if err != nil {
		return err
	}
	tone := b.tone(rel)
	seen := map[string]bool{}
	for _, c := range claims {
		e := entries[c.Article]
		if e.Number != b.brief.Article.Number && !b.before(e) {
			continue
		}
		who := c.Source.Actor
		of := func(p dragoman.Party) bool { return who.ID != "" && slices.Contains(chain(&who), p.ID) }
		v := Voice{Claim: c, Entry: e, Third: !of(rel.A) && !of(rel.B)}
		v.Contrary = contrary(c.Stance, tone)
		// What the article's own sides say in it is no other voice.
		own := !v.Third && e.Number == b.brief.Article.Number && !v.Contrary
		if own || who.ID == "" && !c.Source.Anonymous || who.Kind == "media" || seen[c.Content] {
			continue
		}
		seen[c.Content] = true
		rel.Others = append(rel.Others, v)
	}
	rank := func(v Voice) int {
		switch {
		case v.Contrary && v.Third:
			return 0
		case v.Contrary:
			return 1
		case v.Third:
			return 2
		}
		return 3
	}
	slices.SortStableFunc(rel.Others, func(x, y Voice) int { return cmp.Compare(rank(x), rank(y)) })
	heard := map[string]bool{} // nobody twice in one article
	rel.Others = slices.DeleteFunc(rel.Others, func(v Voice) bool {
		voice := fmt.Sprint(cmp.Or(v.Source.Actor.ID, v.Source.Text), " ", v.Article)
		was := heard[voice]
		heard[voice] = true
		return was
	})
	rel.Others = rel.Others[:min(len(rel.Others), 5)]
	return nil
}

// tone sums up whether the article tells of cooperation between two, or of
// conflict.
func (b *briefer) tone(rel *Between) (sum float64) {
	for _, r := range b.reports {
		if between(&r, rel.A.ID, rel.B.ID) {
			sum += float64(r.Tone) * r.Confidence
		}
	}
	return sum
}

// contrary reports whether a stance goes against a tone.
func contrary(stance string, tone float64) bool {
	switch stance {
	case "warns", "denies", "doubts":
		return tone > 0
	case "promises":
		return tone < 0
	}
	return false
}

// between reports whether a report has both sides in it.
func between(r *dragoman.Report, a, b string) bool {
	has := func(id string) bool {
		for _, all := range [][]dragoman.Party{r.Actors, r.Recipients} {
			for i := range all {
				if slices.Contains(chain(&all[i]), id) {
					return true
				}
			}
		}
		return false
	}
	return has(a) && has(b)
}

// opposites finds what is told of the same two and denied, or the other way
// round.
func (b *briefer) opposites(rel *Between) error {
	const around = 10
	if b.day == dragoman.NoDay {
		return nil
	}
	for i := range b.all {
		r := &b.all[i]
		if !between(r, rel.A.ID, rel.B.ID) || r.Type == "STATEMENT" || r.Type == "REJECT" || r.Confidence < b.options.Confidence && r.Status != dragoman.Denied {
			continue
		}
		all, err := b.m.Occurrences(b.ctx, dragoman.Filter{A: rel.A.Number, B: rel.B.Number, Types: []string{r.Type}, From: r.Day - around,
			To: min(r.Day+around, b.day), Limit: 50})
		if err != nil {
			return err
		}
		told, err := b.toldBefore(all)
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.Number != r.Occurrence && (told[o.Number] || o.Article == r.Article) && (o.Confidence >= b.options.Confidence || o.Status == dragoman.Denied) && contradict(r, &o.Report) {
				rel.Opposite = append(rel.Opposite, Opposite{*r, o})
			}
		}
	}
	return nil
}

// contradict reports whether of two reports of like parties one tells what the
// other denies.
func contradict(r, o *dragoman.Report) bool {
	no := func(s dragoman.Status) bool { return s == dragoman.Denied || s == dragoman.Negated }
	if !(no(r.Status) && o.Status.Done() || r.Status.Done() && no(o.Status)) {
		return false
	}
	if agree(r.Actors, o.Actors) < kin || agree(r.Recipients, o.Recipients) < untold || !placesAgree(r, o) {
		return false
	}
	// What one says that it did not do may be something else than what another
	// says that it did: the words have to be the same too, or half of them at one place.
	alike := wordsAgree(r, o)
	return alike > 0.5 || alike == 0.5 && r.Place.ID != "" && r.Place.ID == o.Place.ID
}
