package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/store"
	"dragoman/story"
)

const eventNames = `An event is the number that "dragoman events" shows, for all reports of it, or
ARTICLE/ORDINAL, as 7/e3, for what one article tells.`

func newCorrect(o *options) *cobra.Command {
	d := &correction{database: &database{options: o}}
	cmd := &cobra.Command{
		Use:   "correct",
		Short: "Correct what was read: an event is wrong, a code, who somebody is",
		Long: `Correct what was read. Corrections are records of their own, with who made them and
when; they stay when articles are read again, those of actors hold for articles to
come too, and each can be undone.

` + eventNames + "\n" + statuses,
		Example: `  dragoman correct wrong 27 --note "a football match"
  dragoman correct recode 7/e3 --type AID --status planned
  dragoman correct merge new:general-burhan abdel-fattah-al-burhan
  dragoman correct undo 3`,
		Args: cobra.NoArgs,
		RunE: needsCommand,
	}
	cmd.AddCommand(d.wrong(), d.recode(), d.party(), d.merge(), d.list(), d.undo(), d.export())
	return cmd
}

// correction is what the commands that correct share.
type correction struct {
	*database
	who, note string
}

func (c *correction) command(use, short, long, example string, args cobra.PositionalArgs, run func(cmd *cobra.Command, args []string, db *store.DB) error) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short, Long: long + "\n" + statuses, Example: "  dragoman correct " + example, Args: args,
		RunE: func(cmd *cobra.Command, args []string) error {
			db, err := c.open(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			return run(cmd, args, db)
		}}
	c.flags(cmd)
	return cmd
}

// signed adds the flags of who corrects and why.
func (c *correction) signed(cmd *cobra.Command) *cobra.Command {
	name := os.Getenv("USER")
	if u, err := user.Current(); err == nil && u.Username != "" {
		name = u.Username
	}
	cmd.Flags().StringVar(&c.who, "who", name, "who says so")
	cmd.Flags().StringVar(&c.note, "note", "", "why")
	return cmd
}

// make records one correction and says its number.
func (c *correction) make(cmd *cobra.Command, db *store.DB, one dragoman.Correction) error {
	one.Who, one.Note = c.who, c.note
	number, err := db.Correct(cmd.Context(), one)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "correction %d: %s\n", number, described(&one))
	return err
}

func described(c *dragoman.Correction) string {
	at := fmt.Sprintf("%s at %d–%d", c.Type, c.Trigger.Start, c.Trigger.End)
	switch c.Action {
	case dragoman.Wrong:
		return at + " is no event"
	case dragoman.Recode:
		var is dragoman.Coding
		if json.Unmarshal([]byte(c.New), &is) == nil {
			return fmt.Sprintf("%s is %s %s %s", at, is.Type, is.CAMEO, is.Status)
		}
	case dragoman.Repair:
		return fmt.Sprintf("in %s, %s is %s", at, c.Old, c.New)
	}
	return c.Old + " is " + c.New
}

// reports returns the reports that a person names: of an occurrence, or one of
// an article.
func reports(ctx context.Context, db *store.DB, name string) ([]dragoman.Report, error) {
	if slash := strings.LastIndexByte(name, '/'); slash >= 0 { // the last: an article may be named by its path
		article, ordinal := name[:slash], name[slash+1:]
		e, err := stored(ctx, db, article)
		if err != nil {
			return nil, err
		}
		n, err := strconv.Atoi(strings.TrimPrefix(ordinal, "e"))
		if err != nil {
			return nil, fmt.Errorf("%q is not an event of an article, as 7/e3", name)
		}
		all, err := db.ReportsIn(ctx, e.Number)
		for _, r := range all {
			if r.Ordinal == n {
				return []dragoman.Report{r}, nil
			}
		}
		return nil, errors.Join(err, fmt.Errorf("article %d has no event %s that is remembered", e.Number, ordinal))
	}
	n, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("%q is not the number of an event; dragoman events shows them", name)
	}
	_, all, ok, err := db.Occurrence(ctx, n)
	if err == nil && !ok {
		err = fmt.Errorf("no event %d is remembered", n)
	}
	return all, err
}

// each records one correction for every report that name names.
func (c *correction) each(cmd *cobra.Command, db *store.DB, name string, fill func(*dragoman.Report, *dragoman.Correction) error) error {
	ctx := cmd.Context()
	all, err := reports(ctx, db, name)
	if err != nil {
		return err
	}
	for i := range all {
		e, _, err := db.Article(ctx, strconv.FormatInt(all[i].Article, 10))
		if err != nil {
			return err
		}
		one := dragoman.Correction{Key: e.Key, Trigger: all[i].Trigger, Type: all[i].Type}
		if err := fill(&all[i], &one); err != nil {
			return err
		}
		if err := c.make(cmd, db, one); err != nil {
			return err
		}
	}
	return nil
}

func (c *correction) wrong() *cobra.Command {
	return c.signed(c.command("wrong EVENT", "An event is none", "Say that what was read is no such event: it is told no more.\n\n"+eventNames, "wrong 27",
		cobra.ExactArgs(1), func(cmd *cobra.Command, args []string, db *store.DB) error {
			return c.each(cmd, db, args[0], func(_ *dragoman.Report, one *dragoman.Correction) error {
				one.Action = dragoman.Wrong
				return nil
			})
		}))
}

func (c *correction) recode() *cobra.Command {
	var kind, cameo, status string
	cmd := c.command("recode EVENT", "An event has another code or status", "Give an event another type, CAMEO code or status.\n\n"+eventNames, "recode 27 --type AID --status planned",
		cobra.ExactArgs(1), func(cmd *cobra.Command, args []string, db *store.DB) error {
			if kind+cameo+status == "" {
				return errors.New("say what it is instead: --type, --cameo or --status")
			}
			desk, err := loading(c.options, story.Load)
			if err != nil {
				return err
			}
			return c.each(cmd, db, args[0], func(r *dragoman.Report, one *dragoman.Correction) error {
				is, err := desk.Coded(r, strings.ToUpper(kind), cameo, dragoman.Status(status))
				if err != nil {
					return err
				}
				one.Action = dragoman.Recode
				b, err := json.Marshal(is)
				one.New = string(b)
				return err
			})
		})
	f := cmd.Flags()
	f.StringVar(&kind, "type", "", "a PLOVER type, as AID")
	f.StringVar(&cameo, "cameo", "", "a CAMEO code, as 071")
	f.StringVar(&status, "status", "", "one of "+everyStatus)
	return c.signed(cmd)
}

func (c *correction) party() *cobra.Command {
	return c.signed(c.command("party EVENT OLD NEW", "In one event, an actor is another",
		"Put another actor in the place of one, in one event only; merge does so everywhere. Actors are given by their ids, which \"dragoman actors\" shows.\n\n"+eventNames,
		"party 7/e3 SDN:army rsf", cobra.ExactArgs(3), func(cmd *cobra.Command, args []string, db *store.DB) error {
			return c.each(cmd, db, args[0], func(_ *dragoman.Report, one *dragoman.Correction) error {
				one.Action, one.Old, one.New = dragoman.Repair, args[1], args[2]
				return nil
			})
		}))
}

func (c *correction) merge() *cobra.Command {
	return c.signed(c.command("merge OLD NEW", "One actor is another, everywhere",
		"Say that one actor is another: in all that is remembered and in all articles to come. Undoing it parts them again. Actors are given by their ids.",
		"merge new:general-burhan abdel-fattah-al-burhan", cobra.ExactArgs(2), func(cmd *cobra.Command, args []string, db *store.DB) error {
			if args[0] == args[1] {
				return errors.New("an actor cannot be merged into itself")
			}
			return c.make(cmd, db, dragoman.Correction{Action: dragoman.Merge, Old: args[0], New: args[1]})
		}))
}

func (c *correction) list() *cobra.Command {
	format := "table"
	cmd := c.command("list", "List corrections", "List all corrections, undone ones too.", "list", cobra.NoArgs, func(cmd *cobra.Command, _ []string, db *store.DB) error {
		all, err := db.Corrections(cmd.Context())
		if err != nil {
			return err
		}
		r := &listing{columns: []string{"correction", "made", "who", "what", "note", "undone", "article"}, shown: []int{0, 1, 2, 3, 4, 5}, less: []int{1}, widest: []int{0, 0, 16, 60, 40, 0}}
		for i := range all {
			undone := ""
			if !all[i].Undone.IsZero() {
				undone = all[i].Undone.Format("2006-01-02")
			}
			r.add(all[i].Number, all[i].Made.Format("2006-01-02 15:04"), all[i].Who, described(&all[i]), all[i].Note, undone, all[i].Key)
		}
		return r.write(cmd.OutOrStdout(), format)
	})
	cmd.Flags().StringVar(&format, "format", format, formats)
	return cmd
}

func (c *correction) undo() *cobra.Command {
	return c.command("undo CORRECTION", "Take a correction back", "Take a correction back; it stays in the list, as undone.", "undo 3", cobra.ExactArgs(1),
		func(cmd *cobra.Command, args []string, db *store.DB) error {
			n, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return fmt.Errorf("%q is not the number of a correction; dragoman correct list shows them", args[0])
			}
			return db.Undo(cmd.Context(), n)
		})
}

func (c *correction) export() *cobra.Command {
	return c.command("export", "Write corrected events as gold marks", `Write the events that were corrected and those that were confirmed by leaving them,
of every article with a correction, as tab-separated marks to learn from or to
measure on: article, trigger (code points of the text, half-open), type, status,
actors, recipients, and whether it is right as read, wrong, or corrected.`, "export > gold.tsv", cobra.NoArgs,
		func(cmd *cobra.Command, _ []string, db *store.DB) error {
			return gold(cmd.Context(), bufio.NewWriter(cmd.OutOrStdout()), db)
		})
}

// gold writes the reports of all articles that somebody corrected.
func gold(ctx context.Context, w *bufio.Writer, db *store.DB) error {
	all, err := db.Corrections(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "article\ttrigger\ttype\tstatus\tactors\trecipients\tverdict")
	seen := map[string]bool{}
	for i := range all {
		key := all[i].Key
		if key == "" || seen[key] || !all[i].Undone.IsZero() {
			continue
		}
		seen[key] = true
		e, ok, err := db.Article(ctx, key)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		text, err := db.Text(ctx, e.Number)
		if err != nil {
			return err
		}
		judged, err := db.Judged(ctx, e.Number)
		if err != nil {
			return err
		}
		for _, j := range judged {
			point := func(i int) int { return utf8.RuneCountInString(text[:min(i, len(text))]) }
			fmt.Fprintf(w, "%s\t%d-%d\t%s\t%s\t%s\t%s\t%s\n", e.ID, point(j.Trigger.Start), point(j.Trigger.End), j.Type, j.Status,
				strings.Join(ids(j.Actors), "|"), strings.Join(ids(j.Recipients), "|"), j.Verdict)
		}
	}
	return w.Flush()
}
