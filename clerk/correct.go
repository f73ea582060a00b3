package clerk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/store"
)

// Amendment is what somebody says is otherwise than it was read.
type Amendment struct {
	Action              string        // one of dragoman.Actions
	Event               string        // of Wrong, Recode, Repair and Relocate: its number, for all reports of it, or ARTICLE/ORDINAL, as 7/e3, for what one article tells
	Tie                 string        // of Untie and Retie: ARTICLE/ORDINAL, as 7/t3
	Type, CAMEO, Status string        // of Recode: what it is instead; what is empty stays
	Bond                dragoman.Bond // of Retie: what it is instead; what is empty stays
	Old, New            string        // of Repair and Merge: the ids of actors; of MergePlace and, New alone, Relocate: the ids or names of places, empty for none
	Who, Note           string        // who says so, and why
}

// Correct records what an amendment says, and returns the corrections made: one
// for each report of the event, those before an error too. Only Recode needs
// the clerk's Desk.
func (c *Clerk) Correct(ctx context.Context, a Amendment) (made []dragoman.Correction, err error) {
	all, err := c.corrections(ctx, &a)
	for i := range all {
		if err == nil {
			all[i].Who, all[i].Note = a.Who, a.Note
			if all[i].Number, err = c.DB.Correct(ctx, all[i]); err == nil {
				made = append(made, all[i])
			}
		}
	}
	return made, err
}

// corrections writes out what an amendment says.
func (c *Clerk) corrections(ctx context.Context, a *Amendment) ([]dragoman.Correction, error) {
	switch a.Action {
	case dragoman.Merge, dragoman.MergePlace:
		one, err := c.merger(ctx, a)
		return []dragoman.Correction{one}, err
	case dragoman.Untie, dragoman.Retie:
		one, err := c.tied(ctx, a)
		return []dragoman.Correction{one}, err
	}
	if a.Action == dragoman.Recode && a.Type+a.CAMEO+a.Status == "" {
		return nil, mistake("type", "say what it is instead: --type, --cameo or --status")
	}
	reports, err := reportsOf(ctx, c.DB, a.Event)
	if err != nil {
		return nil, err
	}
	var all []dragoman.Correction
	for i := range reports {
		one, err := c.correction(ctx, a, &reports[i])
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// merger says that somebody or a place is another.
func (c *Clerk) merger(ctx context.Context, a *Amendment) (one dragoman.Correction, err error) {
	one = dragoman.Correction{Action: a.Action, Old: a.Old, New: a.New}
	what := "an actor"
	if a.Action == dragoman.MergePlace {
		what = "a place"
		if one.Old, err = c.placed(ctx, a.Old); err != nil {
			return one, err
		}
		if one.New, err = c.placed(ctx, a.New); err != nil {
			return one, err
		}
	}
	if one.Old == one.New {
		return one, fmt.Errorf("%s cannot be merged into itself", what)
	}
	return one, nil
}

// placed returns the id of a place that a person names.
func (c *Clerk) placed(ctx context.Context, name string) (string, error) {
	id, err := c.DB.PlaceNamed(ctx, strings.TrimSpace(name))
	if err == nil && id == "" {
		err = mistake("", "no place called %q is in the database", name)
	}
	return id, err
}

// tied says that a tie is none, or is another.
func (c *Clerk) tied(ctx context.Context, a *Amendment) (one dragoman.Correction, err error) {
	one.Action = a.Action
	if a.Action == dragoman.Retie && a.Bond == (dragoman.Bond{}) {
		return one, mistake("relation", "say what it is instead: --relation, --subject, --object or --role")
	}
	slash := strings.LastIndexByte(a.Tie, '/')
	if slash < 0 {
		return one, mistake("tie", "%q is not a tie of an article, as 7/t3", a.Tie)
	}
	e, n, err := ordinalIn(ctx, c.DB, a.Tie[:slash], a.Tie[slash+1:], "t")
	if err != nil {
		return one, err
	}
	ties, err := c.DB.TiesIn(ctx, e.Number)
	if err != nil {
		return one, err
	}
	i := slices.IndexFunc(ties, func(t dragoman.Standing) bool { return t.Ordinal == n })
	if i < 0 {
		return one, fmt.Errorf("article %d has no tie %s that is remembered", e.Number, a.Tie[slash+1:])
	}
	read, err := c.DB.Bond(ctx, ties[i].Number)
	if err != nil {
		return one, err
	}
	one.Key = e.Key
	if one.Old, err = written(read); err == nil && a.Action == dragoman.Retie {
		one.New, err = written(a.Bond)
	}
	return one, err
}

func written(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

// correction writes out what an amendment says of one report.
func (c *Clerk) correction(ctx context.Context, a *Amendment, r *dragoman.Report) (one dragoman.Correction, err error) {
	one.Action = a.Action
	switch a.Action {
	case dragoman.Wrong:
	case dragoman.Repair:
		one.Old, one.New = a.Old, a.New
	case dragoman.Relocate:
		if one.Old = r.Place.ID; a.New != "" {
			one.New, err = c.placed(ctx, a.New)
		}
	case dragoman.Recode:
		var is dragoman.Coding
		if is, err = c.Desk.Coded(r, strings.ToUpper(a.Type), a.CAMEO, dragoman.Status(a.Status)); err == nil {
			one.New, err = written(is)
		}
	default:
		err = fmt.Errorf("%q is no correction; it is one of %s", a.Action, strings.Join(dragoman.Actions, ", "))
	}
	if err != nil {
		return one, err
	}
	e, _, err := c.DB.Article(ctx, strconv.FormatInt(r.Article, 10))
	one.Key, one.Trigger, one.Type = e.Key, r.Trigger, r.Type
	return one, err
}

// reportsOf returns the reports that a person names: of an occurrence, or one of
// an article.
func reportsOf(ctx context.Context, db *store.DB, name string) ([]dragoman.Report, error) {
	if slash := strings.LastIndexByte(name, '/'); slash >= 0 { // the last: an article may be named by its address
		return reportIn(ctx, db, name[:slash], name[slash+1:])
	}
	n, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		return nil, mistake("event", "%q is not the number of an event", name).see("dragoman events shows them")
	}
	_, all, ok, err := db.Occurrence(ctx, n)
	if err == nil && !ok {
		err = fmt.Errorf("no event %d is remembered", n)
	}
	return all, err
}

// reportIn returns the report of an article that ordinal names, as e3.
func reportIn(ctx context.Context, db *store.DB, article, ordinal string) ([]dragoman.Report, error) {
	e, n, err := ordinalIn(ctx, db, article, ordinal, "e")
	if err != nil {
		return nil, err
	}
	all, err := db.ReportsIn(ctx, e.Number)
	for _, r := range all {
		if r.Ordinal == n {
			return []dragoman.Report{r}, nil
		}
	}
	return nil, errors.Join(err, fmt.Errorf("article %d has no event %s that is remembered", e.Number, ordinal))
}

// ordinalIn returns the article that a person names, and the number of its
// event or tie, which is written with a letter before it.
func ordinalIn(ctx context.Context, db *store.DB, article, ordinal, letter string) (e dragoman.Entry, n int, err error) {
	e, ok, err := db.Article(ctx, article)
	if err == nil && !ok {
		err = fmt.Errorf("no article %q is in the database", article)
	}
	if err != nil {
		return e, 0, err
	}
	if n, err = strconv.Atoi(strings.TrimPrefix(ordinal, letter)); err != nil {
		what := map[string]string{"e": "an event", "t": "a tie"}[letter]
		err = fmt.Errorf("%q is not %s of an article, as 7/%s3", article+"/"+ordinal, what, letter)
	}
	return e, n, err
}

// Described puts a correction into words.
func Described(c *dragoman.Correction) string {
	at := fmt.Sprintf("%s at %d–%d", c.Type, c.Trigger.Start, c.Trigger.End)
	var was, is dragoman.Bond
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
	case dragoman.Relocate:
		s := fmt.Sprintf("%s was at %s", at, cmp.Or(c.New, "no place that is known"))
		if c.Old != "" {
			s += ", not " + c.Old
		}
		return s
	case dragoman.Untie:
		if json.Unmarshal([]byte(c.Old), &was) == nil {
			return bond(was) + " is no tie"
		}
	case dragoman.Retie:
		if json.Unmarshal([]byte(c.Old), &was) == nil && json.Unmarshal([]byte(c.New), &is) == nil {
			return bond(was) + " is " + bond(was.With(is))
		}
	}
	return c.Old + " is " + c.New
}

// bond puts a tie into words.
func bond(b dragoman.Bond) string {
	s := b.Subject + " " + strings.ReplaceAll(b.Relation, "_", " ")
	if b.Role != "" {
		s += " (" + b.Role + ")"
	}
	return s + " " + b.Object
}
