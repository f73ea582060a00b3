package web

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"dragoman"
	"dragoman/clerk"
	"dragoman/store"
	"dragoman/story"
)

// This file holds the records of the API and how they are made of what the store
// gives back. Names are those of the reading (docs/reading.md) where it has one.
// What is not known is null or absent, and a list is never null.

type (
	// Article is an article as it is stored, without its text.
	Article struct {
		Number    int64     `json:"number" doc:"Number in this database"`
		ID        string    `json:"id" doc:"As the outlet or the program named it"`
		Title     *string   `json:"title"`
		URL       *string   `json:"url"`
		Outlet    *string   `json:"outlet"`
		Language  *string   `json:"language" doc:"ISO 639-1"`
		Published *string   `json:"published" format:"date" doc:"Day of publication"`
		Origin    *string   `json:"origin" doc:"Whom it is taken from: the agency that it credits"`
		CopyOf    *int64    `json:"copy_of" doc:"Number of the first article of the same text; null for that one itself"`
		Version   string    `json:"version" doc:"Of the program and the tables that read it"`
		Added     time.Time `json:"added" doc:"When it was stored"`
	}
	// Principal is whom somebody acts for: its group, its state.
	Principal struct {
		Number  int64   `json:"number"`
		ID      string  `json:"id"`
		Name    string  `json:"name"`
		Kind    string  `json:"kind"`
		Country *string `json:"country" doc:"ISO 3166-1 alpha-3"`
	}
	// Party is an actor as records of many articles name it.
	Party struct {
		Number  int64       `json:"number"`
		ID      string      `json:"id" doc:"Stable; begins with new: where it was made from a name"`
		Name    string      `json:"name"`
		Kind    string      `json:"kind" doc:"state, government, organisation, armed_group, party, igo, ngo, company, media, person, people, unknown"`
		Title   *string     `json:"title" doc:"Office, of a person"`
		Country *string     `json:"country" doc:"ISO 3166-1 alpha-3"`
		Sectors []string    `json:"sectors" doc:"PLOVER sectors, the most specific last"`
		ActsFor []Principal `json:"acts_for" doc:"Nearest first"`
	}
	// Actor is a party and in how many events it is.
	Actor struct {
		Party
		Events int     `json:"events" doc:"Events that it, or who acts for it, is in"`
		Others []Party `json:"others" doc:"Others of that name, where it was asked for by name"`
	}
	// Place is somewhere.
	Place struct {
		ID          string   `json:"id"`
		Name        string   `json:"name"`
		Kind        string   `json:"kind" doc:"country, admin1, admin2, settlement, port, border_crossing, base, water, mountain, region, …"`
		Country     *string  `json:"country" doc:"ISO 3166-1 alpha-3"`
		Lat         *float64 `json:"lat"`
		Lon         *float64 `json:"lon"`
		ContainedIn []string `json:"contained_in" doc:"Ids, nearest first"`
	}
	// Source is who is said to say something.
	Source struct {
		Actor     *Party  `json:"actor,omitempty" doc:"Absent where nobody known is named"`
		Text      *string `json:"text" doc:"The words for it: a ministry spokesman"`
		Anonymous bool    `json:"anonymous"`
	}
	// Range is a figure that is told, inclusive.
	Range struct {
		Min int  `json:"min"`
		Max *int `json:"max" doc:"null: open"`
	}
	// Happening is what events and reports of events have in common.
	Happening struct {
		Type        string           `json:"type" doc:"PLOVER's 16 types, and STATEMENT"`
		Modes       []string         `json:"modes"`
		Contexts    []string         `json:"contexts"`
		CAMEO       *string          `json:"cameo"`
		Quad        *string          `json:"quad" doc:"verbal or material, cooperation or conflict"`
		Tone        dragoman.Tone    `json:"tone" doc:"-2 material conflict, -1 verbal conflict, 0 neutral, 1 verbal cooperation, 2 material cooperation"`
		Status      string           `json:"status" enum:"happened,ongoing,planned,hypothetical,negated,denied"`
		Day         *string          `json:"day" format:"date" doc:"The day that it counts for"`
		From        *string          `json:"from" format:"date" doc:"As told"`
		To          *string          `json:"to" format:"date" doc:"As told"`
		Actors      []Party          `json:"actors"`
		Recipients  []Party          `json:"recipients"`
		Place       *Place           `json:"place,omitempty" doc:"Absent where it is not told"`
		AccordingTo *Source          `json:"according_to,omitempty" doc:"The innermost source; absent where the outlet tells it itself"`
		Trigger     string           `json:"trigger" doc:"The words that tell it; the reading says where they stand"`
		Evidence    string           `json:"evidence" doc:"The clause that carries it"`
		Casualties  map[string]Range `json:"casualties" doc:"killed, injured, captured, crowd, where told"`
		Confidence  float64          `json:"confidence" minimum:"0" maximum:"1"`
		ID          string           `json:"id" doc:"The event's id in the reading of the article"`
		Article     Article          `json:"article" doc:"The article that tells it so"`
	}
	// Event is something that happened, or is said to: all reports of it, as
	// the surest tells it.
	Event struct {
		Number int64 `json:"number"`
		Happening
		First    *string `json:"first" format:"date" doc:"The earliest day of publication among its reports"`
		Reports  int     `json:"reports" doc:"How often it is told"`
		Articles int     `json:"articles" doc:"Articles that tell it"`
		Outlets  int     `json:"outlets" doc:"Outlets that do"`
		Origins  int     `json:"origins" doc:"Outlets and agencies that tell it independently of each other; of what is only claimed, no more than sources"`
		Sources  int     `json:"sources" doc:"Different sources that claim it; 0: outlets tell it themselves, or whoever utters it"`
	}
	// Report is an event as one article tells it.
	Report struct {
		Number int64 `json:"number"`
		Event  int64 `json:"event" doc:"Number of the event that it reports"`
		Happening
		Published *string `json:"published" format:"date"`
		Origin    string  `json:"origin" doc:"Who tells it first-hand as far as is known"`
	}
	// Claim is what a source says, as one article tells it.
	Claim struct {
		Number    int64   `json:"number"`
		ID        string  `json:"id" doc:"The attribution's id in the reading of the article"`
		Source    Source  `json:"source"`
		Stance    string  `json:"stance" doc:"asserts, denies, warns, promises, asks, doubts, declines"`
		Manner    string  `json:"manner" doc:"quote, paraphrase, mixed"`
		Content   string  `json:"content"`
		About     []Party `json:"about" doc:"Whom the content names"`
		Published *string `json:"published" format:"date"`
		Article   Article `json:"article"`
	}
	// Tie is a relation that stands between two, as all articles tell it.
	Tie struct {
		Subject     Party   `json:"subject"`
		Relation    string  `json:"relation" doc:"supports, opposes, hosts, allegiance, member_of, part_of, leads, holds_office, allied_with, at_war_with, controls, trades_with, recognises, related_to"`
		Object      Party   `json:"object"`
		Role        *string `json:"role" doc:"The office or function"`
		From        *string `json:"from" format:"date" doc:"As told"`
		To          *string `json:"to" format:"date" doc:"As told"`
		First       *string `json:"first" format:"date" doc:"The earliest publication that tells it"`
		Last        *string `json:"last" format:"date" doc:"The latest"`
		Articles    int     `json:"articles" doc:"Articles that tell it"`
		AccordingTo *Source `json:"according_to,omitempty" doc:"Absent where an outlet tells it itself"`
		Evidence    string  `json:"evidence" doc:"Of the surest telling"`
		Confidence  float64 `json:"confidence" doc:"Of the surest telling"`
		Ended       bool    `json:"ended" doc:"The latest telling says that it is over"`
	}
	// Standing is a tie as one article tells it.
	Standing struct {
		Number      int64   `json:"number"`
		ID          string  `json:"id" doc:"The tie's id in the reading of the article"`
		Subject     Party   `json:"subject"`
		Relation    string  `json:"relation"`
		Object      Party   `json:"object"`
		Role        *string `json:"role"`
		From        *string `json:"from" format:"date"`
		To          *string `json:"to" format:"date"`
		Status      string  `json:"status" enum:"happened,ongoing,planned,hypothetical,negated,denied"`
		AccordingTo *Source `json:"according_to,omitempty"`
		Evidence    string  `json:"evidence"`
		Confidence  float64 `json:"confidence"`
		Published   *string `json:"published" format:"date"`
		Article     int64   `json:"article" doc:"Number of the article"`
	}
)

type (
	// Counts is how many cooperative and how many conflictual events there were.
	Counts struct {
		Cooperation int `json:"cooperation"`
		Conflict    int `json:"conflict"`
	}
	// Rates are means a period.
	Rates struct {
		Cooperation float64 `json:"cooperation"`
		Conflict    float64 `json:"conflict"`
	}
	// Outlook is where a relation is heading.
	Outlook struct {
		Direction  string  `json:"direction" doc:"warming, cooling, more intense, quieter, steady, unknown"`
		P          float64 `json:"p" doc:"Of the test that decided"`
		Recent     Counts  `json:"recent" doc:"In the last recent_days"`
		Before     Counts  `json:"before" doc:"In the before_days before these"`
		RecentDays int     `json:"recent_days"`
		BeforeDays int     `json:"before_days"`
	}
	// Change is a day from which on a relation is another.
	Change struct {
		Day    string  `json:"day" format:"date"`
		Period int     `json:"period" doc:"Index of the first period of the new stretch"`
		Before Rates   `json:"before" doc:"Means a period"`
		After  Rates   `json:"after"`
		Made   []Event `json:"made" doc:"The events that made it"`
	}
	// Earlier is what is told of two before the days that are asked for.
	Earlier struct {
		Events int     `json:"events"`
		Until  *string `json:"until" format:"date" doc:"The last of them; null where there are none"`
	}
	// Dyad is the relation of two over time. Only what was done counts, not what
	// was planned or denied.
	Dyad struct {
		A         Party    `json:"a"`
		B         Party    `json:"b"`
		From      *string  `json:"from" format:"date" doc:"First day; null where nothing is remembered"`
		To        *string  `json:"to" format:"date" doc:"Last day"`
		Period    int      `json:"period" doc:"Days a period"`
		There     []Counts `json:"there" doc:"What a does to b, a period"`
		Back      []Counts `json:"back" doc:"What b does to a"`
		Together  []Counts `json:"together" doc:"What they do with each other"`
		Both      []Counts `json:"both" doc:"All of it"`
		Claimed   []Counts `json:"claimed" doc:"What is told by the word of sources only; it stands in none of the others"`
		Earlier   Earlier  `json:"earlier"`
		Changes   []Change `json:"changes"`
		Outlook   Outlook  `json:"outlook"`
		Recent    []Event  `json:"recent" doc:"The newest first"`
		Unsettled []Event  `json:"unsettled" doc:"Claimed by one source, confirmed by nobody else"`
		Ties      []Tie    `json:"ties"`
	}
	// Relation is what two did to each other in a period.
	Relation struct {
		A        Party  `json:"a"`
		B        Party  `json:"b"`
		There    Counts `json:"there" doc:"What a did to b"`
		Back     Counts `json:"back" doc:"What b did to a"`
		Together Counts `json:"together" doc:"What they did with each other"`
	}
	// Told is an event of an article and what is remembered of it.
	Told struct {
		Report  Report    `json:"report" doc:"As the article tells it"`
		Event   Event     `json:"event"`
		Earlier []Article `json:"earlier" doc:"Articles that told it before, the first first"`
		Nth     *string   `json:"nth" doc:"For which time somebody does so"`
	}
	// Voice is what somebody says about both.
	Voice struct {
		Claim
		Contrary bool `json:"contrary" doc:"To what the article tells"`
		Third    bool `json:"third" doc:"From neither side"`
	}
	// Opposite is two tellings that cannot both be true.
	Opposite struct {
		Told  Report `json:"told" doc:"In the article"`
		Other Event  `json:"other" doc:"The contrary"`
	}
	// Between is what is remembered of two whom an article is about.
	Between struct {
		A        Party      `json:"a"`
		B        Party      `json:"b"`
		Others   []Voice    `json:"others" doc:"What the other side and third parties say"`
		Opposite []Opposite `json:"opposite" doc:"What is told to the contrary"`
		Ties     []Tie      `json:"ties"`
		Turn     *Event     `json:"turn,omitempty" doc:"The latest event of the other tone before, if not long ago"`
		Outlook  Outlook    `json:"outlook"`
	}
	// Brief is what a desk wants to know of an article.
	Brief struct {
		Article Article   `json:"article"`
		Copies  []Article `json:"copies" doc:"Other articles of the same text"`
		New     []Told    `json:"new"`
		Known   []Told    `json:"known" doc:"Told before"`
		Between []Between `json:"between" doc:"The pairs that it is most about"`
	}
)

type (
	// Spot is a place and what happened at it, not only somewhere within it.
	Spot struct {
		Place
		Events      int     `json:"events"`
		Cooperation int     `json:"cooperation"`
		Conflict    int     `json:"conflict"`
		Newest      *string `json:"newest" format:"date"`
	}
	// Tally is how often something is found.
	Tally struct {
		Name  string `json:"name"`
		Count int    `json:"count"`
	}
	// ToneTally is how many events are of a tone.
	ToneTally struct {
		Tone  dragoman.Tone `json:"tone"`
		Count int           `json:"count"`
	}
	// Facets say how many events are of which kind, the most first.
	Facets struct {
		Looked    int         `json:"looked" doc:"How many events were looked at, the newest"`
		All       bool        `json:"all" doc:"There are no more"`
		Types     []Tally     `json:"types"`
		Statuses  []Tally     `json:"statuses"`
		Years     []Tally     `json:"years"`
		Countries []Tally     `json:"countries" doc:"Of the places, ISO 3166-1 alpha-3"`
		Outlets   []Tally     `json:"outlets" doc:"That tell it; an event may have several"`
		Tones     []ToneTally `json:"tones"`
	}
	// Bond is who is what to whom in a tie; subject and object are ids.
	Bond struct {
		Subject  string `json:"subject"`
		Relation string `json:"relation"`
		Object   string `json:"object"`
		Role     string `json:"role"`
	}
	// Correction is what somebody says is otherwise than it was read.
	Correction struct {
		Number  int64      `json:"number"`
		Made    time.Time  `json:"made"`
		Who     string     `json:"who"`
		Action  string     `json:"action" enum:"wrong,recode,party,place,untie,retie,merge,merge-place"`
		Says    string     `json:"says" doc:"In words"`
		Article *string    `json:"article" doc:"Key of the article; null for what holds everywhere"`
		Type    *string    `json:"type" doc:"The event's, as read; null where it is of none"`
		Old     *string    `json:"old" doc:"party, merge: id of an actor; place, merge-place: of a place"`
		New     *string    `json:"new" doc:"The id of the one that it is instead"`
		Coding  *Coding    `json:"coding,omitempty" doc:"recode: what it is instead"`
		Tie     *Bond      `json:"tie,omitempty" doc:"untie, retie: as it was read"`
		Is      *Bond      `json:"is,omitempty" doc:"retie: what it is instead; what is empty stays"`
		Note    *string    `json:"note"`
		Undone  *time.Time `json:"undone" doc:"null: it holds"`
	}
	// Coding is what a correction may change of an event.
	Coding struct {
		Type   string        `json:"type"`
		Modes  []string      `json:"modes"`
		CAMEO  string        `json:"cameo"`
		Quad   string        `json:"quad"`
		Tone   dragoman.Tone `json:"tone"`
		Status string        `json:"status"`
	}
	// Rule says for what an alert fires. Actors and places are ids; an actor
	// stands for all who act for it.
	Rule struct {
		Between       []string `json:"between"`
		By            *string  `json:"by"`
		To            *string  `json:"to"`
		Types         []string `json:"types"`
		Statuses      []string `json:"statuses"`
		Place         *string  `json:"place"`
		Text          *string  `json:"text"`
		MinConfidence float64  `json:"min_confidence"`
		When          string   `json:"when" enum:"any,first,nth,change"`
		N             *int     `json:"n"`
		Days          *int     `json:"days"`
	}
	// Way is how an alert tells, and where.
	Way struct {
		Kind    string `json:"kind" enum:"webhook,public webhook,mail,feed" doc:"A public webhook leads nowhere inside the private network"`
		Address string `json:"address" doc:"Without a password that it may have"`
	}
	// Alert is a rule that watches what is stored.
	Alert struct {
		Number  int64      `json:"number"`
		Name    string     `json:"name"`
		Rule    Rule       `json:"rule"`
		Says    string     `json:"says" doc:"The rule in words"`
		Ways    []Way      `json:"ways"`
		Made    time.Time  `json:"made"`
		Looked  int64      `json:"looked" doc:"Number of the last article that it was held against"`
		Fired   int        `json:"fired"`
		Pending int        `json:"pending" doc:"Messages that are still to be delivered"`
		Failed  int        `json:"failed" doc:"Messages that were given up"`
		Last    *time.Time `json:"last" doc:"When it last fired"`
	}
	// Firing is what an alert saw in an article, told in one way.
	Firing struct {
		Number    int64      `json:"number"`
		Alert     string     `json:"alert"`
		Article   int64      `json:"article" doc:"Number of the article"`
		Subject   string     `json:"subject"`
		Body      string     `json:"body" doc:"With the evidence"`
		Event     Report     `json:"event" doc:"As it was told then"`
		Way       Way        `json:"way"`
		Made      time.Time  `json:"made"`
		Delivered *time.Time `json:"delivered"`
		Attempts  int        `json:"attempts" doc:"That failed"`
		Fault     *string    `json:"fault" doc:"Of the last attempt"`
	}
	// Feed is a feed that is followed, and how it went the last time.
	Feed struct {
		Number     int64      `json:"number"`
		URL        string     `json:"url"`
		Title      *string    `json:"title"`
		Polled     *time.Time `json:"polled"`
		Next       *time.Time `json:"next" doc:"Not to be asked for before"`
		Items      int        `json:"items" doc:"That it listed when it was last had"`
		New        int        `json:"new" doc:"Articles that the last poll gave"`
		Stored     int        `json:"stored" doc:"Items whose article is stored"`
		Unreadable int        `json:"unreadable" doc:"Items that could not be read"`
		Failures   int        `json:"failures" doc:"How often in a row it could not be had"`
		Fault      *string    `json:"fault"`
	}
)

// orNull returns a pointer to what is known, nil for the zero value.
func orNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func wireDay(d dragoman.Day) *string { return orNull(d.String()) }

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// each writes out all of a list.
func each[T, W any](all []T, write func(*T) W) []W {
	out := make([]W, len(all))
	for i := range all {
		out[i] = write(&all[i])
	}
	return out
}

// entries are articles by number, of which records name the number only.
type entries map[int64]dragoman.Entry

// article writes out an article for programs.
func (s *Server) article(e dragoman.Entry) Article { return wireArticle(&e) }

func wireArticle(e *dragoman.Entry) Article {
	a := Article{Number: e.Number, ID: e.ID, Title: orNull(e.Title), URL: orNull(e.URL), Outlet: orNull(e.Outlet), Language: orNull(e.Language),
		Published: wireDay(e.Published), Origin: orNull(e.Origin), Version: e.Version, Added: e.Added}
	if e.Original != e.Number {
		a.CopyOf = &e.Original
	}
	return a
}

func (in entries) article(number int64) Article {
	e := in[number]
	e.Number = number
	if e.Original == 0 {
		e.Original = number
	}
	return wireArticle(&e)
}

func wireParty(p *dragoman.Party) Party {
	return Party{Number: p.Number, ID: p.ID, Name: p.Name, Kind: p.Kind, Title: orNull(p.Title), Country: orNull(p.Country), Sectors: list(p.Sectors),
		ActsFor: each(p.Principals, func(q *dragoman.Party) Principal { return Principal{q.Number, q.ID, q.Name, q.Kind, orNull(q.Country)} })}
}

func wireActor(k *dragoman.Known) Actor {
	p := k.Party
	p.Number = k.Number
	return Actor{Party: wireParty(&p), Events: k.Events, Others: []Party{}}
}

func wirePlace(l *dragoman.Locale) Place {
	p := Place{ID: l.ID, Name: l.Name, Kind: l.Kind, Country: orNull(l.Country), ContainedIn: list(l.ContainedIn)}
	if l.Located {
		p.Lat, p.Lon = &l.Lat, &l.Lon
	}
	return p
}

func wireSource(s *dragoman.Source) Source {
	w := Source{Text: orNull(s.Text), Anonymous: s.Anonymous}
	if s.Actor.ID != "" {
		p := wireParty(&s.Actor)
		w.Actor = &p
	}
	return w
}

// saying is wireSource, nil where the outlet itself tells it.
func saying(s *dragoman.Source) *Source {
	if s.None() {
		return nil
	}
	w := wireSource(s)
	return &w
}

func (in entries) happening(r *dragoman.Report) Happening {
	h := Happening{Type: r.Type, Modes: list(r.Modes), Contexts: list(r.Contexts), CAMEO: orNull(r.CAMEO), Quad: orNull(r.Quad), Tone: r.Tone,
		Status: string(r.Status), Day: wireDay(r.Day), From: wireDay(r.From), To: wireDay(r.To), Actors: each(r.Actors, wireParty), Recipients: each(r.Recipients, wireParty),
		AccordingTo: saying(&r.Source), Trigger: r.Words, Evidence: r.Evidence, Casualties: map[string]Range{}, Confidence: r.Confidence,
		ID: fmt.Sprintf("e%d", r.Ordinal), Article: in.article(r.Article)}
	if r.Place.ID != "" {
		p := wirePlace(&r.Place)
		h.Place = &p
	}
	for _, c := range r.Casualties {
		n := Range{Min: c.Min}
		if c.Max >= 0 {
			n.Max = &c.Max
		}
		h.Casualties[c.What] = n
	}
	return h
}

func (in entries) event(o *dragoman.Occurrence) Event {
	return Event{Number: o.Number, Happening: in.happening(&o.Report), First: wireDay(o.First), Reports: o.Reports, Articles: o.Articles,
		Outlets: o.Outlets, Origins: o.Origins, Sources: o.Sources}
}

func (in entries) report(r *dragoman.Report) Report {
	return Report{Number: r.Number, Event: r.Occurrence, Happening: in.happening(r), Published: wireDay(r.Published), Origin: r.Origin}
}

func (in entries) claim(c *dragoman.Claim) Claim {
	return Claim{Number: c.Number, ID: fmt.Sprintf("a%d", c.Ordinal), Source: wireSource(&c.Source), Stance: c.Stance, Manner: c.Manner, Content: c.Content,
		About: each(c.About, wireParty), Published: wireDay(c.Published), Article: in.article(c.Article)}
}

func wireTie(t *story.Tie) Tie {
	return Tie{Subject: wireParty(&t.Subject), Relation: t.Relation, Object: wireParty(&t.Object), Role: orNull(t.Role), From: wireDay(t.From), To: wireDay(t.To),
		First: wireDay(t.First), Last: wireDay(t.Last), Articles: t.Articles, AccordingTo: saying(&t.Source), Evidence: t.Evidence, Confidence: t.Sure, Ended: t.Ended}
}

func wireStanding(t *dragoman.Standing) Standing {
	return Standing{Number: t.Number, ID: fmt.Sprintf("t%d", t.Ordinal), Subject: wireParty(&t.Subject), Relation: t.Relation, Object: wireParty(&t.Object),
		Role: orNull(t.Role), From: wireDay(t.From), To: wireDay(t.To), Status: string(t.Status), AccordingTo: saying(&t.Source), Evidence: t.Evidence,
		Confidence: t.Confidence, Published: wireDay(t.Published), Article: t.Article}
}

func wireCounts(c *story.Counts) Counts { return Counts{c.Cooperation, c.Conflict} }

func wireOutlook(o *story.Outlook) Outlook {
	return Outlook{Direction: string(o.Direction), P: o.P, Recent: wireCounts(&o.Recent), Before: wireCounts(&o.Before), RecentDays: o.RecentDays, BeforeDays: o.Days}
}

func (in entries) change(c *story.Change) Change {
	return Change{Day: c.Day.String(), Period: c.Period, Before: Rates{c.Before.Cooperation, c.Before.Conflict}, After: Rates{c.After.Cooperation, c.After.Conflict},
		Made: each(c.Made, in.event)}
}

func (in entries) dyad(d *story.Dyad) Dyad {
	return Dyad{A: wireParty(&d.A), B: wireParty(&d.B), From: wireDay(d.From), To: wireDay(d.To), Period: d.Period, There: each(d.There, wireCounts),
		Back: each(d.Back, wireCounts), Together: each(d.Together, wireCounts), Both: each(d.Both, wireCounts), Claimed: each(d.Claimed, wireCounts),
		Earlier: Earlier{d.Earlier.Events, wireDay(d.Earlier.Until)}, Changes: each(d.Changes, in.change), Outlook: wireOutlook(&d.Outlook),
		Recent: each(d.Recent, in.event), Unsettled: each(d.Unsettled, in.event), Ties: each(d.Ties, wireTie)}
}

func wireRelation(r *dragoman.Relation) Relation {
	return Relation{wireParty(&r.A), wireParty(&r.B), Counts(r.There), Counts(r.Back), Counts(r.Together)}
}

func (in entries) told(t *story.Told) Told {
	return Told{Report: in.report(&t.Report), Event: in.event(&t.Occurrence), Earlier: each(t.Earlier, wireArticle), Nth: orNull(t.Nth)}
}

func (in entries) voice(v *story.Voice) Voice {
	return Voice{in.claim(&v.Claim), v.Contrary, v.Third}
}

func (in entries) between(b *story.Between) Between {
	w := Between{A: wireParty(&b.A), B: wireParty(&b.B), Others: each(b.Others, in.voice), Ties: each(b.Ties, wireTie), Outlook: wireOutlook(&b.Outlook),
		Opposite: each(b.Opposite, func(o *story.Opposite) Opposite { return Opposite{in.report(&o.Told), in.event(&o.Other)} })}
	if b.Turn != nil {
		o := in.event(b.Turn)
		w.Turn = &o
	}
	return w
}

func (in entries) brief(b *story.Brief) Brief {
	return Brief{Article: wireArticle(&b.Article), Copies: each(b.Copies, wireArticle), New: each(b.New, in.told), Known: each(b.Known, in.told),
		Between: each(b.Between, in.between)}
}

func wireSpot(s *dragoman.Spot) Spot {
	return Spot{wirePlace(&s.Locale), s.Events, s.Cooperation, s.Conflict, wireDay(s.Newest)}
}

func wireFacets(f *dragoman.Facets) Facets {
	tally := func(t *dragoman.Tally) Tally { return Tally(*t) }
	w := Facets{Looked: f.Looked, All: f.All, Types: each(f.Types, tally), Statuses: each(f.Statuses, tally), Years: each(f.Years, tally),
		Countries: each(f.Countries, tally), Outlets: each(f.Outlets, tally), Tones: []ToneTally{}}
	for t := dragoman.MaterialCooperation; t >= dragoman.MaterialConflict; t-- {
		if n := f.Tones[t]; n > 0 {
			w.Tones = append(w.Tones, ToneTally{t, n})
		}
	}
	return w
}

// wireBond reads what a correction of a tie keeps; nil where that is nothing.
func wireBond(s string) *Bond {
	var b dragoman.Bond
	if s == "" || json.Unmarshal([]byte(s), &b) != nil { // as the store checked when it was made
		return nil
	}
	return &Bond{b.Subject, b.Relation, b.Object, b.Role}
}

func wireCorrection(c *dragoman.Correction) Correction {
	w := Correction{Number: c.Number, Made: c.Made, Who: c.Who, Action: c.Action, Says: clerk.Described(c), Article: orNull(c.Key), Type: orNull(c.Type),
		Old: orNull(c.Old), Note: orNull(c.Note), Undone: moment(c.Undone)}
	switch c.Action {
	case dragoman.Recode:
	case dragoman.Untie, dragoman.Retie:
		w.Old, w.Tie, w.Is = nil, wireBond(c.Old), wireBond(c.New)
		return w
	default:
		w.New = orNull(c.New)
		return w
	}
	var v dragoman.Coding
	if json.Unmarshal([]byte(c.New), &v) == nil { // as the store checked when it was made
		w.Coding = &Coding{v.Type, list(v.Modes), v.CAMEO, v.Quad, v.Tone, string(v.Status)}
	}
	return w
}

func wireRule(r *story.Rule) Rule {
	return Rule{Between: list(r.Between), By: orNull(r.By), To: orNull(r.To), Types: list(r.Types), Place: orNull(r.Place), Text: orNull(r.Text),
		Statuses:      each(r.Statuses, func(s *dragoman.Status) string { return string(*s) }),
		MinConfidence: r.MinConfidence, When: string(r.When), N: orNull(r.N), Days: orNull(r.Days)}
}

func wireFeed(f *store.Feed) Feed {
	return Feed{Number: f.Number, URL: f.URL, Title: orNull(f.Title), Polled: moment(f.Polled), Next: moment(f.Next), Items: f.Items, New: f.New,
		Stored: f.Stored, Unreadable: f.Unreadable, Failures: f.Failures, Fault: orNull(f.Fault)}
}

// numbersOf gathers the numbers of the articles that records name.
type numbersOf []int64

func (n *numbersOf) events(all ...dragoman.Occurrence) {
	for i := range all {
		*n = append(*n, all[i].Article)
	}
}

func (n *numbersOf) reports(all ...dragoman.Report) {
	for i := range all {
		*n = append(*n, all[i].Article)
	}
}

func (n *numbersOf) claims(all ...dragoman.Claim) {
	for i := range all {
		*n = append(*n, all[i].Article)
	}
}

func (n *numbersOf) dyad(d *story.Dyad) {
	n.events(slices.Concat(d.Recent, d.Unsettled)...)
	for _, c := range d.Changes {
		n.events(c.Made...)
	}
}

func (n *numbersOf) brief(b *story.Brief) {
	for _, t := range slices.Concat(b.New, b.Known) {
		n.reports(t.Report)
		n.events(t.Occurrence)
	}
	for _, r := range b.Between {
		for _, v := range r.Others {
			n.claims(v.Claim)
		}
		for _, o := range r.Opposite {
			n.reports(o.Told)
			n.events(o.Other)
		}
		if r.Turn != nil {
			n.events(*r.Turn)
		}
	}
}
