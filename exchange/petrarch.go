package exchange

import (
	"fmt"
	"hash/fnv"
	"strings"

	"dragoman"
)

// petrarch are the lines of events that PETRARCH2 writes
// (https://github.com/openeventdata/petrarch2, PETRwriter.py): day, source, target,
// code, issues, ids, address and source of the text, between tabs. "---" stands for
// nobody, and before a role for the state that is not known. Where the text has no
// address the program leaves its cell out; here it is written empty. The words of the
// actors and of the event, which it adds if it is told to, are read over.
var petrarch = Format{Name: "petrarch", About: "PETRARCH2 event lines", Ending: ".txt", Media: "text/tab-separated-values",
	Write: rowWriter{columns: petrarchColumns, skip: uncoded}.on,
	Read:  rowReader{start: startPETRARCH, check: checkPETRARCH, read: readPETRARCH}.on,
	Looks: looksPETRARCH}

var petrarchColumns = []column{
	{"date", func(d []byte, r *row) []byte { return appendDay(d, r.Day) }},
	{"source", func(d []byte, r *row) []byte { return appendDashed(d, r, r.source) }},
	{"target", func(d []byte, r *row) []byte { return appendDashed(d, r, r.target) }},
	{"code", func(d []byte, r *row) []byte { return append(d, r.code...) }},
	{"issues", nothing},
	{"ids", func(d []byte, r *row) []byte { return appendText(d, string(appendIdent(nil, r.Record, r.n))) }},
	{"url", func(d []byte, r *row) []byte { return appendText(d, r.Told.URL) }},
	{"story source", func(d []byte, r *row) []byte {
		if r.Told.Outlet == "" {
			return append(d, "NULL"...)
		}
		return appendText(d, r.Told.Outlet)
	}},
}

// appendDashed appends the code of a party, with dashes in place of what is not known.
func appendDashed(dst []byte, r *row, p *dragoman.Party) []byte {
	if p == nil {
		return append(dst, "---"...)
	}
	code := r.book.Actor(p)
	if g := r.book.lists.groups[code[:min(3, len(code))]]; code == "" || g.phoenix == "role" {
		dst = append(dst, "---"...)
	}
	return append(dst, code...)
}

func startPETRARCH(*rowReader, []string) (bool, error) { return false, nil }

// checkPETRARCH learns where the address and the source of the text are.
func checkPETRARCH(t *rowReader) error {
	n := len(t.fields)
	if n < 4 || n > 11 {
		return fmt.Errorf("%d columns between tabs, where PETRARCH2 writes 7 to 11: day, source, target, code, issues, ids, address, source of the text", n)
	}
	t.at = map[string]int{"date": 0, "source": 1, "target": 2, "code": 3, "issues": 4, "ids": 5, "story source": 6}
	if n > 7 && (t.fields[6] == "" || strings.Contains(t.fields[6], "://")) {
		t.at["url"], t.at["story source"] = 6, 7
	}
	return nil
}

func readPETRARCH(t *rowReader) (dragoman.Record, error) {
	day, err := parseDay(t.get("date"))
	if err != nil {
		return dragoman.Record{}, fmt.Errorf("the first column: %w", err)
	}
	h := fnv.New64a() // its ids are of sentences, of which one may hold several events
	for _, name := range []string{"date", "source", "target", "code", "ids"} {
		fmt.Fprintf(h, "%s\t", t.get(name))
	}
	r := happening("petrarch", fmt.Sprintf("%016x", h.Sum64()), day)
	if err := t.book.Coded(&r.Report, t.get("code")); err != nil {
		return r, fmt.Errorf("the fourth column: %w", err)
	}
	r.Actors = parties(t.book.coded(t.get("source")))
	r.Recipients = parties(t.book.coded(t.get("target")))
	r.Told.ID, r.Told.URL = t.get("ids"), t.get("url")
	if r.Told.Outlet = t.get("story source"); r.Told.Outlet == "NULL" {
		r.Told.Outlet = ""
	}
	return r, nil
}

// looksPETRARCH reports whether a file begins with a line of PETRARCH2: a day, two
// actors, and digits.
func looksPETRARCH(head []byte) bool {
	f := firstCells(head)
	if len(f) < 4 || len(f) > 11 || len(f[0]) != 8 {
		return false
	}
	_, err := parseDay(f[0])
	actor := func(s string) bool {
		return len(s) >= 3 && len(s) <= 30 && strings.Trim(s, "-ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
	}
	return err == nil && actor(f[1]) && actor(f[2]) && len(f[3]) >= 2 && len(f[3]) <= 4 && strings.Trim(f[3], "0123456789") == ""
}
