package clerk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"dragoman"
	"dragoman/store"
)

// feedLength is how many firings a feed has.
const feedLength = 200

// feedID is the id of an alert's feed.
func feedID(alert string) string { return "urn:uuid:" + identity("feed", alert) }

// ownFeed makes sure that no file is overwritten but the feed of the alert
// itself.
func ownFeed(path, alert string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return mistake("feed", "--feed: %v", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 4096))
	if err != nil {
		return mistake("feed", "--feed: %v", err)
	}
	if !bytes.Contains(b, []byte(feedID(alert))) {
		return mistake("feed", "--feed: %s is there already and is no feed of this alert; it would be overwritten, so give another name or remove it", path)
	}
	return nil
}

// publish writes the feed of an alert anew, with more on top of what it fired
// for. The same firings make the same bytes.
func publish(ctx context.Context, db *store.DB, a *dragoman.Alert, way dragoman.Way, more ...dragoman.Delivery) error {
	return db.Publish(ctx, a.Number, way, feedLength, func(all []dragoman.Delivery) error {
		entries, err := db.Entries(ctx, articlesOf(all))
		if err != nil {
			return err
		}
		text, err := feeds.ToXML(atom(a, append(more, all...), entries))
		if err != nil {
			return err
		}
		if err := ReplaceFile(way.Address, func(w io.Writer) error { _, err := io.WriteString(w, text); return err }); err != nil {
			return fmt.Errorf("the feed %s could not be written: %w", way.Address, err)
		}
		return nil
	})
}

func articlesOf(all []dragoman.Delivery) (numbers []int64) {
	for _, d := range all {
		numbers = append(numbers, d.Article)
	}
	return numbers
}

// atom writes out firings, the newest first.
func atom(a *dragoman.Alert, all []dragoman.Delivery, entries map[int64]dragoman.Entry) *feeds.AtomFeed {
	f := &feeds.AtomFeed{Xmlns: "http://www.w3.org/2005/Atom", Title: a.Name, Id: feedID(a.Name), Updated: a.Made.Format(time.RFC3339),
		Subtitle: "What the alert " + a.Name + " of dragoman fired for", Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: "dragoman"}}}
	if len(all) > 0 {
		f.Updated = all[0].Made.Format(time.RFC3339)
	}
	for i := range all {
		d := &all[i]
		e := &feeds.AtomEntry{Title: d.Subject, Id: "urn:uuid:" + identity("firing", a.Name, d.Mark), Updated: d.Made.Format(time.RFC3339), Published: d.Made.Format(time.RFC3339),
			Content: &feeds.AtomContent{Type: "html", Content: strings.ReplaceAll(html.EscapeString(d.Body), "\n", "<br/>\n")}}
		if url := entries[d.Article].URL; url != "" {
			e.Links = []feeds.AtomLink{{Href: url, Rel: "alternate"}}
		}
		f.Entries = append(f.Entries, e)
	}
	return f
}

// ReplaceFile puts what is written in the place of a file, in a folder that is there,
// so that who reads it has the one or the other as a whole. After an error, also one of
// write, what was there stays.
func ReplaceFile(path string, write func(io.Writer) error) error {
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // it has its name no longer where all went well
	if err = errors.Join(write(f), f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
