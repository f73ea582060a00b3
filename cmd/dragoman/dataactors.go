package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dragoman/actor"
	"dragoman/clerk"
	"dragoman/data"
)

// The tables to which actors of others are added.
const (
	personsPath       = "actors/persons.more.tsv"
	organisationsPath = "actors/organisations.more.tsv"
)

const addedActors = `
They are written into actors/persons.more.tsv and actors/organisations.more.tsv of
the folder, between two comments, in the place of those that this command wrote
there before; other rows stay. Left out is whatever could be taken for somebody
else: names of one word, titles, what our tables know by its words, names that two
of one country bear. What was left out and why is told (docs/actors.md). Ctrl-C
leaves what was there.
` + statuses

func newAddFollowTheMoney(o *options) *cobra.Command {
	var topics []string
	cmd := &cobra.Command{
		Use:   "followthemoney FILE…",
		Short: "Add the actors of OpenSanctions or FollowTheMoney files to a folder of your own",
		Long: `Turn persons, companies, public bodies and organisations of FollowTheMoney's JSON
Lines (entities.ftm.json of OpenSanctions; also packed as .gz or .zst; - for
standard input) into actors that every command with the same --data DIR knows.
` + addedActors,
		Example: `  dragoman data add followthemoney --data mydata entities.ftm.json
  zstdcat peps.zst | dragoman data add followthemoney --data mydata --topic role.pep -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.addActors(cmd, "FollowTheMoney", args, func(s *actor.Roster, r io.Reader, tell *teller) error {
				return s.FollowTheMoney(r, topics, tell.fault, tell.progress)
			})
		},
	}
	cmd.Flags().StringSliceVar(&topics, "topic", nil, "only who has one of these topics, as role.pep or sanction")
	return cmd
}

func newAddWikidata(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "wikidata FILE…",
		Short: "Add the actors of Wikidata's JSON to a folder of your own",
		Long: `Turn persons in office and organisations of Wikidata's JSON (a dump or a part of
one, answers of Special:EntityData, a list of items; also packed as .gz, .bz2 or
.zst; - for standard input) into actors that every command with the same --data DIR
knows. The items of the positions that persons hold have to be in the files too.
` + addedActors,
		Example: `  dragoman data add wikidata --data mydata latest-all.json.bz2
  dragoman data add wikidata --data mydata Q76.json Q11696.json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.addActors(cmd, "Wikidata", args, func(s *actor.Roster, r io.Reader, tell *teller) error {
				return s.Wikidata(r, tell.fault, tell.progress)
			})
		},
	}
}

// addActors reads all files and writes what is kept into the user's folder.
func (o *options) addActors(cmd *cobra.Command, from string, paths []string, read func(*actor.Roster, io.Reader, *teller) error) error {
	if o.dataDir == "" {
		return errors.New("--data DIR says in which folder the actors are kept; it is created where it is not there")
	}
	files, err := o.filesOrBuiltIn()
	if err != nil {
		return err
	}
	columns, more := actor.Columns()
	persons, err := openBlock(filepath.Join(o.dataDir, filepath.FromSlash(personsPath)), from, columns)
	if err != nil {
		return err
	}
	organisations, err := openBlock(filepath.Join(o.dataDir, filepath.FromSlash(organisationsPath)), from, more)
	if err != nil {
		return err
	}
	// The rows that are to be replaced are nobody whom our tables know.
	roster, err := actor.NewRoster(without{files, map[string]*block{personsPath: persons, organisationsPath: organisations}}, from)
	if err != nil {
		return err
	}
	for _, path := range paths {
		if err := readActors(cmd, roster, path, read); err != nil {
			return unreadable{err}
		}
	}
	tally, err := roster.Write(&persons.rows, &organisations.rows)
	if err != nil {
		return err
	}
	if tally.Read == 0 {
		return unreadable{fmt.Errorf("%s: there is nothing of %s in it", strings.Join(paths, ", "), from)}
	}
	// A Ctrl-C while it was reckoned leaves what was there.
	if err := cmd.Context().Err(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(o.dataDir, "actors"), 0o755); err != nil {
		return err
	}
	if err := errors.Join(organisations.save(), persons.save()); err != nil {
		return err
	}
	for _, d := range tally.Dropped {
		fmt.Fprintf(cmd.ErrOrStderr(), "dragoman: %d left out: %s\n", d.Count, d.Why)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: of %d entries %d persons with %d offices, %d organisations, %d names; %d are known already. Use them with --data %s\n",
		filepath.Join(o.dataDir, "actors"), tally.Read, tally.Persons, tally.Offices, tally.Organisations, tally.Names, tally.Known, o.dataDir)
	return nil
}

func readActors(cmd *cobra.Command, roster *actor.Roster, path string, read func(*actor.Roster, io.Reader, *teller) error) error {
	in, err := openActors(path, cmd.InOrStdin())
	if err != nil {
		return err
	}
	tell := &teller{w: cmd.ErrOrStderr(), path: path}
	err = read(roster, stoppable{cmd.Context(), in}, tell)
	tell.done()
	if err = errors.Join(err, in.Close()); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// teller tells what is wrong with lines, the first ones, and how far the reading has come.
type teller struct {
	w      io.Writer
	path   string
	faults int
	shown  int
}

func (t *teller) fault(line int, err error) {
	const most = 10
	if t.faults++; t.faults <= most {
		fmt.Fprintf(t.w, "dragoman: %s:%d: %v; it is left out\n", t.path, line, err)
	}
}

func (t *teller) progress(lines int) {
	if lines-t.shown >= 1_000_000 {
		t.shown = lines
		fmt.Fprintf(t.w, "%d lines\n", lines)
	}
}

func (t *teller) done() {
	const most = 10
	if t.faults > most {
		fmt.Fprintf(t.w, "dragoman: %s: %d more lines are left out\n", t.path, t.faults-most)
	}
}

// openActors opens a file, or standard input, and unpacks it.
func openActors(path string, stdin io.Reader) (io.ReadCloser, error) {
	if path != "-" {
		if err := noFile(path); err != nil {
			return nil, err
		}
		return open(path)
	}
	in, err := unpacked(stdin)
	if err != nil {
		err = fmt.Errorf("standard input: %w", err)
	}
	return in, err
}

// noFile says why a path is none of a file; nil where it is one.
func noFile(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: there is no such file", path)
	case err == nil && info.IsDir():
		return fmt.Errorf("%s: it is a folder; name the files in it", path)
	}
	return err
}

// filesOrBuiltIn returns the tables to work with where the user's folder need not be
// there yet.
func (o *options) filesOrBuiltIn() (fs.FS, error) {
	files, err := o.files()
	if errors.Is(err, fs.ErrNotExist) {
		return data.Embedded(), nil
	}
	return files, err
}

// block is a table that adds to another, and the part of it that this program wrote.
type block struct {
	path        string
	from        string
	head, tail  []byte // of the user's own: before and behind the block, the header first
	columns     []string
	rows        bytes.Buffer // of the columns that a Roster writes
	wanted      []string
	placeholder bool // there was no such file
}

const (
	blockBegins = "# From %s, written by dragoman data add: not to be edited; run it again."
	blockEnds   = "# End of what is from %s."
)

// openBlock reads a table and takes out what was written into it of that source.
func openBlock(path, from string, wanted []string) (*block, error) {
	b := &block{path: path, from: from, columns: wanted, wanted: wanted}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		b.placeholder = true
		b.head = []byte(strings.Join(wanted, "\t") + "\n")
		return b, nil
	}
	if err != nil {
		return nil, err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if n := len(text); n > 0 && text[n-1] != '\n' {
		text = append(text, '\n')
	}
	begin, end := fmt.Appendf(nil, blockBegins+"\n", from), fmt.Appendf(nil, blockEnds+"\n", from)
	b.head = text
	if i := bytes.Index(text, begin); i >= 0 {
		k := bytes.Index(text[i:], end)
		if k < 0 {
			return nil, fmt.Errorf("%s: what begins with %q has no end; the line %q is missing", path, bytes.TrimSpace(begin), bytes.TrimSpace(end))
		}
		b.head, b.tail = text[:i:i], text[i+k+len(end):]
	}
	return b, b.readHeader()
}

// readHeader finds the columns of the user's table, and adds to it those that are
// missing: his rows are the same with an empty cell more.
func (b *block) readHeader() error {
	lines := strings.SplitAfter(string(b.head), "\n")
	at := slices.IndexFunc(lines, func(l string) bool { return strings.TrimSpace(l) != "" && l[0] != '#' })
	if at < 0 {
		b.head = append(slices.Clip(b.head), strings.Join(b.wanted, "\t")+"\n"...)
		return nil
	}
	b.columns = strings.Split(strings.TrimRight(lines[at], "\r\n"), "\t")
	var missing []string
	for _, c := range b.wanted {
		if !slices.Contains(b.columns, c) {
			missing = append(missing, c)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	b.columns = append(b.columns, missing...)
	b.head = []byte(widened(lines[:at+1], "\t"+strings.Join(missing, "\t")) + widened(lines[at+1:], strings.Repeat("\t", len(missing))))
	b.tail = []byte(widened(strings.SplitAfter(string(b.tail), "\n"), strings.Repeat("\t", len(missing))))
	return nil
}

// widened adds more to the end of each line that is a row.
func widened(lines []string, more string) string {
	var b strings.Builder
	for _, l := range lines {
		if row := strings.TrimRight(l, "\r\n"); row != "" && row[0] != '#' {
			l = row + more + "\n"
		}
		b.WriteString(l)
	}
	return b.String()
}

// own is the table without the block.
func (b *block) own() []byte { return append(slices.Clip(b.head), b.tail...) }

// save puts the table in place, whole or not at all. One of which nothing is left is
// not written.
func (b *block) save() error {
	if b.placeholder && b.rows.Len() == 0 {
		return nil
	}
	return clerk.ReplaceFile(b.path, b.write)
}

func (b *block) write(to io.Writer) error {
	w := bufio.NewWriter(to)
	w.Write(b.head)
	if b.rows.Len() > 0 {
		fmt.Fprintf(w, blockBegins+"\n", b.from)
		cells := make([]string, len(b.columns))
		for row := range strings.Lines(b.rows.String()) {
			for i, cell := range strings.Split(strings.TrimSuffix(row, "\n"), "\t") {
				cells[slices.Index(b.columns, b.wanted[i])] = cell
			}
			w.WriteString(strings.Join(cells, "\t") + "\n")
		}
		fmt.Fprintf(w, blockEnds+"\n", b.from)
	}
	w.Write(b.tail)
	return w.Flush()
}

// without is a data folder in which some tables lack their blocks.
type without struct {
	fs.FS
	blocks map[string]*block
}

func (w without) Open(name string) (fs.File, error) {
	b, ok := w.blocks[name]
	if !ok || b.placeholder {
		return w.FS.Open(name)
	}
	f, err := w.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return rest{f, bytes.NewReader(b.own())}, nil
}

// rest is a file with another content.
type rest struct {
	fs.File
	content *bytes.Reader
}

func (r rest) Read(p []byte) (int, error) { return r.content.Read(p) }
