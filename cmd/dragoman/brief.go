package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/article"
	"dragoman/store"
	"dragoman/story"
)

func newBrief(o *options) *cobra.Command {
	d := &database{options: o}
	days := 30
	cmd := &cobra.Command{
		Use:   "brief ARTICLE",
		Short: "Tell what is new in a stored article, and what is remembered",
		Long: `Tell what is new in a stored article and what was told before; for which time
somebody does the same; what the other side and third parties say; what stands
between those it is about, and where their relation is heading. Only what was
published before the article, or on the same day and stored before, counts.

ARTICLE is a number that the database gave, an id, an address, or the path of a
file that was added.
` + statuses,
		Example: `  dragoman brief 6
  dragoman brief examples/border-visit.txt`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if days < 1 {
				return fmt.Errorf("--days is %d; it is at least 1", days)
			}
			c, err := d.desk(ctx)
			if err != nil {
				return err
			}
			defer c.DB.Close()
			e, err := stored(ctx, c.DB, args[0])
			if err != nil {
				return err
			}
			b, err := c.Desk.Brief(ctx, c.DB, e, story.Options{Confidence: d.minimum, Days: days})
			if err != nil {
				return err
			}
			return briefText(terminal(cmd.OutOrStdout()), b)
		},
	}
	d.tells(cmd)
	cmd.Flags().IntVar(&days, "days", days, "how many days back others are heard")
	return cmd
}

// terminal writes colours as far as w shows them.
func terminal(w io.Writer) io.Writer {
	var env []string
	if _, ok := w.(*os.File); ok {
		env = os.Environ()
	}
	return &colorprofile.Writer{Forward: w, Profile: colorprofile.Detect(w, env)}
}

// stored finds an article by what a person calls it: a number, id or address,
// or a file that has the same text.
func stored(ctx context.Context, db *store.DB, name string) (dragoman.Entry, error) {
	e, ok, err := db.Article(ctx, name)
	if ok || err != nil {
		return e, err
	}
	if _, err := os.Stat(name); err != nil {
		return e, unreadable{fmt.Errorf("no article %q is in the database, and there is no such file; dragoman search finds articles by their words", name)}
	}
	s, err := article.Open(ctx, name, article.Options{})
	if err != nil {
		return e, unreadable{err}
	}
	defer s.Close()
	a, err := s.Next()
	if err != nil {
		return e, unreadable{fmt.Errorf("%s: %w", name, err)}
	}
	number, ok, err := db.Has(ctx, story.Key(&a))
	if err != nil {
		return e, err
	}
	if !ok {
		return e, unreadable{fmt.Errorf("%s is not in the database yet: dragoman add %s", name, name)}
	}
	e, ok, err = db.Article(ctx, fmt.Sprint(number))
	if err == nil && !ok {
		err = errors.New("the article is gone")
	}
	return e, err
}

var (
	strong = lipgloss.NewStyle().Bold(true)
	pale   = lipgloss.NewStyle().Faint(true)
	alarm  = lipgloss.NewStyle().Foreground(lipgloss.Red)
)

// page writes text for people.
type page struct {
	w   io.Writer
	err error
}

func (p *page) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, strings.TrimRight(fmt.Sprintf(format, args...), " "))
	}
}

func (p *page) head(s string) { p.line("\n%s", strong.Render(s)) }

func briefText(w io.Writer, b *story.Brief) error {
	p := &page{w: w}
	p.line("%s  %s", strong.Render(titled(b.Article)), pale.Render(headline(b.Article)))
	for _, c := range b.Copies {
		p.line("  %s", pale.Render("the same text: "+reference(c)))
	}
	p.news(b)
	for i := range b.Between {
		p.between(&b.Between[i])
	}
	if b.Article.Published == dragoman.NoDay {
		p.line("\n%s the article's day of publication is not known, so nothing can be said of before and after; add it with --date", pale.Render("note:"))
	}
	return p.err
}

func (p *page) news(b *story.Brief) {
	if len(b.New) > 0 {
		p.head("New")
	}
	for i := range b.New {
		t := &b.New[i]
		p.line("  %s", happening(&t.Report))
		if t.Nth != "" {
			p.line("    %s", strong.Render(t.Nth))
		}
	}
	if len(b.Known) > 0 {
		p.head("Told before")
	}
	for i := range b.Known {
		t := &b.Known[i]
		first := t.Earlier[0]
		p.line("  %s", happening(&t.Report))
		p.line("    first %s; now %s", reference(first), tellers(&t.Occurrence))
	}
	if len(b.New)+len(b.Known) == 0 {
		p.line("\nNothing in it is sure enough to be told; --min-confidence 0.1 shows more.")
	}
}

func (p *page) between(r *story.Between) {
	p.head(plain(r.A.Name + " and " + r.B.Name))
	p.line("  %s", outlook(&r.Outlook))
	if o := r.Turn; o != nil {
		p.line("  lately to the contrary: %s", happening(&o.Report))
	}
	for _, o := range r.Opposite {
		p.line("  %s %s; but %s", alarm.Render("contradicted:"), happening(&o.Told), happening(&o.Other.Report))
	}
	for i := range r.Others {
		v := &r.Others[i]
		mark := ""
		if v.Contrary {
			mark = alarm.Render("contrary: ")
		}
		p.line("  %s%s %s “%s”  %s", mark, speaker(v.Source), says(v.Stance), shorten(v.Content, 160), pale.Render(headline(v.Entry)))
	}
	for i := range r.Ties {
		p.line("  %s", standing(&r.Ties[i]))
	}
}

// outlook puts where a relation is heading into words, with the counts.
func outlook(o *story.Outlook) string {
	recent := fmt.Sprintf("cooperation %d, conflict %d in %d days", o.Recent.Cooperation, o.Recent.Conflict, o.RecentDays)
	before := ""
	if o.Days > 0 {
		before = fmt.Sprintf("; %d, %d in the %d before", o.Before.Cooperation, o.Before.Conflict, o.Days)
	}
	if o.Direction == story.Unknown {
		lean := ""
		switch o.Leaning() {
		case story.Warming:
			lean = "it looks warmer than it was, but "
		case story.Cooling:
			lean = "it looks cooler than it was, but "
		}
		return lean + "too little is known to say where it is heading: " + recent + before
	}
	return fmt.Sprintf("%s (p %.2g): %s%s", strong.Render(string(o.Direction)), o.P, recent, before)
}

func says(stance string) string {
	switch stance {
	case "denies", "warns", "promises", "asks", "doubts":
		return stance + ":"
	}
	return "says:"
}

func speaker(s dragoman.Source) string {
	if s.Actor.Name == "" && s.Text != "" {
		return "“" + plain(s.Text) + "”"
	}
	return plain(s.Name())
}

// standing puts a tie into words.
func standing(t *story.Tie) string {
	s := fmt.Sprintf("%s %s", plain(t.Subject.Name), strings.ReplaceAll(t.Relation, "_", " "))
	if t.Role != "" {
		s += " (" + plain(t.Role) + ")"
	}
	s += " " + plain(t.Object.Name)
	if t.From != dragoman.NoDay {
		s += ", since " + t.From.String()
	}
	if t.Ended {
		s += ", no longer"
	}
	if !t.Source.None() {
		s += ", according to " + speaker(t.Source)
	}
	told := plural(t.Articles, "article")
	if t.Last != dragoman.NoDay {
		told += ", last " + t.Last.String()
	}
	return s + pale.Render("  "+told)
}

// happening puts an event into one line: when, what, who to whom, by whose
// word.
func happening(r *dragoman.Report) string {
	day := "(no day)  "
	if r.Day != dragoman.NoDay {
		day = r.Day.String()
	}
	what := r.Type
	if len(r.Modes) > 0 {
		what += "/" + r.Modes[0]
	}
	if r.Status != dragoman.Happened {
		what += " (" + string(r.Status) + ")"
	}
	s := day + " " + what + " " + cmp.Or(parties(r.Actors), "somebody")
	if len(r.Recipients) > 0 {
		s += " → " + parties(r.Recipients)
	}
	if r.Place.Name != "" {
		s += " at " + plain(r.Place.Name)
	}
	if !r.Source.None() {
		s += ", according to " + speaker(r.Source)
	}
	return s + "  “" + shorten(r.Evidence, 110) + "” " + pale.Render(fmt.Sprintf("%.2f", r.Confidence))
}

func parties(all []dragoman.Party) string { return plain(strings.Join(called(all), ", ")) }

// tellers says how many tell an occurrence, and how many of them on their own.
func tellers(o *dragoman.Occurrence) string {
	s := plural(o.Articles, "article")
	if o.Articles > 1 {
		s += fmt.Sprintf(" of %s, %s", plural(o.Outlets, "outlet"), plural(o.Origins, "independent origin"))
	}
	return s
}

func plural[N int | int64](n N, what string) string {
	switch {
	case n == 1:
	case what == "copy":
		what = "copies"
	default:
		what += "s"
	}
	return fmt.Sprint(n) + " " + what
}

func titled(e dragoman.Entry) string {
	return cmp.Or(plain(e.Heading()), "(no title)")
}

// headline says where and when an article was published, and its number.
func headline(e dragoman.Entry) string {
	var all []string
	if e.Outlet != "" {
		all = append(all, plain(e.Outlet))
	}
	if e.Published != dragoman.NoDay {
		all = append(all, e.Published.String())
	}
	return strings.Join(append(all, fmt.Sprintf("#%d", e.Number)), ", ")
}

func reference(e dragoman.Entry) string {
	return fmt.Sprintf("%s (%s)", shorten(titled(e), 80), headline(e))
}

// plain takes out what could steer a terminal: what was read is not trusted.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

// shorten returns at most n characters of s, at a word, without what could
// steer a terminal.
func shorten(s string, n int) string {
	s = plain(s)
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	s = string(r[:n])
	if i := strings.LastIndexByte(s, ' '); i > n/2 {
		s = s[:i]
	}
	return s + "…"
}
