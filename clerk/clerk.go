// Package clerk does the desk's work, for the command line and for pages alike:
// it reads and files articles, follows feeds, corrects, holds alerts and
// delivers what they fire for.
package clerk

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"runtime"
	"strconv"

	"golang.org/x/sync/semaphore"

	"dragoman"
	"dragoman/data"
	"dragoman/export"
	"dragoman/pipeline"
	"dragoman/store"
	"dragoman/story"
)

// How sure what is read has to be; docs/accuracy.md says how many are right.
const (
	Least = 0.01 // to stand in a reading: below, hardly anything is right
	filed = 0.1  // to be kept so that it is found
	Sure  = 0.3  // to be told
)

// Clerk reads, files, corrects and delivers. It may be used by many goroutines
// at once. One that New did not make reads nothing, and needs only the fields
// that a method speaks of: all need DB, and most Desk.
type Clerk struct {
	DB      *store.DB
	Desk    *story.Desk
	Program string // its version
	Version string // of the program and of the tables that it reads by
	Post    Post   // how mail is sent

	reader *pipeline.Reader
	room   *semaphore.Weighted // for what is being read
}

// New loads what reads and what judges from the tables in files, which takes a
// part of a second. program is the version of the program. Where db is nil,
// DB is to be set before anything but Read.
func New(files fs.FS, db *store.DB, program string) (*Clerk, error) {
	reader, err := pipeline.Load(files)
	if err != nil {
		return nil, err
	}
	desk, err := story.Load(files)
	if err != nil {
		return nil, err
	}
	print, err := data.Fingerprint(files)
	if err != nil {
		return nil, err
	}
	return &Clerk{DB: db, Desk: desk, Program: program, Version: program + " " + hex.EncodeToString(print[:6]),
		reader: reader, room: semaphore.NewWeighted(pipeline.MaxInWork)}, nil
}

// Read reads an article when there is room, and stores nothing.
func (c *Clerk) Read(ctx context.Context, a dragoman.Article) (d dragoman.Document, err error) {
	err = c.bounded(ctx, &a, func() { d = c.reader.Read(a) })
	return d, err
}

// File reads an article at once and writes out what is to be stored. Whoever
// files many at once bounds them, as pipeline.Each does.
func (c *Clerk) File(a dragoman.Article) (dragoman.Filing, error) {
	d := c.reader.Read(a)
	reading, err := export.NewReading(&d, c.Program, Least).JSON()
	if err != nil {
		return dragoman.Filing{}, err
	}
	return c.Desk.File(&d, reading, c.Version, filed), nil
}

// file is File when there is room.
func (c *Clerk) file(ctx context.Context, a dragoman.Article) (f dragoman.Filing, err error) {
	broken := c.bounded(ctx, &a, func() { f, err = c.File(a) })
	return f, cmp.Or(broken, err)
}

// bounded reads an article when there is room: for one on each core, and no
// more than is in work elsewhere. If reading breaks, that is a fault of the one
// article and not the end of the program.
func (c *Clerk) bounded(ctx context.Context, a *dragoman.Article, read func()) (err error) {
	room := int64(min(pipeline.MaxInWork, max(len(a.Text), pipeline.MaxInWork/runtime.GOMAXPROCS(0))))
	if err := c.room.Acquire(ctx, room); err != nil {
		return err
	}
	defer c.room.Release(room)
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("reading it failed, which is a fault of dragoman: %v", p)
		}
	}()
	read()
	return nil
}

// Add reads an article and stores it, unless it is there already; one that is
// stored without a day of publication is dated where a has one. It returns the
// article's number, and whether it is new.
func (c *Clerk) Add(ctx context.Context, a dragoman.Article) (number int64, fresh bool, err error) {
	number, undated, err := c.Has(ctx, &a)
	if err != nil || number > 0 && !undated {
		return number, false, err
	}
	f, err := c.file(ctx, a)
	if err != nil {
		return 0, false, err
	}
	return c.Store(ctx, number, &f)
}

// Has returns the number under which an article is stored, 0 where it is not.
// It is undated where it is stored without a day and a has one: then a becomes
// the stored one, with that day.
func (c *Clerk) Has(ctx context.Context, a *dragoman.Article) (number int64, undated bool, err error) {
	number, has, err := c.DB.Has(ctx, story.Key(a))
	if !has || err != nil {
		return 0, false, err
	}
	if a.Published == dragoman.NoDay {
		return number, false, nil
	}
	e, _, err := c.DB.Article(ctx, strconv.FormatInt(number, 10))
	if err != nil || e.Published != dragoman.NoDay {
		return number, false, err
	}
	e.Published = a.Published
	*a, err = c.Article(ctx, e)
	return number, true, err
}

// Store stores a filing in the place of the article of that number, or as a new
// one where number is 0. It returns its number, and whether it is new: it is
// not where the article is there by now.
func (c *Clerk) Store(ctx context.Context, number int64, f *dragoman.Filing) (stored int64, fresh bool, err error) {
	if number == 0 {
		return c.DB.Save(ctx, f, c.Desk)
	}
	_, _, err = c.DB.Replace(ctx, number, f, c.Desk)
	return number, false, err
}

// Article returns a stored article as it was given to be read.
func (c *Clerk) Article(ctx context.Context, e dragoman.Entry) (dragoman.Article, error) {
	a := dragoman.Article{ID: e.ID, Title: e.Title, URL: e.URL, Outlet: e.Outlet, Language: e.Language, Published: e.Published}
	b, err := c.DB.Reading(ctx, e.Number)
	if err != nil {
		return a, err
	}
	var r export.Reading
	if err := json.Unmarshal(b, &r); err != nil {
		return a, fmt.Errorf("the reading of article %d: %w", e.Number, err)
	}
	a.Text = r.Article.Text
	for _, n := range r.Notes {
		if n.Code == "cut" { // what loading found; the others come with reading
			a.Notes = append(a.Notes, dragoman.Note(n))
		}
	}
	return a, nil
}
