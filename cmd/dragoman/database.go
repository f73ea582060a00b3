package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/clerk"
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

func (d *database) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&d.path, "db", "", "the database, a file (default "+defaultDatabase("~/.local/share")+")")
}

// tells adds the flag of commands that tell what is stored.
func (d *database) tells(cmd *cobra.Command) {
	d.flags(cmd)
	cmd.Flags().Float64Var(&d.minimum, "min-confidence", clerk.Sure, "leave out events below this confidence (0 to 1)")
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
	if _, err := os.Stat(path); err != nil && !errors.Is(err, fs.ErrPermission) && !d.makes {
		return nil, unreadable{fmt.Errorf("there is no database at %s; dragoman add makes one", path)}
	}
	return store.Open(ctx, path)
}

// command is a command that does something with the database.
func (d *database) command(use, short, long, example string, args cobra.PositionalArgs, run func(cmd *cobra.Command, args []string, db *store.DB) error) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short, Long: long + "\n" + statuses, Example: "  dragoman " + example, Args: args,
		RunE: func(cmd *cobra.Command, args []string) error {
			db, err := d.open(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			return run(cmd, args, db)
		}}
	d.flags(cmd)
	return cmd
}

// desk opens the database and what answers questions about it: a clerk who
// reads nothing.
func (d *database) desk(ctx context.Context) (*clerk.Clerk, error) {
	desk, err := loading(d.options, story.Load)
	if err != nil {
		return nil, err
	}
	db, err := d.open(ctx)
	return &clerk.Clerk{DB: db, Desk: desk, Program: Version, Post: environment()}, err
}

// clerk opens the database and what reads articles.
func (d *database) clerk(ctx context.Context) (*clerk.Clerk, error) {
	c, err := loading(d.options, func(files fs.FS) (*clerk.Clerk, error) { return clerk.New(files, nil, Version) })
	if err != nil {
		return nil, err
	}
	c.Post = environment()
	c.DB, err = d.open(ctx)
	return c, err
}

// environment says how mail is sent where no flag does.
func environment() clerk.Post {
	return clerk.Post{Server: os.Getenv("DRAGOMAN_SMTP"), From: os.Getenv("DRAGOMAN_FROM")}
}

// known returns the one actor of a name; what else it may mean is said.
func known(ctx context.Context, db *store.DB, name string, also io.Writer) (dragoman.Known, error) {
	k, others, err := clerk.Known(ctx, db, name)
	if len(others) > 0 {
		say(also, clerk.Taken{Name: name, For: k, Others: others})
	}
	return k, err
}

// say tells what names may mean too.
func say(also io.Writer, all ...clerk.Taken) {
	for _, t := range all {
		fmt.Fprintln(also, "dragoman:", t)
	}
}

// telling tells what could not be delivered.
func telling(errs io.Writer) func(string) {
	return func(fault string) { fmt.Fprintln(errs, "dragoman:", fault) }
}
