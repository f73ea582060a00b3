package clerk

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"dragoman"
	"dragoman/data"
	"dragoman/store"
)

// Mistake is what is wrong with something that a person gave, in a form or on
// the command line.
type Mistake struct {
	Field       string // what it is about, as "status"; empty: no one field
	text, flags string
}

// mistake words one in both ways: format writes fields as flags, --status.
func mistake(field, format string, args ...any) *Mistake {
	return &Mistake{field, fmt.Sprintf(strings.ReplaceAll(format, "--", ""), args...), fmt.Sprintf(format, args...)}
}

// see adds which command helps.
func (m *Mistake) see(command string) *Mistake {
	m.flags += "; " + command
	return m
}

func (m *Mistake) Error() string { return m.text }

// CommandLine words it for the command line, with flags and commands.
func (m *Mistake) CommandLine() string { return m.flags }

// Taken is whom a name was taken for where others have it too.
type Taken struct {
	Name   string
	For    dragoman.Known
	Others []dragoman.Known
}

func (t Taken) String() string {
	return fmt.Sprintf("%q is taken for %s; others of that name: %s", t.Name, t.For.ID, listed(t.Others))
}

// Known returns the one actor of a name or id, the most told, and the others
// who have it too.
func Known(ctx context.Context, db *store.DB, name string) (k dragoman.Known, others []dragoman.Known, err error) {
	all, err := db.Named(ctx, name)
	if err != nil {
		return k, nil, err
	}
	if len(all) == 0 {
		like, err := db.Actors(ctx, name, "", "", 5)
		if err != nil || len(like) == 0 {
			return k, nil, mistake("", "nobody called %q is in the database", name).see("dragoman actors lists who is")
		}
		return k, nil, mistake("", "nobody called %q is in the database; is it %s?", name, listed(like))
	}
	return all[0], all[1:], nil
}

func listed(all []dragoman.Known) string {
	var out []string
	for _, k := range all {
		out = append(out, fmt.Sprintf("%s (%s)", k.ID, k.Name))
	}
	return strings.Join(out, ", ")
}

// names looks up actors until one is not known.
type names struct {
	db    *store.DB
	taken []Taken
	err   error
}

// find returns who is called so; nobody where there is no name.
func (n *names) find(ctx context.Context, name string) (k dragoman.Known) {
	if name = strings.TrimSpace(name); name == "" || n.err != nil {
		return k
	}
	k, others, err := Known(ctx, n.db, name)
	if n.err = err; len(others) > 0 {
		n.taken = append(n.taken, Taken{name, k, others})
	}
	return k
}

// EveryStatus names what an event can be, for people.
var EveryStatus = strings.Trim(strings.ReplaceAll(fmt.Sprint(dragoman.Statuses), " ", ", "), "[]")

// Wanted says which events are wanted, as a person names things. What is empty
// restricts nothing.
type Wanted struct {
	Between         []string // two actors, either way; or one, in whatever it is
	By, To          string   // who acts, and whom it is done to; without Between
	Types, Statuses []string
	Place           string // where, or in what
	Files           fs.FS  // the tables of places that name what contains others; nil: the embedded ones
	Since, Until    string // days, 2025-02-12
	Outlet          string // by which it is told
	Source          string // by whom it is claimed
	Text            string // words of the evidence
	Limit           int    // 0: all
}

// Filter looks up what is named, for events that are at least so sure. It
// returns which names might have meant others too, also with an error.
func (w *Wanted) Filter(ctx context.Context, db *store.DB, minimum float64) (f dragoman.Filter, taken []Taken, err error) {
	if err := Limited(w.Limit); err != nil {
		return f, nil, err
	}
	f = dragoman.Filter{Outlet: w.Outlet, Text: w.Text, Confidence: minimum, Limit: w.Limit, Directed: w.By+w.To != ""}
	for _, t := range w.Types {
		f.Types = append(f.Types, strings.ToUpper(t))
	}
	for _, s := range w.Statuses {
		if !slices.Contains(dragoman.Statuses, dragoman.Status(s)) {
			return f, nil, mistake("status", "--status is %q; it is one of %s", s, EveryStatus)
		}
		f.Statuses = append(f.Statuses, dragoman.Status(s))
	}
	if len(w.Between) > 2 || len(w.Between) > 0 && f.Directed {
		return f, nil, mistake("between", "--between takes one or two actors, and goes without --by and --to")
	}
	n := names{db: db}
	f.A, f.B, f.Source = n.find(ctx, w.By).Number, n.find(ctx, w.To).Number, n.find(ctx, w.Source).Number
	for i, name := range w.Between {
		*[]*int64{&f.A, &f.B}[i] = n.find(ctx, name).Number
	}
	if n.err != nil {
		return f, n.taken, n.err
	}
	if w.Place != "" {
		if f.Place, err = w.place(ctx, db); err == nil && f.Place == "" {
			err = mistake("place", "no event at a place called %q is in the database", w.Place)
		}
		if err != nil {
			return f, n.taken, err
		}
	}
	f.From, f.To, err = Days(w.Since, w.Until)
	return f, n.taken, err
}

// place returns the id of the place that is wanted: of a stored one, or of a state
// or division that contains one, by its id or a name that the tables have; "" where
// no event is at or in such a place.
func (w *Wanted) place(ctx context.Context, db *store.DB) (string, error) {
	id, err := db.PlaceNamed(ctx, w.Place)
	if err != nil || id != "" {
		return id, err
	}
	files := w.Files
	if files == nil {
		files = data.Embedded()
	}
	ids, is := []string{w.Place}, store.Alike(w.Place)
	for _, table := range []string{"countries", "regions", "admin1", "admin2"} {
		t, err := data.Read(files, "places/"+table+".tsv", "id", "name")
		if err != nil {
			return "", err
		}
		for i := range t.Len() {
			if is(t.Value(i, "name")) || slices.ContainsFunc(t.List(i, "aliases"), is) {
				ids = append(ids, t.Value(i, "id"))
			}
		}
	}
	return db.Busiest(ctx, ids...)
}

// Limited refuses a number of results that is below 0; 0 is all.
func Limited(limit int) error {
	if limit < 0 {
		return mistake("limit", "--limit is %d; it is 0 for all, or how many at most", limit)
	}
	return nil
}

// Days reads the bounds of a range of days, which both belong to it; both zero where
// neither is given. A first day behind the last is a Mistake.
func Days(since, until string) (from, to dragoman.Day, err error) {
	if since == "" && until == "" {
		return 0, 0, nil
	}
	from, to = dragoman.NoDay, dragoman.Day(1<<30)
	if since != "" {
		if from, err = dragoman.ParseDay(since); err != nil {
			return 0, 0, mistake("since", "--since: %v", err)
		}
	}
	if until != "" {
		if to, err = dragoman.ParseDay(until); err != nil {
			return 0, 0, mistake("until", "--until: %v", err)
		}
	}
	if from > to {
		return 0, 0, mistake("since", "--since %s is after --until %s", from, to)
	}
	return from, to, nil
}

// Types returns the types of events, in the order of the ontology.
func Types(files fs.FS) (all []string, err error) {
	t, err := data.Read(files, "plover/types.tsv", "type")
	if err != nil {
		return nil, err
	}
	for i := range t.Len() {
		all = append(all, t.Value(i, "type"))
	}
	return all, nil
}

// Typed checks types of events against the ontology: of one that there is not,
// nothing is remembered either, which says too little.
func Typed(files fs.FS, types []string) error {
	all, err := Types(files)
	if err != nil {
		return err
	}
	for _, kind := range types {
		if !slices.Contains(all, strings.ToUpper(kind)) {
			return mistake("type", "--type is %q; it is one of %s", kind, strings.Join(all, ", "))
		}
	}
	return nil
}
