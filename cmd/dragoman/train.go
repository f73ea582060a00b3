package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/attribution"
	"dragoman/event"
	"dragoman/mention"
	"dragoman/pattern"
	"dragoman/score"
	"dragoman/syntax"
)

func newTrain(o *options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "train",
		Short: "Train the weights of a room",
		Long: `Train weights. The same corpora, tables and settings give the same bytes; what
the committed weights were trained on stands in MODELS.md. Weights that were
written below data/ are used by the next build; --data DIR tries them without.
` + statuses,
		Example: `  dragoman train syntax --only open-docs.tsv en_ewt-ud-train.conllu.gz en_gum-ud-train.conllu.gz
  dragoman train names --text news.jsonl.gz first-train.tsv.gz second-train.tsv.gz
  dragoman train relations relations-train.tsv`,
		Args: cobra.NoArgs,
		RunE: needsCommand,
	}
	cmd.AddCommand(newTrainSyntax(o), newTrainNames(o), newTrainAttributions(o), newTrainStatus(o), newTrainRelations(o), newTrainEvents(o))
	return cmd
}

// saveTo writes weights and says where to.
func saveTo(cmd *cobra.Command, path string, weights []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path, weights, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d bytes\n", path, len(weights))
	return nil
}

func newTrainSyntax(o *options) *cobra.Command {
	var out, only string
	var raw []string
	var settings syntax.Options
	cmd := &cobra.Command{
		Use:   "syntax FILE.conllu…",
		Short: "Train words, sentences, tags, lemmas and arcs from CoNLL-U",
		Long: `Train the room syntax from treebanks in CoNLL-U (gzip is opened). In raw texts,
plain or JSON Lines with a field text, the network first learns to guess words
that are hidden: so it knows words which the treebanks lack.

--only names a list of documents, one id a line or a table with the column doc:
of an input that holds any of them, no other document is read, so that those
whose licence forbids it are left out. Inputs that hold none are read whole.
` + statuses,
		Example: `  dragoman train syntax --only open-docs.tsv --raw news.jsonl.gz en_ewt-ud-train.conllu.gz en_gum-ud-train.conllu.gz`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := o.files()
			if err != nil {
				return err
			}
			keep, err := readOnly(only)
			if err != nil {
				return err
			}
			docs, err := treebanks(cmd.ErrOrStderr(), args, keep)
			if err != nil {
				return unreadable{err}
			}
			texts := rawTexts{paths: raw}
			if len(raw) > 0 {
				settings.Raw = texts.all()
			}
			weights, err := syntax.Train(files, docs, settings, func(format string, args ...any) {
				fmt.Fprintf(cmd.ErrOrStderr(), format+"\n", args...)
			})
			if err := errors.Join(texts.err, err); err != nil {
				return err
			}
			return saveTo(cmd, out, weights)
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "data/"+syntax.Weights, "where the weights go")
	f.StringVar(&only, "only", "", "list of the documents to keep")
	f.StringSliceVar(&raw, "raw", nil, "raw texts (plain or JSON Lines) in which hidden words are guessed first")
	f.IntVar(&settings.Rounds, "rounds", 0, "rounds over the treebank (0: as the built-in weights)")
	f.Float64Var(&settings.Reading, "reading", 0, "rounds over the raw texts (0: as the built-in weights)")
	return cmd
}

// readOnly reads the ids of a list of documents; nil where there is no list.
func readOnly(path string) (map[string]bool, error) {
	if path == "" {
		return nil, nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	keep := map[string]bool{}
	column, first := 0, true
	for line := range strings.Lines(string(bytes.TrimPrefix(b, []byte("\ufeff")))) {
		fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if i := slices.Index(fields, "doc"); first && i >= 0 {
			column = i
		} else if column < len(fields) {
			keep[strings.TrimSpace(fields[column])] = true
		}
		first = false
	}
	if len(keep) == 0 {
		return nil, fmt.Errorf("%s names no document", path)
	}
	return keep, nil
}

// treebanks reads the documents of the files and says how many of each it kept.
func treebanks(progress io.Writer, paths []string, keep map[string]bool) ([]*dragoman.Document, error) {
	var all []*dragoman.Document
	for _, path := range paths {
		docs, err := readTreebank(path)
		if err != nil {
			return nil, err
		}
		total := len(docs)
		if slices.ContainsFunc(docs, func(d *dragoman.Document) bool { return keep[d.ID] }) {
			docs = slices.DeleteFunc(docs, func(d *dragoman.Document) bool { return !keep[d.ID] })
		}
		sentences, words := 0, 0
		for _, d := range docs {
			sentences += len(d.Sentences)
			words += len(d.Tokens)
		}
		fmt.Fprintf(progress, "%s: %d of %d documents, %d sentences, %d words\n", path, len(docs), total, sentences, words)
		all = append(all, docs...)
	}
	return all, nil
}

func readTreebank(path string) ([]*dragoman.Document, error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	docs, err := syntax.ReadCoNLLU(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return docs, nil
}

// rawTexts gives the texts of files, plain or JSON Lines; the first fault ends
// them and stays in err.
type rawTexts struct {
	paths []string
	err   error
}

func (r *rawTexts) all() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, path := range r.paths {
			more := true
			if r.err = eachText(path, func(text string) bool { more = yield(text); return more }); r.err != nil || !more {
				return
			}
		}
	}
}

// eachText hands the texts of one file to yield until it wants no more.
func eachText(path string, yield func(string) bool) error {
	f, err := open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if !strings.Contains(filepath.Base(path), ".jsonl") {
		b, err := io.ReadAll(f)
		if err == nil {
			yield(strings.ToValidUTF8(string(b), "\ufffd"))
		}
		return err
	}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		var article struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &article); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
		if !yield(article.Text) {
			return nil
		}
	}
	return lines.Err()
}

func newTrainNames(o *options) *cobra.Command {
	var out, only, marks string
	var raw []string
	var settings mention.Settings
	cmd := &cobra.Command{
		Use:   "names FILE…",
		Short: "Train the recogniser of names from corpora with names",
		Long: `Train the recogniser of names from corpora: two columns with BIO labels,
numbered columns with BIO labels, CoNLL-U with entities as GUM has them, or GMB's
table of values separated by commas (gzip is opened). The first corpus sets the
guideline of what a name is; the habits of the others, which may follow another,
are learned apart from it. Raw texts, plain or JSON Lines with a field text, are
read before, to know the language; the weights of the syntax split them.

--marks names a table of names that were marked in a corpus without any (see
marks/names-ewt.tsv); a corpus with a sentence of the table has these names.

--only names a list of documents, one id a line or a table with the column doc:
of an input that holds any of them, no other document is read, so that those
whose licence forbids it are left out. Inputs that hold none are read whole.
` + statuses,
		Example: `  dragoman train names --text news.jsonl.gz first-train.tsv.gz second-train.tsv.gz`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := o.files()
			if err != nil {
				return err
			}
			if settings.Only, err = readOnly(only); err != nil {
				return err
			}
			if marks != "" {
				if settings.Marks, err = mention.ReadMarks(marks); err != nil {
					return unreadable{err}
				}
			}
			texts := rawTexts{paths: raw}
			if len(raw) > 0 {
				parser, err := syntax.Load(files)
				if err != nil {
					return err
				}
				settings.Raw = split(parser, texts.all())
			}
			weights, err := mention.Train(files, args, settings, func(s string) { fmt.Fprintln(cmd.ErrOrStderr(), s) })
			if err := errors.Join(texts.err, err); err != nil {
				return err
			}
			return saveTo(cmd, out, weights)
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "data/weights/en/names.bin", "where the weights go")
	f.StringVar(&only, "only", "", "list of the documents to keep")
	f.StringVar(&marks, "marks", "", "table of names marked in a corpus without any")
	f.StringSliceVar(&raw, "text", nil, "raw texts (plain or JSON Lines) to read before")
	f.IntVar(&settings.Rounds, "rounds", 0, "rounds over the corpora (0: as the built-in weights)")
	f.Float64Var(&settings.Reading, "reading", 0, "rounds over the raw texts (0: as the built-in weights)")
	return cmd
}

// split gives the sentences of texts, as lists of words.
func split(p *syntax.Parser, texts iter.Seq[string]) iter.Seq[[][]string] {
	return func(yield func([][]string) bool) {
		for text := range texts {
			sentences, tokens := p.Segment(text)
			out := make([][]string, len(sentences))
			for i, s := range sentences {
				for _, t := range tokens[s.First:s.End] {
					out[i] = append(out[i], t.In(text))
				}
			}
			if !yield(out) {
				return
			}
		}
	}
}

func newTrainAttributions(o *options) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "attributions FILE",
		Short: "Train where what somebody says begins and ends from PolNeAR",
		Long: `Train the models that say where the content of an attribution begins and ends, from
an archive of PolNeAR (.tar.gz). They choose among the words around what the rules find.
` + statuses,
		Example: `  dragoman train attributions ../corpora/polnear/polnear-train.tar.gz`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := o.reader()
			if err != nil {
				return err
			}
			articles, err := score.ReadPolNeAR(args[0])
			if err != nil {
				return unreadable{err}
			}
			if len(articles) == 0 {
				return unreadable{fmt.Errorf("%s holds no articles: it should have text/*.txt and their attributions/*.ann", args[0])}
			}
			lessons := make([]attribution.Lesson, len(articles))
			for i, a := range articles {
				lessons[i] = a.Lesson(r.Syntax)
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d articles read\n", args[0], len(lessons))
			return saveTo(cmd, out, r.Attributions.Train(lessons))
		},
	}
	cmd.Flags().StringVar(&out, "out", "data/"+attribution.Weights, "where the weights go")
	return cmd
}

func newTrainStatus(o *options) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "status FILE",
		Short: "Train the model behind status from predicates that people judged",
		Long: `Train the model that says what the wording around a predicate suggests of its
status, from the judgements of Universal Decompositional Semantics. The ids of the
sentences lie beside the file, the treebank (EWT, train) in a folder beside that.
` + statuses,
		Example: `  dragoman train status ../corpora/uds-factuality/factuality.json.gz`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := o.reader()
			if err != nil {
				return err
			}
			docs, err := readTreebank(judgedTreebank(args[0], "train"))
			if err != nil {
				return unreadable{err}
			}
			judged, missed, err := score.JudgedPredicates(r, docs, args[0], judgedIDs(args[0]))
			if err != nil {
				return unreadable{err}
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d predicates, %d not found\n", args[0], len(judged), missed)
			return saveTo(cmd, out, r.Events.TrainStatus(judged))
		},
	}
	cmd.Flags().StringVar(&out, "out", "data/"+pattern.StatusWeights, "where the weights go")
	return cmd
}

func newTrainRelations(o *options) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "relations FILE.tsv…",
		Short: "Train the model behind relate from sentences with two marked parties",
		Long: `Train the model behind relate from tables with the columns marked_sentence
(“<s>…</s>” the source, “<t>…</t>” the target) and gold_root, a PLOVER type, or
gold_binary, 1 for conflict and 0 for cooperation: these teach the side, of a type that
the others teach.
` + statuses,
		Example: `  dragoman train relations PLV_train.tsv AW_train-wikievents.tsv`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := o.reader()
			if err != nil {
				return err
			}
			var all []event.Relation
			for _, path := range args {
				some, err := score.ReadRelations(path, r)
				if err != nil {
					return unreadable{err}
				}
				fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d sentences\n", path, len(some))
				all = append(all, some...)
			}
			return saveTo(cmd, out, r.Events.TrainRelations(all))
		},
	}
	cmd.Flags().StringVar(&out, "out", "data/"+event.RelationWeights, "where the weights go")
	return cmd
}

// folds is the number of parts of the marked articles, each of which is judged by what
// the others teach, so that confidence does not rest on what was learnt by heart.
const folds = 5

func newTrainEvents(o *options) *cobra.Command {
	var out, marks string
	cmd := &cobra.Command{
		Use:   "events CORPORA",
		Short: "Train what judges predicates and events on marked articles",
		Long: `Train the models that judge what a predicate tells, with which status, who the
parties are and how far an event can be believed (its confidence) on the articles for
the uses "look" and "learn" in the folder of marks. Their texts are sought in a folder
of corpora. What events are believed by is learnt from each fifth of them as what the
others teach judges it. It takes some minutes and 4.5 GB of memory.
` + statuses,
		Example: `  dragoman train events ../corpora`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := o.reader()
			if err != nil {
				return err
			}
			ignorant := r.Events.WithJudge(event.TrainJudge(nil, nil, nil)) // so that nothing depends on what was trained before
			fmt.Fprintf(cmd.ErrOrStderr(), "reading the marked articles\n")
			lessons, err := score.Lessons(r, ignorant, marks, args[0], "look", "learn")
			if err != nil {
				return unreadable{err}
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%d articles read\n", len(lessons))
			teach := func(keep func(i int) bool, judged []event.Judgement) *event.Judge {
				var predicates []event.Predicate
				var candidates []event.Candidate
				for i := range lessons {
					if keep(i) {
						predicates = append(predicates, lessons[i].Predicates...)
						candidates = append(candidates, lessons[i].Candidates...)
					}
				}
				return event.TrainJudge(predicates, candidates, judged)
			}
			// Parts are judged side by side, but always in the same order.
			var parts [folds][]event.Judgement
			var wait sync.WaitGroup
			free := make(chan bool, runtime.GOMAXPROCS(0))
			for k := range folds {
				wait.Go(func() {
					free <- true
					defer func() { <-free }()
					c := r.Events.WithJudge(teach(func(i int) bool { return i%folds != k }, nil))
					for i := k; i < len(lessons) && cmd.Context().Err() == nil; i += folds {
						parts[k] = append(parts[k], lessons[i].Judge(c)...)
					}
					fmt.Fprintf(cmd.ErrOrStderr(), "part %d of %d: %d events judged\n", k+1, folds, len(parts[k]))
				})
			}
			wait.Wait()
			if err := cmd.Context().Err(); err != nil {
				return err
			}
			judged := slices.Concat(parts[:]...)
			fmt.Fprintf(cmd.ErrOrStderr(), "cross-validation, nothing wrong: %s\n", score.Trial(lessons, judged, slices.Concat(event.Believed(parts[:])...)))
			return saveTo(cmd, out, teach(func(int) bool { return true }, judged).Bytes())
		},
	}
	cmd.Flags().StringVar(&out, "out", "data/"+event.JudgeWeights, "where the weights go")
	cmd.Flags().StringVar(&marks, "marks", "marks", "folder of marked articles")
	return cmd
}
