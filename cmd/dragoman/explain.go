package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/article"
	"dragoman/event"
	"dragoman/pattern"
	"dragoman/pipeline"
)

func newExplain(o *options) *cobra.Command {
	var date, text, find string
	cmd := &cobra.Command{
		Use:   "explain [--text SENTENCE | PATH|URL|-]",
		Short: "Show the layers of each sentence and what decided",
		Long: `Show the layers of a text sentence by sentence: the tree of words, who is
mentioned, where and when, who says so, which events and ties come out, which
frame decided, how likely the judge thinks that those mentioned near are parties,
and which predicates made no event, and why. Of an input with several articles the
first is shown; --text takes the place of an input.
` + statuses,
		Example: `  dragoman explain --text "Chad denied that its troops had crossed the border."
  dragoman explain --date 2025-03-04 --find visited examples/border-visit.txt`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			day := dragoman.NoDay
			var err error
			if date != "" {
				if day, err = dragoman.ParseDay(date); err != nil {
					return fmt.Errorf("--date: %w", err)
				}
			}
			reader, err := o.reader()
			if err != nil {
				return err
			}
			a := dragoman.Article{Text: text, Published: day}
			if text == "" {
				if a, err = one(cmd, args); err != nil {
					return unreadable{err}
				}
				if a.Published == dragoman.NoDay {
					a.Published = day
				}
			}
			doc := reader.Read(a)
			explain(cmd.OutOrStdout(), reader, &doc, find)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&text, "text", "", "the text itself")
	f.StringVar(&date, "date", "", "day of publication (2025-02-12)")
	f.StringVar(&find, "find", "", "only sentences that contain this")
	return cmd
}

// one returns the first article of the input that args name.
func one(cmd *cobra.Command, args []string) (dragoman.Article, error) {
	name := "-"
	if len(args) == 1 {
		name = args[0]
	}
	s, err := article.Open(context.Background(), name, article.Options{Stdin: cmd.InOrStdin()})
	if err != nil {
		return dragoman.Article{}, err
	}
	defer s.Close()
	a, err := s.Next()
	if err == io.EOF {
		err = fmt.Errorf("%s: there is no article in it", name)
	}
	return a, err
}

func explain(w io.Writer, r *pipeline.Reader, d *dragoman.Document, find string) {
	e := &explainer{w: w, r: r, d: d, t: pattern.NewTree(d)}
	_, e.candidates = r.Events.Study(d)
	refusals := r.Events.Refusals(d)
	for i, s := range d.Sentences {
		if !strings.Contains(d.TextOf(s.Span), find) {
			continue
		}
		fmt.Fprintf(w, "sentence %d: %s\n", i+1, strings.Join(strings.Fields(d.TextOf(s.Span)), " "))
		for t := s.First; t < s.End; t++ {
			if e.t.Head(t) < 0 {
				e.tree(t, "  ", 0)
			}
		}
		e.layers(s)
		for _, x := range refusals {
			if s.First <= x.Token && x.Token < s.End {
				frame := ""
				if x.Frame != "" {
					frame = " by " + x.Frame
				}
				fmt.Fprintf(w, "  no event  %q%s: %s\n", d.Form(x.Token), frame, x.Reason)
			}
		}
		fmt.Fprintln(w)
	}
	for _, n := range d.Notes {
		fmt.Fprintf(w, "note: %s\n", n.Text)
	}
}

type explainer struct {
	w io.Writer
	r *pipeline.Reader
	d *dragoman.Document
	t *pattern.Tree

	candidates []event.Candidate // for the parties of events
}

// maxShown bounds the depth of a tree that is drawn.
const maxShown = 40

func (e *explainer) tree(i int, indent string, depth int) {
	tag := e.d.Tags[i]
	fmt.Fprintf(e.w, "%s%s (%s) %s\n", indent, e.d.Form(i), e.t.Rel(i), filled(tag.Lemma, tag.POS.String(), tag.Feats))
	if depth == maxShown {
		return
	}
	for _, k := range e.t.Kids(i) {
		e.tree(int(k), indent+"  ", depth+1)
	}
}

func (e *explainer) layers(s dragoman.Sentence) {
	d := e.d
	in := func(x dragoman.Span) bool { return s.Overlaps(x) }
	for i, m := range d.Mentions {
		if !in(m.Span) {
			continue
		}
		is := "nobody in particular"
		for _, a := range d.Actors {
			for _, am := range a.Mentions {
				if am == i {
					is = fmt.Sprintf("actor %s (%s)", a.ID, filled(a.Kind, a.CAMEO, a.Title))
				}
			}
		}
		for _, p := range d.Places {
			for _, pm := range p.Mentions {
				if pm == i {
					within := ""
					if len(p.ContainedIn) > 0 {
						within = "in " + strings.Join(p.ContainedIn, ", ")
					}
					is += fmt.Sprintf(", place %s (%s)", p.ID, filled(p.Kind, within))
				}
			}
		}
		chain := ""
		if m.Chain != i {
			chain = fmt.Sprintf(", the same as %q", d.TextOf(d.Mentions[m.Chain].Span))
		}
		for _, x := range m.Members {
			chain += fmt.Sprintf(", with %q", d.TextOf(d.Mentions[x].Span))
		}
		fmt.Fprintf(e.w, "  mention   %q %s%s: %s\n", d.TextOf(m.Span), filled(string(m.Form), string(m.Class)), chain, is)
	}
	for _, x := range d.Dates {
		if in(x.Span) {
			days := "days not known"
			if from, to := x.From.String(), x.To.String(); from+to != "" {
				days = filled(from, "to", to)
			}
			fmt.Fprintf(e.w, "  date      %q %s\n", d.TextOf(x.Span), days)
		}
	}
	for i, a := range d.Attributions {
		if in(a.Content) {
			more := ""
			if a.Continues >= 0 {
				more = fmt.Sprintf(", goes on from %d", a.Continues+1)
			}
			if a.Parent >= 0 {
				more += fmt.Sprintf(", inside %d", a.Parent+1)
			}
			fmt.Fprintf(e.w, "  says %-4d source %q cue %q %s%s: %q\n", i+1, d.TextOf(a.Source), d.TextOf(a.Cue), filled(string(a.Manner), a.Stance), more, d.TextOf(a.Content))
		}
	}
	for _, ev := range d.Events {
		if in(ev.Trigger) {
			fmt.Fprintf(e.w, "  event     %q %s: %s → %s, confidence %.2f\n", d.TextOf(ev.Trigger), filled(ev.Type, ev.CAMEO, string(ev.Status)), e.who(ev.Actors), e.who(ev.Recipients), ev.Confidence)
			e.because(ev.Because, e.r.Events.Explain)
			e.chances(ev.Head)
		}
	}
	for _, t := range d.Ties {
		if in(t.Trigger) {
			fmt.Fprintf(e.w, "  tie       %q %s: %s → %s, confidence %.2f\n", d.TextOf(t.Trigger), t.Relation, e.who([]int{t.Subject}), e.who([]int{t.Object}), t.Confidence)
			e.because(t.Because, e.r.Ties.Explain)
		}
	}
}

// filled puts what is known into a line, and leaves no blank for what is not.
func filled(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " ")
}

func (e *explainer) because(names []string, open func(string) (string, bool)) {
	for _, n := range names {
		if text, ok := open(n); ok {
			fmt.Fprintf(e.w, "            because %s = %s\n", n, text)
		} else {
			fmt.Fprintf(e.w, "            because %s\n", n)
		}
	}
}

// chances tells how likely those mentioned near are parties of the event at a token.
func (e *explainer) chances(token int) {
	for i := range e.candidates {
		c := &e.candidates[i]
		if c.Token != token {
			continue
		}
		by := ""
		if c.Told != "" {
			by = ", the " + c.Told + " by the frame"
		}
		fmt.Fprintf(e.w, "            party? %s: actor %.2f, recipient %.2f%s\n", e.d.Actors[c.Actor].Name, c.Chance(event.AsActor), c.Chance(event.AsRecipient), by)
	}
}

func (e *explainer) who(actors []int) string {
	if len(actors) == 0 {
		return "nobody told"
	}
	var all []string
	for _, a := range actors {
		all = append(all, e.d.Actors[a].Name)
	}
	return strings.Join(all, ", ")
}
