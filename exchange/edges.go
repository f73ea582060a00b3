package exchange

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"dragoman"
)

// edges is a temporal edge list: a row is that one actor did something to another
// on a day. Source and target come first, as igraph::graph_from_data_frame and
// networkx.from_pandas_edgelist take them, then when. What a network tool does
// with a row is count it, whatever stands in its other columns, so that without
// being asked only facts are written.
var edges = Format{Name: "edges", About: "temporal edge list for network tools: who, whom, when, what (CSV)", Ending: ".csv", Media: "text/csv", Write: newEdgeWriter}

// link is one edge of a network: what one party of an event does to another.
type link struct {
	record         *dragoman.Record
	event          string // several edges may be of one
	source, target *dragoman.Party
	mutual         bool // it stands the other way round too
}

// links returns the edges of an event: one from each actor to each recipient; of what
// several do with each other by the nature of its code (pairs.go), without recipients,
// one each way between any two of them. An event of one actor alone has none, and of
// very many parties the first do.
func links(r *dragoman.Record, book *Codebook) (all []link) {
	event := eventName(r)
	full := func() bool { return len(all) >= maxPairs }
	add := func(source, target *dragoman.Party, mutual bool) {
		if source.ID != "" && target.ID != "" && source.ID != target.ID && !full() {
			all = append(all, link{r, event, source, target, mutual})
		}
	}
	for i := range r.Actors {
		for k := range r.Recipients {
			if full() {
				return all
			}
			add(&r.Actors[i], &r.Recipients[k], false)
		}
	}
	if !book.lists.together(r, book.spelt(book.CAMEO(&r.Report))) {
		return all
	}
	for i := range r.Actors {
		for k := range i {
			if full() {
				return all
			}
			add(&r.Actors[k], &r.Actors[i], true)
			add(&r.Actors[i], &r.Actors[k], true)
		}
	}
	return all
}

// eventName tells an event from all others of a set, as ids of other formats do; ""
// where nothing does.
func eventName(r *dragoman.Record) string {
	if r.ID == "" && r.Number == 0 && r.Ordinal == 0 {
		return ""
	}
	return string(appendIdent(nil, r, 1))
}

// linkColumn is what is told of an edge beside its ends. kind is a type of GraphML.
type linkColumn struct {
	name, kind string
	value      func(*Codebook, *link) string // "": it is not known
}

// linkColumns are those of both formats for networks.
var linkColumns = []linkColumn{
	{"time", "string", func(_ *Codebook, l *link) string { return l.record.Day.String() }},
	{"timestamp", "long", func(_ *Codebook, l *link) string { return seconds(l.record.Day) }},
	{"event_type", "string", func(_ *Codebook, l *link) string { return l.record.Type }},
	{"weight", "double", func(*Codebook, *link) string { return "1" }},
	{"tone", "int", func(_ *Codebook, l *link) string { return strconv.Itoa(int(l.record.Tone)) }},
	{"goldstein", "double", func(b *Codebook, l *link) string {
		if score, ok := b.Goldstein(&l.record.Report); ok {
			return decimal(score)
		}
		return ""
	}},
	{"mode", "string", func(_ *Codebook, l *link) string { return strings.Join(l.record.Modes, "|") }},
	{"cameo", "string", func(b *Codebook, l *link) string { return b.CAMEO(&l.record.Report) }},
	{"quad", "string", func(_ *Codebook, l *link) string { return l.record.Quad }},
	{"status", "string", func(_ *Codebook, l *link) string { return string(l.record.Status) }},
	{"according_to", "string", func(_ *Codebook, l *link) string { return l.record.Source.Name() }},
	{"dated", "boolean", func(_ *Codebook, l *link) string { return strconv.FormatBool(l.record.Dated) }},
	{"mutual", "boolean", func(_ *Codebook, l *link) string { return strconv.FormatBool(l.mutual) }},
	{"confidence", "double", func(_ *Codebook, l *link) string { return sureness(l.record.Confidence) }},
	{"place", "string", func(_ *Codebook, l *link) string { return l.record.Place.Name }},
	{"place_country", "string", func(_ *Codebook, l *link) string { return l.record.Place.Country }},
	{"lat", "double", func(_ *Codebook, l *link) string { return coordinate(&l.record.Place, l.record.Place.Lat) }},
	{"lon", "double", func(_ *Codebook, l *link) string { return coordinate(&l.record.Place, l.record.Place.Lon) }},
	{"event", "string", func(_ *Codebook, l *link) string { return l.event }},
	{"outlet", "string", func(_ *Codebook, l *link) string { return l.record.Told.Outlet }},
	{"url", "string", func(_ *Codebook, l *link) string { return l.record.Told.URL }},
	{"evidence", "string", func(_ *Codebook, l *link) string { return l.record.Evidence }},
}

// endColumns are what the edge list tells of an actor beside his id; a network has
// nodes for that.
var endColumns = []struct {
	name  string
	value func(*Codebook, *dragoman.Party) string
}{
	{"name", func(_ *Codebook, p *dragoman.Party) string { return p.Name }},
	{"kind", func(_ *Codebook, p *dragoman.Party) string { return p.Kind }},
	{"country", func(_ *Codebook, p *dragoman.Party) string { return p.Country }},
	{"sectors", func(_ *Codebook, p *dragoman.Party) string { return strings.Join(p.Sectors, "|") }},
	{"cameo", func(b *Codebook, p *dragoman.Party) string { return b.Actor(p) }},
}

// seconds is the beginning of a day in UTC as Unix time.
func seconds(d dragoman.Day) string {
	if d == dragoman.NoDay {
		return ""
	}
	return strconv.FormatInt(int64(d)*86400, 10)
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// sureness is a confidence; "" where a provider gives none.
func sureness(f float64) string {
	if f <= 0 {
		return ""
	}
	return decimal(f)
}

func coordinate(p *dragoman.Locale, degrees float64) string {
	if !p.Located {
		return ""
	}
	return strconv.FormatFloat(degrees, 'f', -1, 64)
}

type edgeWriter struct {
	csv  *csv.Writer
	book *Codebook
	row  []string
}

func newEdgeWriter(w io.Writer, book *Codebook) Writer {
	e := &edgeWriter{csv: csv.NewWriter(w), book: book, row: []string{"source", "target"}}
	for _, c := range linkColumns {
		e.row = append(e.row, c.name)
	}
	for _, end := range []string{"source_", "target_"} {
		for _, c := range endColumns {
			e.row = append(e.row, end+c.name)
		}
	}
	e.csv.Write(e.row) //nolint:errcheck // it is told at the next Write or Close
	return e
}

func (e *edgeWriter) Write(r *dragoman.Record) error {
	for _, l := range links(r, e.book) {
		e.row = append(e.row[:0], l.source.ID, l.target.ID)
		for i := range linkColumns {
			e.row = append(e.row, linkColumns[i].value(e.book, &l))
		}
		for _, end := range []*dragoman.Party{l.source, l.target} {
			for i := range endColumns {
				e.row = append(e.row, endColumns[i].value(e.book, end))
			}
		}
		if err := e.csv.Write(e.row); err != nil {
			return fmt.Errorf("edge list: %w", err)
		}
	}
	return nil
}

func (e *edgeWriter) Close() error {
	e.csv.Flush()
	return e.csv.Error()
}
