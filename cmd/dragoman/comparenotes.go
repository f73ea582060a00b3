package main

import (
	"fmt"
	"strings"

	"dragoman"
	"dragoman/compare"
)

// unheard are the names in a table made by hand that are nobody known here, in the
// order in which they come: a slip of the pen makes an actor of its own.
type unheard struct {
	seen  map[string]bool // in lower case
	names []string
}

func (u *unheard) note(all []dragoman.Party) {
	for i := range all {
		p := &all[i]
		if !strings.HasPrefix(p.ID, dragoman.Coined) || u.seen[strings.ToLower(p.Name)] {
			continue
		}
		if u.seen == nil {
			u.seen = map[string]bool{}
		}
		u.seen[strings.ToLower(p.Name)] = true
		u.names = append(u.names, strings.Clone(p.Name))
	}
}

// notes says what may be wrong with what was compared.
func (x *comparing) notes() {
	const most = 10
	for i, s := range []*compare.Set{&x.A, &x.B} {
		if s.Events == 0 && x.format != "table" { // the table says so itself
			x.say(plain(s.Name) + ": " + x.noEvents())
		}
		all := x.OnlyByName(x.unheard[i].names)
		if len(all) == 0 {
			continue
		}
		var shown []string
		for _, name := range all[:min(len(all), most)] {
			shown = append(shown, fmt.Sprintf("%q", name))
		}
		if len(all) > most {
			shown = append(shown, "…")
		}
		x.say(fmt.Sprintf("%s: %s of nobody known here, each taken for an actor of its own: %s", plain(s.Name), plural(len(all), "name"), strings.Join(shown, ", ")))
	}
}

// noEvents says that a set has none, and in which days.
func (x *comparing) noEvents() string {
	const open = dragoman.Day(1 << 30) // of clerk.Days
	switch {
	case x.From == 0 && x.To == 0:
		return "no events"
	case x.To >= open:
		return fmt.Sprintf("no events in these days, from %s on", x.From)
	case x.From == dragoman.NoDay:
		return fmt.Sprintf("no events in these days, until %s", x.To)
	}
	return fmt.Sprintf("no events in these days, %s to %s", x.From, x.To)
}
