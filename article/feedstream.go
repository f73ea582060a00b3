package article

import (
	"context"
	"fmt"
	"io"

	"dragoman"
)

// items gives the articles of a feed.
type items struct {
	ctx     context.Context // of Open: what is fetched later belongs to it
	fetcher *Fetcher        // nil: nothing is fetched
	name    string
	base    string // where the feed lies, "" for a file
	feed    Feed
	n       int
	told    bool
}

func (o opener) items(name, contentType string, b []byte) (*items, error) {
	feed, err := ParseFeed(o.base, contentType, b)
	if err != nil {
		return nil, err
	}
	feed.until(o.now())
	s := &items{ctx: o.ctx, name: name, base: o.base, feed: feed}
	if o.base != "" {
		s.fetcher = o.fetcher
	}
	return s, nil
}

func (s *items) Close() error { return nil }

func (s *items) Next() (dragoman.Article, error) {
	if s.n == len(s.feed.Items) {
		if s.feed.Left > 0 && !s.told {
			s.told = true
			return dragoman.Article{}, &Fault{s.name, fmt.Errorf("it has %d items more than the first %d, which were left out; split it", s.feed.Left, maxItems)}
		}
		return dragoman.Article{}, io.EOF
	}
	if err := s.ctx.Err(); err != nil {
		return dragoman.Article{}, fmt.Errorf("%s: %w", s.name, context.Cause(s.ctx))
	}
	i := s.feed.Items[s.n]
	s.n++
	a, err := s.item(i)
	if err != nil {
		return dragoman.Article{}, &Fault{fmt.Sprintf("%s: item %d", s.name, s.n), err}
	}
	return a, nil
}

func (s *items) item(i Item) (dragoman.Article, error) {
	if s.fetcher == nil && !i.Full() && i.URL != "" {
		return dragoman.Article{}, fmt.Errorf("%q has only a link (%s); give the feed's address to have it fetched", title60(i), i.URL)
	}
	return s.fetcher.item(s.ctx, &s.feed, i, s.base)
}

// subscriptions gives the articles of all feeds of a list.
type subscriptions struct {
	opener
	name     string
	outlines []Outline
	feed     *items
}

func (o opener) subscriptions(name string, b []byte) (Stream, error) {
	all, err := ParseOPML(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if o.fetcher == nil {
		return nil, fmt.Errorf("%s: it is a list of feeds, which have to be fetched", name)
	}
	return &subscriptions{opener: o, name: name, outlines: all}, nil
}

func (s *subscriptions) Close() error { return nil }

func (s *subscriptions) Next() (dragoman.Article, error) {
	for {
		if s.feed != nil {
			a, err := s.feed.Next()
			if err != io.EOF {
				return a, err
			}
			s.feed = nil
		}
		if len(s.outlines) == 0 {
			return dragoman.Article{}, io.EOF
		}
		if err := s.ctx.Err(); err != nil {
			return dragoman.Article{}, fmt.Errorf("%s: %w", s.name, context.Cause(s.ctx))
		}
		o := s.outlines[0]
		s.outlines = s.outlines[1:]
		if err := s.fetch(o); err != nil {
			return dragoman.Article{}, &Fault{s.name, err}
		}
	}
}

func (s *subscriptions) fetch(o Outline) error {
	page, err := s.fetcher.Get(s.ctx, o.URL, Validators{})
	if err != nil {
		return err
	}
	in := s.opener
	in.base = page.URL
	s.feed, err = in.items(page.URL, page.ContentType, page.Body)
	if err != nil {
		s.feed = nil
		return fmt.Errorf("%s: %w", o.URL, err)
	}
	return nil
}
