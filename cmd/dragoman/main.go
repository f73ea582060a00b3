// Command dragoman reads news and writes down who did or said what to whom,
// where, when, and according to whom.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"dragoman/clerk"
	"dragoman/data"
	"dragoman/pipeline"
)

// Version of the program; readings carry it.
const Version = "0.1.0"

// The exit statuses, stated in the help of every command.
const (
	exitInput       = 1   // at least one input could not be read
	exitUsage       = 2   // the command line makes no sense
	exitInterrupted = 130 // Ctrl-C
)

// grace is how long a command has to end in order after Ctrl-C.
const grace = time.Second

const statuses = `
Exit status: 0 all was done; 1 at least one input could not be read (of several,
the others were); 2 the command line or the data folder is wrong; 130 interrupted.`

// inputError ends the program with exitInput; what was wrong has been said.
type inputError struct{ failed int }

func (e inputError) Error() string {
	if e.failed == 1 {
		return "1 input could not be read"
	}
	return fmt.Sprintf("%d inputs could not be read", e.failed)
}

// unreadable is the fault of a command's one input; it ends the program with
// exitInput.
type unreadable struct{ error }

func (u unreadable) Unwrap() error { return u.error }

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// What does not ask the context (a training, standard input that stays
	// silent) is ended after a while; the next Ctrl-C ends the program at once.
	left := context.AfterFunc(ctx, func() {
		stop()
		time.Sleep(grace)
		fmt.Fprintln(stderr, "dragoman: interrupted")
		os.Exit(exitInterrupted)
	})
	defer left()
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var input inputError
	var bad unreadable
	var mistake *clerk.Mistake
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "dragoman: interrupted")
		return exitInterrupted
	case errors.Is(err, syscall.EPIPE):
		return 0 // whoever read our output has had enough
	case errors.As(err, &input), errors.As(err, &bad):
		fmt.Fprintln(stderr, "dragoman:", err)
		return exitInput
	case errors.As(err, &mistake):
		fmt.Fprintln(stderr, "dragoman:", mistake.CommandLine())
		return exitUsage
	}
	fmt.Fprintln(stderr, "dragoman:", err)
	return exitUsage
}

// options are the flags that all commands share.
type options struct{ dataDir string }

// files returns the tables to work with: the embedded ones, a user's laid over.
func (o *options) files() (fs.FS, error) {
	if o.dataDir == "" {
		return data.Embedded(), nil
	}
	return data.Overlay(data.Embedded(), o.dataDir)
}

func (o *options) reader() (*pipeline.Reader, error) { return loading(o, pipeline.Load) }

// How much the heap holds before garbage is collected early: whoever only reads
// stays below 400 MB as a whole, whoever also stores or serves below 500 MB, of
// which the database has its part.
const (
	readingMemory = 280 << 20
	storingMemory = 330 << 20
)

// boundMemory has garbage collected early where much is held; what is in work
// is bounded by pipeline.Each. The environment's GOMEMLIMIT wins.
func boundMemory(limit int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
}

// loading loads what reads. What is loaded stays, so that collecting garbage
// meanwhile only costs time: half of a cold start.
func loading[T any](o *options, load func(fs.FS) (T, error)) (loaded T, err error) {
	files, err := o.files()
	if err != nil {
		return loaded, err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	return load(files)
}

// needsCommand is what a command does that only holds others.
func needsCommand(cmd *cobra.Command, args []string) error {
	cmd.SetOut(cmd.ErrOrStderr())
	cmd.Help() //nolint:errcheck // what it returns is that of the writer
	return fmt.Errorf("%s needs one of its commands", cmd.CommandPath())
}

func newRoot() *cobra.Command {
	o := &options{}
	root := &cobra.Command{
		Use:   "dragoman",
		Short: "Read news: who did or said what to whom, where, when, and according to whom",
		Long: `dragoman reads news and writes down who did or said what to whom, where, when,
and according to whom, as PLOVER and CAMEO event data, with the exact words and
the reasons; and it remembers, so that it can say what is new, how often it was
said, and who says the opposite. It works offline.

Start with:  dragoman read --date 2025-03-04 examples/border-visit.txt
Then:        dragoman add examples/desk.jsonl
             dragoman brief 9
Or look:     dragoman serve, in a browser
` + statuses,
		Version:       Version,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().StringVar(&o.dataDir, "data", "", "folder of tables laid over the built-in ones (see dragoman data --help)")
	root.AddCommand(newRead(o), newExplain(o), newParse(o), newRelate(o), newScore(o), newTrain(o), newData(o), newAdd(o), newBrief(o), newEvents(o), newExport(o), newImport(o), newProviders(o), newDyad(o), newCompare(o), newTies(o), newActors(o), newSearch(o), newAlert(o), newCorrect(o), newReread(o), newWatch(o), newFeeds(o), newServe(o), newUser(o), newToken(o))
	return root
}
