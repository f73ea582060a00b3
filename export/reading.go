// Package export writes documents in the formats that leave the program.
package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"dragoman"
)

// Schema names the format of a reading.
const Schema = "dragoman/reading/1"

// Reading is what is told of one article, written out in full. Every span
// counts Unicode code points of Article.Text, half-open.
type Reading struct {
	Schema       string        `json:"schema"`
	Version      string        `json:"version"`
	Article      Article       `json:"article"`
	Actors       []Actor       `json:"actors"`
	Places       []Place       `json:"places"`
	Dates        []Date        `json:"dates"`
	Attributions []Attribution `json:"attributions"`
	Events       []Event       `json:"events"`
	Ties         []Tie         `json:"ties"`
	Notes        []Note        `json:"notes"`
}

type (
	// Span is characters of the article and where they stand.
	Span struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Text  string `json:"text"`
	}
	// Range is where a sentence stands, without its characters.
	Range struct {
		Start int `json:"start"`
		End   int `json:"end"`
	}
	// Article is what the outlet published; what is not known is null.
	Article struct {
		ID        string  `json:"id"`
		Title     *string `json:"title"`
		Text      string  `json:"text"`
		URL       *string `json:"url"`
		Outlet    *string `json:"outlet"`
		Language  *string `json:"language"`
		Published *string `json:"published"`
		Sentences []Range `json:"sentences"`
	}
	// Mention is a phrase that stands for an actor: name, nominal or pronoun.
	Mention struct {
		Span
		Kind string `json:"kind"`
	}
	// Actor is somebody who acts, on the day of the article.
	Actor struct {
		ID       string    `json:"id"`
		Name     string    `json:"name"`
		Kind     string    `json:"kind"`
		Title    string    `json:"title,omitempty"`
		Country  string    `json:"country,omitempty"`
		Sectors  []string  `json:"sectors,omitempty"`
		CAMEO    string    `json:"cameo,omitempty"`
		MemberOf []string  `json:"member_of,omitempty"`
		Wikidata string    `json:"wikidata,omitempty"`
		Aliases  []string  `json:"aliases,omitempty"`
		Mentions []Mention `json:"mentions"`
	}
	// Place is somewhere; one that only contains a mentioned place has no mentions.
	Place struct {
		ID          string   `json:"id"`
		Name        string   `json:"name"`
		Kind        string   `json:"kind,omitempty"`
		Country     string   `json:"country,omitempty"`
		Lat         *float64 `json:"lat"`
		Lon         *float64 `json:"lon"`
		GeoNames    *int     `json:"geonames"`
		ContainedIn []string `json:"contained_in"`
		Mentions    []Span   `json:"mentions"`
	}
	// Date is an expression of time and the inclusive days it stands for.
	Date struct {
		Span
		From *string `json:"from"`
		To   *string `json:"to"`
	}
	// Source is who says it. Where the text has no words for the source the
	// three fields of the span are absent.
	Source struct {
		Actor     *string `json:"actor"`
		Start     *int    `json:"start,omitempty"`
		End       *int    `json:"end,omitempty"`
		Text      *string `json:"text,omitempty"`
		Anonymous bool    `json:"anonymous"`
	}
	// Attribution is who says what; Parent is the one inside whose content it stands.
	Attribution struct {
		ID      string  `json:"id"`
		Source  Source  `json:"source"`
		Cue     *Span   `json:"cue"`
		Content Span    `json:"content"`
		Manner  string  `json:"manner"`
		Medium  *string `json:"medium"`
		Stance  string  `json:"stance"`
		Parent  *string `json:"parent"`
	}
	// Telling is the words that carry an event or a tie.
	Telling struct {
		Trigger  Span `json:"trigger"`
		Evidence Span `json:"evidence"`
	}
	// Event is who did what to whom; actors, places and attributions by their ids.
	Event struct {
		ID          string   `json:"id"`
		Type        string   `json:"type"`
		Modes       []string `json:"modes"`
		Contexts    []string `json:"contexts"`
		CAMEO       string   `json:"cameo,omitempty"`
		Quad        string   `json:"quad,omitempty"`
		Score       float64  `json:"score"`
		Actors      []string `json:"actors"`
		Recipients  []string `json:"recipients"`
		Mutual      bool     `json:"mutual,omitempty"`
		Place       *string  `json:"place"`
		From        *string  `json:"from"`
		To          *string  `json:"to"`
		Status      string   `json:"status"`
		AccordingTo []string `json:"according_to"`
		Telling
		Also       []Telling        `json:"also,omitempty"`
		Casualties map[string]Count `json:"casualties,omitempty"`
		PLOVER     *string          `json:"plover"`
		Confidence float64          `json:"confidence"`
		Because    []string         `json:"because"`
	}
	// Count is a figure as an inclusive range; without Max it is open.
	Count struct {
		Min *int `json:"min,omitempty"`
		Max *int `json:"max,omitempty"`
	}
	// Tie is a relation that stands between two actors.
	Tie struct {
		ID          string   `json:"id"`
		Subject     string   `json:"subject"`
		Relation    string   `json:"relation"`
		Object      string   `json:"object"`
		Role        string   `json:"role,omitempty"`
		From        *string  `json:"from"`
		To          *string  `json:"to"`
		Status      string   `json:"status"`
		AccordingTo []string `json:"according_to"`
		Telling
		Confidence float64  `json:"confidence"`
		Because    []string `json:"because"`
	}
	// Note is a finding about the article as a whole.
	Note struct {
		Code string `json:"code"`
		Text string `json:"text"`
	}
)

// NewReading writes out doc. Events and ties below minConfidence are left out,
// and so are actors without a mention whom no record names.
func NewReading(doc *dragoman.Document, version string, minConfidence float64) Reading {
	w := writer{doc: doc, points: newPoints(doc.Text), actorAt: doc.ActorsByToken()}
	r := Reading{Schema: Schema, Version: version, Article: w.article(),
		Actors: []Actor{}, Places: []Place{}, Dates: []Date{}, Attributions: []Attribution{},
		Events: []Event{}, Ties: []Tie{}, Notes: []Note{}}
	for i := range doc.Attributions {
		r.Attributions = append(r.Attributions, w.attribution(i))
	}
	used := map[string]bool{}
	for i := range doc.Events {
		if doc.Events[i].Confidence >= minConfidence {
			r.Events = append(r.Events, w.event(i, used))
		}
	}
	for i := range doc.Ties {
		if doc.Ties[i].Confidence >= minConfidence {
			r.Ties = append(r.Ties, w.tie(i, used))
		}
	}
	for _, a := range doc.Actors {
		if len(a.Mentions) > 0 || used[a.ID] {
			r.Actors = append(r.Actors, w.actor(a))
		}
	}
	for _, p := range doc.Places {
		r.Places = append(r.Places, w.place(p))
	}
	for _, d := range doc.Dates {
		r.Dates = append(r.Dates, Date{w.span(d.Span), day(d.From), day(d.To)})
	}
	for _, n := range doc.Notes {
		r.Notes = append(r.Notes, Note(n))
	}
	return r
}

type writer struct {
	doc     *dragoman.Document
	points  points
	actorAt []int // token: whom it stands for; -1 for nobody
}

func (w *writer) span(s dragoman.Span) Span {
	return Span{w.points.at(s.Start), w.points.at(s.End), w.doc.TextOf(s)}
}

func (w *writer) article() Article {
	d := w.doc
	a := Article{ID: d.ID, Text: d.Text, Title: text(d.Title), URL: text(d.URL), Outlet: text(d.Outlet),
		Language: text(d.Language), Published: day(d.Published), Sentences: []Range{}}
	for _, s := range d.Sentences {
		a.Sentences = append(a.Sentences, Range{w.points.at(s.Start), w.points.at(s.Span.End)}) // s.End counts tokens
	}
	return a
}

func (w *writer) actor(a dragoman.Actor) Actor {
	out := Actor{ID: a.ID, Name: a.Name, Kind: a.Kind, Title: a.Title, Country: a.Country, Sectors: a.Sectors,
		CAMEO: a.CAMEO, MemberOf: a.MemberOf, Wikidata: a.Wikidata, Aliases: a.Aliases, Mentions: []Mention{}}
	for _, m := range a.Mentions {
		mention := w.doc.Mentions[m]
		out.Mentions = append(out.Mentions, Mention{w.span(mention.Span), string(mention.Form)})
	}
	return out
}

func (w *writer) place(p dragoman.Place) Place {
	out := Place{ID: p.ID, Name: p.Name, Kind: p.Kind, Country: p.Country, ContainedIn: list(p.ContainedIn), Mentions: []Span{}}
	if p.Located {
		out.Lat, out.Lon = &p.Lat, &p.Lon
	}
	if p.GeoNames != 0 {
		out.GeoNames = &p.GeoNames
	}
	for _, m := range p.Mentions {
		out.Mentions = append(out.Mentions, w.span(w.doc.Mentions[m].Span))
	}
	return out
}

func (w *writer) attribution(i int) Attribution {
	a := w.doc.Attributions[i]
	out := Attribution{ID: attributionID(i), Content: w.span(a.Content), Manner: string(a.Manner),
		Medium: text(a.Medium), Stance: a.Stance}
	out.Source.Anonymous = a.Anonymous
	if !a.Source.Empty() {
		s := w.span(a.Source)
		out.Source.Start, out.Source.End, out.Source.Text = &s.Start, &s.End, &s.Text
	}
	if actor := w.doc.Speaker(i, w.actorAt); actor >= 0 {
		out.Source.Actor = &w.doc.Actors[actor].ID
	}
	if !a.Cue.Empty() {
		s := w.span(a.Cue)
		out.Cue = &s
	}
	if a.Parent >= 0 {
		id := attributionID(a.Parent)
		out.Parent = &id
	}
	return out
}

func (w *writer) event(i int, used map[string]bool) Event {
	e := w.doc.Events[i]
	out := Event{ID: fmt.Sprintf("e%d", i+1), Type: e.Type, Modes: list(e.Modes), Contexts: list(e.Contexts), CAMEO: e.CAMEO,
		Quad: e.Quad, Score: e.Score, Actors: w.ids(e.Actors, used), Recipients: w.ids(e.Recipients, used), Mutual: e.Mutual && len(e.Recipients) == 0 && len(e.Actors) > 1, From: day(e.From), To: day(e.To),
		Status: string(e.Status), AccordingTo: attributionIDs(e.AccordingTo), Telling: w.telling(e.Telling),
		PLOVER: text(e.PLOVER), Confidence: e.Confidence, Because: list(e.Because)}
	if e.Place >= 0 {
		out.Place = &w.doc.Places[e.Place].ID
	}
	for _, t := range e.Also {
		out.Also = append(out.Also, w.telling(t))
	}
	for _, c := range e.Casualties {
		if out.Casualties == nil {
			out.Casualties = map[string]Count{}
		}
		n := Count{Min: &c.Min}
		if c.Max >= 0 {
			n.Max = &c.Max
		}
		out.Casualties[c.What] = n
	}
	return out
}

func (w *writer) tie(i int, used map[string]bool) Tie {
	t := w.doc.Ties[i]
	ends := w.ids([]int{t.Subject, t.Object}, used)
	return Tie{ID: fmt.Sprintf("t%d", i+1), Subject: ends[0], Relation: t.Relation, Object: ends[1], Role: t.Role,
		From: day(t.From), To: day(t.To), Status: string(t.Status), AccordingTo: attributionIDs(t.AccordingTo),
		Telling: w.telling(t.Telling), Confidence: t.Confidence, Because: list(t.Because)}
}

func (w *writer) telling(t dragoman.Telling) Telling {
	return Telling{w.span(t.Trigger), w.span(t.Evidence)}
}

func (w *writer) ids(actors []int, used map[string]bool) []string {
	ids := []string{}
	for _, a := range actors {
		ids = append(ids, w.doc.Actors[a].ID)
		used[w.doc.Actors[a].ID] = true
	}
	return ids
}

func attributionID(i int) string { return fmt.Sprintf("a%d", i+1) }

func attributionIDs(all []int) []string {
	ids := []string{}
	for _, i := range all {
		ids = append(ids, attributionID(i))
	}
	return ids
}

func day(d dragoman.Day) *string { return text(d.String()) }

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// points turns byte offsets into code points. Every 64th byte's count is kept.
type points struct {
	text  string
	marks []int
}

const markEvery = 64

func newPoints(text string) points {
	p := points{text: text}
	count := 0
	for i := 0; i < len(text); i++ {
		if i%markEvery == 0 {
			p.marks = append(p.marks, count)
		}
		if utf8.RuneStart(text[i]) {
			count++
		}
	}
	return p
}

// at returns the number of code points before byte offset i.
func (p points) at(i int) int {
	m := min(i/markEvery, len(p.marks)-1)
	if m < 0 {
		return 0
	}
	count := p.marks[m]
	for j := m * markEvery; j < i; j++ {
		if utf8.RuneStart(p.text[j]) {
			count++
		}
	}
	return count
}

// JSON returns the reading as one line of JSON, without a newline.
func (r Reading) JSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
