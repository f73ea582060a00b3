package main

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"dragoman/actor"
	"dragoman/attribution"
	"dragoman/clerk"
	"dragoman/data"
	"dragoman/date"
	"dragoman/event"
	"dragoman/exchange"
	"dragoman/mention"
	"dragoman/place"
	"dragoman/story"
	"dragoman/syntax"
	"dragoman/tie"
)

func newData(o *options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "data",
		Short: "Look at the tables, check them, and add to them",
		Long: `The program's words and facts are tables; --data DIR lays a folder of your own
over them: a file of the same name replaces, X.more.tsv adds to X.tsv.
` + statuses,
		Example: `  dragoman data list
  dragoman data check --data mydata
  dragoman data add geonames --data mydata allCountries.zip
  dragoman data add cameo --data mydata myactors.txt myverbs.txt`,
		Args: cobra.NoArgs,
		RunE: needsCommand,
	}
	add := &cobra.Command{
		Use:   "add",
		Short: "Add data of others to a folder of your own",
		Long:  "Add data of others to a folder of your own.\n" + statuses,
		Args:  cobra.NoArgs,
		RunE:  needsCommand,
	}
	add.AddCommand(newAddGeoNames(o), newAddCAMEO(o), newAddFollowTheMoney(o), newAddWikidata(o))
	cmd.AddCommand(add, newDataList(o), newDataCheck(o))
	return cmd
}

func newDataList(o *options) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the tables and how many rows each has",
		Long:    "List the tables that are in effect, how many rows each has, and whose it is.\n" + statuses,
		Example: "  dragoman data list --data mydata",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, err := o.files()
			if err != nil {
				return err
			}
			paths, err := tables(files)
			if err != nil {
				return err
			}
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 8, 2, ' ', 0)
			var faults []error
			for _, path := range paths {
				n, err := rows(files, path)
				if err != nil {
					faults = append(faults, err)
					continue
				}
				fmt.Fprintf(w, "%s\t%d rows\t%s\n", path, n, o.whose(path))
			}
			return errors.Join(w.Flush(), errors.Join(faults...))
		},
	}
}

// whose says whether a table is built in, the user's, or both.
func (o *options) whose(path string) string {
	if o.dataDir == "" {
		return "built in"
	}
	has := func(path string) bool {
		_, err := os.Stat(filepath.Join(o.dataDir, filepath.FromSlash(path)))
		return err == nil
	}
	switch {
	case has(path):
		return o.dataDir
	case has(strings.TrimSuffix(path, ".tsv") + ".more.tsv"):
		return "built in, and more in " + o.dataDir
	}
	return "built in"
}

// tables returns the paths of all tables, without those that are read as part
// of another.
func tables(files fs.FS) ([]string, error) {
	var paths []string
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".tsv") {
			return err
		}
		if base, ok := strings.CutSuffix(path, ".more.tsv"); ok {
			if _, err := fs.Stat(files, base+".tsv"); err == nil {
				return nil
			}
			return fmt.Errorf("%s adds to %s.tsv, which is not there", path, base)
		}
		paths = append(paths, path)
		return nil
	})
	return paths, err
}

// rows counts the rows of a table. The user's dump of places may be larger than
// memory, so it is counted and not read.
func rows(files fs.FS, path string) (int, error) {
	if path != place.DumpPath {
		t, err := data.Read(files, path)
		if err != nil {
			return 0, err
		}
		return t.Len(), nil
	}
	f, err := files.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return countRows(f)
}

func countRows(r io.Reader) (int, error) {
	buf := make([]byte, 1<<16)
	n, start, comment := -1, true, false // the header is no row
	for {
		k, err := r.Read(buf)
		for _, c := range buf[:k] {
			if start {
				comment = c == '#'
			}
			if start = c == '\n'; start && !comment {
				n++
			}
		}
		if err == io.EOF {
			return max(n, 0), nil
		}
		if err != nil {
			return 0, err
		}
	}
}

func newDataCheck(o *options) *cobra.Command {
	return &cobra.Command{
		Use:     "check",
		Short:   "Load all tables and weights and say what is wrong with them",
		Long:    "Load all tables and weights, yours laid over, and say what is wrong as file:line.\n" + statuses,
		Example: "  dragoman data check --data mydata",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, err := o.files()
			if err != nil {
				return err
			}
			paths, err := tables(files)
			if err != nil {
				return err
			}
			// Every table is read first, so that all of them tell their fault and not
			// only the first that a room comes upon.
			var faults []error
			for _, path := range paths {
				if _, err := rows(files, path); err != nil {
					faults = append(faults, err)
				}
			}
			for _, load := range rooms {
				if err := load(files); err != nil {
					faults = append(faults, err)
				}
			}
			faults = append(faults, checkDictionaries(cmd, files))
			if err := errors.Join(once(faults)...); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%d tables are in order\n", len(paths))
			return nil
		},
	}
}

// rooms load the tables and weights of each room by itself, so that each tells what is
// wrong with its own.
var rooms = []func(fs.FS) error{
	loads(syntax.Load), loads(attribution.Load), loads(mention.Load), loads(place.Load), loads(actor.Load), loads(date.Load),
	loads(event.Load), loads(tie.Load), loads(story.Load), loads(exchange.Load),
}

// loads only says whether a room loads.
func loads[T any](load func(fs.FS) (T, error)) func(fs.FS) error {
	return func(files fs.FS) error {
		_, err := load(files)
		return err
	}
}

// once leaves out what was told before, as of a table that several rooms read.
func once(faults []error) (all []error) {
	for _, err := range faults {
		if err != nil && !slices.ContainsFunc(all, func(told error) bool { return strings.Contains(err.Error(), told.Error()) }) {
			all = append(all, err)
		}
	}
	return all
}

func newAddGeoNames(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "geonames FILE…",
		Short: "Add the places of GeoNames dumps to a folder of your own",
		Long: `Turn GeoNames dumps (allCountries.zip, a country's XX.zip, cities1000.zip; the
text inside or a gzip of it) into a file that every command with the same --data
DIR searches beside the built-in places. It takes the place of an earlier one.
` + statuses,
		Example: `  dragoman data add geonames --data mydata AF.zip TJ.zip
  dragoman read --data mydata article.txt`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.dataDir == "" {
				return errors.New("--data DIR says in which folder the places are kept; it is created where it is not there")
			}
			return addGeoNames(cmd, filepath.Join(o.dataDir, filepath.FromSlash(place.DumpPath)), o.dataDir, args)
		},
	}
}

func addGeoNames(cmd *cobra.Command, out, dir string, paths []string) (err error) {
	dumps, err := openDumps(paths)
	if err != nil {
		return unreadable{err}
	}
	defer func() { err = errors.Join(err, dumps.Close()) }()
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	shown, kept := 0, 0
	err = clerk.ReplaceFile(out, func(w io.Writer) (err error) {
		kept, err = place.Import(stoppable{cmd.Context(), dumps}, w, func(lines int) {
			if lines-shown >= 1_000_000 {
				shown = lines
				fmt.Fprintf(cmd.ErrOrStderr(), "%d lines\n", lines)
			}
		})
		if err != nil {
			return unreadable{fmt.Errorf("%s: %w", strings.Join(paths, ", "), err)}
		}
		if kept == 0 {
			return unreadable{fmt.Errorf("%s: there is no place in it; a dump of GeoNames has 19 columns, separated by tabs", strings.Join(paths, ", "))}
		}
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: %d places. Use them with --data %s\n", out, kept, dir)
	return nil
}

// stoppable is a reader that ends when the context does.
type stoppable struct {
	ctx context.Context
	io.Reader
}

func (s stoppable) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(b)
}

// parts are several inputs, one after the other, that are closed together.
type parts struct {
	io.Reader
	closers []io.Closer
}

func (p *parts) Close() error {
	var errs []error
	for _, c := range p.closers {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

func openDumps(paths []string) (*parts, error) {
	p := &parts{}
	var readers []io.Reader
	for _, path := range paths {
		r, err := openDump(path)
		if err != nil {
			return nil, errors.Join(err, p.Close())
		}
		p.closers = append(p.closers, r)
		readers = append(readers, r, strings.NewReader("\n"))
	}
	p.Reader = io.MultiReader(readers...)
	return p, nil
}

// openDump opens a dump: text, gzip, or the one table in a zip archive beside
// its readme.
func openDump(path string) (io.ReadCloser, error) {
	if !strings.EqualFold(filepath.Ext(path), ".zip") {
		return open(path)
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	p := &parts{closers: []io.Closer{z}}
	var readers []io.Reader
	for _, f := range z.File {
		if base := strings.ToLower(filepath.Base(f.Name)); !strings.HasSuffix(base, ".txt") || strings.Contains(base, "readme") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", path, err), p.Close())
		}
		p.closers = append(p.closers, r)
		readers = append(readers, r, strings.NewReader("\n"))
	}
	if len(readers) == 0 {
		return nil, errors.Join(fmt.Errorf("%s holds no table (a .txt file)", path), p.Close())
	}
	p.Reader = io.MultiReader(readers...)
	return p, nil
}
