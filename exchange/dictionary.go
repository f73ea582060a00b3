package exchange

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// tableHeads are all tables, in the order of their dictionary.
func tableHeads() []tableHead {
	return []tableHead{eventTable.head(), partyTable.head(), claimTable.head(), aboutTable.head(), tieTable.head(), articleTable.head(),
		actorTable.head(), placeTable.head()}
}

// dictionaryCSV writes one row for each column of each table.
func dictionaryCSV(to io.Writer) error {
	w := csv.NewWriter(to)
	w.Write([]string{"table", "position", "column", "type", "parquet", "unit", "null", "about"}) // Flush tells what is wrong
	for _, t := range tableHeads() {
		for i, c := range t.columns {
			k := cellKinds[c.kind]
			w.Write([]string{t.name, strconv.Itoa(i + 1), c.name, k.name, k.parquet, c.unit, c.null, plainText(c.about)})
		}
	}
	w.Flush()
	return w.Error()
}

// dictionaryText writes the same for people, as Markdown.
func dictionaryText(to io.Writer) error {
	var b strings.Builder
	b.WriteString(dictionaryHead)
	for _, k := range cellKinds {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", k.name, k.csv, k.parquet)
	}
	for _, t := range tableHeads() {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n| column | type | holds | empty where |\n|---|---|---|---|\n", t.name, t.about)
		for _, c := range t.columns {
			about := c.about
			if c.unit != "" {
				about += " (" + c.unit + ")"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", c.name, cellKinds[c.kind].name, about, c.null)
		}
	}
	_, err := io.WriteString(to, b.String())
	return err
}

func plainText(s string) string { return strings.ReplaceAll(s, "`", "") }

const dictionaryHead = `# The tables of dragoman

What is known of events, claims, ties, articles, actors and places, as tables: CSV or Parquet, the same columns in the same order.
Everything in them is told by the articles, or follows from it by the tables that the program reads with; what is not known is empty in CSV and
null in Parquet, never a made-up value. A list is never null: it is empty.

- ` + "`event`, `claim`, `tie`, `article`, `actor` and `place`" + ` join the tables. With a database behind them the numbers are the database's; without one they
  count what was written. Events of another provider have numbers of their own, so join by ` + "`provider` and `event`" + `.
- A row of ` + "`events`" + ` may be a claim, a plan or a denial. ` + "`fact`" + ` is true of what was done and what an outlet tells itself; whoever counts events
  without looking at ` + "`fact`, `status` or `source`" + ` counts threats as wars.
- Actors of an event stand twice: as lists in ` + "`events`" + `, and one a row in ` + "`parties`" + `. An event that several do together has all of them as actors;
  a product of actors and recipients counts it more than once.
- Days are calendar days, ISO 8601. Ranges are inclusive.
- CSV follows RFC 4180, in UTF-8 without a byte order mark, with one header; lines end in LF. Cells are as the articles tell them: one that begins with
  =, +, - or @ is not altered, so let a spreadsheet import these columns as text. A bar within an item of a list becomes a stroke.
- Parquet is packed with zstd, 20,000 rows a group.

| type | in CSV | in Parquet |
|---|---|---|
`
