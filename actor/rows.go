package actor

import (
	"bufio"
	"cmp"
	"io"
	"slices"
	"strings"

	"dragoman"
)

// The columns of the two tables, as they are written.
var (
	personColumns       = []string{"id", "name", "aliases", "country", "office", "body", "sectors", "from", "to", "wikidata", "titles", "rival"}
	organisationColumns = []string{"id", "name", "aliases", "members", "kind", "country", "sectors", "cameo", "member_of", "from", "to", "wikidata"}
)

// Columns returns the columns of what Write writes.
func Columns() (persons, organisations []string) {
	return slices.Clone(personColumns), slices.Clone(organisationColumns)
}

// served is a tenure with what can be said of it.
type served struct {
	title, country, body, from, to string
	sectors                        []string
	office                         string // the id of the one office of a state that it is by its very words; "" for none
}

// Write writes a row for every term of every person, and one for every organisation,
// without headers, sorted by id and then by days. The columns are those of Columns.
func (s *Roster) Write(persons, organisations io.Writer) (Tally, error) {
	s.attach()
	var kept []*found
	for _, f := range s.met {
		if s.settle(f) {
			kept = append(kept, f)
		}
	}
	var others []*found
	for _, f := range kept {
		if f.ours < 0 {
			others = append(others, f)
		}
	}
	others = s.unshared(others)
	kept = append(others, slices.DeleteFunc(kept, func(f *found) bool { return f.ours < 0 })...)
	offices := s.offices(kept)
	var people, groups [][]string
	for _, f := range kept {
		if f.kind == "person" {
			people = append(people, s.personRows(f, offices)...)
		} else {
			if row := s.organisationRow(f); row != nil {
				groups = append(groups, row)
			}
		}
	}
	slices.SortFunc(s.tally.Dropped, func(a, b Dropped) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Why, b.Why))
	})
	if err := writeRows(persons, people, 7); err != nil {
		return s.tally, err
	}
	return s.tally, writeRows(organisations, groups, 9)
}

// writeRows writes rows by id, those of one id by their first day, which stands in
// column from.
func writeRows(w io.Writer, rows [][]string, from int) error {
	slices.SortStableFunc(rows, func(a, b []string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[from], b[from])) })
	out := bufio.NewWriter(w)
	for _, r := range rows {
		out.WriteString(strings.Join(r, "\t"))
		out.WriteByte('\n')
	}
	return out.Flush()
}

// attach gives the links to whom they are of.
func (s *Roster) attach() {
	for _, l := range s.links {
		if f := s.byID[l.holder]; f != nil {
			if f.kind == "person" {
				f.tenures = append(f.tenures, l)
			} else if l.member {
				f.memberOf = append(f.memberOf, l.post)
			}
		}
	}
	s.links = nil
}

// settle decides who somebody is and by which names he is known; false where he is
// not taken.
func (s *Roster) settle(f *found) bool {
	f.country = s.land(f.lands)
	if len(f.lands) == 0 && f.kind == "person" { // one of whom only the office tells it
		var all []string
		for _, t := range f.tenures {
			all = append(all, s.posts[t.post].lands...)
		}
		f.country = s.land(all)
	}
	why, named := s.nameOf(f)
	ours, sure := s.known(f)
	switch {
	case ours >= 0:
		s.tally.Known++
		f.ours = ours
		if s.foreign(f); sure && f.kind == "person" {
			return true
		}
		if f.kind == "person" || !named || !sure && (f.country == "" || !s.of(ours, f.country)) {
			s.tally.drop(whyKnown)
			return false
		}
		return true
	case !named:
		s.tally.drop(why)
		return false
	case !s.foreign(f):
		s.tally.drop(whyNamesake)
		return false
	}
	return true
}

// of reports whether an organisation of ours is of the country now.
func (s *Roster) of(org int32, country string) bool {
	terms := s.r.orgs[org].terms
	return terms[len(terms)-1].country == country
}

// land returns the only state that all are; "" for none or several, or one that is
// not known.
func (s *Roster) land(all []string) (iso3 string) {
	for _, l := range all {
		if wikidataID(l) {
			l = s.lands[l]
		}
		if l == "" || iso3 != "" && iso3 != l {
			return ""
		}
		iso3 = l
	}
	return iso3
}

// organisation returns the id and the sectors of an organisation that the source
// tells of, where it has a row here or in our tables.
func (s *Roster) organisation(id string) (row string, f *found) {
	f = s.byID[id]
	if f == nil || f.kind == "person" {
		if i, ok := s.own.organisations[id]; ok {
			return s.r.orgs[i].id, nil
		}
		return "", nil
	}
	switch {
	case f.ours >= 0:
		return s.r.orgs[f.ours].id, f
	case f.name != "":
		return rowID(f.id, f.wikidata), f
	}
	return "", f
}

// serve says what can be said of a tenure; ok is false where that is nothing.
func (s *Roster) serve(f *found, t *tenure) (v served, ok bool) {
	if t.ended && t.to == "" {
		return v, false // nobody knows since when he is not
	}
	v.from, v.to = t.from, t.to
	if v.from != "" && v.to != "" && v.to < v.from && !strings.HasPrefix(v.from, v.to) {
		return v, false
	}
	if v.to == "" {
		v.to = f.died
	}
	p, isPost := s.posts[t.post]
	row, org := s.organisation(t.post)
	switch {
	case isPost:
		v.country, v.sectors = s.land(p.lands), p.sectors
		s.entitle(&v, p.name, p.within)
	case row != "" || org != nil:
		v.title, v.body = strings.ToLower(clip(t.title)), row
		if org != nil {
			v.country, v.sectors = org.country, org.sectors
		} else {
			o := s.r.orgs[s.own.organisations[t.post]].terms
			v.country, v.sectors = o[len(o)-1].country, o[len(o)-1].sectors
		}
	default:
		return v, false
	}
	if slices.Contains(v.sectors, "IGO") {
		v.country = "" // he serves no state there
	} else {
		v.country = cmp.Or(v.country, f.country)
	}
	return v, v.title != "" || len(v.sectors) > 0
}

// entitle takes the state out of what a position is called, and finds which office
// and whose sectors it is: "Minister of Foreign Affairs of Chad" is Chad's minister
// of foreign affairs.
func (s *Roster) entitle(v *served, name string, within bool) {
	name, _, _ = strings.Cut(clip(name), "(")
	fields, ws := wordsOf(name)
	var kept []word
	told, states, body := "", 0, []string(nil)
	for i := 0; i < len(ws); {
		es, n := s.r.match(ws, i)
		it := item{entries: es}
		if e := it.isAny(aState, aDemonym); e != nil {
			if iso := s.r.states[e.ref].id; iso != told {
				told = iso
				states++
			}
			for len(kept) > 0 && it.is(aState) != nil && s.joins(kept[len(kept)-1].key) {
				kept = kept[:len(kept)-1]
			}
			i += n
			continue
		}
		if e := it.is(aBody); e != nil && body == nil {
			body = s.r.bodies[e.ref].sectors
		}
		kept = append(kept, ws[i:i+max(n, 1)]...)
		i += max(n, 1)
	}
	for n := len(kept); n > 0 && s.joins(kept[n-1].key); n-- {
		kept = kept[:n-1] // "Ambassador to"
	}
	var title []string
	head := "" // what stands before "of" and the like
	for i, w := range kept {
		if head == "" && s.joins(w.key) {
			head = strings.Join(title, " ")
		}
		if i == 0 || w.token != kept[i-1].token {
			title = append(title, strings.Trim(strings.ToLower(fields[w.token]), ",;:."))
		}
	}
	if states > 1 {
		told = "" // "Ambassador of Chad to Mali"
	}
	v.title = strings.Join(title, " ")
	v.country = cmp.Or(v.country, told)
	e := s.r.named(v.title, anOffice)
	if e != nil && s.r.offices[e.ref].unique && !within && states < 2 && (told == "" || told == v.country) {
		v.office = s.r.offices[e.ref].id
	}
	switch {
	case len(v.sectors) > 0:
	case e != nil:
		v.sectors = s.r.offices[e.ref].sectors
	case len(body) > 0:
		v.sectors = body
	case v.country != "" && len(s.noun(head)) > 0:
		v.sectors = s.noun(head)
	default:
		if i := s.r.officeOf(v.title); i >= 0 {
			v.sectors = s.r.offices[i].sectors
		}
	}
}

// noun returns the sectors of the office that "deputy minister" in "deputy minister of
// canals" is: of a state, for a union has a secretary too. Who heads something within
// a state, as the president of a society, is of what that is, and that is not known.
func (s *Roster) noun(head string) []string {
	i := s.r.officeOf(head)
	if i < 0 || s.r.offices[i].rank == "head" {
		return nil
	}
	return s.r.offices[i].sectors
}

// clip leaves out what would break a row, and what is no title any more.
func clip(s string) string {
	const most = 80 // bytes
	s = strings.Join(strings.Fields(strings.NewReplacer("|", " ", "\t", " ").Replace(s)), " ")
	if len(s) > most {
		s = s[:strings.LastIndexByte(s[:most], ' ')+1]
	}
	return strings.TrimSpace(s)
}

// offices are who of others holds an office of which a state has one, by state and
// office, in order of their beginning.
func (s *Roster) offices(all []*found) map[string][]string {
	begins := map[string][]string{}
	for _, f := range all {
		for i := range f.tenures {
			if v, ok := s.serve(f, &f.tenures[i]); ok && v.office != "" && v.country != "" && v.from != "" {
				begins[v.country+":"+v.office] = append(begins[v.country+":"+v.office], v.from)
			}
		}
	}
	for _, b := range begins {
		slices.Sort(b)
	}
	return begins
}

// incumbent reports whether a tenure may make its holder the one who is meant by the
// bare office of the state: the day on which it began is known, nobody of our tables
// holds that office then or later, but who has not left it; and where its end is not
// known, nobody of others follows.
func (s *Roster) incumbent(v *served, begins map[string][]string) bool {
	at := v.country + ":" + v.office
	if v.office == "" || v.country == "" || v.from == "" {
		return false
	}
	from, err := day(v.from, false)
	if err != nil {
		return false
	}
	for _, h := range s.r.holders[at] {
		left := h.to == dragoman.NoDay || h.to <= from
		if h.from == dragoman.NoDay || h.from >= from || !left {
			return false
		}
	}
	b := begins[at]
	return v.to != "" || b[len(b)-1] == v.from
}

// personRows are the terms of a person: one for each tenure, else one that tells
// what he is, or that he is out of office.
func (s *Roster) personRows(f *found, begins map[string][]string) (rows [][]string) {
	id, name, aliases := rowID(f.id, f.wikidata), f.name, f.aliases
	if f.ours >= 0 {
		p := &s.r.people[f.ours]
		id, name, aliases = p.id, p.name, p.aliases
	}
	row := func(v *served) {
		rival := "as " + s.from + " has it"
		if v.office != "" && s.incumbent(v, begins) {
			rival = ""
		}
		rows = append(rows, []string{id, name, strings.Join(aliases, "|"), v.country, v.title, v.body, strings.Join(v.sectors, "|"), v.from, v.to, f.wikidata, "", rival})
	}
	seen := map[string]bool{}
	for i := range f.tenures {
		v, ok := s.serve(f, &f.tenures[i])
		if p, isPost := s.posts[f.tenures[i].post]; !ok && !(isPost && p.name != "") && s.byID[f.tenures[i].post] == nil {
			s.tally.drop(whyUntold)
		}
		at := v.title + "\t" + v.country + "\t" + v.body + "\t" + v.from + "\t" + v.to
		if !ok || seen[at] || f.ours >= 0 && s.served(f.ours, &v) {
			continue
		}
		seen[at] = true
		if len(v.sectors) == 0 {
			v.sectors = f.sectors
		}
		row(&v)
	}
	switch {
	case len(rows) == 0 && f.ours >= 0:
		s.tally.drop(whyKnown)
		return nil
	case len(rows) == 0:
		v := served{country: f.country, sectors: f.sectors, to: f.died}
		if len(f.tenures) > 0 { // all are over, or unclear
			v.sectors = []string{"ELI"}
		} else if len(v.sectors) == 0 {
			v.sectors = []string{"CVL"}
		}
		row(&v)
	}
	s.tally.Persons++
	s.tally.Offices += len(seen)
	s.tally.Names += 1 + len(aliases)
	return rows
}

// served reports whether our tables know of a person's terms in the time of v.
func (s *Roster) served(person int32, v *served) bool {
	from, err := day(v.from, false)
	if err != nil || from == dragoman.NoDay {
		return true // what has no day adds nothing to what has
	}
	to, _ := day(v.to, true)
	return slices.ContainsFunc(s.r.people[person].terms, func(t term) bool {
		return (to == dragoman.NoDay || t.from == dragoman.NoDay || t.from <= to) && (t.to == dragoman.NoDay || from <= t.to)
	})
}

// organisationRow is the row of an organisation that our tables do not know; of one
// that they know, see moreNames.
func (s *Roster) organisationRow(f *found) []string {
	if f.ours >= 0 {
		return s.moreNames(f)
	}
	s.tally.Organisations++
	s.tally.Names += 1 + len(f.aliases)
	var memberOf []string
	for _, id := range f.memberOf {
		if row, _ := s.organisation(id); row != "" && !slices.Contains(memberOf, row) {
			memberOf = append(memberOf, row)
		}
	}
	cameo := s.r.code(f.country, f.sectors)
	return []string{rowID(f.id, f.wikidata), f.name, strings.Join(f.aliases, "|"), "", f.kind, f.country, strings.Join(f.sectors, "|"), cameo, strings.Join(memberOf, "|"), "", "", f.wikidata}
}

// moreNames is the last row of an organisation of ours once more, with the names that
// it lacks; nil where it has them all.
func (s *Roster) moreNames(f *found) []string {
	id := s.r.orgs[f.ours].id
	row, i := make([]string, len(organisationColumns)), s.own.last[id]
	for c, name := range organisationColumns {
		row[c] = s.own.rows.Value(i, name)
	}
	aliases := s.own.rows.List(i, "aliases")
	more := slices.DeleteFunc(f.allNames(), func(n string) bool { return n == "" || len(s.bearers(n)) > 0 })
	if len(more) == 0 {
		s.tally.drop(whyKnown)
		return nil
	}
	s.tally.Names += len(more)
	row[2] = strings.Join(append(aliases, more...), "|")
	return row
}
