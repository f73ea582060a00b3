package pipeline_test

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"

	"dragoman/pipeline"
)

// upTo gives the jobs 1 to n, each of size bytes.
func upTo(n, size int) func() (int, int, bool) {
	i := 0
	return func() (int, int, bool) {
		i++
		return i, size, i <= n
	}
}

// TestEach wants the results in the order of the jobs, however long each takes.
func TestEach(t *testing.T) {
	want := 1
	err := pipeline.Each(t.Context(), upTo(500, 1000), func(n int) int {
		for range n * 7 % 13 {
			runtime.Gosched()
		}
		return n
	}, func(n int) error {
		if n != want {
			t.Fatalf("got the result of job %d, want %d", n, want)
		}
		want++
		return nil
	})
	if err != nil || want != 501 {
		t.Errorf("%d results, %v", want-1, err)
	}
}

// TestEachStops wants an end when the receiver or the context says so.
func TestEachStops(t *testing.T) {
	same := func(n int) int { return n }
	stop := errors.New("enough")
	if err := pipeline.Each(t.Context(), upTo(200, 1), same, func(int) error { return stop }); err != stop {
		t.Errorf("got %v, want %v", err, stop)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := pipeline.Each(ctx, upTo(200, 1), same, func(int) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v after the context ended", err)
	}
	// Input that stays silent does not hold up the end.
	ctx, cancel = context.WithCancel(t.Context())
	silent := func() (int, int, bool) {
		cancel()
		select {}
	}
	if err := pipeline.Each(ctx, silent, same, func(int) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v where the input stays silent", err)
	}
}

// TestEachBounds wants no more in work than promised, also where all wait for
// the first job, and a job that is larger than that alone.
func TestEachBounds(t *testing.T) {
	const jobs = 3000
	for _, c := range []struct{ size, most int }{
		{100, 20 * runtime.GOMAXPROCS(0)},
		{pipeline.MaxInWork/3 + 1, 2},
		{pipeline.MaxInWork * 10, 1},
	} {
		var held, top atomic.Int64
		give := upTo(jobs, c.size)
		next := func() (int, int, bool) {
			top.Store(max(top.Load(), held.Add(1)))
			return give()
		}
		err := pipeline.Each(t.Context(), next, func(n int) int {
			for i := 0; n == 1 && i < 1000; i++ {
				runtime.Gosched() // the others get ahead
			}
			return n
		}, func(int) error {
			held.Add(-1)
			return nil
		})
		if most := int64(c.most) + 1; err != nil || top.Load() > most { // one waits for room
			t.Errorf("%d jobs of %d bytes were held at once, at most %d are allowed; %v", top.Load(), c.size, most, err)
		}
	}
}
