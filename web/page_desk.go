package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/article"
	"dragoman/clerk"
	"dragoman/examples"
	"dragoman/story"
)

// This file has the pages on which something is done: feeds, alerts,
// corrections, articles.

func (s *Server) feedsPage(w http.ResponseWriter, r *http.Request) error {
	ctx, db := r.Context(), s.Clerk.DB
	all, err := db.Feeds(ctx)
	if err != nil {
		return err
	}
	faults, err := db.Unreadable(ctx)
	if err != nil {
		return err
	}
	const most = 50
	return s.show(w, r, "feeds", page{Title: "Feeds", Nav: "Feeds",
		Body: map[string]any{"All": all, "Faults": faults[:min(len(faults), most)], "More": len(faults) - most, "Watching": s.Watching}})
}

func (s *Server) feedsOPML(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Clerk.DB.Feeds(r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/x-opml; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="feeds.opml"`)
	return clerk.WriteOPML(w, all)
}

// addFeeds follows the feeds at the addresses given, one a line, and those of a
// list that is handed in.
func (s *Server) addFeeds(w http.ResponseWriter, r *http.Request) error {
	ctx, db := r.Context(), s.Clerk.DB
	var faults []string
	added := 0
	for address := range strings.FieldsSeq(r.PostFormValue("addresses")) {
		feeds, err := clerk.FeedsAt(ctx, s.Fetcher, address)
		if err != nil {
			faults = append(faults, err.Error())
			continue
		}
		n, err := db.AddFeeds(ctx, feeds...)
		if err != nil {
			return err
		}
		added += n
	}
	if name, list, ok, err := handed(r, "list"); err != nil {
		return err
	} else if ok {
		feeds, err := clerk.FeedsIn(name, list)
		if err != nil {
			faults = append(faults, err.Error())
		}
		n, err := db.AddFeeds(ctx, feeds...)
		if err != nil {
			return err
		}
		added += n
	}
	s.say(r, strings.Join(append([]string{plural(added, "feed") + " added."}, faults...), " "))
	back(w, r, "/feeds")
	return nil
}

// handed returns a file that a form brings.
func handed(r *http.Request, name string) (file string, content []byte, ok bool, err error) {
	f, head, err := r.FormFile(name)
	if err != nil {
		return "", nil, false, nil // none was chosen
	}
	defer f.Close()
	content, err = io.ReadAll(f)
	return head.Filename, content, len(content) > 0, err
}

func (s *Server) removeFeed(w http.ResponseWriter, r *http.Request) error {
	url := r.PostFormValue("url")
	was, err := s.Clerk.DB.RemoveFeed(r.Context(), url)
	if err != nil {
		return err
	}
	if !was {
		return missing("%s is not followed", url)
	}
	s.say(r, url+" is followed no longer. Its articles stay.")
	back(w, r, "/feeds")
	return nil
}

// alertView is an alert with its rule in words and what it fired for lately.
type alertView struct {
	dragoman.Alert
	Rule  string
	Ways  []string
	Fired []dragoman.Delivery
}

func (s *Server) alertsPage(w http.ResponseWriter, r *http.Request) error {
	ctx, db := r.Context(), s.Clerk.DB
	alerts, err := db.Alerts(ctx)
	if err != nil {
		return err
	}
	if err := db.Count(ctx, alerts); err != nil {
		return err
	}
	var all []alertView
	for _, a := range alerts {
		rule, err := clerk.RuleOf(&a)
		if err != nil {
			return err
		}
		v := alertView{Alert: a, Rule: clerk.RuleText(rule)}
		for _, way := range a.Ways {
			v.Ways = append(v.Ways, clerk.WayName(way))
		}
		if v.Fired, err = db.Fired(ctx, a.Number, 0, 10); err != nil {
			return err
		}
		all = append(all, v)
	}
	a, b, _ := strings.Cut(r.URL.Query().Get("between"), ",")
	return s.show(w, r, "alerts", page{Title: "Alerts", Nav: "Alerts",
		Body: map[string]any{"All": all, "A": strings.TrimSpace(a), "B": strings.TrimSpace(b), "Whens": story.Whens, "Post": s.Clerk.Post.Server != ""}})
}

func (s *Server) addAlert(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	o := clerk.Order{Name: strings.TrimSpace(r.PostFormValue("name")), By: r.PostFormValue("by"), To: r.PostFormValue("to"), Types: filled(r.PostForm["type"]),
		Statuses: filled(r.PostForm["status"]), Place: strings.TrimSpace(r.PostFormValue("place")), Text: strings.TrimSpace(r.PostFormValue("text")),
		When: r.PostFormValue("when"), Confidence: s.Minimum, Between: filled([]string{r.PostFormValue("a"), r.PostFormValue("b")}),
		Webhooks: filled([]string{r.PostFormValue("webhook")}), Mails: filled([]string{r.PostFormValue("mail")}), Public: !s.Private}
	for name, into := range map[string]*int{"n": &o.N, "days": &o.Days} {
		if v := strings.TrimSpace(r.PostFormValue(name)); v != "" {
			n, err := strconv.Atoi(v)
			if err != nil {
				return bad("%s is %q; it is a number", name, v)
			}
			*into = n
		}
	}
	a, _, err := s.Clerk.Alert(ctx, &o)
	if err != nil {
		return err
	}
	if err := s.Clerk.AddAlert(ctx, a, r.PostFormValue("past") != ""); err != nil {
		return err
	}
	s.afterwards()
	s.say(r, fmt.Sprintf("The alert “%s” watches from now on.", a.Name))
	back(w, r, "/alerts")
	return nil
}

func (s *Server) removeAlert(w http.ResponseWriter, r *http.Request) error {
	name := r.PostFormValue("name")
	if err := s.Clerk.DB.RemoveAlert(r.Context(), name); err != nil {
		return err
	}
	s.say(r, fmt.Sprintf("The alert “%s” is removed.", name))
	back(w, r, "/alerts")
	return nil
}

// testAlert sends a test message by all ways of an alert.
func (s *Server) testAlert(w http.ResponseWriter, r *http.Request) error {
	a, err := s.alert(r.Context(), r.PostFormValue("name"))
	if err != nil {
		return err
	}
	var sent []string
	for _, way := range a.Ways {
		if err := s.Clerk.Test(r.Context(), &a, way); err != nil {
			sent = append(sent, fmt.Sprintf("By %s it failed: %v.", clerk.WayName(way), err))
		} else {
			sent = append(sent, fmt.Sprintf("Sent by %s.", clerk.WayName(way)))
		}
	}
	s.say(r, "A test of “"+a.Name+"”: "+strings.Join(sent, " "))
	back(w, r, "/alerts")
	return nil
}

// afterwards holds the alerts against what is new, beside whoever waits for an
// answer.
func (s *Server) afterwards() {
	s.later.Go(func() {
		if err := s.Clerk.Alerts(s.life, func(fault string) { s.Log.Warn(fault) }); err != nil && s.life.Err() == nil {
			s.Log.Error("alerts cannot be told", "fault", err)
		}
	})
}

func (s *Server) correctionsPage(w http.ResponseWriter, r *http.Request) error {
	ctx, db := r.Context(), s.Clerk.DB
	all, err := db.Corrections(ctx)
	if err != nil {
		return err
	}
	type correction struct {
		dragoman.Correction
		Text  string
		Entry *dragoman.Entry
	}
	const most = 200
	var shown []correction
	for i := len(all) - 1; i >= 0 && len(shown) < most; i-- {
		c := correction{Correction: all[i], Text: clerk.Described(&all[i])}
		if c.Key != "" {
			e, ok, err := db.Article(ctx, c.Key)
			if err != nil {
				return err
			}
			if ok {
				c.Entry = &e
			}
		}
		shown = append(shown, c)
	}
	return s.show(w, r, "corrections", page{Title: "Corrections", Nav: "Corrections", Body: map[string]any{"All": shown, "More": len(all) - len(shown)}})
}

// correct records what a form says is otherwise.
func (s *Server) correct(w http.ResponseWriter, r *http.Request) error {
	a := clerk.Amendment{Action: r.PostFormValue("action"), Event: r.PostFormValue("event"), Type: r.PostFormValue("type"), CAMEO: r.PostFormValue("cameo"),
		Status: r.PostFormValue("status"), Old: strings.TrimSpace(r.PostFormValue("old")), New: strings.TrimSpace(r.PostFormValue("new")),
		Note: strings.TrimSpace(r.PostFormValue("note")), Who: who(r.Context()).name}
	if a.Type == r.PostFormValue("was") { // the form brings the type also where only the status is another
		a.Type = ""
	}
	a.Tie = r.PostFormValue("tie")
	a.Bond = dragoman.Bond{Subject: strings.TrimSpace(r.PostFormValue("subject")), Relation: r.PostFormValue("relation"), Object: strings.TrimSpace(r.PostFormValue("object")), Role: strings.TrimSpace(r.PostFormValue("role"))}
	people := []*string{&a.Bond.Subject, &a.Bond.Object}
	if a.Action == dragoman.Repair || a.Action == dragoman.Merge {
		people = append(people, &a.Old, &a.New)
	}
	for _, v := range people { // a form gives what a person calls somebody
		if *v == "" {
			continue
		}
		k, _, err := s.whom(r.Context(), *v)
		if err != nil {
			return err
		}
		*v = k.ID
	}
	made, err := s.Clerk.Correct(r.Context(), a)
	if err != nil {
		return err
	}
	var numbers []int64
	for _, c := range made {
		numbers = append(numbers, c.Number)
	}
	s.say(r, "Corrected: "+clerk.Described(&made[0])+".", numbers...)
	if n, err := strconv.ParseInt(a.Event, 10, 64); err == nil && a.Action == dragoman.Wrong {
		if _, _, ok, err := s.Clerk.DB.Occurrence(r.Context(), n); err == nil && !ok { // its page is no more
			http.Redirect(w, r, "/events", http.StatusSeeOther)
			return nil
		}
	}
	back(w, r, "/corrections")
	return nil
}

func (s *Server) undo(w http.ResponseWriter, r *http.Request) error {
	done := 0
	for _, v := range r.PostForm["number"] {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return bad("%q is not the number of a correction", v)
		}
		if err := s.Clerk.DB.Undo(r.Context(), n); err != nil {
			return err
		}
		done++
	}
	s.say(r, plural(done, "correction")+" undone.")
	back(w, r, "/corrections")
	return nil
}

func (s *Server) addPage(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, "add", page{Title: "Add an article"})
}

// add reads an article that somebody pasted or handed in, and shows it.
func (s *Server) add(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	day, err := dayOf(r.PostFormValue("published"))
	if err != nil {
		return err
	}
	if name, content, ok, err := handed(r, "file"); err != nil {
		return err
	} else if ok {
		return s.addFile(w, r, name, content, day)
	}
	field := func(name string) string {
		return strings.TrimSpace(strings.ReplaceAll(r.PostFormValue(name), "\r\n", "\n"))
	}
	a, err := (&NewArticle{Title: field("title"), Text: field("text"), Outlet: field("outlet"), URL: field("url")}).article()
	if err != nil {
		return err
	}
	a.Published = day
	number, fresh, err := s.Clerk.Add(ctx, a)
	if err != nil {
		return err
	}
	s.afterwards()
	if s.say(r, "Read and remembered."); !fresh {
		s.say(r, "This article was there already.")
	}
	http.Redirect(w, r, fmt.Sprintf("/articles/%d", number), http.StatusSeeOther)
	return nil
}

func dayOf(s string) (dragoman.Day, error) {
	if s = strings.TrimSpace(s); s == "" {
		return dragoman.NoDay, nil
	}
	day, err := dragoman.ParseDay(s)
	if err != nil {
		return day, bad("the day of publication: %v", err)
	}
	return day, nil
}

// addFile reads all articles of a file: text, HTML, a feed, JSON Lines.
func (s *Server) addFile(w http.ResponseWriter, r *http.Request, name string, content []byte, day dragoman.Day) error {
	added, there, err := s.addAll(r.Context(), name, content, day)
	if err != nil {
		return err
	}
	s.say(r, fmt.Sprintf("%s read and remembered, %d were there already.", plural(added, "article"), there))
	back(w, r, "/")
	return nil
}

func (s *Server) addAll(ctx context.Context, name string, content []byte, day dragoman.Day) (added, there int, err error) {
	src, err := article.New(name, io.NopCloser(bytes.NewReader(content)))
	if err != nil {
		return 0, 0, bad("%v", err)
	}
	defer src.Close()
	defer s.afterwards()
	for {
		a, err := src.Next()
		if err == io.EOF {
			return added, there, nil
		}
		if err != nil {
			return added, there, bad("%s: %v", name, err)
		}
		if a.Published == dragoman.NoDay {
			a.Published = day
		}
		_, fresh, err := s.Clerk.Add(ctx, a)
		if err != nil {
			return added, there, err
		}
		if fresh {
			added++
		} else {
			there++
		}
	}
}

// addExamples fills an empty desk with articles written for it.
func (s *Server) addExamples(w http.ResponseWriter, r *http.Request) error {
	return s.addFile(w, r, "examples.jsonl", slices.Concat(examples.Desk, examples.Year), dragoman.NoDay)
}
