package pipeline

import (
	"context"
	"runtime"

	"golang.org/x/sync/semaphore"
)

// MaxInWork is the number of bytes of input in work at once: begun and not yet
// handed on. It bounds memory, whatever the number of cores.
const MaxInWork = 1 << 20

// maxAhead is the number of jobs for each core that are in work at once.
const maxAhead = 16

// Each does the jobs that next returns, on all cores, and hands the results to
// yield in the order of the jobs. next runs in a goroutine of its own; it
// tells the size of a job in bytes too, and returns false at the end. At most
// MaxInWork bytes are in work, those that wait for a slow job before them
// counted, and one job more, that waits for room; a job that is larger by
// itself is in work alone. Each stops when yield or the context says so and
// returns that error; what is being worked on then still runs to its end.
func Each[Job, Result any](ctx context.Context, next func() (job Job, size int, ok bool), work func(Job) Result, yield func(Result) error) error {
	type task struct {
		job  Job
		room int64
		done chan Result
	}
	cores := runtime.GOMAXPROCS(0)
	tasks, order := make(chan task), make(chan task, maxAhead*cores)
	room := semaphore.NewWeighted(MaxInWork)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for range cores {
		go func() {
			for t := range tasks {
				if ctx.Err() != nil {
					return
				}
				t.done <- work(t.job)
			}
		}()
	}
	go func() {
		defer close(order)
		defer close(tasks)
		for ctx.Err() == nil {
			job, size, ok := next()
			t := task{job, min(int64(size), MaxInWork), make(chan Result, 1)}
			if !ok || room.Acquire(ctx, t.room) != nil {
				return
			}
			select {
			case order <- t:
			case <-ctx.Done():
				return
			}
			select {
			case tasks <- t:
			case <-ctx.Done():
				return
			}
		}
	}()
	for {
		var t task
		var r Result
		more := true
		select {
		case t, more = <-order:
		case <-ctx.Done():
		}
		if !more || ctx.Err() != nil {
			return ctx.Err()
		}
		select {
		case r = <-t.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := yield(r); err != nil {
			return err
		}
		room.Release(t.room)
	}
}
