package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/clerk"
	"dragoman/compare"
	"dragoman/event"
	"dragoman/exchange"
)

func newCompare(o *options) *cobra.Command {
	x := &comparing{sets: sets{database: &database{options: o}}, format: "table", examples: 5}
	x.Apart, x.Listed = 1, 15
	var by, level, since, until string
	cmd := &cobra.Command{
		Use:   "compare A B",
		Short: "Set two sets of events side by side: ours, a provider's, a human's",
		Long: `Set two sets of events side by side: how many events of each are in the other, by
type and by dyad, which only one has, and which are told differently, with the
evidence where there is some.

` + fmt.Sprintf(setNames, readable()) + `

Events are paired one to one where actor and recipient are the same and the days at
most --days apart, the likest first. Only days that both sets cover are compared, and
only what is told as done; --all compares what is claimed, planned or denied too.
docs/compare.md says what each figure means. csv has every event that is compared, with
its class and the number of its pair.
` + statuses,
		Example: `  dragoman compare store gdelt.csv.zip --since 2025-01-01 --until 2025-03-31
  dragoman compare icews@desk.db polecat@desk.db --by country --level quad
  dragoman compare readings.jsonl marked.csv --gold B --days 0 --only 20
  dragoman compare store icews.tab --between Chad,Sudan --format csv > pairs.csv`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			x.By, x.Level = compare.By(by), compare.Level(level)
			var err error
			if x.From, x.To, err = clerk.Days(since, until); err != nil {
				return err
			}
			if err := x.check(); err != nil {
				return err
			}
			return x.run(cmd, args)
		},
	}
	x.tells(cmd)
	f := cmd.Flags()
	f.IntVar(&x.Apart, "days", x.Apart, "how many days two events of a pair may be apart")
	f.StringVar(&by, "by", string(compare.ByState), "whom an actor stands for: country, that he is of; state, or organisation, that he acts for; actor, himself")
	f.StringVar(&level, "level", string(compare.Type), "what is the same kind of event: quad, type or cameo")
	f.StringVar(&since, "since", "", "first day, 2025-02-12")
	f.StringVar(&until, "until", "", "last day")
	f.StringSliceVar(&x.Between, "between", nil, "only between two actors, either way: Chad,Sudan; or with one")
	f.BoolVar(&x.All, "all", false, "compare what is claimed, planned or denied too")
	f.BoolVar(&x.Daily, "one-a-day", false, "of events of one kind, actor, recipient and day take only the first of a set")
	f.StringVar(&x.gold, "gold", "", "the set that is taken to be right, A or B: says the precision and recall of the other")
	f.IntVar(&x.examples, "only", x.examples, "how many examples are shown of what only one has, and of what is told differently; 0 for all")
	f.IntVar(&x.Listed, "dyads", x.Listed, "how many dyads are listed, those with the most events; 0 for all")
	f.StringVar(&x.format, "format", x.format, "table, json or csv")
	return cmd
}

// comparing is a comparison that was asked for.
type comparing struct {
	sets
	compare.Options
	format, gold string
	examples     int

	cmd     *cobra.Command
	two     [2]eventSet
	bad     [2]int // rows that could not be read
	unheard [2]unheard
	*compare.Result
}

func (x *comparing) check() error {
	x.gold = strings.ToUpper(x.gold)
	switch {
	case x.format != "table" && x.format != "json" && x.format != "csv":
		return fmt.Errorf("--format is %q; it is table, json or csv", x.format)
	case x.gold != "" && x.gold != "A" && x.gold != "B":
		return fmt.Errorf("--gold is %q; it is A or B", x.gold)
	case x.By != compare.ByCountry && x.By != compare.ByState && x.By != compare.ByActor:
		return fmt.Errorf("--by is %q; it is country, state or actor", x.By)
	case x.Level != compare.Quad && x.Level != compare.Type && x.Level != compare.CAMEO:
		return fmt.Errorf("--level is %q; it is quad, type or cameo", x.Level)
	case !(x.minimum >= 0 && x.minimum <= 1):
		return fmt.Errorf("--min-confidence is %v; it goes from 0 to 1", x.minimum)
	case x.examples < 0:
		return fmt.Errorf("--only is %d; it is how many examples are shown, 0 for all", x.examples)
	case x.Listed < 0:
		return fmt.Errorf("--dyads is %d; it is how many dyads are listed, 0 for all", x.Listed)
	case x.Apart < 0 || x.Apart > 366:
		return fmt.Errorf("--days is %d; it is 0 to 366", x.Apart)
	case len(x.Between) > 2:
		return errors.New("--between takes one or two actors")
	}
	return nil
}

func (x *comparing) run(cmd *cobra.Command, args []string) error {
	files, err := x.files()
	if err != nil {
		return err
	}
	if x.book, err = exchange.Load(files); err != nil {
		return err
	}
	x.cmd = cmd
	for i, name := range x.Between {
		if s, ok := x.book.Called(strings.TrimSpace(name)); ok {
			x.Between[i] = s.ISO3
		}
	}
	for i, arg := range args {
		if x.two[i], err = x.named(arg); err != nil {
			return err
		}
	}
	boundMemory(storingMemory)
	x.Mutual = func(kind, cameo string) bool { return event.Mutual(&dragoman.Event{Type: kind, CAMEO: cameo}) }
	x.Mirror = x.book.Mirror
	if err := x.read(cmd.Context()); err != nil {
		return err
	}
	x.notes()
	if err := x.write(cmd.Context(), cmd.OutOrStdout()); err != nil {
		return err
	}
	if n := x.bad[0] + x.bad[1]; n > 0 {
		return unreadable{fmt.Errorf("%s could not be read", plural(n, "row"))}
	}
	return nil
}

// read compares the sets.
func (x *comparing) read(ctx context.Context) error {
	x.progress = newProgress(x.cmd.ErrOrStderr(), []string{x.two[0].name, x.two[1].name})
	defer func() { x.progress = &progress{} }()
	var streams [2]compare.Stream
	for i := range x.two {
		s, err := x.two[i].open(ctx)
		if err != nil {
			return err
		}
		defer s.close() //nolint:errcheck // nothing was written
		streams[i] = x.sound(i, s, true)
	}
	r, err := compare.Sets(streams[0], streams[1], x.Options)
	x.progress.clear()
	if err != nil {
		return err
	}
	x.Result = r
	r.A.Name, r.B.Name = x.two[0].name, x.two[1].name
	for i, s := range []*compare.Set{&r.A, &r.B} {
		if s.Events == 0 && x.bad[i] > 0 {
			return unreadable{fmt.Errorf("%s: no row of it could be read", s.Name)}
		}
	}
	return nil
}

// sound leaves out the records that cannot be read; it says which these are, the
// first few.
func (x *comparing) sound(side int, s eventStream, say bool) compare.Stream {
	const few = 5
	return func() (dragoman.Record, error) {
		for {
			r, err := s.next()
			var fault *exchange.Fault
			if !errors.As(err, &fault) {
				if say && s.format == "csv" && err == nil {
					x.unheard[side].note(r.Actors)
					x.unheard[side].note(r.Recipients)
				}
				if err != nil && !errors.Is(err, io.EOF) && x.cmd.Context().Err() == nil {
					err = unreadable{fmt.Errorf("%s: %w", x.two[side].name, err)}
				}
				return r, err
			}
			if !say {
				continue
			}
			switch x.bad[side]++; {
			case x.bad[side] <= few:
				x.say(fmt.Sprintf("%s:%d: %s", x.two[side].name, fault.Line, plain(fault.Err.Error())))
			case x.bad[side] == few+1:
				x.say(x.two[side].name + ": more rows cannot be read; they are counted")
			}
		}
	}
}

func (x *comparing) say(what string) {
	x.progress.clear()
	fmt.Fprintln(x.cmd.ErrOrStderr(), "dragoman:", what)
}

// again goes through a set once more, from the first record to that of a place, or
// all where it is below 0.
func (x *comparing) again(ctx context.Context, side compare.Side, last int, tell func(n int, r *dragoman.Record) error) error {
	s, err := x.two[side].open(ctx)
	if err != nil {
		return err
	}
	defer s.close() //nolint:errcheck // nothing was written
	next := x.sound(int(side), s, false)
	for n := 0; last < 0 || n <= last; n++ {
		r, err := next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = tell(n, &r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
