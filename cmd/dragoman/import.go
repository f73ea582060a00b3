package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/exchange"
	"dragoman/store"
)

func newImport(o *options) *cobra.Command {
	d := &database{options: o, makes: true}
	var provider, format string
	cmd := &cobra.Command{
		Use:   "import FILE|FOLDER|-…",
		Short: "Store events of other providers, as GDELT, ICEWS or POLECAT",
		Long: `Store the events of other providers, to set them beside those that are read from
articles: dragoman dyad shows both. They stand apart and change nothing of what is
told, counted and watched of articles. Files may be packed with gzip, zstd, bzip2 or
zip; of a folder all files are taken, and of the tables of dragoman export those of
events. Formats that are read:
` + importable() + `
A provider is called as its format, or as --provider says. What it has already, by its
own number of the event, is passed over: so the same command goes on where it was
interrupted. Rows that cannot be read are counted, and the first of them named.
dragoman providers lists whose events are stored, and removes them.
` + statuses,
		Example: `  dragoman import 20250212*.export.CSV.zip
  dragoman import --provider icews-2024 icews/events.2024.tab
  zcat polecat-2024.txt.gz | dragoman import --format polecat -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			im := &importer{cmd: cmd, ctx: cmd.Context(), from: d, provider: provider}
			if format != "" {
				f, err := exchange.Readable(format)
				if err != nil {
					return fmt.Errorf("--format: %w", err)
				}
				im.format = &f
			}
			if provider != "" {
				if err := store.NameOfProvider(provider); err != nil {
					return fmt.Errorf("--provider: %w", err)
				}
			}
			boundMemory(storingMemory)
			var err error
			if im.book, err = loading(o, exchange.Load); err != nil {
				return err
			}
			err = im.run(args)
			if im.db != nil {
				err = cmp.Or(err, im.db.Close())
			}
			return err
		},
	}
	d.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&provider, "provider", "", "whose events they are (default: the name of the format)")
	f.StringVar(&format, "format", "", "the format of all files (default: as each looks)")
	return cmd
}

// importable lists the formats that are read.
func importable() string {
	var b strings.Builder
	for _, f := range exchange.Formats {
		if f.Read != nil {
			fmt.Fprintf(&b, "  %-16s %s\n", f.Name, f.About)
		}
	}
	return b.String()
}

// importer stores the events of files.
type importer struct {
	cmd      *cobra.Command
	ctx      context.Context
	from     *database
	db       *store.DB // nil: there was nothing to store yet, and none is made for nothing
	book     *exchange.Codebook
	provider string           // empty: as the format of each file
	format   *exchange.Format // nil: as each file looks
	progress *progress

	names   []string            // of providers, in the order in which they come
	sums    map[string]*imports // of each
	failed  int                 // files
	known   int                 // files of a known format
	walking bool                // through a folder
	held    []unknownFile       // in it
	badRows int
}

// imports are what came of the events of one provider.
type imports struct{ stored, known int }

func (im *importer) run(args []string) error {
	im.sums, im.progress = map[string]*imports{}, newProgress(im.cmd.ErrOrStderr(), args)
	begun := time.Now()
	err := im.all(args)
	im.progress.clear()
	err = cmp.Or(err, im.report(time.Since(begun)))
	if err != nil || im.failed+im.badRows == 0 {
		return err
	}
	var bad []string
	if im.failed > 0 {
		bad = append(bad, plural(im.failed, "input"))
	}
	if im.badRows > 0 {
		bad = append(bad, plural(im.badRows, "row"))
	}
	return unreadable{fmt.Errorf("%s could not be read", strings.Join(bad, " and "))}
}

// report says what was stored, also where it was not all.
func (im *importer) report(took time.Duration) error {
	for _, name := range im.names {
		sum, rate := im.sums[name], ""
		if seconds := took.Seconds(); sum.stored > 0 && seconds > 1 && len(im.names) == 1 {
			rate = fmt.Sprintf(" in %s, %.0f a second", took.Round(time.Second), float64(sum.stored)/seconds)
		}
		if _, err := fmt.Fprintf(im.cmd.OutOrStdout(), "%s: %s stored%s, %d were there\n", name, plural(sum.stored, "event"), rate, sum.known); err != nil {
			return err
		}
	}
	return nil
}

// all imports what is named. What cannot be read is told and passed over.
func (im *importer) all(args []string) error {
	for _, name := range args {
		var err error
		if name == "-" {
			err = im.packed("standard input", im.cmd.InOrStdin())
		} else if info, failed := os.Stat(name); failed == nil && info.IsDir() {
			err = im.folder(name)
		} else {
			err = im.file(name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// folder imports the files of a folder; of one that dragoman export made of tables,
// the table of events. Where nothing in it is of a known format, that is one fault.
func (im *importer) folder(name string) error {
	im.walking, im.held = true, nil
	known, failed := im.known, im.failed
	err := filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return im.fault(path, err)
		case path != name && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			if events := im.eventsIn(path); events != "" {
				return cmp.Or(im.file(events), fs.SkipDir)
			}
			return nil
		case path != name && !d.Type().IsRegular():
			return nil // a pipe would wait for somebody
		}
		return im.file(path)
	})
	im.walking = false
	if err != nil {
		return err
	}
	if im.known == known && im.failed == failed {
		return im.fault(name, fmt.Errorf("no file in it is in a format that is read (%s); give files of a provider, or a folder that dragoman export --format csv or parquet wrote",
			strings.Join(exchange.Names(func(f exchange.Format) bool { return f.Read != nil }), ", ")))
	}
	for _, h := range im.held {
		err = cmp.Or(err, im.fault(h.name, h.err))
	}
	return err
}

// eventsIn returns the table of events of a folder of tables, of two the one that was
// written last; "" where the folder is none.
func (im *importer) eventsIn(folder string) (path string) {
	if _, err := os.Stat(filepath.Join(folder, "dictionary.csv")); err != nil {
		return ""
	}
	var written time.Time
	for _, format := range exchange.TableFormats {
		events := filepath.Join(folder, "events."+format)
		info, err := os.Stat(events)
		if err == nil && (im.format == nil || im.format.Name == format) && !info.ModTime().Before(written) {
			path, written = events, info.ModTime()
		}
	}
	return path
}

// strange tells of an input that is of no known format; of one in a folder only when
// all of the folder was seen.
func (im *importer) strange(name string, err error) error {
	if !im.walking {
		return im.fault(name, err)
	}
	im.held = append(im.held, unknownFile{name, err})
	return im.ctx.Err()
}

// unknownFile is one of no known format.
type unknownFile struct {
	name string
	err  error
}

// fault tells what is wrong with an input.
func (im *importer) fault(name string, err error) error {
	im.failed++
	im.say(name + ": " + plain(err.Error()))
	return im.ctx.Err()
}

func (im *importer) say(what string) {
	im.progress.clear()
	fmt.Fprintln(im.cmd.ErrOrStderr(), "dragoman:", what)
}

// file imports a file, of a zip archive all that are in it.
func (im *importer) file(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return im.fault(path, errors.New("there is no such file"))
	}
	if err != nil {
		return im.fault(path, err)
	}
	defer f.Close()
	in := watched{f, im.progress}
	archive, err := zipOf(in)
	if err != nil {
		return im.fault(path, err)
	}
	if archive == nil {
		return im.packed(path, in)
	}
	for _, member := range archive.File {
		if member.FileInfo().IsDir() {
			continue
		}
		name := path + "/" + plain(member.Name)
		r, err := member.Open()
		if err == nil {
			err = im.packed(name, packed{r, "zip", func() {}})
			r.Close() // what is wrong with it was told when it was read
		} else {
			err = im.fault(name, damage("zip", err))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// watched tells progress of what is read.
type watched struct {
	*os.File
	progress *progress
}

func (w watched) Read(b []byte) (int, error) {
	n, err := w.File.Read(b)
	w.progress.add(n)
	return n, err
}

func (w watched) ReadAt(b []byte, at int64) (int, error) {
	n, err := w.File.ReadAt(b, at)
	w.progress.add(n)
	return n, err
}

// packed imports what is in r, unpacked.
func (im *importer) packed(name string, r io.Reader) error {
	buffered := bufio.NewReaderSize(r, 64<<10)
	if head, _ := buffered.Peek(len(zipMagic)); bytes.Equal(head, zipMagic) {
		return im.fault(name, errors.New("it is a zip archive, which is read from a file only, and not within another: give the path of it"))
	}
	in, err := unpacked(buffered)
	if err != nil {
		return im.fault(name, err)
	}
	defer in.Close()
	return im.events(name, in)
}

// events imports the events of one file. What was read before a fault of the file
// is stored.
func (im *importer) events(name string, r io.Reader) error {
	in := bufio.NewReaderSize(r, 64<<10)
	format := im.format
	if format == nil {
		f, err := exchange.Detect(in)
		if bad := (damaged{}); errors.As(err, &bad) {
			return im.fault(name, bad)
		}
		if err != nil {
			return im.strange(name, fmt.Errorf("%w; --format says which it is", err))
		}
		format = &f
	}
	im.known++
	reader := format.Read(in, im.book)
	if c, ok := reader.(io.Closer); ok {
		defer c.Close()
	}
	var broken error // of the file; any other ends the import
	next := func() (dragoman.Record, error) {
		for {
			r, err := reader.Next()
			var fault *exchange.Fault
			switch {
			case errors.As(err, &fault):
				im.badRow(name, fault)
			case err != nil && !errors.Is(err, io.EOF):
				broken = err
				return r, err
			default:
				return r, err
			}
			if err := im.ctx.Err(); err != nil {
				return r, err
			}
		}
	}
	stored, known, err := im.store(cmp.Or(im.provider, format.Name), next)
	if stored+known > 0 || err == nil {
		im.count(cmp.Or(im.provider, format.Name), stored, known)
	}
	if broken != nil && errors.Is(err, broken) {
		return im.fault(name, broken)
	}
	return err
}

// store stores the events that next returns, if there are any.
func (im *importer) store(provider string, next func() (dragoman.Record, error)) (stored, known int, err error) {
	first, err := next()
	if errors.Is(err, io.EOF) {
		return 0, 0, nil
	}
	if err == nil && im.db == nil {
		im.db, err = im.from.open(im.ctx)
	}
	if err != nil {
		return 0, 0, err
	}
	begun := false
	return im.db.Provide(im.ctx, provider, func() (dragoman.Record, error) {
		if !begun {
			begun = true
			return first, nil
		}
		return next()
	})
}

// badRow counts a row that cannot be read, and names the first few.
func (im *importer) badRow(name string, fault *exchange.Fault) {
	const few = 10
	switch im.badRows++; {
	case im.badRows <= few:
		im.say(fmt.Sprintf("%s:%d: %s", name, fault.Line, plain(fault.Err.Error())))
	case im.badRows == few+1:
		im.say("more rows cannot be read; they are counted")
	}
}

func (im *importer) count(provider string, stored, known int) {
	if !slices.Contains(im.names, provider) {
		im.names, im.sums[provider] = append(im.names, provider), &imports{}
	}
	im.sums[provider].stored += stored
	im.sums[provider].known += known
}
