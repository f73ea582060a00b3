package exchange

import (
	"cmp"
	"hash/fnv"
	"strconv"
	"strings"

	"dragoman"
)

// The formats of CAMEO's family hold one who acts and one to whom it is done in a
// row. What several do, or do to several, is therefore written as a row for each of
// them with each, in the order in which they are told:
//
//   - with recipients: everybody who acts with each of them; without anybody who
//     acts, a row for each recipient, without a source;
//   - without recipients: a row for everybody who acts, without a target. What several
//     do with each other, as the words tell (clash, sever ties) or by the nature of the
//     code (meet, negotiate, sign, hold exercises: joint in data/plover/conventions.tsv),
//     is written for each of them with each other, both ways;
//   - what is done in both directions (mirror in that table) is written in both: who
//     meets is met, and where one visits the other hosts the visit.
//
// An event of another provider with one on each side may be such a row already, and is
// not turned round; one of several is told as a whole, as ours are.

// pair is one row's source and target, nil for nobody, and CAMEO's code for what the
// one does to the other.
type pair struct {
	source, target *dragoman.Party
	code           string
}

// maxPairs bounds the rows of one event: of more parties the first are written.
const maxPairs = 1000

// appendPairs appends the rows of r to dst.
func (l *lists) appendPairs(dst []pair, b *Codebook, r *dragoman.Record) []pair {
	code := b.told(&r.Report)
	c, start := l.customs[code], len(dst)
	ours := r.Provider == ""
	full := func() bool { return len(dst)-start >= maxPairs }
	add := func(source, target *dragoman.Party, code string) {
		if !full() {
			dst = append(dst, pair{source, target, code})
		}
	}
	for i := range r.Actors {
		a := &r.Actors[i]
		for j := range r.Recipients {
			if full() {
				return dst
			}
			add(a, &r.Recipients[j], code)
			if ours && c.mirror != "" {
				add(&r.Recipients[j], a, c.mirror)
			}
		}
		if len(r.Recipients) > 0 {
			continue
		}
		if !l.together(r, code) || len(r.Actors) == 1 {
			add(a, nil, code)
			continue
		}
		for j := range r.Actors {
			if full() {
				return dst
			}
			if i != j && r.Actors[j].ID != a.ID {
				add(a, &r.Actors[j], code)
			}
		}
	}
	if len(r.Actors) == 0 {
		for j := range r.Recipients {
			add(nil, &r.Recipients[j], code)
		}
	}
	if len(dst) == start {
		add(nil, nil, code)
	}
	return dst
}

// together reports whether those who act do so with each other, where nobody receives.
func (l *lists) together(r *dragoman.Record, code string) bool {
	return len(r.Recipients) == 0 && (r.Mutual || l.customs[code].joint)
}

// Mirror returns the code of CAMEO by which the same is told from the other side: who
// meets is met (040), where one visits (042) the other hosts the visit (043), those who
// hold exercises do so with each other (062); "" for what is done in one direction only.
func (b *Codebook) Mirror(code string) string {
	c := b.lists.customs[code]
	if c.mirror == "" && c.joint {
		return code
	}
	return c.mirror
}

// told returns the code of CAMEO that says no more than is told: of what is only
// planned, that which PLOVER makes of it (aid that is planned is promised, an attack
// threatened), where it makes something of it. A bare root becomes its general code,
// "04" "040", which is what formats have in rows.
func (b *Codebook) told(r *dragoman.Report) string {
	code := b.CAMEO(r)
	if r.Status == dragoman.Planned {
		if kind := b.Fold(r.Type, r.Status); kind != "" && kind != r.Type {
			code = cmp.Or(b.types[kind].CAMEO, code)
		}
	}
	return b.spelt(code)
}

// spelt makes a bare root its general code.
func (b *Codebook) spelt(code string) string {
	if general := code + "0"; len(code) == 2 {
		if _, ok := b.codes[general]; ok {
			return general
		}
	}
	return code
}

// appendIdent appends what the n-th row of r is called in formats whose ids are
// text, from 1: what its provider calls it; or its number, "27"; or, of what is in no
// store, its article and place there, "0f3a….e2". Further rows are "27.2", "27.3".
func appendIdent(dst []byte, r *dragoman.Record, n int) []byte {
	switch article := cmp.Or(r.Told.Key, r.Told.ID, r.Told.URL); {
	case r.ID != "":
		dst = append(dst, r.ID...)
	case r.Number > 0:
		dst = strconv.AppendInt(dst, r.Number, 10)
	case r.Ordinal > 0:
		dst = append(dst, article...)
		dst = strconv.AppendInt(append(dst, ".e"...), int64(r.Ordinal), 10)
	default:
		dst = append(dst, article...)
	}
	if n > 1 {
		dst = strconv.AppendInt(append(dst, '.'), int64(n), 10)
	}
	return dst
}

// hashed is where the numbers begin of what has none of its own: above all others,
// and below 2⁵³, so that a program which holds numbers as floats keeps them apart.
const hashed = 1 << 52

// number is what the n-th row of r is called in formats whose ids are integers: what
// its provider calls it, where that is one; or its number in the store times 1000,
// and n-1 more, so that event 27 has the rows 27000, 27001, …; or, of what is in no
// store, a hash of its text id from 2⁵² up.
func number(r *dragoman.Record, n int) int64 {
	id, _, _ := strings.Cut(r.ID, "/") // ICEWS's numbers are its own on one day only
	if k, err := strconv.ParseInt(id, 10, 64); err == nil && k > 0 && n == 1 {
		return k
	}
	if r.ID == "" && r.Number > 0 && r.Number < hashed/maxPairs {
		return r.Number*maxPairs + int64(n-1)
	}
	h := fnv.New64a()
	h.Write(appendIdent(nil, r, n))
	return hashed + int64(h.Sum64()%hashed)
}
