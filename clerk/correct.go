package clerk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/store"
)

// Amendment is what somebody says is otherwise than it was read.
type Amendment struct {
	Action              string // dragoman.Wrong, Recode, Repair or Merge
	Event               string // not of Merge: its number, for all reports of it, or ARTICLE/ORDINAL, as 7/e3, for what one article tells
	Type, CAMEO, Status string // of Recode: what it is instead; what is empty stays
	Old, New            string // of Repair and Merge: the ids of actors
	Who, Note           string // who says so, and why
}

// Correct records what an amendment says, and returns the corrections made: one
// for each report of the event, those before an error too. Only Recode needs
// the clerk's Desk.
func (c *Clerk) Correct(ctx context.Context, a Amendment) (made []dragoman.Correction, err error) {
	if a.Action == dragoman.Recode && a.Type+a.CAMEO+a.Status == "" {
		return nil, mistake("type", "say what it is instead: --type, --cameo or --status")
	}
	reports := []dragoman.Report{{}} // of a merge: it is of no report
	if a.Action == dragoman.Merge {
		if a.Old == a.New {
			return nil, errors.New("an actor cannot be merged into itself")
		}
	} else if reports, err = reportsOf(ctx, c.DB, a.Event); err != nil {
		return nil, err
	}
	for i := range reports {
		one, err := c.correction(ctx, &a, &reports[i])
		if err == nil {
			one.Number, err = c.DB.Correct(ctx, one)
		}
		if err != nil {
			return made, err
		}
		made = append(made, one)
	}
	return made, nil
}

// correction writes out what an amendment says of one report.
func (c *Clerk) correction(ctx context.Context, a *Amendment, r *dragoman.Report) (dragoman.Correction, error) {
	one := dragoman.Correction{Action: a.Action, Who: a.Who, Note: a.Note}
	switch a.Action {
	case dragoman.Wrong:
	case dragoman.Repair, dragoman.Merge:
		one.Old, one.New = a.Old, a.New
	case dragoman.Recode:
		is, err := c.Desk.Coded(r, strings.ToUpper(a.Type), a.CAMEO, dragoman.Status(a.Status))
		if err != nil {
			return one, err
		}
		b, err := json.Marshal(is)
		if err != nil {
			return one, err
		}
		one.New = string(b)
	default:
		return one, fmt.Errorf("%q is no correction; it is wrong, recode, party or merge", a.Action)
	}
	if a.Action == dragoman.Merge {
		return one, nil
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
	e, ok, err := db.Article(ctx, article)
	if err == nil && !ok {
		err = fmt.Errorf("no article %q is in the database", article)
	}
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(strings.TrimPrefix(ordinal, "e"))
	if err != nil {
		return nil, fmt.Errorf("%q is not an event of an article, as 7/e3", article+"/"+ordinal)
	}
	all, err := db.ReportsIn(ctx, e.Number)
	for _, r := range all {
		if r.Ordinal == n {
			return []dragoman.Report{r}, nil
		}
	}
	return nil, errors.Join(err, fmt.Errorf("article %d has no event %s that is remembered", e.Number, ordinal))
}

// Described puts a correction into words.
func Described(c *dragoman.Correction) string {
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
