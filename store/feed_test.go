package store

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dragoman"
)

// nobody judges that nothing is the same as anything.
type nobody struct{}

func (nobody) Copies(a, b []byte) bool                                   { return false }
func (nobody) Joins(*dragoman.Report, []dragoman.Occurrence, []bool) int { return -1 }

func feedStore(t *testing.T) *DB {
	t.Helper()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func addFeeds(t *testing.T, db *DB, want int, urls ...string) {
	t.Helper()
	var all []Feed
	for _, u := range urls {
		all = append(all, Feed{URL: u, Title: "The " + u})
	}
	if n, err := db.AddFeeds(t.Context(), all...); n != want || err != nil {
		t.Fatalf("%d feeds added of %q, want %d: %v", n, urls, want, err)
	}
}

func feedsAt(t *testing.T, db *DB) (all []Feed, urls []string) {
	t.Helper()
	all, err := db.Feeds(t.Context())
	must(t, err)
	for _, f := range all {
		urls = append(urls, f.URL)
	}
	return all, urls
}

func TestFeedState(t *testing.T) {
	db := feedStore(t)
	addFeeds(t, db, 2, "https://a.example/", "https://b.example/", "https://a.example/")
	addFeeds(t, db, 0, "https://b.example/")
	all, _ := feedsAt(t, db)
	if want := (Feed{Number: 1, URL: "https://a.example/", Title: "The https://a.example/"}); len(all) != 2 || all[0] != want {
		t.Fatalf("%+v, want first %+v", all, want)
	}
	now := time.Date(2025, 3, 10, 12, 0, 0, 0, time.UTC)
	f := Feed{Number: 1, URL: "https://a.example/", Title: "A", ETag: `"x"`, LastModified: "Mon", Next: now.Add(time.Hour), Pause: time.Hour, Polled: now,
		Failures: 2, Fault: "down", Items: 7, New: 3}
	must(t, db.SaveFeed(t.Context(), f))
	must(t, db.Pass(t.Context(), Item{Feed: 1, ID: "1"}))
	must(t, db.Pass(t.Context(), Item{Feed: 1, ID: "2", Fault: "a picture"}))
	must(t, db.Pass(t.Context(), Item{Feed: 1, ID: "2", Fault: "again"})) // once
	f.Stored, f.Unreadable = 1, 1
	if all, _ := feedsAt(t, db); all[0] != f {
		t.Errorf("%+v, want %+v", all[0], f)
	}
	for at, want := range map[time.Duration][]int64{0: {2}, time.Hour: {2, 1}} {
		due, err := db.DueFeeds(t.Context(), now.Add(at))
		must(t, err)
		var got []int64
		for _, d := range due {
			got = append(got, d.Number)
		}
		if !slices.Equal(got, want) {
			t.Errorf("after %s, %d are due, want %d", at, got, want)
		}
	}
	must(t, db.Hasten(t.Context()))
	if due, err := db.DueFeeds(t.Context(), now); len(due) != 2 || err != nil {
		t.Errorf("%+v %v", due, err)
	}
	bad, err := db.Unreadable(t.Context())
	if len(bad) != 1 || bad[0].ID != "2" || bad[0].Fault != "a picture" || bad[0].Seen.IsZero() || err != nil {
		t.Errorf("%+v %v", bad, err)
	}
}

// TestFeedMoves wants a feed that moves to know its items still, under its old
// address too, and two that have moved together to be one.
func TestFeedMoves(t *testing.T) {
	db := feedStore(t)
	addFeeds(t, db, 2, "http://old.example/", "http://new.example/")
	for _, i := range []Item{{Feed: 1, ID: "a"}, {Feed: 1, ID: "b"}, {Feed: 2, ID: "b", Fault: "a picture"}} {
		must(t, db.Pass(t.Context(), i))
	}
	must(t, db.SaveFeed(t.Context(), Feed{Number: 1, URL: "http://between.example/"}))
	addFeeds(t, db, 0, "http://old.example/", "http://between.example/")
	if known, err := db.Known(t.Context(), 1, "a"); !known || err != nil {
		t.Errorf("an item is not known after the feed has moved: %v", err)
	}
	must(t, db.SaveFeed(t.Context(), Feed{Number: 1, URL: "http://new.example/"}))
	addFeeds(t, db, 0, "http://old.example/", "http://between.example/", "http://new.example/")
	all, urls := feedsAt(t, db)
	if !slices.Equal(urls, []string{"http://new.example/"}) || all[0].Number != 2 || all[0].Stored != 1 || all[0].Unreadable != 1 {
		t.Errorf("%+v", all)
	}
	if known, err := db.Known(t.Context(), 2, "a"); !known || err != nil {
		t.Errorf("an item is not known after two feeds have become one: %v", err)
	}
	if was, err := db.RemoveFeed(t.Context(), "http://old.example/"); !was || err != nil {
		t.Errorf("not removed by an old address: %v", err)
	}
	if was, err := db.RemoveFeed(t.Context(), "http://new.example/"); was || err != nil {
		t.Errorf("removed twice: %v", err)
	}
}

// TestFeedRemoved wants nothing left of a feed that is removed, also where a
// poll goes on, and nothing of it to be taken for that of a new feed.
func TestFeedRemoved(t *testing.T) {
	db := feedStore(t)
	addFeeds(t, db, 1, "http://a.example/")
	must(t, db.Pass(t.Context(), Item{Feed: 1, ID: "a"}))
	_, err := db.RemoveFeed(t.Context(), "http://a.example/")
	must(t, err)
	must(t, db.Pass(t.Context(), Item{Feed: 1, ID: "b"}))
	must(t, db.SaveFeed(t.Context(), Feed{Number: 1, URL: "http://a.example/", Title: "A"}))
	if _, urls := feedsAt(t, db); len(urls) != 0 {
		t.Errorf("%q came back", urls)
	}
	addFeeds(t, db, 1, "http://a.example/")
	all, _ := feedsAt(t, db)
	for _, id := range []string{"a", "b"} {
		if known, err := db.Known(t.Context(), all[0].Number, id); known || err != nil {
			t.Errorf("%s is known: %v", id, err)
		}
	}
}

// TestSeen wants an article and its item's mark to be there both or neither.
func TestSeen(t *testing.T) {
	db := feedStore(t)
	addFeeds(t, db, 1, "http://a.example/")
	save := func(key string, i Item, after error) (bool, error) {
		_, fresh, err := db.Save(t.Context(), &dragoman.Filing{Entry: dragoman.Entry{Key: key, ID: key}, Sketch: []byte("s")}, nobody{}, func(x *Transaction) error {
			return errors.Join(x.Seen(i), after)
		})
		return fresh, err
	}
	has := func(key string, want bool) {
		t.Helper()
		if _, is, err := db.Has(t.Context(), key); is != want || err != nil {
			t.Errorf("%s is there: %t, want %t; %v", key, is, want, err)
		}
	}
	known := func(id string, want bool) {
		t.Helper()
		if is, err := db.Known(t.Context(), 1, id); is != want || err != nil {
			t.Errorf("%s is known: %t, want %t; %v", id, is, want, err)
		}
	}
	if fresh, err := save("one", Item{Feed: 1, ID: "1"}, nil); !fresh || err != nil {
		t.Fatal(fresh, err)
	}
	has("one", true)
	known("1", true)
	if _, err := save("two", Item{Feed: 1, ID: "2"}, context.Canceled); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	has("two", false)
	known("2", false)
	// The same item, with another text: somebody else was faster.
	if _, err := save("three", Item{Feed: 1, ID: "1"}, nil); !errors.Is(err, ErrSeen) {
		t.Fatal(err)
	}
	has("three", false)
	// The same article in another item.
	if fresh, err := save("one", Item{Feed: 1, ID: "4"}, nil); fresh || err != nil {
		t.Fatal(fresh, err)
	}
	known("4", true)
}

func TestRetry(t *testing.T) {
	db := feedStore(t)
	addFeeds(t, db, 2, "http://a.example/", "http://b.example/")
	later := time.Now().Add(time.Hour).Truncate(time.Second).UTC()
	for n := range int64(2) {
		must(t, db.SaveFeed(t.Context(), Feed{Number: n + 1, URL: []string{"http://a.example/", "http://b.example/"}[n], ETag: "x", LastModified: "y", Next: later}))
		must(t, db.Pass(t.Context(), Item{Feed: n + 1, ID: "good"}))
	}
	must(t, db.Pass(t.Context(), Item{Feed: 2, ID: "bad", Fault: "a picture"}))
	if n, err := db.Retry(t.Context()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	all, _ := feedsAt(t, db)
	if a := all[0]; a.ETag != "x" || !a.Next.Equal(later) || a.Stored != 1 {
		t.Errorf("one without faults is as it was: %+v", a)
	}
	if b := all[1]; b.ETag+b.LastModified != "" || !b.Next.IsZero() || b.Stored != 1 || b.Unreadable != 0 {
		t.Errorf("%+v", b)
	}
}
