package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"dragoman"
)

// The roles of parties.
const (
	acts     = 0
	receives = 1
	says     = 2 // the source of a report
)

// Has reports whether an article of that key is stored, and its number.
func (db *DB) Has(ctx context.Context, key string) (int64, bool, error) {
	var number int64
	err := db.read.QueryRowContext(ctx, "SELECT number FROM articles WHERE key = ?", key).Scan(&number)
	if err == sql.ErrNoRows {
		return 0, false, nil
	}
	return number, err == nil, err
}

// Save stores an article and all its records at once, and joins them with what
// is there as judge says. It returns the article's number, and false where
// that article was there already; then nothing changes. after, where there is
// one, is part of the same transaction.
func (db *DB) Save(ctx context.Context, f *dragoman.Filing, judge dragoman.Judge, after ...func(*Transaction) error) (number int64, fresh bool, err error) {
	err = db.pen.transaction(ctx, func(t *tx) error {
		there, err := t.one("SELECT number FROM articles WHERE key = ?", []any{f.Key}, &number)
		if err != nil {
			return err
		}
		if !there {
			s := saver{tx: t, judge: judge, packed: db.pack.EncodeAll(f.Reading, nil)}
			if number, err = s.article(f, db.now().Unix()); err != nil {
				return err
			}
			fresh = true
		}
		for _, do := range after {
			if err := do(&Transaction{t, db}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, false, fmt.Errorf("the article %s was not stored: %w", f.ID, err)
	}
	return number, fresh, nil
}

// saver stores one article.
type saver struct {
	*tx
	judge  dragoman.Judge
	packed []byte
	number int64
	root   string
	actors map[string]int64 // id: number, of what this article names
	seen   dragoman.Day
	was    map[telling]place // when an article is read again: how its reports stood
	renew  bool              // what is read again describes actors anew, even of the same day
}

// telling is what makes a report the same when its article is read again.
type telling struct {
	kind       string
	start, end int
}

// place is where a report stood, and what was told in it.
type place struct {
	report, occurrence int64
	told               string
}

// tells says in one line what makes reports be of one event or of two.
func tells(r *dragoman.Report) string {
	var b strings.Builder
	for _, all := range [][]dragoman.Party{r.Actors, r.Recipients} {
		for i := range all {
			b.WriteString(all[i].ID + " ")
		}
		b.WriteString("/ ")
	}
	return b.String() + fmt.Sprint(r.Type, r.Status, r.Day, r.Place.ID)
}

func (s *saver) article(f *dragoman.Filing, now int64) (int64, error) {
	original, root, err := s.original(f)
	if err != nil {
		return 0, err
	}
	s.number, err = s.insert(`INSERT INTO articles (key, id, title, lead, url, outlet, language, published, origin, original, root, version, sketch, added)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		f.Key, f.ID, f.Title, f.Lead, f.URL, f.Outlet, f.Language, f.Published, f.Origin, original, root, f.Version, f.Sketch, now)
	if err != nil {
		return 0, err
	}
	if original == 0 {
		original = s.number
		if root == "" {
			root = "article " + strconv.FormatInt(s.number, 10)
		}
		if err := s.exec("UPDATE articles SET original = ?, root = ? WHERE number = ?", original, root, s.number); err != nil {
			return 0, err
		}
	}
	s.root = root
	if err := s.exec("INSERT INTO outlets (name, articles) SELECT ?1, 1 WHERE ?1 <> '' ON CONFLICT (name) DO UPDATE SET articles = articles + 1", f.Outlet); err != nil {
		return 0, err
	}
	if err := s.exec("INSERT OR IGNORE INTO bands (band, article) SELECT value, ? FROM json_each(?)", s.number, list(keysOf(f.Bands))); err != nil {
		return 0, err
	}
	body := strings.TrimPrefix(f.Text, f.Title)
	if err := s.exec("INSERT INTO article_words (rowid, title, text) VALUES (?, ?, ?)", s.number, f.Title, body); err != nil {
		return 0, err
	}
	return s.number, s.records(f)
}

// records stores what was read in the article.
func (s *saver) records(f *dragoman.Filing) error {
	s.actors, s.seen = map[string]int64{}, f.Published
	if err := s.exec("INSERT OR REPLACE INTO readings (article, reading) VALUES (?, ?)", s.number, s.packed); err != nil {
		return err
	}
	corrected, err := s.one("SELECT 1 FROM corrections WHERE key = ? AND undone = 0 LIMIT 1", []any{f.Key}, new(int))
	if err != nil {
		return err
	}
	for i := range f.Reports {
		if err := s.report(f.Reports[i], corrected); err != nil {
			return err
		}
	}
	for i := range f.Claims {
		if err := s.claim(&f.Claims[i]); err != nil {
			return err
		}
	}
	for i := range f.Standings {
		if err := s.tie(&f.Standings[i]); err != nil {
			return err
		}
	}
	if corrected {
		return s.settleTies(s.number)
	}
	return nil
}

// maxCopies bounds how many articles are compared, those first that share the
// most keys: comparing must not grow with the store.
const maxCopies = 64

// copyDays is by how many days copies of one text may be apart: what is printed
// again later in the same words is a regular report with new figures.
const copyDays = 30

// keysOf returns the keys as SQLite holds them.
func keysOf(bands []uint64) []int64 {
	all := make([]int64, len(bands))
	for i, b := range bands {
		all[i] = int64(b)
	}
	return all
}

// original returns the first article that f is a copy of and who tells that
// first-hand; 0 and the root of f where it is a copy of none.
func (s *saver) original(f *dragoman.Filing) (number int64, root string, err error) {
	root = f.Root
	type article struct {
		sketch []byte
		first  int64
		root   string
	}
	var likely []article
	err = each(s, func(rows *sql.Rows) error {
		var a article
		err := rows.Scan(&a.sketch, &a.first, &a.root)
		likely = append(likely, a)
		return err
	}, `SELECT sketch, original, root FROM articles WHERE number IN
		(SELECT article FROM bands WHERE band IN (SELECT value FROM json_each(?)) GROUP BY article ORDER BY count(*) DESC, article LIMIT ?)
		AND (published = ? OR ? = ? OR abs(published - ?) <= ?)`,
		list(keysOf(f.Bands)), maxCopies, dragoman.NoDay, f.Published, dragoman.NoDay, f.Published, copyDays)
	if err != nil {
		return 0, "", err
	}
	for _, a := range likely {
		if (number == 0 || a.first < number) && s.judge.Copies(f.Sketch, a.sketch) {
			number, root = a.first, a.root
		}
	}
	return number, root, nil
}

// actor returns the number of an actor under its own id, known or new; the
// latest article describes it.
func (s *saver) actor(p *dragoman.Party) (int64, error) {
	if p.ID == "" {
		return 0, nil
	}
	if n, ok := s.actors[p.ID]; ok {
		return n, nil
	}
	var principals []int64
	for i := range p.Principals {
		n, err := s.actor(&p.Principals[i])
		if err != nil {
			return 0, err
		}
		principals = append(principals, n)
	}
	number, err := s.describe(p, principals)
	if err != nil {
		return 0, err
	}
	names := append([]string{p.Name}, p.Aliases...)
	if i := strings.LastIndexByte(p.Name, ' '); p.Kind == "person" && p.Named && i > 0 {
		names = append(names, p.Name[i:]) // a family name alone will do
	}
	for _, name := range names {
		if key := fold(name); key != "" {
			if err := s.exec("INSERT OR IGNORE INTO names (name, actor) VALUES (?, ?)", key, number); err != nil {
				return 0, err
			}
		}
	}
	s.actors[p.ID] = number
	return number, nil
}

// describe returns the number of an actor's row, which is made or, by a later
// article, written anew.
func (s *saver) describe(p *dragoman.Party, principals []int64) (number int64, err error) {
	var seen dragoman.Day
	is := []string{p.Name, p.Kind, p.Title, p.Country, fmt.Sprint(p.Named), strings.Join(p.Sectors, "|"), p.CAMEO, p.Wikidata, join(principals)}
	was := make([]string, len(is))
	there, err := s.one(`SELECT number, seen, name, kind, title, country, CASE named WHEN 0 THEN 'false' ELSE 'true' END, sectors, cameo, wikidata, principals FROM actors WHERE id = ?`,
		[]any{p.ID}, &number, &seen, &was[0], &was[1], &was[2], &was[3], &was[4], &was[5], &was[6], &was[7], &was[8])
	if err != nil {
		return 0, err
	}
	described := []any{p.Name, p.Kind, p.Title, p.Country, p.Named, strings.Join(p.Sectors, "|"), p.CAMEO, p.Wikidata, join(principals), s.seen}
	switch {
	case !there:
		number, err = s.insert(`INSERT INTO actors (name, kind, title, country, named, sectors, cameo, wikidata, principals, seen, id, same)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`, append(described, p.ID)...)
		if err == nil {
			err = s.exec("UPDATE actors SET same = number WHERE number = ?", number)
		}
	case p.Name == "" || s.seen < seen || s.seen == seen && !s.renew || s.seen == seen && slices.Equal(is, was):
	case slices.Equal(is, was):
		err = s.exec("UPDATE actors SET seen = ? WHERE number = ?", s.seen, number)
	default:
		clear(s.pen.recent) // who is remembered by other words
		err = s.exec("UPDATE actors SET name = ?, kind = ?, title = ?, country = ?, named = ?, sectors = ?, cameo = ?, wikidata = ?, principals = ?, seen = ? WHERE number = ?", append(described, number)...)
	}
	return number, err
}

// chain returns the numbers of an actor after corrections and of those it acts
// for, each once.
func (t *tx) chain(told int64) ([]int64, error) {
	var same int64
	var list string
	if _, err := t.one("SELECT s.number, s.principals FROM actors a JOIN actors s ON s.number = a.same WHERE a.number = ?", []any{told}, &same, &list); err != nil {
		return nil, err
	}
	all := []int64{same}
	for _, n := range numbers(list) {
		n, err := t.merged(n)
		if err != nil {
			return nil, err
		}
		if !has(all, n) {
			all = append(all, n)
		}
	}
	return all, nil
}

// merged returns what an actor was merged into, itself where nobody has merged
// anything.
func (t *tx) merged(number int64) (int64, error) {
	if t.same == nil {
		t.same = map[int64]int64{}
		err := each(t, func(rows *sql.Rows) error {
			var n, same int64
			err := rows.Scan(&n, &same)
			t.same[n] = same
			return err
		}, "SELECT number, same FROM actors WHERE same <> number")
		if err != nil {
			return 0, err
		}
	}
	if same, ok := t.same[number]; ok {
		return same, nil
	}
	return number, nil
}

// party puts an actor, with those it acts for, into a report, in the place of
// the one that the report tells of; it returns who that is after corrections.
func (t *tx) party(report int64, role, position int, told, is int64, p dragoman.Party) (dragoman.Party, error) {
	all, err := t.chain(is)
	for depth, n := range all {
		if err == nil {
			err = t.exec("INSERT INTO parties (report, role, position, depth, actor, told) VALUES (?, ?, ?, ?, ?, ?)", report, role, position, depth, n, told)
		}
	}
	if err != nil || all[0] == told {
		return p, err
	}
	known, err := partiesIn(t, all[:1])
	return known[all[0]], err
}

// about lists a claim under whom it is about and whom they act for.
func (t *tx) about(claim int64, day dragoman.Day, told []int64) error {
	var all []int64
	for _, n := range told {
		chain, err := t.chain(n)
		if err != nil {
			return err
		}
		for _, m := range chain {
			if !has(all, m) {
				all = append(all, m)
			}
		}
	}
	for _, n := range all {
		if err := t.exec("INSERT INTO abouts (actor, day, claim) VALUES (?, ?, ?)", n, day, claim); err != nil {
			return err
		}
	}
	return t.exec("UPDATE claims SET listed = ? WHERE number = ?", join(all), claim)
}

func has(all []int64, n int64) bool {
	for _, m := range all {
		if m == n {
			return true
		}
	}
	return false
}

// place returns the number of a place under its own id, known or new, and makes
// p what it is after corrections.
func (s *saver) place(p *dragoman.Locale) (number int64, err error) {
	if p.ID == "" {
		return 0, nil
	}
	there, err := s.one("SELECT number FROM places WHERE id = ?", []any{p.ID}, &number)
	if err == nil && !there {
		number, err = s.newPlace(p)
	}
	if err != nil {
		return 0, err
	}
	moved, err := s.moves()
	if err != nil {
		return 0, err
	}
	is, within := moved.place(p.ID, p.ContainedIn)
	if p.ContainedIn = within; is == p.ID {
		return number, nil
	}
	known, err := placesIn(s, []int64{number})
	*p = known[number]
	return number, err
}

func (s *saver) newPlace(p *dragoman.Locale) (number int64, err error) {
	var lat, lon any
	if p.Located {
		lat, lon = p.Lat, p.Lon
	}
	number, err = s.insert("INSERT INTO places (id, name, kind, country, lat, lon, within, same) VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
		p.ID, p.Name, p.Kind, p.Country, lat, lon, strings.Join(p.ContainedIn, "|"))
	if err != nil {
		return 0, err
	}
	return number, s.exec("UPDATE places SET same = number WHERE number = ?", number)
}

// report stores a report, as it was read and then as it was corrected, and
// joins it with the occurrence that it tells.
func (s *saver) report(r dragoman.Report, corrected bool) error {
	r.Article = s.number
	if r.Origin == "" {
		r.Origin = s.root
	}
	at := telling{r.Type, r.Trigger.Start, r.Trigger.End}
	was := s.was[at]
	delete(s.was, at)
	if err := s.insertReport(&r, was.report); err != nil {
		return err
	}
	for role, all := range [][]dragoman.Party{acts: r.Actors, receives: r.Recipients} {
		for i := range all {
			told, err := s.actor(&all[i])
			if err == nil {
				all[i], err = s.party(r.Number, role, i, told, told, all[i])
			}
			if err != nil {
				return err
			}
		}
	}
	if err := s.exec("INSERT INTO report_words (rowid, evidence) VALUES (?, ?)", r.Number, r.Evidence); err != nil {
		return err
	}
	wrong := false
	if corrected {
		var err error
		if wrong, err = s.settle(r.Number); err != nil {
			return err
		}
		all, err := reportsIn(s, "r.number = ?", r.Number)
		if err != nil {
			return err
		}
		r = all[0]
	}
	if err := s.stand(&r, was); err != nil || !wrong {
		return err
	}
	return s.relist(r.Occurrence, r.Number, func() error { _, err := s.settle(r.Number); return err })
}

// stand puts a report where it stood, if it tells the same as then, or else
// where it belongs.
func (s *saver) stand(r *dragoman.Report, was place) error {
	if was.occurrence != 0 && was.told == tells(r) {
		return s.put(r, was.occurrence)
	}
	return s.join(r)
}

// insertReport writes the row of a report, as read; under number where that is
// not 0.
func (s *saver) insertReport(r *dragoman.Report, number int64) error {
	where, err := s.place(&r.Place)
	if err != nil {
		return err
	}
	source, err := s.actor(&r.Source.Actor)
	if err != nil {
		return err
	}
	casualties, err := counts(r.Casualties)
	if err != nil {
		return err
	}
	read, err := json.Marshal(dragoman.Coding{Type: r.Type, Modes: r.Modes, CAMEO: r.CAMEO, Quad: r.Quad, Tone: r.Tone, Status: r.Status})
	if err != nil {
		return err
	}
	var given any // the next
	if number != 0 {
		given = number
	}
	r.Number, err = s.insert(`INSERT INTO reports (number, article, ordinal, occurrence, type, modes, contexts, cameo, quad, tone, status, from_day, to_day, day, dated,
		published, place, source, source_text, anonymous, origin, start, end, words, evidence, casualties, confidence, mutual, claimed, read)
		VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		given, s.number, r.Ordinal, r.Type, strings.Join(r.Modes, "|"), strings.Join(r.Contexts, "|"), r.CAMEO, r.Quad, r.Tone, r.Status, r.From, r.To, r.Day, r.Dated,
		r.Published, where, source, r.Source.Text, r.Source.Anonymous, r.Origin, r.Trigger.Start, r.Trigger.End, r.Words, r.Evidence, casualties, r.Confidence, r.Mutual, r.Claimed(), string(read))
	return err
}

// counts writes casualties as they are stored: JSON, nothing for none.
func counts(all []dragoman.Count) (string, error) {
	if len(all) == 0 {
		return "", nil
	}
	b, err := json.Marshal(all)
	return string(b), err
}

func (s *saver) claim(c *dragoman.Claim) error {
	source, err := s.actor(&c.Source.Actor)
	if err != nil {
		return err
	}
	var all []int64
	for i := range c.About {
		n, err := s.actor(&c.About[i])
		if err != nil {
			return err
		}
		all = append(all, n)
	}
	number, err := s.insert(`INSERT INTO claims (article, ordinal, source, source_text, anonymous, stance, manner, content, about, listed, published)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)`,
		s.number, c.Ordinal, source, c.Source.Text, c.Source.Anonymous, c.Stance, c.Manner, c.Content, join(all), c.Published)
	if err != nil {
		return err
	}
	return s.about(number, c.Published, all)
}

func (s *saver) tie(t *dragoman.Standing) error {
	subject, err := s.actor(&t.Subject)
	if err != nil {
		return err
	}
	object, err := s.actor(&t.Object)
	if err != nil {
		return err
	}
	source, err := s.actor(&t.Source.Actor)
	if err != nil {
		return err
	}
	return s.exec(`INSERT INTO ties (article, ordinal, subject, relation, object, role, from_day, to_day, status, source, source_text, anonymous, evidence, published, confidence)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		s.number, t.Ordinal, subject, t.Relation, object, t.Role, t.From, t.To, t.Status, source, t.Source.Text, t.Source.Anonymous, t.Evidence, t.Published, t.Confidence)
}

// fold makes a name comparable: lower case, without accents and signs.
func fold(name string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' || r == '.':
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		default:
			space = true
		}
	}
	return b.String()
}

// numbers reads "3|14".
func numbers(list string) []int64 {
	var all []int64
	for _, f := range strings.FieldsFunc(list, func(r rune) bool { return r == '|' }) {
		if n, err := strconv.ParseInt(f, 10, 64); err == nil {
			all = append(all, n)
		}
	}
	return all
}

// join writes what numbers reads.
func join(all []int64) string { return strings.ReplaceAll(strings.Trim(list(all), "[]"), ",", "|") }
