package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"dragoman/clerk"
	"dragoman/dictionary"
	"dragoman/exchange"
)

func newAddCAMEO(o *options) *cobra.Command {
	var instead bool
	cmd := &cobra.Command{
		Use:   "cameo FILE…",
		Short: "Add dictionaries in CAMEO format to a folder of your own",
		Long: `Add dictionaries as TABARI and PETRARCH read them (actors with dated codes, agents,
verbs with patterns and synonym sets, discards; text or gzip) to a folder; every
command with the same --data DIR goes by them. What kind a file is shows in what
it holds. Every malformed line is named, the others are added; a file of which more
than half is malformed is none. Codes of events that CAMEO has not are named too.

They are laid over the program's own words: who is in them has their code, and what
their verbs tell is an event, of their code where both know it. With --instead, who is
not in the dictionaries of actors has no code, and what those of verbs do not tell is
no event. docs/dictionaries.md says how they are read.
` + statuses,
		Example: `  dragoman data add cameo --data mydata Phoenix.Countries.actors.txt Phoenix.agents.txt
  dragoman data add cameo --data mydata --instead CAMEO.2.0.txt
  dragoman read --data mydata article.txt`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.dataDir == "" {
				return errors.New("--data DIR says in which folder the dictionaries are kept; it is created where it is not there")
			}
			folder := dictionary.Over
			if instead {
				folder = dictionary.Instead
			}
			if slices.Contains(args, "-") {
				return errors.New("standard input is not read: name a file, under whose name the dictionary is kept")
			}
			files, err := o.filesOrBuiltIn()
			if err != nil {
				return err
			}
			book, err := exchange.Load(files)
			if err != nil {
				return err
			}
			return addDictionaries(cmd, filepath.Join(o.dataDir, filepath.FromSlash(folder)), book, args)
		},
	}
	cmd.Flags().BoolVar(&instead, "instead", false, "instead of the program's own words, not over them")
	return cmd
}

// addDictionaries looks through dictionaries and puts them into a folder.
func addDictionaries(cmd *cobra.Command, folder string, book *exchange.Codebook, paths []string) error {
	failed := 0
	for _, path := range paths {
		if err := addDictionary(cmd, folder, book, path); err != nil {
			fmt.Fprintln(cmd.ErrOrStderr(), "dragoman:", err)
			failed++
		}
	}
	if failed > 0 {
		return inputError{failed}
	}
	return nil
}

func addDictionary(cmd *cobra.Command, folder string, book *exchange.Codebook, path string) error {
	if err := noFile(path); err != nil {
		return err
	}
	if err := wronglyPacked(path); err != nil {
		return err
	}
	d, faults, err := dictionary.Load(os.DirFS(filepath.Dir(path)), filepath.Base(path))
	if err != nil {
		return err
	}
	if bad := malformed(faults); 2*bad > d.Lines() {
		tellFaults(cmd.ErrOrStderr(), faults[:min(len(faults), mostTold)])
		return fmt.Errorf("%s: it is no dictionary: %d of %d lines are malformed or without a code; it is not added", path, bad, d.Lines())
	}
	tellFaults(cmd.ErrOrStderr(), faults)
	if d.Counts() == (dictionary.Counts{}) {
		return fmt.Errorf("%s holds no dictionary of actors, agents, verbs or discards", path)
	}
	tellUnknown(cmd.ErrOrStderr(), d, book)
	out := filepath.Join(folder, filepath.Base(path))
	if err := copyFile(path, out); err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: %s; malformed lines: %d\n", out, d.Counts(), malformed(faults))
	return nil
}

// wronglyPacked says how a file is packed, if in a way in which dictionaries are not
// read.
func wronglyPacked(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, 4)
	n, _ := io.ReadFull(f, head) // an error comes again with the reading
	for kind, magic := range map[string][]byte{"zstd": zstdMagic, "bzip2": bzip2Magic, "zip": zipMagic} {
		if bytes.HasPrefix(head[:n], magic) {
			return fmt.Errorf("%s: it is packed as %s; a dictionary is text or gzip: unpack it first", path, kind)
		}
	}
	return nil
}

// checkDictionaries says what is wrong with the dictionaries of a data folder.
func checkDictionaries(cmd *cobra.Command, files fs.FS) error {
	d, err := dictionary.LoadLaid(files)
	if err != nil || d == nil {
		return err
	}
	book, err := exchange.Load(files)
	if err != nil {
		return err
	}
	tellFaults(cmd.ErrOrStderr(), d.Faults)
	tellUnknown(cmd.ErrOrStderr(), d.Dictionary, book)
	fmt.Fprintf(cmd.OutOrStdout(), "dictionaries: %s; malformed lines: %d\n", d.Counts(), malformed(d.Faults))
	return nil
}

// malformed counts the lines that have faults.
func malformed(faults []dictionary.Fault) int {
	lines := map[dictionary.Fault]bool{}
	for _, f := range faults {
		f.What = ""
		lines[f] = true
	}
	return len(lines)
}

// mostTold is how many of many are named.
const mostTold = 10

// tellUnknown names codes of events that CAMEO has not, nor what they would be a part
// of: they make no event.
func tellUnknown(w io.Writer, d *dictionary.Dictionary, book *exchange.Codebook) {
	unknown := 0
	for code, where := range d.EventCodes() {
		if _, known := book.Code(code); known {
			continue
		}
		if unknown++; unknown <= mostTold {
			fmt.Fprintf(w, "dragoman: %s: CAMEO has no code %s\n", where, code)
		}
	}
	if unknown > 0 {
		fmt.Fprintf(w, "dragoman: codes of events that plover/cameo.tsv does not have: %d; they make no event\n", unknown)
	}
}

func tellFaults(w io.Writer, faults []dictionary.Fault) {
	for _, f := range faults {
		fmt.Fprintln(w, "dragoman:", f)
	}
}

// copyFile puts a copy in the place of what is there, when it is whole.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return clerk.ReplaceFile(to, func(w io.Writer) error { _, err := io.Copy(w, in); return err })
}
