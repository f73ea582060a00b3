package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/clerk"
	"dragoman/store"
	"dragoman/story"
)

const eventNames = `An event is the number that "dragoman events" shows, for all reports of it, or
ARTICLE/ORDINAL, as 7/e3, for what one article tells.`

func newCorrect(o *options) *cobra.Command {
	d := &correction{database: &database{options: o}}
	cmd := &cobra.Command{
		Use:   "correct",
		Short: "Correct what was read: an event or tie is wrong, a code, who or where it was",
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
	cmd.AddCommand(d.wrong(), d.recode(), d.party(), d.place(), d.untie(), d.retie(), d.merge(), d.mergePlace(), d.list(), d.undo(), d.export())
	return cmd
}

// correction is what the commands that correct share.
type correction struct {
	*database
	who, note string
}

func (c *correction) command(use, short, long, example string, args cobra.PositionalArgs, run func(cmd *cobra.Command, args []string, db *store.DB) error) *cobra.Command {
	return c.database.command(use, short, long, "correct "+example, args, run)
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

// make records what an amendment says, and says what comes of it.
func (c *correction) make(cmd *cobra.Command, by *clerk.Clerk, a clerk.Amendment) (err error) {
	a.Who, a.Note = c.who, c.note
	for _, name := range []*string{&a.Event, &a.Tie} {
		if *name, err = recordNamed(cmd.Context(), by.DB, *name); err != nil {
			return err
		}
	}
	made, err := by.Correct(cmd.Context(), a)
	for i := range made {
		if _, err := fmt.Fprintf(cmd.OutOrStdout(), "correction %d: %s\n", made[i].Number, clerk.Described(&made[i])); err != nil {
			return err
		}
	}
	return err
}

// recordNamed names an event or tie whose article may be given by the path of a
// file.
func recordNamed(ctx context.Context, db *store.DB, name string) (string, error) {
	slash := strings.LastIndexByte(name, '/')
	if slash < 0 {
		return name, nil
	}
	e, err := stored(ctx, db, name[:slash])
	return fmt.Sprint(e.Number, name[slash:]), err
}

func (c *correction) wrong() *cobra.Command {
	return c.signed(c.command("wrong EVENT", "An event is none", "Say that what was read is no such event: it is told no more.\n\n"+eventNames, "wrong 27",
		cobra.ExactArgs(1), func(cmd *cobra.Command, args []string, db *store.DB) error {
			return c.make(cmd, &clerk.Clerk{DB: db}, clerk.Amendment{Action: dragoman.Wrong, Event: args[0]})
		}))
}

func (c *correction) recode() *cobra.Command {
	a := clerk.Amendment{Action: dragoman.Recode}
	cmd := c.command("recode EVENT", "An event has another code or status", "Give an event another type, CAMEO code or status.\n\n"+eventNames, "recode 27 --type AID --status planned",
		cobra.ExactArgs(1), func(cmd *cobra.Command, args []string, db *store.DB) error {
			desk, err := loading(c.options, story.Load)
			if err != nil {
				return err
			}
			a.Event = args[0]
			return c.make(cmd, &clerk.Clerk{DB: db, Desk: desk}, a)
		})
	f := cmd.Flags()
	f.StringVar(&a.Type, "type", "", "a PLOVER type, as AID")
	f.StringVar(&a.CAMEO, "cameo", "", "a CAMEO code, as 071")
	f.StringVar(&a.Status, "status", "", "one of "+clerk.EveryStatus)
	return c.signed(cmd)
}

func (c *correction) party() *cobra.Command {
	return c.signed(c.command("party EVENT OLD NEW", "In one event, an actor is another",
		"Put another actor in the place of one, in one event only; merge does so everywhere. Actors are given by their ids, which \"dragoman actors\" shows.\n\n"+eventNames,
		"party 7/e3 SDN:army rsf", cobra.ExactArgs(3), func(cmd *cobra.Command, args []string, db *store.DB) error {
			return c.make(cmd, &clerk.Clerk{DB: db}, clerk.Amendment{Action: dragoman.Repair, Event: args[0], Old: args[1], New: args[2]})
		}))
}

func (c *correction) place() *cobra.Command {
	return c.signed(c.command("place EVENT [PLACE]", "An event was at another place, or at none that is known",
		"Put an event at another place, which is given by its id or name; without one, at none that is known. merge-place does so everywhere.\n\n"+eventNames,
		`place 7/e3 "El Geneina"`, cobra.RangeArgs(1, 2), func(cmd *cobra.Command, args []string, db *store.DB) error {
			return c.make(cmd, &clerk.Clerk{DB: db}, clerk.Amendment{Action: dragoman.Relocate, Event: args[0], New: strings.Join(args[1:], "")})
		}))
}

const tieNames = `A tie is ARTICLE/ORDINAL, as 7/t3: the page of the article (dragoman serve) and its
reading number them.`

func (c *correction) untie() *cobra.Command {
	return c.signed(c.command("untie TIE", "A tie is none", "Say that what was read is no such tie: it is told no more.\n\n"+tieNames, "untie 7/t3",
		cobra.ExactArgs(1), func(cmd *cobra.Command, args []string, db *store.DB) error {
			return c.make(cmd, &clerk.Clerk{DB: db}, clerk.Amendment{Action: dragoman.Untie, Tie: args[0]})
		}))
}

func (c *correction) retie() *cobra.Command {
	a := clerk.Amendment{Action: dragoman.Retie}
	cmd := c.command("retie TIE", "A tie is another, or between others", "Give a tie another relation, role, subject or object; what is not given stays, but a role goes with its relation.\n\n"+tieNames,
		"retie 7/t3 --relation hosts", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string, db *store.DB) error {
			a.Tie = args[0]
			return c.make(cmd, &clerk.Clerk{DB: db}, a)
		})
	f := cmd.Flags()
	f.StringVar(&a.Bond.Relation, "relation", "", "one of "+strings.Join(dragoman.Relations, ", "))
	f.StringVar(&a.Bond.Role, "role", "", "the office or function")
	f.StringVar(&a.Bond.Subject, "subject", "", "the id of an actor")
	f.StringVar(&a.Bond.Object, "object", "", "the id of an actor")
	return c.signed(cmd)
}

func (c *correction) mergePlace() *cobra.Command {
	return c.signed(c.command("merge-place OLD NEW", "One place is another, everywhere",
		"Say that one place is another: in all that is remembered and in all articles to come. Undoing it parts them again. Places are given by their ids or names.",
		"merge-place new:tine Tine", cobra.ExactArgs(2), func(cmd *cobra.Command, args []string, db *store.DB) error {
			return c.make(cmd, &clerk.Clerk{DB: db}, clerk.Amendment{Action: dragoman.MergePlace, Old: args[0], New: args[1]})
		}))
}

func (c *correction) merge() *cobra.Command {
	return c.signed(c.command("merge OLD NEW", "One actor is another, everywhere",
		"Say that one actor is another: in all that is remembered and in all articles to come. Undoing it parts them again. Actors are given by their ids.",
		"merge new:general-burhan abdel-fattah-al-burhan", cobra.ExactArgs(2), func(cmd *cobra.Command, args []string, db *store.DB) error {
			return c.make(cmd, &clerk.Clerk{DB: db}, clerk.Amendment{Action: dragoman.Merge, Old: args[0], New: args[1]})
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
			r.add(all[i].Number, all[i].Made.Format("2006-01-02 15:04"), all[i].Who, clerk.Described(&all[i]), all[i].Note, undone, all[i].Key)
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
		if key == "" || all[i].Type == "" || seen[key] || !all[i].Undone.IsZero() { // of ties no event was looked at
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
