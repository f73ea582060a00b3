package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strings"

	"dragoman"
	"dragoman/compare"
)

// text tells a person.
func (x *comparing) text(w io.Writer, shown instances) error {
	p := &page{w: terminal(w)}
	x.heads(p)
	if x.Common.Count() == 0 {
		if x.A.Events > 0 && x.B.Events > 0 {
			p.line("\nThe two have no day in common.")
		}
		return p.err
	}
	x.agreement(p)
	x.tables(p)
	x.instances(p, "Only in A", shown.OnlyA)
	x.instances(p, "Only in B", shown.OnlyB)
	x.instances(p, "Told differently", shown.Differently)
	return p.err
}

// heads says what is compared.
func (x *comparing) heads(p *page) {
	for i, s := range []*compare.Set{&x.A, &x.B} {
		if s.Events == 0 {
			p.line("%s  %s", strong.Render([]string{"A", "B"}[i]+"  "+plain(s.Name)), x.noEvents())
			continue
		}
		days := "no day is known"
		if s.Days.Count() > 0 {
			days = fmt.Sprintf("%s to %s, %s with events", s.Days.From, s.Days.To, plural(s.WithEvents, "day"))
		}
		p.line("%s  %s", strong.Render([]string{"A", "B"}[i]+"  "+plain(s.Name)), fmt.Sprintf("%s, %d told as done; %s", plural(s.Events, "event"), s.Facts, days))
		p.line("   compared: %d%s", s.Compared, leftOut(s, x.Daily))
	}
	kinds := map[compare.Level]string{compare.Quad: "quadrants", compare.Type: "types of PLOVER", compare.CAMEO: "codes of CAMEO"}[x.Level]
	whom := map[compare.By]string{compare.ByCountry: "countries", compare.ByState: "states, and whoever acts for none", compare.ByActor: "everybody by himself"}[x.By]
	told := "only what is told as done"
	if x.All {
		told = "claims, plans and denials too"
	}
	apart := "of the same day"
	if x.Apart > 0 {
		apart = "at most " + plural(x.Apart, "day") + " apart"
	}
	if x.Common.Count() > 0 {
		p.line("compared are the days of both, %s to %s (%s); %s; %s; %s; %s", x.Common.From, x.Common.To, plural(x.Common.Count(), "day"),
			told, kinds, whom, apart)
	}
}

// leftOut says what of a set is not compared, and what is told again.
func leftOut(s *compare.Set, daily bool) string {
	var all []string
	for _, x := range []struct {
		n    int
		what string
	}{{s.Undated, "without a day"}, {s.Outside, "outside the common days"}, {s.Unsure, "claimed, planned or denied"},
		{s.Nobody, "of nobody"}, {s.Elsewhere, "between others"}, {s.Mirrored, "told from the other side too"}, {s.Parts, "further rows of events of several parties"}} {
		if x.n > 0 {
			all = append(all, fmt.Sprintf("%d %s", x.n, x.what))
		}
	}
	if s.Repeats > 0 && daily {
		all = append(all, fmt.Sprintf("%d told again on the day", s.Repeats))
	}
	out := ""
	if len(all) > 0 {
		out = "; left out: " + strings.Join(all, ", ")
	}
	if s.Repeats > 0 && !daily {
		out += fmt.Sprintf("; told again on the day: %d (--one-a-day leaves them out)", s.Repeats)
	}
	return out
}

func percent(f compare.Figure) string {
	if f.Unknown() {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(f))
}

func correlation(f compare.Figure) string {
	if f.Unknown() {
		return "–"
	}
	return fmt.Sprintf("%5.2f", math.Round(100*float64(f))/100+0) // no -0
}

// agreement tells how much of each is in the other.
func (x *comparing) agreement(p *page) {
	p.head("Agreement")
	l := &listing{columns: []string{"class", "events", "of A", "of B"}, shown: []int{0, 1, 2, 3}}
	share := func(n, of int) string {
		if of == 0 {
			return "–"
		}
		return fmt.Sprintf("%5.1f %%", 100*float64(n)/float64(of))
	}
	for _, c := range x.Classes {
		a, b := share(c.N, x.A.Compared), share(c.N, x.B.Compared)
		switch c.Class {
		case compare.OnlyA:
			b = ""
		case compare.OnlyB:
			a = ""
		}
		l.add(c.Class.String(), c.N, a, b)
	}
	x.listing(p, l)
	a := &x.Agreement
	p.line("of the same kind: %s; %s of A is in B, %s of B in A; Jaccard %s", plural(a.Pairs, "pair"), percent(a.OfA), percent(a.OfB), percent(a.Jaccard))
	if x.gold != "" {
		precision, recall, other := a.OfA, a.OfB, "A"
		if x.gold == "A" {
			precision, recall, other = a.OfB, a.OfA, "B"
		}
		p.line("%s is taken to be right: precision of %s %s, recall %s, F1 %s", x.gold, other, percent(precision), percent(recall), percent(a.F1))
	}
	if c := x.Chance; c != nil {
		p.line("by chance, with the days of B moved: %s of A in B, %s of B in A", percent(c.OfA), percent(c.OfB))
	}
	kappa := func(k *compare.Kappa, what string) {
		if k.Value.Unknown() {
			return
		}
		within := ""
		if !k.Low.Unknown() {
			within = fmt.Sprintf(" (95 %%: %.2f to %.2f)", k.Low, k.High)
		}
		p.line("kappa of the kinds of %s: %.2f%s, %s of the same kind", fmt.Sprintf(what, plural(k.Pairs, "pair")), k.Value, within, percent(k.Observed))
	}
	kappa(&x.Kappa, "%s of the same dyad")
	kappa(&x.Sole, "the %s of these that had no other choice")
	if c := &x.Course; c.Dyads > 0 {
		p.line("weekly course of %s in %d weeks, by their events: Spearman %s for counts, %s for net tone", plural(c.Dyads, "dyad"), c.Weeks, strings.TrimSpace(correlation(c.Counts)), strings.TrimSpace(correlation(c.Net)))
	}
}

func (x *comparing) listing(p *page, l *listing) {
	if p.err == nil {
		p.err = l.table(p.w)
	}
}

// tables list kinds, dyads, what stands for what, and statuses.
func (x *comparing) tables(p *page) {
	p.head("By " + string(x.Level))
	l := &listing{columns: []string{string(x.Level), "A", "B", "both", "of A", "of B"}, shown: []int{0, 1, 2, 3, 4, 5}}
	for _, k := range x.Kinds {
		l.add(cmp.Or(k.Name, "(none)"), k.A, k.B, k.Both, portion(k.Both, k.A), portion(k.Both, k.B))
	}
	x.listing(p, l)
	p.head("By dyad" + x.most(len(x.Dyads), x.AllDyads))
	l = &listing{columns: []string{"actor", "recipient", "A", "B", "both", "weekly counts", "net tone"}, shown: []int{0, 1, 2, 3, 4, 5, 6}, widest: []int{30, 30}}
	for i := range x.Dyads {
		d := &x.Dyads[i]
		l.add(x.actor(&d.From), x.actor(&d.To), d.A, d.B, d.Both, correlation(d.Counts), correlation(d.Net))
	}
	x.listing(p, l)
	const most = 10
	l = &listing{columns: []string{"A", "B", "pairs"}, shown: []int{0, 1, 2}}
	for _, c := range x.Confusion {
		if c.A != c.B && len(l.all) < most {
			l.add(cmp.Or(c.A, "(none)"), cmp.Or(c.B, "(none)"), c.N)
		}
	}
	if len(l.all) > 0 {
		p.head("Taken for another, most often")
		x.listing(p, l)
	}
	p.head("By status, of all events in the common days")
	l = &listing{columns: []string{"status", "A", "B"}, shown: []int{0, 1, 2}}
	for _, s := range x.Statuses {
		l.add(s.Name, s.A, s.B)
	}
	x.listing(p, l)
}

func portion(n, of int) string {
	if of == 0 {
		return ""
	}
	return fmt.Sprintf("%3.0f %%", 100*float64(n)/float64(of))
}

func (x *comparing) most(shown, all int) string {
	if shown == all {
		return ""
	}
	return fmt.Sprintf(", the %d with the most events of %d", shown, all)
}

// actor is what a dyad's actor is called.
func (x *comparing) actor(a *compare.Actor) string {
	if s, ok := x.book.State(a.ID); ok {
		return s.Name
	}
	name := cmp.Or(a.Name, a.ID, "–")
	if s, ok := x.book.State(a.Country); ok && a.ID == "" {
		name += " (" + s.Name + ")"
	}
	return name
}

func (x *comparing) instances(p *page, head string, all []instance) {
	if len(all) == 0 {
		return
	}
	p.head(head)
	for _, i := range all {
		if i.A != nil && i.B != nil {
			p.line("  %s", pale.Render(i.Class.String()))
			x.instance(p, "A ", i.A)
			x.instance(p, "B ", i.B)
			continue
		}
		x.instance(p, "", cmp.Or(i.A, i.B))
	}
}

// instance puts an event into one line, and what tells it into another.
func (x *comparing) instance(p *page, mark string, e *comparedJSON) {
	what := e.Type
	if e.CAMEO != "" {
		what += " " + e.CAMEO
	}
	if e.Status != "" && e.Status != string(dragoman.Happened) {
		what += " (" + e.Status + ")"
	}
	s := e.Day + " " + what + " " + cmp.Or(strings.Join(e.Actors, ", "), "somebody")
	if len(e.Recipients) > 0 {
		s += " → " + strings.Join(e.Recipients, ", ")
	}
	if e.Place != "" {
		s += " at " + e.Place
	}
	if e.Source != "" {
		s += ", according to " + e.Source
	}
	if e.Evidence != "" {
		s += "  “" + shorten(e.Evidence, 110) + "”"
	}
	p.line("  %s%s", mark, plain(s))
	if from := strings.TrimSpace(cmp.Or(e.Title, e.Outlet) + " " + e.URL); from != "" {
		p.line("  %s  %s", strings.Repeat(" ", len(mark)), pale.Render(plain(from)))
	}
}
