package export

import (
	"fmt"
	"io"
	"strings"

	"charm.land/lipgloss/v2"
)

// Text writes a reading for a person: one event a line, grouped by who tells
// it, with the words that carry it. Colours are written always; hand it a
// writer that takes them out where they are not wanted.
func Text(w io.Writer, r Reading) error {
	t := texter{r: r, text: []rune(r.Article.Text), actors: map[string]Actor{}, places: map[string]Place{}, said: map[string]Attribution{}}
	for _, a := range r.Actors {
		t.actors[a.ID] = a
	}
	for _, p := range r.Places {
		t.places[p.ID] = p
	}
	for _, a := range r.Attributions {
		t.said[a.ID] = a
	}
	t.head()
	t.events()
	t.ties()
	for _, n := range r.Notes {
		t.line("%s %s", faint.Render("note:"), n.Text)
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

var (
	bold    = lipgloss.NewStyle().Bold(true)
	faint   = lipgloss.NewStyle().Faint(true)
	trigger = lipgloss.NewStyle().Underline(true)
	quads   = map[string]lipgloss.Style{
		"verbal-cooperation":   lipgloss.NewStyle().Foreground(lipgloss.Cyan),
		"material-cooperation": lipgloss.NewStyle().Foreground(lipgloss.Green),
		"verbal-conflict":      lipgloss.NewStyle().Foreground(lipgloss.Yellow),
		"material-conflict":    lipgloss.NewStyle().Foreground(lipgloss.Red),
	}
)

type texter struct {
	b      strings.Builder
	r      Reading
	text   []rune
	actors map[string]Actor
	places map[string]Place
	said   map[string]Attribution
}

func (t *texter) line(format string, args ...any) {
	t.b.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " "))
	t.b.WriteByte('\n')
}

func (t *texter) head() {
	a := t.r.Article
	title := "(no title)"
	if a.Title != nil {
		title = *a.Title
	}
	var rest []string
	for _, s := range []*string{a.Outlet, a.Published} {
		if s != nil {
			rest = append(rest, *s)
		}
	}
	title = bold.Render(title)
	if len(rest) > 0 {
		title += "  " + faint.Render(strings.Join(rest, ", "))
	}
	t.line("%s", title)
}

// events writes the groups in the order in which the text first has them.
func (t *texter) events() {
	if len(t.r.Events) == 0 {
		t.line("  no events")
		return
	}
	var order []string
	groups := map[string][]Event{}
	for _, e := range t.r.Events {
		who := t.teller(e.AccordingTo)
		if groups[who] == nil {
			order = append(order, who)
		}
		groups[who] = append(groups[who], e)
	}
	for _, who := range order {
		if who == "" {
			t.line("\n%s", bold.Render("The outlet tells"))
		} else {
			t.line("\n%s %s", bold.Render("According to"), bold.Render(who))
		}
		for _, e := range groups[who] {
			t.event(e)
		}
	}
}

func (t *texter) event(e Event) {
	kind := e.Type
	if len(e.Modes) > 0 {
		kind += "/" + strings.Join(e.Modes, ",")
	}
	parties := t.names(e.Actors)
	if len(e.Recipients) > 0 {
		parties += " → " + t.names(e.Recipients)
	}
	var more []string
	if e.Place != nil {
		more = append(more, "at "+t.place(*e.Place))
	}
	if e.From == nil && e.To != nil && e.Status == "happened" {
		more = append(more, "by "+*e.To)
	} else if d := days(e.From, e.To); d != "" {
		more = append(more, d)
	}
	for _, what := range []string{"killed", "injured", "captured", "crowd"} {
		if c, ok := e.Casualties[what]; ok {
			more = append(more, what+" "+count(c))
		}
	}
	detail := ""
	if len(more) > 0 {
		detail = "  " + strings.Join(more, ", ")
	}
	t.line("  %s %s %s%s  %s %s", pad(e.Status, 12), pad(quads[e.Quad].Render(kind), 22), parties, detail,
		t.words(e.Telling), faint.Render(fmt.Sprintf("%.2f", e.Confidence)))
}

func (t *texter) ties() {
	if len(t.r.Ties) > 0 {
		t.line("\n%s", bold.Render("Standing ties"))
	}
	for _, tie := range t.r.Ties {
		role := ""
		if tie.Status != "ongoing" {
			role = " (" + tie.Status + ")"
		}
		if tie.Role != "" {
			role += " (" + tie.Role + ")"
		}
		more := ""
		if d := days(tie.From, tie.To); d != "" {
			more = "  " + d
		}
		if who := t.teller(tie.AccordingTo); who != "" {
			more += "  according to " + who
		}
		t.line("  %s %s%s %s%s  %s", t.name(tie.Subject), strings.ReplaceAll(tie.Relation, "_", " "), role, t.name(tie.Object), more, t.words(tie.Telling))
	}
}

// teller names the chain of sources, innermost first; "" for the outlet.
func (t *texter) teller(ids []string) string {
	var all []string
	for _, id := range ids {
		s := t.said[id].Source
		name := "an unnamed source"
		switch {
		case s.Actor != nil && t.actors[*s.Actor].Name != "":
			name = t.name(*s.Actor)
		case s.Text != nil:
			name = "“" + *s.Text + "”"
		}
		if s.Anonymous {
			name += " (unnamed)"
		}
		if len(all) == 0 || all[len(all)-1] != name {
			all = append(all, name)
		}
	}
	return strings.Join(all, ", according to ")
}

func (t *texter) names(ids []string) string {
	if len(ids) == 0 {
		return "(not told)"
	}
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = t.name(id)
	}
	return strings.Join(all, ", ")
}

func (t *texter) name(id string) string {
	if a, ok := t.actors[id]; ok {
		return a.Name
	}
	return id
}

func (t *texter) place(id string) string {
	p := t.places[id]
	name := p.Name
	for _, up := range p.ContainedIn {
		if c, ok := t.places[up]; ok && !strings.HasPrefix(c.Name, p.Name) {
			name += " in " + c.Name
			break
		}
	}
	return name
}

func days(from, to *string) string {
	switch {
	case from == nil && to == nil:
		return ""
	case from == nil:
		return "until " + *to
	case to == nil:
		return "since " + *from
	case *from == *to:
		return *from
	}
	return *from + " to " + *to
}

func count(c Count) string {
	switch {
	case c.Max == nil:
		return fmt.Sprintf("%d or more", *c.Min)
	case *c.Min == *c.Max:
		return fmt.Sprint(*c.Min)
	}
	return fmt.Sprintf("%d to %d", *c.Min, *c.Max)
}

// words gives the evidence with the trigger marked, on one line and not
// longer than a line can be.
func (t *texter) words(w Telling) string {
	const most = 90
	text := t.text
	from, to := w.Evidence.Start, w.Evidence.End
	before, after := "", ""
	if w.Trigger.Start < from || w.Trigger.End > to {
		w.Trigger.Start, w.Trigger.End = from, from // nothing to mark
	}
	if to-from > most {
		if from2 := max(from, w.Trigger.Start-most/2); from2 > from {
			from, before = from2, "…"
		}
		if to2 := max(w.Trigger.End, min(to, from+most)); to2 < to {
			to, after = to2, "…"
		}
	}
	return "“" + before + flat(text[from:w.Trigger.Start]) + trigger.Render(flat(text[w.Trigger.Start:w.Trigger.End])) + flat(text[w.Trigger.End:to]) + after + "”"
}

func flat(r []rune) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' {
			return ' '
		}
		return c
	}, string(r))
}

// pad fills s with spaces up to a width in characters on the screen.
func pad(s string, width int) string {
	if n := lipgloss.Width(s); n < width {
		return s + strings.Repeat(" ", width-n)
	}
	return s
}
