package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/clerk"
	"dragoman/exchange"
	"dragoman/pipeline"
	"dragoman/store"
	"dragoman/syntax"
)

func newExport(o *options) *cobra.Command {
	d := &database{options: o}
	var w clerk.Wanted
	var t target
	var provider string
	cmd := &cobra.Command{
		Use:   "export --format F [--out FILE|FOLDER]",
		Short: "Write what is remembered in the formats of the field",
		Long: `Write remembered events, the newest first, in a format that other tools read, to
standard output or a file, which gets its name when it is whole:
` + fieldFormats() + `
  jsonl            the readings of all articles, one a line
  conllu           the syntax of all articles

Events are chosen as in dragoman events; --since, --until (of publication) and --outlet
choose articles, ties and claims too. Of jsonl and conllu, --limit is of articles, those
that were stored last; what else chooses events does not go with them. With --provider
it is the events of another provider, which dragoman import stored, by --since, --until,
--between, --limit and --claims alone.
` + statuses,
		Example: `  dragoman export --format gdelt --out events.gdelt.csv
  dragoman export --format parquet --out tables/
  dragoman export --format graphml --since 2025-01-01 --place Sudan --out sudan.graphml
  dragoman export --format icews --claims --between Chad,Sudan | head`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := t.check(articleFormats...); err != nil {
				return err
			}
			if err := ofArticles(cmd, t.format); err != nil {
				return err
			}
			files, err := d.files()
			if err != nil {
				return err
			}
			if err := clerk.Typed(files, w.Types); err != nil {
				return err
			}
			boundMemory(readingMemory)
			d.minimum = t.minimum
			db, err := d.open(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			if provider != "" {
				return t.settle(exportProvided(cmd, db, files, provider, &w, &t))
			}
			w.Files = files
			f, also, err := w.Filter(cmd.Context(), db, t.minimum)
			say(cmd.ErrOrStderr(), also...)
			if err != nil {
				return err
			}
			if f.Statuses, err = t.of().Statuses(f.Statuses); err != nil {
				return fmt.Errorf("--status: %w", err)
			}
			x := &exporter{target: &t, ctx: cmd.Context(), db: db, filter: f, done: newCounter(cmd.ErrOrStderr(), "writing", "records")}
			switch t.format {
			case "jsonl":
				err = x.readings(w.Limit)
			case "conllu":
				err = x.syntax(o, w.Limit)
			default:
				var to exchange.Sink
				if to, err = t.sink(files); err == nil {
					err = x.records(to)
				}
			}
			x.done.clear()
			return t.settle(err)
		},
	}
	d.flags(cmd)
	wanted(cmd, &w)
	cmd.Flags().Lookup("limit").DefValue = "0"
	w.Limit = 0
	t.flags(cmd, "", clerk.Sure)
	_ = cmd.MarkFlagRequired("format") // there is one
	cmd.Flags().StringVar(&provider, "provider", "", "write the events of this provider, not ours")
	return cmd
}

// notOfProviders are the flags that choose among events of ours only.
var notOfProviders = []string{"by", "to", "type", "status", "place", "outlet", "according-to", "text", "min-confidence"}

// ofEvents are the flags that choose among events, and say nothing of articles.
var ofEvents = []string{"between", "by", "to", "type", "status", "place", "according-to", "text", "min-confidence", "claims"}

// ofArticles refuses flags that choose among events where a format holds articles.
func ofArticles(cmd *cobra.Command, format string) error {
	if !slices.Contains(articleFormats, format) {
		return nil
	}
	for _, name := range ofEvents {
		if cmd.Flags().Changed(name) {
			return fmt.Errorf("--%s chooses among events; --format %s is of articles, which --since, --until, --outlet and --limit choose", name, format)
		}
	}
	return nil
}

// articleFormats hold articles rather than events.
var articleFormats = []string{"jsonl", "conllu"}

// exportProvided writes the events of a provider.
func exportProvided(cmd *cobra.Command, db *store.DB, files fs.FS, provider string, w *clerk.Wanted, t *target) error {
	for _, name := range notOfProviders {
		if cmd.Flags().Changed(name) {
			return fmt.Errorf("--%s chooses among our own events; with --provider there are --since, --until, --between, --limit and --claims", name)
		}
	}
	if slices.Contains(articleFormats, t.format) {
		return fmt.Errorf("--format %s is of articles, and a provider has events only", t.format)
	}
	if len(w.Between) != 0 && len(w.Between) != 2 {
		return errors.New("--between takes two actors with --provider")
	}
	all, err := db.Providers(cmd.Context())
	if err := cmp.Or(clerk.Limited(w.Limit), err, provides(all, []string{provider})); err != nil {
		return err
	}
	f := store.ProvidedFilter{Provider: provider}
	if f.From, f.To, err = clerk.Days(w.Since, w.Until); err != nil {
		return err
	}
	for i, name := range w.Between {
		p, err := party(cmd.Context(), db, name, cmd.ErrOrStderr())
		if err != nil {
			return err
		}
		*[]*string{&f.A, &f.B}[i] = p.ID
	}
	to, err := t.sink(files)
	if err != nil {
		return err
	}
	done := newCounter(cmd.ErrOrStderr(), "writing", "records")
	defer done.clear()
	next := db.ProvidedStream(cmd.Context(), f)
	for written := 0; ; {
		r, err := next()
		if err == io.EOF {
			return to.Close()
		}
		if err != nil {
			return err
		}
		if !t.of().Wants(&r, t.claims) {
			continue
		}
		if err := to.Event(&r); err != nil {
			return err
		}
		done.add(1)
		if written++; written == w.Limit { // 0: all
			return to.Close()
		}
	}
}

// exporter writes what a database holds.
type exporter struct {
	*target
	ctx    context.Context
	db     *store.DB
	filter dragoman.Filter
	done   *progress
}

// records writes events, and of the articles that are chosen what else the format
// has room for.
func (x *exporter) records(to exchange.Sink) error {
	if !exchange.EventsOnly(to) {
		if err := x.around(to); err != nil {
			return err
		}
	}
	return x.events(to)
}

// events writes events, and ends the format.
func (x *exporter) events(to exchange.Sink) error {
	r := clerk.Records{DB: x.db, Filter: x.filter, Facts: !x.of().Whole && !x.claims}
	for {
		all, err := r.Next(x.ctx)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return to.Close()
		}
		for i := range all {
			if err := to.Event(&all[i]); err != nil {
				return err
			}
		}
		x.done.add(len(all))
	}
}

// around writes the articles that are chosen, with their claims and ties.
func (x *exporter) around(to exchange.Sink) error {
	articles := x.articles(0)
	for {
		e, ok, err := articles.next()
		if err != nil || !ok {
			return err
		}
		if err := x.article(to, &e); err != nil {
			return err
		}
		x.done.add(1)
	}
}

func (x *exporter) article(to exchange.Sink, e *dragoman.Entry) error {
	if err := to.Article(e); err != nil {
		return err
	}
	claims, err := x.db.ClaimsIn(x.ctx, e.Number)
	if err != nil {
		return err
	}
	for i := range claims {
		if err := to.Claim(&claims[i]); err != nil {
			return err
		}
	}
	ties, err := x.db.TiesIn(x.ctx, e.Number)
	if err != nil {
		return err
	}
	for i := range ties {
		if ties[i].Confidence < x.minimum {
			continue
		}
		if err := to.Tie(&ties[i]); err != nil {
			return err
		}
	}
	return nil
}

// cursor goes through the articles that are chosen, the newest stored first.
type cursor struct {
	*exporter
	filter dragoman.ArticleFilter
	ahead  []dragoman.Entry
	last   bool
	most   int // articles; 0: all
	given  int
}

func (x *exporter) articles(most int) *cursor {
	const batch = 1000
	return &cursor{exporter: x, most: most, filter: dragoman.ArticleFilter{Outlet: x.filter.Outlet, From: x.filter.From, To: x.filter.To, Limit: batch}}
}

// next returns the next article; false after the last.
func (c *cursor) next() (e dragoman.Entry, ok bool, err error) {
	if len(c.ahead) == 0 && !c.last {
		if c.ahead, err = c.db.Articles(c.ctx, c.filter); err != nil {
			return e, false, err
		}
		c.last = len(c.ahead) < c.filter.Limit
	}
	if len(c.ahead) == 0 || c.most > 0 && c.given == c.most {
		return e, false, nil
	}
	c.given++
	e, c.ahead = c.ahead[0], c.ahead[1:]
	c.filter.Before = e.Number
	return e, true, nil
}

// documents writes articles as their documents, made on all cores; at most so many,
// 0 for all.
func (x *exporter) documents(w documentWriter, most int, read func(*dragoman.Entry) (dragoman.Document, error)) error {
	type page struct {
		write func() error
		err   error
	}
	var fault error
	articles := x.articles(most)
	next := func() (e dragoman.Entry, size int, ok bool) {
		e, ok, fault = articles.next()
		return e, typicalArticle, ok
	}
	work := func(e dragoman.Entry) page {
		d, err := read(&e)
		if err != nil {
			return page{err: err}
		}
		write, err := w.render(&d)
		return page{write, err}
	}
	err := pipeline.Each(x.ctx, next, work, func(p page) error {
		x.done.add(1)
		if p.err != nil {
			return p.err
		}
		return p.write()
	})
	return w.close(errors.Join(err, fault))
}

// typicalArticle is the size by which articles are held that nobody has looked at
// yet, in bytes.
const typicalArticle = 8 << 10

// syntax parses the articles anew, for what is stored has no syntax.
func (x *exporter) syntax(o *options, most int) error {
	parser, err := loading(o, syntax.Load)
	if err != nil {
		return err
	}
	out, err := x.open()
	if err != nil {
		return err
	}
	return x.documents(&conlluWriter{bufio.NewWriterSize(out, 1<<16)}, most, func(e *dragoman.Entry) (dragoman.Document, error) {
		text, err := x.db.Text(x.ctx, e.Number)
		return syntaxOnly{parser}.Read(dragoman.Article{ID: e.ID, Title: e.Title, Text: text, Published: e.Published}), err
	})
}

// readings writes the readings of the articles as they are stored.
func (x *exporter) readings(most int) error {
	out, err := x.open()
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(out, 1<<16)
	articles := x.articles(most)
	for {
		e, ok, err := articles.next()
		if err != nil || !ok {
			return errors.Join(err, w.Flush())
		}
		b, err := x.db.Reading(x.ctx, e.Number)
		if err != nil {
			return err
		}
		w.Write(b)
		if err := w.WriteByte('\n'); err != nil {
			return err
		}
		x.done.add(1)
	}
}
