package exchange

import (
	"bufio"
	"cmp"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"dragoman"
)

// plover is the JSON of PLOVER: names after the table "PLOVER JSON" of the codebook
// (draft 0.7b1 of 2021, https://github.com/openeventdata/PLOVER), one event a line
// as it suggests. What it has no name for stands under "dragoman", in an event and
// in an actor. docs/plover.schema.json describes both.
//
// What PLOVER has no type for has no category, and has_event is false. What is only
// planned is folded into another type where PLOVER says so; else its context is
// "future", of what is hypothetical "hypothetical", of what was not done, or is
// denied, "negation".
var plover = Format{
	Name:   "plover",
	About:  "PLOVER JSON, one event a line, with status, source and evidence",
	Ending: ".jsonl",
	Media:  "application/jsonl",
	Whole:  true,
	Write:  newPloverWriter,
	Read:   newPloverReader,
	Looks: func(head []byte) bool {
		keys := firstKeys(head)
		has := func(name string) bool { _, ok := keys[name]; return ok }
		return has("event_type") && (has("event_mode") || has("event_text")) || has("event") && has("source") && !has("schema")
	},
}

// The wire: ploverEvent and what it holds, in the order of the codebook.
type (
	ploverEvent struct {
		ID        string        `json:"id"`
		HasEvent  bool          `json:"has_event"`
		Date      *string       `json:"date"`
		Source    []ploverActor `json:"source"`
		Recipient []ploverActor `json:"recipient"`
		Event     []string      `json:"event"`
		Loc       *ploverPlace  `json:"event_loc,omitempty"`
		EventText []string      `json:"event_text,omitempty"`
		QuadCode  int           `json:"quad_code,omitempty"`
		Scale     *float64      `json:"event_scale,omitempty"`
		Mode      []string      `json:"mode"`
		Context   []string      `json:"context"`
		Dead      *int          `json:"dead,omitempty"`
		Injured   *int          `json:"injured,omitempty"`
		Text      string        `json:"text,omitempty"`
		Cite      *ploverCite   `json:"cite_info,omitempty"`
		Coder     string        `json:"coder"`
		More      *ploverMore   `json:"dragoman"`
	}
	ploverActor struct {
		Code   string       `json:"code,omitempty"`
		Sector string       `json:"sector,omitempty"`
		Text   string       `json:"actor_text,omitempty"`
		ID     string       `json:"identifer_id,omitempty"` // the codebook spells it so
		Name   string       `json:"identifer_text,omitempty"`
		Office string       `json:"office,omitempty"`
		More   *ploverParty `json:"dragoman,omitempty"`
	}
	// ploverPlace has the names of a dump of GeoNames, and cc3.
	ploverPlace struct {
		GeoNames int      `json:"geonameid,omitempty"`
		Name     string   `json:"name,omitempty"`
		Lat      *float64 `json:"latitude,omitempty"`
		Lon      *float64 `json:"longitude,omitempty"`
		ISO2     string   `json:"country code,omitempty"`
		ISO3     string   `json:"cc3,omitempty"`
	}
	ploverCite struct {
		Citation    string `json:"citation,omitempty"`
		URL         string `json:"url,omitempty"`
		Title       string `json:"title,omitempty"`
		Language    string `json:"language,omitempty"`
		Publication string `json:"publication,omitempty"`
		Coder       string `json:"coder,omitempty"`
	}
	// ploverMore is what PLOVER has no name for.
	ploverMore struct {
		Event       int64                  `json:"event,omitempty"`
		Provider    string                 `json:"provider,omitempty"`
		ID          string                 `json:"id,omitempty"`
		Type        string                 `json:"type"`
		Modes       []string               `json:"modes,omitempty"` // where the type is folded
		CAMEO       string                 `json:"cameo,omitempty"`
		Tone        dragoman.Tone          `json:"tone"`
		Status      dragoman.Status        `json:"status"`
		AccordingTo *ploverSource          `json:"according_to,omitempty"`
		From        string                 `json:"from,omitempty"`
		To          string                 `json:"to,omitempty"`
		Dated       bool                   `json:"dated"`
		Mutual      bool                   `json:"mutual,omitempty"`
		Published   string                 `json:"published,omitempty"`
		First       string                 `json:"first,omitempty"`
		Place       *ploverLocale          `json:"place,omitempty"`
		Casualties  map[string]ploverRange `json:"casualties,omitempty"`
		Origin      string                 `json:"origin,omitempty"`
		Article     int64                  `json:"article,omitempty"`
		Reports     int                    `json:"reports"`
		Articles    int                    `json:"articles"`
		Outlets     int                    `json:"outlets"`
		Origins     int                    `json:"origins"`
		Sources     int                    `json:"sources"`
		Confidence  float64                `json:"confidence"`
	}
	ploverParty struct {
		ID      string        `json:"id,omitempty"`
		Name    string        `json:"name,omitempty"`
		Kind    string        `json:"kind,omitempty"`
		Named   bool          `json:"named,omitempty"`
		Country string        `json:"country,omitempty"`
		Sectors []string      `json:"sectors,omitempty"`
		CAMEO   string        `json:"cameo,omitempty"`
		ActsFor []ploverParty `json:"acts_for,omitempty"`
	}
	ploverSource struct {
		Actor     *ploverParty `json:"actor,omitempty"`
		Text      string       `json:"text,omitempty"`
		Anonymous bool         `json:"anonymous"`
	}
	ploverLocale struct {
		ID          string   `json:"id"`
		Kind        string   `json:"kind,omitempty"`
		ContainedIn []string `json:"contained_in,omitempty"`
	}
	ploverRange struct {
		Min int  `json:"min"`
		Max *int `json:"max,omitempty"`
	}
)

// ploverSectors are the codes of the codebook's table "Sector Primary Codes".
var ploverSectors = []string{"GOV", "JUD", "LEG", "MIL", "COP", "OPP", "PTY", "REB", "PRM", "SPY", "UAF",
	"CVL", "ELI", "BUS", "EDU", "MED", "LAB", "AGR", "JRN", "REF", "REL", "SOC", "CRM"}

// ploverNations are the codes of the table "Non-state actor codes" that a sector of
// ours tells.
var ploverNations = []string{"IGO", "NGO", "MNC"}

// ploverContexts are the contexts that say what was not done.
var ploverContexts = map[dragoman.Status]string{dragoman.Planned: "future", dragoman.Hypothetical: "hypothetical",
	dragoman.Negated: "negation", dragoman.Denied: "negation"}

type ploverWriter struct {
	out  *bufio.Writer
	enc  *json.Encoder
	book *Codebook
}

func newPloverWriter(to io.Writer, b *Codebook) Writer {
	w := &ploverWriter{out: bufio.NewWriterSize(to, 1<<16), book: b}
	w.enc = json.NewEncoder(w.out)
	w.enc.SetEscapeHTML(false)
	return w
}

func (w *ploverWriter) Write(r *dragoman.Record) error {
	e := w.event(r)
	return w.enc.Encode(&e)
}

func (w *ploverWriter) Close() error { return w.out.Flush() }

func (w *ploverWriter) event(r *dragoman.Record) ploverEvent {
	e := ploverEvent{ID: ploverID(r), Source: each(r.Actors, w.actor), Recipient: each(r.Recipients, w.actor), Event: []string{}, Mode: []string{},
		Context: append([]string{}, r.Contexts...), Loc: w.place(&r.Place), Text: r.Evidence, Coder: cmp.Or(r.Provider, "dragoman"), More: w.more(r)}
	if r.Day != dragoman.NoDay {
		date := r.Day.String()
		e.Date = &date
	}
	if r.Words != "" {
		e.EventText = []string{r.Words}
	}
	folded := w.book.Fold(r.Type, r.Status)
	if t, ok := w.book.Type(folded); ok {
		e.HasEvent, e.Event, e.Scale, e.QuadCode = true, []string{folded}, &t.Score, Quad(dragoman.ToneOf(t.Quad, 0))
	}
	if folded == r.Type || folded == "" { // what is folded says already that it is not done
		e.Mode = append(e.Mode, r.Modes...)
		if c := ploverContexts[r.Status]; c != "" {
			e.Context = append(e.Context, c)
		}
	} else {
		e.More.Modes = r.Modes
	}
	e.Dead, e.Injured = exactly(r.Casualties, "killed"), exactly(r.Casualties, "injured")
	if c := (ploverCite{r.Told.ID, r.Told.URL, r.Told.Title, r.Told.Language, r.Told.Outlet, r.Told.Version}); c != (ploverCite{}) {
		e.Cite = &c
	}
	return e
}

// ploverID names an event so that it is unique among all that are written: by its
// provider, its number, or the article and its place there.
func ploverID(r *dragoman.Record) string {
	switch {
	case r.Provider != "":
		return r.Provider + ":" + cmp.Or(r.ID, strconv.FormatInt(r.Number, 10))
	case r.Number != 0:
		return "dragoman:" + strconv.FormatInt(r.Number, 10)
	}
	return "dragoman:" + cmp.Or(r.Told.Key, r.Told.ID) + ":e" + strconv.Itoa(r.Ordinal)
}

// exactly returns a figure that is told exactly; nil for none.
func exactly(all []dragoman.Count, what string) *int {
	if c, ok := counted(all, what); ok && c.Min == c.Max {
		return &c.Min
	}
	return nil
}

func (w *ploverWriter) actor(p *dragoman.Party) ploverActor {
	more := ploverPartyOf(p)
	more.Name = "" // it is identifer_text
	a := ploverActor{Code: w.nation(p), ID: p.Wikidata, Name: p.Name, Office: p.Title, More: &more}
	for _, s := range slices.Backward(p.Sectors) { // the most specific is the last
		if slices.Contains(ploverSectors, s) {
			a.Sector = s
			break
		}
	}
	if !known(p) {
		a.Text = p.Name // as the text has it
	}
	return a
}

// nation is a party's country, or what it is across countries.
func (w *ploverWriter) nation(p *dragoman.Party) string {
	if _, ok := w.book.State(p.Country); ok {
		return p.Country
	}
	for _, code := range ploverNations {
		if slices.Contains(p.Sectors, code) {
			return code
		}
	}
	return ""
}

// known reports whether a party has an id that was not made from its name.
func known(p *dragoman.Party) bool {
	return p.ID != "" && !strings.HasPrefix(p.ID, "new:") && !strings.HasPrefix(p.ID, dragoman.Coined)
}

func ploverPartyOf(p *dragoman.Party) ploverParty {
	out := ploverParty{ID: p.ID, Name: p.Name, Kind: p.Kind, Named: p.Named, Country: p.Country, Sectors: p.Sectors, CAMEO: p.CAMEO}
	for i := range p.Principals {
		out.ActsFor = append(out.ActsFor, ploverPartyOf(&p.Principals[i]))
	}
	return out
}

func (w *ploverWriter) place(l *dragoman.Locale) *ploverPlace {
	if l.ID == "" {
		return nil
	}
	p := &ploverPlace{GeoNames: geoNamesID(l), Name: l.Name, ISO3: l.Country}
	if s, ok := w.book.State(l.Country); ok {
		p.ISO2 = s.ISO2
	}
	if l.Located {
		p.Lat, p.Lon = &l.Lat, &l.Lon
	}
	return p
}

func (w *ploverWriter) more(r *dragoman.Record) *ploverMore {
	m := &ploverMore{Event: r.Number, Provider: r.Provider, ID: r.ID, Type: r.Type, CAMEO: r.CAMEO, Tone: r.Tone, Status: r.Status, From: r.From.String(), To: r.To.String(),
		Dated: r.Dated, Mutual: r.Mutual && len(r.Recipients) == 0, Published: r.Published.String(), First: r.First.String(), Origin: r.Origin, Article: r.Article, Reports: r.Reports, Articles: r.Articles,
		Outlets: r.Outlets, Origins: r.Origins, Sources: r.Sources, Confidence: r.Confidence}
	if r.Provider == "" && r.Ordinal > 0 {
		m.ID = "e" + strconv.Itoa(r.Ordinal)
	}
	if !r.Source.None() {
		m.AccordingTo = &ploverSource{Text: r.Source.Text, Anonymous: r.Source.Anonymous}
		if r.Source.Actor.ID != "" {
			p := ploverPartyOf(&r.Source.Actor)
			m.AccordingTo.Actor = &p
		}
	}
	if r.Place.ID != "" {
		m.Place = &ploverLocale{r.Place.ID, r.Place.Kind, r.Place.ContainedIn}
	}
	for _, c := range r.Casualties {
		if m.Casualties == nil {
			m.Casualties = map[string]ploverRange{}
		}
		n := ploverRange{Min: c.Min}
		if c.Max >= 0 {
			n.Max = &c.Max
		}
		m.Casualties[c.What] = n
	}
	return m
}
