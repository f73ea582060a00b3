package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dragoman/data"
	"dragoman/pipeline"
	"dragoman/score"
	"dragoman/story"
)

// measure is one room's measure: what it reads and how it is taken.
type measure struct {
	room, short string
	files       []string // patterns below a folder of corpora, for "score all"
	take        func(r *pipeline.Reader, path string, tokenised bool) (fmt.Stringer, error)
}

var measures = []measure{
	{"syntax", "words, sentences, tags, lemmas and arcs against CoNLL-U; sentences against rules (JSON Lines)",
		[]string{"ud-english-ewt/en_ewt-ud-dev.conllu.gz", "ud-english-gum/en_gum-ud-dev.conllu.gz", "segmentation-golden-rules/english_spec.jsonl"}, scoreSyntax},
	{"names", "names against BIO files, pronouns against GAP",
		[]string{"ner-worldwide-newswire/worldwide-dev.tsv.gz", "uner-english/*dev*", "gap-coreference/*dev*"}, scoreNames},
	{"attributions", "source, cue and content spans against PolNeAR",
		[]string{"polnear/polnear-dev.tar.gz"}, func(r *pipeline.Reader, path string, _ bool) (fmt.Stringer, error) {
			return score.Attributions(r, path)
		}},
	{"relations", "the type of the relation between two marked parties, cross-validated; AW_train, which tells only the side, is read where it lies beside it",
		[]string{"plover-plv-aw/PLV_train.tsv"}, scoreRelations},
	{"actors", "country and sector of phrases against cases of NGEC",
		[]string{"ngec-actors/actor_resolution_cases.jsonl"}, scoreActors},
	{"places", "toponyms and coordinates against GeoVirus",
		[]string{"geoparsing/GeoVirus.xml.gz"}, func(r *pipeline.Reader, path string, _ bool) (fmt.Stringer, error) {
			return score.Places(r, path)
		}},
	{"dates", "expressions of time and their days against MEANTIME, Recognizers-Text and Duckling",
		[]string{"meantime/meantime-english.tar.gz", "datetime-recognizers-text/DateTimeModel.json.gz", "datetime-duckling/duckling-time-en.jsonl"},
		func(r *pipeline.Reader, path string, _ bool) (fmt.Stringer, error) { return score.Dates(r, path) }},
	{"status", "what happened and what did not against Universal Decompositional Semantics (the treebank and the ids lie beside it) or MEANTIME",
		[]string{"uds-factuality/factuality.json.gz", "meantime/meantime-english.tar.gz"}, scoreStatus},
	{"copies", "edited copies of articles found again (JSON Lines), and different stories of ECB+ that are taken for one (.tar.gz)",
		[]string{"raw-tehran-times/tehran-times.jsonl.gz", "ecbplus/ecbplus.tar.gz"},
		func(_ *pipeline.Reader, path string, _ bool) (fmt.Stringer, error) { return score.Copies(path) }},
	{"coreference", "the same event told in different articles against ECB+",
		[]string{"ecbplus/ecbplus.tar.gz"}, func(r *pipeline.Reader, path string, _ bool) (fmt.Stringer, error) {
			desk, err := story.Load(data.Embedded())
			if err != nil {
				return nil, err
			}
			return score.Coreference(r, desk, path)
		}},
	{"petrarch", "dictionaries in CAMEO format against PETRARCH's unit records, from their raw text; the dictionaries that the file names lie beside it",
		[]string{"petrarch-tests/PETR.UnitTest.records.xml.gz"}, func(r *pipeline.Reader, path string, _ bool) (fmt.Stringer, error) {
			return score.Petrarch(r.Syntax, r.Events.Grammar, path)
		}},
	{"readings", "the events of whole articles against the project's own marks (folder marks) on a folder of corpora",
		[]string{"."}, func(r *pipeline.Reader, path string, _ bool) (fmt.Stringer, error) {
			return score.Readings(r, "marks", path)
		}},
}

func newScore(o *options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "score ROOM FILE…",
		Short: "Measure a room against gold files",
		Long: `Measure one room against gold files in their own formats (gzip is opened), or all
rooms on a folder of corpora with "score all". Each line of figures begins with
the room and the file.
` + statuses,
		Example: `  dragoman score syntax en_ewt-ud-dev.conllu
  dragoman score all --corpora ../corpora --out pipeline/testdata/scores.txt`,
		Args: cobra.NoArgs,
		RunE: needsCommand,
	}
	for _, m := range measures {
		cmd.AddCommand(newScoreRoom(o, m))
	}
	cmd.AddCommand(newScoreAll(o), newScoreMemory(o), newScoreDesk(o), newScoreExports(o))
	return cmd
}

func newScoreRoom(o *options, m measure) *cobra.Command {
	tokenised := false
	cmd := &cobra.Command{
		Use:     m.room + " FILE…",
		Short:   "Measure " + m.short,
		Long:    "Measure " + m.short + ".\n" + statuses,
		Example: "  dragoman score " + m.room + " " + filepath.ToSlash(filepath.Join("../corpora", m.files[0])),
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := o.reader()
			if err != nil {
				return err
			}
			for _, path := range args {
				figures, err := m.write(cmd.OutOrStdout(), r, path, tokenised)
				if err != nil {
					return err
				}
				if d, ok := figures.(detailed); ok {
					fmt.Fprint(cmd.OutOrStdout(), d.Details())
				}
			}
			return nil
		},
	}
	if m.room == "syntax" {
		cmd.Flags().BoolVar(&tokenised, "tokenised", false, "keep the gold words and sentences")
	}
	return cmd
}

func newScoreAll(o *options) *cobra.Command {
	var corpora, out string
	cmd := &cobra.Command{
		Use:   "all --corpora DIR",
		Short: "Measure every room on the development files of a folder of corpora",
		Long: `Measure every room on the development files of a folder of corpora. What is being
read stands on standard error.
` + statuses,
		Example: "  dragoman score all --corpora ../corpora --out pipeline/testdata/scores.txt",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			r, err := o.reader()
			if err != nil {
				return err
			}
			tasks, err := allTasks(corpora)
			if err != nil {
				return err
			}
			var figures strings.Builder
			w := io.MultiWriter(cmd.OutOrStdout(), &figures)
			for i, t := range tasks {
				if err := cmd.Context().Err(); err != nil {
					return err
				}
				start := time.Now()
				fmt.Fprintf(cmd.ErrOrStderr(), "%d of %d: %s %s …", i+1, len(tasks), t.room, t.path)
				_, err := t.write(w, r, t.path, false)
				fmt.Fprintf(cmd.ErrOrStderr(), " %.0f s\n", time.Since(start).Seconds())
				if err != nil {
					return err
				}
			}
			if out == "" {
				return nil
			}
			// Written at the end, so that a run that breaks off leaves the
			// figures of the last one.
			return os.WriteFile(out, []byte(figures.String()), 0o644)
		},
	}
	cmd.Flags().StringVar(&corpora, "corpora", "", "folder of corpora, one folder each")
	cmd.Flags().StringVar(&out, "out", "", "write the figures to this file too")
	cmd.MarkFlagRequired("corpora") //nolint:errcheck // the flag exists
	return cmd
}

// task is one measure of one file.
type task struct {
	measure
	path string
}

// allTasks finds the files of all measures before anything is measured.
func allTasks(corpora string) ([]task, error) {
	var tasks []task
	for _, m := range measures {
		for _, pattern := range m.files {
			paths, err := filepath.Glob(filepath.Join(corpora, pattern))
			if err != nil {
				return nil, err
			}
			if len(paths) == 0 {
				return nil, fmt.Errorf("%s holds no %s", corpora, pattern)
			}
			for _, path := range paths {
				tasks = append(tasks, task{m, path})
			}
		}
	}
	return tasks, nil
}

// detailed are figures that tell single cases too, a line each.
type detailed interface{ Details() string }

// write writes the room, the file's name and the figures.
func (m measure) write(w io.Writer, r *pipeline.Reader, path string, tokenised bool) (fmt.Stringer, error) {
	figures, err := m.take(r, path, tokenised)
	if err != nil {
		return nil, unreadable{fmt.Errorf("%s: %w", path, err)}
	}
	name := filepath.Base(path)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		// all of it
	} else if dir := filepath.Base(filepath.Dir(path)); dir != "." {
		name = dir + "/" + name
	}
	for line := range strings.Lines(figures.String()) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if _, err := fmt.Fprintf(w, "%-12s %s  %s\n", m.room, name, line); err != nil {
			return nil, err
		}
	}
	return figures, nil
}

// figure is a line of figures that has no type of its own.
type figure string

func (f figure) String() string { return string(f) }

func scoreSyntax(r *pipeline.Reader, path string, tokenised bool) (fmt.Stringer, error) {
	if strings.Contains(filepath.Base(path), ".jsonl") {
		f, err := open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		s, err := score.Segmentation(r.Syntax, f, nil)
		return figure(fmt.Sprintf("rules right %.1f of %d", 100*float64(s.Right)/float64(max(1, s.Wanted)), s.Wanted)), err
	}
	docs, err := readTreebank(path)
	if err != nil {
		return nil, err
	}
	return score.Syntax(r.Syntax, docs, tokenised), nil
}

// scoreNames knows GAP by its name: its tables look like no other.
func scoreNames(r *pipeline.Reader, path string, _ bool) (fmt.Stringer, error) {
	if strings.Contains(strings.ToLower(filepath.Base(path)), "gap") {
		return score.Pronouns(r, path)
	}
	raw := filepath.Join(filepath.Dir(path), "raw-articles.jsonl.gz")
	if _, err := os.Stat(raw); err != nil {
		raw = ""
	}
	return score.Names(r, path, raw)
}

// scoreStatus seeks the ids of the sentences beside a file of judgements, and EWT in the
// folder beside that.
func scoreStatus(r *pipeline.Reader, path string, _ bool) (fmt.Stringer, error) {
	if strings.Contains(filepath.Base(path), ".tar") {
		return score.MeantimeStatus(r, r.Events, path)
	}
	docs, err := readTreebank(judgedTreebank(path, "dev"))
	if err != nil {
		return nil, err
	}
	return score.Status(r, r.Events, docs, path, judgedIDs(path))
}

// judgedTreebank and judgedIDs are where what the judgements of status in a file
// stand on is sought: a part of EWT, and the ids of its sentences.
func judgedTreebank(file, part string) string {
	return filepath.Join(filepath.Dir(file), "..", "ud-english-ewt", "en_ewt-ud-"+part+".conllu.gz")
}

func judgedIDs(file string) string { return filepath.Join(filepath.Dir(file), "ud_ids.json.gz") }

func scoreRelations(r *pipeline.Reader, path string, _ bool) (fmt.Stringer, error) {
	examples, err := score.ReadRelations(path, r)
	if err != nil {
		return nil, err
	}
	sides, err := score.ReadRelations(filepath.Join(filepath.Dir(path), "AW_train-wikievents.tsv"), r)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	return score.Relations(r.Events, append(examples, sides...))
}

func scoreActors(r *pipeline.Reader, path string, _ bool) (fmt.Stringer, error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return score.Actors(f, r)
}

// open opens a file, unpacked where its first bytes say that it is packed.
func open(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	in, err := unpacked(f)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), f.Close())
	}
	return &parts{Reader: in, closers: []io.Closer{in, f}}, nil
}
