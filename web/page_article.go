package web

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"dragoman"
	"dragoman/export"
	"dragoman/store"
	"dragoman/story"
)

// articleView is an article with its layers, its records and its brief.
type articleView struct {
	dragoman.Entry
	Pieces []piece
	Cards  []eventCard
	Ties   []dragoman.Standing
	Actors []export.Actor
	Brief  *story.Brief
	Notes  []export.Note
}

// piece is a stretch of text in which the same layers lie.
type piece struct {
	Text   string
	Layers string // classes of the style sheet: l-who l-trigger
	Refs   string // ids of the records that it belongs to: e1 a2
	Link   string // the card of the event whose trigger it is
	Title  string // what the layers say of it
}

// eventCard is an event as the article tells it, with why.
type eventCard struct {
	store.Judged
	ID      string // e3
	Because []string
	Also    int // further tellings
	Sources []cardSource
	Known   dragoman.Occurrence
}

// cardSource is one step of according to whom.
type cardSource struct{ Name, Stance, Cue, ID string }

func (s *Server) articlePage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	n, err := number(r, "number")
	if err != nil {
		return err
	}
	e, ok, err := s.entry(ctx, n)
	if err != nil {
		return err
	}
	if !ok {
		return missing("there is no article %d", n)
	}
	v, err := recall(ctx, s.memo, s.Clerk.DB, fmt.Sprint("article ", n), func(ctx context.Context) (*articleView, error) { return s.view(ctx, e) })
	if err != nil {
		return err
	}
	return s.show(w, r, "article", page{Title: cmp.Or(e.Heading(), fmt.Sprintf("Article %d", n)), Body: v})
}

// entry returns the article of a number.
func (s *Server) entry(ctx context.Context, n int64) (dragoman.Entry, bool, error) {
	all, err := s.Clerk.DB.Entries(ctx, []int64{n})
	e, ok := all[n]
	return e, ok, err
}

func (s *Server) view(ctx context.Context, e dragoman.Entry) (*articleView, error) {
	db := s.Clerk.DB
	v := &articleView{Entry: e}
	b, err := db.Reading(ctx, e.Number)
	if err != nil {
		return nil, err
	}
	var reading export.Reading
	if err := json.Unmarshal(b, &reading); err != nil {
		return nil, fmt.Errorf("the reading of article %d: %w", e.Number, err)
	}
	v.Notes, v.Actors, v.Pieces = reading.Notes, reading.Actors, pieces(&reading)
	if v.Cards, err = s.cards(ctx, e.Number, &reading); err != nil {
		return nil, err
	}
	if v.Ties, err = db.TiesIn(ctx, e.Number); err != nil {
		return nil, err
	}
	v.Brief, err = s.Clerk.Desk.Brief(ctx, db, e, story.Options{Confidence: s.Minimum})
	return v, err
}

// cards joins what is stored of the events of an article, with corrections, and
// why they were read so.
func (s *Server) cards(ctx context.Context, article int64, reading *export.Reading) ([]eventCard, error) {
	judged, err := s.Clerk.DB.Judged(ctx, article)
	if err != nil {
		return nil, err
	}
	told, err := s.Clerk.DB.Told(ctx, article)
	if err != nil {
		return nil, err
	}
	by := map[string]*export.Attribution{}
	for i := range reading.Attributions {
		by[reading.Attributions[i].ID] = &reading.Attributions[i]
	}
	var all []eventCard
	for _, j := range judged {
		c := eventCard{Judged: j, ID: fmt.Sprintf("e%d", j.Ordinal), Known: told[j.Occurrence]}
		if j.Confidence < s.Minimum && j.Verdict == "right" {
			continue
		}
		if i := slices.IndexFunc(reading.Events, func(e export.Event) bool { return e.ID == c.ID }); i >= 0 {
			c.fill(&reading.Events[i], by, reading)
		}
		all = append(all, c)
	}
	return all, nil
}

func (c *eventCard) fill(e *export.Event, by map[string]*export.Attribution, reading *export.Reading) {
	c.Because, c.Also = e.Because, len(e.Also)
	for _, id := range e.AccordingTo {
		a := by[id]
		if a == nil {
			continue
		}
		x := cardSource{Stance: a.Stance, ID: id, Name: "somebody unnamed"}
		if a.Cue != nil {
			x.Cue = a.Cue.Text
		}
		if a.Source.Text != nil {
			x.Name = *a.Source.Text
		}
		if a.Source.Actor != nil {
			if i := slices.IndexFunc(reading.Actors, func(p export.Actor) bool { return p.ID == *a.Source.Actor }); i >= 0 {
				x.Name = reading.Actors[i].Name
			}
		}
		c.Sources = append(c.Sources, x)
	}
}

// layer is where something of a record stands, in code points.
type layer struct {
	start, end int
	class, ref string
	title      string
}

// pieces cuts a text wherever a layer begins or ends.
func pieces(r *export.Reading) []piece {
	text := []rune(r.Article.Text)
	all := layers(r)
	cuts := map[int]bool{0: true, len(text): true}
	all = slices.DeleteFunc(all, func(l layer) bool { return l.start < 0 || l.end > len(text) || l.start >= l.end })
	for _, l := range all {
		cuts[l.start], cuts[l.end] = true, true
	}
	at := make([]int, 0, len(cuts))
	for c := range cuts {
		at = append(at, c)
	}
	slices.Sort(at)
	slices.SortStableFunc(all, func(a, b layer) int { return a.start - b.start })
	var out []piece
	var open []layer
	for i, next := 0, 0; i+1 < len(at); i++ {
		open = slices.DeleteFunc(open, func(l layer) bool { return l.end <= at[i] })
		for ; next < len(all) && all[next].start == at[i]; next++ {
			open = append(open, all[next])
		}
		out = append(out, pieceOf(string(text[at[i]:at[i+1]]), open))
	}
	return out
}

func pieceOf(text string, open []layer) piece {
	p := piece{Text: text}
	var classes, refs, titles []string
	for _, l := range open {
		if !slices.Contains(classes, l.class) {
			classes = append(classes, l.class)
		}
		if !slices.Contains(refs, l.ref) {
			refs = append(refs, l.ref)
		}
		if l.title != "" && !slices.Contains(titles, l.title) {
			titles = append(titles, l.title)
		}
		if l.class == "l-trigger" && p.Link == "" {
			p.Link = l.ref
		}
	}
	p.Layers, p.Refs, p.Title = strings.Join(classes, " "), strings.Join(refs, " "), strings.Join(titles, "; ")
	return p
}

// layers lists who, where, when, who says what, and what was done.
func layers(r *export.Reading) (all []layer) {
	add := func(s export.Span, class, ref, title string) {
		all = append(all, layer{s.Start, s.End, class, ref, title})
	}
	for _, a := range r.Actors {
		for _, m := range a.Mentions {
			add(m.Span, "l-who", "who:"+a.ID, a.Name)
		}
	}
	for _, p := range r.Places {
		for _, m := range p.Mentions {
			add(m, "l-where", "where:"+p.ID, strings.TrimSpace(p.Name+" "+p.Country))
		}
	}
	for _, d := range r.Dates {
		title := ""
		if d.From != nil && d.To != nil {
			if title = *d.From; *d.From != *d.To {
				title += " to " + *d.To
			}
		}
		add(d.Span, "l-when", "when", title)
	}
	for _, a := range r.Attributions {
		add(a.Content, "l-content", a.ID, "")
		if a.Cue != nil {
			add(*a.Cue, "l-cue", a.ID, a.Stance)
		}
	}
	for _, e := range r.Events {
		add(e.Trigger, "l-trigger", e.ID, e.Type)
		add(e.Evidence, "l-evidence", e.ID, "")
		for _, t := range e.Also {
			add(t.Trigger, "l-trigger", e.ID, e.Type)
		}
	}
	return all
}
