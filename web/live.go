package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// message is one server-sent event.
type message struct {
	Kind   string
	Number int64
	Data   any
}

// live tells those who listen what is new. Whoever is too slow misses messages
// rather than hold up the others.
type live struct {
	mu     sync.Mutex
	heard  map[chan message]bool
	closed bool
}

// maxListeners bounds how many may listen at once.
const maxListeners = 1000

func newLive() *live { return &live{heard: map[chan message]bool{}} }

// listen returns a channel of what is new, nil where too many listen or the
// server stops, and what ends it.
func (l *live) listen() (<-chan message, func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || len(l.heard) >= maxListeners {
		return nil, nil
	}
	c := make(chan message, 64)
	l.heard[c] = true
	return c, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.heard[c] {
			delete(l.heard, c)
			close(c)
		}
	}
}

func (l *live) tell(m message) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.heard {
		select {
		case c <- m:
		default:
		}
	}
}

func (l *live) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	for c := range l.heard {
		delete(l.heard, c)
		close(c)
	}
}

func (l *live) listeners() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.heard)
}

// stream answers with server-sent events until one of both sides ends it. A
// comment now and then keeps what stands between from cutting it off.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) error {
	news, end := s.live.listen()
	if news == nil {
		return &fault{http.StatusServiceUnavailable, "too many listen already, or the server stops"}
	}
	defer end()
	to := http.NewResponseController(w)
	const write, beat = 30 * time.Second, 20 * time.Second
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	send := func(format string, args ...any) error {
		if err := to.SetWriteDeadline(time.Now().Add(write)); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, format, args...); err != nil {
			return err
		}
		return to.Flush()
	}
	if err := send(": you will be told what is new\nretry: 3000\n\n"); err != nil {
		return nil // whoever asked is gone
	}
	alive := time.NewTicker(beat)
	defer alive.Stop()
	for {
		var err error
		select {
		case <-r.Context().Done():
			return nil
		case <-alive.C:
			err = send(":\n\n")
		case m, ok := <-news:
			if !ok {
				return nil
			}
			var b []byte
			if b, err = json.Marshal(m.Data); err == nil {
				err = send("event: %s\nid: %d\ndata: %s\n\n", m.Kind, m.Number, b)
			}
		}
		if err != nil {
			return nil
		}
	}
}
