package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/data"
	"dragoman/export"
	"dragoman/pipeline"
	"dragoman/store"
	"dragoman/story"
)

// database are the flags of the commands that remember.
type database struct {
	*options
	path    string
	minimum float64
	makes   bool // a database where there is none; who only asks would be told of an empty one
}

// filed is the confidence from which records are kept to be found, and sure
// that from which they are told: docs/accuracy.md says how many are right.
const (
	filed = 0.1
	sure  = 0.3
)

func (d *database) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&d.path, "db", "", "the database, a file (default "+defaultDatabase("~/.local/share")+")")
}

// tells adds the flag of commands that tell what is stored.
func (d *database) tells(cmd *cobra.Command) {
	d.flags(cmd)
	cmd.Flags().Float64Var(&d.minimum, "min-confidence", sure, "leave out events below this confidence (0 to 1)")
}

func defaultDatabase(home string) string { return filepath.Join(home, "dragoman", "dragoman.db") }

func (d *database) open(ctx context.Context) (*store.DB, error) {
	if d.minimum < 0 || d.minimum > 1 {
		return nil, fmt.Errorf("--min-confidence is %v; it goes from 0 to 1", d.minimum)
	}
	path := d.path
	if path == "" {
		path = defaultDatabase(xdg.DataHome)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && !d.makes {
		return nil, unreadable{fmt.Errorf("there is no database at %s; dragoman add makes one", path)}
	}
	return store.Open(ctx, path)
}

// desk opens the database and what answers questions about it.
func (d *database) desk(ctx context.Context) (*store.DB, *story.Desk, error) {
	desk, err := loading(d.options, story.Load)
	if err != nil {
		return nil, nil, err
	}
	db, err := d.open(ctx)
	return db, desk, err
}

// clerk reads articles and files them.
type clerk struct {
	db      *store.DB
	desk    *story.Desk
	reader  *pipeline.Reader
	version string // of the program and its tables
}

func (d *database) clerk(ctx context.Context) (*clerk, error) {
	reader, err := d.reader()
	if err != nil {
		return nil, err
	}
	files, err := d.files()
	if err != nil {
		return nil, err
	}
	print, err := data.Fingerprint(files)
	if err != nil {
		return nil, err
	}
	db, desk, err := d.desk(ctx)
	if err != nil {
		return nil, err
	}
	return &clerk{db, desk, reader, Version + " " + hex.EncodeToString(print[:6])}, nil
}

// file reads an article and writes out what is to be stored.
func (c *clerk) file(a dragoman.Article) (dragoman.Filing, error) {
	d := c.reader.Read(a)
	reading, err := export.NewReading(&d, Version, defaultConfidence).JSON()
	if err != nil {
		return dragoman.Filing{}, err
	}
	return c.desk.File(&d, reading, c.version, filed), nil
}

// known returns the one actor of a name; what else it may mean is said.
func known(ctx context.Context, db *store.DB, name string, also io.Writer) (dragoman.Known, error) {
	all, err := db.Named(ctx, name)
	if err != nil {
		return dragoman.Known{}, err
	}
	if len(all) == 0 {
		like, err := db.Actors(ctx, name, "", "", 5)
		if err != nil || len(like) == 0 {
			return dragoman.Known{}, fmt.Errorf("nobody called %q is in the database; dragoman actors lists who is", name)
		}
		return dragoman.Known{}, fmt.Errorf("nobody called %q is in the database; is it %s?", name, names(like))
	}
	if len(all) > 1 {
		fmt.Fprintf(also, "dragoman: %q is taken for %s; others of that name: %s\n", name, all[0].ID, names(all[1:]))
	}
	return all[0], nil
}

func names(all []dragoman.Known) string {
	out := ""
	for i, k := range all {
		if i > 0 {
			out += ", "
		}
		out += fmt.Sprintf("%s (%s)", k.ID, k.Name)
	}
	return out
}
