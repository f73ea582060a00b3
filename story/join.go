package story

import (
	"slices"
	"strings"

	"dragoman"
)

// Copies reports whether two sketches are of one text up to edits.
func (d *Desk) Copies(a, b []byte) bool {
	x, err := SketchFromBytes(a)
	if err != nil {
		return false
	}
	y, err := SketchFromBytes(b)
	if err != nil {
		return false
	}
	_, same := Same(x, y)
	return same
}

// Joins returns which occurrence r reports too, -1 for none. Two reports are of
// one event where type, parties, status, days and place agree and, unless the
// event is of a day that both tell, the words that carry it too. Distance in
// time and space joins nothing by itself.
func (d *Desk) Joins(r *dragoman.Report, candidates []dragoman.Occurrence, sameText []bool) int {
	best, most := -1, 0.0
	for i := range candidates {
		if s := likeness(r, &candidates[i].Report, candidates[i].Day, sameText[i]); s > most {
			best, most = i, s
		}
	}
	return best
}

// joining is the likeness from which two reports are of one event.
const joining = 1.0

// likeness says how much two reports of one type agree; 0 where they are of
// two events. It is symmetric but for the day of the occurrence.
func likeness(r, o *dragoman.Report, day dragoman.Day, sameText bool) float64 {
	if r.Type != o.Type || done(r.Status) != done(o.Status) || opposed(r, o) {
		return 0
	}
	who := agree(r.Actors, o.Actors)
	whom := agree(r.Recipients, o.Recipients)
	if len(r.Recipients) == 0 && len(o.Recipients) == 0 || mutual(r, o) {
		whom = untold
	}
	if who == differs || whom == differs || !placesAgree(r, o) || !countsAgree(r, o) {
		return 0
	}
	words := wordsAgree(r.Evidence, o.Evidence, names(r, o))
	if sameText {
		if words < 0.5 && r.Words != o.Words {
			return 0
		}
		return 2 + words
	}
	apart, both := r.Day-day, r.Dated && o.Dated
	if apart < 0 {
		apart = -apart
	}
	slack := dragoman.Day(2) // an outlet is a day late
	if !both {
		slack = 7 // told as what was some days ago, or undated
	}
	if r.Day == dragoman.NoDay || apart > slack {
		return 0
	}
	s := float64(who)/4 + float64(whom)/4 + words - 0.08*float64(apart)
	if both && apart == 0 {
		s += 0.2
	}
	if r.Place.ID != "" && o.Place.ID != "" {
		s += 0.2
	}
	if r.CAMEO == o.CAMEO {
		s += 0.1
	}
	if s < joining {
		return 0
	}
	return s
}

// done reports whether a status is of what was done; what was planned and what
// was done, or was not, are told apart.
func done(s dragoman.Status) dragoman.Status {
	if s == dragoman.Ongoing {
		return dragoman.Happened
	}
	return s
}

// opposed reports whether two statements speak for and against.
func opposed(a, b *dragoman.Report) bool { return a.Tone*b.Tone < 0 }

// mutual reports whether both are of the same circle, whoever is told first.
func mutual(a, b *dragoman.Report) bool {
	return len(a.Recipients) == 0 && len(a.Actors) > 1 || len(b.Recipients) == 0 && len(b.Actors) > 1
}

// agreement of two lists of parties.
type agreement float64

const (
	differs agreement = -1
	untold  agreement = 0 // one names nobody
	kin     agreement = 1 // they act for the same
	equal   agreement = 2
)

func agree(a, b []dragoman.Party) agreement {
	if len(a) == 0 || len(b) == 0 {
		return untold
	}
	best := differs
	for i := range a {
		for j := range b {
			if a[i].ID == b[j].ID {
				return equal
			}
			if fits(&a[i], &b[j]) {
				best = kin
			}
		}
	}
	return best
}

// fits reports whether a may be b told less exactly: "Chad" for its minister.
// Two named persons of one state are two.
func fits(a, b *dragoman.Party) bool {
	if a.Kind == "person" && b.Kind == "person" && a.Named && b.Named {
		return false
	}
	for _, x := range chain(a) {
		if slices.Contains(chain(b), x) {
			return true
		}
	}
	return false
}

// chain returns the ids of p and of those it acts for.
func chain(p *dragoman.Party) []string {
	ids := []string{p.ID}
	for i := range p.Principals {
		ids = append(ids, p.Principals[i].ID)
	}
	return ids
}

// placesAgree reports whether one place is, or contains, the other, or one is
// not told.
func placesAgree(a, b *dragoman.Report) bool {
	p, q := &a.Place, &b.Place
	return p.ID == "" || q.ID == "" || p.ID == q.ID || slices.Contains(p.ContainedIn, q.ID) || slices.Contains(q.ContainedIn, p.ID)
}

// countsAgree reports whether the figures of two reports can be of one event:
// tolls rise, but hardly to more than three times what was told first.
func countsAgree(a, b *dragoman.Report) bool {
	for _, x := range a.Casualties {
		for _, y := range b.Casualties {
			low, high := min(x.Min, y.Min), max(x.Min, y.Min)
			if x.What == y.What && high > 3*low+3 {
				return false
			}
		}
	}
	return true
}

// names returns the words that name the parties and the place: that both
// reports have them says no more than the parties do.
func names(reports ...*dragoman.Report) map[string]bool {
	all := map[string]bool{}
	add := func(s string) {
		for _, w := range content(s) {
			all[w] = true
		}
	}
	for _, r := range reports {
		for _, parties := range [][]dragoman.Party{r.Actors, r.Recipients} {
			for i := range parties {
				add(parties[i].Name)
				add(parties[i].Title)
				for _, p := range parties[i].Principals {
					add(p.Name)
				}
			}
		}
		add(r.Place.Name)
	}
	return all
}

// wordsAgree returns the share of the content words of the shorter of two
// clauses that the other has too, 0 where one has none beside names.
func wordsAgree(a, b string, names map[string]bool) float64 {
	x, y := map[string]bool{}, map[string]bool{}
	for set, text := range map[*map[string]bool]string{&x: a, &y: b} {
		for _, w := range content(text) {
			if !names[w] {
				(*set)[w] = true
			}
		}
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	shared := 0
	for w := range x {
		if y[w] {
			shared++
		}
	}
	if len(x) == 0 {
		return 0
	}
	// One shared word of one is little to go by.
	return float64(shared) / float64(max(len(x), 2))
}

// content returns the words of a text that are long enough to mean something,
// without their endings.
func content(text string) []string {
	var all []string
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !('a' <= r && r <= 'z' || r >= 0x80) }) {
		if len(w) < 4 {
			continue
		}
		for _, ending := range []string{"ings", "ing", "ions", "ion", "ed", "es", "s"} {
			if stem, ok := strings.CutSuffix(w, ending); ok && len(stem) >= 4 {
				w = stem
				break
			}
		}
		all = append(all, w)
	}
	return all
}
