package story

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"dragoman"
)

// Tie is a relation that stands, as all articles tell it.
type Tie struct {
	Subject  dragoman.Party
	Relation string
	Object   dragoman.Party
	Role     string
	From, To dragoman.Day // as told; NoDay where open
	First    dragoman.Day // the earliest publication that tells it
	Last     dragoman.Day // the latest
	Articles int
	Source   dragoman.Source // zero: an outlet tells it itself; else who claims it
	Evidence string          // of the surest telling
	Sure     float64
	Ended    bool // the latest telling says that it is over
}

// symmetric relations are the same either way round.
var symmetric = []string{"allied_with", "at_war_with", "trades_with", "related_to"}

// Group puts tellings of one tie together, those told last first.
func Group(all []dragoman.Standing) []Tie {
	type key struct{ subject, relation, object, role string }
	byKey := map[key]*Tie{}
	articles := map[key]map[int64]bool{}
	var order []key
	for i := range all {
		s := &all[i]
		k := key{s.Subject.ID, s.Relation, s.Object.ID, s.Role}
		if slices.Contains(symmetric, s.Relation) && k.subject > k.object {
			k.subject, k.object = k.object, k.subject
		}
		t := byKey[k]
		if t == nil {
			t = &Tie{Subject: s.Subject, Relation: s.Relation, Object: s.Object, Role: s.Role, From: s.From, To: s.To, First: s.Published,
				Last: s.Published, Source: s.Source, Sure: -1}
			byKey[k], articles[k] = t, map[int64]bool{}
			order = append(order, k)
		}
		t.tell(s)
		articles[k][s.Article] = true
		t.Articles = len(articles[k])
	}
	out := make([]Tie, 0, len(order))
	for _, k := range order {
		out = append(out, *byKey[k])
	}
	slices.SortStableFunc(out, func(a, b Tie) int { return cmp.Compare(b.Last, a.Last) })
	return out
}

func (t *Tie) tell(s *dragoman.Standing) {
	t.First = min(t.First, s.Published)
	if s.Published >= t.Last {
		t.Last = s.Published
		t.To = s.To
		t.Ended = s.Status == dragoman.Negated || s.To != dragoman.NoDay && s.Published != dragoman.NoDay && s.To < s.Published
	}
	if s.From != dragoman.NoDay && (t.From == dragoman.NoDay || s.From < t.From) {
		t.From = s.From
	}
	if s.Source.None() {
		t.Source = dragoman.Source{}
	}
	if s.Confidence > t.Sure {
		t.Sure, t.Evidence = s.Confidence, s.Evidence
	}
}

// ties tells what stands between two, and what third parties whom the article
// names have to do with both.
func (b *briefer) ties(rel *Between) error {
	const most = 2000
	others := map[int64]bool{rel.A.Number: true, rel.B.Number: true}
	named := map[string]bool{}
	if len(b.brief.Between) == 0 { // third parties stand with the first relation
		parties, err := b.named()
		if err != nil {
			return err
		}
		for _, p := range parties {
			named[p.ID], others[p.Number] = true, true
		}
	}
	var all []dragoman.Standing
	for _, p := range []dragoman.Party{rel.A, rel.B} {
		some, err := b.m.TiesWith(b.ctx, p.Number, slices.Sorted(maps.Keys(others)), most)
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	all = slices.DeleteFunc(all, func(s dragoman.Standing) bool {
		of := func(p dragoman.Party) bool { return p.ID == rel.A.ID || p.ID == rel.B.ID }
		other := s.Object
		if !of(s.Subject) {
			other = s.Subject
		}
		later := s.Published > b.day || s.Published == b.day && s.Article > b.brief.Article.Number
		return later || s.Relation == "holds_office" || s.Confidence < b.options.Confidence ||
			!(of(s.Subject) && of(s.Object)) && !named[other.ID]
	})
	rel.Ties = Group(dedupe(all))
	return nil
}

// named returns those whom the article's ties and events name.
func (b *briefer) named() ([]dragoman.Party, error) {
	var all []dragoman.Party
	ties, err := b.m.TiesIn(b.ctx, b.brief.Article.Number)
	for _, s := range ties {
		all = append(all, s.Subject, s.Object)
	}
	for _, r := range b.reports {
		for _, p := range slices.Concat(r.Actors, r.Recipients) {
			if !strings.HasPrefix(p.ID, "new:") {
				all = append(all, p)
			}
		}
		if r.Source.Actor.ID != "" {
			all = append(all, r.Source.Actor)
		}
	}
	return all, err
}

// dedupe takes out what stands twice, because both of its ends were asked for.
func dedupe(all []dragoman.Standing) []dragoman.Standing {
	seen := map[int64]bool{}
	return slices.DeleteFunc(all, func(s dragoman.Standing) bool {
		was := seen[s.Number]
		seen[s.Number] = true
		return was
	})
}
