package exchange

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"dragoman"
)

// graphml is GraphML (http://graphml.graphdrawing.org), a directed multigraph for
// Gephi, Cytoscape, igraph and networkx: a node is an actor, an edge what one does
// to another in an event. A node is written before its first edge, so that only the
// ids of actors are held; what it says is as the first event tells it. As in the
// edge list, what is written is what gets counted, so that without being asked
// only facts are.
var graphml = Format{Name: "graphml", About: "network of actors and events for Gephi, igraph, networkx, Cytoscape (GraphML)", Ending: ".graphml", Media: "application/graphml+xml", Write: newGraphWriter}

// nodeColumns are what a node tells of its actor.
var nodeColumns = []struct {
	name  string
	value func(*Codebook, *dragoman.Party) string
}{
	{"label", func(_ *Codebook, p *dragoman.Party) string { return p.Name }},
	{"actor", func(_ *Codebook, p *dragoman.Party) string { return p.ID }},
	{"kind", func(_ *Codebook, p *dragoman.Party) string { return p.Kind }},
	{"title", func(_ *Codebook, p *dragoman.Party) string { return p.Title }},
	{"country", func(_ *Codebook, p *dragoman.Party) string { return p.Country }},
	{"sectors", func(_ *Codebook, p *dragoman.Party) string { return strings.Join(p.Sectors, "|") }},
	{"cameo", func(b *Codebook, p *dragoman.Party) string { return b.Actor(p) }},
	{"wikidata", func(_ *Codebook, p *dragoman.Party) string { return p.Wikidata }},
	{"acts_for", func(_ *Codebook, p *dragoman.Party) string {
		var all []string
		for i := range p.Principals {
			all = append(all, p.Principals[i].ID)
		}
		return strings.Join(all, "|")
	}},
}

type graphWriter struct {
	out   *bufio.Writer
	book  *Codebook
	seen  map[string]bool // actors that have their node
	edges int
}

func newGraphWriter(w io.Writer, book *Codebook) Writer {
	g := &graphWriter{out: bufio.NewWriterSize(w, 1<<16), book: book, seen: map[string]bool{}}
	g.out.WriteString(xml.Header)
	g.out.WriteString(`<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">` + "\n")
	for _, c := range nodeColumns {
		fmt.Fprintf(g.out, "  <key id=\"n_%s\" for=\"node\" attr.name=\"%s\" attr.type=\"string\"/>\n", c.name, c.name)
	}
	for _, c := range linkColumns {
		fmt.Fprintf(g.out, "  <key id=\"e_%s\" for=\"edge\" attr.name=\"%s\" attr.type=\"%s\"/>\n", c.name, c.name, c.kind)
	}
	g.out.WriteString("  <graph id=\"events\" edgedefault=\"directed\">\n")
	return g
}

// Write writes the nodes of all parties, also of events that have no edge, and the
// edges between them.
func (g *graphWriter) Write(r *dragoman.Record) error {
	for _, all := range [][]dragoman.Party{r.Actors, r.Recipients} {
		for i := range all {
			g.node(&all[i])
		}
	}
	for _, l := range links(r, g.book) {
		g.edges++
		g.out.WriteString("    <edge")
		g.attribute("id", "e"+strconv.Itoa(g.edges))
		g.attribute("source", nmtoken(l.source.ID))
		g.attribute("target", nmtoken(l.target.ID))
		g.out.WriteString(">\n")
		for i := range linkColumns {
			g.data("e_", linkColumns[i].name, linkColumns[i].value(g.book, &l))
		}
		g.out.WriteString("    </edge>\n")
	}
	_, err := g.out.Write(nil) // what went wrong before
	return err
}

func (g *graphWriter) node(p *dragoman.Party) {
	if p.ID == "" || g.seen[p.ID] {
		return
	}
	g.seen[p.ID] = true
	g.out.WriteString("    <node")
	g.attribute("id", nmtoken(p.ID))
	g.out.WriteString(">\n")
	for i := range nodeColumns {
		g.data("n_", nodeColumns[i].name, nodeColumns[i].value(g.book, p))
	}
	g.out.WriteString("    </node>\n")
}

func (g *graphWriter) attribute(name, value string) {
	g.out.WriteByte(' ')
	g.out.WriteString(name)
	g.out.WriteString(`="`)
	g.out.WriteString(value)
	g.out.WriteByte('"')
}

// data writes what is known.
func (g *graphWriter) data(of, name, value string) {
	if value == "" {
		return
	}
	g.out.WriteString(`      <data key="`)
	g.out.WriteString(of)
	g.out.WriteString(name)
	g.out.WriteString(`">`)
	if plain(value) {
		g.out.WriteString(value)
	} else {
		xml.EscapeText(g.out, []byte(printable(value))) //nolint:errcheck // it is told at the end of Write
	}
	g.out.WriteString("</data>\n")
}

func (g *graphWriter) Close() error {
	g.out.WriteString("  </graph>\n</graphml>\n")
	return g.out.Flush()
}

// plain reports whether a text stands in XML as it is.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '<' || c == '>' || c == '&' || c == '"' || c == '\'' {
			return false
		}
	}
	return true
}

// printable leaves out what XML 1.0 has no characters for.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r == '\r', r >= 0x20 && r <= 0xD7FF, r >= 0xE000 && r < 0xFFFD, r >= 0x10000 && r <= unicode.MaxRune:
			return r
		}
		return -1 // also what is not UTF-8
	}, s)
}

// nmtoken writes an id as an XML name token, which ids in GraphML are: "new:a b" is
// "new:a_x20_b". No two ids have the same.
func nmtoken(id string) string {
	fits := func(c byte) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == ':'
	}
	var b []byte
	for i := range len(id) {
		if c := id[i]; fits(c) {
			b = append(b, c)
		} else {
			b = fmt.Appendf(b, "_x%02x_", c)
		}
	}
	return string(b)
}
