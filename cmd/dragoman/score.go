package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/pipeline"
	"dragoman/score"
	"dragoman/syntax"
)

// measure is one room's measure: what it reads and how it is taken.
type measure struct {
	room, short string
	files       []string // of a folder of corpora, for "score all"
	take        func(r *pipeline.Reader, path string, tokenised bool) (string, error)
}

var measures = []measure{
	{"syntax", "words, sentences, tags, lemmas and arcs against CoNLL-U",
		[]string{"ud-english-ewt/en_ewt-ud-dev.conllu.gz", "ud-english-gum/en_gum-ud-dev.conllu.gz", "segmentation-golden-rules/*"}, scoreSyntax},
	{"names", "names against BIO files, pronouns against GAP",
		[]string{"ner-worldwide-newswire/worldwide-dev.tsv.gz", "uner-english/*dev*", "gap-coreference/*dev*"}, scoreNames},
	{"attributions", "source, cue and content spans against PolNeAR",
		[]string{"polnear/polnear-dev.tar.gz"}, func(r *pipeline.Reader, path string, _ bool) (string, error) {
			s, err := score.Attributions(r, path)
			return s.String(), err
		}},
	{"relations", "the type of the relation between two marked parties, cross-validated",
		[]string{"plover-plv-aw/PLV_train.tsv"}, scoreRelations},
	{"actors", "country and sector of phrases against cases of NGEC",
		[]string{"ngec-actors/actor_resolution_cases.jsonl"}, func(r *pipeline.Reader, path string, _ bool) (string, error) {
			f, err := open(path)
			if err != nil {
				return "", err
			}
			defer f.Close()
			s, err := score.Actors(f, r)
			return s.String(), err
		}},
	{"places", "toponyms and coordinates against GeoVirus",
		[]string{"geoparsing/GeoVirus.xml.gz"}, func(r *pipeline.Reader, path string, _ bool) (string, error) {
			s, err := score.Places(r, path)
			return s.String(), err
		}},
}

func newScore(o *options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "score ROOM FILE…",
		Short: "Measure a room against gold files",
		Long: `Measure one room against gold files in their own formats (gzip is opened), or all
rooms on a folder of corpora with "score all".
` + statuses,
		Example: `  dragoman score syntax en_ewt-ud-dev.conllu
  dragoman score all --corpora ../corpora --out pipeline/testdata/scores.txt`,
	}
	for _, m := range measures {
		tokenised := false
		sub := &cobra.Command{
			Use:   m.room + " FILE…",
			Short: "Measure " + m.short,
			Args:  cobra.MinimumNArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				r, err := o.reader()
				if err != nil {
					return err
				}
				for _, path := range args {
					if err := m.write(cmd.OutOrStdout(), r, path, tokenised); err != nil {
						return err
					}
				}
				return nil
			},
		}
		if m.room == "syntax" {
			sub.Flags().BoolVar(&tokenised, "tokenised", false, "keep the gold words and sentences")
		}
		cmd.AddCommand(sub)
	}
	cmd.AddCommand(newScoreAll(o))
	return cmd
}

func newScoreAll(o *options) *cobra.Command {
	var corpora, out string
	cmd := &cobra.Command{
		Use:   "all --corpora DIR",
		Short: "Measure every room on the development files of a folder of corpora",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			r, err := o.reader()
			if err != nil {
				return err
			}
			w := cmd.OutOrStdout()
			if out != "" {
				f, err := os.Create(out)
				if err != nil {
					return err
				}
				defer f.Close()
				w = io.MultiWriter(w, f)
			}
			return scoreAll(cmd.Context(), w, r, corpora)
		},
	}
	cmd.Flags().StringVar(&corpora, "corpora", "", "folder of corpora, one folder each")
	cmd.Flags().StringVar(&out, "out", "", "write the figures to this file too")
	cmd.MarkFlagRequired("corpora") //nolint:errcheck // the flag exists
	return cmd
}

func scoreAll(ctx context.Context, w io.Writer, r *pipeline.Reader, corpora string) error {
	for _, m := range measures {
		for _, pattern := range m.files {
			paths, err := filepath.Glob(filepath.Join(corpora, pattern))
			if err != nil {
				return err
			}
			found := false
			for _, path := range paths {
				if strings.HasSuffix(path, ".md") {
					continue
				}
				found = true
				if ctx.Err() != nil {
					return ctx.Err()
				}
				if err := m.write(w, r, path, false); err != nil {
					return err
				}
			}
			if !found {
				return fmt.Errorf("%s holds no %s", corpora, pattern)
			}
		}
	}
	return nil
}

// write writes the room, the file's name and the figures.
func (m measure) write(w io.Writer, r *pipeline.Reader, path string, tokenised bool) error {
	figures, err := m.take(r, path, tokenised)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	name := filepath.Base(filepath.Dir(path)) + "/" + filepath.Base(path)
	for _, line := range strings.Split(strings.TrimSpace(figures), "\n") {
		if _, err := fmt.Fprintf(w, "%-12s %s  %s\n", m.room, name, line); err != nil {
			return err
		}
	}
	return nil
}

func scoreSyntax(r *pipeline.Reader, path string, tokenised bool) (string, error) {
	f, err := open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if strings.Contains(path, ".jsonl") {
		s, err := score.Segmentation(r.Syntax, f, nil)
		return fmt.Sprintf("rules right %.1f of %d", 100*float64(s.Right)/float64(max(1, s.Wanted)), s.Wanted), err
	}
	docs, err := syntax.ReadCoNLLU(f)
	if err != nil {
		return "", err
	}
	return score.Syntax(r.Syntax, docs, tokenised).String(), nil
}

func scoreNames(r *pipeline.Reader, path string, _ bool) (string, error) {
	if strings.Contains(filepath.Base(path), "gap") {
		s, err := score.Pronouns(r, path)
		return fmt.Sprintf("%+v", s), err
	}
	raw := filepath.Join(filepath.Dir(path), "raw-articles.jsonl.gz")
	if _, err := os.Stat(raw); err != nil {
		raw = ""
	}
	s, err := score.Names(r, path, raw)
	return fmt.Sprintf("%+v", s), err
}

func scoreRelations(r *pipeline.Reader, path string, _ bool) (string, error) {
	examples, err := score.ReadRelations(path, r)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = score.Relations(&b, r.Events, examples)
	return b.String(), err
}

// open opens a file, through gzip where its name says so.
func open(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return f, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), f.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}

var _ dragoman.Reader = (*pipeline.Reader)(nil)
