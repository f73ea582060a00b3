package web

import (
	"context"
	"fmt"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"dragoman"
	"dragoman/store"
)

// memo remembers answers until anything that is stored changes, so that a desk
// of many people asks the database once. What it returns is shared: nobody may
// change it.
type memo struct {
	answers *lru.Cache[string, any]
	asked   singleflight.Group
}

// remembered is the number of answers that are kept; none has more than some
// hundred records.
const remembered = 400

func newMemo() *memo {
	c, _ := lru.New[string, any](remembered) // fails on a size below 1 only
	return &memo{answers: c}
}

// recall returns what ask returned for key, if it was asked since the last
// change of db, and asks else. Those who want the same at once wait for one
// asking, which goes on when the first of them leaves.
func recall[T any](ctx context.Context, m *memo, db *store.DB, key string, ask func(context.Context) (T, error)) (answer T, err error) {
	revision, err := db.Revision(ctx)
	if err != nil {
		return answer, err
	}
	key = fmt.Sprint(revision, " ", key)
	if v, ok := m.answers.Get(key); ok {
		return v.(T), nil
	}
	done := m.asked.DoChan(key, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerTime)
		defer cancel()
		v, err := ask(ctx)
		if err == nil {
			m.answers.Add(key, v)
		}
		return v, err
	})
	select {
	case <-ctx.Done():
		return answer, ctx.Err()
	case r := <-done:
		if r.Err != nil {
			return answer, r.Err
		}
		return r.Val.(T), nil
	}
}

// What pages and the API both ask, and is dear, is remembered for both.

func (s *Server) facets(ctx context.Context, f dragoman.Filter) (dragoman.Facets, error) {
	return recall(ctx, s.memo, s.Clerk.DB, fmt.Sprintf("facets %#v", f), func(ctx context.Context) (dragoman.Facets, error) {
		return s.Clerk.DB.Facets(ctx, f)
	})
}

func (s *Server) located(ctx context.Context, f dragoman.Filter, limit int) ([]dragoman.Spot, error) {
	return recall(ctx, s.memo, s.Clerk.DB, fmt.Sprintf("located %d %#v", limit, f), func(ctx context.Context) ([]dragoman.Spot, error) {
		return s.Clerk.DB.Located(ctx, f, limit)
	})
}

// strongest returns the relations in which most was done.
func (s *Server) strongest(ctx context.Context, f dragoman.Filter, kinds []string, limit int) ([]dragoman.Relation, error) {
	return recall(ctx, s.memo, s.Clerk.DB, fmt.Sprintf("relations %d %q %#v", limit, kinds, f), func(ctx context.Context) ([]dragoman.Relation, error) {
		return s.Clerk.DB.Relations(ctx, f, kinds, limit)
	})
}
