package pipeline

import (
	"context"
	"runtime"

	"dragoman"
)

// Each reads the articles that next returns, several at once, and hands the
// documents to yield in the order of the articles. next returns false at the
// end. At most a few articles are held at any time. It stops when yield or the
// context says so and returns that error.
func Each(ctx context.Context, r dragoman.Reader, next func() (dragoman.Article, bool), yield func(dragoman.Document) error) error {
	workers := runtime.GOMAXPROCS(0)
	type job struct {
		article dragoman.Article
		done    chan dragoman.Document
	}
	jobs := make(chan job)
	order := make(chan job, 2*workers)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for range workers {
		go func() {
			for j := range jobs {
				j.done <- r.Read(j.article)
			}
		}()
	}
	go func() {
		defer close(order)
		defer close(jobs)
		for {
			a, ok := next()
			if !ok {
				return
			}
			j := job{a, make(chan dragoman.Document, 1)}
			select {
			case order <- j:
			case <-ctx.Done():
				return
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return
			}
		}
	}()
	for j := range order {
		select {
		case d := <-j.done:
			if err := yield(d); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}
