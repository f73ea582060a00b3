// Package pipeline puts the stages in order: an article goes in, a document
// with all its layers comes out. It is the one place that assigns layers.
package pipeline

import (
	"fmt"
	"io/fs"
	"sync"

	"dragoman"
	"dragoman/actor"
	"dragoman/attribution"
	"dragoman/date"
	"dragoman/dictionary"
	"dragoman/event"
	"dragoman/mention"
	"dragoman/place"
	"dragoman/syntax"
	"dragoman/tie"
)

// Language is the language that the stages read; articles in another one are
// returned with a note and without layers.
const Language = "en"

// Reader reads articles. It is read-only after Load and may be used by many
// goroutines at once.
type Reader struct {
	Syntax       *syntax.Parser
	Attributions *attribution.Finder
	Mentions     *mention.Finder
	Actors       *actor.Resolver
	Places       *place.Resolver
	Dates        *date.Finder
	Events       *event.Coder
	Ties         *tie.Finder
}

// Load loads every stage from fsys, side by side.
func Load(fsys fs.FS) (*Reader, error) {
	r := &Reader{}
	var wait sync.WaitGroup
	errs := make([]error, 8)
	for i, load := range []func() error{
		func() (err error) { r.Syntax, err = syntax.Load(fsys); return },
		func() (err error) { r.Mentions, err = mention.Load(fsys); return },
		func() (err error) { r.Places, err = place.Load(fsys); return },
		func() (err error) { r.Actors, err = actor.Load(fsys); return },
		func() (err error) { r.Events, err = event.Load(fsys); return },
		func() (err error) { r.Attributions, err = attribution.Load(fsys); return },
		func() (err error) { r.Ties, err = tie.Load(fsys); return },
		func() (err error) { r.Dates, err = date.Load(fsys); return },
	} {
		wait.Go(func() { errs[i] = load() })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	r.Actors.Land = r.Places.Land
	return r, r.lay(fsys)
}

// lay has the dictionaries of an analyst decide who has which code and what is an
// event, where there are any.
func (r *Reader) lay(fsys fs.FS) error {
	d, err := dictionary.LoadLaid(fsys)
	if err != nil || d == nil {
		return err
	}
	coder := dictionary.NewCoder(d.Dictionary, r.Events.Grammar)
	if n := d.Counts(); n.Actors+n.Agents == 0 { // of verbs alone: their parties are those that we know
		const words = 12 // of a phrase
		coder.Options = dictionary.Options{Nobody: true, Unknown: words}
	}
	r.Actors.Dictionary, r.Actors.Only = coder, d.Codes
	r.Events.Dictionary, r.Events.Only = coder, d.Events
	return nil
}

// Read reads one article. It never fails for what the text says: what is
// unsettled is a note or an empty field.
func (r *Reader) Read(a dragoman.Article) dragoman.Document {
	d := dragoman.Document{Article: a, Notes: a.Notes}
	if a.Published == dragoman.NoDay {
		d.Notes = append(d.Notes, dragoman.Note{Code: "no-date", Text: "the day of publication is not known: " +
			"relative dates are left open and office holders are not settled by date; give it with --date"})
	}
	if a.Language != "" && a.Language != Language {
		d.Notes = append(d.Notes, dragoman.Note{Code: "language", Text: fmt.Sprintf("the text seems to be in language %q; only %q is read", a.Language, Language)})
		return d
	}
	d.Sentences, d.Tokens, d.Tags, d.Arcs = r.Syntax.Read(a.Text)
	d.Attributions = r.Attributions.Find(&d)
	d.Mentions = r.Mentions.Find(&d)
	d.Places = r.Places.Resolve(&d)
	d.Actors = r.Actors.Resolve(&d)
	d.Dates = r.Dates.Find(&d)
	d.Events = r.Events.Code(&d)
	d.Ties = r.Ties.Find(&d)
	return d
}
